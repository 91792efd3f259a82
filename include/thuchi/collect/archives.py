"""WARC and WACZ files as a source: streamed record by record, of which only what may hold a figure is kept.

A file is gone through once: which of its records the gate let through, and when they were published, is remembered
under <THUCHI_HOME>/cache until the file or this code changes. A month then reads only its own records.
"""

from __future__ import annotations

import sqlite3
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from thuchi import storage
from thuchi.collect import dating, decoding, legacy, rawgate
from thuchi.collect.addresses import within
from thuchi.collect.archive import PUBLISHED, response_record, responses
from thuchi.collect.rawgate import Gate
from thuchi.collect.reporting import some
from thuchi.collect.schema import ArchiveSource
from thuchi.collect.sources import SourceError, root_of
from thuchi.model import LOCAL_ZONE, Interval, StepReport, short_hash
from thuchi.settings import settings

LARGEST = 8_000_000
"""Bytes of a page beyond which it is no article."""
VIETNAMESE_WORDS = 5
_CODE = short_hash(
    *(Path(m.__file__ or "").read_bytes() for m in (dating, decoding, legacy, rawgate)), Path(__file__).read_bytes()
)
_TABLES = """
CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, stamp TEXT NOT NULL, fault TEXT);
CREATE TABLE IF NOT EXISTS counted (name TEXT NOT NULL, what TEXT NOT NULL, many INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS hit (name TEXT NOT NULL, start INTEGER NOT NULL, published TEXT, published_on TEXT);
CREATE INDEX IF NOT EXISTS hit_by_day ON hit (published_on);
"""
_BROKEN = (ArchiveLoadFailed, EOFError, OSError, zlib.error, zipfile.BadZipFile)


def collect_archive(source: ArchiveSource, interval: Interval, gate: Gate) -> StepReport:
    """Copy from an archive's files what was published in an interval and may hold a figure.

    Counts, of all files of this shard: `records` that are pages, `other_sites`, `too_large`, `no_figures` and
    `not_vietnamese` ones passed over; `undated` ones; `collected` ones of this interval; `failed` files.

    Raises:
        SourceError: where the source's path does not exist.
    """
    root = root_of(source)
    if not root.exists():
        raise SourceError(f"source {source.id}: its path {root} does not exist; correct `path` in {source.id}.yaml")
    memory = settings().home / "cache" / "archives" / f"{source.unit}-{short_hash(root)}.sqlite"
    memory.parent.mkdir(parents=True, exist_ok=True)
    key = storage.raw_key(source.unit, interval.key)
    with closing(sqlite3.connect(memory, isolation_level=None)) as db:
        db.executescript(_TABLES)
        files = files_of(root)
        mine = [file for row, file in enumerate(files) if row % source.shards == (source.shard or 0)]
        for file in mine:
            _index(db, root, file, source, gate)
        days = "published_on IS NULL" if interval.start is None else "published_on BETWEEN ? AND ?"
        between = () if interval.start is None else (str(interval.start), str(interval.end))
        hits = db.execute(f"SELECT name, start, published FROM hit WHERE {days} ORDER BY name, start", between)
        collected = Counter[str]()
        storage.write_chunks(storage.at(key), _copied(root, hits, collected))
        counted = dict(db.execute("SELECT what, sum(many) FROM counted GROUP BY what"))
        faults = [fault for (fault,) in db.execute("SELECT fault FROM file WHERE fault IS NOT NULL ORDER BY name")]
    undated = 0 if interval.start is None else counted.get("undated", 0)
    counts = {
        **{
            what: counted.get(what, 0)
            for what in ("records", "other_sites", "too_large", "no_figures", "not_vietnamese")
        },
        "collected": collected["pages"],
        "undated": undated,
        "failed": len(faults),
    }
    waiting = [f"{undated} pages tell no date and wait in the period 'undated'"] if undated else []
    return StepReport(source.unit, interval.key, key, counts, (*some(faults, source.id), *waiting))


def files_of(root: Path) -> list[str]:
    """The archive's files by name; each WARC in a WACZ as "crawl.wacz!archive/data.warc.gz"."""
    if root.is_file():
        paths, base = [root], root.parent
    else:
        paths, base = sorted(path for path in root.rglob("*") if path.is_file()), root
    found = []
    for path in paths:
        name = path.relative_to(base).as_posix()
        if name.endswith((".warc", ".warc.gz")):
            found.append(name)
        elif name.endswith(".wacz"):
            with zipfile.ZipFile(path) as wacz:
                found += [
                    f"{name}!{member}" for member in sorted(wacz.namelist()) if member.endswith((".warc", ".warc.gz"))
                ]
    return found


