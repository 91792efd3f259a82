"""Engines on the warehouse, and what a person reads when there is none."""

from __future__ import annotations

from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, OperationalError


class WarehouseError(Exception):
    """One sentence for a person: what is wrong with the warehouse, and the remedy."""


def normalised(url: str) -> URL:
    """A PostgreSQL URL with its driver: `postgres://` and `postgresql://` mean psycopg2 here.

    Raises:
        WarehouseError: for anything that is not a PostgreSQL URL; a password in it is never repeated.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise WarehouseError("THUCHI_WAREHOUSE_URL is not a URL; write postgresql://user@host/database.") from None
    if parsed.drivername not in ("postgres", "postgresql", "postgresql+psycopg2"):
        raise WarehouseError(f"The warehouse is PostgreSQL, not {parsed.drivername}; write postgresql://user@host/db.")
    return parsed.set(drivername="postgresql+psycopg2")


def connect(url: str) -> Engine:
    """An engine on the warehouse that has answered once.

    Raises:
        WarehouseError: if it does not answer, with host and database but never the password.
    """
    parsed = normalised(url)
    engine = create_engine(parsed)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except OperationalError as error:
        engine.dispose()
        host = parsed.host or parsed.query.get("host") or "the local socket"
        reason = str(error.orig).strip().splitlines()[-1].strip()
        raise WarehouseError(
            f"The warehouse {parsed.database!r} on {host} does not answer ({reason}): "
            "start it, or correct THUCHI_WAREHOUSE_URL."
        ) from None
    return engine
