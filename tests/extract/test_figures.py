"""What sentences of reports mean: a phrase, and the figures that a careful reader takes from it.

Each phrase stands after the same lead, in an article of 5 October 2023 about nine months of one district.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache

import pytest

from thuchi.extract import Extractor
from thuchi.model import LOCAL_ZONE, Article, Figure
from thuchi.vocabulary import vocabulary

LEAD = "UBND huyện Đầm Hà, tỉnh Quảng Ninh họp phiên thường kỳ đánh giá tình hình 9 tháng đầu năm 2023.\n"
NINE = "2023-01-01..2023-09-30"
YEAR = "2023-01-01..2023-12-31"
NEXT = "2024-01-01..2024-12-31"


@cache
def extractor() -> Extractor:
    return Extractor(vocabulary())


def read(text: str, published: str | None = "2023-10-05", title: str | None = None) -> tuple[Figure, ...]:
    on = None if published is None else datetime.fromisoformat(published).replace(tzinfo=LOCAL_ZONE)
    return extractor().figures_of(Article("a", "test", None, title, on, text))


def said(figure: Figure) -> tuple[object, ...]:
    """Indicator, value (amounts in tỷ, percentages with what they are of), phase, period."""
    if figure.measure == "amount":
        value = f"{figure.value / 10**9:g} tỷ" if figure.value is not None else None
    else:
        kind = figure.basis if figure.measure == "pct_of_plan" else "yoy"
        value = f"{float(figure.value or 0):g}% {kind}"
    return figure.indicator, value, figure.phase, f"{figure.period_start}..{figure.period_end}"


PHRASES: dict[str, list[tuple[object, ...]]] = {
    "Giai đoạn 2016-2020, tổng thu ngân sách đạt 1.250 tỷ đồng. Cùng giai đoạn, tổng chi ngân sách là 4.380 tỷ đồng.": [
        ("revenue", "1250 tỷ", "executed", "2016-01-01..2020-12-31"),
        ("expenditure", "4380 tỷ", "executed", "2016-01-01..2020-12-31"),
    ],
    # -- a total, its percentage of plan, its change --------------------------------------------------
    "Tổng thu NSNN trên địa bàn ước đạt 1.250 tỷ đồng, đạt 105% KH tỉnh giao, tăng 12% so với cùng kỳ.": [
        ("revenue", "1250 tỷ", "estimated", NINE),
        ("revenue", "105% province", "estimated", NINE),
        ("revenue", "12% yoy", "estimated", NINE),
    ],
    "Thu ngân sách 9 tháng đạt 86 tỷ đồng, vượt 52,8% dự toán.": [
        ("revenue", "86 tỷ", "executed", NINE),
        ("revenue", "152.8% unspecified", "executed", NINE),
    ],
    "Thu ngân sách đạt và vượt 105% chỉ tiêu huyện giao.": [("revenue", "105% district", "executed", NINE)],
    "Thu ngân sách 9 tháng hụt 15% so với dự toán.": [("revenue", "85% unspecified", "executed", NINE)],
    "Thu tiền sử dụng đất chỉ bằng 57% so với cùng kỳ.": [("revenue.land", "-43% yoy", "executed", NINE)],
    "Thu ngân sách tăng gấp 1,5 lần so với cùng kỳ năm trước.": [("revenue", "50% yoy", "executed", NINE)],
    "Thu ngân sách đạt 254% dự toán cả Trung ương lẫn HĐND tỉnh giao.": [
        ("revenue", "254% central", "executed", NINE),
        ("revenue", "254% council", "executed", NINE),
    ],
    "Thu ngân sách đạt 61% kế hoạch tỉnh và kế hoạch huyện.": [
        ("revenue", "61% province", "executed", NINE),
        ("revenue", "61% district", "executed", NINE),
    ],
    "Giải ngân vốn đầu tư công đạt 512 tỷ đồng. So với kế hoạch Thủ tướng giao (840 tỷ đồng), tỷ lệ giải ngân đạt 61%; "
    "so với kế hoạch HĐND tỉnh giao (910 tỷ đồng), tỷ lệ giải ngân đạt 56,3% kế hoạch vốn.": [
        ("public_investment", "512 tỷ", "executed", NINE),
        ("public_investment", "840 tỷ", "plan", YEAR),
        ("public_investment", "61% central", "executed", NINE),
        ("public_investment", "910 tỷ", "plan", YEAR),
        ("public_investment", "56.3% council", "executed", NINE),
    ],
    "Chi thường xuyên 120 tỷ đồng, chiếm 43% dự toán.": [
        ("expenditure.recurrent", "120 tỷ", "executed", NINE),
        ("expenditure.recurrent", "43% unspecified", "executed", NINE),
    ],
    "So với cùng kỳ năm 2022, thu ngân sách tăng 12,5%, chi ngân sách giảm 3%.": [
        ("revenue", "12.5% yoy", "executed", NINE),
        ("expenditure", "-3% yoy", "executed", NINE),
    ],
    "Thu thuế, phí, lệ phí 210,5 tỷ đồng, đạt 85% dự toán, bằng 110,2% CK.": [
        ("revenue.tax", "210.5 tỷ", "executed", NINE),
        ("revenue.tax", "85% unspecified", "executed", NINE),
        ("revenue.tax", "10.2% yoy", "executed", NINE),
    ],
    "Đến 30/9, huyện thu ngân sách được hơn 345 tỷ đồng, đạt trên 78% dự toán; chi hơn 500 tỷ đồng, đạt gần 70%.": [
        ("revenue", "345 tỷ", "executed", NINE),
        ("revenue", "78% unspecified", "executed", NINE),
        ("expenditure", "500 tỷ", "executed", NINE),
        ("expenditure", "70% unspecified", "executed", NINE),
    ],
    "Về thu, chi ngân sách: Tổng thu 412,5 tỷ đồng, đạt 98,2%; tổng chi 350 tỷ đồng, đạt 70% dự toán.": [
        ("revenue", "412.5 tỷ", "executed", NINE),
        ("revenue", "98.2% unspecified", "executed", NINE),
        ("expenditure", "350 tỷ", "executed", NINE),
        ("expenditure", "70% unspecified", "executed", NINE),
    ],
    # -- executed over plan, and plans named beside what was reached ----------------------------------
    "Thu NS trên địa bàn: 412 tỷ/500 tỷ đồng, đạt 82,4% KH.": [
        ("revenue", "412 tỷ", "executed", NINE),
        ("revenue", "500 tỷ", "plan", YEAR),
        ("revenue", "82.4% unspecified", "executed", NINE),
    ],
    "Huyện đã giải ngân vốn đầu tư công được 120/250 tỷ đồng, đạt 48%.": [
        ("public_investment", "120 tỷ", "executed", NINE),
        ("public_investment", "250 tỷ", "plan", YEAR),
        ("public_investment", "48% unspecified", "executed", NINE),
    ],
    "Số thu từ đất đạt thấp, chỉ 45 tỷ đồng/200 tỷ đồng kế hoạch, bằng 22,5%.": [
        ("revenue.land", "45 tỷ", "executed", NINE),
        ("revenue.land", "200 tỷ", "plan", YEAR),
        ("revenue.land", "22.5% unspecified", "executed", NINE),
    ],
    "- Thu ngân sách: 412 tỷ đồng (KH: 500 tỷ đồng), đạt 82,4%.": [
        ("revenue", "412 tỷ", "executed", NINE),
        ("revenue", "500 tỷ", "plan", YEAR),
        ("revenue", "82.4% unspecified", "executed", NINE),
    ],
    "Thu ngân sách đạt 107 tỷ đồng, đạt 98,45% chỉ tiêu đặt ra là 109 tỷ đồng.": [
        ("revenue", "107 tỷ", "executed", NINE),
        ("revenue", "98.45% unspecified", "executed", NINE),
        ("revenue", "109 tỷ", "plan", YEAR),
    ],
    # -- breakdowns -----------------------------------------------------------------------------------
    "Thu ngân sách ước đạt 500 tỷ đồng, trong đó: thuế, phí 120 tỷ đồng (đạt 80% DT), tiền sử dụng đất 300 tỷ đồng.": [
        ("revenue", "500 tỷ", "estimated", NINE),
        ("revenue.tax", "120 tỷ", "estimated", NINE),
        ("revenue.tax", "80% unspecified", "estimated", NINE),
        ("revenue.land", "300 tỷ", "estimated", NINE),
    ],
    "Tổng chi ngân sách 560 tỷ đồng, bằng 103% so với cùng kỳ, trong đó chi đầu tư phát triển 200 tỷ đồng.": [
        ("expenditure", "560 tỷ", "executed", NINE),
        ("expenditure", "3% yoy", "executed", NINE),
        ("expenditure.investment", "200 tỷ", "executed", NINE),
    ],
    "Trong số 412 tỷ đồng thu ngân sách 9 tháng có 200 tỷ đồng tiền sử dụng đất.": [
        ("revenue", "412 tỷ", "executed", NINE),
        ("revenue.land", "200 tỷ", "executed", NINE),
    ],
    "Thu nội địa, thu từ dầu thô và thu xuất nhập khẩu lần lượt đạt 61,9%, 68% và 59,8% dự toán.": [
        ("revenue.domestic", "61.9% unspecified", "executed", NINE),
        ("revenue.item", "68% unspecified", "executed", NINE),
        ("revenue.trade", "59.8% unspecified", "executed", NINE),
    ],
    "Thu ngân sách huyện hưởng 9 tháng là 280 tỷ đồng.": [("revenue.local", "280 tỷ", "executed", NINE)],
    "Thu ngân sách do huyện quản lý đạt 162,8 tỷ đồng.": [("revenue.item", "162.8 tỷ", "executed", NINE)],
    "Chi cân đối ngân sách huyện 450 tỷ đồng; chi đầu tư XDCB 120 tỷ đồng; chi sự nghiệp giáo dục 180 tỷ đồng.": [
        ("expenditure", "450 tỷ", "executed", NINE),
        ("expenditure.investment", "120 tỷ", "executed", NINE),
        ("expenditure.item", "180 tỷ", "executed", NINE),
    ],
    "Vốn đầu tư công năm 2023 được giao 245 tỷ đồng, trong đó nguồn ngân sách tỉnh 120 tỷ đồng, xã hội hóa 25 tỷ.": [
        ("public_investment", "245 tỷ", "plan", YEAR),
        ("public_investment.item", "120 tỷ", "plan", YEAR),
    ],
    # -- periods --------------------------------------------------------------------------------------
    "Thu ngân sách tháng 9 ước 35 tỷ đồng, lũy kế 9 tháng 310 tỷ đồng, đạt 75% dự toán, bằng 108% so cùng kỳ.": [
        ("revenue", "35 tỷ", "estimated", "2023-09-01..2023-09-30"),
        ("revenue", "310 tỷ", "estimated", NINE),
        ("revenue", "75% unspecified", "estimated", NINE),
        ("revenue", "8% yoy", "estimated", NINE),
    ],
    "Trong tháng 9, tổng thu ngân sách đạt 45,6 tỷ đồng, tăng 5,6% so với tháng trước.": [
        ("revenue", "45.6 tỷ", "executed", "2023-09-01..2023-09-30"),
    ],
    "Chi ngân sách trong tháng 9 là 58,7 tỷ đồng, lũy kế chi hơn 271,2 tỷ đồng.": [
        ("expenditure", "58.7 tỷ", "executed", "2023-09-01..2023-09-30"),
        ("expenditure", "271.2 tỷ", "executed", NINE),
    ],
    "Thu ngân sách năm 2022 đạt 450 tỷ đồng, năm 2023 ước đạt 500 tỷ đồng.": [
        ("revenue", "450 tỷ", "executed", "2022-01-01..2022-12-31"),
        ("revenue", "500 tỷ", "estimated", YEAR),
    ],
    "Thu ngân sách 345 tỷ đồng (cùng kỳ năm 2022 là 310 tỷ đồng), tăng 11,3%.": [
        ("revenue", "345 tỷ", "executed", NINE),
        ("revenue", "310 tỷ", "executed", "2022-01-01..2022-09-30"),
        ("revenue", "11.3% yoy", "executed", NINE),
    ],
    "Đến 30/9, giải ngân vốn đầu tư công đạt 57%, cao hơn tỷ lệ 51,9% của cùng kỳ năm 2022.": [
        ("public_investment", "57% unspecified", "executed", NINE),
        ("public_investment", "51.9% unspecified", "executed", "2022-01-01..2022-09-30"),
    ],
    "Vốn đầu tư công giải ngân 180 tỷ đồng, bằng 52% kế hoạch; ước đến 31/1/2024 giải ngân 330 tỷ đồng, bằng 95%.": [
        ("public_investment", "180 tỷ", "executed", NINE),
        ("public_investment", "52% unspecified", "executed", NINE),
        ("public_investment", "330 tỷ", "estimated", "2023-01-01..2024-01-31"),
        ("public_investment", "95% unspecified", "estimated", "2023-01-01..2024-01-31"),
    ],
    # -- plans and goals ------------------------------------------------------------------------------
    "Năm 2024, tỉnh được Trung ương giao dự toán thu ngân sách 10.000 tỷ đồng; HĐND tỉnh giao 11.000 tỷ đồng.": [
        ("revenue", "10000 tỷ", "plan", NEXT),
        ("revenue", "11000 tỷ", "plan", NEXT),
    ],
    "Dự toán thu ngân sách năm 2024 là 520 tỷ đồng, tăng 8% so với ước thực hiện năm 2023.": [
        ("revenue", "520 tỷ", "plan", NEXT),
        ("revenue", "8% yoy", "plan", NEXT),
    ],
    "Mục tiêu năm 2024: thu ngân sách tăng 10% trở lên so với năm 2023; giải ngân vốn đầu tư công trên 95% kế hoạch.": [
        ("revenue", "10% yoy", "target", NEXT),
        ("public_investment", "95% unspecified", "target", NEXT),
    ],
    "Ước cả năm 2023, thu ngân sách đạt 480 tỷ đồng, vượt 20% dự toán.": [
        ("revenue", "480 tỷ", "estimated", YEAR),
        ("revenue", "120% unspecified", "estimated", YEAR),
    ],
    "Chủ tịch UBND huyện yêu cầu các đơn vị phấn đấu giải ngân vốn đầu tư công đạt ít nhất 95%.": [
        ("public_investment", "95% unspecified", "target", YEAR),
    ],
    # -- what is no figure ----------------------------------------------------------------------------
    "Bình quân mỗi ngày thu ngân sách 1,2 tỷ đồng.": [],
    "Thu ngân sách tăng 345 tỷ đồng so với dự toán.": [],
    "Huyện tiết kiệm 10% chi thường xuyên để chi cải cách tiền lương.": [],
    "Qua thanh tra, kiến nghị thu hồi nộp ngân sách nhà nước 2,1 tỷ đồng.": [],
    "Ngân hàng CSXH huyện giải ngân 45 tỷ đồng cho 850 hộ, đạt 98% kế hoạch; vốn đầu tư công còn chậm.": [],
    "Việc thu ngân sách nhà nước gặp khó; công ty nộp tiền thuê đất 3,2 tỷ đồng vào ngân sách.": [],
    "Xử phạt 120 trường hợp, thu ngân sách hơn 600 triệu đồng.": [],
    "Các dự án sử dụng vốn đầu tư công từ 10.000 tỷ đồng trở lên phải trình Quốc hội.": [],
    "Thu ngân sách được chú trọng; giá trị sản xuất đạt 3.450 tỷ đồng, tăng 12%; hộ nghèo còn 1,2%.": [],
    "Nhiều địa phương giải ngân vốn đầu tư công trên 65%.": [],
    "Thuế giá trị gia tăng giảm từ 10% xuống 8%, ảnh hưởng thu ngân sách.": [],
}


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_sentence_means(phrase: str) -> None:
    assert [said(figure) for figure in read(LEAD + phrase)] == PHRASES[phrase]


AREAS: dict[str, list[tuple[str, str | None]]] = {
    "Dẫn đầu về giải ngân vốn đầu tư công là huyện Tiên Yên (78,4%), Bình Liêu (71,2%); thấp nhất Hạ Long 36,1%.": [
        ("78.4", "huyện Tiên Yên"),
        ("71.2", "huyện Bình Liêu"),
        ("36.1", "thành phố Hạ Long"),
    ],
    "Giải ngân vốn đầu tư công đến 31/8 đạt 45,6%, cao hơn bình quân chung cả nước (39,6%).": [
        ("45.6", "huyện Đầm Hà"),
        ("39.6", "Việt Nam"),
    ],
    "Thu ngân sách của xã Đại Bình đạt 98% dự toán.": [("98", "xã Đại Bình")],
    "Thu ngân sách huyện đạt 98% dự toán, trong khi bình quân của tỉnh là 86,8%.": [
        ("98", "huyện Đầm Hà"),
        ("86.8", "tỉnh Quảng Ninh"),
    ],
}


@pytest.mark.parametrize("phrase", AREAS)
def test_a_figure_is_about(phrase: str) -> None:
    assert [(str(figure.value), figure.area) for figure in read(LEAD + phrase)] == AREAS[phrase]


def test_a_plan_announced_by_a_line_holds_for_the_list_below_it() -> None:
    text = (
        "HĐND huyện thông qua dự toán năm 2024:\n- Tổng thu ngân sách 520 tỷ đồng;\n- Tổng chi ngân sách 980 tỷ đồng."
    )
    assert [said(figure)[1:] for figure in read(LEAD + text)] == [("520 tỷ", "plan", NEXT), ("980 tỷ", "plan", NEXT)]


def test_a_heading_gives_its_period_and_phase_to_what_follows() -> None:
    text = "Dự toán năm 2024\n\nTổng thu ngân sách huyện trên địa bàn 520 tỷ đồng. Tổng chi ngân sách 980 tỷ đồng."
    assert {said(figure)[2:] for figure in read(LEAD + text)} == {("plan", NEXT)}


def test_uoc_governs_the_breakdown_that_follows_and_not_the_next_total() -> None:
    text = "Thu ngân sách ước 500 tỷ đồng. Trong đó, thu nội địa 400 tỷ đồng. Chi ngân sách huyện 300 tỷ đồng."
    assert [figure.phase for figure in read(LEAD + text)] == ["estimated", "estimated", "executed"]


def test_a_retracted_figure_is_left_out() -> None:
    text = (
        'Bản tin trước đã đưa sai số liệu, cụ thể viết "thu ngân sách đạt 1.260 tỷ đồng".\n'
        "Nay xin sửa lại: thu ngân sách trên địa bàn được 126 tỷ đồng."
    )
    assert [said(figure)[1] for figure in read(LEAD + text)] == ["126 tỷ"]


def test_a_headline_repeated_in_the_body_is_one_figure_with_what_the_body_says_of_it() -> None:
    title = "Đầm Hà: Thu ngân sách vượt 8,2% dự toán"
    [figure] = read(f"{title}\n{LEAD}Thu ngân sách đạt 108,2% dự toán tỉnh giao.", title=title)
    assert (figure.quote, figure.basis) == ("vượt 8,2% dự toán", "province")


def test_who_assigned_the_plan_may_stand_before_the_percentage() -> None:
    [_, percent] = read(LEAD + "Thu ngân sách đạt 402 tỷ đồng, vượt dự toán tỉnh giao 22%.")
    assert (percent.value, percent.basis) == (122, "province")


def test_a_headline_names_the_whole_in_short_where_the_body_says_which_part_it_is() -> None:
    title = "Đầm Hà: Thu ngân sách tăng 22%"
    body = f"{LEAD}Thu ngân sách do huyện quản lý được 81 tỷ đồng, tăng 22% so với cùng kỳ."
    change, amount = read(f"{title}\n{body}", title=title)
    assert (change.quote, change.indicator) == ("tăng 22%", "revenue.item")
    assert amount.indicator == "revenue.item"


def test_a_headline_and_two_plans_of_the_body_are_two_figures() -> None:
    title = "Đầm Hà: Thu ngân sách đạt 61% kế hoạch"
    figures = read(f"{title}\n{LEAD}Thu ngân sách đạt 61% kế hoạch tỉnh và kế hoạch huyện.", title=title)
    assert [figure.basis for figure in figures] == ["province", "district"]


def test_the_precise_figure_is_kept_of_a_rounded_headline() -> None:
    title = "Đầm Hà: Thu ngân sách hơn 340 tỷ đồng"
    [figure] = read(f"{title}\n{LEAD}Thu ngân sách trên địa bàn đạt 345,6 tỷ đồng.", title=title)
    assert figure.value == 345_600_000_000


TABLE = """Đơn vị tính: tỷ đồng

