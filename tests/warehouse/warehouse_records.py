"""Articles and figures as tests want them: sound unless a test says otherwise."""

from __future__ import annotations

from typing import Any

import records

from thuchi.model import Article, Evidence, Figure
from thuchi.validate import Failure, Held
from thuchi.warehouse import Run

TEXT = "Chín tháng, thu ngân sách của huyện Na Rì đạt 52,4 tỷ đồng, bằng 81,9% dự toán tỉnh giao."
RUN = Run("scheduled__1", "2022-10")


def article(url: str = "https://portal.example/1", text: str = TEXT, **fields: Any) -> Article:
    return records.article(text, url, **fields)


def figure(
    of: Article, words: str = "52,4 tỷ đồng", number: str = "52,4", value: int | None = 52_400_000_000, **fields: Any
) -> Figure:
    """Of Na Rì by its code, which the tests' warehouse knows."""
    usual = {"ref_area": "066", "ref_area_today": "19-202507", "evidence": {"area": Evidence("words", 10, 20)}}
    return records.figure(of, words, number, value, **{**usual, **fields})


def held(one: Figure, sentence: str = "implies another plan") -> Held:
    return Held(one, (Failure("implied_plan", "critical", sentence, "dự toán suy ra khác"),))
