"""The steps over months and days without Airflow, and what there is: sources, tables, quarantine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from thuchi.cli.console import say, watched

From = Annotated[str, typer.Option("--from", help="First month (2022-01), day (2022-01-31), or undated.")]
To = Annotated[str | None, typer.Option("--to", help="Last month or day; the same as --from if not given.")]
Only = Annotated[list[str] | None, typer.Option("--source", help="Only this source; may be repeated.")]


def collect(
    source: str,
    start: From,
    end: To = None,
    refetch: Annotated[bool, typer.Option("--refetch", help="Ask a portal again whether its pages changed.")] = False,
) -> None:
    """Archive what a source published, one WARC file a month or day."""
    from thuchi import pipeline

    for period in watched(_periods(start, end), source):
        _told(pipeline.collect_step(source, period, refetch))


def validate(start: From, end: To = None, source: Only = None) -> None:
    """Collect, read, extract and validate without loading; figures that would be held are named."""
    from thuchi import parquet, pipeline, storage

    for period in _periods(start, end):
        checked = pipeline.validate_step(_extracted(source, period), _run_id(), period)
        _told(checked)
        for figure, failures in parquet.read_held(storage.at(checked["quarantined"])):
            reasons = "; ".join(failure["sentence"] for failure in failures)
            print(f"{period}\theld\t{figure.article_id}\t{figure.quote}\t{reasons}")


def load(start: From, end: To = None, source: Only = None) -> None:
    """All steps of each month or day, without Airflow: what a run of historical_news does."""
    from thuchi import pipeline

    for period in _periods(start, end):
        _told(pipeline.to_warehouse(_extracted(source, period), _run_id(), period))


def _extracted(only: list[str] | None, period: str) -> list[dict[str, Any]]:
    """The reports of the last step of each source."""
    from thuchi import pipeline

    reports = pipeline.extracted(only or pipeline.sources_of_run(), period)
    for report in reports:
        _told(report)
    return reports[2::3]


def _run_id() -> str:
    return f"cli__{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _told(report: dict[str, Any]) -> None:
    """A report's counts to stdout, its sentences to stderr."""
    counts = ", ".join(f"{name} {count}" for name, count in report["counts"].items())
    print(f"{report['interval']}\t{report.get('source', 'all sources')}\t{report.get('path', '')}\t{counts}")
    for note in report.get("notes", ()):
        say(f"  {note}")


def sources_check(source: Annotated[str | None, typer.Argument()] = None) -> None:
    """Check the YAML of each source (or of one) and what lies there; a portal that is named is tried out."""
    from thuchi.collect import SourceError, load_source, source_ids
    from thuchi.collect.check import check
    from thuchi.settings import SEEDS
    from thuchi.vocabulary import read_areas

    failed = 0
    codes = {area.code for area in read_areas(SEEDS)}
    for source_id in [source] if source else source_ids():
        try:
            checked = load_source(source_id)
            # All sources at once are looked at, not tried: portals that nobody asked for are left alone.
            found = check(checked, ask=source is not None)
        except SourceError as error:
            failed += 1
            say(str(error))
            continue
        problems = list(found.problems)
        if checked.ref_area is not None and checked.ref_area not in codes:
            problems.append(f"ref_area {checked.ref_area} is no code of seeds/areas.csv; correct it")
        for sentence in (*problems, *found.remarks):
            say(f"{source_id}: {sentence}")
        failed += bool(problems)
        print(f"{source_id}\t{found.summary}")
    if failed:
        raise typer.Exit(1)


def upgrade(revision: str = "head") -> None:
    """Bring the tables to this version, from empty or any older one."""
    from thuchi.settings import settings
    from thuchi.warehouse import migrate

    migrate(settings().warehouse_url, revision)


def downgrade(revision: Annotated[str, typer.Argument(help="An older version; base drops all tables.")]) -> None:
    """Go back to an older version of the tables, with the loss of what only the newer ones hold."""
    from thuchi.settings import settings
    from thuchi.warehouse import downgrade as back

    back(settings().warehouse_url, revision)


def reference() -> None:
    """Bring areas and indicators to what seeds/ says: what the DAG reference_data does."""
    from thuchi import pipeline

    _told({"interval": "reference", **pipeline.reference_step()})


def status() -> None:
    """Where this installation keeps things, and how much there is."""
    from thuchi import pipeline
    from thuchi.settings import settings
    from thuchi.warehouse import row_counts

    print(f"data\t{settings().data_url}")
    print(f"sources\t{', '.join(pipeline.sources_of_run())}")
    with pipeline.the_warehouse() as engine:
        for name, count in row_counts(engine).items():
            print(f"{name}\t{count}")


def _periods(start: str, end: str | None) -> list[str]:
    """All months or days from `start` to `end`, both included."""
    from thuchi.model import Interval

    try:
        first, last = Interval.parse(start), Interval.parse(end or start)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if first.start is None or last.start is None:
        if first != last:
            raise typer.BadParameter("undated is a period by itself: --from undated without --to")
        return [first.key]
    if len(first.key) != len(last.key) or first.start > last.start:
        raise typer.BadParameter(f"--from {start} --to {end}: give two months or two days, the earlier one first")
    form = "%Y-%m" if len(first.key) == 7 else "%Y-%m-%d"
    days = (first.start + timedelta(days=count) for count in range((last.start - first.start).days + 1))
    return list(dict.fromkeys(day.strftime(form) for day in days))
