"""A figure in the making: what composition passes to merging, and merging to the caller."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from thuchi.extract.areas import AreaReading
from thuchi.extract.spans import Quantity
from thuchi.extract.timing import Period
from thuchi.model import Basis, Evidence, Measure, Phase


@dataclass(slots=True)
class Draft:
    """A figure in the making."""

    quantity: Quantity
    value: int | Decimal | None
    measure: Measure
    code: str
    phase: Phase
    basis: Basis | None
    period: Period
    area: AreaReading
    base: Period
    """The report's period, where `period` is one that it is only compared with ("cùng kỳ năm 2019 là …")."""
    against_year: int | None
    """The year that a change is measured against, where the words name it."""
    start: int
    end: int
    evidence: dict[str, Evidence]
    doubts: tuple[str, ...] = ()
    in_title: bool = False
    verb: str = ""
    """The cue that governs a percentage: `reach`, `exceed` …"""
    follows_part: bool = False
    """Whether a percentage goes on after a part of a total that the sentence names, too."""
