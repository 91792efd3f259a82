"""Numbers with their units: money, percentages, percentage points, dollars and "gấp 2 lần".

A number without a unit is no quantity; table code reads bare cells with `numbers.read_number` and the unit
that `read_unit` finds in a heading ("Đơn vị tính: tỷ đồng").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from thuchi.extract.numbers import (
    DIGITS,
    SPACE,
    SPELLED,
    Convention,
    convention_of,
    read_digits,
    read_words,
)
from thuchi.extract.spans import Quantity
from thuchi.model import Approx

UNIT_UNKNOWN = "unit_unknown"
"""Doubt: a word stands where the scale should, but it is none that is known ("150 tỵ đồng")."""
FRACTION_OF_DONG = "fraction_of_dong"
"""Doubt: the amount is no whole number of đồng ("10,5 đồng")."""

_POWERS = {
    "chục": 1, "trăm": 2, "nghìn": 3, "ngàn": 3, "ngìn": 3, "nghìnn": 3, "vạn": 4,
    "triệu": 6, "tiệu": 6, "trệu": 6, "triêụ": 6, "triêu": 6, "tr": 6, "tr.": 6,
    "tỷ": 9, "tỉ": 9, "tỹ": 9, "ti": 9, "ty": 9,
}  # fmt: skip
"""Powers of ten of the scale words, misprints seen in earnest included ("7.204 tiệu đồng", "12 tr đồng")."""

_WORDS = r"chục|trăm|nghìnn?|ngàn|ngìn|vạn|triệu|tiệu|trệu|triêụ|triêu|tỷ|tỉ|tỹ"
_GLUED = r"(?=đồng|đ(?!\w)|vn[đd]|(?!\w))"
_CURRENCY = r"(?:đ\s?ồng|dồng|đòng|vn[đd](?!\w)|đ(?![\w/])|₫)"
# đồng chí, đồng bào, đồng bộ, Đồng Tháp … are other words.
_NOT_DONG = rf"(?!{SPACE}+(?:chí|bào|bộ|đội|thời|tình|minh|nghiệp|hồ|bằng|loạt|hương|khởi|thuận|nai|tháp|xoài|hới|lộc|phú)(?!\w))"
_SCALE = (
    rf"(?:(?:{_WORDS}){_GLUED}(?:{SPACE}{{0,3}}(?:{_WORDS}){_GLUED}){{0,2}}"
    # Bare "ti", "ty" and "tr" are scales only before đồng: "15 ti vi", "3 ty", "12 tr."
    rf"|(?:tr\.?|ti|ty)(?={SPACE}{{0,3}}{_CURRENCY}))"
)
_DOLLAR = rf"(?:usd|us\$|đô{SPACE}{{0,2}}-?{SPACE}{{0,2}}la(?:{SPACE}{{1,3}}mỹ)?|\$)"
_PERCENT = rf"(?:%|phần{SPACE}{{1,3}}trăm(?!\w))"
_ODD = r"(?:t[rỵỹỳýìíịĩiy]\w{0,3}|ng\w{1,4})"

_UNIT = (
    rf"(?:(?P<pct>{_PERCENT})(?P<pp>{SPACE}{{0,3}}điểm(?!\w))?"
    rf"|(?P<points>điểm{SPACE}{{0,3}}{_PERCENT})"
    rf"|(?P<times>lần(?!\w))"
    rf"|(?P<scale>{_SCALE})(?:{SPACE}{{0,3}}(?P<half>rưỡi)(?!\w))?"
    rf"(?:{SPACE}{{0,3}}\.?{SPACE}{{0,3}}(?P<currency>{_CURRENCY}){_NOT_DONG}|{SPACE}{{0,3}}(?P<dollars>{_DOLLAR}))?"
    rf"|(?P<dong>{_CURRENCY}){_NOT_DONG}"
    rf"|(?P<usd>{_DOLLAR})"
    rf"|(?P<odd>{_ODD}){SPACE}{{1,3}}đồng(?!\w){_NOT_DONG})"
)
_LEFT = r"(?<!\w)(?<!\d[.,])"
_MEASURED = re.compile(
    rf"{_LEFT}(?P<a>{DIGITS})"
    rf"(?:{SPACE}{{0,3}}(?P<join>[-–—−~÷/]|(?:đến|tới)(?!\w)){SPACE}{{0,3}}(?P<b>{DIGITS}))?"
    rf"{SPACE}{{0,3}}(?:{_UNIT})",
    re.IGNORECASE,
)
_DOLLARS_FIRST = re.compile(rf"(?<![\w$])(?:us)?\$\s?(?P<a>{DIGITS})(?!\d)", re.IGNORECASE)
_PART = re.compile(
    rf"{SPACE}{{1,3}}(?:(?:và|lẻ|linh){SPACE}{{1,3}})?(?P<n>{DIGITS}){SPACE}{{0,3}}(?P<scale>{_SCALE})?"
    rf"(?:{SPACE}{{0,3}}(?P<currency>{_CURRENCY}){_NOT_DONG})?",
    re.IGNORECASE,
)
_UNIT_AFTER_WORDS = re.compile(
    rf"{SPACE}{{0,3}}(?:(?P<pct>{_PERCENT})|(?P<points>điểm{SPACE}{{0,3}}{_PERCENT})"
    rf"|phần{SPACE}{{1,3}}(?P<fraction>hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)(?!\w)|(?P<times>lần(?!\w))"
    rf"|(?P<currency>{_CURRENCY}){_NOT_DONG}|(?P<dollars>{_DOLLAR}))",
    re.IGNORECASE,
)
_TIMES_WORD = re.compile(r"(?<!\w)gấp\s{1,3}(?P<n>đôi|rưỡi|ba|bốn|năm|sáu|mười)(?!\w)(?!\s+lần)", re.IGNORECASE)
_IMPLIED_ONE = re.compile(
    rf"(?<!\w)(?P<approx>hơn|gần|ngót|trên|cả){SPACE}{{1,3}}(?P<scale>(?:trăm|nghìn|ngàn|chục){SPACE}{{1,3}})?"
    rf"(?P<last>tỷ|tỉ|triệu)(?P<half>{SPACE}{{1,3}}rưỡi)?{SPACE}{{1,3}}{_CURRENCY}{_NOT_DONG}",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?<!\w)(?:một\s{1,3})?nửa(?=\s{1,3}(?:so\s{1,3}với|dự\s{1,3}toán|kế\s{1,3}hoạch|chỉ\s{1,3}tiêu)(?!\w))",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![\w/.,])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?=\s{1,3}(?:dự\s{1,3}toán|kế\s{1,3}hoạch)(?!\w))")

# What may follow an amount whose đồng is left out: "được 1.905 triệu, tăng 3%". Any noun is counted instead.
_SAFE_AFTER = re.compile(
    r"\s*(?:\Z|[,.;:)\]\n\r/|–-]|(?:so|và|để|cho|trong|từ|là|đạt|bằng|tăng|giảm|gồm|của|vượt|thì|với|ở|tại|do|được|đã|"
    r"nhưng|chiếm|tương|mỗi|trở|đến|tới|còn|tức|theo|vào|năm|nên|mà|vốn|tiền|ngân|nguồn|thu|chi|nộp|hỗ|trả)(?!\w))",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s*(?:lệ|trọng|suất|phú|giá|số|lượt|người|con|cây|cái|chiếc|tấn|kg|m2|m3|m²|m³|ha|k?wh|lít|sản\s+phẩm|cổ\s+phiếu|"
    r"trứng|viên|liều|quả|thiết\s+bị|giao\s+dịch|lao\s+động|eur|euro|yên|won|bạt|kíp|nhân\s+dân\s+tệ|ndt|bảng|rúp|hộ|dân)(?!\w)",
    re.IGNORECASE,
)
_CALENDAR = frozenset(
    ["năm", "tháng", "quý", "ngày", "khoản", "điều", "số", "khóa", "khoá", "mục", "kỳ", "tuần", "sáng", "chiều", "tối"]
)
_RISES = re.compile(r"(?<!\w)(?:tăng|giảm|nâng|hạ|chỉnh|rút|kéo)(?!\w)[^,.;:\n]{0,40}\Z", re.IGNORECASE)
_MORE_THAN_TIMES = frozenset(["gấp", "tăng", "bằng", "cao", "vượt", "hơn", "gần", "khoảng", "giảm", "lên"])

_APPROX: dict[tuple[str, ...], Approx] = {
    ("khoảng",): "about", ("chừng",): "about", ("xấp", "xỉ"): "about", ("vào", "khoảng"): "about",
    ("ước", "khoảng"): "about", ("ước", "chừng"): "about", ("trên", "dưới"): "about", ("tầm",): "about",
    ("cỡ",): "about", ("suýt", "soát"): "about", ("gần", "trên"): "about", ("khoảng", "hơn"): "about",
    ("khoảng", "trên"): "about", ("khoảng", "gần"): "about", ("độ", "khoảng"): "about",
    ("hơn",): "at_least", ("trên",): "at_least", ("tối", "thiểu"): "at_least", ("ít", "nhất"): "at_least",
    ("không", "dưới"): "at_least", ("không", "thấp", "hơn"): "at_least", ("tối", "thiểu", "là"): "at_least",
    ("qua", "mốc"): "at_least", ("vượt", "mốc"): "at_least", ("quá",): "at_least", ("tối", "thiểu", "từ"): "at_least",
    ("ít", "nhất", "là"): "at_least",
    ("gần",): "below", ("dưới",): "below", ("ngót",): "below", ("ngót", "nghét"): "below",
    ("chưa", "đầy"): "below", ("chưa", "đến"): "below", ("chưa", "tới"): "below", ("không", "quá"): "below",
    ("tối", "đa"): "below",
}  # fmt: skip
_COMPARATIVES = frozenset(["cao", "thấp", "nhiều", "ít", "lớn", "nhỏ", "kém", "tốt", "nhanh"])
_LAST_WORDS = frozenset(words[-1] for words in _APPROX)
_AND_ABOVE = re.compile(r"(?P<between>[^.;:\n%\d]{0,40}?)(?<!\w)trở\s{1,3}(?P<way>lên|xuống)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit stated apart from its numbers: "Đơn vị tính: tỷ đồng" is VND with factor 1000000000."""

    unit: Literal["VND", "PT", "USD"]
    factor: int


