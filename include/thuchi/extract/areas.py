"""What the places of an article mean: its main area, and the unit behind each mention.

A name can be several units ("huyện Châu Thành" stands in nine provinces, "Hải Dương" is a province and its city), and
most mentions are no name at all ("UBND thành phố", "toàn huyện"). The article decides: by what stands beside the
mention, by what it names elsewhere, by its date, by its source; what stays open is doubted, not guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from thuchi.extract.gazetteer import LEVELS, TYPES, Gazetteer, type_of
from thuchi.extract.normalise import fold
from thuchi.extract.spans import Area, AreaMention
from thuchi.model import Article, Evidence, Level

LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)
"""From the day after, 34 provinces and 3,321 communes stand; what an undated article speaks of, stood on this day."""
LEAD = 700
"""Characters after the headline in which news names its place."""
_RANK: dict[Level, int] = {"province": 0, "district": 1, "commune": 2, "nation": 3}


@dataclass(frozen=True, slots=True)
class AreaReading:
    """A unit and why; `area` is null where the words name a unit that can't be told, and `doubts` says so."""

    area: Area | None
    level: Level | None
    evidence: Evidence
    doubts: tuple[str, ...] = ()


def stood(area: Area, on: date) -> bool:
    """Whether the unit existed on that day."""
    return (area.valid_from is None or area.valid_from <= on) and (area.valid_to is None or on <= area.valid_to)


def _days_off(area: Area, on: date) -> timedelta:
    if area.valid_from is not None and on < area.valid_from:
        return area.valid_from - on
    if area.valid_to is not None and area.valid_to < on:
        return on - area.valid_to
    return timedelta(0)


def as_of(areas: Sequence[Area], on: date) -> list[Area]:
    """Of the units of one name, those that stood on that day, or else those whose time is nearest to it: an article
    of 2026 that names "huyện Chư Păh" means the district that was."""
    nearest = min((_days_off(area, on) for area in areas), default=None)
    return [area for area in areas if _days_off(area, on) == nearest]


