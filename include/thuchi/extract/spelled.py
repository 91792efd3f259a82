"""Quantities in words: "sáu trăm năm mươi tỷ", "ba phần tư", "gấp rưỡi", "hơn tỷ rưỡi đồng"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from thuchi.extract.approximation import is_multiple, word_before
from thuchi.extract.numbers import NUMBER_WORDS, SPACE, SPELLED, read_words
from thuchi.extract.units import CURRENCY, DOLLAR, PERCENT, UnitName, factor_of, is_sum

_O, _S = rf"{SPACE}{{0,3}}", rf"{SPACE}{{1,3}}"
_UNITS = (
    "%", "tỷ", "tỉ", "triệu", "nghìn", "ngìn", "ngàn", "điểm %", "điểm p", "lần", "đồng", "usd",
    *(f"phần {letter}" for letter in "thbnscm"),
)  # fmt: skip
# A scale before a unit ("tỷ đồng") follows a number word in its turn, or digits.
_BEFORE_UNIT = NUMBER_WORDS - {"nghìn", "ngàn", "ngìn", "vạn", "triệu", "tỷ", "tỉ"}
_UNIT = re.compile(
    rf"{_O}(?:(?P<pct>{PERCENT})|(?P<points>điểm{_O}{PERCENT})"
    rf"|phần{_S}(?P<fraction>hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)(?!\w)|(?P<times>lần(?!\w))"
    rf"|(?P<currency>{CURRENCY})|(?P<dollars>{DOLLAR}))"
)
_TIMES = re.compile(rf"gấp(?<!\wgấp){_S}(?P<n>đôi|rưỡi|ba|bốn|năm|sáu|mười)(?!\w)(?!{_S}lần)")
_IMPLIED_ONE = re.compile(
    rf"(?:hơn|gần|ngót|trên){_S}(?P<scale>(?:(?:trăm|nghìn|ngàn|chục){_S})?(?:tỷ|tỉ|triệu))(?P<half>{_S}rưỡi)?{_S}{CURRENCY}"
)
_ONE_BEFORE = re.compile(rf"một{_S}\Z")
_HALF = re.compile(rf"nửa(?={_S}(?:so{_S}với|dự{_S}toán|kế{_S}hoạch|chỉ{_S}tiêu)(?!\w))")
_YEARLY = frozenset(
    ["cả", "mỗi", "hàng", "hằng", "trong", "một", "nhiều", "các", "những", "mấy", "tháng", "toàn", "từng"]
)
_BEFORE_ONE = frozenset(["hơn", "gần", "ngót", "trên"])


@dataclass(slots=True)
class Spelled:
    """A quantity in words; `exact` is false where its value had to be rounded ("hai phần ba" is 66.67 %)."""

    start: int
    number_end: int
    end: int
    unit: UnitName
    value: Decimal | None
    """Null where the words are no number ("hai ba tỷ")."""
    exact: bool = True


def find_spelled(low: str) -> Iterator[Spelled]:
    """All quantities in words of a lower-cased text, in no order."""
    words, ones = _gate(low)
    if words:
        for found in SPELLED.finditer(low):
            if spelled := _spelled(low, found):
                yield spelled
    if ones:
        for found in _IMPLIED_ONE.finditer(low):
            factor = Decimal(factor_of(found["scale"]))
            value = factor * 3 / 2 if found["half"] else factor
            yield Spelled(found.start("scale"), found.end("scale"), found.end(), "VND", value)
    if "gấp" in low:
        for found in _TIMES.finditer(low):
            times = {"đôi": Decimal(2), "rưỡi": Decimal("1.5")}.get(found["n"]) or Decimal(
                read_words([found["n"]]) or 0
            )
            yield Spelled(found.start("n"), found.end(), found.end(), "TIMES", times)
    if "nửa" in low:
        for found in _HALF.finditer(low):
            one = _ONE_BEFORE.search(low, max(0, found.start() - 6), found.start())
            yield Spelled((one or found).start(), found.end(), found.end(), "PT", Decimal(50))


def _gate(low: str) -> tuple[bool, bool]:
    """Whether any unit follows a number word, and whether any follows "hơn", "gần" without a number.

    Nearly all units follow digits, so that the search for number words seldom has to run.
    """
    words = ones = False
    for unit in _UNITS:
        at = low.find(unit)
        while at >= 0:
            if not (low[at - 2 : at - 1].isdigit() or low[at - 1 : at].isdigit()):
                before = word_before(low, at)
                words = words or before in _BEFORE_UNIT
                ones = ones or before in _BEFORE_ONE
            at = low.find(unit, at + 1)
    return words, ones


def _spelled(low: str, found: re.Match[str]) -> Spelled | None:
    unit = _UNIT.match(low, found.end())
    if unit is None and not any(scale in found[0] for scale in ("tỷ", "tỉ", "triệu")):
        return None
    words = list(re.finditer(r"\w+", found[0]))
    run, start = [word[0] for word in words], found.start()
    # "cả năm hai trăm tỷ": a year, not a five; but nothing else may be dropped ("hai ba tỷ", "ba nghìn hai tỷ").
    if run[0] == "năm" and len(run) > 1 and (word_before(low, start) in _YEARLY or read_words(run) is None):
        run, start = run[1:], start + words[1].start()
    value = read_words(run)
    if value is not None:
        return _with_unit(low, start, found.end(), unit, value, run)
    unread = unit is not None and unit["currency"] and not {"tỷ", "tỉ", "triệu"}.isdisjoint(run)
    return Spelled(start, found.end(), unit.end(), "VND", None) if unit is not None and unread else None


def _with_unit(
    low: str, start: int, end: int, unit: re.Match[str] | None, value: Decimal, run: list[str]
) -> Spelled | None:
    if unit is None:
        scale = "tỷ" if "tỷ" in run or "tỉ" in run else "triệu"
        return Spelled(start, end, end, "VND", value) if is_sum(low, scale, end) else None
    if unit["fraction"]:
        return _share(start, unit.end(), value, read_words([{"tư": "bốn"}.get(unit["fraction"], unit["fraction"])]))
    if unit["times"]:
        return Spelled(start, end, unit.end(), "TIMES", value) if is_multiple(low, start, unit.end()) else None
    if unit["currency"]:
        return Spelled(start, end, unit.end(), "VND", value) if value >= 100 else None
    name: UnitName = "PT" if unit["pct"] else "PP" if unit["points"] else "USD"
    return Spelled(start, end, unit.end(), name, value)


def _share(start: int, end: int, part: Decimal, whole: Decimal | None) -> Spelled | None:
    """ "ba phần tư" as a percentage: 75; two thirds rounded to 66.67."""
    if not whole or not 0 < part < whole:
        return None
    exact = 100 * part % whole == 0
    return Spelled(
        start, end, end, "PT", 100 * part / whole if exact else (100 * part / whole).quantize(Decimal("0.01")), exact
    )
