"""Every expectation of every run, kept in validation_result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Engine, delete, tuple_
from sqlalchemy.dialects.postgresql import insert

from thuchi.validate import ExpectationResult
from thuchi.warehouse.load import Run
from thuchi.warehouse.tables import validation_result


def store_results(engine: Engine, results: Sequence[ExpectationResult], run: Run) -> None:
    """Keep the results of a run; what the same run (a retry, a clear) stored of the same expectations is replaced."""
    rows = [{**asdict(result), "run_id": run.run_id, "interval_key": run.interval} for result in results]
    table = validation_result.c
    with engine.begin() as connection:
        connection.execute(
            delete(validation_result).where(
                table.run_id == run.run_id,
                tuple_(table.suite, table.expectation).in_({(each.suite, each.expectation) for each in results}),
            )
        )
        if rows:
            connection.execute(insert(validation_result), rows)
