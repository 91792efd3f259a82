"""What all tests share: one real PostgreSQL for the session, and a fresh database for each test that asks."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from databases import administer, copy_of
from portals.kinds import site_of, yaml_of
from portals.site import Site, running
from sqlalchemy import Engine
from xdist.scheduler import LoadScopeScheduling

from thuchi import warehouse
from thuchi.local import postgres as server
from thuchi.settings import PROJECT, SEEDS, embedded_url

# How long an example takes says more of the machine's load than of the code; what it does not forgive is a wrong one.
hypothesis.settings.register_profile("thuchi", deadline=None)
hypothesis.settings.load_profile("thuchi")

LONGEST_FIRST = ("end_to_end", "airflow", "ui", "collect")


def group_of(nodeid: str) -> str:
    """The tests that one process takes at once, for they share servers that take long to start: those of a folder."""
    folder = nodeid.partition("::")[0].removeprefix("tests/").partition("/")[0]
    return "airflow" if folder in ("alerts", "dags") else folder


class ByGroup(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroup:
    return ByGroup(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {group: place for place, group in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: order.get(group_of(item.nodeid), len(order)))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of an embedded server that runs for this session: `embedded_url(postgres, "name")` is a URL on it."""
    home = tmp_path_factory.mktemp("home")
    server.start(home)
    unsafe = ("fsync", "synchronous_commit", "full_page_writes")  # nothing here need survive a power cut
    administer(home, *(f"ALTER SYSTEM SET {setting} = off" for setting in unsafe), "SELECT pg_reload_conf()")
    yield home
    server.stop(home)


@pytest.fixture
def empty_database(postgres: Path) -> Iterator[str]:
    """The URL of a database of this test's own, empty."""
    with copy_of("template1", postgres) as url:
        yield url


@pytest.fixture(scope="session")
def migrated(postgres: Path) -> str:
    """The name of a warehouse that holds nothing, to be copied: migrating takes ten times as long as copying."""
    warehouse.migrate(server.ensure_database(postgres, "migrated"))
    return "migrated"


@pytest.fixture(scope="session")
def seeded(postgres: Path, migrated: str) -> str:
    """The name of a warehouse that knows the reference data and nothing else, to be copied."""
    administer(postgres, f"CREATE DATABASE seeded TEMPLATE {migrated}")
    engine = warehouse.connect(embedded_url(postgres, "seeded"))
    warehouse.load_reference_data(engine, SEEDS)
    engine.dispose()
    return "seeded"


@pytest.fixture
def bare_warehouse(postgres: Path, migrated: str) -> Iterator[str]:
    """The URL of a warehouse of this test's own at its newest version, without a row."""
    with copy_of(migrated, postgres) as url:
        yield url


@pytest.fixture
def warehouse_url(postgres: Path, seeded: str) -> Iterator[str]:
    """The URL of a warehouse of this test's own that knows the reference data and nothing else."""
    with copy_of(seeded, postgres) as url:
        yield url


@pytest.fixture(scope="session")
def airflow_environment(postgres: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What the Airflow of this session reads when it is imported; its tables are made once."""
    handlers = list(logging.getLogger().handlers)
    assert "airflow" not in sys.modules, "a test imported airflow before it was configured"
    environment = {
        "AIRFLOW_HOME": str(tmp_path_factory.mktemp("airflow")),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": server.ensure_database(postgres, "airflow_of_tests"),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        from airflow.utils.db import initdb

        initdb()
    yield environment
    # Airflow's handlers write to a stream that pytest has closed by the time that PostgreSQL is stopped and says so.
    logging.getLogger().handlers[:] = handlers


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Site]]:
    """Start a portal and define it as the source of that name: `portal("cms", "nguon", "caps: {requests: 3}")`."""
    monkeypatch.setenv("THUCHI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("THUCHI_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("THUCHI_LOOPBACK", "1")
    (tmp_path / "sources").mkdir(exist_ok=True)
    with ExitStack() as stack:

        def start(kind: str, source_id: str = "nguon", more: str = "", **many: int) -> Site:
            site = stack.enter_context(running(site_of(kind, **many)))
            (tmp_path / "sources" / f"{source_id}.yaml").write_text(
                yaml_of(kind, site, source_id, more), encoding="utf-8"
            )
            return site

        yield start


@pytest.fixture
def engine(warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The warehouse of an installation of this test's own, which has no source yet; it knows the reference data."""
    monkeypatch.setenv("THUCHI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("THUCHI_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("THUCHI_WAREHOUSE_URL", warehouse_url)
    (tmp_path / "sources").mkdir(exist_ok=True)
    engine = warehouse.connect(warehouse_url)
    yield engine
    engine.dispose()


@pytest.fixture
def source(tmp_path: Path) -> Callable[..., Path]:
    """Define a source over articles of the test's own: `source("bao", a="text of a.txt")`; gives their folder."""

    def define(source_id: str, **articles: str) -> Path:
        folder = tmp_path / source_id
        folder.mkdir()
        for name, content in articles.items():
            (folder / f"{name}.txt").write_text(content, encoding="utf-8")
        yaml = f"id: {source_id}\nname: {source_id}\nkind: folder\npath: {folder}\n"
        (tmp_path / "sources" / f"{source_id}.yaml").write_text(yaml, encoding="utf-8")
        return folder

    return define
