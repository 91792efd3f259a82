"""Numbers with their units: money, percentages, percentage points, dollars and "gấp 2 lần".

A number without a unit is no quantity; table code reads bare cells with `numbers.read_number` and the unit
that `units.read_unit` finds in a heading ("Đơn vị tính: tỷ đồng").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from thuchi.extract.approximation import (
    and_above,
    approximation,
    is_multiple,
    is_negative,
    multiplier_start,
    word_before,
)
from thuchi.extract.numbers import DIGITS, NUMBER_FORMAT, SPACE, Convention, Number, convention_of, lowered, read_digits
from thuchi.extract.spans import Quantity
from thuchi.extract.spelled import find_spelled
from thuchi.extract.units import CURRENCY, MEASURE, SCALE, UnitName, factor_of, is_safe_after, is_sum

SPACED = "spaced_number"
"""Doubt: blanks stand within the number ("1. 584 tỷ", "22, 87 tỷ"); without its first part it reads otherwise."""
UNIT_UNKNOWN = "unit_unknown"
"""Doubt: a word stands where the scale should, but it is none that is known ("150 tỵ đồng")."""
FRACTION_OF_DONG = "fraction_of_dong"
"""Doubt: the amount is no whole number of đồng ("10,5 đồng")."""

_O = rf"{SPACE}{{0,3}}"
# The digit comes first, so that the search skips from digit to digit; then what may not stand before it: a letter, but
# for those of "bằng198,4%" and "đạt97%". What follows it is atomic: no unit begins within a number, and to look for one
# after each digit of "2023" took half of the time.
_MEASURED = re.compile(
    rf"(?P<a>\d(?:(?<!\w\d)|(?<=(?:ằng|đạt|gần|hơn|rên|ăng|iảm|ượt)\d))(?<!\d[.,]\d)(?>{DIGITS[2:]}))"
    rf"(?:{_O}(?P<join>[-–—−~÷/]|(?:đến|tới)(?!\w)){_O}(?P<b>(?>{DIGITS})))?{_O}{MEASURE}"
)
_DOLLARS_FIRST = re.compile(rf"\$\s?(?P<a>{DIGITS})(?!\d)")
_PART = re.compile(
    rf"{SPACE}{{1,3}}(?:(?:và|lẻ|linh){SPACE}{{1,3}})?(?P<n>{DIGITS}){_O}(?P<scale>{SCALE})?(?:{_O}(?P<currency>{CURRENCY}))?"
)
_SHARE = re.compile(r"/(?<=\d/)(?P<whole>\d{1,2})(?=\s{1,3}(?:dự\s{1,3}toán|kế\s{1,3}hoạch)(?!\w))")
_PART_OF_SHARE = re.compile(r"\d(?<!\w\d)(?<![/.,]\d)\d?\Z")
_LISTED = re.compile(rf"(?<!\w)(?P<list>{DIGITS}(?:[,;]\s{{1,3}}{DIGITS}){{0,12}})\s{{1,3}}và\s{{1,3}}\Z")
# "1. 584", "1 .584", "22 ,87", "1 584": what may stand before the last part of a number torn apart.
_HEAD = re.compile(
    rf"(?<![\w.,/-])(?P<head>[1-9]\d{{0,2}}(?:[.]\d{{3}}|{SPACE}\d{{3}}){{0,4}})(?P<gap>{SPACE}{{1,2}}[.,]|[.,]?{SPACE}{{1,2}})\Z"
)
_GOVERNS = frozenset(
    ["đạt", "là", "ước", "được", "hơn", "gần", "trên", "khoảng", "chừng", "xỉ", "với", "thu", "chi", "ngân", "bằng",
     "tới", "lên", "còn", "có", "hiện", "tăng", "giảm", "vượt", "giao", "trí", "toán"]
)  # fmt: skip
"""Words after which digits are a number of their own, not that of a heading or a date."""
_NUMBERED = frozenset(
    ["quận", "phường", "khu", "tổ", "xóm", "thôn", "ấp", "lô", "đợt", "lần", "gói", "nhóm", "loại", "hạng", "cấp",
     "đoạn", "điểm", "phần", "bảng", "biểu", "lớp", "vùng", "tuyến", "đai", "đường", "metro", "vụ", "pha", "và"]
)  # fmt: skip
"""Words after which one digit counts what they name: "đợt 2 350 tỷ đồng", "metro số 1 …", "Quận 3 412 tỷ đồng"."""
_SCALED_AFTER = re.compile(
    rf"{SPACE}{{1,3}}(?P<n>\d{{1,3}}){SPACE}{{1,3}}(?P<lead>(?:nghìn|ngàn){SPACE}{{1,3}})?(?P<base>tỷ|tỉ)(?!\w)"
    rf"(?:{_O}(?P<currency>{CURRENCY}))?"
)
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
        doubts = () if spelled.value is not None else (NUMBER_FORMAT,)
        quantity = _quantity(low, spelled.start, spelled.number_end, spelled.end, spelled.unit, spelled.value, doubts)
        rounded = not spelled.exact and quantity.approx == "exact"
        yield replace(quantity, approx="about") if rounded else quantity


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
            numerator = _PART_OF_SHARE.search(low, max(0, found.start() - 2), found.start())
            part, whole = int(numerator[0]) if numerator else 0, int(found["whole"])
            if numerator and 0 < part < whole and 100 * part % whole == 0:  # "đạt 3/4 kế hoạch"
                yield _quantity(low, numerator.start(), found.end(), found.end(), "PT", Decimal(100 * part // whole))


def _measured(low: str, found: re.Match[str], convention: Convention) -> Iterator[Quantity]:
    join, scale, odd = found.group("join", "scale", "odd")
    if scale in ("nghìn", "ngàn", "triệu") and (scaled := _thousands_of_billions(low, found, convention)):
        yield scaled
        return
    unit = _unit_of(low, found)
    if unit is None:
        return
    money = unit in ("VND", "USD")
    factor = factor_of(scale) if money else 1
    plain = unit == "VND" and not scale and not odd
    start, stop = found.span("b" if join else "a")
    number = _number_at(low, start, stop, convention, plain)
    if plain and not _is_money(low, found, number.value):
        return
    if odd:
        number = _unknown(number)
    if scale:
        amount, number_end, end = _with_parts(low, found, number, factor, convention)
    else:
        amount, number_end, end = number.value, number.end, found.end()
    alternative = None if number.other is None else number.other * factor
    last = _quantity(low, number.start, number_end, end, unit, amount, number.doubts, alternative)
    if join is None or _is_calendar(low, found):
        if low[number.start - 3 : number.start - 1] == "và":
            yield from _listed_before(low, number.start, unit, factor, convention)
        yield last
        return
    first = _number_at(low, *found.span("a"), convention, plain)
    if odd:
        first = _unknown(first)
    lower = None if first.value is None else first.value * factor
    if join == "/":
        if money:
            yield _quantity(low, first.start, first.end, first.end, unit, lower, first.doubts)
        yield last
    elif lower is not None and amount is not None and lower < amount:
        quantity = _quantity(low, first.start, number.end, end, unit, lower, number.doubts + first.doubts)
        yield replace(quantity, value_to=_as_unit(unit, amount))
    else:
        yield last


def _unknown(number: Number) -> Number:
    return replace(number, value=None, other=None, doubts=(*number.doubts, UNIT_UNKNOWN))


def _number_at(low: str, start: int, end: int, convention: Convention, plain: bool) -> Number:
    """The number whose last digits are `low[start:end]`, put together where blanks tear it apart.

    After a word that governs it ("đạt 1. 584 tỷ") the parts are one number, with a doubt; "22 ,87" can be no other.
    """
    value, doubts, other = read_digits(low[start:end], convention, measured=not plain)
    alone = Number(start, end, value, doubts, other)
    if low[start - 1 : start] not in _TEARS or not (
        low[start - 2 : start - 1].isdecimal() or low[start - 3 : start - 2].isdecimal()
    ):
        return alone
    torn = _HEAD.search(low, max(0, start - 24), start)
    if torn is None or not (mark := _mark_of(torn, low[start:end])):
        return alone
    before = word_before(low, torn.start())
    certain = torn["gap"][-1] in ".," or not torn["head"].isdecimal()
    # "chi đầu tư phát triển 1 865 tỷ đồng"; a quote may begin at its number
    thousands = torn["gap"].isspace() and before.isalpha() and before not in _NUMBERED
    governed = before in _GOVERNS or thousands or torn.start() == 0
    if before in _CALENDAR or not (certain or governed):
        return alone
    head = re.sub(SPACE, ".", torn["head"])
    joined, more, _ = read_digits(f"{head}{mark}{low[start:end]}", convention, measured=not plain)
    if joined is None:
        return alone
    return Number(torn.start(), end, joined, more if certain else (*more, SPACED), None if certain else value)


_TEARS = frozenset(" \t\u00a0\u2002\u2003\u2009\u200a\u202f.,")


def _mark_of(torn: re.Match[str], last: str) -> str | None:
    """The separator that the gap stands for; null where the last part cannot continue the first."""
    if "," in torn["gap"]:
        return "," if last.isdecimal() and len(last) <= 3 else None
    return "." if re.match(r"\d{3}(?!\d)", last) else None


def _thousands_of_billions(low: str, found: re.Match[str], convention: Convention) -> Quantity | None:
    """ "17 nghìn 500 tỷ đồng", "1 triệu 620 nghìn tỷ đồng": one amount in billions, counted in two steps."""
    scale = found["scale"]
    if found["b"] or found["currency"] or found["dollars"]:
        return None
    after = _SCALED_AFTER.match(low, found.end())
    value = read_digits(found["a"], convention)[0] if after else None
    if after is None or value is None:
        return None
    factor, step = factor_of(scale), 1000 if after["lead"] else 1
    rest = int(after["n"]) * step
    if rest >= factor or (scale == "triệu" and not after["lead"]):
        return None
    amount = (value * factor + rest) * 10**9
    return _quantity(low, found.start("a"), after.end("n"), after.end(), "VND", amount)


def _listed_before(low: str, start: int, unit: UnitName, factor: int, convention: Convention) -> Iterator[Quantity]:
    """The numbers of "lần lượt là 10, 12,5 và 30 tỷ đồng" that share the unit of the last."""
    if low.rfind("lần lượt", max(0, start - 120), start) < 0:
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
    percent, points, times, scale = found.group("pct", "points", "times", "scale")
    if percent:
        return "PP" if found["pp"] else "PT"
    if points:
        return "PP"
    if times:
        return "TIMES" if is_multiple(low, found.start(), found.end()) else None
    if found["dollars"] or found["usd"]:
        return "USD"
    if scale and not found["currency"] and not is_sum(low, scale, found.end()):
        return None
    return "VND"


def _with_parts(
    low: str, found: re.Match[str], whole: Number, factor: int, convention: Convention
) -> tuple[Decimal | None, int, int]:
    """The amount with what follows it: "223 tỷ 550 triệu đồng", "1 tỷ 200", "2 tỷ rưỡi"; the ends of its
    number ("223 tỷ 550") and of it all."""
    number_end, end = whole.end, found.end()
    if whole.value is None:
        return None, number_end, end
    half, currency, dollars = found.group("half", "currency", "dollars")
    total = whole.value * factor
    if half:
        return total + factor // 2, found.end("half"), end
    if dollars:
        return total, number_end, end
    last = factor
    while part := _PART.match(low, end):
        number, doubts, _ = read_digits(part["n"], convention)
        part_factor = factor_of(part["scale"])
        if part["scale"] is None and part["currency"] is None:
            # "1 tỷ 200" is 1.200 triệu; any other bare number belongs to what follows it.
            if len(part["n"]) != 3 or not is_safe_after(low, part.end()) or last < 10**6 or currency:
                break
            part_factor = last // 1000
        if number is None or doubts or part_factor * number >= last or (currency and not part["currency"]):
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
    if unit == "TIMES":
        first = multiplier_start(low, first)
    amount = _as_unit(unit, value)
    if amount is None and value is not None:
        doubts = (*doubts, FRACTION_OF_DONG)
    return Quantity(first, end, start, number_end, unit, amount, approx, doubts, None, _as_unit(unit, other))


def _as_unit(unit: str, value: Decimal | None) -> int | Decimal | None:
    """Whole đồng as an integer, and null where there is a fraction of one; any other unit as it is."""
    if value is None or unit != "VND":
        return value
    whole = int(value)
    return whole if whole == value else None


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
