"""What headings and lines that end in a colon say for what follows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


_ADOPTING = (
    "thông qua", "phê chuẩn", "quyết nghị", "phê duyệt", "ban hành", "quyết định", "xác định", "trình", "giao",
)  # fmt: skip
PLANS = ("dự toán", "kế hoạch", "chỉ tiêu", "nhiệm vụ", "nghị quyết")


def announced_phase(units: Sequence[Unit]) -> tuple[Phase | None, Evidence | None]:
    """What a heading or lead-in announces: "đã thông qua dự toán năm 2018 với các con số chính:"."""
    dated = any(unit.period is not None and unit.period.kind == "year" for unit in units)
    fiscal = dated or any(unit.indicator or unit.plans or unit.kind == "budget" for unit in units)
    for index, unit in enumerate(units):
        following = " ".join(unit.text for unit in units[index + 1 : index + 3])
        if unit.kind in ("executed", "reach", "exceed") and not (unit.text == "đã" and following.startswith(_ADOPTING)):
            return None, None
        if unit.kind in ("target", "estimated") and fiscal:  # not "Nhiều điểm nóng cần quyết tâm tháo gỡ"
            return unit.kind, Evidence("heading", unit.start, unit.end)  # type: ignore[return-value]
        plan = unit.plans or unit.indicator is not None
        to_come = dated and unit.text.startswith(("nhiệm vụ", "chỉ tiêu"))  # "II. NHIỆM VỤ NĂM 2024"
        if unit.kind == "plan" or (plan and (to_come or unit.text.startswith(("dự toán", "kế hoạch")))):
            return "plan", Evidence("heading", unit.start, unit.end)
    return None, None


def adopted_year(units: Sequence[Unit]) -> Unit | None:
    """The year of a plan that a sentence without figures says was adopted: "Kỳ họp đã thông qua nghị quyết về dự toán
    ngân sách năm 2022. Theo đó, …", "HĐND huyện quyết nghị chỉ tiêu năm 2017"."""
    at = next((at for at in range(len(units) - 1, -1, -1) if (m := units[at].period) and m.kind == "year"), None)
    if at is None or not any(unit.text.startswith(PLANS) or "dự toán" in unit.text for unit in units[:at]):
        return None
    said = " ".join([unit.text for unit in units])
    if not any(word in said for word in _ADOPTING[:-1]) or ("quyết toán" in said and "dự toán" not in said):
        return None  # "phê chuẩn quyết toán ngân sách năm 2019" tells what was done
    return units[at]


def resolutions(units: Sequence[Unit]) -> Evidence | None:
    """That resolutions were adopted: what follows "Kỳ họp đã thông qua 9 nghị quyết. Theo đó, …" is planned."""
    words = " ".join([unit.text for unit in units])
    if "nghị quyết" not in words or "quyết toán" in words:
        return None
    if not any(word in words for word in (*_ADOPTING[:5], "có nghị quyết", "ra nghị quyết")):
        return None
    return Evidence("earlier", units[0].start, units[-1].end)


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
