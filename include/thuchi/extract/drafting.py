"""One figure of a sentence: its phase, period, area and basis, by the sentence's words and by what holds around it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from thuchi.extract.areas import AreaContext
from thuchi.extract.dating import own_period, period_then, year_of_capital
from thuchi.extract.draft import Draft, apart
from thuchi.extract.lexing import Lexer, Units
from thuchi.extract.memory import Memory
from thuchi.extract.placing import basis_of, collected
from thuchi.extract.scene import Scene
from thuchi.extract.section import Section
from thuchi.extract.sentence import Finding
from thuchi.extract.stretching import cumulative, from_january, thirteenth_month
from thuchi.extract.structure import Line
from thuchi.extract.timing import Period, Timeline
from thuchi.model import Article, Basis, Evidence, Phase


@dataclass(slots=True)
class Drafting:
    """What holds for the sentence that is read, and the drafts of its figures."""

    article: Article
    lexer: Lexer
    places: AreaContext
    timeline: Timeline
    section: Section = field(default_factory=Section)
    lead: Section = field(default_factory=Section)
    memory: Memory = field(default_factory=Memory)
    scene: Scene = field(init=False)
    _last_draft: Draft | None = None
    _month: Period | None = None
    """The month that figures were told of last."""
    _of_month: Period | None = None
    """The month that the paragraph opened with, and told figures of, until it names another time."""
    _compared: Period | None = None
    """The year that the sentence compares with the one before."""
    _against: int | None = None
    """The year whose "cùng kỳ" the sentence compares with."""

    def __post_init__(self) -> None:
        self.scene = Scene(self.places)
        self.memory.of_budget = "ngân sách" in self.lexer.folded

    def _draft(self, units: Units, finding: Finding, previous: Draft | None, before: Draft | None, line: Line) -> Draft:
        reading = finding.reading
        quantity = units[finding.at].quantity
        assert quantity is not None
        evidence = {"indicator": Evidence(finding.subject.origin, finding.subject.start, finding.subject.end)}
        phase, evidence["phase"] = self._phase(units, finding, previous, before)
        if phase == "estimated" and self._is_drafted_beside(units, finding):
            phase = "plan"  # "Dự toán thu năm 2009 là 126.400 tỷ đồng. Tổng chi dự kiến 25.610 tỷ đồng"
        base = self._period(units, finding, phase, previous, before)
        if phase == "executed" and base.kind == "year" and self._lies_ahead(base) and _is_done(units, finding):
            base = self.timeline.so_far(finding.subject.family)
        if before is not None and previous is None and apart(finding, phase, base, before):
            phase = "executed"
            evidence["phase"] = Evidence("implied", finding.start, finding.end)
        last = self._last_draft
        if phase == "executed" and previous is None and last is not None and _measures_again(finding, base, last):
            phase, evidence["phase"] = last.phase, last.evidence["phase"].earlier()
        then = period_then(self.timeline, units, finding, base, previous.period if previous else None)
        if (
            then is None
            and finding.bracketed
            and reading.measure != "amount"
            and self._in_one_bracket(previous, finding)
        ):
            then = previous.period.carried() if previous is not None else None
        period = then or base
        evidence["period"] = period.evidence
        earlier = previous is not None and base.evidence.origin == "words" and _ends_before(base, previous.base)
        if phase == "estimated" and (then is not None or earlier):
            # "ước đạt 22% (cùng kỳ năm 2022 đạt 23,7%)", "dự kiến thu 90 tỷ đồng, đến nay được 32 tỷ đồng"
            phase = "executed"
            evidence["phase"] = Evidence("implied", finding.start, finding.end)
        aimed = phase == "target" and finding.phase_unit is not None and not finding.phase_unit.text.startswith("phải")
        if phase != "plan" and not aimed and reading.measure == "amount" and self.timeline.is_drafted(period):
            phase = "plan"
            evidence["phase"] = Evidence("earlier", note="a budget drafted for the year to come")
        if phase == "executed" and finding.phase is None and not reading.verb and self._goes_on(period):
            phase = "plan"  # "giai đoạn 2021-2025, tổng chi ngân sách là 10 triệu tỷ đồng", told in 2023
        if phase == "executed" and self._lies_ahead(period):
            asked = any(unit.text == "yêu cầu" for unit in units[: finding.at])  # "yêu cầu đến 31/12 giải ngân đạt 95%"
            told = finding.phase is not None and not asked and not self.timeline.begins_later(period)
            this_year = period.kind == "year" and period.year == self.timeline.year
            phase = "estimated" if told or this_year else "target"
        drafted = phase == "estimated" and period.kind == "year" and self.timeline.begins_later(period)
        if drafted and reading.measure == "amount":
            phase = "plan"  # "Dự kiến năm tới, tổng thu ngân sách huyện là 780 tỷ đồng": a draft, not yet begun
        area = self.scene.area_of(units, finding, previous.area if previous is not None else None)
        if reading.measure == "amount":
            area = self.scene.at_its_scale(area, int(reading.value or 0))
        evidence["area"] = area.evidence
        basis: Basis | None = None
        if finding.reading.measure == "pct_of_plan":
            basis, evidence_of_basis = basis_of(finding.reading.bases, area)
            if evidence_of_basis is not None:
                evidence["basis"] = evidence_of_basis
        return Draft(
            quantity=quantity,
            value=reading.value,
            measure=reading.measure,
            code=collected(units, finding, self.lexer.folded, self.memory.customs),
            phase=phase,
            basis=basis,
            period=period,
            area=area,
            base=base,
            against_year=reading.against_period.year if reading.against_period else None,
            start=finding.start,
            end=finding.end,
            evidence=evidence,
            doubts=tuple(dict.fromkeys((*quantity.doubts, *period.span.doubts, *area.doubts))),
            in_title=line.kind == "title",
            verb=reading.verb,
            follows_part=finding.chained and "." in finding.subject.code,
        )

    def _is_drafted_beside(self, units: Units, finding: Finding) -> bool:
        """Whether a sum that is "dự kiến", and dated by nothing, stands beside plans of a year that has not begun."""
        unit, lead = finding.phase_unit, self.lead
        if unit is None or not unit.text.startswith("dự kiến") or finding.reading.measure != "amount":
            return False
        ahead = lead.phase == "plan" and lead.period is not None and self.timeline.not_begun(lead.period)
        return ahead and "period" not in units.kinds

    def _goes_on(self, period: Period) -> bool:
        """Whether a term of years is not over."""
        end, year = period.span.end, self.timeline.year
        return period.kind == "years" and end is not None and year is not None and end.year > year

    def _in_one_bracket(self, previous: Draft | None, finding: Finding) -> bool:
        """ "(cùng kỳ năm 2023 đạt 49,1% kế hoạch và đạt 52,7% kế hoạch Thủ tướng giao)": both are of that time."""
        if previous is None or previous.period is previous.base or previous.period.kind != "same_period":
            return False
        between = self.article.text[previous.end : finding.start]
        return "(" not in between and ")" not in between and finding.reading.against_period is None

    def _lies_ahead(self, period: Period) -> bool:
        """Whether the period can't be over: what is told of it is a forecast or an aim ("hết quý II đạt 50%")."""
        reference = self.timeline.reference if self.article.published is not None else None
        if reference is None or period.span.end is None:
            return False
        ahead = period.kind != "years" and self.timeline.still_to_come(period.span)
        return ahead or period.span.end.year > reference.year

    def _phase(
        self, units: Units, finding: Finding, previous: Draft | None, before: Draft | None
    ) -> tuple[Phase, Evidence]:
        investment = finding.subject.family == "public_investment"
        if finding.phase is not None:
            unit = finding.phase_unit
            evidence = (
                Evidence("words", unit.start, unit.end)
                if unit is not None
                else Evidence("earlier", note="the number before it")
            )
            return finding.phase, evidence
        section = self.lead if self.lead.phase is not None else self.section
        before_phase: tuple[Phase | None, Evidence | None] = (None, None)
        if before is not None and not (before.phase == "plan" and finding.reached):
            before_phase = before.phase, before.evidence["phase"].earlier()
        if finding.reading.measure != "amount":
            if previous is not None and previous.phase != "plan":
                return previous.phase, previous.evidence["phase"].earlier()
            if before is not None and before.phase == "estimated":
                return before.phase, before.evidence["phase"].earlier()
            if previous is not None and finding.chained and finding.reading.measure == "pct_change_yoy":
                return previous.phase, previous.evidence["phase"].earlier()
            if section.phase == "target":
                return "target", section.phase_evidence or Evidence("heading")
            return "executed", Evidence("implied", finding.start, finding.end)
        if previous is not None and previous.measure == "amount":
            return previous.phase, previous.evidence["phase"].earlier()
        if finding.revised and self._last_draft is not None and self._last_draft.phase == "plan":
            return "plan", self._last_draft.evidence["phase"].earlier()
        for phase, told in (
            (self.lead.phase, self.lead.phase_evidence),
            before_phase,
            (self.section.phase, self.section.phase_evidence),
        ):
            if phase is not None:
                return phase, told or Evidence("heading")
        if investment and finding.enumerated is None and not finding.reached and not _comes_to(units, finding):
            return "plan", Evidence(
                "implied", finding.subject.start, finding.subject.end, "capital that is not said to be disbursed"
            )
        return "executed", Evidence("implied", finding.start, finding.end)

    # -- period ---------------------------------------------------------------------------------------

    def _period(
        self, units: Units, finding: Finding, phase: Phase, previous: Draft | None, before: Draft | None
    ) -> Period:
        family = finding.subject.family
        own = own_period(self.timeline, units, finding, phase, chained=finding.chained and previous is not None)
        if phase == "plan" and finding.reading.measure == "amount":
            if own is None and previous is not None:
                own = previous.base
            if own is None and before is not None and before.phase == "plan":
                own = before.base
            if own is None and family == "public_investment":
                own = self.timeline.medium_term(named=_names_medium_term(units))
            return self.timeline.plan_year(own)
        if own is None and self._month is not None and finding.reading.measure == "amount":
            own = self._month.carried() if _month_beside_sum(units, finding.at) else None
        if own is None and previous is None and self._of_month is not None and self._tells_of_month(units, finding):
            own = self._of_month.carried()
        if own is None:
            if previous is not None and (
                finding.chained or finding.reading.measure != "amount" or previous.phase == phase
            ):
                own = previous.base.carried()
                if previous.phase == "plan" and phase in ("executed", "estimated") and not _is_settled(finding):
                    own = self.timeline.inherited(family)
            elif before is not None and phase == before.phase:
                own = before.base.carried()
        last = self._last_draft
        if (
            own is None
            and phase == "target"
            and last is not None
            and last.phase == "target"
            and _as_well(units, finding)
        ):
            own = last.base.carried()
        if own is None:
            own = self.timeline.plan_year(None) if phase in ("target", "plan") else self.timeline.inherited(family)
            if "period_from_date" in own.span.doubts:
                own = self._compared or own
        if self._against is not None and own.year == self._against and own.evidence.origin != "words":
            own = self.timeline.report_of(self._against + 1, finding.start) or own
        if self._is_over(own) and own.evidence.origin != "words" and _looks_ahead(finding, phase):
            own = self.timeline.plan_year(own)  # "…, bằng 24% dự toán và 23% chỉ tiêu phấn đấu (21.200 tỷ đồng)"
        if _is_cumulated(units, finding.at):
            own = self._since_january(own)
        raised = _raises_total(units, finding)
        if raised and previous is not None and previous.period.kind == "month" and own.kind == "until":
            own = replace(from_january(previous.period), kind="months")  # "tháng 8 …, nâng tổng chi đến nay lên …"
        if finding.reading.measure == "pct_of_plan" or raised:
            own = cumulative(own)
        if family == "public_investment":
            own = thirteenth_month(own, year_of_capital(units) or self.timeline.year_of_plans())
        return own

    def _since_january(self, own: Period) -> Period:
        """ "Tháng 8 thu 15 tỷ đồng. Lũy kế từ đầu năm đến nay, thu ngân sách đạt 128 tỷ đồng": January to August."""
        month = self._month
        if own.kind in ("month", "relative") and own.evidence.origin != "words":
            return replace(from_january(own), kind="months")
        if month is not None and own.span.end is None and own.year in (None, month.year):
            return replace(from_january(month), kind="months", evidence=own.evidence)
        return own

    def _tells_of_month(self, units: Units, finding: Finding) -> bool:
        """ "Tháng 5, tổng thu là 1.247 tỷ đồng. Thu từ đất đạt 300 tỷ đồng": of May, too."""
        return (
            finding.reading.measure != "pct_of_plan"
            and not finding.reached
            and finding.phase != "target"
            and not _is_cumulated(units, finding.at)
        )

    def _is_over(self, period: Period) -> bool:
        reference, end = self.timeline.reference, period.span.end
        return reference is not None and end is not None and end <= reference and end.year == reference.year


