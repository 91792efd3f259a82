"""Migrations of the warehouse, by Alembic."""

from __future__ import annotations


def migrate(url: str) -> None:
    """Bring the warehouse at `url` to the newest tables, from empty or from any older version."""
    raise NotImplementedError


def downgrade(url: str, revision: str = "base") -> None:
    """Go back to an older version; `base` drops every table of ours with all that is in it."""
    raise NotImplementedError
