"""The embedded PostgreSQL: where it listens, that it outlives its starter, and that it stops."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from thuchi.local import CannotRunError
from thuchi.local import postgres as server
from thuchi.settings import embedded_url


def answer(url: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        number = connection.scalar(text("SELECT 6 * 7"))
    engine.dispose()
    assert isinstance(number, int)
    return number


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("pg-home", id="an ordinary folder"),
        pytest.param("Thư-mục", id="a Vietnamese name"),
        pytest.param("a" * 60 + "/" + "b" * 60, id="a name too long for a socket, which then lies elsewhere"),
    ],
)
def test_it_outlives_its_starter_keeps_its_data_and_stops(tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    start = "import pathlib, sys; from thuchi.local import postgres; postgres.start(pathlib.Path(sys.argv[1]))"
    try:
        subprocess.run([sys.executable, "-c", start, str(home)], check=True, timeout=60)
        url = server.ensure_database(home, "thuchi")
        assert answer(url) == 42
        server.stop(home)
        assert server.postmaster(home / "pg") is None

        server.start(home)
        assert answer(embedded_url(home, "thuchi")) == 42
    finally:
        server.stop(home)


def test_it_starts_again_after_it_was_killed(tmp_path: Path) -> None:
    server.start(tmp_path)
    try:
        running = server.postmaster(tmp_path / "pg")
        assert running is not None
        running.kill()
        running.wait(10)
        server.start(tmp_path)
        assert answer(embedded_url(tmp_path, "postgres")) == 42
    finally:
        server.stop(tmp_path)


def test_a_folder_with_a_blank_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="set THUCHI_HOME to another folder"):
        server.start(tmp_path / "my work")


def test_each_test_has_an_empty_database_of_its_own(empty_database: str) -> None:
    engine = create_engine(empty_database)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mine (id int)"))
        count = connection.scalar(text("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"))
    engine.dispose()
    assert count == 1
