"""What the places of an article mean: its main area, and the unit behind each mention.

A name can be several units ("huyện Châu Thành" stands in nine provinces, "Hải Dương" is a province and its city), and
most mentions are no name at all ("UBND thành phố", "toàn huyện"). The article decides: by what stands beside the
mention, by what it names elsewhere, by its date, by its source; what stays open is doubted, not guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thuchi.extract.area_names import LEVELS, TYPES, WORD, bare_name, respelled, type_of, word_key
from thuchi.extract.area_sources import headline_end, source_area
from thuchi.extract.gazetteer import Gazetteer, as_of
from thuchi.extract.normalise import folded
from thuchi.extract.spans import Area, AreaMention
from thuchi.model import Article, Evidence, Level

UNDATED = date(2024, 6, 30)
"""The day whose units an article without any date is read by: the last before the mergers of 2024 and 2025."""
LEAD = 700
"""Characters after the headline in which news names its place."""
_RANK: dict[Level, int] = {"province": 0, "district": 1, "commune": 2, "nation": 3}


@dataclass(slots=True)
class AreaReading:
    """A unit and why; `area` is null where the words name a unit that can't be told, and `doubts` says so."""

    area: Area | None
    level: Level | None
    evidence: Evidence
    doubts: tuple[str, ...] = ()


