"""How one period is written. Each reader looks at one anchor word of a lower-cased text ("tháng", "quý", "31/3")."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import replace

from thuchi.extract.numbers import SPACE
from thuchi.extract.spans import PeriodMention

_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "mười ba": 13, "i": 1, "ii": 2, "iii": 3,
    "iv": 4, "đầu": 1, "cuối": 4,
}  # fmt: skip
_OFFSETS = {"ngoái": -1, "trước": -1, "rồi": -1, "qua": -1, "nay": 0, "này": 0, "sau": 1, "tới": 1}

_WORD = re.compile(r"\w+")  # zero-width blanks are none of it, and str.split() does not know them
_S, _O = rf"{SPACE}{{1,3}}", rf"{SPACE}{{0,3}}"
_MONTH_WORD = rf"mười{_S}(?:một|hai)|mười|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín"
# "năm 2024 tỉnh …" is no billion, nor is "đến tháng 5 tỷ lệ giải ngân …"
_UNIT = rf"(?:%|(?:(?:tỷ|tỉ)(?!{_S}(?:lệ|trọng))|triệu|nghìn|ngàn|đồng|phần{_S}trăm)(?!\w))"
_YEAR = rf"(?:1[89]|20)\d\d(?![\d/]|[.,]\d|{_O}{_UNIT})"
_REST = r"(?:ngoái|trước|rồi|nay|này|sau|tới)(?!\w)"
# What says the year after a month, quarter or half: "/2023", " - 2023", " năm 2023", " của năm ngoái".
_TAIL = rf"(?P<tail>{_O}[/.-]{_O}{_YEAR}|(?:{_O},)?{_S}(?:của{_S})?năm{_S}(?:{_YEAR}|{_REST})|{_S}{_YEAR})?"
_TAIL_AFTER_YEAR = rf"(?P<tail>{_S}{_YEAR}|{_S}{_REST})?"
_MONTH_NUMBER = rf"(?:1[0-2]|0?[1-9])(?!\d|[.,]\d(?!\d{{3}})|{_O}{_UNIT})"

_COUNT_BEFORE = re.compile(
    rf"(?<![\w/])(?<!\d[.,–-])(?P<n>[0-3]?\d|mười{_S}ba|{_MONTH_WORD}){_S}\Z",
)
_DAY_CUE_BEFORE = re.compile(rf"(?<!\w)(?:ngày{_S}(?:(?:mồng|mùng){_S})?|(?:mồng|mùng){_S})\Z")
_STREET_BEFORE = re.compile(rf"(?<!\w)(?:đường|phố|quảng{_S}trường|công{_S}viên|cầu|trường|phường|chợ){_S}\Z")
"""Before a day, these make it a name: "đường 30 Tháng 4"."""
_OF_MONTH = re.compile(rf"tháng{_S}(?P<m>{_MONTH_NUMBER}|(?:{_MONTH_WORD})(?!\w)(?!{_S}\d)){_TAIL}")
_MONTHS = re.compile(
    rf"tháng(?!\w)(?:{_S}(?P<which>đầu(?:{_S}tiên)?|cuối|còn{_S}lại|vừa{_S}qua|qua)(?!\w)(?P<of>(?:{_S}(?:của|trong))?{_S}năm(?!\w))?)?"
    rf"(?P<tail>{_O}/{_O}{_YEAR}|{_S}(?:(?:của{_S})?năm{_S})?{_YEAR}|{_S}(?:của{_S})?năm{_S}{_REST}|{_S}(?:nay|ngoái)(?!\w))?"
)
_MONTH = re.compile(
    rf"tháng{_S}(?:(?P<m>{_MONTH_NUMBER}|(?:{_MONTH_WORD})(?!\w))"
    rf"(?:{_O}(?:-|–|đến){_O}(?P<to>{_MONTH_NUMBER})(?={_O}/|{_S}năm|{_S}\d{{4}}|[.,;)\s]))?{_TAIL})"
)
_PART_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<n>1?\d){_S}ngày{_S}(?P<at>đầu|cuối)|nửa{_S}(?P<half>đầu|cuối)|k[ỳì]{_S}(?P<k>1|2|ii?))(?:{_S}(?:của{_S})?)\Z"
)
_PARTS = (" đầu", "cuối", " của", "kỳ 1", "kỳ 2", "kì 1", "kì 2", "ỳ ii", "ì ii", "kỳ i", "kì i")
_LAST_MONTH = re.compile(rf"tháng{_S}cuối{_S}năm(?!\w){_TAIL_AFTER_YEAR}")
_OTHER_MONTH = re.compile(rf"tháng{_S}(?P<rel>trước|này|nay|sau|tới|qua)(?!\w)(?!{_S}ngày)")
_MONTH_OF_CONTEXT = re.compile(rf"tháng(?!\w)(?!{_S}(?:đầu|cuối|giêng|chạp)(?!\w))")
_QUARTER = re.compile(
    rf"quý{_S}(?P<q>iv|i{{1,3}}|0?[1-4](?![\d.,]\d|{_O}{_UNIT})|một|hai|ba|tư|bốn)(?!\w)"
    rf"(?:{_O}[-–]{_O}(?:quý{_S})?(?P<to>iv|i{{1,3}}|[1-4])(?!\w|[.,]\d|{_O}{_UNIT}))?{_TAIL}"
)
_EDGE_QUARTER = re.compile(rf"quý{_S}(?P<edge>đầu|cuối)(?:{_S}tiên)?{_S}(?:của{_S})?năm(?!\w){_TAIL_AFTER_YEAR}")
_OTHER_QUARTER = re.compile(rf"quý{_S}(?P<rel>trước|này|nay|sau|tới)(?!\w)")
_HALF = re.compile(
    rf"nửa{_S}(?:(?P<h>đầu|cuối){_S}(?:của{_S})?năm(?!\w){_TAIL_AFTER_YEAR}|"
    rf"(?:chặng{_S}đường{_S})(?:đầu{_S})?(?:của{_S})?năm(?!\w)(?P<of>{_S}{_YEAR})?|"
    rf"(?:(?<=trong nửa )|(?<=sau nửa ))năm(?!\w)|năm(?={_S}(?:trôi{_S}|vừa{_S}|đã{_S})?qua(?!\w)))"
)
_YEARS = re.compile(
    rf"(?:giai{_S}đoạn|nhiệm{_S}k[ỳì]|thời{_S}k[ỳì]|năm)(?:{_S}từ)?(?:{_S}năm)?{_S}(?P<y>(?:1[89]|20)\d\d)"
    rf"{_O}(?:[-–—]|đến|tới){_O}(?:năm{_S})?(?P<to>(?:1[89]|20)\d\d)(?!\d|[.,]\d|{_O}{_UNIT})"
)
_A_YEAR = re.compile(rf"năm{_S}(?:ngân{_S}sách{_S})?(?P<y>{_YEAR})(?!\w)")
_OTHER_YEAR = re.compile(rf"năm{_S}(?:(?P<rel>{_REST})|(?:vừa{_S})?qua(?!\w))")
_WHOLE_BEFORE = re.compile(rf"(?<!\w)(?P<whole>cả|trong|toàn|(?:(?:đến|tới){_S})?hết|(?:đến|tới){_S}cuối){_S}\Z")
_NOT_A_YEAR_AFTER = re.compile(r"\w|\s+(?:học|tháng|ngày|lần|thứ|\d)")
_NOT_THE_YEAR_AFTER = re.compile(r"\w|\s+(?:học|tháng|ngày|lần|thứ|\d{1,2}\s+tháng)")
_FISCAL = re.compile(rf"niên{_S}độ(?:{_S}ngân{_S}sách)?(?:{_S}(?:năm{_S})?(?P<y>{_YEAR}))?(?!\w)")
_BARE_YEARS = re.compile(
    rf"(?:hạn|toán|hoạch|nước|vốn){_S}(?P<y>20\d\d){_O}[-–]{_O}(?P<to>20\d\d)(?!\d|[.,]\d|{_O}{_UNIT})"
)
_BARE_YEAR = re.compile(rf"(?:toán|hoạch|hiện|sách|vốn|(?<=nhà )nước){_S}(?P<y>{_YEAR})(?![-/\w])")
_SAME = re.compile(
    rf"cùng{_S}(?:(?P<period>k[ỳì])(?!{_S}hạn)|thời{_S}điểm|giai{_S}đoạn|thời{_S}gian|quý|tháng)(?!\w)"
    rf"(?:{_S}(?:này|đó|ấy)(?={_S}(?:của{_S})?năm(?!\w)))?(?P<tail>{_O}/{_O}{_YEAR}|(?:{_S}của)?{_S}năm{_S}(?:{_YEAR}|{_REST})|{_S}{_YEAR}|{_S}{_REST})?"
)
_NOW = re.compile(
    rf"(?:đến|tới){_S}(?:nay|giờ|(?:thời{_S}điểm|thời{_S}gian|ngày){_S}(?:báo{_S}cáo|hiện{_S}tại|hiện{_S}nay|này|nay))(?!\w)"
)
_BEFORE_NOW = re.compile(
    rf"(?<!\w)(?:(?:tính|lũy{_S}kế|luỹ{_S}kế){_S})?(?:(?:kể{_S}|tính{_S})?từ{_S}đầu{_S}năm{_S})?\Z"
)
_CUMULATIVE = re.compile(rf"l[ũu][yỹ]{_S}kế(?!\w)")
_SINCE_NEW_YEAR = re.compile(rf"từ{_S}đầu{_S}năm(?!\w)(?!,?{_S}(?:\d|đến|tới))")
_DATE = re.compile(r"(?P<d>[0-3]?\d)(?P<s>[/.-])(?P<m>[01]?\d)(?P=s)(?P<y>\d{4})(?![\w/])")
_MONTH_SLASH_YEAR = re.compile(rf"(?P<m>0?[1-9]|1[0-2])/(?P<y>{_YEAR})(?!-?[a-zđ])")
_DAY = re.compile(rf"(?P<d>[0-3]?\d){_O}(?P<s>[/.-]){_O}(?P<m>1[0-2]|0?[1-9])(?!\d|[/.,-]\d|{_O}{_UNIT}|-[a-zđ]|/)")
_CLEAR_CUE = re.compile(rf"(?<!\w)(?:(?P<day>ngày)|sáng|trưa|chiều|tối){_S}\Z")
_LOOSE_CUE = re.compile(rf"(?<!\w)(?:đến|tới|hết|từ|và|qua|(?:đến|tới){_S}thời{_S}điểm){_S}\Z")
_LEGAL_BEFORE = re.compile(
    r"(?:số|nghị quyết|quyết định|nghị định|thông tư|chỉ thị|công văn|luật|nq|qđ|tt|nđ)[\s:]{1,2}\Z"
)
_COUNTED_AFTER = re.compile(
    r"\s*(?:xã|phường|huyện|chỉ tiêu|tiêu chí|đại biểu|đơn vị|dự án|thôn|hộ|km|ha|đồng chí|tỉnh|điểm|lần|m|mét|cm|kg|"
    r"tấn|năm(?!\s+\d)|tháng|ngày|tuần|giờ|phút|tuổi|người|con|cây|chiếc|ca|vụ|lượt|trường|tầng)(?!\w)"
)
_NO_MONTHS_AFTER = re.compile(
    r"\s*/|\s+(?:nữa|tuổi|tiếp|tới|lương|liên tiếp|một lần|lần|sau|trước(?!\s+ngày)|kể|sẽ|thử|tù|trở|"
    r"mới(?!\s+(?:đạt|thu|chi|giải|thực|được|bằng|hoàn|có|ước|thanh|tiêu|rót|đi|chỉ|chạm|hơn|gần|khoảng|trên)))(?!\w)"
)
# "sớm 1 tháng", "trước hai tháng": how long before, no part of a year
_NO_MONTHS_BEFORE = re.compile(
    r"(?:còn|chưa đầy|kéo dài|mỗi|cách|từng|hạn|gần|hơn|những|khoảng|mấy|lúa|suốt|sinh|tù|vay|vài|đến|dưới|quá|"
    r"trên|mất|giam|phạt|đây|cần|trước|sớm)[ \u00a0]\Z"  # not "… đếm cọc mất", a headline above "Bảy tháng, …"
)
_ONE_MONTH_BEFORE = re.compile(r"(?:sau|trong|qua|hết|mới|đầu)\s\Z")
_NO_YEAR_BEFORE = re.compile(
    r"(?:\d|các|những|nhiều|mấy|mọi|hàng|hằng|mỗi|từng|một|hai|ba|bốn|năm|mười|vài|chục|trăm|ngàn|nghìn)\s\Z"
)
_PLURAL_BEFORE = re.compile(r"(?<!\w)(?:những|các|mỗi|hàng|hằng|từng|mấy|nhiều|mọi|vài|chục|trăm)\s\Z")
COMPARED = re.compile(
    rf"(?<!\w)so(?:{_S}với)?(?:{_S}(?:cùng|kỳ|thời|điểm|mức|số|thực|hiện|ước|bình|quân|kết|quả|con|cuối|đầu|của|tháng|năm|"
    rf"trung|dự|toán|kế|hoạch)){{0,8}}{_S}\Z|(?<!\w)lần{_S}\Z"
)
"""What stands before a period that a figure is compared with: "so với thực hiện ", "gấp 2 lần "."""


def before(pattern: re.Pattern[str], low: str, at: int, width: int) -> re.Match[str] | None:
    """Where `pattern`, which ends in \\Z, matches the words before `at`."""
    return pattern.search(low, max(0, at - width), at)


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _WORDS[" ".join(_WORD.findall(words))]


def _tail(tail: str | None) -> tuple[int | None, int | None]:
    """The year and the year's offset of "/2023", " của năm ngoái"."""
    if not tail:
        return None, None
    year = re.search(r"\d{4}", tail)
    return (int(year[0]), None) if year else (None, _OFFSETS[_WORD.findall(tail)[-1]])


