"""A whole run of validation, by Great Expectations: what is accepted, what is held, what stops the run."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cpu_time import cpu_seconds
from validate_records import LAST_YEAR, TRIEU, TY, YEAR, article, figure, known

from thuchi.extract import Extractor
from thuchi.model import LOCAL_ZONE, Figure, Interval
from thuchi.settings import INCLUDE, PROJECT
from thuchi.validate import ExpectationError, Outcome, load_suites, validate
from thuchi.vocabulary import vocabulary

ARTICLE = article(
    "Mười một tháng, tổng thu ngân sách của tỉnh Trà Vinh đạt 5.870 tỷ đồng, bằng 113,8% dự toán, tăng 11% so với "
    "cùng kỳ; dự toán cả năm là 5.160 tỷ đồng."
)
SOUND = figure(ARTICLE, "đạt 5.870 tỷ đồng", "5.870", 5870 * TY)
PERCENT = figure(ARTICLE, "bằng 113,8% dự toán", "113,8", "113.8")
CHANGE = figure(ARTICLE, "tăng 11% so với", "11%", "11", measure="pct_change_yoy", basis=None)
PLAN = figure(ARTICLE, "5.160 tỷ đồng", "5.160", 5160 * TY, phase="plan", **YEAR)
ALL = [SOUND, PERCENT, CHANGE, PLAN]


def test_importing_validation_imports_neither_great_expectations_nor_pandas() -> None:
    code = "import sys, thuchi.validate, thuchi.warehouse; print({'great_expectations', 'pandas'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(INCLUDE)}, capture_output=True, text=True)
    assert (ran.stdout.strip(), ran.stderr) == ("set()", "")


def test_a_sound_run_is_accepted_and_every_expectation_has_its_result(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    validate([], [])  # the import may log what it likes; a run may not
    capfd.readouterr()
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        outcome = validate([ARTICLE], ALL, interval=Interval.parse("2024-12"))
    assert outcome.accepted == tuple(ALL)
    assert (outcome.quarantined, outcome.critical) == ((), ())
    assert [result for result in outcome.results if not result.success] == []
    asked = {
        (name, each.id) for name, suite in load_suites().items() for each in suite if "Unexpected" not in each.type
    }
    assert {(result.suite, result.expectation) for result in outcome.results} == asked
    assert capfd.readouterr() == ("", "")
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []


def test_a_run_without_articles_passes() -> None:
    outcome = validate([], [], interval=Interval.parse("2024-12"))
    assert (outcome.accepted, outcome.quarantined, outcome.critical) == ((), (), ())


BROKEN: list[tuple[str, str, dict[str, Any]]] = [
    ("value_is_read", "has no value (unit_unknown)", {"value": None, "doubts": ("unit_unknown",)}),
    ("period_is_read", "is of no known period", {"period_start": None, "period_end": None}),
    ("period_starts_before_it_ends", "from 2024-12-01 to 2024-11-30", {"period_start": date(2024, 12, 1)}),
    ("period_is_plausible", "a period that starts in 1924", {"period_start": date(1924, 1, 1)}),
    ("ends_after_publication", "2024-12-31 is the latest", {"period_end": date(2025, 1, 1)}),
    ("area_is_resolved", "tỉnh Trà Vinh is no unit that is known", {"ref_area": None}),
    ("amount_is_positive", "0 đồng is no amount of a budget", {"value": 0}),
    ("amount_within_nation", "20.000.000 tỷ đồng for tỉnh Trà Vinh", {"value": 2 * 10**16, "level": "nation"}),
    ("amount_within_nation", "for tỉnh Trà Vinh", {"value": 10**24}),
    ("amount_within_province", "3.000.000 tỷ đồng", {"value": 3 * 10**15}),
    ("amount_within_district", "150.000 tỷ đồng", {"value": 15 * 10**13, "level": "district"}),
    ("amount_within_commune", "25.000 tỷ đồng", {"value": 25 * 10**12, "level": "commune"}),
    ("total_of_a_province_is_billions", "157 triệu đồng as revenue", {"value": 157 * TRIEU}),
    ("quote_reads_back", "the figure says 5.780 tỷ đồng", {"value": 5780 * TY}),
    ("pct_of_plan_is_plausible", "1.001% of a plan", {"measure": "pct_of_plan", "value": Decimal(1001)}),
    ("pct_of_plan_is_plausible", "-3% of a plan", {"measure": "pct_of_plan", "value": Decimal(-3)}),
    ("pct_change_is_possible", "-101%", {"measure": "pct_change_yoy", "value": Decimal(-101), "basis": "district"}),
]
"""What makes a sound row fail which expectation, and what is said of it."""
IN_ARTICLES = [article(f"{ARTICLE.text} Tin thứ {number}.") for number in range(len(BROKEN))]


def broken(number: int) -> Figure:
    return replace(SOUND, article_id=IN_ARTICLES[number].article_id, **BROKEN[number][2])


@pytest.fixture(scope="module")
def outcome_of_broken_rows() -> Outcome:
    """One run of them all, each in an article of its own beside a sound figure."""
    beside = [replace(CHANGE, article_id=each.article_id) for each in IN_ARTICLES]
    outcome = validate(IN_ARTICLES, [*map(broken, range(len(BROKEN))), *beside])
    assert outcome.accepted == tuple(beside)
    assert outcome.critical == ()
    return outcome


@pytest.mark.parametrize(
    ("number", "expectation", "sentence"), [(number, *row[:2]) for number, row in enumerate(BROKEN)]
)
def test_a_row_that_fails_is_held_with_the_name_and_the_numbers_and_the_rest_is_accepted(
    outcome_of_broken_rows: Outcome, number: int, expectation: str, sentence: str
) -> None:
    outcome = outcome_of_broken_rows
    (held,) = [each for each in outcome.quarantined if each.figure == broken(number)]
    said = {failure.expectation: failure.sentence for failure in held.failures}
    assert sentence in said[expectation]
    failed = {
        each.figure.figure_id
        for each in outcome.quarantined
        if expectation in [failure.expectation for failure in each.failures]
    }
    (result,) = [each for each in outcome.results if each.expectation == expectation]
    assert (result.success, result.unexpected_count) == (False, len(failed))
    assert {example["figure_id"] for example in result.examples} <= failed


def test_a_warning_loads_the_figure_and_marks_it_as_doubtful() -> None:
    text = "Tiền sử dụng đất tăng 812% so với cùng kỳ năm trước, do huyện Càng Long đấu giá thành công nhiều khu đất."
    of = article(text)
    steep = figure(of, "tăng 812%", "812", "812", measure="pct_change_yoy", basis=None, indicator="revenue.land")
    outcome = validate([of], [steep])
    (accepted,) = outcome.accepted
    assert accepted == replace(steep, doubts=("pct_change_is_usual",))
    assert (accepted.obs_status, accepted.figure_id) == ("U", steep.figure_id)


def test_contradicting_figures_are_held_with_their_arithmetic() -> None:
    of = replace(ARTICLE, text=ARTICLE.text.replace("113,8%", "103,8%"))
    wrong = replace(PERCENT, value=Decimal("103.8"), quote="bằng 103,8% dự toán")
    outcome = validate([of], [SOUND, wrong, CHANGE, PLAN])
    (held,) = outcome.quarantined
    assert held.figure == wrong
    assert [failure.expectation for failure in held.failures] == ["implied_plan"]
    assert "implies a plan of 5.655,106 tỷ đồng; the text says 5.160 tỷ đồng" in held.failures[0].sentence


def test_an_amount_a_thousand_times_off_the_warehouse_is_held() -> None:
    before = known(5 * TY)
    outcome = validate([ARTICLE], [SOUND, CHANGE], history=[before])
    assert [failure.expectation for held in outcome.quarantined for failure in held.failures] == [
        "jump_against_history"
    ]


SHORT = [article("Trống.", article_id=f"{number:016x}") for number in range(3)]
MANY = [replace(SOUND, number_start=SOUND.number_start, number_end=SOUND.number_end, area=f"x{n}") for n in range(40)]


@pytest.mark.parametrize(
    ("expectation", "articles", "figures", "period"),
    [
        ("articles.article_id_is_a_key", [ARTICLE, ARTICLE], [], "2024-12"),
        ("articles.article_id_is_well_formed", [replace(ARTICLE, article_id="1")], [], "2024-12"),
        ("articles.has_text", [ARTICLE, *SHORT], [], "2024-12"),
        ("articles.published_in_interval", [ARTICLE], [], "2024-11"),
        ("figures.article_is_there", [], [SOUND], "2024-12"),
        ("figures.figure_id_is_a_key", [ARTICLE], [SOUND, SOUND], "2024-12"),
        ("figures.offsets_within_text", [ARTICLE], [replace(SOUND, end=9999)], "2024-12"),
        ("figures.quote_is_slice", [ARTICLE], [replace(SOUND, quote="đạt 5.780 tỷ đồng")], "2024-12"),
        ("figures.measure_is_known", [ARTICLE], [replace(SOUND, measure="share")], "2024-12"),
        ("figures.indicator_is_known", [ARTICLE], [replace(SOUND, indicator="revenue.lottery")], "2024-12"),
        ("figures.share_held", [ARTICLE], [replace(each, ref_area=None) for each in MANY], "2024-12"),
    ],
)
def test_what_is_wrong_with_a_run_as_a_whole_stops_it(
    expectation: str, articles: list[Any], figures: list[Any], period: str
) -> None:
    outcome = validate(articles, figures, interval=Interval.parse(period))
    assert [sentence.split(":")[0] for sentence in outcome.critical] == [expectation]
    assert len(outcome.accepted) + len(outcome.quarantined) == len(figures)


def test_of_few_figures_half_may_be_held() -> None:
    outcome = validate([ARTICLE], [replace(each, ref_area=None) for each in MANY[:39]])
    assert (outcome.critical, len(outcome.quarantined)) == ((), 39)


def test_a_suite_that_asks_of_a_column_that_is_not_there_is_a_mistake_and_not_data() -> None:
    suites = dict(load_suites())
    first = suites["figures"][-1]
    asks = first.model_copy(update={"type": "ExpectColumnValuesToNotBeNull", "kwargs": {"column": "nix"}})
    with pytest.raises(ExpectationError, match=r"cannot be computed.*nix"):
        validate([ARTICLE], ALL, suites={**suites, "figures": (asks,)})


def test_a_thousand_figures_are_validated_within_two_seconds() -> None:
    articles = [article(f"{ARTICLE.text} Tin thứ {number}.") for number in range(250)]
    figures = [replace(each, article_id=of.article_id) for of in articles for each in ALL]
    validate([ARTICLE], ALL)
    outcomes: list[Outcome] = []
    assert cpu_seconds(lambda: outcomes.append(validate(articles, figures))) < 2
    assert len(outcomes[0].accepted) == 1000


@pytest.mark.parametrize(
    ("sample", "quote"),
    [
        ("2023-05-tay-ninh-sai-don-vi.txt", "4.120 triệu đồng"),
        ("2024-03-phu-cat-sai-ty-le.txt", "51%"),
    ],
)
def test_the_slips_planted_in_the_sample_articles_are_held_and_nothing_else_of_them(sample: str, quote: str) -> None:
    lines = (PROJECT / "tests" / "gold" / "samples.jsonl").read_text(encoding="utf-8").splitlines()
    (told,) = [each for line in lines if (each := json.loads(line))["id"] == sample]
    published = datetime.fromisoformat(told["published"]).replace(tzinfo=LOCAL_ZONE)
    of = article(unicodedata.normalize("NFC", told["text"]), published=published, title=told["title"], source="samples")
    outcome = validate([of], Extractor(vocabulary()).figures_of(of))
    assert [quote in held.figure.quote for held in outcome.quarantined] == [True]
    assert len(outcome.accepted) >= 3


def test_last_year_is_told_from_this_year() -> None:
    of = article(
        "Thu 1.100 tỷ đồng, tăng 10% so với 1.000 tỷ đồng của mười một tháng năm trước; số liệu của Sở Tài chính."
    )
    now = figure(of, "1.100 tỷ đồng", "1.100", 1100 * TY)
    change = figure(of, "tăng 10%", "10", "10", measure="pct_change_yoy", basis=None)
    before = figure(of, "1.000 tỷ đồng", "1.000", 1000 * TY, **LAST_YEAR)
    assert validate([of], [now, change, before]).quarantined == ()


def test_the_folder_of_suites_is_where_the_documentation_says() -> None:
    assert {path.name for path in Path(INCLUDE / "expectations").iterdir()} == {
        "articles.yaml",
        "figures.yaml",
        "warehouse.yaml",
    }
