"""The files of an archive: WARC, WACZ (a zip of WARCs) and JSONL, gone through record by record.

An archive of any size is read in the memory of one page. What is passed over is decided as early as can be: by the
record's headers, then by the bytes of its page (rawgate.py), and nothing is parsed that could hold no figure.
"""

from __future__ import annotations

import gzip
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from thuchi.collect import dating, decoding, legacy, rawgate
from thuchi.collect.addresses import within
from thuchi.collect.archive import PUBLISHED
from thuchi.collect.documents import published_of, record_of
from thuchi.collect.rawgate import RawGate
from thuchi.collect.schema import ArchiveSource
from thuchi.collect.sources import SourceError, root_of

LARGEST = 8_000_000
"""Bytes of a page, or of a line of JSONL, beyond which it is no article."""
VIETNAMESE_WORDS = 5
WARC = (".warc", ".warc.gz")
JSONL = (".jsonl", ".jsonl.gz")


@dataclass(frozen=True, slots=True)
class Files:
    """`names` as seen from `base`; each WARC in a WACZ as "crawl.wacz!archive/data.warc.gz"."""

    base: Path
    names: list[str]


@dataclass(slots=True)
class Tally:
    """What became of a file's records."""

    counts: Counter[str] = field(default_factory=Counter)
    """How many `records` there were, and how many were passed over for what reason."""
    unreadable: str | None = None
    """The first line of JSONL that could not be read, and why."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that may hold a figure: where its record begins, and when it was published."""

    start: int
    published: datetime | None
    row: int | None = None
    """Of a line of JSONL, counted from 1."""


def files_of(source: ArchiveSource) -> Files:
    """The files that a source's `path` means: a file, a folder with all in it, or a pattern.

    Raises:
        SourceError: there is none.
    """
    root = root_of(source)
    if root.is_file():
        base, paths = root.parent, [root]
    elif root.is_dir():
        base, paths = root, list(root.rglob("*"))
    else:
        base = next(parent for parent in root.parents if not set("*?[") & set(str(parent)))
        paths = list(base.glob(root.relative_to(base).as_posix()))
    names = [name for path in sorted(paths) if path.is_file() for name in _archives(path, path.relative_to(base))]
    if not names:
        raise SourceError(
            f"source {source.id}: at its path {root} lies no .warc, .warc.gz, .wacz, .jsonl or .jsonl.gz; "
            f"correct `path` in {source.id}.yaml"
        )
    return Files(base, names)


def _archives(path: Path, relative: Path) -> list[str]:
    name = relative.as_posix()
    if name.endswith(".wacz"):
        try:
            with zipfile.ZipFile(path) as wacz:
                return [f"{name}!{member}" for member in sorted(wacz.namelist()) if member.endswith(WARC)]
        except zipfile.BadZipFile:
            return [name]  # reading it will say so
    return [name] if name.endswith(WARC + JSONL) else []


@contextmanager
def opened(base: Path, name: str) -> Iterator[IO[bytes]]:
    outer, _, member = name.partition("!")
    if member:
        with zipfile.ZipFile(base / outer) as wacz, wacz.open(member) as inner:
            yield inner
    elif name.endswith(".jsonl.gz"):
        with gzip.open(base / outer) as unpacked:
            yield unpacked  # type: ignore[misc]  # read, readline and seek are all that is asked of it
    else:
        with (base / outer).open("rb") as file:
            yield file


def hits(base: Path, name: str, source: ArchiveSource, gate: RawGate, tally: Tally) -> Iterator[Hit]:
    """What of a file may hold a figure; the rest is counted in `tally`.

    Raises:
        OSError, EOFError, zlib.error, zipfile.BadZipFile: the file is broken; what was given before it is good.
    """
    if name.endswith(JSONL):
        return _of_jsonl(base, name, source, gate, tally)
    return _of_warc(base, name, source, gate, tally.counts)