@contextmanager
def _opened(root: Path, name: str) -> Iterator[IO[bytes]]:
    outer, _, member = name.partition("!")
    path = (root if root.is_dir() else root.parent) / outer
    if not member:
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as wacz, wacz.open(member) as inner:
        yield inner


def _index(db: sqlite3.Connection, root: Path, name: str, source: ArchiveSource, gate: Gate) -> None:
    """Go through a file that is new or changed, and remember what the gate let through."""
    status = ((root if root.is_dir() else root.parent) / name.partition("!")[0]).stat()
    stamp = short_hash(_CODE, status.st_mtime_ns, status.st_size, *source.domains)
    known = db.execute("SELECT stamp FROM file WHERE name = ?", (name,)).fetchone()
    if known == (stamp,):
        return
    db.execute("BEGIN")
    for table in ("file", "counted", "hit"):
        db.execute(f"DELETE FROM {table} WHERE name = ?", (name,))
    counted: Counter[str] = Counter()
    fault = None
    try:
        with _opened(root, name) as file:
            for start, published in _hits(file, source, gate, counted):
                day = str(published.astimezone(LOCAL_ZONE).date()) if published else None
                db.execute(
                    "INSERT INTO hit VALUES (?, ?, ?, ?)",
                    (name, start, published.isoformat() if published else None, day),
                )
    except _BROKEN as error:
        fault = f"{name} is broken behind {counted['records']} pages, which are kept ({error}); get it anew"
    db.executemany("INSERT INTO counted VALUES (?, ?, ?)", [(name, what, many) for what, many in counted.items()])
    db.execute("INSERT INTO file VALUES (?, ?, ?)", (name, stamp, fault))
    db.execute("COMMIT")


def _hits(
    file: IO[bytes], source: ArchiveSource, gate: Gate, counted: Counter[str]
) -> Iterator[tuple[int, datetime | None]]:
    """Where each page begins that may hold a figure, and when it was published."""
    archive = ArchiveIterator(file)
    for record in archive:
        if record.rec_type != "response" or record.http_headers is None:
            continue
        media_type = record.http_headers.get_header("Content-Type") or "text/html"
        if record.http_headers.get_statuscode() != "200" or "html" not in media_type.lower():
            continue
        counted["records"] += 1
        if source.domains and not within(record.rec_headers.get_header("WARC-Target-URI"), source.domains):
            counted["other_sites"] += 1
            continue
        content = record.content_stream().read(LARGEST + 1)
        while record.raw_stream.read(1 << 16):  # the rest of what is too large, or behind a chunked body
            pass
        if record.raw_stream.limit > 0:  # warcio reads half a record without a word
            counted["records"] -= 1
            raise EOFError("the file ends within a record")
        if len(content) > LARGEST:
            counted["too_large"] += 1
        elif not rawgate.may_hold_figures(content, gate):
            counted["no_figures"] += 1
        elif not _is_vietnamese(content):
            counted["not_vietnamese"] += 1
        else:
            published = _published(record, content)
            counted["undated"] += published is None
            yield archive.get_record_offset(), published


def _is_vietnamese(content: bytes) -> bool:
    try:
        text, _ = decoding.decode(content)
    except decoding.DecodingError:  # read names it
        return True
    return legacy.words_of(rawgate.visible_lines(text)) >= VIETNAMESE_WORDS


def _published(record: Any, content: bytes) -> datetime | None:
    stated = record.rec_headers.get_header(PUBLISHED)
    if stated:
        return datetime.fromisoformat(stated)
    try:
        return dating.published_in_html(decoding.decode(content)[0])
    except decoding.DecodingError:  # read names it
        return None


def _copied(root: Path, hits: sqlite3.Cursor, collected: Counter[str]) -> Iterator[bytes]:
    """The records at `hits`, each with the date that was found for it."""
    for name, of_file in groupby(hits, key=itemgetter(0)):
        with _opened(root, name) as file:
            for _, start, published in of_file:
                file.seek(start)
                _, _, response = next(responses(file))
                collected["pages"] += 1
                moment = datetime.fromisoformat(published) if published else None
                yield response_record(replace(response, published=moment))
