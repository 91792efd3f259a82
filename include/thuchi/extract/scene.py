"""The place that an article has turned to, whose figures follow until it turns to another.

"Riêng thị xã Trảng Bàng, 10 tháng thu được 1.163 tỷ đồng. Trong đó, tiền sử dụng đất 90 tỷ đồng": both are the town's.
A heading holds its place for what stands below it, a sentence that opens with one for the rest of its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from thuchi.extract.areas import AreaContext, AreaReading
from thuchi.extract.lexing import Unit, Units
from thuchi.extract.placing import area_after, area_named, gives, innermost, listed_with
from thuchi.extract.sentence import Finding
from thuchi.model import Evidence, Origin

_WORDS = 2
"""Unknown words of a clause that may stand before the place it speaks of: "Láng giềng Quảng Bình …"."""
_WORDS_OF_ORGAN = 10
""" "Ông Nguyễn Văn An, Phó Giám đốc Sở Tài chính Hà Tĩnh, cho biết …"."""
_CITIES = frozenset({"Hà Nội", "Hồ Chí Minh"})
_MOST_OF_A_CITY, _MOST_OF_A_PROVINCE, _MOST_OF_THE_NATION = 10**15, 3 * 10**14, 3 * 10**15
"""In VND. The budgets of the two cities are near 700 nghìn tỷ đồng, the next one's below 200 nghìn tỷ, the nation's at
2.500 nghìn tỷ; a province's in triệu that is printed as tỷ lies above all of them."""
_MEETING = re.compile(r"(?<!\w)(?:họp|hội nghị|tổ chức|chủ trì|khai mạc|diễn ra|buổi làm việc|đoàn công tác)(?!\w)")
_SAYS = frozenset({"reach", "executed", "estimated", "indicator", "quantity"})
_BARELY = frozenset({"chỉ", "mới", "cũng"})
_MARKS = frozenset({",", ":", "(", ")", "–", "-", "“", '"', "…"})


