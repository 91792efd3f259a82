"""Money, percentages and the like as articles print them, misprints included, and what they mean."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear_time import assert_grows_linearly

from thuchi.extract.quantities import find_quantities
from thuchi.extract.spans import Quantity
from thuchi.extract.units import Unit, read_unit

BILLION = 10**9


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("phrase", "vnd"),
    [
        ("1.584 tỷ đồng", 1584 * BILLION),
        ("22,87 tỷ đồng", 22_870_000_000),
        ("182,552 tỷ", 182_552_000_000),
        ("1.012,5 tỉ đồng", 1_012_500_000_000),
        ("1.056.7 tỷ", 1_056_700_000_000),
        ("10.124,00 tỉ", 10_124 * BILLION),
        ("33,448.222 triệu", 33_448_222_000),
        ("31.452,6 triệu đồng", 31_452_600_000),
        ("6 nghìn tỉ đồng", 6_000 * BILLION),
        ("918,6 ngàn tỉ đồng", 918_600 * BILLION),
        ("3 trăm tỷ đồng", 300 * BILLION),
        ("1,12 triệu tỷ đồng", 1_120_000 * BILLION),
        ("2 chục triệu đồng", 20_000_000),
        ("1.234.567.890 đồng", 1_234_567_890),
        ("845.917.220.315 VNĐ", 845_917_220_315),
        ("250.000đ", 250_000),
        ("1.234.567₫", 1_234_567),
        ("50 VND", 50),
        ("12,345 đồng", 12_345),
        # mixed
        ("223 tỷ 550 triệu đồng", 223_550_000_000),
        ("104 tỷ 90 triệu đồng", 104_090_000_000),
        ("1 tỷ 234,5 triệu đồng", 1_234_500_000),
        ("3 tỷ 200 triệu 500 nghìn đồng", 3_200_500_000),
        ("12 tỷ 345.678.901 đồng", 12_345_678_901),
        ("1 tỷ 200", 1_200_000_000),
        ("2 tỷ rưỡi", 2_500_000_000),
        ("2 triệu rưỡi đồng", 2_500_000),
        ("hơn tỷ rưỡi đồng", 1_500_000_000),
        ("gần nghìn tỷ đồng", 1_000 * BILLION),
        # words
        ("sáu trăm năm mươi tỷ đồng", 650 * BILLION),
        ("bốn trăm hai mươi tỷ", 420 * BILLION),
        ("một nghìn tỷ đồng", 1_000 * BILLION),
        ("ba nghìn hai trăm bốn chín tỷ đồng", 3_249 * BILLION),
        ("hai trăm hai mươi ba tỷ năm trăm năm mươi triệu đồng", 223_550_000_000),
        ("năm tỷ đồng", 5 * BILLION),
        ("mười hai nghìn đồng", 12_000),
        # misprints
        ("8 Triệu dồng", 8_000_000),
        ("7.204 tiệu đồng", 7_204_000_000),
        ("12 tr đồng", 12_000_000),
        ("12 tr. đồng", 12_000_000),
        ("100 trđ", 100_000_000),
        ("1.905 triệu đ ồng", 1_905_000_000),
        ("15 tỷđồng", 15 * BILLION),
        ("15tỷ đồng", 15 * BILLION),
        ("15 ti đồng", 15 * BILLION),
        ("4.000 tì đồng", 4_000 * BILLION),
        ("562,5% nghìn tỉ đồng", 562_500 * BILLION),
        ("15 TỶ ĐỒNG", 15 * BILLION),
        # blanks as web pages print them
        ("3.456\u00a0tỷ\u00a0đồng", 3_456 * BILLION),
        ("3.456  tỷ  đồng", 3_456 * BILLION),
        ("3.4\u200b56 tỷ\u200b đồng", 3_456 * BILLION),
        ("1 .584 tỷ đồng", 1_584 * BILLION),
        ("22 ,87 tỷ đồng", 22_870_000_000),
        ("1 234 567 000 đồng", 1_234_567_000),
        # thousands and millions of billions in two steps
        ("17 nghìn 500 tỷ đồng", 17_500 * BILLION),
        ("1 triệu 620 nghìn tỷ đồng", 1_620_000 * BILLION),
    ],
)
def test_money(phrase: str, vnd: int) -> None:
    quantity = only(f"thu ngân sách {phrase}, tăng khá")
    assert (quantity.unit, quantity.value, quantity.doubts) == ("VND", vnd, ())
    assert isinstance(quantity.value, int)
    assert f"thu ngân sách {phrase}, tăng khá"[quantity.start : quantity.end] == phrase


@pytest.mark.parametrize(
    ("phrase", "unit", "value"),
    [
        ("84%", "PT", "84"),
        ("15 %", "PT", "15"),
        ("3,73%", "PT", "3.73"),
        ("37,0%", "PT", "37.0"),
        ("8 phần trăm", "PT", "8"),
        ("bảy mươi lăm phần trăm", "PT", "75"),
        ("ba phần tư", "PT", "75"),
        ("một nửa so với cùng kỳ", "PT", "50"),
        ("3/4 kế hoạch", "PT", "75"),
        ("9,47 điểm %", "PP", "9.47"),
        ("0,6 điểm phần trăm", "PP", "0.6"),
        ("4,9 tỷ USD", "USD", "4900000000"),
        ("148,2 triệu đô la Mỹ", "USD", "148200000"),
        ("$2,350.75", "USD", "2350.75"),
        ("gấp 2 lần", "TIMES", "2"),
        ("tăng hơn 4 lần", "TIMES", "4"),
        ("gấp 2,04 lần", "TIMES", "2.04"),
        ("gấp rưỡi", "TIMES", "1.5"),
        ("gấp đôi", "TIMES", "2"),
        ("gấp ba lần", "TIMES", "3"),
        ("(-5,2%)", "PT", "-5.2"),
        ("tăng −9,8%", "PT", "-9.8"),
    ],
)
def test_what_is_no_dong(phrase: str, unit: str, value: str) -> None:
    quantity = only(f"con số đạt {phrase}")
    assert (quantity.unit, quantity.value) == (unit, Decimal(value))


@pytest.mark.parametrize(
    ("phrase", "approx", "span"),
    [
        ("đạt 52,4 tỷ đồng", "exact", "52,4 tỷ đồng"),
        ("ước đạt gần 1.584 tỷ đồng", "below", "gần 1.584 tỷ đồng"),
        ("hơn 22,87 tỷ đồng", "at_least", "hơn 22,87 tỷ đồng"),
        ("bằng trên 79% dự toán", "at_least", "trên 79%"),
        ("dưới 40%", "below", "dưới 40%"),
        ("khoảng 292 nghìn tỷ đồng", "about", "khoảng 292 nghìn tỷ đồng"),
        ("ước khoảng 11.905 tỷ đồng", "about", "ước khoảng 11.905 tỷ đồng"),
        ("xấp xỉ 1.180 tỷ đồng", "about", "xấp xỉ 1.180 tỷ đồng"),
        ("chừng sáu trăm năm mươi tỷ, tức", "about", "chừng sáu trăm năm mươi tỷ"),
        ("gần trên 20.984 tỷ đồng", "about", "gần trên 20.984 tỷ đồng"),
        ("tối thiểu 90% vốn", "at_least", "tối thiểu 90%"),
        ("đã qua mốc 80%", "at_least", "qua mốc 80%"),
        ("chưa đầy 3 tỷ đồng", "below", "chưa đầy 3 tỷ đồng"),
        ("không quá 5%", "below", "không quá 5%"),
        ("từ 40% trở lên", "at_least", "40% trở lên"),
        ("từ 45% kế hoạch vốn trở lên", "at_least", "45%"),
        ("cao hơn 9,47 điểm %", "exact", "9,47 điểm %"),
        ("trên địa bàn 84%", "exact", "84%"),
        ("(hơn 3 tỷ đồng)", "at_least", "hơn 3 tỷ đồng"),
    ],
)
def test_words_of_approximation_belong_to_the_span(phrase: str, approx: str, span: str) -> None:
    quantity = only(phrase)
    assert (quantity.approx, phrase[quantity.start : quantity.end]) == (approx, span)


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("tăng 5-7%", 5, 7),
        ("tăng 5% - 7%", 5, 7),
        ("từ 5% đến 7%", 5, 7),
        ("từ 1.000 đến 2.000 tỷ đồng", 1_000 * BILLION, 2_000 * BILLION),
        ("từ 800 triệu đến 1,2 tỷ đồng", 800_000_000, 1_200_000_000),
        ("hỗ trợ 3 - 5 triệu đồng", 3_000_000, 5_000_000),
    ],
)
def test_a_range_is_one_quantity(phrase: str, low: int, high: int) -> None:
    quantity = only(phrase)
    assert (quantity.value, quantity.value_to) == (low, high)


@pytest.mark.parametrize(
    ("phrase", "values"),
    [
        ("giải ngân 39,3/19,3 tỷ đồng", [39_300_000_000, 19_300_000_000]),
        ("tăng từ 5 tỷ đồng đến 7 tỷ đồng", [5 * BILLION, 7 * BILLION]),
        ("từ 3.218 tỷ đồng hạ xuống 2.588 tỷ đồng", [3_218 * BILLION, 2_588 * BILLION]),
        ("lần lượt là 61,9%, 68% và 59,8%", [Decimal("61.9"), 68, Decimal("59.8")]),
        ("lần lượt đạt 10, 12,5 và 30 tỷ đồng", [10 * BILLION, 12_500_000_000, 30 * BILLION]),
        ("kế hoạch 246 tỷ đồng, giải ngân 70 tỷ đồng, đạt 28%", [246 * BILLION, 70 * BILLION, 28]),
        ("ngày 31/3 50 tỷ đồng", [50 * BILLION]),
        ("năm 2022 - 15 tỷ đồng", [15 * BILLION]),
        ("tháng 09/2022 đạt 5%", [5]),
    ],
)
def test_numbers_side_by_side(phrase: str, values: list[int | Decimal]) -> None:
    assert [quantity.value for quantity in find_quantities(phrase)] == values


@pytest.mark.parametrize(
    "phrase",
    [
        "ngày 31/3",
        "tháng 09/2022",
        "kế hoạch số 271/KH-UBND",
        "Đã truy cập: 4872271",
        "điện thoại 0912.345.678",
        "Nghị quyết 43/2022/QH15",
        "khoản 2 Điều 15 Luật số 83/2015/QH13",
        "7/14 xã về đích",
        "742 doanh nghiệp và 6.000 hộ",
        "1,2 triệu lượt khách",
        "32 nghìn ha",
        "3,3 tỷ m3 nước",
        "10 tỷ euro",
        "15 đồng chí",
        "12 đồng loạt nghỉ học",
        "năm 2018 đồng thời",
        "năm 2017 tỷ lệ hộ nghèo",
        "cả năm tỷ lệ này",
        "15 ti vi",
        "5 triệu chứng",
        "họp 2 lần",
        "61 đ",
        "hàng chục tỷ đồng",
        "Đơn vị tính: tỷ đồng",
        "hoạt động của công ty",
    ],
)
def test_what_is_no_quantity(phrase: str) -> None:
    assert find_quantities(phrase) == []


@pytest.mark.parametrize(
    ("phrase", "doubt"),
    [
        ("chi 8,2 tri đồng", "unit_unknown"),
        ("chi 10,5 đồng", "fraction_of_dong"),
        ("chi 12.34.567 tỷ đồng", "number_format"),
        ("chi hai ba tỷ đồng", "number_format"),
    ],
)
def test_what_cannot_be_read_has_no_value_and_a_doubt(phrase: str, doubt: str) -> None:
    quantity = only(phrase)
    assert (quantity.unit, quantity.value, quantity.doubts) == ("VND", None, (doubt,))


@pytest.mark.parametrize(
    ("phrase", "value", "other"),
    [
        ("chi 1042.800 tỉ đồng", 1_042_800 * BILLION, 1_042_800_000_000),
        ("đạt 36,5%, thu 255.00 tỷ đồng", 255 * BILLION, 255_000 * BILLION),
        ("thu 1.2345 tỷ đồng", 1_234_500_000, 12_345 * BILLION),
    ],
)
def test_a_misprinted_separator_is_doubted_and_both_readings_are_kept(phrase: str, value: int, other: int) -> None:
    quantity = find_quantities(phrase)[-1]
    assert (quantity.value, quantity.other_value, quantity.doubts) == (value, other, ("separator",))


def test_a_comma_before_noughts_is_doubted_and_both_readings_are_kept() -> None:
    _, quantity = find_quantities("năm trước 5.112 tỷ đồng, năm nay 5,500 tỷ đồng")
    assert (quantity.value, quantity.other_value) == (5_500 * BILLION, 5_500_000_000)
    assert quantity.doubts == ("separator",)


@pytest.mark.parametrize(
    ("phrase", "value", "other"),
    [
        ("đạt 1. 584 tỷ đồng", 1_584 * BILLION, 584 * BILLION),
        ("thu 22, 87 tỷ đồng", 22_870_000_000, 87 * BILLION),
        ("được 1\u00a0584 tỷ đồng", 1_584 * BILLION, 584 * BILLION),
        ("Gồm:\n1. 584 tỷ đồng cho đường", 584 * BILLION, None),
        ("tháng 5, 87 tỷ đồng", 87 * BILLION, None),
        ("quý 3 584 tỷ đồng", 584 * BILLION, None),
        ("đợt 2 350 tỷ đồng", 350 * BILLION, None),
        ("chi đầu tư phát triển 1 865 tỷ đồng", 1_865 * BILLION, 865 * BILLION),
        ("thu nội địa 375 500 tỷ đồng", 375_500 * BILLION, 500 * BILLION),
        ("Quận 3 412 tỷ đồng", 412 * BILLION, None),
        ("đạt 5 tỷ đồng năm 2021. 584 tỷ đồng", 584 * BILLION, None),
    ],
)
def test_a_number_torn_apart_is_whole_after_a_word_that_governs_it(phrase: str, value: int, other: int | None) -> None:
    quantity = find_quantities(phrase)[-1]
    assert (quantity.value, quantity.other_value) == (value, other)
    assert quantity.doubts == (("spaced_number",) if other else ())


def test_the_convention_of_the_text_reads_its_numbers() -> None:
    text = "Collected 36.5% of plan, 1,012.5 tỷ đồng; of which 5,512 tỷ đồng."
    assert [quantity.value for quantity in find_quantities(text)][1:] == [1_012_500_000_000, 5_512 * BILLION]


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("tỷ đồng", Unit("VND", BILLION)),
        ("Triệu đồng", Unit("VND", 10**6)),
        ("nghìn tỷ đồng", Unit("VND", 1000 * BILLION)),
        ("1.000 đồng", Unit("VND", 1000)),
        ("đồng", Unit("VND", 1)),
        ("tr.đ", Unit("VND", 10**6)),
        ("%", Unit("PT", 1)),
        ("triệu USD", Unit("USD", 10**6)),
        ("Sở Tài chính", None),
        ("lần", None),
        ("", None),
    ],
)
def test_the_unit_that_a_table_states(heading: str, unit: Unit | None) -> None:
    assert read_unit(heading) == unit


def test_a_unit_gives_a_bare_number_its_value() -> None:
    assert Unit("VND", BILLION).value(Decimal("58.736")) == 58_736_000_000
    assert Unit("VND", 1).value(Decimal("0.5")) is None
    assert Unit("PT", 1).value(Decimal("84.5")) == Decimal("84.5")


SCALES = [("đồng", 1), ("nghìn đồng", 10**3), ("triệu đồng", 10**6), ("tỷ đồng", 10**9), ("nghìn tỷ đồng", 10**12)]


@given(st.integers(100, 10**12), st.integers(0, 2), st.sampled_from(SCALES))
def test_any_amount_formatted_reads_back(whole: int, places: int, scale: tuple[str, int]) -> None:
    unit, factor = scale
    places = places if factor > 1 else 0
    digits = f"{whole:,}".replace(",", ".") + ("," + "25"[:places] if places else "")
    value = Decimal(digits.replace(".", "").replace(",", ".")) * factor
    assert only(f"đạt {digits} {unit} trong kỳ").value == value


@pytest.mark.parametrize(
    "text",
    [
        "thu gấp rưỡi cùng kỳ",
        "tăng gấp hơn 2 lần",
        "gấp ba lần",
        "đạt 1. 584 tỷ đồng",
        "mức (-5,2%)",
        "hơn tỷ rưỡi đồng",
        "đạt 223 tỷ 550 triệu đồng",
        "từ 5 đến 7%",
        "ước 17 nghìn 500 tỷ đồng",
        "được ba phần tư",
    ],
)
def test_the_words_of_a_quantity_read_again_as_the_same(text: str) -> None:
    quantity = only(text)
    again = only(text[quantity.start : quantity.end])
    assert (again.unit, again.value, again.value_to) == (quantity.unit, quantity.value, quantity.value_to)


@given(st.integers(1, 999), st.integers(1, 999))
def test_any_amount_in_billions_and_millions_reads_back(billions: int, millions: int) -> None:
    assert only(f"thu {billions} tỷ {millions} triệu đồng").value == billions * 10**9 + millions * 10**6


PIECES = [
    "1.584", "22,87", "5", " ", " tỷ", " triệu", " đồng", "%", "/", "-", " đến ", "từ ", "gần ", "hơn ", "một ",
    "trăm ", "tỷ ", "năm ", "gấp ", "lần", " phần tư", "$", "USD", "(", ")", ",", ".", "\n", "trở lên",
    "lần lượt ", " và ", "đ ồng",
]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_no_text_raises_and_spans_are_in_order_and_in_range(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start <= quantity.number_start < quantity.number_end <= quantity.end <= len(text)
        end = quantity.end
        assert quantity.value is not None or quantity.doubts
        assert quantity.unit != "VND" or quantity.value is None or isinstance(quantity.value, int)


REPEATED = [
    "7", "7.", "1.234.567 ", "tỷ ", "1 tỷ ", "5-", "(", "[(", "một ", "trăm năm ", "hơn ", "1/", "gấp ", "5% đến ",
    "10, ", "lần lượt ", "\u200b",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_time_grows_with_the_length_of_any_repetition(piece: str) -> None:
    assert_grows_linearly(find_quantities, piece, 10_000 // len(piece))


def test_ten_megabytes_of_digits_are_no_number() -> None:
    assert find_quantities("7" * 10_000_000 + " đồng") == []