def find_quantities(text: str, convention: Convention | None = None) -> list[Quantity]:
    """All quantities of an NFC text, in order, none overlapping another.

    "39,3/19,3 tỷ đồng" gives two, of which the first spans its number only; "5-7%" gives one with `value_to`.

    Args:
        convention: how the text writes numbers; found from `text` itself where null. Give that of the whole
            article when reading a part of it (a quote).
    """
    convention = convention or convention_of(text)
    found = [*_in_digits(text, convention), *_in_words(text)]
    found.sort(key=lambda quantity: (quantity.start, -quantity.end))
    return list(_ranges_joined(text, _apart(found)))


def read_unit(words: str) -> Unit | None:
    """The unit that a heading states ("tỷ đồng", "triệu đ", "%", "1.000 đồng"); null if it states none."""
    words = " ".join(words.split())
    found = _MEASURED.match(words if words[:1].isdigit() else f"1 {words}")
    if found is None or found["b"]:
        return None
    factor = int(re.sub(r"\D", "", found["a"])) * _factor(found["scale"])
    if found["pct"] and not found["pp"]:
        return Unit("PT", 1)
    if found["dollars"] or found["usd"]:
        return Unit("USD", factor)
    return Unit("VND", factor) if found["scale"] or found["dong"] else None


def _apart(found: list[Quantity]) -> Iterator[Quantity]:
    end = 0
    for quantity in found:
        if quantity.number_start >= end:
            # An approximation word that the quantity before has taken ("trên" of "70% trở lên") stays there.
            yield quantity if quantity.start >= end else replace(quantity, start=quantity.number_start)
            end = quantity.end


