"""How a number is written: digits with their separators, and number words up to the billions.

Number grammar is code, not vocabulary. Values are Decimal, never float. Nothing here knows what a number
counts; `quantities` adds units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

SPACE = r"[ \t\u00a0\u2000-\u200f\u202f\u2060\ufeff]"
"""Blanks within a line as web pages print them: no-break, thin and zero-width ones included."""
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


@lru_cache(maxsize=16)  # the gate, quantities and periods ask for the same text, and lines of it in between
def lowered(text: str) -> str:
    """`text` in lower case, each character still at its place (İ alone would become two)."""
    return text.replace("İ", "I").lower()


# At most 40 characters: longer runs of digits are no numbers, and the bound keeps every search linear.
DIGITS = rf"\d(?:[\d.,{INVISIBLE}]{{0,40}}\d)?"

SEPARATOR = "separator"
"""Doubt: "5,500" may be 5500 or 5.5, and the text's own convention does not settle it."""
NUMBER_FORMAT = "number_format"
"""Doubt: the separators are those of no number ("12.34.567")."""

Mark = Literal[".", ","]


@dataclass(frozen=True, slots=True)
class Convention:
    """How one text writes its numbers: as Vietnamese does, unless the text shows otherwise."""

    decimal: Mark = ","
    """The decimal mark; the other one groups thousands."""
    mixed: bool = False
    """Whether the text writes numbers both ways."""
    long_decimals: bool = False
    """Whether it prints three decimals beyond doubt ("1.012,552", "0,552")."""


VIETNAMESE = Convention()


@dataclass(slots=True)
class Number:
    """A number as read from `text[start:end]`; null, with a doubt, where its digits cannot be read."""

    start: int
    end: int
    value: Decimal | None
    doubts: tuple[str, ...] = ()
    other: Decimal | None = None
    """The other reading, where the doubt `separator` stands."""


# Numbers that can speak against the Vietnamese convention, or for three decimals; most texts hold none. Each begins
# with one letter, which a search skips to ten times as fast as to one of two.
_TELLING_COMMA = re.compile(r",(?<=\d,)\d{3}(?!\d)")
_TELLING_POINT = re.compile(r"\.(?<=\d\.)\d{1,2}(?![\d.])")
_MARKED = re.compile(
    rf"\d(?<![\w/]\d)(?<!\d[.,]\d)\d{{0,15}}(?:[.,]\d{{1,16}}){{1,8}}(?![\w/])(?![.,]\d)(?P<unit>{SPACE}{{0,3}}[%tT])?"
)
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:\{mark}\d{{3}})+") for mark in (".", ",")}


def convention_of(text: str) -> Convention:
    """What those numbers of `text` that can be read in one way only show of its decimal mark."""
    if not (_TELLING_COMMA.search(text) or _TELLING_POINT.search(text)):
        return VIETNAMESE
    commas = points = 0
    long_decimals = False
    for found in _MARKED.finditer(text):
        token = found[0].rstrip("%tT").rstrip() if found["unit"] else found[0]
        mark = _decimal_mark_shown(token, measured=found["unit"] is not None)
        if mark == ",":
            commas += 1
            long_decimals = long_decimals or (token.count(",") == 1 and token[-4:-3] == ",")
        elif mark == ".":
            points += 1
    return Convention("," if commas >= points else ".", bool(commas and points), long_decimals)


def _decimal_mark_shown(token: str, measured: bool) -> Mark | None:
    """The decimal mark that `token` proves, or null: "1.584" and "5,500" prove nothing.

    A point before one or two digits is proof only where a unit follows: "9.12" and "1.2.3" are dates and
    headings more often than numbers.
    """
    kinds = {mark for mark in token if mark in ".,"}
    last = max(token.rfind("."), token.rfind(","))
    if len(kinds) == 2:
        return "," if token[last] == "," else "."
    mark = token[last]
    if token.count(mark) > 1:
        if _GROUPED[mark].fullmatch(token):
            return "." if mark == "," else ","
        return None
    tail = len(token) - last - 1
    if tail == 3 and not token.startswith("0"):
        return None
    if mark == ",":
        return ","
    return "." if measured else None


