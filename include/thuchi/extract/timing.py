"""The period of a figure: from its own words, its sentence, paragraph, heading, the article, or its date.

A cumulative report keeps one period through many sentences ("9 tháng"); a month beside it ("trong tháng 5") is
narrower and holds for its own number only. Plans cover their year. Capital of a plan year may be disbursed until
31 January of the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from thuchi.extract.periods import of_last_year, resolve, same_period
from thuchi.extract.spans import DateSpan, PeriodMention
from thuchi.model import Article, Evidence, Origin

_LEAD = 900
"""Characters in which news tells the day of the event that it reports."""
_EVENT_DAYS = 21
_STILL_TO_COME = timedelta(days=45)
"""A report on "6 tháng" may appear before June is over; on "9 tháng" in January it means last year."""
_A_MONTH, _A_REPORT = timedelta(days=31), timedelta(days=60)
"""How long after a day, and after a part of the year, a report on it may appear that names no year."""


@dataclass(slots=True)
class Period:
    """A period and why; `whole` is false where a narrower one than the report's ("trong tháng 5")."""

    span: DateSpan
    evidence: Evidence
    kind: str

    @property
    def year(self) -> int | None:
        day = self.span.start or self.span.end
        return day.year if day else None

    def carried(self) -> Period:
        """The same, of what comes after it."""
        return Period(self.span, self.evidence.earlier(), self.kind)

    def inherited(self) -> Period:
        """The same, of what comes after it, however far; a heading or the date of the article stays what it is."""
        return self.carried() if self.evidence.origin == "words" else self


NO_PERIOD = DateSpan(None, None, ("no_period",))