@dataclass(slots=True)
class Scene:
    """Answers which unit a figure is about."""

    places: AreaContext
    headed: AreaReading | None = None
    """What a heading, or a line that is nothing but a place, says for what stands below it."""
    announced: AreaReading | None = None
    """What a line that ends in a colon says for its items."""
    held: AreaReading | None = None
    """The place that the paragraph has turned to."""
    _before: AreaReading | None = None
    """The place that the paragraph before had turned to."""
    _turns: list[tuple[int, AreaReading]] = field(default_factory=list)
    """The places that the sentence turns to, by the index of their unit."""
    _places: set[str] = field(default_factory=set)
    """Codes of all places that the paragraph has turned to."""
    _listed: bool = False
    """Whether the sentence goes on from the place that it opens with to others like it."""

    # -- what holds -----------------------------------------------------------------------------------

    def open_heading(self, units: Units) -> None:
        self.open_paragraph()
        turns = self._found(units)
        self.headed = replaced(turns[0][1], "heading") if len(turns) == 1 else None

    def open_paragraph(self) -> None:
        self._close_sentence()
        self._before = (self.held or self._before) if len(self._places) < 2 else None
        self._places.clear()
        self.held = self.announced = None

    def open_item(self) -> None:
        self._close_sentence()
        self.held = None

    def open_list(self) -> None:
        """After a line that ends in a colon."""
        self._close_sentence()
        self.announced = self.held

    def go_on(self) -> None:
        """A paragraph that opens with "Trong đó," goes on about the one before it, unless that went from place to
        place."""
        self.held = self.held or self._before

    def read(self, units: Units) -> None:
        """Note the places that a sentence turns to."""
        self._close_sentence()
        if any(unit.kind == "overall" or unit.text == "tính" for unit in units[:2]) and self._says_all(units):
            self.held = None
        self._turns = self._found(units)

    def is_only_a_place(self, units: Sequence[Unit]) -> bool:
        """ "* Thành phố Vị Thanh", "Xã Hòa Bình:": a line that heads what follows."""
        return any(unit.area is not None for unit in units) and all(
            (unit.area is not None and not unit.area.organ and unit.area.candidates) or unit.kind == "mark"
            for unit in units
        )

    def _close_sentence(self) -> None:
        self._places.update(turned.area.code for _, turned in self._turns if turned.area is not None)
        if self._turns and not self._listed:
            self.held = replaced(self._turns[-1][1], "earlier")
        self._turns, self._listed = [], False

    def _says_all(self, units: Sequence[Unit]) -> bool:
        """ "Tính chung, …": of all places together."""
        return units[0].kind == "overall" or [unit.text for unit in units[:2]] == ["tính", "chung"]

    # -- what a figure is about -----------------------------------------------------------------------

    def area_of(self, units: Sequence[Unit], finding: Finding, previous: AreaReading | None) -> AreaReading:
        """The unit that a figure is about; `previous` is that of the number before it in the sentence."""
        if finding.enumerated is not None and finding.enumerated.area is not None:
            reading = self._resolve(finding.enumerated)
            if reading.area is not None:
                self._note_listed(reading)
                return reading
        following = area_after(units, finding.at)
        if following is not None:
            return self._resolve(following)
        if finding.subject.index >= 0 and "toàn ngành" in units[finding.subject.index].text:
            self.held, self._turns = None, []  # after a list of its offices, "số thu toàn ngành" is of all of them
        at, turned = next((turn for turn in reversed(self._turns) if turn[0] < finding.at), (-1, None))
        told = next((index for index in range(finding.at - 1, -1, -1) if units[index].quantity is not None), -1)
        if finding.chained and previous is not None and at <= told:
            return previous
        around = turned or self.held or self.announced or self.headed or self.places.main
        named = area_named(units, finding)
        if named is None:
            return around
        reading = self._resolve(units[named])
        transfer = finding.subject.code == "revenue.transfer"
        if reading.area is None or (transfer and self.places.lies_in(around.area, reading.area)):
            return around  # "bổ sung của tỉnh 96 tỷ đồng" is what the town got
        self._turns = sorted([*self._turns, (named, reading)], key=lambda turn: turn[0])
        return reading

    def at_its_scale(self, reading: AreaReading, value: int) -> AreaReading:
        """ "chi thường xuyên năm 2016 là 822.000 tỷ đồng", which a deputy of a province tells: a sum that no province
        comes to is the nation's, unless the words give it to one; and so is what follows, if nothing else was said."""
        area = reading.area
        if reading.evidence.origin in ("words", "title") or (area is None and reading.level is not None):
            return reading
        if (area is not None and area.level != "province") or value > _MOST_OF_THE_NATION:
            return reading  # a district that collects 512.300 tỷ đồng: a slip of the unit, for validation to hold
        if value < (_MOST_OF_A_CITY if area is not None and area.province in _CITIES else _MOST_OF_A_PROVINCE):
            return reading
        told = AreaReading(
            self.places.gazetteer.nation, "nation", Evidence("implied", note="more than any province has")
        )
        if reading is self.places.main:
            self.places.main = told
        return told

    def _note_listed(self, reading: AreaReading) -> None:
        """ "Quế Phong đạt 46,1%, Con Cuông 41,8%": the next sentence speaks of neither."""
        turned = self._turns[-1][1].area if self._turns else None
        if turned is not None and reading.area != turned and reading.level == turned.level:
            self._listed = True

    def _resolve(self, unit: Unit, turns: Sequence[tuple[int, AreaReading]] | None = None) -> AreaReading:
        """ "Cục Thuế Nghệ An cho biết tỉnh này thu …": a type alone is where the sentence or its paragraph is."""
        assert unit.area is not None
        turns = self._turns if turns is None else turns
        held = turns[-1][1] if turns else self.held or self.headed
        return self.places.resolve(unit.area, around=held.area if held is not None else None)

    # -- where a sentence turns to --------------------------------------------------------------------

    def _found(self, units: Units) -> list[tuple[int, AreaReading]]:
        found: list[tuple[int, AreaReading]] = []
        if "area" not in units.kinds:
            return found
        begin = 0
        for index, unit in enumerate(units):
            if unit.text in (";", ":", "là") and _opens_clause(unit, units[index - 1]):
                begin = index + 1
            elif unit.area is not None and innermost(units, index) == index and self._is_topic(units, begin, index):
                reading = self._resolve(unit, found)
                if reading.area is not None and self._may_turn(unit, reading):
                    found.append((index, reading))
        return found

    def _may_turn(self, unit: Unit, reading: AreaReading) -> bool:
        """Not to the Ministry or "UBND tỉnh" that an article on a district speaks of, nor to a deputy's province."""
        assert unit.area is not None
        main = self.places.main.area
        if self.places.of_a_speaker(unit.area):
            return False
        return not unit.area.organ or reading.area == main or not self.places.lies_in(main, reading.area)

    def _is_topic(self, units: Units, begin: int, at: int) -> bool:
        """Whether the place at `at` is what its sentence speaks of."""
        if [unit.text for unit in units[at + 1 : at + 3]] == [",", "nơi"]:
            return True  # "và thành phố Sầm Sơn, nơi giải ngân 214 tỷ đồng"
        if listed_with(units, at) or gives(units, at) or _is_whence_one_comes(units, at):
            return False
        clause = next((i + 1 for i in range(at - 1, begin - 1, -1) if units[i].text in _MARKS), begin)
        words = sum(unit.kind == "word" for unit in units[clause:at])
        organ = units[at].area is not None and units[at].area.organ  # type: ignore[union-attr]
        if organ and _tells_its_own(units, clause, at):
            return True
        lead = units[begin:at]
        if organ and lead and lead[-1].text == "thuế":  # "Thuế tỉnh Phú Thọ thu …", the name since 2025
            lead = lead[:-1]
        if any(unit.quantity is not None or unit.kind == "foreign" for unit in lead):
            return False
        if any(unit.indicator is not None and (unit.indicator.strength != "weak" or not organ) for unit in lead):
            return False
        before = lead[-1].text if lead else ""
        if before == "như":
            return True
        state = " ".join(unit.text for unit in units[clause : at - 1]) in units.lists.scene.state
        if before in units.lists.scene.at:
            return (words == 0 or state) and not _MEETING.search(" ".join(unit.text for unit in units[at:]))
        if before in units.lists.scene.after:
            about = before == "với" and lead[-2:-1] and lead[-2].text == "đối"
            return about or (before == "của" and state) or (organ and units[clause].text in ("theo", "báo"))
        return words <= (_WORDS_OF_ORGAN if organ else _WORDS)