def read_digits(
    token: str, convention: Convention, measured: bool = True
) -> tuple[Decimal | None, tuple[str, ...], Decimal | None]:
    """The value of "1.584", its doubts, and the other reading where two are open.

    Args:
        token: digits with points and commas (and invisible characters) only.
        convention: that of the text it stands in.
        measured: whether it is a count of thousands, millions or percent; a number of plain đồng has no
            decimals, so that "12,345 đồng" is grouped in any text.
    """
    if token.isdecimal():
        return Decimal(token), (), None
    if not token.isascii():
        token = "".join(sign for sign in token if sign not in INVISIBLE)
    parts = token.replace(",", ".").split(".")
    if len(parts) == 1:
        return Decimal(token), (), None
    if not all(parts):
        return None, (NUMBER_FORMAT,), None
    if len(parts) == 2:
        return _read_one_mark(parts[0], parts[1], token[len(parts[0])], convention, measured)
    marks = [sign for sign in token if sign in ".,"]
    whole, last = "".join(parts[:-1]), parts[-1]
    as_decimal, as_grouped = Decimal(f"{whole}.{last}"), Decimal(whole + last)
    well_grouped = len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:-1])
    if not well_grouped or len(set(marks[:-1])) > 1:
        return None, (NUMBER_FORMAT,), None
    if marks[-1] != marks[0]:  # 10.124,00 and 33,448.222
        return as_decimal, (), None
    if len(last) == 3:
        return as_grouped, (), None
    if len(last) < 3:  # 1.056.7 tỷ is printed in earnest: thousands, and tenths
        return as_decimal, (), None
    return None, (NUMBER_FORMAT,), None


def _read_one_mark(
    head: str, tail: str, mark: str, convention: Convention, measured: bool
) -> tuple[Decimal | None, tuple[str, ...], Decimal | None]:
    grouped, doubted = _groups(head, tail, mark, convention, measured)
    as_decimal = f"{head}.{tail}"
    value = Decimal(head + tail if grouped else as_decimal)
    if not doubted:
        return value, (), None
    if tail == "00":  # "255.00 tỷ": a nought too few, perhaps
        return value, (SEPARATOR,), value * 1000
    return value, (SEPARATOR,), Decimal(as_decimal if grouped else head + tail)


def _groups(head: str, tail: str, mark: str, convention: Convention, measured: bool) -> tuple[bool, bool]:
    """Whether the one mark of a number groups thousands, and whether that may be doubted."""
    if mark == "." and len(tail) > 3:  # "1.2345": a point too many or a digit too many
        return False, True
    if mark == "." and len(head) > 3 and len(tail) == 3:  # "1042.800 tỉ": a point too few
        return True, True
    if mark == "." != convention.decimal and tail == "00":
        return False, True
    if len(tail) != 3 or len(head) > 3 or head.startswith("0"):
        return False, False
    if not measured:
        return True, False
    if mark == ".":
        # Points before one or two digits (12.5%) stand in many texts that still group thousands by points.
        return True, convention.decimal == "." and not convention.mixed and not tail.endswith("00")
    if convention.decimal == ".":
        return True, convention.mixed
    # A decimal is seldom printed with its noughts: "5,500 tỷ" beside "5.112 tỷ" is five thousand five hundred.
    grouped = tail.endswith("00") and not convention.long_decimals
    return grouped, grouped


_CELL = re.compile(
    rf"{SPACE}*(?P<open>\()?{SPACE}*(?P<sign>[-−–+])?{SPACE}*(?P<digits>{DIGITS}){SPACE}*(?(open)\)){SPACE}*"
)
_SPACED = re.compile(rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?:,\d+)?")


def read_number(text: str, start: int, end: int, convention: Convention = VIETNAMESE) -> Number | None:
    """The bare number that is the whole of `text[start:end]`, as in a table cell: "14.527", "(1,3)", "-5,2".

    Returns null where the cell holds anything but one number ("-", "x", "Tổng thu").
    """
    cell = text[start:end]
    found = _CELL.fullmatch(cell)
    if found is None:
        return _read_spaced_cell(cell, start)
    value, doubts, other = read_digits(found["digits"], convention)
    negative = found["open"] is not None or found["sign"] in ("-", "−", "–")
    if negative:
        value, other = None if value is None else -value, None if other is None else -other
    first = start + (found.start("sign") if found["sign"] else found.start("digits"))
    return Number(first, start + found.end("digits"), value, doubts, other)


