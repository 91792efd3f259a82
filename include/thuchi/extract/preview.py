"""Whether an article is worth reading as a whole: whether a line of it states a figure when it is read by itself.

Of ordinary news that has a budget and a sum on one line, two articles in three say nothing of the budget by it ("hỗ trợ
10 tỷ đồng từ ngân sách"); to find that out from the whole article would take five times as long as from its lines.
The price: an article is passed over if its only figures have no word of the budget on their line and stand further
below the heading that has it than the first line with a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from thuchi.extract.gate import candidate_lines, following_lines, names_figure, speaks_of_one
from thuchi.extract.gazetteer import Gazetteer
from thuchi.extract.lexicon import Vocabulary
from thuchi.extract.lexing import Lexer, Spans, Unit
from thuchi.extract.measures import may_be_a_figure
from thuchi.extract.normalise import folded
from thuchi.extract.periods import find_periods
from thuchi.extract.quantities import find_quantities
from thuchi.extract.reading import SentenceReader
from thuchi.extract.sentence import Speech
from thuchi.extract.spans import AreaMention, PeriodMention, Quantity
from thuchi.extract.structure import sentences_of


@dataclass(frozen=True, slots=True)
class _Anything:
    """An article that has spoken of all that there is: a sentence that states nothing in it does so in no other."""

    frame: str

    def spoken(self, _: str) -> bool:
        return True

    def recent(self, _: str) -> bool:
        return True

    def main(self, family: str) -> str:
        return family

    def on_a_project(self, _: str) -> bool:
        return False

    @property
    def of_budget(self) -> bool:
        return True

    @property
    def carried(self) -> str:
        return self.frame

    @property
    def just(self) -> str:
        return self.frame

    @property
    def topic(self) -> str:
        return self.frame

    @property
    def rate(self) -> str:
        return ""

    @property
    def last(self) -> str:
        return self.frame


_REPORT = 1 / 3
"""The share of a text that candidate lines have, where there are several, from which it is a report on the budget,
nearly surely; to read its lines by themselves first would take a sixth longer."""
_NONE: Spans[Any] = Spans(())
_ANNOUNCED, _SPOKEN = _Anything("revenue"), _Anything("")


def states_figure(text: str, vocabulary: Vocabulary, gazetteer: Gazetteer) -> bool:
    """Whether a line with a word of the budget, or right below one, states a figure, or is a table's row; or failing
    that, where such a line names what could be one, a line without such a word. An article that is mostly such lines
    is read without trying them first."""
    lines = [
        _Line(text[start:end], vocabulary, gazetteer, announced) for start, end, announced in candidate_lines(text)
    ]
    if len(lines) > 1 and sum(len(line.text) for line in lines) > len(text) * _REPORT:
        return True
    spending = vocabulary.lists.spending
    if not any(line.announced or line.has_sentence(lambda units: names_figure(units, spending)) for line in lines):
        return False
    if any(line.states_figure(_ANNOUNCED) for line in lines):
        return True
    others = (_Line(text[start:end], vocabulary, gazetteer) for start, end in following_lines(text))
    return any(line.has_sentence(speaks_of_one) and line.states_figure(_SPOKEN) for line in others)


@dataclass(slots=True)
class _Line:
    """A line that is read by itself."""

    text: str
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    announced: bool = False
    """Whether a heading says what its numbers are of."""
    _quantities: Spans[Quantity] | None = None

    def has_sentence(self, like: Callable[[Sequence[Unit]], bool]) -> bool:
        """Whether a sentence is like that by its words, which is fast to tell, and it or the next one has a number:
        "Thu ngân sách gặp khó. Đến nay mới đạt 60% dự toán."; or the line is a table's row."""
        words = self._lexer(_NONE, _NONE, _NONE)
        sentences = [*self._sentences()]
        return any(
            like(words.phrases(start, end)) and self._has_number(start, sentences[min(at + 1, len(sentences) - 1)][1])
            for at, (start, end) in enumerate(sentences)
        )

    def states_figure(self, speech: Speech) -> bool:
        """Whether a sentence of it states a figure in an article of which `speech` is said, or may be a table's row."""
        if "|" in self.text or "\t" in self.text:
            return True
        numbered = [(start, end) for start, end in self._sentences() if self._has_number(start, end)]
        if not numbered:
            return False
        lexer = self._lexer(self.quantities, Spans(find_periods(self.text)), Spans(self.gazetteer.find(self.text)))
        return any(SentenceReader(lexer.units(start, end), speech).read() for start, end in numbered)

    @property
    def quantities(self) -> Spans[Quantity]:
        if self._quantities is None:
            self._quantities = Spans(find_quantities(self.text))
        return self._quantities

    def _has_number(self, start: int, end: int) -> bool:
        return any(map(may_be_a_figure, self.quantities.within(start, end))) or "|" in self.text

    def _sentences(self) -> Iterator[tuple[int, int]]:
        return sentences_of(self.text, 0, len(self.text))

    def _lexer(self, quantities: Spans[Quantity], periods: Spans[PeriodMention], areas: Spans[AreaMention]) -> Lexer:
        return Lexer(self.text, folded(self.text), self.vocabulary, quantities, periods, areas)