def _of_warc(base: Path, name: str, source: ArchiveSource, gate: RawGate, counted: Counter[str]) -> Iterator[Hit]:
    with opened(base, name) as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response):
            if not record.is_http or record.http_headers.status_code != 200:
                continue
            if "html" not in (record.http_headers.get("Content-Type") or "text/html").lower():
                continue
            counted["records"] += 1
            if source.domains and not within(address(record), source.domains):
                counted["other_sites"] += 1
                continue
            content = record.reader.read(LARGEST + 1)
            if len(content) < min(record.content_length, LARGEST):  # half a record is read without a word
                counted["records"] -= 1
                raise EOFError("the file ends within a record")
            if record.http_headers.get("Content-Encoding") or record.http_headers.get("Transfer-Encoding"):
                with opened(base, name) as again:
                    _, content = page_at(again, record.stream_pos)
            if len(content) > LARGEST:
                counted["too_large"] += 1
            elif not gate.passes(content):
                counted["no_figures"] += 1
            else:
                _refuse_what_cannot_be_opened(base, name, record)
                yield from _judged(record, content, counted)


def address(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Target-URI") or "").strip("<>")  # wget writes it in angle brackets


def page_at(file: IO[bytes], start: int) -> tuple[WarcRecord, bytes]:
    """A record and its page, unpacked where it was archived as it travelled, compressed or in chunks.

    Where only its headers say so, and it was unpacked before, it is taken as it is.
    """
    try:
        record, content = _read_at(file, start, "all")
        return (record, content) if content else _read_at(file, start, "none")
    except OSError:
        return _read_at(file, start, "none")


def _refuse_what_cannot_be_opened(base: Path, name: str, record: WarcRecord) -> None:
    with opened(base, name) as file:
        file.seek(record.stream_pos)
        again = next(iter(ArchiveIterator(file, parse_http=False)), None)
    if again is None or again.record_id != record.record_id:
        raise OSError(
            "its records are compressed as one, so that none can be opened by itself; compress each by itself"
        )


def _read_at(file: IO[bytes], start: int, auto_decode: Literal["all", "none"]) -> tuple[WarcRecord, bytes]:
    file.seek(start)
    record = next(iter(ArchiveIterator(file, auto_decode=auto_decode)))
    return record, record.reader.read(LARGEST + 1)


def _judged(record: WarcRecord, content: bytes, counted: Counter[str]) -> Iterator[Hit]:
    stated = record.headers.get(PUBLISHED)
    published = datetime.fromisoformat(stated) if stated else None
    try:
        page, _ = decoding.decode(content)
    except decoding.DecodingError:  # read names it
        pass
    else:
        if legacy.words_of(rawgate.visible_lines(page)) < VIETNAMESE_WORDS:
            counted["not_vietnamese"] += 1
            return
        published = published or dating.published_in_html(page)
    counted["undated"] += published is None
    yield Hit(record.stream_pos, published)


def _of_jsonl(base: Path, name: str, source: ArchiveSource, gate: RawGate, tally: Tally) -> Iterator[Hit]:
    with opened(base, name) as file:
        start = row = 0
        while line := file.readline(LARGEST):
            row, at = row + 1, start
            start += len(line)
            if len(line) == LARGEST and not line.endswith(b"\n"):
                while not line.endswith(b"\n") and (line := file.readline(LARGEST)):
                    start += len(line)
                tally.counts.update(("records", "too_large"))
            elif line.strip():
                tally.counts["records"] += 1
                try:
                    article = record_of(line)
                    published = published_of(article)
                except ValueError as error:
                    tally.counts["unreadable"] += 1
                    tally.unreadable = tally.unreadable or f"{name}#{row} {error}"
                else:
                    yield from _of_article(article, Hit(at, published, row), source, gate, tally.counts)


def _of_article(
    article: dict[str, str | None], hit: Hit, source: ArchiveSource, gate: RawGate, counted: Counter[str]
) -> Iterator[Hit]:
    text = unicodedata.normalize("NFC", article["text"] or "")
    if source.domains and not within(article["url"] or "", source.domains):
        counted["other_sites"] += 1
    elif not gate.takes(text):
        counted["no_figures"] += 1
    elif legacy.words_of(text) < VIETNAMESE_WORDS:
        counted["not_vietnamese"] += 1
    else:
        counted["undated"] += hit.published is None
        yield hit
