"""The documents of one file: a .txt or .html file is one, each line of a .jsonl file is one.

A document is dated by its own statement (the field `published` of a JSON line, a page's markup, a date line), or else
by a file name that begins with an ISO date ("2022-09-30 yen lac.txt").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from thuchi.collect import dating
from thuchi.collect.decoding import DecodingError, decode

MEDIA_TYPES = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html", ".jsonl": "application/json"}
ARTICLE_FIELDS = ("url", "published", "title", "text")
"""What a JSON line may say of an article; other fields are passed over."""
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """One document and where it lies; `fault` says why it cannot be used, and is null for a good one."""

    name: str
    """Seen from the source's path: "2022/yen-lac.html", or with its row: "bai.jsonl#3"."""
    file: str
    start: int
    length: int
    """The bytes of the file that are the document: all of them, or one line."""
    media_type: str
    modified: float
    published: str | None = None
    """ISO 8601 in Vietnam's zone."""
    fault: str | None = None

    @property
    def published_at(self) -> datetime | None:
        return None if self.published is None else datetime.fromisoformat(self.published)


def documents_of(path: Path, file: str) -> Iterator[Document]:
    """The documents of a file that is called `file`, good and bad; each bad one says what is wrong with it."""
    modified = path.stat().st_mtime
    media_type = MEDIA_TYPES[path.suffix.lower()]
    if media_type == "application/json":
        yield from _lines(path, file, modified)
        return
    content = path.read_bytes()
    document = Document(file, file, 0, len(content), media_type, modified)
    try:
        text, _ = decode(content)
    except DecodingError as error:
        yield replace(document, fault=str(error))
        return
    if not text.strip():
        yield replace(document, fault="is empty; remove it or fill it")
        return
    in_page = dating.published_in_html if media_type == "text/html" else dating.published_in_text
    yield replace(document, published=_iso(in_page(text) or _in_name(path.name)))


def _lines(path: Path, file: str, modified: float) -> Iterator[Document]:
    start = 0
    with path.open("rb") as lines:
        for row, line in enumerate(lines, start=1):
            document = Document(f"{file}#{row}", file, start, len(line), "application/json", modified)
            start += len(line)
            if line.strip():
                try:
                    yield replace(document, published=_iso(published_of(record_of(line))))
                except ValueError as error:
                    yield replace(document, fault=str(error))


def record_of(line: bytes, names: Sequence[str] = ARTICLE_FIELDS) -> dict[str, str | None]:
    """The fields `names` of a line of JSONL; null for one that it lacks.

    Raises:
        ValueError: saying what is wrong with the line, and the remedy.
    """
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DecodingError(f"is not UTF-8 at byte {error.start} of the line; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error.msg} at character {error.pos + 1}; write one object a line") from error
    if not isinstance(record, dict):
        raise ValueError('is no JSON object; write one a line, as {"url": …, "published": …, "title": …, "text": …}')
    fields = {name: record.get(name) for name in names}
    for name, value in fields.items():
        if value is not None and not isinstance(value, str):
            raise ValueError(f"has a field {name} that is no string but {json.dumps(value)[:40]}; put it in quotes")
        if value is not None and _HALF_CHARACTER.search(value):
            raise ValueError(f"has a field {name} with half a character (\\ud83d without its other half); remove it")
    if not (fields["text"] or "").strip():
        raise ValueError('has no text; give it in the field "text"')
    return fields


def published_of(record: dict[str, str | None]) -> datetime | None:
    """When a JSON line's article was published: by its field, or else by a date line of its text.

    Raises:
        ValueError: the field holds no date; the message gives the remedy.
    """
    value = (record["published"] or "").strip()
    if not value:
        return dating.published_in_text(record["text"] or "")
    moment = dating.stated(value)
    if moment is None:
        raise ValueError(
            f"has a field published {value!r} that is no date; write 2022-09-30 or 2022-09-30T21:04:00+07:00"
        )
    return moment


def _in_name(name: str) -> datetime | None:
    found = re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", name)
    return dating.stated(found[0]) if found else None


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
