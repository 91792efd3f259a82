"""What a portal may do, and what becomes of it: the article that can't be had is named, the others are collected."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
from portals import misbehaviour as does
from portals.site import Behaviour, Handler, Site
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from thuchi import storage
from thuchi.collect import SourceFailed, collect, load_source
from thuchi.collect.archive import read_archive
from thuchi.collect.crawl.guard import Guard
from thuchi.model import Interval
from thuchi.settings import settings

Portal = Callable[..., Site]
CAPS = "caps: {timeout_s: 2, bytes: 2000000}\n"


def session(handler: Handler) -> None:
    """The same page under any address, linking itself with yet another session."""
    handler.answer(200, does.PAGE.format("Phiên", "<a href='?PHPSESSID=2'>lại</a>"))


ARTICLES: list[tuple[str, Behaviour, str | None]] = [
    ("429 once, Retry-After: 1", does.first(1, does.status(429, **{"Retry-After": "1"})), None),
    ("429 always, Retry-After: an hour", does.status(429, **{"Retry-After": "3600"}), "asks to come back in 3600 s"),
    ("500 twice", does.first(2, does.status(500)), None),
    ("500 always", does.status(500), "answers 500"),
    ("404", does.status(404), "answers 404"),
    ("403", does.status(403), "answers 403"),
    ("slow drip", does.slow_drip, "did not come to its end within 2 s"),
    ("truncated body", does.truncated, "broke off before its end"),
    ("redirect loop", does.redirect(lambda handler: handler.path), "redirects without end"),
    ("redirect off-site", does.redirect("https://xa-lo.example/kinh-te/a-1.html"), "outside of the source's domains"),
    (
        "redirect to another port",
        does.redirect("http://127.0.0.1:1/kinh-te/a-1.html"),
        "outside of the source's domains",
    ),
    ("redirect to a private address", does.redirect("http://10.11.12.13/kinh-te/a-1.html"), "no public address"),
    ("redirect to metadata", does.redirect("http://169.254.169.254/kinh-te/a-1.html"), "no public address"),
    ("redirect to a file", does.redirect("file:///etc/passwd"), "answers 302"),
    ("redirect to the front page", does.redirect("/"), "which is no article"),
    ("200 MB", does.huge, "is larger than 2000000 bytes"),
    ("gzip bomb", does.gzip_bomb, "is larger than 2000000 bytes once unpacked"),
    ("a PDF", does.pdf, "is no page but application/pdf"),
    ("wrong charset", does.charset("iso-8859-1", "utf-8", "Thu ngân sách", "Huyện thu 41,5 tỷ đồng."), None),
    ("content beside sessions", session, None),
]


def test_each_misbehaviour_costs_its_article_alone(portal: Portal) -> None:
    """20 articles misbehave each in its way, 20 do not; one crawl."""
    site = portal("newspaper", more=CAPS, months=1, a_month=45)
    yaml = settings().sources / "nguon.yaml"
    yaml.write_text(
        yaml.read_text().replace("domains: [", "domains: ['10.11.12.13', '169.254.169.254', "), encoding="utf-8"
    )
    site.behaviours["/"] = lambda handler: handler.answer(200, does.PAGE.format("Trang chủ", "Chào"))
    expected = {}
    for piece, (name, behaviour, sentence) in zip(site.pieces, ARTICLES, strict=False):
        path = f"/kinh-te/{piece.slug}-{piece.number}.html"
        site.behaviours[path] = behaviour
        expected[site.url + path] = (name, sentence)
    started = time.monotonic()
    report = collect(load_source("nguon"), Interval.parse("2022-01"))
    assert time.monotonic() - started < 60
    lists = json.loads(storage.at("raw/nguon/2022-01.report.json").read_text())
    refused = {url: sentence for url, (_, sentence) in expected.items() if sentence}
    for url, sentence in refused.items():
        (said,) = [each for each in lists["failed"] if each.startswith(url)]
        assert sentence in said, expected[url]
    assert report.counts["failed"] == len(refused)
    assert {name: len(lists[name]) for name in lists["counts"] if name != "requests"} == {
        name: count for name, count in report.counts.items() if name != "requests"
    }, "each count with its list"
    assert report.counts["collected"] == 45 - len(refused)
    names = {record.name for record in read_archive(storage.at(report.path))}
    assert names.isdisjoint(refused)
    assert {url for url, (_, sentence) in expected.items() if sentence is None} <= names
    assert not any("10.11" in path for path in site.asked())
    # The next run tries again only what may have passed.
    before = len(site.log)
    collect(load_source("nguon"), Interval.parse("2022-01"))
    retried = {site.url + path for path in site.asked()[before:]}
    assert {expected[url][0] for url in retried} == {
        "429 always, Retry-After: an hour", "500 always", "403", "slow drip", "truncated body",
    }  # fmt: skip


def failing(period: str = "2022-01") -> SourceFailed:
    with pytest.raises(SourceFailed) as caught:
        collect(load_source("nguon"), Interval.parse(period))
    return caught.value


def test_a_list_that_does_not_answer_is_a_site_that_is_down(portal: Portal) -> None:
    portal("newspaper", months=1).behaviours["/rss/kinh-te.rss"] = does.status(503)
    assert str(failing()).startswith("source nguon, 2022-01: the site is down: http://127.0.0.1")


def test_a_list_behind_a_wall_is_a_site_that_blocks_us(portal: Portal) -> None:
    portal("newspaper", months=1).behaviours["/rss/kinh-te.rss"] = does.status(403)
    failure = failing()
    assert "the site blocks us" in str(failure)
    assert failure.passing is False


def test_robots_txt_is_obeyed(portal: Portal) -> None:
    site = portal("newspaper", months=1)
    site.robots = "User-agent: *\nDisallow: /rss/\n"
    assert "the site blocks us" in str(failing())
    assert site.log == []


def test_articles_closed_by_robots_txt_are_not_asked_for(portal: Portal) -> None:
    site = portal("nukeviet", months=1, a_month=4)
    closed = f"/news/kinh-te/{site.pieces[0].slug}-{site.pieces[0].number}.html"
    site.robots = f"User-agent: *\nDisallow: {closed}\n"
    report = collect(load_source("nguon"), Interval.parse("2022-01"))
    assert (report.counts["collected"], report.counts["failed"]) == (3, 1)
    assert closed not in site.asked()
    assert "is closed to us by robots.txt" in report.notes[0]


def test_a_site_whose_robots_txt_fails_is_closed_until_it_answers(portal: Portal) -> None:
    site = portal("newspaper", months=1)
    site.behaviours["/robots.txt"] = does.status(503)
    failure = failing()
    assert "the site is down" in str(failure)
    assert str(failure).endswith("kinh-te.rss is closed to us while the site's robots.txt answers 503")
    assert failure.passing, "Airflow tries again"
    assert site.log == []
    site.behaviours["/robots.txt"] = does.status(404)
    assert collect(load_source("nguon"), Interval.parse("2022-01")).counts["collected"] == 4


@pytest.mark.parametrize(
    ("answer", "closed"),
    [(200, False), (404, False), (403, False), (429, True), (500, True), (503, True), (DownloadTimeoutError(), True)],
)
def test_what_an_answer_of_robots_txt_means(answer: int | Exception, closed: bool) -> None:
    """RFC 9309: 4xx is no rules, 5xx and silence are a full stop; 429 asks to be left alone in any case."""
    request = Request("https://mau.example/robots.txt", meta={"dont_obey_robotstxt": True})
    guard = Guard(["mau.example"])
    if isinstance(answer, int):
        said = guard.process_response(request, Response(request.url, status=answer, body=b"# rules"))
    else:
        said = guard.process_exception(request, answer)
    assert said is not None
    assert said.body == (b"User-agent: *\nDisallow: /\n" if closed else b"# rules")


def test_a_layout_that_changed_overnight_is_said_so(portal: Portal) -> None:
    site = portal("nukeviet", months=1)
    site.behaviours["/news/kinh-te/"] = lambda handler: handler.answer(
        200, does.PAGE.format("Giao diện mới", "<a href='/v2/1'>Bài</a>")
    )
    assert "changed its layout or addresses" in str(failing())


def test_articles_that_lost_their_dates_are_a_layout_that_changed(portal: Portal) -> None:
    site = portal("sharepoint", months=1, a_month=3, more="articles_per_day: {floor: 0.1}\n")
    site.behaviours["/Pages/chi-tiet.aspx"] = lambda handler: handler.answer(
        200, does.PAGE.format("Giao diện mới", "Chữ mà không ngày.")
    )
    assert "it changed its layout: 3 articles tell no date any more" in str(failing())


def test_an_error_page_sent_as_a_feed_is_no_feed(portal: Portal) -> None:
    site = portal("newspaper", months=1)
    site.behaviours["/rss/kinh-te.rss"] = lambda handler: handler.answer(
        200, does.PAGE.format("Bảo trì", "Hẹn gặp lại")
    )
    assert str(failing()).endswith(
        "changed its layout or addresses: " + site.url + "/rss/kinh-te.rss is no feed but <html>"
    )


def test_endless_pagination_ends_where_pages_come_again(portal: Portal) -> None:
    """Page 3 and all later ones show what page 2 showed."""
    site = portal("nukeviet", months=2, a_month=4)
    real = site.render
    site.render = lambda site, path, query: real(
        site, "/news/kinh-te/page-2/" if path.startswith("/news/kinh-te/page-") else path, query
    )
    report = collect(load_source("nguon"), Interval.parse("2021-12"))
    assert report.counts["collected"] == 0
    assert [path for path in site.asked() if "page-" in path] == ["/news/kinh-te/page-2/", "/news/kinh-te/page-3/"]


def test_endless_new_articles_end_at_the_cap_of_pages(portal: Portal) -> None:
    """Each page links five articles that no page linked before, all of today."""
    site = portal("liferay", months=1, more="")
    yaml = settings().sources / "nguon.yaml"
    yaml.write_text(yaml.read_text().replace("{next: a.next}", "{next: a.next, pages: 7}"))
    real = site.render

    def endless(site: Site, path: str, query: dict[str, list[str]]) -> str | bytes | None:
        if path != "/web/guest/tin-tuc":
            return real(site, path, query)
        page = int(query.get("_101_cur", ["1"])[0])
        links = "".join(
            f"<div><a href='/web/-/asset_publisher/x/{page}-{i}'>Bài</a> <i>01/11/2026</i></div>" for i in range(5)
        )
        return does.PAGE.format("Mãi mãi", f"{links}<a class='next' href='?_101_cur={page + 1}'>Tiếp</a>")

    site.render = endless
    failure = failing()
    assert "was followed for 7 pages without reaching 2022-01-01" in str(failure)
    assert len(site.log) == 7


def test_a_session_in_each_link_is_one_article_and_a_calendar_trap_is_never_entered(portal: Portal) -> None:
    site = portal("sharepoint", months=1, a_month=4)
    report = collect(load_source("nguon"), Interval.parse("2022-01"))
    assert report.counts["discovered"] == 4
    assert not any("SessionId" in path for path in site.asked())
    # /lich?thang=1 would link the next month, and so on for ever; it is no article and no next page.
    assert not any("lich" in path for path in site.asked())


def test_a_source_on_this_machine_is_closed_without_the_setting_for_tests(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = portal("newspaper", months=1)
    monkeypatch.setenv("THUCHI_LOOPBACK", "0")
    monkeypatch.setenv("THUCHI_CONTACT", "thu@example.vn")
    assert "leads to 127.0.0.1, which is no public address" in str(failing())
    yaml = settings().sources / "nguon.yaml"
    yaml.write_text(yaml.read_text().replace("127.0.0.1", "localhost"))
    assert "localhost is 127.0.0.1, which is no public address" in str(failing())
    assert site.log == []


def test_without_a_contact_no_portal_is_asked(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    site = portal("newspaper", months=1)
    monkeypatch.setenv("THUCHI_LOOPBACK", "0")
    assert "set THUCHI_CONTACT" in str(failing())
    assert site.log == []
