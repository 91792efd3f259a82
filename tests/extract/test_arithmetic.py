"""Arithmetic between figures: what it confirms, refutes, and which reading it prefers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from test_figures import LEAD, read

PLAN = "Dự toán thu ngân sách năm 2023 là 500 tỷ đồng. "


@pytest.mark.parametrize(
    ("text", "percent", "note"),
    [
        ("Thu ngân sách đạt 410 tỷ đồng, đạt 82% dự toán.", "82", "amount and plan give the same percentage"),
        ("Thu ngân sách đạt 410 tỷ đồng, đạt 51,1% dự toán.", "51.1", "amount and plan give another percentage"),
        # "vượt 210%" would be 310% of the plan; 1.050 of 500 tỷ is 210%
        ("Thu ngân sách đạt 1.050 tỷ đồng, vượt 210% dự toán.", "210", "1050 tỷ of 500 tỷ is 210%, not 310%"),
    ],
)
def test_a_percentage_is_tested_against_its_amounts(text: str, percent: str, note: str) -> None:
    [figure] = [figure for figure in read(LEAD + PLAN + text) if figure.measure == "pct_of_plan"]
    assert figure.value == Decimal(percent)
    assert figure.evidence["arithmetic"].note == note


def test_a_percentage_after_a_part_is_the_totals_where_only_the_totals_plan_gives_it() -> None:
    text = "Thu ngân sách đạt 410 tỷ đồng, trong đó thu nội địa 300 tỷ đồng, đạt 82% chỉ tiêu giao."
    [figure] = [figure for figure in read(LEAD + PLAN + text) if figure.measure == "pct_of_plan"]
    assert figure.indicator == "revenue"
    assert figure.evidence["arithmetic"].origin == "arithmetic"


def test_without_a_plan_in_the_text_nothing_is_computed() -> None:
    [figure] = [f for f in read(LEAD + "Thu ngân sách đạt 410 tỷ đồng, đạt 82% dự toán.") if f.measure == "pct_of_plan"]
    assert "arithmetic" not in figure.evidence
