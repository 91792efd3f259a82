"""Checks of a figure's unit against the register of units, seeds/areas.csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from thuchi.model import Figure
from thuchi.validate.batch import Batch, Findings
from thuchi.validate.outcome import Told

Unit = Mapping[str, str]
"""A unit's columns `name`, `level`, `valid_from`, `valid_to`; days in ISO form, empty for ever."""


def area_ended_before_period(batch: Batch, units: Mapping[str, Unit]) -> Findings:
    """A unit that ended before the period began: districts ended with June 2025. Plans and targets are not asked:
    they were adopted while it stood."""
    return {
        figure.figure_id: Told(
            f"{unit['name']} ({figure.ref_area}) ended on {unit['valid_to']}, before {figure.period_start}",
            f"{unit['name']} ({figure.ref_area}) chấm dứt ngày {unit['valid_to']}, trước {figure.period_start}",
        )
        for figure, unit, start, _ in _done(batch, units)
        if unit["valid_to"] and date.fromisoformat(unit["valid_to"]) < start
    }


def area_begins_after_period(batch: Batch, units: Mapping[str, Unit]) -> Findings:
    """A unit that did not stand yet when the period ended: what is told of a merged province's past."""
    return {
        figure.figure_id: Told(
            f"{unit['name']} ({figure.ref_area}) begins on {unit['valid_from']}, after {figure.period_end}",
            f"{unit['name']} ({figure.ref_area}) thành lập ngày {unit['valid_from']}, sau {figure.period_end}",
        )
        for figure, unit, _, end in _done(batch, units)
        if unit["valid_from"] and date.fromisoformat(unit["valid_from"]) > end
    }


def level_of_unit(batch: Batch, units: Mapping[str, Unit]) -> Findings:
    """The level that a figure says is that of its unit."""
    return {
        figure.figure_id: Told(
            f"{figure.area} is read as {figure.level}, but {unit['name']} ({figure.ref_area}) is a {unit['level']}",
            f"{figure.area} đọc là cấp {figure.level}, nhưng {unit['name']} ({figure.ref_area}) là {unit['level']}",
        )
        for figure in batch.figures
        if (unit := units.get(figure.ref_area or "")) is not None and figure.level != unit["level"]
    }


def _done(batch: Batch, units: Mapping[str, Unit]) -> Iterator[tuple[Figure, Unit, date, date]]:
    for figure in batch.figures:
        unit = units.get(figure.ref_area or "")
        if unit is None or figure.period_start is None or figure.period_end is None:
            continue
        if figure.phase in ("executed", "estimated"):
            yield figure, unit, figure.period_start, figure.period_end
