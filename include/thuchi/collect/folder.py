"""The documents of a folder source: .txt and .html files one each, .jsonl files one a line.

A document is dated by the folder's dates.csv, or else by itself (see documents.py). What stays undated is in the
partition `undated`.

Finding the dates of 1,000 saved pages takes seconds and a backfill asks once a month or day of the past: what a file
holds is therefore remembered under <THUCHI_HOME>/cache until the file (its time or size) or this code changes.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from thuchi import storage
from thuchi.collect import dating, decoding, documents, legacy
from thuchi.collect.decoding import DecodingError, decode
from thuchi.collect.documents import MEDIA_TYPES, Document, documents_of
from thuchi.collect.schema import FolderSource
from thuchi.collect.sources import SourceError, root_of
from thuchi.model import short_hash
from thuchi.settings import settings

DATES = "dates.csv"
ABOUT = "README.md"
"""What a folder says of itself is no article that failed to be one; any other .md is named as passed over."""
_CODE = short_hash(*(Path(module.__file__ or "").read_bytes() for module in (dating, decoding, documents, legacy)))


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


def scan(source: FolderSource) -> Scan:
    """Look through a folder source.

    Raises:
        SourceError: where its path does not exist.
    """
    root = root_of(source)
    if not root.exists():
        raise SourceError(f"source {source.id}: its path {root} does not exist; correct `path` in {source.id}.yaml")
    return look_through(root, settings().home / "cache" / "collect" / f"{source.id}-{short_hash(root)}.json")


def look_through(root: Path, memory: Path | None = None) -> Scan:
    """All that lies in a folder, or in one file; `memory` is where it is remembered for the next time."""
    base = root if root.is_dir() else root.parent
    files = sorted(_files(root), key=lambda path: path.relative_to(base).as_posix())
    found = list(_opened(base, [path for path in files if path.suffix.lower() in MEDIA_TYPES], memory))
    given, bad_rows = _dates(base / DATES)
    dated = [
        replace(document, published=given[document.name]) if document.name in given else document for document in found
    ]
    names = {document.name for document in dated}
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
        tuple(document for document in dated if document.fault is None),
        (*bad_rows, *(f"{document.name} {document.fault}" for document in dated if document.fault is not None)),
        tuple(remarks),
    )


def _files(root: Path) -> Iterator[Path]:
    for path in [root] if root.is_file() else root.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if path.is_file() and not hidden and path.name not in (DATES, ABOUT):
            yield path


def _opened(base: Path, files: list[Path], memory: Path | None) -> Iterator[Document]:
    """The documents of `files`, of which only those that are new or changed are opened."""
    known = _recall(memory) if memory else {}
    now = {}
    for path in files:
        file, status = path.relative_to(base).as_posix(), path.stat()
        stamp = [status.st_mtime_ns, status.st_size]
        entry = known.get(file)
        if entry is None or entry["stamp"] != stamp:
            entry = {"stamp": stamp, "documents": [asdict(document) for document in documents_of(path, file)]}
        now[file] = entry
    if memory and now != known:
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
