"""Our own checks: what no class of Great Expectations knows about words, periods and public finance.

A check looks at the whole run and returns a sentence for each row that it has something against, by the row's key
(article_id or figure_id). The engine puts the sentences into a column, which must be empty.
"""

from __future__ import annotations

from collections.abc import Callable

from thuchi.validate.arithmetic import SLIP_OF_UNIT
from thuchi.validate.bands import amount_within_band, change_within_band
from thuchi.validate.batch import Batch, Findings, Totals
from thuchi.validate.history import (
    cumulative_falls,
    jump_against_history,
    jump_against_level,
    rate_jumps,
    revises_loaded,
    sources_disagree,
)
from thuchi.validate.outcome import Told
from thuchi.validate.repeats import two_readings_of_number, two_values_in_article
from thuchi.validate.units import area_begins_after_period, area_ended_before_period, level_of_unit
from thuchi.validate.words import (
    article_is_there,
    ends_after_publication,
    evidence_within_text,
    offsets_within_text,
    quote_is_slice,
    quote_reads_back,
)


def implied_plan(batch: Batch, totals: Totals) -> Findings:
    return batch.arithmetic("implied_plan", totals)


def growth_of_amounts(batch: Batch, totals: Totals) -> Findings:
    return batch.arithmetic("growth_of_amounts", totals)


def parts_within_total(batch: Batch, totals: Totals) -> Findings:
    return batch.arithmetic("parts_within_total", totals)


def slip_of_unit(batch: Batch, totals: Totals) -> Findings:
    return batch.arithmetic(SLIP_OF_UNIT, totals)


def published_in_interval(batch: Batch) -> Findings:
    """A partition holds what was published in it; an undated article belongs to `undated`."""
    interval = batch.interval
    if interval is None:
        return {}
    return {
        article.article_id: Told(
            f"published {article.published_on or 'on no stated day'}, not in {interval.key}",
            f"đăng ngày {article.published_on or 'không rõ'}, không thuộc kỳ {interval.key}",
        )
        for article in batch.articles
        if not interval.holds(article.published_on)
    }


Check = Callable[..., Findings]

CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        article_is_there,
        offsets_within_text,
        quote_is_slice,
        evidence_within_text,
        quote_reads_back,
        ends_after_publication,
        area_ended_before_period,
        area_begins_after_period,
        level_of_unit,
        amount_within_band,
        change_within_band,
        implied_plan,
        growth_of_amounts,
        parts_within_total,
        slip_of_unit,
        two_values_in_article,
        two_readings_of_number,
        cumulative_falls,
        rate_jumps,
        jump_against_history,
        jump_against_level,
        sources_disagree,
        revises_loaded,
        published_in_interval,
    )
}
