"""The steps as functions that take and give what Airflow hands on between tasks: dicts of keys and counts.

    collect → read → extract       for each source
    validate → load → account      for the run

The DAGs call these and nothing else; the command line calls the same without Airflow. Heavy libraries are imported by
the step that needs them, since every task is a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from thuchi import parquet, storage
from thuchi.model import Article, Figure, Interval, StepReport
from thuchi.settings import SEEDS, settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from thuchi.validate import SourceTerms

WHY_FAILED = "why_failed"
"""The XCom in which the task of a source that failed says why, for the alert of the run."""
Report = dict[str, Any]
"""A StepReport, or a run's report, as JSON: keys of files, counts, sentences for a person."""


class CriticalFailure(Exception):  # noqa: N818
    """A suite failed as a whole: nothing of the run was loaded. Trying again does not help."""


class CountsDiffer(Exception):  # noqa: N818
    """A figure was lost or doubled between two steps: a fault of this program, never of the data."""


def sources_of_run() -> list[str]:
    """What a run maps over: every source that is there at this moment and verified, archives by their shards."""
    from thuchi.collect import units_of_run

    return units_of_run()


def collect_step(source_id: str, period: str, refetch: bool = False) -> Report:
    """Archive what a source published in a period; `refetch` asks a portal again whether its pages changed.

    Raises:
        SourceFailed: a portal is down, blocks us, changed its layout, or gave less than its floor.
    """
    from thuchi.collect import collect, load_source

    return _report(collect(load_source(source_id), Interval.parse(period), refetch=refetch, gate=may_hold_figures))


def may_hold_figures(text: str) -> bool:
    """The extractor's own gate, for what collects from archives: whether any line is worth a closer look."""
    from thuchi.extract.gate import candidate_lines

    return next(iter(candidate_lines(text)), None) is not None


def read_step(collected: Report) -> Report:
    """Read a source's archive of a period into articles."""
    from thuchi.collect import load_source
    from thuchi.read import read

    return _report(read(load_source(collected["source"]), Interval.parse(collected["interval"])))


def extract_step(read: Report) -> Report:
    """Extract the figures of a source's articles of a period."""
    from thuchi.extract import Extractor
    from thuchi.vocabulary import vocabulary

    source, interval = read["source"], read["interval"]
    articles = parquet.read_articles(storage.at(read["path"]))
    extractor = Extractor(vocabulary())
    by_article = [extractor.figures_of(article) for article in articles]
    key = storage.figures_key(source, interval)
    figures = parquet.write_figures(storage.at(key), (figure for each in by_article for figure in each))
    with_figures = sum(1 for each in by_article if each)
    counts = {"articles": len(articles), "with_figures": with_figures, "figures": figures}
    return _report(StepReport(source, interval, key, counts))


def validate_step(extracted: Iterable[Report], run_id: str, period: str) -> Report:
    """Part the figures of all sources into accepted and quarantined; the results go to the warehouse in any case.

    Raises:
        CriticalFailure: a suite failed as a whole; its results are stored.
    """
    from thuchi.read.likeness import alike
    from thuchi.validate import corrected, load_corrections, validate
    from thuchi.warehouse import Run, history, level_medians, store_results

    reports = sorted(extracted, key=lambda report: str(report["source"]))
    if not reports:
        raise CriticalFailure(f"period {period}: no source came through to validation; see the failed tasks before it")
    articles, as_read, notes = _together(reports)
    mended = corrected(load_corrections(), articles, as_read)
    figures = mended.figures
    with the_warehouse() as engine:
        outcome = validate(
            articles,
            figures,
            interval=Interval.parse(period),
            history=history(engine, figures),
            medians=level_medians(engine, period),
            sources=[_terms(report["source"]) for report in reports],
        )
        store_results(engine, outcome.results, Run(run_id, period))
        if outcome.critical:
            _write_report(engine, run_id, period)
    if outcome.critical:
        raise CriticalFailure(f"period {period}: nothing was loaded. " + " ".join(outcome.critical))
    likenesses = alike(articles)
    parquet.write_likenesses(storage.at(storage.likenesses_key(period)), map(asdict, likenesses))
    accepted, quarantined = storage.accepted_key(period), storage.quarantined_key(period)
    parquet.write_figures(storage.at(accepted), outcome.accepted)
    parquet.write_held(
        storage.at(quarantined),
        ((held.figure, [asdict(failure) for failure in held.failures]) for held in outcome.quarantined),
    )
    return {
        "interval": period,
        "articles": [_articles_key(report) for report in reports],
        "accepted": accepted,
        "quarantined": quarantined,
        "counts": {
            **outcome.counts,
            "articles": len(articles),
            "corrected": mended.applied,
            "alike": len(likenesses),
            "doubled": sum(report["counts"]["figures"] for report in reports) - len(figures),
        },
        "notes": [*notes, *mended.notes],
    }


def load_step(validated: Report, run_id: str) -> Report:
    """Load what was accepted, keep what is held, then check the warehouse as a whole.

    Raises:
        CriticalFailure: the warehouse as it stands after the load fails a suite; the results are stored.
    """
    from thuchi.validate import Failure, Held, check_warehouse
    from thuchi.warehouse import Run, load, store_likenesses, store_results

    period = validated["interval"]
    run = Run(run_id, period)
    articles, _ = _distinct(parquet.read_articles(storage.at(key)) for key in validated["articles"])
    accepted = parquet.read_figures(storage.at(validated["accepted"]))
    held = [
        Held(figure, tuple(Failure(**failure) for failure in failures))  # type: ignore[arg-type]
        for figure, failures in parquet.read_held(storage.at(validated["quarantined"]))
    ]
    with the_warehouse() as engine:
        loaded = load(engine, articles, accepted, held, run)
        store_likenesses(engine, parquet.read_likenesses(storage.at(storage.likenesses_key(period))), run)
        results = check_warehouse(settings().warehouse_url)
        store_results(engine, results, run)
        report = _write_report(engine, run_id, period)
    critical = [result.sentence_en for result in results if result.stops_the_run]
    if critical:
        raise CriticalFailure(f"period {period}: loaded, but the warehouse is not sound. " + " ".join(critical))
    return {"interval": period, "report": report, "counts": asdict(loaded)}


