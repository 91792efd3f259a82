"""Arithmetic between the figures of an article: it decides between two readings of the same words, and is recorded.

Plan × percentage = amount, and this year = last year × (1 + change). Nothing is computed here that isn't printed: a
reading is only confirmed, contradicted, or preferred to another that the words allow as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from thuchi.extract.draft import Draft
from thuchi.model import Evidence

CHECK = "arithmetic"
"""The key of the outcome among a figure's evidence."""
_HALF = Decimal("0.5")


def checked(drafts: Sequence[Draft]) -> list[Draft]:
    """The figures, each percentage with what the amounts beside it say of it."""
    return [_checked(draft, drafts) if draft.measure == "pct_of_plan" else draft for draft in drafts]


def _checked(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Tests a percentage of plan against its amount and plan; where they refute it, another reading may fit them."""
    if draft.value is None or draft.quantity.approx != "exact":
        return draft
    pairs = list(_amounts(draft, draft.code, drafts))
    if any(_fits(draft.value, done, plan) for done, plan in pairs):
        return _noted(draft, draft, "amount and plan give the same percentage")
    for other in _other_readings(draft):
        for done, plan in pairs:
            if _fits(other, done, plan):
                told = replace(draft, value=other)
                return _noted(told, draft, f"{_short(done)} of {_short(plan)} is {other}%, not {draft.value}%")
    if not pairs:
        return _of_the_total(draft, drafts)
    # Several named parts share one code, so theirs may be another part's amounts.
    clear = len(pairs) == 1 and not draft.code.endswith(".item")
    return _noted(draft, draft, "amount and plan give another percentage") if clear else draft


def _other_readings(draft: Draft) -> Iterable[Decimal]:
    """ "vượt 112% dự toán" may mean 212, or in a loose hand 112."""
    words = draft.verb
    value = Decimal(draft.value or 0)
    if words == "exceed" and value >= 200:
        yield value - 100
    elif words == "reach_exceed" and value < 200:
        yield value + 100


def _of_the_total(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """ "tổng thu 223 tỷ, trong đó … 221 tỷ, đạt 23% chỉ tiêu": a percentage after a part is the total's where only the
    total's plan is known and gives it."""
    family, _, part = draft.code.partition(".")
    if not part or draft.value is None:
        return draft
    for done, plan in _amounts(draft, family, drafts):
        if draft.follows_part and _fits(draft.value, done, plan):
            return _noted(replace(draft, code=family), draft, f"{_short(done)} of {_short(plan)} is {draft.value}%")
    return draft


def _amounts(draft: Draft, code: str, drafts: Sequence[Draft]) -> Iterable[tuple[Draft, Draft]]:
    """What was reached and what was planned of the same thing, in the same place and year."""
    alike = [
        other
        for other in drafts[:_MOST]
        if other.measure == "amount" and other.code == code and other.area.area is draft.area.area and other.value
    ]
    done = [other for other in alike if other.phase == draft.phase and other.period.span == draft.period.span]
    plans = [other for other in alike if other.phase == "plan" and other.period.year == draft.period.year]
    return ((one, plan) for one in done for plan in plans)


_MOST = 400
"""Figures that are looked through; an article has some tens."""


def _fits(percent: Decimal | int, done: Draft, plan: Draft) -> bool:
    """Whether done / plan is the percentage, within the rounding of the printed digits."""
    stated, amount, whole = Decimal(percent), Decimal(done.value or 0), Decimal(plan.value or 0)
    rounding = _unit_of_last_digit(stated) * _HALF  # "50,0%" is precise to a tenth
    loose = Decimal("0.001") + _slack(done) + _slack(plan)
    share = amount / whole * 100
    return abs(share - stated) <= rounding + share * loose


def _slack(draft: Draft) -> Decimal:
    """How far an amount may be off, as a share: "gần 1.584 tỷ" by its last printed digit."""
    value = Decimal(draft.value or 0)
    return Decimal(0) if draft.quantity.approx == "exact" else _unit_of_last_digit(value.normalize()) / value


def _unit_of_last_digit(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(10) ** (exponent if isinstance(exponent, int) else 0)


def _short(draft: Draft) -> str:
    return f"{Decimal(draft.value or 0) / 10**9:f} tỷ"


def _noted(draft: Draft, source: Draft, note: str) -> Draft:
    quantity = source.quantity
    told = Evidence("arithmetic", quantity.number_start, quantity.number_end, note)
    return replace(draft, evidence={**draft.evidence, CHECK: told})
