"""Articles and phrases in, JSON lines out: `thuchi extract`, `phrase` and `read`. No database is asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from thuchi.cli.console import Failed, say, watched

if TYPE_CHECKING:
    from thuchi.extract.normalise import Normalised
    from thuchi.model import Article

_ASKED = '{"input": "quý này", "reference_date": "2023-04-05"}'


def extract(
    articles: Annotated[
        Path,
        typer.Argument(help="One article a line: id, url, published, title, text[, source]; - for stdin."),
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Instead of stdout.")] = None,
) -> None:
    """Extract the fiscal figures of articles, one JSON object a line."""
    from thuchi.extract import Extractor
    from thuchi.extract.serial import figure_to_json
    from thuchi.vocabulary import vocabulary

    extractor = Extractor(vocabulary())
    figures = read = failed = 0
    with lines_of(articles) as lines, _written_to(output) as out:
        for row, line in enumerate(watched(lines, articles), start=1):
            if not line.strip():
                continue
            try:
                article, given, normalised = article_of_line(line, articles.stem)
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


def article_of_line(line: bytes, stem: str) -> tuple[Article, str, Normalised]:
    """The article of a line, its text as the line gives it (perhaps NFD), and the way back to that.

    Raises:
        ValueError: saying what is wrong with the line, and the remedy.
    """
    from thuchi.collect.documents import ARTICLE_FIELDS, published_of, record_of
    from thuchi.collect.sources import area_of
    from thuchi.extract.normalise import normalise
    from thuchi.model import Article, article_id_of

    fields = record_of(line, (*ARTICLE_FIELDS, "id", "source"))
    given = fields["text"] or ""
    normalised = normalise(given)
    article = Article(
        article_id=fields["id"] or article_id_of(fields["url"], normalised.text),
        source=fields["source"] or stem,
        url=fields["url"],
        title=normalise(fields["title"]).text if fields["title"] else None,
        published=published_of(fields),
        text=normalised.text,
        source_area=area_of(fields["source"]),
    )
    return article, given, normalised


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
        for words in phrases or ():
            _answer(words, reference)
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


@contextmanager
def lines_of(path: Path) -> Iterator[IO[bytes]]:
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    if not path.is_file():
        raise typer.BadParameter(f"{path}: there is no such file")
    with path.open("rb") as lines:
        yield lines


@contextmanager
def _written_to(path: Path | None) -> Iterator[IO[str]]:
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8") as out:
        yield out
