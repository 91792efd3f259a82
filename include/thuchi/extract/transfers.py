"""Revenue of a district or commune that includes what it gets from above is its own budget's (`revenue.local`).

The annotation guide's fine point: "tổng thu ngân sách huyện 824 tỷ đồng, trong đó thu bổ sung từ ngân sách tỉnh 645 tỷ
đồng" is not what was collected there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thuchi.extract.draft import Draft

_LEVELS = frozenset({"district", "commune"})
_OPENS = ("trong đó", "cụ thể", "gồm", "bao gồm")
_NEAR = 12
"""Figures after a total among which its parts stand."""


def with_transfers(drafts: Sequence[Draft], folded: str) -> list[Draft]:
    """The figures in their order, totals that the words break down into transfers and others as `revenue.local`."""
    told = list(drafts)
    for at, total in enumerate(drafts):
        if _may_include(total, folded) and any(
            _is_part(total, part, folded) for part in drafts[at + 1 : at + 1 + _NEAR]
        ):
            said = total.evidence["indicator"]
            for index in range(at, min(at + _NEAR, len(drafts))):
                draft = drafts[index]
                if draft.code == "revenue" and draft.evidence["indicator"].start == said.start:
                    told[index] = replace(draft, code="revenue.local")
    return told


def _may_include(draft: Draft, folded: str) -> bool:
    """Whether a figure is a whole of a lower unit, and the words do not say that it was collected on its territory."""
    area = draft.area.area
    if draft.code != "revenue" or draft.measure != "amount" or area is None or area.level not in _LEVELS:
        return False
    return "địa bàn" not in folded[draft.start : draft.end]


def _is_part(total: Draft, part: Draft, folded: str) -> bool:
    if part.code != "revenue.transfer" or part.measure != "amount" or part.area.area is not total.area.area:
        return False
    smaller = part.value is not None and total.value is not None and part.value < total.value
    same = part.phase == total.phase and part.period.span == total.period.span
    between = folded[total.end : part.start]
    return smaller and same and any(word in between for word in _OPENS) and "tổng chi" not in between
