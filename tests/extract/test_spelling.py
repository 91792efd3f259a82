"""One spelling of a word: underthesea's placing of tone marks and ours agree on every name of a Vietnamese unit."""

from __future__ import annotations

import csv
import re

import pytest
from underthesea import text_normalize

from thuchi.extract.normalise import fold
from thuchi.settings import PROJECT

# What the two do not share: "Qui" (Qui Nhơn) is a name of its own here, a spelling of "quy" there; and underthesea
# leaves the one name in "oa" with a lone l as it is (Lòa).
THEIRS = {"qui": "quy", "lòa": "loà"}


def syllables() -> list[str]:
    with (PROJECT / "seeds" / "areas.csv").open(encoding="utf-8") as file:
        return sorted({each for row in csv.DictReader(file) for each in re.findall(r"[^\W\d_]+", row["name"])})


def test_every_syllable_of_every_unit_is_spelled_as_underthesea_spells_it() -> None:
    ours = {each: fold(each) for each in syllables()}
    theirs = {each: text_normalize(each).lower() for each in ours}
    assert len(ours) > 2000
    assert {fold(each): theirs[each] for each in ours if fold(each) != theirs[each]} == THEIRS


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("tỉnh Hoà Bình", "tỉnh Hòa Bình"),
        ("huyện Thuỷ Nguyên", "huyện Thủy Nguyên"),
        ("xã Tuý Loan", "xã Túy Loan"),
        ("thị xã Quỳ Hợp", "thị xã Quỳ Hợp"),
    ],
)
def test_both_placings_of_a_tone_mark_are_one_word(older: str, newer: str) -> None:
    assert fold(older) == fold(newer) == text_normalize(newer).lower()
