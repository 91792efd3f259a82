"""Periods as articles name them: months, quarters, "9 tháng đầu năm", "đến hết ngày 21/2/2024", "cùng kỳ".

`find_periods` reads what stands in the words; `resolve` gives the days, once the caller has decided the year
of the context and the day of the report. A cumulative period starts on 1 January: nine months of 2022 are
2022-01-01 to 2022-09-30, "tính đến 21/2/2024" is 2024-01-01 to 2024-02-21.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from thuchi.extract.numbers import SPACE, lowered
from thuchi.extract.spans import DateSpan, PeriodMention

NO_YEAR = "no_year"
NO_DATE = "no_date"
"""Doubt: the period ends on the day of the report, which is not known."""
NO_BASE = "no_base"
"""Doubt: "cùng kỳ" and "tháng còn lại" say no period of their own; for the first see `same_period`."""

_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "mười ba": 13, "nhất": 1, "nhì": 2, "i": 1, "ii": 2, "iii": 3,
    "iv": 4, "đầu": 1, "cuối": 4,
}  # fmt: skip
_OFFSETS = {"ngoái": -1, "trước": -1, "rồi": -1, "nay": 0, "này": 0, "sau": 1, "tới": 1}

_S = rf"{SPACE}{{1,3}}"
_O = rf"{SPACE}{{0,3}}"
_MONTH_WORD = rf"mười{_S}(?:một|hai)|mười|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín"
_COUNT = rf"0?[1-9]|1[0-3]|mười{_S}ba|{_MONTH_WORD}"
_UNIT = rf"(?:%|tỷ|tỉ|triệu|nghìn|ngàn|đồng|phần{_S}trăm)"
_YEAR = rf"(?:19|20)\d\d(?![\d/]|[.,]\d|{_O}{_UNIT})"
_REST = r"(?:ngoái|trước|rồi|nay|này|sau|tới)(?!\w)"
# What says the year after a month, quarter or half: "/2023", " - 2023", " năm 2023", " của năm ngoái".
_TAIL = rf"(?P<tail>{_O}[/.-]{_O}{_YEAR}|(?:{_O},)?{_S}(?:của{_S})?năm{_S}(?:{_YEAR}|{_REST})|{_S}{_YEAR})?"
_MONTH_NUMBER = rf"(?:1[0-2]|0?[1-9])(?!\d|[.,]\d(?!\d{{3}})|{_O}{_UNIT})"

_DATE = re.compile(r"(?<![\w.,/-])(?P<d>[0-3]?\d)(?P<s>[/.-])(?P<m>[01]?\d)(?P=s)(?P<y>\d{4})(?![\w/])")
_DAY_OF_MONTH = re.compile(
    rf"(?<![\w.,/-])(?P<cue>(?:ngày{_S})?(?:(?:mồng|mùng){_S})?)(?P<d>[0-3]?\d){_S}tháng{_S}"
    rf"(?P<m>{_MONTH_NUMBER}|(?:{_MONTH_WORD})(?!\w)(?!{_S}\d)){_TAIL}"
)
_DAY = re.compile(
    rf"(?<!\w)(?P<cue>ngày|sáng|trưa|chiều|tối|đến|tới|hết|từ|và|qua){_S}(?P<day>(?P<d>[0-3]?\d){_O}(?P<s>[/.-]){_O}"
    rf"(?P<m>1[0-2]|0?[1-9]))(?!\d|[/.,-]\d|{_O}{_UNIT}|-[a-zđ]|/)"
)
_MONTHS = re.compile(
    rf"(?<![\w/])(?<!\d[.,])(?P<n>{_COUNT}){_S}tháng(?!\w)"
    rf"(?:{_S}(?P<which>đầu|cuối|còn{_S}lại|vừa{_S}qua|qua)(?!\w)(?P<of>(?:{_S}(?:của|trong))?{_S}năm(?!\w))?)?"
    rf"(?P<tail>{_O}/{_O}{_YEAR}|{_S}(?:(?:của{_S})?năm{_S})?{_YEAR}|{_S}(?:(?:của{_S})?năm{_S}){_REST}|{_S}(?:nay|ngoái)(?!\w))?"
)
_MONTH = re.compile(
    rf"(?<!\w)tháng{_S}(?:(?P<m>{_MONTH_NUMBER}|(?:{_MONTH_WORD})(?!\w))"
    rf"(?:{_O}(?:-|–|đến{_S}tháng|đến){_O}(?P<to>{_MONTH_NUMBER})(?={_O}/|{_S}năm|{_S}\d{{4}}|[.,;)\s]))?{_TAIL}"
    rf"|(?P<last>cuối){_S}năm(?!\w)(?P<lasttail>{_S}{_YEAR}|{_S}{_REST})?|(?P<rel>trước|này|nay|sau|tới|qua)(?!\w))"
)
_THIS_MONTH = re.compile(
    rf"(?<!\w)trong{_S}tháng(?!\w)(?!{_S}(?:{_MONTH_NUMBER}|(?:{_MONTH_WORD}|trước|này|nay|sau|tới|qua|đầu|cuối|giêng|chạp)(?!\w)))"
)
_MONTH_SLASH_YEAR = re.compile(rf"(?<![\w/.,-])(?P<m>0?[1-9]|1[0-2])[/](?P<y>{_YEAR})(?!-?[a-zđ])")
_QUARTER = re.compile(
    rf"(?<!\w)quý{_S}(?:(?P<q>iv|i{{1,3}}|0?[1-4](?![\d.,]\d|{_O}{_UNIT})|một|nhất|hai|nhì|ba|tư|bốn)(?!\w){_TAIL}"
    rf"|(?P<edge>đầu|cuối)(?:{_S}tiên)?{_S}(?:của{_S})?năm(?!\w)(?P<edgetail>{_S}{_YEAR}|{_S}{_REST})?"
    rf"|(?P<rel>trước|này|nay|sau|tới)(?!\w))"
)
_HALF = re.compile(rf"(?<!\w)nửa{_S}(?:(?P<h>đầu|cuối){_S})?(?:của{_S})?năm(?!\w)(?P<tail>{_S}{_YEAR}|{_S}{_REST})?")
_YEARS = re.compile(
    rf"(?<!\w)(?:giai{_S}đoạn|nhiệm{_S}kỳ|nhiệm{_S}kì|thời{_S}kỳ|\d{_S}năm|năm)(?:{_S}từ)?(?:{_S}năm)?{_S}\(?(?P<y>(?:19|20)\d\d)"
    rf"{_O}(?:[-–—]|đến|tới){_O}(?:năm{_S})?(?P<to>(?:19|20)\d\d)(?!\d|[.,]\d|{_O}{_UNIT})"
)
_YEAR_MENTION = re.compile(
    rf"(?<!\w)(?:(?P<whole>cả|trong|toàn|hết|niên{_S}độ(?:{_S}ngân{_S}sách)?){_S})?(?P<core>năm"
    rf"(?:{_S}(?:(?P<y>{_YEAR})|(?P<rel>{_REST}|qua(?!\w))|(?P<fiscal>ngân{_S}sách(?:{_S}(?P<fy>{_YEAR}))?)))?)(?!\w)"
)
_FISCAL = re.compile(rf"(?<!\w)niên{_S}độ(?:{_S}ngân{_S}sách)?(?:{_S}(?:năm{_S})?(?P<y>{_YEAR}))?(?!\w)")
_BARE_YEAR = re.compile(rf"(?<!\w)(?:dự{_S}toán|kế{_S}hoạch|thực{_S}hiện|ngân{_S}sách|vốn){_S}(?P<y>{_YEAR})(?![-/\w])")
_SAME = re.compile(
    rf"(?<!\w)cùng{_S}(?:(?P<period>kỳ|kì)|thời{_S}điểm|giai{_S}đoạn|thời{_S}gian|quý|tháng)(?!\w)"
    rf"(?P<tail>{_O}/{_O}{_YEAR}|(?:{_S}của)?{_S}năm{_S}(?:{_YEAR}|{_REST})|{_S}{_YEAR}|{_S}{_REST})?"
)
_TO_NOW = re.compile(
    rf"(?<!\w)(?:(?:tính|lũy{_S}kế|luỹ{_S}kế){_S})?(?:(?:kể{_S})?từ{_S}đầu{_S}năm{_S})?(?:đến|tới){_S}(?:nay|giờ|"
    rf"(?:thời{_S}điểm|thời{_S}gian|ngày){_S}(?:báo{_S}cáo|hiện{_S}tại|hiện{_S}nay|này|nay))(?!\w)"
    # Alone; before "5 tháng" or "đến hết ngày 24/12" they are part of that.
    rf"|(?<!\w)(?:lũy|luỹ){_S}kế(?!\w)(?!{_S}(?:(?:{_COUNT}){_S}tháng|đến|tới|từ|tháng|quý|năm|cả))"
    rf"|(?<!\w)từ{_S}đầu{_S}năm(?!\w)(?!,?{_S}(?:\d|đến|tới))"
)


def find_periods(text: str) -> list[PeriodMention]:
    """All periods that an NFC text names, in order, none overlapping another."""
    low = lowered(text)
    found: list[tuple[PeriodMention, int]] = []
    for cue, pattern, read in _READERS:
        if cue in low:
            for match in pattern.finditer(low):
                mention = read(match)
                if mention is not None:
                    found.append((mention, len(found)))
    found.sort(key=lambda item: (item[0].start, -item[0].end, item[1]))
    apart: list[PeriodMention] = []
    for mention, _ in found:
        if not apart or mention.start >= apart[-1].end:
            apart.append(mention)
    return list(_composed(low, apart))


# --- one mention ------------------------------------------------------------------------------------------


def _number(words: str) -> int:
    words = " ".join(words.split())
    return int(words) if words.isdigit() else _WORDS[words]


def _tail(tail: str | None) -> tuple[int | None, int | None]:
    """The year and the year's offset of "/2023", " của năm ngoái"."""
    if not tail:
        return None, None
    year = re.search(r"\d{4}", tail)
    return (int(year[0]), None) if year else (None, _OFFSETS[tail.split()[-1]])


