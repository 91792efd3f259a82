"""A migrated warehouse for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from thuchi import warehouse as the_warehouse

INDICATORS = ("revenue", "revenue.domestic", "revenue.trade", "revenue.item", "public_investment")
AREAS = {"066": "huyện Na Rì", "19-202507": "tỉnh Thái Nguyên"}


@pytest.fixture
def warehouse(bare_warehouse: str) -> Iterator[Engine]:
    """A warehouse at its newest version that knows some areas and indicators and holds nothing else."""
    engine = the_warehouse.connect(bare_warehouse)
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO indicator (code, label_en, label_vi, direction) VALUES (:code, :code, :code, 'revenue')"),
            [{"code": code} for code in INDICATORS],
        )
        connection.execute(
            text("INSERT INTO ref_area (code, nso_code, name, level) VALUES (:code, left(:code, 3), :name, 'any')"),
            [{"code": code, "name": name} for code, name in AREAS.items()],
        )
    yield engine
    engine.dispose()
