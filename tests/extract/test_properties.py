"""What holds for any text at all: reading never raises, quotes are exact slices, and NFD reads like NFC."""

from __future__ import annotations

import time
import unicodedata
from datetime import datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchi.extract import Extractor
from thuchi.extract.normalise import fold, normalise
from thuchi.extract.serial import figure_to_json
from thuchi.model import LOCAL_ZONE, Article
from thuchi.vocabulary import vocabulary

PUBLISHED = datetime(2023, 10, 5, tzinfo=LOCAL_ZONE)
PIECES = [
    "thu ngân sách",
    "tổng chi ngân sách",
    "giải ngân",
    "vốn đầu tư công",
    "đạt",
    "ước",
    "bằng",
    "vượt",
    "tăng",
    "so với",
    "cùng kỳ",
    "dự toán",
    "tỉnh giao",
    "HĐND",
    "345,6 tỷ đồng",
    "1.250 tỷ",
    "78%",
    "12/5 tỷ",
    "lần lượt",
    "trong đó",
    "(",
    ")",
    ",",
    ";",
    ".",
    "\n",
    "- ",
    ":",
    "huyện Đầm Hà",
    "cả nước",
    "9 tháng",
    "năm 2023",
    "đến 30/9",
    "của",
    "là",
    "và",
    "từ",
    "xuống",
    "lũy kế",
    "dự án",
    "|",
]


@cache
def extractor() -> Extractor:
    return Extractor(vocabulary())


def article(text: str) -> Article:
    return Article("a", "test", None, None, PUBLISHED, text)


@given(st.text(max_size=400))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    extractor().figures_of(article(unicodedata.normalize("NFC", text)))


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_quotes_are_exact_slices_that_hold_their_number(text: str) -> None:
    for figure in extractor().figures_of(article(text)):
        assert text[figure.start : figure.end] == figure.quote
        assert figure.start <= figure.number_start < figure.number_end <= figure.end


@settings(max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_a_text_in_nfd_reads_like_the_same_text_in_nfc(text: str) -> None:
    given_text = unicodedata.normalize("NFD", text)
    normalised = normalise(given_text)
    assert normalised.text == text
    for figure in extractor().figures_of(article(text)):
        line = figure_to_json(figure, given_text, normalised)
        assert given_text[line["start"] : line["end"]] == line["quote"]
        assert unicodedata.normalize("NFC", line["quote"]) == figure.quote


@given(st.text(max_size=200))
def test_normalising_composes_and_maps_back(text: str) -> None:
    normalised = normalise(text)
    assert normalised.text == unicodedata.normalize("NFC", text)
    offsets = [normalised.original(at) for at in range(len(normalised.text) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[0] == 0
    assert offsets[-1] == len(text)


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_articles_are_read_alike_in_any_order() -> None:
    one, other = (article(f"Huyện Đầm Hà thu ngân sách {n} tỷ đồng, đạt 78% dự toán.") for n in (345, 412))
    first = (extractor().figures_of(one), extractor().figures_of(other))
    assert first == (extractor().figures_of(one), extractor().figures_of(other))
    assert first[::-1] == (extractor().figures_of(other), extractor().figures_of(one))


LONG = {
    "digits": "thu ngân sách 1 tỷ đồng " + "7" * 400_000,
    "scales": "thu ngân sách 5 tỷ đồng " + "tỷ " * 100_000,
    "brackets": "thu ngân sách 5 tỷ đồng " + "(" * 100_000,
    "amounts": "thu ngân sách " + "5 tỷ đồng, " * 20_000,
    "percentages": "thu ngân sách đạt " + "5% và " * 20_000,
    "places": "thu ngân sách 5 tỷ đồng " + "huyện Đầm Hà, " * 20_000,
    "lines": "thu ngân sách 5 tỷ đồng\n" * 5_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_no_text_takes_more_than_linear_time(kind: str) -> None:
    """Twice the text takes about twice the time; a quadratic fault would take four times and more."""
    text = LONG[kind]
    half = text[: len(text) // 2]
    taken = []
    for sample in (half, text):
        begin = time.process_time()
        extractor().figures_of(article(sample))
        taken.append(time.process_time() - begin)
    assert taken[1] < 3.2 * taken[0] + 0.2
    assert taken[1] < 60
