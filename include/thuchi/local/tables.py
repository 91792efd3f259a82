"""What the demo shows at its end: the figures that were loaded, and those in quarantine with why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from thuchi.model import LOCAL_ZONE

Row = Mapping[str, Any]

WIDE = 130
"""Columns of a screen that have room for the words of each figure."""

BILLION, MILLION = Decimal(10**9), Decimal(10**6)


def figures(rows: Sequence[Row], limit: int, width: int) -> Group:
    """By article, the newest first; in an article in the order of its words, which a wide screen shows too."""
    parts: list[RenderableType] = [_title("in the warehouse", rows, limit)]
    for heading, of_article in _by_article(rows, limit):
        # One table an article, of the same fixed widths, so that they stand as one.
        table = Table(box=None, show_header=False, expand=True, padding=(0, 1, 0, 2))
        table.add_column(ratio=2, min_width=12)  # area
        for columns in (16, 22, 9):  # period, indicator, phase
            table.add_column(width=columns)
        table.add_column(width=19, justify="right")  # value
        if width >= WIDE:
            table.add_column(ratio=4, no_wrap=True, overflow="ellipsis", style="dim")
        for row in of_article:
            cells = [_area(row), row["time_period"], row["indicator"], row["phase"], value(row), _words(row)]
            table.add_row(*(Text(cell) for cell in cells[: len(table.columns)]))
        parts += [Text(heading, style="bold", no_wrap=True, overflow="ellipsis"), table, Text()]
    return Group(*parts)


def quarantine(rows: Sequence[Row], limit: int) -> Group:
    """By article, the newest first: what was read from which words, and a sentence for each thing against it."""
    table = Table(box=None, show_header=False, padding=(0, 1, 1, 2))
    for heading, of_article in _by_article(rows, limit):
        for row in of_article:
            figure = f"{row['indicator']}: {value(row)}\n“{_words(row)}”\n{_area(row)}; {heading}"
            # Two expectations may find the same fault.
            sentences = dict.fromkeys(part for each in row["failures"] for part in each["sentence"].split(" · "))
            table.add_row(Text(figure), Text("\n".join(sentences)))
    return Group(_title("in quarantine", rows, limit), table)


def value(row: Row) -> str:
    """Exact, never rounded: 223.55 bn VND, 0.7 m VND, 112 % of plan, -4 % on the year."""
    number = row["obs_value"]
    if number is None:
        return "not known"
    number = Decimal(number)
    if row["measure"] == "amount":
        scale, unit = (BILLION, "bn") if abs(number) >= BILLION else (MILLION, "m")
        return f"{_plain(number / scale)} {unit} VND"
    return f"{_plain(number)} % {'of plan' if row['measure'] == 'pct_of_plan' else 'on the year'}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}"


def _title(where: str, rows: Sequence[Row], limit: int) -> Text:
    count = f"{len(rows)} figure{'' if len(rows) == 1 else 's'}"
    more = f", of which the newest {limit}" if len(rows) > limit else ""
    return Text(f"{count} {where}{more}\n", style="bold underline")


def _by_article(rows: Sequence[Row], limit: int) -> list[tuple[str, list[Row]]]:
    in_order = sorted(rows, key=lambda row: (row["article_id"], row["number_start"], row["figure_id"]))
    newest = sorted(in_order, key=lambda row: _day(row) if row["published"] else "", reverse=True)[:limit]
    return [(heading, list(of_article)) for heading, of_article in groupby(newest, key=_heading)]


def _heading(row: Row) -> str:
    return f"{_day(row)}  {row['title'] or row['url'] or row['article_id']}"


def _day(row: Row) -> str:
    """The day in Vietnam: a server hands moments out in its own zone."""
    return f"{row['published'].astimezone(LOCAL_ZONE):%Y-%m-%d}" if row["published"] else "undated"


def _area(row: Row) -> str:
    return row["area"] or "area not known"


def _words(row: Row) -> str:
    return " ".join(row["quote"].split())
