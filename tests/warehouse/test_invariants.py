"""What the warehouse suite asks of the tables after a load: sound after any load, and not blind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, text
from warehouse_records import RUN, article, figure, held

from thuchi.validate import check_warehouse
from thuchi.warehouse import load, store_results


def failed(engine: Engine) -> dict[str, int]:
    url = engine.url.render_as_string(hide_password=False)
    return {each.expectation: each.unexpected_count for each in check_warehouse(url) if not each.success}


def test_a_warehouse_is_sound_after_loads_of_changing_texts(warehouse: Engine) -> None:
    one, other = article(), article("https://portal.example/2")
    load(warehouse, [one, other], [figure(one)], [held(figure(other))], RUN)
    assert failed(warehouse) == {}
    below = replace(one, text=one.text + "\nTin khác.")
    above = replace(other, text="Tin nóng.\n" + other.text)
    load(warehouse, [below, above], [figure(below), figure(above)], [], RUN)
    assert failed(warehouse) == {}


@pytest.mark.parametrize(
    ("expectation", "damage"),
    [
        (
            "one_current_version",
            "DROP INDEX uq_fiscal_figure_current; CREATE TEMP TABLE two AS SELECT * FROM fiscal_figure;"
            "UPDATE two SET version = 2; INSERT INTO fiscal_figure SELECT * FROM two",
        ),
        (
            "never_current_and_held",
            "UPDATE quarantined_figure SET figure_id = (SELECT figure_id FROM fiscal_figure)",
        ),
        (
            "figure_is_of_its_text",
            "UPDATE article SET text = 'khác', changed_at = now()",
        ),
        (
            "area_is_valid_at_period",
            "UPDATE ref_area SET valid_from = '2025-07-01' WHERE code = '066'",
        ),
    ],
)
def test_a_damage_is_seen_and_only_that_one(warehouse: Engine, expectation: str, damage: str) -> None:
    one = article()
    other_words = held(figure(one, "81,9% dự toán", "81,9", phase="estimated"))
    load(warehouse, [one], [figure(one)], [other_words], RUN)
    with warehouse.begin() as connection:
        connection.execute(text(damage))
    assert failed(warehouse) == {expectation: 1}


def test_any_postgresql_url_will_do_also_with_a_dollar_in_its_password(warehouse: Engine) -> None:
    url = warehouse.url.set(drivername="postgres", password="p$HOME")
    assert len(check_warehouse(url.render_as_string(hide_password=False).replace("%24", "$"))) == 4


def test_a_plan_may_be_of_a_unit_that_is_yet_to_come(warehouse: Engine) -> None:
    one = article()
    plan = figure(one, phase="plan", period_start=date(2022, 1, 1), period_end=date(2022, 12, 31))
    load(warehouse, [one], [plan], [], RUN)
    with warehouse.begin() as connection:
        connection.execute(text("UPDATE ref_area SET valid_from = '2025-07-01' WHERE code = '066'"))
    assert failed(warehouse) == {}


def test_the_results_of_a_run_are_kept_once_however_often_it_is_tried(warehouse: Engine) -> None:
    load(warehouse, [article()], [figure(article())], [], RUN)
    results = check_warehouse(warehouse.url.render_as_string(hide_password=False))
    for _ in range(2):
        store_results(warehouse, results, RUN)
    with warehouse.connect() as connection:
        rows = connection.execute(text("SELECT * FROM validation_result ORDER BY expectation")).mappings().all()
    assert [row["expectation"] for row in rows] == sorted(result.expectation for result in results)
    assert {(row["suite"], row["run_id"], row["interval_key"], row["success"]) for row in rows} == {
        ("warehouse", RUN.run_id, RUN.interval, True)
    }
    assert all(row["duration_s"] > 0 and len(row["sentence_vi"]) >= 20 for row in rows)
