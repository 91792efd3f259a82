"""Which articles are worth reading as a whole: those of which a line, read by itself, states a figure."""

from __future__ import annotations

import pytest

from thuchi.extract.gazetteer import Gazetteer
from thuchi.extract.preview import states_figure
from thuchi.vocabulary import vocabulary


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(vocabulary().areas, vocabulary().area_words)


@pytest.mark.parametrize(
    ("text", "worth_reading"),
    [
        ("Huyện Đầm Hà thu ngân sách 345 tỷ đồng, đạt 78% dự toán.", True),
        ("Trời mưa.\nTổng chi ngân sách 9 tháng là 412 tỷ đồng.", True),
        # a list below its lead, a table's row
        ("Kết quả thu ngân sách các xã:\n- Xã Tân Lập: đạt 98% dự toán tỉnh giao, tổng thu 4 tỷ đồng.", True),
        ("Chỉ tiêu | Dự toán | Thực hiện\nThu ngân sách | 1.200 | 1.305", True),
        # the line that names the revenue states nothing of it, the next one does, without a word of the budget
        ("Nguồn thu ngân sách giảm vì 30% doanh nghiệp đóng cửa.\nCả năm thị xã thu xấp xỉ 1.180 tỷ đồng.", True),
        # money from the budget, a difference, a share, no word of the budget, no number
        ("Tỉnh trích ngân sách hỗ trợ mỗi hộ 30 triệu đồng.", False),
        ("Phương án này làm số thu ngân sách giảm khoảng 1.300 tỷ đồng.", False),
        ("Chi cho khoa học là 2% tổng chi ngân sách.", False),
        ("Quán thu về 25 tỷ đồng sau một năm.", False),
        ("Hội nghị bàn về thu ngân sách.", False),
    ],
)
def test_an_article_is_read_as_a_whole(gazetteer: Gazetteer, text: str, worth_reading: bool) -> None:
    assert states_figure(text, vocabulary(), gazetteer) is worth_reading
