"""What an article has spoken of so far: the families of indicators, and the total that a paragraph is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from thuchi.extract.lexing import Unit, Units
from thuchi.extract.section import named_code
from thuchi.extract.sentence import Finding, is_collector, is_several, names_all_capital

_WORKS = ("dự án", "công trình", "tiểu dự án", "tuyến", "cao tốc")
_LOANS = ("oda", "nước ngoài")
_COLLECTED = frozenset({"revenue.land", "revenue.tax", "revenue.item", "revenue.trade"})
"""Parts of the revenue that "thu được" is said of by itself, where an article names no other."""


@dataclass(slots=True)
class Memory:
    """Answers what the reader of a sentence asks of the article before it (`sentence.Speech`)."""

    own: str = ""
    """The code that the paragraph itself speaks of."""
    announced: str = ""
    """The code that a heading or lead-in names for what follows."""
    last: str = ""
    just: str = ""
    """What the last figure of the sentence before was of, or the revenue if it spoke of nothing else."""
    topic: str = ""
    """What the sentence before opened with, if it told no figure: "Thu ngân sách của huyện gặp khó."."""
    on_project: bool = False
    titled_project: bool = False
    """Whether the headline is about one works project: the capital that is spoken of is its own."""
    titled_proposal: bool = False
    """Whether the headline proposes something: what it would bring is no figure of a report."""
    customs: bool = False
    """Whether the headline is about the customs: what "the unit" collects is the revenue of trade."""
    rate: str = ""
    """The code of the disbursement that the sentence before told of: "Năm 2016 chỉ được 81%" goes on about it."""
    of_budget: bool = False
    """Whether the article speaks of the budget at all: a province pays from nothing else."""
    _before: str = ""
    _investor: bool = False
    _spoken: set[str] = field(default_factory=set)
    _recent: set[str] = field(default_factory=set)
    _main: dict[str, str] = field(default_factory=dict)
    _revenue: set[str] = field(default_factory=set)
    """What of the revenue was named so far: the whole, land, one tax …"""
    _capital: set[str] = field(default_factory=set)
    """What of the capital was named so far: foreign loans, and anything else."""
    _told: frozenset[str] = frozenset()
    """The same before this sentence: "dự toán thu là 740.500 tỷ đồng, …, do thu từ xuất nhập khẩu chỉ đạt 70%"."""

    # -- what is asked ------------------------------------------------------------------------------

    def spoken(self, family: str) -> bool:
        return family in (self._recent if self.titled_proposal else self._spoken)

    def recent(self, family: str) -> bool:
        return family in self._recent

    def main(self, family: str) -> str:
        if family == "revenue" and len(self._told) == 1 and self._told <= _COLLECTED:
            return next(iter(self._told))  # an article on land alone: "Đông Anh thu được 1.105 tỷ đồng"
        if family == "public_investment" and (self._investor or self._capital == {"loans"}):
            return "public_investment.item"  # "Vốn ODA là 60.000 tỷ đồng. Các bộ mới giải ngân 19.000 tỷ đồng"
        return self._main.get(family, family)

    def on_a_project(self, family: str) -> bool:
        return family == "public_investment" and (self.on_project or (self.titled_project and not self.recent(family)))

    @property
    def frame(self) -> str:
        return self.own or self.announced

    @property
    def carried(self) -> str:
        return self.frame or self._before

    # -- what is noted ------------------------------------------------------------------------------

    def open_paragraph(self) -> None:
        """A new paragraph has a subject of its own; the items of a list share theirs."""
        self._before = self.own or self._before
        self.own = ""
        self._recent.clear()

    def go_on(self) -> None:
        """A paragraph that opens with "Trong đó," goes on about the one before it."""
        self.own = self.own or self._before

    def note_indicators(self, units: Units) -> None:
        self._told = frozenset(self._revenue)
        if units.kinds.isdisjoint(("indicator", "capital", "budget")):
            return
        excluded = False
        for index, unit in enumerate(units):
            # "đầu tư công 5.836 tỷ đồng, chưa kể vốn các chương trình mục tiêu quốc gia" speaks of the former
            if not unit.lexemes:
                excluded = excluded and unit.text not in (",", ";", ".")
                continue
            excluded = excluded or unit.kind == "excluding"
            if excluded:
                continue
            # what a project's article says of public investment and its medium-term plan is where its money comes from
            if self.titled_project and (
                unit.kind == "capital" or (index + 1 < len(units) and units[index + 1].text == "trung")
            ):
                continue
            if unit.kind == "capital" or any(lexeme.kind == "capital" for lexeme in unit.lexemes):
                self._note("public_investment")
            elif unit.kind == "budget":
                self._note("revenue", "expenditure")
            elif is_collector(units, index):
                self._spoken.add("revenue")
            lexeme = unit.indicator
            capital = lexeme is not None and lexeme.strength != "weak" and lexeme.family == "public_investment"
            if unit.kind == "capital" or capital:
                self._capital.add("loans" if unit.text.endswith(_LOANS) else "other")
            if lexeme is None or lexeme.strength != "strong":
                continue
            self._note(lexeme.family)
            if lexeme.family == "revenue":
                self._revenue.add(lexeme.code)
            if lexeme.code == "public_investment" and not self._of_programmes(unit):
                self._main["public_investment"] = lexeme.code
            elif lexeme.code == "public_investment.ntp":  # the programmes, until the capital as a whole is spoken of
                self._main.setdefault("public_investment", lexeme.code)

    def _of_programmes(self, unit: Unit) -> bool:
        """ "giải ngân vốn đầu tư", where an article speaks of the programmes: a part of theirs, not of all capital."""
        return self._main.get("public_investment") == "public_investment.ntp" and not names_all_capital(unit)

    def _note(self, *families: str) -> None:
        self._spoken.update(families)
        self._recent.update(families)

    def note_title(self, units: Units) -> None:
        """ "Cao tốc Bắc - Nam đói vốn" is about one project, "Giải ngân vốn cho dự án trọng điểm" about the budget."""
        budget = any(unit.indicator is not None or unit.kind in ("capital", "budget") for unit in units)
        named = [i for i, unit in enumerate(units) if unit.foreign is not None and unit.foreign.code == "works"]
        works = bool(named) and not any(units[index - 1].text in units.lists.plural for index in named if index)
        self.titled_project = works and not budget
        self.titled_proposal = any(unit.kind == "proposal" for unit in units) and not budget
        self._before = named_code(units)  # "Bốn huyện thu ngân sách khá" over "Đó là Phú Quý (75%), Tuy Phong (82%)"
        self.customs = "hải quan" in " ".join(unit.text for unit in units)
        investor = any(unit.foreign is not None and unit.foreign.code == "investor" for unit in units)
        if investor and any(unit.indicator and unit.indicator.family == "public_investment" for unit in units):
            self._investor = True  # "Bộ Y tế giải ngân chậm": a part of the nation's capital throughout
            self._note("public_investment")

    def note_project(self, units: Units) -> None:
        """Whether the sentence turned to one works project ("dự án …"), or back to a unit's budget."""
        for index, unit in enumerate(units):
            if not unit.lexemes:
                continue
            if unit.indicator is not None and unit.indicator.strength == "strong":
                self.on_project = False
            elif unit.foreign is not None and unit.foreign.code == "works" and unit.text.startswith(_WORKS):
                before = units[index - 1].text if index else ""  # "các dự án", "cho 3 dự án" are works as a whole
                self.on_project = not (before in units.lists.plural or is_several(before))

    def note_topic(self, units: Units) -> None:
        """ "Thu ngân sách các tỉnh chênh nhau xa." has no number of its own, but says what the next ones are of."""
        self.just = self.topic = ""
        if "quantity" not in units.kinds:
            self.topic = self._opened_with(units)
            named = {unit.indicator.code for unit in units if unit.indicator and unit.indicator.strength == "strong"}
            self.just = "revenue" if named == {"revenue"} else ""
            if len(named) == 1 and "." in (part := next(iter(named))):
                self.last = part  # "Lớn nhất là chi thường xuyên. Riêng tháng 10 khoản chi này là 69.570 tỷ đồng"

    def _opened_with(self, units: Units) -> str:
        """The code that a sentence is about: the only indicator that it names, before anything else is spoken of."""
        named = [unit for unit in units if unit.kind == "capital" or unit.indicator is not None]
        if not named or self.on_project or units.kinds & {"foreign", "condition", "proposal"}:
            return ""
        codes = {unit.indicator.code if unit.indicator is not None else "public_investment" for unit in named}
        first = named[0].indicator
        strong = first is None or first.strength == "strong"
        return self.main(codes.pop()) if strong and len(codes) == 1 else ""

    def note_disbursement(self, units: Units, findings: Sequence[Finding]) -> None:
        """Whether the sentence told how capital was disbursed, and of whom."""
        told = [finding for finding in findings if finding.subject.family == "public_investment"]
        if told:
            self.rate = told[-1].subject.code
            return
        spent = [unit for unit in units if unit.indicator is not None and "giải ngân" in unit.text]
        self.rate = ""
        if spent and not self.on_project and spent[-1].indicator is not None:
            named = any(unit.foreign is not None and unit.foreign.code == "investor" for unit in units)
            self.rate = "public_investment.item" if named else self.main(spent[-1].indicator.family)

    def note_figure(self, code: str, finding: Finding) -> None:
        """A total, or the first figure of another family, is what the paragraph speaks of from then on."""
        self.last = self.just = code
        if code == "public_investment":  # a figure of the whole: the programmes that are told next are parts of it
            self._main[code] = code
        if finding.enumerated is not None:
            self.own = self.own or code
        elif finding.subject.strength != "part":
            total = code in ("revenue", "expenditure", self.main("public_investment"))
            total = total or (code == "revenue.local" and self.own != "revenue")  # what it keeps of the whole
            if total or self.own.split(".", 1)[0] != code.split(".", 1)[0]:
                self.own = code
