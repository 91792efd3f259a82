"""Collecting from a portal: crawl what is not known yet, then copy the interval's pages from memory to its archive.

A portal that gives less than it should fails for itself alone, and says which it is: down, closed to us, or changed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from thuchi import storage
from thuchi.collect.memory import Memory, folder_of, locked
from thuchi.collect.reporting import some, write_lists
from thuchi.collect.schema import FeedSource, PortalSource
from thuchi.model import UNDATED, Interval, StepReport
from thuchi.settings import settings

_DOWN = ("server_error", "timeout", "no_host", "no_connection", "truncated", "no_rules")
_BLOCKED = ("blocked", "robots", "busy")
_PASSING = (*_DOWN, "busy")


class SourceFailed(Exception):  # noqa: N818
    """A portal gave less than it should. `passing`: trying again may help."""

    def __init__(self, sentence: str, *, passing: bool) -> None:
        super().__init__(sentence)
        self.passing = passing


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl of this run did; nothing where all was known."""

    requests: int = 0
    fetched: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    capped: str | None = None


def collect_portal(source: PortalSource, interval: Interval, *, refetch: bool = False) -> StepReport:
    """Archive what a portal published in an interval under raw/<source>/<interval>.warc.gz.

    What is known to its end is not asked for again, unless `refetch` says so: then each page is asked whether it
    changed. Counts: `requests` of this run, `discovered` addresses of the interval, `fetched` and `unchanged` ones of
    this run, `collected` articles of the interval, `undated` ones of the portal, `failed` ones of the interval. The
    full list of each is beside the archive, <interval>.report.json.

    Raises:
        SourceFailed: the portal is down, blocks us, changed its layout, or gave less than its floor; what it gave
            is kept.
    """
    folder = folder_of(source.id)
    with locked(folder):
        memory = Memory(folder)
        settled = interval.start is None or (memory.settled(source.addresses, interval) and not refetch)
        memory.close()
        crawled = Crawled() if settled else _crawl(source, interval, refetch)
        memory = Memory(folder)
        try:
            return _exported(source, interval, memory, crawled)
        finally:
            memory.close()


def try_out(source: PortalSource) -> tuple[list[str], list[str]]:
    """Fetch each list of a portal and one article of it: what works, and what does not. Nothing is kept.

    Raises:
        SourceFailed: the portal could not be asked at all.
    """
    with locked(folder_of(source.id)):
        said = _process(source, ["--check"])
    return said["works"], said["problems"]


def _crawl(source: PortalSource, interval: Interval, refetch: bool) -> Crawled:
    said = _process(source, [interval.key, *(["--refetch"] if refetch else [])])
    return Crawled(**{**said, "faults": [(reason, sentence) for reason, sentence in said["faults"]]})


def _process(source: PortalSource, arguments: list[str]) -> dict[str, Any]:
    """What a crawl says that runs as a process of its own: Scrapy's reactor can be started once in a process."""
    if not settings().contact and not settings().loopback:
        raise SourceFailed(
            f"source {source.id}: set THUCHI_CONTACT to a mail address or page that portals can write to; "
            "without one they are not asked",
            passing=False,
        )
    command = [sys.executable, "-m", "thuchi.collect.crawl", source.id, *arguments]
    log = folder_of(source.id) / "crawl.log"
    with log.open("wb") as errors:
        ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=errors, env=os.environ)
    if ended.returncode != 0:
        last = log.read_text(errors="replace").strip().splitlines()[-3:]
        raise SourceFailed(
            f"source {source.id}: its crawl ended with {ended.returncode} ({' '.join(last)}); see {log}", passing=True
        )
    return dict(json.loads(ended.stdout))


