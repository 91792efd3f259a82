"""What a sentence speaks of: an indicator sets the subject, a topic that is not the budget displaces it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from thuchi.extract.lexicon import Lexeme
from thuchi.extract.lexing import Unit
from thuchi.extract.openings import Openings
from thuchi.extract.sentence import BOUNDARIES, Subject, is_collector, names_all_capital

# How many unknown words may stand before a weak indicator in its clause: not "gia đình chị thu …".
_OTHER_SIDE = {"revenue": "expenditure", "expenditure": "revenue"}
_SPENDS = frozenset({"chi", "đã chi", "mới chi", "chi được"})
_ACTOR = {"public_investment": 4, "revenue": 1, "expenditure": 1}


@dataclass(slots=True)
class Subjects(Openings):
    """Keeps the subject while a sentence is walked from left to right."""

    def _indicator(self, at: int, unit: Unit) -> None:
        if self._pays_out_a_part(at, unit):
            return
        if unit.indicator is not None and self._opens_on(at, unit):
            self.subject = Subject(self.speech.main(unit.indicator.family), at, unit.start, unit.end)
            return
        spoken_of = self._context().split(".", 1)[0]
        # "ngân sách địa phương" is a part of the revenue or of the capital
        for lexeme in sorted(unit.lexemes, key=lambda lexeme: lexeme.within != spoken_of):
            code = self._code_of(at, unit, lexeme) if lexeme.kind == "indicator" else ""
            if code and self._says_where_from(unit, lexeme):
                return
            if code and self.is_set_aside(at):
                self.subject = Subject("", at, unit.start, unit.end)  # "loại trừ tiền sử dụng đất là 20.100 tỷ đồng"
                return
            if code == "public_investment" and self._completes_a_part(at):
                return
            if code and self._is_broken_down(at, code):
                code = f"{code}.item"
            if code and not self._of_a_wrong(at):
                self.subject = Subject(code, at, unit.start, unit.end, lexeme.strength)
                return
        if unit.foreign is not None:
            self._foreign(at, unit)
        elif "giải ngân" in unit.text and self._context().startswith(("revenue", "expenditure")):
            self.subject = Subject("", at, unit.start, unit.end)  # "Thu ngân sách đạt 90 tỷ đồng. Giải ngân 12 tỷ đồng"

    def _says_where_from(self, unit: Unit, lexeme: Lexeme) -> bool:
        """ "vốn ngân sách huyện, chủ yếu từ đấu giá đất, 102 tỷ đồng": of capital that has no number yet."""
        subject = self.subject
        return (
            unit.text.startswith("từ ")
            and lexeme.family == "revenue"
            and subject is not None
            and subject.family == "public_investment"
            and self.last_quantity < subject.index
        )

    def _completes_a_part(self, at: int) -> bool:
        """ "tổng mức vốn nước ngoài kế hoạch đầu tư công trung hạn": the part is named, then its whole."""
        if self.subject is None or self.subject.code != "public_investment.item":
            return False
        if self.last_quantity == at - 1 and self.found and self.found[-1].at == at - 1:
            return True  # "Ban Quản lý dự án được giao 1.904 tỷ đồng vốn đầu tư công, mới giải ngân 35%"
        return self.last_quantity < self.subject.index == at - 1

    def _is_broken_down(self, at: int, code: str) -> bool:
        """ "thu ngân sách 114 tỷ đồng, trong đó thu cân đối 72 tỷ đồng": the second is a part of the first."""
        if code not in ("revenue", "expenditure"):
            return False
        unit = self.units[at]
        if code == "expenditure" and self._opens_parts(at) and unit.text.startswith("chi ngân sách "):
            return self.speech.last == code  # "Trong đó, chi ngân sách huyện là …, chi ngân sách xã …"
        if self.last_quantity < 0 or unit.text.endswith("trên địa bàn"):
            return False
        total = any(finding.subject.code == code and finding.reading.measure == "amount" for finding in self.found)
        since = self.units[self.last_quantity : at]
        if any(unit.period is not None and unit.period.kind == "month" for unit in since):
            return False  # "thu ngân sách 11 tháng là 375 tỷ đồng, riêng tháng 11 thu 22 tỷ đồng"
        # but "2 đơn vị thu 9.000 tỷ đồng gồm: Cục Hải quan Hà Nội thu 5.000 tỷ đồng" lists places
        # nor does "tổng thu nhiệm kỳ 2.150 tỷ đồng, riêng năm 2019 thu 610 tỷ đồng" name a part
        apart = all(unit.area is None and (unit.period is None or unit.period.kind != "year") for unit in since[-3:])
        return total and any(unit.kind == "parts" for unit in since) and apart

    def _opens_parts(self, at: int) -> bool:
        """Whether the sentence breaks down what the one before it told."""
        named = self.units[at].text.split()[-1] in ("huyện", "xã", "tỉnh", "quận", "phố", "phường", "trấn")
        return named and self.units[0].kind == "parts"

    def _of_a_wrong(self, at: int) -> bool:
        """ "gây thất thoát nguồn thu ngân sách gần 300 triệu đồng", "nợ thuế, phí": what was lost or is owed."""
        if any(unit.text == "nộp" for unit in self.units[max(at - 3, 0) : at]) and not self._of_a_trade(at):
            return True  # "công ty tiếp tục nộp đủ tiền sử dụng đất": what one payer owes
        family = (self.units[at].indicator or Lexeme("")).family
        if family == "revenue" and self._paid_by_one(at):
            return True
        if (
            self.foreign_seen
            and self.subject is not None
            and not self.subject.code
            and not self.units[at].text.startswith("tổng")
        ):
            begin = self.found[-1].at if self.found else 0
            topics = {unit.foreign.code for unit in self.units[begin:at] if unit.foreign is not None}
            if "control" in topics and self.units[at - 1].kind != "target":
                return True  # "xử phạt cả nghìn trường hợp lấn chiếm vỉa hè, thu ngân sách hơn 600 triệu đồng"
            lexeme = self.units[self.subject.index].foreign
            if lexeme is not None and lexeme.code in ("company", "investor") and family == "expenditure":
                return True
        for unit in reversed(self.units[max(at - 3, 0) : at]):
            lexeme = unit.foreign
            if lexeme is not None:
                return lexeme.code in ("control", "capital") or unit.text.startswith("nộp")
            if (unit.text in BOUNDARIES and unit.text != ",") or unit.quantity is not None:
                return False
        return False

    def _code_of(self, at: int, unit: Unit, lexeme: Lexeme) -> str:
        """The indicator that the words name here, or "" where they are no indicator."""
        if unit.text.startswith(self.lists.payers.paying) and self._number_near(at) and (part := self._part_paid(at)):
            return part
        if lexeme.strength == "strong":
            if lexeme.code == "public_investment.item" and self._of_one_project(lexeme):
                return ""  # "vốn dự án metro giải ngân chậm, phần giải ngân vốn ODA mới 9 tỷ đồng"
            if lexeme.code == "revenue.local" and unit.text.startswith("ngân sách") and not self._number_near(at):
                return ""  # "phí bến bãi, khoản mà ngân sách tỉnh được hưởng trọn, …"
            if self._complements_percent(at) or self._is_used(at, lexeme) or self._would_pay(at, lexeme):
                return ""
            if lexeme.code == "revenue" and self._of_that_source(at):
                return self.speech.last
            if lexeme.code == "public_investment" and self._of_an_investor_given(at):
                return "public_investment.item"
            if lexeme.code == "public_investment" and not names_all_capital(unit):
                return self.speech.main(lexeme.code)  # "giải ngân vốn đầu tư", of the programmes that are spoken of
            return lexeme.code
        current = self.subject.code if self.subject is not None else ""
        context = self._context()
        family = context.split(".", 1)[0]
        if lexeme.strength == "part":
            ours = (
                family == lexeme.within
                or self.speech.recent(lexeme.within)
                or (self.speech.carried.split(".", 1)[0] == lexeme.within and _names_itself(unit))
                or lexeme.code == self.speech.main(lexeme.family) != lexeme.family
                or (lexeme.invests and self.speech.rate != "")
            )
            if unit.text in ("chi", "đã chi") and family == "revenue" and self._says_how_much(at):
                return "expenditure"  # "thu ngân sách 345 tỷ đồng, …; chi hơn 500 tỷ đồng"
            if unit.text.startswith("ngân sách") and family not in ("", lexeme.within):
                ours = False  # "với 1.200 tỷ đồng thu được, ngân sách huyện đạt 96% dự toán": no source of capital
            if unit.text.startswith("ngân sách") and self._pays(at):
                ours = False
            if self._of_trade_in_goods(at, lexeme) or self._names_collector(at) or self._heads_a_list(at):
                ours = False
            if not ours or self._complements_percent(at) or self._of_one_project(lexeme) or self._of_a_payer(at):
                if not is_collector(self.units, at):
                    self.passed_over = (at, lexeme.code)
                return ""
            if unit.text == "chi" and at and self.units[at - 1].text in ("khoản", "mức", "số", "ghi"):
                return ""
            if unit.text == "chi" and self._sums_up_spending(at, current):
                return current
            unsaid = self.subject is not None and self.last_quantity < self.subject.index
            if unit.text == "chi" and current == "expenditure" and (self.units[at - 1].period is not None or unsaid):
                # "chi ngân sách trong tháng 58,7 tỷ đồng, lũy kế chi hơn 271,2 tỷ đồng", "về chi ngân sách, tỉnh chi …"
                return current
            if unit.text in _SPENDS and unsaid and current.startswith("expenditure."):
                return current  # "Chi thường xuyên vẫn bảo đảm, 10 tháng đã chi 231 tỷ đồng"
            if lexeme.inherits:
                return context if family == lexeme.within else self.speech.main(lexeme.within)
            return lexeme.code
        if self._of_investor_in_apposition(at, lexeme) and self._number_near(at):
            return "public_investment.item"
        if self.subject is not None and not current and self.subject.index >= self.clause(at):
            if lexeme.family == "public_investment" and self._of_an_investor(self.subject) and self._number_near(at):
                return "public_investment.item"
            return ""  # "Chi nhánh ngân hàng … đã giải ngân": someone else's
        if "nộp" in unit.text.split():
            if not self._number_near(at):
                return ""
            return "revenue.item" if self._of_a_trade(at) else self._handed_over(at)
        if lexeme.family == "revenue" and self._into_a_budget(at):
            return "revenue"
        total = "tổng" in unit.text.split()
        noun = total or "số" in unit.text.split() or (at > 0 and self.units[at - 1].area is not None)
        spoken = self.speech.spoken(lexeme.family) or (noun and self.speech.spoken(_OTHER_SIDE.get(lexeme.family, "")))
        # "Tổng chi ngân sách xã 9 tỷ đồng. Tổng kế hoạch vốn giao xã là 27 tỷ đồng"
        spoken = spoken or (unit.text.startswith("tổng kế hoạch vốn") and self.speech.spoken("expenditure"))
        spoken = spoken or (total and self._of_a_budget(at)) or self._disburses_plan(at)
        if self._complements_percent(at) or (not spoken and not self._budget_acts(at)):
            return ""
        on_project = self.speech.on_a_project(lexeme.family) and not (self._by_many(at) or self._at_that_rate(at))
        if on_project and not current:
            return ""
        if total and self._number_near(at):
            if lexeme.family == "revenue" and self.units[at].text.startswith("tổng"):
                return lexeme.family  # "Tiền đất nhiều, nhưng tổng thu mới đạt 85% dự toán"
            return self.speech.main(lexeme.family)  # "chi thường xuyên 301 tỷ đồng trong tổng số chi 410 tỷ đồng"
        if current and family == lexeme.family and self._number_near(at):
            return self.speech.main(family) if self._after_a_list(at) else context
        said = next((unit.kind for unit in reversed(self.units[:at]) if unit.period is None), "")
        announced = said in ("target", "estimated")  # "toàn ngành phấn đấu thu đạt …", "đặt mục tiêu quý IV thu …"
        told = self._told_from(at)
        customs = 2 * any(one.text == "hải" and two.text == "quan" for one, two in pairwise(self.units[told:at]))
        if not announced and self.unknown(told, at) - customs > _ACTOR[lexeme.family]:
            return ""
        if not self._number_near(at) or (self._foreign_near(at) and not current and not self._has_actor(at)):
            return ""
        passed, code = self.passed_over
        if passed >= self.clause(at) and code.startswith(lexeme.family):
            # "các khoản phí, lệ phí thu qua dịch vụ công trực tuyến"
            return self.speech.main(code) if code == lexeme.family else code
        if family == lexeme.family:
            return context if current else self.speech.main(family)
        return self.speech.main(lexeme.family)

    def _context(self) -> str:
        """The code that the sentence speaks of here, or else its paragraph."""
        current = self.subject.code if self.subject is not None else ""
        return current or (self.found[-1].subject.code if self.found else self.speech.frame)

    def _pays(self, at: int) -> bool:
        """ "ngân sách huyện đã rót 86 tỷ đồng cho …": who pays, not a source of capital."""
        for unit in self.units[at + 1 : at + 6]:
            if unit.text.split()[0] in self.lists.subjects.pays:
                return True
            if unit.kind not in ("plain", "period", "executed", "area"):
                return False
        return False

    def _of_trade_in_goods(self, at: int, lexeme: Lexeme) -> bool:
        """ "tổng kim ngạch hàng hóa xuất nhập khẩu": what is traded, not what customs collect of it."""
        if lexeme.code != "revenue.trade" or self.subject is None or self.subject.code:
            return False
        return self.clause(at) <= self.subject.index and self.units[self.subject.index].foreign is not None

    def _names_collector(self, at: int) -> bool:
        """ "thu nội địa do ngành thuế thực hiện", "ngành thuế đã gia hạn …": who collects, not what."""
        unsaid = self.subject is not None and self.subject.code != "" and self.last_quantity < self.subject.index
        return self.units[at].text.startswith("ngành ") and unsaid and self.units[at - 1].text in ("do", "của", "mà")

    def _told_from(self, at: int) -> int:
        """Where the clause begins that the word at `at` is of: "cơ quan soạn thảo cho biết thu năm 2025 …"."""
        begin = self.clause(at)
        for index in range(at - 1, begin, -1):
            told = self.units[index].text in ("biết", "hay") and self.units[index - 1].text == "cho"
            if told or self.units[index].text in ("nói", "rằng"):
                return index + 1
        return begin

    def _after_a_list(self, at: int) -> bool:
        """ "gồm vốn tỉnh 150 tỷ đồng, vốn huyện 200 tỷ đồng; đến 30/9 giải ngân 210 tỷ đồng": of the whole again."""
        if self.units[at - 1].text == "lũy kế" or self.units[at].text.startswith("lũy kế"):
            return False  # "thu từ đất, tháng 9 là 88 tỷ đồng; lũy kế thu 706 tỷ đồng" goes on with the part
        named = [finding.subject for finding in self.found if finding.subject.strength != "weak"]
        parts = {subject.index for subject in named if "." in subject.code}  # "năm 2020 thu …; năm 2021 thu …" is none
        if self.subject is None or self.subject.index > self.last_quantity or len(parts) < 2:
            return False
        return any(unit.text == ";" for unit in self.units[self.last_quantity + 1 : at])

    def _at_that_rate(self, at: int) -> bool:
        """ "Vốn đầu tư công giải ngân chậm. Cụ thể, 9 tháng năm 2016 mới giải ngân được 51%": of the same capital."""
        number = next((unit for unit in self.units[at + 1 :] if unit.quantity is not None), None)
        return self.speech.rate != "" and number is not None and number.measure == "PT"

    def _by_many(self, at: int) -> bool:
        """ "các bộ, ngành và địa phương giải ngân được 173 nghìn tỷ đồng", "toàn tỉnh": not one project's."""
        clause = range(self.clause(at), at)
        if any(self.units[index].area and self.units[index - 1].text in ("toàn", "cả") for index in clause if index):
            return True
        return any(self.units[i].kind == "plural" and "dự án" not in self.units[i].text for i in clause)

    def _foreign_near(self, at: int) -> bool:
        """Whether a topic that is not the budget was spoken of since the last semicolon."""
        since = max((index for index in range(at) if self.units[index].text == ";"), default=0)
        told = self._told_from(at)
        since = max(since, told) if told > self.clause(at) else since
        return self.foreign_seen and any(unit.kind == "foreign" for unit in self.units[since:at])

    def _has_actor(self, at: int) -> bool:
        """Whether the clause names who collects or spends: "…, phấn đấu cả huyện về đích 1.249 tỷ đồng", "…, yêu cầu
        các cục thuế thu vượt 10% dự toán"."""
        clause = self.units[self.clause(at) : at]
        acts = any(unit.area is not None or unit.text.endswith(("cục thuế", "cục hải quan")) for unit in clause)
        return acts and all(unit.kind != "foreign" for unit in clause)

    def _says_how_much(self, at: int) -> bool:
        following = self.units[at + 1 : at + 3]
        if following and following[0].kind == "estimated":
            following = following[1:]  # "Trong khi đó chi ước 173.900 tỷ đồng"
        return bool(following) and following[0].measure == "VND"

    def _is_used(self, at: int, lexeme: Lexeme) -> bool:
        """ "các dự án sử dụng vốn đầu tư công từ 10.000 tỷ đồng trở lên": capital as a means."""
        before = self.units[max(at - 2, 0) : at]
        if (
            lexeme.family == "revenue"
        ):  # "vốn từ nguồn thu tiền sử dụng đất", but not "thu ngân sách từ tiền sử dụng đất"
            if self.subject is not None and self.subject.code == "revenue" and self.subject.index == at - 2:
                return before[-1].text == "chưa"
            source = len(before) > 1 and before[-2].text == "từ" and before[-1].text in ("nguồn", "nguồn thu")
            return source or (bool(before) and before[-1].text in ("từ", "chưa"))
        return lexeme.family == "public_investment" and any(
            unit.kind == "use" or unit.text in ("bằng", "từ") for unit in before
        )

    def _of_one_project(self, lexeme: Lexeme) -> bool:
        """Within a sentence on one works project, "vốn ngân sách tỉnh" is that project's."""
        if lexeme.strength == "part" and not self.found and self.speech.on_a_project(lexeme.family):
            return True
        if lexeme.family != "public_investment" or self.subject is None or self.subject.code:
            return False
        works = self.subject.index
        if any(
            unit.text in ("các", "những", "danh", "mục") or unit.text.isdigit()
            for unit in self.units[works - 2 : works]
        ):
            return False  # "bố trí cho 41 công trình; trong đó vốn tỉnh 26 tỷ đồng"
        foreign = self.units[works].foreign
        return foreign is not None and foreign.code in ("works", "capital")

    def _would_pay(self, at: int, lexeme: Lexeme) -> bool:
        """In an article on one project, the medium-term plan is where its money would come from."""
        following = self.units[at + 1].text if at + 1 < len(self.units) else ""
        return following == "trung" and self.speech.on_a_project(lexeme.family)

    def _complements_percent(self, at: int) -> bool:
        """ "chiếm 63,2% chi thường xuyên", "giảm 10% tiền sử dụng đất": what the percentage is of."""
        return at > 0 and self.last_quantity == at - 1 and self.units[at - 1].measure == "PT"

    def _qualify(self, unit: Unit) -> None:
        lexeme = unit.qualifier
        assert lexeme is not None
        if self.subject is not None and self.subject.code == lexeme.within and self.last_quantity < self.subject.index:
            self.subject = replace(self.subject, code=lexeme.code, end=unit.end)

    def _foreign(self, at: int, unit: Unit) -> None:
        subject = self.subject
        before = self.units[at - 1] if at else None
        if self._counts_money(at, subject):
            return
        unsaid = subject is not None and subject.code != "" and self.last_quantity < subject.index
        prepositions = self.lists.subjects.prepositions
        modifies = before is not None and (before.text in prepositions or unit.text.split()[0] in prepositions)
        if self.last_quantity == self.spent_at >= self.clause(at):
            return  # "chi 1.000 tỷ đồng để trợ giá vé, riêng năm 2013 là 1.300 tỷ đồng": the purpose
        if subject is not None and subject.family == "public_investment" and self.counts_works(at):
            return
        if subject is not None and unsaid and unit.text.startswith("hỗ trợ") and self._spends_a_part(subject):
            return
        if subject is not None and unsaid and modifies:
            if unit.foreign is not None and unit.foreign.code == "investor" and subject.family == "public_investment":
                self.subject = replace(subject, code="public_investment.item")  # "vốn đầu tư công bố trí cho Bộ Y tế"
                return
            if not self._takes_over(at, unit, subject):
                return  # "tiền sử dụng đất từ các dự án …": says more about the subject
        self.foreign_seen = True
        self.subject = Subject("", at, unit.start, unit.end)

    def _takes_over(self, at: int, unit: Unit, subject: Subject) -> bool:
        """Capital of one works project, ministry or company is no administrative unit's: "vốn đầu tư công bố trí
        cho dự án metro số 1", but "… cho các dự án chuyển tiếp" is."""
        lexeme = unit.foreign
        if lexeme is None:
            return False
        if lexeme.code == "abroad":  # "thu ngân sách của Hàn Quốc", but not "thuế nhập khẩu xe Hàn Quốc"
            return len(unit.text.split()) > 2
        if subject.family == "revenue":  # "thu ngân sách từ xử phạt", "… từ lô xe nhập khẩu"
            return lexeme.code == "control" and self.units[at - 1].text == "từ"
        if subject.family != "public_investment" or lexeme.code not in ("works", "company"):
            return False
        return self.units[at - 1].text not in ("các", "những", "nhiều")


def _names_itself(unit: Unit) -> bool:
    """Whether a part is named fully enough to open a paragraph: "vốn ODA", "thuế thu nhập doanh nghiệp", not "phí"."""
    return len(unit.text.split()) > 2 or unit.text.startswith(("vốn ", "nguồn vốn "))
