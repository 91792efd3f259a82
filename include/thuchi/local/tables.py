"""What the demo shows at its end: the figures that were loaded, and those in quarantine with why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rich.table import Table

Row = Mapping[str, Any]


def figures(rows: Sequence[Row], limit: int) -> Table:
    """Newest article first; in one article in the order of its words."""
    table = Table(title=f"Figures in the warehouse: {len(rows)}{_shown(rows, limit)}", title_justify="left")
    for name in ("published", "area", "indicator", "period", "phase"):
        table.add_column(name)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("words", max_width=50)
    for row in _newest_first(rows)[:limit]:
        table.add_row(_day(row), _area(row), row["indicator"], _period(row), row["phase"], value(row), row["quote"])
    return table


def quarantine(rows: Sequence[Row], limit: int) -> Table:
    """Newest article first, with the names of what each figure failed."""
    table = Table(title=f"In quarantine: {len(rows)}{_shown(rows, limit)}", title_justify="left")
    for name in ("published", "area", "indicator"):
        table.add_column(name)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("words", max_width=50)
    table.add_column("why", max_width=60)
    for row in _newest_first(rows)[:limit]:
        table.add_row(_day(row), _area(row), row["indicator"], value(row), row["quote"], _why(row))
    return table


def value(row: Row) -> str:
    """An amount with all its digits, a percentage as printed: 223,550,000,000 VND; 112 % of plan."""
    number = row["obs_value"]
    if number is None:
        return "not known"
    if row["measure"] == "amount":
        return f"{int(number):,} VND"
    printed = f"{Decimal(number).normalize():f}"
    return f"{printed} % of plan" if row["measure"] == "pct_of_plan" else f"{printed} % on the year"


def _shown(rows: Sequence[Row], limit: int) -> str:
    return f", of which the {limit} newest" if len(rows) > limit else ""


def _newest_first(rows: Sequence[Row]) -> list[Row]:
    in_order = sorted(rows, key=lambda row: (row["article_id"], row["quote_start"], row["figure_id"]))
    return sorted(in_order, key=_day, reverse=True)


def _day(row: Row) -> str:
    return f"{row['published']:%Y-%m-%d}" if row["published"] else "undated"


def _area(row: Row) -> str:
    names = [row["area"], row["province"] if row["province"] != row["area"] else None]
    return ", ".join(name for name in names if name) or "not known"


def _period(row: Row) -> str:
    return f"{row['period_start']} – {row['period_end']}"


def _why(row: Row) -> str:
    return " ".join(failure["sentence"] for failure in row["failures"])
