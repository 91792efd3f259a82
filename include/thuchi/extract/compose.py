"""Puts an article's findings together into figures: phase, period, area and basis from sentence and context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from thuchi.extract.dating import (
    in_an_aside,
    in_comparison,
    is_reporting,
    of_another_year,
    of_tasks_ahead,
    opens_a_frame,
)
from thuchi.extract.draft import Draft
from thuchi.extract.drafting import Drafting
from thuchi.extract.gate import speaks_of_budget
from thuchi.extract.lexing import Unit, Units
from thuchi.extract.periods import of_last_year
from thuchi.extract.reading import SentenceReader
from thuchi.extract.section import PLANS, Section, adopted_year, announced_phase, named_code, resolutions
from thuchi.extract.sentence import Finding
from thuchi.extract.structure import Line, lines_of, sentences_of
from thuchi.extract.tables import TableReader
from thuchi.extract.timing import Period
from thuchi.model import Evidence, Origin

_LEAD_LINES = 4
_NO_LONGER = frozenset({"year", "same_period", "month", "day"})
_SHORT = 40
"""Characters of a heading that may name a place: "Huyện Chư Păh"."""


@dataclass(slots=True)
class Composer(Drafting):
    """Reads one article from top to bottom."""

    drafts: list[Draft] = field(default_factory=list)
    _retracted: bool = False
    _resolved: Evidence | None = None
    """That the last sentence told of resolutions that were adopted."""
    _planned: bool = False
    """Whether all that the last sentence with figures told was planned."""
    _breaking_down: bool = False
    """Whether the last sentence with figures told parts of a total."""

    # -- lines ----------------------------------------------------------------------------------------

    def compose(self) -> list[Draft]:
        lines = lines_of(self.article.text, self.article.title)
        while lines and lines[-1].kind != "table" and lines[-1].start > self.lexer.quantities.last:
            lines.pop()  # what follows the last number tells of none
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
        if line.kind == "heading":
            if (
                seen < _LEAD_LINES
                or line.end - line.start <= _SHORT
                or self._worth_reading(line)
                or self._has_digit(line)
            ):
                self._heading(line)
            return
        if self._heads_with_a_place(line):
            return
        if seen >= _LEAD_LINES and not line.leads and not self._worth_reading(line):
            self.memory.on_project = False
            return
        if line.kind != "item":
            self._announce(Section())
            self.memory.open_paragraph()
            self.timeline.open_paragraph()
            self.scene.open_paragraph()
        else:
            self.scene.open_item()
            self.timeline.paragraph = self.lead.period
        units = Units([], self.lexer.vocabulary.lists)
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
        """Title and lead: "Dự toán thu ngân sách năm 2022 …", "HĐND huyện thông qua chỉ tiêu năm 2022"."""
        said = any(self.lexer.folded.find(word, line.start, line.end) >= 0 for word in PLANS)
        if self.timeline.drafted is not None or not said:
            return
        origin: Origin = "title" if line.kind == "title" else "earlier"
        for start, end in sentences_of(self.article.text, line.start, line.end):
            units = self.lexer.units(start, end)
            spoken = next((at for at, unit in enumerate(units) if unit.text.startswith("dự toán")), len(units))
            years = (u for u in units[spoken:] if u.period and u.period.kind == "year" and not u.period.comparison)
            year = adopted_year(units) or next(years, None)
            if year is not None and year.period is not None:
                self.timeline.drafted = self.timeline.read(year.period, origin, ahead=True)
                return

    def _has_digit(self, line: Line) -> bool:
        return any(c.isdigit() for c in self.article.text[line.start : line.end])

    def _worth_reading(self, line: Line) -> bool:
        """Whether a line has a quantity or a word of the budget."""
        return bool(self.lexer.quantities.within(line.start, line.end)) or speaks_of_budget(
            self.lexer.folded, line.start, line.end
        )

    def _heading(self, line: Line) -> None:
        units = self.lexer.units(line.start, line.end)
        stated = any(unit.quantity is not None for unit in units) and bool(SentenceReader(units, self.memory).read())
        self.memory.note_indicators(units)
        if stated:
            self._sentence(units, line, 0)
            return
        mentions = [unit.period for unit in units if unit.period is not None]
        self.timeline.open_section(mentions)
        phase, evidence = announced_phase(units)
        self.section = Section(phase, evidence, named_code(units) or "")
        if self.timeline.section is not None and mentions:
            self.section.period = self.timeline.section
        self.scene.open_heading(units)
        self.memory.own = ""
        self._last_draft = None
        self._announce(Section())

    def _heads_with_a_place(self, line: Line) -> bool:
        """Whether a line of a list, or one that ends in a colon, is nothing but a place: "* Thành phố Vị Thanh"."""
        if line.end - line.start > _SHORT or not (line.kind == "item" or line.leads):
            return False
        if not self.lexer.areas.within(line.start, line.end):
            return False
        units = self.lexer.units(line.start, line.end)
        if not self.scene.is_only_a_place(units):
            return False
        self._announce(Section())
        self.memory.open_paragraph()
        self.scene.open_heading(units)
        return True

    def _open_lead(self, units: Sequence[Unit]) -> None:
        phase, evidence = announced_phase(units)
        mentions = [
            u.period
            for u in units
            if u.period is not None and not u.period.comparison and u.period.kind not in ("day", "same_period")
        ]
        period = self.timeline.read(mentions[-1], "heading", ahead=True) if mentions else self.timeline.paragraph
        self._announce(Section(phase, evidence, named_code(units) or self.memory.own, period))
        self.scene.open_list()

    def _announce(self, lead: Section) -> None:
        self.lead = lead
        self.memory.announced = lead.code or self.section.code

    def _note_periods(self, units: Units, line: Line, seen: int) -> None:
        if "period" not in units.kinds:
            return
        series = _tells_a_series(units)
        for index, unit in enumerate(units):
            mention = unit.period
            if mention is not None and mention.kind == "years" and is_reporting(mention):
                self.timeline.years = self.timeline.read(mention, "earlier")
                if self.lexer.folded.find("đầu tư", line.start, line.end) >= 0:
                    self.timeline.term = self.timeline.years
                continue
            if (
                mention is None
                or not is_reporting(mention)
                or of_last_year(mention)
                or of_another_year(units, index)
                or of_tasks_ahead(units, index)
                or in_comparison(units, index)
                or in_an_aside(units, index, len(units))
            ):
                continue
            opens = opens_a_frame(units, index) or self._is_settled_year(units, index)
            if mention.kind == "year" and index >= 4 and line.kind != "title" and not opens:
                continue
            if mention.kind == "year" and series:
                continue
            if mention.kind == "year":
                self.timeline.term = None
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
                if mention.year is None and self.timeline.is_outlook(period):
                    continue
                told = self.article.published is None and index >= 4  # "… năm 2020 đạt 9 %": it is over
                if told or not self.timeline.still_to_come(period.span):
                    self.timeline.paragraph = period
                elif index < 4:
                    self.timeline.planned = self.timeline.read(mention, "earlier", ahead=True)

    def _is_settled_year(self, units: Units, index: int) -> bool:
        """ "… thảo luận tờ trình về quyết toán ngân sách nhà nước năm 2003. Tổng thu cân đối là …": of that year."""
        mention = units[index].period
        settled = any("quyết toán" in unit.text for unit in units[max(index - 6, 0) : index])
        return settled and mention is not None and mention.year is not None and mention.year < (self.timeline.year or 0)

    @staticmethod
    def _dates_what_follows(units: Sequence[Unit], index: int) -> bool:
        """ "Đến ngày 31/5, …" and "tình hình giải ngân tính đến 30/6 đã đạt …"."""
        mention = units[index].period
        if mention is None or mention.kind != "until" or mention.month is None:
            return False
        closes = index >= len(units) - 2  # "… vừa cập nhật số thu của các đơn vị đến ngày 10-10."
        return index < 5 or closes or units[index].text.startswith(("tính", "từ đầu năm"))

    # -- sentences --------------------------------------------------------------------------------------

    def _sentence(self, units: Units, line: Line, number: int) -> None:
        kinds = units.kinds
        if "wrong" in kinds:
            self._retracted = True
        if "right" in kinds:
            self._retracted = False
        goes_on = units[0].kind == "goes_on" and "quantity" in kinds  # not "Tuy vậy, bức tranh chung vẫn sáng."
        parts = units[0].kind == "parts" or goes_on or (self._planned and _turns_to(units))
        if number == 0 and parts:  # a paragraph that opens with "Trong đó," or "Tuy nhiên, mới đạt …" goes on
            self.memory.go_on()
            self.scene.go_on()
        self.scene.read(units)
        self.memory.note_indicators(units)
        # Four sentences in ten have no number: they only tell what the next ones are about.
        findings = SentenceReader(units, self.memory).read() if "quantity" in kinds else []
        self.memory.note_project(units)
        self.memory.note_disbursement(units, findings)
        colon = [unit.text for unit in units].index(":") if ":" in units.words else len(units)
        if not findings or findings[0].at > colon:
            self._open_plan(adopted_year(units[:colon]) if "period" in kinds else None)
        if findings and self._turns_from_plan(units):
            self.lead = Section()
        if (
            findings
            and self._resolved is not None
            and [u.text for u in units[:2]] == ["theo", "đó"]
            and self.lead.phase is None
        ):
            self.lead = replace(self.lead, phase="plan", phase_evidence=self._resolved)
            self.timeline.planned = self.timeline.planned or self.timeline.drafted
        self._resolved = None if findings else resolutions(units)
        if self._retracted or "disputed" in kinds:
            return
        self.memory.note_topic(units)
        if not findings:
            return
        listed = parts or (number > 0 and self._breaking_down and self._names_next_part(units))
        self._breaking_down = listed
        before: Draft | None = self._last_draft if listed or line.kind == "item" else None
        mentions = [f.reading.against_period for f in findings if f.reading.measure == "pct_change_yoy"]
        self._compared = next((self.timeline.compared(mention) for mention in mentions if mention is not None), None)
        self._against = next((m.year for m in mentions if m is not None and m.kind == "same_period"), None)
        # "Trước đó, dự toán giao là 283 tỷ đồng" is told in passing
        looks_back = " ".join(unit.text for unit in units[:2]) == "trước đó"
        if number == 0 or _names_longer_time(units):
            self._of_month = None
        drafts: list[Draft] = []
        for finding in findings:
            previous = _done_of(units, findings, drafts, finding)
            draft = self._draft(units, finding, previous, before, line)
            drafts.append(draft)
            self._remember(draft, finding, looks_back)
        if drafts:
            self._planned = all(draft.phase == "plan" for draft in drafts)
            if self._planned:  # "thông qua nghị quyết bổ sung 300 tỷ đồng. Theo đó, tổng chi …"
                self._resolved = resolutions(units)
        if _opens_with_month(units) and all(d.period.kind == "month" or d.measure == "pct_of_plan" for d in drafts):
            self._of_month = drafts[0].period if drafts[0].period.kind == "month" else None
        self.drafts += [draft for draft in drafts if not self._of_another_base(draft)]

    def _names_next_part(self, units: Units) -> bool:
        """ "Ước thu 900 tỷ đồng. Trong đó, thu nội địa 700 tỷ đồng. Lệ phí trước bạ 40 tỷ đồng": the breakdown of an
        estimated total goes on."""
        last, lexeme = self._last_draft, units[0].indicator
        if last is None or lexeme is None or last.phase != "estimated" or lexeme.code == "revenue.local":
            return False
        return "." in lexeme.code and lexeme.family == last.code.split(".", 1)[0] != "public_investment"

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

    def _remember(self, draft: Draft, finding: Finding, looks_back: bool) -> None:
        if not finding.bracketed and not looks_back and draft.period is draft.base:
            self._last_draft = draft  # but "cùng kỳ chỉ là 34%" is only compared with
        if draft.period.kind in ("month", "relative") and draft.phase in ("executed", "estimated"):
            self._month = draft.period
        family = draft.code.split(".", 1)[0]
        self.memory.note_figure(draft.code, finding)
        if (
            draft.measure != "pct_change_yoy"
            and draft.phase in ("executed", "estimated")
            and draft.period is draft.base
            and not (draft.phase == "estimated" and self.timeline.is_forecast(draft.period))
        ):
            self.timeline.keep(family, draft.period)
        if draft.phase == "plan":
            self.timeline.planned = draft.period
            if self.timeline.not_begun(draft.period):  # nothing of that year is done yet: plans go on
                self._go_on_planning(draft.period, draft.evidence["phase"].earlier())


def _turns_to(units: Units) -> bool:
    """ "Về chi, chi thường xuyên 896 tỷ đồng": the other side of the plan that was told of, unless it was reached."""
    if not units.kinds.isdisjoint(("reach", "executed", "estimated", "target", "period")):
        return False
    return " ".join(unit.text for unit in units[:2]).startswith(("về chi", "về thu", "phần chi", "phần thu"))


def _opens_with_month(units: Units) -> bool:
    """ "Tháng 5, tổng thu …", "Trong tháng 5/2023, …"."""
    at = 1 if units[0].text == "trong" else 0
    opening = [unit.period.kind if unit.period is not None else unit.text for unit in units[at : at + 2]]
    return opening == ["month", ","]


def _names_longer_time(units: Units) -> bool:
    """ "Lũy kế 5 tháng …", "Từ đầu năm đến nay …": no more of the month alone."""
    if "period" not in units.kinds:
        return False
    return any(unit.period is not None and unit.period.kind not in _NO_LONGER for unit in units)


def _done_of(units: Units, findings: Sequence[Finding], drafts: Sequence[Draft], finding: Finding) -> Draft | None:
    """The figure that one goes on from: in "thu 445 tỷ đồng/430 tỷ đồng, đạt 103,5% kế hoạch" what was done, not the
    plan beside it."""
    if finding.before is None:
        return None
    before, draft = findings[finding.before], drafts[finding.before]
    slashed = "/" in (units[before.at - 1].text, units[before.at - 2].text)  # "78,4 tỷ đồng/KH 95 tỷ đồng (đạt 82,5%)"
    beside_plan = draft.phase == "plan" and slashed and before.before is not None
    if beside_plan and finding.reading.measure != "amount" and before.before is not None:
        return drafts[before.before]
    return draft


def _tells_a_series(units: Units) -> bool:
    """ "Năm 2016 trả nợ 150.700 tỷ đồng; năm 2017 trên 157.000 tỷ": no year of which dates what follows, where the
    sentence tells nothing of the budget itself."""
    if any(unit.indicator is not None and unit.indicator.strength == "strong" for unit in units):
        return False
    return len({unit.period.year for unit in units if unit.period and unit.period.kind == "year"} - {None}) > 1
