"""The tables come from nothing, go back to nothing, and are what tables.py says."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect

from thuchi import warehouse as the_warehouse
from thuchi.warehouse.tables import metadata


def names(url: str) -> set[str]:
    engine = create_engine(url)
    found = set(inspect(engine).get_table_names()) | set(inspect(engine).get_view_names())
    engine.dispose()
    return found


def test_from_empty_to_the_newest_and_back_to_empty(empty_database: str) -> None:
    assert names(empty_database) == set()
    the_warehouse.migrate(empty_database)
    views = {"budget_execution", "figure_conflict", "coverage"}
    assert names(empty_database) == set(metadata.tables) | views | {"alembic_version"}
    the_warehouse.downgrade(empty_database)
    assert names(empty_database) == {"alembic_version"}
    the_warehouse.migrate(empty_database)
    assert names(empty_database) >= set(metadata.tables) | views


def test_migrating_twice_changes_nothing(empty_database: str) -> None:
    the_warehouse.migrate(empty_database)
    before = names(empty_database)
    the_warehouse.migrate(empty_database)
    assert names(empty_database) == before


def test_tables_py_and_the_migrations_agree(warehouse: Engine) -> None:
    with warehouse.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:///x.db", "The warehouse is PostgreSQL, not sqlite"),
        ("postgresql://thuchi:secret@127.0.0.1:9/figures", "The warehouse 'figures' on 127.0.0.1 does not answer"),
        ("postgresql://thuchi:secret@/figures?host=/nowhere", "The warehouse 'figures' on /nowhere does not answer"),
        ("no url", "THUCHI_WAREHOUSE_URL is not a URL"),
    ],
)
def test_a_warehouse_that_is_not_there_is_one_sentence_without_its_password(url: str, sentence: str) -> None:
    with pytest.raises(the_warehouse.WarehouseError) as caught:
        the_warehouse.connect(url)
    assert sentence in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_plain_scheme_means_the_same_database(empty_database: str) -> None:
    engine = the_warehouse.connect(empty_database.replace("postgresql+psycopg2://", "postgresql://"))
    assert engine.dialect.driver == "psycopg2"
    engine.dispose()
