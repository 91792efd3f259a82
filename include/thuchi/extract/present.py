"""The year an article was written in, where only its words can tell: many an archive keeps no date of publication.

What is told as a fact is over ("thu ngân sách năm 2021 đạt …", "tăng 7% so với cùng kỳ năm 2020" is told of 2021),
and mostly of late; what is planned is of this year or the next ("nhiệm vụ năm 2022"). The year is the one in which an
article would most naturally speak so, by the month of its date line too: in January "năm 2021" is the year that is
over, in December the plan for 2022 is the next year's. What will be ("từ 1-1-2022 sẽ …", "đến năm 2025") says little.

How strange each would be follows what 226 dated articles say. Of 41 that tell a plan in November or December 32 tell
the next year's, of 7 in October one; a whole year told as a fact is the year before in 13 of 19 in January and
February, in 7 of 14 in spring, and in 12 of 84 later. Two years that fit alike leave the year open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from thuchi.extract.spans import PeriodMention

_LEAD = 900
_HEAD = 300
"""Characters that may hold the headline and the line with the day of publication."""
_BEFORE_DATE_LINE = re.compile(
    r"\s*(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|cập nhật|đăng|ngày|lúc|[\d:h,|\s-])*\Z"
)
_AFTER_DATE_LINE = re.compile(r"\s*(?:\n|\Z|[-,|–]?\s*\(?\d{1,2}[:h]\d{2})")
"""A day that stands alone on its line, or before an hour: "Thứ sáu, 08/01/2021 09:00"."""
_MARGIN = 0.15
"""How much stranger the next best year must be; what fits two years alike tells none."""
_MOST = 3
"""Repetitions of one mention that count."""
_TOWARDS = ("đến", "tới", "ước", "hết")
_NOT_YET = re.compile(
    r"(?<!\w)(?:(?:vào|đến|tới|trước|phấn đấu|từ|sang|mới|phải|sớm nhất|tết[^.,;\n]{0,30})\s*"
    r"(?:(?:ngày|đầu|giữa|cuối)\s*)?|(?:sẽ(?!\w)|phải trả)[^.;\n]{0,60})\Z"
)
_AIMED_BEFORE = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu|phải|cần|dự kiến|cam kết)(?!\w)[^.,;\n]{0,60}\Z")
"""Before a day or month: "mục tiêu là đến hết tháng 1/2021 giải ngân hết", "phải giải ngân 60% và đến 31/1/2025 …"."""
_WILL = re.compile(r"[^.;\n]{0,40}(?<!\w)(?:sẽ|phải)(?!\w)|\s+(?:chuyển|kéo dài)(?!\w)")
_PLANNED_BEFORE = re.compile(
    r"(?<!\w)(?:dự toán|kế hoạch|nhiệm vụ|chỉ tiêu|mục tiêu|phương hướng|phấn đấu|định hướng|con số của|đề ra|"
    r"nghị quyết|quyết nghị|phân bổ|đề nghị giao)(?!\w)(?:[^.;:\n]|\.(?=\d)){0,40}\Z|(?<!\w)dự kiến\s*\Z"
)
_MUST_BEFORE = re.compile(r"(?<!\w)(?:phải|cần|yêu cầu|đề nghị)(?!\w)[^.;:\n]{0,70}\Z")
"""What must be done "trong năm 2019" lies ahead, or is of this year."""
_REACHED_BEFORE = re.compile(
    r"(?:(?<!\w)(?:đạt|giải ngân|thanh toán|hoàn thành|vượt|bằng|tổng kết|kết quả)(?!\w)|%)[^.;:\n]{0,60}\Z"
)
_PLANNED_AFTER = re.compile(
    r",?[^.,;\n]{0,45}(?<!\w)(?:đề ra|đặt (?:ra|kế hoạch|mục tiêu)|được (?:[^\W\d]+ ){0,4}giao|phấn đấu|xác định|"
    r"mục tiêu|dự kiến|được xây dựng|có thể|sẽ)(?!\w)"
)
_GIVEN_AFTER = re.compile(
    r",?(?:(?!đạt|vượt|bằng|hoàn thành|%)[^.,;\n]){0,45}(?<!\w)(?:giao|nhận nhiệm vụ|chỉ tiêu|quyết nghị)(?!\w)"
)
_ADJUSTED_AFTER = re.compile(r"\s+sau (?:khi )?(?:được )?(?:điều chỉnh|bổ sung)(?!\w)")
"""A plan that was changed is carried out: "kế hoạch vốn năm 2025 sau điều chỉnh là 18.000 tỷ đồng"."""
_ENDING_BEFORE = re.compile(r"(?<!\w)(?:kết thúc|chuẩn bị quyết toán[^.,;\n]{0,40})\s*\Z")
"""Of a year as it ends: "phấn đấu kết thúc năm 2025, thu ngân sách vượt 5%"."""
_DRAFTED_BEFORE = re.compile(
    r"(?<!\w)(?:(?:xây dựng|lập|thảo luận|tờ trình[^.;\n]{0,30}) (?:dự toán|kế hoạch)|"
    r"phương án (?:ngân sách|đặt hàng)|chương trình giám sát)(?!\w)[^.;:\n]{0,40}\Z"
)
_HAS_COME = re.compile(r"\s+đã(?!\w)")
"""What a year has come to is over: "đến năm 2016 đã thành 822.000 tỷ đồng"."""
_CARRIED_AFTER = re.compile(r"\s+(?:(?:được|đã|cho phép) )*(?:chuyển|kéo dài)(?!\w)")
"""What is left of one year is told of in the next: "vốn năm 2022 kéo dài sang"."""
_MULTIPLE_BEFORE = re.compile(r"(?<!\w)gấp (?:đôi|ba|bốn|rưỡi|[\d,]+ lần)(?: (?:mức|con số|số thu))?(?: của)?\s*\Z")
"""Of a year that is compared with without "so với": "hơn gấp đôi quý I năm 2018"."""
_SETTLED = re.compile(r"(?<!\w)quyết toán(?!\w)[^.;\n]{0,40}\Z")
_ESTIMATED = re.compile(r"(?<!\w)ước(?: thực hiện)?\s*\Z")
_THIS_YEAR = re.compile(r"[^;\n]{0,60}(?<!\w)so\s+với\s+(?:[^\W\d]+\s+){0,4}năm\s+nay(?!\w)")
_THIS_YEAR_BEFORE = re.compile(r"(?<!\w)so\s+với\s+(?:[^\W\d]+\s+){0,4}năm\s+nay(?!\w)[^.;\n]{0,60}\Z")
_CONTRAST = re.compile(r"\A[^\n]{0,60}[.;,\n]\s*(?:riêng|còn|sang)\s*\Z")
"""Between a year and this one: "năm 2017 được 54,7%. Riêng năm nay …"."""
TASKS = re.compile(
    r"(?<!\w)(?:triển khai|phương hướng|bàn|đề ra|xác định|định hướng)(?!\w)[^.;]*(?<!\w)"
    r"(?:nhiệm vụ|giải pháp|kế hoạch|công tác)(?!\w)"
)
"""What is to be done, and when: "triển khai nhiệm vụ quý IV/2019"."""
_PLAN = re.compile(r"(?<!\w)(?:dự toán|kế hoạch)[^.,;\n]{0,20}\Z")


class Told(NamedTuple):
    """What one mention says: a fact of a year or up to a month of it, a plan, or something that lies ahead."""

    kind: str
    year: int
    month: int | None = None
    weight: float = 1.0


class Written(NamedTuple):
    """When an article was written, as its words tell it; `month` is null where they leave it open."""

    year: int
    month: int | None

    @property
    def day(self) -> date:
        """A day near enough to tell which administrative units stood."""
        return date(self.year, self.month or 6, 28)


def time_of_writing(folded: str, mentions: Sequence[PeriodMention]) -> Written | None:
    """The year (and month) of writing of a folded text, or null where its words leave the year open."""
    if (dated := _date_line(folded, mentions)) is not None:
        return dated
    told = Counter(
        one for m in mentions if m.year is not None and m.kind != "years" for one in _told(folded, m, m.year)
    )
    told.update(
        Told("fact", before.year + 1, weight=2.0)
        for before, m in pairwise(mentions)
        if m.year_offset == 0
        and before.year
        and before.kind == "year"
        and _CONTRAST.search(folded[before.end : m.start])
    )
    if all(one.kind == "ahead" for one in told):
        return None
    planned = {one.year for one in told if one.kind == "plan"}
    for one in [one for one in told if one.kind == "fact" and one.month is None and one.year in planned]:
        told[one._replace(weight=one.weight / 2)] += told.pop(one)  # "Dự toán năm 2022: … Số thu năm 2022 từ thuế …"
    month = _month_of_writing(mentions)
    years = sorted({one.year + shift for one in told for shift in (-1, 0, 1)})
    strange = sorted(
        (sum(_strangeness(one, year, month) * min(n, _MOST) for one, n in told.items()), year) for year in years
    )
    (least, year), (next_best, _) = strange[:2]
    if next_best - least < _MARGIN:
        return None
    ended = [one.month for one in told if one.kind == "fact" and one.year == year and one.month is not None]
    return Written(year, month or max(ended, default=None))


def _date_line(folded: str, mentions: Sequence[PeriodMention]) -> Written | None:
    """ "Thứ sáu, 08/01/2021 09:00": the day of publication, where the archive kept it in the text."""
    for mention in mentions:
        if mention.start > _HEAD:
            return None
        if mention.kind != "day" or mention.year is None:
            continue
        line = folded.rfind("\n", 0, mention.start) + 1
        if _BEFORE_DATE_LINE.match(folded, line, mention.start) and _AFTER_DATE_LINE.match(folded, mention.end):
            return Written(mention.year, mention.month)
    return None


def _month_of_writing(mentions: Sequence[PeriodMention]) -> int | None:
    """The month of the date line, or else of the last day without a year that a report goes on to."""
    days = [m for m in mentions if m.kind == "day" and m.year is None and m.month and m.start < _LEAD]
    if days:
        return days[0].month
    ends = [m.month for m in mentions if m.kind == "until" and m.year is None and m.month and m.day]
    return ends[-1] if ends else None


def _strangeness(told: Told, year: int, month: int | None) -> float:
    """How strange it would be to tell this in that year and month of writing."""
    return told.weight * _STRANGENESS[told.kind](year - told.year, month, told.month)


def _of_fact(years_ago: int, now: int | None, ended: int | None) -> float:
    if ended is not None and now is not None:
        months_ago = 12 * years_ago + now - ended
        if months_ago < -1:
            return 1.5 if months_ago > -4 else 4.0
        return 0.0 if months_ago < 6 else min(0.2 * (months_ago - 5), 3.0)
    if years_ago < 0:
        return 4.0
    if ended is None and now is not None and now <= 2 and years_ago < 2:
        return 0.0 if years_ago == 1 else 1.0
    if ended is None and now is not None and 3 <= now <= 5 and years_ago < 2:
        return 0.5  # in spring a year that is told of as a whole is as likely the one before
    return min(1.0 * years_ago, 3.0)


def _of_comparison(years_ago: int, now: int | None, ended: int | None) -> float:
    """ "giảm 6% so với cùng kỳ năm 2015" is told of a part of 2016, and so in 2016 but for January."""
    return _of_fact(years_ago, now if now is not None and now <= 2 else None, ended)


def _of_plan(years_ago: int, now: int | None, _: int | None) -> float:
    late = now is not None and now >= 11
    if years_ago == 0:
        return 0.9 if late else 0.0
    if years_ago == -1:
        return 0.0 if late else 0.6
    return 1.5 if years_ago > 0 else 2.0


def _of_settlement(years_ago: int, _now: int | None, _ended: int | None) -> float:
    if years_ago == 0:
        return 0.5
    return 4.0 if years_ago < 0 else 0.3 * (years_ago - 1)


def _of_things_ahead(years_ago: int, _now: int | None, _ends: int | None) -> float:
    return 0.7 if years_ago > 0 else 0.0


def _of_time_until_now(years_ago: int, _now: int | None, _ended: int | None) -> float:
    """ "từ năm 2016 tới nay" is hardly told in 2016 itself."""
    return 4.0 if years_ago < 0 else 1.0 if not years_ago else 0.0


_STRANGENESS: dict[str, Callable[[int, int | None, int | None], float]] = {
    "fact": _of_fact, "compared": _of_comparison, "plan": _of_plan, "settled": _of_settlement,
    "ahead": _of_things_ahead, "since": _of_time_until_now,
}  # fmt: skip


def _told(folded: str, mention: PeriodMention, named: int) -> Iterator[Told]:
    before, after = folded[max(0, mention.start - 80) : mention.start], folded[mention.end : mention.end + 100]
    whole, words = mention.kind == "year", folded[mention.start : mention.end]
    if mention.kind == "same_period":
        yield Told("compared", named + 1, weight=2.0)
    elif whole and _ESTIMATED.search(before):
        yield Told("fact", named)
    elif mention.comparison and _PLAN.search(before):
        yield Told("plan", named, weight=0.5)
    elif mention.comparison or _MULTIPLE_BEFORE.search(before):
        # "tăng 5% so với năm 2020"; "tăng 73% so với năm 2010" looks further back
        yield Told("fact", named + 1, weight=0.5) if whole else Told("compared", named + 1, weight=2.0)
    elif whole and (_ADJUSTED_AFTER.match(after) or _ENDING_BEFORE.search(before)):
        yield Told("fact", named)
    elif whole and _CARRIED_AFTER.match(after):
        yield Told("compared", named + 1, weight=0.5)
    elif whole and _is_next(before, after):
        yield Told("fact", named - 1, weight=2.0)  # "số thu năm 2022 là 900 tỷ đồng, tăng 40 tỷ so với năm nay"
    elif whole and _SETTLED.search(before):
        yield Told("settled", named)
    elif mention.to_now:
        yield Told("fact" if "đầu năm" in words else "since", named, weight=2.0)
    elif not _HAS_COME.match(after) and _is_ahead(before, after, words, mention):
        yield Told("ahead", named)
    elif whole and (_is_planned(before, after) or (words.startswith("trong") and _MUST_BEFORE.search(before))):
        yield Told("plan", named)
    elif not whole and TASKS.search(before.rsplit(",", 1)[-1]):
        yield Told("fact", named, _first_month(mention))  # "triển khai nhiệm vụ quý IV/2019" is about to begin
    else:
        yield Told("fact", named, _last_month(mention))


def _is_ahead(before: str, after: str, words: str, mention: PeriodMention) -> bool:
    """ "đến năm 2025", "trước ngày 31.3.2023", "từ 1-1-2022, tỉnh sẽ …", "năm 2020 chuyển sang": no fact."""
    if (mention.kind == "year" and words.startswith(_TOWARDS)) or words.startswith("từ "):
        return True
    if mention.kind != "year" and (_WILL.match(after) or _AIMED_BEFORE.search(before)):
        return True
    return bool(_NOT_YET.search(before))


def _is_next(before: str, after: str) -> bool:
    return bool(_THIS_YEAR.match(after) or _THIS_YEAR_BEFORE.search(before) or _DRAFTED_BEFORE.search(before))


def _is_planned(before: str, after: str) -> bool:
    """ "Dự toán thu năm 2022", "Năm 2022, huyện phấn đấu …", and not "đạt 85% dự toán năm 2022"."""
    if _PLANNED_AFTER.match(after) or _GIVEN_AFTER.match(after):
        return True
    return bool(_PLANNED_BEFORE.search(before) and not _REACHED_BEFORE.search(before))


def _first_month(mention: PeriodMention) -> int | None:
    return 3 * mention.quarter - 2 if mention.quarter else mention.month


def _last_month(mention: PeriodMention) -> int | None:
    if mention.quarter or mention.half:
        return 3 * (mention.quarter or 0) + 6 * (mention.half or 0)
    return mention.month or mention.months
