"""Lines and sentences of an article as portals give it."""

from __future__ import annotations

import pytest

from thuchi.extract.structure import LONGEST, cells_of, lines_of, sentences_of, unit_words


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Thu ngân sách đạt 345 tỷ đồng, tăng 5%.", "paragraph"),
        ("Nhìn lại năm 2025", "heading"),
        ("KẾ HOẠCH NĂM 2024: CÒN CHẬM", "heading"),
        ("I. THU NGÂN SÁCH", "heading"),
        ("- Thu nội địa 120 tỷ đồng;", "item"),
        ("a) Thu nội địa 120 tỷ đồng;", "item"),
        ("1. Tổng thu: 120 tỷ đồng, gồm:", "item"),
        ("• Chương trình nông thôn mới: giao 20 tỷ đồng.", "item"),
        ("1.584 tỷ đồng là số thu của huyện.", "paragraph"),
        ("Chỉ tiêu | Dự toán | Thực hiện", "table"),
        ("Chỉ tiêu\tDự toán\tThực hiện", "table"),
        ("Đơn vị tính: tỷ đồng", "unit"),
        ("(ĐVT: triệu đồng)", "unit"),
    ],
)
def test_a_line_is(line: str, kind: str) -> None:
    [_, read] = lines_of(f"Tiêu đề của bài\n{line}", "Tiêu đề của bài")
    assert read.kind == kind


def test_a_line_that_ends_in_a_colon_leads() -> None:
    [_, lead] = lines_of("Tiêu đề\nDự toán năm 2024 như sau:", "Tiêu đề")
    assert lead.leads


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Thu đạt 5%. Chi đạt 7%.", ["Thu đạt 5%. ", "Chi đạt 7%."]),
        ("Giao 3.934 tỷ đồng. Đến 31/8, đạt 45%.", ["Giao 3.934 tỷ đồng. ", "Đến 31/8, đạt 45%."]),
        ("TP. Huế thu 1.584 tỷ đồng.", ["TP. Huế thu 1.584 tỷ đồng."]),
        ("Q. 1 thu 5 tỷ đồng.", ["Q. 1 thu 5 tỷ đồng."]),
        ("Hỏi: thu bao nhiêu? Đáp: 5 tỷ.", ["Hỏi: thu bao nhiêu? ", "Đáp: 5 tỷ."]),
        ("Thu v.v. còn chậm.", ["Thu v.v. còn chậm."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentences_of(text, 0, len(text))] == sentences


def test_what_is_no_prose_is_read_in_pieces() -> None:
    text = "5 tỷ đồng, " * 2_000
    pieces = list(sentences_of(text, 0, len(text)))
    assert "".join(text[start:end] for start, end in pieces) == text
    assert max(end - start for start, end in pieces) <= LONGEST


def test_cells_of_a_row() -> None:
    text = "| Thu nội địa | 120 |  | 85,5 |"
    [_, line] = lines_of(f"Tiêu đề\n{text}", "Tiêu đề")
    cells = [f"Tiêu đề\n{text}"[start:end] for start, end in cells_of(f"Tiêu đề\n{text}", line)]
    assert cells == ["", "Thu nội địa", "120", "", "85,5", ""]


def test_the_unit_above_a_table() -> None:
    text = "Tiêu đề\nĐơn vị tính: Triệu đồng"
    [_, line] = lines_of(text, "Tiêu đề")
    assert unit_words(text, line) == "Triệu đồng"
