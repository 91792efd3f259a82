"""Values as a person reads them, in English and Vietnamese; exact, never rounded."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

Language = Literal["en", "vi"]

BILLION, MILLION = Decimal(10**9), Decimal(10**6)

_WORDS = {
    "en": {"bn": "bn VND", "m": "m VND", "plan": "of plan", "year": "on the year", "unknown": "not known"},
    "vi": {"bn": "tỷ đồng", "m": "triệu đồng", "plan": "kế hoạch", "year": "so cùng kỳ", "unknown": "chưa rõ"},
}


def value(row: Mapping[str, Any], language: Language = "en") -> str:
    """Of a row's `measure` and `obs_value`: 223.55 bn VND or 223,55 tỷ đồng, 112 % of plan, -4 % on the year."""
    words = _WORDS[language]
    number = row["obs_value"]
    if number is None:
        return words["unknown"]
    number = Decimal(number)
    if row["measure"] == "amount":
        scale, unit = (BILLION, "bn") if abs(number) >= BILLION else (MILLION, "m")
        return f"{_plain(number / scale, language)} {words[unit]}"
    return f"{_plain(number, language)} % {words['plan' if row['measure'] == 'pct_of_plan' else 'year']}"


def _plain(number: Decimal, language: Language) -> str:
    plain = f"{number.normalize():,f}"
    return plain if language == "en" else plain.translate(str.maketrans(",.", ".,"))
