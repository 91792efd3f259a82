"""What all tests share: one real PostgreSQL for the session, and a fresh database for each test that asks."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import create_engine, text

from thuchi.local import postgres as server
from thuchi.settings import embedded_url

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
