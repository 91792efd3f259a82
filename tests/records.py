"""Articles and figures as tests write them: a figure lies where its words do, and is sound unless a test says not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from thuchi.model import LOCAL_ZONE, Article, Figure, article_id_of


def article(text: str, url: str | None = None, **fields: Any) -> Article:
    usual = Article(
        article_id=article_id_of(url, text),
        source="na_ri",
        url=url,
        title="Na Rì: thu ngân sách chín tháng",
        published=datetime(2022, 10, 3, 8, 0, tzinfo=LOCAL_ZONE),
        text=text,
    )
    return replace(usual, **fields)


def figure(of: Article, words: str, number: str, value: int | Decimal | None, **fields: Any) -> Figure:
    """What the first place where `of` says `words` states; its number is the first `number` in them."""
    start = of.text.index(words)
    number_start = of.text.index(number, start)
    usual = Figure(
        article_id=of.article_id,
        indicator="revenue",
        measure="amount",
        value=value,
        approx="exact",
        phase="executed",
        basis=None,
        period_start=date(2022, 1, 1),
        period_end=date(2022, 9, 30),
        area="huyện Na Rì",
        province="Bắc Kạn",
        level="district",
        ref_area=None,
        ref_area_today=None,
        quote=words,
        start=start,
        end=start + len(words),
        number_start=number_start,
        number_end=number_start + len(number),
        extractor_version="1",
    )
    return replace(usual, **fields)
