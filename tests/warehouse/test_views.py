"""The views and queries, on a handful of figures that each show one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text
from warehouse_records import RUN, article, figure, held

from thuchi.model import LOCAL_ZONE
from thuchi.warehouse import held_figures, history, level_medians, load

TY = 10**9
YEAR = {"period_start": date(2022, 1, 1), "period_end": date(2022, 12, 31)}


def rows(engine: Engine, query: str) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(query)).mappings()]


@pytest.fixture
def filled(warehouse: Engine) -> Engine:
    """Two portals on Na Rì's nine months: an estimate, the execution a month later, plan and percentages."""
    early = article("https://one.example/1")
    late = article(
        "https://two.example/1",
        "Na Rì thu 53,1 tỷ đồng, đạt 83% dự toán 64 tỷ đồng, tăng 11,2%. Xổ số 2 tỷ đồng.",
        source="bac_kan",
        published=datetime(2022, 11, 2, tzinfo=LOCAL_ZONE),
    )
    change = {"measure": "pct_change_yoy", "value": Decimal("11.2")}
    load(
        warehouse,
        [early, late, article("https://two.example/2", "Không có số thu chi nào ở đây.", source="bac_kan")],
        [
            figure(early, phase="estimated"),
            figure(late, "53,1 tỷ đồng", "53,1", value=53_100_000_000),
            figure(late, "83% dự toán", "83", measure="pct_of_plan", value=Decimal(83), basis="province"),
            figure(late, "64 tỷ đồng", "64", value=64 * TY, phase="plan", **YEAR),
            figure(late, "tăng 11,2%", "11,2", **change),
            figure(late, "2 tỷ đồng", "2", value=2 * TY, indicator="revenue.item"),
        ],
        [held(figure(early, "81,9% dự toán", "81,9", measure="pct_of_plan", value=Decimal("81.9")))],
        RUN,
    )
    return warehouse


def test_budget_execution_has_one_row_an_area_period_and_indicator(filled: Engine) -> None:
    query = "SELECT * FROM budget_execution ORDER BY period_end"
    nine_months, year = rows(filled, query)
    assert {name: nine_months[name] for name in ("area", "indicator", "time_period", "sources", "articles")} == {
        "area": "huyện Na Rì",
        "indicator": "revenue",
        "time_period": "2022-01-01/P9M",
        "sources": 2,
        "articles": 2,
    }
    assert (nine_months["amount_vnd"], nine_months["phase"]) == (53_100_000_000, "executed")
    assert (nine_months["plan_vnd"], nine_months["pct_of_plan"], nine_months["pct_change_yoy"]) == (
        64 * TY,
        83,
        Decimal("11.2"),
    )
    assert (year["time_period"], year["amount_vnd"], year["plan_vnd"]) == ("2022-01-01/P1Y", None, 64 * TY)


def test_figure_conflict_shows_what_rounding_does_not_explain(filled: Engine) -> None:
    assert rows(filled, "SELECT * FROM figure_conflict") == []
    other = article("https://three.example/1", "Na Rì thu 51,3 tỷ đồng trong chín tháng.", source="three")
    load(filled, [other], [figure(other, "51,3 tỷ đồng", "51,3", value=51_300_000_000)], [], RUN)
    (conflict,) = rows(filled, "SELECT * FROM figure_conflict")
    assert (conflict["lowest"], conflict["highest"], conflict["articles"]) == (51_300_000_000, 53_100_000_000, 2)


def test_coverage_counts_articles_and_figures_of_a_source_and_month(filled: Engine) -> None:
    query = "SELECT source, month, articles, articles_with_figures, figures, held FROM coverage ORDER BY 1, 2"
    assert [tuple(row.values()) for row in rows(filled, query)] == [
        ("bac_kan", date(2022, 10, 1), 1, 0, 0, 0),
        ("bac_kan", date(2022, 11, 1), 1, 1, 5, 0),
        ("na_ri", date(2022, 10, 1), 1, 1, 1, 1),
    ]


def test_history_is_what_stands_of_the_same_areas_and_indicators_without_items(filled: Engine) -> None:
    asked = figure(article("https://four.example/1"))
    known = history(filled, [asked])
    assert {(row["measure"], row["phase"], row["value"]) for row in known} == {
        ("amount", "estimated", 52_400_000_000),
        ("amount", "executed", 53_100_000_000),
        ("amount", "plan", 64 * TY),
        ("pct_of_plan", "executed", 83),
        ("pct_change_yoy", "executed", Decimal("11.2")),
    }
    assert history(filled, [replace(asked, ref_area="19-202507")]) == []


def test_medians_are_of_units_and_amounts_a_month_without_the_partition_that_asks(warehouse: Engine) -> None:
    one, other = article(), article("https://portal.example/2")
    month = {"period_start": date(2022, 9, 1), "period_end": date(2022, 9, 30)}
    told = [figure(one), figure(other, ref_area="19-202507", value=20 * TY, **month)]
    load(warehouse, [one, other], [*told, figure(one, phase="plan", basis="council")], [], RUN)
    (row,) = level_medians(warehouse, "2022-11")
    assert (row["level"], row["indicator"], row["units"]) == ("district", "revenue", 2)
    # 52,4 tỷ of 273 days and 20 tỷ of 30 days, the month of 30,4375 days.
    assert float(row["monthly"]) == pytest.approx((52.4e9 * 30.4375 / 273 + 20e9 * 30.4375 / 30) / 2)
    assert level_medians(warehouse, RUN.interval) == []


def test_held_figures_come_with_why_and_where_from(filled: Engine) -> None:
    (row,) = held_figures(filled)
    assert row["failures"] == [
        {
            "expectation": "implied_plan",
            "severity": "critical",
            "sentence": "implies another plan",
            "sentence_vi": "dự toán suy ra khác",
        }
    ]
    assert (row["source"], row["url"], row["state"]) == ("na_ri", "https://one.example/1", "held")
