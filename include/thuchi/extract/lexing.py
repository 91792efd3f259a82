"""One pass over a sentence: its quantities, periods, areas, phrases of the vocabulary, marks and other words.

What it hands to composition is a list of units in order, none overlapping another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Generic, TypeVar

from thuchi.extract.lexicon import END, Lexeme, Node, Phrase, Vocabulary
from thuchi.extract.spans import AreaMention, PeriodMention, Quantity
from thuchi.extract.wordlists import WordLists

_TOKEN = re.compile(r"\w+|[^\w\s]")


@lru_cache(maxsize=1 << 14)
def _tokens_in(chunk: str) -> tuple[tuple[int, int, str], ...]:
    """The words and marks between two blanks: most texts repeat them, and to look up "đồng," takes a third of the time
    that it takes to match it."""
    return tuple((found.start(), found.end(), found.group()) for found in _TOKEN.finditer(chunk))


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
    qualifier: Lexeme | None = None
    """What the phrase makes of the indicator before it."""
    plans: bool = False
    """Whether the phrase can be a word for a plan; "kế hoạch vốn" is that and a weak indicator."""
    measure: str = ""
    """The unit of measure of a quantity ("VND", "PT" …)."""
    quantity: Quantity | None = None
    period: PeriodMention | None = None
    area: AreaMention | None = None


Token = tuple[int, int, str, Unit | None]
"""Start, end, the word or mark, and the span that holds it."""
_NO_WORD = " "


class Units(list[Unit]):
    """The units of a sentence, and which kinds and words it has at all: most rules ask for some that it has not, and
    looking through the clause for each would take a tenth of the time of reading."""

    __slots__ = ("kinds", "lists", "words")

    def __init__(self, units: Sequence[Unit], lists: WordLists) -> None:
        super().__init__(units)
        self.lists = lists
        """The lists of words that rules compare them with."""
        self.kinds = {unit.kind for unit in units}
        self.words = {unit.text for unit in units}

    def says(self, one: str, two: str) -> bool:
        """Whether two words stand beside each other: "có thể", "trung hạn"."""
        return two in self.words and any(a.text == one and b.text == two for a, b in pairwise(self))


_start = attrgetter("start")

SpanT = TypeVar("SpanT", Quantity, PeriodMention, AreaMention)


class Spans(Generic[SpanT]):
    """Spans of a whole text in order of their start, asked for by range."""

    def __init__(self, spans: Sequence[SpanT]) -> None:
        self._spans: list[SpanT] = sorted(spans, key=lambda span: (span.start, -span.end))
        self._starts: list[int] = [span.start for span in self._spans]

    @property
    def last(self) -> int:
        """Where the last one starts; -1 where there is none."""
        return self._starts[-1] if self._starts else -1

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
    _read: dict[tuple[int, int], Units] = field(default_factory=dict)

    def units(self, start: int, end: int) -> Units:
        """The units of one sentence, in order; kept, since title and lead are read more than once."""
        units = self._read.get((start, end))
        if units is None:
            units = self._read[start, end] = self._units(start, end)
        return units

    def _units(self, start: int, end: int) -> Units:
        tokens = self._tokens(start, end)
        trie, kinds, count = self.vocabulary.trie, self.vocabulary.kinds, len(tokens)
        units: list[Unit] = []
        at = 0
        while at < count:
            begin, until, word, span = tokens[at]
            node = trie.get(word)
            # Most words that a phrase can begin with begin none here.
            if node is not None and (END in node or (at + 1 < count and tokens[at + 1][2] in node)):
                last, phrase = _phrase_at(trie, tokens, at)
                # "Chi Lăng" is a district before "chi" is expenditure: the area's name must not be longer
                if phrase is not None and (span is None or tokens[last][1] >= span.end):
                    _, until, _, reopened = tokens[last]
                    units.append(self._named(phrase, begin, until))
                    at = last + 1
                    if reopened is not None and reopened.end > until:  # "chi ngân sách huyện" + "huyện Chư Păh"
                        units.append(reopened)
                        at = _after(tokens, at, reopened)
                    continue
            at += 1
            if span is not None:
                units.append(span)
                at = _after(tokens, at, span)
            elif word in kinds:
                compares = word == "hơn" and at < count and _is_compared_with(tokens[at])
                units.append(Unit("higher" if compares else kinds[word], begin, until, word))
            elif word.isdigit() and _BARE_YEAR.fullmatch(word) and units and _may_precede_year(units[-1]):
                mention = PeriodMention(begin, until, "year", year=int(word))  # "Nhiệm vụ 2016:", "sang 2021"
                units.append(Unit("period", begin, until, word, period=mention))
            else:
                units.append(Unit("word", begin, until, word))
        return Units(units, self.vocabulary.lists)

    def phrases(self, start: int, end: int) -> list[Unit]:
        """The phrases of a sentence alone, as if it had no numbers, times and places: half of the work."""
        tokens: list[Token] = []
        self._words(tokens, start, end, None)
        trie, found, at = self.vocabulary.trie, [], 0
        while at < len(tokens):
            if tokens[at][2] in trie:
                begin = tokens[at][0]
                at, phrase = _phrase_at(trie, tokens, at)
                if phrase is not None:
                    found.append(self._named(phrase, begin, tokens[at][1]))
            at += 1
        return found

    def _named(self, phrase: Phrase, start: int, end: int) -> Unit:
        return Unit(
            phrase.kind, start, end, self.folded[start:end],
            phrase.lexemes, phrase.indicator, phrase.foreign, phrase.qualifier, phrase.plans,
        )  # fmt: skip

    def _tokens(self, start: int, end: int) -> list[Token]:
        """The words and marks, and the spans among them. Quantities and periods are one token without a word."""
        tokens: list[Token] = []
        at = start
        for unit in self._fixed(start, end):
            self._words(tokens, at, unit.start, None)
            if unit.area is None:
                tokens.append((unit.start, unit.end, _NO_WORD, unit))
            else:
                self._words(tokens, unit.start, unit.end, unit)
            at = unit.end
        self._words(tokens, at, end, None)
        return tokens

    def _words(self, tokens: list[Token], at: int, end: int, span: Unit | None) -> None:
        """Add the words and marks from `at` to `end`."""
        for chunk in self.folded[at:end].split(" "):
            after = at + len(chunk)
            if chunk.isalnum():
                tokens.append((at, after, chunk, span))
            else:
                for begin, until, word in _tokens_in(chunk):
                    tokens.append((at + begin, at + until, word, span))
            at = after + 1

    def _fixed(self, start: int, end: int) -> list[Unit]:
        """Quantities, then periods and areas where nothing stands yet, in order."""
        folded = self.folded
        found: list[Unit] = []
        for quantity in self.quantities.within(start, end):
            if quantity.end <= end:
                at, until = quantity.start, quantity.end
                found.append(Unit("quantity", at, until, folded[at:until], measure=quantity.unit, quantity=quantity))
        for period in self.periods.within(start, end):
            if period.end <= end and not _overlaps(found, period):
                at, until = period.start, period.end
                found.append(Unit("period", at, until, folded[at:until], period=period))
        for area in self.areas.within(start, end):
            if area.end <= end and not _overlaps(found, area):
                at, until = area.start, area.end
                found.append(Unit("area", at, until, folded[at:until], area=area))
        return sorted(found, key=_start)


def _longest(trie: Node, tokens: Sequence[Token], at: int) -> tuple[int, Phrase | None]:
    """The last token of the longest phrase that begins at a token, and the phrase."""
    node, last, phrase = trie, at, None
    for index in range(at, len(tokens)):
        _, _, word, span = tokens[index]
        if word not in node:
            break
        node = node[word]
        if END in node and (span is None or _may_end(tokens[index])):
            last, phrase = index, node[END]
    return last, phrase


_OPENS_ANOTHER = frozenset({"thu", "chi"})


def _phrase_at(trie: Node, tokens: Sequence[Token], at: int) -> tuple[int, Phrase | None]:
    """The last token of the phrase that is read at a token, and the phrase."""
    last, phrase = _longest(trie, tokens, at)
    if last > at and tokens[last][2] in _OPENS_ANOTHER and phrase is not None:
        return _without_last(trie, tokens, at, last, phrase)
    return last, phrase


def _without_last(trie: Node, tokens: Sequence[Token], at: int, last: int, phrase: Phrase) -> tuple[int, Phrase | None]:
    """ "ước chi ngân sách huyện", "đã chi ngân sách": the longer phrase keeps the word that both could have; not in
    "nguồn tăng thu tiền sử dụng đất"."""
    until, opened = _longest(trie, tokens, last)
    if until == last or opened is None or opened.indicator is None or opened.indicator.strength != "strong":
        return last, phrase
    if phrase.kind in ("up", "down", "short"):
        return last, phrase
    before, rest = _longest(trie, tokens[:last], at)
    return (before, rest) if rest is not None and before == last - 1 else (last, phrase)


def _after(tokens: Sequence[Token], at: int, span: Unit) -> int:
    """The first token from `at` on that is not within a span."""
    while at < len(tokens) and tokens[at][0] < span.end:
        at += 1
    return at


_COMPARED = frozenset({"cùng", "dự", "chỉ", "kế"})


def _is_compared_with(token: Token) -> bool:
    """Whether "hơn" before a word or span compares: "hơn cùng kỳ 3%", "hơn dự toán 1,4%", "hơn năm ngoái 7%"."""
    _, _, word, span = token
    return word in _COMPARED or (span is not None and span.text in ("năm ngoái", "năm trước", "cùng kỳ", "năm kia"))


_BARE_YEAR = re.compile(r"20[0-4]\d")


def _may_precede_year(unit: Unit) -> bool:
    return unit.plans or unit.text in ("sang", "trong", "hết", "đầu", "cuối", "của", "(") or unit.kind == "indicator"


def _may_end(token: Token) -> bool:
    """A phrase may end at an area's type word or at its end, never within its name ("thu Hà" of "Thu Hà Nội")."""
    begin, end, _, span = token
    return span is None or span.end == end or begin == span.start


def _overlaps(found: Sequence[Unit], span: PeriodMention | AreaMention) -> bool:
    start, end = span.start, span.end
    for unit in found:  # noqa: SIM110 - any() takes three times as long
        if start < unit.end and unit.start < end:
            return True
    return False
