"""One run of validation: articles and figures in, an Outcome out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from thuchi.model import Article, Figure, Interval
from thuchi.validate.batch import Batch, Findings, SourceTerms
from thuchi.validate.checks import CHECKS
from thuchi.validate.frames import (
    ARTICLE_COLUMNS,
    FIGURE_COLUMNS,
    SUMMARY_KEY,
    Row,
    article_row,
    figure_row,
    source_rows,
    summary_row,
)
from thuchi.validate.outcome import ExpectationResult, Failure, Held, Outcome
from thuchi.validate.suites import Expectation, Suites, load_suites

if TYPE_CHECKING:
    from thuchi.validate.great import Frame

ARTICLE_SUITES = ("articles",)
FIGURE_SUITES = ("figures", "warehouse")
"""The suites whose row-level expectations are asked of each figure before it loads."""


def validate(
    articles: Sequence[Article],
    figures: Sequence[Figure],
    *,
    interval: Interval | None = None,
    history: Sequence[Mapping[str, Any]] = (),
    medians: Sequence[Mapping[str, Any]] = (),
    sources: Sequence[SourceTerms] = (),
    suites: Suites | None = None,
) -> Outcome:
    """Check a run's articles and figures, and part what may load from what is held.

    Args:
        articles: all articles of the run, also those without a figure.
        figures: all figures read from them.
        interval: the partition; articles published outside it are a critical failure. Null: not checked.
        history: what the warehouse already says of the same areas, `warehouse.history(engine, figures)`.
        medians: what units of a level usually have, `warehouse.level_medians(engine, interval)`.
        sources: the sources that were asked, also those that brought nothing, and what each should bring.
        suites: the expectations; by default those of include/expectations/.

    Never raises for bad data: bad rows are in `Outcome.quarantined`, a bad run in `Outcome.critical`.

    Raises:
        ExpectationError: for a suite that cannot be used.
    """
    suites = load_suites() if suites is None else suites
    # Here and not above: the import takes 8 s, and DAG files import this package.
    from thuchi.validate import great

    batch = Batch(articles, figures, interval, history, medians, sources)
    of_articles = _Asked(suites, ARTICLE_SUITES, batch, [article_row(each) for each in articles], ARTICLE_COLUMNS)
    of_figures = _Asked(suites, FIGURE_SUITES, batch, [figure_row(each) for each in figures], FIGURE_COLUMNS)
    with great.quiet():
        context = great.ephemeral()
        results = [
            *of_articles.ask(great.Frame(context, "articles", of_articles.columns())),
            *of_figures.ask(great.Frame(context, "figures", of_figures.columns())),
        ]
        accepted, held = _parted(figures, of_figures.failures)
        summary = {name: [value] for name, value in summary_row(batch, len(held)).items()}
        results += _ask_summary(great.Frame(context, "summary", summary), suites)
        results += _ask_sources(context, source_rows(batch, {each.figure.figure_id for each in held}), suites)
    return Outcome(tuple(accepted), tuple(held), tuple(results), tuple(_stops(results)))


def check_warehouse(url: str, *, suites: Suites | None = None) -> list[ExpectationResult]:
    """Ask the queries of warehouse.yaml of the tables themselves, after a load; each must return no rows."""
    suites = load_suites() if suites is None else suites
    from thuchi.validate import great

    queries = [each for each in suites["warehouse"] if each.is_query]
    with great.quiet():
        return great.ask_database(url, "fiscal_figure", "warehouse", queries)


@dataclass
class _Asked:
    """Rows and what is asked of them: the suites' expectations, and what our checks have against which row."""

    suites: Suites
    names: tuple[str, ...]
    batch: Batch
    rows: list[Row]
    row_columns: tuple[str, ...]
    failures: defaultdict[str, list[Failure]] = field(default_factory=lambda: defaultdict(list))
    """By the row's key, once asked."""

    def __post_init__(self) -> None:
        self.key = self.row_columns[0]
        self.findings: dict[str, Findings] = {}
        self.seconds: dict[str, float] = {}
        for _, expectation in self._expectations():
            if expectation.is_check:
                began = perf_counter()
                self.findings[expectation.id] = CHECKS[expectation.type](self.batch, **expectation.kwargs)
                self.seconds[expectation.id] = perf_counter() - began

    def _expectations(self) -> Iterator[tuple[str, Expectation]]:
        """What is asked of the rows: neither of the run's counts nor of the warehouse's tables."""
        for name in self.names:
            yield from ((name, each) for each in self.suites[name] if each.over == "rows" and not each.is_query)

    def columns(self) -> dict[str, list[Any]]:
        """The frame: the rows' columns, and one for each check with its sentence or null."""
        own = {column: [row[column] for row in self.rows] for column in self.row_columns}
        keys = own[self.key]
        return own | {
            check: [found[key].en if key in found else None for key in keys] for check, found in self.findings.items()
        }

    def ask(self, frame: Frame) -> Iterator[ExpectationResult]:
        by_key = {row[self.key]: row for row in self.rows}
        for suite, expectation in self._expectations():
            result, failed = frame.ask(suite, expectation)
            yield replace(result, duration_s=result.duration_s + self.seconds.get(expectation.id, 0.0))
            if expectation.scope == "row":
                for key in dict.fromkeys(failed):
                    sentence = self.findings.get(expectation.id, {}).get(key) or expectation.said_of(by_key[key])
                    self.failures[key].append(Failure(expectation.id, expectation.severity, sentence.en, sentence.vi))


