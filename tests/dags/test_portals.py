"""Runs over portals: three sources, complete and once; one broken portal stops no other and is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from dag_test import run
from portals import misbehaviour as does
from portals.site import Site
from sqlalchemy import Engine, text

from thuchi import pipeline

MONTHS = ["2022-01", "2022-02", "2022-03"]
KINDS = ("newspaper", "cms", "nukeviet")
Portal = Callable[..., Site]


def articles(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT source, count(*) FROM article GROUP BY source"))
        return {source: count for source, count in rows}  # noqa: C416  # rows are no pairs for dict()


def published_in(site: Site, period: str) -> int:
    return sum(piece.published.isoformat().startswith(period) for piece in site.pieces)


def test_a_month_of_three_portals_in_airflow_again_and_with_one_broken(
    bag: Any, engine: Engine, portal: Portal, capfd: pytest.CaptureFixture[str]
) -> None:
    sites = {kind: portal(kind, kind, months=2) for kind in KINDS}
    state, states = run(bag, "historical_news", {"period": "2022-01"})
    assert (state, set(states.values())) == ("success", {"success"})
    expected = {kind: published_in(site, "2022-01") for kind, site in sites.items()}
    assert articles(engine) == expected
    asked = {kind: list(site.log) for kind, site in sites.items()}
    state, _ = run(bag, "historical_news", {"period": "2022-01"})
    assert state == "success"
    assert {kind: site.log for kind, site in sites.items()} == asked, "nothing is fetched again"
    # Its lists are known: the walk to January came by February. What is asked now are the articles.
    for piece in sites["nukeviet"].pieces:
        sites["nukeviet"].behaviours[f"/news/kinh-te/{piece.slug}-{piece.number}.html"] = does.status(403)
    state, states = run(bag, "historical_news", {"period": "2022-02"})
    assert (state, states["source.collect[2]"], states["load"]) == ("failed", "failed", "success")
    assert articles(engine) == {**expected, "newspaper": 8, "cms": 8}
    assert "source nukeviet, 2022-02: the site blocks us: 4 of 4 articles could not be had" in "".join(
        capfd.readouterr()
    )


def test_months_of_three_portals_are_whole_and_not_fetched_again(portal: Portal) -> None:
    sites = {kind: portal(kind, kind, months=len(MONTHS)) for kind in KINDS}
    counted = {
        (kind, month): pipeline.read_step(pipeline.collect_step(kind, month))["counts"]["articles"]
        for kind in KINDS
        for month in MONTHS
    }
    assert counted == {(kind, month): published_in(site, month) for kind, site in sites.items() for month in MONTHS}
    asked = {kind: site.asked() for kind, site in sites.items()}
    assert all(len(paths) == len(set(paths)) for paths in asked.values())
    again = [pipeline.collect_step(kind, month)["counts"] for kind in KINDS for month in MONTHS]
    assert {count["requests"] for count in again} == {0}
    assert {kind: site.asked() for kind, site in sites.items()} == asked


def test_a_source_is_judged_by_the_articles_that_its_pages_read_as(engine: Engine, portal: Portal) -> None:
    terms = "articles_per_day: {{floor: {}, ceiling: {}}}\n".format
    emptied = portal("newspaper", "emptied", terms(0.2, 80), months=1, a_month=8)
    portal("cms", "usual", terms(0.2, 80), months=1, a_month=8)
    portal("nukeviet", "flooding", terms(0, 0.2), months=1, a_month=8)
    for piece in emptied.pieces[:3]:  # its text comes by script now: the page is there, and says nothing
        page = f'<meta property="article:published_time" content="{piece.published.isoformat()}">'
        path = f"/kinh-te/{piece.slug}-{piece.number}.html"
        emptied.behaviours[path] = lambda handler, page=page: handler.answer(200, page)
    reports = pipeline.extracted(pipeline.sources_of_run(), "2022-01")
    assert [report["counts"]["collected"] for report in reports[::3]] == [8, 8, 8]
    pipeline.to_warehouse(reports[2::3], "r1", "2022-01")
    query = "SELECT source, expectation, examples FROM validation_result WHERE source <> '' AND NOT success"
    with engine.connect() as connection:
        failed = {(row.source, row.expectation): row.examples for row in connection.execute(text(query))}
    assert failed == {
        ("emptied", "source_above_floor"): [{"source": "emptied", "articles": 5, "floor": 6}],
        ("flooding", "source_below_ceiling"): [{"source": "flooding", "articles": 8, "ceiling": pytest.approx(6.2)}],
    }
