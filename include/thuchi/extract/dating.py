"""Which mention of time governs a number: the nearest before it in its sentence, or one right after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from thuchi.extract.bases import BASES
from thuchi.extract.lexing import Unit, Units
from thuchi.extract.periods import of_last_year
from thuchi.extract.present import TASKS
from thuchi.extract.sentence import Finding
from thuchi.extract.spans import PeriodMention
from thuchi.extract.stretching import cumulative, from_january
from thuchi.extract.timing import Period, Timeline
from thuchi.model import Evidence, Phase

_THEN = frozenset(
    f"cùng thời {what}{which}" for what in ("điểm", "gian") for which in ("", " này", " đó", " ấy", " trên")
)
_PAID_OUT = ("giải ngân", "thanh toán")
_CARRIED = re.compile(r"(?:đã |được |cho |phép |còn )*(?:chuyển|kéo dài|sang)(?!\w)")


def own_period(timeline: Timeline, units: Units, finding: Finding, phase: Phase, chained: bool) -> Period | None:
    """The mention that governs the number: the nearest before it in the sentence, or right after it."""
    ahead = phase in ("plan", "target", "estimated")
    after = _period_after(timeline, units, finding, phase, ahead)
    if after is not None and not (_is_done(phase) and after.kind == "year" and _goes_to_a_day(units, finding.at)):
        return after
    begin = 0
    if chained:
        begin = next((i + 1 for i in range(finding.at - 1, -1, -1) if units[i].quantity is not None), 0)
    cumulated = False
    of_plan: Period | None = None
    for index in range(finding.at - 1, begin - 1, -1):
        unit = units[index]
        if unit.text == "nay":
            break  # "năm trước là nguồn rất đều, nay thu được vỏn vẹn 58 tỷ": of the report's time
        cumulated = cumulated or unit.text.startswith("lũy kế")
        years = timeline.years or timeline.term
        if years is not None and _repeats_years(units, index):
            return years
        reports = unit.period is not None and (is_reporting(unit.period) or _is_window(units, index))
        if unit.period is None or not reports or _was_base(units, index):
            continue
        if unit.text.startswith("lũy kế") and unit.period.to_now and not unit.period.month:
            cumulated = True  # "lũy kế chi …" goes on to the end of the period that was named
            continue
        if phase not in ("plan", "target") and _is_of_plan(units, index):
            continue
        if (
            _of_the_sum_before(units, index, finding, phase)
            or of_another_year(units, index)
            or _of_an_event(units, index)
        ):
            continue
        if in_comparison(units, index) and not _level_of(units, index, finding.at):
            continue
        if in_an_aside(units, index, finding.at):
            continue
        period = timeline.read(unit.period, ahead=ahead, year=_year_named(units, index))
        if phase == "target" and unit.period.year is None and (later := _not_over(timeline, period, unit.period)):
            return later
        if phase != "plan" and unit.period.kind == "year" and _names_capital(units, index):
            of_plan = of_plan or period
            continue
        if phase in ("executed", "estimated") and unit.period.kind == "year":
            period = _reached_by(timeline, units, index, period) or period
        if cumulated and period.kind in ("month", "relative"):
            period = cumulative(replace(period, kind="month"))
            period = replace(period, kind="months")
        return period
    # "giải ngân được 113,5/126,9 tỷ đồng vốn đầu tư công năm 2023, đạt 89,4%": reached by the day of that amount
    return (None if chained else of_plan) or _closing_period(timeline, units, finding.at)


def _is_done(phase: Phase) -> bool:
    return phase in ("executed", "estimated")


def _goes_to_a_day(units: Sequence[Unit], at: int) -> bool:
    """ "Đến ngày 31/1/2024, huyện giải ngân được 213 tỷ đồng vốn đầu tư công năm 2023": the year is the capital's."""
    days = [index for index in range(at) if (mention := units[index].period) and mention.kind == "until"]
    return bool(days) and any(map(_is_capital, units[at + 1 : at + 6])) and not in_comparison(units, days[-1])


def _closing_period(timeline: Timeline, units: Sequence[Unit], at: int) -> Period | None:
    """ "Hai huyện giải ngân lần lượt 71% và 64% kế hoạch trong 11 tháng": the only time that a sentence names, at its
    end, dates all of it."""
    end = len(units) - 1
    while end > at and units[end].text in (".", ";", "”", '"'):
        end -= 1
    mention = units[end].period
    if mention is None or mention.kind not in ("months", "quarter", "half", "until") or not is_reporting(mention):
        return None
    if any(u.period for u in units[:end]) or any(u.kind in ("target", "estimated", "plan") for u in units[:end]):
        return None
    return None if in_comparison(units, end) or of_last_year(mention) else timeline.read(mention)


