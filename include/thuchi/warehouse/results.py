"""What a run found besides figures: every expectation in validation_result, copied articles in article_likeness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine, delete, tuple_
from sqlalchemy.dialects.postgresql import insert

from thuchi.validate import ExpectationResult
from thuchi.warehouse.load import Run
from thuchi.warehouse.tables import article_likeness, validation_result


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


def store_likenesses(engine: Engine, likenesses: Sequence[Mapping[str, Any]], run: Run) -> None:
    """Keep which articles of a run are copies of each other, in place of what an earlier run of its interval found."""
    with engine.begin() as connection:
        connection.execute(delete(article_likeness).where(article_likeness.c.interval_key == run.interval))
        if likenesses:
            connection.execute(
                insert(article_likeness), [{**each, "interval_key": run.interval} for each in likenesses]
            )
