"""The warehouse: tables, migrations, reference data, load, queries. PostgreSQL only."""

from __future__ import annotations

from thuchi.warehouse.connect import WarehouseError, connect
from thuchi.warehouse.decide import Action, Decision, DecisionConflict, DecisionError, decide
from thuchi.warehouse.load import LoadReport, Run, load
from thuchi.warehouse.migrate import downgrade, migrate
from thuchi.warehouse.queries import current_figures, held_figure, held_figures, history, level_medians, row_counts
from thuchi.warehouse.reference import ReferenceReport, load_reference_data
from thuchi.warehouse.results import store_likenesses, store_results

__all__ = [
    "Action",
    "Decision",
    "DecisionConflict",
    "DecisionError",
    "LoadReport",
    "ReferenceReport",
    "Run",
    "WarehouseError",
    "connect",
    "current_figures",
    "decide",
    "downgrade",
    "held_figure",
    "held_figures",
    "history",
    "level_medians",
    "load",
    "load_reference_data",
    "migrate",
    "row_counts",
    "store_likenesses",
    "store_results",
]
