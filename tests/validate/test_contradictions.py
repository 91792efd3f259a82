"""What figures of one article have against each other, and which of them is held."""

from __future__ import annotations

from typing import Any

import pytest
from validate_records import LAST_YEAR, TRIEU, TY, YEAR, article, figure

from thuchi.validate.arithmetic import by_check, findings
from thuchi.validate.relations import ArticleFigures

TOTALS = {
    "revenue": [["revenue.domestic", "revenue.trade"], ["revenue.land"]],
    "expenditure": [["expenditure.recurrent", "expenditure.investment"]],
}
Said = tuple[str, str, int | str, dict[str, Any]]
PLAN = {"phase": "plan", **YEAR}
CHANGE = {"measure": "pct_change_yoy", "basis": None}


def held(text: str, *said: Said) -> dict[str, dict[str, str]]:
    """By check the numbers that it holds, with why."""
    of = article(text)
    figures = [figure(of, words, number, value, **fields) for words, number, value, fields in said]
    numbers = {each.figure_id: of.text[each.number_start : each.number_end] for each in figures}
    found = by_check(findings(ArticleFigures(of, figures, TOTALS)))
    return {check: {numbers[key]: sentence.en for key, sentence in each.items()} for check, each in found.items()}


DOMESTIC = {"indicator": "revenue.domestic"}
TRADE = {"indicator": "revenue.trade"}
CAPITAL = {"indicator": "public_investment"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Thu nội địa 5.870 tỷ đồng, đạt 113,8% dự toán 5.160 tỷ đồng.",
            [("5.870 tỷ đồng", "5.870", 5870 * TY, DOMESTIC), ("113,8%", "113,8", "113.8", DOMESTIC),
             ("5.160 tỷ đồng", "5.160", 5160 * TY, DOMESTIC | PLAN)],
        ),
        # Rounded to whole percents: 61,8 of 412 is 15,0%, and 14 to 16 are allowed.
        (
            "Giải ngân 61,8 tỷ đồng, 14% của 412 tỷ đồng.",
            [("61,8 tỷ đồng", "61,8", 61_800 * TRIEU, CAPITAL), ("14%", "14", "14", CAPITAL),
             ("412 tỷ đồng", "412", 412 * TY, CAPITAL | PLAN)],
        ),
        # "hơn" and "gần" leave as much room as the digits that are not zero.
        (
            "Thu hơn 1.500 tỷ đồng, bằng 79,5% của gần 2.000 tỷ đồng.",
            [("1.500 tỷ đồng", "1.500", 1500 * TY, {"approx": "at_least"}), ("79,5%", "79,5", "79.5", {}),
             ("2.000 tỷ đồng", "2.000", 2000 * TY, PLAN | {"approx": "below"})],
        ),
        # Two assigners, one plan in the text: it belongs to the percentage that it fits.
        (
            "Thu 840 tỷ đồng, đạt 84% dự toán tỉnh giao, 70% dự toán HĐND giao 1.200 tỷ đồng.",
            [("840 tỷ đồng", "840", 840 * TY, {}), ("84%", "84", "84", {"basis": "province"}),
             ("70%", "70", "70", {"basis": "council"}), ("1.200 tỷ đồng", "1.200", 1200 * TY, PLAN)],
        ),
        # Small other items make up the rest of a total.
        (
            "Thu 19.850 tỷ đồng, nội địa 16.935 tỷ đồng, xuất nhập khẩu 2.870 tỷ đồng.",
            [("19.850 tỷ đồng", "19.850", 19850 * TY, {}), ("16.935 tỷ đồng", "16.935", 16935 * TY, DOMESTIC),
             ("2.870 tỷ đồng", "2.870", 2870 * TY, TRADE)],
        ),
        # The month alone is no part of what the percentage of eleven months is said of.
        (
            "Tháng 11 thu 400 tỷ đồng. Lũy kế 5.000 tỷ đồng, đạt 96,9% dự toán 5.160 tỷ đồng.",
            [("400 tỷ đồng", "400", 400 * TY, {"period_start": YEAR["period_start"].replace(month=11)}),
             ("5.000 tỷ đồng", "5.000", 5000 * TY, {}), ("96,9%", "96,9", "96.9", {}),
             ("5.160 tỷ đồng", "5.160", 5160 * TY, PLAN)],
        ),
        # Items share a code: the percentage is of the plan in its own sentence, and here there is none.
        (
            "Tiền thuê đất 30 tỷ đồng, đạt 60% kế hoạch. Xổ số được giao 900 tỷ đồng.",
            [("30 tỷ đồng", "30", 30 * TY, {"indicator": "revenue.item"}),
             ("60%", "60", "60", {"indicator": "revenue.item"}),
             ("900 tỷ đồng", "900", 900 * TY, PLAN | {"indicator": "revenue.item"})],
        ),
        (
            "Thu 1.100 tỷ đồng, tăng 10% so với 1.000 tỷ đồng năm ngoái.",
            [("1.100 tỷ đồng", "1.100", 1100 * TY, {}), ("10%", "10", "10", CHANGE),
             ("1.000 tỷ đồng", "1.000", 1000 * TY, LAST_YEAR)],
        ),
    ],
)  # fmt: skip
def test_what_agrees_within_its_printed_digits_is_not_held(text: str, said: list[Said]) -> None:
    assert held(text, *said) == {}


