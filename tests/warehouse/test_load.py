"""What becomes of a figure when its article is loaded, again and otherwise."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from cpu_time import cpu_seconds
from sqlalchemy import Engine, event, text
from warehouse_records import RUN, TEXT, article, figure, held

from thuchi.model import LOCAL_ZONE
from thuchi.warehouse import LoadReport, Run, WarehouseError, current_figures, held_figures, load, row_counts

LATER = Run("scheduled__2", "2022-10")


def rows(engine: Engine, query: str, **values: Any) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(query), values).mappings()]


def everything(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    keys = {"article": "article_id", "fiscal_figure": "figure_id, version", "quarantined_figure": "figure_id, version"}
    return {table: rows(engine, f"SELECT * FROM {table} ORDER BY {key}") for table, key in keys.items()}


def decide(engine: Engine, state: str) -> None:
    """What a reviewer's decision leaves on a held row."""
    with engine.begin() as connection:
        connection.execute(
            text("""UPDATE quarantined_figure
                    SET state = :state, decided_by = 'lan', decided_at = now(), reason = 'asked the office'
                    WHERE state = 'held'"""),
            {"state": state},
        )


def test_the_same_load_twice_changes_nothing(warehouse: Engine) -> None:
    one = article()
    percent = figure(one, "81,9% dự toán", "81,9", measure="pct_of_plan", value=Decimal("81.9"), basis="province")
    first = load(warehouse, [one], [figure(one)], [held(percent)], RUN)
    before = everything(warehouse)
    second = load(warehouse, [one], [figure(one)], [held(percent)], LATER)
    assert first == LoadReport(articles=1, figures=2, loaded=1, quarantined=1)
    assert second == LoadReport(articles=1, figures=2, unchanged=1, quarantined=1)
    assert everything(warehouse) == before


def test_a_figure_is_stored_with_its_words_and_sdmx_codes(warehouse: Engine) -> None:
    one = article()
    load(warehouse, [one], [figure(one)], [], RUN)
    (row,) = current_figures(warehouse)
    assert row["obs_value"] == 52_400_000_000
    assert (row["unit_measure"], row["obs_status"], row["time_period"]) == ("VND", "P", "2022-01-01/P9M")
    assert TEXT[row["quote_start"] : row["quote_end"]] == row["quote"] == "52,4 tỷ đồng"
    assert row["evidence"] == {"area": {"origin": "words", "start": 10, "end": 20, "note": ""}}
    assert row["published"].astimezone(LOCAL_ZONE) == one.published
    assert rows(warehouse, "SELECT text FROM article") == [{"text": TEXT}]


def test_a_percentage_keeps_the_digits_that_were_printed(warehouse: Engine) -> None:
    one = article(text="Thu ngân sách bằng 10,50% dự toán.")
    load(
        warehouse,
        [one],
        [figure(one, "10,50% dự toán", "10,50", measure="pct_of_plan", value=Decimal("10.50"))],
        [],
        RUN,
    )
    assert str(current_figures(warehouse)[0]["obs_value"]) == "10.50"


def test_a_misprint_beyond_64_bits_is_kept_exactly(warehouse: Engine) -> None:
    one = article()
    load(warehouse, [one], [], [held(figure(one, value=10**24 + 1))], RUN)
    assert held_figures(warehouse)[0]["obs_value"] == 10**24 + 1


def test_other_content_closes_the_old_version_and_opens_the_next(warehouse: Engine) -> None:
    one = article()
    load(warehouse, [one], [figure(one)], [], RUN)
    report = load(warehouse, [one], [figure(one, phase="estimated")], [], LATER)
    assert (report.loaded, report.superseded) == (1, 1)
    old, new = rows(warehouse, "SELECT * FROM fiscal_figure ORDER BY version")
    assert (old["version"], old["phase"], new["version"], new["phase"]) == (1, "executed", 2, "estimated")
    assert old["superseded_at"] == new["loaded_at"]
    assert new["superseded_at"] is None


