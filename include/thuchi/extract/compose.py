"""Puts an article's findings together into figures: phase, period, area and basis from sentence and context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from thuchi.extract.areas import AreaContext, AreaReading
from thuchi.extract.draft import Draft
from thuchi.extract.gate import speaks_of_budget
from thuchi.extract.lexing import Lexer, Unit
from thuchi.extract.measures import BASES, Base
from thuchi.extract.reading import Finding, SentenceReader
from thuchi.extract.spans import PeriodMention
from thuchi.extract.structure import Line, lines_of, sentences_of
from thuchi.extract.tables import TableReader
from thuchi.extract.timing import Period, Timeline, cumulative, thirteenth_month
from thuchi.model import Article, Basis, Evidence, Phase

_CENTRAL_CITIES = frozenset({"Hà Nội", "Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế"})
_LEAD_LINES = 4
_SHORT = 40
"""Characters of a heading that may name a place: "Huyện Chư Păh"."""


@dataclass(slots=True)
class Section:
    """What a heading, or a line that ends in a colon, says for what follows."""

    phase: Phase | None = None
    phase_evidence: Evidence | None = None
    code: str = ""
    period: Period | None = None
    area: AreaReading | None = None


@dataclass(slots=True)
class Composer:
    """Reads one article from top to bottom."""

    article: Article
    lexer: Lexer
    places: AreaContext
    timeline: Timeline
    drafts: list[Draft] = field(default_factory=list)
    section: Section = field(default_factory=Section)
    lead: Section = field(default_factory=Section)
    _spoken: set[str] = field(default_factory=set)
    _recent: set[str] = field(default_factory=set)
    _main: dict[str, str] = field(default_factory=dict)
    _frame: str = ""
    _carried: str = ""
    _project: bool = False
    _last: str = ""
    _last_draft: Draft | None = None
    _retracted: bool = False

    # -- what SentenceReader asks --------------------------------------------------------------------

    def spoken(self, family: str) -> bool:
        return family in self._spoken

    def on_a_project(self, family: str) -> bool:
        return self._project and family == "public_investment"

    def recent(self, family: str) -> bool:
        return family in self._recent

    def main(self, family: str) -> str:
        return self._main.get(family, family)

    @property
    def frame(self) -> str:
        return self._frame or self.lead.code or self.section.code

    @property
    def carried(self) -> str:
        return self.frame or self._carried

    @property
    def last(self) -> str:
        return self._last

    # -- lines ----------------------------------------------------------------------------------------

    def compose(self) -> list[Draft]:
        lines = lines_of(self.article.text, self.article.title)
        table: list[Line] = []
        seen = 0
        for line in lines:
            if line.kind in ("table", "unit"):
                table.append(line)
                continue
            if table:
                self._read_table(table)
                table = []
            self._line(line, seen)
            seen += line.kind == "paragraph"
        if table:
            self._read_table(table)
        return self.drafts

    def _read_table(self, lines: Sequence[Line]) -> None:
        self.drafts += TableReader(self.lexer, self.places, self.timeline).read(lines)

    def _line(self, line: Line, seen: int) -> None:
        if line.kind == "heading":
            if seen < _LEAD_LINES or line.end - line.start <= _SHORT or self._worth_reading(line) or self._has_digit(line):
                self._heading(line)
            return
        if seen >= _LEAD_LINES and not line.leads and not self._worth_reading(line):
            self._project = False
            return
        if line.kind != "item":
            self.lead = Section()
            self._carried = self._frame or self._carried
            self._frame = ""
        if line.kind != "item":
            self.timeline.open_paragraph()
            self._recent.clear()
        else:
            self.timeline.paragraph = self.lead.period
        units: list[Unit] = []
        for number, (start, end) in enumerate(sentences_of(self.article.text, line.start, line.end)):
            units = self.lexer.units(start, end)
            if not units:
                continue
            self._sentence(units, line, number)
            self._note_periods(units, line, seen)
        if line.leads and units:
            self._open_lead(units)

    def _has_digit(self, line: Line) -> bool:
        return any(c.isdigit() for c in self.article.text[line.start : line.end])

    def _worth_reading(self, line: Line) -> bool:
        """Whether a line has a quantity or a word of the budget."""
        return bool(self.lexer.quantities.within(line.start, line.end)) or speaks_of_budget(
            self.lexer.folded, line.start, line.end
        )

    def _heading(self, line: Line) -> None:
        units = self.lexer.units(line.start, line.end)
        findings = SentenceReader(units, self).read()
        self._note_indicators(units)
        if any(unit.quantity is not None for unit in units) and findings:
            self._sentence(units, line, 0)
            return
        mentions = [unit.period for unit in units if unit.period is not None]
        self.timeline.open_section(mentions)
        phase, evidence = _announced_phase(units)
        self.section = Section(phase, evidence, self._named_code(units) or "")
        if self.timeline.section is not None and mentions:
            self.section.period = self.timeline.section
        area = next((unit.area for unit in units if unit.area is not None and not unit.area.organ), None)
        if area is not None and len(units) <= 4:
            self.section.area = self.places.resolve(area)
        self._frame = ""
        self.lead = Section()

    def _open_lead(self, units: Sequence[Unit]) -> None:
        phase, evidence = _announced_phase(units)
        mentions = [u.period for u in units if u.period is not None and not u.period.comparison and u.period.kind not in ("day", "same_period")]
        period = self.timeline.read(mentions[-1], "heading", ahead=True) if mentions else self.timeline.paragraph
        self.lead = Section(phase, evidence, self._named_code(units) or self._frame, period)

    def _named_code(self, units: Sequence[Unit]) -> str:
        for unit in units:
            lexeme = unit.indicator
            if lexeme is not None and lexeme.strength == "strong":
                return lexeme.code
        return ""

    def _note_periods(self, units: Sequence[Unit], line: Line, seen: int) -> None:
        for index, unit in enumerate(units):
            mention = unit.period
            if mention is None or not _is_reporting(mention) or _of_another_year(units, index) or _in_comparison(units, index):
                continue
            if mention.kind == "year" and index >= 4 and line.kind != "title":
                continue
            if line.kind == "title" or seen < _LEAD_LINES:
                self.timeline.note_background(mention, "title" if line.kind == "title" else "earlier")
            if mention.kind in ("months", "quarter", "half", "year"):
                period = self.timeline.read(mention, "earlier")
                if not self.timeline.still_to_come(period.span):
                    self.timeline.paragraph = period
                elif index < 4:
                    self.timeline.planned = self.timeline.read(mention, "earlier", ahead=True)

    def _note_indicators(self, units: Sequence[Unit]) -> None:
        for unit in units:
            if unit.kind == "capital":
                self._spoken.add("public_investment")
                self._recent.add("public_investment")
            if unit.kind == "budget":
                self._spoken.update(("revenue", "expenditure"))
                self._recent.update(("revenue", "expenditure"))
            lexeme = unit.indicator
            if lexeme is None or lexeme.strength != "strong":
                continue
            self._spoken.add(lexeme.family)
            self._recent.add(lexeme.family)
            if lexeme.code in ("public_investment", "public_investment.ntp"):
                if lexeme.code == "public_investment" or "public_investment" not in self._main:
                    self._main["public_investment"] = lexeme.code

    def _note_project(self, units: Sequence[Unit]) -> None:
        """Whether the sentence turned to one works project ("dự án …"), or back to a unit's budget."""
        for index, unit in enumerate(units):
            indicator, foreign = unit.indicator, unit.foreign
            if indicator is not None and indicator.strength == "strong":
                self._project = False
            elif foreign is not None and foreign.code == "works" and unit.text.startswith(("dự án", "công trình", "tiểu dự án", "tuyến", "cao tốc")):
                self._project = not (index and units[index - 1].text in ("các", "những", "nhiều", "số"))

    # -- sentences --------------------------------------------------------------------------------------

    def _sentence(self, units: Sequence[Unit], line: Line, number: int) -> None:
        if any(unit.kind == "wrong" for unit in units):
            self._retracted = True
        if any(unit.kind == "right" for unit in units):
            self._retracted = False
        if number == 0 and units[0].kind == "parts":  # a paragraph that opens with "Trong đó," goes on
            self._frame = self._frame or self._carried
        self._note_indicators(units)
        findings = SentenceReader(units, self).read()
        self._note_project(units)
        if self._retracted:
            return
        parts = bool(units) and units[0].kind == "parts"
        before: Draft | None = self._last_draft if parts or line.kind == "item" else None
        drafts: list[Draft] = []
        for finding in findings:
            previous = drafts[finding.before] if finding.before is not None else None
            draft = self._draft(units, finding, previous, before, line)
            drafts.append(draft)
            self._remember(draft, finding)
        self.drafts += [draft for draft in drafts if not self._of_another_base(draft)]

    def _of_another_base(self, draft: Draft) -> bool:
        """A change on a year that is not the one before: "gấp 2,04 lần năm 2015"."""
        against, year = draft.against_year, draft.period.year
        return draft.measure == "pct_change_yoy" and against is not None and year is not None and year - against != 1

    def _remember(self, draft: Draft, finding: Finding) -> None:
        self._last = draft.code
        if not finding.bracketed:
            self._last_draft = draft
        family = draft.code.split(".", 1)[0]
        if finding.enumerated is not None and not self._frame:
            self._frame = draft.code
        if finding.enumerated is None and finding.subject.strength != "part":
            frame_family = self._frame.split(".", 1)[0]
            total = draft.code in ("revenue", "expenditure", "revenue.local", self.main("public_investment"))
            if total or frame_family != family:
                self._frame = draft.code
        if draft.measure != "pct_change_yoy" and draft.phase in ("executed", "estimated") and draft.period is draft.base:
            self.timeline.keep(family, draft.period)
        if draft.phase == "plan":
            self.timeline.planned = draft.period

    # -- one figure -----------------------------------------------------------------------------------

    def _draft(
        self, units: Sequence[Unit], finding: Finding, previous: Draft | None, before: Draft | None, line: Line
    ) -> Draft:
        quantity = units[finding.at].quantity
        assert quantity is not None
        evidence = {"indicator": Evidence(finding.subject.origin, finding.subject.start, finding.subject.end)}
        phase, evidence["phase"] = self._phase(units, finding, previous, before, line)
        base = self._period(units, finding, phase, previous, before)
        period = self._then(units, finding, base) or base
        evidence["period"] = period.evidence
        if phase == "executed" and self._lies_ahead(period):
            phase = "estimated" if finding.phase is not None or period.kind == "year" and period.year == self.timeline.year else "target"
        area = self._area(units, finding, previous, period)
        evidence["area"] = area.evidence
        basis: Basis | None = None
        if finding.reading.measure == "pct_of_plan":
            basis, evidence_of_basis = self._basis(finding.reading.bases, area)
            if evidence_of_basis is not None:
                evidence["basis"] = evidence_of_basis
        doubts = (*quantity.doubts, *period.span.doubts, *area.doubts)
        return Draft(
            quantity, finding.reading.value, finding.reading.measure, finding.subject.code, phase, basis, period, area,
            base, finding.reading.against_period.year if finding.reading.against_period else None, finding.start, finding.end, evidence, tuple(dict.fromkeys(doubts)), line.kind == "title",
        )  # fmt: skip

    def _lies_ahead(self, period: Period) -> bool:
        reference = self.timeline.reference if self.article.published is not None else None
        return reference is not None and period.span.end is not None and (
            period.span.end.year > reference.year or period.kind == "year" and (period.span.end - reference).days > 45
        )

    def _phase(
        self, units: Sequence[Unit], finding: Finding, previous: Draft | None, before: Draft | None, line: Line
    ) -> tuple[Phase, Evidence]:
        investment = finding.subject.family == "public_investment"
        if finding.phase is not None:
            unit = finding.phase_unit
            evidence = Evidence("words", unit.start, unit.end) if unit is not None else Evidence("earlier", note="the number before it")
            return finding.phase, evidence
        section = self.lead if self.lead.phase is not None else self.section
        before_phase: tuple[Phase | None, Evidence | None] = (None, None)
        if before is not None:
            before_phase = before.phase, replace(before.evidence["phase"], origin="earlier")
        if finding.reading.measure != "amount":
            if previous is not None and previous.phase != "plan":
                return previous.phase, replace(previous.evidence["phase"], origin="earlier")
            if before is not None and before.phase == "estimated":
                return before.phase, replace(before.evidence["phase"], origin="earlier")
            if previous is not None and finding.chained and finding.reading.measure == "pct_change_yoy":
                return previous.phase, replace(previous.evidence["phase"], origin="earlier")
            if section.phase == "target":
                return "target", section.phase_evidence or Evidence("heading")
            return "executed", Evidence("implied", finding.start, finding.end)
        if previous is not None and previous.measure == "amount":
            return previous.phase, replace(previous.evidence["phase"], origin="earlier")
        if finding.revised and self._last_draft is not None and self._last_draft.phase == "plan":
            return "plan", replace(self._last_draft.evidence["phase"], origin="earlier")
        for phase, told in ((self.lead.phase, self.lead.phase_evidence), before_phase, (self.section.phase, self.section.phase_evidence)):
            if phase is not None:
                return phase, told or Evidence("heading")
        if investment and finding.enumerated is None:
            return "plan", Evidence("implied", finding.subject.start, finding.subject.end, "capital that is not said to be disbursed")
        return "executed", Evidence("implied", finding.start, finding.end)

    # -- period ---------------------------------------------------------------------------------------

    def _period(
        self, units: Sequence[Unit], finding: Finding, phase: Phase, previous: Draft | None, before: Draft | None
    ) -> Period:
        family = finding.subject.family
        own = self._own_period(units, finding, phase, chained=finding.chained and previous is not None)
        if phase == "plan" and finding.reading.measure == "amount":
            if own is None and previous is not None:
                own = previous.base
            if own is None and before is not None and before.phase == "plan":
                own = before.base
            return self.timeline.plan_year(own)
        if own is None:
            if previous is not None and (finding.chained or finding.reading.measure != "amount" or previous.phase == phase):
                own = replace(previous.base, evidence=replace(previous.base.evidence, origin="earlier"))
                if previous.phase == "plan" and phase in ("executed", "estimated"):
                    own = self.timeline.inherited(family)
            elif before is not None and phase == before.phase:
                own = replace(before.base, evidence=replace(before.base.evidence, origin="earlier"))
        if own is None:
            own = self.timeline.plan_year(None) if phase in ("target", "plan") else self.timeline.inherited(family)
        if finding.reading.measure == "pct_of_plan":
            own = cumulative(own)
        if family == "public_investment":
            own = thirteenth_month(own, self.timeline.year_of_plans())
        return own

    def _own_period(self, units: Sequence[Unit], finding: Finding, phase: Phase, chained: bool) -> Period | None:
        """The mention that governs the number: the nearest before it in the sentence, or right after it."""
        ahead = phase in ("plan", "target", "estimated")
        after = self._period_after(units, finding, phase, ahead)
        if after is not None:
            return after
        begin = 0
        if chained:
            begin = next((i + 1 for i in range(finding.at - 1, -1, -1) if units[i].quantity is not None), 0)
        cumulated = False
        consumed = [other.period for other in units[: finding.at] if other.period is not None and self._was_base(units, other, finding)]
        for index in range(finding.at - 1, begin - 1, -1):
            unit = units[index]
            cumulated = cumulated or unit.text.startswith("lũy kế")
            if unit.period is None or not _is_reporting(unit.period):
                continue
            if unit.period in consumed:
                continue
            if unit.text.startswith("lũy kế") and unit.period.to_now and not unit.period.month:
                cumulated = True  # "lũy kế chi …" goes on to the end of the period that was named
                continue
            if phase not in ("plan", "target") and index and (units[index - 1].means("plan_word") or units[index - 1].kind in BASES):
                continue
            if _in_comparison(units, index) or _of_another_year(units, index) or _of_an_event(units, index):
                continue
            period = self.timeline.read(unit.period, ahead=ahead)
            if cumulated and period.kind in ("month", "relative"):
                period = cumulative(replace(period, kind="month"))
                period = replace(period, kind="months")
            return period
        return None

    def _period_after(self, units: Sequence[Unit], finding: Finding, phase: Phase, ahead: bool) -> Period | None:
        """A mention right after the number: "giải ngân trên 95% kế hoạch vốn đến hết 31-12"."""
        for index in range(finding.at + 1, min(finding.at + 9, len(units))):
            unit = units[index]
            if unit.period is finding.reading.against_period and unit.period is not None:
                break
            if unit.kind in ("estimated", "executed", "target", "plan") or unit.text == "thì":
                break
            if unit.quantity is not None or unit.text in (",", ";", "(", ")") or unit.kind in ("versus", "up", "down") or unit.indicator is not None and not unit.means("plan_word"):
                break
            if unit.period is None or not _is_reporting(unit.period):
                continue
            if phase in ("executed", "estimated") and any(u.means("plan_word") or u.kind in BASES for u in units[finding.at + 1 : index]):
                break
            return self.timeline.read(unit.period, ahead=ahead)
        return None

    def _was_base(self, units: Sequence[Unit], unit: Unit, finding: Finding) -> bool:
        """ "so với mức 3.991 tỷ đồng của năm 2019; bằng 116,8% dự toán": the year belongs to the amount before it."""
        index = units.index(unit)
        return index > 1 and units[index - 1].text == "của" and units[index - 2].quantity is not None

    def _then(self, units: Sequence[Unit], finding: Finding, base: Period) -> Period | None:
        """The period of a level that is only compared with: "(cùng kỳ năm 2019 là 1.151,6 tỷ đồng)"."""
        reading = finding.reading
        if reading.measure == "pct_change_yoy":
            return None
        mention = reading.against_period
        if mention is not None and (reading.level_then or reading.measure == "amount"):
            return self.timeline.year_before(base, mention, Evidence("words", mention.start, mention.end))
        for index in range(finding.at - 1, max(finding.at - 12, -1), -1):
            unit = units[index]
            if unit.quantity is not None or unit.text in (";", ")") or unit.start < finding.since:
                return None
            if unit.text == "cùng thời điểm" and not _names_year(units, index + 1):
                continue  # "toàn tỉnh cùng thời điểm 52,7%" is of this year
            if unit.kind in ("same_period", "last_year") or unit.period is not None and _is_comparison(unit.period):
                if any(u.kind == "versus" for u in units[max(index - 2, 0) : index]) and reading.measure != "amount":
                    return None
                evidence = Evidence("words", unit.start, unit.end)
                return self.timeline.year_before(base, unit.period, evidence)
        return None

    # -- area -------------------------------------------------------------------------------------------

    def _area(self, units: Sequence[Unit], finding: Finding, previous: Draft | None, period: Period) -> AreaReading:
        on = self._day(period)
        if finding.enumerated is not None and finding.enumerated.area is not None:
            reading = self.places.resolve(finding.enumerated.area, on)
            if reading.area is not None:
                return reading
        following = self._area_after(units, finding.at)
        if following is not None and following.area is not None:
            return self.places.resolve(following.area, on)
        if finding.chained and previous is not None:
            return replace(previous.area, evidence=previous.area.evidence)
        named = self._area_named(units, finding)
        if named is not None and named.area is not None:
            reading = self.places.resolve(named.area, on)
            if reading.area is not None:
                return reading
        if self.section.area is not None and self.section.area.area is not None:
            return self.section.area
        return self.places.main

    def _day(self, period: Period) -> date | None:
        return None

    def _area_after(self, units: Sequence[Unit], at: int) -> Unit | None:
        """ "thấp xa mức 45,6% của toàn Thành phố"."""
        for index in range(at + 1, min(at + 5, len(units))):
            unit = units[index]
            if unit.area is not None:
                return unit if not unit.area.organ and units[at + 1].text == "của" else None
            if unit.kind != "plain":
                return None
        return None

    def _area_named(self, units: Sequence[Unit], finding: Finding) -> Unit | None:
        """The area that is said with the subject: "tổng thu ngân sách của thành phố Đồng Xoài"."""
        begin, end = max(finding.subject.index, 0), finding.at
        for index in range(begin, end):
            unit = units[index]
            if unit.area is not None and not unit.area.organ and not (index and units[index - 1].text in _ELSEWHERE):
                return unit
        for index in range(begin - 1, max(begin - 5, -1), -1):
            unit = units[index]
            if unit.area is not None and not unit.area.organ:
                return unit
            if unit.kind not in ("plain", "executed", "estimated", "target", "plan"):
                return None
        return None

    def _basis(self, bases: Sequence[Base], area: AreaReading) -> tuple[Basis, Evidence | None]:
        if not bases:
            return "unspecified", None
        base = bases[0]
        evidence = Evidence("words", base.start, base.end)
        if base.basis == "city":
            return self._city(area), evidence
        if base.basis == "commune":
            return "unspecified", evidence
        return base.basis, evidence

    def _city(self, reading: AreaReading) -> Basis:
        """ "thành phố giao" is the province's assignment in Hà Nội or Đà Nẵng, the district's in Vinh."""
        area = reading.area
        if area is None or area.province in _CENTRAL_CITIES:
            return "province"
        return "district"


