"""Values as a person reads them, in English and Vietnamese; exact, never rounded.

Numbers stand as the articles and the reasons of validation write them, in both languages: "5,160 bn" beside a text
that says "5.160 tỷ đồng" would be taken for a thousandth of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

Language = Literal["en", "vi"]

BILLION, MILLION = Decimal(10**9), Decimal(10**6)

_WORDS = {
    "en": {"plan": "of plan", "year": "on the year", "unknown": "not known"},
    "vi": {"plan": "kế hoạch", "year": "so cùng kỳ", "unknown": "chưa rõ"},
}


def value(row: Mapping[str, Any], language: Language = "en") -> str:
    """Of a row's `measure` and `obs_value`: 223,55 tỷ đồng, 112% of plan, -4,5% on the year."""
    words = _WORDS[language]
    number = row["obs_value"]
    if number is None:
        return words["unknown"]
    number = Decimal(number)
    if row["measure"] == "amount":
        scale, unit = (BILLION, "tỷ đồng") if abs(number) >= BILLION else (MILLION, "triệu đồng")
        return f"{_plain(number / scale)} {unit}"
    return f"{_plain(number)}% {words['plan' if row['measure'] == 'pct_of_plan' else 'year']}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}".translate(str.maketrans(",.", ".,"))
