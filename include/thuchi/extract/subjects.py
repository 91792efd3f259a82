"""What a sentence speaks of: an indicator sets the subject, a topic that is not the budget displaces it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from thuchi.extract.lexicon import Lexeme
from thuchi.extract.lexing import Unit
from thuchi.extract.sentence import BOUNDARIES, GAP, Sentence, Subject

_PREPOSITIONS = frozenset(
    [
        "từ",
        "của",
        "cho",
        "nhờ",
        "do",
        "bởi",
        "tại",
        "về",
        "các",
        "theo",
        "ở",
        "những",
        "để",
        "vào",
        "trên",
        "qua",
        "trong",
        "thuộc",
    ]
)
# How many unknown words may stand before a weak indicator in its clause: "Chủ tịch UBND huyện yêu cầu giải ngân …", but
# not "gia đình chị thu …".
_ACTOR = {"public_investment": 4, "revenue": 1, "expenditure": 1}


@dataclass(slots=True)
class Subjects(Sentence):
    """Keeps the subject while a sentence is walked from left to right."""

    def _indicator(self, at: int, unit: Unit) -> None:
        for lexeme in unit.lexemes:  # "ngân sách địa phương" is a part of the revenue or of the capital
            code = self._code_of(at, unit, lexeme) if lexeme.kind == "indicator" else ""
            if code and any(before.kind == "excluding" for before in self.units[max(at - 3, 0) : at]):
                self.subject = Subject("", at, unit.start, unit.end)  # "loại trừ tiền sử dụng đất là 20.100 tỷ đồng"
                return
            if code and self._is_broken_down(at, code):
                code = f"{code}.item"
            if code and not self._of_a_wrong(at):
                self.subject = Subject(code, at, unit.start, unit.end, lexeme.strength)
                return
        if unit.foreign is not None:
            self._foreign(at, unit)

    def _is_broken_down(self, at: int, code: str) -> bool:
        """ "thu ngân sách 114 tỷ đồng, trong đó thu cân đối 72 tỷ đồng": the second is a part of the first."""
        if code not in ("revenue", "expenditure") or self.last_quantity < 0:
            return False
        total = any(finding.subject.code == code and finding.reading.measure == "amount" for finding in self.found)
        return total and any(unit.kind == "parts" for unit in self.units[self.last_quantity : at])

    def _of_a_wrong(self, at: int) -> bool:
        """ "gây thất thoát nguồn thu ngân sách gần 300 triệu đồng", "nợ thuế, phí": what was lost or is owed."""
        if any(unit.text == "nộp" for unit in self.units[max(at - 3, 0) : at]):
            return True  # "công ty tiếp tục nộp đủ tiền sử dụng đất": what one payer owes
        if (
            self.foreign_seen
            and self.subject is not None
            and not self.subject.code
            and not self.units[at].text.startswith("tổng")
        ):
            lexeme = self.units[self.subject.index].foreign
            family = (self.units[at].indicator or Lexeme("")).family
            if lexeme is not None and (
                lexeme.code == "control" or (lexeme.code == "company" and family == "expenditure")
            ):
                return True  # "xử phạt cả nghìn trường hợp lấn chiếm vỉa hè, thu ngân sách hơn 600 triệu đồng"
        for unit in reversed(self.units[max(at - 3, 0) : at]):
            lexeme = unit.foreign
            if lexeme is not None:
                return lexeme.code in ("control", "capital") or unit.text.startswith("nộp")
            if (unit.text in BOUNDARIES and unit.text != ",") or unit.quantity is not None:
                return False
        return False

    def _code_of(self, at: int, unit: Unit, lexeme: Lexeme) -> str:
        """The indicator that the words name here, or "" where they are no indicator."""
        if lexeme.strength == "strong":
            return "" if self._complements_percent(at) or self._is_used(at, lexeme) else lexeme.code
        current = self.subject.code if self.subject is not None else ""
        context = current or (self.found[-1].subject.code if self.found else self.speech.frame)
        family = context.split(".", 1)[0]
        if lexeme.strength == "part":
            ours = (
                family == lexeme.within
                or self.speech.recent(lexeme.within)
                or lexeme.code == self.speech.main(lexeme.family) != lexeme.family
            )
            if unit.text == "chi" and family == "revenue" and self._says_how_much(at):
                return "expenditure"  # "thu ngân sách 345 tỷ đồng, …; chi hơn 500 tỷ đồng"
            if not ours or self._complements_percent(at) or self._of_one_project(lexeme):
                self.passed_over = (at, lexeme.code)
                return ""
            if unit.text == "chi" and at and self.units[at - 1].text in ("khoản", "mức", "số", "ghi"):
                return ""
            if unit.text == "chi" and current == "expenditure" and self.units[at - 1].period is not None:
                return current  # "chi ngân sách trong tháng 58,7 tỷ đồng, lũy kế chi hơn 271,2 tỷ đồng"
            return context if lexeme.inherits and family == lexeme.within else lexeme.code
        if self.subject is not None and not current and self.subject.index >= self.clause(at):
            return ""  # "Chi nhánh ngân hàng … đã giải ngân": someone else's
        if not self.speech.spoken(lexeme.family) or (self.speech.on_a_project(lexeme.family) and not current):
            return ""
        if current and family == lexeme.family and self._number_near(at):
            return context
        announced = at > 0 and self.units[at - 1].kind in ("target", "estimated")  # "toàn ngành phấn đấu thu đạt …"
        if not announced and self.unknown(self.clause(at), at) > _ACTOR[lexeme.family]:
            return ""
        if not self._number_near(at) or (self.foreign_seen and not current and not self._has_actor(at)):
            return ""
        passed, code = self.passed_over
        if passed >= self.clause(at) and code.startswith(lexeme.family):
            return code  # "các khoản phí, lệ phí thu qua dịch vụ công trực tuyến"
        if family == lexeme.family:
            return context if current else self.speech.main(family)
        return self.speech.main(lexeme.family)

    def _has_actor(self, at: int) -> bool:
        """Whether the clause names who collects or spends: "…, phấn đấu cả huyện về đích 1.249 tỷ đồng"."""
        clause = self.units[self.clause(at) : at]
        return any(unit.area is not None for unit in clause) and all(unit.kind != "foreign" for unit in clause)

    def _says_how_much(self, at: int) -> bool:
        following = self.units[at + 1 : at + 2]
        return bool(following) and following[0].measure == "VND"

    def _is_used(self, at: int, lexeme: Lexeme) -> bool:
        """ "các dự án sử dụng vốn đầu tư công từ 10.000 tỷ đồng trở lên": capital as a means."""
        before = self.units[max(at - 2, 0) : at]
        if lexeme.family == "revenue":  # "vốn từ nguồn thu tiền sử dụng đất"
            source = len(before) > 1 and before[-2].text == "từ" and before[-1].text in ("nguồn", "nguồn thu")
            return source or (bool(before) and before[-1].text in ("từ", "chưa"))
        return lexeme.family == "public_investment" and any(unit.text in ("dụng", "bằng", "từ") for unit in before)

    def _of_one_project(self, lexeme: Lexeme) -> bool:
        """Within a sentence on one works project, "vốn ngân sách tỉnh" is that project's."""
        if lexeme.family != "public_investment" or self.subject is None or self.subject.code:
            return False
        foreign = self.units[self.subject.index].foreign
        return foreign is not None and foreign.code in ("works", "capital")

    def _complements_percent(self, at: int) -> bool:
        """ "chiếm 63,2% chi thường xuyên", "giảm 10% tiền sử dụng đất": what the percentage is of."""
        return at > 0 and self.last_quantity == at - 1 and self.units[at - 1].measure == "PT"

    def _number_near(self, at: int) -> bool:
        """Whether a number follows before other words do: "thu được 64,3 tỷ", not "thu gom rác thải"."""
        unknown = 0
        for unit in self.units[at + 1 : at + 12]:
            if unit.quantity is not None:
                return True
            if unit.kind in ("foreign", "indicator") or unit.text in (";", ".", ")"):
                return False
            unknown += unit.kind == "word"
            if unknown > GAP["weak"]:
                return False
        return False

    def _qualify(self, unit: Unit) -> None:
        lexeme = unit.qualifier
        assert lexeme is not None
        if self.subject is not None and self.subject.code == lexeme.within and self.last_quantity < self.subject.index:
            self.subject = replace(self.subject, code=lexeme.code, end=unit.end)

    def _foreign(self, at: int, unit: Unit) -> None:
        subject = self.subject
        before = self.units[at - 1] if at else None
        unsaid = subject is not None and subject.code != "" and self.last_quantity < subject.index
        modifies = before is not None and before.text in _PREPOSITIONS
        if subject is not None and unsaid and modifies and not self._takes_over(at, unit, subject):
            return  # "tiền sử dụng đất từ các dự án …": says more about the subject
        self.foreign_seen = True
        self.subject = Subject("", at, unit.start, unit.end)

    def _takes_over(self, at: int, unit: Unit, subject: Subject) -> bool:
        """Capital of one works project, ministry or company is no administrative unit's: "vốn đầu tư công bố trí
        cho dự án metro số 1", but "… cho các dự án chuyển tiếp" is."""
        lexeme = unit.foreign
        if subject.family != "public_investment" or lexeme is None or lexeme.code not in ("works", "company"):
            return False
        return self.units[at - 1].text not in ("các", "những", "nhiều")
