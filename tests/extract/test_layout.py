"""How a text is read whose lines were broken: by a portal's elements, or at a width as text from PDF is."""

from __future__ import annotations

import textwrap
from datetime import datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear_time import assert_grows_linearly

from thuchi.extract import Extractor
from thuchi.extract.layout import readable
from thuchi.extract.structure import lines_of
from thuchi.model import LOCAL_ZONE, Article
from thuchi.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Chiều 30/9,\nUBND thị xã\nhọp.", "Chiều 30/9, UBND thị xã họp."),  # each element on its own line
        ("Thu ngân sách đạt\n223 tỷ đồng", "Thu ngân sách đạt 223 tỷ đồng"),
        ("Thu ngân sách \r\n  ước đạt 5 tỷ", "Thu ngân sách ···ước đạt 5 tỷ".replace("·", " ")),
        ("giai đoạn 2021–2025, −5% — hết 31‑12", "giai đoạn 2021-2025, -5% - hết 31-12"),
    ],
)
def test_is_read_as(text: str, read: str) -> None:
    assert readable(text).split() == read.split()
    assert len(readable(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thu ngân sách tăng khá\nTrong 6 tháng, huyện thu 5 tỷ đồng.",  # a heading
        "Thu ngân sách 9 tháng\n91 tỷ đồng thu từ đất là điểm sáng.",
        "Thu ngân sách huyện tăng 9%\n04/06/2024 09:20",
        "Gồm:\nthu nội địa 5 tỷ đồng;\nthu hải quan 3 tỷ đồng.",
        "Các khoản\na) thu nội địa\nb) thu hải quan",
        "Các khoản\no Thu nội địa",
        "Nội dung | Dự toán\nthu nội địa | 5",
        "Thu nội địa 5 tỷ đồng,\n- Thu hải quan 3 tỷ đồng",
    ],
)
def test_keeps_its_lines(text: str) -> None:
    assert readable(text) == text


REPORT = (
    "UBND thị xã An Nhơn (tỉnh Bình Định) vừa họp phiên thường kỳ tháng 9. Trong 9 tháng đầu năm 2023, tổng thu ngân "
    "sách nhà nước trên địa bàn thị xã ước đạt 612 tỷ 450 triệu đồng, bằng 71,3% dự toán tỉnh giao và tăng 4,8% so "
    "với cùng kỳ năm trước. Tổng chi ngân sách 588,2 tỷ đồng, đạt 69% dự toán.\n"
    "Đến ngày 20/9, thị xã đã giải ngân 143,6 tỷ đồng vốn đầu tư công, đạt 52,4% kế hoạch vốn HĐND thị xã giao. Theo "
    "Phó Chủ tịch UBND thị xã Trần Văn Bình, vướng mắc lớn nhất vẫn là giải phóng mặt bằng; phường Bình Định và xã "
    "Nhơn Hậu còn 12 hộ chưa nhận tiền."
)


@cache
def extractor() -> Extractor:
    return Extractor(vocabulary())


def figures(text: str) -> list[tuple[object, ...]]:
    published = datetime(2023, 10, 2, tzinfo=LOCAL_ZONE)
    found = extractor().figures_of(Article("a", "test", None, None, published, text))
    assert all(text[figure.start : figure.end] == figure.quote for figure in found)
    return [(f.indicator, f.measure, f.value, f.phase, f.period_start, f.period_end, f.ref_area) for f in found]


@pytest.mark.parametrize("width", [40, 62, 80, 117])
def test_broken_at_a_width_it_says_the_same(width: int) -> None:
    assert len(figures(REPORT)) == 7
    for indent in ("", "  "):  # not more: no phrase has four blanks between its words
        paragraphs = [textwrap.fill(each, width, subsequent_indent=indent) for each in REPORT.split("\n")]
        broken = "\n".join(paragraphs)
        assert len(readable(broken)) == len(broken)
        assert figures(broken) == figures(REPORT)


@pytest.mark.parametrize("line", ["THU NGÂN SÁCH HUYỆN ĐẠT  5 TỶ", "Thu ngân sách huyện – đạt 5 tỷ"])
def test_a_headline_is_known_however_the_page_writes_it(line: str) -> None:
    title = "Thu ngân sách huyện đạt 5 tỷ" if line.isupper() else "Thu ngân sách huyện - đạt 5 tỷ"
    first, _ = lines_of(readable(f"{line}\nChiều 5/10, huyện họp."), title)
    assert first.kind == "title"


@given(st.text(alphabet="aZđ 5,.%-–\n\r\t|:", max_size=80))
def test_no_more_than_blanks_and_dashes_change(text: str) -> None:
    read = readable(text)
    assert len(read) == len(text)
    for given_one, read_one in zip(text, read, strict=True):
        assert given_one == read_one or (given_one.isspace() and read_one == " ") or (given_one, read_one) == ("–", "-")


@pytest.mark.parametrize("piece", ["a\n", "thu ngân sách\n", "đạt\n5 ", ",\nA"])
def test_long_texts_take_linear_time(piece: str) -> None:
    assert_grows_linearly(readable, piece, 4_000)
