"""One phrase read on its own: `thuchi phrase "quý I/2023"`.

The same readers as for articles, and what only a phrase may mean without its article: weekdays, "hôm qua",
"2 tháng qua" as a span of the calendar, "100k", "2tr5". The conventions, and where other libraries choose
otherwise, are in docs/phrases.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from thuchi.extract.numbers import DIGITS, SPACE, Convention, convention_of, lowered, read_digits, read_words
from thuchi.extract.periods import find_periods, resolve
from thuchi.extract.quantities import find_quantities
from thuchi.extract.spans import DateSpan, PeriodMention, Quantity

PhraseKind = Literal["numeral", "money", "percent", "date", "period"]
Scalar = int | Decimal | str | None


@dataclass(frozen=True, slots=True)
class PhraseReading:
    """What `text[start:end]` means.

    `value` is a number, VND, a percentage or an ISO date; for a period and a range of numbers a list of two,
    null for an open side; null alone where a date or period needs a reference date that was not given.
    """

    kind: PhraseKind
    value: Scalar | list[Scalar]
    start: int
    end: int

    def as_json(self, phrase: str) -> dict[str, object]:
        """The line that `thuchi phrase` prints: {"input", "kind", "value", "start", "end"}."""
        value = [_plain(side) for side in self.value] if isinstance(self.value, list) else _plain(self.value)
        return {"input": phrase, "kind": self.kind, "value": value, "start": self.start, "end": self.end}


def read_phrase(text: str, reference: date | None) -> PhraseReading | None:
    """The longest number, amount, date or period in `text`; null where it holds none.

    A bare number is read only where it is the whole phrase. `reference` says what "năm nay" means, and gives
    the year to dates without one.
    """
    text = unicodedata.normalize("NFC", text)
    readings = [*_numerals(text), *_amounts(text), *_calendar(text, reference), *_days(text, reference)]
    return max(readings, key=lambda reading: (reading.end - reading.start, -reading.start), default=None)


def nothing_read(phrase: str) -> dict[str, object]:
    """The line for a phrase that says no number, amount, date or period."""
    return {"input": phrase, "kind": None, "value": None, "start": None, "end": None}


def _plain(value: Scalar) -> int | float | str | None:
    """A number as JSON has it; whole ones without a point, so that no large amount is rounded."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


# --- numbers ----------------------------------------------------------------------------------------------

_SUFFIX = {
    "k": 3, "m": 6, "tr": 6, "triệu": 6, "g": 9, "t": 9, "b": 9, "tỷ": 9, "tỉ": 9, "vạn": 4, "nghìn": 3,
    "ngàn": 3, "trăm": 2,
}  # fmt: skip
_SUFFIXES = "|".join(sorted(_SUFFIX, key=len, reverse=True))
_NUMERAL = re.compile(
    rf"\s*(?P<sign>[-−+])?(?P<n>[.,]?{DIGITS})"
    rf"(?:{SPACE}{{0,2}}(?P<scale>(?:{_SUFFIXES})(?:{SPACE}{{0,2}}(?:{_SUFFIXES})){{0,2}})"
    rf"(?P<rest>\d{{1,3}})?)?\s*"
)
_SHORT_MONEY = re.compile(
    rf"(?P<low>(?:kém|ít|thấp|nhỏ){SPACE}hơn{SPACE})?(?<!\w)(?P<n>{DIGITS}){SPACE}{{0,2}}"
    rf"(?P<scale>k|m|g){SPACE}{{0,2}}(?:đồng|vnđ|vnd|đ)(?!\w)"
)
_SIGNED_MONEY = re.compile(rf"(?<!\w)vn\$\s?(?P<n>{DIGITS})(?!\w)")
_BETWEEN = re.compile(rf"(?<!\w)giữa{SPACE}(?P<n>{DIGITS}){SPACE}và{SPACE}\Z")
_UPPER = re.compile(r"(?:dưới|kém hơn|ít hơn|thấp hơn|nhỏ hơn|không quá|tối đa|chưa đến|chưa tới|chưa đầy)\s\Z")
_LOWER = re.compile(r"(?:tối thiểu|ít nhất|không dưới|nhiều hơn|lớn hơn|cao hơn)\s\Z")


