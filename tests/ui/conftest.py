"""One warehouse for the pages' tests, filled anew for each, and a real API server for each auth manager."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from ui_records import fill
from ui_server import FAB, SIMPLE, Server, serving

from thuchi import warehouse as the_warehouse
from thuchi.local.postgres import ensure_database


@pytest.fixture(scope="session")
def pages_url(postgres: Path) -> str:
    url = ensure_database(postgres, "pages")
    the_warehouse.migrate(url)
    return url


@pytest.fixture
def engine(pages_url: str) -> Iterator[Engine]:
    engine = the_warehouse.connect(pages_url)
    fill(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def simple(postgres: Path, pages_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(postgres, tmp_path_factory.mktemp("simple"), SIMPLE, pages_url) as server:
        yield server


@pytest.fixture(scope="session")
def fab(postgres: Path, pages_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(postgres, tmp_path_factory.mktemp("fab"), FAB, pages_url) as server:
        yield server


@pytest.fixture(params=["simple", "fab"])
def server(request: pytest.FixtureRequest) -> Server:
    """Either server, one after the other: what holds for both."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Server)
    return found
