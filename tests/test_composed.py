"""Spans of the NFC text lead back to the text as it was given."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchi.composed import Composed

TEXT = "Thu ngân sách được 223 tỷ 550 triệu đồng."


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("words", ["ngân sách", "223 tỷ 550 triệu đồng", "được", "T", "."])
def test_words_are_found_again(form: str, words: str) -> None:
    text = Composed(unicodedata.normalize(form, TEXT))  # type: ignore[arg-type]
    start = text.text.index(words)
    first, last = text.span(start, start + len(words))
    assert text.given[first:last] == unicodedata.normalize(form, words)  # type: ignore[arg-type]


def test_a_text_that_is_part_nfc_and_part_nfd() -> None:
    text = Composed(TEXT + unicodedata.normalize("NFD", TEXT) + TEXT)
    start = text.text.rindex("đồng")
    assert text.given[slice(*text.span(start, start + 4))] == "đồng"


@given(
    st.text(alphabet=st.one_of(st.sampled_from("aeđ ̣̀̂ư1각ᅡᆨ\xa0"), st.characters(codec="utf-8")), max_size=30), st.data()
)
def test_any_span_composes_to_itself(given_text: str, data: st.DataObject) -> None:
    text = Composed(given_text)
    clusters = [
        0,
        *(
            at
            for at in range(1, len(text.text) + 1)
            if at == len(text.text) or text.span(at, at)[0] != text.span(at - 1, at)[0]
        ),
    ]
    start = data.draw(st.sampled_from(clusters))
    end = data.draw(st.sampled_from([at for at in clusters if at >= start]))
    first, last = text.span(start, end)
    assert unicodedata.normalize("NFC", text.given[first:last]) == text.text[start:end]
