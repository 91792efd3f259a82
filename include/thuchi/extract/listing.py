"""What "lần lượt" gives to whom: "thu nội địa và thu xuất nhập khẩu lần lượt đạt 61,9% và 59,8%"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thuchi.extract.lexing import Unit, Units


@dataclass(frozen=True, slots=True)
class Share:
    """One quantity of a list: the unit that it is said of, and where the list begins and ends."""

    subject: int
    first: int
    last: int

    def as_if_alone(self, units: Units, at: int) -> tuple[Units, int]:
        """The sentence as if it named this quantity only: the verb before the list and the comparison after it are
        shared by all of its numbers."""
        return Units([*units[: self.first], units[at], *units[self.last + 1 :]], units.lists), self.first


def distributed(units: Units) -> dict[int, Share]:
    """For each quantity of a list that "lần lượt" opens, its share; empty where subjects are fewer than numbers."""
    shares: dict[int, Share] = {}
    if "respectively" not in units.kinds:
        return shares
    for at, unit in enumerate(units):
        if unit.kind != "respectively":
            continue
        numbers = _numbers_after(units, at)
        subjects = _subjects_before(units, at, len(numbers))
        if len(numbers) > 1 and len(subjects) == len(numbers):
            shares.update(
                (number, Share(subject, numbers[0], numbers[-1]))
                for subject, number in zip(subjects, numbers, strict=True)
            )
    return shares


def _numbers_after(units: Sequence[Unit], at: int) -> list[int]:
    numbers: list[int] = []
    for index in range(at + 1, len(units)):
        unit = units[index]
        if unit.quantity is not None:
            if numbers and unit.quantity.unit != units[numbers[0]].quantity.unit:  # type: ignore[union-attr]
                break
            numbers.append(index)
        elif (numbers and unit.text not in (",", "và", ";")) or unit.text in (";", "."):
            break
    return numbers


def _subjects_before(units: Sequence[Unit], at: int, count: int) -> list[int]:
    """The last `count` indicators before the list, or the last `count` places."""
    for wanted in ("indicator", "area"):
        found = [
            index
            for index, unit in enumerate(units[:at])
            if (
                unit.indicator is not None and unit.indicator.strength != "weak"
                if wanted == "indicator"
                else _names(unit) and units[index - 1].text != "("
            )
        ]
        if count and len(found) >= count:
            return found[-count:]
    return []


def _names(unit: Unit) -> bool:
    return unit.area is not None and not unit.area.organ and bool(unit.area.candidates)