def _is_whence_one_comes(units: Sequence[Unit], at: int) -> bool:
    """ "Bà Lê Thị Hà (Đồng Tháp) hỏi": the province of a deputy."""
    closed = at + 1 < len(units) and units[at + 1].text == ")"
    return closed and at > 1 and units[at - 1].text == "(" and units[at - 2].kind == "word"


def _opens_clause(unit: Unit, before: Unit) -> bool:
    """ "… gồm: Hà Nội thu 90 tỷ đồng; …", "hai đơn vị thu trên 9.000 tỷ đồng là Đồng Nai …": places follow."""
    return unit.text == ";" or (before.kind == "parts" if unit.text == ":" else before.quantity is not None)


def _tells_its_own(units: Sequence[Unit], clause: int, at: int) -> bool:
    """ "…, KBNN Krông Nô đạt 30,5%, KBNN Tuy Đức 12%", "và Chi cục Thuế Bảo Lâm mới đạt 90%"."""
    begin = at
    while begin > clause and units[begin - 1].kind in ("word", "budget"):
        begin -= 1
    opens = begin == clause or units[begin - 1].text == "và" or units[begin - 1].kind == "parts"
    said = next((unit.kind for unit in units[at + 1 : at + 3] if unit.text not in _BARELY), "")
    return opens and said in _SAYS


def replaced(reading: AreaReading, origin: Origin) -> AreaReading:
    """The reading as what follows inherits it."""
    told = reading.evidence
    return AreaReading(reading.area, reading.level, Evidence(origin, told.start, told.end, told.note), reading.doubts)
