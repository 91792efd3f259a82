"""Units as articles print them after a number, misprints included, as patterns over lower-cased text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from thuchi.extract.numbers import DIGITS, SPACE

UnitName = Literal["VND", "PT", "USD", "TIMES", "PP"]

POWERS = {
    "chục": 1, "trăm": 2, "nghìn": 3, "ngàn": 3, "ngìn": 3, "nghìnn": 3, "vạn": 4,
    "triệu": 6, "tiệu": 6, "trệu": 6, "triêụ": 6, "triêu": 6, "tr": 6,
    "tỷ": 9, "tỉ": 9, "tỹ": 9,
    "ti": 9, "ty": 9, "tì": 9, "tí": 9, "tị": 9, "tĩ": 9, "tỳ": 9, "tý": 9, "tỵ": 9, "thỉ": 9,
}  # fmt: skip
"""Powers of ten of the scale words, misprints seen in earnest included ("7.204 tiệu đồng", "12 tr đồng")."""

_S = rf"{SPACE}{{0,3}}"
_WORDS = r"chục|trăm|nghìnn?|ngàn|ngìn|vạn|triệu|tiệu|trệu|triêụ|triêu|tỷ|tỉ|tỹ"
_SLIPS = "ti|ty|tì|tí|tị|tĩ|tỳ|tý|tỵ|thỉ"
_GLUED = r"(?=đồng|đ(?!\w)|vn[đd]|(?!\w))"
# đồng chí, đồng bào, đồng bộ, Đồng Tháp … are other words.
_OTHER_DONG = (
    "chí|bào|bộ|đội|thời|tình|minh|nghiệp|hồ|bằng|loạt|hương|khởi|thuận|nai|tháp|xoài|hới|lộc|phú|hành|ý|tâm|lòng|"
    "hạng|dạng|phạm|sức|đều|quản|tổ|đăng|văn|giao|chủ"
)
CURRENCY = rf"(?:(?:đ\s?ồng|dồng|đòng)(?!\w)(?!{SPACE}{{1,3}}(?:{_OTHER_DONG})(?!\w))|vn[đd](?!\w)|đ(?![\w/])|₫)"
SCALE = (
    rf"(?:(?:{_WORDS}){_GLUED}(?:{_S}(?:{_WORDS}){_GLUED}){{0,2}}"
    # Bare "ti", "ty", "tr" and slips of the accent are scales only before đồng: "15 ti vi", "3 ty", "12 tr."
    rf"|(?:tr|{_SLIPS})(?=\.?{_S}{CURRENCY}))"
)
DOLLAR = rf"(?:us ?d|us\$|đô{_S}-?{_S}la(?:{_S}mỹ)?(?!\w)|đô(?!{SPACE}{{0,3}}thị)(?!\w)|\$)"
PERCENT = rf"(?:[%％]|phần{SPACE}{{1,3}}trăm(?!\w))"
# A word near a scale that is none: "8,2 tri đồng".
_ODD = r"(?:t\w?[iìíĩịỉyỳýỹỵỷ]\w?|tri\w{1,2}|ngh[iìí]\w|ng[aá]n)"
MEASURE = (
    rf"(?:(?P<pct>{PERCENT})(?!{_S}{SCALE}{_S}{CURRENCY})(?P<pp>{_S}điểm(?!\w))?"
    rf"|(?P<points>điểm{_S}{PERCENT})"
    rf"|(?P<times>lần(?!\w))"
    # The % of "562,5% nghìn tỉ đồng" is a misprint.
    rf"|(?:%{_S}(?={SCALE}{_S}{CURRENCY}))?(?P<scale>{SCALE})(?:{_S}(?P<half>rưỡi)(?!\w))?"
    rf"(?:{_S}\.?{_S}(?P<currency>{CURRENCY})|{_S}(?P<dollars>{DOLLAR}))?"
    rf"|(?P<dong>{CURRENCY})"
    rf"|(?P<usd>{DOLLAR})"
    rf"|(?P<odd>{_ODD}){SPACE}{{1,3}}đồng(?!\w)(?!{SPACE}{{1,3}}(?:{_OTHER_DONG})(?!\w)))"
)
"""All that makes a number a quantity; the group that matched says which."""

# What may follow an amount whose đồng is left out: "được 1.905 triệu, tăng 3%". Any noun is counted instead.
_SAFE_AFTER = re.compile(
    r"\s*(?:\Z|[,.;:)\]\n\r/|–-]|(?:so|và|để|cho|trong|từ|là|đạt|bằng|tăng|giảm|gồm|của|vượt|thì|với|ở|tại|do|được|đã|"
    r"nhưng|chiếm|tương|mỗi|trở|đến|tới|còn|tức|theo|vào|năm|nên|mà|vốn|tiền|ngân|nguồn|thu|chi|nộp|hỗ|trả)(?!\w))"
)
_COUNTED = re.compile(
    r"\s*(?:lệ|trọng|suất|phú|giá|số|lượt|người|con|cây|cái|chiếc|tấn|kg|m2|m3|m²|m³|ha|k?wh|lít|sản\s+phẩm|cổ\s+phiếu|"
    r"trứng|viên|liều|quả|thiết\s+bị|giao\s+dịch|lao\s+động|eur|euro|yên|won|bạt|kíp|nhân\s+dân\s+tệ|ndt|bảng|rúp|hộ|"
    r"dân)(?!\w)"
)
_SUB_AMOUNT = re.compile(rf"{SPACE}{{1,3}}\d[\d.,]{{0,12}}{_S}(?:triệu|tr|nghìn|ngàn){_S}{CURRENCY}")


@lru_cache(maxsize=256)
def factor_of(scale: str | None) -> int:
    """1000000000000 of "nghìn tỷ"; 1 of no scale."""
    power = 0
    for word in re.findall(r"[^\W\d]+", scale or ""):
        known = POWERS.get(word)
        # "triệutỷ" is one run of letters.
        power += sum(POWERS[part] for part in re.findall(_WORDS, word)) if known is None else known
    return int(10**power)


def is_safe_after(low: str, end: int) -> bool:
    """Whether an amount may end at `end` without naming its currency."""
    return _SAFE_AFTER.match(low, end) is not None


def is_sum(low: str, scale: str, end: int) -> bool:
    """Whether a scale without đồng counts money: "650 tỷ" does, "1,2 triệu lượt" and "19 nghìn ha" do not."""
    if _COUNTED.match(low, end):
        return False
    factor = factor_of(scale)
    if factor >= 10**9:
        return True
    return factor >= 10**6 and (is_safe_after(low, end) or _SUB_AMOUNT.match(low, end) is not None)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit stated apart from its numbers: "Đơn vị tính: tỷ đồng" is VND with factor 1000000000."""

    unit: Literal["VND", "PT", "USD"]
    factor: int

    def value(self, number: Decimal) -> int | Decimal | None:
        """`number` in this unit; null where it would be a fraction of a đồng."""
        if self.unit == "PT":
            return number
        amount = number * self.factor
        if self.unit == "USD":
            return amount
        return int(amount) if amount == amount.to_integral_value() else None


_HEADING = re.compile(rf"(?P<n>{DIGITS})?{_S}{MEASURE}")


def read_unit(words: str) -> Unit | None:
    """The unit that a heading states: "tỷ đồng", "Triệu đ", "%", "1.000 đồng"; null if it states none.

    The heading is only the unit ("Đơn vị:" may be followed by an organisation, which is none).
    """
    found = _HEADING.fullmatch(" ".join(words.replace("İ", "I").lower().split()).strip(" .:()"))
    if found is None or found["odd"] or found["times"]:
        return None
    if found["pct"] or found["points"]:
        return Unit("PT", 1) if found["pct"] and not found["pp"] else None
    factor = int(re.sub(r"\D", "", found["n"] or "1")) * factor_of(found["scale"])
    return Unit("USD" if found["dollars"] or found["usd"] else "VND", factor)
