"""What the reading of one sentence keeps in mind: its units, the subject, what was found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from thuchi.extract.lexing import Unit, Units
from thuchi.extract.listing import Share
from thuchi.extract.measures import Reading
from thuchi.extract.wordlists import WordLists
from thuchi.model import Origin, Phase

BOUNDARIES = frozenset({",", ";", ":", "(", ")", "–", "—", "-"})
ASSIGNERS = frozenset({"central", "province", "city", "council", "district"})
# How many unknown words may stand between a subject and its number: "tiền sử dụng đất vẫn là khoản lớn nhất với
# 2.890 tỷ đồng" has few, a new subject has more.
GAP = {"strong": 9, "weak": 3, "part": 6}
GAP_OTHER_CLAUSE = 1
GAP_AFTER_NUMBER = 1


class Speech(Protocol):
    """What the article spoke of before this sentence."""

    def spoken(self, family: str) -> bool:
        """Whether an indicator of the family was named before."""

    def main(self, family: str) -> str:
        """The code of the total that the article speaks of within the family."""

    def on_a_project(self, family: str) -> bool:
        """Whether the sentence before, or the headline, spoke of one works project, whose capital it is then."""

    def recent(self, family: str) -> bool:
        """Whether this paragraph, or the heading above it, speaks of the family."""

    @property
    def of_budget(self) -> bool:
        """Whether the article speaks of the budget at all."""

    @property
    def frame(self) -> str:
        """The code that the paragraph, list or heading speaks of; "" if none."""

    @property
    def carried(self) -> str:
        """The code that the paragraph before spoke of, if this one has none of its own yet."""

    @property
    def just(self) -> str:
        """The code of the last figure of the sentence before this one, or of the total that it named alone; or ""."""

    @property
    def topic(self) -> str:
        """The code that the sentence before was about, if it told no figure: "Thu ngân sách gặp khó."; or ""."""

    @property
    def rate(self) -> str:
        """The code of the disbursement that the sentence before told of; "" if it told of none."""

    @property
    def last(self) -> str:
        """The code of the last figure, which "khoản này" points to; "" if none."""


@dataclass(slots=True)
class Subject:
    """What numbers are said of; `code` is "" for a topic that is not the budget."""

    code: str
    index: int
    start: int
    end: int
    strength: str = "strong"
    origin: Origin = "words"

    @property
    def family(self) -> str:
        return self.code.split(".", 1)[0]


@dataclass(slots=True)
class Finding:
    """One number of a sentence that is said of an indicator."""

    at: int
    """Index of its quantity among the sentence's units."""
    reading: Reading
    subject: Subject
    phase: Phase | None
    phase_unit: Unit | None
    before: int | None
    """Index of the finding that it goes on from, if any; what stands in brackets is skipped once they close."""
    chained: bool
    """Whether it goes on about that finding's subject: "…, đạt 98%"."""
    bracketed: bool
    since: int
    """Where the words of the number before it end."""
    start: int
    end: int
    revised: bool = False
    """Whether one amount gives way to another: "từ 3.218 tỷ đồng hạ xuống 2.588 tỷ đồng"."""
    reached: bool = False
    """Whether the share of its plan that it makes is told right after it: "3.204 tỷ đồng, đạt 64,3%"."""
    enumerated: Unit | None = None
    """The area that it is listed for: "Mỹ Tú (78,4%)"."""


@dataclass(slots=True)
class Sentence:
    units: Units
    speech: Speech
    subject: Subject | None = None
    last_quantity: int = -1
    found: list[Finding] = field(default_factory=list)
    foreign_seen: bool = False
    before: int | None = None
    """Index in `found` of the number that the next one goes on from."""
    outside: tuple[Subject | None, int | None] | None = None
    """Subject and number before a bracket was opened."""
    shares: dict[int, Share] = field(default_factory=dict)
    """What "lần lượt" gives each quantity, by its index."""
    served: int = -1
    """Index of a subject whose number stood before it: "91 tỷ đồng thu từ đất"."""
    passed_over: tuple[int, str] = (-1, "")
    """Index and code of the last part that stood outside a breakdown."""
    supposed: int = -1
    """Index of the last number that only would be: "việc tăng thuế sẽ thu ngân sách 16.000 tỷ đồng"."""
    spent_at: int = -1
    """Index of the last number that goes to one purpose, which the words after it tell."""
    last_end: int = 0
    """Where the words of the last number end, its comparison included."""
    _clauses: list[int] = field(default_factory=list)

    @property
    def lists(self) -> WordLists:
        return self.units.lists

    def clause(self, at: int) -> int:
        """Index of the first unit of the clause that holds `at`; kept, since a dozen rules ask for it."""
        if not self._clauses:
            begin = 0
            for index, unit in enumerate(self.units):
                self._clauses.append(begin)
                if unit.text in BOUNDARIES:
                    begin = index + 1
            self._clauses.append(begin)
        return self._clauses[at]

    def unknown(self, begin: int, end: int) -> int:
        return [unit.kind for unit in self.units[begin:end]].count("word")

    def _number_near(self, at: int) -> bool:
        """Whether a number follows before other words do: "thu được 64,3 tỷ", not "thu gom rác thải"."""
        unknown = 0
        for unit in self.units[at + 1 : at + 12]:
            if unit.quantity is not None or unit.kind == "parts":
                return True
            if unit.kind in ("foreign", "indicator") or unit.text in (";", ".", ")"):
                return False
            unknown += unit.kind == "word"
            if unknown > GAP["weak"]:
                return False
        return False

    def before_this(self) -> Finding | None:
        """The number that the next one goes on from."""
        return self.found[self.before] if self.before is not None else None

    def is_set_aside(self, at: int) -> bool:
        """ "loại trừ tiền sử dụng đất là 20.100 tỷ đồng", "Nếu không kể tiền sử dụng đất và xổ số, số thu còn …": what
        remains is no figure, up to a semicolon."""
        if "excluding" not in self.units.kinds:
            return False
        since = max((index + 1 for index in range(at) if self.units[index].text == ";"), default=0)
        opens = any(unit.kind == "excluding" for unit in self.units[since : since + 2])
        return opens or any(unit.kind == "excluding" for unit in self.units[max(at - 3, 0) : at])

    def counts_works(self, at: int) -> bool:
        """ "đã thanh toán 25 tỷ đồng cho 44 công trình, đạt 39% kế hoạch vốn": works as a whole."""
        return at > 1 and self.units[at - 2].text == "cho" and is_several(self.units[at - 1].text)


def is_several(word: str) -> bool:
    """Before "dự án" or "công trình", a number makes them works as a whole: "104 tỷ đồng cho 11 dự án"."""
    return word.isdigit() and word not in ("1", "01")


def names_all_capital(unit: Unit) -> bool:
    """Whether words name public investment as such, and not only "vốn đầu tư"."""
    return any(word in unit.text for word in ("công", "cơ bản", "xdcb", "ngân sách"))


def is_collector(units: Units, at: int) -> bool:
    """ "ngành thuế Đồng Nai", "Thuế tỉnh Đồng Nai": who collects, not a tax."""
    named = at + 1 < len(units) and units[at + 1].area is not None
    return units[at].text == "ngành thuế" or (units[at].text == "thuế" and named)
