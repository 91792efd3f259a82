"""Templates of the vocabulary, and the phrases that they name."""

from __future__ import annotations

import pytest

from thuchi.extract.lexicon import expand, words_of
from thuchi.extract.normalise import fold
from thuchi.vocabulary import vocabulary

MACROS = {"budget": ["ngân sách", "nsnn"]}


@pytest.mark.parametrize(
    ("template", "phrases"),
    [
        ("thu nội địa", {"thu nội địa"}),
        ("[tổng] thu", {"tổng thu", "thu"}),
        ("(tỉnh|huyện) giao", {"tỉnh giao", "huyện giao"}),
        ("[số] thu {budget}", {"số thu ngân sách", "thu ngân sách", "số thu nsnn", "thu nsnn"}),
        ("thuế , phí", {"thuế , phí"}),
    ],
)  # fmt: skip
def test_a_template_names(template: str, phrases: set[str]) -> None:
    assert {" ".join(phrase) for phrase in expand(template, MACROS)} == phrases


@pytest.mark.parametrize("template", ["[tổng thu", "tổng] thu", "(a|b", "{unknown} thu"])
def test_a_template_that_is_wrong_is_named(template: str) -> None:
    with pytest.raises(ValueError, match="template"):
        list(expand(template, MACROS))


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("Thuỷ", "thủy"), ("Uỷ ban", "ủy ban"), ("khoẻ", "khỏe"), ("THU NSNN", "thu nsnn")],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["quý", "quỳ", "đồng", "đông", "động", "dòng"])
def test_folding_changes_no_other_word(word: str) -> None:
    assert fold(word) == word


def test_ti_le_is_ty_le() -> None:
    assert words_of("tỉ lệ") == words_of("tỷ lệ")


def test_the_vocabulary_names_only_indicators_that_the_reference_data_has() -> None:
    import csv

    from thuchi.settings import SEEDS

    with (SEEDS / "indicators.csv").open(encoding="utf-8") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    assert _codes(vocabulary().trie) <= known


def _codes(node: dict) -> set[str]:  # type: ignore[type-arg]
    found: set[str] = set()
    for key, below in node.items():
        if key:
            found |= _codes(below)
        else:
            found |= {lexeme.code for lexeme in below.lexemes if lexeme.kind in ("indicator", "qualifier")}
    return found
