"""What whole passages say, and which numbers beside words of the budget are none of its figures: passages.yaml."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from thuchi.extract import Extractor
from thuchi.model import LOCAL_ZONE, Article
from thuchi.vocabulary import vocabulary

PASSAGES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "passages.yaml").read_text(encoding="utf-8"))
LEAD: str = PASSAGES["lead"]
CASES = [pytest.param(case, id=case["text"][:60]) for group in PASSAGES["groups"].values() for case in group]


@cache
def extractor() -> Extractor:
    return Extractor(vocabulary())


@pytest.mark.parametrize("case", CASES)
def test_a_passage_says_these_figures_and_no_others(case: dict[str, Any]) -> None:
    title = case.get("title")
    lead = (f"{title}\n" if title else "") + ("" if case.get("alone") else LEAD)
    published = datetime(2023, 10, 5, tzinfo=LOCAL_ZONE)
    found = extractor().figures_of(Article("a", "test", None, title, published, lead + case["text"]))
    said = [
        f"{figure.indicator} {float(figure.value or 0) / (10**9 if figure.measure == 'amount' else 1):.10g}"
        + {"amount": " tỷ", "pct_of_plan": "%", "pct_change_yoy": "% yoy"}[figure.measure]
        for figure in found
        if figure.start >= len(lead)
    ]
    assert sorted(said) == sorted(case["says"])
