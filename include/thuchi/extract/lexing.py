"""One pass over a sentence: its quantities, periods, areas, phrases of the vocabulary, marks and other words.

What it hands to composition is a list of units in order, none overlapping another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from thuchi.extract.lexicon import Lexeme, Node, Vocabulary
from thuchi.extract.spans import AreaMention, PeriodMention, Quantity

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARKS = frozenset(',;:()[]–—-…"“”/|.')


@dataclass(slots=True, eq=False)  # frozen would cost half of the time of reading; nothing changes a unit
class Unit:
    """A span of a sentence and what it is.

    `kind` is `indicator`, `qualifier`, `foreign`, the name of a cue, `quantity`, `period`, `area`, `mark`,
    `plain` (a word that changes nothing) or `word` (any other word).
    """

    kind: str
    start: int
    end: int
    text: str
    """The words, folded."""
    lexemes: tuple[Lexeme, ...] = ()
    indicator: Lexeme | None = None
    """What the phrase means as an indicator, if it can be one; likewise as a topic that is not the budget."""
    foreign: Lexeme | None = None
    quantity: Quantity | None = None
    period: PeriodMention | None = None
    area: AreaMention | None = None

    @property
    def measure(self) -> str:
        """The unit of measure of a quantity ("VND", "PT" …); "" of anything else."""
        return "" if self.quantity is None else self.quantity.unit

    def means(self, kind: str) -> bool:
        """Whether the phrase can be of this kind; "kế hoạch vốn" is both a weak indicator and a plan."""
        return self.kind == kind or (len(self.lexemes) > 1 and any(lexeme.kind == kind for lexeme in self.lexemes))

    @property
    def qualifier(self) -> Lexeme | None:
        """What the phrase makes of the indicator before it."""
        return next((lexeme for lexeme in self.lexemes if lexeme.kind == "qualifier"), None)


SpanT = TypeVar("SpanT", Quantity, PeriodMention, AreaMention)


class Spans(Generic[SpanT]):
    """Spans of a whole text in order of their start, asked for by range."""

    def __init__(self, spans: Sequence[SpanT]) -> None:
        self._spans: list[SpanT] = sorted(spans, key=lambda span: (span.start, -span.end))
        self._starts: list[int] = [span.start for span in self._spans]

    def within(self, start: int, end: int) -> Sequence[SpanT]:
        return self._spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


@dataclass(frozen=True, slots=True)
class Lexer:
    """The spans of one article, and the vocabulary to read its words by."""

    text: str
    folded: str
    vocabulary: Vocabulary
    quantities: Spans[Quantity]
    periods: Spans[PeriodMention]
    areas: Spans[AreaMention]

    def units(self, start: int, end: int) -> list[Unit]:
        """The units of one sentence, in order."""
        fixed = self._fixed(start, end)
        tokens = self._tokens(start, end, fixed)
        units: list[Unit] = []
        first_words, plain = self.vocabulary.trie, self.vocabulary.plain
        at = 0
        while at < len(tokens):
            token_start, token_end, word, span = tokens[at]
            taken = 0
            if word in first_words and (span is None or span.area is not None):
                taken, lexemes = self._longest(tokens, at)
                # "Chi Lăng" is a district before "chi" is expenditure: the area's name must not be longer
                if taken and span is not None and tokens[at + taken - 1][1] < span.end:
                    taken = 0
            if taken:
                last = tokens[at + taken - 1][1]
                units.append(_phrase(token_start, last, self.folded[token_start:last], lexemes))
                reopened = tokens[at + taken - 1][3]
                if reopened is not None and reopened.end > last:  # "chi ngân sách huyện" + "huyện Chư Păh"
                    units.append(reopened)
                    at += taken
                    while at < len(tokens) and tokens[at][0] < reopened.end:
                        at += 1
                    continue
                at += taken
            elif span is not None:
                units.append(span)
                at += 1
                while at < len(tokens) and tokens[at][0] < span.end:
                    at += 1
            elif word.isdigit() and _BARE_YEAR.fullmatch(word) and units and _may_precede_year(units[-1]):
                mention = PeriodMention(token_start, token_end, "year", year=int(word))  # "Nhiệm vụ 2016:", "sang 2021"
                units.append(Unit("period", token_start, token_end, word, period=mention))
                at += 1
            else:
                kind = "mark" if word in _MARKS else "plain" if word in plain else "word"
                units.append(Unit(kind, token_start, token_end, word))
                at += 1
        return units

    def _fixed(self, start: int, end: int) -> list[Unit]:
        """Quantities, then periods and areas where nothing stands yet, in order."""
        found: list[Unit] = []
        taken: list[tuple[int, int]] = []
        for quantity in self.quantities.within(start, end):
            if quantity.end <= end:
                found.append(self._unit("quantity", quantity.start, quantity.end, quantity=quantity))
                taken.append((quantity.start, quantity.end))
        for period in self.periods.within(start, end):
            if period.end <= end and not _overlaps(taken, period.start, period.end):
                found.append(self._unit("period", period.start, period.end, period=period))
                taken.append((period.start, period.end))
        for area in self.areas.within(start, end):
            if area.end <= end and not _overlaps(taken, area.start, area.end):
                found.append(self._unit("area", area.start, area.end, area=area))
                taken.append((area.start, area.end))
        return sorted(found, key=lambda unit: unit.start)

    def _unit(self, kind: str, start: int, end: int, **data: Any) -> Unit:
        return Unit(kind, start, end, self.folded[start:end], **data)

    def _tokens(self, start: int, end: int, fixed: Sequence[Unit]) -> list[tuple[int, int, str, Unit | None]]:
        """(start, end, word, the span that holds it). Quantities and periods are one token without a word."""
        tokens: list[tuple[int, int, str, Unit | None]] = []
        begin = start
        for unit in [*fixed, None]:
            until = end if unit is None else unit.start
            tokens += [(m.start(), m.end(), m.group(), None) for m in _TOKEN.finditer(self.folded, begin, until)]
            if unit is None:
                break
            if unit.area is None:
                tokens.append((unit.start, unit.end, "", unit))
            else:
                tokens += [
                    (m.start(), m.end(), m.group(), unit) for m in _TOKEN.finditer(self.folded, unit.start, unit.end)
                ]
            begin = unit.end
        return tokens

    def _longest(self, tokens: Sequence[tuple[int, int, str, Unit | None]], at: int) -> tuple[int, tuple[Lexeme, ...]]:
        node: Node = self.vocabulary.trie
        best: tuple[int, tuple[Lexeme, ...]] = (0, ())
        for ahead in range(at, len(tokens)):
            following = node.get(tokens[ahead][2]) if tokens[ahead][2] else None
            if following is None:
                break
            node = following
            if "" in node and _may_end(tokens[ahead]):
                best = (ahead - at + 1, node[""])
        return best


_BARE_YEAR = re.compile(r"20[0-4]\d")


def _may_precede_year(unit: Unit) -> bool:
    return (
        unit.means("plan_word")
        or unit.text in ("sang", "trong", "hết", "đầu", "cuối", "của")
        or unit.kind == "indicator"
    )


def _phrase(start: int, end: int, text: str, lexemes: tuple[Lexeme, ...]) -> Unit:
    indicator = foreign = None
    for lexeme in lexemes:
        if lexeme.kind == "indicator":
            indicator = indicator or lexeme
        elif lexeme.kind == "foreign":
            foreign = foreign or lexeme
    return Unit(lexemes[0].kind, start, end, text, lexemes, indicator, foreign)


def _may_end(token: tuple[int, int, str, Unit | None]) -> bool:
    """A phrase may end at an area's type word or at its end, never within its name ("thu Hà" of "Thu Hà Nội")."""
    _, end, _, span = token
    if span is None or span.end == end:
        return True
    return token[0] == span.start


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)
