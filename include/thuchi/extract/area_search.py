"""The search of one text for the names of units, by the dictionary and the words of a Gazetteer.

One pass finds type words, a second one capitalised words; names are then looked up, the longest first, in a dictionary
of folded words. Capitals decide: "hòa bình" is peace, "Hòa Bình" a province, "Công ty Hòa Bình" neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thuchi.extract.area_names import (
    ABBREVIATED,
    LEVELS,
    SPACE,
    TYPES,
    UPPER,
    WORD,
    is_province,
    name_key,
    type_of,
    word_key,
)
from thuchi.extract.normalise import folded
from thuchi.extract.spans import Area, AreaMention
from thuchi.model import Level

if TYPE_CHECKING:
    from thuchi.extract.gazetteer import Gazetteer

LONGEST = 7
"""Words of the longest name."""
BACK = 28
"""Characters looked at before a name: enough for the longest of the words in areas.yaml, and a space."""
PHRASE = 60
"""Characters in which the noun phrase before a name may begin ("Công ty TNHH MTV Xổ số kiến thiết Bến Tre")."""

_DASH = f"{SPACE}?[-–—]{SPACE}?"
# Capitalised words in a row; a dash between them may be a part of the name ("Bà Rịa - Vũng Tàu") or not.
_RUN = re.compile(rf"[{UPPER}][\w'’]*(?:(?:{SPACE}{{1,2}}|{_DASH}|\.{SPACE}?)[{UPPER}][\w'’]*)*")
# What may follow a type: the first word capitalised, or a number ("Quận 1"); the next ones as they come.
_FIRST = rf"(?:[{UPPER}][\w'’]*|\d{{1,2}}(?![\w/%-]|[.,]\d))"
_NAME = re.compile(rf"{SPACE}{{1,3}}({_FIRST}(?:(?:{SPACE}{{1,2}}|{_DASH})[\w'’]+){{0,{LONGEST - 1}}})")
# After an abbreviation its full stop, and no space or even a line's end: "TP.HCM", "TP.⏎HCM".
_ABBREVIATED_NAME = re.compile(_NAME.pattern.replace(f"{SPACE}{{1,3}}", rf"(?:\.\s{{0,2}}|{SPACE})", 1))
# What may stand between two members of a list: "Phùng Xá hơn 24,6 tỷ đồng (118% dự toán), Hữu Bằng".
_LIST_GAP = re.compile(rf"(?:[^{UPPER}\n.;]|\.(?=\d)){{0,60}}?(?:[,;]|(?<!\w)và(?!\w)){SPACE}?(?=[{UPPER}\d])")
_LIST_ON = re.compile(rf"{SPACE}*(?:,|và|/|&|-|hoặc|hay){SPACE}*")
_COUNT = re.compile(rf"\d{SPACE}*$")
# "bản" is a hamlet, but not in "vốn xây dựng cơ bản toàn tỉnh"; "cầu" is a bridge, but not in "từ điểm cầu Cần Thơ".
_NO_THING = re.compile(r"cơ bản|(?<!\w)(?:đầu|điểm) cầu(?!\w)")
_AS_IT_WAS = re.compile(rf"{SPACE}\((?:cũ|mới|trước đây|trước sáp nhập)\)|{SPACE}cũ(?!\w)")
"""Since 2025, names are told apart by this: "khu vực Bình Thuận (cũ) 9.000 tỷ đồng"."""
_HYPHENED = re.compile(r"[-/]\w")


class Endings:
    """Words before a place that say what it is: "… của ubnd " ends with "ubnd"."""

    def __init__(self, phrases: frozenset[str]) -> None:
        self._phrases = phrases
        self._last = {phrase.rsplit(" ", 1)[-1] for phrase in phrases}

    def of(self, before: str) -> str | None:
        """The longest of the phrases that a folded text ends with, or None."""
        tail = before.rstrip(" \u00a0.:").split()
        if not tail or (tail[-1] not in self._last and tail[-1].lstrip(_OPENS) not in self._last):
            return None
        for count in range(min(6, len(tail)), 0, -1):
            phrase = " ".join(tail[-count:]).lstrip(_OPENS)
            if phrase in self._phrases:
                return phrase
        return None


_OPENS = '("“-–'


@dataclass(slots=True)
class Word:
    key: str
    start: int
    end: int


class Search:
    """The search of one text: first the names with their type, which then allow some without."""

    def __init__(self, gazetteer: Gazetteer, text: str) -> None:
        self.gazetteer = gazetteer
        self.text = text
        self.folded = folded(text)
        self.found: list[AreaMention] = []
        self.end = 0
        """Where the last mention that was found ends."""
        self.anchors: set[str] = set()
        """Districts that are named: their communes may then be named without a type."""
        self.known: set[str] = set()
        """Names that stood with their type: "thành phố Vinh" lets "Vinh" alone be the city."""

    def mentions(self) -> list[AreaMention]:
        plural_end = -1
        for key in self.gazetteer.key_words.finditer(self.text):
            start, end = key.span()
            if start < self.end or (start and (self.text[start - 1].isalnum() or self.text[start - 1] in "_@")):
                continue
            word = self.folded[start:end]
            if word in TYPES:
                plural_end = self._unit(word, start, end, plural_end)
            else:
                self._nation(word, start, end)
        self._bare_names()
        return sorted(self.found, key=lambda mention: mention.start)

    def _before(self, start: int, length: int = BACK) -> str:
        """The folded words of the line before an offset."""
        line = self.text.rfind("\n", max(0, start - length), start) + 1
        return self.folded[max(line, start - length, 0) : start]

    def _add(
        self, start: int, end: int, candidates: Sequence[Area], level: Level | None, *, typed: bool, organ: bool
    ) -> None:
        if candidates and (old := _AS_IT_WAS.match(self.text, end)) is not None:
            end = old.end()
        self.found.append(AreaMention(start, end, tuple(candidates), level, typed, organ))
        self.end = max(self.end, end)
        self.anchors.update(area.code for area in candidates if area.level == "district")

    def _nation(self, word: str, start: int, end: int) -> None:
        # "Mặt trận Tổ quốc Việt Nam", "Việt Nam Airlines" and "việt nam đồng" are not the country.
        if word == "việt nam":
            before = self._before(start)
            within = self.text[start - 1 : start] in (" ", "\u00a0") and WORD.findall(
                self.text[max(0, start - 12) : start]
            )
            after = self.text[end : end + 2]
            if (
                self.text[start].islower()
                or (within and within[-1][0].isupper())
                or (after[:1] == " " and after[1:].isupper())
            ):
                return
            if self.gazetteer.nation_parts.of(before):
                return
        elif self.folded[max(0, start - 5) : start].strip() == "nhất":
            return  # "địa phương được giao vốn lớn nhất cả nước": what a place is the first of
        self._add(start, end, [self.gazetteer.nation], "nation", typed=True, organ=False)

    # --- names with their type ---

    def _unit(self, word: str, start: int, end: int, plural_end: int) -> int:
        """Read what follows a type word. Returns where a plural ("các huyện, thành phố") ended, or -1."""
        kind, before = TYPES[word], self._before(start)
        organ = word.endswith("ủy") or self.gazetteer.organs.of(before) is not None
        name = (_ABBREVIATED_NAME if word in ABBREVIATED else _NAME).match(self.text, end)
        if name is not None:
            areas, stop = self._typed_name(kind, word, name)
            if areas and kind == "thành phố" and self._ends(self.gazetteer.body, self._before(start, PHRASE)):
                return -1  # "Đại học Quốc gia TP.HCM"
            if areas:
                self._add(start, stop, areas, _level(areas), typed=True, organ=organ)
                self.known.add(name_key(self.text[name.start(1) : stop]))
                self._list(kind, areas, stop)
                return -1
        if word in ABBREVIATED and word != "tp":
            return -1
        if self.gazetteer.plurals.of(before) or _COUNT.search(before):
            return end
        if plural_end >= 0 and _LIST_ON.fullmatch(self.text, plural_end, start):
            return end
        if name is not None and not organ and self._other_name(kind, word, start, name):
            return -1
        if self.gazetteer.not_unit.match(self.text, end) or _HYPHENED.match(self.text, end):
            return -1
        # "kinh tế - xã hội" is cut by a line's end at times.
        if before.rstrip(" -–\u00a0").endswith("kinh tế"):
            return -1
        self._add(start, end, (), LEVELS[kind][0], typed=False, organ=organ)
        return -1

    def _typed_name(self, kind: str, word: str, name: re.Match[str]) -> tuple[list[Area], int]:
        """The units of the longest name that begins here and has this type, or failing that this level."""
        words = self._words(*name.span(1))
        by_name = self.gazetteer.by_name
        numbered = self.text[words[0].start].isdigit()
        if numbered and (len(words) > 1 and self.gazetteer.counted.match(self.text, words[0].end)):
            return [], 0
        longest = 1 if numbered else min(self.gazetteer.longest.get(words[0].key, 0), len(words))
        for strict in (True, False):
            for count in range(longest, 0, -1):
                if count == 1 and (kind == "tỉnh" or len(word) == 1) and not numbered:
                    break
                bearers = by_name.get(" ".join(w.key for w in words[:count]), ())
                if strict:
                    areas = [area for area in bearers if type_of(area.name) == kind]
                elif count == 1 or kind == "tỉnh":
                    break
                else:
                    # A status changes more often than the lists do: "xã Hồng Tiến" is a phường by now.
                    areas = [area for area in bearers if area.level == LEVELS[kind][0]]
                if areas:
                    return areas, words[count - 1].end
        return [], 0

    def _other_name(self, kind: str, word: str, start: int, name: re.Match[str]) -> bool:
        """Whether a capitalised name follows that is no unit of ours: "thành phố Quảng Châu", "tỉnh Aleppo".

        A commune or district that no list has is a mention without candidates, so that it is taken for no other; a
        person after an office ("Bí thư xã Trần Văn Bình") is none.
        """
        capitals = _RUN.match(self.text, name.start(1), name.start(1) + PHRASE)
        if capitals is None:
            return False
        words = self._words(*capitals.span())
        if kind in ("tỉnh", "thành phố"):
            return words[0].key not in self.gazetteer.words.openers | self.gazetteer.words.surnames
        shouted = any(self.text[w.start : w.end].isupper() for w in words)
        if (
            kind == "đặc khu"
            or word in ABBREVIATED
            or not self.text[start].islower()
            or len(words) not in (2, 3)
            or shouted
        ):
            return False
        if words[0].key in self.gazetteer.words.surnames:
            return False
        self._add(start, words[-1].end, (), LEVELS[kind][0], typed=True, organ=False)
        return True

    def _list(self, kind: str, areas: Sequence[Area], stop: int) -> None:
        """ "các xã Phùng Xá, Hữu Bằng và Bình Phú": the type goes on through the list, within one parent."""
        parents = {area.parent for area in areas}
        while (gap := _LIST_GAP.match(self.text, stop)) is not None:
            # A space before the name is what `_NAME` begins with.
            name = _NAME.match(self.text, gap.end() - 1)
            if name is None:
                return
            members, end = self._typed_name(kind, kind, name)
            members = [area for area in members if area.parent in parents and type_of(area.name) == kind]
            if not members:
                return
            self._add(name.start(1), end, members, _level(members), typed=True, organ=False)
            parents &= {area.parent for area in members}
            stop = end

    # --- names alone ---

    def _bare_names(self) -> None:
        taken = sorted((mention.start, mention.end) for mention in self.found)
        at = 0
        for run in _RUN.finditer(self.text):
            start, end = run.span()
            while at < len(taken) and taken[at][1] <= start:
                at += 1
            inside = at
            while inside < len(taken) and taken[inside][0] < end:  # around the mentions that stand within the run
                if start < taken[inside][0]:
                    self._run(start, taken[inside][0])
                start = max(start, taken[inside][1])
                inside += 1
            if start < end and (" " in run[0] or self._counts_alone(run[0])):
                self._run(start, end)

    def _counts_alone(self, word: str) -> bool:
        """Most capitalised words that stand alone begin a sentence; few are a name: "Huế", "Vinh", "TPHCM"."""
        key = word_key(word)
        gazetteer = self.gazetteer
        return key in gazetteer.provinces_of_one_word or key in self.known or key in gazetteer.nation_first

    def _words(self, start: int, end: int) -> list[Word]:
        return [Word(word_key(found.group()), *found.span()) for found in WORD.finditer(self.text, start, end)]

    def _run(self, start: int, end: int) -> None:
        words = self._words(start, end)
        at = 0
        while at < len(words):
            if words[at].key in self.gazetteer.nation_first:
                organ = self.gazetteer.nation_organ.match(self.text, words[at].start)
                if organ is not None:
                    nation = [self.gazetteer.nation]
                    self._add(*organ.span(), nation, "nation", typed=False, organ=True)
                    at += sum(1 for word in words[at:] if word.end <= organ.end())
                    continue
            count, areas = self._longest(words, at)
            if areas:
                self._bare(words, at, at + count, areas)
            at += count

    def _longest(self, words: Sequence[Word], at: int) -> tuple[int, list[Area]]:
        by_name, key, persons = self.gazetteer.by_name, words[at].key, self.gazetteer.words.persons
        found: tuple[int, list[Area]] = (1, [])
        for count in range(1, min(self.gazetteer.longest.get(key, 0), len(words) - at) + 1):
            if count > 1:
                key = f"{key} {words[at + count - 1].key}"
            elif key not in self.known and key not in self.gazetteer.provinces_of_one_word:
                continue
            if key in by_name and (key not in persons or key in self.known):
                areas = [area for area in by_name[key] if self._may_be_bare(area, key, count)]
                if is_province(areas) and key not in self.known:  # "hợp nhất với Thái Bình": not the phường of its name
                    areas = [area for area in areas if area.level != "commune"]
                if areas:
                    found = (count, areas)
        return found

    def _may_be_bare(self, area: Area, key: str, count: int) -> bool:
        if area.level == "province":
            return True
        if key in self.known:
            return not key.isdigit()
        if area.level == "district":
            return count > 1 or key in self.gazetteer.provinces_of_one_word
        # "Đức Trọng: thu ngân sách 9 tháng" is a district's before 2025-07-01 and the commune's of that name since.
        inherits = area.valid_to is None and key in self.gazetteer.district_names
        return count > 1 and (area.parent in self.anchors or inherits)

    def _bare(self, words: Sequence[Word], first: int, after: int, areas: Sequence[Area]) -> None:
        """Add a name without its type, unless it is a part of something else's name."""
        text, start, end = self.text, words[first].start, words[after - 1].end
        # "SÓC TRĂNG PHẤN ĐẤU GIẢI NGÂN HẾT VỐN": in a headline all in capitals none shows where a name ends
        shouted = (
            text[words[0].start : words[-1].end].isupper() and after - first > 1 and len(words) > after - first + 1
        )
        shouted = shouted and (is_province(areas) or not first)
        if not shouted and after < len(words) and not text[end : words[after].start].strip(" \u00a0"):
            following = words[after].key
            if following not in self.gazetteer.words.openers:
                return
        organ = None
        if first and text[words[first - 1].end : start].strip(" \u00a0"):
            # "đường sắt Cát Linh - Hà Đông": what stands before the dash is no unit, nor the time of day.
            unknown = first > 1 and words[first - 2].key not in self.gazetteer.words.openers
            if unknown and not is_province(areas) and not text[words[first - 2].start : words[first - 1].end].isupper():
                return
        elif first:
            organ = self.gazetteer.organs.of(self._before(start))
            if organ is None and not shouted and words[first - 1].key not in self.gazetteer.words.openers:
                return
        before = _NO_THING.sub("", self._before(words[0].start if organ is None and first else start, PHRASE))
        if not is_province(areas) and _COUNT.search(before):  # "302 Cầu Giấy" is a house
            return
        if organ is None:
            if self.gazetteer.not_places.of(before) or self._ends(self.gazetteer.thing, before):
                return
            organ = self.gazetteer.organs.of(before)
        if organ is not None and organ in self.gazetteer.words.provincial_organs and is_province(areas):
            areas = [area for area in areas if area.level == "province"]
        self._add(start, end, areas, _level(areas), typed=False, organ=organ is not None)

    def _ends(self, things: re.Pattern[str], before: str) -> bool:
        """Whether the noun phrase before a name is a company's, school's or road's, which the name then ends."""
        thing = things.search(before)
        return thing is not None and self.gazetteer.words.links.isdisjoint(WORD.findall(thing[1]))


def _level(areas: Sequence[Area]) -> Level | None:
    return areas[0].level if len({area.level for area in areas}) == 1 else None
