"""Who pays into the budget: one payer's taxes are no figure, those of a whole trade, zone or sector are, and what a
collector hands over is the revenue."""

from __future__ import annotations

from dataclasses import dataclass

from thuchi.extract.sentence import Sentence


@dataclass(slots=True)
class Payers(Sentence):
    """Tells whose payment a sentence speaks of."""

    def _paid_by_one(self, at: int) -> bool:
        """ "công ty tiếp tục nộp đủ tiền sử dụng đất và tiền thuê đất": what one payer owes."""
        payer = next((i for i, u in enumerate(self.units[:at]) if u.foreign and u.foreign.code == "company"), at + 1)
        unit = self.units[at]
        strong = unit.indicator is not None and unit.indicator.strength == "strong"  # "công ty đã nộp vào ngân sách …"
        return any("nộp" in unit.text.split() for unit in self.units[payer : at + strong])

    def _of_a_payer(self, at: int) -> bool:
        """ "Công ty có số thuế GTGT phải nộp 310 triệu đồng": one payer's tax."""
        payer = any(unit.foreign is not None and unit.foreign.code == "company" for unit in self.units[:at])
        return payer and any("nộp" in unit.text.split() for unit in self.units[at + 1 : at + 6])

    def _of_a_trade(self, at: int) -> bool:
        """ "hoạt động xổ số nộp ngân sách 20.000 tỷ đồng", "200 doanh nghiệp đã đóng góp …": of a whole trade, zone or
        group, not of one payer, nor of "nhà máy tại khu kinh tế …"."""
        group = False
        for index, unit in enumerate(self.units[:at]):
            before = self.units[index - 1].text if index else ""
            if unit.kind == "trade":
                group = group or before not in ("tại", "trong", "ở", "thuộc")
            elif unit.foreign is not None and unit.foreign.code == "company":
                counted = (before.isdigit() and before != "1") or before in self.lists.payers.many
                group = unit.text == "doanh nghiệp" and (group or counted)
                if not group:
                    return False
            elif unit.foreign is not None and (unit.foreign.code == "control" or unit.text.startswith("nợ")):
                return False  # "732 doanh nghiệp nợ thuế đã nộp 430 tỷ đồng"
        return group

    def _of_a_sector(self, at: int) -> bool:
        """ "khu vực ngoài quốc doanh, nơi có 900 khách sạn, nộp 742 tỷ đồng"."""
        lexeme = self.units[self.subject.index].indicator if self.subject is not None and self.subject.code else None
        sector = any(
            unit.indicator is not None and unit.text.startswith(("khu vực", "khối", "doanh nghiệp"))
            for unit in self.units[:at]
        )
        return sector and (lexeme is None or lexeme.code == "revenue.item")

    def _part_paid(self, at: int) -> str:
        """ "khu vực FDI nộp ngân sách 227 tỷ đồng", "thuế bảo vệ môi trường mang về cho ngân sách …": of that part."""
        begin = self.clause(at)
        passed, code = self.passed_over
        if self.subject is not None and self.subject.index >= begin:
            passed, code = self.subject.index, self.subject.code
        said = begin <= passed > self.last_quantity and code.startswith("revenue.")
        return code if said and not self._paid_by_one(at) else ""

    def _handed_over(self, at: int) -> str:
        """ "Chi cục Hải quan nộp về ngân sách được 2.266 tỷ đồng": what a collector hands over is what it collected."""
        words = f" {' '.join([unit.text for unit in self.units[:at]])}"
        customs = " hải quan" in words
        if not customs and "cục thuế" not in words:
            return ""
        alone = all(unit.foreign is None or unit.foreign.code not in ("company", "control") for unit in self.units[:at])
        if not alone:
            return ""
        return "revenue.trade" if customs else self.speech.main("revenue")