def _numerals(text: str) -> Iterator[PhraseReading]:
    low = lowered(text)
    found = _NUMERAL.fullmatch(low)
    if found:
        token = f"0{found['n']}" if found["n"][0] in ".," else found["n"]
        value, doubts, _ = read_digits(token, Convention())
        if value is not None and not doubts:
            power = sum(_SUFFIX[part] for part in re.findall(_SUFFIXES, found["scale"] or ""))
            value *= Decimal(10) ** power
            if found["rest"]:  # 2tr5 is 2.500.000
                value += Decimal(f"0.{found['rest']}") * 10**power
            yield PhraseReading("numeral", -value if found["sign"] in ("-", "−") else value, *_trimmed(text))
        return
    words = low.split()
    value = read_words(words) if len(words) < 40 else None
    if value is not None:
        yield PhraseReading("numeral", value, *_trimmed(text))


def _trimmed(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _amounts(text: str) -> Iterator[PhraseReading]:
    low, convention = lowered(text), convention_of(text)
    for found in _SHORT_MONEY.finditer(low):
        value, _, _ = read_digits(found["n"], convention)
        amount = None if value is None else value * 10 ** _SUFFIX[found["scale"]]
        yield PhraseReading("money", [None, amount] if found["low"] else amount, found.start(), found.end())
    for found in _SIGNED_MONEY.finditer(low):
        value, _, _ = read_digits(found["n"], convention, measured=False)
        yield PhraseReading("money", value, found.start(), found.end())
    for quantity in find_quantities(text, convention):
        if quantity.unit in ("VND", "PT"):
            yield _amount(low, quantity, convention)


def _amount(low: str, quantity: Quantity, convention: Convention) -> PhraseReading:
    kind: PhraseKind = "money" if quantity.unit == "VND" else "percent"
    start, end, value = quantity.start, quantity.end, quantity.value
    if "fraction_of_dong" in quantity.doubts:
        value = read_digits(low[quantity.number_start : quantity.number_end], convention, measured=False)[0]
    if quantity.value_to is not None:
        return PhraseReading(kind, [value, quantity.value_to], start, end)
    between = _BETWEEN.search(low, 0, start)
    if between:
        return PhraseReading(
            kind, [read_digits(between["n"], convention, measured=False)[0], value], between.start(), end
        )
    limits = low[:start] + low[start : quantity.number_start]
    upper, lower = _UPPER.search(limits), _LOWER.search(limits)
    if upper or low[:end].endswith("trở xuống"):
        return PhraseReading(kind, [None, value], upper.start() if upper else start, end)
    if lower or low[:end].endswith("trở lên"):
        return PhraseReading(kind, [value, None], lower.start() if lower else start, end)
    return PhraseReading(kind, value, start, end)


# --- days and periods -------------------------------------------------------------------------------------

_NEXT = re.compile(r"\s+(?:tới|sau)(?!\w)")


def _calendar(text: str, reference: date | None) -> Iterator[PhraseReading]:
    low = lowered(text)
    for mention in find_periods(text):
        span = resolve(mention, reference, reference.year if reference else None)
        end = mention.end
        coming = _NEXT.match(low, end) if mention.kind == "month" and mention.year is None else None
        if coming and reference and span.end:  # "tháng 3 tới": the next one that is not over
            end = coming.end()
            if span.end < reference:
                span = resolve(mention, None, reference.year + 1)
        yield _reading(mention, span, mention.start, end)


def _reading(mention: PeriodMention, span: DateSpan, start: int, end: int) -> PhraseReading:
    if mention.kind == "day":
        return PhraseReading("date", _iso(span.start), start, end)
    unknown = span.start is None and span.end is None
    return PhraseReading("period", None if unknown else [_iso(span.start), _iso(span.end)], start, end)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5}
