"""An article and what was read from it, as tests of validation write them: words, number, what it is said of."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import records

from thuchi.model import LOCAL_ZONE, Article, Figure

TY = 10**9
TRIEU = 10**6
YEAR = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
"""The period of a plan; what is done is of eleven months unless a test says otherwise."""
LAST_YEAR = {"period_start": date(2023, 1, 1), "period_end": date(2023, 11, 30)}


def article(text: str, **fields: Any) -> Article:
    usual = {
        "source": "tra_vinh",
        "title": "Trà Vinh: thu ngân sách 11 tháng",
        "published": datetime(2024, 12, 2, 7, 30, tzinfo=LOCAL_ZONE),
    }
    return records.article(text, **{**usual, **fields})


def figure(of: Article, words: str, number: str, value: int | str | None, **fields: Any) -> Figure:
    """What `words` say; a value in quotes is a percentage as printed, one without is VND."""
    percent = isinstance(value, str)
    usual = {
        "measure": "pct_of_plan" if percent else "amount",
        "basis": "unspecified" if percent else None,
        "period_start": date(2024, 1, 1),
        "period_end": date(2024, 11, 30),
        "area": "tỉnh Trà Vinh",
        "province": "Trà Vinh",
        "level": "province",
        "ref_area": "84",
        "ref_area_today": "86-202507",
    }
    return records.figure(of, words, number, Decimal(value) if isinstance(value, str) else value, **{**usual, **fields})


def known(value: int, article_id: str = "elsewhere", **fields: Any) -> dict[str, Any]:
    """A row of the warehouse, as `warehouse.history` gives it: eleven months of the year before."""
    return {
        "article_id": article_id,
        "ref_area": "84",
        "indicator": "revenue",
        "measure": "amount",
        "value": Decimal(value),
        "figure_id": "f" * 16,
        "phase": "executed",
        "basis": None,
        "approx": "exact",
        "area": "tỉnh Trà Vinh",
        "level": "province",
        "period_start": date(2023, 1, 1),
        "period_end": date(2023, 11, 30),
        "quote": f"{value // TY} tỷ",
        "quote_start": 0,
        "number_start": 0,
        "number_end": len(str(value // TY)),
        **fields,
    }
