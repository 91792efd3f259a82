"""What dates a figure, where it is, and whether it is planned, aimed at, estimated or done: `dated.yaml`."""

from __future__ import annotations

import calendar
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from thuchi.extract import Extractor
from thuchi.model import LOCAL_ZONE, Article, Figure
from thuchi.vocabulary import vocabulary

ARTICLES = yaml.safe_load(Path(__file__).with_name("dated.yaml").read_text(encoding="utf-8"))


@cache
def extractor() -> Extractor:
    return Extractor(vocabulary())


def value_of(figure: Figure) -> float:
    """In tỷ đồng or percent."""
    return float(figure.value or 0) / (10**9 if figure.measure == "amount" else 1)


def span_of(period: object) -> tuple[str, str]:
    words = str(period)
    if words == "unknown":
        return "None", "None"
    if ".." in words:
        start, end = words.split("..")
        return start, end
    if isinstance(period, date):
        return f"{period.year}-01-01", words
    if len(words) == 7:
        return f"{words}-01", f"{words}-{calendar.monthrange(int(words[:4]), int(words[5:]))[1]}"
    return f"{words}-01-01", f"{words}-12-31"


@pytest.mark.parametrize("said", ARTICLES, ids=lambda said: str(said["lines"][0])[:50])
def test_an_article_tells(said: dict[str, Any]) -> None:
    published = said["published"]
    moment = datetime.fromisoformat(published).replace(tzinfo=LOCAL_ZONE) if published else None
    article = Article("a", "test", None, said.get("title"), moment, "\n".join(said["lines"]))
    figures = {value_of(figure): figure for figure in extractor().figures_of(article)}
    assert len(figures) == len(said["told"])
    for value, phase, period, *area in said["told"]:
        figure = figures[float(value)]
        found = figure.phase, (str(figure.period_start), str(figure.period_end)), *([figure.area] if area else [])
        assert found == (phase, span_of(period), *area), value