def year_of_capital(units: Sequence[Unit]) -> int | None:
    """The year whose plan or capital a sentence names: "đạt 96,4% kế hoạch năm 2023", "vốn đầu tư công năm 2023"."""
    named = [
        unit.period.year
        for before, unit in pairwise(units)
        if unit.period is not None and unit.period.kind == "year" and (_is_plan(before) or _is_capital(before))
    ]
    return named[-1] if named else None


def _repeats_years(units: Sequence[Unit], index: int) -> bool:
    """ "Cùng giai đoạn, tổng chi …" is no comparison, unlike "so với cùng giai đoạn năm trước"."""
    unit = units[index]
    alone = unit.text == "cùng giai đoạn" and not any(u.kind == "versus" for u in units[max(index - 2, 0) : index])
    return unit.kind == "same_years" or alone


def _is_capital(unit: Unit) -> bool:
    """Before a year, "vốn đầu tư công" makes it the plan year: "đến 25/3, vốn đầu tư công năm 2024 đạt 14,5%"."""
    return unit.indicator is not None and unit.indicator.family == "public_investment"


def _names_capital(units: Sequence[Unit], index: int) -> bool:
    """ "vốn đầu tư công năm 2024", "giải ngân vốn đầu tư công của năm 2024"."""
    named = index - 1 - (index > 1 and units[index - 1].text == "của")
    return named >= 0 and _is_capital(units[named])


def _period_after(timeline: Timeline, units: Units, finding: Finding, phase: Phase, ahead: bool) -> Period | None:
    """A mention right after the number: "giải ngân trên 95% kế hoạch vốn đến hết 31-12", "10.000 tỷ đồng (2018)"."""
    aside = units[finding.at + 1 : finding.at + 4]
    if [unit.text for unit in aside[::2]] == ["(", ")"] and aside[1].period and aside[1].period.kind == "year":
        return timeline.read(aside[1].period, ahead=ahead)
    for index in range(finding.at + 1, min(finding.at + 9, len(units))):
        unit = units[index]
        if unit.period is finding.reading.against_period and unit.period is not None:
            break
        if phase == "executed" and (unit.kind == "executed" or (_is_capital(unit) and unit.text.endswith(_PAID_OUT))):
            continue  # "9 tỷ đồng vốn đầu tư công đã được giải ngân trong năm 2011"
        if unit.kind in ("estimated", "executed", "target", "plan") or unit.text == "thì":
            break
        if (
            unit.quantity is not None
            or unit.text in (",", ";", "(", ")", "và")
            or unit.kind in ("versus", "up", "down")
            or (unit.indicator is not None and not unit.plans and not _names_same(units, index, finding))
        ):
            break
        if unit.period is None or not is_reporting(unit.period):
            continue
        if of_another_year(units, index):
            break
        reached = unit.period.kind == "until" or units[index - 1].text == "trong"  # "giao cho 6 tháng cuối năm" is not
        if phase in ("executed", "estimated") and any(map(_is_plan, units[finding.at + 1 : index])) and not reached:
            break
        period = timeline.read(unit.period, ahead=ahead, year=_year_named(units, index))
        by_its_end = units[index - 1].text == "cuối" and period.kind in ("quarter", "month")
        return from_january(period) if by_its_end else period  # "giải ngân 35% vào cuối quý II"
    return None


def _of_the_sum_before(units: Sequence[Unit], index: int, finding: Finding, phase: Phase) -> bool:
    """ "được phân bổ 143 tỷ đồng trong năm 2023, giải ngân 61 tỷ đồng": the year is of the capital that was given."""
    mention, before = units[index].period, units[index - 1] if index else None
    return (
        finding.subject.family == "public_investment"
        and phase in ("executed", "estimated")
        and mention is not None
        and mention.kind == "year"
        and before is not None
        and before.measure == "VND"
    )


def _level_of(units: Sequence[Unit], index: int, at: int) -> bool:
    """ "gần gấp đôi so với số chi năm 2010 là 671.370 tỷ đồng": the sum of the year that is compared with."""
    return units[index - 1].indicator is not None and [unit.text for unit in units[index + 1 : at]] == ["là"]


def _not_over(timeline: Timeline, period: Period, mention: PeriodMention) -> Period | None:
    """Of an aim that would be of a year that is over ("phấn đấu hết quý II đạt 50%", told in February of what was done
    last year) the same of this year."""
    end, reference = period.span.end, timeline.reference
    if reference is None or end is None or end.year >= reference.year:
        return None
    return timeline.read(mention, ahead=True, year=reference.year)


