"""What amounts and changes of a level of government lie between, by indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from thuchi.validate.batch import Batch, Findings
from thuchi.validate.outcome import Told
from thuchi.validate.printed import said

Bands = Mapping[str, Mapping[str, Sequence[float | None]]]
"""By level and indicator the lowest and highest; null for an open side. An indicator that is not named has no band."""

TY = 10**9


def amount_within_band(batch: Batch, bands_ty: Bands) -> Findings:
    """`bands_ty` is in tỷ đồng, for an amount of a period of any length."""
    return _outside(batch, "amount", bands_ty, TY)


def change_within_band(batch: Batch, measure: str, bands_pct: Bands) -> Findings:
    """`bands_pct` of a percentage: of plan, or of change on the year."""
    return _outside(batch, measure, bands_pct, 1)


def _outside(batch: Batch, measure: str, bands: Bands, unit: int) -> Findings:
    found = {}
    for figure in batch.figures:
        band = bands.get(figure.level or "", {}).get(figure.indicator)
        if figure.measure != measure or figure.value is None or band is None:
            continue
        low, high = (None if side is None else Fraction(Decimal(str(side))) * unit for side in band)
        value = Fraction(figure.value)
        if (low is None or value >= low) and (high is None or value <= high):
            continue
        limit, en, vi = (low, "is below", "thấp hơn") if low is not None and value < low else (high, "is above", "vượt")
        assert limit is not None  # one of the two was crossed
        here = f"{said(value, measure)} ({figure.indicator}, {figure.area})"
        found[figure.figure_id] = Told(
            f"{here} {en} {said(limit, measure)}, the limit for level {figure.level}",
            f"{here} {vi} {said(limit, measure)}, giới hạn của cấp {LEVELS_VI.get(figure.level or '', figure.level)}",
        )
    return found


LEVELS_VI = {"nation": "trung ương", "province": "tỉnh", "district": "huyện", "commune": "xã"}
