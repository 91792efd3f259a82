"""Each source of a run by itself: too few or too many articles, no figures, too many held; a result for each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from validate_records import TY, article, figure

from thuchi.model import Article, Figure, Interval
from thuchi.validate import ExpectationResult, SourceTerms, validate

ONE = article("Mười một tháng, tổng thu ngân sách của tỉnh Trà Vinh đạt 5.870 tỷ đồng, bằng 113,8% dự toán cả năm.")
FIGURE = figure(ONE, "đạt 5.870 tỷ đồng", "5.870", 5870 * TY)


def of(source: str, count: int) -> list[Article]:
    return [article(f"{ONE.text} Tin thứ {number} của {source}.", source=source) for number in range(count)]


def results(articles: list[Article], figures: list[Figure], **terms: Any) -> dict[tuple[str, str], ExpectationResult]:
    outcome = validate(articles, figures, interval=Interval.parse("2024-12-02"), **terms)
    assert outcome.critical == (), "a source alone stops no run"
    return {(each.expectation, each.source): each for each in outcome.results if each.source}


def test_a_source_below_its_floor_or_above_its_ceiling_is_named_and_the_others_pass() -> None:
    terms = [
        SourceTerms("silent", floor=2, ceiling=50),
        SourceTerms("usual", floor=2, ceiling=50),
        SourceTerms("flooding", floor=2, ceiling=5),
        SourceTerms("folder"),
    ]
    found = results([*of("usual", 3), *of("flooding", 6), *of("folder", 1)], [], sources=terms)
    below = {source: found["source_above_floor", source] for source in ("silent", "usual", "flooding", "folder")}
    assert {source: each.success for source, each in below.items()} == {
        "silent": False, "usual": True, "flooding": True, "folder": True,
    }  # fmt: skip
    assert below["silent"].examples == [{"source": "silent", "articles": 0, "floor": 2}]
    assert below["silent"].severity == "warning"
    assert [source for source in below if not found["source_below_ceiling", source].success] == ["flooding"]


def test_a_source_that_states_nothing_is_skipped_in_so_many_words() -> None:
    found = results(of("folder", 1), [])
    skipped = found["source_above_floor", "folder"]
    assert (skipped.success, skipped.element_count) == (True, 0)
    assert skipped.examples == [{"source": "folder", "skipped": "no floor"}]


def test_a_source_whose_articles_hold_no_figures() -> None:
    found = results([*of("teasers", 200), *of("few", 199)], [])
    assert not found["source_holds_figures", "teasers"].success
    assert found["source_holds_figures", "few"].success, "of few articles a share says nothing"


def test_a_source_with_many_held_figures() -> None:
    articles = [*of("broken", 20), *of("sound", 20)]
    figures = [
        replace(FIGURE, article_id=each.article_id, **({"ref_area": None} if number < 8 else {}))
        for number, each in enumerate(articles)
    ]
    found = results(articles, figures)
    assert not found["source_share_held", "broken"].success
    assert found["source_share_held", "broken"].examples == [{"source": "broken", "share_held": 0.4}]
    assert found["source_share_held", "sound"].success


def test_a_floor_of_less_than_one_article_a_day_asks_nothing_of_a_single_day() -> None:
    terms = [SourceTerms("weekly", floor=0.2, ceiling=80)]
    assert results([], [], sources=terms)["source_above_floor", "weekly"].success
