"""Decisions of reviewers: who let a figure in and why, and what was printed where its value was corrected.

Revision ID: 0003
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _decision() -> list[sa.Column[Any]]:
    return [
        sa.Column("obs_value_printed", sa.Numeric),
        sa.Column("decision", sa.String(9)),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", MOMENT),
        sa.Column("decision_reason", sa.Text),
    ]


def upgrade() -> None:
    for column in _decision():
        op.add_column("fiscal_figure", column)
    op.create_check_constraint(
        "ck_fiscal_figure_decision",
        "fiscal_figure",
        "decision IS NULL OR (decision IN ('released', 'corrected') AND decided_by IS NOT NULL"
        " AND decided_at IS NOT NULL AND decision_reason IS NOT NULL)",
    )
    op.add_column("quarantined_figure", sa.Column("corrected_value", sa.Numeric))
    op.create_check_constraint(
        "ck_quarantined_figure_correction_has_value",
        "quarantined_figure",
        "state <> 'corrected' OR corrected_value IS NOT NULL",
    )


def downgrade() -> None:
    op.drop_constraint("ck_quarantined_figure_correction_has_value", "quarantined_figure", type_="check")
    op.drop_column("quarantined_figure", "corrected_value")
    op.drop_constraint("ck_fiscal_figure_decision", "fiscal_figure", type_="check")
    for column in reversed(_decision()):
        op.drop_column("fiscal_figure", column.name)
