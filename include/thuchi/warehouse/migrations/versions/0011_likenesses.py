"""Articles that are copies of each other: a portal's text that newspapers carry.

Revision ID: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_likeness",
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("other_id", sa.String(16), nullable=False),
        sa.Column("share", sa.Double, nullable=False),
        sa.Column("interval_key", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "other_id", "interval_key", name="pk_article_likeness"),
        sa.ForeignKeyConstraint(["article_id"], ["article.article_id"], name="fk_article_likeness_article_id"),
        sa.ForeignKeyConstraint(["other_id"], ["article.article_id"], name="fk_article_likeness_other_id"),
    )
    op.create_index("ix_article_likeness_other_id", "article_likeness", ["other_id"])


def downgrade() -> None:
    op.drop_table("article_likeness")