_ELSEWHERE = frozenset({"ở", "tại", "từ", "cho", "với", "về", "theo", "giữa"})
"""Before a place, these make it where something happens, not whose budget it is: "đại đô thị ở Văn Giang"."""


def _names_year(units: Sequence[Unit], index: int) -> bool:
    return index < len(units) and (units[index].period is not None or units[index].kind == "last_year")


def _is_reporting(mention: PeriodMention) -> bool:
    if mention.kind == "range" and mention.month_to is None and not mention.to_now:
        return False  # "thành lập từ tháng 4/2015"
    if mention.kind == "range" and mention.day is not None and mention.month == mention.month_to:
        return False  # "kỳ họp từ ngày 8 đến 10-12"
    return not mention.comparison and mention.kind not in ("same_period", "day")


def _is_comparison(mention: PeriodMention) -> bool:
    return mention.comparison or mention.kind == "same_period"


def _of_another_year(units: Sequence[Unit], index: int) -> bool:
    """ "phần năm 2022 chuyển sang", "chuyển nguồn từ năm 2020 sang", "kéo dài sang năm 2024": where money came from."""
    before = units[index - 1].text if index > 1 else ""
    if before == "sang" and units[index - 2].text == "bước":
        return False  # "Bước sang 2021, tỉnh phấn đấu …"
    if before == "các":  # "kéo dài từ các năm trước"
        return True
    after = " ".join(unit.text for unit in units[index + 1 : index + 3])
    return before == "sang" or after.startswith(("chuyển", "kéo dài", "sang"))


def _of_an_event(units: Sequence[Unit], index: int) -> bool:
    """ "mới có thông báo vốn cuối tháng 5": when something happened, not what a report covers."""
    mention = units[index].period
    return mention is not None and mention.kind == "month" and index > 0 and units[index - 1].text in ("cuối", "đầu", "giữa")


def _in_comparison(units: Sequence[Unit], index: int) -> bool:
    """ "so với tháng 10" names no period of its own."""
    return any(unit.kind == "versus" for unit in units[max(index - 3, 0) : index])


def _announced_phase(units: Sequence[Unit]) -> tuple[Phase | None, Evidence | None]:
    """What a heading or lead-in announces: "thông qua dự toán năm 2018 với các con số chính:"."""
    for unit in units:
        if unit.kind in ("executed", "reach", "exceed"):
            return None, None
        if unit.kind in ("target", "estimated"):
            return unit.kind, Evidence("heading", unit.start, unit.end)  # type: ignore[return-value]
        lexeme = unit.indicator
        if unit.kind == "plan" or unit.text.startswith(("dự toán", "kế hoạch")) and (unit.means("plan_word") or lexeme):
            return "plan", Evidence("heading", unit.start, unit.end)
    return None, None
