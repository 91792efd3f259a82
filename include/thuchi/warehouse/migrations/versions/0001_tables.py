"""The first tables: dimensions, articles, figures, quarantine, results.

Revision ID: 0001
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
CURRENT = sa.text("superseded_at IS NULL")


def upgrade() -> None:
    _dimensions()
    _articles()
    _figures()
    _quarantine()
    _results()


def downgrade() -> None:
    for table in (
        "validation_result",
        "quarantined_figure",
        "fiscal_figure",
        "article",
        "source",
        "indicator",
        "ref_area",
    ):
        op.drop_table(table)


def _dimensions() -> None:
    op.create_table(
        "ref_area",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("nso_code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("parent", sa.Text),
        sa.Column("province", sa.Text),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_to", sa.Date),
        sa.Column("successor", sa.Text),
        sa.Column("aliases", sa.Text),
        sa.PrimaryKeyConstraint("code", name="pk_ref_area"),
    )
    op.create_table(
        "indicator",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("label_vi", sa.Text, nullable=False),
        sa.Column("label_en", sa.Text, nullable=False),
        sa.Column("parent", sa.Text),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("gfsm_code", sa.Text),
        sa.Column("gfsm_quality", sa.Text),
        sa.Column("gfsm_note", sa.Text),
        sa.PrimaryKeyConstraint("code", name="pk_indicator"),
    )
    op.create_table(
        "source",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("ref_area", sa.Text),
        sa.Column("first_loaded_at", MOMENT, server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_source"),
    )


def _articles() -> None:
    op.create_table(
        "article",
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("published", MOMENT),
        sa.Column("text", sa.Text),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("collected_at", MOMENT),
        sa.Column("raw", sa.Text),
        sa.Column("run_id", sa.Text, nullable=False),
        sa.Column("interval_key", sa.Text, nullable=False),
        sa.Column("loaded_at", MOMENT, server_default=sa.func.now(), nullable=False),
        sa.Column("changed_at", MOMENT, server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_article"),
        sa.ForeignKeyConstraint(["source"], ["source.source"], name="fk_article_source"),
    )
    for column in ("source", "published", "interval_key"):
        op.create_index(f"ix_article_{column}", "article", [column])


def _figure_columns(*, complete: bool) -> list[sa.Column[Any]]:
    return [
        sa.Column("figure_id", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("indicator", sa.Text, nullable=False),
        sa.Column("measure", sa.String(16), nullable=False),
        sa.Column("unit_measure", sa.String(3), nullable=False),
        sa.Column("obs_value", sa.Numeric, nullable=not complete),
        sa.Column("obs_status", sa.String(1), nullable=False),
        sa.Column("approx", sa.String(8), nullable=False),
        sa.Column("phase", sa.String(9), nullable=False),
        sa.Column("basis", sa.String(11)),
        sa.Column("ref_area", sa.Text),
        sa.Column("ref_area_today", sa.Text),
        sa.Column("area", sa.Text),
        sa.Column("province", sa.Text),
        sa.Column("level", sa.String(8)),
        sa.Column("time_period", sa.Text),
        sa.Column("freq", sa.String(1)),
        sa.Column("period_start", sa.Date, nullable=not complete),
        sa.Column("period_end", sa.Date, nullable=not complete),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("quote_start", sa.Integer, nullable=False),
        sa.Column("quote_end", sa.Integer, nullable=False),
        sa.Column("number_start", sa.Integer, nullable=False),
        sa.Column("number_end", sa.Integer, nullable=False),
        sa.Column("evidence", JSONB, nullable=False),
        sa.Column("doubts", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("extractor_version", sa.Text, nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("run_id", sa.Text, nullable=False),
        sa.Column("interval_key", sa.Text, nullable=False),
    ]


def _figures() -> None:
    op.create_table(
        "fiscal_figure",
        *_figure_columns(complete=True),
        sa.Column("loaded_at", MOMENT, server_default=sa.func.now(), nullable=False),
        sa.Column("superseded_at", MOMENT),
        sa.PrimaryKeyConstraint("figure_id", "version", name="pk_fiscal_figure"),
        sa.ForeignKeyConstraint(["article_id"], ["article.article_id"], name="fk_fiscal_figure_article_id"),
        sa.ForeignKeyConstraint(["indicator"], ["indicator.code"], name="fk_fiscal_figure_indicator"),
        sa.ForeignKeyConstraint(["ref_area"], ["ref_area.code"], name="fk_fiscal_figure_ref_area"),
        sa.ForeignKeyConstraint(["ref_area_today"], ["ref_area.code"], name="fk_fiscal_figure_ref_area_today"),
        sa.CheckConstraint("period_start <= period_end", name="ck_fiscal_figure_period_in_order"),
        sa.CheckConstraint("unit_measure <> 'VND' OR obs_value = trunc(obs_value)", name="ck_fiscal_figure_whole_vnd"),
    )
    op.create_index("ix_fiscal_figure_article_id", "fiscal_figure", ["article_id"])
    op.create_index("uq_fiscal_figure_current", "fiscal_figure", ["figure_id"], unique=True, postgresql_where=CURRENT)
    op.create_index(
        "ix_fiscal_figure_series",
        "fiscal_figure",
        ["ref_area", "indicator", "period_start"],
        postgresql_where=CURRENT,
    )


def _quarantine() -> None:
    op.create_table(
        "quarantined_figure",
        *_figure_columns(complete=False),
        sa.Column("words_key", sa.String(16), nullable=False),
        sa.Column("failures", JSONB, nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("held_at", MOMENT, server_default=sa.func.now(), nullable=False),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", MOMENT),
        sa.Column("reason", sa.Text),
        sa.Column("closed_at", MOMENT),
        sa.PrimaryKeyConstraint("figure_id", "version", name="pk_quarantined_figure"),
        sa.ForeignKeyConstraint(["article_id"], ["article.article_id"], name="fk_quarantined_figure_article_id"),
        sa.CheckConstraint(
            "state IN ('held', 'released', 'corrected', 'rejected', 'expired')", name="ck_quarantined_figure_state"
        ),
        sa.CheckConstraint(
            "state IN ('held', 'expired')"
            " OR (decided_by IS NOT NULL AND decided_at IS NOT NULL AND reason IS NOT NULL)",
            name="ck_quarantined_figure_decision_has_author",
        ),
        sa.CheckConstraint(
            "state <> 'expired' OR closed_at IS NOT NULL", name="ck_quarantined_figure_expired_is_closed"
        ),
    )
    op.create_index("ix_quarantined_figure_article_id", "quarantined_figure", ["article_id"])
    op.create_index(
        "uq_quarantined_figure_open",
        "quarantined_figure",
        ["figure_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_quarantined_figure_held", "quarantined_figure", ["held_at"], postgresql_where=sa.text("state = 'held'")
    )


def _results() -> None:
    op.create_table(
        "validation_result",
        sa.Column("run_id", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("suite", sa.Text, nullable=False),
        sa.Column("expectation", sa.Text, nullable=False),
        sa.Column("interval_key", sa.Text, nullable=False),
        sa.Column("severity", sa.String(8), nullable=False),
        sa.Column("scope", sa.String(5), nullable=False),
        sa.Column("success", sa.Boolean, nullable=False),
        sa.Column("element_count", sa.Integer, nullable=False),
        sa.Column("unexpected_count", sa.Integer, nullable=False),
        sa.Column("examples", JSONB, nullable=False),
        sa.Column("duration_s", sa.Double, nullable=False),
        sa.Column("sentence_en", sa.Text, nullable=False),
        sa.Column("sentence_vi", sa.Text, nullable=False),
        sa.Column("stored_at", MOMENT, server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "source", "suite", "expectation", name="pk_validation_result"),
    )
    op.create_index("ix_validation_result_interval_key", "validation_result", ["interval_key"])
