"""Every expectation of every run, kept in validation_result."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from thuchi.validate import ExpectationResult
from thuchi.warehouse.load import Run


def store_results(engine: Engine, results: Sequence[ExpectationResult], run: Run, *, source: str | None = None) -> None:
    """Keep the results of a run; those that the same run stored before are replaced."""
    raise NotImplementedError
