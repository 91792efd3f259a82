"""The words of the press, family by family: what each says of a number, and where the same word says nothing."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import pytest

from thuchi.extract import Extractor
from thuchi.model import LOCAL_ZONE, Article
from thuchi.vocabulary import vocabulary

LEAD = "UBND huyện Đầm Hà, tỉnh Quảng Ninh họp đánh giá 9 tháng đầu năm 2023, bàn việc thu ngân sách và đầu tư công.\n"
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
