"""Figures that wait for a decision: list, show, release, correct, reject."""

from __future__ import annotations

import getpass
from decimal import Decimal
from typing import Annotated, Any

import typer

from thuchi.cli.console import Failed, say

FigureId = Annotated[str, typer.Argument(help="Its id, the first column of `thuchi quarantine list`.")]
Reason = Annotated[str, typer.Option(help="Why, for whoever reads the figure's history.")]
By = Annotated[str | None, typer.Option(help="Who decides; you, if not given.")]
Version = Annotated[int | None, typer.Option(help="The version that was looked at; by default what is held now.")]


def show_all() -> None:
    """The figures that wait for a decision, and what each failed."""
    from thuchi import pipeline
    from thuchi.warehouse import held_figures

    with pipeline.the_warehouse() as engine:
        for row in held_figures(engine):
            reasons = "; ".join(failure["sentence"] for failure in row["failures"])
            print(f"{row['figure_id']}\t{row['source']}\t{row['quote']}\t{reasons}")


def show(figure_id: FigureId) -> None:
    """One figure with its words in their context, what it failed, and what was decided."""
    from thuchi import pipeline

    with pipeline.the_warehouse() as engine:
        row = _row(engine, figure_id)
    for name in ("figure_id", "version", "state", "source", "url", "title", "published"):
        print(f"{name}\t{row[name] if row[name] is not None else ''}")
    text, start, end = row["text"] or "", row["quote_start"], row["quote_end"]
    context = f"…{text[max(start - 160, 0) : start]}⟦{row['quote']}⟧{text[end : end + 160]}…".replace("\n", " ")
    print(f"words\t{context}")
    value = "" if row["obs_value"] is None else f"{row['obs_value']:f} {row['unit_measure']}"
    print(f"reading\t{row['indicator']}, {row['measure']}, {row['phase']}: {value}")
    print(f"unit and period\t{row['area']} ({row['ref_area']}), {row['period_start']} to {row['period_end']}")
    for failure in row["failures"]:
        print(f"{failure['severity']}\t{failure['expectation']}: {failure['sentence']}")
    if row["decided_by"]:
        corrected = "" if row["corrected_value"] is None else f" to {row['corrected_value']:f}"
        print(f"decision\t{row['state']}{corrected} by {row['decided_by']} at {row['decided_at']}: {row['reason']}")


def release(figure_id: FigureId, reason: Reason, by: By = None, version: Version = None) -> None:
    """The figure is right as it was read: it moves to the warehouse."""
    _decided("release", figure_id, reason, by, version)


def correct(
    figure_id: FigureId,
    value: Annotated[str, typer.Argument(help='What is right: "2.005 tỷ đồng", 2005000000000, "15,4%" or 15.4.')],
    reason: Reason,
    by: By = None,
    version: Version = None,
) -> None:
    """The figure moves to the warehouse with the right value; what was printed stays beside it."""
    _decided("correct", figure_id, reason, by, version, value)


def reject(figure_id: FigureId, reason: Reason, by: By = None, version: Version = None) -> None:
    """The figure is wrong, or none: it stays out."""
    _decided("reject", figure_id, reason, by, version)


def _decided(
    action: Any, figure_id: str, reason: str, by: str | None, version: int | None, value: str | None = None
) -> None:
    from thuchi import pipeline
    from thuchi.warehouse import decide

    with pipeline.the_warehouse() as engine:
        row = _row(engine, figure_id)
        decision = decide(
            engine,
            figure_id,
            row["version"] if version is None else version,
            action,
            by=by or getpass.getuser(),
            reason=reason,
            corrected_value=None if value is None else _value(value, row["unit_measure"]),
        )
    print(f"{figure_id}\t{decision.state}\t{decision.decided_by}\t{decision.reason}")
    if decision.loaded_version is not None:
        say(f"{row['quote']!r} is in the warehouse now; runs of its period keep it so while the article says this.")


def _row(engine: Any, figure_id: str) -> dict[str, Any]:
    from thuchi.warehouse import held_figure

    row = held_figure(engine, figure_id)
    if row is None:
        raise Failed(f"{figure_id} is no figure that was ever held: see `thuchi quarantine list`")
    return row


def _value(words: str, unit: str) -> int | Decimal:
    """An amount or percentage, as digits or as an article would print it."""
    from thuchi.extract.phrase import read_phrase

    if words.isascii() and words.removeprefix("-").replace(".", "", 1).isdigit():
        return Decimal(words)
    reading = read_phrase(words, None)
    wanted = "money" if unit == "VND" else "percent"
    if reading is None or reading.kind != wanted or not isinstance(reading.value, int | Decimal):
        remedy = 'write it as "2.005 tỷ đồng" or in VND' if unit == "VND" else 'write it as "15,4%" or 15.4'
        raise Failed(f"{words!r} is no {'amount' if unit == 'VND' else 'percentage'}: {remedy}")
    return reading.value
