"""Whole runs of historical_news in this process: what ends well, what ends failed, and what loads in either case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from thuchi import pipeline, warehouse
from thuchi.local.postgres import ensure_database

ARTICLE = """Huyện Ba Bể: thu ngân sách 9 tháng
30/09/2022 21:04

Sáng 30/9, UBND huyện Ba Bể (tỉnh Bắc Kạn) họp phiên thường kỳ để kiểm điểm công việc của 9 tháng năm 2022.

Tổng thu ngân sách nhà nước trên địa bàn huyện 9 tháng đạt 41,5 tỷ đồng, bằng 83% dự toán tỉnh giao.
"""


@pytest.fixture(scope="module")
def warehouse_url(postgres: Path) -> str:
    return ensure_database(postgres, "dag_runs")


@pytest.fixture
def engine(warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An installation with two sources: one has an article of September 2022, the other an article of May 2023."""
    monkeypatch.setenv("THUCHI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("THUCHI_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("THUCHI_WAREHOUSE_URL", warehouse_url)
    for name, article in (("bao", ARTICLE), ("cong", ARTICLE.replace("30/09/2022", "04/05/2023"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "bai.txt").write_text(article, encoding="utf-8")
        define(tmp_path, name, str(tmp_path / name))
    pipeline.reference_step()
    engine = warehouse.connect(warehouse_url)
    with engine.begin() as connection:
        connection.execute(text("TRUNCATE article, fiscal_figure, quarantined_figure, validation_result CASCADE"))
    yield engine
    engine.dispose()


def define(folder: Path, name: str, path: str) -> None:
    (folder / "sources").mkdir(exist_ok=True)
    content = f"id: {name}\nname: {name}\nkind: folder\npath: {path}\n"
    (folder / "sources" / f"{name}.yaml").write_text(content, encoding="utf-8")


def run(bag: Any, dag_id: str, conf: dict[str, str] | None = None) -> tuple[str, dict[str, str]]:
    """Run a DAG to its end; the state of the run, and of each task ("source.collect[1]" for its second source)."""
    dag = bag.dags[dag_id]
    for task in dag.tasks:
        task.retries, task.retry_delay = 0, timedelta(0)
    dag.deadline = None  # DAG.test of Airflow 3.3 looks it up in its database by an id that only a scheduler gives
    finished = dag.test(run_conf=conf)
    states = {
        instance.task_id + (f"[{instance.map_index}]" if instance.map_index >= 0 else ""): str(instance.state)
        for instance in finished.get_task_instances()
    }
    return str(finished.state), states


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


@pytest.mark.parametrize("broken", [2, 1], ids=["of three sources", "of two sources"])
def test_a_broken_source_stops_no_other_but_the_run_ends_failed(
    bag: Any, engine: Engine, tmp_path: Path, broken: int
) -> None:
    define(tmp_path, ("cong", "hong")[broken - 1], str(tmp_path / "gone"))
    state, tasks = run(bag, "historical_news", {"period": "2022-09"})
    assert tasks[f"source.collect[{broken}]"] == "failed"
    assert tasks["source.extract[0]"] == "success"
    assert (tasks["validate"], tasks["load"], tasks["account"]) == ("success", "success", "upstream_failed")
    assert state == "failed"
    assert loaded(engine) == FIGURES


def test_where_every_source_is_broken_nothing_is_validated(bag: Any, engine: Engine, tmp_path: Path) -> None:
    for name in ("bao", "cong"):
        define(tmp_path, name, str(tmp_path / "gone"))
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


def test_the_reference_data_is_loaded(bag: Any, engine: Engine) -> None:
    state, _ = run(bag, "reference_data")
    assert state == "success"
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM indicator")).scalar() == 15
