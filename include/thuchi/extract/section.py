"""What headings and lines that end in a colon say for what follows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thuchi.extract.areas import AreaReading
from thuchi.extract.lexing import Unit
from thuchi.extract.timing import Period
from thuchi.model import Evidence, Phase


@dataclass(slots=True)
class Section:
    """What a heading, or a line that ends in a colon, says for what follows."""

    phase: Phase | None = None
    phase_evidence: Evidence | None = None
    code: str = ""
    period: Period | None = None
    area: AreaReading | None = None


def announced_phase(units: Sequence[Unit]) -> tuple[Phase | None, Evidence | None]:
    """What a heading or lead-in announces: "thông qua dự toán năm 2018 với các con số chính:"."""
    for unit in units:
        if unit.kind in ("executed", "reach", "exceed"):
            return None, None
        if unit.kind in ("target", "estimated"):
            return unit.kind, Evidence("heading", unit.start, unit.end)  # type: ignore[return-value]
        lexeme = unit.indicator
        if unit.kind == "plan" or (
            unit.text.startswith(("dự toán", "kế hoạch")) and (unit.means("plan_word") or lexeme)
        ):
            return "plan", Evidence("heading", unit.start, unit.end)
    return None, None


def named_code(units: Sequence[Unit]) -> str:
    """The indicator that a heading or lead-in names; "tình hình thu của các huyện" names one, "tình hình thu hút đầu
    tư" does not."""
    for unit, following in zip(units, [*units[1:], None], strict=True):
        lexeme = unit.indicator
        if lexeme is None:
            continue
        topic = unit.text.startswith("tình hình") and (following is None or following.kind != "word")
        if lexeme.strength == "strong" or topic:
            return lexeme.code
    return ""
