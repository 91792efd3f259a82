"""What an article of one sentence says, and what it does not: nothing before it tells what the number is of."""

from __future__ import annotations

from datetime import datetime

import pytest
from undated import extractor

from thuchi.model import LOCAL_ZONE, Article

WRITTEN = datetime(2023, 10, 5, 8, tzinfo=LOCAL_ZONE)


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        # what comes into the budget may be named behind the sum
        ("Huyện Krông Pắc đã thu 1.100 tỷ đồng ngân sách.", [("revenue", "1100 tỷ", "executed")]),
        ("Thành phố Vinh thu 940 tỷ đồng ngân sách trong 9 tháng.", [("revenue", "940 tỷ", "executed")]),
        ("Công ty thu 90 tỷ đồng ngân sách quảng cáo.", []),
        ("Cơ quan điều tra thu hồi 50 tỷ đồng ngân sách.", []),
        # "vượt thu" goes past the plan; money that came in beyond it is a sum of its own, and no figure
        ("Thu ngân sách 9 tháng vượt thu 19%.", [("revenue", "119 %", "executed")]),
        ("Huyện dùng nguồn vượt thu ngân sách 30% để trả nợ.", []),
        ("Thưởng vượt thu ngân sách 30% cho các xã.", []),
        # a threshold that some have passed is no one's figure
        (
            "Có 3 huyện đạt trên 80% dự toán thu ngân sách là Đại Lộc (85%), Duy Xuyên (82%) và Nông Sơn (81%).",
            [("revenue", "85 %", "executed"), ("revenue", "82 %", "executed"), ("revenue", "81 %", "executed")],
        ),
        # a mark that is passed for the first time is what came in
        ("Thu ngân sách của Hải Phòng lần đầu vượt 70.000 tỷ đồng.", [("revenue", "70000 tỷ", "executed")]),
        # what falls short beside its plan was collected; a plan may fall short of a sum, too
        (
            "Huyện Đại Lộc được giao thu tiền sử dụng đất 300 tỷ đồng, thu chưa nổi 40 tỷ đồng.",
            [("revenue.land", "300 tỷ", "plan"), ("revenue.land", "40 tỷ", "executed")],
        ),
        ("Dự toán thu ngân sách của huyện chưa tới 40 tỷ đồng.", [("revenue", "40 tỷ", "plan")]),
        # "cân đối" is a kind of revenue between others, and what is given where no revenue is spoken of
        (
            "Thu nội địa năm 2023 ước 900 tỷ đồng, dầu thô 60 tỷ đồng, cân đối từ xuất nhập khẩu 120 tỷ đồng.",
            [
                ("revenue.domestic", "900 tỷ", "estimated"),
                ("revenue.item", "60 tỷ", "estimated"),
                ("revenue.trade", "120 tỷ", "estimated"),
            ],
        ),
        (
            "Thu nội địa đạt 900 tỷ đồng; trong đó khu vực ngoài nhà nước nộp 400 tỷ đồng.",
            [("revenue.domestic", "900 tỷ", "executed"), ("revenue.item", "400 tỷ", "executed")],
        ),
        ("Đầu tư của khu vực ngoài nhà nước đạt 400 tỷ đồng.", []),
        # fractions
        ("Thu ngân sách 9 tháng đạt hai phần ba dự toán.", [("revenue", "66.67 %", "executed")]),
        ("Giải ngân vốn đầu tư công chưa được một phần tư kế hoạch.", [("public_investment", "25 %", "executed")]),
        ("Một phần ba số dự án chậm giải ngân vốn đầu tư công.", []),
        # a forecast of a year that is not over, but not what a measure would bring
        ("Tổng thu ngân sách cả năm sẽ vào khoảng 9.200 tỷ đồng.", [("revenue", "9200 tỷ", "estimated")]),
        ("Chi ngân sách năm nay sẽ đạt 4.000 tỷ đồng.", [("expenditure", "4000 tỷ", "estimated")]),
        ("Với việc bỏ phí, thu ngân sách năm 2023 sẽ còn 900 tỷ đồng.", []),
        ("Việc thu phí sẽ giúp thu ngân sách năm 2024 đạt 900 tỷ đồng.", []),
        # the Prime Minister gives
        ("Thủ tướng giao Bộ Y tế 5.200 tỷ đồng vốn đầu tư công.", [("public_investment.item", "5200 tỷ", "plan")]),
        ("Bộ Y tế được Thủ tướng giao 610 tỷ đồng vốn đầu tư công.", [("public_investment.item", "610 tỷ", "plan")]),
        ("Giải ngân vốn đầu tư công vượt kế hoạch Thủ tướng giao 20 tỷ đồng.", []),
    ],
)
def test_one_sentence_says(sentence: str, figures: list[tuple[str, str, str]]) -> None:
    found = [
        (
            figure.indicator,
            f"{int(figure.value or 0) // 10**9} tỷ" if figure.measure == "amount" else f"{figure.value} %",
            figure.phase,
        )
        for figure in extractor().figures_of(Article("a", "s", None, None, WRITTEN, sentence))
    ]
    assert found == figures


def test_less_than_a_fraction_is_below_it() -> None:
    text = "Thu ngân sách 9 tháng chưa được một phần ba dự toán, giải ngân vốn đầu tư công chưa được 30% kế hoạch."
    figures = extractor().figures_of(Article("a", "s", None, None, WRITTEN, text))
    assert [figure.approx for figure in figures] == ["below", "below"]
