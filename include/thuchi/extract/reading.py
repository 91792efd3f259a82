"""Reads one sentence: which quantity is said of which indicator, and by which words.

The words are walked from left to right with a subject in mind. An indicator sets it ("tổng thu ngân sách"),
a topic that is not the budget displaces it ("giá trị sản xuất"), and a quantity is said of it as long as
nothing else came between. What the sentence itself leaves open (phase, period, area) is left to composition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from thuchi.extract.lexicon import Lexeme
from thuchi.extract.lexing import Unit
from thuchi.extract.listing import Share, distributed
from thuchi.extract.measures import Reading, read_measure
from thuchi.model import Origin, Phase

_BOUNDARIES = frozenset({",", ";", ":", "(", ")", "–", "—", "-"})
_PREPOSITIONS = frozenset(
    "từ của cho nhờ do bởi tại về các theo ở những để vào trên qua trong thuộc".split()
)
# How many unknown words may stand between a subject and its number: "tiền sử dụng đất vẫn là khoản lớn nhất với
# 2.890 tỷ đồng" has few, a new subject has more.
_GAP = {"strong": 9, "weak": 3, "part": 6}
# And before a weak indicator in its clause: "Chủ tịch UBND huyện yêu cầu giải ngân …", but not "gia đình chị thu …".
_ACTOR = {"public_investment": 4, "revenue": 1, "expenditure": 1}
_ASSIGNERS = frozenset({"central", "province", "city", "council", "district"})
_GAP_OTHER_CLAUSE = 1
_GAP_AFTER_NUMBER = 1


class Speech(Protocol):
    """What the article spoke of before this sentence."""

    def spoken(self, family: str) -> bool:
        """Whether an indicator of the family was named before."""

    def main(self, family: str) -> str:
        """The code of the total that the article speaks of within the family."""

    def on_a_project(self, family: str) -> bool:
        """Whether the sentence before spoke of one works project, whose capital it is then."""

    def recent(self, family: str) -> bool:
        """Whether this paragraph, or the heading above it, speaks of the family."""

    @property
    def frame(self) -> str:
        """The code that the paragraph, list or heading speaks of; "" if none."""

    @property
    def carried(self) -> str:
        """The code that the paragraph before spoke of, if this one has none of its own yet."""

    @property
    def last(self) -> str:
        """The code of the last figure, which "khoản này" points to; "" if none."""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
    enumerated: Unit | None = None
    """The area that it is listed for: "Mỹ Tú (78,4%)"."""


@dataclass(slots=True)
class SentenceReader:
    units: Sequence[Unit]
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
    passed_over: tuple[int, str] = (-1, "")
    """Index and code of the last part that stood outside a breakdown."""
    last_end: int = 0
    """Where the words of the last number end, its comparison included."""

    def read(self) -> list[Finding]:
        self.shares = distributed(self.units)
        for at, unit in enumerate(self.units):
            if unit.quantity is not None:
                self.found += self._quantity(at)
                self.last_quantity = at
            elif unit.indicator is not None:
                self._indicator(at, unit)
            elif unit.qualifier is not None:
                self._qualify(unit)
            elif unit.kind == "foreign":
                self._foreign(at, unit)
            elif unit.text == "(":
                self.outside = (self.subject, self.before)
            elif unit.text == ")" and self.outside is not None:  # "… (không tính ghi thu, ghi chi) là 51.890 tỷ đồng"
                (self.subject, self.before), self.outside = self.outside, None
        return self.found

    # -- subjects -----------------------------------------------------------------------------------

    def _indicator(self, at: int, unit: Unit) -> None:
        lexeme = unit.indicator
        assert lexeme is not None
        code = self._code_of(at, unit, lexeme)
        if code and not self._of_a_wrong(at):
            self.subject = Subject(code, at, unit.start, unit.end, lexeme.strength)
        elif unit.foreign is not None:
            self._foreign(at, unit)

    def _of_a_wrong(self, at: int) -> bool:
        """ "gây thất thoát nguồn thu ngân sách gần 300 triệu đồng", "nợ thuế, phí": what was lost or is owed."""
        if any(unit.text == "nộp" for unit in self.units[max(at - 3, 0) : at]):
            return True  # "công ty tiếp tục nộp đủ tiền sử dụng đất": what one payer owes
        if self.foreign_seen and self.subject is not None and not self.subject.code and not self.units[at].text.startswith("tổng"):
            lexeme = self.units[self.subject.index].foreign
            family = (self.units[at].indicator or Lexeme("")).family
            if lexeme is not None and (lexeme.code == "control" or lexeme.code == "company" and family == "expenditure"):
                return True  # "xử phạt cả nghìn trường hợp lấn chiếm vỉa hè, thu ngân sách hơn 600 triệu đồng"
        for unit in reversed(self.units[max(at - 3, 0) : at]):
            lexeme = unit.foreign
            if lexeme is not None:
                return lexeme.code in ("control", "capital") or unit.text.startswith("nộp")
            if unit.text in _BOUNDARIES and unit.text != "," or unit.quantity is not None:
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
            ours = family == lexeme.within or self.speech.recent(lexeme.within) or lexeme.code == self.speech.main(lexeme.family) != lexeme.family
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
        if self.subject is not None and not current and self.subject.index >= self._clause(at):
            return ""  # "Chi nhánh ngân hàng … đã giải ngân": someone else's
        if not self.speech.spoken(lexeme.family) or self.speech.on_a_project(lexeme.family) and not current:
            return ""
        if current and family == lexeme.family and self._number_near(at):
            return context
        if self._unknown(self._clause(at), at) > _ACTOR[lexeme.family]:
            return ""
        if not self._number_near(at) or self.foreign_seen and not current and not self._has_actor(at):
            return ""
        passed, code = self.passed_over
        if passed >= self._clause(at) and code.startswith(lexeme.family):
            return code  # "các khoản phí, lệ phí thu qua dịch vụ công trực tuyến"
        if family == lexeme.family:
            return context if current else self.speech.main(family)
        return self.speech.main(lexeme.family)

    def _has_actor(self, at: int) -> bool:
        """Whether the clause names who collects or spends: "…, phấn đấu cả huyện về đích 1.249 tỷ đồng"."""
        clause = self.units[self._clause(at) : at]
        return any(unit.area is not None for unit in clause) and all(unit.kind != "foreign" for unit in clause)

    def _says_how_much(self, at: int) -> bool:
        following = self.units[at + 1 : at + 2]
        return bool(following) and following[0].quantity is not None and following[0].quantity.unit == "VND"

    def _is_used(self, at: int, lexeme: Lexeme) -> bool:
        """ "các dự án sử dụng vốn đầu tư công từ 10.000 tỷ đồng trở lên": capital as a means."""
        before = self.units[max(at - 2, 0) : at]
        if lexeme.family == "revenue":  # "vốn từ nguồn thu tiền sử dụng đất"
            return bool(before) and before[-1].text in ("từ", "chưa")
        return lexeme.family == "public_investment" and any(unit.text in ("dụng", "bằng", "từ") for unit in before)

    def _of_one_project(self, lexeme: Lexeme) -> bool:
        """Within a sentence on one works project, "vốn ngân sách tỉnh" is that project's."""
        if lexeme.family != "public_investment" or self.subject is None or self.subject.code:
            return False
        foreign = self.units[self.subject.index].foreign
        return foreign is not None and foreign.code in ("works", "capital")

    def _complements_percent(self, at: int) -> bool:
        """ "chiếm 63,2% chi thường xuyên", "giảm 10% tiền sử dụng đất": what the percentage is of."""
        return at > 0 and self.last_quantity == at - 1 and self.units[at - 1].quantity.unit == "PT"  # type: ignore[union-attr]

    def _number_near(self, at: int) -> bool:
        """Whether a number follows before other words do: "thu được 64,3 tỷ", not "thu gom rác thải"."""
        unknown = 0
        for unit in self.units[at + 1 : at + 12]:
            if unit.quantity is not None:
                return True
            if unit.kind in ("foreign", "indicator") or unit.text in (";", ".", ")"):
                return False
            unknown += unit.kind == "word"
            if unknown > _GAP["weak"]:
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
        if subject is not None and subject.code and self.last_quantity < subject.index and before is not None:
            if before.text in _PREPOSITIONS and not self._takes_over(at, unit, subject):
                return  # "tiền sử dụng đất từ các dự án …": says more about the subject
        self.foreign_seen = True
        self.subject = Subject("", at, unit.start, unit.end)

    def _takes_over(self, at: int, unit: Unit, subject: Subject) -> bool:
        """Capital of one works project, ministry or company is not an administrative unit's: "vốn đầu tư công bố trí cho
        dự án metro số 1", but "… cho các dự án chuyển tiếp" is."""
        lexeme = unit.foreign
        if subject.family != "public_investment" or lexeme is None or lexeme.code not in ("works", "company"):
            return False
        return self.units[at - 1].text not in ("các", "những", "nhiều")

    # -- quantities ---------------------------------------------------------------------------------

    def _quantity(self, at: int) -> Iterator[Finding]:
        share = self.shares.get(at)
        reading = read_measure(self.units, at) if share is None else read_measure(*share.as_if_alone(self.units, at))
        if reading is None:
            return
        if share is not None:
            self._take(share)
        yield from self._findings(at, reading)
        self.last_end = reading.end

    def _take(self, share: Share) -> None:
        """ "thu nội địa và thu xuất nhập khẩu lần lượt đạt 61,9% và 59,8%"."""
        unit = self.units[share.subject]
        earlier = next((finding.subject for finding in self.found if finding.subject.index == share.subject), None)
        if earlier is not None:
            self.subject = earlier
        elif unit.indicator is not None:
            self.subject = Subject(unit.indicator.code, share.subject, unit.start, unit.end)

    def _findings(self, at: int, reading: Reading) -> Iterator[Finding]:
        area = self._listed_area(at)
        if at in self.shares and self.units[self.shares[at].subject].area is not None:
            area = self.units[self.shares[at].subject]
        subject = self._subject_of(at, reading, area)
        if subject is None or not subject.code or self._is_supposed(at) or self._is_allotted(at, reading) or not self._says_what(at, reading, subject, area):
            return
        phase, phase_unit = self._phase(at, reading, area)
        before = self.found[self.before] if self.before is not None else None
        chained = before is not None and before.subject.index == subject.index and area is None
        start = self._quote_start(at, reading, subject, area, chained)
        end = max(reading.end, self.units[at].end)
        finding = Finding(
            at, reading, subject, phase, phase_unit, self.before, chained, self.outside is not None, self.last_end,
            start, end,
            self._revised(at), area,
        )  # fmt: skip
        self.before = len(self.found)
        if len(reading.bases) < 2:
            yield finding
            return
        for base in reading.bases:  # "đạt 254% dự toán cả Trung ương lẫn HĐND" is two figures
            yield replace(finding, reading=replace(reading, bases=(base,)))

    def _is_allotted(self, at: int, reading: Reading) -> bool:
        """ "đã phân bổ chi tiết 630 tỷ đồng (đạt 97%)": how much of the plan was parted out, not reached."""
        before = self.found[self.before] if self.before is not None else None
        if reading.measure != "pct_of_plan" or before is None or before.phase != "plan" or before.phase_unit is None:
            return False
        if reading.verb in ("up", "down") and before.reading.measure != "pct_of_plan":
            return True  # "dự toán năm 2024 …, tăng 12% so với dự toán năm 2023" compares plans
        return self.last_quantity == before.at and "phân bổ" in before.phase_unit.text and self.units[at - 1].kind in ("reach", "mark")

    def _is_supposed(self, at: int) -> bool:
        """ "việc tăng thuế sẽ thu ngân sách hơn 16.000 tỷ", "có thể thu thêm": what a policy would bring."""
        clause = self.units[self._clause(at) : at]
        if any(unit.kind in ("target", "estimated", "plan") for unit in clause):
            return False
        return any(unit.text == "sẽ" or unit.text == "thể" and clause[index - 1].text == "có" for index, unit in enumerate(clause))

    def _says_what(self, at: int, reading: Reading, subject: Subject, area: Unit | None) -> bool:
        """Whether a bare percentage can be one of the plan: "(42,2%)", "Quang Bình 68%", "tỷ lệ giải ngân 0%"."""
        if reading.measure != "pct_of_plan" or reading.of_plan_words or area is not None:
            return True
        if reading.verb and self.units[at].start != reading.start and not self._is_bare_rate(reading):
            return True
        return subject.family == "public_investment" or self.units[at - 1].text == "(" or at in self.shares

    def _is_bare_rate(self, reading: Reading) -> bool:
        """ "thu dầu thô 49.580 tỷ đồng, tỷ lệ 3,8%" is a share."""
        return any(unit.start == reading.start and unit.text in ("tỷ lệ", "tỉ lệ", "mức") for unit in self.units)

    def _plan_of_percent(self, at: int) -> Unit | None:
        """ "đạt 98,45% chỉ tiêu đặt ra là 109.000 tỷ đồng": the plan that the percentage is of."""
        before = self.found[self.before] if self.before is not None else None
        if before is None or not before.reading.of_plan_words or self.last_quantity != before.at:
            return None
        between = [unit for unit in self.units[before.at + 1 : at] if unit.start >= self.last_end]
        if any(unit.kind != "plain" and unit.kind != "target" for unit in between) or not any(u.text == "là" for u in between):
            return None
        return next((unit for unit in self.units[before.at + 1 : at] if unit.means("plan_word")), None)

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
        return subject.code == following.family and self.units[at + 1].start <= following.start and (
            self.units[at + 1].text.startswith("từ") or self.units[at + 1].indicator is not None
        )

    def _reaches(self, subject: Subject, at: int) -> bool:
        """Whether nothing between the subject and the number speaks of something else."""
        if at in self.shares:
            return True
        clause = self._clause(at)
        if self.last_quantity > subject.index:
            begin = max(self.last_quantity + 1, clause)
            limit = _GAP_AFTER_NUMBER
        elif subject.index >= clause:
            begin, limit = subject.index + 1, _GAP[subject.strength]
        else:
            begin, limit = clause, _GAP_OTHER_CLAUSE
        return self._unknown(begin, at) <= limit

    def _of_unnamed(self, at: int, subject: Subject) -> bool:
        """ "5/14 xã thu chưa đạt 60% nhiệm vụ", "Nhiều địa phương giải ngân trên 65%": of units without a name."""
        clause = self._clause(at)
        if any(unit.kind == "target" for unit in self.units[clause:at]):
            return False  # "yêu cầu các đơn vị phấn đấu giải ngân 95%": the goal is the unit's
        if any(unit.kind == "plural" for unit in self.units[clause : max(subject.index, clause)]):
            return True
        return subject.strength == "weak" and any(unit.kind in ("plural", "below") for unit in self.units[clause:at])

    def _assigned(self, at: int, subject: Subject) -> bool:
        """ "do chính sách của nước bạn khó lường, chỉ tiêu Bộ Tài chính giao cho đơn vị là 5.200 tỷ đồng"."""
        clause = self._clause(at)
        return subject.index < clause and any(u.kind in _ASSIGNERS for u in self.units[clause:at])

    def _following_subject(self, at: int, reading: Reading) -> Subject | None:
        """ "được phân bổ 5.113 tỷ đồng vốn đầu tư công", "thu nộp 8.036 tỷ đồng từ hoạt động xuất nhập khẩu"."""
        for index in range(at + 1, min(at + 6, len(self.units))):
            unit = self.units[index]
            if unit.kind in ("plain", "neutral") or unit.kind in ("executed", "plan_word") and index <= at + 2:
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
            spoken = self.speech.spoken(lexeme.within) or self.subject is not None and self.subject.family == lexeme.within
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
        if following.indicator is not None and following.indicator.strength == "strong" and not following.text.startswith("từ"):
            return self.subject is None or self.subject.family == family  # "có 200 tỷ đồng tiền sử dụng đất"
        return self.subject is not None and self.subject.code == family and following.text.startswith("từ")

    def _adjoins(self, at: int, index: int) -> bool:
        """Not "bố trí 5.000 tỷ đồng trong kế hoạch đầu tư công", "22 tỷ đồng từ nguồn dự phòng"."""
        return not any(unit.text in ("trong", "từ", "vào", "theo") for unit in self.units[at + 1 : index])

    def _granted(self, at: int) -> bool:
        """ "được phân bổ 5.113 tỷ đồng vốn đầu tư công", "giải ngân 95% vốn": not "sử dụng 10.000 tỷ đồng vốn đầu tư công"."""
        clause = self.units[self._clause(at) : at]
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
            if unit.text in _BOUNDARIES or unit.quantity is not None:
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
        return following is not None and following.text not in ("và",) and (
            following.kind in ("word", "foreign", "neutral") or following.text in ("cho", "để")
        )

    def _elliptical(self, at: int, reading: Reading, area: Unit | None) -> Subject | None:
        """A sentence without a subject of its own goes on about the paragraph's: "Đến nay đạt 98% dự toán"."""
        clause = self._clause(at)
        assigned = bool(reading.bases) or any(u.kind in _ASSIGNERS for u in self.units[clause:at])
        # "ấn định ba mốc phải đạt trong năm: hết quý II từ 40% trở lên; …"
        deadline = any(u.kind == "target" for u in self.units[:at]) and any(u.period for u in self.units[clause:at])
        frame = self.speech.carried if area is not None or assigned or deadline else self.speech.frame
        if not frame or self._names_something(at + 1):
            return None
        window = self.units[clause:at]
        unit = self.units[at]
        if area is None:
            if self._unknown(clause if assigned or deadline else 0, at) > 2:
                return None
            anaphor = next((u for u in self.units[:at] if u.kind == "anaphor"), None)
            if anaphor is not None and self.speech.last:
                return Subject(self.speech.last, -1, anaphor.start, anaphor.end, "weak", "earlier")
            planned = any(u.means("plan_word") or u.kind in ("plan", *_ASSIGNERS) for u in window)
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
            if not (unit.kind == "plain" or unit.means("plan_word") or unit.kind in _ASSIGNERS):
                return False
        return False

    def _listed_area(self, at: int) -> Unit | None:
        """The area that a number is listed for: "Mỹ Tú (78,4%)", "Hà Nội thu hơn 276 nghìn tỷ", "của cả nước"."""
        unknown = 0
        for index in range(at - 1, max(at - 12, -1), -1):
            unit = self.units[index]
            if unit.quantity is not None or unit.text in (";", ")"):
                return None
            if unit.area is not None:
                if unit.area.organ or not self._is_actor(index) or self._named_in_subject(index):
                    return None
                return unit
            if unit.text == "," and index != at - 1 and not self._comma_in_listing(index):
                return None
            unknown += unit.kind == "word"
            if unknown > 1 or unit.kind in ("foreign",):
                return None
            lexeme = unit.indicator
            if lexeme is not None and lexeme.strength != "weak":
                return None
        return None

    def _named_in_subject(self, index: int) -> bool:
        """ "tổng thu ngân sách của thành phố", "vốn đầu tư công trên địa bàn thành phố": no list."""
        subject = self.subject
        return (
            subject is not None
            and subject.code != ""
            and subject.origin == "words"
            and subject.strength != "weak"
            and self._clause(index) <= subject.index < index
            and self.last_quantity < subject.index
        )

    def _comma_in_listing(self, index: int) -> bool:
        """ "thành phố Sơn La thấp nhất, 86,2%"."""
        return index + 1 < len(self.units) and self.units[index + 1].quantity is not None

    def _is_actor(self, index: int) -> bool:
        """Whether an area stands for itself: not "từ ngân sách tỉnh", "theo báo cáo của huyện"."""
        before = self.units[index - 1] if index else None
        if before is None:
            return True
        if before.text in ("của", "theo", "từ", "tại", "ở", "cho", "về", "với"):
            return any(unit.kind in ("overall", "average", "reach") for unit in self.units[max(index - 3, 0) : index])
        return before.indicator is None

    def _governed_from(self, at: int) -> int:
        """Where the clauses begin whose cues govern the number: its own, its subject's, and a short one before it
        ("Dự kiến cả năm, thu trên địa bàn ước …"); what a longer clause says is of something else."""
        subject = self.subject
        clause = self._clause(at if subject is None else min(max(subject.index, 0), at))
        while clause > 0:
            before = self._clause(clause - 1)
            if self._unknown(before, clause - 1) > 2 or self.units[clause - 1].text == ";":
                break
            clause = before
        return self.units[clause].start

    def _revised(self, at: int) -> bool:
        following = self.units[at + 1 : at + 3]
        return len(following) == 2 and following[0].kind == "to_level" and following[1].quantity is not None

    # -- phase --------------------------------------------------------------------------------------

    def _phase(self, at: int, reading: Reading, area: Unit | None) -> tuple[Phase | None, Unit | None]:
        """The phase that words of the sentence give this number, or null where they leave it open."""
        begin = self.last_quantity + 1
        governed = self._governed_from(at)
        cues: list[tuple[Phase, Unit]] = []
        versus = False
        for unit in self.units[begin:at]:
            # "đạt 97,8% dự toán; gồm …" is the plan of the number before, "hoàn thành dự toán là TX Đông Hòa" of the list
            if unit.start < max(self.last_end, governed) or area is not None and unit.start < area.start and unit.means("plan_word"):
                continue
            if unit.kind == "versus":
                versus = True
            elif unit.text in (",", ";"):
                versus = False
            elif versus:
                continue
            cues += self._phase_cues(unit)
        amount = reading.measure == "amount"
        planned = (self._plan_of_percent(at) or self._plan_amount(at)) if amount else None
        if planned is not None:
            return "plan", planned
        if self.units[at].text.startswith("ước"):  # "ước khoảng 1.432 tỷ đồng": the approximation says so
            return "estimated", self.units[at]
        for wanted in ("target", "estimated"):
            for phase, unit in reversed(cues):
                if phase == wanted:
                    return phase, unit
        if cues and self._still_a_target(cues):
            return self._phase_before(reading)
        if cues:
            phase, unit = cues[-1]
            if amount or phase != "plan":
                return phase, unit
        return self._phase_before(reading)

    def _still_a_target(self, cues: Sequence[tuple[Phase, Unit]]) -> bool:
        """ "phấn đấu cả năm thu 8.500 tỷ đồng và giải ngân đạt 100% vốn": both are goals."""
        before = self.found[self.before] if self.before is not None else None
        if before is None or before.phase != "target":
            return False
        return all(phase == "executed" and not unit.text.startswith("đã") for phase, unit in cues)

    @staticmethod
    def _phase_cues(unit: Unit) -> list[tuple[Phase, Unit]]:
        if unit.kind in ("target", "estimated", "plan", "executed"):
            return [(unit.kind, unit)]  # type: ignore[list-item]
        if unit.period is not None and unit.text.startswith(("ước", "dự kiến")):
            return [("estimated", unit)]  # "ước đến 31/12"
        if unit.indicator is not None:
            if "giải ngân" in unit.text or "thanh toán" in unit.text or "quyết toán" in unit.text or unit.text.startswith("thu được"):
                return [("executed", unit)]
            if unit.text.startswith(("dự toán", "kế hoạch", "chỉ tiêu", "tổng kế hoạch")):
                return [("plan", unit)]
        if unit.means("plan_word") or unit.kind in _ASSIGNERS and unit.text.endswith("giao"):  # "năm 2018, thành phố được trung ương giao thu 376.000 tỷ"
            return [("plan", unit)]
        return []

    def _plan_amount(self, at: int) -> Unit | None:
        """ "so với dự toán năm 5.440 tỷ đồng", "36.240 tỷ đồng kế hoạch", the second of "39,3/19,3 tỷ đồng"."""
        if at > 1 and self.units[at - 1].text == "/" and self.units[at - 2].quantity is not None:
            return self.units[at - 1]
        for unit in reversed(self.units[max(self.last_quantity + 1, at - 8) : at]):
            if unit.start < self.last_end:
                break
            if unit.means("plan_word"):
                return unit
            if not _within_plan(unit):
                break
        following = self.units[at + 1] if at + 1 < len(self.units) else None
        return following if following is not None and following.means("plan_word") else None

    def _phase_before(self, reading: Reading) -> tuple[Phase | None, Unit | None]:
        """What an earlier number of the sentence had: "ước" governs its sentence."""
        if self.before is None:
            return None, None
        before = self.found[self.before]
        if before.phase == "plan" and reading.measure == "pct_of_plan":
            return "executed", None
        if before.phase == "plan" and reading.verb == "reach":
            return "executed", None
        return before.phase, before.phase_unit

    # -- words --------------------------------------------------------------------------------------

    def _clause(self, at: int) -> int:
        """Index of the first unit of the clause that holds `at`."""
        for index in range(at - 1, -1, -1):
            if self.units[index].text in _BOUNDARIES:
                return index + 1
        return 0

    def _unknown(self, begin: int, end: int) -> int:
        return sum(unit.kind == "word" for unit in self.units[begin:end])

    def _quote_start(self, at: int, reading: Reading, subject: Subject, area: Unit | None, chained: bool) -> int:
        """The shortest piece: from the subject for its first number, from the verb for those that follow."""
        quantity = self.units[at]
        start = min(reading.start, quantity.start)
        if area is not None:
            return min(area.start, start)
        if reading.measure == "amount" and not chained and subject.origin == "words" and subject.index < at:
            return min(subject.start, start)
        return start


def _within_plan(unit: Unit) -> bool:
    """Whether a word may stand between "dự toán" and its amount: "dự toán cả năm là", "chỉ tiêu Bộ Tài chính giao"."""
    if unit.area is not None:
        return unit.area.organ
    return unit.kind in ("plain", "period", "central", "province", "council", "district", "city", "versus", "plan")
