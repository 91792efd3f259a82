"""`thuchi`: the steps of the way of the data, one command each.

Data goes to stdout, messages to stderr. Exit codes: 0 done, 1 failed, 2 wrong usage. Each command imports what it
needs when it runs, so that `thuchi phrase` does not wait for Parquet or a database.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from thuchi.extract.normalise import Normalised
    from thuchi.model import Article

app = typer.Typer(
    help="Local news in, trustworthy fiscal figures out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
sources_app = typer.Typer(help="The sources in include/sources/.", no_args_is_help=True)
db_app = typer.Typer(help="The tables of the warehouse.", no_args_is_help=True)
quarantine_app = typer.Typer(help="Figures that wait for a decision.", no_args_is_help=True)
app.add_typer(sources_app, name="sources")
app.add_typer(db_app, name="db")
app.add_typer(quarantine_app, name="quarantine")

From = Annotated[str, typer.Option("--from", help="First month (2022-01), day (2022-01-31), or undated.")]
To = Annotated[str | None, typer.Option("--to", help="Last month or day; the same as --from if not given.")]
Only = Annotated[list[str] | None, typer.Option("--source", help="Only this source; may be repeated.")]


T = TypeVar("T")

_ASKED = '{"input": "quý này", "reference_date": "2023-04-05"}'


class Failed(Exception):  # noqa: N818
    """What a command could not do, in one sentence."""


def main() -> None:
    """Run the command line; the sentence of a failure that is no fault of the program goes to stderr."""
    try:
        app()
    except BrokenPipeError:  # `thuchi … | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if not _speaks_for_itself(error):
            raise
        say(f"thuchi: {error}")
        sys.exit(1)


def _speaks_for_itself(error: Exception) -> bool:
    """Our own errors are sentences for a person; any other is a fault of the program and shows its traceback."""
    return isinstance(error, OSError) or type(error).__module__.partition(".")[0] == "thuchi"


def say(message: str) -> None:
    print(message, file=sys.stderr)


@app.command()
def extract(
    articles: Annotated[
        Path,
        typer.Argument(
            help="One article a line: id, url, published, title, text[, source]; - for stdin.",
            exists=True,
            dir_okay=False,
            allow_dash=True,
        ),
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Instead of stdout.")] = None,
) -> None:
    """Extract the fiscal figures of articles, one JSON object a line."""
    from thuchi.extract import Extractor
    from thuchi.extract.serial import figure_to_json
    from thuchi.vocabulary import vocabulary

    extractor = Extractor(vocabulary())
    figures = read = failed = 0
    with _lines_of(articles) as lines, _written_to(output) as out:
        for row, line in enumerate(_watched(lines, articles), start=1):
            if not line.strip():
                continue
            try:
                article, given, normalised = _article_of_line(line, articles.stem)
            except ValueError as error:
                failed += 1
                say(f"{articles}:{row}: {error}")
                continue
            read += 1
            for figure in extractor.figures_of(article):
                figures += 1
                print(json.dumps(figure_to_json(figure, given, normalised), ensure_ascii=False), file=out)
    say(f"{read} articles, {figures} figures" + (f", {failed} lines that could not be read" if failed else ""))
    if failed:
        raise typer.Exit(1)


def _article_of_line(line: bytes, stem: str) -> tuple[Article, str, Normalised]:
    """The article of a line, its text as the line gives it (perhaps NFD), and the way back to that.

    Raises:
        ValueError: saying what is wrong with the line, and the remedy.
    """
    from thuchi.collect.documents import ARTICLE_FIELDS, published_of, record_of
    from thuchi.collect.sources import load_source, source_ids
    from thuchi.extract.normalise import normalise
    from thuchi.model import Article, article_id_of

    fields = record_of(line, (*ARTICLE_FIELDS, "id", "source"))
    given = fields["text"] or ""
    normalised = normalise(given)
    known = fields["source"] in source_ids()
    article = Article(
        article_id=fields["id"] or article_id_of(fields["url"], normalised.text),
        source=fields["source"] or stem,
        url=fields["url"],
        title=normalise(fields["title"]).text if fields["title"] else None,
        published=published_of(fields),
        text=normalised.text,
        source_area=load_source(fields["source"]).ref_area if fields["source"] and known else None,
    )
    return article, given, normalised


@app.command()
def phrase(
    phrases: Annotated[list[str] | None, typer.Argument(help='As "quý I/2023" or "36,5 nghìn tỷ đồng".')] = None,
    reference_date: Annotated[str | None, typer.Option(help='What "năm nay" is seen from, as 2023-04-05.')] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines {"input", "reference_date"} from stdin and answer in order.')
    ] = False,
) -> None:
    """What a phrase means as number, money, percentage, date or period: one JSON object a line."""
    if bool(phrases) == jsonl:
        raise typer.BadParameter("give phrases, or --jsonl and lines on stdin")
    if not jsonl:
        reference = _day(reference_date) if reference_date else None
        for given in phrases or ():
            _answer(given, reference)
        return
    for row, line in enumerate(sys.stdin.buffer, start=1):
        try:
            asked = json.loads(line)
        except ValueError as error:
            raise Failed(f"stdin:{row}: not JSON: {error}; write {_ASKED}") from error
        given = asked.get("input") if isinstance(asked, dict) else None
        if not isinstance(given, str):
            raise Failed(f'stdin:{row}: has no string "input"; write {_ASKED}')
        day = asked.get("reference_date") or reference_date
        _answer(given, _day(str(day)) if day else None)


def _answer(given: str, reference: date | None) -> None:
    from thuchi.extract.normalise import normalise
    from thuchi.extract.phrase import nothing_read, read_phrase

    text = normalise(given)
    reading = read_phrase(text.text, reference)
    answer = reading.as_json(given) if reading else nothing_read(given)
    if reading:
        answer |= {"start": text.original(reading.start), "end": text.original(reading.end)}
    print(json.dumps(answer, ensure_ascii=False))


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise Failed(f"{value!r} is no date; write it as 2023-04-05") from error


@app.command()
def read(pages: Annotated[list[Path], typer.Argument(help="Files: .html, .txt or .jsonl.", exists=True)]) -> None:
    """Read pages into articles, one JSON object a line, as `thuchi extract` takes them."""
    from thuchi.collect.archive import RawRecord
    from thuchi.collect.dating import modified_at
    from thuchi.collect.folder import look_through
    from thuchi.read import article_of

    failed = 0
    for page in pages:
        found = look_through(page)
        for fault in found.faults:
            failed += 1
            say(f"{page.parent / fault}")
        for document in found.documents:
            moment = modified_at(document.modified)
            content = found.content(document)
            raw = RawRecord(page.stem, document.name, document.media_type, moment, document.published_at, content)
            try:
                article, remark = article_of(raw)
            except ValueError as error:
                failed += 1
                say(f"{page.parent / document.name} {error}")
                continue
            if remark:
                say(f"{page.parent / document.name} {remark}")
            print(
                json.dumps(
                    {
                        "id": article.article_id,
                        "url": article.url,
                        "published": document.published,
                        "title": article.title,
                        "text": article.text,
                    },
                    ensure_ascii=False,
                )
            )
    if failed:
        raise typer.Exit(1)


@app.command()
def collect(source: str, start: From, end: To = None) -> None:
    """Archive what a source published, one WARC file a month or day."""
    from thuchi import pipeline

    for period in _watched(_periods(start, end), source):
        _told(pipeline.collect_step(source, period))


@app.command()
def validate(start: From, end: To = None, source: Only = None) -> None:
    """Collect, read, extract and validate without loading; figures that would be held are named."""
    from thuchi import pipeline, storage

    for period in _periods(start, end):
        checked = pipeline.validate_step(_extracted(source, period), _run_id(), period)
        _told(checked)
        for figure, failures in storage.read_held(storage.at(checked["quarantined"])):
            reasons = "; ".join(failure["sentence"] for failure in failures)
            print(f"{period}\theld\t{figure.article_id}\t{figure.quote}\t{reasons}")


@app.command()
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


@sources_app.command("check")
def sources_check(source: Annotated[str | None, typer.Argument()] = None) -> None:
    """Check the YAML of each source (or of one) and what lies there: undated and broken documents, all of them."""
    from thuchi.collect import SourceError, load_source, source_ids, undated_remedy
    from thuchi.collect.folder import scan
    from thuchi.settings import SEEDS
    from thuchi.vocabulary import read_areas

    failed = 0
    codes = {area.code for area in read_areas(SEEDS)}
    for source_id in [source] if source else source_ids():
        try:
            checked = load_source(source_id)
            found = scan(checked)
        except SourceError as error:
            failed += 1
            say(str(error))
            continue
        problems = list(found.faults)
        if checked.ref_area is not None and checked.ref_area not in codes:
            problems.append(f"ref_area {checked.ref_area} is no code of seeds/areas.csv; correct it")
        undated = [document for document in found.documents if document.published is None]
        for sentence in (*problems, *map(undated_remedy, undated), *found.remarks):
            say(f"{source_id}: {sentence}")
        failed += bool(problems)
        print(f"{source_id}\t{len(found.documents)} documents, {len(undated)} undated, {len(found.faults)} failed")
    if failed:
        raise typer.Exit(1)


@db_app.command()
def upgrade(revision: str = "head") -> None:
    """Bring the tables to this version, from empty or any older one."""
    from thuchi.settings import settings
    from thuchi.warehouse import migrate

    migrate(settings().warehouse_url, revision)


@db_app.command()
def downgrade(revision: Annotated[str, typer.Argument(help="An older version; base drops all tables.")]) -> None:
    """Go back to an older version of the tables, with the loss of what only the newer ones hold."""
    from thuchi.settings import settings
    from thuchi.warehouse import downgrade as back

    back(settings().warehouse_url, revision)


@app.command()
def status() -> None:
    """Where this installation keeps things, and how much there is."""
    from thuchi.collect import source_ids
    from thuchi.settings import settings
    from thuchi.warehouse import row_counts

    print(f"data\t{settings().data_url}")
    print(f"sources\t{', '.join(source_ids())}")
    with _warehouse() as engine:
        for name, count in row_counts(engine).items():
            print(f"{name}\t{count}")


@quarantine_app.command("list")
def quarantine_list() -> None:
    """The figures that wait for a decision, and what each failed."""
    from thuchi.warehouse import held_figures

    with _warehouse() as engine:
        for row in held_figures(engine):
            reasons = "; ".join(failure["sentence"] for failure in row["failures"])
            print(f"{row['figure_id']}\t{row['source']}\t{row['quote']}\t{reasons}")


@contextmanager
def _warehouse() -> Iterator[Any]:
    from thuchi.settings import settings
    from thuchi.warehouse import connect

    engine = connect(settings().warehouse_url)
    try:
        yield engine
    finally:
        engine.dispose()


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


@contextmanager
def _lines_of(path: Path) -> Iterator[IO[bytes]]:
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    with path.open("rb") as lines:
        yield lines


@contextmanager
def _written_to(path: Path | None) -> Iterator[IO[str]]:
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8") as out:
        yield out


def _watched(items: Iterable[T], what: object) -> Iterable[T]:
    """The same items, with progress where a person watches."""
    if not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, str(what), console=Console(stderr=True), transient=True)