def _is_day(day: int, month: int, year: int | None) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 2024, month)[1]


_LEGAL = re.compile(r"(?:số|nghị quyết|quyết định|nghị định|thông tư|chỉ thị|công văn|luật|nq|qđ|tt|nđ)[\s:]{1,2}\Z")


def _is_legal(low: str, start: int) -> bool:
    """ "Nghị quyết số 09/2022" is a document, not a month."""
    return _LEGAL.search(low, max(0, start - 14), start) is not None


def _read_date(match: re.Match[str]) -> PeriodMention | None:
    day, month, year = int(match["d"]), int(match["m"]), int(match["y"])
    if not (1900 <= year <= 2100 or 1800 <= year <= 2200) or not _is_day(day, month, year):
        return None
    return PeriodMention(match.start(), match.end(), "day", year, month, day)


def _read_day_of_month(match: re.Match[str]) -> PeriodMention | None:
    day, month = int(match["d"]), _number(match["m"])
    year, offset = _tail(match["tail"])
    # "9 tháng 2022" and "6 tháng 5 …" without "ngày" are months, unless a year or the number itself says day.
    if not (match["cue"] or day > 13 or year or offset is not None) or not _is_day(day, month, year):
        return None
    return PeriodMention(match.start(), match.end(), "day", year, month, day, year_offset=offset)


