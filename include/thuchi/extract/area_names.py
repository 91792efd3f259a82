"""Names of units: their types, and one key for all spellings of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from thuchi.extract.normalise import fold
from thuchi.extract.spans import Area
from thuchi.model import Level

TYPES: Mapping[str, str] = {
    "tỉnh": "tỉnh",
    "thành phố": "thành phố",
    "tp": "thành phố",
    "thị xã": "thị xã",
    "tx": "thị xã",
    "quận": "quận",
    "q": "quận",
    "huyện": "huyện",
    "h": "huyện",
    "huyện đảo": "huyện",
    "thị trấn": "thị trấn",
    "tt": "thị trấn",
    "xã": "xã",
    "phường": "phường",
    "p": "phường",
    "đặc khu": "đặc khu",
    "tỉnh ủy": "tỉnh",
    "thành ủy": "thành phố",
    "thị ủy": "thị xã",
    "quận ủy": "quận",
    "huyện ủy": "huyện",
}
"""A type word as written → the type it means. "Thành ủy Đồng Xoài" names the city by its Party committee."""

LEVELS: Mapping[str, tuple[Level, ...]] = {
    "tỉnh": ("province",),
    "thành phố": ("district", "province"),
    "thị xã": ("district",),
    "quận": ("district",),
    "huyện": ("district",),
    "thị trấn": ("commune",),
    "xã": ("commune",),
    "phường": ("commune",),
    "đặc khu": ("commune",),
}
ABBREVIATED = frozenset({"tp", "tx", "q", "h", "tt", "p"})

UPPER = "A-ZĐ" + "".join(chr(c) for c in range(0xC0, 0x1EFA) if chr(c).isalpha() and chr(c).isupper())
"""The capitals of Vietnamese, for a class of a pattern."""
SPACE = "[ \u00a0]"
WORD = re.compile(r"[\w'’]+")

# "Đắk", "Đăk", "Đắc" and "Đak" are spellings of one word, in one name or another; so are "Lắk" and "Lắc".
_SPELLINGS = dict.fromkeys(["đăk", "đắc", "đak", "dak", "đác"], "đắk") | dict.fromkeys(["lăk", "lắc", "lak"], "lắk")
# "Quí" and "Quý", "Sĩ" and "Sỹ": i and y are one where no other vowel stands before them.
_LONE_Y = re.compile(r"(?<![aăâeêioôơưàáảãạòóỏõọùúủũụ])([yỳýỷỹỵ])$")
_TO_I = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """One key for the spellings of a word of a name: of "Hoà" and "Hòa", "Đăk" and "Đắk", "05" and "5"."""
    key = fold(word).replace("’", "'")
    if key.isdigit():
        return key.lstrip("0")
    return _SPELLINGS.get(key) or _LONE_Y.sub(lambda found: _TO_I[found[1]], key)


def name_key(name: str) -> str:
    """One key for the spellings of a name: of "BÀ RỊA – VŨNG TÀU" and "Bà Rịa-Vũng Tàu"."""
    return " ".join(word_key(word) for word in WORD.findall(name))


@lru_cache(maxsize=1 << 14)  # an article asks for the same fifty names again and again
def type_of(name: str) -> str:
    """The type of a full name, "" of the nation: "thành phố Cao Lãnh" is a "thành phố"."""
    first, _, rest = name.partition(" ")
    return first if first in LEVELS else f"{first} {rest.partition(' ')[0]}" if first in ("thành", "thị", "đặc") else ""


def bare_name(area: Area) -> str:
    """The name without its type: "thành phố Cao Lãnh" is "Cao Lãnh"."""
    kind = type_of(area.name)
    return area.name[len(kind) + 1 :] if kind else area.name


def respelled(area: Area, official: Sequence[str], written: Sequence[str]) -> str:
    """The name in the words of an article; it stays as it is where they only place a tone mark otherwise ("Hoà") or add
    a zero ("quận 03")."""
    if all(fold(one) == fold(other).lstrip("0") for one, other in zip(official, written, strict=True)):
        return area.name
    words = iter(written)
    bare = bare_name(area)
    return area.name.removesuffix(bare) + WORD.sub(lambda _: next(words), bare)


def is_province(bearers: Iterable[Area]) -> bool:
    """Whether a province is among the units that a name can mean."""
    return any(area.level == "province" for area in bearers)


@dataclass(frozen=True, slots=True)
class AreaWords:
    """The lists of include/vocabulary/areas.yaml, folded."""

    organs: frozenset[str]
    provincial_organs: frozenset[str]
    nation_names: frozenset[str]
    nation_parts: frozenset[str]
    nation_organs: frozenset[str]
    nation_speakers: frozenset[str]
    things: frozenset[str]
    bodies: frozenset[str]
    not_places: frozenset[str]
    plurals: frozenset[str]
    not_units: frozenset[str]
    openers: frozenset[str]
    links: frozenset[str]
    speakers: frozenset[str]
    surnames: frozenset[str]
    persons: frozenset[str]
    counted: frozenset[str]


def area_words(read: Mapping[str, Any]) -> AreaWords:
    """Build from the mapping that areas.yaml holds.

    Raises:
        KeyError: naming a list that is missing.
    """
    return AreaWords(**{field.name: frozenset(map(fold, read[field.name])) for field in fields(AreaWords)})
