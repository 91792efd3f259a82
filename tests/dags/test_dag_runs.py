"""Whole runs of historical_news in this process: what ends well, what ends failed, and what loads in either case."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dag_test import run
from sqlalchemy import Engine, text

from thuchi import warehouse

ARTICLE = """Huyện Ba Bể: thu ngân sách 9 tháng
30/09/2022 21:04

Sáng 30/9, UBND huyện Ba Bể (tỉnh Bắc Kạn) họp phiên thường kỳ để kiểm điểm công việc của 9 tháng năm 2022.

Tổng thu ngân sách nhà nước trên địa bàn huyện 9 tháng đạt 41,5 tỷ đồng, bằng 83% dự toán tỉnh giao.
"""


@pytest.fixture(autouse=True)
def sources(engine: Engine, source: Callable[..., Path]) -> None:  # noqa: ARG001
    """Two sources: one has an article of September 2022, the other one of May 2023."""
    source("bao", bai=ARTICLE)
    source("cong", bai=ARTICLE.replace("30/09/2022", "04/05/2023"))


def loaded(engine: Engine) -> list[tuple[str, int]]:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT measure, obs_value FROM fiscal_figure ORDER BY measure"))
        return [(measure, int(value)) for measure, value in found]


FIGURES = [("amount", 41_500_000_000), ("pct_of_plan", 83)]


@pytest.mark.parametrize(("dag_id", "period"), [("historical_news", "2022-09"), ("provincial_news", "2022-09-30")])
def test_a_period_is_loaded(bag: Any, engine: Engine, dag_id: str, period: str) -> None:
    state, tasks = run(bag, dag_id, {"period": period})
    assert state == "success"
    assert set(tasks.values()) == {"success"}
    assert [f"source.{step}[{each}]" in tasks for step in ("collect", "read", "extract") for each in (0, 1)] == [
        True
    ] * 6
    assert loaded(engine) == FIGURES


def test_an_installation_may_have_a_single_source(bag: Any, engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "sources" / "cong.yaml").unlink()
    state, tasks = run(bag, "historical_news", {"period": "2022-09"})
    assert (state, set(tasks.values())) == ("success", {"success"})
    assert loaded(engine) == FIGURES


@pytest.mark.parametrize(
    ("conf", "says"),
    [
        (None, "This run has no period: trigger it with a partition, or with the configuration"),
        ({"period": "tháng 9"}, "period 'tháng 9' is neither a month (2022-09), a day (2022-09-30) nor 'undated'"),
    ],
)
def test_a_run_without_a_period_fails_at_once_and_says_so(
    bag: Any, engine: Engine, capfd: pytest.CaptureFixture[str], conf: dict[str, str] | None, says: str
) -> None:
    state, tasks = run(bag, "historical_news", conf)
    assert state == "failed"
    assert tasks["plan"] == "failed"
    assert {name: each for name, each in tasks.items() if each != "upstream_failed"} == {"plan": "failed"}
    assert says in "".join(capfd.readouterr())
    assert loaded(engine) == []


@pytest.mark.parametrize("names", [("bao", "cong", "hong"), ("bao", "cong")], ids=lambda names: f"of {len(names)}")
def test_a_broken_source_stops_no_other_but_the_run_ends_failed(
    bag: Any, engine: Engine, source: Callable[..., Path], tmp_path: Path, names: tuple[str, ...]
) -> None:
    for name in names[2:]:
        source(name)
    shutil.rmtree(tmp_path / names[-1])
    broken = len(names) - 1
    state, tasks = run(bag, "historical_news", {"period": "2022-09"})
    assert tasks[f"source.collect[{broken}]"] == "failed"
    assert tasks["source.extract[0]"] == "success"
    assert (tasks["validate"], tasks["load"], tasks["account"]) == ("success", "success", "upstream_failed")
    assert state == "failed"
    assert loaded(engine) == FIGURES


def test_where_every_source_is_broken_nothing_is_validated(bag: Any, engine: Engine, tmp_path: Path) -> None:
    for name in ("bao", "cong"):
        shutil.rmtree(tmp_path / name)
    state, tasks = run(bag, "historical_news", {"period": "2022-09"})
    assert (state, tasks["validate"]) == ("failed", "upstream_failed")
    assert loaded(engine) == []


def test_a_critical_failure_stops_the_run_before_it_loads(bag: Any, engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "bao" / "bai.txt").write_text("Ba Bể\n30/09/2022\nHuyện thu 41,5 tỷ đồng.")  # next to no text
    state, tasks = run(bag, "historical_news", {"period": "2022-09"})
    assert (state, tasks["validate"], tasks["load"]) == ("failed", "failed", "upstream_failed")
    assert loaded(engine) == []
    with engine.connect() as connection:
        failed = connection.execute(text("SELECT expectation FROM validation_result WHERE NOT success")).scalars().all()
    assert "has_text" in failed, "the results of a run that was stopped can be looked at"


def test_the_reference_data_is_loaded(bag: Any, bare_warehouse: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCHI_WAREHOUSE_URL", bare_warehouse)
    state, _ = run(bag, "reference_data")
    assert state == "success"
    engine = warehouse.connect(bare_warehouse)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM indicator")).scalar() == 15
    engine.dispose()
