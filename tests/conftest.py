"""What all tests share: one real PostgreSQL for the session, and a fresh database for each test that asks."""

from __future__ import annotations

import logging
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest
from portals.kinds import site_of, yaml_of
from portals.site import Site, running
from sqlalchemy import create_engine, text

from thuchi.local import postgres as server
from thuchi.settings import PROJECT, embedded_url

# How long an example takes says more of the machine's load than of the code; what it does not forgive is a wrong one.
hypothesis.settings.register_profile("thuchi", deadline=None)
hypothesis.settings.load_profile("thuchi")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of an embedded server that runs for this session: `embedded_url(postgres, "name")` is a URL on it."""
    home = tmp_path_factory.mktemp("home")
    server.start(home)
    engine = create_engine(embedded_url(home, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:  # nothing here need survive a power cut
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
    yield home
    server.stop(home)


@pytest.fixture
def empty_database(postgres: Path) -> Iterator[str]:
    """The URL of a database of this test's own, empty, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    yield server.ensure_database(postgres, name)
    engine = create_engine(embedded_url(postgres, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()


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
    (tmp_path / "sources").mkdir()
    with ExitStack() as stack:

        def start(kind: str, source_id: str = "nguon", more: str = "", **many: int) -> Site:
            site = stack.enter_context(running(site_of(kind, **many)))
            (tmp_path / "sources" / f"{source_id}.yaml").write_text(
                yaml_of(kind, site, source_id, more), encoding="utf-8"
            )
            return site

        yield start
