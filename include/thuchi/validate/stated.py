"""A figure as a statement about a unit, an indicator and a period: of this run, or known to the warehouse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from thuchi.model import Article, Figure
from thuchi.validate.printed import Printed, said

DAYS_A_MONTH = Fraction(1461, 48)
DONE = ("executed", "estimated")


@dataclass(frozen=True, slots=True)
class Stated:
    """What one article states. Items and target programmes are none: many things share their code."""

    figure_id: str
    article_id: str
    ref_area: str
    area: str
    level: str | None
    indicator: str
    measure: str
    phase: str
    basis: str | None
    start: date
    end: date
    printed: Printed

    @classmethod
    def of(cls, figure: Figure, article: Article) -> Stated | None:
        """Null where the figure is not complete, or its code is shared by many things."""
        if figure.value is None or not _is_of_one_thing(figure.indicator):
            return None
        if figure.ref_area is None or figure.period_start is None or figure.period_end is None:
            return None
        return cls(
            figure.figure_id,
            figure.article_id,
            figure.ref_area,
            figure.area or figure.ref_area,
            figure.level,
            figure.indicator,
            figure.measure,
            figure.phase,
            figure.basis,
            figure.period_start,
            figure.period_end,
            Printed.of(figure, article.text),
        )

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Stated | None:
        """A current row of the warehouse, `warehouse.history`."""
        if not _is_of_one_thing(row["indicator"]) or row.get("period_start") is None:
            return None
        first = row["number_start"] - row["quote_start"]
        words = row["quote"][first : first + row["number_end"] - row["number_start"]]
        value = int(row["value"]) if row["measure"] == "amount" else Decimal(row["value"])
        return cls(
            row["figure_id"],
            row["article_id"],
            row["ref_area"],
            row["area"] or row["ref_area"],
            row["level"],
            row["indicator"],
            row["measure"],
            row["phase"],
            row["basis"],
            row["period_start"],
            row["period_end"],
            Printed.read(value, row["measure"], row["approx"], words),
        )

    @property
    def cell(self) -> tuple[object, ...]:
        """What two statements must share to say the same thing, or contradict each other."""
        return (self.ref_area, self.indicator, self.measure, self.phase, self.basis, self.start, self.end)

    @property
    def said(self) -> str:
        return said(self.printed.value, self.measure, self.printed.step)

    @property
    def is_done(self) -> bool:
        return self.phase in DONE

    @property
    def monthly(self) -> Fraction:
        """The amount a month, over the length of its period."""
        return self.printed.value * DAYS_A_MONTH / ((self.end - self.start).days + 1)


def _is_of_one_thing(indicator: str) -> bool:
    return not indicator.endswith((".item", ".ntp"))
