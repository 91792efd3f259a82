"""Which unit each figure of an article is about, where the article turns from one place to another."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from thuchi.extract import Extractor
from thuchi.model import LOCAL_ZONE, Article
from thuchi.vocabulary import vocabulary

PASSAGES = yaml.safe_load((Path(__file__).parent / "places.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(vocabulary())


def areas_of(extractor: Extractor, on: date | None, title: str | None, text: str) -> dict[str, str | None]:
    """Number as printed, a percentage with its sign → the unit that the first figure of that number is about."""
    published = None if on is None else datetime.combine(on, time(8), LOCAL_ZONE)
    found: dict[str, str | None] = {}
    for figure in extractor.figures_of(Article("a", "s", None, title, published, text)):
        number = text[figure.number_start : figure.number_end] + ("" if figure.measure == "amount" else "%")
        found.setdefault(number, figure.area)
    return found


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: str(passage["title"])[:40])
def test_each_number_is_about(extractor: Extractor, passage: dict[str, Any]) -> None:
    text = "\n".join(filter(None, [passage["title"], *passage["text"]]))
    expected = {number: area for area, numbers in passage["areas"].items() for number in numbers}
    found = areas_of(extractor, passage["published"], passage["title"], text)
    assert {number: found.get(number) for number in expected} == expected
