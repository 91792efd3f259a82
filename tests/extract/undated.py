"""What articles without a date say, as the national press has them; read by test_press.py and test_spending.py."""

from __future__ import annotations

from functools import cache

from thuchi.extract import Extractor
from thuchi.model import Article
from thuchi.vocabulary import vocabulary


@cache
def extractor() -> Extractor:
    return Extractor(vocabulary())


def said(*paragraphs: str, title: str | None = None) -> list[tuple[object, ...]]:
    """Indicator, value in tỷ or percent, phase and period of an undated article's figures."""
    text = "\n".join(paragraphs)
    found = []
    for figure in extractor().figures_of(Article("a", "test", None, title, None, text)):
        value = float(figure.value or 0) / (10**9 if figure.measure == "amount" else 1)
        found.append((figure.indicator, value, figure.phase, f"{figure.period_start}..{figure.period_end}"))
    return found