def _is_day(day: int, month: int, year: int | None) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 2024, month)[1]


def _at_month(low: str, at: int) -> PeriodMention | None:
    count = before(_COUNT_BEFORE, low, at, 14)
    if count and low[count.start() - 3 : count.start()] in ("kỳ ", "kì "):
        count = None  # "kỳ 1 tháng 5"
    if count and before(_STREET_BEFORE, low, count.start(), 14) and _OF_MONTH.match(low, at):
        return None
    if count and not (count["n"] == "năm" and _OF_MONTH.match(low, at)):
        return _day_of_month(low, at, count) or _months(low, at, count)
    if found := _MONTH.match(low, at):
        return _one_month(low, at, found)
    if found := _LAST_MONTH.match(low, at):
        year, offset = _tail(found["tail"])
        return PeriodMention(at, found.end(), "month", year, 12, year_offset=offset)
    if (found := _OTHER_MONTH.match(low, at)) and not before(_PLURAL_BEFORE, low, at, 8):
        return PeriodMention(at, found.end(), "relative", month_offset=_OFFSETS[found["rel"]])
    if low[at - 6 : at] == "trong " and (found := _MONTH_OF_CONTEXT.match(low, at)):
        return PeriodMention(at - 6, found.end(), "relative", month_offset=0)
    return None


