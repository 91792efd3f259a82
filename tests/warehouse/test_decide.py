"""What a reviewer's decision does to a held figure, and how long it is remembered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, text
from warehouse_records import RUN, article, figure, held

from thuchi.model import Figure
from thuchi.validate import check_warehouse
from thuchi.warehouse import (
    Decision,
    DecisionConflict,
    DecisionError,
    LoadReport,
    Run,
    WarehouseError,
    current_figures,
    decide,
    held_figure,
    held_figures,
    load,
)

LATER = Run("scheduled__2", "2022-10")
ONE = article()
FIGURE = figure(ONE)
LAN = {"by": "lan", "reason": "asked the district's office"}


@pytest.fixture
def holding(warehouse: Engine) -> Engine:
    """A warehouse that holds one figure: 52,4 tỷ đồng."""
    load(warehouse, [ONE], [], [held(FIGURE)], RUN)
    return warehouse


def decided(engine: Engine, action: Any, **fields: Any) -> Decision:
    return decide(engine, FIGURE.figure_id, 1, action, **{**LAN, **fields})


def sound(engine: Engine) -> bool:
    return all(each.success for each in check_warehouse(engine.url.render_as_string(hide_password=False)))


def test_a_released_figure_is_in_the_warehouse_with_who_when_and_why(holding: Engine) -> None:
    decision = decided(holding, "release")
    assert (decision.state, decision.decided_by, decision.loaded_version) == ("released", "lan", 1)
    (row,) = current_figures(holding)
    assert (row["obs_value"], row["obs_value_printed"], row["quote"]) == (52_400_000_000, None, "52,4 tỷ đồng")
    assert (row["decision"], row["decided_by"], row["decision_reason"]) == ("released", "lan", LAN["reason"])
    assert row["decided_at"] == decision.decided_at
    assert held_figures(holding) == []
    assert sound(holding)


def test_a_corrected_figure_keeps_what_was_printed(holding: Engine) -> None:
    decided(holding, "correct", corrected_value=54_200_000_000)
    (row,) = current_figures(holding)
    assert (row["obs_value"], row["obs_value_printed"]) == (54_200_000_000, 52_400_000_000)
    assert row["decision"] == "corrected"
    remembered = held_figure(holding, FIGURE.figure_id)
    assert remembered is not None
    assert (remembered["state"], remembered["corrected_value"]) == ("corrected", 54_200_000_000)
    assert remembered["text"] == ONE.text


def test_a_figure_without_a_value_can_be_corrected_but_not_released(warehouse: Engine) -> None:
    load(warehouse, [ONE], [], [held(replace(FIGURE, value=None))], RUN)
    with pytest.raises(DecisionError, match="has no obs_value: correct it with its value"):
        decided(warehouse, "release")
    decided(warehouse, "correct", corrected_value=52_400_000_000)
    assert [(row["obs_value"], row["obs_value_printed"]) for row in current_figures(warehouse)] == [
        (52_400_000_000, None)
    ]


def test_a_rejected_figure_stays_out(holding: Engine) -> None:
    assert decided(holding, "reject").loaded_version is None
    assert (current_figures(holding), held_figures(holding)) == ([], [])


@pytest.mark.parametrize(
    ("action", "fields", "current"),
    [
        ("release", {}, 52_400_000_000),
        ("correct", {"corrected_value": 54_200_000_000}, 54_200_000_000),
        ("reject", {}, None),
    ],
)
def test_a_decision_is_remembered_by_the_words_and_the_same_run_again_changes_nothing(
    holding: Engine, action: str, fields: dict[str, Any], current: int | None
) -> None:
    decided(holding, action, **fields)
    before = current_figures(holding)
    unchanged = 0 if current is None else 1
    for accepted, quarantined in (([], [held(FIGURE)]), ([FIGURE], [])):
        report = load(holding, [ONE], accepted, quarantined, LATER)
        assert report == LoadReport(articles=1, figures=1, unchanged=unchanged, quarantined=1 - unchanged)
        assert current_figures(holding) == before
        assert held_figures(holding) == []


@pytest.mark.parametrize("action", ["release", "correct", "reject"])
def test_a_paragraph_above_moves_the_figure_and_not_the_decision(holding: Engine, action: Any) -> None:
    decided(holding, action, **({"corrected_value": 54_200_000_000} if action == "correct" else {}))
    longer = replace(ONE, text="Tin từ UBND huyện.\n" + ONE.text)
    report = load(holding, [longer], [], [held(figure(longer))], LATER)
    assert held_figures(holding) == []
    assert [(row["decision"], row["decided_by"]) for row in current_figures(holding)] == (
        [] if action == "reject" else [(report and {"release": "released", "correct": "corrected"}[action], "lan")]
    )
    assert sound(holding), "the offsets are those of the new text"


@pytest.mark.parametrize("action", ["release", "correct", "reject"])
def test_another_value_in_the_text_opens_the_question_again(holding: Engine, action: Any) -> None:
    decided(holding, action, **({"corrected_value": 54_200_000_000} if action == "correct" else {}))
    mended = replace(ONE, text=ONE.text.replace("52,4", "52,9"))
    now = figure(mended, "52,9 tỷ đồng", "52,9", value=52_900_000_000)
    load(holding, [mended], [], [held(now)], LATER)
    assert [row["obs_value"] for row in held_figures(holding)] == [52_900_000_000]
    assert current_figures(holding) == []


def test_what_the_article_no_longer_says_is_closed_even_if_someone_released_it(holding: Engine) -> None:
    decided(holding, "release")
    load(holding, [replace(ONE, text="Bài đã gỡ số liệu.")], [], [], LATER)
    assert current_figures(holding) == []


def test_who_comes_second_overwrites_nothing_and_is_told_who_was_first(holding: Engine) -> None:
    decided(holding, "release")
    before = current_figures(holding)
    with pytest.raises(DecisionConflict, match=r"was released by lan on .* \(asked the district's office\): nothing"):
        decided(holding, "reject", by="minh", reason="looks wrong")
    assert current_figures(holding) == before


def test_of_many_at_once_one_decides(holding: Engine) -> None:
    def attempt(number: int) -> str:
        try:
            decided(holding, "release" if number % 2 else "reject", by=f"reviewer {number}")
        except DecisionConflict:
            return "told"
        return "decided"

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(attempt, range(6)))
    assert sorted(outcomes) == ["decided", *["told"] * 5]


def test_a_page_from_before_the_last_run_decides_nothing(holding: Engine) -> None:
    changed = replace(FIGURE, value=52_000_000_000)
    load(holding, [ONE], [], [held(changed)], LATER)
    with pytest.raises(DecisionConflict, match="is not held any more"):
        decided(holding, "release")
    assert decide(holding, FIGURE.figure_id, 2, "release", **LAN).loaded_version == 1


def unread(figure: Figure) -> Figure:
    return replace(figure, period_start=None, period_end=None)


@pytest.mark.parametrize(
    ("change", "action", "fields", "sentence"),
    [
        (None, "approve", {}, "'approve' is no decision"),
        (None, "release", {"by": " "}, "needs its author and a reason"),
        (None, "reject", {"reason": ""}, "needs its author and a reason"),
        (None, "correct", {}, "needs the corrected value"),
        (None, "release", {"corrected_value": 1}, "no other decision has one"),
        (None, "correct", {"corrected_value": 0}, "whole number of VND above zero"),
        (None, "correct", {"corrected_value": Decimal("0.5")}, "whole number of VND above zero"),
        (None, "correct", {"corrected_value": Decimal("NaN")}, "no number that a figure could have"),
        (None, "correct", {"corrected_value": 52_400_000_000}, "52,4 tỷ đồng is what was printed: release"),
        (unread, "release", {}, "has no period_start and no period_end: it can only be rejected"),
        (lambda each: replace(each, ref_area="999"), "release", {}, "cannot be loaded .*999"),
    ],
)
def test_a_decision_that_cannot_be_taken_is_one_sentence_and_changes_nothing(
    warehouse: Engine, change: Any, action: str, fields: dict[str, Any], sentence: str
) -> None:
    load(warehouse, [ONE], [], [held(change(FIGURE) if change else FIGURE)], RUN)
    version = held_figures(warehouse)[0]["version"]
    figure_id = held_figures(warehouse)[0]["figure_id"]
    with pytest.raises(WarehouseError, match=sentence) as caught:
        decide(warehouse, figure_id, version, action, **{**LAN, **fields})  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    assert [row["state"] for row in held_figures(warehouse)] == ["held"]
    assert current_figures(warehouse) == []


def test_a_figure_that_was_never_held(warehouse: Engine) -> None:
    with pytest.raises(DecisionConflict, match="was ever held in version 1"):
        decided(warehouse, "release")


def test_the_tables_themselves_refuse_a_correction_without_its_value(holding: Engine) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError, match="correction_has_value"), holding.begin() as connection:
        connection.execute(
            text(
                "UPDATE quarantined_figure SET state = 'corrected', decided_by = 'x', decided_at = now(), reason = 'x'"
            )
        )
