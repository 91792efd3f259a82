"""Finds the names of Vietnam's units in a text: "TX Đông Hòa", "Cục Thuế Phú Yên", "BẮC GIANG - Chiều 31/3".

One pass finds type words and capitalised words; names are then looked up, the longest first, in a dictionary of
folded words. Capitals decide: "hòa bình" is peace, "Hòa Bình" a province, "Công ty Hòa Bình" neither.
What a mention means in its article is decided by `thuchi.extract.areas`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from thuchi.extract.normalise import fold
from thuchi.extract.spans import Area, AreaMention
from thuchi.model import Level

# Type words as written, and the type that they mean. "Thành ủy Đồng Xoài" names the city by its Party committee.
TYPES: Mapping[str, tuple[str, ...]] = {
    "tỉnh": ("tỉnh",),
    "thành phố": ("thành phố",),
    "tp": ("thành phố",),
    "thị xã": ("thị xã",),
    "tx": ("thị xã",),
    "quận": ("quận",),
    "q": ("quận",),
    "huyện": ("huyện",),
    "h": ("huyện",),
    "huyện đảo": ("huyện",),
    "thị trấn": ("thị trấn",),
    "tt": ("thị trấn",),
    "xã": ("xã",),
    "phường": ("phường",),
    "p": ("phường",),
    "đặc khu": ("đặc khu",),
    "tỉnh ủy": ("tỉnh",),
    "thành ủy": ("thành phố",),
    "thị ủy": ("thị xã",),
    "quận ủy": ("quận",),
    "huyện ủy": ("huyện",),
}
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
NATION_NAMES = ("cả nước", "toàn quốc", "việt nam")
LONGEST = 7
"""Words of the longest name: "thị trấn Nông trường Việt Lâm" without its type has 4, "Nông trường Thống Nhất …" fewer."""

_UPPER = "A-ZĐ" + "".join(chr(c) for c in range(0xC0, 0x1EFA) if chr(c).isalpha() and chr(c).isupper())
_WORD = re.compile(r"[\w'’]+")
# Capitalised words in a row; a dash between them may be a part of the name ("Bà Rịa - Vũng Tàu") or not.
_RUN = re.compile(
    rf"[{_UPPER}][\w'’]*(?:(?:[ \u00a0]{{1,2}}|[ \u00a0]?[-–—][ \u00a0]?|\.[ \u00a0]?(?=[{_UPPER}]))(?:[{_UPPER}][\w'’]*|\d+(?![\w.,/%])))*"
)
_NAME = re.compile(
    rf"\.?[ \u00a0]{{0,3}}((?:[{_UPPER}][\w'’]*|\d{{1,2}}(?![\w.,/%]))(?:(?:[ \u00a0]{{1,2}}|[ \u00a0]?[-–—][ \u00a0]?|\.)[\w'’]+){{0,6}})"
)
_PLURAL_GO_ON = re.compile(r"(?:[ \u00a0]*(?:,|và|/|&|-|hoặc|hay)[ \u00a0]*)$")


def _any_case(words: Iterable[str]) -> str:
    forms = {form for word in words for form in (word, word.capitalize(), word.title(), word.upper())}
    return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))


# Both placings of the tone mark: "Thành ủy" and "Thành uỷ".
_TYPE_SPELLINGS = {spelled for word in TYPES for spelled in (word, word.replace("ủy", "uỷ"))}
_KEY = re.compile(rf"(?:{_any_case([*_TYPE_SPELLINGS, *NATION_NAMES])})(?!\w)")


class Word(NamedTuple):
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AreaWords:
    """The contents of include/vocabulary/areas.yaml, as sets of folded words."""

    organs: frozenset[str]
    provincial: frozenset[str]
    nation: frozenset[str]
    no_place_before: frozenset[str]
    no_unit_before: frozenset[str]
    no_unit_after: frozenset[str]
    openers: frozenset[str]


def area_words(read: Mapping[str, Any]) -> AreaWords:
    """Build from the mapping that areas.yaml holds.

    Raises:
        KeyError: naming a list that is missing.
    """
    sets = {name: frozenset(map(fold, read[name])) for name in AreaWords.__slots__ if name in read}
    return AreaWords(
        **{
            "organs": frozenset(map(fold, read["organs"]["any"])),
            "provincial": frozenset(map(fold, read["organs"]["province"])),
        }
        | {name: sets[name] for name in ("nation", "no_place_before", "no_unit_before", "no_unit_after", "openers")}
    )


# "Đắk", "Đăk", "Đắc" and "Đak" are spellings of one word in one name or another.
_SPELLINGS = {
    "đăk": "đắk",
    "đắc": "đắk",
    "đak": "đắk",
    "dak": "đắk",
    "đác": "đắk",
    "lăk": "lắk",
    "lắc": "lắk",
    "lak": "lắk",
}
_LONE_Y = re.compile(r"(?<![aăâeêioôơuưàáảãạòóỏõọùúủũụ])([yỳýỷỹỵ])$")
_TO_I = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """One key for the spellings of a word of a name: "Hoà" and "Hòa", "Quí" and "Quý", "Đăk" and "Đắk"."""
    key = fold(word).replace("’", "'")
    key = _LONE_Y.sub(lambda found: _TO_I[found[1]], key)
    return key.lstrip("0") or key if key.isdigit() else _SPELLINGS.get(key, key)


def name_key(name: str) -> str:
    return " ".join(word_key(word) for word in _WORD.findall(name))


def type_of(name: str) -> str:
    """The type of a full name; "" of the nation: "thành phố Cao Lãnh" is a "thành phố"."""
    lower = name.lower()
    return next((kind for kind in LEVELS if lower.startswith(kind + " ")), "")


def bare_name(area: Area) -> str:
    """The name without its type: "thành phố Cao Lãnh" is "Cao Lãnh"."""
    kind = type_of(area.name)
    return area.name[len(kind) + 1 :] if kind else area.name


class Gazetteer:
    """All units by name. Building takes a tenth of a second; `find` reads thousands of articles a second."""

    def __init__(self, areas: Iterable[Area], words: AreaWords) -> None:
        self.words = words
        self.by_code: dict[str, Area] = {}
        self._named: dict[str, list[Area]] = {}
        for area in areas:
            self.by_code[area.code] = area
            for name in (bare_name(area), *area.aliases):
                bearers = self._named.setdefault(name_key(name), [])
                if area not in bearers[-1:]:
                    bearers.append(area)
        self.nation = self.by_code["VN"]
        self._no_place = _ending_in(words.no_place_before)
        self._organ = _ending_in(words.organs | words.provincial)
        self._no_unit = _ending_in(words.no_unit_before)
        self._not_after = re.compile(rf"[ \u00a0]+(?:{_longest_first(words.no_unit_after)})(?!\w)", re.IGNORECASE)
        self._nation_organ = re.compile(rf"(?<!\w)(?:{_any_case(words.nation)})(?!\w)")

    def named(self, name: str) -> Sequence[Area]:
        """All units of that bare name or alias."""
        return self._named.get(name_key(name), ())

    def find(self, text: str) -> list[AreaMention]:
        """All mentions in `text` (NFC), in order; they don't overlap."""
        return _Search(self, text).mentions()


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _ending_in(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<word>{_longest_first(words)})\.?[ \u00a0]*$")