def test_what_an_article_no_longer_says_is_closed_and_reopened_when_it_says_so_again(warehouse: Engine) -> None:
    one = article()
    load(warehouse, [one], [figure(one)], [], RUN)
    assert load(warehouse, [one], [], [], RUN).superseded == 1
    assert current_figures(warehouse) == []
    assert load(warehouse, [one], [figure(one)], [], RUN).loaded == 1
    first, second = rows(warehouse, "SELECT * FROM fiscal_figure ORDER BY version")
    assert first["superseded_at"] is not None
    assert (second["version"], second["superseded_at"]) == (2, None)


def test_articles_that_a_load_does_not_hold_are_left_alone(warehouse: Engine) -> None:
    one, other = article(), article("https://portal.example/2")
    load(warehouse, [one, other], [figure(one), figure(other)], [], RUN)
    assert load(warehouse, [other], [figure(other)], [], RUN).superseded == 0
    assert len(current_figures(warehouse)) == 2


@pytest.mark.parametrize("first_held", [True, False])
def test_a_figure_that_moves_is_never_in_both(warehouse: Engine, first_held: bool) -> None:
    one = article()
    loads = [([figure(one)], []), ([], [held(figure(one))])]
    for accepted, quarantined in reversed(loads) if first_held else loads:
        load(warehouse, [one], accepted, quarantined, RUN)
    counts = row_counts(warehouse)
    assert (counts["fiscal_figure.current"], counts["quarantined_figure.held"]) == ((1, 0) if first_held else (0, 1))
    assert (counts["fiscal_figure"], counts["quarantined_figure"]) == (1, 1)
    if first_held:
        assert rows(warehouse, "SELECT state, closed_at IS NULL AS open FROM quarantined_figure") == [
            {"state": "expired", "open": False}
        ]


def test_what_was_released_loads_in_every_later_run(warehouse: Engine) -> None:
    one = article()
    load(warehouse, [one], [], [held(figure(one))], RUN)
    decide(warehouse, "released")
    assert load(warehouse, [one], [], [held(figure(one))], LATER) == LoadReport(articles=1, figures=1, loaded=1)
    assert load(warehouse, [one], [], [held(figure(one))], LATER) == LoadReport(articles=1, figures=1, unchanged=1)
    assert len(current_figures(warehouse)) == 1
    assert held_figures(warehouse) == []


def test_what_was_rejected_stays_out_even_if_it_passes_later(warehouse: Engine) -> None:
    one = article()
    load(warehouse, [one], [], [held(figure(one))], RUN)
    decide(warehouse, "rejected")
    assert load(warehouse, [one], [figure(one)], [], LATER) == LoadReport(articles=1, figures=1, quarantined=1)
    assert current_figures(warehouse) == []
    assert rows(warehouse, "SELECT state, decided_by FROM quarantined_figure") == [
        {"state": "rejected", "decided_by": "lan"}
    ]


def test_a_decision_outlives_a_paragraph_added_above_its_words(warehouse: Engine) -> None:
    one = article()
    load(warehouse, [one], [], [held(figure(one))], RUN)
    decide(warehouse, "rejected")
    longer = replace(one, text="Tin từ UBND huyện.\n" + one.text)
    assert load(warehouse, [longer], [], [held(figure(longer))], LATER).quarantined == 1
    assert held_figures(warehouse) == []


def test_a_decision_ends_when_the_value_changes(warehouse: Engine) -> None:
    one = article()
    load(warehouse, [one], [], [held(figure(one))], RUN)
    decide(warehouse, "rejected")
    changed = figure(one, value=52_000_000_000)
    load(warehouse, [one], [], [held(changed)], LATER)
    (row,) = held_figures(warehouse)
    assert (row["obs_value"], row["version"]) == (52_000_000_000, 2)
    assert rows(warehouse, "SELECT state FROM quarantined_figure ORDER BY version") == [
        {"state": "rejected"},
        {"state": "held"},
    ]


