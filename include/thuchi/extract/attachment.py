"""Which subject a quantity is said of: the one before it, one right after it, or the paragraph's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thuchi.extract.lexing import Unit
from thuchi.extract.measures import Reading
from thuchi.extract.sentence import ASSIGNERS, BOUNDARIES, GAP, GAP_AFTER_NUMBER, GAP_OTHER_CLAUSE, Subject
from thuchi.extract.subjects import Subjects


@dataclass(slots=True)
class Attachment(Subjects):
    """Attaches quantities to subjects."""

    def _subject_of(self, at: int, reading: Reading, area: Unit | None) -> Subject | None:
        following = self._following_subject(at, reading)
        subject = self.subject
        if following is not None and self._yields_to(subject, following, at):
            return following
        if subject is not None and not subject.code:
            return self._elliptical(at, reading, area) if self._assigned(at, subject) else None
        if subject is not None and area is None and reading.measure != "amount" and self._of_unnamed(at, subject):
            return None
        if subject is not None and (self._reaches(subject, at) or area is not None):
            return None if self._belongs_elsewhere(at, subject) else subject
        if subject is None and not self.foreign_seen:
            return self._elliptical(at, reading, area)
        return None

    def _yields_to(self, subject: Subject | None, following: Subject, at: int) -> bool:
        """Whether the words after a number name its subject better than those before it: "thu nộp ngân sách 8.036 tỷ
        đồng từ hoạt động xuất nhập khẩu"."""
        if subject is None or not subject.code or subject.strength == "weak" or not self._reaches(subject, at):
            return True
        return (
            subject.code == following.family
            and self.units[at + 1].start <= following.start
            and (self.units[at + 1].text.startswith("từ") or self.units[at + 1].indicator is not None)
        )

    def _reaches(self, subject: Subject, at: int) -> bool:
        """Whether nothing between the subject and the number speaks of something else."""
        if at in self.shares:
            return True
        clause = self.clause(at)
        if self.last_quantity > subject.index:
            begin = max(self.last_quantity + 1, clause)
            limit = GAP_AFTER_NUMBER
        elif subject.index >= clause:
            begin, limit = subject.index + 1, GAP[subject.strength]
        else:
            begin, limit = clause, GAP_OTHER_CLAUSE
        return self.unknown(begin, at) <= limit

    def _of_unnamed(self, at: int, subject: Subject) -> bool:
        """ "5/14 xã thu chưa đạt 60% nhiệm vụ", "Nhiều địa phương giải ngân trên 65%": of units without a name."""
        clause = self.clause(at)
        if any(unit.kind == "target" for unit in self.units[clause:at]):
            return False  # "yêu cầu các đơn vị phấn đấu giải ngân 95%": the goal is the unit's
        if any(unit.kind == "plural" for unit in self.units[clause : max(subject.index, clause)]):
            return True
        if any(_counts_units(self.units, index) for index in range(clause, at)):
            return True
        return subject.strength == "weak" and any(unit.kind in ("plural", "below") for unit in self.units[clause:at])

    def _assigned(self, at: int, subject: Subject) -> bool:
        """ "do chính sách của nước bạn khó lường, chỉ tiêu Bộ Tài chính giao cho đơn vị là 5.200 tỷ đồng"."""
        clause = self.clause(at)
        return subject.index < clause and any(u.kind in ASSIGNERS for u in self.units[clause:at])

    def _following_subject(self, at: int, reading: Reading) -> Subject | None:
        """ "được phân bổ 5.113 tỷ đồng vốn đầu tư công", "thu nộp 8.036 tỷ đồng từ hoạt động xuất nhập khẩu"."""
        for index in range(at + 1, min(at + 6, len(self.units))):
            unit = self.units[index]
            if unit.kind in ("plain", "neutral") or (unit.kind in ("executed", "plan_word") and index <= at + 2):
                continue
            lexeme = unit.indicator
            if lexeme is None or lexeme.strength == "weak":
                return None
            family = lexeme.family
            if family != "public_investment" and not self._narrows(at, family):
                return None
            if family == "public_investment" and not (self._granted(at) and self._adjoins(at, index)):
                return None
            if reading.measure != "amount" and family != "public_investment":
                return None
            spoken = self.speech.spoken(lexeme.within) or (
                self.subject is not None and self.subject.family == lexeme.within
            )
            if lexeme.strength == "part" and not spoken:
                return None
            if reading.verb in ("up", "down"):
                return None
            code = lexeme.code
            if lexeme.inherits or reading.measure != "amount":
                code = self.subject.code if self.subject and self.subject.family == family else self.speech.main(family)
                if lexeme.strength == "strong":
                    code = lexeme.code
            return Subject(code, index, unit.start, unit.end)
        return None

    def _narrows(self, at: int, family: str) -> bool:
        """ "thu nộp ngân sách 8.036 tỷ đồng từ hoạt động xuất nhập khẩu": of the revenue that was named, a part."""
        following = self.units[at + 1]
        if (
            following.indicator is not None
            and following.indicator.strength == "strong"
            and not following.text.startswith("từ")
        ):
            return self.subject is None or self.subject.family == family  # "có 200 tỷ đồng tiền sử dụng đất"
        return self.subject is not None and self.subject.code == family and following.text.startswith("từ")

    def _adjoins(self, at: int, index: int) -> bool:
        """Not "bố trí 5.000 tỷ đồng trong kế hoạch đầu tư công", "22 tỷ đồng từ nguồn dự phòng"."""
        return not any(unit.text in ("trong", "từ", "vào", "theo") for unit in self.units[at + 1 : index])

    def _granted(self, at: int) -> bool:
        """ "được phân bổ 5.113 tỷ đồng vốn đầu tư", "giải ngân 95% vốn", but not "sử dụng 10.000 tỷ đồng vốn"."""
        clause = self.units[self.clause(at) : at]
        if any(unit.kind == "foreign" or unit.text == "dụng" for unit in clause):
            return False
        return all(unit.kind == "plain" for unit in clause) or any(
            unit.kind in ("plan", "executed", "target", "estimated") or "giải ngân" in unit.text or unit.kind == "reach"
            for unit in clause
        )

    def _belongs_elsewhere(self, at: int, subject: Subject) -> bool:
        """ "giải ngân 1.126 tỷ đồng theo gói hỗ trợ lãi suất": words after the number take it away."""
        if subject.code == "expenditure" and self._spends(at, subject):
            return True
        reach = 8 if subject.strength == "weak" else 1
        for unit in self.units[at + 1 : at + 1 + reach]:
            if unit.text in BOUNDARIES or unit.quantity is not None:
                return False
            if unit.kind == "foreign":
                return True
            if subject.strength != "weak" and unit.kind not in ("plain",):
                return False
        return False

    def _spends(self, at: int, subject: Subject) -> bool:
        """ "chi ngân sách 2.300 tỷ đồng xây dựng 5 bến xe": a deed, not the total of a report."""
        if subject.index < 0 or self.units[max(subject.index, 0)].text.startswith("tổng"):
            return False
        following = self.units[at + 1] if at + 1 < len(self.units) else None
        return (
            following is not None
            and following.text not in ("và",)
            and (following.kind in ("word", "foreign", "neutral") or following.text in ("cho", "để"))
        )

    def _elliptical(self, at: int, reading: Reading, area: Unit | None) -> Subject | None:
        """A sentence without a subject of its own goes on about the paragraph's: "Đến nay đạt 98% dự toán"."""
        clause = self.clause(at)
        assigned = bool(reading.bases) or any(u.kind in ASSIGNERS for u in self.units[clause:at])
        # "ấn định ba mốc phải đạt trong năm: hết quý II từ 40% trở lên; …"
        deadline = any(u.kind == "target" for u in self.units[:at]) and any(u.period for u in self.units[clause:at])
        frame = self.speech.carried if area is not None or assigned or deadline else self.speech.frame
        if not frame or self._names_something(at + 1):
            return None
        window = self.units[clause:at]
        unit = self.units[at]
        if area is None:
            if self.unknown(clause if assigned or deadline else 0, at) > 2:
                return None
            anaphor = next((u for u in self.units[:at] if u.kind == "anaphor"), None)
            if anaphor is not None and self.speech.last:
                return Subject(self.speech.last, -1, anaphor.start, anaphor.end, "weak", "earlier")
            planned = any(u.means("plan_word") or u.kind in ("plan", *ASSIGNERS) for u in window)
            if reading.measure == "amount" and not planned:
                return None
            if reading.measure != "amount" and not (reading.of_plan_words or reading.bases or deadline):
                return None
        self.subject = Subject(frame, at, unit.start, unit.end, "strong", "earlier")
        return self.subject

    def _names_something(self, index: int) -> bool:
        """ "hoàn thành 100% chỉ tiêu diễn tập cấp xã": a plan of something else."""
        for unit in self.units[index : index + 4]:
            if unit.kind == "word" or unit.kind == "foreign":
                return True
            if not (unit.kind == "plain" or unit.means("plan_word") or unit.kind in ASSIGNERS):
                return False
        return False


_COUNTED = frozenset({"bộ", "địa", "đơn", "huyện", "xã", "phường", "tỉnh", "dự", "khoản", "sở", "chủ"})


def _counts_units(units: Sequence[Unit], index: int) -> bool:
    """ "20 địa phương có tỷ lệ giải ngân trên 25%", "5/14 xã"."""
    following = units[index + 1].text.split()[0] if index + 1 < len(units) else ""
    return units[index].text.isdigit() and following in _COUNTED
