"""Which unit each figure of an article is about, where the article turns from one place to another."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from thuchi.extract import Extractor
from thuchi.model import LOCAL_ZONE, Article
from thuchi.vocabulary import vocabulary

PASSAGES = yaml.safe_load((Path(__file__).parent / "places.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(vocabulary())


def areas_of(extractor: Extractor, on: date | None, title: str | None, text: str) -> dict[str, str | None]:
    """Number as printed, a percentage with its sign → the unit that the first figure of that number is about."""
    published = None if on is None else datetime.combine(on, time(8), LOCAL_ZONE)
    found: dict[str, str | None] = {}
    for figure in extractor.figures_of(Article("a", "s", None, title, published, text)):
        number = text[figure.number_start : figure.number_end] + ("" if figure.measure == "amount" else "%")
        found.setdefault(number, figure.area)
    return found


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: str(passage["title"])[:40])
def test_each_number_is_about(extractor: Extractor, passage: dict[str, Any]) -> None:
    text = "\n".join(filter(None, [passage["title"], *passage["text"]]))
    expected = {number: area for area, numbers in passage["areas"].items() for number in numbers}
    found = areas_of(extractor, passage["published"], passage["title"], text)
    assert {number: found.get(number) for number in expected} == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # the article's own spelling, where it is the same name
        ("Tổng thu ngân sách xã Vũ Quý đạt 14 tỷ đồng.", "xã Vũ Quý"),
        ("Huyện Đăk Tô thu ngân sách 80 tỷ đồng.", "huyện Đăk Tô"),
        ("Thu ngân sách của Đăk Tô đạt 80 tỷ đồng.", "huyện Đăk Tô"),
        ("Tỉnh Đắc Lắc thu ngân sách 6.000 tỷ đồng.", "tỉnh Đắc Lắc"),
        # types, abbreviations, capitals, tone marks and dashes are written as the list has them
        ("TP.HCM thu ngân sách 6.000 tỷ đồng.", "thành phố Hồ Chí Minh"),
        ("TP Tuy Hoà thu ngân sách 600 tỷ đồng.", "thành phố Tuy Hòa"),
        ("Tỉnh BR-VT thu ngân sách 6.000 tỷ đồng.", "tỉnh Bà Rịa - Vũng Tàu"),
        ("Bà Rịa – Vũng Tàu thu ngân sách 6.000 tỷ đồng.", "tỉnh Bà Rịa - Vũng Tàu"),
        ("HUYỆN ĐĂK TÔ THU NGÂN SÁCH 80 TỶ ĐỒNG", "huyện Đắk Tô"),
        ("Quận 03 thu ngân sách 600 tỷ đồng.", "quận 3"),
    ],
)
def test_an_area_is_named_as_the_article_spells_it(extractor: Extractor, text: str, name: str) -> None:
    assert set(areas_of(extractor, date(2022, 10, 5), None, text).values()) == {name}
