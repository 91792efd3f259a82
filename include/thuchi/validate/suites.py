"""The expectation suites, read from include/expectations/*.yaml.

An entry of a suite:
| key | meaning |
| --- | --- |
| id | its name in quarantine, results and alerts; unique in its suite |
| type | a class of Great Expectations (ExpectColumnValuesToBeInSet …) or one of our checks (implied_plan …) |
| over | `rows` (default: the articles, figures), `source` (one row a source), `summary` (one row that counts the run) |
| scope | `row`: a failing row is held or doubted. `suite`: a failure is one of the run as a whole |
| severity | `critical`: holds the row, or stops the run before it loads. `warning`: loads, noted |
| en, vi | what a failure means |
| do_en, do_vi | what to do then |
| finding, finding_vi | what is said of a row that fails, with its columns in braces; by default `en`, `vi` |
| kwargs | parameters of the class or check; {seeds: FILE.csv, column: NAME} is that column as a list, and
  {seeds: FILE.csv, key: NAME, columns: [NAMES]} those columns by the key |
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from thuchi.settings import INCLUDE, SEEDS
from thuchi.validate.checks import CHECKS
from thuchi.validate.outcome import Scope, Severity, Told

SUITES = ("articles", "figures", "warehouse")


class ExpectationError(ValueError):
    """A suite that cannot be used: one sentence with its file, the entry and the remedy."""


class Expectation(BaseModel):
    """One entry of a suite's YAML."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: str
    over: Literal["rows", "source", "summary"] = "rows"
    scope: Scope
    severity: Severity
    en: str = Field(min_length=20)
    vi: str = Field(min_length=20)
    do_en: str = Field(min_length=20)
    do_vi: str = Field(min_length=20)
    finding: str | None = None
    finding_vi: str | None = None
    kwargs: dict[str, Any] = Field(default_factory=dict)

    @property
    def is_check(self) -> bool:
        """Whether `type` is a check of our own rather than a class of Great Expectations."""
        return not self.type.startswith(("Expect", "Unexpected"))

    @property
    def is_query(self) -> bool:
        """Whether it is asked of the warehouse's tables rather than of a run's rows."""
        return self.type == "UnexpectedRowsExpectation"

    @property
    def meaning(self) -> Told:
        """What a failure means, and what to do then."""
        return Told(f"{self.en} {self.do_en}", f"{self.vi} {self.do_vi}")

    def said_of(self, row: Mapping[str, Any]) -> Told:
        """What it has against a row of figures that failed it."""
        if self.finding is None or self.finding_vi is None:
            return Told(self.en, self.vi)
        return Told(self.finding.format(**row), self.finding_vi.format(**row))

    @model_validator(mode="after")
    def _type_is_known(self) -> Expectation:
        if self.is_check and self.type not in CHECKS:
            raise ValueError(
                f"type {self.type!r} is neither a class of Great Expectations (Expect…) nor one of {', '.join(CHECKS)}"
            )
        if self.over != "rows" and (self.is_check or self.scope == "row"):
            raise ValueError(f"over: {self.over} is for classes of Great Expectations of scope suite")
        if (self.finding is None) != (self.finding_vi is None):
            raise ValueError("finding and finding_vi come together: one sentence in English, one in Vietnamese")
        return self


Suites = Mapping[str, tuple[Expectation, ...]]
"""By name: articles, figures, warehouse."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    expectations: list[dict[str, Any]]


def load_suites(folder: Path = INCLUDE / "expectations", seeds: Path = SEEDS) -> Suites:
    """Read and check all suites.

    Raises:
        ExpectationError: naming the file, the entry and what is wrong with it.
    """
    return {name: _suite(folder / f"{name}.yaml", seeds) for name in SUITES}


def _suite(path: Path, seeds: Path) -> tuple[Expectation, ...]:
    if not path.is_file():
        raise ExpectationError(f"{path} is missing: every suite has its file, if only with `expectations: []`.")
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # eight times as fast
        entries = _File.model_validate(content).expectations
    except yaml.YAMLError as error:
        raise ExpectationError(f"{path} is not YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        raise ExpectationError(f"{path}: {_first(error)}") from error
    suite = tuple(_entry(path, number, entry, seeds) for number, entry in enumerate(entries, 1))
    ids = [expectation.id for expectation in suite]
    twice = next((each for each in ids if ids.count(each) > 1), None)
    if twice is not None:
        raise ExpectationError(f"{path} has the id {twice!r} twice: give one of them a name of its own.")
    return suite


def _entry(path: Path, number: int, entry: dict[str, Any], seeds: Path) -> Expectation:
    where = f"{path}, entry {number} ({entry.get('id', 'without id')})"
    try:
        expectation = Expectation.model_validate(entry)
    except ValidationError as error:
        raise ExpectationError(f"{where}: {_first(error)}") from error
    kwargs = {name: _resolved(value, where, seeds) for name, value in expectation.kwargs.items()}
    return expectation.model_copy(update={"kwargs": kwargs})


def _resolved(value: object, where: str, seeds: Path) -> object:
    """A parameter as it stands, or the columns of a seeds file that it names."""
    if not (isinstance(value, dict) and "seeds" in value):
        return value
    file = seeds / str(value["seeds"])
    try:
        rows = _rows(file, file.stat().st_mtime_ns)
        if "key" not in value:
            return [row[str(value["column"])] for row in rows]
        return {row[value["key"]]: {name: row[name] for name in value["columns"]} for row in rows}
    except FileNotFoundError as error:
        raise ExpectationError(f"{where}: {file} is missing") from error
    except KeyError as error:
        raise ExpectationError(f"{where}: {file} has no column {error}, or the parameter names none") from error


@lru_cache(maxsize=4)
def _rows(file: Path, _changed: int) -> list[dict[str, str]]:
    """Read once as long as it stays the same: the register of units is asked by several expectations."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    return f"{place}: {message}" if place else message