def _day_of_month(low: str, at: int, count: re.Match[str]) -> PeriodMention | None:
    found = _OF_MONTH.match(low, at)
    if found is None or not count["n"].isdigit():
        return None
    day, month = int(count["n"]), _number(found["m"])
    year, offset = _tail(found["tail"])
    cue = before(_DAY_CUE_BEFORE, low, count.start(), 14)
    # "9 tháng 2022" and "6 tháng 5 …" without "ngày" are months, unless a year or the number itself says day.
    if not (cue or day > 13 or year or offset is not None) or not _is_day(day, month, year):
        return None
    start = cue.start() if cue else count.start()
    return PeriodMention(start, found.end(), "day", year, month, day, year_offset=offset)


def _months(low: str, at: int, count: re.Match[str]) -> PeriodMention | None:
    found, months, start = _MONTHS.match(low, at), _number(count["n"]), count.start()
    if found is None or not 1 <= months <= 13 or (count["n"] == "năm" and not found["of"]):
        return None  # "bao nhiêu năm tháng": years and months, no five
    year, offset = _tail(found["tail"])
    which, end = found["which"] and _WORD.findall(found["which"])[0], found.end()
    if which in ("cuối", "còn"):
        if months > 11 or (which == "cuối" and not found["of"] and not found["tail"]):
            return None
        return PeriodMention(start, end, "range", year, 13 - months, year_to=year, month_to=12, year_offset=offset)
    if which in ("qua", "vừa"):
        return PeriodMention(start, end, "relative", months=months)
    if which == "đầu" and not found["of"] and not re.match(r"\s*(?:[,.;:)\n]|\Z)", low[end : end + 4]):
        return None  # "ba tháng đầu vận hành": of something else than the year
    bare = not which and not found["tail"]
    if bare and count["n"] == "một" and not before(_ONE_MONTH_BEFORE, low, start, 8):
        return None  # "2 triệu đồng một tháng"
    if bare and (_NO_MONTHS_AFTER.match(low, end) or before(_NO_MONTHS_BEFORE, low, start, 12)):
        return None
    return PeriodMention(start, end, "months", year, months=months, year_offset=offset)


