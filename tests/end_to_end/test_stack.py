"""The whole way in a real Airflow: the demo as a newcomer types it, the same months again, a crash, and down."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest
from rich.console import Console
from sqlalchemy import create_engine, text

from thuchi import warehouse
from thuchi.local import airflow, demo, postgres, processes
from thuchi.local.rest import Airflow
from thuchi.settings import PROJECT, embedded_url


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The state of one installation, which the tests of this file use one after the other."""
    home = tmp_path_factory.mktemp("installation")
    yield home
    processes.stop(home)
    postgres.stop(home)


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def thuchi(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What `make` runs, in a terminal in which nothing of Airflow or Thu Chi is set but the home."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "THUCHI"))}
    return subprocess.run(
        [sys.executable, "-m", "thuchi.local", *arguments],
        env={**bare, "THUCHI_HOME": str(home)},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )


def nothing_is_left(home: Path) -> bool:
    return processes.processes_of(home) == [] and postgres.postmaster(home / "pg") is None


@contextmanager
def rows_of(home: Path) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """The figures of the warehouse while its server runs."""
    engine = warehouse.connect(embedded_url(home, airflow.WAREHOUSE))
    try:
        yield {"current": warehouse.current_figures(engine), "held": warehouse.held_figures(engine)}
    finally:
        engine.dispose()


def test_the_demo_turns_the_samples_into_figures_and_leaves_no_process(home: Path, port: int) -> None:
    done = thuchi(home, "demo", "--once", "--port", str(port))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "figures in the warehouse" in done.stdout
    assert "figures in quarantine" in done.stdout
    assert nothing_is_left(home)

    postgres.start(home)
    with rows_of(home) as rows:
        loaded = {(row["area"], row["indicator"], row["measure"], row["obs_value"]) for row in rows["current"]}
        held = {(row["area"], row["measure"], row["obs_value"]) for row in rows["held"]}
    # Facts of real articles, in samples of our own words.
    assert ("thành phố Đồng Xoài", "revenue", "amount", 223_550_000_000) in loaded
    assert ("quận Hai Bà Trưng", "revenue", "amount", 6_000_000_000_000) in loaded
    # Planted: triệu where tỷ was meant; 51% where the amounts say 15%.
    assert ("tỉnh Tây Ninh", "amount", 4_120_000_000) in held
    assert ("huyện Phù Cát", "pct_of_plan", 51) in held

    engine = create_engine(embedded_url(home, airflow.DATABASE))
    with engine.connect() as connection:
        runs = connection.execute(
            text("SELECT run_type, partition_key, state FROM dag_run WHERE dag_id = 'historical_news'")
        ).all()
    engine.dispose()
    assert {run.state for run in runs} == {"success"}
    backfilled = {run.partition_key for run in runs if run.run_type == "backfill"}
    assert {"2022-09", "2023-03", "2024-03", "2026-01"} <= backfilled
    assert "2024-04" not in backfilled, "no month without an article"


def reasons_of_a_run_without_a_period(running: Airflow) -> list[str]:
    since = datetime.now(UTC)
    running.trigger(demo.NEWS)
    deadline = time.monotonic() + 120
    while not (failed := running.failed_runs(demo.NEWS, since)):
        assert time.monotonic() < deadline
        time.sleep(0.5)
    return running.failed_tasks(demo.NEWS, failed[0]["dag_run_id"])


def test_the_same_months_again_change_nothing_and_a_crash_leaves_nothing(
    home: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = thuchi(home, "up", "--port", str(port))
    assert begun.returncode == 0, begun.stderr
    again = thuchi(home, "up", "--port", str(port))
    assert (again.returncode, "already running" in again.stderr) == (1, True)

    with rows_of(home) as rows:
        before = rows
    # choose_articles names the sources in the environment, as the demo's own process has it.
    monkeypatch.setenv("THUCHI_SOURCES", os.environ.get("THUCHI_SOURCES", ""))
    monkeypatch.setenv("THUCHI_HOME", str(home))
    with Airflow(f"http://localhost:{port}", airflow.USER, airflow.password(home)) as running:
        running.log_in()
        articles = demo.choose_articles(home, None)
        spring = replace(articles, days=tuple(day for day in articles.days if day.year == 2023), undated=0)
        assert len(spring.days) > 3
        assert demo.run(running, spring, datetime.now(UTC), Console(stderr=True)) == []
        failed_because = reasons_of_a_run_without_a_period(running)
    with rows_of(home) as rows:
        assert rows == before
    assert len(failed_because) == 1
    assert failed_because[0].startswith("plan: This run has no period")

    supervisor = processes.supervisor_of(home)
    assert supervisor is not None
    supervisor.kill()
    supervisor.wait(10)
    orphans = processes.processes_of(home)
    assert len(orphans) >= len(processes.PROGRAMS), "a crash of supervisor alone stops nothing"
    assert thuchi(home, "down").returncode == 0
    assert nothing_is_left(home)
    assert not any(psutil.pid_exists(process.pid) for process in orphans)
