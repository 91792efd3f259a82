"""Portals are collected politely, completely and once: five kinds of site, a month at a time."""

from __future__ import annotations

import gzip
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from portals.kinds import DESCRIBED
from portals.site import Site

from thuchi import storage
from thuchi.collect import SourceFailed, collect, load_source, source_ids, units_of_run
from thuchi.collect.archive import Response, read_archive, responses
from thuchi.collect.check import check
from thuchi.collect.memory import Memory
from thuchi.collect.schema import Portal as PortalOf
from thuchi.model import LOCAL_ZONE, Interval, StepReport
from thuchi.settings import settings

MONTHS = [f"2022-{month:02}" for month in range(1, 13)]
Portal = Callable[..., Site]


def collected(period: str, source_id: str = "nguon", *, refetch: bool = False) -> tuple[StepReport, list[str]]:
    report = collect(load_source(source_id), Interval.parse(period), refetch=refetch)
    return report, [record.name for record in read_archive(storage.at(report.path))]


def published_in(site: Site, period: str) -> int:
    return sum(1 for piece in site.pieces if piece.published.isoformat().startswith(period))


@pytest.mark.parametrize("kind", DESCRIBED)
def test_a_month_holds_what_was_published_in_it_and_asks_once(portal: Portal, kind: str) -> None:
    site = portal(kind, months=4)
    report, names = collected("2022-02")
    assert len(names) == published_in(site, "2022-02") == report.counts["collected"] == 4
    assert len(set(names)) == 4
    assert (report.counts["failed"], report.counts["undated"], report.notes) == (0, 0, ())
    assert len(site.log) == len(set(site.asked())), "nothing is fetched twice"
    before, archive = list(site.log), storage.at(report.path).read_bytes()
    again, _ = collected("2022-02")
    assert site.log == before
    assert (again.counts["requests"], again.counts["fetched"], again.counts["collected"]) == (0, 0, 4)
    assert storage.at(report.path).read_bytes() == archive


@pytest.mark.parametrize("kind", ["nukeviet", "sharepoint"])
def test_an_older_month_goes_on_where_the_walk_had_stopped(portal: Portal, kind: str) -> None:
    site = portal(kind, months=4)
    collected("2022-04")
    lists = [path for path in site.asked() if "rang=" in path or "page-" in path]
    assert len(lists) == 1, "a walk ends where its section grows older than the month"
    report, names = collected("2022-01")
    assert len(names) == 4
    assert len(site.log) == len(set(site.asked()))
    assert report.counts["requests"] > 0
    for period in ("2022-02", "2022-03"):
        report, names = collected(period)
        assert len(names) == 4
    assert not set(site.asked(404))


def test_what_changed_is_fetched_again_only_if_asked_for(portal: Portal) -> None:
    site = portal("newspaper", months=1, a_month=3)
    collected("2022-01")
    first = site.pieces[0]
    site.pieces[0] = type(first)(first.number, first.published, first.title, ("Bài đã được sửa lại.",))
    report, names = collected("2022-01")
    assert (report.counts["requests"], len(names)) == (0, 3)
    report, names = collected("2022-01", refetch=True)
    assert (report.counts["fetched"], report.counts["unchanged"], len(names)) == (1, 2, 3)
    assert len(site.asked(304)) == 3, "two articles and the feed"
    texts = [record.content.decode() for record in read_archive(storage.at(report.path))]
    assert sum("Bài đã được sửa lại" in text for text in texts) == 1


def test_a_month_that_is_not_over_is_asked_again_and_known_articles_are_not(portal: Portal) -> None:
    site = portal("nukeviet", months=1, a_month=3)
    now = datetime.now(LOCAL_ZONE)
    site.pieces[:] = [
        replace(piece, published=now - timedelta(hours=2 * i + 48)) for i, piece in enumerate(site.pieces)
    ]
    period = now.strftime("%Y-%m")
    known = sum(piece.published.strftime("%Y-%m") == period for piece in site.pieces)
    assert len(collected(period)[1]) == known
    site.pieces.insert(0, replace(site.pieces[0], number=9999, title="Bài mới", published=now - timedelta(hours=1)))
    before = len(site.log)
    today = (now - timedelta(hours=1)).strftime("%Y-%m") == period
    assert len(collected(period)[1]) == known + today
    assert [path for path in site.asked()[before:] if "bai-moi" not in path and path.endswith(".html")] == []


def test_an_article_without_a_date_is_kept_and_reported(portal: Portal) -> None:
    site = portal("cms", months=1, a_month=3)
    yaml = settings().sources / "nguon.yaml"
    yaml.write_text("\n".join(line for line in yaml.read_text().splitlines() if not line.startswith("address_date")))
    path = next(path for path in [site.pieces[0].published.strftime(f"/%Y/%m/%d/{site.pieces[0].slug}.html")])
    site.behaviours[path] = lambda handler: handler.answer(
        200, "<html><body><h1>Không ngày</h1><p>Chữ.</p></body></html>"
    )
    report, names = collected("2022-01")
    assert (len(names), report.counts["undated"]) == (2, 1)
    assert report.notes == (f"{site.url}{path} is undated and waits in the period 'undated'",)
    before = len(site.log)
    report, names = collected("undated")
    assert names == [site.url + path]
    assert len(site.log) == before


