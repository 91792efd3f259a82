"""How alerts are set up, from the environment.

| variable | meaning | default |
| --- | --- | --- |
| THUCHI_ALERTS | connections of Airflow that alerts go by, with commas | none: no alerts |
| THUCHI_ALERTS_LANGUAGE | en or vi | en |
| THUCHI_ALERTS_SILENT_DAYS | days without an article after which a source is silent | 7 |
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from thuchi.shown import Language


@dataclass(frozen=True, slots=True)
class Setup:
    connections: tuple[str, ...]
    language: Language
    silent_days: int


def setup() -> Setup:
    """Raises ValueError, naming the variable and what it may be."""
    language = os.environ.get("THUCHI_ALERTS_LANGUAGE") or "en"
    if language not in ("en", "vi"):
        raise ValueError(f"THUCHI_ALERTS_LANGUAGE is {language!r}: write en or vi.")
    days = os.environ.get("THUCHI_ALERTS_SILENT_DAYS") or "7"
    if not days.isascii() or not days.isdigit() or not int(days):
        raise ValueError(f"THUCHI_ALERTS_SILENT_DAYS is {days!r}: write a number of days, as 7.")
    connections = tuple(name.strip() for name in os.environ.get("THUCHI_ALERTS", "").split(",") if name.strip())
    return Setup(connections, "vi" if language == "vi" else "en", int(days))
