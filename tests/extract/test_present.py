"""When an article was written, where it has no date: told by what it says is over, planned or still to come."""

from __future__ import annotations

import pytest

from thuchi.extract.lexicon import folded
from thuchi.extract.periods import find_periods
from thuchi.extract.present import time_of_writing


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Thu ngân sách tăng 7% so với cùng kỳ năm 2020.", 2021),
        ("Đến hết tháng 9-2021, cả nước giải ngân được một nửa kế hoạch vốn năm 2021.", 2021),
        ("Quốc hội phê chuẩn quyết toán ngân sách năm 2019.", 2020),
        ("Dự toán thu năm 2022 là 900 tỷ đồng. Năm 2021, thu ngân sách đạt 850 tỷ đồng.", 2021),
        ("Sáng 9-12, HĐND huyện họp. Năm 2021 huyện thu 90 tỷ đồng. Kế hoạch năm 2022 là 95 tỷ đồng.", 2021),
        ("Số thu năm 2022 là 900 tỷ đồng, tăng 40 tỷ so với năm nay.", 2021),
        ("Thu ngân sách năm 2021 đạt 90 tỷ đồng. Đường vành đai xong vào năm 2025.", 2021),
        ("Chuẩn bị Tết Tân Sửu năm 2021, tỉnh báo cáo thu ngân sách năm 2020 đạt 90 tỷ đồng.", 2020),
        ("Từ ngày 1-1-2022, thành phố sẽ thu phí. Năm 2021, thành phố thu 80 tỷ đồng.", 2021),
        (
            "Sáng 29-12, Chính phủ họp bàn nhiệm vụ năm 2020. Năm 2019, kinh tế cả nước khởi sắc. Đến 15-12 thu vượt.",
            2019,
        ),
        (
            "Chiều 8-1, tỉnh báo cáo: trong năm 2020, kinh tế phục hồi; thu ngân sách năm qua đạt 50 nghìn tỷ đồng.",
            2021,
        ),
        ("Ngày 5/1, Kho bạc tổng kết công tác năm 2020, triển khai nhiệm vụ năm 2021.", 2021),
        (
            "Sáng 24-12, huyện tổng kết năm 2019. Thu tăng 15% so với năm 2018. Năm 2020, huyện đề ra 18 chỉ tiêu.",
            2019,
        ),
        (
            "Họp chiều 23/12. Đến 30/1/2021 mới hết hạn thanh toán vốn kế hoạch năm 2020. Hết tháng 11 giải ngân 70%.",
            2020,
        ),
        (
            "Ngày 17-10, Thành ủy họp. Chương trình kiểm tra năm 2021 đúng tiến độ. 9 tháng thu tăng 15% so cùng kỳ.",
            2021,
        ),
        (
            "Số thu năm 2022 cao hơn năm nay 40 tỷ đồng. So với dự toán năm nay, dự toán chi năm 2022 tăng 20 tỷ đồng.",
            2021,
        ),
        ("Tổng cục Thuế yêu cầu các địa phương xây dựng dự toán thu ngân sách năm 2022 sát thực tế.", 2021),
        ('Đến ngày 10/12, huyện giải ngân 86% kế hoạch. Năm 2022, huyện xác định chủ đề "kỷ cương".', 2021),
        (
            "HĐND xã họp ngày 18/12. Năm 2021 thu ngân sách ước đạt 158 tỷ đồng. Quyết nghị năm 2022: thu 145 tỷ đồng.",
            2021,
        ),
        ("Giữa năm 2021, ngành thuế đã chuẩn bị cho dự toán ngân sách 2022.", 2021),
        ("Tăng trưởng năm 2020 đạt 15%, quý I năm 2021 đạt 24%; tổng thu ngân sách năm 2020 đạt 23.500 tỷ đồng.", 2021),
        ("Kho bạc khóa sổ ngày 31-12, chuẩn bị quyết toán ngân sách nhà nước 2021.", 2021),
        ("Thu ngân sách 10 tháng tăng 5% so với 10 tháng năm 2020; cao hơn 7% so dự toán 2021.", 2021),
        (
            "Từ năm 2010 tỉnh có 40 dự án. Phấn đấu đến 31/1/2022 giải ngân 95%. Kế hoạch năm 2021 là 90 tỷ đồng.",
            2021,
        ),
        ("Quý I/2021, tỉnh thu 900 tỷ đồng, trong khi năm 2015 chỉ thu 400 tỷ đồng, năm 2018 thu 700 tỷ đồng.", 2021),
        ("Đến năm 2025, tỉnh phấn đấu thu 900 tỷ đồng; đến năm 2030 thu 1.500 tỷ đồng.", None),
        ("Từ ngày 1-1-2022, thành phố sẽ thu phí qua ứng dụng.", None),
        ("Năm 2019 giải ngân 81%, năm 2020 được 54%. Riêng năm nay, đến tháng 4 chỉ đạt 1,3%.", 2021),
        # what must be done in a year is no fact of it
        ("Ngày 8-1, bộ trưởng nói các cục phải rà soát lệ phí trong năm 2022. Đến năm 2023 sẽ bỏ 5 loại.", 2022),
        ("Tiệm cơm ở đường 30 tháng 4 đông khách. Tổng thu ngân sách năm 2021 ước được 900 tỷ đồng.", 2021),
        ("Thu ngân sách 6 tháng đạt 80 tỷ đồng.", None),
        # the line with the day of publication settles it; a day within a sentence does not
        ("Xã Hòa An họp bàn\nThứ sáu, 05/01/2024 08:30\nNăm 2023, xã thu 12 tỷ đồng, năm 2022 thu 11 tỷ đồng.", 2024),
        ("Huyện thu vượt\n21/11/2022\nDự toán năm 2023 của huyện là 90 tỷ đồng.", 2022),
        ("Ngày 05/01/2020 cầu khánh thành. Năm 2021 huyện thu 90 tỷ đồng, quý I năm 2022 thu 20 tỷ đồng.", 2022),
        # what is aimed at is no fact
        ("Đến 31/7/2024 giải ngân 40%; huyện phải đạt 60% trong quý này và đến 31/01/2025 hoàn thành 95%.", 2024),
        ("Kế hoạch vốn năm 2020 là 90 tỷ đồng. Mục tiêu đặt ra là đến hết tháng 1/2021 giải ngân hết.", 2020),
        ("Năm ngoái thu 61 tỷ đồng, hộ nghèo năm 2018 là 34%. Sớm nhất cũng phải giữa năm 2020 mới xây cầu.", 2018),
        # next year's is given, drafted and supervised before it begins
        ("Tiền đất gấp ba năm 2016. Họp ngày 6-12: năm 2018, tỉnh nhận nhiệm vụ thu 38.000 tỷ đồng.", 2017),
        ("Ngày 20/12 xã họp. Năm 2026, HĐND xã quyết nghị tổng thu 18 tỷ đồng. Năm 2025 thu 17 tỷ đồng.", 2025),
        ("Theo tờ trình của UBND, dự toán chi năm 2017 là 390 tỷ đồng. Họp ngày 20/10.", 2016),
        ("HĐND thông qua chương trình giám sát năm 2018. Đến 15/6/2017, huyện thu 7 tỷ đồng.", 2017),
        # a plan that was changed is being carried out, a year that ends is this one; what is left is told of later
        ("Đến 1/12 giải ngân 70%. Kế hoạch vốn năm 2025 sau điều chỉnh là 215 tỷ đồng.", 2025),
        ("Họp ngày 8/12: phấn đấu kết thúc năm 2025 thu ngân sách vượt 5%.", 2025),
        ("Vốn giao 87 tỷ đồng, gồm vốn năm 2022 kéo dài sang 61 tỷ đồng.", 2023),
        ("Thu được 148 tỷ đồng, hơn gấp đôi quý I năm 2018. Họp ngày 22/4.", 2019),
        # what a year has come to is over
        ("Chi năm 2012 mới 603 tỷ đồng, đến năm 2016 đã thành 822 tỷ đồng. Từ năm 2016 tới nay chưa mua xe.", 2017),
        ("Từ đầu năm 2019 đến nay thu đạt 48% dự toán.", 2019),
        # as likely of this year as of the last
        ("Họp ngày 12/4. Năm 2019, huyện thu 90 tỷ đồng.", None),
    ],
)
def test_the_year_of_writing_is_told_by_the_words(text: str, year: int | None) -> None:
    written = time_of_writing(folded(text), find_periods(text))
    assert (written.year if written else None) == year