def test_an_article_read_again_with_the_same_text_is_unchanged_and_with_another_is_renewed(warehouse: Engine) -> None:
    one = article()
    load(warehouse, [one], [figure(one)], [], RUN)
    before = rows(warehouse, "SELECT * FROM article")
    load(warehouse, [replace(one, raw="raw/na_ri/again.warc.gz#0")], [figure(one)], [], LATER)
    assert rows(warehouse, "SELECT * FROM article") == before
    mended = replace(one, text=one.text.replace("52,4", "54,2"))
    new = figure(mended, "54,2 tỷ đồng", "54,2", value=54_200_000_000)
    report = load(warehouse, [mended], [new], [], LATER)
    assert (report.loaded, report.superseded) == (1, 1)
    assert rows(warehouse, "SELECT text, run_id FROM article") == [{"text": mended.text, "run_id": LATER.run_id}]


def test_a_text_without_figures_is_not_kept(warehouse: Engine) -> None:
    load(warehouse, [article()], [], [], RUN)
    assert rows(warehouse, "SELECT text, url FROM article") == [{"text": None, "url": "https://portal.example/1"}]


def test_an_article_that_cannot_load_leaves_the_others_loaded_and_itself_untouched(warehouse: Engine) -> None:
    one, other = sorted([article(), article("https://portal.example/2")], key=lambda each: each.article_id)
    load(warehouse, [one, other], [figure(one), figure(other)], [], RUN)
    with pytest.raises(WarehouseError, match="load the reference data first"):
        load(warehouse, [one, other], [figure(one, phase="estimated"), figure(other, indicator="nix")], [], LATER)
    phases = rows(warehouse, "SELECT article_id, indicator, phase FROM fiscal_figure WHERE superseded_at IS NULL")
    assert {row["article_id"]: (row["indicator"], row["phase"]) for row in phases} == {
        one.article_id: ("revenue", "estimated"),
        other.article_id: ("revenue", "executed"),
    }


@pytest.mark.parametrize(
    ("articles", "accepted", "quarantined", "sentence"),
    [
        ([], [figure(article())], [], "Figures of articles that are not loaded with them"),
        ([article()], [figure(article())], [held(figure(article()))], "comes twice"),
        ([article(), article()], [], [], "Two articles of one load have the same id"),
    ],
    ids=["no article", "twice", "article twice"],
)
def test_a_load_that_contradicts_itself_is_refused(
    warehouse: Engine, articles: list[Any], accepted: list[Any], quarantined: list[Any], sentence: str
) -> None:
    with pytest.raises(WarehouseError, match=sentence):
        load(warehouse, articles, accepted, quarantined, RUN)
    assert row_counts(warehouse)["fiscal_figure"] == row_counts(warehouse)["article"] == 0


def test_loads_of_the_same_articles_at_once_end_as_one(warehouse: Engine) -> None:
    articles = [article(f"https://portal.example/{number}") for number in range(20)]
    figures = [figure(each) for each in articles]
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda _: load(warehouse, articles, figures, [], RUN), range(4)))
    assert sum(report.loaded for report in reports) == 20
    assert sum(report.unchanged for report in reports) == 60
    assert row_counts(warehouse)["fiscal_figure"] == 20


def test_a_thousand_figures_load_in_under_a_second_of_our_time_and_with_few_round_trips(warehouse: Engine) -> None:
    articles = [article(f"https://portal.example/{number}", text=TEXT * 10) for number in range(100)]
    figures = [
        figure(each, number_start=position, number_end=position + 1) for each in articles for position in range(10)
    ]
    load(warehouse, articles[:1], figures[:10], [], RUN)
    statements: list[str] = []
    event.listen(warehouse, "before_cursor_execute", lambda *args: statements.append(args[2]))
    reports: list[LoadReport] = []
    assert cpu_seconds(lambda: reports.append(load(warehouse, articles, figures, [], RUN))) < 1
    (report,) = reports
    assert (report.loaded, report.unchanged) == (990, 10)
    assert len(statements) <= 6 * len(articles) + 5
