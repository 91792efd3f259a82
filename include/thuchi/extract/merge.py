"""The same number stated twice is one figure, quoted where it first stands.

A rounded repeat ("hơn 7.200 tỷ" in the headline of 7.246) is the same figure as the precise one, which is kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import replace
from decimal import Decimal

from thuchi.extract.draft import Draft

_ROUNDING = Decimal("0.03")
"""How far a rounded statement may lie from the precise one: "gần 17%" of 16,9%."""


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """The figures of an article without repeats, in the order of the text."""
    kept: list[Draft] = []
    said_again: dict[int, int] = {}
    """Where the number stands that a figure was joined with: two plans of it ("… của tỉnh và của huyện") stay two."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for draft in drafts:
        indices = alike[(draft.measure, draft.code, draft.value)]
        at = draft.quantity.number_start
        twin = next((i for i in indices[:_MOST] if said_again.get(i) != at and _same(kept[i], draft)), None)
        if twin is None:
            indices.append(len(kept))
            kept.append(draft)
        else:
            kept[twin] = _joined(kept[twin], draft)
            said_again[twin] = at
    return sorted(
        _without_rounded(_headlines_joined(kept, said_again)),
        key=lambda draft: (draft.quantity.number_start, draft.start),
    )


_MOST = 50
"""Figures of one value and indicator that are compared; an article has a few."""


def _same(one: Draft, other: Draft) -> bool:
    """The same number of the same thing; where the headline leaves a field open, the body may say it."""
    if one.quantity.number_start == other.quantity.number_start:
        return one.basis == other.basis and one.area.area is other.area.area
    if one.area.area is not other.area.area:
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


def _headlines_joined(drafts: Sequence[Draft], said_again: Container[int]) -> list[Draft]:
    """ "Thu ngân sách tăng 22%" over "thu ngân sách do huyện quản lý …, tăng 22%": the headline names the whole in
    short, the body says which part it is."""
    told = list(drafts)
    dropped: set[int] = set()
    for at, draft in enumerate(drafts):
        if not draft.in_title or "." in draft.code or at in said_again:
            continue
        part = next((i for i, other in enumerate(drafts) if i not in dropped and _is_part_of(draft, other)), None)
        if part is not None:
            again = drafts[part]
            named = replace(_joined(draft, again), code=again.code)
            told[at] = replace(named, evidence={**named.evidence, "indicator": again.evidence["indicator"]})
            dropped.add(part)
    return [draft for at, draft in enumerate(told) if at not in dropped]


def _is_part_of(headline: Draft, other: Draft) -> bool:
    return (
        not other.in_title
        and headline.measure == other.measure
        and headline.value == other.value
        and other.code.startswith(f"{headline.code}.")
        and headline.area.area is other.area.area
        and "plan" not in (headline.phase, other.phase)
    )


def _without_rounded(drafts: Sequence[Draft]) -> Sequence[Draft]:
    if all(draft.quantity.approx == "exact" for draft in drafts):
        return drafts
    groups: dict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.value is not None:
            groups[_group(draft)].append(draft)
    for group in groups.values():
        group.sort(key=lambda draft: Decimal(draft.value or 0))
    return [draft for draft in drafts if not _is_rounded(draft, groups[_group(draft)])]


def _group(draft: Draft) -> tuple[object, ...]:
    area = draft.area.area
    return draft.measure, draft.code.split(".")[0], area.code if area else None


def _is_rounded(draft: Draft, group: Sequence[Draft]) -> bool:
    """Whether a more precise statement of the same stands in the group, which is sorted by value."""
    if draft.quantity.approx == "exact" or draft.value is None:
        return False
    value = Decimal(draft.value)
    margin = abs(value) * _ROUNDING / (1 - _ROUNDING)
    if draft.in_title and draft.measure != "amount":
        margin = max(margin, Decimal(1))  # "tăng hơn 9%" of 9,4%
    low = bisect_left(group, value - margin, key=lambda other: Decimal(other.value or 0))
    high = bisect_right(group, value + margin, key=lambda other: Decimal(other.value or 0))
    return any(_rounds(draft, other) for other in group[low:high][:_MOST])


def _rounds(draft: Draft, other: Draft) -> bool:
    if draft.value is None or other.value is None or draft.value == other.value:
        return False
    if draft.phase == "plan" != other.phase or (not draft.in_title and draft.code != other.code):
        return False
    if draft.quantity.approx == "at_least" and other.value < draft.value:
        return False
    if draft.quantity.approx == "below" and other.value > draft.value:
        return False
    return draft.in_title or len(_digits(draft)) < len(_digits(other))


def _digits(draft: Draft) -> str:
    return str(draft.value).rstrip("0").replace(".", "").strip("-")