def _names_medium_term(units: Units) -> bool:
    """ "vốn đầu tư công trung hạn bố trí cho Bộ Y tế"."""
    return units.says("trung", "hạn")


def _is_done(units: Units, finding: Finding) -> bool:
    """ "Trong số vốn được giao năm nay, mới giải ngân 12.480 tỷ đồng", "Kế hoạch vốn năm nay là 900 tỷ đồng, giải ngân
    9%": what was done of a year that goes on."""
    begin = next((i + 1 for i in range(finding.at - 1, -1, -1) if units[i].quantity is not None), 0)
    if any(unit.text.startswith(("mới", "đã")) for unit in units[begin : finding.at]):
        return True
    told = finding.before is not None and finding.subject.family == "public_investment"
    return told and any(unit.text.startswith("giải ngân") for unit in units[begin : finding.at])


def _comes_to(units: Units, finding: Finding) -> bool:
    """ "vốn đầu tư từ ngân sách 6 tháng đạt 291.000 tỷ đồng": what a part of the year came to is no plan."""
    parts = (unit.period.kind for unit in units[: finding.at] if unit.period is not None)
    return finding.reading.verb == "reach" and any(kind in ("months", "quarter", "half", "until") for kind in parts)


def _measures_again(finding: Finding, base: Period, last: Draft) -> bool:
    """ "Sáu tháng, ngân sách ước thu 446.000 tỷ đồng. Con số này bằng 49% dự toán": the percentage of what the sentence
    before told."""
    unsaid = finding.phase is None and finding.enumerated is None and base.evidence.origin != "words"
    told = last.phase == "estimated" and last.code == finding.subject.code and last.base.span == base.span
    return unsaid and told and finding.reading.measure != "amount"