_COUNTED = re.compile(
    r"\s*(?:xã|phường|huyện|chỉ tiêu|tiêu chí|đại biểu|đơn vị|dự án|thôn|hộ|km|ha|đồng chí|tỉnh|điểm)(?!\w)"
)


def _read_day(match: re.Match[str]) -> PeriodMention | None:
    low = match.string
    day, month = int(match["d"]), int(match["m"])
    clear = match["cue"] in ("ngày", "sáng", "trưa", "chiều", "tối")
    if not _is_day(day, month, None) or (not clear and (match["s"] == "." or _COUNTED.match(low, match.end()))):
        return None
    start = match.start() if match["cue"] == "ngày" else match.start("day")
    return PeriodMention(start, match.end(), "day", None, month, day)


_NO_MONTHS_AFTER = re.compile(
    r"\s*/|\s+(?:nữa|tuổi|tiếp|tới|lương|liên tiếp|một lần|lần|sau|trước(?!\s+ngày)|kể|sẽ|mới|thử)(?!\w)"
)
_NO_MONTHS_BEFORE = re.compile(
    r"(?:còn|thời hạn|chưa đầy|kéo dài|mỗi|cách|từng|hạn|gần|hơn|những|khoảng|mấy|lúa|suốt|sinh|tù|vay|vài)\s\Z"
)


