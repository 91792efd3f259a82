"""The warehouse: tables, migrations, reference data, load, queries. PostgreSQL only."""

from __future__ import annotations

from thuchi.warehouse.connect import WarehouseError, connect
from thuchi.warehouse.load import LoadReport, Run, load
from thuchi.warehouse.migrate import downgrade, migrate
from thuchi.warehouse.queries import current_figures, held_figures, history, row_counts
from thuchi.warehouse.reference import ReferenceReport, load_reference_data
from thuchi.warehouse.results import store_results

__all__ = [
    "LoadReport",
    "ReferenceReport",
    "Run",
    "WarehouseError",
    "connect",
    "current_figures",
    "downgrade",
    "held_figures",
    "history",
    "load",
    "load_reference_data",
    "migrate",
    "row_counts",
    "store_results",
]
