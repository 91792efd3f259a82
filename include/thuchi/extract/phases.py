"""The phase that a sentence's own words give a number: plan, target, estimated or executed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from thuchi.extract.attachment import Attachment
from thuchi.extract.lexing import Unit
from thuchi.extract.measures import Reading
from thuchi.extract.sentence import ASSIGNERS
from thuchi.extract.uncounted import SAME_AS
from thuchi.model import Phase

_SETS_GOALS = frozenset({"phấn đấu", "đặt mục tiêu", "đề ra mục tiêu", "xác định mục tiêu", "đặt ra"})
_ASSIGNED = ("giao", "thông qua", "quyết định", "quyết nghị", "phê chuẩn")


_CUES = frozenset({"mới", "sắp", "được", "sẽ", "để"})
"""Words that are no cue of the vocabulary, but tell a phase by what follows them."""


@dataclass(slots=True)
class Phases(Attachment):
    """Decides the phase of a number as far as its sentence says it."""

    def _phase(self, at: int, reading: Reading, area: Unit | None) -> tuple[Phase | None, Unit | None]:
        """The phase that words of the sentence give this number, or null where they leave it open."""
        begin = self.last_quantity + 1
        governed = self._governed_from(at)
        cues: list[tuple[Phase, Unit]] = []
        versus = False
        since = max(self.last_end, governed)
        for index in range(begin, at):
            unit = self.units[index]
            # "đạt 97,8% dự toán; gồm …" is of the number before, "hoàn thành dự toán là TX Đông Hòa" of the list
            if unit.start < since or (area is not None and unit.start < area.start and unit.plans):
                continue
            if unit.kind == "versus":
                versus = True
            elif unit.text in (",", ";"):
                versus = False
            elif versus or (unit.plans and self._is_exceeded(index)):
                continue  # "thu ngân sách vượt dự toán, lên tới 380 tỷ đồng": what was reached
            if unit.text.startswith("đã ") and unit.indicator is not None:  # "chi lương thì phải bảo đảm, đã chi 9 tỷ"
                cues = [(phase, cue) for phase, cue in cues if phase != "target"]
            if unit.lexemes or unit.period is not None or unit.text in _CUES:
                cues += self._phase_cues(index)
        amount = reading.measure == "amount"
        planned = (self._plan_of_percent(at) or self._plan_amount(at)) if amount else None
        if planned is not None:
            return "target" if planned.kind == "target" else "plan", planned
        if amount and self._restates_percent(at):
            told, by = self._phase_before(reading)
            return told or "executed", by
        paid = self._paid_after(at) if amount else None
        if paid is not None:
            return "executed", paid
        if self.units[at].text.startswith("ước"):  # "ước khoảng 1.432 tỷ đồng": the approximation says so
            return "estimated", self.units[at]
        if amount and self.units[at].text.startswith("chưa") and self.units[at - 1].indicator is not None:
            return "executed", self.units[at]  # "được giao 900 tỷ đồng, thu chưa tới 70 tỷ đồng"
        if reading.verb == "reach" or any(phase == "executed" for phase, _ in cues):  # "… nhiệm vụ thu đạt 9 tỷ đồng"
            cues = [(phase, unit) for phase, unit in cues if not unit.text.startswith("nhiệm vụ")]
        assigned = next((unit for phase, unit in cues if phase == "plan"), None) if amount else None
        if assigned is not None and any(p == "target" and u.text.startswith("phải") for p, u in cues):
            return "plan", assigned  # "theo chỉ tiêu được giao, cục phải thu 900 tỷ đồng"
        if assigned is not None and any(unit.text == "dự kiến" for _, unit in cues):
            return "plan", assigned  # "ngành y tế dự kiến được cân đối 12.500 tỷ đồng": a plan that is drafted
        submitted = next((unit for phase, unit in cues if phase == "plan" and "phương án" in unit.text), None)
        if submitted is not None and amount and all(phase != "target" for phase, _ in cues):
            return "plan", submitted  # "phương án ngân sách trình Quốc hội dự kiến thu 900 tỷ đồng"
        for wanted in ("target", "estimated"):
            for phase, unit in reversed(cues):
                if phase == wanted:
                    return phase, unit
        if cues and self._still_a_target(at, cues):
            return self._phase_before(reading)
        by_deeds = reading.measure == "pct_of_plan" and all(unit.indicator is not None for _, unit in cues)
        if by_deeds and (asked := self._demanded(at)) is not None:
            return "target", asked
        goals = not self._past_the_goal(at)
        if goals and cues and all(unit.indicator is not None and not unit.text.startswith("đã") for _, unit in cues):
            goal, by = self._among_goals(at)  # "phấn đấu tăng trưởng trên 10%, giải ngân 100% vốn đầu tư công"
            if goal is not None:
                return goal, by
        if cues:
            phase, unit = cues[-1]
            if amount or phase != "plan":
                return phase, unit
        told, by = self._phase_before(reading)
        if told == "target" and self._past_the_goal(at):
            return "executed", None
        return (told, by) if told is not None else self._among_goals(at)

    def _demanded(self, at: int) -> Unit | None:
        """ "tỉnh yêu cầu hết quý I giải ngân đạt ít nhất 12%, hết quý II đạt 40%": what those in charge are told to
        reach; but "chậm so với yêu cầu", "theo yêu cầu" ask for nothing."""
        if "yêu cầu" not in self.units.words:
            return None
        index = next(i for i, unit in enumerate(self.units) if unit.text == "yêu cầu")
        quantity = self.units[at].quantity
        bounds = quantity is not None and quantity.approx == "below"  # "yêu cầu nơi giải ngân dưới 50% giải trình"
        noun = index and self.units[index - 1].text in ("theo", "với", "so với", "đạt", "được", "các", "những", "của")
        if index >= at or bounds or noun or self.units[at].measure != "PT":
            return None
        told = any(unit.period is not None for unit in self.units[index:at])
        done = any(unit.text.startswith(("đã", "mới", "hiện", "chưa")) for unit in self.units[index:at])
        return self.units[index] if told and not done else None

    def _among_goals(self, at: int) -> tuple[Phase | None, Unit | None]:
        """ "Năm tới, huyện phấn đấu tăng trưởng 14%, sản lượng thủy sản 125.000 tấn, thu ngân sách 58 tỷ đồng": one of
        several goals, of which the first are no budget's."""
        if "target" not in self.units.kinds:
            return None, None
        goal = next((i for i, unit in enumerate(self.units[:at]) if unit.text in _SETS_GOALS), at)
        between = self.units[goal:at]
        listed = any(unit.quantity is not None or unit.text[0].isdigit() for unit in between)
        if not listed or any(unit.kind in ("executed", "estimated", "plan", "exceed") for unit in between):
            return None, None
        return "target", self.units[goal]

    def _governed_from(self, at: int) -> int:
        """Where the clauses begin whose cues govern the number: its own, its subject's, and a short one before it
        ("Dự kiến cả năm, thu trên địa bàn ước …"); what a longer clause says is of something else."""
        subject = self.subject
        clause = self.clause(at if subject is None else min(max(subject.index, 0), at))
        while clause > 0:
            before = self.clause(clause - 1)
            if self.unknown(before, clause - 1) > 2 or self.units[clause - 1].text == ";":
                break
            clause = before
        return self.units[clause].start

    def _still_a_target(self, at: int, cues: Sequence[tuple[Phase, Unit]]) -> bool:
        """ "phấn đấu cả năm thu 8.500 tỷ đồng và giải ngân đạt 100% vốn": both are goals."""
        before = self.before_this()
        if before is None or before.phase != "target":
            return False
        if self._past_the_goal(at):
            return False
        return all(phase == "executed" and not unit.text.startswith("đã") for phase, unit in cues)

    def _past_the_goal(self, at: int) -> bool:
        """What was done so far: "phải giải ngân 90 tỷ đồng, nhưng đạt 17%", "phấn đấu thu 9.000 tỷ đồng; 9 tháng mới
        thu được 6.300"."""
        since = self.last_quantity + 1
        for unit, following in pairwise(self.units[since : at + 1]):
            so_far = unit.text in ("mới", "chỉ") and _is_deed(following)
            if unit.text in ("nhưng", "song") or so_far or (unit.period is not None and unit.period.to_now):
                return True
        return False

    def _phase_cues(self, index: int) -> list[tuple[Phase, Unit]]:
        unit = self.units[index]
        if unit.text == "cân đối" and index and self.units[index - 1].indicator is not None:
            return []  # "trong đó thu cân đối 790 tỷ đồng": what is collected, not what is given
        collected = self.subject is not None and self.subject.family == "revenue"
        if unit.text == "cân đối" and self.units[index + 1].text == "từ" and collected:
            return []  # "dầu thô 68 tỷ đồng, cân đối từ xuất nhập khẩu 133 tỷ đồng": likewise
        if unit.kind in ("target", "estimated", "plan", "executed"):
            return [(unit.kind, unit)]  # type: ignore[list-item]
        said = unit.period is not None or unit.indicator is not None
        if said and (unit.text.startswith(("ước", "dự kiến")) or " ước " in unit.text):
            return [("estimated", unit)]  # "ước đến 31/12", "ước thu 4 tháng", "ngân sách nhà nước ước chi"
        if unit.text == "mới" and index + 1 < len(self.units) and _is_deed(self.units[index + 1]):
            return [("executed", unit)]  # "mới giải ngân", "mới đạt"
        if unit.text == "nhiệm vụ" and index and self.units[index - 1].text in ("các", "những"):
            return []  # "tổng chi cho các nhiệm vụ môi trường": what is done, no plan
        if unit.text == "để" and self.units[index + 1].period is not None:
            return [("target", unit)]  # "đôn đốc chủ đầu tư để cả năm giải ngân đạt 95%"
        if unit.text == "được" and self._came_in(index):
            return [("executed", unit)]
        if unit.text == "sẽ" and self.units[index + 1].kind in ("reach", "exceed", "short"):
            return [("estimated", unit)]  # "đến hết năm, số thu sẽ đạt 23.000 tỷ đồng"
        if unit.text == "sắp":
            return [("plan", unit)]  # "thành phố sắp chi 3.200 tỷ đồng"
        if self._is_carried_out(index):
            return []
        if unit.indicator is not None:
            if (
                _is_payment(unit)
                or unit.text.startswith("thu được")
                or "đầu tư thực hiện" in unit.text  # "vốn đầu tư thực hiện từ ngân sách", as statistics call it
                or "quyết toán" in unit.text
            ):
                return [("executed", unit)]
            if unit.text.startswith(("dự toán", "kế hoạch", "chỉ tiêu", "tổng kế hoạch", "tổng dự toán")):
                return [("plan", unit)]
            if unit.text.startswith("nhiệm vụ") and self.subject is not None and self.subject.index == index:
                return [("plan", unit)]  # "Nhiệm vụ thu năm 2023 là …", not "Về nhiệm vụ chi, tổng chi …"
        if unit.plans or (unit.kind in ASSIGNERS and unit.text.endswith(_ASSIGNED)):
            # "được trung ương giao thu 376.000 tỷ đồng", "Quốc hội quyết định tổng thu năm 2015 là 911.100 tỷ đồng"
            return [("plan", unit)]
        return []

    def _came_in(self, index: int) -> bool:
        """ "thu từ dầu thô được xấp xỉ 14,9 nghìn tỷ đồng", "ba tháng mới được 71 tỷ đồng", but not "thành phố được 900
        tỷ đồng vốn đầu tư"."""
        before, number = self.units[index - 1], self.units[index + 1 : index + 2]
        if not index or not number or number[0].measure != "VND":
            return False
        collected = self.subject is not None and self.subject.family == "revenue"
        return before.text in ("làm", "mới", "đã", "chỉ") or (collected and before.indicator is not None)

    def _is_exceeded(self, index: int) -> bool:
        """ "vượt dự toán", "vượt chỉ tiêu dự toán"."""
        while index and self.units[index].plans:
            index -= 1
        return self.units[index].kind in ("exceed", "reach_exceed")

    def _is_carried_out(self, index: int) -> bool:
        """ "giải ngân kế hoạch vốn năm 2023 được 391,7 tỷ đồng": what was done of the plan."""
        before = self.units[index - 1] if index else None
        return before is not None and self.units[index].plans and _is_payment(before)

    def _restates_percent(self, at: int) -> bool:
        """ "78,3% kế hoạch, tương ứng 6.205 tỷ đồng, đã giải ngân": the amount of that percentage."""
        before = self.before_this()
        if before is None or before.reading.measure == "amount" or self.last_quantity != before.at:
            return False
        told = any(unit.text in SAME_AS for unit in self.units[max(at - 2, before.at) : at])
        return told or (
            self.units[at - 1].text == "(" and before.reading.measure == "pct_of_plan" and at - before.at <= 3
        )

    def _paid_after(self, at: int) -> Unit | None:
        """ "64,9 tỷ đồng đã được giải ngân", "139,9 tỷ đồng, là khối lượng giải ngân đến ngày 5-11"."""
        for index, unit in enumerate(self.units[at + 1 : at + 9], at + 1):
            if unit.quantity is not None or unit.text in (";", "(", ")") or unit.kind in ("estimated", "target"):
                return None
            if _is_payment(unit):
                between = {u.text for u in self.units[at + 1 : index]}
                return unit if between & {"đã", "là"} and not between & {"để", "sẽ", "phải", "chưa"} else None
        return None

    def _plan_of_percent(self, at: int) -> Unit | None:
        """ "đạt 98,45% chỉ tiêu đặt ra là 109.000 tỷ đồng", "bằng 27% dự toán giao 4.500 tỷ đồng": the plan that the
        percentage is of."""
        before = self.before_this()
        if before is None or not before.reading.of_plan_words or self.last_quantity != before.at:
            return None
        between = [unit for unit in self.units[before.at + 1 : at] if unit.start >= self.last_end]
        if any(unit.kind not in ("plain", "target") for unit in between):
            return None
        if between and all(unit.text != "là" for unit in between):
            return None
        return next((unit for unit in self.units[before.at + 1 : at] if unit.plans), None)

    def _plan_amount(self, at: int) -> Unit | None:
        """ "so với dự toán năm 5.440 tỷ đồng", "36.240 tỷ đồng kế hoạch", the second of "39,3/19,3 tỷ đồng"."""
        if at > 1 and self.units[at - 1].text == "/" and self.units[at - 2].quantity is not None:
            return self.units[at - 1]
        if self.units[at - 1].text == "(" and self._brackets_plan(at):
            return self.units[at - 2]
        whole = self._whole_of_paid(at) or self._paid_in_part(at)
        if whole is not None:
            return whole
        for unit in reversed(self.units[max(self.last_quantity + 1, at - 8) : at]):
            if unit.start < self.last_end:
                break
            if unit.plans:
                return None if self._is_carried_out(self.units.index(unit)) else unit
            if not _within_plan(unit):
                break
        following = self.units[at + 1] if at + 1 < len(self.units) else None
        return following if following is not None and following.plans else None

    def _whole_of_paid(self, at: int) -> Unit | None:
        """ "giải ngân 1.250 tỷ đồng trong tổng số 2.600 tỷ đồng vốn đầu tư công": the plan that it is paid out of."""
        before = self.before_this()
        if (
            before is None
            or before.subject.family != "public_investment"
            or before.phase not in ("executed", "estimated")
        ):
            return None
        # "giải ngân 422 tỷ đồng (48%) trên tổng số vốn được giao 874 tỷ đồng"
        after = self.last_quantity + 1 + (self.units[self.last_quantity + 1].text == ")")
        between = self.units[after:at]
        opened = bool(between) and between[0].text.startswith(("trong", "trên"))
        whole = any("tổng" in unit.text.split() for unit in between)
        return between[0] if opened and whole and all(unit.text not in (",", ";") for unit in between) else None

    def _paid_in_part(self, at: int) -> Unit | None:
        """ "ngân sách đầu tư công của Sở là 4.500 tỷ đồng, nhưng đến tháng 10 mới giải ngân được 58%": a plan, of which
        that was paid; also where "phải giải ngân 90 tỷ đồng, nhưng mới được 17%" says what it has to come to."""
        if self.subject is None or self.subject.family != "public_investment":
            return None
        before = self.units[self.last_quantity + 1 : at]
        if any(map(_is_payment, before)) and not any(unit.text.startswith("phải") for unit in before):
            return None
        opposed = False
        for unit in self.units[at + 1 :]:
            if unit.quantity is not None or unit.text == ";":
                return None
            opposed = opposed or unit.text in ("nhưng", "mà", "song", "thế")
            if opposed and _is_payment(unit):
                return unit
        return None

    def _brackets_plan(self, at: int) -> bool:
        """ "thu 4.987 tỷ đồng, bằng 24,8% dự toán Bộ giao (20.100 tỷ đồng)": the plan that a reached amount is of."""
        before = self.before_this()
        named = self.units[at - 2]
        if not (named.plans or named.kind in ("plan", "target", *ASSIGNERS)):
            return False  # "đạt 21,9% chỉ tiêu, so với quý I/2022 (25 tỷ đồng)"
        if any(u.kind == "versus" for u in self.units[max(at - 6, self.last_quantity + 1) : at - 2]):
            return True  # "So với kế hoạch HĐND tỉnh giao (9.401 tỷ đồng), tỷ lệ giải ngân đạt 21%"
        if before is None or before.before is None or self.last_quantity != before.at:
            return False
        return before.reading.measure == "pct_of_plan" and before.reading.of_plan_words

    def _phase_before(self, reading: Reading) -> tuple[Phase | None, Unit | None]:
        """What an earlier number of the sentence had: "ước" governs its sentence."""
        if self.before is None:
            return None, None
        before = self.found[self.before]
        if before.phase == "plan" and reading.measure == "pct_of_plan":
            done = self.found[before.before] if before.before is not None else None
            if (
                done is not None
                and done.subject.index == before.subject.index
                and done.phase in ("estimated", "executed")
            ):
                return done.phase, done.phase_unit  # "ước đạt 2.687/4.500 tỷ đồng, đạt 59,7%"
            return "executed", None
        if before.phase == "plan" and reading.verb == "reach":
            return "executed", None
        return before.phase, before.phase_unit


def _is_payment(unit: Unit) -> bool:
    if unit.indicator is None:
        return False
    return "giải ngân" in unit.text or "thanh toán" in unit.text or unit.text.startswith(("đã tiêu", "mới tiêu"))


def _is_deed(unit: Unit) -> bool:
    return unit.kind in ("reach", "executed") or unit.quantity is not None or unit.indicator is not None


def _within_plan(unit: Unit) -> bool:
    """Whether a word may stand between "dự toán" and its amount: "dự toán cả năm là", "chỉ tiêu Bộ Tài chính giao"."""
    if unit.area is not None:
        return unit.area.organ
    return unit.kind in ("plain", "period", "central", "province", "council", "district", "city", "versus", "plan")