class AreaContext:
    """The places of one article. `main` is the unit that it is about; `resolve` reads one mention."""

    def __init__(
        self, article: Article, mentions: Sequence[AreaMention], gazetteer: Gazetteer, written: date | None = None
    ) -> None:
        self.article = article
        self.folded = folded(article.text)
        self.mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self.gazetteer = gazetteer
        self.on = article.published_on or written or UNDATED
        self.source = source_area(article, gazetteer, self.on)
        self._title_end = headline_end(article, LEAD)
        self._votes: dict[str, float] = defaultdict(float)
        """Province (its bare name) → how much the article speaks for it."""
        self._named: Counter[str] = Counter()
        """Code of a unit → how often it is named with its type and can be no other."""
        self._kinds: Counter[str] = Counter()
        """Type → how often it stands alone: "UBND tỉnh", "toàn huyện"."""
        self._parents: set[str] = set()  # units that are named for certain, and theirs
        self._company: dict[str, set[str]] = defaultdict(set)
        """Unit → names that units of it bear: phường Lam Sơn and Ngọc Trạo both stand in Bỉm Sơn alone."""
        self._names: dict[str, str] = {}
        named = (area for mention in mentions for area in mention.candidates if area.level == "province")
        self._of_central_city = any(type_of(area.name) == "thành phố" for area in named)
        """Whether "thành phố" may be Hà Nội or another city that is a province."""
        self._vote()
        self._main_area: Area | None = None
        self.main = self._find_main()
        self._main_area = self.main.area
        self._named_by_kind: dict[str, list[tuple[Area, AreaMention]]] | None = None
        """Type → the units of that type in the order of the text; only an article of several asks for it."""

    # --- which province the article speaks of ---

    def _vote(self) -> None:
        for mention in self.mentions:
            if not mention.candidates and not mention.typed:
                self._kinds[self.kind_of(mention)] += 1
            areas = as_of(mention.candidates, self.on)
            for area in areas:
                if area.parent is not None:
                    self._company[area.parent].add(self.gazetteer.key[area.code])
            provinces = {area.province for area in areas}
            if len(provinces) != 1 or areas[0].province is None:
                continue
            province = areas[0].province
            weight = 3.0 if any(area.level == "province" for area in areas) else 1.0
            self._votes[province] += weight * (2 if mention.start <= self._title_end + LEAD else 1)
            if len(areas) == 1:
                self._parents.update(code for code in (areas[0].code, areas[0].parent) if code)
                if mention.typed:
                    self._named[areas[0].code] += 1
        if self.source is not None and self.source[0].province is not None:
            self._votes[self.source[0].province] += 0.5

    # --- one mention ---

    def resolve(self, mention: AreaMention, on: date | None = None, around: Area | None = None) -> AreaReading:
        """The unit that a mention means, as it was on that day (default: the article's). `around` is the unit that the
        sentence speaks of, which a bare type means first.

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
        return self._of_type(mention, day, around)

    def _choose(self, mention: AreaMention, on: date) -> tuple[Area | None, str]:
        """The unit of a mention with candidates, or None where several fit as well; and what decided."""
        areas = as_of(mention.candidates, on)
        if not mention.typed:
            areas = self._province_or_its_city(areas)
        if len(areas) == 1:
            return areas[0], ""
        beside = self._beside(mention)
        if beside and not any(beside & {area.parent, area.province} for area in areas):
            above = [area for area in map(self.gazetteer.by_code.get, beside) if area is not None]
            if all(_RANK[area.level] < min(_RANK[a.level] for a in areas) for area in above):
                return None, ""  # "phường Tân Minh, TP Yên Bái": none of that name is there
        scored = sorted(((self._fit(area, beside), area) for area in areas), key=lambda pair: pair[0], reverse=True)
        (best, first), (second, other) = scored[0], scored[1]
        if best > second:
            return first, "by what stands beside it" if best[0] else "by the article's places"
        if first.province == other.province and first.level != other.level:
            return min((area for fit, area in scored if fit == best), key=lambda area: _RANK[area.level]), ""
        return None, ""

    def _province_or_its_city(self, areas: list[Area]) -> list[Area]:
        """ "Thanh Hóa" alone is the province, unless the article speaks of nothing but its city; "Đầm Dơi" alone is the
        district, not its market town."""
        provinces = [area for area in areas if area.level == "province"]
        if provinces:
            areas = [area for area in areas if area.level != "commune" or self._named[area.code]]
        for province in provinces:
            cities = [area for area in areas if area.parent == province.code]
            for city in cities:
                kind = type_of(city.name)
                of_city = 2 * self._named[city.code]
                of_city += 0 if kind == "thành phố" and self._of_central_city else self._kinds[kind]
                of_province = self._kinds[type_of(province.name)] + 2 * self._named[province.code]
                of_province += len(self._company[province.code] - {self.gazetteer.key[city.code]})
                dropped = province if city.level == "district" and of_city > 2 * of_province else city
                areas = [area for area in areas if area is not dropped]
        for district in [area for area in areas if area.level == "district"]:
            if self._named[district.code] or self._kinds[type_of(district.name)]:
                areas = [area for area in areas if area.parent != district.code]
        return areas

    def _fit(self, area: Area, beside: set[str]) -> tuple[bool, bool, bool, bool, int, float, int]:
        """How well a unit fits the article: the more decisive first."""
        main = self._main_area
        chain = {area.code, area.parent, area.province}
        return (
            bool(beside & {area.parent, area.province}),
            area.code in self._named,
            main is not None and (area.code == main.code or area.parent == main.code),
            area.level != "province" and area.parent in self._parents,
            len(self._company[area.parent or ""]) if area.level == "commune" else 0,
            self._votes.get(area.province or "", 0.0),
            -_RANK[area.level] if area.province in chain else 0,
        )

    def _beside(self, mention: AreaMention) -> set[str]:
        """Codes and provinces that are named right after a mention: "xã Bình Sơn, tỉnh Quảng Ngãi",
        "huyện Mường Lát (Thanh Hóa)"."""
        found: set[str] = set()
        end = mention.end
        after = bisect_right(self._starts, mention.start)
        for other in self.mentions[after : after + 4]:  # "xã A và xã B, huyện C, tỉnh D" is as far as one goes
            if not other.candidates or not _BESIDE.fullmatch(self.article.text, end, other.start):
                break
            found.update(code for area in other.candidates for code in (area.code, area.province) if code)
            end = other.end
        return found

    def _of_type(self, mention: AreaMention, on: date, around: Area | None) -> AreaReading:
        """ "UBND thành phố", "toàn huyện": the unit of that type that the article is about, or that was named last."""
        kind = self.kind_of(mention)
        for area in self._chain(around):
            if type_of(area.name) == kind:
                return AreaReading(area, area.level, Evidence("implied", mention.start, mention.end, area.name))
        for area in self._chain(self._main_area):
            if type_of(area.name) == kind:
                area = self.gazetteer.as_it_was(area, on)
                return AreaReading(area, area.level, self._inherited(mention, area))
        named = self._last_named(kind, mention.start)
        if named is not None:
            area, other = named
            area = self.gazetteer.as_it_was(area, on)
            return AreaReading(area, area.level, Evidence("earlier", other.start, other.end))
        for area in self._chain(self.source[0] if self.source else None):
            if type_of(area.name) == kind:
                return AreaReading(area, area.level, self.source[1] if self.source else Evidence("source"))
        doubt = Evidence("words", mention.start, mention.end)
        return AreaReading(None, LEVELS[kind][0], doubt, ("area_unnamed",))

    def _last_named(self, kind: str, before: int) -> tuple[Area, AreaMention] | None:
        """The unit of that type that was named last before an offset."""
        if self._named_by_kind is None:
            self._named_by_kind = self._by_kind()
        named = self._named_by_kind[kind]
        at = bisect_left(named, before, key=lambda pair: pair[1].start)
        return named[at - 1] if at else None

    def _by_kind(self) -> dict[str, list[tuple[Area, AreaMention]]]:
        named: dict[str, list[tuple[Area, AreaMention]]] = defaultdict(list)
        for mention in self.mentions:
            area = self._choose(mention, self.on)[0] if mention.candidates else None
            if area is not None:
                named[type_of(area.name)].append((area, mention))
        return named

    def kind_of(self, mention: AreaMention) -> str:
        """The type of a mention without a name: "Thành ủy" and "TP" are "thành phố"."""
        return TYPES[self.folded[mention.start : mention.end]]

    def _chain(self, area: Area | None) -> Iterator[Area]:
        above = area
        while above is not None and above.level != "nation":
            yield above
            above = self.gazetteer.by_code.get(above.parent or "")

    def name_of(self, area: Area) -> str:
        """The name as the article spells it, with its type: "xã Vũ Quý", which the official list has as "Vũ Quí"."""
        name = self._names.get(area.code)
        if name is None:
            name = self._names[area.code] = self._spelled(area)
        return name

    def _spelled(self, area: Area) -> str:
        official = WORD.findall(bare_name(area))
        for mention in self.mentions:
            if all(candidate.name != area.name for candidate in mention.candidates):
                continue
            written = WORD.findall(self.article.text[mention.start : mention.end])[-len(official) :]
            if not any(word.isupper() for word in written) and [*map(word_key, written)] == [*map(word_key, official)]:
                return respelled(area, official, written)
        return area.name

    def lies_in(self, area: Area | None, larger: Area | None) -> bool:
        """Whether one unit is a part of another; the nation has them all."""
        if area is None or larger is None or area.code == larger.code:
            return False
        return larger.level == "nation" or any(above.code == larger.code for above in self._chain(area))

    def of_a_speaker(self, mention: AreaMention) -> bool:
        """ "đại biểu Phú Thọ" speaks in the National Assembly."""
        before = self.folded[max(0, mention.start - 16) : mention.start].rstrip()
        return before.endswith(tuple(self.gazetteer.words.speakers))

    def _inherited(self, mention: AreaMention, area: Area) -> Evidence:
        if self._main_area is not None and area.name == self._main_area.name:
            return self.main.evidence
        return Evidence("implied", mention.start, mention.end, f"the {type_of(area.name)} of {area.name}")

    # --- the main area ---

    def _find_main(self) -> AreaReading:
        """The unit that the headline, the lead and the organs of the article speak of."""
        units: dict[str, Area] = {}
        first: dict[str, AreaMention] = {}
        scores: dict[str, float] = defaultdict(float)
        kinds: dict[str, float] = defaultdict(float)
        for mention in self.mentions:
            if mention.candidates:
                area, _ = self._choose(mention, self.on)
                if area is not None:
                    units.setdefault(area.code, area)
                    first.setdefault(area.code, mention)
                    scores[area.code] += self._weight(mention)
            elif not mention.typed:
                kinds[self.kind_of(mention)] += self._weight(mention)
        self._imply_parents(units, first)
        named = dict(scores)
        for kind, weight in kinds.items():
            bearers = [code for code, area in units.items() if type_of(area.name) == kind]
            if bearers:
                scores[max(bearers, key=lambda code: scores[code])] += min(weight, 20.0)
        if 0 < scores.get(self.gazetteer.nation.code, 0.0) < sum(kinds.values()) and len(scores) == 1:
            return self._without_names()  # "tỉnh đã giải ngân 23,9%, cao hơn bình quân cả nước": not the nation's
        if sum(kinds.values()) > _IN_PASSING and self.gazetteer.nation.code in scores:
            # A local article speaks of the Prime Minister, too; a national one has no "UBND tỉnh", or in passing only.
            scores[self.gazetteer.nation.code] = min(scores[self.gazetteer.nation.code], 3.0)
        best = max(scores, key=lambda code: scores[code], default=None)
        examples = {units[code].province for code, score in scores.items() if score <= 1.0}
        if best is None or scores[best] < 1.0 or (scores[best] <= 1.0 and len(examples) > 2):
            return self._without_names()  # "nuôi ngân sách nhiều địa phương, từ Quảng Ngãi ra Thanh Hóa, tới Cà Mau"
        best = self._above_equals(best, units, scores, first)
        best = self._that_governs(best, units, kinds)
        best = self._of_all_these(best, units, named, first)
        return AreaReading(units[best], units[best].level, self._why_main(units[best], first[best]))

    def _above_equals(
        self, best: str, units: Mapping[str, Area], scores: Mapping[str, float], first: Mapping[str, AreaMention]
    ) -> str:
        """Where two districts are spoken of alike and "Tỉnh ủy" is, too, the article is about their province."""
        parent = units[best].parent
        if parent is None or scores.get(parent, 0.0) <= 0.0 or first[best].start < self._title_end:
            return best
        siblings = (code for code, area in units.items() if area.parent == parent and code != best)
        return parent if any(scores.get(code, 0.0) >= 0.6 * scores[best] for code in siblings) else best

    def _that_governs(self, best: str, units: Mapping[str, Area], kinds: Mapping[str, float]) -> str:
        """The headline's Nha Trang is a place, and the budget its province's, where the article speaks of "tỉnh" and
        "Cục Thuế tỉnh" but never of a "thành phố"."""
        if self._named[best] or type_of(units[best].name) in kinds:
            return best
        above = (area for area in self._chain(units[best]) if area.code != best)
        return next((area.code for area in above if kinds.get(type_of(area.name), 0.0) >= _OF_ITS_ORGANS), best)

    def _of_all_these(
        self, best: str, units: Mapping[str, Area], named: Mapping[str, float], first: Mapping[str, AreaMention]
    ) -> str:
        """An article that speaks of ministries or "cả nước", and names three provinces alike, is on the nation; two
        are enough where it told of the nation first."""
        nation = self.gazetteer.nation.code
        if units[best].level != "province" or first[best].start < self._title_end or nation not in named:
            return best
        alike = (code for code, area in units.items() if area.level == "province" and code != best)
        examples = sum(named.get(code, 0.0) >= 0.15 * named.get(best, 0.0) for code in alike)
        # by more than one ministry
        told_first = first[nation].start < first[best].start and named[nation] > _OF_ITS_ORGANS
        return nation if examples >= (1 if told_first else 2) else best

    def _why_main(self, area: Area, mention: AreaMention) -> Evidence:
        if all(area.code != candidate.code for candidate in mention.candidates):
            named = self.article.text[mention.start : mention.end]
            return Evidence("implied", mention.start, mention.end, f"{area.name} has {named}")
        return Evidence("title" if mention.start < self._title_end else "earlier", mention.start, mention.end)

    def _imply_parents(self, units: dict[str, Area], first: dict[str, AreaMention]) -> None:
        """Na Rì and Pác Nặm imply Bắc Kạn: it has no score of its own, but that of "Tỉnh ủy" and "toàn tỉnh"."""
        for code in list(units):
            for area in self._chain(units[code]):
                units.setdefault(area.code, area)
                first.setdefault(area.code, first[code])

    def _weight(self, mention: AreaMention) -> float:
        """How much a mention says about what the article is about."""
        in_title, in_lead = mention.start < self._title_end, mention.start < self._title_end + LEAD
        if mention.level == "nation":
            # "mức chung của cả nước" compares; "Bộ Tài chính" stands in articles on every place.
            if self.folded.endswith(_IN_PASSING_OF_NATION, 0, mention.start):
                return 0.0
            named = self.folded[mention.start : mention.end]
            subject = 6.0 if mention.organ else 4.0 if named == "việt nam" else 12.0
            return subject if in_title else 2.0 if in_lead else 0.5
        weight = 12.0 if in_title else 3.0 if in_lead else 1.0
        if self.article.text.endswith("(", 0, mention.start) or self.of_a_speaker(mention):
            return weight * 0.1  # "đại biểu Hoàng Hàm (Phú Thọ)"
        before = self.folded[max(0, mention.start - 60) : mention.start].rstrip()
        if before.endswith("tại") and (self.folded.startswith(",", mention.end) or _MEETING.search(before)):
            return weight * 0.3  # "Ngày 10/11, tại Hà Nội, …", "Hội nghị tại Hà Nội" is where the meeting was
        return weight if mention.candidates or (in_title and mention.organ) else weight * 0.5

    def _without_names(self) -> AreaReading:
        """No unit is named: the source's own area, or a national article that takes its subject for granted."""
        if self.source is not None:
            area, evidence = self.source
            return AreaReading(area, area.level, evidence)
        national = not self._kinds and _NATIONAL.search(self.article.text)
        if national:
            evidence = Evidence("implied", *national.span(), "no place is named")
            return AreaReading(self.gazetteer.nation, "nation", evidence)
        return AreaReading(None, None, Evidence("source"), ("area_unnamed" if self._kinds else "area_missing",))


