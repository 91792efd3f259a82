"""Articles → figures. A pure function of one article and the vocabulary.

extractor = Extractor(vocabulary())
figures = extractor.figures_of(article)
"""

from __future__ import annotations

from dataclasses import replace

from thuchi.extract.areas import AreaContext, area_context
from thuchi.extract.arithmetic import checked
from thuchi.extract.compose import Composer
from thuchi.extract.draft import Draft
from thuchi.extract.gate import assigns
from thuchi.extract.gazetteer import Gazetteer
from thuchi.extract.layout import readable
from thuchi.extract.lexicon import Vocabulary
from thuchi.extract.lexing import Lexer, Spans
from thuchi.extract.merge import merged
from thuchi.extract.normalise import folded
from thuchi.extract.periods import find_periods
from thuchi.extract.present import time_of_writing
from thuchi.extract.preview import states_figure
from thuchi.extract.quantities import find_quantities
from thuchi.extract.spans import AreaMention
from thuchi.extract.timing import Timeline
from thuchi.extract.transfers import with_transfers
from thuchi.model import Article, Figure

EXTRACTOR_VERSION = "4"

__all__ = ["EXTRACTOR_VERSION", "Extractor"]


class Extractor:
    """Reads articles by one vocabulary; building it takes a moment, reading an article a few milliseconds."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._gazetteer = Gazetteer(vocabulary.areas, vocabulary.area_words)

    def figures_of(self, article: Article) -> tuple[Figure, ...]:
        """The fiscal figures of an article, in the order of its text."""
        text = readable(article.text)
        if not states_figure(text, self._vocabulary, self._gazetteer):
            return ()
        read = article if text == article.text else replace(article, text=text)
        words = folded(text)
        periods = find_periods(text)
        areas = self._gazetteer.find(text)
        quantities = Spans(find_quantities(text))
        lexer = Lexer(text, words, self._vocabulary, quantities, Spans(periods), Spans(areas))
        written = None if article.published is not None else time_of_writing(words, periods)
        named = _told_of(words, areas)
        places = area_context(read, named, self._gazetteer, written.day if written else None)
        composer = Composer(read, lexer, places, Timeline(read, periods, written.year if written else None))
        drafts = with_transfers(composer.compose(), words)
        return tuple(_figure(article, draft, places) for draft in checked(merged(drafts)))


def _told_of(words: str, areas: list[AreaMention]) -> list[AreaMention]:
    """The places that an article tells of: not those that only assign or give, unless they alone say which province
    it is ("HĐND tỉnh Phú Thọ giao chỉ tiêu …", "huyện Tam Nông được tỉnh Phú Thọ giao …")."""
    gives = [assigns(words, area) for area in areas]
    told = [area for area, given in zip(areas, gives, strict=True) if not given]
    if any(candidate.level == "province" for area in told for candidate in area.candidates):
        return told
    return [area for area, given in zip(areas, gives, strict=True) if area.candidates or not given]


def _figure(article: Article, draft: Draft, places: AreaContext) -> Figure:
    area = draft.area.area
    return Figure(
        article_id=article.article_id,
        indicator=draft.code,
        measure=draft.measure,
        value=draft.value,
        approx=draft.quantity.approx,
        phase=draft.phase,
        basis=draft.basis,
        period_start=draft.period.span.start,
        period_end=draft.period.span.end,
        area=places.name_of(area) if area else None,
        province=area.province if area else None,
        level=area.level if area else None,
        ref_area=area.code if area else None,
        ref_area_today=(area.successor or area.code) if area else None,
        quote=article.text[draft.start : draft.end],
        start=draft.start,
        end=draft.end,
        number_start=draft.quantity.number_start,
        number_end=draft.quantity.number_end,
        evidence=draft.evidence,
        doubts=draft.doubts,
        extractor_version=EXTRACTOR_VERSION,
    )
