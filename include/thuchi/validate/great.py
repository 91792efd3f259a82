"""The one module that imports Great Expectations (8 s of CPU): imported when a validation runs, never before."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.data_context.data_context.abstract_data_context import AbstractDataContext
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.expectations.core.expect_column_values_to_be_null import ExpectColumnValuesToBeNull
from great_expectations.validator.v1_validator import Validator
from sqlalchemy import make_url

from thuchi.validate.outcome import ExpectationResult
from thuchi.validate.suites import Expectation, ExpectationError

EXAMPLES = 10
_WORD = re.compile(r"\w+")


class ExpectNothingFound(ExpectColumnValuesToBeNull):
    """A check of ours has nothing against any row: the column of its sentences is empty."""


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


def ephemeral() -> AbstractDataContext:
    """A context that keeps nothing, writes nothing and draws nothing: safe in parallel runs."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context


class Frame:
    """Rows that expectations are asked of, one at a time, so that each has its own duration."""

    def __init__(self, context: AbstractDataContext, name: str, columns: Mapping[str, Sequence[Any]]) -> None:
        self.key = next(iter(columns))
        self._columns = columns
        # Of dtype object: integers of any size stay integers, and null stays None.
        self._data = pd.DataFrame({column: pd.Series(values, dtype=object) for column, values in columns.items()})
        # One asset for all questions: Great Expectations writes its whole configuration out anew for each.
        asset = context.data_sources.add_pandas(name).add_dataframe_asset(name)
        self._whole = asset.add_batch_definition_whole_dataframe("all")

    def ask(self, suite: str, expectation: Expectation) -> tuple[ExpectationResult, list[str]]:
        """One expectation: its result, and the keys of the rows that failed it."""
        began = perf_counter()
        if self._data.empty:  # nothing to say of no rows
            return _result(suite, expectation, True, 0, [], perf_counter() - began), []
        # Great Expectations hashes all columns of a batch at every question, which with forty columns took ten times
        # as long as the answer; a batch that is asked itself (Batch.validate) is made, and hashed, twice.
        named = [each for each in self._columns if each in _words(expectation)]
        batch = {"dataframe": self._data[named]}
        validator = Validator(self._whole, batch_parameters=batch, result_format="COMPLETE")
        document: Mapping[str, Any] = validator.validate_expectation(_built(expectation)).to_json_dict()
        _refuse_errors(expectation, document)
        detail = document["result"]
        failed = detail.get("unexpected_index_list") or []
        rows = [{column: self._columns[column][place] for column in (self.key, *named)} for place in failed]
        count = int(detail.get("element_count", len(self._data)))
        result = _result(suite, expectation, bool(document["success"]), count, rows, perf_counter() - began)
        return result, [str(row[self.key]) for row in rows]


def _words(expectation: Expectation) -> set[str]:
    """The words of its parameters, a column's name among them wherever it asks of one."""
    if expectation.is_check:
        return {expectation.id}
    return {word for value in expectation.kwargs.values() if isinstance(value, str) for word in _WORD.findall(value)}


def ask_database(url: str, table: str, suite: str, expectations: Sequence[Expectation]) -> list[ExpectationResult]:
    """Expectations over a table of the warehouse: queries that must return no rows."""
    # Rendered anew: a $ in a password, which Great Expectations would take for a variable of its own, becomes %24.
    rendered = make_url(url).set(drivername="postgresql+psycopg2").render_as_string(hide_password=False)
    # add_sql rather than add_postgres, which takes no URL of a Unix socket: it wants a host.
    source = ephemeral().data_sources.add_sql("warehouse", connection_string=rendered)
    try:
        batch = source.add_table_asset(table, table_name=table).add_batch_definition_whole_table("all").get_batch()
        return [_asked_of_table(batch, suite, expectation) for expectation in expectations]
    finally:
        source.get_engine().dispose()


def _asked_of_table(batch: Batch, suite: str, expectation: Expectation) -> ExpectationResult:
    began = perf_counter()
    document = batch.validate(_built(expectation), result_format="COMPLETE").to_json_dict()
    _refuse_errors(expectation, document)
    detail = document["result"]
    rows = [dict(row) for row in (detail.get("details") or {}).get("unexpected_rows") or []]
    seconds = perf_counter() - began
    return _result(suite, expectation, bool(document["success"]), len(rows), rows, seconds)


def _built(expectation: Expectation) -> Any:
    common: dict[str, Any] = {"severity": expectation.severity, "meta": {"id": expectation.id}}
    if expectation.is_check:
        return ExpectNothingFound(column=expectation.id, **common)
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
        sentence_en=expectation.meaning.en,
        sentence_vi=expectation.meaning.vi,
        examples=[{name: _json(value) for name, value in row.items()} for row in rows[:EXAMPLES]],
    )


def _json(value: object) -> object:
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)
