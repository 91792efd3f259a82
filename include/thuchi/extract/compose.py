"""Puts an article's findings together into figures: phase, period, area and basis from sentence and context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from thuchi.extract.areas import AreaContext, AreaReading
from thuchi.extract.dating import (
    in_an_aside,
    in_comparison,
    is_reporting,
    of_another_year,
    opens_a_frame,
    own_period,
    period_then,
)
from thuchi.extract.draft import Draft, apart
from thuchi.extract.gate import speaks_of_budget
from thuchi.extract.lexing import Lexer, Unit
from thuchi.extract.memory import Memory
from thuchi.extract.placing import area_after, area_named, basis_of, collected, scene_of
from thuchi.extract.reading import SentenceReader
from thuchi.extract.section import Section, adopted_year, announced_phase, named_code
from thuchi.extract.sentence import Finding
from thuchi.extract.structure import Line, lines_of, sentences_of
from thuchi.extract.tables import TableReader
from thuchi.extract.timing import Period, Timeline, cumulative, of_last_year, thirteenth_month
from thuchi.model import Article, Basis, Evidence, Phase

_LEAD_LINES = 4
_SHORT = 40
"""Characters of a heading that may name a place: "Huyện Chư Păh"."""


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
    memory: Memory = field(default_factory=Memory)
    _last_draft: Draft | None = None
    _compared: Period | None = None
    """The year that the sentence compares with the one before."""
    _retracted: bool = False
    _scene: AreaReading | None = None
    """Where the paragraph is, in an article on several places."""

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
        self.drafts += TableReader(self.lexer, self.places, self.timeline).read(lines, self.memory.carried)

    def _line(self, line: Line, seen: int) -> None:
        if line.kind == "title" or seen < 2:
            self._note_draft(line)
        if line.kind == "heading" or self._is_place(line):
            if (
                seen < _LEAD_LINES
                or line.end - line.start <= _SHORT
                or self._worth_reading(line)
                or self._has_digit(line)
            ):
                self._heading(line)
            return
        if seen >= _LEAD_LINES and not line.leads and not self._worth_reading(line):
            self.memory.on_project = False
            return
        if line.kind != "item":
            self._announce(Section())
            self.memory.open_paragraph()
            self.timeline.open_paragraph()
            self._scene = None
        else:
            self.timeline.paragraph = self.lead.period
        units: list[Unit] = []
        for number, (start, end) in enumerate(sentences_of(self.article.text, line.start, line.end)):
            units = self.lexer.units(start, end)
            if not units:
                continue
            if line.kind == "title":
                self.memory.note_title(units)
            self._sentence(units, line, number)
            self._note_periods(units, line, seen)
        if line.leads and units:
            self._open_lead(units)

    def _note_draft(self, line: Line) -> None:
        """Title and lead: "Dự toán thu ngân sách năm 2022 …"."""
        planned = False
        for unit in self.lexer.units(line.start, line.end):
            planned = planned or unit.text.startswith("dự toán")
            if planned and unit.period is not None and unit.period.kind == "year" and not unit.period.comparison:
                self.timeline.drafted = self.timeline.drafted or self.timeline.read(unit.period).year
                return

    def _is_place(self, line: Line) -> bool:
        """ "* Thành phố Vị Thanh" is the heading of what follows."""
        if line.kind != "item" or line.end - line.start > _SHORT:
            return False
        units = self.lexer.units(line.start, line.end)
        return any(unit.area is not None for unit in units) and all(unit.area or unit.kind == "mark" for unit in units)

    def _has_digit(self, line: Line) -> bool:
        return any(c.isdigit() for c in self.article.text[line.start : line.end])

    def _worth_reading(self, line: Line) -> bool:
        """Whether a line has a quantity or a word of the budget."""
        return bool(self.lexer.quantities.within(line.start, line.end)) or speaks_of_budget(
            self.lexer.folded, line.start, line.end
        )

    def _heading(self, line: Line) -> None:
        units = self.lexer.units(line.start, line.end)
        findings = SentenceReader(units, self.memory).read()
        self.memory.note_indicators(units)
        if any(unit.quantity is not None for unit in units) and findings:
            self._sentence(units, line, 0)
            return
        mentions = [unit.period for unit in units if unit.period is not None]
        self.timeline.open_section(mentions)
        phase, evidence = announced_phase(units)
        self.section = Section(phase, evidence, named_code(units) or "")
        if self.timeline.section is not None and mentions:
            self.section.period = self.timeline.section
        area = next((unit.area for unit in units if unit.area is not None and not unit.area.organ), None)
        if area is not None and len(units) <= 4:
            place = self.places.resolve(area)
            self.section.area = place if place.area is not None else None
        self.memory.own = ""
        self._announce(Section())

    def _open_lead(self, units: Sequence[Unit]) -> None:
        phase, evidence = announced_phase(units)
        mentions = [
            u.period
            for u in units
            if u.period is not None and not u.period.comparison and u.period.kind not in ("day", "same_period")
        ]
        period = self.timeline.read(mentions[-1], "heading", ahead=True) if mentions else self.timeline.paragraph
        self._announce(Section(phase, evidence, named_code(units) or self.memory.own, period))

    def _announce(self, lead: Section) -> None:
        self.lead = lead
        self.memory.announced = lead.code or self.section.code

    def _note_periods(self, units: Sequence[Unit], line: Line, seen: int) -> None:
        for index, unit in enumerate(units):
            mention = unit.period
            if (
                mention is None
                or not is_reporting(mention)
                or of_last_year(mention)
                or of_another_year(units, index)
                or in_comparison(units, index)
                or in_an_aside(units, index, len(units))
            ):
                continue
            if mention.kind == "year" and index >= 4 and line.kind != "title" and not opens_a_frame(units, index):
                continue
            if line.kind == "title" or seen < _LEAD_LINES:
                self.timeline.note_background(mention, "title" if line.kind == "title" else "earlier")
            if mention.kind == "year" and index and units[index - 1].text == "từ":
                continue  # "Từ năm 2015, kho bạc đã phối hợp …" goes on to this day
            if self._dates_what_follows(units, index) and line.kind == "paragraph":
                self.timeline.until, self.timeline.narrative = self.timeline.read(mention, "earlier"), None
            following = units[index + 1].period if index + 1 < len(units) else None
            if following is not None and following.kind == "until":
                continue  # "Từ đầu năm 2020 đến ngày 31/5/2020" names no whole year
            if mention.kind in ("months", "quarter", "half", "year"):
                period = self.timeline.read(mention, "earlier")
                told = self.article.published is None and index >= 4  # "… năm 2020 đạt 9 %": it is over
                if told or not self.timeline.still_to_come(period.span):
                    self.timeline.paragraph = period
                elif index < 4:
                    self.timeline.planned = self.timeline.read(mention, "earlier", ahead=True)

    @staticmethod
    def _dates_what_follows(units: Sequence[Unit], index: int) -> bool:
        """ "Đến ngày 31/5, …" and "tình hình giải ngân tính đến 30/6 đã đạt …"."""
        mention = units[index].period
        if mention is None or mention.kind != "until" or mention.month is None:
            return False
        return index < 5 or units[index].text.startswith("tính")

    # -- sentences --------------------------------------------------------------------------------------

    def _sentence(self, units: Sequence[Unit], line: Line, number: int) -> None:
        if any(unit.kind == "wrong" for unit in units):
            self._retracted = True
        if any(unit.kind == "right" for unit in units):
            self._retracted = False
        parts = units[0].kind in ("parts", "goes_on")
        if number == 0 and parts:  # a paragraph that opens with "Trong đó," or "Tuy nhiên, mới đạt …" goes on
            self.memory.go_on()
        self.memory.note_indicators(units)
        findings = SentenceReader(units, self.memory).read()
        self.memory.note_project(units)
        if not findings:
            self._open_plan(adopted_year(units))
        elif self._turns_from_plan(units):
            self.lead = Section()
        if self._retracted:
            return
        self._note_scene(units)
        before: Draft | None = self._last_draft if parts or line.kind == "item" else None
        mentions = [f.reading.against_period for f in findings if f.reading.measure == "pct_change_yoy"]
        self._compared = next((self.timeline.compared(mention) for mention in mentions if mention is not None), None)
        drafts: list[Draft] = []
        for finding in findings:
            previous = drafts[finding.before] if finding.before is not None else None
            draft = self._draft(units, finding, previous, before, line)
            drafts.append(draft)
            self._remember(draft, finding)
        self.drafts += [draft for draft in drafts if not self._of_another_base(draft)]

    def _open_plan(self, year: Unit | None) -> None:
        """What follows in the paragraph is of the plan that was adopted."""
        if year is not None and year.period is not None:
            period = self.timeline.read(year.period, "earlier", ahead=True)
            self._go_on_planning(period, Evidence("earlier", year.start, year.end))

    def _go_on_planning(self, period: Period, evidence: Evidence) -> None:
        self.lead = replace(self.lead, phase="plan", phase_evidence=evidence, period=period)
        self.timeline.planned = period

    def _turns_from_plan(self, units: Sequence[Unit]) -> bool:
        """Whether a sentence in the wake of a plan speaks of another year."""
        if self.lead.phase != "plan" or self.lead.period is None:
            return False
        named = [
            u.period for i, u in enumerate(units) if u.period and is_reporting(u.period) and not in_comparison(units, i)
        ]
        return bool(named) and self.timeline.read(named[0], ahead=True).year != self.lead.period.year

    def _of_another_base(self, draft: Draft) -> bool:
        """A change on a year that is not the one before: "gấp 2,04 lần năm 2015"."""
        against, year = draft.against_year, draft.period.year
        return draft.measure == "pct_change_yoy" and against is not None and year is not None and year - against != 1

    def _remember(self, draft: Draft, finding: Finding) -> None:
        if not finding.bracketed:
            self._last_draft = draft
        family = draft.code.split(".", 1)[0]
        self.memory.note_figure(draft.code, finding)
        if (
            draft.measure != "pct_change_yoy"
            and draft.phase in ("executed", "estimated")
            and draft.period is draft.base
        ):
            self.timeline.keep(family, draft.period)
        if draft.phase == "plan":
            self.timeline.planned = draft.period
            if self.timeline.not_begun(draft.period):  # nothing of that year is done yet: plans go on
                self._go_on_planning(draft.period, replace(draft.evidence["phase"], origin="earlier"))

    # -- one figure -----------------------------------------------------------------------------------

    def _draft(
        self, units: Sequence[Unit], finding: Finding, previous: Draft | None, before: Draft | None, line: Line
    ) -> Draft:
        reading = finding.reading
        quantity = units[finding.at].quantity
        assert quantity is not None
        evidence = {"indicator": Evidence(finding.subject.origin, finding.subject.start, finding.subject.end)}
        phase, evidence["phase"] = self._phase(finding, previous, before)
        base = self._period(units, finding, phase, previous, before)
        if before is not None and previous is None and apart(finding, phase, base, before):
            phase = "executed"
            evidence["phase"] = Evidence("implied", finding.start, finding.end)
        then = period_then(self.timeline, units, finding, base, previous.period if previous else None)
        period = then or base
        evidence["period"] = period.evidence
        if then is not None and phase == "estimated":
            phase = "executed"  # "ước đạt 22% (cùng kỳ năm 2022 đạt 23,7%)"
        if phase == "executed" and self._lies_ahead(period):
            phase = (
                "estimated"
                if finding.phase is not None or (period.kind == "year" and period.year == self.timeline.year)
                else "target"
            )
        if phase != "plan" and reading.measure == "amount" and self.timeline.is_drafted(period):
            phase = "plan"
            evidence["phase"] = Evidence("earlier", note="a budget drafted for the year to come")
        area = self._area(units, finding, previous)
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
            code=collected(units, finding, self.lexer.folded),
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

    def _lies_ahead(self, period: Period) -> bool:
        reference = self.timeline.reference if self.article.published is not None else None
        return (
            reference is not None
            and period.span.end is not None
            and (
                period.span.end.year > reference.year
                or (period.kind == "year" and (period.span.end - reference).days > 45)
            )
        )

    def _phase(self, finding: Finding, previous: Draft | None, before: Draft | None) -> tuple[Phase, Evidence]:
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
        for phase, told in (
            (self.lead.phase, self.lead.phase_evidence),
            before_phase,
            (self.section.phase, self.section.phase_evidence),
        ):
            if phase is not None:
                return phase, told or Evidence("heading")
        if investment and finding.enumerated is None:
            return "plan", Evidence(
                "implied", finding.subject.start, finding.subject.end, "capital that is not said to be disbursed"
            )
        return "executed", Evidence("implied", finding.start, finding.end)

    # -- period ---------------------------------------------------------------------------------------

    def _period(
        self, units: Sequence[Unit], finding: Finding, phase: Phase, previous: Draft | None, before: Draft | None
    ) -> Period:
        family = finding.subject.family
        own = own_period(self.timeline, units, finding, phase, chained=finding.chained and previous is not None)
        if phase == "plan" and finding.reading.measure == "amount":
            if own is None and previous is not None:
                own = previous.base
            if own is None and before is not None and before.phase == "plan":
                own = before.base
            return self.timeline.plan_year(own)
        if own is None:
            if previous is not None and (
                finding.chained or finding.reading.measure != "amount" or previous.phase == phase
            ):
                own = replace(previous.base, evidence=replace(previous.base.evidence, origin="earlier"))
                if previous.phase == "plan" and phase in ("executed", "estimated"):
                    own = self.timeline.inherited(family)
            elif before is not None and phase == before.phase:
                own = replace(before.base, evidence=replace(before.base.evidence, origin="earlier"))
        if own is None:
            own = self.timeline.plan_year(None) if phase in ("target", "plan") else self.timeline.inherited(family)
            if "period_from_date" in own.span.doubts:
                own = self._compared or own
        if finding.reading.measure == "pct_of_plan":
            own = cumulative(own)
        if family == "public_investment":
            own = thirteenth_month(own, self.timeline.year_of_plans())
        return own

    # -- area -------------------------------------------------------------------------------------------

    def _area(self, units: Sequence[Unit], finding: Finding, previous: Draft | None) -> AreaReading:
        if finding.enumerated is not None and finding.enumerated.area is not None:
            reading = self.places.resolve(finding.enumerated.area)
            if reading.area is not None:
                return reading
        following = area_after(units, finding.at)
        if following is not None and following.area is not None:
            return self.places.resolve(following.area)
        if finding.chained and previous is not None:
            return previous.area
        named = area_named(units, finding)
        if named is not None and named.area is not None:
            reading = self.places.resolve(named.area)
            if reading.area is not None:
                return reading
        return self._scene or self.section.area or self.places.main

    def _note_scene(self, units: Sequence[Unit]) -> None:
        """In an article on the nation, or below a heading that names a place, a sentence may turn to another place."""
        unit = scene_of(units)
        if unit is None or unit.area is None or (self.places.main.level != "nation" and self.section.area is None):
            return
        place = self.places.resolve(unit.area)
        if place.area is not None:
            self._scene = place