def _reached_by(timeline: Timeline, units: Sequence[Unit], index: int, whole: Period) -> Period | None:
    """ "Tính đến ngày 25-12, thu ngân sách năm 2006 đạt 258 nghìn tỷ đồng": the year's budget, by that day."""
    if units[index].text.startswith("cả "):
        return None
    for at in range(index - 1, -1, -1):
        mention = units[at].period
        if units[at].quantity is not None or units[at].text in (";", "("):
            return None
        if mention is None:
            continue
        if mention.kind not in ("until", "months", "quarter", "half") or not is_reporting(mention):
            return None
        part = timeline.read(mention, year=whole.year)
        return part if part.year == whole.year and part.span.end is not None else None
    return None


def _names_same(units: Sequence[Unit], index: int, finding: Finding) -> bool:
    """ "chi 1.000 tỷ đồng cho hoạt động trợ giá xe buýt năm 2018": the year is of what is paid for."""
    lexeme = units[index].indicator
    # but "1.273 tỷ đồng, gấp đôi tổng chi năm 2010", "được phân bổ 70 tỷ đồng vốn trái phiếu đến năm 2020"
    part = finding.subject.code not in ("revenue", "expenditure") and finding.phase != "plan"
    return index == finding.subject.index or (part and lexeme is not None and lexeme.code == finding.subject.code)


def _is_plan(unit: Unit) -> bool:
    return unit.plans or unit.kind in BASES


def _is_of_plan(units: Sequence[Unit], index: int) -> bool:
    """ "đạt 85% dự toán năm 2017", but "báo cáo của Chính phủ năm 2017 cho thấy …" is told of that year."""
    given = index - 1 - (index > 0 and units[index - 1].text == "cả")
    if given > 0 and units[given].text == "cho" and _is_plan(units[given - 1]):
        return True  # "vượt 60% so với số tỉnh lên kế hoạch cho cả 12 tháng"
    if index and units[index - 1].text == "được giao":
        return True  # "trong tổng số 1.017 tỷ đồng được giao năm 2018, đạt 10,5%"
    if not index or not _is_plan(units[index - 1]):
        return False
    # "báo cáo của Chính phủ năm 2017", "tổng chi ngân sách trung ương năm 2018"
    report = units[index - 1].kind == "central" and index > 1
    return not (report and units[index - 2].text.endswith(("của", "ngân sách")) and not units[index - 2].plans)


def _year_named(units: Sequence[Unit], index: int) -> int | None:
    """The year that the sentence named last: "Năm 2026, …; phấn đấu giải ngân 100% ngay trong năm"."""
    named = [u.period for u in units[:index] if u.period is not None and is_reporting(u.period)]
    return next((mention.year for mention in reversed(named) if mention.year is not None), None)


def _was_base(units: Sequence[Unit], index: int) -> bool:
    """ "so với mức 3.991 tỷ đồng của năm 2019; bằng 116,8% dự toán": the year belongs to the amount before it."""
    return index > 1 and units[index - 1].text == "của" and units[index - 2].quantity is not None


def _year_of_an_aside(units: Sequence[Unit], at: int) -> PeriodMention | None:
    """ "thấp nhất so với cùng kỳ các năm trước (năm 2020 đạt 61 %, năm 2021 là 58 %)": the same months of that year."""
    opened = next((index for index in range(at - 1, -1, -1) if units[index].text == "("), 0)
    lead = units[max(opened - 8, 0) : opened]
    compared = any(u.kind == "same_period" or (u.period is not None and u.period.kind == "same_period") for u in lead)
    year = next((u.period for u in reversed(units[opened:at]) if u.period is not None), None)
    if not compared or year is None or year.kind != "year" or year.year is None:
        return None
    return PeriodMention(year.start, year.end, "same_period", year.year)


def period_then(
    timeline: Timeline, units: Units, finding: Finding, base: Period, report: Period | None = None
) -> Period | None:
    """The period of a level that is only compared with: "(cùng kỳ năm 2019 là 1.151,6 tỷ đồng)"."""
    reading = finding.reading
    if reading.measure == "pct_change_yoy":
        return None
    mention = reading.against_period
    if mention is not None and (reading.level_then or reading.measure == "amount"):
        return timeline.year_before(base, mention, Evidence("words", mention.start, mention.end))
    if finding.bracketed and (aside := _year_of_an_aside(units, finding.at)) is not None and base.kind == "year":
        return timeline.year_before(report, aside, base.evidence) if report is not None else None
    for index in range(finding.at - 1, max(finding.at - 12, -1), -1):
        unit = units[index]
        in_brackets = index >= finding.at - 2 and units[finding.at - 1].text == "("  # "so với cùng kỳ (235 tỷ đồng)"
        if unit.quantity is not None or unit.text in (";", ")") or (unit.start < finding.since and not in_brackets):
            return None
        if timeline.years is not None and _repeats_years(units, index):
            return None
        if unit.text in _THEN and not _names_year(units, index + 1):
            continue  # "toàn tỉnh cùng thời điểm 52,7%" is of this year
        if unit.kind in ("same_period", "last_year") or (unit.period is not None and _is_comparison(unit.period)):
            versus = any(u.kind == "versus" for u in units[max(index - 2, 0) : index])
            if versus and (reading.measure != "amount" or any(u.text == "," for u in units[index : finding.at])):
                return None  # "tăng so với cùng kỳ năm trước, ước đạt 98 tỷ đồng": compared, then told
            evidence = Evidence("words", unit.start, unit.end)
            return timeline.year_before(base, unit.period, evidence)
    return None