def test_the_percentage_that_one_digit_mends_is_held_and_its_amounts_are_not() -> None:
    found = held(
        "Thu nội địa 5.870 tỷ đồng, đạt 103,8% dự toán 5.160 tỷ đồng.",
        ("5.870 tỷ đồng", "5.870", 5870 * TY, DOMESTIC),
        ("103,8%", "103,8", "103.8", DOMESTIC),
        ("5.160 tỷ đồng", "5.160", 5160 * TY, DOMESTIC | PLAN),
    )
    assert found == {
        "implied_plan": {
            "103,8": "5.870 tỷ đồng / 103,8% implies a plan of 5.655,106 tỷ đồng; the text says 5.160 tỷ đồng; "
            "113,8% would fit (one digit otherwise)"
        }
    }


def test_swapped_digits_of_a_percentage_are_seen() -> None:
    found = held(
        "Kế hoạch 412 tỷ đồng, giải ngân 61,8 tỷ đồng, đạt 51%.",
        ("412 tỷ đồng", "412", 412 * TY, CAPITAL | PLAN),
        ("61,8 tỷ đồng", "61,8", 61_800 * TRIEU, CAPITAL),
        ("51%", "51", "51", CAPITAL),
    )
    assert list(found["implied_plan"]) == ["51"]
    assert "15% would fit (two digits swapped)" in found["implied_plan"]["51"]


def test_where_it_cannot_be_told_all_are_held_and_it_is_said() -> None:
    # 40 of 100 is 40%, and 70 of 100 is 70%: one digit of either would do.
    found = held(
        "Thu 40 tỷ đồng, đạt 70% dự toán 100 tỷ đồng.",
        ("40 tỷ đồng", "40", 40 * TY, {}),
        ("70%", "70", "70", {}),
        ("100 tỷ đồng", "100", 100 * TY, PLAN),
    )
    assert set(found["implied_plan"]) == {"40", "70"}
    assert all("which of them is wrong cannot be told" in sentence for sentence in found["implied_plan"].values())


def test_what_no_slip_mends_is_held_unless_others_bear_it_out() -> None:
    # The amount is borne out by last year's and its growth; percentage and plan stand against it alone.
    found = held(
        "Thu 1.100 tỷ đồng, tăng 10% so với 1.000 tỷ đồng, đạt 37,3% dự toán 5.160 tỷ đồng.",
        ("1.100 tỷ đồng", "1.100", 1100 * TY, {}),
        ("10%", "10", "10", CHANGE),
        ("1.000 tỷ đồng", "1.000", 1000 * TY, LAST_YEAR),
        ("37,3%", "37,3", "37.3", {}),
        ("5.160 tỷ đồng", "5.160", 5160 * TY, PLAN),
    )
    assert set(found["implied_plan"]) == {"37,3", "5.160"}


def test_a_slip_of_unit_against_its_plan_is_told_from_the_plan_by_the_total() -> None:
    found = held(
        "Tổng thu 5.236 tỷ đồng: nội địa 4.120 triệu đồng, đạt 45,8%; xuất nhập khẩu 1.116 tỷ đồng. "
        "Dự toán thu nội địa 9.000 tỷ đồng.",
        ("5.236 tỷ đồng", "5.236", 5236 * TY, {}),
        ("4.120 triệu đồng", "4.120", 4120 * TRIEU, DOMESTIC),
        ("45,8%", "45,8", "45.8", DOMESTIC),
        ("1.116 tỷ đồng", "1.116", 1116 * TY, TRADE),
        ("9.000 tỷ đồng", "9.000", 9000 * TY, DOMESTIC | PLAN),
    )
    assert list(found["implied_plan"]) == list(found["slip_of_unit"]) == ["4.120"]


def test_a_slip_of_unit_that_contradicts_nothing_shows_where_it_would_make_up_the_total() -> None:
    found = held(
        "Tổng thu 10.812 tỷ đồng, thu nội địa 10.655 tỷ đồng, xuất nhập khẩu 157 triệu đồng.",
        ("10.812 tỷ đồng", "10.812", 10812 * TY, {}),
        ("10.655 tỷ đồng", "10.655", 10655 * TY, DOMESTIC),
        ("157 triệu đồng", "157", 157 * TRIEU, TRADE),
    )
    assert found == {
        "slip_of_unit": {
            "157": "157 triệu đồng beside 10.812 tỷ đồng (revenue) and 10.655 tỷ đồng (revenue.domestic): "
            "157 tỷ đồng would fit (another unit)"
        }
    }


