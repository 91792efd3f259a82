"""WARC, WACZ and JSONL files as a source, of which only what may hold a figure is kept.

A file is gone through once: which of its records the gate let through, and when they were published, is remembered
under <THUCHI_HOME>/cache until the file or this code changes. A month then reads only its own records.
"""

from __future__ import annotations

import sqlite3
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from thuchi import storage
from thuchi.collect import archive_files, dating, decoding, documents, legacy, rawgate
from thuchi.collect.archive import RawRecord, Response, resource_record, response_record
from thuchi.collect.archive_files import JSONL, Files, Tally, address, files_of, hits, opened, page_at
from thuchi.collect.rawgate import Gate, RawGate
from thuchi.collect.reporting import some, write_lists
from thuchi.collect.schema import ArchiveSource
from thuchi.model import LOCAL_ZONE, Interval, StepReport, short_hash
from thuchi.settings import settings

_CODE = short_hash(
    *(Path(m.__file__ or "").read_bytes() for m in (archive_files, dating, decoding, documents, legacy, rawgate)),
    Path(__file__).read_bytes(),
)
_TABLES = """
CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, stamp TEXT NOT NULL, fault TEXT);
CREATE TABLE IF NOT EXISTS counted (name TEXT NOT NULL, what TEXT NOT NULL, many INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS hit (
    name TEXT NOT NULL, start INTEGER NOT NULL, row INTEGER, published TEXT, published_on TEXT
);
CREATE INDEX IF NOT EXISTS hit_by_day ON hit (published_on);
"""
_BROKEN = (EOFError, OSError, zlib.error, zipfile.BadZipFile)
_PASSED_OVER = ("other_sites", "too_large", "no_figures", "not_vietnamese", "unreadable")


def collect_archive(source: ArchiveSource, interval: Interval, gate: Gate) -> StepReport:
    """Copy from an archive's files what was published in an interval and may hold a figure.

    Counts, of all files of this shard: `records` that are pages or articles; those passed over as `other_sites`,
    `too_large`, `no_figures`, `not_vietnamese` or `unreadable`; `undated` ones; `collected` ones of this interval;
    `failed` files.

    Raises:
        SourceError: where no archive lies at the source's path.
    """
    files = files_of(source)
    mine = [name for row, name in enumerate(files.names) if row % source.shards == (source.shard or 0)]
    memory = settings().home / "cache" / "archives" / f"{source.unit}-{short_hash(files.base, _TABLES)}.sqlite"
    memory.parent.mkdir(parents=True, exist_ok=True)
    key = storage.raw_key(source.unit, interval.key)
    with closing(sqlite3.connect(memory, isolation_level=None)) as db:
        db.executescript(_TABLES)
        _forget_all_but(db, mine)
        raw_gate = RawGate(gate)
        for name in mine:
            _index(db, files.base, name, source, raw_gate)
        days = "published_on IS NULL" if interval.start is None else "published_on BETWEEN ? AND ?"
        between = () if interval.start is None else (str(interval.start), str(interval.end))
        found = db.execute(f"SELECT name, start, row, published FROM hit WHERE {days} ORDER BY name, start", between)
        collected = Counter[str]()
        storage.write_chunks(storage.at(key), _copied(source.id, files, found, collected))
        counted = dict(db.execute("SELECT what, sum(many) FROM counted GROUP BY what"))
        faults = [fault for (fault,) in db.execute("SELECT fault FROM file WHERE fault IS NOT NULL ORDER BY name")]
    undated = 0 if interval.start is None else counted.get("undated", 0)
    counts = {
        **{what: counted.get(what, 0) for what in ("records", *_PASSED_OVER)},
        "collected": collected["pages"],
        "undated": undated,
        "failed": len(faults),
    }
    waiting = [f"{undated} pages tell no date and wait in the period 'undated'"] if undated else []
    return StepReport(
        source.unit, interval.key, key, counts, (*some(faults, write_lists(key, counts, {"failed": faults})), *waiting)
    )


def _forget_all_but(db: sqlite3.Connection, names: Sequence[str]) -> None:
    """Files that are gone, or that another shard has taken."""
    for (name,) in db.execute("SELECT name FROM file").fetchall():
        if name not in names:
            _forget(db, name)


def _forget(db: sqlite3.Connection, name: str) -> None:
    for table in ("file", "counted", "hit"):
        db.execute(f"DELETE FROM {table} WHERE name = ?", (name,))


def _index(db: sqlite3.Connection, base: Path, name: str, source: ArchiveSource, gate: RawGate) -> None:
    """Go through a file that is new or changed, and remember what the gate let through."""
    status = (base / name.partition("!")[0]).stat()
    stamp = short_hash(_CODE, status.st_mtime_ns, status.st_size, *source.domains)
    if db.execute("SELECT stamp FROM file WHERE name = ?", (name,)).fetchone() == (stamp,):
        return
    db.execute("BEGIN")
    _forget(db, name)
    tally, fault = Tally(), None
    try:
        for hit in hits(base, name, source, gate, tally):
            moment = hit.published
            day = str(moment.astimezone(LOCAL_ZONE).date()) if moment else None
            row = (name, hit.start, hit.row, moment.isoformat() if moment else None, day)
            db.execute("INSERT INTO hit VALUES (?, ?, ?, ?, ?)", row)
    except _BROKEN as error:
        fault = f"{name} is broken behind {tally.counts['records']} pages, which are kept ({error}); get it anew"
    if tally.unreadable:
        lines = (
            f"{tally.counts['unreadable']} lines of {name} cannot be read and are passed over, as {tally.unreadable}"
        )
        fault = f"{fault}; {lines}" if fault else lines
    db.executemany("INSERT INTO counted VALUES (?, ?, ?)", [(name, what, many) for what, many in tally.counts.items()])
    db.execute("INSERT INTO file VALUES (?, ?, ?)", (name, stamp, fault))
    db.execute("COMMIT")


def _copied(source_id: str, files: Files, found: sqlite3.Cursor, collected: Counter[str]) -> Iterator[bytes]:
    """The records that were `found`, each with its date."""
    for name, of_file in groupby(found, key=itemgetter(0)):
        with opened(files.base, name) as file:
            modified = dating.modified_at((files.base / name.partition("!")[0]).stat().st_mtime)
            for _, start, row, published in of_file:
                collected["pages"] += 1
                moment = datetime.fromisoformat(published) if published else None
                if name.endswith(JSONL):
                    file.seek(start)
                    line = file.readline()
                    article = RawRecord(source_id, f"{name}#{row}", "application/json", modified, moment, line)
                    yield resource_record(article)
                else:
                    record, page = page_at(file, start)
                    headers, fetched = record.http_headers.items(), datetime.fromisoformat(record.headers["WARC-Date"])
                    yield response_record(Response(address(record), 200, headers, page, fetched, moment))
