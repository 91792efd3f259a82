"""What a stack's environment holds: secrets that stay, a user's settings that win, a home that is marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuchi.local.airflow import STACK, embeds_postgres, environment, password

OWN_AIRFLOW = "postgresql+psycopg2://me@db.example/airflow"
OWN_WAREHOUSE = "postgresql+psycopg2://me@db.example/thuchi"


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a terminal of someone who has set nothing."""
    for name in ("THUCHI_WAREHOUSE_URL", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "AIRFLOW__CORE__PARALLELISM"):
        monkeypatch.delenv(name, raising=False)


def test_secrets_are_made_once_long_enough_and_for_their_owner_only(tmp_path: Path) -> None:
    first, second = environment(tmp_path, 8080), environment(tmp_path, 8080)
    assert first == second
    assert len(first["AIRFLOW__API_AUTH__JWT_SECRET"].encode()) >= 64
    assert len(password(tmp_path)) >= 12
    for name in ("passwords.json", "secrets.json"):
        assert (tmp_path / "airflow" / name).stat().st_mode & 0o077 == 0


def test_two_homes_share_no_secret(tmp_path: Path) -> None:
    one, other = environment(tmp_path / "one", 8080), environment(tmp_path / "other", 8080)
    secret = [name for name in one if name.endswith(("_KEY", "_SECRET"))]
    assert len(secret) == 3
    assert all(one[name] != other[name] for name in secret)


def test_the_port_is_the_one_that_tasks_call_too(tmp_path: Path) -> None:
    found = environment(tmp_path, 9123)
    assert found["AIRFLOW__API__PORT"] == "9123"
    assert found["AIRFLOW__API__BASE_URL"] == "http://localhost:9123"
    assert found["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://localhost:9123/execution/"


def test_it_is_served_on_this_machine_only_and_marked_with_its_home(tmp_path: Path) -> None:
    found = environment(tmp_path, 8080)
    assert found["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert found[STACK] == str(tmp_path)


def test_a_setting_of_the_user_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__PARALLELISM", "16")
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", OWN_AIRFLOW)
    found = environment(tmp_path, 8080)
    assert found["AIRFLOW__CORE__PARALLELISM"] == "16"
    assert found["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] == OWN_AIRFLOW


@pytest.mark.parametrize(
    ("given", "embedded"),
    [
        ({}, True),
        ({"THUCHI_WAREHOUSE_URL": OWN_WAREHOUSE}, True),
        ({"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": OWN_AIRFLOW}, True),
        ({"THUCHI_WAREHOUSE_URL": OWN_WAREHOUSE, "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": OWN_AIRFLOW}, False),
    ],
)
def test_a_server_is_embedded_unless_both_databases_are_given(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], embedded: bool
) -> None:
    for name, url in given.items():
        monkeypatch.setenv(name, url)
    assert embeds_postgres() is embedded