def _one_month(low: str, at: int, found: re.Match[str]) -> PeriodMention | None:
    if found["m"] == "năm" and before(_PLURAL_BEFORE, low, at, 8):
        return None  # "những tháng năm khó khăn"
    year, offset = _tail(found["tail"])
    month, to = _number(found["m"]), int(found["to"]) if found["to"] else None
    if to is None:
        whole = PeriodMention(at, found.end(), "month", year, month, year_offset=offset)
        part = before(_PART_BEFORE, low, at, 20) if low[at - 5 : at - 1] in _PARTS else None
        return _part_of_month(whole, part) if part else whole
    if to <= month:
        return PeriodMention(at, found.end("m"), "month", None, month)
    return PeriodMention(at, found.end(), "range", year, month, year_to=year, month_to=to, year_offset=offset)


def _part_of_month(month: PeriodMention, part: re.Match[str]) -> PeriodMention:
    """ "15 ngày đầu tháng 1/2024", "nửa cuối tháng 7", "kỳ 2 tháng 5", as statistics and customs report."""
    last = part["at"] == "cuối" or part["half"] == "cuối" or part["k"] in ("2", "ii")
    days = int(part["n"] or 15)
    if last and days != 15:
        return month
    return replace(month, start=part.start(), day=16 if last else 1, day_to=None if last else days)