def _read_months(match: re.Match[str]) -> PeriodMention | None:
    low = match.string
    count = _number(match["n"])
    year, offset = _tail(match["tail"])
    which = match["which"] and match["which"].split()[0]
    end = match.end()
    if which in ("cuối", "còn"):
        if count > 11 or (which == "cuối" and not match["of"] and not match["tail"]):
            return None
        return PeriodMention(
            match.start(), end, "range", year, 13 - count, year_to=year, month_to=12, year_offset=offset
        )
    if which in ("qua", "vừa"):
        return PeriodMention(match.start(), end, "relative", months=count)
    if which == "đầu" and not match["of"] and not re.match(r"\s*(?:[,.;:)\n]|\Z)", low[end : end + 4]):
        return None  # "ba tháng đầu vận hành": of something else than the year
    bare = not which and not match["tail"]
    if bare and (
        _NO_MONTHS_AFTER.match(low, end) or _NO_MONTHS_BEFORE.search(low, max(0, match.start() - 12), match.start())
    ):
        return None
    return PeriodMention(match.start(), end, "months", year, months=count, year_offset=offset)


def _read_month(match: re.Match[str]) -> PeriodMention | None:
    low = match.string
    if match["rel"]:
        if match["rel"] in ("trước", "qua") and low[match.end() : match.end() + 5] == " ngày":
            return None
        return PeriodMention(match.start(), match.end(), "relative", month_offset=_OFFSETS.get(match["rel"], -1))
    if match["last"]:
        year, offset = _tail(match["lasttail"])
        return PeriodMention(match.start(), match.end(), "month", year, 12, year_offset=offset)
    before = low[max(0, match.start() - 8) : match.start()].split()
    if match["m"] == "năm" and before and (before[-1] in _PLURAL or before[-1].isdigit() or before[-1] in _WORDS):
        return None
    year, offset = _tail(match["tail"])
    month = _number(match["m"])
    if match["to"] and _number(match["to"]) > month:
        return PeriodMention(
            match.start(),
            match.end(),
            "range",
            year,
            month,
            year_to=year,
            month_to=_number(match["to"]),
            year_offset=offset,
        )
    end = match.end() if not match["to"] else match.end("m")
    return PeriodMention(match.start(), end, "month", year if not match["to"] else None, month, year_offset=offset)


_PLURAL = frozenset({"những", "các", "mỗi", "hàng", "hằng", "từng", "mấy", "nhiều", "mọi"})


def _read_this_month(match: re.Match[str]) -> PeriodMention | None:
    return PeriodMention(match.start(), match.end(), "relative", month_offset=0)


def _read_month_slash_year(match: re.Match[str]) -> PeriodMention | None:
    low = match.string
    if _is_legal(low, match.start()):
        return None
    return PeriodMention(match.start(), match.end(), "month", int(match["y"]), int(match["m"]))


def _read_quarter(match: re.Match[str]) -> PeriodMention | None:
    if match["rel"]:
        return PeriodMention(match.start(), match.end(), "relative", quarter_offset=_OFFSETS[match["rel"]])
    year, offset = _tail(match["tail"] or match["edgetail"])
    quarter = _number(match["q"] or match["edge"])
    return PeriodMention(match.start(), match.end(), "quarter", year, quarter=quarter, year_offset=offset)


def _read_half(match: re.Match[str]) -> PeriodMention | None:
    year, offset = _tail(match["tail"])
    half = 2 if match["h"] == "cuối" else 1
    return PeriodMention(match.start(), match.end(), "half", year, half=half, year_offset=offset)


def _read_years(match: re.Match[str]) -> PeriodMention | None:
    first, last = int(match["y"]), int(match["to"])
    return PeriodMention(match.start(), match.end(), "years", first, year_to=last) if first < last else None


_NO_YEAR_BEFORE = re.compile(r"(?:\d|các|những|nhiều|mấy|mọi|hàng|hằng|mỗi|từng|một|hai|ba|bốn|năm|mười|vài)\s\Z")