@pytest.mark.parametrize(
    ("trade", "held_for_it"),
    [
        ("1.510", True),  # 1.510 tỷ of the 1.512 tỷ that are left: the rest is aid
        ("755", False),  # half of what is left: 755 triệu may well be what the customs office took
        ("1.530", False),  # more than what is left
    ],
)
def test_a_slip_of_unit_shows_where_the_total_leaves_room_for_it_and_hardly_more(trade: str, held_for_it: bool) -> None:
    found = held(
        f"Tổng thu 7.559 tỷ đồng, thu nội địa 6.047 tỷ đồng, xuất nhập khẩu {trade} triệu đồng.",
        ("7.559 tỷ đồng", "7.559", 7559 * TY, {}),
        ("6.047 tỷ đồng", "6.047", 6047 * TY, DOMESTIC),
        (f"{trade} triệu đồng", trade, int(trade.replace(".", "")) * TRIEU, TRADE),
    )
    assert set(found.get("slip_of_unit", ())) == ({trade} if held_for_it else set())


ITEM = {"indicator": "public_investment.item"}


def test_items_listed_beside_their_plans_show_the_one_that_finds_none() -> None:
    found = held(
        "Vốn gồm trung ương 1.342,1 tỷ đồng, địa phương 1.233,2 tỷ đồng, kéo dài 412,3 tỷ đồng. Đã giải ngân vốn "
        "trung ương 268,4 tỷ đồng (20,0%), địa phương 341,6 tỷ đồng (27,7%), kéo dài 62,2 tỷ đồng (51,1%).",
        ("1.342,1 tỷ đồng", "1.342,1", 1_342_100 * TRIEU, ITEM | PLAN),
        ("1.233,2 tỷ đồng", "1.233,2", 1_233_200 * TRIEU, ITEM | PLAN),
        ("412,3 tỷ đồng", "412,3", 412_300 * TRIEU, ITEM | PLAN),
        ("268,4 tỷ đồng", "268,4", 268_400 * TRIEU, ITEM),
        ("20,0%", "20,0", "20.0", ITEM),
        ("341,6 tỷ đồng", "341,6", 341_600 * TRIEU, ITEM),
        ("27,7%", "27,7", "27.7", ITEM),
        ("62,2 tỷ đồng", "62,2", 62_200 * TRIEU, ITEM),
        ("51,1%", "51,1", "51.1", ITEM),
    )
    assert list(found["implied_plan"]) == ["51,1"]
    assert "15,1% would fit (two digits swapped)" in found["implied_plan"]["51,1"]


def test_parts_that_are_more_than_their_total_are_held_with_it() -> None:
    found = held(
        "Tổng chi 4.036 tỷ đồng, đầu tư 1.865 tỷ đồng, thường xuyên 2.849 tỷ đồng.",
        ("4.036 tỷ đồng", "4.036", 4036 * TY, {"indicator": "expenditure"}),
        ("1.865 tỷ đồng", "1.865", 1865 * TY, {"indicator": "expenditure.investment"}),
        ("2.849 tỷ đồng", "2.849", 2849 * TY, {"indicator": "expenditure.recurrent"}),
    )
    assert set(found["parts_within_total"]) == {"4.036", "1.865", "2.849"}
    assert "are more than the total of 4.036 tỷ đồng (expenditure)" in found["parts_within_total"]["4.036"]


def test_a_total_that_its_plan_shows_to_be_a_slip_is_held_and_its_parts_are_not() -> None:
    # The parts do not make up the total: what they say against it tells nothing of which is wrong. Its plan does.
    found = held(
        "Tổng thu 7.559 triệu đồng, đạt 68,0% dự toán 11.117 tỷ đồng; nội địa 6.047 tỷ đồng, xuất nhập khẩu 755 tỷ.",
        ("7.559 triệu đồng", "7.559", 7559 * TRIEU, {}),
        ("68,0%", "68,0", "68.0", {}),
        ("11.117 tỷ đồng", "11.117", 11117 * TY, PLAN),
        ("6.047 tỷ đồng", "6.047", 6047 * TY, DOMESTIC),
        ("755 tỷ", "755", 755 * TY, TRADE),
    )
    assert {check: set(numbers) for check, numbers in found.items()} == {
        "implied_plan": {"7.559"},
        "slip_of_unit": {"7.559"},
        "parts_within_total": {"7.559"},
    }


def test_growth_that_contradicts_both_amounts_is_held() -> None:
    found = held(
        "Thu 1.311 tỷ đồng, tăng 3,11% so với 1.000 tỷ đồng.",
        ("1.311 tỷ đồng", "1.311", 1311 * TY, {}),
        ("3,11%", "3,11", "3.11", CHANGE),
        ("1.000 tỷ đồng", "1.000", 1000 * TY, LAST_YEAR),
    )
    assert found == {
        "growth_of_amounts": {
            "3,11": "1.311 tỷ đồng after a change of 3,11% implies 1.271,458 tỷ đồng a year before; "
            "the text says 1.000 tỷ đồng; 31,1% would fit (the comma one place further)"
        }
    }
