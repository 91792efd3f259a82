"""Numbers with their units: money, percentages, percentage points, dollars and "gấp 2 lần".

A number without a unit is no quantity; table code reads bare cells with `numbers.read_number` and the unit
that `units.read_unit` finds in a heading ("Đơn vị tính: tỷ đồng").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from thuchi.extract.approximation import and_above, approximation, is_multiple, is_negative, word_before
from thuchi.extract.numbers import DIGITS, SPACE, Convention, convention_of, lowered, read_digits
from thuchi.extract.spans import Quantity
from thuchi.extract.spelled import find_spelled
from thuchi.extract.units import CURRENCY, MEASURE, SCALE, UnitName, factor_of, is_safe_after, is_sum

UNIT_UNKNOWN = "unit_unknown"
"""Doubt: a word stands where the scale should, but it is none that is known ("150 tỵ đồng")."""
FRACTION_OF_DONG = "fraction_of_dong"
"""Doubt: the amount is no whole number of đồng ("10,5 đồng")."""

_O = rf"{SPACE}{{0,3}}"
# The digit comes first, so that the search skips from digit to digit; then what may not stand before it.
_NUMBER = rf"\d(?<!\w\d)(?<!\d[.,]\d){DIGITS[2:]}"
_MEASURED = re.compile(
    rf"(?P<a>{_NUMBER})(?:{_O}(?P<join>[-–—−~÷/]|(?:đến|tới)(?!\w)){_O}(?P<b>{DIGITS}))?{_O}{MEASURE}"
)
_DOLLARS_FIRST = re.compile(rf"\$\s?(?P<a>{DIGITS})(?!\d)")
_PART = re.compile(
    rf"{SPACE}{{1,3}}(?:(?:và|lẻ|linh){SPACE}{{1,3}})?(?P<n>{DIGITS}){_O}(?P<scale>{SCALE})?(?:{_O}(?P<currency>{CURRENCY}))?"
)
_SHARE = re.compile(r"\d(?<!\w\d)(?<![/.,]\d)\d?/(?P<whole>\d{1,2})(?=\s{1,3}(?:dự\s{1,3}toán|kế\s{1,3}hoạch)(?!\w))")
_LISTED = re.compile(rf"(?<!\w)(?P<list>{DIGITS}(?:[,;]\s{{1,3}}{DIGITS}){{0,12}})\s{{1,3}}và\s{{1,3}}\Z")
_CALENDAR = frozenset(
    ["năm", "tháng", "quý", "ngày", "khoản", "điều", "số", "khóa", "khoá", "mục", "kỳ", "tuần", "sáng", "chiều", "tối"]
)
_RISES = re.compile(r"(?<!\w)(?:tăng|giảm|nâng|hạ|chỉnh|rút|kéo)(?!\w)[^,.;:\n]{0,40}\Z")
_RANGE_JOINT = re.compile(rf"{_O}(?P<joint>[-–—~÷]|(?:đến|tới)){_O}")


def find_quantities(text: str, convention: Convention | None = None) -> list[Quantity]:
    """All quantities of an NFC text, in order, none overlapping another.

    "39,3/19,3 tỷ đồng" gives two, of which the first spans its number only; "5-7%" gives one with `value_to`.

    Args:
        convention: how the text writes numbers; found from `text` itself where null. Give that of the whole
            article when reading a part of it (a quote).
    """
    low = lowered(text)
    convention = convention or convention_of(text)
    found = [*_in_digits(low, convention), *_in_words(low)]
    found.sort(key=lambda quantity: (quantity.number_start, -quantity.end))
    return list(_ranges_joined(low, _apart(found)))


def _apart(found: list[Quantity]) -> Iterator[Quantity]:
    end = 0
    for quantity in found:
        if quantity.number_start >= end:
            yield quantity if quantity.start >= end else replace(quantity, start=quantity.number_start)
            end = quantity.end


def _in_words(low: str) -> Iterator[Quantity]:
    for spelled in find_spelled(low):
        quantity = _quantity(low, spelled.start, spelled.number_end, spelled.end, spelled.unit, spelled.value)
        yield quantity if spelled.exact else replace(quantity, approx="about")


def _in_digits(low: str, convention: Convention) -> Iterator[Quantity]:
    for found in _MEASURED.finditer(low):
        yield from _measured(low, found, convention)
    if "$" in low:
        for found in _DOLLARS_FIRST.finditer(low):
            value, doubts, _ = read_digits(found["a"], Convention("."))
            start = found.start() - 2 if low[found.start() - 2 : found.start()] == "us" else found.start()
            if low[start - 1 : start].isalnum():
                continue  # "VN$"
            yield Quantity(start, found.end(), found.start("a"), found.end("a"), "USD", value, "exact", doubts)
    if "/" in low:
        for found in _SHARE.finditer(low):
            part, whole = int(found[0].split("/")[0]), int(found["whole"])
            if 0 < part < whole and 100 * part % whole == 0:  # "đạt 3/4 kế hoạch"
                yield _quantity(low, found.start(), found.end(), found.end(), "PT", Decimal(100 * part // whole))


def _measured(low: str, found: re.Match[str], convention: Convention) -> Iterator[Quantity]:
    join, whole = found["join"], "b" if found["b"] else "a"
    unit, scale = _unit_of(low, found), found["scale"]
    if unit is None:
        return
    factor = Decimal(factor_of(scale)) if unit in ("VND", "USD") else Decimal(1)
    plain = unit == "VND" and not scale and not found["odd"]
    value, doubts, other = read_digits(found[whole], convention, measured=not plain)
    if plain and not _is_money(low, found, value):
        return
    if found["odd"]:
        value, other, doubts = None, None, (*doubts, UNIT_UNKNOWN)
    amount, number_end, end = _with_parts(low, found, whole, value, factor, convention)
    alternative = None if other is None else other * factor
    last = _quantity(low, found.start(whole), number_end, end, unit, amount, doubts, alternative)
    if join is None or _is_calendar(low, found):
        yield from _listed_before(low, found.start(whole), unit, factor, convention)
        yield last
        return
    first_value, first_doubts, _ = read_digits(found["a"], convention, measured=not plain)
    lower = None if first_value is None or found["odd"] else first_value * factor
    if join == "/":
        if unit in ("VND", "USD"):
            yield _quantity(low, found.start("a"), found.end("a"), found.end("a"), unit, lower, first_doubts)
        yield last
    elif lower is not None and amount is not None and lower < amount:
        quantity = _quantity(low, found.start("a"), found.end("b"), end, unit, lower, doubts + first_doubts)
        yield replace(quantity, value_to=_as_unit(unit, amount)[0])
    else:
        yield last


def _listed_before(low: str, start: int, unit: UnitName, factor: Decimal, convention: Convention) -> Iterator[Quantity]:
    """The numbers of "lần lượt là 10, 12,5 và 30 tỷ đồng" that share the unit of the last."""
    if word_before(low, start) != "và" or low.rfind("lần lượt", max(0, start - 120), start) < 0:
        return
    found = _LISTED.search(low, max(0, start - 120), start)
    if found is None:
        return
    for number in re.finditer(DIGITS, found["list"]):
        value, doubts, other = read_digits(number[0], convention)
        at, end = found.start() + number.start(), found.start() + number.end()
        amount, alternative = value and value * factor, other and other * factor
        yield _quantity(low, at, end, end, unit, amount, doubts, alternative)


def _is_money(low: str, found: re.Match[str], value: Decimal | None) -> bool:
    """Whether a number of plain đồng is money: "61 đ" may be points, "năm 2023 đồng …" a year."""
    if found["dong"] == "đ" and value is not None and value < 100:
        return False
    bare = found["b"] or found["a"]
    return not (bare.isdigit() and len(bare) < 5 and word_before(low, found.start()) in _CALENDAR)


def _unit_of(low: str, found: re.Match[str]) -> UnitName | None:
    if found["pct"]:
        return "PP" if found["pp"] else "PT"
    if found["points"]:
        return "PP"
    if found["times"]:
        return "TIMES" if is_multiple(low, found.start(), found.end()) else None
    if found["dollars"] or found["usd"]:
        return "USD"
    if found["scale"] and not found["currency"] and not is_sum(low, found["scale"], found.end()):
        return None
    return "VND"


def _with_parts(
    low: str, found: re.Match[str], whole: str, value: Decimal | None, factor: Decimal, convention: Convention
) -> tuple[Decimal | None, int, int]:
    """The amount with what follows it: "223 tỷ 550 triệu đồng", "1 tỷ 200", "2 tỷ rưỡi"; the ends of its
    number ("223 tỷ 550") and of it all."""
    number_end, end = found.end(whole), found.end()
    if value is None:
        return None, number_end, end
    total = value * factor
    if found["half"]:
        return total + factor / 2, found.end("half"), end
    if not found["scale"] or found["dollars"]:
        return total, number_end, end
    last = factor
    while part := _PART.match(low, end):
        number, doubts, _ = read_digits(part["n"], convention)
        part_factor = Decimal(factor_of(part["scale"]))
        if part["scale"] is None and part["currency"] is None:
            # "1 tỷ 200" is 1.200 triệu; any other bare number belongs to what follows it.
            if len(part["n"]) != 3 or not is_safe_after(low, part.end()) or last < 10**6 or found["currency"]:
                break
            part_factor = last / 1000
        if number is None or doubts or part_factor * number >= last or (found["currency"] and not part["currency"]):
            break
        total, last = total + number * part_factor, part_factor
        number_end, end = part.end("n"), part.end()
        if part["currency"]:
            break
    return total, number_end, end


def _is_calendar(low: str, found: re.Match[str]) -> bool:
    """Whether the first number belongs to a date or heading: "năm 2022 - 15 tỷ đồng", "31/3 - 50 tỷ"."""
    before = low[found.start() - 1 : found.start()]
    return before in ("/", "-", ".") or word_before(low, found.start()) in _CALENDAR


def _quantity(
    low: str, start: int, number_end: int, end: int, unit: UnitName, value: Decimal | None,
    doubts: tuple[str, ...] = (), other: Decimal | None = None,
) -> Quantity:  # fmt: skip
    if value is not None and is_negative(low, start):
        start, value, other = start - 1, -value, None if other is None else -other
    first, approx = approximation(low, start)
    if approx == "exact":
        end, approx = and_above(low, first, end)
    amount, more = _as_unit(unit, value)
    return Quantity(first, end, start, number_end, unit, amount, approx, doubts + more, None, _as_unit(unit, other)[0])


def _as_unit(unit: str, value: Decimal | None) -> tuple[int | Decimal | None, tuple[str, ...]]:
    if value is None or unit != "VND":
        return value, ()
    return (int(value), ()) if value == value.to_integral_value() else (None, (FRACTION_OF_DONG,))


def _ranges_joined(low: str, found: Iterator[Quantity]) -> Iterator[Quantity]:
    """Two quantities of one unit with "đến" or a dash between are one range: "từ 1 tỷ đến 2 tỷ đồng".

    Not where something moves from one to the other: "tăng từ 5 tỷ đồng đến 7 tỷ đồng".
    """
    before: Quantity | None = None
    for quantity in found:
        joined = before and _joined(low, before, quantity)
        if before and not joined:
            yield before
        before = joined or quantity
    if before:
        yield before


def _joined(low: str, first: Quantity, last: Quantity) -> Quantity | None:
    joint = _RANGE_JOINT.fullmatch(low, first.end, last.start) if last.start - first.end < 12 else None
    if joint is None or first.unit != last.unit or first.value_to is not None or last.value_to is not None:
        return None
    if first.value is None or last.value is None or not first.value < last.value or last.approx != "exact":
        return None
    from_word = word_before(low, first.start) in ("từ", "giữa")
    if joint["joint"] in ("đến", "tới") and not from_word:
        return None
    if from_word and _RISES.search(low, max(0, first.start - 60), first.start):
        return None
    return replace(
        first, end=last.end, number_end=last.number_end, value_to=last.value, doubts=first.doubts + last.doubts
    )
