"""Each check of our own, with what passes it and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from validate_records import TRIEU, TY, article, figure, known

from thuchi.model import LOCAL_ZONE, Evidence, Interval
from thuchi.validate.batch import Batch
from thuchi.validate.checks import (
    article_is_there,
    ends_after_publication,
    evidence_within_text,
    jump_against_history,
    offsets_within_text,
    published_in_interval,
    quote_is_slice,
    quote_reads_back,
)

CHANGE = {"measure": "pct_change_yoy", "basis": None}


@pytest.mark.parametrize(
    ("quote", "number", "value", "fields"),
    [
        ("đạt 5.870 tỷ đồng", "5.870", 5870 * TY, {}),
        ("ước 223 tỷ 550 triệu đồng", "223 tỷ 550", 223_550 * TRIEU, {}),
        ("gần 1.584 tỷ đồng", "1.584", 1584 * TY, {"approx": "below"}),
        ("giải ngân 39,3/19,3 tỷ đồng", "39,3", 39_300 * TRIEU, {}),
        ("giải ngân 39,3/19,3 tỷ đồng", "19,3", 19_300 * TRIEU, {}),
        ("đạt 81,9% dự toán", "81,9", "81.9", {}),
        ("vượt 12% dự toán", "12", "112", {}),
        ("tăng 11,2% so với cùng kỳ", "11,2", "11.2", CHANGE),
        ("giảm 4% so với cùng kỳ", "4", "-4", CHANGE),
        ("bằng 90% so với cùng kỳ", "90", "-10", CHANGE),
        ("tăng gấp 2 lần so với cùng kỳ", "2", "100", CHANGE),
        ("lần lượt là 61,9%, 68% và 59,8%", "68", "68", {}),
        # A cell of a table whose unit is stated above it has its digits and no unit.
        ("4.712", "4.712", 4712 * TY, {}),
        ("105,2", "105,2", "5.2", CHANGE),
        ("0%", "0", "0", {}),
    ],
)
def test_a_quote_that_reads_back_as_its_value(quote: str, number: str, value: int | str, fields: Any) -> None:
    of = article(f"Thu ngân sách 11 tháng: {quote}.")
    assert quote_reads_back(Batch([of], [figure(of, quote, number, value, **fields)])) == {}


@pytest.mark.parametrize(
    ("quote", "number", "value", "sentence"),
    [
        ("đạt 5.870 tỷ đồng", "5.870", 5870 * TRIEU, "reads as 5.870 tỷ đồng; the figure says 5,87 tỷ đồng"),
        ("đạt 5.870 tỷ đồng", "5.870", 5780 * TY, "the figure says 5.780 tỷ đồng"),
        ("đạt 81,9% dự toán", "81,9", "8.19", "reads as 81,9%; the figure says 8,19%"),
        ("4.712", "4.712", 4721 * TY, "holds no number that could be"),
        ("ba trăm", "ba trăm", 300 * TY, "holds no number that could be"),
    ],
)
def test_a_quote_that_does_not_read_back(quote: str, number: str, value: int | str, sentence: str) -> None:
    of = article(f"Thu ngân sách 11 tháng: {quote}.")
    (found,) = quote_reads_back(Batch([of], [figure(of, quote, number, value)])).values()
    assert sentence in found.en
    assert found.vi != found.en


ARTICLE = article("Mười một tháng, thu ngân sách đạt 5.870 tỷ đồng.")
SOUND = figure(ARTICLE, "đạt 5.870 tỷ đồng", "5.870", 5870 * TY)


@pytest.mark.parametrize(
    ("check", "broken"),
    [
        (article_is_there, replace(SOUND, article_id="0" * 16)),
        (offsets_within_text, replace(SOUND, end=SOUND.end + 100)),
        (offsets_within_text, replace(SOUND, start=-1)),
        (offsets_within_text, replace(SOUND, number_start=SOUND.start - 1)),
        (quote_is_slice, replace(SOUND, quote="đạt 5.780 tỷ đồng")),
        (evidence_within_text, replace(SOUND, evidence={"area": Evidence("words", 10, 999)})),
        (evidence_within_text, replace(SOUND, evidence={"area": Evidence("words", 10, 10)})),
    ],
)
def test_words_that_are_not_where_they_should_be(check: Any, broken: Any) -> None:
    assert check(Batch([ARTICLE], [SOUND])) == {}
    assert list(check(Batch([ARTICLE], [broken]))) == [broken.figure_id]


def test_evidence_from_outside_the_text_has_no_span() -> None:
    inherited = replace(SOUND, evidence={"area": Evidence("source"), "period": Evidence("published")})
    assert evidence_within_text(Batch([ARTICLE], [inherited])) == {}


INVESTMENT = {"indicator": "public_investment"}


@pytest.mark.parametrize(
    ("published", "start", "end", "fields", "passes"),
    [
        # A report of the 25th speaks of the month as done.
        ("2024-09-25", "2024-01-01", "2024-09-30", {}, True),
        ("2024-09-25", "2024-01-01", "2024-10-01", {}, False),
        # The year's plan read as executed, or a wrong year.
        ("2024-09-25", "2024-01-01", "2024-12-31", {}, False),
        ("2024-09-25", "2024-01-01", "2024-12-31", {"phase": "plan"}, True),
        ("2024-09-25", "2024-01-01", "2024-12-31", {"phase": "target"}, True),
        # An estimate may run to the end of the year of publication, not of the next.
        ("2024-09-25", "2024-01-01", "2024-12-31", {"phase": "estimated"}, True),
        ("2024-09-25", "2025-01-01", "2025-12-31", {"phase": "estimated"}, False),
        # Capital of a plan year is disbursed until 31 January of the next.
        ("2024-12-20", "2024-01-01", "2025-01-31", {"phase": "estimated"} | INVESTMENT, True),
        ("2024-12-20", "2024-01-01", "2025-01-31", {"phase": "estimated"}, False),
        ("2025-01-20", "2024-01-01", "2025-01-31", INVESTMENT, True),
        ("2024-12-20", "2024-01-01", "2025-01-31", INVESTMENT, False),
        # A sum of several years, told in the last of them.
        ("2020-07-29", "2016-01-01", "2020-12-31", {}, True),
        ("2020-07-29", "2016-01-01", "2021-12-31", {}, False),
    ],
)
def test_what_is_done_does_not_end_long_after_it_was_printed(
    published: str, start: str, end: str, fields: Any, passes: bool
) -> None:
    of = replace(ARTICLE, published=datetime.fromisoformat(f"{published}T08:00").replace(tzinfo=LOCAL_ZONE))
    period = {"period_start": date.fromisoformat(start), "period_end": date.fromisoformat(end)}
    one = replace(SOUND, **period, **fields)
    assert (ends_after_publication(Batch([of], [one])) == {}) is passes


@pytest.mark.parametrize(
    ("history", "passes"),
    [
        ([], True),
        ([known(5100 * TY)], True),
        ([known(420 * TY)], True),  # a month against eleven
        ([known(5 * TY)], False),
        ([known(5100 * TY), known(5200 * TY), known(5 * TY)], True),  # the median, not the one slip among them
        ([known(5_100_000 * TY)], False),
        ([known(5 * TY, ref_area="83")], True),
        ([known(5 * TY, indicator="revenue.land")], True),
        ([known(50, measure="pct_of_plan")], True),
        ([known(5 * TY, article_id=ARTICLE.article_id)], True),  # its own earlier version is no witness
    ],
)
def test_an_amount_a_thousand_times_off_its_own_history(history: list[dict[str, Any]], passes: bool) -> None:
    found = jump_against_history(Batch([ARTICLE], [SOUND], history=history), ratio=300)
    assert (found == {}) is passes
    if not passes:
        assert "5.870 tỷ đồng where tỉnh Trà Vinh usually has about" in found[SOUND.figure_id].en


@pytest.mark.parametrize(
    ("key", "published", "passes"),
    [
        ("2024-12", ARTICLE.published, True),
        ("2024-12-02", ARTICLE.published, True),
        ("2024-11", ARTICLE.published, False),
        ("undated", None, True),
        ("undated", ARTICLE.published, False),
        ("2024-12", None, False),
    ],
)
def test_a_partition_holds_what_was_published_in_it(key: str, published: datetime | None, passes: bool) -> None:
    found = published_in_interval(Batch([replace(ARTICLE, published=published)], [], Interval.parse(key)))
    assert (found == {}) is passes
