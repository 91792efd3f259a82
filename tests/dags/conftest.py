"""The Airflow of this session, and its DAGs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from thuchi.settings import PROJECT

DAGS = PROJECT / "dags"


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
