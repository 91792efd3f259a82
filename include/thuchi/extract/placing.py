"""Which unit a number is about, and who assigned the plan that a percentage is of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thuchi.extract.areas import AreaReading
from thuchi.extract.bases import Base
from thuchi.extract.lexing import Unit
from thuchi.extract.sentence import Finding
from thuchi.model import Basis, Evidence

_CENTRAL_CITIES = frozenset({"Hà Nội", "Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế"})
_WITH_OTHERS = re.compile(
    r"thuế[\w ]{0,25}(?:và|,) (?:\w+ ){0,2}hải quan|hải quan[\w ]{0,25}(?:và|,) (?:\w+ ){0,2}thuế"
)
"""Both collect: "ngành thuế và hải quan đã đưa vào ngân sách 13.284 tỷ đồng"."""
_ELSEWHERE = frozenset({"ở", "tại", "từ", "cho", "với", "về", "theo", "giữa"})
"""Before a place, these make it where something happens, not whose budget it is: "đại đô thị ở Văn Giang"."""


def area_after(units: Sequence[Unit], at: int) -> Unit | None:
    """ "thấp xa mức 45,6% của toàn Thành phố"."""
    for index in range(at + 1, min(at + 5, len(units))):
        unit = units[index]
        if unit.area is not None:
            return unit if not unit.area.organ and units[at + 1].text == "của" else None
        if unit.kind != "plain":
            return None
    return None


def area_named(units: Sequence[Unit], finding: Finding) -> int | None:
    """Index of the area that is said with the subject: "tổng thu ngân sách của thành phố Đồng Xoài"."""
    begin, end = max(finding.subject.index, 0), finding.at
    for index in range(begin, end):
        if (names_place(units[index]) and not _is_elsewhere(units, index)) or _collects(units, index):
            return index
        # "số thu của Cục Thuế TP Hà Nội", "thu ngân sách do Thuế tỉnh Quảng Ngãi quản lý": an office's are its place's
        if units[index].area is not None and index == begin + 1 and units[begin].text.endswith(("thuế", "hải quan")):
            return index
    for index in range(begin - 1, max(begin - 5, -1), -1):
        unit = units[index]
        if names_place(unit) and not gives(units, index):
            return innermost(units, index)
        if unit.kind not in ("plain", "executed", "estimated", "target", "plan", "area", "period"):
            return None
    return None


def _collects(units: Sequence[Unit], index: int) -> bool:
    """ "thu ngân sách do Thuế tỉnh Quảng Ngãi quản lý"."""
    area = units[index].area
    return area is not None and area.organ and [unit.text for unit in units[index + 1 : index + 3]] == ["quản", "lý"]


def gives(units: Sequence[Unit], index: int) -> bool:
    """Whether a place is who assigns or gives money: "tỉnh giao", "Thành phố đã hỗ trợ"."""
    following = next((unit.text for unit in units[index + 1 : index + 3] if unit.text not in ("đã", "sẽ")), "")
    if following == "phân":  # "kế hoạch vốn thành phố phân cấp cho huyện"
        return units[index + 2].text == "cấp"
    return following.startswith(("giao", "phân bổ", "bố trí", "hỗ trợ", "bổ sung"))


def _is_elsewhere(units: Sequence[Unit], index: int) -> bool:
    """Whether a place is where something happens or who gives ("được tỉnh Kiên Giang giao"); not in "giải ngân tại
    huyện Ba Tơ", "phân bổ cho Nam Định"."""
    if gives(units, index):
        return True
    if not index or units[index - 1].text not in _ELSEWHERE:
        return False
    before = units[index - 2] if index > 1 else None
    if before is None:
        return True
    if units[index - 1].text == "cho":
        return before.kind != "plan"
    return units[index - 1].text not in ("tại", "ở") or before.indicator is None


def names_place(unit: Unit) -> bool:
    """Whether a unit is a place that stands for itself, not for one of its organs."""
    return unit.area is not None and not unit.area.organ


def innermost(units: Sequence[Unit], index: int) -> int:
    """Of "xã Hòa Vang, thành phố Đà Nẵng" the commune, of "TP Thủ Đức (TP.HCM)" the town: a place and the larger one
    that it lies in are one mention."""
    while index > 1 and units[index - 1].text in (",", "-", "–", "(") and _lies_in(units[index - 2], units[index]):
        index -= 2
    return index


def listed_with(units: Sequence[Unit], index: int) -> bool:
    """Whether a place is one of several: "Bắc Giang và Lạng Sơn", "cao tốc Bắc Giang - Lạng Sơn"."""
    for link, other in ((index - 1, index - 2), (index + 1, index + 2)):
        if not (0 <= other < len(units) and units[link].text in (",", "và", "-", "–") and units[other].area):
            continue
        inner, outer = (units[index], units[other]) if other > index else (units[other], units[index])
        if not _lies_in(inner, outer):
            return True
    return False


def _lies_in(unit: Unit, larger: Unit) -> bool:
    if unit.area is None or larger.area is None:
        return False
    larger_codes = {area.code for area in larger.area.candidates}
    provinces = {area.province for area in larger.area.candidates if area.level == "province"}
    return any(
        area.parent in larger_codes or (area.level != "province" and area.province in provinces)
        for area in unit.area.candidates
    )


def basis_of(bases: Sequence[Base], area: AreaReading) -> tuple[Basis, Evidence | None]:
    if not bases:
        return "unspecified", None
    base = bases[0]
    evidence = Evidence("words", base.start, base.end)
    if base.basis == "city":
        return _city(area), evidence
    if base.basis == "commune":
        return "unspecified", evidence
    return base.basis, evidence


def _city(reading: AreaReading) -> Basis:
    """ "thành phố giao" is the province's assignment in Hà Nội or Đà Nẵng, the district's in Vinh."""
    area = reading.area
    if area is None or area.province in _CENTRAL_CITIES:
        return "province"
    return "district"


def collected(units: Sequence[Unit], finding: Finding, folded: str, customs: bool) -> str:
    """The code of a finding: what customs collect is the revenue of trade: "số thu ngân sách của Cục Hải quan tỉnh đạt
    900 tỷ đồng"."""
    code = finding.subject.code
    if code not in ("revenue", "revenue.tax") or finding.subject.index < 0:
        return code
    before = range(finding.subject.index, -1, -1)
    begin = next((index for index in before if units[index].text == ";"), 0)
    words = folded[units[begin].start : units[finding.at].start]
    if customs and "trên địa bàn" not in words and "tổng thu" not in words:
        return "revenue.trade"  # "đơn vị thu được 1.792 tỷ đồng", in an article headed "Hải quan …"
    alone = "hải quan" in words and not _WITH_OTHERS.search(words)
    return "revenue.trade" if alone else code
