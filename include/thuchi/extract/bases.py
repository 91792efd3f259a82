"""Who assigned the plan that a percentage is of: "dự toán HĐND tỉnh giao", "kế hoạch Thủ tướng giao"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from thuchi.extract.lexing import Unit
from thuchi.model import Basis

BASES = frozenset({"central", "province", "city", "council", "district", "commune", "adjusted"})
_OWN_PLANS: dict[str, Basis | Literal["city"]] = {
    "tỉnh": "province", "thành phố": "city", "huyện": "district", "quận": "district", "thị xã": "district",
}  # fmt: skip


@dataclass(slots=True)
class Base:
    """Who assigned the plan that a percentage is of, and the words that say so."""

    basis: Basis | Literal["city", "commune"]
    start: int
    end: int


def bases_of(after: Sequence[Unit]) -> tuple[Base, ...]:
    """Who assigned the plan. "dự toán cả Trung ương lẫn HĐND" is two; "sau điều chỉnh" beats the assigner."""
    found: list[Base] = []
    for index, unit in enumerate(after):
        if unit.kind in BASES:
            found.append(Base(unit.kind, unit.start, unit.end))  # type: ignore[arg-type]
        elif unit.area is not None and index and after[index - 1].plans and unit.text in _OWN_PLANS:
            found.append(Base(_OWN_PLANS[unit.text], unit.start, unit.end))  # "kế hoạch tỉnh và kế hoạch huyện"
        elif unit.kind == "area" and unit.area is not None and not found and unit.area.level == "province":
            found.append(Base("province", unit.start, unit.end))  # "đạt 105% dự toán tỉnh"
    adjusted = [base for base in found if base.basis == "adjusted"]
    if adjusted:
        return (adjusted[0],)
    return tuple({base.basis: base for base in found}.values())


def bases_before(units: Sequence[Unit], at: int) -> tuple[Base, ...]:
    """ "So với kế hoạch Thủ tướng giao (8.402 tỷ đồng), tỷ lệ giải ngân đạt 23,9%"."""
    for index in range(at - 1, max(at - 9, 1), -1):
        if units[index].quantity is not None or units[index].text in ("(", ";"):
            break
        if units[index].text == "," and units[index - 1].kind in BASES:  # "So với kế hoạch Thủ tướng giao, …"
            versus = next((i for i in range(index - 2, max(index - 6, -1), -1) if units[i].kind == "versus"), index)
            return bases_of(units[versus:index])
    named = next((i for i in range(at - 1, max(at - 12, -1), -1) if units[i].text in ("(", ";")), 0)
    if units[named].text != "(" or named < 2 or units[named + 1].measure != "VND" or units[named + 2].text != ")":
        return ()
    versus = next((i for i in range(named - 1, max(named - 6, -1), -1) if units[i].kind == "versus"), named)
    return bases_of(units[versus + 1 : named])
