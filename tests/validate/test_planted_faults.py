"""Forty planted faults are held or doubted, each by an expectation that is meant for it; of 500 sound figures none."""

from __future__ import annotations

from datetime import date

import planted
import pytest

from thuchi.validate import Outcome, validate

FAULTS = planted.FAULTS


@pytest.fixture(scope="module")
def judged() -> dict[str, set[str]]:
    """By fault the expectations that the wrong figures failed."""
    cases = [planted.planted(number) for number in range(len(FAULTS))]
    articles = [article for article, _, _ in cases]
    figures = [figure for _, each, _ in cases for figure in each]
    outcome = validate(articles, figures, history=[row for _, _, rows in cases for row in rows])
    assert outcome.critical == ()
    assert len(outcome.accepted) + len(outcome.quarantined) == len(figures)
    return {
        fault.name: _failed(outcome, article.article_id, fault.wrong)
        for fault, (article, _, _) in zip(FAULTS, cases, strict=True)
    }


def _failed(outcome: Outcome, article_id: str, wrong: tuple[str, ...]) -> set[str]:
    """What the figures of that article failed whose quote has one of the `wrong` words."""
    failed: set[str] = set()
    for held in outcome.quarantined:
        if held.figure.article_id == article_id and any(words in held.figure.quote for words in wrong):
            failed |= {failure.expectation for failure in held.failures}
    for figure in outcome.accepted:
        if figure.article_id == article_id and any(words in figure.quote for words in wrong):
            failed |= set(figure.doubts)
    return failed


def test_the_planted_faults_are_caught(judged: dict[str, set[str]], record_property: pytest.RecordProperty) -> None:
    for name, failed in judged.items():
        record_property(name, ", ".join(sorted(failed)) or "not caught")
        print(f"{name:55s} {', '.join(sorted(failed)) or 'NOT CAUGHT'}")
    assert len(FAULTS) == 40
    assert [name for name, failed in judged.items() if not failed] == []


def test_of_five_hundred_sound_figures_none_is_held_or_doubted() -> None:
    articles, figures = planted.sound()
    assert len(figures) == 40 * planted.FIGURES_A_REPORT >= 500
    half_year = [
        row | {"value": row["value"] * 2 // 3, "period_end": date(row["period_start"].year, 6, 30)}
        for row in planted.known(figures)
        if row["measure"] == "amount" and row["phase"] == "executed"
    ]
    outcome = validate(articles, figures, history=half_year)
    assert [(held.figure.quote, held.failures) for held in outcome.quarantined] == []
    assert [(figure.quote, figure.doubts) for figure in outcome.accepted if figure.doubts] == []
    assert [result.expectation for result in outcome.results if not result.success] == []