def _names_year(units: Sequence[Unit], index: int) -> bool:
    return index < len(units) and (units[index].period is not None or units[index].kind == "last_year")


def is_reporting(mention: PeriodMention) -> bool:
    if mention.kind == "range" and mention.month_to is None and not mention.to_now:
        return False  # "thành lập từ tháng 4/2015"
    if mention.kind == "range" and mention.day is not None and mention.month == mention.month_to:
        return False  # "kỳ họp từ ngày 8 đến 10-12"
    return not mention.comparison and mention.kind not in ("same_period", "day")


def _is_window(units: Sequence[Unit], index: int) -> bool:
    """ "số thu từ ngày 1/3 đến ngày 28/3": some days of a month, right after what came in."""
    mention, before = units[index].period, units[index - 1] if index else None
    return mention is not None and mention.kind == "range" and before is not None and before.indicator is not None


def _is_comparison(mention: PeriodMention) -> bool:
    return mention.comparison or mention.kind == "same_period"


def of_another_year(units: Sequence[Unit], index: int) -> bool:
    """ "phần năm 2022 chuyển sang", "chuyển nguồn từ năm 2020 sang", "kéo dài sang năm 2024": where money came from."""
    before = units[index - 1].text if index > 1 else ""
    if before == "sang" and units[index - 2].text in ("bước", ",", ";", ".", "rồi"):
        return False  # "Bước sang 2021, tỉnh phấn đấu …", "năm 2015 thu 69 tỷ đồng, sang năm 2016 đã 100 tỷ"
    if before == "các":  # "kéo dài từ các năm trước"
        return True
    source = units[index - 2] if before in ("từ", "của") and index > 1 else units[index - 1]
    if source.indicator is not None and source.text.endswith("kéo dài"):  # "vốn kéo dài từ năm 2024"
        return True
    after = " ".join(unit.text for unit in units[index + 1 : index + 5])
    return before == "sang" or bool(_CARRIED.match(after))


def _of_an_event(units: Sequence[Unit], index: int) -> bool:
    """ "mới có thông báo vốn cuối tháng 5": when something happened, not what a report covers."""
    mention = units[index].period
    return (
        mention is not None
        and mention.kind == "month"
        and index > 0
        and units[index - 1].text in ("cuối", "đầu", "giữa")
    )


def of_tasks_ahead(units: Sequence[Unit], index: int) -> bool:
    """ "đánh giá kết quả 9 tháng, triển khai nhiệm vụ quý IV/2019": what is to be done then, not what is reported."""
    words = " ".join(unit.text for unit in units[max(index - 8, 0) : index]).rsplit(",", 1)[-1]
    return bool(TASKS.search(words))


def in_an_aside(units: Units, index: int, at: int) -> bool:
    """ "hơn mức cũ (năm 2020 là 5 %), thu ngân sách …": a statement in brackets tells no date of what follows it, but
    "hết thời gian chỉnh lý (31/01/2024) …" does."""
    if ")" not in units.words:
        return False
    depth, stated = 0, units[index - 1].text != "(" if index else False
    for unit in units[index + 1 : at]:
        depth += (unit.text == "(") - (unit.text == ")")
        if depth < 0:
            return stated  # also "(do tháng 4 có khoản quyết toán thuế)"
        stated = stated or unit.quantity is not None
    return False


def opens_a_frame(units: Sequence[Unit], index: int) -> bool:
    """ "Theo lãnh đạo tỉnh, năm 2020, …" and "… (GRDP) năm 2020 đạt …" date what is told after them, but an aside in
    brackets does not."""
    mention = units[index].period
    if mention is None or mention.year is None:
        return False
    depth = sum((u.text == "(") - (u.text == ")") for u in units[:index])
    following = units[index + 1].kind if index + 1 < len(units) else ""
    return depth == 0 and (units[index - 1].text in (",", ":", "“", '"', "biết", "rằng") or following == "reach")


def in_comparison(units: Sequence[Unit], index: int) -> bool:
    """ "so với tháng 10" names no period of its own, but "so với dự toán; quý I …" does."""
    for unit in reversed(units[max(index - 3, 0) : index]):
        if unit.text in (";", ","):
            return False
        if unit.kind in ("versus", "higher", "assessment"):
            return True  # "cao hơn ước thực hiện năm nay", "bằng 86% mức đánh giá thực hiện cả năm"
    return False
