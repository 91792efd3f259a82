"""The news that the test portals publish: of our own making, for places and sums that exist nowhere else."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Piece:
    number: int
    published: datetime
    title: str
    paragraphs: tuple[str, ...]

    @property
    def slug(self) -> str:
        plain = unicodedata.normalize("NFD", self.title.lower().replace("đ", "d"))
        return "-".join("".join(c if c.isascii() and c.isalnum() else " " * c.isascii() for c in plain).split())


def pieces(place: str, year: int = 2022, months: int = 12, a_month: int = 4) -> list[Piece]:
    """`a_month` articles in each of the first `months` of a year, the newest first; each third tells of the budget."""
    made: list[Piece] = []
    for month in range(1, months + 1):
        for index in range(a_month):
            number = 1000 + month * 50 + index
            day = datetime(year, month, 2, 8, 15, tzinfo=HANOI) + timedelta(
                days=index * 26 // max(a_month, 1), hours=index
            )
            made.append(_piece(place, number, day, index))
    return sorted(made, key=lambda piece: piece.published, reverse=True)


def _piece(place: str, number: int, day: datetime, index: int) -> Piece:
    collected = 20 + number % 70
    if index % 3 == 0:
        return Piece(
            number,
            day,
            f"{place}: thu ngân sách đến tháng {day.month} đạt {collected} tỷ đồng",
            (
                f"Phiên họp thường kỳ của UBND {place} diễn ra buổi sáng, bàn việc thu chi và tiến độ công trình.",
                f"Tổng thu ngân sách nhà nước trên địa bàn {day.month} tháng năm {day.year} đạt {collected} tỷ đồng, "
                f"bằng {40 + number % 50}% dự toán tỉnh giao.",
                "Lãnh đạo các phòng ban nhận phần việc còn lại và hẹn báo cáo trước ngày cuối tháng.",
            ),
        )
    return Piece(
        number,
        day,
        f"Mùa quả ngọt ở {place}, chuyện thứ {number}",
        (
            f"Trên những triền đồi của {place}, người trồng cam dậy từ tinh mơ để kịp chuyến xe xuôi về chợ huyện.",
            "Năm nay mưa thuận, cành nào cũng trĩu; các nhà trong xóm đổi công cho nhau nên vườn nào cũng hái kịp.",
            "Chiều xuống, khói bếp lên đều, tiếng cười vọng qua con suối đầu làng.",
        ),
    )
