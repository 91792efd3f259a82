"""One run of validation: articles and figures in, an Outcome out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from thuchi.model import Article, Figure, Interval
from thuchi.validate.checks import CHECKS, Batch
from thuchi.validate.frames import ARTICLE_COLUMNS, FIGURE_COLUMNS, Row, article_row, figure_row, summary_row
from thuchi.validate.outcome import ExpectationResult, Failure, Held, Outcome
from thuchi.validate.suites import Expectation, Suites, load_suites

if TYPE_CHECKING:
    from thuchi.validate.great import Frame

FIGURE_SUITES = ("figures", "warehouse")
"""The suites whose row-level expectations are asked of each figure before it loads."""


def validate(
    articles: Sequence[Article],
    figures: Sequence[Figure],
    *,
    interval: Interval | None = None,
    history: Sequence[Mapping[str, Any]] = (),
    suites: Suites | None = None,
) -> Outcome:
    """Check a run's articles and figures, and part what may load from what is held.

    Args:
        articles: all articles of the run, also those without a figure.
        figures: all figures read from them.
        interval: the partition; articles published outside it are a critical failure. Null: not checked.
        history: what the warehouse already says of the same areas, `warehouse.history(engine, figures)`.
        suites: the expectations; by default those of include/expectations/.

    Never raises for bad data: bad rows are in `Outcome.quarantined`, a bad run in `Outcome.critical`.

    Raises:
        ExpectationError: for a suite that cannot be used.
    """
    suites = load_suites() if suites is None else suites
    # Here and not above: the import takes 8 s, and DAG files import this package.
    from thuchi.validate import great

    batch = Batch(articles, figures, interval, history)
    results: list[ExpectationResult] = []
    failures: defaultdict[str, list[Failure]] = defaultdict(list)
    with great.quiet():
        article_frame = great.Frame([article_row(each) for each in articles], ARTICLE_COLUMNS, "article_id")
        rows = [figure_row(each) for each in figures]
        figure_frame = great.Frame(rows, FIGURE_COLUMNS, "figure_id")
        by_id = {row["figure_id"]: row for row in rows}
        for suite in ("articles", *FIGURE_SUITES):
            frame = article_frame if suite == "articles" else figure_frame
            for expectation in _of_rows(suites[suite]):
                result, failed, findings = _ask(frame, suite, expectation, batch)
                results.append(result)
                if suite != "articles" and expectation.scope == "row":
                    for figure_id in dict.fromkeys(failed):
                        sentence = findings.get(figure_id) or _said_of(expectation, by_id[figure_id])
                        failures[figure_id].append(Failure(expectation.id, expectation.severity, sentence))
        accepted, held = _parted(figures, failures)
        summary = summary_row(batch, {each.figure.figure_id: each for each in held})
        summary_frame = great.Frame([{"run": "run", **summary}], ["run", *summary], "run")
        for suite in suites:
            for expectation in (each for each in suites[suite] if each.over == "summary"):
                results.append(summary_frame.ask(suite, expectation)[0])
    return Outcome(tuple(accepted), tuple(held), tuple(results), tuple(_stops(results)))


def check_warehouse(url: str, *, suites: Suites | None = None) -> list[ExpectationResult]:
    """Ask the queries of warehouse.yaml of the tables themselves, after a load; each must return no rows."""
    suites = load_suites() if suites is None else suites
    from thuchi.validate import great

    queries = [each for each in suites["warehouse"] if each.over == "rows" and not each.is_check]
    with great.quiet():
        return great.ask_database(url, "fiscal_figure", "warehouse", queries)


def _of_rows(suite: Sequence[Expectation]) -> list[Expectation]:
    """What is asked of the run's own rows: neither of its counts nor of the warehouse's tables."""
    return [each for each in suite if each.over == "rows" and not each.type.startswith("Unexpected")]


def _ask(
    frame: Frame, suite: str, expectation: Expectation, batch: Batch
) -> tuple[ExpectationResult, list[str], Mapping[str, str]]:
    if not expectation.is_check:
        result, failed = frame.ask(suite, expectation)
        return result, failed, {}
    began = perf_counter()
    findings = CHECKS[expectation.type](batch, **expectation.kwargs)
    seconds = perf_counter() - began
    result, failed = frame.ask(suite, expectation, findings)
    return replace(result, duration_s=result.duration_s + seconds), failed, findings


def _said_of(expectation: Expectation, row: Row) -> str:
    return expectation.en if expectation.finding is None else expectation.finding.format(**row)


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
    return ", such as " + ", ".join(f"{name} {value}" for name, value in result.examples[0].items())
