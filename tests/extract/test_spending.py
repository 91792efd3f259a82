"""Budget money for one purpose, as the national press tells it, and the sums beside it that are none."""

from __future__ import annotations

import pytest
from undated import said

LEAD = "Tỉnh Gia Lai họp về ngân sách, báo cáo rằng thu nội địa 500 tỷ đồng."
YEAR = "2021-01-01..2021-12-31"


def items(*paragraphs: str) -> list[tuple[object, ...]]:
    """Value in tỷ, phase and period of what an article on a province's budget says is spent on one purpose."""
    found = said(LEAD, *paragraphs)
    assert {code for code, *_ in found[1:]} <= {"expenditure.item"}
    return [rest for _, *rest in found[1:]]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # who pays, how much, for what
        ("Ngân sách thành phố chi 420 tỷ đồng cho hoạt động trợ giá xe điện năm 2021.", [(420, "executed", YEAR)]),
        ("Năm 2021, ngân sách tỉnh đã phải bỏ ra 36 tỷ đồng để mua vắc xin.", [(36, "executed", YEAR)]),
        ("Năm 2021, ngân sách các cấp ở Gia Lai bỏ ra 36 tỷ đồng cho việc dập dịch.", [(36, "executed", YEAR)]),
        ("Năm 2021, tỉnh Gia Lai chi ngân sách 7 tỷ đồng đưa 90 bác sĩ đi học.", [(7, "executed", YEAR)]),
        ("Năm 2021, tỉnh Gia Lai đã chi hỗ trợ 52 tỷ đồng cho hộ nuôi bò bị dịch.", [(52, "executed", YEAR)]),
        ("Năm 2021, tỉnh Gia Lai đã chi 24 tỷ đồng từ ngân sách hỗ trợ người trồng tiêu.", [(24, "executed", YEAR)]),
        ("Cuối năm 2021, TP đã phê duyệt bổ sung 48 tỷ đồng trợ giá vé xe.", [(48, "plan", YEAR)]),
        ("Năm 2021, tỉnh Gia Lai sắp chi 310 tỷ đồng để tăng lương cho giáo viên.", [(310, "plan", YEAR)]),
        ("Năm 2021, Bộ Y tế chi ngân sách 5,8 nghìn tỷ đồng.", [(5800, "executed", YEAR)]),
        # money, what it is for, when, how much
        ("Kinh phí dành cho các hội đoàn năm 2021 là 90 tỷ đồng.", [(90, "executed", YEAR)]),
        ("Chi phí duy tu cống rãnh năm 2021 là 33 tỷ đồng.", [(33, "executed", YEAR)]),
        (
            "Tổng chi cho các nhiệm vụ giữ rừng giai đoạn 2016-2020 là 640 tỷ đồng.",
            [(640, "executed", "2016-01-01..2020-12-31")],
        ),
        ("Ngân sách chi cho dạy nghề năm 2021 khoảng 71 tỷ đồng.", [(71, "executed", YEAR)]),
        # the subject goes on through years and parts
        (
            "Số tiền chi cho phần mềm dùng chung năm 2019 là 12 tỷ đồng; năm 2020 là hơn 15 tỷ; năm 2021 gần 20 tỷ.",
            [
                (12, "executed", "2019-01-01..2019-12-31"),
                (15, "executed", "2020-01-01..2020-12-31"),
                (20, "executed", YEAR),
            ],
        ),
        (
            "Trạm bơm nằm trên tuyến kênh mới. Mỗi năm ngân sách chi hơn 40 tỷ đồng để bù giá nước, riêng năm 2021 "
            "là 55 tỷ đồng.",
            [(55, "executed", YEAR)],
        ),
        (
            "Tổng dự toán chi cho thu nhập tăng thêm trong năm 2021 là 320 tỷ đồng, trong đó khối quận huyện 200 tỷ "
            "đồng, khối hành chính sự nghiệp 120 tỷ đồng.",
            [(320, "plan", YEAR), (200, "plan", YEAR), (120, "plan", YEAR)],
        ),
        # who is given how much of the budget
        ("Theo dự toán ngân sách 2021, viện được cấp 160 tỷ đồng.", [(160, "plan", YEAR)]),
        ("Năm 2021, Sở Giao thông được giao 90 tỷ đồng để trợ giá vé.", [(90, "plan", YEAR)]),
    ],
)
def test_budget_money_for_one_purpose(text: str, figures: list[tuple[object, ...]]) -> None:
    assert [tuple(figure) for figure in items(text)] == figures


