"""What is asked of the warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine

from thuchi.model import Figure


def history(engine: Engine, figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """What the warehouse says of the areas and indicators of `figures`: for `validate(..., history=…)`."""
    raise NotImplementedError


def current_figures(engine: Engine) -> list[dict[str, Any]]:
    """All figures that stand now, with their article's source, url, title and date of publication."""
    raise NotImplementedError


def held_figures(engine: Engine) -> list[dict[str, Any]]:
    """All figures in quarantine that await a decision, with what they failed and their article."""
    raise NotImplementedError


def row_counts(engine: Engine) -> dict[str, int]:
    """Rows of each table; of fiscal_figure also the current ones, of quarantined_figure the held ones."""
    raise NotImplementedError
