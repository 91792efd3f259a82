"""The steps hand on keys and counts, and lose nothing on the way to the warehouse."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from thuchi import parquet, pipeline, storage

BA_BE = """Huyện Ba Bể: thu ngân sách 9 tháng
30/09/2022 21:04

Sáng 30/9, UBND huyện Ba Bể (tỉnh Bắc Kạn) họp phiên thường kỳ để kiểm điểm công việc của 9 tháng năm 2022.

Tổng thu ngân sách nhà nước trên địa bàn huyện 9 tháng đạt 41,5 tỷ đồng, bằng 83% dự toán tỉnh giao.
"""
CONTRADICTION = """Huyện Na Rì: vốn đầu tư công 9 tháng năm 2022
29/09/2022 08:00

UBND huyện Na Rì (tỉnh Bắc Kạn) cho biết kế hoạch vốn đầu tư công năm 2022 của huyện là 412 tỷ đồng.

Đến ngày 20/9/2022, toàn huyện đã giải ngân 61,8 tỷ đồng, đạt 51% kế hoạch.
"""


def run(period: str, run_id: str = "manual__1") -> dict[str, Any]:
    return pipeline.to_warehouse(pipeline.extracted(pipeline.sources_of_run(), period)[2::3], run_id, period)


def rows(engine: Engine, query: str) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(text(query)).scalars())


def test_articles_become_rows(engine: Engine, source: Callable[..., Path]) -> None:
    source("bao", a=BA_BE)
    reports = pipeline.extracted(["bao"], "2022-09")
    assert [(report["path"], report["source"], report["interval"]) for report in reports] == [
        ("raw/bao/2022-09.warc.gz", "bao", "2022-09"),
        ("articles/2022-09/bao.parquet", "bao", "2022-09"),
        ("figures/2022-09/bao.parquet", "bao", "2022-09"),
    ]
    assert json.loads(json.dumps(reports)) == reports, "what travels between tasks is JSON"
    assert reports[2]["counts"] == {"articles": 1, "with_figures": 1, "figures": 2}
    loaded = pipeline.to_warehouse(reports[2:], "manual__1", "2022-09")
    assert loaded["counts"]["loaded"] == 2
    assert rows(engine, "SELECT obs_value FROM fiscal_figure WHERE measure = 'amount'") == [41_500_000_000]
    assert rows(engine, "SELECT DISTINCT run_id FROM fiscal_figure") == ["manual__1"]


def test_the_same_period_again_changes_nothing(engine: Engine, source: Callable[..., Path]) -> None:
    source("bao", a=BA_BE, b=CONTRADICTION)
    first = run("2022-09")["counts"]
    before = rows(engine, "SELECT figure_id || loaded_at FROM fiscal_figure ORDER BY 1")
    again = run("2022-09", "manual__2")["counts"]
    assert rows(engine, "SELECT figure_id || loaded_at FROM fiscal_figure ORDER BY 1") == before
    assert (again["loaded"], again["unchanged"], again["superseded"]) == (0, first["loaded"], 0)


def test_a_contradiction_is_held_and_the_rest_loads(engine: Engine, source: Callable[..., Path]) -> None:
    source("bao", a=BA_BE, b=CONTRADICTION)
    counts = run("2022-09")["counts"]
    assert counts["quarantined"] > 0
    assert counts["extracted"] == counts["loaded"] + counts["quarantined"]
    assert 51 in rows(engine, "SELECT obs_value FROM quarantined_figure")
    assert rows(engine, "SELECT obs_value FROM fiscal_figure WHERE measure = 'pct_of_plan'") == [83]


def test_a_known_misprint_loads_with_its_reading_and_retires_once_the_source_is_mended(
    engine: Engine, source: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source("bao", b=CONTRADICTION)
    run("2022-09")
    held = rows(engine, "SELECT article_id || '|' || quote FROM quarantined_figure WHERE obs_value = 51")[0]
    article_id, quote = held.split("|")
    (tmp_path / "corrections").mkdir()
    (tmp_path / "corrections" / "bao.yaml").write_text(
        f'corrections:\n  - {{article: "{article_id}", quote: "{quote}", reading: 15, reporter: lan,\n'
        '     reason: "61,8 of 412 is 15%, as the district itself reports"}\n'
    )
    monkeypatch.setattr("thuchi.validate.corrections.CORRECTIONS", tmp_path / "corrections")
    validated = pipeline.validate_step(pipeline.extracted(["bao"], "2022-09")[2::3], "manual__2", "2022-09")
    assert validated["counts"]["corrected"] == 1
    assert any("was applied: 51% is read as 15" in note for note in validated["notes"])
    assert pipeline.load_step(validated, "manual__2")["counts"]["quarantined"] == 0
    assert rows(engine, "SELECT obs_value_printed FROM fiscal_figure WHERE obs_value = 15") == [51]
    assert rows(engine, "SELECT evidence #>> '{value,origin}' FROM fiscal_figure WHERE obs_value = 15") == [
        "correction"
    ]
    assert run("2022-09", "manual__3")["counts"]["loaded"] == 0, "the same again changes nothing"
    (tmp_path / "bao" / "b.txt").write_text(CONTRADICTION.replace("51%", "15%"), encoding="utf-8")
    corrections = tmp_path / "corrections" / "bao.yaml"
    mended = pipeline.extracted(["bao"], "2022-09")[2]
    articles = parquet.read_articles(storage.at("articles/2022-09/bao.parquet"))
    corrections.write_text(corrections.read_text().replace(article_id, articles[0].article_id))
    notes = pipeline.validate_step([mended], "manual__4", "2022-09")["notes"]
    assert any("is retired: the article no longer says so" in note for note in notes)


@pytest.mark.usefixtures("engine")
def test_a_run_leaves_its_report(source: Callable[..., Path]) -> None:
    source("bao", a=BA_BE, b=CONTRADICTION)
    validated = pipeline.validate_step(pipeline.extracted(["bao"], "2022-09")[2::3], "manual__1", "2022-09")
    report = pipeline.load_step(validated, "manual__1")["report"]
    assert report == "reports/2022-09/manual__1.html"
    assert "implied_plan" in storage.at(report).read_text(encoding="utf-8")
    assert "implied" in storage.at("reports/2022-09/manual__1.md").read_text(encoding="utf-8")


def test_two_sources_with_one_article_count_it_once(engine: Engine, source: Callable[..., Path]) -> None:
    source("a-bao", a=BA_BE)
    source("b-bao", copied=BA_BE)
    extracted = pipeline.extracted(["a-bao", "b-bao"], "2022-09")[2::3]
    validated = pipeline.validate_step(extracted, "manual__1", "2022-09")
    assert validated["counts"]["doubled"] == 2
    assert validated["notes"] == [
        "raw/b-bao/2022-09.warc.gz#0 is the article raw/a-bao/2022-09.warc.gz#0 of source a-bao and counts there"
    ]
    loaded = pipeline.load_step(validated, "manual__1")
    assert pipeline.account_step(extracted, validated, loaded)["counts"]["loaded"] == 2
    assert rows(engine, "SELECT source FROM article") == ["a-bao"]


def test_a_copy_with_other_words_around_it_is_loaded_and_linked(engine: Engine, source: Callable[..., Path]) -> None:
    source("a-bao", a=BA_BE)
    source("b-bao", copied=BA_BE + "\nTheo cổng thông tin điện tử của huyện.\n")
    for run_id in ("manual__1", "manual__2"):
        run("2022-09", run_id)
    found = rows(
        engine,
        "SELECT one.source || ' ' || other.source || ' ' || (share >= 0.9) FROM article_likeness l "
        "JOIN article one USING (article_id) JOIN article other ON other.article_id = other_id",
    )
    assert found == ["a-bao b-bao true"]


def test_a_period_without_articles_loads_nothing_and_is_no_failure(engine: Engine, source: Callable[..., Path]) -> None:
    source("bao", a=BA_BE)
    assert run("2021-01")["counts"]["figures"] == 0
    assert rows(engine, "SELECT count(*) FROM article") == [0]


def test_an_undated_article_is_loaded_by_its_own_period(engine: Engine, source: Callable[..., Path]) -> None:
    source("bao", a=BA_BE.replace("30/09/2022 21:04\n", ""))
    assert run("2022-09")["counts"]["figures"] == 0
    assert run("undated")["counts"]["figures"] == 2
    assert rows(engine, "SELECT published FROM article") == [None]


def test_a_critical_failure_stores_its_results_and_loads_nothing(engine: Engine, source: Callable[..., Path]) -> None:
    source("bao", a=BA_BE)
    [figures] = pipeline.extracted(["bao"], "2022-09")[2::3]
    place = storage.at(figures["path"])
    parquet.write_figures(place, [replace(each, end=each.end + 100_000) for each in parquet.read_figures(place)])
    with pytest.raises(pipeline.CriticalFailure, match=r"period 2022-09: nothing was loaded\. .*offsets"):
        pipeline.validate_step([figures], "manual__1", "2022-09")
    assert rows(engine, "SELECT count(*) FROM fiscal_figure") == [0]
    failed = rows(engine, "SELECT expectation FROM validation_result WHERE NOT success AND severity = 'critical'")
    assert "offsets_within_text" in failed


def test_a_run_without_any_source_that_came_through(engine: Engine) -> None:
    with pytest.raises(pipeline.CriticalFailure, match="no source came through"):
        pipeline.validate_step([], "manual__1", "2022-09")
    assert rows(engine, "SELECT count(*) FROM validation_result") == [0]


EXTRACTED = [{"counts": {"figures": 3}}, {"counts": {"figures": 2}}]
VALIDATED = {"counts": {"figures": 4, "doubled": 1, "accepted": 3, "quarantined": 1}}
LOADED = {"interval": "2022-09", "counts": {"figures": 4, "loaded": 2, "unchanged": 1, "quarantined": 1}}


def test_counts_that_add_up() -> None:
    accounted = pipeline.account_step(EXTRACTED, VALIDATED, LOADED)
    assert accounted == {"interval": "2022-09", "counts": {"extracted": 5, **LOADED["counts"]}}


@pytest.mark.parametrize(
    ("validated", "loaded", "says"),
    [
        ({"doubled": 0}, {}, "extracted ≠ validated + said by two sources (5 ≠ 4)"),
        ({"accepted": 2}, {}, "validated ≠ accepted + quarantined (4 ≠ 3)"),
        ({}, {"figures": 3}, "validated ≠ handed to the load (4 ≠ 3)"),
        ({}, {"unchanged": 0}, "handed to the load ≠ loaded + unchanged + quarantined (4 ≠ 3)"),
    ],
)
def test_counts_that_do_not_add_up_are_a_fault(validated: dict[str, int], loaded: dict[str, int], says: str) -> None:
    with pytest.raises(pipeline.CountsDiffer) as fault:
        pipeline.account_step(
            EXTRACTED,
            {"counts": {**VALIDATED["counts"], **validated}},
            {"interval": "2022-09", "counts": {**LOADED["counts"], **loaded}},
        )
    assert says in str(fault.value)


def test_the_sources_are_those_that_there_are_at_the_moment(
    source: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THUCHI_SOURCES", str(tmp_path / "sources"))
    (tmp_path / "sources").mkdir()
    source("mot")
    source("hai")
    assert pipeline.sources_of_run() == ["hai", "mot"]