def _factor(scale: str | None) -> int:
    """1000000000000 of "nghìn tỷ"; 1 of no scale."""
    power = 0
    for word in re.findall(r"[^\W\d]+", scale or ""):
        known = _POWERS.get(word.lower())
        if known is None:  # "tỷđồng" and "triệutỷ" are one run of letters
            known = sum(_POWERS[part] for part in re.findall(_WORDS, word.lower()))
        power += known
    return int(10**power)


# --- digits -----------------------------------------------------------------------------------------------


def _in_digits(text: str, convention: Convention) -> Iterator[Quantity]:
    for found in _MEASURED.finditer(text):
        yield from _measured(text, found, convention)
    if "$" in text:
        for found in _DOLLARS_FIRST.finditer(text):
            value, doubts, other = read_digits(found["a"], Convention(".", True))
            yield Quantity(found.start(), found.end(), found.start("a"), found.end("a"), "USD", value, "exact", doubts)
    for found in _SLASHED.finditer(text):
        part, whole = int(found["a"]), int(found["b"])
        if 0 < part < whole:
            yield _share(text, found.start(), found.end(), part, whole)


def _measured(text: str, found: re.Match[str], convention: Convention) -> Iterator[Quantity]:
    join, whole = found["join"], "b" if found["b"] else "a"
    unit, scale = _unit_of(text, found), found["scale"]
    if unit is None:
        return
    factor = Decimal(_factor(scale)) if unit in ("VND", "USD") else Decimal(1)
    plain = unit == "VND" and not scale and not found["odd"]
    value, doubts, other = read_digits(found[whole], convention, measured=not plain)
    if plain and not _is_money(found, value):
        return
    if found["odd"]:
        value, other, doubts = None, None, (*doubts, UNIT_UNKNOWN)
    amount, number_end, end = _with_parts(text, found, whole, value, factor, convention)
    alternative = None if other is None else other * factor
    last = _quantity(text, found.start(whole), number_end, end, unit, amount, doubts, alternative)
    if join is None or _is_calendar(text, found):
        yield last
        return
    first_value, first_doubts, _ = read_digits(found["a"], convention, measured=not plain)
    low = None if first_value is None or found["odd"] else first_value * factor
    if join == "/":
        if unit in ("VND", "USD"):
            yield _quantity(text, found.start("a"), found.end("a"), found.end("a"), unit, low, first_doubts, None)
        yield last
    elif low is not None and amount is not None and low < amount:
        yield _range(text, found, end, unit, low, amount, doubts + first_doubts)
    else:
        yield last


