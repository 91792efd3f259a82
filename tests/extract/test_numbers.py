"""How a number is written, and what it is."""

from __future__ import annotations

import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchi.extract.numbers import (
    NUMBER_FORMAT,
    SEPARATOR,
    VIETNAMESE,
    Convention,
    convention_of,
    lowered,
    read_digits,
    read_number,
    read_words,
)


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("7", "7"),
        ("050", "50"),
        ("1.584", "1584"),
        ("22,87", "22.87"),
        ("182,552", "182.552"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("12.5", "12.5"),
        ("1.234.567.890", "1234567890"),
        ("1,234,567", "1234567"),
        ("1.012,5", "1012.5"),
        ("10.124,00", "10124.00"),
        ("1.056.7", "1056.7"),
        ("33,448.222", "33448.222"),
        ("2,350.75", "2350.75"),
        ("1584,5", "1584.5"),
        ("1.5\u200b84", "1584"),
    ],
)
def test_a_vietnamese_text_groups_by_points_and_has_a_decimal_comma(digits: str, value: str) -> None:
    assert read_digits(digits, VIETNAMESE) == (Decimal(value), (), None)


@pytest.mark.parametrize("digits", ["12.34.567", "1..5", "1.234,567.8,9", "1.2345.678", "1234.567.890", "1,,2"])
def test_separators_of_no_number_give_no_value(digits: str) -> None:
    assert read_digits(digits, VIETNAMESE) == (None, (NUMBER_FORMAT,), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thu 1.012,5 tỷ đồng, đạt 36,5%", Convention(",")),
        ("thu 52 tỷ đồng", VIETNAMESE),
        ("thu 1,012.5 tỷ đồng, đạt 36.5%", Convention(".")),
        ("đạt 36.5% dự toán, thu 5.112 tỷ đồng", Convention(".")),
        ("đạt 36.5% dự toán, tăng 4,2%", Convention(",", mixed=True)),
        ("thu 0,552 tỷ đồng và 5.112 tỷ đồng", Convention(",", long_decimals=True)),
        ("chiều 9.12, ngày 31.3, mục 2.1", VIETNAMESE),
    ],
)
def test_a_text_shows_its_convention_by_numbers_that_can_be_read_in_one_way_only(
    text: str, expected: Convention
) -> None:
    assert convention_of(text) == expected


@pytest.mark.parametrize(
    ("digits", "convention", "value", "doubts", "other"),
    [
        ("5,500", VIETNAMESE, "5500", (SEPARATOR,), "5.500"),
        ("5,500", Convention(",", long_decimals=True), "5.500", (), None),
        ("5,512", Convention("."), "5512", (), None),
        ("5,512", Convention(".", mixed=True), "5512", (SEPARATOR,), "5.512"),
        ("5.512", Convention("."), "5512", (SEPARATOR,), "5.512"),
        ("5.500", Convention("."), "5500", (), None),
    ],
)
def test_what_the_convention_leaves_open_is_doubted_and_both_readings_are_kept(
    digits: str, convention: Convention, value: str, doubts: tuple[str, ...], other: str | None
) -> None:
    assert read_digits(digits, convention) == (Decimal(value), doubts, other and Decimal(other))


def test_a_number_of_plain_dong_has_no_thousandths() -> None:
    assert read_digits("12,345", VIETNAMESE, measured=False) == (Decimal(12345), (), None)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("14.527", "14527"),
        ("  68,2 ", "68.2"),
        ("(1,3)", "-1.3"),
        ("-5,2", "-5.2"),
        ("− 9,8", "-9.8"),
        ("+4", "4"),
        ("1 234 567", "1234567"),
        ("1\u00a0584,5", "1584.5"),
    ],
)
def test_a_table_cell_that_is_one_number_is_read_without_a_unit(cell: str, value: str) -> None:
    text = f"| {cell} |"
    number = read_number(text, 1, len(text) - 1)
    assert number is not None
    assert number.value == Decimal(value)
    assert read_number(text[number.start : number.end], 0, number.end - number.start) is not None