def test_a_crawl_that_is_killed_goes_on_and_fetches_nothing_twice(portal: Portal) -> None:
    site = portal("nukeviet", months=4, a_month=10, more="politeness: {delay_s: 0.1, concurrency: 1}\n")
    real, reached = site.render, threading.Event()

    def counted(site: Site, path: str, query: dict[str, list[str]]) -> str | bytes | None:
        if len(site.log) == 12:
            reached.set()
        return real(site, path, query)

    site.render = counted
    crawl = subprocess.Popen(
        [sys.executable, "-m", "thuchi.collect.crawl", "nguon", "2022-01"], stderr=subprocess.DEVNULL
    )
    assert reached.wait(120)
    crawl.kill()
    crawl.wait()
    answered = list(site.asked())
    archive = settings().home / "crawl" / "nguon" / "pages.warc.gz"
    with archive.open("ab") as file:  # it was writing a record
        file.write(gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\n" + b"x" * 500)[:-100])
    _, names = collected("2022-01")
    assert len(names) == 10
    twice = [path for path in site.asked() if site.asked().count(path) > 1]
    assert set(twice) <= {answered[-1]}, "at most the one page that was on its way"
    with archive.open("rb") as file:
        assert len(list(responses(file))) == len(set(site.asked()))


def test_pages_that_were_archived_but_not_indexed_are_found_again(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    moment = datetime(2022, 9, 30, 8, 0, tzinfo=LOCAL_ZONE)
    for number in range(3):
        memory.keep(Response(f"https://x.example/{number}", 200, [("ETag", '"a"')], b"<html>", moment, moment))
    memory.close()
    with sqlite3.connect(tmp_path / "memory.sqlite") as db:
        db.execute("DELETE FROM page WHERE url LIKE '%/2'")
        (bytes_,) = db.execute("SELECT start + length FROM page WHERE url LIKE '%/1'").fetchone()
        db.execute("UPDATE archived SET bytes = ?", (bytes_,))
    memory = Memory(tmp_path)
    page = memory.page("https://x.example/2")
    assert page is not None
    assert memory.response(page) == Response("https://x.example/2", 200, [("ETag", '"a"')], b"<html>", moment, moment)


def test_a_run_that_meets_its_cap_fails_and_the_next_goes_on(portal: Portal) -> None:
    site = portal("cms", months=1, a_month=6, more="caps: {requests: 5}\n")
    with pytest.raises(SourceFailed, match=r"stopped at its cap of 5 requests a run, 3 articles are kept") as caught:
        collected("2022-01")
    assert caught.value.passing
    report, names = collected("2022-01")
    assert (report.counts["fetched"], len(names), len(site.log)) == (3, 6, 8)


@pytest.mark.parametrize(
    ("floor", "ceiling", "says"),
    [
        ("0.1", "0.2", None),
        ("0.2", "9", r"4 articles where at least 6 are normal \(0\.2 a day\); its lists are reachable but name fewer"),
    ],
)
def test_a_month_below_the_floor_fails_one_above_the_ceiling_is_noted(
    portal: Portal, floor: str, ceiling: str, says: str | None
) -> None:
    portal(
        "newspaper",
        months=1,
        a_month=4 if says else 8,
        more=f"articles_per_day: {{floor: {floor}, ceiling: {ceiling}}}\n",
    )
    if says:
        with pytest.raises(SourceFailed, match=says) as caught:
            collected("2022-01")
        assert not caught.value.passing
    else:
        assert "8 articles where at most 6.2 are normal" in collected("2022-01")[0].notes[-1]


def test_a_feed_says_how_far_back_it_reaches(portal: Portal) -> None:
    site = portal("newspaper", months=3)
    site.pieces[:] = site.pieces[:6]
    report, names = collected("2022-02")
    assert len(names) == 2
    assert "reaches back to 2022-02-15 only" in report.notes[-1]


def test_the_user_agent_names_a_contact(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCHI_CONTACT", "thu@example.vn")
    site = portal("newspaper", months=1, a_month=1)
    collected("2022-01")
    assert site.agents == {"ThuChi/0.1 (news reader for public finance; thu@example.vn)"}


@pytest.mark.parametrize("kind", ["cms", "nukeviet"])
def test_a_portal_is_tried_out_without_keeping_anything(portal: Portal, kind: str) -> None:
    site = portal(kind, months=2)
    checked = check(load_source("nguon"), ask=True)
    assert (checked.summary, checked.problems) == ("1 address, 0 problems", ())
    assert "articles, " in checked.remarks[0]
    assert "says it was published 2022-0" in checked.remarks[1]
    assert len(site.log) == 2 + (kind == "cms")
    assert not (settings().home / "crawl" / "nguon" / "memory.sqlite").exists()


def test_what_does_not_work_is_said(portal: Portal) -> None:
    site = portal("newspaper", months=1)
    site.behaviours["/rss/kinh-te.rss"] = lambda handler: handler.answer(404, "")
    assert check(load_source("nguon"), ask=True).problems == (f"{site.url}/rss/kinh-te.rss answers 404",)
    assert check(load_source("nguon"), ask=False).summary == "1 address, not tried: thuchi sources check nguon"


def test_the_portals_that_are_shipped_say_what_to_check_and_no_run_takes_them() -> None:
    portals = [source for source in map(load_source, source_ids()) if isinstance(source, PortalOf)]
    assert len({source.ref_area for source in portals}) >= 12
    assert all(source.verified or source.check for source in portals)
    assert not {source.id for source in portals if not source.verified} & set(units_of_run())
