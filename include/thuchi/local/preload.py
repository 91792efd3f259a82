"""What the scheduler imports once, so that the tasks, which are forked from it, need not."""

from __future__ import annotations

import importlib
import sys

HEAVY = ("great_expectations",)
"""`import great_expectations` takes 8 s of CPU; in a task forked from a process that has it, nothing."""


def preload() -> None:
    """Called by every process of Airflow at its start; only the scheduler (whose LocalExecutor forks) acts."""
    if sys.argv[1:2] == ["scheduler"]:
        for module in HEAVY:
            importlib.import_module(module)
