"""Which subject a quantity is said of: the one before it, one right after it, or the paragraph's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from thuchi.extract.allotment import Allotment
from thuchi.extract.lexing import Unit
from thuchi.extract.measures import Reading
from thuchi.extract.sentence import ASSIGNERS, BOUNDARIES, GAP, GAP_AFTER_NUMBER, GAP_OTHER_CLAUSE, Subject, is_several
from thuchi.extract.spending import spent


@dataclass(slots=True)
class Attachment(Allotment):
    """Attaches quantities to subjects."""

    def _subject_of(self, at: int, reading: Reading, area: Unit | None) -> Subject | None:
        if reading.measure == "amount" and self._spends_on_one_end(at):
            return self.subject
        subject = self._raised(at, reading) or self._spoken_of(at, reading, area) or self._placed(at, reading)
        return self._narrowed_by_sector(at, reading, subject) if subject is not None else None

    def _spoken_of(self, at: int, reading: Reading, area: Unit | None) -> Subject | None:
        following = self._named_after(at, reading)
        subject = self._listed_investor(at) or self.subject
        counted = following is not None and reading.measure == "pct_of_plan" and area is None
        if counted and any(_counts_units(self.units, index) for index in range(self.clause(at), at)):
            self.subject = following
            return None  # "có 3 huyện đạt trên 80% dự toán thu ngân sách là Đại Lộc (85%), Điện Bàn (82%) …"
        if following is not None and self._yields_to(subject, following, at):
            self.served = following.index
            self.subject = following
            return following
        if subject is not None and not subject.code:
            listed = area is not None and self._of_an_investor(subject)  # "Bộ Y tế (12,6%), Tiền Giang (81,7%)"
            return self._elliptical(at, reading, area) if listed or self._assigned(at, subject) else None
        if subject is not None and area is None and self._of_unnamed(at, reading, subject):
            return None
        if subject is not None and area is not None and self._after_an_investor(subject):
            subject = replace(subject, code=self.speech.main("public_investment"))
        if subject is not None and (self._reaches(subject, at) or area is not None):
            return None if self._belongs_elsewhere(at, subject) else subject
        if subject is None and not self.foreign_seen:
            unnamed = area is None and reading.measure != "amount" and self._of_some(at)
            return None if unnamed else self._elliptical(at, reading, area)
        return None

    def _raised(self, at: int, reading: Reading) -> Subject | None:
        """ "phấn đấu tăng thu ngân sách từ 12% trở lên so với dự toán": 112% of the plan of revenue."""
        if reading.measure != "pct_of_plan" or reading.verb != "up":
            return None
        index = next((i for i in range(at - 1, max(at - 5, -1), -1) if self.units[i].text == "tăng thu"), -1)
        if index < 0:
            return None
        unit = self.units[index]
        return Subject(self.speech.main("revenue"), index, unit.start, unit.end)

    def _spends_on_one_end(self, at: int) -> bool:
        """Whether the words say that the sum goes to one purpose; it is the subject from then on, also of "…, riêng năm
        2013 là 1.300 tỷ đồng" after "mỗi năm ngân sách chi 1.000 tỷ đồng để trợ giá"."""
        if (
            self.subject is not None
            and self.subject.code == "revenue.transfer"
            and self.last_quantity < self.subject.index
        ):
            return False  # "Trung ương cấp bổ sung cho tỉnh 53 tỷ đồng để chống hạn"
        of_capital = self.speech.spoken("public_investment") and not self.speech.spoken("expenditure")
        of_capital = of_capital or self.speech.on_a_project("public_investment")
        money = spent(self.units, at, self.speech.of_budget, of_capital)
        if money is None:
            return False
        index, code = money
        unit = self.units[index]
        self.subject = Subject(code, index, unit.start, unit.end)
        self.spent_at = at
        return True

    def _of_some(self, at: int) -> bool:
        """ "Một số địa phương đạt trên 70% như Tiền Giang (81,7%)": of units without a name."""
        return "plural" in self.units.kinds and any(u.kind == "plural" for u in self.units[self.clause(at) : at])

    def _listed_investor(self, at: int) -> Subject | None:
        """ "giải ngân thấp là Hội Nông dân (4 %), Bộ Tư pháp 5 %"."""
        bracketed = self.units[at - 1].text == "("
        index = max(at - 2 if bracketed else at - 1, 0)
        while index and not bracketed and self.units[index].kind in ("plain", "reach"):
            index -= 1  # "Bộ Tư pháp vỏn vẹn 4,8%", "… mới đạt 5%"
        unit = self.units[index]
        if self.units[at].measure != "PT" or not self._on_investment(at):
            return None
        named = unit.foreign is not None and unit.foreign.code == "investor"
        if not named and not (bracketed and unit.area is None and self._among_bodies(at)):
            return None
        return Subject("public_investment.item", index, unit.start, unit.end, "part")

    def _after_an_investor(self, subject: Subject) -> bool:
        """ "Ban Quản lý dự án giao thông đạt 57%; huyện Thạnh Phú 68%": a unit's own rate among those of investors."""
        if subject.code != "public_investment.item" or subject.index > self.last_quantity:
            return False
        named = (unit for unit in reversed(self.units[: subject.index + 1]) if unit.indicator is not None)
        part = next((unit for unit in named if unit.indicator and unit.indicator.strength != "weak"), None)
        return part is not None and part.indicator is not None and part.indicator.invests

    def _on_investment(self, at: int) -> bool:
        if self.speech.recent("public_investment") or self.speech.carried.startswith("public_investment"):
            return True
        named = (unit.indicator for unit in self.units[:at])
        return any(lexeme is not None and lexeme.family == "public_investment" for lexeme in named)

    def _among_bodies(self, at: int) -> bool:
        """ "các bộ, ngành giải ngân thấp gồm: Hội Nông dân (4%), Y tế (16%)": a list of ministries."""
        kinds = [unit.kind for unit in self.units[:at]]
        listed = self.units[kinds.index("plural") : at] if "plural" in kinds else []
        return (
            bool(listed)
            and listed[0].text.endswith(("ngành", "cơ quan", "trung ương", "chủ đầu tư", "đơn vị"))
            and any(unit.text in (":", "gồm", "như") for unit in listed)
        )

    def _yields_to(self, subject: Subject | None, following: Subject, at: int) -> bool:
        """Whether the words after a number name its subject better than those before it: "thu nộp ngân sách 8.036 tỷ
        đồng từ hoạt động xuất nhập khẩu"."""
        if subject is None or not subject.code or subject.strength == "weak" or not self._reaches(subject, at):
            return True
        if subject.index == self.served and self.last_quantity < subject.index and self.units[at].measure == "VND":
            return True  # "91 tỷ đồng thu từ đất, cùng 22 tỷ đồng thu từ xổ số": each before its own
        if following.family == "expenditure" and 0 <= self.spent_at == self.last_quantity:
            return True  # "rót 86 tỷ đồng cho đầu tư phát triển, 120 tỷ đồng cho chi thường xuyên"
        if following.family == subject.family and self.units[max(subject.index, 0)].text in ("dành", "chi", "đã chi"):
            return True  # "dành 42 tỷ đồng cho đầu tư phát triển"
        return subject.code == following.family

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

    def _of_unnamed(self, at: int, reading: Reading, subject: Subject) -> bool:
        """ "5/14 xã thu chưa đạt 60% nhiệm vụ", "Nhiều địa phương giải ngân trên 65%": of units without a name."""
        clause = self.clause(at)
        if reading.measure == "amount":  # "có 2 cục hải quan thu trên 9.000 tỷ đồng" only bounds
            quantity = self.units[at].quantity
            bounds = quantity is not None and quantity.approx != "exact"
            return bounds and any(_counts_units(self.units, index) for index in range(clause, at))
        kinds = self.units.kinds
        asked = "yêu cầu" in self.units.words and any(unit.text == "yêu cầu" for unit in self.units[:at])
        if asked and self.units[at].text.startswith("dưới"):
            return True  # "yêu cầu các chủ đầu tư giải ngân dưới 50% kiểm điểm"
        if asked or ("target" in kinds and any(unit.kind == "target" for unit in self.units[:at])):
            return False  # "yêu cầu các đơn vị phấn đấu giải ngân 95%": the goal is the unit's
        if "plural" in kinds and any(u.kind == "plural" for u in self.units[clause : max(subject.index, clause)]):
            return True
        if self.units[clause].text == "nơi":  # "Giải ngân: nơi hơn 80%, nơi chưa được 25%"
            return True
        told = self.clause(clause - 1) if clause and self.units[clause - 1].text == "(" else clause
        if any(_counts_units(self.units, index) for index in range(max(told - 5, self.last_quantity + 1, 0), at)):
            return True  # "41/63 địa phương thu đảm bảo tiến độ (đạt trên 92%)" too
        return subject.strength == "weak" and any(unit.kind in ("plural", "below") for unit in self.units[clause:at])

    def _assigned(self, at: int, subject: Subject) -> bool:
        """ "do chính sách của nước bạn khó lường, chỉ tiêu Bộ Tài chính giao cho đơn vị là 5.200 tỷ đồng"."""
        clause = self.clause(at)
        return subject.index < clause and any(u.kind in ASSIGNERS for u in self.units[clause:at])

    def _belongs_elsewhere(self, at: int, subject: Subject) -> bool:
        """ "giải ngân 1.126 tỷ đồng theo gói hỗ trợ lãi suất": words after the number take it away."""
        if subject.code == "expenditure" and self._spends(at, subject):
            return True
        if self.spent_at >= 0 and self.units[at - 1].kind == "excluding":
            return True  # "chi 211 tỷ đồng hỗ trợ người dân, chưa kể 27 tỷ đồng do Mặt trận vận động"
        if subject.family == "public_investment" and self.units[at].measure == "VND" and self._serves_one_end(at):
            return True
        reach, before = (8 if subject.strength == "weak" else 1), ""
        for unit in self.units[at + 1 : at + 1 + reach]:
            if unit.text in BOUNDARIES or unit.text == "thì" or unit.quantity is not None:
                return False
            if unit.kind == "foreign":  # but "đã thanh toán 25 tỷ đồng cho 44 công trình" is of works as a whole
                return not (is_several(before) and unit.foreign is not None and unit.foreign.code == "works")
            before = unit.text
            if subject.strength != "weak" and unit.kind not in ("plain",):
                return False
        return False

    def _spends(self, at: int, subject: Subject) -> bool:
        """ "chi ngân sách 2.300 tỷ đồng xây dựng 5 bến xe": a deed, not the total of a report."""
        if subject.index < 0 or self.units[max(subject.index, 0)].text.startswith("tổng"):
            return False
        following = self.units[at + 1] if at + 1 < len(self.units) else None
        if following is None or following.text == "và":
            return False
        if following.text == "cho":  # "chi 1.000 tỷ đồng cho trợ giá xe buýt" is a part, "… cho dự án" is none
            return any(
                unit.foreign and unit.foreign.code in ("works", "control") for unit in self.units[at + 2 : at + 5]
            )
        return following.kind in ("word", "foreign", "neutral") or following.text == "để"

    def _elliptical(self, at: int, reading: Reading, area: Unit | None) -> Subject | None:
        """A sentence without a subject of its own goes on about the paragraph's: "Đến nay đạt 98% dự toán"."""
        if self._rates_on(at, reading):
            unit = self.units[at]
            self.subject = Subject(self.speech.rate, at, unit.start, unit.end, "strong", "earlier")
            return self.subject
        if any(unit.text.startswith("tăng trưởng") for unit in self.units[:at]):
            return None  # "Huyện đặt mục tiêu tăng trưởng 8%, đến nay ước đạt 7,2%": of the economy
        clause = self.clause(at - 1 if at and self.units[at - 1].text == "(" else at)
        assigned = bool(reading.bases) or any(u.kind in ASSIGNERS for u in self.units[clause:at])
        if reading.measure == "amount":
            assigned = assigned or any(_is_given(one, two) for one, two in pairwise(self.units[clause:at]))
        # "ấn định ba mốc phải đạt trong năm: hết quý II từ 40% trở lên; …"
        deadline = any(u.kind == "target" for u in self.units[:at]) and any(u.period for u in self.units[clause:at])
        frame = self.speech.carried if area is not None or assigned or deadline else self.speech.frame
        if any(_collects(unit) and self.units[index - 1].text != "nguồn" for index, unit in enumerate(self.units[:at])):
            frame = self.speech.main("revenue")  # "Cục Hải quan được giao chỉ tiêu 1.080 tỷ đồng"
        if reading.measure == "amount" and any(unit.kind == "capital" for unit in self.units[:clause]):
            frame = self.speech.main("public_investment")  # "Về đầu tư công, huyện được giao 46 tỷ đồng"
        begun = self.units if self.units[0].kind == "versus" else self.units[:at]  # "Nếu so với …, con số trên …"
        anaphors = (unit for unit in begun if unit.kind == "anaphor")
        # "với tỷ lệ này, để thu đủ 376 tỷ đồng" points to a percentage
        anaphor = next((u for u in anaphors if reading.measure != "amount" or not u.text.startswith("tỷ lệ")), None)
        goes_on = reading.measure == "amount" and area is None and self._goes_on_by_time(at)
        if goes_on or (area is not None and self.speech.just == "revenue"):
            frame = self.speech.just
        if area is not None and frame == "public_investment.item" and self._turns_to_places(at):
            frame = self.speech.main("public_investment")
        frame = frame or (self.speech.last if anaphor is not None else "")  # "Cùng kỳ năm ngoái, tỷ lệ này là 46%"
        on_topic = self.speech.topic != "" and self._tells_no_more(at)
        if on_topic:
            frame = self.speech.topic
        if not frame or self._names_something(at + 1):
            return None
        if reading.measure == "amount" and frame.startswith("public_investment") and self._serves_one_end(at):
            return None
        window = self.units[clause:at]
        unit = self.units[at]
        if area is None:
            supposing = self.units[0].kind == "condition"  # "Nếu không có gì đột biến, cả năm sẽ vượt 8%"
            by_report = self.units[0].text == "theo"  # "Theo báo cáo của UBND huyện, ước thực hiện cả năm là …"
            planned = self.units[clause].plans  # "Ở Đồng Nai, nơi vừa hợp nhất, kế hoạch năm 2025 là 34.100 tỷ đồng"
            if self.unknown(clause if assigned or deadline or supposing or by_report or planned else 0, at) > 2:
                return None
            if anaphor is not None and self.speech.last:
                return Subject(self.speech.last, -1, anaphor.start, anaphor.end, "weak", "earlier")
            planned = any(u.plans or u.kind in ("plan", *ASSIGNERS) or u.text == "chỉ tiêu phấn đấu" for u in window)
            told = reading.verb == "reach" or _sums_up(self.units[:at])
            going_on = planned or goes_on or on_topic
            if reading.measure == "amount" and not going_on and (not told or "." in frame):
                return None
            over = reading.measure == "pct_of_plan" and reading.verb == "exceed"  # "dự báo cả năm sẽ vượt chừng 8%"
            given = over or reading.of_plan_words or reading.bases or deadline or on_topic
            if reading.measure != "amount" and not given:
                return None
        self.subject = Subject(frame, at, unit.start, unit.end, "strong", "earlier")
        return self.subject

    def _tells_no_more(self, at: int) -> bool:
        """ "Thu ngân sách của huyện gặp khó. Đến ngày 30/11 mới được 210 tỷ đồng, đạt 60% dự toán": nothing but a time
        and what was planned or reached stands before the number."""
        kinds = ("plain", "period", "mark", "reach", "goes_on", "executed", "estimated", "plan", "quantity", *ASSIGNERS)
        before = self.units[:at]
        said = any(unit.period is not None or unit.plans or unit.kind in ("executed", "estimated") for unit in before)
        return said and all(unit.kind in kinds or unit.plans or unit.area is not None for unit in before)

    def _goes_on_by_time(self, at: int) -> bool:
        """ "Riêng 9 tháng đầu năm nay là 30 tỷ đồng", after "… năm 2015 là 40 tỷ đồng": a time and a sum, no more."""
        skipped = ("plain", "mark", "reach", "parts", "goes_on")
        words = [unit for unit in self.units[:at] if unit.kind not in skipped and unit.text not in ("còn", "chỉ còn")]
        dated = len(words) == 1 and words[0].period is not None and words[0].period.kind != "day"
        said = at > 0 and (self.units[at - 1].kind == "reach" or self.units[at - 1].text in ("là", "được", "còn"))
        return dated and said and self.speech.just.split(".", 1)[0] in ("revenue", "expenditure")

    def _turns_to_places(self, at: int) -> bool:
        """ "Bộ Công an 58,8%. Ở khối địa phương, dẫn đầu là Vĩnh Long với 74,8%": from ministries to provinces."""
        if any(unit.text.startswith("khối ") and unit.text.endswith("địa phương") for unit in self.units[:at]):
            return True
        return any(one.text == "địa" and two.text == "phương" for one, two in pairwise(self.units[:at]))

    def _rates_on(self, at: int, reading: Reading) -> bool:
        """ "Năm 2016 chỉ được 81%, năm 2017 được 54,7%", after a sentence on how capital is disbursed: the rates of the
        years, with no other word beside them."""
        if not self.speech.rate or reading.measure != "pct_of_plan" or reading.verb not in ("", "reach"):
            return False
        before = self.units[:at]
        return any(unit.period is not None for unit in before) and all(
            unit.kind in ("plain", "period", "mark", "reach", "parts", "goes_on", "executed") for unit in before
        )

    def _names_something(self, index: int) -> bool:
        """ "hoàn thành 100% chỉ tiêu diễn tập cấp xã": a plan of something else."""
        for unit in self.units[index : index + 4]:
            if unit.text in ("do", "nhờ", "vì", "bởi"):
                return False  # "mới được 4,1% kế hoạch năm do hạ tầng chưa xong": why
            if unit.kind == "word" or unit.kind == "foreign":
                return True
            if not (unit.kind == "plain" or unit.plans or unit.kind in ASSIGNERS):
                return False
        return False


