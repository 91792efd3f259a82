"""Decides in microseconds whether an article, and whether a line of it, can hold a fiscal figure at all.

Most news has no word of the budget on one line with a sum or percentage; it is not worth lexing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thuchi.extract.lexing import Unit
from thuchi.extract.normalise import fold

# A line that states a figure of its own has one of these; what goes on about it ("đạt 98% kế hoạch") follows such a line.
_FISCAL = (
    "ngân sách", "nsnn", "giải ngân", "đầu tư công", "thu nội địa", "chi thường xuyên", "xây dựng cơ bản", "xdcb",
    "mục tiêu quốc gia", "mtqg", "thu ns", "chi ns", "hải quan", "tiền sử dụng đất", "số thu", "tổng thu", "tổng chi",
    "% dự toán",
)  # fmt: skip
_MEASURED = re.compile(r"\d ?%|\d[\d.,]*(?:[\s\u00a0]*(?:nghìn|ngàn|trăm|triệu|tỷ|tỉ|đồng))|phần trăm|(?:nghìn|trăm|mươi|mười) (?:tỷ|tỉ|triệu)")
_ROW = re.compile(r"[|\t][ \u00a0]*\d")


def candidate_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines of an NFC text with a word of the budget and a sum, a percentage or a table's cell."""
    lower = text.lower()
    if len(lower) != len(text):  # "İ" lowers to two characters
        lower = fold(text)
    done: set[int] = set()
    for word in _FISCAL:
        at = lower.find(word)
        while at >= 0:
            start = lower.rfind("\n", 0, at) + 1
            end = lower.find("\n", at)
            end = len(lower) if end < 0 else end
            if start not in done and (_MEASURED.search(lower, start, end) or _ROW.search(lower, start, end)):
                done.add(start)
                yield start, end
            at = lower.find(word, end)


def names_figure(units: Sequence[Unit]) -> bool:
    """Whether a line, lexed without its places and periods, has an indicator and a quantity to be said of it."""
    spoken = any(unit.indicator is not None and unit.indicator.strength == "strong" for unit in units)
    planned = any(unit.means("plan_word") for unit in units)
    weak = any(unit.indicator is not None and unit.indicator.strength == "weak" for unit in units)
    return (spoken or weak and planned) and any(unit.quantity is not None or unit.text == "|" for unit in units)


def speaks_of_budget(folded: str, start: int, end: int) -> bool:
    """Whether a line of a folded text has a word of the budget."""
    return any(folded.find(word, start, end) >= 0 for word in _FISCAL)
