"""`python -m thuchi.local airflow …` speaks to a stack that runs, and says so where none does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_a_stack_that_does_not_run(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "thuchi.local", "airflow", "dags", "list"]
    environment = {**os.environ, "THUCHI_HOME": str(tmp_path), "COLUMNS": "300"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == f"Thu Chi is not running on {tmp_path}: start it with `make up` first.\n"
    assert list(tmp_path.iterdir()) == []
