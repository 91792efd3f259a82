"""`thuchi explain`: one article in the terminal, its figures in place and, under each, which words gave which field."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thuchi.cli.articles import article_of_line, lines_of
from thuchi.cli.console import Failed, say

if TYPE_CHECKING:
    from thuchi.model import Article

_ROW = re.compile(r"(?P<file>.+\.jsonl)#(?P<row>\d+)", re.IGNORECASE)
_NAME_ONE = "name one: by its line, as {file}#1, or with --id"


def explain(
    article: Annotated[
        str, typer.Argument(help="A .txt or .html file, a line of a .jsonl file (bai.jsonl#3), or - for stdin.")
    ],
    article_id: Annotated[str | None, typer.Option("--id", help="Which article of a .jsonl file.")] = None,
) -> None:
    """Show an article with its fiscal figures, and which words gave each its indicator, phase, period and area."""
    from rich.console import Console

    from thuchi.cli.explanation import explanation
    from thuchi.extract import Extractor
    from thuchi.vocabulary import vocabulary

    read = _article(article, article_id)
    figures = Extractor(vocabulary()).figures_of(read)
    console = Console(highlight=False)
    for part in explanation(read, figures):
        with console.capture() as shown:
            console.print(part)
        for line in shown.get().splitlines():
            print(line.rstrip())  # Rich fills its tables up to the width
    say(f"{len(figures)} figures")


def _article(name: str, article_id: str | None) -> Article:
    """The one article that is meant.

    Raises:
        typer.BadParameter: it is not named so that it can be found.
        Failed: it is there and cannot be read.
    """
    if name == "-":
        content = sys.stdin.buffer.read()
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return _of_lines("stdin", content.splitlines(), None, article_id)
        _no_id(article_id, "stdin")
        return _of_document(Path("stdin"), content)
    found = _ROW.fullmatch(name)
    path = Path(found["file"] if found and not Path(name).is_file() else name)
    if path.suffix.lower() == ".jsonl":
        row = int(found["row"]) if found and path.name != Path(name).name else None
        if row is not None and article_id is not None:
            raise typer.BadParameter(f"{name} is one line already; leave out --id")
        with lines_of(path) as lines:
            return _of_lines(str(path), lines, row, article_id)
    _no_id(article_id, name)
    if not path.is_file():
        raise typer.BadParameter(f"{path}: there is no such file")
    if path.suffix.lower() not in (".txt", ".html", ".htm"):
        raise typer.BadParameter(f"{path}: is none of .txt, .html, .jsonl; rename it, or give it on stdin as -")
    return _of_document(path, None)


def _no_id(article_id: str | None, name: str) -> None:
    if article_id is not None:
        raise typer.BadParameter(f"--id is for files of JSON lines, and {name} is one article; leave it out")


def _of_lines(file: str, lines: Iterable[bytes], row: int | None, article_id: str | None) -> Article:
    """The article of a line: the row that is named, the one of this id, or the only one."""
    stem = Path(file).stem
    faults: list[str] = []
    only: tuple[int, bytes] | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or row not in (None, number):
            continue
        if article_id is None and only is not None:
            raise typer.BadParameter(f"{file} holds several articles; {_NAME_ONE.format(file=file)}")
        only = number, line
        if article_id is not None:
            try:
                article, _, _ = article_of_line(line, stem)
            except ValueError as error:
                faults.append(f"{file}:{number}: {error}")
                continue
            if article.article_id == article_id:
                return article
    if article_id is not None:
        also = f"; it may be a line that cannot be read: {faults[0]}" if faults else ""
        raise typer.BadParameter(f"{file}: no article has the id {article_id}{also}")
    if only is None:
        raise typer.BadParameter(f"{file}: " + ("holds no article" if row is None else f"has no article in line {row}"))
    try:
        return article_of_line(only[1], stem)[0]
    except ValueError as error:
        raise Failed(f"{file}:{only[0]}: {error}") from error


def _of_document(path: Path, piped: bytes | None) -> Article:
    """The article of a .txt or .html file, read as `thuchi read` reads it; `piped` is what stdin holds instead."""
    from thuchi.collect import dating
    from thuchi.collect.archive import RawRecord
    from thuchi.collect.decoding import decode
    from thuchi.collect.folder import look_through
    from thuchi.read import article_of

    if piped is None:
        found = look_through(path)
        if not found.documents:
            raise Failed(f"{path.parent / found.faults[0]}")
        document = found.documents[0]
        content, media_type, published = found.content(document), document.media_type, document.published_at
    else:
        content = piped
        if not content.strip():
            raise Failed("stdin is empty; give an article")
        media_type = "text/html" if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else "text/plain"
    try:
        if piped is not None:
            in_page = dating.published_in_html if media_type == "text/html" else dating.published_in_text
            published = in_page(decode(content)[0])
        # When it was collected is no part of what an article says.
        raw = RawRecord(path.stem, path.name, media_type, datetime.fromtimestamp(0, tz=UTC), published, content)
        article, remark = article_of(raw)
    except ValueError as error:
        raise Failed(f"{path} {error}") from error
    if remark:
        say(f"{path} {remark}")
    return article
