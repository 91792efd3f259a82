"""The table `alert`: what was to be said, once for each key, and what became of it.

A key says what happened, with the outcome in it, so that a retry, a clear or a backfill of the same again says nothing
twice, and another outcome does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update
from sqlalchemy.dialects.postgresql import insert

from thuchi.model import short_hash
from thuchi.warehouse.tables import alert

ATTEMPTS = 144
"""Tries before an alert is given up: a day, one every ten minutes."""

Send = Callable[[str, Mapping[str, Any]], None]
"""A channel's name and the facts of an alert; raises whatever went wrong."""


def write(engine: Engine, key: str, facts: Mapping[str, Any], *, folded: bool = False) -> bool:
    """Keep an alert unless one of this key was kept before; whether it is new. `folded`: it waits for a digest."""
    row = {"key": key, "kind": facts["kind"], "dag_id": facts["dag_id"], "facts": dict(facts)}
    state = "folded" if folded else "due"
    with engine.begin() as connection:
        done = connection.execute(insert(alert).values(**row, state=state).on_conflict_do_nothing())
    return bool(done.rowcount)


def fold(engine: Engine, dag_id: str, digest: Callable[[Sequence[Mapping[str, Any]]], Mapping[str, Any]]) -> bool:
    """Make one alert of all that waits for a digest of a DAG; whether there was any."""
    with engine.begin() as connection:
        rows = connection.execute(
            select(alert.c.key, alert.c.facts)
            .where(alert.c.state == "folded", alert.c.dag_id == dag_id)
            .order_by(alert.c.created_at, alert.c.key)
            .with_for_update()
        ).all()
        if not rows:
            return False
        keys = [row.key for row in rows]
        facts = dict(digest([row.facts for row in rows]))
        row = {"key": f"digest/{short_hash(*keys)}", "kind": "digest", "dag_id": dag_id, "facts": facts, "state": "due"}
        connection.execute(insert(alert).values(**row))
        connection.execute(update(alert).where(alert.c.key.in_(keys)).values(state="in_digest"))
    return True


def deliver(engine: Engine, channels: Sequence[str], send: Send) -> list[str]:
    """Send what is due by each channel that has not had it; the sentence of each failure, which is kept too.

    One that another process is sending at this moment is left to it.
    """
    failures: list[str] = []
    with engine.connect() as connection:
        for key in connection.execute(select(alert.c.key).where(alert.c.state == "due").order_by(alert.c.created_at)):
            failures += _deliver_one(engine, key.key, channels, send)
        connection.rollback()
    return failures


def _deliver_one(engine: Engine, key: str, channels: Sequence[str], send: Send) -> list[str]:
    with engine.begin() as connection:
        row = connection.execute(
            select(alert).where(alert.c.key == key, alert.c.state == "due").with_for_update(skip_locked=True)
        ).one_or_none()
        if row is None:
            return []
        delivered, failures = list(row.delivered), []
        for channel in channels:
            if channel in delivered:
                continue
            try:
                send(channel, row.facts)
            except Exception as error:  # noqa: BLE001  each service fails in its own way; all of them are kept and retried
                failures.append(f"{channel}: {type(error).__name__}: {error}")
            else:
                delivered.append(channel)
        _keep(connection, key, delivered, failures, row.attempts + 1)
    return failures


def _keep(connection: Connection, key: str, delivered: list[str], failures: list[str], attempts: int) -> None:
    state = "sent" if not failures else "given_up" if attempts >= ATTEMPTS else "due"
    connection.execute(
        update(alert)
        .where(alert.c.key == key)
        .values(
            state=state,
            delivered=delivered,
            attempts=attempts,
            last_error="; ".join(failures)[:2000] or None,
            sent_at=func.now() if state == "sent" else None,
        )
    )
