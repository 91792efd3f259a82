"""Databases of the tests' server: made, copied and dropped."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from thuchi.settings import embedded_url


@contextmanager
def copy_of(template: str, postgres: Path) -> Iterator[str]:
    """The URL of a copy of a database, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    administer(postgres, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield embedded_url(postgres, name)
    administer(postgres, f'DROP DATABASE "{name}" WITH (FORCE)')


def administer(postgres: Path, *statements: str) -> None:
    """Run what no transaction can hold."""
    engine = create_engine(embedded_url(postgres, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