def _ask_summary(frame: Frame, suites: Suites) -> list[ExpectationResult]:
    return [
        frame.ask(name, expectation)[0]
        for name, suite in suites.items()
        for expectation in suite
        if expectation.over == "summary"
    ]


def _ask_sources(context: Any, rows: Sequence[Row], suites: Suites) -> Iterator[ExpectationResult]:
    """A result for each source; where it lacks a number that is asked for, the result says that it was skipped."""
    from thuchi.validate import great

    columns = {name: [row[name] for row in rows] for name in (rows[0] if rows else ("source",))}
    frame = great.Frame(context, "sources", columns)
    for name, suite in suites.items():
        for expectation in (each for each in suite if each.over == "source"):
            asked = [value for key, value in expectation.kwargs.items() if key in ("column", "column_A", "column_B")]
            answered = [row for row in rows if all(row[column] is not None for column in asked)]
            result, failed = frame.ask(name, expectation) if answered else (None, [])
            for row in rows:
                yield _of_source(expectation, name, row, asked, row["source"] in failed, result, len(rows))


def _of_source(
    expectation: Expectation,
    suite: str,
    row: Row,
    asked: Sequence[str],
    failed: bool,
    result: ExpectationResult | None,
    rows: int,
) -> ExpectationResult:
    missing = [column for column in asked if row[column] is None]
    example = {"source": row["source"]} | {column: row[column] for column in asked}
    return ExpectationResult(
        suite=suite,
        expectation=expectation.id,
        severity=expectation.severity,
        scope=expectation.scope,
        success=not failed,
        element_count=0 if missing else 1,
        unexpected_count=int(failed),
        duration_s=0.0 if result is None else result.duration_s / rows,
        sentence_en=expectation.meaning.en,
        sentence_vi=expectation.meaning.vi,
        source=row["source"],
        examples=[{"source": row["source"], "skipped": f"no {' and no '.join(missing)}"}]
        if missing
        else [example]
        if failed
        else [],
    )


def _parted(figures: Sequence[Figure], failures: Mapping[str, Sequence[Failure]]) -> tuple[list[Figure], list[Held]]:
    """A critical failure holds a figure; a warning is noted among its doubts, which makes it OBS_STATUS U."""
    accepted: list[Figure] = []
    held: list[Held] = []
    for figure in figures:
        failed = sorted(failures.get(figure.figure_id, ()), key=lambda failure: failure.severity)
        if any(failure.severity == "critical" for failure in failed):
            held.append(Held(figure, tuple(failed)))
        else:
            noted = [failure.expectation for failure in failed if failure.expectation not in figure.doubts]
            accepted.append(replace(figure, doubts=(*figure.doubts, *noted)) if noted else figure)
    return accepted, held


def _stops(results: Sequence[ExpectationResult]) -> list[str]:
    return [
        f"{result.suite}.{result.expectation}: {result.sentence_en} "
        f"({result.unexpected_count} of {result.element_count}{_first_example(result)})"
        for result in results
        if result.stops_the_run
    ]


def _first_example(result: ExpectationResult) -> str:
    if not result.examples:
        return ""
    said = (f"{name} {value}" for name, value in result.examples[0].items() if name != SUMMARY_KEY)
    return ", such as " + ", ".join(said)
