"""How the tests read places: with the gazetteer of the project's own vocabulary."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from thuchi.extract.areas import AreaContext, area_context
from thuchi.extract.gazetteer import Gazetteer
from thuchi.model import LOCAL_ZONE, Article
from thuchi.vocabulary import vocabulary


@cache
def gazetteer() -> Gazetteer:
    words = vocabulary()
    return Gazetteer(words.areas, words.area_words)


def article(text: str, published: str | None = "2022-10-05", source_area: str | None = None) -> Article:
    moment = None if published is None else datetime.fromisoformat(published).replace(tzinfo=LOCAL_ZONE)
    return Article("a", "s", None, None, moment, text, source_area=source_area)


def context(text: str, published: str | None = "2022-10-05", source: str | None = None) -> AreaContext:
    return area_context(article(text, published, source), gazetteer().find(text), gazetteer())


def read(text: str, published: str | None = "2022-10-05") -> list[str]:
    """ "words = unit, province" of each mention, "words ? doubt" of one that stays open."""
    places = context(text, published)
    found = []
    for mention in places.mentions:
        words, reading = text[mention.start : mention.end], places.resolve(mention)
        if reading.area is None:
            found.append(f"{words} ? {reading.doubts[0]}")
        else:
            found.append(
                f"{words} = {reading.area.name}" + (f", {reading.area.province}" if reading.area.province else "")
            )
    return found
