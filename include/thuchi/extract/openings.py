"""What a sentence turns to by the words it opens with, and whose money it speaks of by who opens it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from thuchi.extract.lexicon import Lexeme
from thuchi.extract.lexing import Unit
from thuchi.extract.payers import Payers
from thuchi.extract.sentence import Subject

_GOES_ON = frozenset({"plan_word", "plain", "period", "reach", "estimated", "executed", "quantity", "indicator"})


@dataclass(slots=True)
class Openings(Payers):
    """Reads the opening of a sentence, and what points back to the one before it."""

    def _opens_on(self, at: int, unit: Unit) -> bool:
        """ "Về chi, dự toán là 903.100 tỷ đồng", "Đối với vốn đầu tư, lũy kế giải ngân …": the side of the budget that
        a sentence turns to."""
        if not 0 < at < 3 or not self.speech.of_budget or len(self.units) < at + 3:
            return False
        opened = self.units[0].text == "về" or [u.text for u in self.units[:2]] == ["đối", "với"]
        if not opened or self.units[at + 1].text != ",":
            return False
        if unit.text == "vốn đầu tư":
            return any("giải ngân" in u.text or "thanh toán" in u.text for u in self.units[at:])
        # but "Về chi, toàn ngành bảo hiểm đã chi trả …" is someone's
        return unit.text in ("chi", "thu", "phần chi", "phần thu") and self.units[at + 2].kind in _GOES_ON

    def _spends_a_part(self, subject: Subject) -> bool:
        """ "tổng chi 31.560 tỷ đồng, trong đó chi phòng chống dịch và hỗ trợ người khó khăn 1.012 tỷ": what for."""
        parted = any(unit.kind == "parts" for unit in self.units[: subject.index])
        return parted and subject.code == "expenditure.item" and self.units[subject.index].text.startswith("chi")

    def _pays_out_a_part(self, at: int, unit: Unit) -> bool:
        """ "Chi đầu tư phát triển khá hơn, đã giải ngân 60 tỷ đồng": of that spending, not of all capital."""
        subject = self.subject
        if subject is None or subject.code != "expenditure.investment" or self.last_quantity > subject.index:
            return False
        weak = unit.indicator is not None and unit.indicator.strength == "weak" and "giải ngân" in unit.text
        return weak and next((u.measure for u in self.units[at + 1 :] if u.quantity is not None), "") == "VND"

    def _disburses_plan(self, at: int) -> bool:
        """ "Thu ngân sách đạt 90 tỷ đồng. Toàn tỉnh mới giải ngân 22,4%": of the plan of public investment."""
        if "giải ngân" not in self.units[at].text or self.foreign_seen:
            return False
        budget = self.speech.spoken("revenue") or self.speech.spoken("expenditure")
        return budget and any(unit.measure == "PT" for unit in self.units[at + 1 : at + 8])

    def _of_a_budget(self, at: int) -> bool:
        """ "thông qua dự toán ngân sách năm 2021 với tổng thu 368 tỷ đồng, tổng chi 172 tỷ đồng"."""
        return any(
            unit.text.startswith("ngân sách") or (unit.text == "ngân" and after.text == "sách")
            for unit, after in pairwise(self.units[:at])
        )

    def _counts_money(self, at: int, subject: Subject | None) -> bool:
        """ "thu xuất nhập khẩu tăng gấp 3 lần với số tiền 118 tỷ đồng": no topic of its own."""
        if self.units[at].text != "số tiền" or subject is None or subject.family != "revenue":
            return False
        return self.units[at - 1].text == "với" and at - 2 == self.last_quantity and self.units[at - 2].measure != "VND"

    def _sums_up_spending(self, at: int, current: str) -> bool:
        """ "chi đầu tư tháng 10 ước 540 tỷ đồng; lũy kế chi 10 tháng ước đạt 3.610 tỷ đồng": of the same part."""
        summed = at > 0 and self.units[at - 1].text in ("lũy kế", "nâng tổng", "đưa tổng")
        return summed and current.startswith("expenditure")

    def _heads_a_list(self, at: int) -> bool:
        """ "Khối địa phương, dẫn đầu là Vĩnh Long (74,8%)": of each place, but "khối địa phương đạt 48,9%" is one."""
        block = self.units[at].text.startswith("khối ") and self.units[at].text.endswith(
            ("địa phương", "trung ương", "ngành")
        )
        following = self.units[at + 1].kind if at + 1 < len(self.units) else ""
        return block and following not in ("reach", "quantity", "estimated", "executed", "indicator")

    def _budget_acts(self, at: int) -> bool:
        """ "Dự toán ngân sách 2022 sẽ thu 900 tỷ đồng"."""
        before = self.units[max(at - 5, self.clause(at)) : at]
        after = [unit.text for unit in self.units[at + 1 : at + 7]]
        if not {("vào", "ngân"), ("cho", "ngân")}.isdisjoint(pairwise(after)):
            return True  # "thành phố thu 1.500 tỷ đồng vào ngân sách"
        return any(unit.text == "sách" for unit in before) and all(
            unit.kind in ("plain", "period", "area", "estimated") or unit.plans for unit in before
        )

    def _into_a_budget(self, at: int) -> bool:
        """ "huyện thu 1.100 tỷ đồng ngân sách", but not "thu 1.100 tỷ đồng ngân sách tỉnh hỗ trợ"."""
        number = next(
            (i for i in range(at + 1, min(at + 5, len(self.units))) if self.units[i].quantity), len(self.units)
        )
        after = self.units[number + 1 : number + 4]
        if [unit.text for unit in after[:2]] != ["ngân", "sách"]:
            return False
        return len(after) < 3 or after[2].kind in ("mark", "period") or after[2].text == "trong"

    def _of_that_source(self, at: int) -> bool:
        """ "Bốn tháng, ngân sách thu từ nguồn này 15,9 nghìn tỷ đồng": of what the last figure was of."""
        following = self.units[at + 1 : at + 3]
        pointed = len(following) == 2 and following[0].text == "từ" and following[1].kind == "anaphor"
        return pointed and self.speech.last.startswith("revenue")

    def _of_an_investor_given(self, at: int) -> bool:
        """ "Bộ Y tế được giao kế hoạch vốn đầu tư công năm nay là 1.293 tỷ đồng": its part of the nation's capital."""
        given = False
        for unit in reversed(self.units[self.clause(at) : at]):
            if unit.foreign is not None:
                return unit.foreign.code == "investor" and given
            given = given or (unit.kind == "plan" and unit.text.startswith("được"))
            if unit.kind not in ("plan", "plain", "period", "executed"):
                return False  # but "Kiểm toán Nhà nước cho biết tiến độ giải ngân vốn đầu tư …" only tells of it
        return False

    def _of_investor_in_apposition(self, at: int, lexeme: Lexeme) -> bool:
        """ "Bộ Giao thông vận tải, đơn vị được giao vốn nhiều nhất, đã giải ngân 14.200 tỷ đồng"."""
        if (
            lexeme.family != "public_investment"
            or at < 3
            or self.units[1].text != ","
            or self.units[at - 1].text != ","
        ):
            return False
        foreign = self.units[0].foreign
        return foreign is not None and foreign.code == "investor"

    def _of_an_investor(self, subject: Subject) -> bool:
        """ "Bộ Y tế đã giải ngân được 90 tỷ đồng": a ministry spends its part of the nation's capital, as does "ngành
        giao thông, với nhiều công trình lớn"."""
        foreign = self.units[subject.index].foreign
        if subject.code or foreign is None:
            return False
        sector = any(unit.kind == "sector" for unit in self.units[self.clause(subject.index) : subject.index])
        many = self.units[subject.index - 1].text in ("các", "những", "nhiều")
        return foreign.code == "investor" or (foreign.code == "works" and sector and many)
