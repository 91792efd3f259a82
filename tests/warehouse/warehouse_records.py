"""Articles and figures as tests want them: sound unless a test says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from thuchi.model import LOCAL_ZONE, Article, Evidence, Figure, article_id_of
from thuchi.validate import Failure, Held
from thuchi.warehouse import Run

TEXT = "Chín tháng, thu ngân sách của huyện Na Rì đạt 52,4 tỷ đồng, bằng 81,9% dự toán tỉnh giao."
RUN = Run("scheduled__1", "2022-10")


def article(url: str = "https://portal.example/1", text: str = TEXT, **fields: Any) -> Article:
    published = datetime(2022, 10, 3, 8, 0, tzinfo=LOCAL_ZONE)
    return Article(
        **{
            "article_id": article_id_of(url, text),
            "source": "na_ri",
            "url": url,
            "title": "Na Rì: thu ngân sách chín tháng",
            "published": published,
            "text": text,
            **fields,
        }
    )


def figure(of: Article, words: str = "52,4 tỷ đồng", number: str = "52,4", **fields: Any) -> Figure:
    """The figure of the first place where `of` says `words`; 52,4 tỷ of revenue unless told otherwise."""
    start = of.text.index(words)
    number_start = of.text.index(number, start)
    usual = Figure(
        article_id=of.article_id,
        indicator="revenue",
        measure="amount",
        value=52_400_000_000,
        approx="exact",
        phase="executed",
        basis=None,
        period_start=date(2022, 1, 1),
        period_end=date(2022, 9, 30),
        area="huyện Na Rì",
        province="Bắc Kạn",
        level="district",
        ref_area="066",
        ref_area_today="19-202507",
        quote=words,
        start=start,
        end=start + len(words),
        number_start=number_start,
        number_end=number_start + len(number),
        evidence={"area": Evidence("words", 10, 20)},
        extractor_version="1",
    )
    return replace(usual, **fields)


def held(one: Figure, sentence: str = "implies another plan") -> Held:
    return Held(one, (Failure("implied_plan", "critical", sentence, "dự toán suy ra khác"),))