_BACK = 28
"""Characters looked at before a name: the longest of the words in areas.yaml and a space."""


class _Search:
    """The search of one text."""

    def __init__(self, gazetteer: Gazetteer, text: str) -> None:
        self.gazetteer = gazetteer
        self.text = text
        self.found: dict[int, AreaMention] = {}
        self.taken: list[tuple[int, int]] = []
        self.anchors: set[str] = set()
        """Codes of units that were named with their type: their communes may then be named without."""
        self.known: set[str] = set()
        """Keys of names that stood with their type: "thành phố Vinh" lets "Vinh" alone be the city."""

    def mentions(self) -> list[AreaMention]:
        plural_end = -1
        for key in _KEY.finditer(self.text):
            start, end = key.span()
            if start and (self.text[start - 1].isalnum() or self.text[start - 1] in "_@"):
                continue
            if self.taken and start < self.taken[-1][1]:
                continue
            word = fold(key.group())
            if word in NATION_NAMES:
                self._nation(start, end, word)
                continue
            plural_end = self._unit(word, start, end, plural_end)
        self._bare_names()
        return [self.found[start] for start in sorted(self.found)]

    def _before(self, start: int) -> str:
        return fold(self.text[max(0, start - _BACK) : start])

    def _add(
        self, start: int, end: int, candidates: Sequence[Area], level: Level | None, typed: bool, organ: bool
    ) -> None:
        self.found[start] = AreaMention(start, end, tuple(candidates), level, typed, organ)
        self.taken.append((start, end))

    def _nation(self, start: int, end: int, word: str) -> None:
        if word == "việt nam":
            before = self.text[max(0, start - 2) : start].strip()
            follows = self.text[end : end + 2]
            # "Mặt trận Tổ quốc Việt Nam" and "Việt Nam Airlines" are organisations.
            previous = _WORD.findall(self.text[max(0, start - 20) : start])
            if (not before and previous and previous[-1][0].isupper()) or follows[1:].isupper():
                return
            if self.text[start].islower():
                return
        self._add(start, end, [self.gazetteer.nation], "nation", True, False)

    # --- names with their type ---

    def _unit(self, word: str, start: int, end: int, plural_end: int) -> int:
        """Read the name after a type word. Returns where a plural ("các huyện, thành phố") ended, or -1."""
        kind, before = TYPES[word][0], self._before(start)
        organ = word.endswith("ủy") or bool(self.gazetteer._organ.search(before))
        name = _NAME.match(self.text, end)
        spaced = name is not None and (name.start(1) > end or self.text[end - 1] == ".")
        if name is not None and (spaced or word in ABBREVIATED):
            hit = self._typed_name(kind, name)
            if hit is not None:
                areas, stop = hit
                self._add(start, stop, areas, areas[0].level, True, organ)
                self.anchors.update(area.code for area in areas)
                self.known.add(name_key(self.text[name.start(1) : stop]))
                self._enumeration(kind, areas, stop)
                return -1
            if self._unknown(kind, word, start, name):
                return -1
        if word in ABBREVIATED and word != "tp":
            return -1
        plural = self.gazetteer._no_unit.search(before) is not None or _counted(before)
        if plural or (plural_end >= 0 and _PLURAL_GO_ON.fullmatch(self.text[plural_end:start])):
            return end
        if (
            self.gazetteer._not_after.match(self.text, end)
            or (self.text[end : end + 1] in "-/"
            and self.text[end : end + 2].strip("-/").isalnum())
        ):
            return -1
        if before.rstrip().endswith(("-", "–")) and before.rstrip(" -–").endswith("kinh tế"):
            return -1
        levels = LEVELS[kind]
        self._add(start, end, (), levels[0], False, organ)
        return -1

    def _words(self, start: int, end: int) -> list[Word]:
        return [Word(word_key(w.group()), *w.span()) for w in _WORD.finditer(self.text, start, end)]

    def _typed_name(self, kind: str, name: re.Match[str]) -> tuple[list[Area], int] | None:
        """The units of the longest name that begins here and has this type, or failing that this level."""
        words = self._words(*name.span(1))
        named = self.gazetteer._named
        for strict in (True, False):
            for count in range(min(LONGEST, len(words)), 0, -1):
                bearers = named.get(" ".join(word.key for word in words[:count]), ())
                if strict:
                    areas = [area for area in bearers if type_of(area.name) == kind]
                elif count == 1 or kind == "tỉnh":
                    continue
                else:
                    # A status changes more often than the lists: "xã Hồng Tiến" became a phường.
                    areas = [area for area in bearers if area.level in LEVELS[kind][:1]]
                if areas:
                    return areas, words[count - 1].end
        return None

    def _unknown(self, kind: str, word: str, start: int, name: re.Match[str]) -> bool:
        """A commune's or district's name that no list has is a mention without candidates, so that it is not
        taken for another unit; a person's name after an office ("Chủ tịch UBND xã Trần Văn Bình") is not."""
        if kind in ("tỉnh", "thành phố") or word.endswith("ủy") or word in ABBREVIATED:
            return False
        capitals = [w for w in _RUN.finditer(self.text, name.start(1), name.end(1))][:1]
        if not capitals or len(capitals[0].group().split()) not in (2, 3) or not self.text[start].islower():
            return False
        words = self._words(*capitals[0].span())
        if words[0].key in SURNAMES or self.text[words[0].start : words[0].end].isupper():
            return False
        self._add(start, words[-1].end, (), LEVELS[kind][0], True, False)
        return True

    _GAP = re.compile(
        r"(?:[ \u00a0]*(?:,|;|và|-|–)[ \u00a0]*|[ \u00a0]*\([^()\n]{0,60}\)[ \u00a0]*(?:,|;|và)[ \u00a0]*)"
    )

    def _enumeration(self, kind: str, areas: Sequence[Area], stop: int) -> None:
        """ "các xã Phùng Xá, Hữu Bằng và Bình Phú": the type goes on through the list, within one parent."""
        parents = {area.parent for area in areas}
        while (gap := self._GAP.match(self.text, stop)) is not None:
            name = _NAME.match(self.text, gap.end())
            hit = None if name is None or name.start(1) != gap.end() else self._typed_name(kind, name)
            if hit is None:
                return
            same = [area for area in hit[0] if area.parent in parents]
            if not same or type_of(same[0].name) != kind:
                return
            assert name is not None
            self._add(name.start(1), hit[1], same, same[0].level, True, False)
            self.anchors.update(area.code for area in same)
            parents &= {area.parent for area in same}
            stop = hit[1]

    # --- names alone ---

    def _bare_names(self) -> None:
        spans = sorted(self.taken)
        at = 0
        for run in _RUN.finditer(self.text):
            start, end = run.span()
            while at < len(spans) and spans[at][1] <= start:
                at += 1
            if at < len(spans) and spans[at][0] <= start < spans[at][1]:
                start = spans[at][1]
            for part_start, part_end in self._free(start, end, spans[at : at + 6]):
                self._run(part_start, part_end, run.end())

    @staticmethod
    def _free(start: int, end: int, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        for taken_start, taken_end in spans:
            if taken_start >= end:
                break
            if start < taken_start:
                yield start, taken_start
            start = max(start, taken_end)
        if start < end:
            yield start, end

    def _run(self, start: int, end: int, run_end: int) -> None:
        words = self._words(start, end)
        at = 0
        rejected = False  # a thing's name goes on over a dash: "cao tốc Bắc Giang - Lạng Sơn"
        while at < len(words):
            count, areas = self._longest(words, at)
            if not areas:
                at += 1
                continue
            first, last = words[at], words[at + count - 1]
            verdict = self._stands_alone(words, at, at + count, rejected)
            if verdict is None:
                rejected = True
            else:
                organ, provincial = verdict
                fitting = [area for area in areas if area.level == "province"] if provincial else areas
                if fitting := fitting or areas:
                    self._add(first.start, last.end, fitting, _only_level(fitting), False, organ)
            at += count

    def _longest(self, words: Sequence[Word], at: int) -> tuple[int, list[Area]]:
        named = self.gazetteer._named
        for count in range(min(LONGEST, len(words) - at), 0, -1):
            key = " ".join(word.key for word in words[at : at + count])
            if key not in named:
                continue
            areas = [area for area in named[key] if self._may_be_bare(area, key, count)]
            if areas:
                return count, areas
        return 1, []

    def _may_be_bare(self, area: Area, key: str, count: int) -> bool:
        if area.level == "province":
            return True
        if area.level == "commune":
            return (area.parent in self.anchors and count > 1) or (key in self.known and not key.isdigit())
        return count > 1 or (key in self.known and not key.isdigit())

    def _stands_alone(self, words: Sequence[Word], first: int, after: int, rejected: bool) -> tuple[bool, bool] | None:
        """Whether the name is the whole of what it stands in: (organ, provincial organ), or None if it is not."""
        text = self.text
        if after < len(words) and not text[words[after - 1].end : words[after].start].strip(" \u00a0"):
            following = words[after]
            written = text[following.start : following.end]
            if not (following.key in self.gazetteer.words.openers or written.isdigit()):
                return None
        if first and not text[words[first - 1].end : words[first].start].strip(" \u00a0"):
            head = fold(text[words[0].start : words[first].start])
            organ = self.gazetteer._organ.search(head)
            if organ is not None:
                return True, organ["word"] in self.gazetteer.words.provincial
            if words[first - 1].key in self.gazetteer.words.openers:
                return False, False
            return None
        if first and rejected:
            return None
        before = self._before(words[first].start)
        if self.gazetteer._no_place.search(before):
            return None
        organ = self.gazetteer._organ.search(before)
        return organ is not None, organ is not None and organ["word"] in self.gazetteer.words.provincial


def _only_level(areas: Sequence[Area]) -> Level | None:
    levels = {area.level for area in areas}
    return areas[0].level if len(levels) == 1 else None


_COUNT = re.compile(r"\d[ \u00a0]*$")


def _counted(before: str) -> bool:
    return _COUNT.search(before) is not None


SURNAMES = frozenset(
    ["nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý", "đinh", "trịnh", "đào", "đoàn", "lâm", "phùng", "mai", "tô", "hà", "cao", "lương", "trương", "tạ", "chu", "thái", "quách", "vương", "hứa", "triệu", "nông", "giàng", "vàng", "sùng", "thào", "lò", "quàng", "cầm", "điểu"]
)