def _is_given(one: Unit, two: Unit) -> bool:
    """ "dự toán năm 2018 giao cho cơ quan thuế là 283 tỷ đồng"."""
    return two.text in ("giao", "được giao") and (one.period is not None or one.text.startswith("dự toán"))


def _sums_up(before: Sequence[Unit]) -> bool:
    """ "Lũy kế từ đầu năm là 612 tỷ đồng", "Tính chung 9 tháng ước thực hiện 845 tỷ đồng": of a longer time."""
    dated = any(unit.period is not None for unit in before)
    return dated and any(
        unit.text.startswith("lũy kế") or unit.text.endswith(("thực hiện", "thực hiện được")) for unit in before
    )


def _collects(unit: Unit) -> bool:
    """ "Cục Hải quan được giao chỉ tiêu …", "giảm thu 9.400 tỷ đồng, chỉ đạt 50.100 tỷ đồng"."""
    if unit.kind == "budget":
        return unit.text.endswith(("thuế", "hải quan"))
    return unit.kind in ("up", "down", "short") and unit.text.endswith(" thu")


_COUNTED = frozenset({"bộ", "cục", "địa", "đơn", "huyện", "xã", "phường", "tỉnh", "dự", "khoản", "sở", "chủ"})


def _counts_units(units: Sequence[Unit], index: int) -> bool:
    """ "20 địa phương có tỷ lệ giải ngân trên 25%", "5/14 xã"."""
    following = units[index + 1].text.split()[0] if index + 1 < len(units) else ""
    return units[index].text.isdigit() and following in _COUNTED
