"""An Airflow of this session's own: its metadata in the embedded PostgreSQL, its DAGs those of the project."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from thuchi.local.postgres import ensure_database
from thuchi.settings import PROJECT

DAGS = PROJECT / "dags"


@pytest.fixture(scope="session")
def airflow_environment(postgres: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Airflow reads these when it is imported; its tables are made once."""
    handlers = list(logging.getLogger().handlers)
    assert "airflow" not in sys.modules, "a test imported airflow before it was configured"
    environment = {
        "AIRFLOW_HOME": str(tmp_path_factory.mktemp("airflow")),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": ensure_database(postgres, "airflow_of_tests"),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        from airflow.utils.db import initdb

        initdb()
    yield environment
    # Airflow's handlers write to a stream that pytest has closed by the time that PostgreSQL is stopped and says so.
    logging.getLogger().handlers[:] = handlers


@pytest.fixture(scope="module", autouse=True)
def airflow(airflow_environment: dict[str, str]) -> Iterator[None]:
    """The environment of that Airflow, for the tests of this folder alone: others start one of their own."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in airflow_environment.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def bag(airflow: None) -> Any:  # noqa: ARG001
    """The project's DAGs, parsed as Airflow's own dag-processor does it."""
    from airflow.dag_processing.dagbag import BundleDagBag

    return BundleDagBag(str(DAGS), bundle_path=DAGS, bundle_name="dags-folder")
