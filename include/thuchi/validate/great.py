"""The one module that imports Great Expectations (8 s of CPU): imported when a validation runs, never before."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.expectations.core.expect_column_values_to_be_null import ExpectColumnValuesToBeNull

from thuchi.validate.outcome import ExpectationResult
from thuchi.validate.suites import Expectation, ExpectationError

EXAMPLES = 10
FINDING = "finding"


class ExpectNothingFound(ExpectColumnValuesToBeNull):
    """A check of ours has nothing against any row: the column of its sentences is empty."""

    column: str = FINDING


@contextmanager
def quiet() -> Iterator[None]:
    """Great Expectations neither logs nor warns nor draws progress bars into the log of a task."""
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


class Frame:
    """Rows that expectations can be asked of, one at a time, in a context that keeps and writes nothing."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], key: str) -> None:
        self.key = key
        # Of dtype object: integers of any size stay integers, and null stays None.
        self.data = pd.DataFrame(list(rows), columns=list(columns), dtype=object)
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
        asset = context.data_sources.add_pandas("run").add_dataframe_asset("rows")
        self._definition = asset.add_batch_definition_whole_dataframe("all")

    def ask(
        self, suite: str, expectation: Expectation, findings: Mapping[str, str] | None = None
    ) -> tuple[ExpectationResult, list[str]]:
        """One expectation: its result, and the keys of the rows that failed it.

        Args:
            findings: for a check of ours, what it has against which row.
        """
        began = perf_counter()
        if not len(self.data):  # nothing to say of no rows
            return _result(suite, expectation, True, 0, [], perf_counter() - began), []
        result = self._batch(findings).validate(_built(expectation), result_format=self._format)
        document = result.to_json_dict()
        _refuse_errors(expectation, document)
        detail = document["result"]
        rows = [dict(row) for row in detail.get("unexpected_index_list") or []]
        keys = [str(row[self.key]) for row in rows]
        count = int(detail.get("element_count", len(self.data)))
        seconds = perf_counter() - began
        return _result(suite, expectation, bool(document["success"]), count, rows, seconds), keys

    @property
    def _format(self) -> dict[str, Any]:
        return {"result_format": "COMPLETE", "unexpected_index_column_names": [self.key]}

    def _batch(self, findings: Mapping[str, str] | None) -> Batch:
        data = self.data
        if findings is not None:
            # A frame of the two columns it needs: a copy of all would cost more than the check.
            sentences = [findings.get(key) for key in data[self.key]]
            data = pd.DataFrame({self.key: data[self.key], FINDING: pd.Series(sentences, dtype=object)})
        return self._definition.get_batch(batch_parameters={"dataframe": data})


def ask_database(url: str, table: str, suite: str, expectations: Sequence[Expectation]) -> list[ExpectationResult]:
    """Expectations over a table of the warehouse: queries that must return no rows."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    source = context.data_sources.add_postgres("warehouse", connection_string=url)
    batch = source.add_table_asset(table, table_name=table).add_batch_definition_whole_table("all").get_batch()
    results = []
    for expectation in expectations:
        began = perf_counter()
        document = batch.validate(_built(expectation), result_format="COMPLETE").to_json_dict()
        _refuse_errors(expectation, document)
        rows = [dict(row) for row in (document["result"].get("details") or {}).get("unexpected_rows") or []]
        count = int(document["result"].get("observed_value") or len(rows))
        seconds = perf_counter() - began
        results.append(_result(suite, expectation, bool(document["success"]), count, rows, seconds))
    return results


def _built(expectation: Expectation) -> Any:
    common: dict[str, Any] = {"severity": expectation.severity, "meta": {"id": expectation.id}}
    if expectation.is_check:
        return ExpectNothingFound(**common)
    named = getattr(gxe, expectation.type, None)
    if named is None:
        raise ExpectationError(f"{expectation.id}: Great Expectations has no class {expectation.type}.")
    try:
        return named(**expectation.kwargs, **common)
    except ValueError as error:
        raise ExpectationError(f"{expectation.id}: {expectation.type} refuses its kwargs ({error}).") from error


def _refuse_errors(expectation: Expectation, document: Mapping[str, Any]) -> None:
    """An expectation that could not be computed (a column that is not there) is a mistake in the suite, not data."""
    info = document.get("exception_info") or {}
    entries = [info] if "raised_exception" in info else list(info.values())
    for entry in entries:
        if entry.get("raised_exception"):
            raise ExpectationError(f"{expectation.id} cannot be computed: {entry.get('exception_message')}")


def _result(
    suite: str,
    expectation: Expectation,
    success: bool,
    count: int,
    rows: Sequence[Mapping[str, Any]],
    seconds: float,
) -> ExpectationResult:
    return ExpectationResult(
        suite=suite,
        expectation=expectation.id,
        severity=expectation.severity,
        scope=expectation.scope,
        success=success,
        element_count=count,
        unexpected_count=len(rows),
        duration_s=seconds,
        sentence_en=expectation.en,
        sentence_vi=expectation.vi,
        examples=[{name: _json(value) for name, value in row.items()} for row in rows[:EXAMPLES]],
    )


def _json(value: object) -> object:
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)
