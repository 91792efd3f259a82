"""The tables, as SQLAlchemy Core sees them; migrations/ makes them, and a test holds the two together.

Names follow SDMX where it has one (REF_AREA, TIME_PERIOD, FREQ, OBS_VALUE, OBS_STATUS, UNIT_MEASURE).
`value` is split by `unit_measure`: VND as whole numbers, PT as printed; NUMERIC keeps both exactly.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

Moment = DateTime(timezone=True)

# As seeds/areas.csv has it: a code for a unit as it was for a time. NSO codes outlive their units (08 is Tuyên
# Quang before and after 2025-07-01), so the later unit's code is 08-202507.
ref_area = Table(
    "ref_area",
    metadata,
    Column("code", Text, primary_key=True),
    Column("nso_code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("parent", Text),
    Column("province", Text),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("successor", Text),
    Column("aliases", Text),
)

indicator = Table(
    "indicator",
    metadata,
    Column("code", Text, primary_key=True),
    Column("label_vi", Text, nullable=False),
    Column("label_en", Text, nullable=False),
    Column("parent", Text),
    Column("direction", Text, nullable=False),
    Column("gfsm_code", Text),
    Column("gfsm_quality", Text),
    Column("gfsm_note", Text),
)

source = Table(
    "source",
    metadata,
    Column("source", Text, primary_key=True),
    Column("ref_area", Text),
    Column("first_loaded_at", Moment, nullable=False, server_default=func.now()),
)

article = Table(
    "article",
    metadata,
    Column("article_id", String(16), primary_key=True),
    Column("source", Text, ForeignKey("source.source"), nullable=False, index=True),
    Column("url", Text),
    Column("title", Text),
    Column("published", Moment, index=True),
    # Only where the article states a figure: the words behind it. All texts rest in the articles' Parquet.
    Column("text", Text),
    Column("text_sha256", String(64), nullable=False),
    Column("collected_at", Moment),
    Column("raw", Text),
    Column("run_id", Text, nullable=False),
    Column("interval_key", Text, nullable=False, index=True),
    Column("loaded_at", Moment, nullable=False, server_default=func.now()),
    Column("changed_at", Moment, nullable=False, server_default=func.now()),
)

# Two articles of a run that are copies of each other, the earlier published first; `share` of the shorter one's text.
article_likeness = Table(
    "article_likeness",
    metadata,
    Column("article_id", String(16), ForeignKey("article.article_id"), primary_key=True),
    Column("other_id", String(16), ForeignKey("article.article_id"), primary_key=True, index=True),
    Column("share", Double, nullable=False),
    Column("interval_key", Text, primary_key=True),
)


def _figure_columns(*, complete: bool) -> list[Column[Any]]:
    """What a figure says, and where; only a figure that is held may lack a value or a period."""
    return [
        Column("figure_id", String(16), primary_key=True),
        Column("version", Integer, primary_key=True),
        Column("article_id", String(16), ForeignKey("article.article_id"), nullable=False, index=True),
        Column("indicator", Text, nullable=False),
        Column("measure", String(16), nullable=False),
        Column("unit_measure", String(3), nullable=False),
        Column("obs_value", Numeric, nullable=not complete),
        Column("obs_status", String(1), nullable=False),
        Column("approx", String(8), nullable=False),
        Column("phase", String(9), nullable=False),
        Column("basis", String(11)),
        Column("ref_area", Text),
        Column("ref_area_today", Text),
        Column("area", Text),
        Column("province", Text),
        Column("level", String(8)),
        Column("time_period", Text),
        Column("freq", String(1)),
        Column("period_start", Date, nullable=not complete),
        Column("period_end", Date, nullable=not complete),
        Column("quote", Text, nullable=False),
        Column("quote_start", Integer, nullable=False),
        Column("quote_end", Integer, nullable=False),
        Column("number_start", Integer, nullable=False),
        Column("number_end", Integer, nullable=False),
        Column("evidence", JSONB, nullable=False),
        Column("doubts", ARRAY(Text), nullable=False),
        Column("extractor_version", Text, nullable=False),
        Column("content_sha256", String(64), nullable=False),
        Column("text_sha256", String(64), nullable=False),
        Column("run_id", Text, nullable=False),
        Column("interval_key", Text, nullable=False),
    ]


fiscal_figure = Table(
    "fiscal_figure",
    metadata,
    *_figure_columns(complete=True),
    Column("loaded_at", Moment, nullable=False, server_default=func.now()),
    # Null while it stands. The table as of a day: loaded_at <= day < coalesce(superseded_at, 'infinity').
    Column("superseded_at", Moment),
    # What the article says where obs_value is a correction of it; null: obs_value is as printed.
    Column("obs_value_printed", Numeric),
    # A reviewer's decision that let it in; null: it passed validation.
    Column("decision", String(9)),
    Column("decided_by", Text),
    Column("decided_at", Moment),
    Column("decision_reason", Text),
    CheckConstraint(
        "decision IS NULL OR (decision IN ('released', 'corrected') AND decided_by IS NOT NULL"
        " AND decided_at IS NOT NULL AND decision_reason IS NOT NULL)",
        name="decision",
    ),
    ForeignKeyConstraint(["indicator"], ["indicator.code"]),
    ForeignKeyConstraint(["ref_area"], ["ref_area.code"]),
    ForeignKeyConstraint(["ref_area_today"], ["ref_area.code"]),
    CheckConstraint("period_start <= period_end", name="period_in_order"),
    CheckConstraint("unit_measure <> 'VND' OR obs_value = trunc(obs_value)", name="whole_vnd"),
    Index("uq_fiscal_figure_current", "figure_id", unique=True, postgresql_where=text("superseded_at IS NULL")),
    Index(
        "ix_fiscal_figure_series",
        "ref_area",
        "indicator",
        "period_start",
        postgresql_where=text("superseded_at IS NULL"),
    ),
)

quarantined_figure = Table(
    "quarantined_figure",
    metadata,
    *_figure_columns(complete=False),
    # What a reviewer's decision hangs on: the words, the value and what they were read as, not the offsets.
    Column("words_key", String(16), nullable=False),
    Column("failures", JSONB, nullable=False),
    Column("state", String(9), nullable=False),
    Column("held_at", Moment, nullable=False, server_default=func.now()),
    Column("decided_by", Text),
    Column("decided_at", Moment),
    Column("reason", Text),
    Column("corrected_value", Numeric),
    # Null while this row speaks for its figure; a decided row stays open as the memory of its words.
    Column("closed_at", Moment),
    CheckConstraint("state IN ('held', 'released', 'corrected', 'rejected', 'expired')", name="state"),
    CheckConstraint(
        "state IN ('held', 'expired') OR (decided_by IS NOT NULL AND decided_at IS NOT NULL AND reason IS NOT NULL)",
        name="decision_has_author",
    ),
    CheckConstraint("state <> 'corrected' OR corrected_value IS NOT NULL", name="correction_has_value"),
    CheckConstraint("state <> 'expired' OR closed_at IS NOT NULL", name="expired_is_closed"),
    Index("uq_quarantined_figure_open", "figure_id", unique=True, postgresql_where=text("closed_at IS NULL")),
    Index("ix_quarantined_figure_held", "held_at", postgresql_where=text("state = 'held'")),
)

validation_result = Table(
    "validation_result",
    metadata,
    Column("run_id", Text, primary_key=True),
    # "" where the run was validated as a whole rather than source by source.
    Column("source", Text, primary_key=True),
    Column("suite", Text, primary_key=True),
    Column("expectation", Text, primary_key=True),
    Column("interval_key", Text, nullable=False, index=True),
    Column("severity", String(8), nullable=False),
    Column("scope", String(5), nullable=False),
    Column("success", Boolean, nullable=False),
    Column("element_count", Integer, nullable=False),
    Column("unexpected_count", Integer, nullable=False),
    Column("examples", JSONB, nullable=False),
    Column("duration_s", Double, nullable=False),
    Column("sentence_en", Text, nullable=False),
    Column("sentence_vi", Text, nullable=False),
    Column("stored_at", Moment, nullable=False, server_default=func.now()),
)

alert = Table(
    "alert",
    metadata,
    # What happened, with its outcome: the same again is not said twice.
    Column("key", Text, primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("dag_id", Text, nullable=False),
    Column("facts", JSONB, nullable=False),
    Column("state", String(9), nullable=False),
    # The connections that took it: a channel that failed is tried again, the others are not.
    Column("delivered", ARRAY(Text), nullable=False, server_default="{}"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    Column("created_at", Moment, nullable=False, server_default=func.now()),
    Column("sent_at", Moment),
    CheckConstraint("state IN ('due', 'sent', 'given_up', 'folded', 'in_digest')", name="state"),
    Index("ix_alert_open", "created_at", postgresql_where=text("state IN ('due', 'folded')")),
)