def _at_quarter(low: str, at: int) -> PeriodMention | None:
    if found := _QUARTER.match(low, at):
        year, offset = _tail(found["tail"])
        quarter, to = _number(found["q"]), _number(found["to"]) if found["to"] else 0
        if quarter < to:
            months = (3 * quarter - 2, 3 * to)
            return PeriodMention(
                at, found.end(), "range", year, months[0], year_to=year, month_to=months[1], year_offset=offset
            )
        return PeriodMention(at, found.end(), "quarter", year, quarter=quarter, year_offset=offset)
    if found := _EDGE_QUARTER.match(low, at):
        return _edge_quarters(low, at, found)
    if found := _OTHER_QUARTER.match(low, at):
        return PeriodMention(at, found.end(), "relative", quarter_offset=_OFFSETS[found["rel"]])
    return None


def _edge_quarters(low: str, at: int, found: re.Match[str]) -> PeriodMention | None:
    """ "quý cuối năm 2019", "3 quý đầu năm"."""
    year, offset = _tail(found["tail"])
    count = before(_COUNT_BEFORE, low, at, 14)
    quarters, start = (_number(count["n"]), count.start()) if count else (1, at)
    if quarters > 3:
        return None
    if quarters == 1:
        quarter = 4 if found["edge"] == "cuối" else 1
        return PeriodMention(start, found.end(), "quarter", year, quarter=quarter, year_offset=offset)
    if found["edge"] == "cuối":
        month = 13 - 3 * quarters
        return PeriodMention(start, found.end(), "range", year, month, year_to=year, month_to=12, year_offset=offset)
    return PeriodMention(start, found.end(), "months", year, months=3 * quarters, year_offset=offset)


