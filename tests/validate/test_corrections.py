"""Known misprints: applied while the article prints them, retired once it does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from validate_records import TY, YEAR, article, figure

from thuchi.validate import CorrectionError, corrected, load_corrections, validate

URL = "https://portal.example/thu-11-thang"
ARTICLE = article("Thu ngân sách tỉnh Trà Vinh 5.870 tỷ đồng, đạt 103,8% dự toán 5.160 tỷ đồng.", url=URL)
AMOUNT = figure(ARTICLE, "5.870 tỷ đồng", "5.870", 5870 * TY)
PERCENT = figure(ARTICLE, "đạt 103,8%", "103,8", "103.8")
PLAN = figure(ARTICLE, "5.160 tỷ đồng", "5.160", 5160 * TY, phase="plan", **YEAR)

ENTRY = f"""corrections:
  - article: {ARTICLE.article_id}
    quote: "đạt 103,8%"
    reading: 113.8
    reason: "5.870 on 5.160 is 113,8%; the province's report has it so"
    reporter: lan
"""


def folder(tmp_path: Path, content: str = ENTRY) -> Path:
    (tmp_path / "bao.yaml").write_text(content, encoding="utf-8")
    return tmp_path


def test_the_shipped_corrections_are_sound() -> None:
    assert load_corrections() == []


def test_a_misprint_gets_its_reading_and_keeps_what_was_printed(tmp_path: Path) -> None:
    done = corrected(load_corrections(folder(tmp_path)), [ARTICLE], [AMOUNT, PERCENT, PLAN])
    mended = done.figures[1]
    assert (mended.value, mended.value_printed, mended.quote) == (Decimal("113.8"), Decimal("103.8"), "đạt 103,8%")
    assert mended.evidence["value"].origin == "correction"
    assert mended.evidence["value"].note.startswith("lan: 5.870 on 5.160")
    assert mended.figure_id == PERCENT.figure_id
    assert (done.applied, len(done.notes)) == (1, 1)
    assert "was applied: 103,8% is read as 113.8" in done.notes[0]


def test_a_corrected_figure_is_judged_by_its_reading_and_its_quote_by_what_was_printed(tmp_path: Path) -> None:
    assert [held.figure for held in validate([ARTICLE], [AMOUNT, PERCENT, PLAN]).quarantined] == [PERCENT]
    done = corrected(load_corrections(folder(tmp_path)), [ARTICLE], [AMOUNT, PERCENT, PLAN])
    outcome = validate([ARTICLE], done.figures)
    assert (outcome.quarantined, outcome.accepted) == ((), tuple(done.figures))


def test_an_article_can_be_named_by_its_address(tmp_path: Path) -> None:
    from thuchi.model import article_id_of

    of = replace(ARTICLE, article_id=article_id_of(URL, ARTICLE.text))
    one = replace(PERCENT, article_id=of.article_id)
    corrections = load_corrections(folder(tmp_path, ENTRY.replace(ARTICLE.article_id, URL)))
    assert corrected(corrections, [of], [one]).applied == 1


@pytest.mark.parametrize(
    ("entry", "text", "figures", "note"),
    [
        (ENTRY, ARTICLE.text.replace("103,8", "113,8"), [], "is retired: the article no longer says so"),
        (ENTRY.replace("113.8", "103.8"), ARTICLE.text, [PERCENT], "is retired: the figure already reads so"),
        (ENTRY, ARTICLE.text, [AMOUNT], "was not applied: 0 figures have that quote"),
        (ENTRY, ARTICLE.text, [PERCENT, replace(PERCENT, basis="council")], "was not applied: 2 figures have that"),
        (
            ENTRY.replace("đạt 103,8%", "5.870 tỷ đồng").replace("113.8", "0.5"),
            ARTICLE.text, [AMOUNT], "was not applied: an amount is a whole number of VND",
        ),
    ],
)  # fmt: skip
def test_a_correction_that_does_not_fit_changes_nothing_and_is_said(
    tmp_path: Path, entry: str, text: str, figures: list[object], note: str
) -> None:
    of = replace(ARTICLE, text=text)
    done = corrected(load_corrections(folder(tmp_path, entry)), [of], figures)  # type: ignore[arg-type]
    assert (done.figures, done.applied) == (figures, 0)
    assert len(done.notes) == 1
    assert note in done.notes[0]


@pytest.mark.parametrize("entry", [ENTRY + "    status: retired\n", ENTRY.replace(ARTICLE.article_id, "elsewhere")])
def test_what_is_retired_or_of_another_article_is_no_matter_of_this_run(tmp_path: Path, entry: str) -> None:
    done = corrected(load_corrections(folder(tmp_path, entry)), [ARTICLE], [PERCENT])
    assert (done.figures, done.notes) == ([PERCENT], [])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("corrections: 3", r"bao.yaml: write `corrections:` and a list under it"),
        ("[", r"bao.yaml is not YAML"),
        (ENTRY.replace("113.8", "a lot"), r"bao.yaml, entry 1: reading: Input should be a valid decimal"),
        (ENTRY.replace("    reporter: lan\n", ""), r"bao.yaml, entry 1: reporter: Field required"),
        (ENTRY + "    status: maybe\n", r"entry 1: status: Input should be 'active' or 'retired'"),
        (ENTRY + ENTRY.split("\n", 1)[1], r"entry 2: 'đạt 103,8%' is corrected in .*bao.yaml too"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(CorrectionError, match=sentence) as caught:
        load_corrections(folder(tmp_path, content))
    assert "\n" not in str(caught.value)