def _read_year(match: re.Match[str]) -> PeriodMention | None:
    low = match.string
    start = match.start()
    year = match["y"] or match["fy"]
    if year:
        return PeriodMention(start, match.end(), "year", int(year))
    if match["rel"]:
        if _NO_YEAR_BEFORE.search(low, max(0, match.start("core") - 6), match.start("core")):
            return None
        if match["rel"] == "qua":
            return PeriodMention(start, match.end(), "relative", months=12)
        return PeriodMention(start, match.end(), "year", year_offset=_OFFSETS[match["rel"]])
    if match["whole"] and not re.match(r"\s+(?:học|tháng|ngày|lần|thứ|\d)", low[match.end() : match.end() + 8]):
        return PeriodMention(start, match.end(), "year")
    return None


def _read_fiscal(match: re.Match[str]) -> PeriodMention | None:
    return PeriodMention(match.start(), match.end(), "year", int(match["y"]) if match["y"] else None)


def _read_bare_year(match: re.Match[str]) -> PeriodMention | None:
    return PeriodMention(match.start("y"), match.end("y"), "year", int(match["y"]))


def _read_same(match: re.Match[str]) -> PeriodMention | None:
    low = match.string
    year, offset = _tail(match["tail"])
    compared = _COMPARED.search(low, max(0, match.start() - 40), match.start()) is not None
    if not match["tail"] and not match["period"] and not compared:
        return PeriodMention(match.start(), match.end(), "same_period")  # "toàn tỉnh cùng thời điểm 52,7%"
    # "Cùng kỳ, tổng mức bán lẻ …" opens a sentence: in the same period, not in that of the year before.
    opens = not match["tail"] and not compared and low[match.end() : match.end() + 1] == ","
    opens = opens and (match.start() == 0 or low[: match.start()].rstrip(" ")[-1:] in ("\n", ".", ""))
    back = None if year or opens else (offset if offset is not None else -1)
    return PeriodMention(match.start(), match.end(), "same_period", year, year_offset=back, comparison=not opens)


def _read_to_now(match: re.Match[str]) -> PeriodMention | None:
    return PeriodMention(match.start(), match.end(), "until", to_now=True)


_Reader = Callable[["re.Match[str]"], "PeriodMention | None"]
_READERS: tuple[tuple[str, re.Pattern[str], _Reader], ...] = (
    ("", _DATE, _read_date),
    ("tháng", _DAY_OF_MONTH, _read_day_of_month),
    ("", _DAY, _read_day),
    ("tháng", _MONTHS, _read_months),
    ("tháng", _MONTH, _read_month),
    ("tháng", _THIS_MONTH, _read_this_month),
    ("/", _MONTH_SLASH_YEAR, _read_month_slash_year),
    ("quý", _QUARTER, _read_quarter),
    ("nửa", _HALF, _read_half),
    ("cùng", _SAME, _read_same),
    ("", _TO_NOW, _read_to_now),
    ("", _YEARS, _read_years),
    ("năm", _YEAR_MENTION, _read_year),
    ("niên", _FISCAL, _read_fiscal),
    ("", _BARE_YEAR, _read_bare_year),
)

# --- what stands before a mention -------------------------------------------------------------------------

_COMPARED = re.compile(
    rf"(?<!\w)so(?:{_S}với)?(?:{_S}(?:cùng|kỳ|thời|điểm|mức|số|thực|hiện|ước|bình|quân|kết|quả|con|cuối|đầu|của|tháng|năm|"
    rf"trung|dự|toán|kế|hoạch))*{_S}\Z|(?<!\w)lần{_S}\Z"
)
_UNTIL = re.compile(
    rf"(?<!\w)(?:(?:(?:tính|lũy{_S}kế|luỹ{_S}kế|ước|(?:kể{_S})?từ{_S}đầu{_S}năm)[,]?{_S}){{0,3}}"
    rf"(?:đến|tới)(?:{_S}(?:thời{_S}điểm|hết|cuối|(?P<mid>giữa)|ngày|khoảng)){{0,3}}|(?:lũy|luỹ){_S}kế|(?:tính{_S})?hết(?:{_S}ngày)?){_S}\Z"
)
_CUMULATIVE = re.compile(rf"(?<!\w)(?:lũy|luỹ){_S}kế{_S}\Z")
_SINCE = re.compile(rf"(?<!\w)(?:kể{_S}|tính{_S})?từ(?:{_S}ngày)?{_S}\Z")
_THROUGH = re.compile(rf"{_O}(?:[-–—]|(?:đến|tới)(?:{_S}(?:hết|ngày|cuối))*){_O}")
_BY_DAY = ("day", "month")