def _at_half(low: str, at: int) -> PeriodMention | None:
    found = _HALF.match(low, at)
    if found is None:
        return None
    year, offset = _tail(found["tail"] or found["of"])
    half = 2 if found["h"] == "cuối" else 1
    return PeriodMention(at, found.end(), "half", year, half=half, year_offset=offset)


def _at_year(low: str, at: int) -> PeriodMention | None:
    if found := _YEARS.match(low, at):
        return _years(at, found)
    whole = before(_WHOLE_BEFORE, low, at, 10)
    start = whole.start() if whole else at
    if found := _A_YEAR.match(low, at):
        return PeriodMention(start, found.end(), "year", int(found["y"]))
    if found := _OTHER_YEAR.match(low, at):
        if before(_NO_YEAR_BEFORE, low, at, 6):
            return None
        if not found["rel"]:
            return PeriodMention(start, found.end(), "relative", months=12)
        return PeriodMention(start, found.end(), "year", year_offset=_OFFSETS[found["rel"]])
    # "tổng chi ngân sách cả năm 161 tỷ đồng", but "trong năm 3 ngày"
    beyond = _NOT_THE_YEAR_AFTER if whole and whole["whole"] in ("cả", "toàn") else _NOT_A_YEAR_AFTER
    if whole and not beyond.match(low, at + 3):
        return PeriodMention(start, at + 3, "year")
    return None


def _at_years(low: str, at: int) -> PeriodMention | None:
    found = _YEARS.match(low, at)
    return _years(at, found) if found else None


def _years(at: int, found: re.Match[str]) -> PeriodMention | None:
    first, last = int(found["y"]), int(found["to"])
    return PeriodMention(at, found.end(), "years", first, year_to=last) if first < last else None


def _at_fiscal_year(low: str, at: int) -> PeriodMention | None:
    found = _FISCAL.match(low, at)
    return found and PeriodMention(at, found.end(), "year", int(found["y"]) if found["y"] else None)


def _at_bare_year(low: str, at: int) -> PeriodMention | None:
    if found := _BARE_YEARS.match(low, at):  # "kế hoạch trung hạn 2016-2020"
        years = _years(at, found)
        return years and replace(years, start=found.start("y"))
    found = _BARE_YEAR.match(low, at)
    return found and PeriodMention(found.start("y"), found.end(), "year", int(found["y"]))


def _at_same(low: str, at: int) -> PeriodMention | None:
    found = _SAME.match(low, at)
    if found is None:
        return None
    year, offset = _tail(found["tail"])
    compared = before(COMPARED, low, at, 40) is not None
    if not found["tail"] and not found["period"] and not compared:
        return PeriodMention(at, found.end(), "same_period")  # "toàn tỉnh cùng thời điểm 52,7%"
    # "Cùng kỳ, tổng mức bán lẻ …" opens a sentence: in the same period, not in that of the year before.
    opens = not found["tail"] and not compared and low[found.end() : found.end() + 1] == ","
    opens = opens and low[max(0, at - 4) : at].rstrip(" ")[-1:] in ("\n", ".", "")
    back = None if year or opens else (offset if offset is not None else -1)
    return PeriodMention(at, found.end(), "same_period", year, year_offset=back, comparison=not opens)


