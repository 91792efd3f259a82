"""Copies of an article are linked, whole or shortened; reports in the same words about other places are not."""

from __future__ import annotations

from datetime import datetime

import pytest
from portals.prose import pieces

from thuchi.model import LOCAL_ZONE, Article
from thuchi.read.likeness import alike

PIECES = pieces("huyện Mẫu Sơn", months=12, a_month=1)
FRUIT = ("cam", "quýt", "bưởi", "mận", "đào", "lê", "hồng", "na", "ổi", "mít", "xoài", "vải", "nhãn", "chuối", "dứa")
WHOLE = "\n".join(
    f"Đoạn {row}: {word} được mùa, cả bản {word} cùng nhau lên đồi hái quả từ sớm, đến trưa thì gùi nào cũng đầy."
    for row, word in enumerate(FRUIT)
)


def article(article_id: str, text: str) -> Article:
    return Article(article_id, "bao", None, None, datetime(2022, 9, int(article_id) + 1, tzinfo=LOCAL_ZONE), text)


@pytest.mark.parametrize(
    ("other", "share"),
    [
        (WHOLE, 1.0),
        (WHOLE.upper().replace("\n", "  \n\n") + "!", 1.0),  # the same words, set otherwise
        ("\n".join(WHOLE.splitlines()[:8]), 0.9),  # shortened
        ("Theo cổng huyện, " + WHOLE + "\nNguồn: cổng huyện.", 0.9),
        ("\n".join(WHOLE.splitlines()[:2]) + "\n" + "\n".join(PIECES[0].paragraphs) * 3, None),
        ("\n".join(PIECES[0].paragraphs), None),
    ],
)
def test_what_is_alike(other: str, share: float | None) -> None:
    found = alike([article("1", other), article("0", WHOLE)])
    if share is None:
        assert found == []
    else:
        (likeness,) = found
        assert (likeness.article_id, likeness.other_id) == ("0", "1"), "the earlier one first"
        assert likeness.share >= share


def test_a_formula_in_many_reports_links_none() -> None:
    articles = [
        article(str(row), f"Chuyện số {row}. " + "của Ủy ban nhân dân tỉnh về việc triển khai " * 9)
        for row in range(25)
    ]
    assert alike(articles) == []
