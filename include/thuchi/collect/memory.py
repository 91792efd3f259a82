"""What is known of a portal: each page that was fetched, each article that was seen listed, how far back walks went.

    <THUCHI_HOME>/crawl/<source>/pages.warc.gz      every response, appended
    <THUCHI_HOME>/crawl/<source>/memory.sqlite      an index of it, and what is not a response

The archive comes first: a record is written, then indexed. A process that is killed between the two leaves a record
that the next one finds at the archive's end, and half a record that it cuts off; so a page is never fetched twice.
"""

from __future__ import annotations

import fcntl
import hashlib
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

from warcio.exceptions import ArchiveLoadFailed

from thuchi.collect.archive import Response, response_record, responses
from thuchi.model import LOCAL_ZONE, Interval
from thuchi.settings import settings

_TABLES = """
CREATE TABLE IF NOT EXISTS page (
    url TEXT PRIMARY KEY, fetched_at TEXT NOT NULL, etag TEXT, modified TEXT, sha256 TEXT NOT NULL,
    start INTEGER NOT NULL, length INTEGER NOT NULL, published TEXT, published_on TEXT
);
CREATE TABLE IF NOT EXISTS found (
    url TEXT PRIMARY KEY, entry TEXT NOT NULL, found_at TEXT NOT NULL, earliest TEXT, latest TEXT, stated TEXT
);
CREATE TABLE IF NOT EXISTS failure (
    url TEXT PRIMARY KEY, reason TEXT NOT NULL, lasting INTEGER NOT NULL, at TEXT NOT NULL, sentence TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS walk (
    entry TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, started TEXT NOT NULL,
    page INTEGER NOT NULL, next TEXT, ended INTEGER NOT NULL, reach TEXT, PRIMARY KEY (entry, started)
);
CREATE TABLE IF NOT EXISTS archived (whole INTEGER PRIMARY KEY CHECK (whole = 0), bytes INTEGER NOT NULL);
"""
BEGINNING, END = date.min.isoformat(), date.max.isoformat()


@dataclass(frozen=True, slots=True)
class Found:
    """An article's address as a feed, sitemap or listing gives it, with the days between which it was published."""

    url: str
    earliest: date | None = None
    latest: date | None = None
    stated: datetime | None = None
    """The moment of publication where the list states one."""

    @classmethod
    def at(cls, url: str, moment: datetime) -> Found:
        day = moment.astimezone(LOCAL_ZONE).date()
        return cls(url, day, day, moment)


@dataclass(slots=True)
class Walk:
    """How far back the pages of an entry were looked through: all articles from `since` to `until` are found."""

    entry: str
    started: str
    until: str
    since: str
    page: int = 1
    next: str | None = None
    """The next older page, where the walk stopped; null at its beginning and at its end."""
    ended: bool = False
    reach: str | None = None
    """The day of the oldest article of a list that holds the latest only, as a feed does."""

    def covers(self, interval: Interval) -> bool:
        return self.since <= str(interval.start) and str(interval.end) <= self.until


@dataclass(frozen=True, slots=True)
class Stored:
    """A page of the archive."""

    url: str
    fetched_at: str
    etag: str | None
    modified: str | None
    sha256: str
    start: int
    length: int
    published: str | None


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process a portal: a second month of it waits until the first is through. Freed also by SIGKILL."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def folder_of(source_id: str) -> Path:
    return settings().home / "crawl" / source_id


