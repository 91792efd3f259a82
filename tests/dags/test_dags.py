"""What every DAG of the project keeps to."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from thuchi.settings import PROJECT

DAGS = PROJECT / "dags"
NEWS = ("historical_news", "provincial_news")
ALL = (*NEWS, "alerts", "reference_data")
HEAVY = ("pandas", "great_expectations", "pyarrow", "underthesea", "trafilatura", "scipy", "thuchi.warehouse")


def test_there_are_these_dags_and_no_import_error(bag: Any) -> None:
    assert bag.import_errors == {}
    assert sorted(bag.dags) == sorted(ALL)


@pytest.mark.parametrize("dag_id", ALL)
def test_a_dag_says_what_it_is_and_whose(bag: Any, dag_id: str) -> None:
    dag = bag.dags[dag_id]
    assert dag.doc_md.strip()
    assert dag.tags
    assert dag.catchup is False
    assert dag.max_active_runs <= 4
    for task in dag.tasks:
        assert task.owner == "thuchi", task.task_id


@pytest.mark.parametrize("dag_id", ALL)
def test_a_task_ends_and_is_tried_again_with_patience(bag: Any, dag_id: str) -> None:
    for task in bag.dags[dag_id].tasks:
        assert task.execution_timeout is not None, task.task_id
        assert task.execution_timeout <= timedelta(hours=1), task.task_id
        # What only counts or plans would fail the same way again; the look around comes again by itself.
        assert task.retries == (0 if task.task_id in ("plan", "account", "look_around") else 2), task.task_id
        assert task.retry_exponential_backoff, task.task_id


@pytest.mark.parametrize(
    ("dag_id", "expression", "key_format"),
    [("historical_news", "0 0 1 * *", "%Y-%m"), ("provincial_news", "0 0 * * *", "%Y-%m-%d")],
)
def test_a_run_is_one_partition_of_publication_in_vietnam(
    bag: Any, dag_id: str, expression: str, key_format: str
) -> None:
    from airflow.serialization.encoders import coerce_to_core_timetable

    timetable = coerce_to_core_timetable(bag.dags[dag_id].timetable)
    assert timetable.serialize() == {
        "expression": expression,
        "timezone": "Asia/Ho_Chi_Minh",
        "run_offset": -1,
        "run_immediately": False,
        "key_format": key_format,
    }


@pytest.mark.parametrize(
    ("dag_id", "first", "last", "keys"),
    [
        ("historical_news", (2022, 1, 1), (2022, 3, 31), ["2022-01", "2022-02", "2022-03"]),
        ("provincial_news", (2022, 2, 28), (2022, 3, 1), ["2022-02-28", "2022-03-01"]),
    ],
)
def test_a_backfill_of_plain_dates_holds_its_first_and_last_period(
    bag: Any, dag_id: str, first: tuple[int, int, int], last: tuple[int, int, int], keys: list[str]
) -> None:
    from airflow.serialization.encoders import coerce_to_core_timetable

    timetable = coerce_to_core_timetable(bag.dags[dag_id].timetable)
    runs = timetable.iter_partition_dagrun_infos(
        earliest=datetime(*first, tzinfo=UTC), latest=datetime(*last, tzinfo=UTC)
    )
    assert [run.partition_key for run in runs] == keys


@pytest.mark.parametrize("dag_id", NEWS)
def test_both_go_the_same_way_and_end_in_one_leaf(bag: Any, dag_id: str) -> None:
    dag = bag.dags[dag_id]
    downstream = {task.task_id: sorted(task.downstream_task_ids) for task in dag.tasks}
    assert downstream == {
        "plan": ["source.collect"],
        "source.collect": ["source.read"],
        "source.read": ["source.extract"],
        "source.extract": ["account", "validate"],
        "validate": ["account", "load"],
        "load": ["account"],
        "account": [],
    }
    # A run's state is that of its leaves: no late task may turn a failed run green.
    assert [(leaf.task_id, leaf.trigger_rule.value) for leaf in dag.leaves] == [("account", "all_success")]


@pytest.mark.parametrize("dag_id", NEWS)
def test_the_way_is_mapped_over_the_sources_and_bounded(bag: Any, dag_id: str) -> None:
    dag = bag.dags[dag_id]
    assert type(dag.task_group.children["source"]).__name__ == "MappedTaskGroup"
    for step in ("collect", "read", "extract"):
        assert dag.task_dict[f"source.{step}"].max_active_tis_per_dagrun == 4


@pytest.mark.parametrize("dag_id", NEWS)
def test_a_load_renews_the_asset_that_others_follow(bag: Any, dag_id: str) -> None:
    assert [asset.name for asset in bag.dags[dag_id].task_dict["load"].outlets] == ["fiscal_figure"]


def test_dag_files_are_parsed_quickly(bag: Any) -> None:
    for parsed in bag.dagbag_stats:
        assert parsed.duration < timedelta(seconds=1), parsed.file


def test_dag_files_import_nothing_heavy() -> None:
    code = (
        "import sys, historical_news, provincial_news, reference_data;"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=DAGS, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_dag_files_import_airflow_by_its_public_interface_alone() -> None:
    for path in DAGS.glob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        imported = [line.split()[1] for line in lines if line.startswith(("from airflow", "import airflow"))]
        assert all(name == "airflow.sdk" or name.startswith("airflow.sdk.") for name in imported), path.name
