"""Figures that wait for a decision: list, show, release, correct, reject."""

from __future__ import annotations

import getpass
from datetime import datetime
from typing import Annotated, Any

import typer

from thuchi.cli.console import Failed, in_a_line, say
from thuchi.model import LOCAL_ZONE

FigureId = Annotated[str, typer.Argument(help="Its id, the first column of `thuchi quarantine list`.")]
Reason = Annotated[str, typer.Option(help="Why, for whoever reads the figure's history.")]
By = Annotated[str | None, typer.Option(help="Who decides; you, if not given.")]
Version = Annotated[int | None, typer.Option(help="The version that was looked at; by default what is held now.")]


def show_all() -> None:
    """The figures that wait for a decision, the worst first: id, area, value, words, and what each failed."""
    from thuchi import pipeline, review
    from thuchi.shown import value

    with pipeline.the_warehouse() as engine, engine.connect() as connection:
        held = review.quarantine(connection, limit=None).rows
    for row in held:
        reasons = "; ".join(each["sentence"] for each in review.reasons(row))
        print(*map(in_a_line, (row["figure_id"], row["area"] or "", value(row), row["quote"], reasons)), sep="\t")


def show(figure_id: FigureId) -> None:
    """One figure with its words in their context, what it failed, and what was decided."""
    from thuchi import pipeline, review
    from thuchi.shown import value

    with pipeline.the_warehouse() as engine:
        row = _row(engine, figure_id)
    text, start, end = row["text"] or "", row["quote_start"], row["quote_end"]
    lines = [(name, row[name]) for name in ("figure_id", "version", "state", "source", "url", "title")]
    lines += [
        ("published", _moment(row["published"])),
        ("words", f"…{text[max(start - 160, 0) : start]}⟦{row['quote']}⟧{text[end : end + 160]}…"),
        ("reading", f"{row['indicator']}, {row['measure']}, {row['phase']}: {value(row)}"),
        ("unit and period", f"{row['area']} ({row['ref_area']}), {row['period_start']} to {row['period_end']}"),
    ]
    lines += [(each["severity"], f"{each['expectation']}: {each['sentence']}") for each in review.reasons(row)]
    if row["decided_by"]:
        corrected = {"measure": row["measure"], "obs_value": row["corrected_value"]}
        to = "" if row["corrected_value"] is None else f" to {value(corrected)}"
        decision = f"{row['state']}{to} by {row['decided_by']} at {_moment(row['decided_at'])}: {row['reason']}"
        lines.append(("decision", decision))
    for name, said in lines:
        print(name, in_a_line("" if said is None else str(said)), sep="\t")


def _moment(at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone(LOCAL_ZONE):%Y-%m-%d %H:%M}"


def release(figure_id: FigureId, reason: Reason, by: By = None, version: Version = None) -> None:
    """The figure is right as it was read: it moves to the warehouse."""
    _decided("release", figure_id, reason, by, version)


def correct(
    figure_id: FigureId,
    value: Annotated[str, typer.Argument(help='What is right: "2.005 tỷ đồng", 2.005.000.000.000, "15,4%" or 15.4.')],
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
    from thuchi.review import value_typed
    from thuchi.warehouse import decide

    with pipeline.the_warehouse() as engine:
        row = _row(engine, figure_id)
        decision = decide(
            engine,
            figure_id,
            row["version"] if version is None else version,
            action,
            by=getpass.getuser() if by is None else by,
            reason=reason,
            corrected_value=None if value is None else value_typed(value, row["unit_measure"]),
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
