"""One run of validation: articles and figures in, an Outcome out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from thuchi.model import Article, Figure, Interval
from thuchi.validate.outcome import ExpectationResult, Outcome
from thuchi.validate.suites import Suites


def validate(
    articles: Sequence[Article],
    figures: Sequence[Figure],
    *,
    interval: Interval | None = None,
    history: Sequence[Mapping[str, Any]] = (),
    suites: Suites | None = None,
) -> Outcome:
    """Check a run's articles and figures, and part what may load from what is held.

    Args:
        articles: all articles of the run, also those without a figure.
        figures: all figures read from them.
        interval: the partition; articles published outside it are a critical failure. Null: not checked.
        history: what the warehouse already says of the same areas, `warehouse.history(engine, figures)`.
        suites: the expectations; by default those of include/expectations/.

    Never raises for bad data: bad rows are in `Outcome.quarantined`, a bad run in `Outcome.critical`.
    """
    raise NotImplementedError


def check_warehouse(url: str, *, suites: Suites | None = None) -> list[ExpectationResult]:
    """Run the suite-level expectations of warehouse.yaml on the tables themselves, after a load."""
    raise NotImplementedError
