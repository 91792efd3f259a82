"""The text as it is read: a line break within a sentence is a blank, and there is one dash.

Portals break sentences where their HTML has an element ("Chiều 30/9,⏎UBND thị xã⏎tổ chức …"), text taken from PDF at a
width ("… thu ngân sách ước⏎đạt 223 tỷ 550⏎triệu đồng"); word processors write "2021–2025" and "31–12".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LOWER = "a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
# A small letter goes on, where it is no mark of a list ("a)", or a bullet that was copied as "o"); so does anything
# after a comma, and a number after a word that wants one, but not "Thu ngân sách 9 tháng⏎91.000 tỷ đồng từ đất …".
_GOES_ON = re.compile(rf"\n(?:(?=\s*(?:[{_LOWER}](?![).:/\s])|[ởýàạ]\s|\d))|(?<=,\n)(?=\s*\w[^).]))\s*")
_WANTS_NUMBER = (
    "đạt", "được", "là", "với", "hơn", "gần", "khoảng", "trên", "dưới", "ước", "bằng", "tăng", "giảm", "vượt", "hụt",
    "mức", "lên", "xuống", "chừng", "còn", "hết", "quá", "từ", "đến", "tới", "và",
)  # fmt: skip
_CLOSES = ".!?:;…|-+*•"
_WIDEST = 240
"""Characters of a line; what is longer was not broken at a width."""
_FIRST_WORD = re.compile(r"\s*(\S*)")
ITEM = re.compile(r"(?P<mark>[-–—•*+▪●◦✓»]|\d{1,2}[.)/](?!\d)|[a-zđ]\)|[IVX]{1,4}[./)])\s+(?=\S)")
"""The mark of a list's item, which no sentence goes on with."""


def readable(text: str) -> str:
    """An NFC text as it is read. As long as `text`, so that offsets carry over."""
    for dash in "–—‑−":
        text = text.replace(dash, "-")
    breaks = [found.span() for found in _GOES_ON.finditer(text) if _is_within_sentence(text, *found.span())]
    if not breaks:
        return text
    width = _width(text, breaks)
    read = list(text)
    for start, end in [*breaks, *_at_width(text, width)] if width else breaks:
        read[start:end] = " " * (end - start)
    return "".join(read)


def _is_within_sentence(text: str, start: int, end: int) -> bool:
    """Whether the line before a break has not come to its end, and neither line is a row of a table."""
    before = text[_line_start(text, start) : start].rstrip()
    if not before or before[-1] in _CLOSES:
        return False
    if text[end].isdigit() and before[-1] != "," and before.rsplit(None, 1)[-1] not in _WANTS_NUMBER:
        return False
    after = text[end : _line_end(text, end)]
    return not any(cell in line for cell in "|\t" for line in (before, after))


def _width(text: str, breaks: list[tuple[int, int]]) -> int:
    """The width that a text was broken at; 0 where it was not: then lines end where one more word would have fit."""
    lines = [(start - _line_start(text, start), _first_word(text, start)) for start, _ in breaks]
    width = max(length for length, _ in lines)
    full = sum(length + 1 + word > width for length, word in lines)
    return width if len(lines) > 2 and width <= _WIDEST and full > len(lines) * 0.8 else 0


def _at_width(text: str, width: int) -> Iterator[tuple[int, int]]:
    """The breaks after lines that had no room for another word."""
    at = text.find("\n")
    while at >= 0:
        length, end = at - _line_start(text, at), at + 1
        following = text[end : _line_end(text, end)]
        full = width >= length > width - 1 - _first_word(text, at)
        if full and following.strip() and not ITEM.match(following.lstrip()) and "|" not in following:
            yield at, end
        at = text.find("\n", end)


def _first_word(text: str, at: int) -> int:
    """How long the first word after a break is."""
    found = _FIRST_WORD.match(text, at)
    return len(found[1]) if found else 0


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
