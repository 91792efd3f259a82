"""Load: one transaction an article, under its lock; the same load twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from thuchi.model import Article, Figure
from thuchi.validate import Held


@dataclass(frozen=True, slots=True)
class Run:
    """Which run of Airflow loads: written on every row."""

    run_id: str
    interval: str
    """The key of its partition, `Interval.key`."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of the figures of a load: figures = loaded + unchanged + quarantined."""

    articles: int
    figures: int
    loaded: int
    """New in the warehouse, or with new content."""
    unchanged: int
    quarantined: int
    """Held, or kept out by a reviewer's earlier decision."""
    superseded: int
    """Rows that were current and are closed now, since their article no longer says so."""


def load(
    engine: Engine,
    articles: Sequence[Article],
    accepted: Sequence[Figure],
    quarantined: Sequence[Held],
    run: Run,
) -> LoadReport:
    """Bring the warehouse to what these articles say now.

    Raises:
        WarehouseError: where a figure's article is missing, the reference data is not loaded, or the counts
            do not add up; what earlier articles loaded stays, and the same load can simply be run again.
    """
    raise NotImplementedError
