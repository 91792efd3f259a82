"""The expectation suites, read from include/expectations/*.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thuchi.settings import INCLUDE
from thuchi.validate.outcome import Scope, Severity


class ExpectationError(ValueError):
    """A suite that cannot be used: one sentence with its file, the entry and the remedy."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One entry of a suite's YAML."""

    id: str
    type: str
    """A class of Great Expectations (ExpectColumnValuesToBeInSet) or one of our checks (implied_plan)."""
    severity: Severity
    scope: Scope
    sentence_en: str
    sentence_vi: str
    kwargs: Mapping[str, Any]


Suites = Mapping[str, tuple[Expectation, ...]]
"""By name: articles, figures, warehouse."""


def load_suites(folder: Path = INCLUDE / "expectations") -> Suites:
    """Read and check all suites.

    Raises:
        ExpectationError: naming the file and the entry.
    """
    raise NotImplementedError
