"""A migrated warehouse for each test that asks for one, and figures to put into it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from thuchi import warehouse as the_warehouse

INDICATORS = ("revenue", "revenue.domestic", "revenue.trade", "revenue.item", "public_investment")


@pytest.fixture
def warehouse(empty_database: str) -> Iterator[Engine]:
    """A warehouse at its newest version that knows a handful of indicators and holds nothing else."""
    the_warehouse.migrate(empty_database)
    engine = the_warehouse.connect(empty_database)
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO indicator (code, label_en, label_vi) VALUES (:code, :code, :code)"),
            [{"code": code} for code in INDICATORS],
        )
    yield engine
    engine.dispose()