def _at_now(low: str, at: int) -> PeriodMention | None:
    found = _NOW.match(low, at)
    if found is None:
        return None
    opened = before(_BEFORE_NOW, low, at, 32)
    return PeriodMention(opened.start() if opened else at, found.end(), "until", to_now=True)


def _at_cumulative(low: str, at: int) -> PeriodMention | None:
    found = _CUMULATIVE.match(low, at) or _SINCE_NEW_YEAR.match(low, at)
    return found and PeriodMention(at, found.end(), "until", to_now=True)


def _at_digits(low: str, at: int) -> PeriodMention | None:
    if low[at - 1 : at] in (".", ",", "/", "-") and low[at - 2 : at - 1].isalnum():
        return None
    if found := _DATE.match(low, at):
        day, month, year = int(found["d"]), int(found["m"]), int(found["y"])
        if not 1800 <= year <= 2099 or not _is_day(day, month, year):
            return None
        cue = before(_CLEAR_CUE, low, at, 8)
        return PeriodMention(cue.start() if cue and cue["day"] else at, found.end(), "day", year, month, day)
    if found := _MONTH_SLASH_YEAR.match(low, at):
        if before(_LEGAL_BEFORE, low, at, 14):
            return None  # "Nghị quyết số 09/2022"
        return PeriodMention(at, found.end(), "month", int(found["y"]), int(found["m"]))
    found = _DAY.match(low, at)
    return _day(low, at, found) if found else None


def _day(low: str, at: int, found: re.Match[str]) -> PeriodMention | None:
    day, month = int(found["d"]), int(found["m"])
    if not _is_day(day, month, None):
        return None
    if clear := before(_CLEAR_CUE, low, at, 8):
        return PeriodMention(clear.start() if clear["day"] else at, found.end(), "day", None, month, day)
    if found["s"] == "." or not before(_LOOSE_CUE, low, at, 15) or _COUNTED_AFTER.match(low, found.end()):
        return None
    return PeriodMention(at, found.end(), "day", None, month, day)


_Reader = Callable[[str, int], PeriodMention | None]
_READERS: dict[str, _Reader] = {
    "tháng": _at_month, "quý": _at_quarter, "năm": _at_year, "nửa": _at_half, "cùng": _at_same,
    "niên": _at_fiscal_year, "giai": _at_years, "nhiệm": _at_years, "thời": _at_years, "đến": _at_now, "tới": _at_now,
    "lũy": _at_cumulative, "luỹ": _at_cumulative, "từ đầu": _at_cumulative,
}  # fmt: skip
_DIGITS = re.compile(r"\d\d?(?=\s{0,3}[/.-]\s{0,3}\d)")
_YEAR_ALONE = re.compile(r"(?:20|1[89])\d\d(?:(?<=[nhc]\s\d{4})|(?<=\s\s\d{4}))")
_BEFORE_YEAR_ALONE = re.compile(r"(?:toán|hoạch|hiện|hạn|nước|sách|vốn)\s{1,3}\Z")


def mentions_in(low: str) -> list[PeriodMention]:
    """What is read wherever a period may begin, in no order. Each word is searched for by itself, which takes a third
    of the time of one pattern for all."""
    places: list[tuple[int, _Reader]] = [(digits.start(), _at_digits) for digits in _DIGITS.finditer(low)]
    for year in _YEAR_ALONE.finditer(low):
        if named := before(_BEFORE_YEAR_ALONE, low, year.start(), 9):
            places.append((named.start(), _at_bare_year))
    for word, reader in _READERS.items():
        at = low.find(word)
        while at >= 0:
            places.append((at, reader))
            at = low.find(word, at + len(word))
    read = [reader(low, at) for at, reader in places if not low[at - 1 : at].isalnum()]
    return [mention for mention in read if mention is not None]
