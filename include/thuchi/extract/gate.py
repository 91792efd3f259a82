"""Decides in microseconds whether an article, and whether a line of it, can hold a fiscal figure at all.

Most news has no word of the budget on one line with a sum or percentage; it is not worth lexing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thuchi.extract.lexing import Unit
from thuchi.extract.numbers import lowered
from thuchi.extract.spans import AreaMention
from thuchi.extract.spending import may_be_spent
from thuchi.extract.wordlists import SpendingWords

# A line that states a figure of its own has one of these; what goes on about it follows such a line.
_FISCAL = (
    "ngân sách", "giải ngân", "đầu tư công", "thu nội địa", "chi thường xuyên", "xây dựng cơ bản", "xdcb",
    "mục tiêu quốc gia", "mtqg", "hải quan", "tiền sử dụng đất", "số thu", "tổng thu", "tổng chi",
    "% dự toán", "thu phí sử", "tiền thu", "trợ giá", "dự toán chi", "dự toán để chi",
)  # fmt: skip
_SHORT = ("nsnn", "thu ns", "chi ns")
"""Likewise; one text in fifteen has "ns" at all."""
_SPEAKS = re.compile("|".join((*_FISCAL, *_SHORT)))  # faster on one line; on a whole text each word by itself is
# A search for what begins with a digit skips to digits, and hardly any line has its numbers in words.
_IN_DIGITS = re.compile(r"\d(?: ?%| lần|[.,]*\s*(?:nghìn|ngàn|trăm|triệu|tỷ|tỉ|đồng))")
_IN_WORDS = re.compile(r"gấp |phần (?:trăm|ba|tư|năm|mười)|(?:nghìn|trăm|mươi|mười) (?:tỷ|tỉ|triệu)")
_HINTS = ("gấp ", "phần trăm", "phần ba", "phần tư", "phần năm", "phần mười", "nghìn t", "trăm t", "mươi t", "mười t")
_GOES_ON = re.compile(r"(?:thu|chi|vốn|thuế|phí|tiền)(?!\w)")
_LINE = re.compile(r"[^\n]+")
_HEADS, _CLOSES = 120, ".!?…"
"""How long a line may be that heads what follows, and how it does not end."""
_HEADINGS = 3
"""Lines without a number that may stand one below the other: a title, a heading, a lead-in."""
_ROW = re.compile(r"[|\t][ \u00a0]*\d")


def candidate_lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """The lines of an NFC text with a sum, a percentage or a table's cell, and a word of the budget; and whether that
    stands in the heading or lead-in right above ("Thu ngân sách các huyện:") instead."""
    lower = lowered(text)
    done: set[int] = set()
    for word in (*_FISCAL, *_SHORT) if "ns" in lower else _FISCAL:
        at = lower.find(word)
        while at >= 0:
            start, end = lower.rfind("\n", 0, at) + 1, _end_of_line(lower, at)
            measured = _is_measured(lower, start, end)
            line = (start, end) if measured else _announced(lower, start, end)
            if line is not None and line[0] not in done:
                done.add(line[0])
                yield *line, not measured
            at = lower.find(word, end)


def _announced(lower: str, start: int, end: int) -> tuple[int, int] | None:
    """The first line with a number below a heading, or below a line that ends in a colon; text between is none."""
    for _ in range(_HEADINGS):
        if lower[end - 1] != ":" and (end - start > _HEADS or lower[end - 1] in _CLOSES):
            return None
        start = end
        while start < len(lower) and lower[start].isspace():
            start += 1
        end = _end_of_line(lower, start)
        if _is_measured(lower, start, end):
            return start, end
    return None


def _end_of_line(lower: str, at: int) -> int:
    end = lower.find("\n", at)
    return len(lower) if end < 0 else end


def _is_measured(lower: str, start: int, end: int) -> bool:
    return _has_number(lower, start, end) or _ROW.search(lower, start, end) is not None


def _has_number(lower: str, start: int, end: int) -> bool:
    """Whether a line has a sum, a percentage or "gấp 2 lần"."""
    if _IN_DIGITS.search(lower, start, end):
        return True
    hinted = any(lower.find(word, start, end) >= 0 for word in _HINTS)
    return hinted and _IN_WORDS.search(lower, start, end) is not None


def following_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines of an NFC text that may go on about the budget: with a sum or percentage, and "thu", "chi" …, which an
    article on the budget says of it; those with a word of the budget itself are `candidate_lines`."""
    lower = lowered(text)
    for line in _LINE.finditer(lower):
        start, end = line.span()
        measured = _has_number(lower, start, end) and _GOES_ON.search(lower, start, end)
        if measured and not speaks_of_budget(lower, start, end):
            yield start, end


def names_figure(units: Sequence[Unit], lists: SpendingWords) -> bool:
    """Whether a sentence has an indicator that a number in it may be said of."""
    named = [unit.indicator for unit in units if unit.indicator is not None]
    spoken = any(lexeme.strength == "strong" for lexeme in named)
    spoken = spoken or (bool(named) and any(unit.plans or unit.kind in ("budget", "capital") for unit in units))
    # "Ngân sách huyện được thông qua: tổng thu 368 tỷ đồng, tổng chi 172 tỷ đồng"
    spoken = spoken or any(
        unit.indicator is not None and unit.text.startswith(("tổng thu", "tổng chi")) for unit in units
    )
    if not spoken and (len(named) > 1 or any(unit.kind == "trade" for unit in units)):
        # "ngành thép đóng góp 336 tỷ đồng cho ngân sách", "khu vực FDI nộp ngân sách 227 tỷ đồng"
        spoken = any(unit.text.startswith(("nộp", "đóng góp", "mang về", "đem về")) for unit in units)
    return spoken or any(may_be_spent(unit, lists) for unit in units)


def speaks_of_one(units: Sequence[Unit]) -> bool:
    """Whether a sentence has any word of an indicator, be it "thu" alone."""
    return any(unit.indicator is not None or unit.kind in ("budget", "capital") for unit in units)


_GIVES = re.compile(r"[ \u00a0]+(?P<already>đã[ \u00a0]+)?giao(?!\w)")
_GIVEN_BY = re.compile(
    r"(?:dự toán|kế hoạch|kh|chỉ tiêu|vốn|nguồn|(?:vốn|từ|bởi) ngân sách)[ \u00a0]+(?:hđnd[ \u00a0]+)?$"
)


def assigns(folded: str, mention: AreaMention) -> bool:
    """Whether a place is named as who assigns a plan or gives money, which says nothing of what the article is about:
    "dự toán tỉnh giao", "từ ngân sách tỉnh"; but "huyện Thanh Ba đã giao chỉ tiêu" tells of that district."""
    gives = _GIVES.match(folded, mention.end)
    if gives is not None and not (gives["already"] and mention.candidates):
        return True
    return _GIVEN_BY.search(folded, max(0, mention.start - 25), mention.start) is not None


def speaks_of_budget(folded: str, start: int, end: int) -> bool:
    """Whether a line of a folded text has a word of the budget."""
    return _SPEAKS.search(folded, start, end) is not None
