"""The national press: articles without a date, one sentence a paragraph, and figures beside much else."""

from __future__ import annotations

import pytest
from undated import said

NINE = "2021-01-01..2021-09-30"
YEAR = "2021-01-01..2021-12-31"


@pytest.mark.parametrize(
    ("paragraphs", "figures"),
    [
        # a figure takes the year that governs it, and no other that is named
        (
            ["Cả nước 9 tháng đầu năm thu ngân sách nhà nước 840 tỷ đồng, tăng 8% so với cùng kỳ năm 2020."],
            [("revenue", 840, "executed", NINE), ("revenue", 8, "executed", NINE)],
        ),
        (
            [
                "Chủ tịch tỉnh Gia Lai cho biết, năm 2021, kinh tế của tỉnh tăng 9%.",
                "Thu ngân sách 4.400 tỷ đồng.",
            ],
            [("revenue", 4400, "executed", YEAR)],
        ),
        (
            ["Năm 2021, tăng trưởng của Việt Nam hơn mức 6% (năm 2020 là 2,9%), thu ngân sách 1.500 tỷ đồng."],
            [("revenue", 1500, "executed", YEAR)],
        ),
        (["Cả nước 6 tháng đầu năm thu ngân sách 800 tỷ đồng."], [("revenue", 800, "executed", "None..None")]),
        (
            [
                "Từ năm 2015, kho bạc tỉnh Gia Lai đã làm việc trên mạng.",
                "Đến ngày 31/5/2021, tỉnh Gia Lai giải ngân vốn đầu tư xây dựng cơ bản 84 tỷ đồng.",
                "Chi thường xuyên ước đạt 300 tỷ đồng.",
            ],
            [
                ("public_investment", 84, "executed", "2021-01-01..2021-05-31"),
                ("expenditure.recurrent", 300, "estimated", "2021-01-01..2021-05-31"),
            ],
        ),
        # a budget that is drafted is a plan throughout
        (
            [
                "Dự toán ngân sách 2022 sẽ thu 1.411 nghìn tỷ đồng",
                "Theo Bộ Tài chính, số thu năm 2022 tăng 92 nghìn tỷ đồng so với năm nay.",
                "Bộ Tài chính dự kiến tổng chi cân đối ngân sách nhà nước năm sau là 1.633 nghìn tỷ đồng.",
            ],
            [
                ("revenue", 1411000, "plan", "2022-01-01..2022-12-31"),
                ("expenditure", 1633000, "plan", "2022-01-01..2022-12-31"),
            ],
        ),
        # the budget itself collects and spends
        (
            ["Trong 9 tháng đầu năm 2021, ngân sách đã thu được 843 nghìn tỷ đồng."],
            [("revenue", 843000, "executed", NINE)],
        ),
        (
            ["Trong 9 tháng đầu năm 2021, ngân sách cũng phải chi tổng cộng 30 nghìn tỷ đồng để trả nợ lãi."],
            [("expenditure.item", 30000, "executed", NINE)],
        ),
        # amounts and changes before what they are said of
        (
            ["Thu ngân sách cả nước 9 tháng năm 2021: 91 tỷ đồng thu từ nhà, đất, cùng 22 tỷ đồng thu từ xổ số."],
            [("revenue.land", 91, "executed", NINE), ("revenue.item", 22, "executed", NINE)],
        ),
        (
            ["9 tháng đầu năm 2021, tổng chi ngân sách 315 tỷ đồng.", "Tuy nhiên, mới chỉ đạt 19% dự toán."],
            [("expenditure", 315, "executed", NINE), ("expenditure", 19, "executed", NINE)],
        ),
        # who collects, who invests
        (
            ["Năm 2021, thu ngân sách của Cục Hải quan tỉnh Gia Lai đạt 107 tỷ đồng."],
            [("revenue.trade", 107, "executed", YEAR)],
        ),
        (
            ["Năm 2021, cả nước giải ngân vốn đầu tư công thấp, nhất là Hội Nông dân (4%), Bộ Tư pháp (5,1%)."],
            [
                ("public_investment.item", 4, "executed", YEAR),
                ("public_investment.item", 5.1, "executed", YEAR),
            ],
        ),
        (
            [
                "Giải ngân vốn đầu tư công của Bộ Y tế còn chậm.",
                "Năm 2021, Bộ Y tế phải giải ngân 90 tỷ đồng, nhưng mới thực hiện được 17% kế hoạch.",
            ],
            [
                ("public_investment.item", 90, "target", YEAR),
                ("public_investment.item", 17, "executed", YEAR),
            ],
        ),
        # months of last year stand beside those that are reported, and date nothing after them
        (
            [
                "9 tháng năm 2021, thu ngân sách được báo cáo tại cuộc họp.",
                "Trong khi 9 tháng năm trước, thu ngân sách chỉ có 81 tỷ đồng.",
                "Tổng chi ngân sách 75 tỷ đồng.",
            ],
            [
                ("revenue", 81, "executed", "2020-01-01..2020-09-30"),
                ("expenditure", 75, "executed", NINE),
            ],
        ),
        # an estimate of the whole year dates itself, an amount after it or not
        (
            [
                "Năm 2021, thu ngân sách tính đến 30/9 đạt 52 tỷ đồng.",
                "Tổng chi ngân sách xã ước cả năm 61 tỷ đồng, gồm chi thường xuyên 48 tỷ đồng.",
            ],
            [
                ("revenue", 52, "executed", NINE),
                ("expenditure", 61, "estimated", YEAR),
                ("expenditure.recurrent", 48, "estimated", YEAR),
            ],
        ),
        # a table of places is on what the line before it announces, not on what was spoken of last
        (
            [
                "9 tháng đầu năm 2021, thu nội địa tỉnh Gia Lai đạt 52 tỷ đồng.",
                "Tình hình thu của một số huyện như sau:",
                "ĐVT: tỷ đồng",
                "TT\tĐơn vị\tDự toán 2021",
                "1\tHuyện Chư Păh\t12",
            ],
            [("revenue.domestic", 52, "executed", NINE), ("revenue", 12, "plan", YEAR)],
        ),
        # what is brought into the budget, and the domestic part of it
        (
            ["9 tháng đầu năm 2021, các xã gom về cho ngân sách 23 tỷ đồng; phần nội địa đạt 20 tỷ đồng."],
            [("revenue", 23, "executed", NINE), ("revenue.domestic", 20, "executed", NINE)],
        ),
        # after the programmes as a part, disbursement is again of the whole
        (
            [
                "Tổng kế hoạch vốn đầu tư công năm 2021 là 90 tỷ đồng; 9 tháng giải ngân 45 tỷ đồng.",
                "Vốn các chương trình mục tiêu quốc gia mới giải ngân 9 tỷ đồng.",
                "Xét theo từng đơn vị, huyện Chư Păh đã giải ngân 41% số vốn giao.",
            ],
            [
                ("public_investment", 90, "plan", YEAR),
                ("public_investment", 45, "executed", NINE),
                ("public_investment.ntp", 9, "executed", NINE),
                ("public_investment", 41, "executed", NINE),
            ],
        ),
        # what was surpassed is no plan, what is still to come in no figure
        (
            ["Năm 2021, thu ngân sách tỉnh Gia Lai vượt dự toán, lên tới 380 tỷ đồng."],
            [("revenue", 380, "executed", YEAR)],
        ),
        (["Nếu thông quan lô xe này, ngân sách nhà nước sẽ thu được 250 tỷ đồng."], []),
        (["Tăng thuế, ngân sách nhà nước thu thêm 31 nghìn tỷ đồng."], []),
        (["Giải ngân vốn dự án metro chậm, phần giải ngân vốn ODA mới đạt 13 tỷ đồng (33% tổng vốn)."], []),
        (["Ngân sách bố trí vốn đầu tư công năm 2021 chỉ đáp ứng 21,7% nhu cầu."], []),
        (["Thu ngân sách: quý 1-2021, Công ty Hải Hà có số thuế GTGT phải nộp 310 triệu đồng."], []),
        # the years of a medium-term plan govern the capital that is placed after them, until a year is named
        (
            [
                "Quốc hội đã xem xét kế hoạch đầu tư công trung hạn giai đoạn 2016-2020.",
                "Ngành giáo dục được phân bổ 7.400 tỷ đồng vốn đầu tư công.",
                "Năm 2018, Bộ Y tế được giao 900 tỷ đồng.",
            ],
            [
                ("public_investment.item", 7400, "plan", "2016-01-01..2020-12-31"),
                ("public_investment.item", 900, "plan", "2018-01-01..2018-12-31"),
            ],
        ),
        (
            ["Kế hoạch đầu tư công trung hạn bố trí cho Bộ Y tế là 8.000 tỷ đồng.", "Năm 2018, bệnh viện xây xong."],
            [("public_investment.item", 8000, "plan", "2016-01-01..2020-12-31")],
        ),
        # where nothing but foreign loans is spoken of, what is disbursed is theirs
        (
            [
                "Kế hoạch vốn ODA năm 2018 được Quốc hội giao là 60.000 tỷ đồng.",
                "Đến hết tháng 9, các bộ, ngành và địa phương mới giải ngân được 19.000 tỷ đồng, bằng 32% kế hoạch.",
            ],
            [
                ("public_investment.item", 60000, "plan", "2018-01-01..2018-12-31"),
                ("public_investment.item", 19000, "executed", "2018-01-01..2018-09-30"),
                ("public_investment.item", 32, "executed", "2018-01-01..2018-09-30"),
            ],
        ),
        # the capital of a commune beside what it spends
        (
            [
                "Năm 2021, tổng chi ngân sách xã 103 tỷ đồng.",
                "Tổng kế hoạch vốn giao xã là 27 tỷ đồng, đã giải ngân 13 tỷ đồng.",
            ],
            [
                ("expenditure", 103, "executed", YEAR),
                ("public_investment", 27, "plan", YEAR),
                ("public_investment", 13, "executed", YEAR),
            ],
        ),
        # "the past year" is the one that was told of as a whole, or the one before a year that lies ahead
        (
            ["Năm 2021, Gia Lai đón 900 nghìn lượt khách.", "Nhờ vậy, năm vừa qua tỉnh thu ngân sách 4.400 tỷ đồng."],
            [("revenue", 4400, "executed", YEAR)],
        ),
        (
            ["Ở Thủ đô, vốn đầu tư công trung hạn bố trí cho Bộ Y tế là 8.000 tỷ đồng."],
            [("public_investment.item", 8000, "plan", "None..None")],
        ),
        # a sum, against which what was paid of it stands, is the plan
        (
            ["Năm 2018, ngân sách đầu tư công của Sở Y tế là 450 tỷ đồng, nhưng đến hết tháng 10 mới giải ngân 58%."],
            [
                ("public_investment.item", 450, "plan", "2018-01-01..2018-12-31"),
                ("public_investment.item", 58, "executed", "2018-01-01..2018-10-31"),
            ],
        ),
        (
            [
                "Vốn đầu tư công năm 2018 của tỉnh Gia Lai là 3.000 tỷ đồng.",
                "Đến hết tháng 10, tỉnh đã giải ngân 1.250 tỷ đồng trong tổng số 3.000 tỷ đồng.",
            ],
            [
                ("public_investment", 3000, "plan", "2018-01-01..2018-12-31"),
                ("public_investment", 1250, "executed", "2018-01-01..2018-10-31"),
            ],
        ),
        (
            [
                "Tính đến 31/7/2020, vốn đầu tư công cả nước giải ngân 200.000 tỷ đồng.",
                "Bộ Quốc phòng đã tiêu 61,4% số vốn được giao, Bộ Công an 58,8%.",
                "Ở khối địa phương, dẫn đầu là Vĩnh Long với 74,8%, Bến Tre 71,3%.",
            ],
            [
                ("public_investment", 200000, "executed", "2020-01-01..2020-07-31"),
                ("public_investment.item", 61.4, "executed", "2020-01-01..2020-07-31"),
                ("public_investment.item", 58.8, "executed", "2020-01-01..2020-07-31"),
                ("public_investment", 74.8, "executed", "2020-01-01..2020-07-31"),
                ("public_investment", 71.3, "executed", "2020-01-01..2020-07-31"),
            ],
        ),
    ],
)
def test_what_an_undated_article_says(paragraphs: list[str], figures: list[tuple[object, ...]]) -> None:
    assert said(*paragraphs) == figures
