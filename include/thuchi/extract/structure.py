"""The shape of an article: title, headings, paragraphs, list items, tables; and the sentences of a line.

Portals give plain text, one paragraph a line, with their furniture between ("Cỡ chữ: Nhỏ | Vừa | Lớn").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from thuchi.extract.layout import ITEM, readable

LineKind = Literal["title", "heading", "item", "paragraph", "table", "unit", "caption"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text without its surrounding space; of a list item without its mark too."""

    start: int
    end: int
    kind: LineKind
    depth: int = 0
    """Of list items: 0 for "1.", 1 for "a)" and "-", 2 for "+" below a dash."""
    leads: bool = False
    """Whether the line ends in a colon, and so speaks for the items that follow."""


_DEPTH = {"-": 1, "–": 1, "—": 1, "•": 1, "*": 1, "▪": 1, "●": 1, "◦": 2, "✓": 1, "»": 1, "+": 2}
_UNIT_LINE = re.compile(r"\(?\s*(?:đơn vị tính|đvt|đơn vị)\s*[:.]?\s*(?P<unit>[^|\t)]{1,40})\)?\s*$", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?…;,\"”]\s*$")
_HEADING_LENGTH = 110
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def lines_of(text: str, title: str | None) -> list[Line]:
    """The non-empty lines of an article, each with its kind."""
    lines: list[Line] = []
    headline = _same_words(title or "")
    seen_title = not headline
    for match in re.finditer(r"[^\n\r]+", text):
        start, end = _strip(text, match.start(), match.end())
        if start == end:
            continue
        if not seen_title and _same_words(text[start:end]) == headline:
            seen_title = True
            lines.append(Line(start, end, "title"))
            continue
        line = _line(text, start, end)
        if lines and _heads(text, lines[-1], line):
            lines[-1] = replace(lines[-1], kind="heading")
        lines.append(line)
    if (not headline or not seen_title) and lines and _is_heading(text, lines[0].start, lines[0].end):
        lines[0] = Line(lines[0].start, lines[0].end, "title")
    return lines


def _same_words(headline: str) -> str:
    """A headline for comparison: a page says in capitals, or over two lines, what its metadata say as a sentence."""
    return " ".join(readable(headline).casefold().split())


def _line(text: str, start: int, end: int) -> Line:
    words = text[start:end]
    leads = words.endswith(":")
    if words.count("|") >= 2 or words.count("\t") >= 2:
        return Line(start, end, "table")
    if _UNIT_LINE.match(words):
        return Line(start, end, "unit")
    mark = ITEM.match(text, start, end)
    if mark:
        kind: LineKind = "item"
        if mark["mark"][0] in "IVX" and _is_heading(text, start, end):
            kind = "heading"
        return Line(mark.end(), end, kind, _DEPTH.get(mark["mark"], 1 if mark["mark"][-1] == ")" else 0), leads)
    if not leads and _is_heading(text, start, end):
        return Line(start, end, "heading")
    return Line(start, end, "paragraph", leads=leads)


def _is_heading(text: str, start: int, end: int) -> bool:
    """ "KẾ HOẠCH NĂM 2024: CÒN CHẬM", "Nhìn lại năm 2025": short, and ends like no sentence."""
    return end - start <= _HEADING_LENGTH and not _ENDS_SENTENCE.search(text[start:end])


def _heads(text: str, line: Line, following: Line) -> bool:
    """ "2. Dự toán năm 2024" above a paragraph or dashes is their heading; above "3. …" it is an item of a list."""
    if line.kind != "item" or line.depth or line.leads or not _is_heading(text, line.start, line.end):
        return False
    below = following.kind == "paragraph" or (following.kind == "item" and following.depth > 0)
    return below and not any(c.isdigit() for c in _YEAR.sub("", text[line.start : line.end]))


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


# A full stop ends a sentence before a capital letter or a quote, but not in "TP. Huế", "Q. 1", "ThS. Nguyễn".
# One mark comes first, by itself, since a search then skips to marks.
_STOP = re.compile(r"[.!?…][.!?…]*(?:[\"”»)]*\s+(?=[\"“«(\-–]?\s?(?P<next>[^\W_]))|\s*$)")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:TP|Tp|TX|Tx|TT|Q|P|H|ThS|TS|PGS|GS|BS|ông|bà|đ/c|Đ/c|tr|Tr|St|Mr|Mrs|No|vv|v\.v|[A-ZĐ])$"
)


LONGEST = 2_500
"""Characters of the longest sentence that is read as one; what is longer is no prose, and is read in pieces."""


def sentences_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a line. A number may end one: "tăng 5%. Chi ngân sách 120 tỷ"."""
    for begin, until in _sentences(text, start, end):
        while until - begin > LONGEST:
            cut = text.rfind(" ", begin + LONGEST // 2, begin + LONGEST)
            cut = begin + LONGEST if cut < 0 else cut + 1
            yield begin, cut
            begin = cut
        yield begin, until


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop["next"] is not None and not (stop["next"].isupper() or stop["next"].isdigit()):
            continue
        if text[stop.start()] == "." and _ABBREVIATED.search(text[max(begin, stop.start() - 8) : stop.start()]):
            continue
        yield begin, stop.end()
        begin = stop.end()
    if begin < end:
        yield begin, end


def unit_words(text: str, line: Line) -> str | None:
    """The unit that a line above a table states: "Đơn vị tính: tỷ đồng"; null for a line of another kind."""
    found = _UNIT_LINE.match(text[line.start : line.end])
    return found["unit"].strip() if found else None


def cells_of(text: str, line: Line) -> Sequence[tuple[int, int]]:
    """The spans of a table row's cells, stripped; an empty cell is an empty span, also before a mark at an end."""
    mark = "|" if "|" in text[line.start : line.end] else "\t"
    cells = []
    begin = line.start
    for at in [*(m.start() for m in re.finditer(re.escape(mark), text[line.start : line.end])), line.end - line.start]:
        cells.append(_strip(text, begin, line.start + at))
        begin = line.start + at + 1
    return cells
