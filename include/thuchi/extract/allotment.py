"""Capital that is placed: "phân bổ 70.000 tỷ đồng vốn trái phiếu Chính phủ", "ngành y tế được cân đối 12.500 tỷ đồng".

Plans are told as deeds: someone places a sum, or someone is given one. It is a figure of public investment where the
article speaks of that, and where it goes to a place, a ministry, a sector, a programme or to works as a whole; what one
works project, a company or a household is given is none, nor what is asked for, promised, or given to each of several.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from thuchi.extract.inversion import Inversion
from thuchi.extract.lexicon import Lexeme
from thuchi.extract.lexing import Unit
from thuchi.extract.measures import Reading
from thuchi.extract.placing import names_place
from thuchi.extract.sentence import BOUNDARIES, Subject, is_several

_REACH = 12
"""Words of a recipient that may stand between the deed and its sum: "bố trí cho các dự án chống ngập của … N"."""


@dataclass(slots=True)
class Allotment(Inversion):
    """Finds the sums that a plan gives to someone."""

    def _placed(self, at: int, reading: Reading) -> Subject | None:
        """What the sum at `units[at]` is where the sentence says that it is placed; null where it is no figure."""
        if reading.measure != "amount" or reading.verb in ("up", "down"):
            return None
        kinds = self.units.kinds
        if "plan" not in kinds and "central" not in kinds and "dành" not in self.units.words:
            return None
        deed = self._deed_of(at)
        if deed is None or not self._on_capital(at) or self._is_wish(at):
            return None
        given = self._given_to(deed, at)
        if given is None:
            return None
        unit = self.units[deed]
        subject = Subject(given, deed, unit.start, unit.end, "part")
        if self.subject is None or not self.subject.code:
            self.subject = subject  # "Bộ Y tế được giao 41 tỷ đồng và đã giải ngân 23 tỷ đồng"
        return subject

    def _narrowed_by_sector(self, at: int, reading: Reading, subject: Subject) -> Subject:
        """ "ngành y tế được cân đối 12.500 tỷ đồng vốn đầu tư công": of the whole, what one sector is given."""
        if subject.code != "public_investment" or reading.measure != "amount" or "sector" not in self.units.kinds:
            return subject
        deed = self._deed_of(at)
        given = range(self.clause(deed), deed) if deed is not None and deed < at else ()
        if not any(self.units[index].kind == "sector" for index in given):
            return subject
        return replace(subject, code="public_investment.item")

    def _deed_of(self, at: int) -> int | None:
        """Index of the word that places the sum: before it ("đã bố trí cho các bộ 80 tỷ đồng"), or right after it ("80
        tỷ đồng được bố trí cho …")."""
        for index in range(at - 1, max(self.last_quantity, at - _REACH, -1), -1):
            unit = self.units[index]
            if (
                self._allots(unit)
                or self._gives(index)
                or (unit.text == "dành" and self._context().startswith("public_investment"))
            ):
                return index
            if unit.text in BOUNDARIES or unit.kind in ("executed", "up", "down", "share"):
                break
        following = self.units[at + 1] if at + 1 < len(self.units) else None
        return at + 1 if following is not None and self._allots(following) and "được" in following.text else None

    def _allots(self, unit: Unit) -> bool:
        return unit.kind == "plan" and unit.text.endswith(self.lists.allotment.allots)

    def _gives(self, index: int) -> bool:
        """ "Thủ tướng giao Bộ Y tế 5.200 tỷ đồng vốn đầu tư công", not "vượt kế hoạch Thủ tướng giao 20 tỷ đồng"."""
        unit = self.units[index]
        given = unit.kind == "central" and unit.text.endswith(self.lists.allotment.allots)
        return given and not (index and (self.units[index - 1].plans or self.units[index - 1].text == "do"))

    def _on_capital(self, at: int) -> bool:
        """Whether the sentence, or the article before it, speaks of public investment."""
        if self.speech.spoken("public_investment"):
            return True
        return any(unit.kind == "capital" or _capital_in(unit) for unit in self.units[:at])

    def _is_wish(self, at: int) -> bool:
        """ "đề nghị bố trí 500 tỷ đồng", "mỗi tỉnh được phân bổ 400 tỷ đồng", "có thể được bố trí 1.300 tỷ đồng"."""
        return self.units.says("có", "thể") or any(
            unit.kind in ("proposal", "condition", "average", "use", "remainder")
            or unit.text in self.lists.allotment.told_by_word
            for unit in self.units[:at]
        )

    def _given_to(self, deed: int, at: int) -> str | None:
        """The code of what is given to whom the sentence names; null where it names no one, or one works project."""
        begin = self.clause(min(deed, at))
        if begin == deed and begin:
            begin = self.clause(begin - 1)  # "đơn vị có nhiều vốn nhất, Bộ Giao thông vận tải, được bố trí …"
        passive = any("được" in unit.text for unit in self.units[begin : deed + 1])
        first, last = min(deed, at), max(deed, at)
        end = next((index for index in range(last + 1, len(self.units)) if self._ends(index)), len(self.units))
        code, to_whom = "", False
        for index in (*range(begin if passive else first, first), *range(first + 1, last), *range(last + 1, end)):
            unit = self.units[index]
            if unit.text == "để" and code:
                works = any(u.foreign is not None and u.foreign.code == "works" for u in self.units[index:end])
                return None if works else code  # "9.800 tỷ đồng ngân sách trung ương để thanh toán nợ đọng"
            named = self._recipient(index)
            if named is None:
                return None
            source = _capital_in(unit)
            to_whom = to_whom or (named != "" and source is None)
            if code in ("", "public_investment") or (source is not None and source.code == "public_investment.ntp"):
                code = named or code
        counted = any(is_several(unit.text) for unit in self.units[last + 1 : end])
        if counted and passive and any(map(names_place, self.units[begin:first])):
            return "public_investment"  # "năm nay phường được giao 104 tỷ đồng cho 11 dự án": all that it has
        return code if code and (to_whom or not self._of_one_payer(first)) else None

    def _of_one_payer(self, at: int) -> bool:
        """ "theo tổng công ty, kế hoạch vốn được bố trí 700 tỷ đồng vốn ODA": that of its own works."""
        topics = (unit.foreign for unit in self.units[:at] if unit.foreign is not None)
        return any(topic.code in ("company", "works") for topic in topics) or self.speech.on_a_project(
            "public_investment"
        )

    def _ends(self, index: int) -> bool:
        return self.units[index].text in BOUNDARIES or self.units[index].quantity is not None

    def _recipient(self, index: int) -> str | None:
        """What a word makes of the sum: a code, "" where it says nothing of it, null where the sum is none."""
        unit, before = self.units[index], self.units[index - 1].text if index else ""
        if unit.foreign is not None and unit.indicator is None:
            several = before in self.lists.allotment.many or is_several(before)
            if unit.foreign.code == "investor" or (unit.foreign.code == "works" and several):
                return "public_investment.item"
            return None if unit.foreign.code in ("works", "company", "capital", "control") else ""
        if unit.kind == "sector" or (unit.kind == "plural" and before == "cho"):
            return "public_investment.item"
        source = _capital_in(unit)
        if source is not None and source.strength == "part":
            return source.code
        if names_place(unit) and before == "cho":
            return "public_investment"
        return ""


def _capital_in(unit: Unit) -> Lexeme | None:
    """What a phrase names of public investment; "ngân sách trung ương" is a source of it, and a part of the revenue."""
    lexemes = (lexeme for lexeme in unit.lexemes if lexeme.kind == "indicator")
    return next((lexeme for lexeme in lexemes if lexeme.family == "public_investment"), None)
