"""Subjects that are named after their number: "91 tỷ đồng thu từ đất", "Với 347 tỷ đồng, thu ngân sách …"."""

from __future__ import annotations

from dataclasses import dataclass

from thuchi.extract.lexicon import Lexeme
from thuchi.extract.lexing import Unit
from thuchi.extract.measures import Reading
from thuchi.extract.sentence import ASSIGNERS, BOUNDARIES, Subject
from thuchi.extract.subjects import Subjects


@dataclass(slots=True)
class Inversion(Subjects):
    """Finds what a number is said of in the words after it."""

    def _named_after(self, at: int, reading: Reading) -> Subject | None:
        return (
            self._following_subject(at, reading)
            or self._of_its_plan(at, reading)
            or self._linked(at, reading)
            or self._announced(at, reading)
            or self._paid_in(at, reading)
        )

    def _following_subject(self, at: int, reading: Reading) -> Subject | None:
        """ "được phân bổ 5.113 tỷ đồng vốn đầu tư công", "thu nộp 8.036 tỷ đồng từ hoạt động xuất nhập khẩu"."""
        for index in range(at + 1, min(at + 6, len(self.units))):
            unit = self.units[index]
            if (
                unit.kind in ("plain", "neutral")
                or unit.text == "tiền"
                or (unit.kind in ("executed", "plan_word") and index <= at + 2)
            ):
                continue
            lexeme = unit.indicator
            if lexeme is None:
                return None
            if lexeme.strength == "weak":
                return self._done(at, index, reading)
            family = lexeme.family
            if (code := self._side_that_is_given(at, lexeme)) is not None:
                return Subject(code, index, unit.start, unit.end)
            if family != "public_investment" and not self._narrows(at, family):
                return None
            if family == "public_investment" and not (self._granted(at) and self._adjoins(at, index)):
                return None
            if family == "public_investment" and reading.measure == "amount" and self._goes_to_one(at):
                return None
            works = self.subject is not None and not self.subject.code and reading.measure == "amount"
            if lexeme.strength == "part" and works and self._of_one_project(lexeme):
                return None  # "Dự án metro đã giải ngân 2.185 tỷ đồng vốn ODA"
            if reading.measure != "amount" and family != "public_investment":
                return None
            spoken = self.speech.spoken(lexeme.within) or (
                self.subject is not None and self.subject.family == lexeme.within
            )
            if lexeme.strength == "part" and (not spoken or self.speech.on_a_project(family)):
                return None
            if reading.verb in ("up", "down"):
                return None
            code = lexeme.code
            beside = self.units[index + 1].indicator if index + 1 < len(self.units) else None
            if code == "public_investment.item" and beside is not None and beside.code == "public_investment.ntp":
                code = beside.code  # "450 tỷ đồng vốn ngân sách trung ương thực hiện chương trình giảm nghèo"
            if lexeme.inherits or reading.measure != "amount":
                code = self.subject.code if self.subject and self.subject.family == family else self.speech.main(family)
                if lexeme.strength == "strong":
                    code = lexeme.code
            return Subject(code, index, unit.start, unit.end)
        return None

    def _side_that_is_given(self, at: int, lexeme: Lexeme) -> str | None:
        """ "huyện bố trí 310 tỷ đồng cho đầu tư phát triển và 640 tỷ đồng cho chi thường xuyên": sides of the
        expenditure; "thị xã được phân bổ 410 tỷ đồng cho đầu tư xây dựng cơ bản" alone is capital."""
        if lexeme.code not in ("expenditure.investment", "expenditure.recurrent") or self.units[at].measure != "VND":
            return None
        before, after = self.units[at - 1], self.units[at + 1].text
        given = before.kind == "plan" and before.text.endswith(("bố trí", "phân bổ"))
        goes_on = before.text in ("và", ",") and self.subject is not None and self.subject.index == self.served
        if after != "cho" or not (given or goes_on) or any(unit.foreign is not None for unit in self.units[:at]):
            return None
        sides = {unit.indicator.code for unit in self.units if unit.indicator is not None}
        alone = "expenditure.recurrent" not in sides and not self.speech.spoken("expenditure")
        return "public_investment" if alone else lexeme.code

    def _done(self, at: int, index: int, reading: Reading) -> Subject | None:
        """ "Với 1.200 tỷ đồng thu được, ngân sách huyện …"."""
        unit = self.units[index]
        lexeme = unit.indicator
        assert lexeme is not None
        if reading.measure != "amount" or self.subject is not None or index > at + 3:
            return None
        # "mới hơn 45.300 tỷ được giải ngân", "6.080 tỷ đồng đã được thanh toán"
        done = unit.text in ("giải ngân", "thanh toán") and self.units[index - 1].text == "được"
        if not done and unit.text not in self.lists.inversion.done:
            return None
        if not self.speech.spoken(lexeme.family) or self.speech.on_a_project(lexeme.family):
            return None
        return Subject(self.speech.main(lexeme.family), index, unit.start, unit.end, "weak")

    def _of_its_plan(self, at: int, reading: Reading) -> Subject | None:
        """ "thu được 57,3% dự toán thuế công thương nghiệp", "đạt 70% dự toán chi thường xuyên"."""
        if not reading.of_plan_words or reading.measure != "pct_of_plan":
            return None
        reached = any(unit.kind == "executed" or unit.indicator for unit in self.units[self.clause(at) : at])
        reached = reached or any(unit.kind == "executed" for unit in self.units[at + 1 : at + 10])
        if not reading.verb and not reached:
            return None  # "giữ lại 10% dự toán chi thường xuyên"
        planned = False
        for index in range(at + 1, min(at + 5, len(self.units))):
            unit = self.units[index]
            lexeme = unit.indicator
            if lexeme is not None and lexeme.strength != "weak":
                if not planned and not unit.text.startswith(("dự toán", "kế hoạch", "chỉ tiêu")):
                    return None
                code = self._code_of(index, unit, lexeme)
                return Subject(code, index, unit.start, unit.end) if code else None
            planned = planned or unit.plans
            if unit.text in ("nhờ", "do", "vì", "bởi"):
                return None  # "hoàn thành gấp đôi dự toán nhờ thuế trước bạ"
            if unit.kind != "plain" and not unit.plans:
                return None
        return None

    def _linked(self, at: int, reading: Reading) -> Subject | None:
        """ "1.200 tỷ đồng là số thu ngân sách", "198 tỷ đồng, tương ứng 79% kế hoạch, đến từ đấu giá đất"."""
        index = self._past_percentage(at + 1)
        if index < len(self.units) and self.units[index].text == "," and self._says_what_it_is(index + 1):
            index += 1
        if index >= len(self.units) or reading.verb in ("up", "down"):
            return None
        if self.units[index].text.split()[0] not in self.lists.inversion.links:
            return None
        defines = self._says_what_it_is(index)
        if defines and (self.subject is not None or self.found):
            return None
        for following in range(index, min(index + 7, len(self.units))):
            unit = self.units[following]
            lexeme = unit.indicator
            if lexeme is not None and unit.text not in self.lists.inversion.links:
                if defines and lexeme.strength != "strong" and "giải ngân" not in unit.text:
                    return None
                return None if self._has_its_own(following) else self._as_subject(following, defines)
            fills = unit.text in self.lists.inversion.fillers
            if not fills and unit.kind not in ("plain", "neutral", "executed", "reach"):
                return None
        return None

    def _as_subject(self, index: int, defines: bool) -> Subject | None:
        unit = self.units[index]
        lexeme = unit.indicator
        assert lexeme is not None
        if defines:
            code = lexeme.code if lexeme.strength == "strong" else self.speech.main(lexeme.family)
        elif lexeme.strength == "weak" or self._context().split(".", 1)[0] != lexeme.family:
            return None
        else:
            code = lexeme.code
        return Subject(code, index, unit.start, unit.end)

    def _paid_in(self, at: int, reading: Reading) -> Subject | None:
        """ "kinh doanh sòng bài đóng góp 336 tỷ đồng cho ngân sách", "các nhà cung cấp nước ngoài đã nộp 90 tỷ đồng":
        what a whole trade or group paid, but not "các doanh nghiệp đóng góp 5 tỷ đồng cho quỹ vì người nghèo"."""
        if reading.measure != "amount":
            return None
        verb = next(
            (i for i in range(at - 1, max(at - 6, -1), -1) if self.units[i].text in ("nộp", "đóng góp", ",")), at
        )
        if self.units[verb].text == "," or verb == at or self.last_quantity > verb:
            return None
        after = [unit.text for unit in self.units[at + 1 : at + 5]]
        budget = after[:2] in (["cho", "ngân"], ["vào", "ngân"])
        budget = budget or any("thuế" in text.split() for text in after[:2])  # "nộp 48 tỷ đồng tiền thuế"
        if after[:1] in (["cho"], ["vào"]) and not budget:
            return None
        spoken = budget or self.speech.recent("revenue") or self.speech.carried.startswith("revenue")
        unit = self.units[verb]
        if spoken and (self._of_a_trade(verb) or self._of_a_sector(verb)):
            return Subject("revenue.item", verb, unit.start, unit.end, "weak")
        code = self._handed_over(verb) if spoken and unit.text == "nộp" else ""
        return Subject(code, verb, unit.start, unit.end, "weak") if code else None

    def _says_what_it_is(self, index: int) -> bool:
        words = [unit.text for unit in self.units[index : index + 2]]
        return words[:1] == ["là"] or words == ["đó", "là"]

    def _past_percentage(self, index: int) -> int:
        """Past ", tương ứng 79,4% kế hoạch," and "(79,4%)"; `index` where no percentage stands between."""
        if index >= len(self.units) or self.units[index].text not in (",", "("):
            return index
        closing = {",": ",", "(": ")"}[self.units[index].text]
        for end in range(index + 1, min(index + 10, len(self.units))):
            unit = self.units[end]
            if unit.text == closing:
                between = self.units[index + 1 : end]
                return end + 1 if any(u.measure == "PT" for u in between) else index
            if unit.measure == "VND" or unit.indicator is not None or unit.text == ";":
                break
        return index

    def _has_its_own(self, index: int) -> bool:
        """ "500 tỷ đồng từ các nguồn: thu nội địa 400 tỷ đồng, …": the indicator has a number after it."""
        for unit in self.units[index + 1 : index + 6]:
            if unit.text in (",", ";", ".", ")"):
                return False
            if unit.quantity is not None:
                return True
        return False

    def _announced(self, at: int, reading: Reading) -> Subject | None:
        """ "Giảm 4% so với cùng kỳ, nhưng tổng chi ngân sách vẫn là 20 tỷ đồng", "Với 347 tỷ đồng tính đến 30/9, thu
        ngân sách trên địa bàn …": the number opens the sentence, what it is of follows its clause."""
        if self.subject is not None or at > 2 or self.last_quantity >= 0:
            return None
        if reading.measure == "pct_of_plan" and not reading.of_plan_words:
            return None
        if reading.measure != "pct_change_yoy" and (not at or self.units[0].text not in self.lists.inversion.openers):
            return None
        comma = next((i for i in range(at + 1, min(at + 10, len(self.units))) if self.units[i].text == ","), None)
        if comma is None or any(not _may_date(unit) for unit in self.units[at + 1 : comma]):
            return None
        for index in range(comma + 1, min(comma + 5, len(self.units))):
            unit = self.units[index]
            if unit.indicator is not None and unit.indicator.strength == "strong":
                narrowed = self.units[index + 1].qualifier if index + 1 < len(self.units) else None
                code = unit.indicator.code
                if narrowed is not None and narrowed.within == code:
                    code = narrowed.code
                return Subject(code, index, unit.start, unit.end)
            if unit.kind != "plain" and unit.area is None and not unit.plans:
                return None
        return None

    def _narrows(self, at: int, family: str) -> bool:
        """ "thu nộp ngân sách 8.036 tỷ đồng từ hoạt động xuất nhập khẩu": of the revenue that was named, a part."""
        following = self.units[at + 1]
        if any(unit.text == "chưa" for unit in self.units[max(at - 3, 0) : at]):
            return False  # "chưa nộp ngân sách 12 tỷ đồng tiền thuê đất"
        if "được chi" in following.text:  # "16 tỷ đồng sẽ được chi để thực hiện cải cách tiền lương"
            return self.subject is None
        if (
            following.indicator is not None
            and (following.indicator.strength == "strong" or following.text.startswith(("thuế ", "lệ phí")))
            and not following.text.startswith("từ")
        ):
            if self.subject is None or self.subject.family == family:
                return True  # "có 200 tỷ đồng tiền sử dụng đất"
            topic = self.units[self.subject.index].foreign if not self.subject.code else None
            paid = any(unit.text.startswith("nộp") for unit in self.units[at - 2 : at])  # not "dự án nộp 96 tỷ đồng …"
            return paid and topic is not None and topic.code not in ("works", "company")
        if following.text.startswith("từ") and self.units[at - 1].text in ("thu", "thu được", "thu về"):
            return True  # "dự kiến thu 35 tỷ đồng từ đấu giá đất"
        if self.units[at + 2 : at + 3] and self.units[at + 2].text in ("thu được", "đã thu được"):
            return self.subject is None  # "trong 150 tỷ đồng thuế bảo vệ môi trường thu được …"
        return self.subject is not None and self.subject.code == family and following.text.startswith("từ")

    def _adjoins(self, at: int, index: int) -> bool:
        """Not "bố trí 5.000 tỷ đồng trong kế hoạch đầu tư công", "22 tỷ đồng từ nguồn dự phòng"."""
        return not any(unit.text in ("trong", "từ", "vào", "theo") for unit in self.units[at + 1 : index])

    def _goes_to_one(self, at: int) -> bool:
        """ "480 tỷ đồng vốn ODA cho dự án cầu Cửa Hội", "theo tổng công ty, kế hoạch vốn được bố trí 640 tỷ đồng"."""
        payers = (unit.foreign for unit in self.units[:at] if unit.foreign is not None)
        return self._serves_one_end(at) or any(topic.code == "company" for topic in payers)

    def _serves_one_end(self, at: int) -> bool:
        """ "bố trí 9.500 tỷ đồng ngân sách trung ương để trả nợ đọng", "… 410 tỷ đồng cho dự án đường ven biển"."""
        meant = False
        for index in range(at + 1, min(at + 9, len(self.units))):
            unit = self.units[index]
            if unit.text in BOUNDARIES or unit.quantity is not None:
                return False
            words = unit.text.split()
            meant = meant or words[0] in ("để", "cho")
            if meant and "nợ" in words:
                return True
            if unit.foreign is not None and meant:
                return unit.text in ("dự án", "công trình") and self.units[index - 1].text == "cho"
        return False

    def _granted(self, at: int) -> bool:
        """ "được phân bổ 5.113 tỷ đồng vốn đầu tư", "giải ngân 95% vốn", but not "sử dụng 10.000 tỷ đồng vốn"."""
        clause = self.units[self.clause(at) : at]
        if any(unit.kind in ("foreign", "use") for unit in clause):
            return False
        return all(unit.kind == "plain" for unit in clause) or any(
            unit.kind in ("plan", "executed", "target", "estimated", *ASSIGNERS)
            or "giải ngân" in unit.text
            or unit.kind == "reach"
            for unit in clause
        )


def _may_date(unit: Unit) -> bool:
    """Whether a word may stand between an opening number and its comma: "tính đến hết ngày 30/9", "so với cùng kỳ"."""
    return (
        unit.kind in ("plain", "period", "versus", "same_period", "last_year", "executed")
        or unit.plans
        or unit.area is not None
    )
