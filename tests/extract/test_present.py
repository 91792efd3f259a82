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
    ],
)
def test_the_year_of_writing_is_told_by_the_words(text: str, year: int | None) -> None:
    written = time_of_writing(folded(text), find_periods(text))
    assert (written.year if written else None) == year
