"""What a reviewer decides about a held figure: one transaction, remembered by the words.

| action | the held row | the figure |
| --- | --- | --- |
| release | `released` | moves to the warehouse as printed |
| correct | `corrected` | moves to the warehouse with the corrected value, the printed one beside it |
| reject | `rejected` | stays out |

A decision names the version of the held row that the reviewer saw. Who comes second, or looks at a page from before
the last run, is told so and changes nothing. `load` keeps the decision for as long as the article says the same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Engine, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from thuchi.model import LOCAL_ZONE
from thuchi.validate.printed import said
from thuchi.warehouse.connect import WarehouseError
from thuchi.warehouse.load import lock_key
from thuchi.warehouse.rows import with_decision
from thuchi.warehouse.tables import fiscal_figure, quarantined_figure

Action = Literal["release", "correct", "reject"]
STATES: dict[Action, str] = {"release": "released", "correct": "corrected", "reject": "rejected"}
HELD = quarantined_figure.c


class DecisionError(WarehouseError):
    """A decision that cannot be taken: one sentence with what to do instead. Nothing was changed."""


class DecisionConflict(DecisionError):  # noqa: N818
    """Someone else decided meanwhile, or a later run changed what is held: look again, then decide."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, as it stands in the tables now."""

    figure_id: str
    version: int
    """Of the held row."""
    state: str
    decided_by: str
    decided_at: datetime
    reason: str
    corrected_value: Decimal | None
    loaded_version: int | None
    """Of the figure's row in the warehouse; null where it was rejected."""


def decide(
    engine: Engine,
    figure_id: str,
    version: int,
    action: Action,
    *,
    by: str,
    reason: str,
    corrected_value: int | Decimal | None = None,
) -> Decision:
    """Release, correct or reject the held figure `figure_id` in its `version`.

    `corrected_value` is a whole number of VND for amounts, a Decimal of percent else; with `correct` only.

    Raises:
        DecisionConflict: it is not held any more, or in another version than the reviewer saw.
        DecisionError: the decision lacks its author, reason or value, or the figure lacks what a row must have.
    """
    author, why = _stated(action, by, reason, corrected_value)
    try:
        with engine.begin() as connection:
            row = _held(connection, figure_id, version)
            value = _checked(row, corrected_value) if action == "correct" else None
            decided = connection.execute(
                update(quarantined_figure)
                .where(HELD.figure_id == figure_id, HELD.version == version)
                .values(
                    state=STATES[action], decided_by=author, decided_at=func.now(), reason=why, corrected_value=value
                )
                .returning(HELD.state, HELD.decided_by, HELD.decided_at, HELD.reason, HELD.corrected_value)
            ).mappings()
            decision = dict(decided.one())
            loaded = None if action == "reject" else _let_in(connection, row, decision)
    except IntegrityError as error:
        detail = str(error.orig).strip().splitlines()[-1].strip()
        raise DecisionError(f"Figure {figure_id} cannot be loaded ({detail}); it can only be rejected.") from error
    return Decision(figure_id, version, loaded_version=loaded, **decision)


def _stated(action: str, by: str, reason: str, corrected_value: object) -> tuple[str, str]:
    if action not in get_args(Action):
        raise DecisionError(f"{action!r} is no decision: release, correct or reject.")
    if not by.strip() or not reason.strip():
        raise DecisionError("A decision needs its author and a reason: say who decides, and why.")
    if (action == "correct") != (corrected_value is not None):
        raise DecisionError("A correction needs the corrected value, and no other decision has one.")
    return by.strip(), reason.strip()


def _held(connection: Connection, figure_id: str, version: int) -> dict[str, Any]:
    """The row under the lock of its article, so that neither a load nor another reviewer comes between."""
    article_id = connection.scalar(select(HELD.article_id).where(HELD.figure_id == figure_id, HELD.version == version))
    if article_id is None:
        raise DecisionConflict(f"No figure {figure_id} was ever held in version {version}: see what is held now.")
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_key(article_id)})
    row = (
        connection.execute(select(quarantined_figure).where(HELD.figure_id == figure_id, HELD.version == version))
        .mappings()
        .one()
    )
    if row["state"] == "expired":
        raise DecisionConflict(
            f"Figure {figure_id} ({row['quote']!r}) is not held any more: a later run let it in, or its article "
            "says otherwise now. Look again."
        )
    if row["state"] != "held":
        raise DecisionConflict(
            f"Figure {figure_id} ({row['quote']!r}) was {row['state']} by {row['decided_by']} on "
            f"{row['decided_at'].astimezone(LOCAL_ZONE):%Y-%m-%d %H:%M} ({row['reason']}): nothing was changed."
        )
    return dict(row)


def _checked(row: dict[str, Any], corrected: int | Decimal | None) -> Decimal:
    value = Decimal(corrected if corrected is not None else "NaN")
    if not value.is_finite():
        raise DecisionError(f"{corrected} is no number that a figure could have.")
    if row["unit_measure"] == "VND" and (value != value.to_integral_value() or value <= 0):
        raise DecisionError(f"An amount is a whole number of VND above zero, not {corrected}.")
    if row["obs_value"] is not None and value == row["obs_value"]:
        shown = said(int(value), "amount") if row["unit_measure"] == "VND" else f"{value}%"
        raise DecisionError(f"{shown} is what was printed: release the figure instead.")
    return Decimal(int(value)) if row["unit_measure"] == "VND" else value


def _let_in(connection: Connection, held: dict[str, Any], decision: dict[str, Any]) -> int:
    """The held row as the next version of its figure's row in the warehouse; returns that version."""
    row = {name: held[name] for name in fiscal_figure.c.keys() if name in held}  # noqa: SIM118  a collection, no dict
    row = with_decision(row, decision)
    missing = [name for name in ("obs_value", "period_start", "period_end") if row[name] is None]
    if missing:
        raise DecisionError(
            f"Figure {held['figure_id']} ({held['quote']!r}) has no {' and no '.join(missing)}: "
            + ("correct it with its value, or reject it." if missing == ["obs_value"] else "it can only be rejected.")
        )
    facts = fiscal_figure.c
    last = connection.scalar(select(func.max(facts.version)).where(facts.figure_id == held["figure_id"])) or 0
    connection.execute(insert(fiscal_figure).values(**{**row, "version": last + 1}))
    return last + 1
