"""Checks of figures against the register of units, their level, each other and the warehouse: pass and fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from validate_records import LAST_YEAR, TRIEU, TY, YEAR, article, figure, known

from thuchi.model import Article, Figure
from thuchi.validate.bands import amount_within_band, change_within_band
from thuchi.validate.batch import Batch, Findings
from thuchi.validate.history import (
    cumulative_falls,
    jump_against_level,
    rate_jumps,
    revises_loaded,
    sources_disagree,
)
from thuchi.validate.repeats import two_readings_of_number, two_values_in_article
from thuchi.validate.units import area_begins_after_period, area_ended_before_period, level_of_unit

ARTICLE = article("Mười một tháng, thu ngân sách đạt 5.870 tỷ đồng, tăng 11% so với cùng kỳ, bằng 113,8% dự toán.")
SOUND = figure(ARTICLE, "đạt 5.870 tỷ đồng", "5.870", 5870 * TY)
CHANGE = figure(ARTICLE, "tăng 11%", "11", "11", measure="pct_change_yoy", basis=None)

UNITS = {
    "84": {"name": "tỉnh Trà Vinh", "level": "province", "valid_from": "", "valid_to": "2025-06-30"},
    "86-202507": {"name": "tỉnh Vĩnh Long", "level": "province", "valid_from": "2025-07-01", "valid_to": ""},
}
H2_2025 = {"period_start": date(2025, 7, 1), "period_end": date(2025, 9, 30)}
ALL_2025 = {"period_start": date(2025, 1, 1), "period_end": date(2025, 9, 30)}


def told(found: Findings) -> str:
    """The sentence against SOUND, or nothing; the Vietnamese one says the same numbers."""
    if not found:
        return ""
    (sentence,) = found.values()
    assert sentence.vi != sentence.en
    return sentence.en


@pytest.mark.parametrize(
    ("check", "fields", "sentence"),
    [
        (area_ended_before_period, {}, ""),
        (area_ended_before_period, ALL_2025, ""),  # it stood for half of that time
        (area_ended_before_period, H2_2025, "tỉnh Trà Vinh (84) ended on 2025-06-30, before 2025-07-01"),
        (area_ended_before_period, H2_2025 | {"phase": "plan"}, ""),
        (area_ended_before_period, H2_2025 | {"ref_area": None}, ""),
        (area_begins_after_period, {}, ""),
        (area_begins_after_period, ALL_2025 | {"ref_area": "86-202507"}, ""),
        (area_begins_after_period, {"ref_area": "86-202507"}, "begins on 2025-07-01, after 2024-11-30"),
        (level_of_unit, {}, ""),
        (level_of_unit, {"level": "commune"}, "is read as commune, but tỉnh Trà Vinh (84) is a province"),
        (level_of_unit, {"level": "commune", "ref_area": None}, ""),
    ],
)
def test_a_figure_against_the_register_of_units(check: Any, fields: dict[str, Any], sentence: str) -> None:
    found = told(check(Batch([ARTICLE], [replace(SOUND, **fields)]), units=UNITS))
    assert (sentence in found) if sentence else (found == "")


BANDS = {"province": {"revenue": [10, 900_000]}, "commune": {"revenue": [None, 5_000]}}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, ""),
        ({"value": 10 * TY}, ""),
        ({"value": 10 * TY - 1}, "is below 10 tỷ đồng, the limit for level province"),
        ({"value": 900_001 * TY}, "is above 900.000 tỷ đồng"),
        ({"level": "commune", "value": 1}, ""),
        ({"level": "commune"}, "5.870 tỷ đồng (revenue, tỉnh Trà Vinh) is above 5.000 tỷ đồng"),
        ({"indicator": "revenue.item", "value": 1}, ""),
        ({"value": None}, ""),
        ({"level": None, "value": 1}, ""),
    ],
)
def test_amounts_within_the_bands_of_their_level(fields: dict[str, Any], sentence: str) -> None:
    found = told(amount_within_band(Batch([ARTICLE], [replace(SOUND, **fields)]), bands_ty=BANDS))
    assert (sentence in found) if sentence else (found == "")


@pytest.mark.parametrize(
    ("value", "passes"), [("11", True), ("150", True), ("150.1", False), ("-65", True), ("-66", False)]
)
def test_changes_within_the_bands_of_their_level(value: str, passes: bool) -> None:
    one = replace(CHANGE, value=Decimal(value))
    bands = {"province": {"revenue": [-65, 150]}}
    assert (
        change_within_band(Batch([ARTICLE], [one, SOUND]), measure="pct_change_yoy", bands_pct=bands) == {}
    ) is passes


TWICE = article(
    "Mười một tháng thu 5.870 tỷ đồng, tăng 10% so với 5.336 tỷ đồng cùng kỳ. Sở Tài chính cho hay thu được 5.780 tỷ"
    " đồng, gần 5.900 tỷ đồng."
)
FIRST = figure(TWICE, "5.870 tỷ đồng", "5.870", 5870 * TY)
SECOND = figure(TWICE, "5.780 tỷ đồng", "5.780", 5780 * TY)


@pytest.mark.parametrize(
    ("figures", "held"),
    [
        ([FIRST], []),
        ([FIRST, SECOND], ["5.870 tỷ đồng", "5.780 tỷ đồng"]),
        ([FIRST, replace(SECOND, period_end=date(2024, 10, 31))], []),
        ([FIRST, replace(SECOND, phase="estimated")], []),
        ([replace(FIRST, phase="plan"), replace(SECOND, phase="plan")], []),  # a plan, and the one that replaced it
        ([FIRST, figure(TWICE, "gần 5.900 tỷ", "5.900", 5900 * TY, approx="below")], []),
        ([replace(each, indicator="revenue.item") for each in (FIRST, SECOND)], []),
        # Last year's amount and the growth bear the first one out.
        (
            [
                FIRST, SECOND,
                figure(TWICE, "10%", "10", "10", measure="pct_change_yoy", basis=None),
                figure(TWICE, "5.336 tỷ đồng", "5.336", 5336 * TY, **LAST_YEAR),
            ],
            ["5.780 tỷ đồng"],
        ),
    ],
)  # fmt: skip
def test_one_article_that_contradicts_itself(figures: Sequence[Figure], held: list[str]) -> None:
    found = two_values_in_article(Batch([TWICE], figures), totals={})
    assert [each.quote for each in figures if each.figure_id in found] == held
    assert all("the same article also says" in sentence.en for sentence in found.values())


@pytest.mark.parametrize(
    ("other", "passes"),
    [
        ({"value": 5870 * TRIEU, "basis": "council"}, False),
        ({"basis": "council"}, True),  # 254% of both plans
        ({"value": 1, "indicator": "revenue.item"}, True),
    ],
)
def test_one_number_has_one_value(other: dict[str, Any], passes: bool) -> None:
    assert (two_readings_of_number(Batch([ARTICLE], [SOUND, replace(SOUND, **other)])) == {}) is passes


NINE_MONTHS = {"period_start": date(2024, 1, 1), "period_end": date(2024, 9, 30)}


@pytest.mark.parametrize(
    ("history", "least_fall", "passes"),
    [
        ([], 0, True),
        ([known(5000 * TY, **NINE_MONTHS)], 0, True),
        ([known(5871 * TY, **NINE_MONTHS)], 0, True),  # within a unit of the last digit of each
        ([known(5900 * TY, **NINE_MONTHS)], 0, False),
        ([known(5900 * TY, **NINE_MONTHS)], 0.5, True),
        ([known(12_000 * TY, **NINE_MONTHS)], 0.5, False),
        ([known(5900 * TY, **NINE_MONTHS, approx="about")], 0, True),
        ([known(5900 * TY, **NINE_MONTHS, phase="plan")], 0, True),
        ([known(5900 * TY, **NINE_MONTHS, indicator="revenue.domestic")], 0, True),
        ([known(5900 * TY)], 0, True),  # of the year before
        ([known(5900 * TY, period_start=date(2024, 9, 1), period_end=date(2024, 9, 30))], 0, True),  # no January
        # One slip among three: the slip is meant, not what it contradicts.
        ([known(59_000 * TY, **NINE_MONTHS), known(4000 * TY, figure_id="e" * 16, period_start=date(2024, 1, 1),
                                                  period_end=date(2024, 6, 30)),
          known(6200 * TY, figure_id="d" * 16, **YEAR)], 0, True),
    ],
)  # fmt: skip
def test_what_was_collected_since_january_does_not_fall(
    history: list[dict[str, Any]], least_fall: float, passes: bool
) -> None:
    found = told(cumulative_falls(Batch([ARTICLE], [SOUND], history=history), least_fall=least_fall))
    assert (found == "") is passes
    assert passes or "5.870 tỷ đồng until 2024-11-30, but " in found


@pytest.mark.parametrize(
    ("history", "fields", "passes"),
    [
        ([known(5100 * TY), known(450 * TY, figure_id="e" * 16, period_end=date(2023, 1, 31))], {}, True),
        ([known(510 * TY), known(520 * TY)], {}, False),
        ([known(58_700 * TY), known(60_000 * TY)], {}, False),
        ([known(510 * TY)], {}, True),  # one article is no usual amount
        ([known(510 * TY), known(520 * TY)], {"indicator": "revenue.land"}, True),
        ([known(510 * TY, indicator="revenue.land"), known(9 * TY, indicator="revenue.land")],
         {"indicator": "revenue.land"}, True),  # one auction is a year's income
        ([known(510 * TY, phase="plan"), known(520 * TY, phase="plan")], {}, True),
    ],
)  # fmt: skip
def test_a_tenfold_rate(history: list[dict[str, Any]], fields: dict[str, Any], passes: bool) -> None:
    batch = Batch([ARTICLE], [replace(SOUND, **fields)], history=history)
    assert (rate_jumps(batch, ratio=7, at_least=2, unsteady=["revenue.land"]) == {}) is passes


@pytest.mark.parametrize(
    ("monthly", "units", "history", "passes"),
    [
        (500 * TY, 30, [], True),
        (500 * TRIEU, 30, [], False),
        (500_000 * TY, 30, [], False),
        (500 * TRIEU, 9, [], True),  # too few units to know what is usual
        (500 * TRIEU, 30, [known(5000 * TY)], True),  # its own history is asked instead
    ],
)
def test_an_unknown_unit_against_the_median_of_its_level(
    monthly: int, units: int, history: list[dict[str, Any]], passes: bool
) -> None:
    medians = [{"level": "province", "indicator": "revenue", "units": units, "monthly": Fraction(monthly)}]
    batch = Batch([ARTICLE], [SOUND], history=history, medians=medians)
    found = told(jump_against_level(batch, ratios={"province": 200}, at_least=10))
    assert (found == "") is passes
    assert passes or "a month; the median of 30 province units is" in found


THIS_CELL = {"period_start": SOUND.period_start, "period_end": SOUND.period_end}
OTHER = article("Tin khác: thu ngân sách 11 tháng đạt 5.900 tỷ đồng.")


@pytest.mark.parametrize(
    ("history", "other", "passes"),
    [
        ([known(5870 * TY, **THIS_CELL)], None, True),
        ([known(5871 * TY, **THIS_CELL)], None, True),
        ([known(5873 * TY, **THIS_CELL)], None, False),
        ([known(5900 * TY, **THIS_CELL, approx="below", quote="5.900 tỷ", number_end=5)], None, True),
        ([known(5900 * TY, **THIS_CELL, phase="estimated")], None, True),
        ([known(5900 * TY, **THIS_CELL, article_id=ARTICLE.article_id)], None, True),  # itself, in an earlier run
        ([], figure(OTHER, "đạt 5.900 tỷ đồng", "5.900", 5900 * TY), False),
    ],
)
def test_two_articles_disagree(history: list[dict[str, Any]], other: Figure | None, passes: bool) -> None:
    figures = [SOUND] if other is None else [SOUND, other]
    found = sources_disagree(Batch([ARTICLE, OTHER], figures, history=history))
    assert (found == {}) is passes
    assert set(found) == (set() if passes else {each.figure_id for each in figures}), "both of a run are doubted"


@pytest.mark.parametrize(
    ("row", "passes"),
    [
        (known(5870 * TY, **THIS_CELL, article_id=ARTICLE.article_id), True),
        (known(5780 * TY, **THIS_CELL, article_id=ARTICLE.article_id), False),
        (known(5780 * TY, article_id=ARTICLE.article_id), True),  # of another period
        (known(5780 * TY, **THIS_CELL), True),  # of another article
    ],
)
def test_a_value_that_replaces_what_was_loaded_from_the_same_article(row: dict[str, Any], passes: bool) -> None:
    found = told(revises_loaded(Batch([ARTICLE], [SOUND], history=[row])))
    assert found == ("" if passes else "5.870 tỷ đồng replaces 5.780 tỷ đồng, which was loaded from the same article")


def test_an_article_without_figures_is_nobody_s_witness() -> None:
    empty: list[Article] = [ARTICLE, OTHER]
    assert sources_disagree(Batch(empty, [])) == {}