def _composed(low: str, apart: list[PeriodMention]) -> Iterator[PeriodMention]:
    """Mentions with their "đến hết", "từ … đến …" and "so với"."""
    at = 0
    while at < len(apart):
        mention, after = apart[at], apart[at + 1] if at + 1 < len(apart) else None
        since = _SINCE.search(low, max(0, mention.start - 16), mention.start)
        joined = _through(low, mention, after, since is not None) if after else None
        at += 2 if joined else 1
        if joined:
            yield replace(joined, start=since.start() if since else joined.start)
        elif since and mention.kind in _BY_DAY:
            yield replace(mention, kind="range", start=since.start())
        else:
            yield _as_compared(low, _as_until(low, mention))


def _through(low: str, first: PeriodMention, last: PeriodMention, since: bool) -> PeriodMention | None:
    """ "từ 1/7 đến 30/9", "tháng 7 đến tháng 9", "từ ngày 1/7 đến nay" as one range."""
    between = low[first.end : last.start] if last.start - first.end < 24 else "x"
    if last.to_now and since and first.kind in (*_BY_DAY, "year") and not between.strip():
        return replace(first, kind="range", end=last.end, to_now=True)
    if first.kind != last.kind or not _THROUGH.fullmatch(between):
        return None
    if first.kind == "year" and first.year and last.year and first.year < last.year and since:
        return replace(first, kind="years", end=last.end, year_to=last.year)
    if first.kind == "quarter" and first.quarter and last.quarter and (since or "-" in between):
        month, month_to = 3 * first.quarter - 2, 3 * last.quarter
        return replace(
            first, kind="range", end=last.end, quarter=None, month=month, month_to=month_to, year_to=last.year
        )
    if first.kind not in _BY_DAY or (first.kind == "day" and not since and not _same_month(first, last)):
        return None
    return replace(first, kind="range", end=last.end, year_to=last.year, month_to=last.month, day_to=last.day)


def _same_month(first: PeriodMention, last: PeriodMention) -> bool:
    return first.year == last.year


def _as_until(low: str, mention: PeriodMention) -> PeriodMention:
    if mention.kind == "months":
        total = _CUMULATIVE.search(low, max(0, mention.start - 10), mention.start)
        return replace(mention, start=total.start()) if total else mention
    if mention.kind not in ("day", "month", "quarter", "year", "half"):
        return mention
    found = _UNTIL.search(low, max(0, mention.start - 48), mention.start)
    if found is None:
        return mention
    if mention.kind == "year":
        return replace(mention, start=found.start())  # "đến năm 2025": in that year
    day = 15 if found["mid"] and mention.kind == "month" else mention.day
    return replace(mention, start=found.start(), kind="until", day=day)


def _as_compared(low: str, mention: PeriodMention) -> PeriodMention:
    if mention.comparison or not _COMPARED.search(low, max(0, mention.start - 40), mention.start):
        return mention
    return replace(mention, comparison=True)


# --- days -------------------------------------------------------------------------------------------------


def resolve(mention: PeriodMention, reference: date | None, year: int | None) -> DateSpan:
    """The days of `mention`, both included.

    Args:
        reference: the day of the report: of publication, or of the event that the article tells of. "năm
            nay", "tháng trước" and "đến nay" are relative to it.
        year: the year that the context gives to a mention without one ("quý II", "ngày 30/3").

    Returns:
        Null sides with a doubt where the year (`no_year`), the day of the report (`no_date`) or the period
        that "cùng kỳ" repeats (`no_base`) is not known; a null end alone where the range is open.
    """
    if mention.kind == "same_period":
        return DateSpan(None, None, (NO_BASE,))
    if mention.kind == "relative":
        return _relative(mention, reference, year)
    own = _year_of(mention, reference, year)
    if mention.to_now and mention.kind == "until":
        own = reference.year if reference else own
        if own is None:
            return DateSpan(None, None, (NO_YEAR, NO_DATE))
        return DateSpan(date(own, 1, 1), reference, () if reference else (NO_DATE,))
    if own is None:
        return DateSpan(None, None, (NO_YEAR,))
    return _in_year(mention, own, reference)


