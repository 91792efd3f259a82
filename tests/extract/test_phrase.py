"""One phrase on its own, as `thuchi phrase` reads it. Our own phrases; the conventions are in docs/phrases.md."""

from __future__ import annotations

import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchi.extract.phrase import nothing_read, read_phrase

TODAY = date(2023, 4, 5)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("phrase", "kind", "value"),
    [
        ("24", "numeral", 24),
        ("2,5", "numeral", 2.5),
        (",25", "numeral", 0.25),
        ("250.000", "numeral", 250_000),
        ("250k", "numeral", 250_000),
        ("4,5M", "numeral", 4_500_000),
        ("-300K", "numeral", -300_000),
        ("3tr2", "numeral", 3_200_000),
        ("5t7", "numeral", 5_700_000_000),
        ("20tr", "numeral", 20_000_000),
        ("2.000 tỷ", "numeral", 2 * 10**12),
        ("3 tỷ tỷ", "numeral", 3 * 10**18),
        ("7,5 vạn", "numeral", 75_000),
        ("sáu trăm năm mươi", "numeral", 650),
        ("một nghìn hai trăm tỷ", "numeral", 1_200 * 10**9),
        ("25.000 đồng", "money", 25_000),
        ("25K đồng", "money", 25_000),
        ("VN$500", "money", 500),
        ("0,5 đồng", "money", 0.5),
        ("223 tỷ 550 triệu đồng", "money", 223_550_000_000),
        ("gần 1.584 tỷ đồng", "money", 1_584 * 10**9),
        ("giữa 300 và 500 đồng", "money", [300, 500]),
        ("từ 300 VNĐ tới 500 VNĐ", "money", [300, 500]),
        ("20.000đ-30.000đ", "money", [20_000, 30_000]),
        ("kém hơn 9k đồng", "money", [None, 9_000]),
        ("không quá 3 tỷ đồng", "money", [None, 3 * 10**9]),
        ("ít nhất 3 tỷ đồng", "money", [3 * 10**9, None]),
        ("36,5%", "percent", 36.5),
        ("5-7%", "percent", [5, 7]),
        ("từ 40% trở lên", "percent", [40, None]),
        ("ba phần tư", "percent", 75),
    ],
)
def test_numbers_and_amounts(phrase: str, kind: str, value: object) -> None:
    reading = read_phrase(phrase, None)
    assert reading is not None
    answer = reading.as_json(phrase)
    assert (answer["kind"], answer["value"]) == (kind, value)


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("ngày 12/10", "2023-10-12"),
        ("5/4/1998", "1998-04-05"),
        ("mùng 2 tháng 9", "2023-09-02"),
        ("ngày 8 tháng mười một năm 2022", "2022-11-08"),
        ("14 Tháng 6 2019 lúc 09:30", "2019-06-14"),
        ("Thứ Sáu, 21/10/2022 - 06:45", "2022-10-21"),
        ("cuộc họp ngày 17/03/2022 tại tỉnh", "2022-03-17"),
        ("hôm qua", "2023-04-04"),
        ("thứ 4", "2023-04-12"),
        ("thứ sáu", "2023-04-07"),
        ("chủ nhật", "2023-04-09"),
        ("thứ 2 tuần này", "2023-04-03"),
        ("thứ 3 tuần sau", "2023-04-11"),
        ("thứ hai ngày 10 tháng 4", "2023-04-10"),
        ("10 ngày trước", "2023-03-26"),
        ("3 ngày nữa", "2023-04-08"),
    ],
)
def test_days(phrase: str, value: str) -> None:
    reading = read_phrase(phrase, TODAY)
    assert reading is not None
    assert (reading.kind, reading.value) == ("date", value)


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("quý I/2023", "2023-01-01", "2023-03-31"),
        ("quý hai", "2023-04-01", "2023-06-30"),
        ("quý nay", "2023-04-01", "2023-06-30"),
        ("9 tháng năm 2022", "2022-01-01", "2022-09-30"),
        ("tháng 9 năm 2022", "2022-09-01", "2022-09-30"),
        ("tháng 3 tới", "2024-03-01", "2024-03-31"),
        ("tháng 5 tới", "2023-05-01", "2023-05-31"),
        ("tháng sau", "2023-05-01", "2023-05-31"),
        ("năm ngoái", "2022-01-01", "2022-12-31"),
        ("tính đến 21/2/2023", "2023-01-01", "2023-02-21"),
        ("từ ngày 3 tháng 9 đến ngày 8 tháng 11 năm 2022", "2022-09-03", "2022-11-08"),
        ("từ ngày 1/7/2022", "2022-07-01", None),
        ("2 tháng qua", "2023-02-01", "2023-03-31"),
        ("2 năm vừa rồi", "2021-01-01", "2022-12-31"),
        ("3 năm tiếp theo", "2024-01-01", "2026-12-31"),
        ("3 tháng tới", "2023-05-01", "2023-07-31"),
        ("tuần trước", "2023-03-27", "2023-04-02"),
        ("tuần đầu tiên của tháng 5 năm 2023", "2023-05-01", "2023-05-07"),
    ],
)
def test_periods(phrase: str, start: str, end: str | None) -> None:
    reading = read_phrase(phrase, TODAY)
    assert reading is not None
    assert (reading.kind, reading.value) == ("period", [start, end])


@pytest.mark.parametrize(
    "phrase", ["", " ", "chưa rõ ngày nào", "31/13/2020", "2.11.40", "$2,350.75", "hoạt động", "tỷ lệ", "7/14 xã"]
)
def test_a_phrase_that_says_no_such_thing_has_no_reading(phrase: str) -> None:
    assert read_phrase(phrase, TODAY) is None


@pytest.mark.parametrize(("phrase", "kind"), [("năm ngoái", "period"), ("hôm qua", "date"), ("ngày 30/3", "date")])
def test_without_a_reference_date_its_value_is_null(phrase: str, kind: str) -> None:
    reading = read_phrase(phrase, None)
    assert reading is not None
    assert (reading.kind, reading.value) == (kind, None)


def test_the_printed_line() -> None:
    reading = read_phrase("thu 1.584 tỷ đồng", None)
    assert reading is not None
    assert json.dumps(reading.as_json("thu 1.584 tỷ đồng"), ensure_ascii=False) == (
        '{"input": "thu 1.584 tỷ đồng", "kind": "money", "value": 1584000000000, "start": 4, "end": 17}'
    )
    assert nothing_read("abc") == {"input": "abc", "kind": None, "value": None, "start": None, "end": None}


def test_large_amounts_are_printed_exactly() -> None:
    reading = read_phrase("9.007.199.254.740.993 đồng", None)
    assert reading is not None
    assert reading.as_json("")["value"] == 9_007_199_254_740_993


@given(st.text(), st.none() | st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_no_phrase_raises(phrase: str, reference: date | None) -> None:
    reading = read_phrase(phrase, reference)
    assert reading is None or 0 <= reading.start < reading.end <= len(unicodedata.normalize("NFC", phrase))
