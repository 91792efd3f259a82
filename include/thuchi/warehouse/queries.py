"""What is asked of the warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import Engine, func, select, text

from thuchi.model import Figure
from thuchi.warehouse.tables import article, fiscal_figure, metadata, quarantined_figure

_CURRENT = fiscal_figure.c.superseded_at.is_(None)
_OF_ARTICLE = [article.c.source, article.c.url, article.c.title, article.c.published]


def history(engine: Engine, figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """What the warehouse says of the areas and indicators of `figures`, for `validate(..., history=…)`.

    One dict a current figure: what it says of whom (`value` is the corrected one where there is one) and the words of
    its number. Items are left out: many things share their code.
    """
    facts = fiscal_figure.c
    areas = {figure.ref_area for figure in figures if figure.ref_area is not None}
    indicators = {figure.indicator for figure in figures if not figure.indicator.endswith(".item")}
    statement = select(
        facts.figure_id,
        facts.article_id,
        facts.ref_area,
        facts.indicator,
        facts.measure,
        facts.phase,
        facts.basis,
        facts.approx,
        facts.area,
        facts.level,
        facts.obs_value.label("value"),
        facts.period_start,
        facts.period_end,
        facts.quote,
        facts.quote_start,
        facts.number_start,
        facts.number_end,
    ).where(_CURRENT, facts.ref_area.in_(areas), facts.indicator.in_(indicators))
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(statement).mappings()]


_MEDIANS = text("""
    SELECT level, indicator, count(*) AS units, percentile_cont(0.5) WITHIN GROUP (ORDER BY monthly) AS monthly
    FROM (
        SELECT level, indicator, ref_area,
               percentile_cont(0.5) WITHIN GROUP (
                   ORDER BY obs_value * 30.4375 / (period_end - period_start + 1)) AS monthly
        FROM fiscal_figure
        WHERE superseded_at IS NULL AND measure = 'amount' AND obs_value > 0 AND phase IN ('executed', 'estimated')
          AND ref_area IS NOT NULL AND indicator NOT LIKE '%.item' AND indicator <> 'public_investment.ntp'
          AND NOT (interval_key = :interval)
        GROUP BY level, indicator, ref_area
    ) AS unit
    GROUP BY level, indicator
""")


def level_medians(engine: Engine, interval: str) -> list[dict[str, Any]]:
    """The median amount a month of each level and indicator over its units, for `validate(..., medians=…)`.

    What the partition `interval` itself loaded before is left out, so that it is judged the same when run again.
    """
    with engine.connect() as connection:
        rows = connection.execute(_MEDIANS, {"interval": interval}).mappings()
        return [{**row, "monthly": Fraction(row["monthly"])} for row in rows]


def current_figures(engine: Engine) -> list[dict[str, Any]]:
    """All figures that stand now, with their article's source, url, title and date of publication."""
    statement = (
        select(fiscal_figure, *_OF_ARTICLE)
        .join(article)
        .where(_CURRENT)
        .order_by(article.c.published, article.c.article_id, fiscal_figure.c.number_start, fiscal_figure.c.figure_id)
    )
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(statement).mappings()]


def held_figures(engine: Engine) -> list[dict[str, Any]]:
    """All figures that await a decision, with what they failed (`failures`) and their article's source, url …"""
    statement = (
        select(quarantined_figure, *_OF_ARTICLE)
        .join(article)
        .where(quarantined_figure.c.state == "held")
        .order_by(quarantined_figure.c.held_at, article.c.article_id, quarantined_figure.c.number_start)
    )
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(statement).mappings()]


def held_figure(engine: Engine, figure_id: str) -> dict[str, Any] | None:
    """The newest held or decided row of a figure, with its article's source, url, title, published and text."""
    statement = (
        select(quarantined_figure, *_OF_ARTICLE, article.c.text)
        .join(article)
        .where(quarantined_figure.c.figure_id == figure_id)
        .order_by(quarantined_figure.c.version.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else dict(row)


def row_counts(engine: Engine) -> dict[str, int]:
    """Rows of each table; besides `fiscal_figure.current` and `quarantined_figure.held`."""
    with engine.connect() as connection:
        counts = {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
        }
        counts["fiscal_figure.current"] = connection.scalar(select(func.count()).where(_CURRENT)) or 0
        counts["quarantined_figure.held"] = (
            connection.scalar(select(func.count()).where(quarantined_figure.c.state == "held")) or 0
        )
    return counts
