"""Portals are collected politely, completely and once: five kinds of site, a month at a time."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from portals.kinds import DESCRIBED, site_of, yaml_of
from portals.site import Site, running

from thuchi import storage
from thuchi.collect import collect, load_source
from thuchi.collect.archive import read_archive
from thuchi.model import Interval, StepReport

MONTHS = [f"2022-{month:02}" for month in range(1, 13)]
Portal = Callable[..., Site]


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """Start a portal and define it as the source of that name: `portal("cms", "nguon", "caps: {requests: 3}")`."""
    monkeypatch.setenv("THUCHI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("THUCHI_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("THUCHI_LOOPBACK", "1")
    (tmp_path / "sources").mkdir()
    with ExitStack() as stack:

        def start(kind: str, source_id: str = "nguon", more: str = "", **many: int) -> Site:
            site = stack.enter_context(running(site_of(kind, **many)))
            (tmp_path / "sources" / f"{source_id}.yaml").write_text(yaml_of(kind, site, source_id, more), encoding="utf-8")
            return site

        yield start


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