@pytest.mark.parametrize("cell", ["", "-", "x", "Tổng thu", "12 tỷ", "5-7", "1/2", "12 34", "(5"])
def test_a_cell_that_is_no_number_is_none(cell: str) -> None:
    assert read_number(cell, 0, len(cell)) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("một", 1),
        ("mười", 10),
        ("mười lăm", 15),
        ("hai mươi", 20),
        ("hai mươi mốt", 21),
        ("hai lăm", 25),
        ("bảy mươi tư", 74),
        ("một trăm linh năm", 105),
        ("một trăm lẻ năm", 105),
        ("hai trăm rưỡi", 250),
        ("sáu trăm năm mươi", 650),
        ("bốn trăm hai mươi", 420),
        ("một nghìn", 1000),
        ("hai ngàn không trăm linh tám", 2008),
        ("một nghìn hai trăm ba mươi tư", 1234),
        ("mười hai nghìn", 12_000),
        ("ba vạn", 30_000),
        ("một triệu hai", 1_200_000),
        ("ba triệu rưỡi", 3_500_000),
        ("sáu trăm năm mươi tỷ", 650_000_000_000),
        ("một nghìn tỷ", 1_000_000_000_000),
        ("một triệu tỷ", 10**15),
        ("hai tỷ ba trăm triệu", 2_300_000_000),
        ("hai tỉ rưỡi", 2_500_000_000),
    ],
)
def test_number_words(words: str, value: int) -> None:
    assert read_words(words.split()) == value


@pytest.mark.parametrize("words", ["hai ba", "mươi trăm", "trăm", "linh năm", "một trăm linh", "tỷ", "không mươi"])
def test_number_words_that_are_no_number(words: str) -> None:
    assert read_words(words.split()) is None


ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def spell_hundreds(number: int, full: bool) -> list[str]:
    """A number below 1000 in words, by the school rules; `full` names its nought hundreds."""
    hundreds, rest = divmod(number, 100)
    words = [ONES[hundreds], "trăm"] if hundreds or full else []
    if not rest and words:
        return words
    tens, ones = divmod(rest, 10)
    if tens == 0:
        return [*words, *(["linh"] if words else []), ONES[ones]]
    words += ["mười"] if tens == 1 else [ONES[tens], "mươi"]
    if not ones:
        return words
    return [*words, "lăm" if ones == 5 else "mốt" if ones == 1 and tens > 1 else ONES[ones]]


@given(st.integers(0, 999))
def test_any_number_below_a_thousand_in_words_reads_back(number: int) -> None:
    assert read_words(spell_hundreds(number, full=False)) == number


@given(st.integers(1, 999), st.sampled_from([("nghìn", 1000), ("triệu", 10**6), ("tỷ", 10**9)]), st.integers(0, 999))
def test_any_number_of_thousands_to_billions_in_words_reads_back(count: int, scale: tuple[str, int], rest: int) -> None:
    word, factor = scale
    words = [*spell_hundreds(count, full=False), word, *(spell_hundreds(rest, full=True) if rest else [])]
    assert read_words(words) == count * factor + rest


@given(st.integers(0, 10**15), st.integers(0, 2), st.sampled_from([".", ""]))
def test_any_number_in_vietnamese_digits_reads_back(whole: int, places: int, group: str) -> None:
    decimals = "," + "7" * places if places else ""
    digits = f"{whole:,}".replace(",", group) + decimals
    assert read_digits(digits, VIETNAMESE)[0] == Decimal(f"{whole}{decimals.replace(',', '.')}")


@given(st.integers(1000, 10**15), st.integers(1, 2))
def test_any_grouped_number_in_english_digits_reads_back(whole: int, places: int) -> None:
    assert read_digits(f"{whole:,}.{'3' * places}", VIETNAMESE)[0] == Decimal(f"{whole}.{'3' * places}")


@given(st.text(st.sampled_from("0123456789.,\u200b"), min_size=1, max_size=42))
def test_no_digits_and_marks_raise(token: str) -> None:
    value, doubts, _ = (
        read_digits(token, convention_of(token)) if token.strip("\u200b") else (None, (NUMBER_FORMAT,), 0)
    )
    assert (value is None) == (NUMBER_FORMAT in doubts)


def test_lower_case_keeps_every_character_in_its_place() -> None:
    every = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert len(lowered(every)) == len(every)
