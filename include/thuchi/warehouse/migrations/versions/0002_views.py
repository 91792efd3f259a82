"""The views: budget_execution, figure_conflict, coverage.

Revision ID: 0002
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# One row an area, period and indicator. Where several articles state one cell, execution beats estimate, no
# doubt beats doubt, exact beats about, and then the latest article speaks. Items (revenue.item …) and national
# target programmes are not in it: many things share their code, and one row would mix a lottery with market
# stalls, or one programme with all three.
BUDGET_EXECUTION = """
CREATE VIEW budget_execution AS
WITH stated AS (
    SELECT f.*, a.source, a.published
    FROM fiscal_figure f
    JOIN article a USING (article_id)
    WHERE f.superseded_at IS NULL
      AND f.ref_area IS NOT NULL
      AND f.phase <> 'target'
      AND f.indicator NOT LIKE '%.item'
      AND f.indicator <> 'public_investment.ntp'
), cell AS (
    SELECT DISTINCT ON (ref_area, indicator, period_start, period_end, measure)
           ref_area, indicator, period_start, period_end, measure, obs_value, phase, basis
    FROM stated
    WHERE phase <> 'plan'
    ORDER BY ref_area, indicator, period_start, period_end, measure,
             (phase = 'executed') DESC,
             (obs_status = 'U'),
             (approx = 'exact') DESC,
             array_position(ARRAY['adjusted', 'council', 'district', 'province', 'central', 'unspecified'],
                            basis::text),
             published DESC NULLS LAST,
             figure_id
), plan AS (
    SELECT DISTINCT ON (ref_area, indicator, extract(year FROM period_start))
           ref_area, indicator, extract(year FROM period_start) AS year, obs_value
    FROM stated
    WHERE phase = 'plan' AND measure = 'amount'
    ORDER BY ref_area, indicator, extract(year FROM period_start),
             (obs_status = 'U'),
             (approx = 'exact') DESC,
             published DESC NULLS LAST,
             figure_id
), place AS (
    SELECT ref_area, indicator, period_start, period_end,
           max(time_period) AS time_period,
           max(freq) AS freq,
           max(area) AS area,
           max(province) AS province,
           max(level) AS level,
           count(DISTINCT source) AS sources,
           count(DISTINCT article_id) AS articles
    FROM stated
    GROUP BY ref_area, indicator, period_start, period_end
)
SELECT place.ref_area, place.area, place.province, place.level,
       place.indicator, place.time_period, place.freq, place.period_start, place.period_end,
       amount.obs_value AS amount_vnd,
       amount.phase AS phase,
       plan.obs_value AS plan_vnd,
       of_plan.obs_value AS pct_of_plan,
       of_plan.basis AS plan_basis,
       change.obs_value AS pct_change_yoy,
       place.sources, place.articles
FROM place
LEFT JOIN cell amount ON amount.measure = 'amount'
    AND (amount.ref_area, amount.indicator, amount.period_start, amount.period_end)
      = (place.ref_area, place.indicator, place.period_start, place.period_end)
LEFT JOIN cell of_plan ON of_plan.measure = 'pct_of_plan'
    AND (of_plan.ref_area, of_plan.indicator, of_plan.period_start, of_plan.period_end)
      = (place.ref_area, place.indicator, place.period_start, place.period_end)
LEFT JOIN cell change ON change.measure = 'pct_change_yoy'
    AND (change.ref_area, change.indicator, change.period_start, change.period_end)
      = (place.ref_area, place.indicator, place.period_start, place.period_end)
LEFT JOIN plan ON (plan.ref_area, plan.indicator, plan.year)
                = (place.ref_area, place.indicator, extract(year FROM place.period_start))
"""

# The same cell said differently, beyond what rounding explains: half a percent of an amount, half a point of a
# percentage. Only exact figures are compared: "gần 1.600 tỷ" does not contradict 1.584 tỷ.
FIGURE_CONFLICT = """
CREATE VIEW figure_conflict AS
SELECT ref_area, max(area) AS area, max(province) AS province, max(level) AS level,
       indicator, measure, phase, basis, max(time_period) AS time_period, period_start, period_end, unit_measure,
       min(obs_value) AS lowest,
       max(obs_value) AS highest,
       count(DISTINCT article_id) AS articles,
       array_agg(figure_id ORDER BY obs_value, figure_id) AS figure_ids
FROM fiscal_figure
WHERE superseded_at IS NULL
  AND ref_area IS NOT NULL
  AND approx = 'exact'
  AND indicator NOT LIKE '%.item'
  AND indicator <> 'public_investment.ntp'
GROUP BY ref_area, indicator, measure, phase, basis, period_start, period_end, unit_measure
HAVING max(obs_value) - min(obs_value)
     > CASE unit_measure WHEN 'VND' THEN 0.005 * max(obs_value) ELSE 0.5 END
"""

# What was read from whom: a source that falls silent, or whose articles stop holding figures, shows here.
COVERAGE = """
CREATE VIEW coverage AS
SELECT a.source,
       date_trunc('month', a.published AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS month,
       count(*) AS articles,
       count(*) FILTER (WHERE f.figures > 0) AS articles_with_figures,
       coalesce(sum(f.figures), 0)::bigint AS figures,
       coalesce(sum(q.held), 0)::bigint AS held,
       min(a.published) AS first_published,
       max(a.published) AS last_published
FROM article a
LEFT JOIN (
    SELECT article_id, count(*) AS figures FROM fiscal_figure WHERE superseded_at IS NULL GROUP BY article_id
) f USING (article_id)
LEFT JOIN (
    SELECT article_id, count(*) AS held FROM quarantined_figure WHERE state = 'held' GROUP BY article_id
) q USING (article_id)
GROUP BY a.source, 2
"""


def upgrade() -> None:
    for view in (BUDGET_EXECUTION, FIGURE_CONFLICT, COVERAGE):
        op.execute(view)


def downgrade() -> None:
    for name in ("coverage", "figure_conflict", "budget_execution"):
        op.execute(f"DROP VIEW {name}")