def _is_money(found: re.Match[str], value: Decimal | None) -> bool:
    """ "61 đ" may be points and "3 đồng" is no sum of a budget: plain đ and đồng need hundreds."""
    return value is None or value >= 100 or (value > 0 and found["dong"].lower().startswith("vn"))


def _unit_of(text: str, found: re.Match[str]) -> Literal["VND", "PT", "USD", "TIMES", "PP"] | None:
    if found["pct"]:
        return "PP" if found["pp"] else "PT"
    if found["points"]:
        return "PP"
    if found["times"]:
        return "TIMES" if _word_before(text, found.start()) in _MORE_THAN_TIMES else None
    if found["dollars"] or found["usd"]:
        return "USD"
    if found["scale"] and not found["currency"] and not _is_sum(text, found["scale"], found.end()):
        return None
    return "VND"


def _is_sum(text: str, scale: str, end: int) -> bool:
    """Whether a scale without đồng counts money: "650 tỷ" does, "1,2 triệu lượt" and "19 nghìn ha" do not."""
    if _COUNTED.match(text, end):
        return False
    factor = _factor(scale)
    if factor >= 10**9:
        return True
    return factor >= 10**6 and (_SAFE_AFTER.match(text, end) is not None or _PART.match(text, end) is not None)


def _with_parts(
    text: str, found: re.Match[str], whole: str, value: Decimal | None, factor: Decimal, convention: Convention
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
    while part := _PART.match(text, end):
        number, doubts, _ = read_digits(part["n"], convention)
        part_factor = Decimal(_factor(part["scale"]))
        if part["scale"] is None and part["currency"] is None:
            # "1 tỷ 200" is 1.200 triệu; any other bare number belongs to what follows it.
            if len(part["n"]) != 3 or not _SAFE_AFTER.match(text, part.end()) or last < 10**6 or found["currency"]:
                break
            part_factor = last / 1000
        if number is None or doubts or part_factor * number >= last or (found["currency"] and not part["currency"]):
            break
        total, last = total + number * part_factor, part_factor
        number_end, end = part.end("n"), part.end()
        if part["currency"]:
            break
    return total, number_end, end


def _is_calendar(text: str, found: re.Match[str]) -> bool:
    """Whether the first number belongs to a date or heading: "năm 2022 - 15 tỷ đồng", "31/3 - 50 tỷ"."""
    before = text[found.start() - 1 : found.start()]
    return before in ("/", "-", ".") or _word_before(text, found.start()) in _CALENDAR


def _word_before(text: str, start: int) -> str:
    words = text[max(0, start - 24) : start].split()
    return words[-1].lower() if words else ""


def _range(
    text: str, found: re.Match[str], end: int, unit: Literal["VND", "PT", "USD", "TIMES", "PP"],
    low: Decimal, high: Decimal, doubts: tuple[str, ...],
) -> Quantity:  # fmt: skip
    quantity = _quantity(text, found.start("a"), found.end("b"), end, unit, low, doubts, None)
    return replace(quantity, value_to=_as_unit(unit, high)[0])


# --- number words -----------------------------------------------------------------------------------------


def _in_words(text: str) -> Iterator[Quantity]:
    for found in SPELLED.finditer(text):
        if quantity := _spelled(text, found):
            yield quantity
    for found in _TIMES_WORD.finditer(text):
        times = {"đôi": Decimal(2), "rưỡi": Decimal("1.5")}.get(found["n"].lower()) or read_words([found["n"].lower()])
        if times is not None:
            yield _quantity(text, found.start("n"), found.end(), found.end(), "TIMES", times, (), None)
    for found in _IMPLIED_ONE.finditer(text):
        factor = Decimal(_factor(found["scale"]) * _factor(found["last"]))
        value = factor * 3 / 2 if found["half"] else factor
        first = found.start("scale") if found["scale"] else found.start("last")
        yield _quantity(text, first, found.end("last"), found.end(), "VND", value, (), None)
    for found in _HALF.finditer(text):
        yield _quantity(text, found.start(), found.end(), found.end(), "PT", Decimal(50), (), None)


def _spelled(text: str, found: re.Match[str]) -> Quantity | None:
    unit = _UNIT_AFTER_WORDS.match(text, found.end())
    words = list(re.finditer(r"\w+", found[0]))
    scaled = any(word[0].lower() in ("tỷ", "tỉ", "triệu") for word in words)
    if unit is None and not scaled:
        return None
    for first in range(len(words)):
        run = [word[0].lower() for word in words[first:]]
        value = read_words(run)
        if value is None:
            continue
        start = found.start() + words[first].start()
        if run[0] == "năm" and _word_before(text, start) in _YEARLY:
            continue  # "cả năm tỷ lệ …": a year, not a five
        if unit is not None and unit["fraction"]:
            whole = read_words([{"tư": "bốn"}.get(unit["fraction"].lower(), unit["fraction"].lower())])
            return _share(text, start, unit.end(), int(value), int(whole)) if whole and 0 < value < whole else None
        return _spelled_with_unit(text, start, found.end(), unit, value, run)
    return None


_YEARLY = frozenset(
    ["cả", "mỗi", "hàng", "hằng", "trong", "một", "nhiều", "các", "những", "mấy", "tháng", "toàn", "từng"]
)


def _spelled_with_unit(
    text: str, start: int, end: int, unit: re.Match[str] | None, value: Decimal, run: list[str]
) -> Quantity | None:
    if unit is None:
        scale = run[-1] if run[-1] in _POWERS else "tỷ" if "tỷ" in run or "tỉ" in run else "triệu"
        return _quantity(text, start, end, end, "VND", value, (), None) if _is_sum(text, scale, end) else None
    if unit["pct"]:
        return _quantity(text, start, end, unit.end(), "PT", value, (), None)
    if unit["points"]:
        return _quantity(text, start, end, unit.end(), "PP", value, (), None)
    if unit["times"]:
        if _word_before(text, start) not in _MORE_THAN_TIMES:
            return None
        return _quantity(text, start, end, unit.end(), "TIMES", value, (), None)
    if unit["dollars"]:
        return _quantity(text, start, end, unit.end(), "USD", value, (), None)
    return _quantity(text, start, end, unit.end(), "VND", value, (), None) if value >= 100 else None


def _share(text: str, start: int, end: int, part: int, whole: int) -> Quantity:
    """ "ba phần tư" as a percentage: 75; two thirds rounded to 66.67 and said to be about."""
    value = (Decimal(100) * part / whole).quantize(Decimal("0.01")).normalize()
    quantity = _quantity(text, start, end, end, "PT", Decimal(f"{value:f}"), (), None)
    return quantity if value * whole == 100 * part else replace(quantity, approx="about")


# --- what stands around a number --------------------------------------------------------------------------


def _quantity(
    text: str, start: int, number_end: int, end: int, unit: Literal["VND", "PT", "USD", "TIMES", "PP"],
    value: Decimal | None, doubts: tuple[str, ...], other: Decimal | None,
) -> Quantity:  # fmt: skip
    first, approx = _approximation(text, start)
    start, value, other = _signed(text, start, value, other)
    first = min(first, start)
    if approx == "exact":
        end, approx = _and_above(text, first, end)
    amount, more = _as_unit(unit, value)
    return Quantity(first, end, start, number_end, unit, amount, approx, doubts + more, None, _as_unit(unit, other)[0])


def _as_unit(unit: str, value: Decimal | None) -> tuple[int | Decimal | None, tuple[str, ...]]:
    if value is None or unit != "VND":
        return value, ()
    return (int(value), ()) if value == value.to_integral_value() else (None, (FRACTION_OF_DONG,))


def _signed(
    text: str, start: int, value: Decimal | None, other: Decimal | None
) -> tuple[int, Decimal | None, Decimal | None]:
    """A minus sign glued to the number and apart from what is before it: "(-5,2%)", "tăng −9,8%"."""
    sign, before = text[start - 1 : start], text[start - 2 : start - 1]
    if value is None or sign not in ("-", "−") or start < 2 or not (before in "([|:" or before in " \u00a0\t"):
        return start, value, other
    return start - 1, -value, None if other is None else -other


_TOKEN = re.compile(r"[^\s(\[\"“‘'/]+")


def _approximation(text: str, start: int) -> tuple[int, Approx]:
    """Where the approximation word before `start` begins, and what it says; `start` itself where none is."""
    near = max(0, start - 32)
    if text[start - 1 : start] in ("-", "−"):
        start -= 1
    tokens = [(found.start(), found[0].lower()) for found in _TOKEN.finditer(text, near, start)]
    if not tokens or tokens[-1][1] not in _LAST_WORDS:
        return start, "exact"
    words = [word for _, word in tokens]
    if words[-1] == "hơn" and len(words) > 1 and words[-2] in _COMPARATIVES and words[-3:-2] != ["không"]:
        return start, "exact"  # "cao hơn 9,47 điểm %" compares
    for length in (3, 2, 1):
        approx = _APPROX.get(tuple(words[-length:])) if len(words) >= length else None
        if approx is not None:
            return tokens[-length][0], approx
    return start, "exact"


def _and_above(text: str, start: int, end: int) -> tuple[int, Approx]:
    """ "40% trở lên", and "từ 45% kế hoạch vốn trở lên", whose words between are kept out of the span."""
    found = _AND_ABOVE.match(text, end)
    if found is None:
        return end, "exact"
    between = found["between"].strip()
    if between and _word_before(text, start) != "từ":
        return end, "exact"
    return (end if between else found.end()), "at_least" if found["way"].lower() == "lên" else "below"


_RANGE_JOINT = re.compile(rf"{SPACE}{{0,3}}(?P<joint>[-–—~÷]|(?:đến|tới)){SPACE}{{0,3}}", re.IGNORECASE)


def _ranges_joined(text: str, found: Iterator[Quantity]) -> Iterator[Quantity]:
    """Two quantities of one unit with "đến" or a dash between are one range: "từ 1 tỷ đến 2 tỷ đồng".

    Not where something moves from one to the other: "tăng từ 5 tỷ đồng đến 7 tỷ đồng".
    """
    before: Quantity | None = None
    for quantity in found:
        joined = before and _joined(text, before, quantity)
        if before and not joined:
            yield before
        before = joined or quantity
    if before:
        yield before


def _joined(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    joint = _RANGE_JOINT.fullmatch(text, low.end, high.start) if high.start - low.end < 12 else None
    if joint is None or low.unit != high.unit or low.value_to is not None or high.value_to is not None:
        return None
    if low.value is None or high.value is None or not low.value < high.value or high.approx != "exact":
        return None
    from_word = _word_before(text, low.start) in ("từ", "giữa")
    if joint["joint"].lower() in ("đến", "tới") and not from_word:
        return None
    if from_word and _RISES.search(text, max(0, low.start - 60), low.start):
        return None
    return replace(low, end=high.end, number_end=high.number_end, value_to=high.value, doubts=low.doubts + high.doubts)
