"""A run's report: what is in it, that it needs nothing else, and that words of an article stay words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from databases import copy_of
from sqlalchemy import Engine, text

from thuchi import pipeline, storage, warehouse
from thuchi.report import ReportError, gather, to_html, to_markdown
from thuchi.report.render import bars

HOSTILE = """Huyện Na Rì <script>alert(1)</script> | vốn đầu tư công
29/09/2022 08:00

UBND huyện Na Rì (tỉnh Bắc Kạn) cho biết kế hoạch vốn đầu tư công năm 2022 của huyện là 412 tỷ đồng.

Đến ngày 20/9/2022, toàn huyện đã giải ngân 61,8 tỷ đồng, đạt 51% kế hoạch.
"""


@pytest.fixture(scope="module")
def engine(postgres: Path, seeded: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A warehouse after a run of a month with one figure held."""
    tmp_path = tmp_path_factory.mktemp("report")
    (tmp_path / "sources").mkdir()
    (tmp_path / "bao").mkdir()
    (tmp_path / "bao" / "a.txt").write_text(HOSTILE, encoding="utf-8")
    yaml = f"id: bao\nname: Báo\nref_area: null\nkind: folder\npath: {tmp_path / 'bao'}\n"
    (tmp_path / "sources" / "bao.yaml").write_text(yaml, encoding="utf-8")
    with copy_of(seeded, postgres) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("THUCHI_HOME", str(tmp_path / "home"))
        patch.setenv("THUCHI_SOURCES", str(tmp_path / "sources"))
        patch.setenv("THUCHI_WAREHOUSE_URL", url)
        pipeline.to_warehouse(
            pipeline.extracted(["bao"], "2022-09")[2::3], "manual__2026-01-01T00:00:00+00:00", "2022-09"
        )
        engine = warehouse.connect(url)
        yield engine
        engine.dispose()


class Page(HTMLParser):
    """Every element with its attributes, and all the words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_report_says_what_is_held_with_its_words_and_numbers(engine: Engine) -> None:
    report = gather(engine, "2022-09")
    page = Page(to_html(report))
    assert report.run_id == "manual__2026-01-01T00:00:00+00:00"
    assert report.counts["held"] == len(report.held) >= 1
    assert dict(report.held_by)["implied_plan"] >= 1
    assert "61,8 tỷ đồng / 51% implies a plan of 121,176 tỷ đồng; the text says 412 tỷ đồng" in page.words
    assert "51%" in page.words
    asked = {(row["suite"], row["expectation"]) for row in report.results}
    assert all(f"{suite}.{expectation}" in page.words for suite, expectation in asked)
    assert "figures.implied_plan" in to_markdown(report).replace("\\", "")


def test_it_speaks_vietnamese(engine: Engine) -> None:
    report = gather(engine, "2022-09")
    for written in (to_html(report, "vi"), to_markdown(report, "vi")):
        assert "61,8 tỷ đồng chia cho 51% ra dự toán 121,176 tỷ đồng; trong bài là 412 tỷ đồng" in written
        assert "Số liệu bị giữ" in written
        assert "Held" not in written


def test_it_needs_nothing_else_and_runs_nothing(engine: Engine) -> None:
    page = Page(to_html(gather(engine, "2022-09")))
    tags = {tag for tag, _ in page.elements}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    loaded = [
        value for _, attributes in page.elements for name, value in attributes.items() if name in ("src", "style")
    ]
    assert loaded == []
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_markup_in_an_article_stays_words(engine: Engine) -> None:
    report = gather(engine, "2022-09")
    assert any("<script>" in (row["title"] or "") for row in report.held)
    assert "<script" not in to_html(report)
    markdown = to_markdown(report)
    assert "<script" not in markdown
    rows = [line for line in markdown.splitlines() if "51%" in line and line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {5}, "a bar in a title opens no column"


def test_an_address_that_is_no_web_page_is_no_link(engine: Engine) -> None:
    report = gather(engine, "2022-09")
    held = [{**row, "url": "javascript:alert(1)"} for row in report.held]
    assert "javascript:" not in to_html(replace(report, held=held))
    linked = to_html(replace(report, held=[{**row, "url": "https://portal.example/a?b=1&c"} for row in report.held]))
    assert 'href="https://portal.example/a?b=1&amp;c"' in linked


def test_the_run_leaves_its_report_beside_its_files(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("THUCHI_HOME", str(tmp_path))
    key = pipeline._write_report(engine, "manual__2026-01-01T00:00:00+00:00", "2022-09")
    assert key == "reports/2022-09/manual__2026-01-01T00-00-00-00-00.html"
    assert storage.at(key).read_text(encoding="utf-8").startswith("<!doctype html>")
    assert storage.at(key.replace(".html", ".md")).read_text(encoding="utf-8").startswith("# Validation · 2022-09")


def test_a_source_that_states_no_number_of_articles_is_skipped_in_so_many_words(engine: Engine) -> None:
    rows = [row for row in gather(engine, "2022-09").results if row["expectation"] == "source_above_floor"]
    assert [(row["source"], row["success"], row["element_count"]) for row in rows] == [("bao", True, 0)]
    assert rows[0]["examples"] == [{"source": "bao", "skipped": "no floor"}]


def test_what_was_never_validated_is_one_sentence(engine: Engine) -> None:
    with pytest.raises(ReportError, match=r"No run 'scheduled__9' was validated; the last periods are: 2022-09\."):
        gather(engine, "scheduled__9")


def test_a_run_that_was_stopped_says_so(engine: Engine) -> None:
    report = gather(engine, "2022-09")
    stopping = {**report.results[0], "success": False, "severity": "critical", "scope": "suite", "examples": []}
    page = to_html(replace(report, results=[stopping, *report.results]))
    assert "Nothing of this run was loaded" in page
    assert stopping["sentence_en"][:30] in page


@pytest.mark.parametrize("rows", [[], [("bao", [0, 0])]])
def test_no_chart_of_nothing(rows: list[tuple[str, list[int]]]) -> None:
    assert bars(rows, ["red", "blue"]) == ""


def test_a_chart_is_sound_xml_with_names_as_words() -> None:
    chart = ET.fromstring(bars([("<b>&", [3, 1]), ("x" * 60, [0, 8])], ["red", "blue"]))
    space = "{http://www.w3.org/2000/svg}"
    assert [each.text for each in chart.iter(f"{space}text")][:2] == ["<b>&", "3 + 1"]
    widths = [float(each.get("width", "")) for each in chart.iter(f"{space}rect")]
    assert widths == [135.0, 45.0, 0.0, 360.0]


def test_results_of_a_run_are_all_kept(engine: Engine) -> None:
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT count(*) FROM validation_result")).scalar_one()
    assert len(gather(engine, "2022-09").results) == kept
