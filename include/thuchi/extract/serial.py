"""Figures as JSON: a line of `thuchi extract`."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from thuchi.extract.normalise import Normalised
from thuchi.model import Figure


def figure_to_json(
    figure: Figure, original: str | None = None, normalised: Normalised | None = None, article_id: str | None = None
) -> dict[str, Any]:
    """One figure as a mapping that `json` can write: the guide's fields, offsets, evidence and what we derive.

    Args:
        original, normalised: the text as it was given and its NFC form, where they may differ: `quote`,
            `start` and `end` (also of the evidence) are then those of the text as given.
        article_id: the id under which the caller knows the article, if not ours.
    """

    def at(offset: int) -> int:
        return offset if normalised is None else normalised.original(offset)

    start, end = at(figure.start), at(figure.end)
    return {
        "article_id": article_id or figure.article_id,
        "figure_id": figure.figure_id,
        "indicator": figure.indicator,
        "measure": figure.measure,
        "value": _number(figure.value),
        "approx": figure.approx,
        "phase": figure.phase,
        "basis": figure.basis,
        "period_start": figure.period_start.isoformat() if figure.period_start else None,
        "period_end": figure.period_end.isoformat() if figure.period_end else None,
        "area": figure.area,
        "province": figure.province,
        "level": figure.level,
        "ref_area": figure.ref_area,
        "ref_area_today": figure.ref_area_today,
        "quote": figure.quote if original is None else original[start:end],
        "start": start,
        "end": end,
        "number_start": at(figure.number_start),
        "number_end": at(figure.number_end),
        "time_period": figure.time_period,
        "freq": figure.freq,
        "unit_measure": figure.unit_measure,
        "obs_status": figure.obs_status,
        "doubts": list(figure.doubts),
        "evidence": {
            name: {"origin": e.origin, "start": _at(e.start, at), "end": _at(e.end, at), "note": e.note}
            for name, e in figure.evidence.items()
        },
        "extractor_version": figure.extractor_version,
    }


def _at(offset: int | None, at: Callable[[int], int]) -> int | None:
    return None if offset is None else at(offset)


def _number(value: int | Decimal | None) -> int | float | None:
    """Amounts stay whole; a percentage of a few digits is exact enough as a JSON number."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
