"""An HTML page → headline, text and address: without menus, links to other news and footers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import trafilatura
from trafilatura.metadata import extract_metadata

_RULE = re.compile(r"^\|(?:\s*-{3,}\s*\|)+\s*$")
_ROW = re.compile(r"^\|.*\|\s*$")


@dataclass(frozen=True, slots=True)
class Page:
    title: str | None
    url: str | None
    text: str


class NoText(ValueError):  # noqa: N818
    """The page holds no running text, as a gallery or a page that only a script fills."""


def read_page(html: str) -> Page:
    """The article of a page, one paragraph, list item or table row a line, the headline first.

    A table's row is "cell | cell", so that a number stays under its column: "Tổng thu | 610.000 | 512.000".

    Raises:
        NoText: where no text is found.
    """
    # Recall: without it a total's breakdown is lost where a portal sets it as a list ("- Thu nội địa: 401 tỷ đồng").
    body = trafilatura.extract(html, include_comments=False, include_tables=True, favor_recall=True)
    if body is None or not body.strip():
        raise NoText("holds no text that could be told from its menus; save it as .txt")
    metadata = extract_metadata(html)
    text = "\n".join(line for line in map(_line, body.splitlines()) if line is not None)
    title = metadata.title.strip() if metadata.title else None
    if title and _plain(title) not in _plain(text[: len(title) + 500]):
        text = f"{title}\n{text}"  # the headline is part of the text: figures stand in it
    return Page(title, _address(metadata.url), text)


def _line(line: str) -> str | None:
    if _RULE.match(line):
        return None
    if _ROW.match(line):
        return " | ".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    return line.rstrip()


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _address(url: str | None) -> str | None:
    """The canonical address, unless it is the portal's front page, which careless pages all name as theirs."""
    if not url:
        return None
    parts = urlsplit(url)
    return url if parts.netloc and (parts.path.strip("/") or parts.query) else None