class AreaContext:
    """The places of one article. `main` is the unit that it is about; `resolve` reads one mention."""

    def __init__(self, article: Article, mentions: Sequence[AreaMention], gazetteer: Gazetteer) -> None:
        self.article = article
        self.mentions = mentions
        self.gazetteer = gazetteer
        self.on = article.published_on or _date_in(article.text) or LAST_DAY_OF_DISTRICTS
        self.source = gazetteer.by_code.get(article.source_area or "")
        self._title_end = _title_end(article)
        self._votes: dict[str, float] = defaultdict(float)
        """Province (its bare name) → how much the article speaks for it."""
        self._typed: set[str] = set()
        """Codes of units that are named with their type and can be no other."""
        self._parents: set[str] = set()
        self._vote()
        self._main_area: Area | None = None
        self.main = self._find_main()
        self._main_area = self.main.area

    # --- which province the article speaks of ---

    def _vote(self) -> None:
        for mention in self.mentions:
            areas = as_of(mention.candidates, self.on)
            provinces = {area.province for area in areas}
            if len(provinces) != 1 or areas[0].province is None:
                continue
            province = areas[0].province
            weight = 3.0 if any(area.level == "province" for area in areas) else 1.0
            self._votes[province] += weight * (2 if mention.start <= self._title_end + LEAD else 1)
            if len(areas) == 1:
                self._parents.update(code for code in (areas[0].code, areas[0].parent) if code)
                if mention.typed:
                    self._typed.add(areas[0].code)
        if self.source is not None and self.source.province is not None:
            self._votes[self.source.province] += 0.5

    # --- one mention ---

    def resolve(self, mention: AreaMention, on: date | None = None) -> AreaReading:
        """The unit that a mention means, as it was on that day (default: the article's).

        Doubts: `area_ambiguous` several units fit, `area_unknown` a name that no list has, `area_unnamed` a bare
        type ("huyện") for which the article names no unit.
        """
        day = on or self.on
        words = Evidence("words", mention.start, mention.end)
        if mention.candidates:
            area, note = self._choose(mention, day)
            if area is None:
                return AreaReading(None, mention.level, words, ("area_ambiguous",))
            return AreaReading(area, area.level, Evidence("words", mention.start, mention.end, note))
        if mention.typed:
            return AreaReading(None, mention.level, words, ("area_unknown",))
        return self._of_type(mention, day)

    def _choose(self, mention: AreaMention, on: date) -> tuple[Area | None, str]:
        areas = as_of(mention.candidates, on)
        if len(areas) == 1:
            return areas[0], ""
        beside = self._beside(mention)
        scored = sorted(((self._fit(area, beside), area) for area in areas), key=lambda pair: pair[0], reverse=True)
        (best, first), (second, other) = scored[0], scored[1]
        if best > second:
            return first, "by what stands beside it" if best[0] else "by the article's places"
        if first.province == other.province and first.level != other.level:
            return min((area for fit, area in scored if fit == best), key=lambda area: _RANK[area.level]), ""
        return None, ""

    def _fit(self, area: Area, beside: set[str]) -> tuple[bool, bool, bool, bool, float, int]:
        """How well a unit fits the article: the more decisive first."""
        main = self._main_area
        chain = {area.code, area.parent, area.province}
        return (
            bool(beside & {area.parent, area.province}),
            area.code in self._typed,
            main is not None and (area.code == main.code or area.parent == main.code),
            area.level != "province" and area.parent in self._parents,
            self._votes.get(area.province or "", 0.0),
            -_RANK[area.level] if area.province in chain else 0,
        )

    def _beside(self, mention: AreaMention) -> set[str]:
        """Codes and provinces that are named right after a mention: "xã Bình Sơn, tỉnh Quảng Ngãi",
        "huyện Mường Lát (Thanh Hóa)"."""
        found: set[str] = set()
        end = mention.end
        for other in self.mentions:
            if other.start < end:
                continue
            gap = self.article.text[end : other.start]
            if not _BESIDE.fullmatch(gap) or not other.candidates:
                break
            found.update(code for area in other.candidates for code in (area.code, area.province) if code)
            end = other.end
        return found

    def _of_type(self, mention: AreaMention, on: date) -> AreaReading:
        """ "UBND thành phố", "toàn huyện": the unit of that type that the article is about, or that was named last."""
        kind = self.kind_of(mention)
        for area in self._chain(self._main_area):
            if type_of(area.name) == kind:
                return AreaReading(area, area.level, self._inherited(mention, area))
        before = [m for m in self.mentions if m.end <= mention.start and m.candidates]
        for named in reversed(before):
            area, _ = self._choose(named, on)
            if area is not None and type_of(area.name) == kind:
                return AreaReading(area, area.level, Evidence("earlier", named.start, named.end))
        doubt = Evidence("words", mention.start, mention.end)
        return AreaReading(None, LEVELS[kind][0], doubt, ("area_unnamed",))

    def kind_of(self, mention: AreaMention) -> str:
        """The type of a mention without a name: "Thành ủy" and "TP" are "thành phố"."""
        return TYPES[fold(self.article.text[mention.start : mention.end])][0]

    def _chain(self, area: Area | None) -> Iterable[Area]:
        while area is not None and area.level != "nation":
            yield area
            area = self.gazetteer.by_code.get(area.parent or "")

    def _inherited(self, mention: AreaMention, area: Area) -> Evidence:
        if area is self._main_area and self.main.evidence.start != mention.start:
            return self.main.evidence
        return Evidence("implied", mention.start, mention.end, f"the {type_of(area.name)} of {area.name}")

    # --- the main area ---

    def _find_main(self) -> AreaReading:
        """The unit that the headline, the lead and the organs of the article speak of."""
        scores: dict[str, float] = defaultdict(float)
        first: dict[str, AreaMention] = {}
        units: dict[str, Area] = {}
        kinds: dict[str, float] = defaultdict(float)
        for mention in self.mentions:
            weight = self._weight(mention)
            if mention.candidates:
                area, _ = self._choose(mention, self.on)
                if area is None:
                    continue
                units.setdefault(area.code, area)
                first.setdefault(area.code, mention)
                scores[area.code] = min(scores[area.code] + weight, 60.0)
            elif not mention.typed:
                kinds[self.kind_of(mention)] = min(kinds[self.kind_of(mention)] + weight, 30.0)
        self._imply(units, scores, first)
        named = [code for code in units if units[code].level != "nation"]
        for kind, weight in kinds.items():
            bearers = [code for code in named if type_of(units[code].name) == kind]
            if bearers:
                scores[max(bearers, key=lambda code: scores[code])] += weight
        best = max(scores, key=lambda code: scores[code], default=None)
        if best is None:
            return self._by_source(kinds)
        mention = first[best]
        origin = "title" if mention.start < self._title_end else "earlier"
        implied = best not in {a.code for a in mention.candidates}
        note = "" if not implied else f"the province of {self.article.text[mention.start : mention.end]}"
        return AreaReading(
            units[best], units[best].level, Evidence("implied" if implied else origin, mention.start, mention.end, note)
        )

    def _imply(self, units: dict[str, Area], scores: dict[str, float], first: dict[str, AreaMention]) -> None:
        """Provinces that no word names but their districts do: Na Rì and Pác Nặm imply Bắc Kạn. An implied province
        scores by nothing but the level words ("Tỉnh ủy", "toàn tỉnh")."""
        for code in list(units):
            for parent in self._chain(units[code]):
                if parent.code not in units:
                    units[parent.code], first[parent.code], scores[parent.code] = parent, first[code], 0.0

    def _weight(self, mention: AreaMention) -> float:
        in_title, in_lead = mention.start < self._title_end, mention.start < self._title_end + LEAD
        weight = 12.0 if in_title else 3.0 if in_lead else 1.0
        if mention.level == "nation":
            return weight if mention.typed else 0.1
        return weight if mention.candidates or in_title else weight * 0.5

    def _by_source(self, kinds: dict[str, float]) -> AreaReading:
        if self.source is not None:
            return AreaReading(self.source, self.source.level, Evidence("source", note=self.article.source))
        return AreaReading(
            None, None, Evidence("source", note="no place named"), ("area_unnamed",) if kinds else ("area_missing",)
        )


def area_context(article: Article, mentions: Sequence[AreaMention], gazetteer: Gazetteer) -> AreaContext:
    """The places of an article, from the mentions that `Gazetteer.find` found in its text."""
    return AreaContext(article, mentions, gazetteer)


_BESIDE = re.compile(r"[ \u00a0]*[,(-–][ \u00a0]*|[ \u00a0]*(?:thuộc|của|ở|-|–)[ \u00a0]*")
_DATE = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](20[12]\d)(?!\d)|năm[ \u00a0](20[12]\d)")


def _date_in(text: str) -> date | None:
    """The middle of the first year that an undated article names: near enough to tell which units stood."""
    found = _DATE.search(text)
    return None if found is None else date(int(found[1] or found[2]), 6, 30)


def _title_end(article: Article) -> int:
    """Where the headline ends in the text: the title as the article gives it, or else its first line."""
    if article.title:
        at = article.text.find(article.title)
        if 0 <= at < LEAD:
            return at + len(article.title)
    line = article.text.find("\n")
    return line if 0 < line <= 200 else 0
