"""What a printed number can stand for."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from validate_records import TRIEU, TY, article, figure

from thuchi.validate.printed import Printed, said


def printed(text: str, number: str, value: int | str, **fields: object) -> Printed:
    of = article(text)
    return Printed.of(figure(of, text, number, value, **fields), of.text)


@pytest.mark.parametrize(
    ("text", "number", "value", "step"),
    [
        ("5.870 tỷ đồng", "5.870", 5870 * TY, TY),
        ("52,4 tỷ đồng", "52,4", 52_400 * TRIEU, 100 * TRIEU),
        ("6 nghìn tỷ đồng", "6", 6000 * TY, 1000 * TY),
        ("223 tỷ 550 triệu đồng", "223 tỷ 550", 223_550 * TRIEU, TRIEU),
        ("104 tỷ 90 triệu đồng", "104 tỷ 90", 104_090 * TRIEU, 10 * TRIEU),
        ("một nghìn sáu trăm tỷ đồng", "một nghìn sáu trăm", 1600 * TY, 100 * TY),
        ("1.584.221.000.123 đồng", "1.584.221.000.123", 1_584_221_000_123, 1),
        ("81,9% dự toán", "81,9", "81.9", Fraction(1, 10)),
        ("đạt 84%", "84", "84", 1),
        ("vượt 12% dự toán", "12", "112", 1),
        ("vượt 52,8% dự toán", "52,8", "152.8", Fraction(1, 10)),
        ("bằng 90,25% cùng kỳ", "90,25", "-9.75", Fraction(1, 100)),
        ("gấp 1,4 lần cùng kỳ", "1,4", "40", 10),
        ("tăng gấp đôi", "đôi", "100", 1),
        ("giải ngân 0%", "0", "0", 1),
    ],
)
def test_the_unit_of_the_last_printed_digit(text: str, number: str, value: int | str, step: int | Fraction) -> None:
    assert printed(text, number, value).step == step


@pytest.mark.parametrize(
    ("text", "number", "approx", "low", "high"),
    [
        ("1.584 tỷ đồng", "1.584", "exact", 1583, 1585),
        ("hơn 1.500 tỷ đồng", "1.500", "at_least", 1500, 1600),
        ("hơn 1.504 tỷ đồng", "1.504", "at_least", 1504, 1505),
        ("gần 1.600 tỷ đồng", "1.600", "below", 1500, 1600),
        ("khoảng 1.550 tỷ đồng", "1.550", "about", 1540, 1560),
    ],
)
def test_what_the_amount_can_be(text: str, number: str, approx: str, low: int, high: int) -> None:
    value = int(number.replace(".", "")) * TY
    span = printed(text, number, value, approx=approx).range()
    assert (span.low, span.high) == (low * TY, high * TY)


@pytest.mark.parametrize(
    ("value", "measure", "words"),
    [
        (1584 * TY, "amount", "1.584 tỷ đồng"),
        (52_400 * TRIEU, "amount", "52,4 tỷ đồng"),
        (157 * TRIEU, "amount", "157 triệu đồng"),
        (999, "amount", "999 đồng"),
        (Fraction(5870 * TY * 1000, 1038), "amount", "5.655,106 tỷ đồng"),
        (Fraction("103.80"), "pct_of_plan", "103,8%"),
        (Fraction(-10), "pct_change_yoy", "-10%"),
        (Fraction("-0.001"), "pct_change_yoy", "0%"),
    ],
)
def test_numbers_are_said_as_vietnamese_readers_write_them(value: Fraction, measure: str, words: str) -> None:
    assert said(value, measure) == words


@given(st.integers(min_value=1, max_value=10**7), st.sampled_from([1, TRIEU, TY]))
def test_every_slip_of_an_amount_is_another_amount_and_the_number_lies_in_its_own_range(number: int, unit: int) -> None:
    one = printed(f"{number} x", str(number), number * unit)
    assert one.range().low <= number * unit <= one.range().high
    assert one.step * int(one.digits) == one.value
    assert all(meant.value != one.value for _, meant in one.slips())


def test_a_figure_without_a_value_was_not_printed() -> None:
    with pytest.raises(ValueError, match="has no value"):
        printed("x tỷ đồng", "x", None)  # type: ignore[arg-type]


def test_percentages_stay_as_printed() -> None:
    assert printed("10,50%", "10,50", "10.50").range(Fraction(1, 2)).high == Fraction(Decimal("10.505"))