Chỉ tiêu | Dự toán năm | Ước 9 tháng | % so dự toán | % so cùng kỳ
Tổng thu NSNN trên địa bàn | 500 | 410,5 | 82,1 | 105,2
- Thu nội địa | 400 | 350 | 87,5 | 97,3
Dư nợ tín dụng | - | 1.250 | - | 109,2"""


def test_a_table_is_read_by_its_head() -> None:
    assert [said(figure) for figure in read(f"{LEAD}Kết quả thu ngân sách huyện như sau.\n{TABLE}")] == [
        ("revenue", "500 tỷ", "plan", YEAR),
        ("revenue", "410.5 tỷ", "estimated", NINE),
        ("revenue", "82.1% unspecified", "estimated", NINE),
        ("revenue", "5.2% yoy", "estimated", NINE),
        ("revenue.domestic", "400 tỷ", "plan", YEAR),
        ("revenue.domestic", "350 tỷ", "estimated", NINE),
        ("revenue.domestic", "87.5% unspecified", "estimated", NINE),
        ("revenue.domestic", "-2.7% yoy", "estimated", NINE),
    ]


def test_without_any_year_the_period_is_null_and_doubted() -> None:
    [figure] = read("UBND huyện Đầm Hà báo cáo: 9 tháng, thu ngân sách đạt 345 tỷ đồng.", published=None)
    assert (figure.period_start, figure.period_end) == (None, None)
    assert "no_year" in figure.doubts


def test_in_january_nine_months_are_last_years() -> None:
    [figure] = read("UBND huyện Đầm Hà: cả năm, thu ngân sách đạt 345 tỷ đồng.", published="2023-01-06")
    assert str(figure.period_end) == "2022-12-31"


def test_every_field_that_is_given_points_to_its_words_or_names_where_it_came_from() -> None:
    text = LEAD + "Thu ngân sách ước đạt 500 tỷ đồng, bằng 83% dự toán tỉnh giao."
    for figure in read(text):
        assert set(figure.evidence) >= {"indicator", "phase", "period", "area"}
        assert ("basis" in figure.evidence) == (figure.basis == "province")
        for evidence in figure.evidence.values():
            assert evidence.start is None or text[evidence.start : evidence.end].strip()
