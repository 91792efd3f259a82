"""Reads one sentence: which quantity is said of which indicator, and by which words.

The words are walked from left to right with a subject in mind. An indicator sets it ("tổng thu ngân sách"),
a topic that is not the budget displaces it ("giá trị sản xuất"), and a quantity is said of it as long as
nothing else came between. What the sentence itself leaves open (phase, period, area) is left to composition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from thuchi.extract.lexing import Unit
from thuchi.extract.listing import Share, distributed
from thuchi.extract.measures import Reading, read_measure
from thuchi.extract.phases import Phases
from thuchi.extract.placing import gives, innermost, names_place
from thuchi.extract.sentence import Finding, Subject


@dataclass(slots=True)
class SentenceReader(Phases):
    """Reads the quantities of a sentence."""

    def read(self) -> list[Finding]:
        self.shares = distributed(self.units)
        for at, unit in enumerate(self.units):
            if unit.quantity is not None:
                self.found += self._quantity(at)
                self.last_quantity = at
            elif unit.lexemes:
                if unit.indicator is not None:
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

    def _quantity(self, at: int) -> Iterator[Finding]:
        share = self.shares.get(at)
        reading = read_measure(self.units, at) if share is None else read_measure(*share.as_if_alone(self.units, at))
        if reading is None:
            if self.units[at].measure == "VND":
                self._spends_on_one_end(at)
            return
        if share is not None:
            self._take(share)
        yield from self._findings(at, reading)
        self.last_end = reading.end

    def _take(self, share: Share) -> None:
        """ "thu nội địa và thu xuất nhập khẩu lần lượt đạt 61,9% và 59,8%"."""
        if self.subject is not None and not self.subject.code and self.subject.index > share.subject:
            return  # "số thuế mà doanh nghiệp này nộp lần lượt là …"
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
        if (
            self._is_supposed(at)
            or subject is None
            or not subject.code
            or self._is_allotted(at, reading)
            or not self._says_what(at, reading, subject, area)
        ):
            return
        subject = self._narrowed_after(at, subject)
        paid = self.before_this()
        if paid is not None and reading.measure == "amount" and self._whole_of_paid(at) is not None:
            subject = replace(subject, code=paid.subject.code)  # of a sector's, ministry's … capital
        phase, phase_unit = self._phase(at, reading, area)
        before = self.before_this()
        chained = before is not None and before.subject.index == subject.index and area is None
        start = self._quote_start(at, reading, subject, area, chained)
        end = max(reading.end, self.units[at].end)
        # "bằng 27% dự toán giao 4.500 tỷ đồng; trong đó …" goes on from what was reached, as if it were in brackets
        aside = self.outside is not None or (reading.measure == "amount" and self._plan_of_percent(at) is not None)
        finding = Finding(
            at, reading, subject, phase, phase_unit, self.before, chained, aside, self.last_end,
            start, end,
            self._revised(at), self._reached_after(at), area,
        )  # fmt: skip
        if not aside or self.outside is not None:
            self.before = len(self.found)
        if len(reading.bases) < 2:
            yield finding
            return
        for base in reading.bases:  # "đạt 254% dự toán cả Trung ương lẫn HĐND" is two figures
            yield replace(finding, reading=replace(reading, bases=(base,)))

    def _narrowed_after(self, at: int, subject: Subject) -> Subject:
        """ "ngân sách phải chi 30 tỷ đồng để trả nợ lãi": what follows the first number names the part."""
        following = self.units[at + 1] if at + 1 < len(self.units) else None
        if subject.code == "expenditure" and following is not None and following.text == "cho":
            return subject if self.units[subject.index].text.startswith("tổng") else replace(subject, code=_SPENT)
        lexeme = following.qualifier if following is not None else None
        if lexeme is None or lexeme.within != subject.code or self.last_quantity > subject.index:
            return subject
        self.subject = replace(subject, code=lexeme.code)
        return self.subject

    def _is_allotted(self, at: int, reading: Reading) -> bool:
        """ "đã phân bổ chi tiết 630 tỷ đồng (đạt 97%)": how much of the plan was parted out, not reached."""
        before = self.before_this()
        if reading.measure != "pct_of_plan" or before is None or before.phase != "plan" or before.phase_unit is None:
            return False
        if reading.verb in ("up", "down") and before.reading.measure != "pct_of_plan":
            return True  # "dự toán năm 2024 …, tăng 12% so với dự toán năm 2023" compares plans
        return (
            self.last_quantity == before.at
            and "phân bổ" in before.phase_unit.text
            and self.units[at - 1].kind in ("reach", "mark")
        )

    def _is_supposed(self, at: int) -> bool:
        """ "việc tăng thuế sẽ thu ngân sách hơn 16.000 tỷ", "có thể thu thêm": what a policy would bring."""
        kinds = self.units.kinds
        parted = "parts" in kinds and any(unit.kind == "parts" for unit in self.units[self.last_quantity + 1 : at])
        if (parted and 0 <= self.supposed == self.last_quantity) or self._would_be(at):
            self.supposed = at
            return True
        return False

    def _would_be(self, at: int) -> bool:
        begin = self.clause(at)
        clause = self.units[begin:at]
        supposed = "nếu" in self.units.words and any(unit.text == "nếu" for unit in self.units[:begin])
        aims = any(unit.kind in ("target", "estimated", "plan") for unit in self.units[:at]) if supposed else False
        if self.units[0].kind == "condition" and self.units[0].text.startswith("với "):
            return True  # "Với đề xuất này, Bộ dự kiến số thu thuế tài sản là 31.000 tỷ đồng"
        if supposed and not aims and any(map(_is_to_come, self.units[:at])):
            return True  # "Nếu đề án được thông qua, 10.000 người sẽ hưởng thêm, với tổng chi 720 tỷ đồng"
        meant = [
            unit
            for unit in self.units[self.last_quantity + 1 : at]
            if unit.kind in ("target", "estimated", "plan") or (unit.period and unit.text.startswith("ước"))
        ]
        if self.units[at - 1].text == "thêm" and all(unit.text.startswith("phải") for unit in meant):
            return True  # "ngân sách thu thêm 30 tỷ đồng", "còn phải thu thêm": a difference
        if meant or any(unit.text.startswith("dự toán") or unit.plans for unit in clause):
            return False
        dated = self.units.words.isdisjoint(("việc", "nếu")) and any(unit.period for unit in self.units[:at])
        if dated and any(unit.text == "sẽ" for unit in clause):
            return False  # "đến hết năm, số thu ngân sách sẽ đạt 23.000 tỷ đồng": a forecast
        return any(
            _is_to_come(unit) or (unit.text == "thể" and clause[index - 1].text == "có")
            for index, unit in enumerate(clause)
        )

    def _says_what(self, at: int, reading: Reading, subject: Subject, area: Unit | None) -> bool:
        """Whether a bare percentage can be one of the plan: "(42,2%)", "Quang Bình 68%", "tỷ lệ giải ngân 0%"."""
        if reading.measure == "pct_change_yoy" and subject.origin != "words" and reading.end == self.units[at].end:
            # "Năm tới, huyện phấn đấu tăng trưởng 14%": of the economy, in an article on the budget
            return not any(unit.start == reading.start and unit.text == "tăng trưởng" for unit in self.units[:at])
        if reading.measure != "pct_of_plan" or reading.of_plan_words:
            return True
        if subject.origin != "words" and self.units[at - 1].kind == "estimated":
            return False  # "Năm nay thành phố đặt mục tiêu 8,5%, ước đạt 8,2%": growth, in an article on the budget
        if self._rates_a_count(at):
            return False
        if area is not None or subject.index > at:
            return True
        if reading.verb and self.units[at].start != reading.start and not self._is_bare_rate(reading):
            return True
        if self._listed_by_plan(at, subject):
            return True
        if self.units[at - 1].text == "được" and self.units[at - 2].text in _SO_FAR:
            return True  # "thu ngân sách mới được 23,6%"
        return subject.family == "public_investment" or self.units[at - 1].text == "(" or at in self.shares

    def _rates_a_count(self, at: int) -> bool:
        """ "số hộ chuyển từ thuế khoán sang kê khai là 2.914 hộ, đạt 98,7%"."""
        comma = at - 1
        while comma > 1 and self.units[comma].kind in ("reach", "plain"):
            comma -= 1
        counted = self.units[max(comma - 2, 0)].text.replace(".", "").isdigit()
        return self.units[comma].text == "," and counted and self.units[comma - 1].kind in ("word", "foreign")

    def _listed_by_plan(self, at: int, subject: Subject) -> bool:
        """ "doanh nghiệp nhà nước đạt 85% dự toán, khối dân doanh 87%, dầu thô 92%"."""
        before = self.before_this()
        if before is None or before.reading.measure != "pct_of_plan":
            return False
        since = self.units[before.at + 1 : at]
        if before.reading.of_plan_words and any(unit.period is not None for unit in since):
            # "năm 2018 đạt 48,6% dự toán, năm 2019 là 47,9%"
            return all(unit.kind in ("plain", "mark", "period", "plan_word", "to_level") for unit in since)
        if not before.at < subject.index < at:
            return False
        if any(unit.text not in ("là", "mới", "chỉ", "cũng", "ước đạt") for unit in self.units[subject.index + 1 : at]):
            return False  # but "…, còn khu vực ngoài quốc doanh là 58,1%"
        rated = any(found.reading.of_plan_words or found.reading.verb == "reach" for found in self.found)
        return rated and subject.family == before.subject.family

    def _is_bare_rate(self, reading: Reading) -> bool:
        """ "thu dầu thô 49.580 tỷ đồng, tỷ lệ 3,8%" is a share."""
        return any(unit.start == reading.start and unit.text in ("tỷ lệ", "tỉ lệ", "mức") for unit in self.units)

    def _listed_area(self, at: int) -> Unit | None:
        """The area that a number is listed for: "Mỹ Tú (78,4%)", "Hà Nội thu hơn 276 nghìn tỷ", "của cả nước"."""
        unknown = 0
        for index in range(at - 1, max(at - 12, -1), -1):
            unit = self.units[index]
            if unit.quantity is not None or unit.text in (";", ")"):
                return None
            if unit.area is not None:
                index = innermost(self.units, index)
                unit = self.units[index]
                if self._collects_there(index, at) and not self._named_in_subject(index):
                    return unit
                if not names_place(unit) or not self._is_actor(index) or self._named_in_subject(index):
                    return None
                return unit
            if unit.text == "," and index != at - 1 and not self._comma_in_listing(index, at):
                return None
            unknown += unit.kind == "word"
            if unknown > 1 or unit.kind in ("foreign",):
                return None
            lexeme = unit.indicator
            if lexeme is not None and lexeme.strength != "weak":
                return None
        return None

    def _collects_there(self, index: int, at: int) -> bool:
        """ "Dẫn đầu là Cục Hải quan Hải Phòng với 63.120 tỷ đồng": of the place whose revenue it collects."""
        office = self.units[index - 1] if index else None
        if office is None or not (index == at - 1 or (index == at - 2 and self.units[at - 1].text == "với")):
            return False
        customs = index > 1 and office.text == "quan" and self.units[index - 2].text == "hải"  # "Hải quan Hải Phòng …"
        if not customs and not (office.kind == "budget" and office.text.endswith(("thuế", "hải quan"))):
            return False
        before = self.units[index - 2 - customs] if index > 1 + customs else None
        return before is None or (
            before.kind in ("plain", "neutral", "mark", "parts") and before.text not in ("theo", "của", "cho")
        )

    def _named_in_subject(self, index: int) -> bool:
        """ "tổng thu ngân sách của thành phố", "vốn đầu tư công trên địa bàn thành phố": no list."""
        subject = self.subject
        return (
            subject is not None
            and subject.code != ""
            and subject.origin == "words"
            and subject.strength != "weak"
            and self.clause(index) <= subject.index < index
            and self.last_quantity < subject.index
            and self.units[index - 1].text not in ("là", "gồm", "như")  # "… thu ngân sách thấp là Đồng Xoài 31%"
        )

    def _comma_in_listing(self, index: int, at: int) -> bool:
        """ "thành phố Sơn La thấp nhất, 86,2%", "huyện Trạm Tấu thấp nhất, mới đạt 13,9%"."""
        ranked = index + 1 == at or self.units[index - 1].text == "nhất"
        return ranked and all(
            unit.kind == "reach" or unit.text in _BARELY | {"với"} for unit in self.units[index + 1 : at]
        )

    def _is_actor(self, index: int) -> bool:
        """Whether an area stands for itself: not "từ ngân sách tỉnh", "theo báo cáo của huyện", "được tỉnh giao"."""
        before = self.units[index - 1] if index else None
        if gives(self.units, index):
            return False
        if before is None:
            return True
        if before.text == "sách":
            return False  # "dự toán ngân sách Đà Nẵng năm 2021 được thông qua với tổng thu …"
        if before.text in ("của", "theo", "từ", "tại", "ở", "cho", "về", "với"):
            return any(unit.kind in ("overall", "average", "reach") for unit in self.units[max(index - 3, 0) : index])
        return before.indicator is None and not before.plans  # "31% dự toán tỉnh và 28% dự toán huyện giao"

    def _reached_after(self, at: int) -> bool:
        following = [unit for unit in self.units[at + 1 : at + 4] if unit.text not in (",", "(")]
        if following and following[0].text == "/":
            return True  # "- Chi ngân sách: 64,1 tỷ đồng/KH 110 tỷ đồng", after an item that ends in its plan
        return len(following) > 1 and following[0].kind == "reach" and following[1].measure == "PT"

    def _revised(self, at: int) -> bool:
        following = self.units[at + 1 : at + 3]
        return len(following) == 2 and following[0].kind == "to_level" and following[1].quantity is not None

    def _quote_start(self, at: int, reading: Reading, subject: Subject, area: Unit | None, chained: bool) -> int:
        """The shortest piece: from the subject for its first number, from the verb for those that follow."""
        quantity = self.units[at]
        start = min(reading.start, quantity.start)
        if area is not None:
            return min(area.start, start)
        if reading.measure == "amount" and not chained and subject.origin == "words" and subject.index < at:
            return min(subject.start, start)
        return start


_BARELY = frozenset({"mới", "chỉ", "mới chỉ", "cũng", "với"})
_SO_FAR = _BARELY | {"đi", "vừa", "đã"}
_SPENT = "expenditure.item"
"""What is spent on one end: "ngân sách chi 1.000 tỷ đồng cho trợ giá xe buýt"."""


def _is_to_come(unit: Unit) -> bool:
    return unit.text == "sẽ" or (unit.indicator is not None and " sẽ " in unit.text)
