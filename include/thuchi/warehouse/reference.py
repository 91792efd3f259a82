"""seeds/ → the dimension tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class ReferenceReport:
    """Rows of each file, how many were new or changed, and one sentence for each that the file no longer has."""

    counts: Mapping[str, int]
    notes: tuple[str, ...] = ()


def load_reference_data(engine: Engine, seeds: Path) -> ReferenceReport:
    """Bring `ref_area` and `indicator` to what seeds/areas.csv and seeds/indicators.csv say; idempotent."""
    raise NotImplementedError
