"""The phase that a sentence's own words give a number: plan, target, estimated or executed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thuchi.extract.attachment import Attachment
from thuchi.extract.lexing import Unit
from thuchi.extract.measures import Reading
from thuchi.extract.sentence import ASSIGNERS
from thuchi.model import Phase


@dataclass(slots=True)
class Phases(Attachment):
    """Decides the phase of a number as far as its sentence says it."""

    def _phase(self, at: int, reading: Reading, area: Unit | None) -> tuple[Phase | None, Unit | None]:
        """The phase that words of the sentence give this number, or null where they leave it open."""
        begin = self.last_quantity + 1
        governed = self._governed_from(at)
        cues: list[tuple[Phase, Unit]] = []
        versus = False
        for unit in self.units[begin:at]:
            # "đạt 97,8% dự toán; gồm …" is of the number before, "hoàn thành dự toán là TX Đông Hòa" of the list
            if unit.start < max(self.last_end, governed) or (
                area is not None and unit.start < area.start and unit.means("plan_word")
            ):
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

    def _still_a_target(self, cues: Sequence[tuple[Phase, Unit]]) -> bool:
        """ "phấn đấu cả năm thu 8.500 tỷ đồng và giải ngân đạt 100% vốn": both are goals."""
        before = self.before_this()
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
            if (
                "giải ngân" in unit.text
                or "thanh toán" in unit.text
                or "quyết toán" in unit.text
                or unit.text.startswith("thu được")
            ):
                return [("executed", unit)]
            if unit.text.startswith(("dự toán", "kế hoạch", "chỉ tiêu", "tổng kế hoạch")):
                return [("plan", unit)]
        if unit.means("plan_word") or (
            unit.kind in ASSIGNERS and unit.text.endswith("giao")
        ):  # "năm 2018, thành phố được trung ương giao thu 376.000 tỷ"
            return [("plan", unit)]
        return []

    def _plan_of_percent(self, at: int) -> Unit | None:
        """ "đạt 98,45% chỉ tiêu đặt ra là 109.000 tỷ đồng": the plan that the percentage is of."""
        before = self.before_this()
        if before is None or not before.reading.of_plan_words or self.last_quantity != before.at:
            return None
        between = [unit for unit in self.units[before.at + 1 : at] if unit.start >= self.last_end]
        if any(unit.kind != "plain" and unit.kind != "target" for unit in between) or not any(
            u.text == "là" for u in between
        ):
            return None
        return next((unit for unit in self.units[before.at + 1 : at] if unit.means("plan_word")), None)

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


def _within_plan(unit: Unit) -> bool:
    """Whether a word may stand between "dự toán" and its amount: "dự toán cả năm là", "chỉ tiêu Bộ Tài chính giao"."""
    if unit.area is not None:
        return unit.area.organ
    return unit.kind in ("plain", "period", "central", "province", "council", "district", "city", "versus", "plan")
