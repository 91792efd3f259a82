"""Decides in microseconds whether an article can hold a fiscal figure at all.

Most news has neither a word of the budget nor, near it, a sum or percentage; it is not worth lexing.
"""

from __future__ import annotations

import re

_FISCAL = re.compile(
    r"ngân sách|nsnn|giải ngân|thu nội địa|chi thường xuyên|đầu tư công|xây dựng cơ bản|xdcb|dự toán|thu thuế"
    r"|mục tiêu quốc gia|mtqg|sử dụng đất|xuất nhập khẩu|hải quan|kho bạc|thu ns\b|chi ns\b"
)
_MEASURED = re.compile(r"\d\s?%|\btỷ\b|\btỉ\b|\btriệu\b|phần trăm|\d đồng")


def may_hold_figures(folded: str) -> bool:
    """Whether a folded text has a word of the budget and, anywhere, a sum or percentage."""
    return _FISCAL.search(folded) is not None and _MEASURED.search(folded) is not None
