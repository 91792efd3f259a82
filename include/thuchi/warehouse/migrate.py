"""Migrations of the warehouse, by Alembic."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import text

from thuchi.warehouse.connect import WarehouseError, connect

MIGRATIONS = Path(__file__).parent / "migrations"
# Two processes that migrate at once (a deployment of several hosts) take turns. Any constant of our own.
MIGRATION_LOCK = 20_250_701


def migrate(url: str, revision: str = "head") -> None:
    """Bring the warehouse at `url` to the newest tables, from empty or from any older version.

    Raises:
        WarehouseError: if the database does not answer, or stands at a version that this code does not know.
    """
    _run(url, command.upgrade, revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Go back to an older version; `base` drops every table of ours with all that is in it."""
    _run(url, command.downgrade, revision)


def _run(url: str, step: Callable[[Config, str], None], revision: str) -> None:
    engine = connect(url)
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(MIGRATIONS))
            step(config, revision)
    except CommandError as error:
        raise WarehouseError(
            f"The warehouse cannot be migrated to {revision!r} ({error}): "
            "it was made by a newer Thu Chi; update this one."
        ) from error
    finally:
        engine.dispose()
