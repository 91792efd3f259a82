"""The days that a period means, once the year of its context and the day of the report are known."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from thuchi.extract.spans import DateSpan, PeriodMention

NO_YEAR = "no_year"
NO_DATE = "no_date"
"""Doubt: the period ends on the day of the report, which is not known."""
NO_BASE = "no_base"
"""Doubt: "cùng kỳ" says no period of its own; see `same_period`."""


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
    if mention.kind == "month" and mention.day:
        end = _day(year, last, mention.day_to) if mention.day_to else _end_of(year, last)
        return DateSpan(_day(year, first, mention.day), end)
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
