"""Which articles are worth reading as a whole: those of which a line, read by itself, states a figure.

The rule never costs a figure of an article that has a number on a line with a word of the budget, or right below one:
such an article, read with the rule or without it, has the same figures.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchi.extract import Extractor
from thuchi.extract.gazetteer import Gazetteer
from thuchi.extract.preview import states_figure
from thuchi.model import Article, Figure
from thuchi.vocabulary import vocabulary

GOLD = Path(__file__).parents[1] / "gold" / "articles.jsonl"


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
        # the budget is only spoken of in what heads the numbers
        ("Thu ngân sách quý I/2023 của các huyện:\n- Huyện Ba Bể: 12 tỷ đồng\n- Huyện Na Rì: 9 tỷ đồng", True),
        ("Giải ngân vốn đầu tư công\n\nCác huyện đạt như sau:\nHuyện Ba Bể: 45% kế hoạch.", True),
        ("Hội nghị bàn về thu ngân sách.\nCông ty đạt lợi nhuận 45 tỷ đồng.", False),
        # what a trade pays into the budget, where only its own words speak of the budget
        ("Ngành xổ số nộp ngân sách 1.250 tỷ đồng trong năm 2021.", True),
        ("Năm 2022, thành phố chi trợ giá xe buýt 730 tỷ đồng.", True),
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


EXTRACTOR = Extractor(vocabulary())
# Lines that speak of the budget with a number, that head others, that go on about it, and that have nothing to do
# with it: what stands between them must not decide whether they are read.
LINES = [
    "Huyện Đầm Hà thu ngân sách 345 tỷ đồng, đạt 78% dự toán.",
    "Tổng chi ngân sách 9 tháng là 412 tỷ đồng.",
    "Nguồn thu ngân sách giảm vì 30% doanh nghiệp đóng cửa.",
    "Thu ngân sách các xã 9 tháng:",
    "Giải ngân vốn đầu tư công năm 2023",
    "- Xã Tân Lập: 4,2 tỷ đồng",
    "Huyện Ba Bể đạt 45% kế hoạch.",
    "Trong đó, thu nội địa 210 tỷ đồng.",
    "Cả năm, thị xã thu xấp xỉ 1.180 tỷ đồng.",
    "Chi cho giáo dục 96 tỷ đồng.",
    "Công ty thu về 25 tỷ đồng sau một năm.",
    "Tỉnh trích ngân sách hỗ trợ mỗi hộ 30 triệu đồng.",
    "Hội nghị bàn về ngân sách.",
    "Trời mưa suốt tuần.",
]


def read(lines: Sequence[str], whole: bool = False) -> tuple[Figure, ...]:
    """The figures of an article, which with `whole` is read whatever its lines say by themselves."""
    article = Article("x", "x", None, None, None, "\n".join(lines))
    if not whole:
        return EXTRACTOR.figures_of(article)
    with patch("thuchi.extract.states_figure", return_value=True):
        return EXTRACTOR.figures_of(article)


@pytest.mark.parametrize("row", GOLD.read_text().splitlines(), ids=lambda row: json.loads(row)["id"])
def test_the_preview_costs_no_labelled_article_a_figure(row: str) -> None:
    lines = unicodedata.normalize("NFC", json.loads(row)["text"]).split("\n")
    assert read(lines) == read(lines, whole=True)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=6), st.sampled_from(LINES[:2]), st.integers(0, 6))
def test_the_preview_costs_no_article_with_a_figure_on_the_budget(lines: list[str], stated: str, at: int) -> None:
    lines.insert(at, stated)
    assert read(lines) == read(lines, whole=True)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES[3:5]), min_size=1, max_size=2), st.sampled_from(LINES[5:]))
def test_the_preview_reads_what_a_heading_announces(headings: list[str], line: str) -> None:
    assert read([*headings, line]) == read([*headings, line], whole=True)


@pytest.mark.parametrize("line", ["Cả năm, thị xã thu xấp xỉ 1.180 tỷ đồng.", "Trung tâm thu phí 45 tỷ đồng."])
def test_numbers_far_from_any_word_of_the_budget_are_refused(line: str) -> None:
    assert read(["Đoàn đại biểu thăm chợ.", "Ông kể chuyện ngân sách với bà con.", "Trời mưa.", line]) == ()
