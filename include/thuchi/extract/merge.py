"""The same number stated twice is one figure, quoted where it first stands.

A rounded repeat ("hơn 7.200 tỷ" in the headline of 7.246) is the same figure as the precise one, which is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from thuchi.extract.draft import Draft


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """The figures of an article without repeats, in the order of the text."""
    kept: list[Draft] = []
    for draft in drafts:
        twin = next((index for index, other in enumerate(kept) if _same(other, draft)), None)
        if twin is None:
            kept.append(draft)
        else:
            kept[twin] = _joined(kept[twin], draft)
    kept = [draft for draft in kept if not any(_rounds(draft, other) for other in kept if other is not draft)]
    return sorted(kept, key=lambda draft: (draft.quantity.number_start, draft.start))


def _same(one: Draft, other: Draft) -> bool:
    """The same number of the same thing; where the headline leaves a field open, the body may say it."""
    if (one.measure, one.code, one.value) != (other.measure, other.code, other.value):
        return False
    if one.quantity.number_start == other.quantity.number_start:
        return one.basis == other.basis and one.area.area == other.area.area
    if one.area.area != other.area.area:
        return False
    if one.in_title:
        return "plan" not in (one.phase, other.phase) or one.phase == other.phase
    return one.phase == other.phase and one.period.span == other.period.span and one.basis == other.basis


def _joined(first: Draft, again: Draft) -> Draft:
    """What the headline says in short, with what the body says of it."""
    if not first.in_title:
        return first
    return replace(
        first, phase=again.phase, basis=again.basis, period=again.period, area=again.area, doubts=again.doubts,
        evidence={**first.evidence, **{k: v for k, v in again.evidence.items() if k != "indicator"}},
    )  # fmt: skip


def _rounds(draft: Draft, other: Draft) -> bool:
    """Whether `draft` is a rounded statement of `other`: "gần 17%" of 16,9%, "hơn 2.400 tỷ" of 2.437,3."""
    if draft.quantity.approx == "exact" or draft.measure != other.measure or draft.area.area != other.area.area:
        return False
    if draft.value is None or other.value is None or draft.value == other.value:
        return False
    if draft.code.split(".")[0] != other.code.split(".")[0] or draft.phase == "plan" != other.phase:
        return False
    if not draft.in_title and draft.code != other.code:
        return False
    apart = abs(Decimal(draft.value) - Decimal(other.value))
    near = apart <= abs(Decimal(other.value)) * Decimal("0.03")
    if draft.quantity.approx == "at_least":
        near = near and other.value > draft.value
    elif draft.quantity.approx == "below":
        near = near and other.value < draft.value
    return near and (draft.in_title or len(_digits(draft)) < len(_digits(other)))


def _digits(draft: Draft) -> str:
    return str(draft.value).rstrip("0").replace(".", "").strip("-")