def _write_report(engine: Engine, run_id: str, period: str) -> str:
    """The report of a run beside its files, as HTML and Markdown; returns the key of the former."""
    from thuchi.report import gather, to_html, to_markdown

    report = gather(engine, run_id)
    for ending, content in (("md", to_markdown(report)), ("html", to_html(report))):
        storage.write_bytes(storage.at(storage.report_key(period, run_id, ending)), content.encode())
    return storage.report_key(period, run_id, "html")


def account_step(extracted: Iterable[Report], validated: Report, loaded: Report) -> Report:
    """Follow every figure from extraction to the warehouse: none may be lost or doubled.

    Raises:
        CountsDiffer: naming the two steps and their counts.
    """
    said = sum(report["counts"]["figures"] for report in extracted)
    checked, stored = validated["counts"], loaded["counts"]
    for left, right, words in (
        (said, checked["figures"] + checked["doubled"], "extracted ≠ validated + said by two sources"),
        (checked["figures"], checked["accepted"] + checked["quarantined"], "validated ≠ accepted + quarantined"),
        (checked["figures"], stored["figures"], "validated ≠ handed to the load"),
        (
            stored["figures"],
            stored["loaded"] + stored["unchanged"] + stored["quarantined"],
            "handed to the load ≠ loaded + unchanged + quarantined",
        ),
    ):
        if left != right:
            raise CountsDiffer(f"period {loaded['interval']}: {words} ({left} ≠ {right}); report this as a fault")
    return {"interval": loaded["interval"], "counts": {"extracted": said, **stored}}


def reference_step() -> Report:
    """Bring the warehouse's tables to this version, then its dimensions to what seeds/ says."""
    from thuchi.warehouse import load_reference_data, migrate

    migrate(settings().warehouse_url)
    with the_warehouse() as engine:
        return _json(asdict(load_reference_data(engine, SEEDS)))


def _terms(source_id: str) -> SourceTerms:
    """What the source's YAML says that it brings, `articles_per_day: {floor, ceiling}`; a folder says nothing."""
    from thuchi.collect import load_source
    from thuchi.validate import SourceTerms

    normal = getattr(load_source(source_id), "articles_per_day", None)
    return SourceTerms(source_id, getattr(normal, "floor", None) or None, getattr(normal, "ceiling", None))


@contextmanager
def the_warehouse() -> Iterator[Engine]:
    """The warehouse of this installation.

    Raises:
        WarehouseError: it does not answer, or has no tables yet.
    """
    from sqlalchemy.exc import ProgrammingError

    from thuchi.warehouse import WarehouseError, connect

    engine = connect(settings().warehouse_url)
    try:
        yield engine
    except ProgrammingError as error:
        if type(error.orig).__name__ not in ("UndefinedTable", "UndefinedColumn"):
            raise
        raise WarehouseError(
            "The warehouse does not have the tables of this version: run the DAG reference_data, "
            "or `thuchi db upgrade` and `thuchi db reference`."
        ) from error
    finally:
        engine.dispose()


def extracted(sources: Sequence[str], period: str) -> list[Report]:
    """The steps of each source of a period in this process, without Airflow: the reports of all steps, in order."""
    reports = []
    for source in sources:
        reports += [collect_step(source, period)]
        reports += [read_step(reports[-1])]
        reports += [extract_step(reports[-1])]
    return reports


def to_warehouse(extracted: Sequence[Report], run_id: str, period: str) -> Report:
    """The steps of a period as a whole, without Airflow: what `account_step` reports."""
    validated = validate_step(extracted, run_id, period)
    return account_step(extracted, validated, load_step(validated, run_id))


def _together(reports: Sequence[Report]) -> tuple[list[Article], list[Figure], list[str]]:
    """The articles and figures of all sources.

    Two sources may carry one article (the same address, or the same words without one): it counts once, as the first
    source in the order of their ids has it.
    """
    articles, notes = _distinct(parquet.read_articles(storage.at(_articles_key(report))) for report in reports)
    source_of = {article.article_id: article.source for article in articles}
    figures = [
        figure
        for report in reports
        for figure in parquet.read_figures(storage.at(report["path"]))
        if source_of.get(figure.article_id, report["source"]) == report["source"]
    ]
    return articles, figures, notes


def _distinct(by_source: Iterable[Iterable[Article]]) -> tuple[list[Article], list[str]]:
    first: dict[str, Article] = {}
    notes = []
    for article in (article for articles in by_source for article in articles):
        kept = first.setdefault(article.article_id, article)
        if kept is not article:
            notes.append(f"{article.raw} is the article {kept.raw} of source {kept.source} and counts there")
    return list(first.values()), notes


def _articles_key(report: Report) -> str:
    return storage.articles_key(report["source"], report["interval"])


def _report(report: StepReport) -> Report:
    return _json(asdict(report))


def _json(record: Mapping[str, Any]) -> Report:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in record.items()}
