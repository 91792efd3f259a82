"""The documents of a folder source: .txt and .html files one each, .jsonl files one a line.

A document is dated by, in this order: the folder's dates.csv, its own statement (the field `published` of a JSON line,
markup, a date line), a file name that begins with an ISO date. What stays undated is in the partition `undated`.

Finding the dates of 1,000 saved pages takes seconds and a backfill asks once a month or day of the past: what a file
holds is therefore remembered under <THUCHI_HOME>/cache until the file (its time or size) or this code changes.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from thuchi import storage
from thuchi.collect import dating, decoding
from thuchi.collect.decoding import DecodingError, decode
from thuchi.collect.sources import Source, SourceError, root_of
from thuchi.model import short_hash
from thuchi.settings import settings

MEDIA_TYPES = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html", ".jsonl": "application/json"}
DATES = "dates.csv"
_CODE = short_hash(
    *(Path(module.__file__ or "").read_bytes() for module in (dating, decoding)), Path(__file__).read_bytes()
)


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


@dataclass(frozen=True, slots=True)
class Scan:
    """All that lies in a folder: good documents by name, and a sentence for each thing that cannot be used."""

    base: Path
    documents: tuple[Document, ...]
    faults: tuple[str, ...]
    remarks: tuple[str, ...]
    """What was passed over knowingly: a file of another kind, a row of dates.csv that names nothing."""

    def content(self, document: Document) -> bytes:
        with (self.base / document.file).open("rb") as file:
            file.seek(document.start)
            return file.read(document.length)


def scan(source: Source) -> Scan:
    """Look through a folder source.

    Raises:
        SourceError: where its path does not exist.
    """
    root = root_of(source)
    if not root.exists():
        raise SourceError(f"source {source.id}: its path {root} does not exist; correct `path` in {source.id}.yaml")
    base = root if root.is_dir() else root.parent
    files = sorted(_files(root), key=lambda path: path.relative_to(base).as_posix())
    found = list(_remembered(source, base, [path for path in files if path.suffix.lower() in MEDIA_TYPES]))
    given, bad_rows = _dates(base / DATES)
    documents = [
        replace(document, published=given[document.name]) if document.name in given else document for document in found
    ]
    names = {document.name for document in documents}
    remarks = [
        f"{DATES}: names {name!r}, which is no document here; correct the name" for name in given if name not in names
    ]
    others = sorted({path.suffix.lower() or path.name for path in files if path.suffix.lower() not in MEDIA_TYPES})
    if others:
        remarks.append(
            f"files that are no articles were passed over: {', '.join(others)} (read are .txt, .html, .jsonl)"
        )
    return Scan(
        base,
        tuple(document for document in documents if document.fault is None),
        (*bad_rows, *(f"{document.name} {document.fault}" for document in documents if document.fault is not None)),
        tuple(remarks),
    )


def _files(root: Path) -> Iterator[Path]:
    for path in [root] if root.is_file() else root.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if path.is_file() and not hidden and path.name != DATES:
            yield path


def _remembered(source: Source, base: Path, files: list[Path]) -> Iterator[Document]:
    """The documents of `files`, of which only those that are new or changed are opened."""
    memory = settings().home / "cache" / "collect" / f"{source.id}-{short_hash(base)}.json"
    known = _recall(memory)
    now = {}
    for path in files:
        file, status = path.relative_to(base).as_posix(), path.stat()
        stamp = [status.st_mtime_ns, status.st_size]
        entry = known.get(file)
        if entry is None or entry["stamp"] != stamp:
            documents = [asdict(document) for document in _documents(path, file, status.st_mtime)]
            entry = {"stamp": stamp, "documents": documents}
        now[file] = entry
    if now != known:
        storage.write_bytes(memory, json.dumps({"code": _CODE, "files": now}).encode())
    for entry in now.values():
        yield from (Document(**document) for document in entry["documents"])


def _recall(memory: Path) -> dict[str, Any]:
    """By file: its `stamp` (time and size) and its `documents`; nothing where other code wrote it."""
    try:
        content = json.loads(memory.read_bytes())
    except FileNotFoundError:
        return {}
    return dict(content["files"]) if content["code"] == _CODE else {}


def _documents(path: Path, file: str, modified: float) -> Iterator[Document]:
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
                    yield replace(document, published=_iso(_published(record_of(line))))
                except ValueError as error:
                    yield replace(document, fault=str(error))


def record_of(line: bytes) -> dict[str, str | None]:
    """A line of JSONL as its fields url, published, title and text.

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
    fields = {name: record.get(name) for name in ("url", "published", "title", "text")}
    for name, value in fields.items():
        if value is not None and not isinstance(value, str):
            raise ValueError(f"has a field {name} that is no string but {json.dumps(value)[:40]}; put it in quotes")
    if not (fields["text"] or "").strip():
        raise ValueError('has no text; give it in the field "text"')
    return fields


def _published(record: dict[str, str | None]) -> datetime | None:
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


def _dates(path: Path) -> tuple[dict[str, str], list[str]]:
    """The dates that the folder's owner gave by hand, and a sentence for each row that cannot be read."""
    if not path.exists():
        return {}, []
    try:
        text, _ = decode(path.read_bytes())
    except DecodingError as error:
        return {}, [f"{DATES} {error}"]
    rows = csv.DictReader(text.splitlines())
    if not {"file", "published"} <= set(rows.fieldnames or ()):
        return {}, [f"{DATES}:1: its first line must be file,published"]
    given, faults = {}, []
    for row in rows:
        moment = dating.stated(row["published"] or "")
        if moment is None:
            faults.append(f"{DATES}:{rows.line_num}: {row['published']!r} is no date; write 2022-09-30")
        else:
            given[(row["file"] or "").strip()] = moment.isoformat()
    return given, faults