def _ends_before(one: Period, other: Period) -> bool:
    return one.span.end is not None and other.span.end is not None and one.span.end < other.span.end


_SINCE_JANUARY = ("lũy kế", "cộng dồn")
_MAY_FOLLOW = ("plain", "reach", "estimated", "executed", "earlier_month", "indicator", "mark", "area")


def _is_cumulated(units: Units, at: int) -> bool:
    """ "trong tháng thu 612 tỷ đồng, lũy kế được 7.921 tỷ đồng", "Lũy kế từ đầu năm đến nay, thu ngân sách đạt …"."""
    for unit in reversed(units[:at]):
        if unit.text.startswith(_SINCE_JANUARY):
            return True
        to_now = unit.period is not None and unit.period.to_now
        if unit.kind not in _MAY_FOLLOW and not to_now:
            return False
    return False


def _is_settled(finding: Finding) -> bool:
    """ "dự toán năm 2013 là 816.000 tỷ đồng; quyết toán là 828.348 tỷ đồng": of the plan's year."""
    return finding.phase_unit is not None and finding.phase_unit.text == "quyết toán"


def _month_beside_sum(units: Units, at: int) -> bool:
    """ "Trong đó, thu nội địa 415 tỷ đồng, lũy kế 4.010 tỷ đồng": the first is the month's."""
    following = units[at + 1 : at + 3]
    return len(following) == 2 and following[0].text in (",", ";") and following[1].text == "lũy kế"


def _raises_total(units: Units, finding: Finding) -> bool:
    """ "tháng 4 thu 371 tỷ đồng, nâng tổng số lên 1.498 tỷ đồng"."""
    before = units[max(finding.at - 8, 0) : finding.at]
    raised = any(unit.text.split()[0] in ("nâng", "đưa") for unit in before)
    return raised and units[finding.at - 1].text == "lên"


_FORECASTS = ("dự kiến", "dự báo", "dự tính", "khả năng")  # but "quý I dự ước đạt …" is an estimate of what is over


def _looks_ahead(finding: Finding, phase: Phase) -> bool:
    """An aim or a forecast, which nothing dates, is of the whole year: "dự kiến thu 1.150 tỷ đồng"."""
    if finding.reading.measure == "pct_change_yoy" or finding.phase_unit is None:
        return False
    return phase == "target" or (phase == "estimated" and finding.phase_unit.text.startswith(_FORECASTS))


def _as_well(units: Units, finding: Finding) -> bool:
    """ "Tỉnh cũng đặt mục tiêu giải ngân 100%": of the year of the goal before."""
    return any(unit.text == "cũng" for unit in units[: finding.at])
