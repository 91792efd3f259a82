"""Alembic's way in: run the migrations on the connection that `thuchi.warehouse.migrate` hands over.

A new one: `alembic` is not needed on the command line; copy the shape of the newest file in versions/, and let
tests/warehouse/test_migrations.py say whether tables.py and the migrations still agree.
"""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