@dataclass(slots=True)
class Timeline:
    """What an article says of time, in the order of reading."""

    article: Article
    mentions: Sequence[PeriodMention]
    present: int | None = None
    """The year of writing as the words tell it, for articles without a date."""
    reference: date | None = None
    """The day of the event or of publication; null where neither is known."""
    year: int | None = None
    """The year that mentions without one belong to."""
    section: Period | None = None
    paragraph: Period | None = None
    background: Period | None = None
    """What title and lead speak of."""
    until: Period | None = None
    """What the last sentences were dated by: "Từ đầu năm đến ngày 31/5, …"."""
    drafted: Period | None = None
    """The year whose budget title and lead say is being drafted or adopted."""
    narrative: Period | None = None
    """What an earlier paragraph was dated by, until a figure tells another: the press breaks after each sentence."""
    month: Period | None = None
    """A month that is spoken of ("phiên họp tháng 5"), if nothing better is."""
    years: Period | None = None
    """The term of years that was spoken of last ("giai đoạn 2016-2020"), which "cùng giai đoạn" repeats."""
    term: Period | None = None
    """The years of the medium-term plan of investment that is spoken of ("trung hạn giai đoạn 2016-2020")."""
    planned: Period | None = None
    """The year of the plans that the paragraph speaks of."""
    current: dict[str, Period] = field(default_factory=dict)
    """The period of the last figures, by family of indicator."""

    def __post_init__(self) -> None:
        published = self.article.published_on
        days = [m for m in self.mentions if m.kind == "day" and m.start <= _LEAD]
        self.year = published.year if published else self.present
        self.reference = published or next((_day(m, self.year) for m in days if _day(m, self.year)), None)
        if published is None:
            return
        for mention in days:
            day = _day(mention, published.year)
            if day is not None and day > published:
                day = _day(mention, published.year - 1)
            if day is not None and timedelta(0) <= published - day <= timedelta(days=_EVENT_DAYS):
                self.reference = day
                return

    # -- reading ------------------------------------------------------------------------------------

    def resolve(self, mention: PeriodMention, year: int | None = None, ahead: bool = False) -> DateSpan:
        """The days of a mention. `ahead` says that it may lie in the future (plans, targets)."""
        own = year or self._context_year()
        if mention.year_offset is not None and self.present is not None:
            own = self.present  # "năm sau" counts from the year of writing, whatever year was spoken of
        elif mention.kind == "relative" and mention.months == 12 and self.reference is not None:
            return _whole(self.reference.year - (self.reference.month < 11))  # "năm qua" is a calendar year
        elif mention.kind == "relative" and mention.months == 12 and self.present is not None:
            return _whole(self.present - (not self._frames(self.present, mention.start)))
        elif (
            ahead
            and mention.kind != "year"
            and year is None
            and own
            and self.planned is not None
            and (self.planned.year or 0) > own
        ):
            own = self.planned.year  # "Kế hoạch năm 2024 là 537 tỷ đồng, phấn đấu quý I giải ngân 25%"
        elif mention.to_now and mention.kind == "until" and (told := self._reported_to(mention)) is not None:
            return told
        elif mention.month_offset == 0 and (told := self._just_told(mention)) is not None and told.end is not None:
            return DateSpan(told.end.replace(day=1), told.end)
        elif self._just_over(mention, year) and self.reference is not None:
            own = self.reference.year  # "Năm 2023 … Tính đến ngày 10/1, giải ngân …", told on 12 January
        span = resolve(mention, self.reference, own)
        in_spring = self.reference is not None and self.reference.month <= 3
        if (
            mention.year is None
            and mention.year_offset is None
            and not ahead
            and in_spring
            and own
            and self.still_to_come(span)
        ):
            span = resolve(mention, self.reference, own - 1)
        return span

    def _reported_to(self, mention: PeriodMention) -> DateSpan | None:
        """ "Tổng cục vừa cập nhật số thu đến ngày 10-10. … đến nay các đơn vị …": the day that the report goes to."""
        told = self.until or self.current.get("report")
        if told is None or told.kind != "until" or told.span.end is None or self.reference is None:
            over = self._just_told(mention)
            return DateSpan(date(over.end.year, 1, 1), over.end) if over is not None and over.end is not None else None
        fresh = timedelta(0) <= self.reference - told.span.end <= timedelta(days=10)
        return told.span if fresh and not told.span.doubts else None

    def _just_told(self, mention: PeriodMention) -> DateSpan | None:
        """The month, or months, of a bulletin when they are just over: "Bản tin tháng 7 cho thấy, trong tháng thu 66 tỷ
        đồng. Tính từ đầu năm, thu 492 tỷ đồng", told on 5 August; but "từ đầu năm đến nay" is to date."""
        words = self.article.text[mention.start : mention.end].lower()
        if self.reference is None or not (words.startswith("trong tháng") or words.endswith("đầu năm")):
            return None
        for other in reversed(self.mentions):
            if other.start >= mention.start or other.kind not in ("month", "months", "quarter", "half"):
                continue
            if other.comparison or other.year_offset is not None:
                continue
            span = resolve(other, self.reference, self.reference.year)
            over = span.end is not None and timedelta(0) < self.reference - span.end <= _A_MONTH
            return span if over else None
        return None

    def _frames(self, year: int, before: int) -> bool:
        """Whether that year was told of as a whole: "Năm 2018, tỉnh đón … Nhờ vậy, năm vừa qua thu 840 tỷ đồng"."""
        text = self.article.text
        return any(
            m.kind == "year" and m.year == year and m.start < before and text[m.start] == "N" and text[m.end] == ","
            for m in self.mentions
        )

    def _just_over(self, mention: PeriodMention, year: int | None) -> bool:
        """Whether a day, or a part of the year that no year is named with, lies shortly before the day of the report:
        "Năm 2023, thu 6.037 tỷ đồng. Hai tháng đầu năm, thu 1.499 tỷ đồng", told in March 2024; likewise "Trong
        tháng 1", told in February."""
        if mention.year is not None or mention.year_offset is not None or self.reference is None:
            return False
        to_a_day = mention.kind == "until" and mention.day is not None
        if not to_a_day and (mention.kind not in ("months", "quarter", "half", "month") or year is not None):
            return False
        end = resolve(mention, self.reference, self.reference.year).end
        fresh = _A_MONTH if to_a_day or mention.kind == "month" else _A_REPORT
        return end is not None and timedelta(0) <= self.reference - end <= fresh

    def _context_year(self) -> int | None:
        for period in (self.paragraph, self.section, self.background):
            if period is not None and period.year is not None and period.kind in ("year", "months", "quarter", "half"):
                return period.year
        return self.year

    def still_to_come(self, span: DateSpan) -> bool:
        return self.reference is not None and span.end is not None and span.end > self.reference + _STILL_TO_COME

    def read(
        self, mention: PeriodMention, origin: Origin = "words", ahead: bool = False, year: int | None = None
    ) -> Period:
        kind = "same_period" if of_last_year(mention) else mention.kind
        return Period(self.resolve(mention, year, ahead), Evidence(origin, mention.start, mention.end), kind)

    # -- what sentences without figures say ----------------------------------------------------------

    def note_background(self, mention: PeriodMention, origin: Origin) -> None:
        """Title and lead: the period that the article reports on."""
        if mention.comparison or mention.kind in ("same_period", "day", "years", "relative"):
            return
        period = self.read(mention, origin)
        if self.still_to_come(period.span) or period.span.start is None:
            return
        if self.background is not None and (self.background.year or 0) > (period.year or 0):
            return  # "(9 tháng năm ngoái: 240,7 tỷ đồng)"
        if mention.kind == "month":
            self.month = period
        elif mention.kind != "until" and (
            self.background is None or self.background.kind in ("year", "until") or mention.kind != "year"
        ):
            self.background = period

    def open_paragraph(self) -> None:
        self.narrative = self.paragraph or self.narrative
        self.paragraph = self.planned = None

    def open_section(self, mentions: Sequence[PeriodMention]) -> None:
        """A heading: "Các con số của năm 2026"."""
        usable = [m for m in mentions if not m.comparison and m.kind not in ("same_period", "day")]
        self.open_paragraph()
        self.narrative = self.until = None
        if usable:
            self.section = self.read(usable[-1], "heading", ahead=True)
            self.current.clear()

    # -- what a figure takes ------------------------------------------------------------------------

    def inherited(self, family: str) -> Period:
        """The period of a figure whose sentence names none."""
        for period in (
            self.current.get(family) if family == "public_investment" else None,
            self.paragraph,
            self.narrative,
            self.until,
            self.current.get("report"),
            self.section if self.section is None or not self.still_to_come(self.section.span) else None,
            self.background,
            self.current.get("public_investment"),
        ):
            if period is not None:
                return period.inherited()
        if self.month is not None:
            return replace(self.month.inherited(), kind="month")
        return self._to_date(family)

    def _to_date(self, family: str) -> Period:
        """No period anywhere: this year so far; a report of December or January is on the whole year."""
        if self.reference is None:
            return Period(NO_PERIOD, Evidence("published"), "until")
        if self.drafted is not None and self.is_drafted(self.drafted):
            return self.drafted
        if self.reference.month in (12, 1) and family != "public_investment":
            year = self.reference.year - (self.reference.month == 1)
            return Period(replace(_whole(year), doubts=("period_from_date",)), Evidence("published"), "year")
        span = DateSpan(date(self.reference.year, 1, 1), self.reference, ("period_from_date",))
        return Period(span, Evidence("published"), "until")

    def so_far(self, family: str) -> Period:
        """This year up to the day that the last figures were dated by, or else to that of the report."""
        for period in (self.current.get(family), self.until, self.current.get("report")):
            if period is not None and period.kind == "until" and period.year == self.year:
                return period.carried()
        assert self.reference is not None
        span = DateSpan(date(self.reference.year, 1, 1), self.reference, ("period_from_date",))
        return Period(span, Evidence("published"), "until")

    def report_of(self, year: int, before: int) -> Period | None:
        """The part of a year that the article told of last before an offset: "… trong quý I. Tổng thu 80 tỷ đồng, tăng
        24% so với cùng kỳ năm 2018" is of the first quarter of 2019."""
        for mention in reversed(self.mentions):
            if mention.start >= before or mention.kind not in ("months", "quarter", "half", "until"):
                continue
            own = mention.year or (self.year if mention.year_offset in (None, 0) else None)
            if own == year and not mention.comparison:
                return self.read(mention, "earlier", year=year)
        return None

    def compared(self, mention: PeriodMention) -> Period | None:
        """The year that is compared with the one before: "tăng 15% so với năm 2022" is said of 2023."""
        before = self.resolve(mention)
        if mention.kind != "year" or before.start is None:
            return None
        return Period(_whole(before.start.year + 1), Evidence("words", mention.start, mention.end), "year")

    def keep(self, family: str, period: Period) -> None:
        """Remember the period of a figure for those that follow, unless it is narrower than the report's."""
        before = self.current.get("report")
        if "period_from_date" in period.span.doubts:
            return
        if before is not None and (before.year or 0) > (period.year or 0):
            return  # "(9 tháng năm ngoái: 240,7 tỷ đồng)"
        if period.kind == "month" or (period.kind == "range" and before is not None):
            return
        if period.kind == "years":
            self.years = period
        if period.kind in ("same_period", "years"):
            return
        if family == "public_investment":
            self.current["public_investment"] = period
            if before is not None or period.kind == "until":
                return
        self.current["report"] = self.paragraph = period
        self.narrative = self.until = None

    def is_forecast(self, period: Period) -> bool:
        """A year that goes on, beside what is reported of it: "Đến 20/12 thu 83 tỷ. Ước cả năm thu 86 tỷ."."""
        told = self.current.get("report")
        goes_on = self.reference is not None and period.span.end is not None and period.span.end > self.reference
        return goes_on and told is not None and told.year == period.year and not self.begins_later(told)

    def is_outlook(self, period: Period) -> bool:
        """A whole year beside the part of it that is reported: "11 tháng thu … tỷ đồng. GRDP cả năm dự báo tăng 8%"."""
        told = self.paragraph
        part = told is not None and told.kind in ("months", "quarter", "half", "until")
        return part and told is not None and period.kind == "year" and period.year == told.year

    def is_drafted(self, period: Period) -> bool:
        """Whether the article is on the draft of a year's budget, and this is of that year: after "Dự toán năm 2022 sẽ
        chi 30 tỷ đồng", "chi thường xuyên năm sau 20 tỷ đồng"."""
        drafted = self.drafted.year if self.drafted is not None else None
        return self.year is not None and drafted is not None and drafted > self.year and period.year == drafted

    def not_begun(self, period: Period) -> bool:
        """Whether the year of a period lies ahead, or has just begun."""
        if self.reference is None or period.year is None or period.kind == "years":
            return False
        return (period.year, 1) >= (self.reference.year, self.reference.month)

    def begins_later(self, period: Period) -> bool:
        """Whether a period begins after the day of the report: nothing of it can be told but an aim."""
        start = period.span.start
        return self.reference is not None and start is not None and start > self.reference

    def plan_year(self, period: Period | None) -> Period:
        """The whole year of a plan: of the period that the words name, or else of the report."""
        base = period or self._plan_context() or (self.years.inherited() if self.years is not None else None)
        year = base.year if base is not None else self.year
        if base is None or year is None:
            evidence = Evidence("published")
            return Period(_whole(year) if year else NO_PERIOD, evidence, "year")
        if base.kind == "years":
            return base
        return Period(_whole(year), base.evidence, "year")

    def medium_term(self, named: bool) -> Period | None:
        """The years of capital that a sentence dates by nothing else: those of the medium-term plan that the article
        speaks of, if any; where the sentence names one whose years are told nowhere, the five of the plan in force:
        2016-2020, 2021-2025 (Law on Public Investment 39/2019/QH14, article 49)."""
        if self.term is not None:
            return self.term.inherited()
        if not named:
            return None
        if self.year is None:
            return Period(NO_PERIOD, Evidence("published"), "years")
        first = self.year - (self.year - 1) % 5
        return Period(DateSpan(date(first, 1, 1), date(first + 4, 12, 31)), Evidence("published"), "years")

    def _plan_context(self) -> Period | None:
        for period in (
            self.planned,
            self.paragraph,
            self.drafted if self.drafted is not None and self.is_drafted(self.drafted) else None,
            self.section,
            self.current.get("report"),
            self.current.get("public_investment"),
            self.background,
        ):
            if period is not None:
                return period.inherited()
        return None

    def year_of_plans(self) -> int | None:
        """The year whose capital is spoken of; null where no words say it."""
        base = self._plan_context()
        return base.year if base is not None else None

    def year_before(self, base: Period, mention: PeriodMention | None, evidence: Evidence) -> Period:
        """ "cùng kỳ năm 2019 là 1.151,6 tỷ": the days of `base` in the year that the words name."""
        if mention is not None and mention.kind not in ("same_period", "relative") and mention.kind != "year":
            return Period(self.resolve(mention, (base.year or 0) - 1 or None), evidence, mention.kind)
        if mention is not None and mention.kind == "year" and base.kind == "year":
            return Period(self.resolve(mention), evidence, "year")
        year = mention.year if mention is not None and mention.year else None
        like = PeriodMention(0, 0, "same_period", year=year, year_offset=None if year else -1)
        return Period(same_period(base.span, like), evidence, "same_period")


def _whole(year: int) -> DateSpan:
    return DateSpan(date(year, 1, 1), date(year, 12, 31))


def _day(mention: PeriodMention, year: int | None) -> date | None:
    span = resolve(mention, None, year)
    return span.end
