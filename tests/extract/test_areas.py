"""What holds of the places of any text: their evidence, their order, and the time that they take."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from area_reading import article, context, gazetteer
from hypothesis import given
from hypothesis import strategies as st
from linear_time import assert_grows_linearly

from thuchi.extract.areas import area_context


def test_evidence_points_to_words() -> None:
    text = "Thành ủy Đồng Xoài họp. UBND thành phố báo cáo."
    places = context(text)
    named, alone = (places.resolve(mention) for mention in places.mentions)
    for reading in (named, alone):
        assert reading.area is not None
        assert text[reading.evidence.start : reading.evidence.end] == "Thành ủy Đồng Xoài"


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ["UBND ", "tỉnh ", "TP. ", "xã ", "Hà ", "Nội ", "Sơn ", "La", ", ", "và ", "Quận 1", " - ", "\n", "("]
        )
    ).map("".join)
)
def test_any_text_is_searched_without_fault(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    mentions = gazetteer().find(text)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(first.end <= second.start for first, second in pairwise(mentions))
    places = area_context(article(text, None), mentions, gazetteer())
    for reading in map(places.resolve, mentions):
        assert (reading.area is None) == bool(reading.doubts)


REPEATED = [
    "Hà ", "Sơn - ", "xã ", "TP.", "(", "huyện Na Rì, ", "Sơn La ", "Sơn La - ", "xã Tân An, ", "UBND tỉnh, ",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_long_runs_take_linear_time(piece: str) -> None:
    def read(text: str) -> None:
        places = context(text)
        for mention in places.mentions:
            places.resolve(mention)

    assert_grows_linearly(read, piece, 300)
