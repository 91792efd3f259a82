"""Periods as articles name them: months, quarters, "9 tháng đầu năm", "đến hết ngày 21/2/2024", "cùng kỳ".

`find_periods` reads what stands in the words; `resolve` gives the days, once the caller has decided the year
of the context and the day of the report. A cumulative period starts on 1 January: nine months of 2022 are
2022-01-01 to 2022-09-30, "tính đến 21/2/2024" is 2024-01-01 to 2024-02-21.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from thuchi.extract.numbers import SPACE, lowered
from thuchi.extract.period_days import NO_BASE, NO_DATE, NO_YEAR, resolve, same_period
from thuchi.extract.period_words import COMPARED, before, mentions_in
from thuchi.extract.spans import PeriodMention

__all__ = ["NO_BASE", "NO_DATE", "NO_YEAR", "find_periods", "resolve", "same_period"]

_S, _O = rf"{SPACE}{{1,3}}", rf"{SPACE}{{0,3}}"
_UNTIL = re.compile(
    rf"(?<!\w)(?:(?:(?:tính|l[ũu][yỹ]{_S}kế|ước|(?:kể{_S})?từ{_S}đầu{_S}năm)[,]?{_S}){{0,3}}"
    rf"(?:đến|tới)(?:{_S}(?:thời{_S}điểm|hết|cuối|(?P<first>đầu)|(?P<mid>giữa)|sáng|trưa|chiều|tối|ngày|khoảng)){{0,3}}|l[ũu][yỹ]{_S}kế|"
    rf"(?:(?:tính|l[ũu][yỹ]{_S}kế){_S})?hết(?:{_S}ngày)?){_S}\Z"
)
_UNTIL_WORDS = (
    "đến",
    "tới",
    "hết",
    "điểm",
    "cuối",
    "đầu",
    "giữa",
    "sáng",
    "trưa",
    "chiều",
    "tối",
    "ngày",
    "khoảng",
    "kế",
)
_CUMULATIVE = re.compile(rf"(?<!\w)l[ũu][yỹ]{_S}kế{_S}\Z")
_SINCE = re.compile(rf"(?<!\w)(?:kể{_S}|tính{_S})?từ(?:{_S}(?:ngày|đầu))?{_S}\Z")
_FROM_DAY = re.compile(rf"(?<!\w)từ{_S}(?:ngày{_S})?(?P<d>[0-3]?\d){_S}\Z")
_THROUGH = re.compile(rf"{_O}(?:[-–—]|(?:đến|tới)(?:{_S}(?:hết|ngày|cuối)){{0,3}}){_O}")
_BY_DAY = ("day", "month")
_OPENING = "\"“‘'(["
"""What may stand right before "đến": "tỷ lệ giải ngân (đến 20/5)", "“Đến ngày 20/5, …”"."""


def find_periods(text: str) -> list[PeriodMention]:
    """All periods that an NFC text names, in order, none overlapping another."""
    low = lowered(text)
    found = mentions_in(low)
    found.sort(key=lambda mention: (mention.start, -mention.end))
    apart: list[PeriodMention] = []
    for mention in found:
        if not apart or mention.start >= apart[-1].end:
            apart.append(mention)
    composed: list[PeriodMention] = []
    for mention in _composed(low, apart):
        if composed and mention.start <= composed[-1].start:
            composed.pop()  # "lũy kế 5 tháng" and "từ đầu năm đến hết ngày 24/12" are one
        composed.append(mention)
    return composed


def _composed(low: str, apart: list[PeriodMention]) -> Iterator[PeriodMention]:
    """Mentions with their "đến hết", "từ … đến …" and "so với"."""
    at = 0
    while at < len(apart):
        mention, after = apart[at], apart[at + 1] if at + 1 < len(apart) else None
        near = low[max(0, mention.start - 12) : mention.start].split()
        word = near[-1].lstrip(_OPENING) if near else ""
        since = before(_SINCE, low, mention.start, 16) if word in ("từ", "ngày", "đầu") else None
        joined = _through(low, mention, after, since is not None) if after else None
        at += 2 if joined else 1
        if joined:
            yield replace(joined, start=since.start() if since else joined.start)
        elif since and mention.kind in _BY_DAY:
            yield replace(mention, kind="range", start=since.start())
        elif word in _UNTIL_WORDS:
            yield _as_compared(low, _as_until(low, mention))
        else:
            yield _as_compared(low, mention)


def _through(low: str, first: PeriodMention, last: PeriodMention, since: bool) -> PeriodMention | None:
    """ "từ 1/7 đến 30/9", "tháng 7 đến tháng 9", "từ ngày 1/7 đến nay" as one range."""
    if last.start - first.end > 24:
        return None
    between = low[first.end : last.start]
    if last.to_now and since and first.kind in (*_BY_DAY, "year") and not between.strip():
        return replace(first, kind="range", end=last.end, to_now=True)
    if first.kind != last.kind or not _THROUGH.fullmatch(between):
        return None
    if first.kind == "year" and first.year and last.year and first.year < last.year and since:
        return replace(first, kind="years", end=last.end, year_to=last.year)
    if first.kind == "quarter" and first.quarter and last.quarter and (since or "-" in between):
        month, month_to = 3 * first.quarter - 2, 3 * last.quarter
        return PeriodMention(first.start, last.end, "range", first.year, month, year_to=last.year, month_to=month_to)
    if first.kind not in _BY_DAY or (first.kind == "day" and not since and first.year != last.year):
        return None
    return replace(first, kind="range", end=last.end, year_to=last.year, month_to=last.month, day_to=last.day)


def _as_until(low: str, mention: PeriodMention) -> PeriodMention:
    if mention.kind == "months":
        total = before(_CUMULATIVE, low, mention.start, 10)
        return replace(mention, start=total.start()) if total else mention
    if mention.kind not in ("day", "month", "quarter", "year", "half"):
        return mention
    found = before(_UNTIL, low, mention.start, 48)
    if found is None:
        return mention
    if mention.kind == "year":
        return replace(mention, start=found.start())  # "đến năm 2025": in that year
    first = before(_FROM_DAY, low, found.start(), 16) if mention.kind == "day" else None
    if first and int(first["d"]) <= (mention.day or 0):  # "từ 8 đến 10-12"
        return replace(
            mention, start=first.start(), kind="range", day=int(first["d"]),
            year_to=mention.year, month_to=mention.month, day_to=mention.day,
        )  # fmt: skip
    day = mention.day
    if mention.kind == "month":
        day = 1 if found["first"] else 15 if found["mid"] else day
    return replace(mention, start=found.start(), kind="until", day=day)


def _as_compared(low: str, mention: PeriodMention) -> PeriodMention:
    near = low[max(0, mention.start - 40) : mention.start]
    if mention.comparison or not ("so" in near or "lần" in near) or not before(COMPARED, low, mention.start, 40):
        return mention
    return replace(mention, comparison=True)


def of_last_year(mention: PeriodMention) -> bool:
    """ "trong khi 9 tháng năm trước chỉ có 81 tỷ đồng": last year's stand beside those that are reported."""
    return mention.year_offset == -1 and mention.kind in ("months", "quarter", "half", "year")