def _exported(source: PortalSource, interval: Interval, memory: Memory, crawled: Crawled) -> StepReport:
    pages = memory.articles(interval)
    key = storage.raw_key(source.id, interval.key)
    # Each page is a gzip member of its own: an archive is its members, one behind the other.
    storage.write_chunks(storage.at(key), (memory.raw(page) for page in pages))
    undated = [] if interval.key == UNDATED else memory.articles(Interval.parse(UNDATED))
    failures = [] if interval.start is None else memory.failures(interval)
    lists = {
        "discovered": [page.url for page in pages] if interval.start is None else memory.found_in(interval),
        "fetched": crawled.fetched,
        "unchanged": crawled.unchanged,
        "collected": [page.url for page in pages],
        "undated": [page.url for page in undated],
        "failed": [sentence for _, _, sentence in failures],
        "faults": [sentence for _, sentence in crawled.faults],
    }
    counts = {"requests": crawled.requests, **{name: len(lists[name]) for name in lists if name != "faults"}}
    where = write_lists(key, counts, lists)
    _judge(source, interval, crawled, counts, Counter(reason for _, reason, _ in failures), failures)
    notes = [
        *some(lists["failed"], where),
        *some([f"{url} is undated and waits in the period {UNDATED!r}" for url in lists["undated"]], where),
        *_reach(source, interval, memory),
        *_above_ceiling(source, interval, len(pages)),
    ]
    return StepReport(source.id, interval.key, key, counts, tuple(notes))


def _judge(
    source: PortalSource,
    interval: Interval,
    crawled: Crawled,
    counts: dict[str, int],
    reasons: Counter[str],
    failures: list[tuple[str, str, str]],
) -> None:
    """Raise where the portal gave less than it should."""
    where = f"source {source.id}, {interval.key}"
    if crawled.faults:
        reason, sentence = crawled.faults[0]
        more = f" (and {len(crawled.faults) - 1} more of its lists)" if len(crawled.faults) > 1 else ""
        raise SourceFailed(f"{where}: {_diagnosis(Counter([reason]))}: {sentence}{more}", passing=reason in _PASSING)
    if crawled.capped:
        raise SourceFailed(
            f"{where}: the crawl stopped at {crawled.capped}, {counts['collected']} articles are kept; "
            "the next try goes on from there",
            passing=True,
        )
    if failures and len(failures) > counts["collected"]:
        raise SourceFailed(
            f"{where}: {_diagnosis(reasons)}: {len(failures)} of {len(failures) + counts['collected']} articles could "
            f"not be had, as {failures[0][2]}",
            passing=any(reason in _PASSING for reason in reasons),
        )
    if interval.start is None or interval.end is None:
        return
    days = (interval.end - interval.start).days + 1
    least = int(source.articles_per_day.floor * days)
    if counts["collected"] < least:
        changed = counts["undated"] > counts["collected"]
        why = (
            f"it changed its layout: {counts['undated']} articles tell no date any more"
            if changed
            else _diagnosis(reasons)
            if reasons
            else "its lists are reachable but name fewer articles: look whether `articles` still matches all addresses"
        )
        raise SourceFailed(
            f"{where}: {counts['collected']} articles where at least {least} are normal "
            f"({source.articles_per_day.floor:g} a day); {why}",
            passing=False,
        )


def _diagnosis(reasons: Counter[str]) -> str:
    reason, _ = reasons.most_common(1)[0]
    if reason in _DOWN:
        return "the site is down"
    if reason in _BLOCKED:
        return "the site blocks us"
    if reason in ("layout", "gone", "moved", "no_page", "status"):
        return "the site changed its layout or addresses"
    return "the site leads where we do not follow"


def _above_ceiling(source: PortalSource, interval: Interval, collected: int) -> list[str]:
    most = source.articles_per_day.ceiling
    if most is None or interval.start is None or interval.end is None:
        return []
    days = (interval.end - interval.start).days + 1
    if collected <= most * days:
        return []
    return [
        f"{collected} articles where at most {most * days:g} are normal ({most:g} a day): look whether addresses carry "
        "a session or a state that `drop_parameters` should name"
    ]


def _reach(source: PortalSource, interval: Interval, memory: Memory) -> list[str]:
    if not isinstance(source, FeedSource) or interval.start is None:
        return []
    return [
        f"{entry} reaches back to {reach} only: what was published before is in a sitemap or a listing, not in a feed"
        for entry in source.addresses
        if (walks := memory.walks(entry)) and (reach := walks[0].reach) and reach > interval.start.isoformat()
    ]
