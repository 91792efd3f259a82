"""Suites are data: what is shipped is sound, and what is wrong is named with its file and entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuchi.validate import ExpectationError, load_suites
from thuchi.validate.checks import CHECKS

ENTRY = """
  - id: has_text
    type: ExpectColumnValuesToNotBeNull
    scope: suite
    severity: critical
    en: "An article has no text: the portal's layout changed."
    vi: "Bài không có nội dung: cổng tin đã đổi giao diện."
    do_en: "Open the article at its source."
    do_vi: "Mở bài tại nguồn để xem lại."
    kwargs: {column: title}
"""


def folder(tmp_path: Path, entries: str) -> Path:
    (tmp_path / "articles.yaml").write_text(f"expectations:{entries}", encoding="utf-8")
    for name in ("figures", "warehouse"):
        (tmp_path / f"{name}.yaml").write_text("expectations: []", encoding="utf-8")
    return tmp_path


def test_the_shipped_suites_use_every_check_and_only_classes_that_exist() -> None:
    import great_expectations.expectations as gxe

    shipped = [expectation for suite in load_suites().values() for expectation in suite]
    assert {each.type for each in shipped if each.is_check} == set(CHECKS)
    assert [each.type for each in shipped if not each.is_check and not hasattr(gxe, each.type)] == []


def test_a_parameter_can_be_a_column_of_the_seeds() -> None:
    (known,) = [each for each in load_suites()["figures"] if each.id == "indicator_is_known"]
    assert {"revenue", "expenditure.item", "public_investment.ntp"} <= set(known.kwargs["value_set"])


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        (ENTRY.replace("critical", "fatal"), r"articles.yaml, entry 1 \(has_text\): severity: Input should be"),
        (ENTRY.replace("ExpectColumnValuesToNotBeNull", "has_text"), r"type 'has_text' is neither a class of Great"),
        (ENTRY.replace("has_text", "Has text"), r"entry 1 \(Has text\): id: String should match pattern"),
        (ENTRY.replace("    vi:", "    vn:"), r"entry 1 \(has_text\): vi: Field required"),
        (ENTRY + "    note: x", r"entry 1 \(has_text\): note: Extra inputs are not permitted"),
        (ENTRY + "    over: table", r"over: Input should be 'rows', 'source' or 'summary'"),
        (ENTRY.replace("scope: suite", "scope: row\n    over: summary"), r"over: summary is for classes of Great"),
        (ENTRY + ENTRY, r"articles.yaml has the id 'has_text' twice"),
        (ENTRY.replace("column: title", "column: {seeds: nix.csv, column: code}"), r"nix.csv is missing"),
        (ENTRY.replace("column: title", "column: {seeds: areas.csv, column: kod}"), r"areas.csv has no column 'kod'"),
        (" [", r"articles.yaml is not YAML"),
        (" 3", r"articles.yaml: expectations: Input should be a valid list"),
    ],
)
def test_what_is_wrong_with_a_suite_is_said_in_one_sentence(tmp_path: Path, entries: str, sentence: str) -> None:
    with pytest.raises(ExpectationError, match=sentence) as caught:
        load_suites(folder(tmp_path, entries))
    assert "\n" not in str(caught.value)


def test_a_suite_without_its_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExpectationError, match=r"articles\.yaml is missing"):
        load_suites(tmp_path)
