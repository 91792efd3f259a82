"""The words of the press, family by family: what each says of a number, and where the same word says nothing."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import pytest

from thuchi.extract import Extractor
from thuchi.model import LOCAL_ZONE, Article
from thuchi.vocabulary import vocabulary

LEAD = (
    "UBND huyện Đầm Hà, tỉnh Quảng Ninh họp đánh giá 9 tháng đầu năm 2023. Riêng tháng 8, thu ngân sách được 31 tỷ "
    "đồng, giải ngân vốn đầu tư công 17 tỷ đồng.\n"
)
MEASURES = {"amount": " tỷ", "pct_of_plan": "%", "pct_change_yoy": "% yoy"}


@cache
def extractor() -> Extractor:
    return Extractor(vocabulary())


def said(text: str) -> list[str]:
    """Indicator, value (tỷ đồng, % of plan, % yoy) and, unless it was executed, phase of the figures after the lead."""
    published = datetime(2023, 10, 5, tzinfo=LOCAL_ZONE)
    found = extractor().figures_of(Article("a", "test", None, None, published, LEAD + text))
    return [
        f"{figure.indicator} {float(figure.value or 0) / (10**9 if figure.measure == 'amount' else 1):g}"
        + MEASURES[figure.measure]
        + ("" if figure.phase == "executed" else f" {figure.phase}")
        for figure in found
        if figure.start >= len(LEAD)
    ]


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("nhích 5,9% so với cùng kỳ", 5.9),
        ("nhích nhẹ 0,9%", 0.9),
        ("nhỉnh hơn 3% so với cùng kỳ", 3),
        ("nhỉnh hơn cùng kỳ 3%", 3),
        ("trội hơn năm ngoái 3%", 3),
        ("hơn cùng kỳ 3%", 3),
        ("hơn năm ngoái tới 3%", 3),
        ("vượt cùng kỳ năm trước 3%", 3),
        ("nhảy vọt 41%", 41),
        ("bứt phá 41% so với cùng kỳ", 41),
        ("cao hơn cùng kỳ năm 2022 tới 17,2%", 17.2),
        ("gấp rưỡi cùng kỳ", 50),
        ("tăng gấp ba so với cùng kỳ", 200),
        ("tăng kỷ lục 41%", 41),
        ("tăng trưởng âm 5%", -5),
        ("giảm kỷ lục 36,4%", -36.4),
        ("giảm mất 36,4% so với cùng quãng thời gian năm trước", -36.4),
        ("chỉ bằng 95% con số của năm ngoái", -5),
        ("tụt 36,4%", -36.4),
        ("sụt mất 36,4%", -36.4),
        ("teo tóp 36,4%", -36.4),
        ("hao hụt 36,4% so với cùng kỳ", -36.4),
        ("hao đi 36,4%", -36.4),
        ("bốc hơi 36,4%", -36.4),
        ("lao dốc 36,4%", -36.4),
        ("thụt lùi 11,2% so với cùng kỳ", -11.2),
        ("đi lùi 11,2%", -11.2),
        ("hụt mất 11,2% so với cùng kỳ", -11.2),
        ("đuối hơn cùng kỳ 11,2%", -11.2),
        ("thua cùng kỳ 11,2%", -11.2),
    ],
)
def test_verbs_of_rising_and_falling(words: str, change: float) -> None:
    assert said(f"Thu ngân sách của huyện 640 tỷ đồng, {words}.") == ["revenue 640 tỷ", f"revenue {change:g}% yoy"]


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("hơn dự toán trung ương giao 1,4%", 101.4),
        ("hơn kế hoạch 1,4%", 101.4),
        ("nhỉnh hơn dự toán 1,4%", 101.4),
        ("dôi ra 6% so với dự toán", 106),
        ("hụt mất 8% so với dự toán", 92),
        ("mới được 23,6%", 23.6),
        ("bằng 81,4% con số được giao", 81.4),
        ("mới đi được 81,4% kế hoạch", 81.4),
        ("vừa qua ngưỡng 60%", 60),
        ("dừng ở mức 52%", 52),
        ("mới nhích lên 44,5% dự toán", 44.5),
        ("tụt xuống 44,5% dự toán", 44.5),
    ],
)
def test_words_of_reaching_and_missing_the_plan(words: str, percent: float) -> None:
    assert said(f"Thu ngân sách của huyện {words}.") == [f"revenue {percent:g}%"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Thu ngân sách của huyện dừng ở 640 tỷ đồng.", ["revenue 640 tỷ"]),
        ("Thu ngân sách của huyện tụt xuống còn 640 tỷ đồng.", ["revenue 640 tỷ"]),
        ("Thu ngân sách của huyện đã vọt lên 640 tỷ đồng.", ["revenue 640 tỷ"]),
        ("Thu ngân sách của huyện áng chừng 640 tỷ đồng.", ["revenue 640 tỷ"]),
        ("Nhiều khả năng cả năm thu ngân sách của huyện được 640 tỷ đồng.", ["revenue 640 tỷ estimated"]),
        ("Cả năm thu ngân sách của huyện có thể đạt 640 tỷ đồng.", ["revenue 640 tỷ estimated"]),
        ("Năm 2024 huyện được phân 48 tỷ đồng vốn đầu tư công.", ["public_investment 48 tỷ plan"]),
        ("Năm 2024 huyện được rót 48 tỷ đồng vốn đầu tư công.", ["public_investment 48 tỷ plan"]),
        ("Năm 2024 huyện đặt chỉ tiêu thu ngân sách 480 tỷ đồng.", ["revenue 480 tỷ target"]),
        # what is not spent yet is a remainder; a budget that pays is no source of capital
        ("Vốn đầu tư công giải ngân được 22 tỷ đồng, còn 40 tỷ đồng chưa tiêu.", ["public_investment 22 tỷ"]),
        ("Ngân sách huyện đã bỏ 86 tỷ đồng vào việc này.", []),
        # a sum by which it rose or fell is a difference; a rate that rose is no revenue
        ("Thu ngân sách của huyện tụt 64 tỷ đồng.", []),
        ("Thu ngân sách của huyện hơn cùng kỳ 64 tỷ đồng.", []),
        ("Huyện có thể thu thêm 64 tỷ đồng cho ngân sách.", []),
        ("Giá cam nhích 5,9% so với cùng kỳ, khách vơi hơn năm ngoái 8%.", []),
        ("Công ty thép của huyện bốc hơi 64 tỷ đồng vốn hóa, doanh thu tụt 36%.", []),
        ("Các phòng phải hoàn thành 100% nhiệm vụ được phân công.", []),
        ("Sau hơn 9 tháng, thu ngân sách của huyện được 640 tỷ đồng.", ["revenue 640 tỷ"]),
    ],
)
def test_levels_estimates_and_what_is_none(text: str, figures: list[str]) -> None:
    assert said(text) == figures


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("tiền cấp quyền khai thác khoáng sản", "revenue.item"),
        ("thu cấp quyền khai thác tài nguyên nước", "revenue.item"),
        ("thu cổ tức, lợi nhuận sau thuế", "revenue.item"),
        ("thu tiền phạt", "revenue.item"),
        ("thuế thu nhập", "revenue.item"),
        ("khối tư nhân", "revenue.item"),
        ("khu vực kinh tế tư nhân", "revenue.item"),
        ("khu vực hộ kinh doanh", "revenue.item"),
        ("tiền bán đất", "revenue.land"),
        ("tiền chuyển mục đích sử dụng đất", "revenue.land"),
        ("các khoản liên quan đến đất", "revenue.land"),
        ("riêng nguồn đất", "revenue.land"),
        ("khối hải quan", "revenue.trade"),
        ("hải quan góp", "revenue.trade"),
        ("thuế qua cửa khẩu", "revenue.trade"),
        ("từ nội địa", "revenue.domestic"),
        ("phần để lại cho huyện", "revenue.local"),
        ("tỉnh trợ cấp", "revenue.transfer"),
        ("các sắc thuế", "revenue.tax"),
        ("tiền thuế", "revenue.tax"),
    ],
)
def test_names_of_parts_of_the_revenue(part: str, code: str) -> None:
    whole = "revenue.local" if code == "revenue.transfer" else "revenue"  # what a district gets is its own budget's
    assert said(f"Thu ngân sách của huyện 640 tỷ đồng; trong đó {part} 22 tỷ đồng.") == [
        f"{whole} 640 tỷ",
        f"{code} 22 tỷ",
    ]


@pytest.mark.parametrize(
    "part",
    ["thu cổ tức, lợi nhuận sau thuế", "thu tiền phạt", "khối tư nhân", "tiền bán đất", "từ nội địa", "tiền thuế"],
)
def test_the_same_parts_of_a_company_are_none(part: str) -> None:
    assert said(f"Công ty than có doanh thu 640 tỷ đồng; trong đó {part} 22 tỷ đồng.") == []


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("chi tiền lương", "expenditure.item"),
        ("chi lương và phụ cấp", "expenditure.item"),
        ("chi bộ máy", "expenditure.item"),
        ("chi giáo dục, đào tạo", "expenditure.item"),
        ("quản lý hành chính", "expenditure.item"),
        ("phần thường xuyên", "expenditure.recurrent"),
    ],
)
def test_names_of_parts_of_the_expenditure(part: str, code: str) -> None:
    figures = ["expenditure 640 tỷ", f"{code} 22 tỷ"]
    assert said(f"Chi ngân sách của huyện 640 tỷ đồng; trong đó {part} 22 tỷ đồng.") == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Tổng chi tiêu ngân sách của huyện là 640 tỷ đồng.", ["expenditure 640 tỷ"]),
        ("Hải quan nộp về kho bạc 121 tỷ đồng.", ["revenue.trade 121 tỷ"]),
        ("Chi cục thuế huyện nộp vào kho bạc 121 tỷ đồng.", ["revenue 121 tỷ"]),
        ("Số thu của ngành thuế trong 9 tháng được 106 tỷ đồng.", ["revenue 106 tỷ"]),
        (
            "Tổng chi ngân sách huyện 90 tỷ đồng, trong đó dành 42 tỷ đồng cho đầu tư phát triển.",
            ["expenditure 90 tỷ", "expenditure.investment 42 tỷ"],
        ),
        ("Phương án ngân sách năm 2024 dự kiến thu ngân sách 480 tỷ đồng.", ["revenue 480 tỷ plan"]),
        ("Ngân sách huyện đã xuất 35 tỷ đồng dự phòng.", ["expenditure.item 35 tỷ"]),
        ("Ngân sách huyện tiêu hết 35 tỷ đồng cho chi thường xuyên.", ["expenditure.recurrent 35 tỷ"]),
        (
            "Ngân sách huyện rót 86 tỷ đồng cho đầu tư phát triển, 12 tỷ đồng cho chi thường xuyên.",
            ["expenditure.investment 86 tỷ", "expenditure.recurrent 12 tỷ"],
        ),
        ("Ngân hàng đã xuất 35 tỷ đồng dự phòng nợ xấu.", []),
        ("Huyện được bổ sung từ ngân sách cấp trên 22 tỷ đồng.", ["revenue.transfer 22 tỷ"]),
        ("Huyện huy động vào ngân sách 640 tỷ đồng.", ["revenue 640 tỷ"]),
        ("Vốn giảm nghèo của huyện giải ngân được 22 tỷ đồng.", ["public_investment.ntp 22 tỷ"]),
        ("Vốn viện trợ của huyện giải ngân được 22 tỷ đồng.", ["public_investment.item 22 tỷ"]),
        ("Vốn chương trình phục hồi kinh tế giải ngân được 22 tỷ đồng.", ["public_investment.item 22 tỷ"]),
        # what one payer owes or pays, what is seized, a share of the economy
        ("Công ty than nộp về kho bạc 121 tỷ đồng.", []),
        ("Hai giám đốc phải nộp về kho bạc 121 tỷ đồng để khắc phục hậu quả.", []),
        ("Hải quan thu giữ hàng lậu trị giá 121 tỷ đồng.", []),
        ("Tỷ lệ huy động vào ngân sách đạt 22%.", []),
        ("Gia đình ông Hải thu tiền bán đất được 22 tỷ đồng.", []),
    ],
)
def test_who_collects_and_what_capital_is_called(text: str, figures: list[str]) -> None:
    assert said(text) == figures
