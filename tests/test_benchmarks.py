"""What `make bench` reads where no articles are given: always the same, with figures or without. Nothing is timed."""

from __future__ import annotations

import importlib
from itertools import pairwise
from types import ModuleType

import pytest

from thuchi.extract import Extractor
from thuchi.model import Article
from thuchi.settings import PROJECT
from thuchi.vocabulary import vocabulary


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(PROJECT / "benchmarks")
    return importlib.import_module("news")


def figures_in(text: str) -> int:
    return len(Extractor(vocabulary()).figures_of(Article("1", "bench", None, None, None, text)))


def test_the_same_seed_makes_the_same_articles_another_seed_others(news: ModuleType) -> None:
    for kind in (news.reports, news.ordinary):
        made = list(kind(5))
        assert made == list(kind(5))
        assert not set(made) & set(kind(5, seed=2))
        assert all(one.text != next_one.text for one, next_one in pairwise(made))


def test_reports_are_full_of_figures_and_ordinary_news_has_none(news: ModuleType) -> None:
    assert min(figures_in(each.text) for each in news.reports(10)) >= 5
    assert [figures_in(each.text) for each in news.ordinary(40)] == [0] * 40
