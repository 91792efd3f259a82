"""Templates: every value is escaped, an undefined name is a fault and never an empty place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from thuchi.model import LOCAL_ZONE
from thuchi.review import reasons
from thuchi.shown import value

TEMPLATES = Path(__file__).parent / "templates"

AROUND = 280
"""Letters of the article shown on each side of a quote."""


def page(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """A template as an answer; `root` is the address that the pages are served under."""
    root = request.scope.get("root_path", "")
    return HTMLResponse(_environment().get_template(template).render(root=root, **values), status_code=status)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"value": value, "moment": moment, "context": context, "reasons": reasons, "why": why}
    return environment


def moment(at: datetime | None) -> str:
    """In Vietnam's time, to the minute."""
    return "—" if at is None else f"{at.astimezone(LOCAL_ZONE):%Y-%m-%d %H:%M}"


def context(row: Mapping[str, Any]) -> dict[str, str]:
    """A figure's quote in the words around it, parted so that the quote and its number can be marked.

    Where the article has changed since, only the quote is left.
    """
    quote, start, end = row["quote"], row["quote_start"], row["quote_end"]
    first, last = row["number_start"] - start, row["number_end"] - start
    text = row["text"]
    within = 0 <= first < last <= len(quote)
    parts = (quote[:first], quote[first:last], quote[last:]) if within else (quote, "", "")
    before = after = ""
    if text is not None and text[start:end] == quote:
        before = ("… " if start > AROUND else "") + text[max(0, start - AROUND) : start]
        after = text[end : end + AROUND] + (" …" if end + AROUND < len(text) else "")
    return {"before": before, "said": parts[0], "number": parts[1], "rest": parts[2], "after": after}


def why(row: Mapping[str, Any]) -> Sequence[tuple[str, str, str]]:
    """Field, where it came from, and the words that decided it, for each field that has evidence."""
    text = row["text"] or ""
    return [
        (name, each["origin"], text[each["start"] : each["end"]] if each.get("start") is not None else "")
        for name, each in sorted(row["evidence"].items())
    ]
