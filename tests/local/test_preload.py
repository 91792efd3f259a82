"""Which processes of Airflow import the heavy libraries at their start."""

from __future__ import annotations

import sys

import pytest

from thuchi.local import preload


@pytest.mark.parametrize(
    ("command", "acts"),
    [
        ("airflow scheduler --skip-serve-logs", True),  # LocalExecutor forks the tasks from it
        ("airflow celery worker", True),  # in production
        ("airflow api-server", False),
        ("airflow dag-processor", False),
        ("airflow", False),
    ],
)
def test_only_the_processes_that_fork_tasks_preload(monkeypatch: pytest.MonkeyPatch, command: str, acts: bool) -> None:
    monkeypatch.setattr(preload, "HEAVY", ("colorsys",))  # any module that nothing else has imported
    monkeypatch.setattr(sys, "argv", command.split())
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    preload.preload()
    assert ("colorsys" in sys.modules) is acts
