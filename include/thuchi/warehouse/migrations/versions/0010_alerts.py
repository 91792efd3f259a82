"""Alerts: each once by its key, and what became of it.

Revision ID: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0010"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("dag_id", sa.Text, nullable=False),
        sa.Column("facts", JSONB, nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("delivered", ARRAY(sa.Text), nullable=False, server_default="{}"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("last_error", sa.Text),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("key", name="pk_alert"),
        sa.CheckConstraint("state IN ('due', 'sent', 'given_up', 'folded', 'in_digest')", name="ck_alert_state"),
    )
    op.create_index("ix_alert_open", "alert", ["created_at"], postgresql_where=sa.text("state IN ('due', 'folded')"))


def downgrade() -> None:
    op.drop_table("alert")
