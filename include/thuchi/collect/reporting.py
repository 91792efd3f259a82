"""Sentences of a report: enough to act on, not so many that Airflow's database fills up."""

from __future__ import annotations

from collections.abc import Sequence

LISTED = 20
"""How many undated or broken documents a report names; `thuchi sources check` names them all."""


def some(sentences: Sequence[str], source_id: str) -> list[str]:
    """The first LISTED sentences, and how many more there are: a report travels through Airflow's database."""
    more = len(sentences) - LISTED
    return [*sentences[:LISTED], *([f"… and {more} more: thuchi sources check {source_id}"] if more > 0 else [])]