_WEEKDAY = re.compile(
    r"(?<!\w)(?:thứ\s+(?P<day>hai|ba|tư|năm|sáu|bảy|[2-7])|(?:chủ|chúa)\s+nhật)(?!\w)"
    r"(?:\s+tuần\s+(?P<week>trước|này|nay|sau|tới))?"
)
_DAYS_AWAY = re.compile(r"(?<!\w)(?P<n>\d{1,4})\s+ngày\s+(?P<way>trước|sau|tới|nữa)(?!\w)")
_NAMED_DAY = re.compile(r"(?<!\w)(?P<name>hôm nay|hôm qua|hôm kia|ngày mai|ngày kia|ngày mốt)(?!\w)")
_WEEK = re.compile(
    r"(?<!\w)tuần\s+(?:(?P<way>trước|này|nay|sau|tới|qua)|(?P<first>đầu(?:\s+tiên)?)\s+(?:của\s+)?(?=tháng))"
)
_SPAN = re.compile(
    r"(?<!\w)(?P<n>\d{1,2})\s+(?P<unit>tháng|năm|tuần)\s+"
    r"(?P<way>(?:vừa )?qua|vừa rồi|gần đây|(?:sắp )?tới|tiếp theo)(?!\w)"
)
_NAMED = {"hôm nay": 0, "hôm qua": -1, "hôm kia": -2, "ngày mai": 1, "ngày kia": 2, "ngày mốt": 2}
_WEEKS = {"trước": -1, "qua": -1, "này": 0, "nay": 0, "sau": 1, "tới": 1}


def _days(text: str, reference: date | None) -> Iterator[PhraseReading]:
    """Weekdays, weeks and spans counted from the reference date."""
    low = lowered(text)
    for found in _WEEKDAY.finditer(low):
        yield PhraseReading("date", _iso(reference and _weekday(found, reference)), found.start(), found.end())
    for found in _NAMED_DAY.finditer(low):
        day = reference and reference + timedelta(days=_NAMED[found["name"]])
        yield PhraseReading("date", _iso(day), found.start(), found.end())
    for found in _DAYS_AWAY.finditer(low):
        away = int(found["n"]) * (-1 if found["way"] == "trước" else 1)
        yield PhraseReading("date", _iso(reference and reference + timedelta(days=away)), found.start(), found.end())
    for found in _SPAN.finditer(low):
        days = _span(found, reference) if reference else None
        yield PhraseReading("period", [_iso(day) for day in days] if days else None, found.start(), found.end())
    for found in _WEEK.finditer(low):
        yield from _week(text, found, reference)


def _weekday(found: re.Match[str], reference: date) -> date:
    """The next such day after the reference; of the week named, where one is."""
    day = _WEEKDAYS[found["day"]] if found["day"] else 6
    if found["week"]:
        return reference + timedelta(days=day - reference.weekday() + 7 * _WEEKS[found["week"]])
    return reference + timedelta(days=(day - reference.weekday() - 1) % 7 + 1)


def _span(found: re.Match[str], reference: date) -> tuple[date, date]:
    """The last or next whole months, years or weeks beside the present one."""
    count, back = int(found["n"]), found["way"] in ("qua", "vừa qua", "vừa rồi", "gần đây")
    if found["unit"] == "năm":
        first = reference.year - count if back else reference.year + 1
        return date(first, 1, 1), date(first + count - 1, 12, 31)
    if found["unit"] == "tuần":
        monday = reference - timedelta(days=reference.weekday())
        first_day = monday - timedelta(weeks=count) if back else monday + timedelta(weeks=1)
        return first_day, first_day + timedelta(days=7 * count - 1)
    present = reference.year * 12 + reference.month - 1
    month = present - count if back else present + 1
    return _month(month), _month(month + count) - timedelta(days=1)


def _month(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _week(text: str, found: re.Match[str], reference: date | None) -> Iterator[PhraseReading]:
    if found["way"]:
        monday = reference and reference - timedelta(days=reference.weekday()) + timedelta(weeks=_WEEKS[found["way"]])
        end = found.end()
    else:
        month = next((mention for mention in find_periods(text) if mention.start == found.end()), None)
        span = month and month.kind == "month" and resolve(month, reference, reference.year if reference else None)
        if month is None or not span:
            return
        # The first week that lies in the month as a whole: of September 2017 that of Monday the 4th.
        monday = span.start and span.start + timedelta(days=-span.start.weekday() % 7)
        end = month.end
    week: list[Scalar] | None = [_iso(monday), _iso(monday + timedelta(days=6))] if monday else None
    yield PhraseReading("period", week, found.start(), end)