def area_context(
    article: Article, mentions: Sequence[AreaMention], gazetteer: Gazetteer, written: date | None = None
) -> AreaContext:
    """The places of an article, from the mentions found in its text; `written` is about the day of writing."""
    return AreaContext(article, mentions, gazetteer, written)


_IN_PASSING_OF_NATION = ("trái phiếu ", "bình quân ", "bình quân của ", "bình quân chung ", "bình quân chung của ")
"""Before "Chính phủ" or "cả nước", these make it a source of capital or a yardstick."""
_MEETING = re.compile(r"(?:hội nghị|phiên họp|cuộc họp|diễn ra|tổ chức|khai mạc)[^.\n]*$")
_IN_PASSING = 1.5
"""Weight of the types without a name ("tỉnh", "thành phố") below which they are examples in a national article."""
_OF_ITS_ORGANS = 2.0
"""Weight of the types without a name, or of the nation, from which an article speaks of what that unit does."""
_BESIDE = re.compile(r"[ \u00a0]*[,(–-][ \u00a0]*|[ \u00a0]*(?:thuộc|của|ở)[ \u00a0]*")
_NATIONAL = re.compile(r"Bộ Tài chính|Chính phủ|Quốc hội|(?<!\w)NSNN(?!\w)|[Nn]gân sách [Nn]hà nước|GDP(?!\w)")