class Memory:
    """The memory of one portal; open it while holding `locked(folder)`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.archive = folder / "pages.warc.gz"
        self._db = sqlite3.connect(folder / "memory.sqlite", isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_TABLES)
        self._recover()

    def close(self) -> None:
        self._db.close()

    def _recover(self) -> None:
        """Index what a killed process had archived, and cut off the record that it was writing."""
        known = self._db.execute("SELECT bytes FROM archived").fetchone()
        whole = known[0] if known else 0
        self.archive.touch()
        if self.archive.stat().st_size == whole:
            return
        with self.archive.open("r+b") as file:
            file.seek(whole)
            tail = file.read()
            position = 0
            while position < len(tail):
                end = _member_end(tail, position)
                if end is None:
                    break
                self._index(_one(tail[position:end]), whole + position, end - position)
                position = end
            file.truncate(whole + position)

    # -- pages

    def keep(self, response: Response) -> None:
        """Archive a response, then index it; an earlier one of the same address stays in the archive."""
        record = response_record(response)
        with self.archive.open("ab") as file:
            start = file.tell()
            file.write(record)
        self._index(response, start, len(record))

    def _index(self, response: Response, start: int, length: int) -> None:
        headers = {name.lower(): value for name, value in response.headers}
        published = response.published
        day = str(published.astimezone(LOCAL_ZONE).date()) if published else None
        self._db.execute("BEGIN")
        self._db.execute(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                response.url,
                response.fetched_at.isoformat(),
                headers.get("etag"),
                headers.get("last-modified"),
                hashlib.sha256(response.body).hexdigest(),
                start,
                length,
                published.isoformat() if published else None,
                day,
            ),
        )
        self._db.execute("DELETE FROM failure WHERE url = ?", (response.url,))
        self._db.execute("INSERT OR REPLACE INTO archived VALUES (0, ?)", (start + length,))
        self._db.execute("COMMIT")

    def page(self, url: str) -> Stored | None:
        row = self._db.execute(
            "SELECT url, fetched_at, etag, modified, sha256, start, length, published FROM page WHERE url = ?", (url,)
        ).fetchone()
        return Stored(*row) if row else None

    def raw(self, page: Stored) -> bytes:
        """The gzip member of a page."""
        with self.archive.open("rb") as file:
            file.seek(page.start)
            return file.read(page.length)

    def response(self, page: Stored) -> Response:
        return _one(self.raw(page))

    def articles(self, interval: Interval) -> list[Stored]:
        """The articles that were published in an interval, or that are undated, in the order of their publication."""
        days = "published_on IS NULL" if interval.start is None else "published_on BETWEEN :start AND :end"
        rows = self._db.execute(
            "SELECT url, fetched_at, etag, modified, sha256, start, length, published FROM page JOIN found USING (url) "
            f"WHERE {days} ORDER BY published, url",
            {"start": str(interval.start), "end": str(interval.end)},
        )
        return [Stored(*row) for row in rows]

    # -- what lists say

    def find(self, entry: str, found: Sequence[Found]) -> list[str]:
        """Remember addresses that a list gives; returns those that were not known before."""
        now, new = datetime.now(UTC).isoformat(), []
        self._db.execute("BEGIN")
        for each in found:
            stated = each.stated.isoformat() if each.stated else None
            row = (each.url, entry, now, _iso(each.earliest), _iso(each.latest), stated)
            if self._db.execute("INSERT OR IGNORE INTO found VALUES (?, ?, ?, ?, ?, ?)", row).rowcount:
                new.append(each.url)
        self._db.execute("COMMIT")
        return new

    def found(self, url: str) -> Found:
        row = self._db.execute("SELECT earliest, latest, stated FROM found WHERE url = ?", (url,)).fetchone()
        earliest, latest, stated = row or (None, None, None)
        return Found(url, _day(earliest), _day(latest), datetime.fromisoformat(stated) if stated else None)

    def wanted(self, interval: Interval, *, refetch: bool = False) -> list[str]:
        """Addresses not yet fetched that may hold an article of the interval.

        Those that failed for good are left out, unless `refetch` asks for them too.
        """
        rows = self._db.execute(
            "SELECT url FROM found LEFT JOIN page USING (url) LEFT JOIN failure USING (url) "
            "WHERE page.url IS NULL AND (:refetch OR NOT coalesce(lasting, 0)) "
            "AND coalesce(earliest, :low) <= :end AND coalesce(latest, :high) >= :start ORDER BY found.rowid",
            {"low": BEGINNING, "high": END, "start": str(interval.start), "end": str(interval.end), "refetch": refetch},
        )
        return [url for (url,) in rows]

    def found_in(self, interval: Interval) -> list[str]:
        """Which of the addresses found are known or may be of the interval."""
        rows = self._db.execute(
            "SELECT url FROM found LEFT JOIN page USING (url) "
            "WHERE CASE WHEN published_on IS NOT NULL THEN published_on BETWEEN :start AND :end "
            "ELSE coalesce(earliest, :low) <= :end AND coalesce(latest, :high) >= :start END ORDER BY found.rowid",
            {"low": BEGINNING, "high": END, "start": str(interval.start), "end": str(interval.end)},
        )
        return [url for (url,) in rows]

    # -- what went wrong

    def failed(self, url: str, reason: str, lasting: bool, sentence: str) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?, ?)",
            (url, reason, lasting, datetime.now(UTC).isoformat(), sentence),
        )

    def failures(self, interval: Interval) -> list[tuple[str, str, str]]:
        """Address, reason and sentence of each article that may be of the interval and could not be had."""
        return list(
            self._db.execute(
                "SELECT url, reason, sentence FROM failure JOIN found USING (url) LEFT JOIN page USING (url) "
                "WHERE page.url IS NULL AND coalesce(earliest, :low) <= :end AND coalesce(latest, :high) >= :start "
                "ORDER BY url",
                {"low": BEGINNING, "high": END, "start": str(interval.start), "end": str(interval.end)},
            )
        )

    # -- how far back

    def walks(self, entry: str) -> list[Walk]:
        """The walks over an entry, the latest first."""
        rows = self._db.execute(
            "SELECT entry, started, until, since, page, next, ended, reach FROM walk WHERE entry = ? "
            "ORDER BY started DESC",
            (entry,),
        )
        return [Walk(*row) for row in rows]

    def walked(self, walk: Walk) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO walk (entry, started, until, since, page, next, ended, reach) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (walk.entry, walk.started, walk.until, walk.since, walk.page, walk.next, walk.ended, walk.reach),
        )

    def settled(self, entries: Sequence[str], interval: Interval) -> bool:
        """Whether an interval is known to its end: its lists looked through, its articles had or failed for good."""
        covered = all(any(walk.covers(interval) for walk in self.walks(entry)) for entry in entries)
        return covered and not self.wanted(interval)


def _one(member: bytes) -> Response:
    (found,) = responses(BytesIO(member))
    return found[2]


def _member_end(data: bytes, start: int) -> int | None:
    """Where the gzip member that begins at `start` ends; null where it is not whole."""
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        inflater.decompress(data[start:])
    except zlib.error as error:
        raise ArchiveLoadFailed(f"pages.warc.gz: no gzip at {start} behind its last known record: {error}") from error
    return len(data) - len(inflater.unused_data) if inflater.eof else None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