def _read_spaced_cell(cell: str, start: int) -> Number | None:
    stripped = cell.strip()
    if not _SPACED.fullmatch(stripped):
        return None
    first = start + cell.index(stripped)
    return Number(first, first + len(stripped), Decimal(re.sub(rf"{SPACE}", "", stripped).replace(",", ".")))


# --- number words -----------------------------------------------------------------------------------------

_ONES = {
    "không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_AFTER_TENS = _ONES | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "rưỡi": 5}
_SCALES = {"nghìn": 3, "ngàn": 3, "ngìn": 3, "vạn": 4, "triệu": 6, "tỷ": 9, "tỉ": 9}
NUMBER_WORDS = frozenset(_AFTER_TENS) | frozenset(_SCALES) | {"mười", "mươi", "trăm", "chục", "linh", "lẻ"}

_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
# Each word with what may not stand before it after its first letter: so a search skips to first letters.
_FIRST = "|".join(rf"{word[0]}(?<!\w{word[0]}){word[1:]}" for word in (*_ONES, "mười"))
SPELLED = re.compile(rf"(?:{_FIRST})(?!\w)(?:{SPACE}{{1,3}}(?:{_WORD})(?!\w)){{0,24}}")
"""A run of number words of a lower-cased text; not each is a number ("hai ba", "năm" of a year)."""


def read_words(words: list[str]) -> Decimal | None:
    """The value of lower-case number words: ["sáu", "trăm", "năm", "mươi", "tỷ"] is 650000000000.

    Returns null for a run that is no number ("hai ba", "mươi trăm").
    """
    for names, power in ((("tỷ", "tỉ"), 9), (("triệu",), 6), (("vạn",), 4), (("nghìn", "ngàn", "ngìn"), 3)):
        at = next((i for i in range(len(words) - 1, -1, -1) if words[i] in names), None)
        if at is None:
            continue
        head, tail = read_words(words[:at]), words[at + 1 :]
        if head is None:
            return None
        factor = Decimal(10) ** power
        if tail == ["rưỡi"]:
            return head * factor + factor / 2
        if not tail:
            return head * factor
        if len(tail) == 1 and _AFTER_TENS.get(tail[0]):  # một triệu hai: 1.200.000
            return head * factor + _AFTER_TENS[tail[0]] * factor / 10
        rest = read_words(_without_joint(tail))
        return None if rest is None or rest >= factor else head * factor + rest
    return _below_thousand(words)


def _without_joint(words: list[str]) -> list[str]:
    """ "một nghìn không trăm linh năm", "một nghìn lẻ năm": the joint says nothing of the value."""
    return words[1:] if words[0] in ("linh", "lẻ") and len(words) > 1 else words


def _below_thousand(words: list[str]) -> Decimal | None:
    total = Decimal(0)
    if len(words) > 1 and words[1] == "trăm":
        if words[0] not in _ONES:
            return None
        total, words = Decimal(100 * _ONES[words[0]]), words[2:]
        if not words:
            return total
        if words == ["rưỡi"]:
            return total + 50
        if words[0] in ("linh", "lẻ"):
            return total + _AFTER_TENS[words[1]] if len(words) == 2 and words[1] in _AFTER_TENS else None
        if len(words) == 2 and all(_ONES.get(word) for word in words):  # hai trăm bốn chín: 249
            return total + 10 * _ONES[words[0]] + _ONES[words[1]]
    tens = _below_hundred(words)
    return None if tens is None else total + tens


def _below_hundred(words: list[str]) -> Decimal | None:
    if len(words) == 1:
        return Decimal(10) if words[0] == "mười" else Decimal(_ONES[words[0]]) if words[0] in _ONES else None
    if not words:
        return None
    if words[0] == "mười":
        tens, rest = 10, words[1:]
    elif words[0] in _ONES and _ONES[words[0]] > 0 and words[1] in ("mươi", "chục"):
        tens, rest = 10 * _ONES[words[0]], words[2:]
    elif words[0] in _ONES and _ONES[words[0]] > 1 and words[1] in ("mốt", "tư", "lăm", "nhăm"):  # hai lăm: 25
        tens, rest = 10 * _ONES[words[0]], words[1:]
    else:
        return None
    if not rest:
        return Decimal(tens)
    return Decimal(tens + _AFTER_TENS[rest[0]]) if len(rest) == 1 and rest[0] in _AFTER_TENS else None