def same_period(base: DateSpan, mention: PeriodMention) -> DateSpan:
    """The days that "cùng kỳ" means: those of `base` in the year that it names, or the year before."""
    first = base.start or base.end
    if first is None or mention.kind != "same_period":
        return DateSpan(None, None, (NO_BASE,))
    shift = mention.year - first.year if mention.year else (mention.year_offset or 0)
    return DateSpan(_shifted(base.start, shift), _shifted(base.end, shift), base.doubts)


def _shifted(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    last = calendar.monthrange(day.year + years, day.month)[1]
    whole = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(day.year + years, day.month, last if whole else min(day.day, last))


def _year_of(mention: PeriodMention, reference: date | None, year: int | None) -> int | None:
    if mention.year is not None:
        return mention.year
    if mention.year_offset is not None:
        base = reference.year if reference else year
        return None if base is None else base + mention.year_offset
    return mention.year_to if mention.year_to is not None else year


def _end_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _in_year(mention: PeriodMention, year: int, reference: date | None) -> DateSpan:
    if mention.kind == "range":
        return _range(mention, year, reference)
    if mention.kind == "years":
        return DateSpan(date(year, 1, 1), date(mention.year_to or year, 12, 31))
    if mention.kind == "day":
        day = _day(year, mention.month or 1, mention.day or 1)
        return DateSpan(day, day)
    if mention.kind == "months":
        months = mention.months or 12
        return DateSpan(date(year, 1, 1), _end_of(year + (months - 1) // 12, (months - 1) % 12 + 1))
    first, last = _months_of(mention)
    if mention.kind == "until":
        end = _day(year, last, mention.day) if mention.day else _end_of(year, last)
        return DateSpan(date(year, 1, 1), end)
    return DateSpan(date(year, first, 1), _end_of(year, last))


def _months_of(mention: PeriodMention) -> tuple[int, int]:
    """First and last month of a month, quarter, half or year."""
    if mention.month:
        return mention.month, mention.month
    if mention.quarter:
        return 3 * mention.quarter - 2, 3 * mention.quarter
    if mention.half:
        return 6 * mention.half - 5, 6 * mention.half
    return 1, 12


def _day(year: int, month: int, day: int) -> date:
    """29 February of a year that has none is its 28th."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _range(mention: PeriodMention, year: int, reference: date | None) -> DateSpan:
    first = mention.month or 1
    if mention.to_now:
        end, doubts = reference, () if reference else (NO_DATE,)
    elif mention.month_to is None:
        end, doubts = None, ()
    else:
        year_to = mention.year_to or year
        end = _day(year_to, mention.month_to, mention.day_to) if mention.day_to else _end_of(year_to, mention.month_to)
        doubts = ()
        if mention.year is None and (year_to, mention.month_to) < (year, first):
            year -= 1  # "từ 1/11 đến 31/1/2025"
        elif mention.year is None and mention.year_to is not None and mention.month_to < first:
            year = year_to - 1
    return DateSpan(_day(year, first, mention.day or 1), end, doubts)


def _relative(mention: PeriodMention, reference: date | None, year: int | None) -> DateSpan:
    if reference is None:
        if mention.months is not None and mention.months < 12 and year is not None:
            return DateSpan(date(year, 1, 1), _end_of(year, mention.months))
        return DateSpan(None, None, (NO_DATE,))
    if mention.quarter_offset is not None:
        quarter = (reference.month - 1) // 3 + mention.quarter_offset
        own, quarter = reference.year + quarter // 4, quarter % 4
        return DateSpan(date(own, 3 * quarter + 1, 1), _end_of(own, 3 * quarter + 3))
    if mention.month_offset is not None:
        month = reference.month - 1 + mention.month_offset
        own, month = reference.year + month // 12, month % 12 + 1
        return DateSpan(date(own, month, 1), _end_of(own, month))
    return _months_gone(mention.months or 12, reference)


def _months_gone(count: int, reference: date) -> DateSpan:
    """ "9 tháng qua": the last whole months, the present one among them when it is nearly over.

    Said on 28 September they are January to September, on 2 October too.
    """
    last = reference.replace(day=1) - timedelta(days=1)
    if reference.day >= 20 and reference.month == count:
        last = _end_of(reference.year, reference.month)
    month = last.year * 12 + last.month - count
    return DateSpan(date(month // 12, month % 12 + 1, 1), last)