def test_spending_of_a_kind_that_has_a_code_takes_it() -> None:
    text = "Năm 2021, ngân sách rót 862 tỷ đồng cho chi thường xuyên."
    assert said(LEAD, text)[1:] == [("expenditure.recurrent", 862, "executed", YEAR)]


def test_a_plan_of_spending_is_of_the_budget_and_its_next_year_goes_on() -> None:
    text = [
        "Năm 2021, tổng dự toán chi cho việc tiêm chủng là 31 tỷ đồng.",
        "Con số này cho năm 2022 ước tính 45 tỷ đồng.",
    ]
    assert said(*text) == [
        ("expenditure.item", 31, "plan", YEAR),
        ("expenditure.item", 45, "estimated", "2022-01-01..2022-12-31"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # one works project
        "Năm 2021, ngân sách tỉnh chi 473 tỷ đồng để sửa chữa mặt đường.",
        "Năm 2021, thành phố chi 281 tỷ đồng xây cầu vượt.",
        "Năm 2021, tỉnh Gia Lai đã chi 30 tỷ đồng để làm kè chống sạt lở.",
        "Năm 2021, ngân sách thành phố đã chi 110 tỷ đồng để đền bù cho 500 hộ dân.",
        "Tổng kinh phí cho dự án thoát nước năm 2021 là 60 tỷ đồng.",
        # presents and feasts, loans, money of others
        "Năm 2021, tỉnh Gia Lai chi 18 tỷ đồng mua quà cho hộ nghèo.",
        "Năm 2021, Liên đoàn Lao động tỉnh dành 30 tỷ đồng hỗ trợ công nhân về quê.",
        "Năm 2021, các cấp công đoàn tại tỉnh Gia Lai chi 13 tỷ đồng để hỗ trợ công nhân.",
        "Năm 2021, công ty chi 30 tỷ đồng để đào tạo thợ.",
        "Chi phí cho quảng cáo của công ty năm 2021 là 44 tỷ đồng.",
        "Năm 2021, ngân sách tỉnh dành 50 tỷ đồng cho hộ nghèo vay.",
        # asked for, supposed, yearly without a year, of one person
        "Năm 2021, Sở Giao thông kiến nghị bổ sung 330 tỷ đồng để trợ giá xe buýt.",
        "Tỉnh Gia Lai muốn chi 25 tỷ đồng mỗi năm để giữ chân giáo viên.",
        "Hằng năm ngân sách tỉnh phải chi 9 tỷ đồng để trợ giá.",
        "Nếu đề án được thông qua, ngân sách tỉnh sẽ chi 72 tỷ đồng để tăng lương.",
        "Năm 2021, kinh phí hỗ trợ cho mỗi hộ là 30 triệu đồng.",
        # no purpose, or a source only
        "Năm 2021, đoàn công tác chi 30 tỷ đồng.",
        "Ngân hàng Chính sách xã hội được giao 500 tỷ đồng cho vay nhà ở.",
    ],
)
def test_sums_that_are_no_part_of_a_budget(text: str) -> None:
    assert items(text) == []


def test_money_is_anyones_where_the_article_speaks_of_no_budget() -> None:
    assert said("Năm 2021, thu nội địa 90 tỷ đồng.", "Kinh phí dành cho các hội năm 2021 là 14 tỷ đồng.") == [
        ("revenue.domestic", 90, "executed", YEAR)
    ]


def test_money_is_of_the_capital_where_the_article_speaks_of_that() -> None:
    lead = "Năm 2021, ngân sách tỉnh Gia Lai có kế hoạch vốn đầu tư công là 400 tỷ đồng."
    assert said(lead, "Số tiền dành cho y tế năm 2021 là 90 tỷ đồng.") == [("public_investment", 400, "plan", YEAR)]
