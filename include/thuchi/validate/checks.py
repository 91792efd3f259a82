"""Our own checks: what no class of Great Expectations knows about words, periods and public finance.

A check looks at the whole run and returns a sentence for each row that it has something against, by the row's key
(article_id or figure_id). The engine puts the sentences into a column, which must be empty.
"""

from __future__ import annotations

import calendar
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any

from thuchi.extract.numbers import Convention, convention_of
from thuchi.extract.quantities import find_quantities
from thuchi.extract.spans import Quantity
from thuchi.model import Article, Figure, Interval
from thuchi.validate.arithmetic import SLIP_OF_UNIT, by_check, findings
from thuchi.validate.printed import Printed, said
from thuchi.validate.relations import ArticleFigures

Findings = dict[str, str]


@dataclass
class Batch:
    """What a run has to check."""

    articles: Sequence[Article]
    figures: Sequence[Figure]
    interval: Interval | None = None
    history: Sequence[Mapping[str, Any]] = ()
    _arithmetic: dict[str, dict[str, Findings]] = field(default_factory=dict)
    _conventions: dict[str, Convention] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {article.article_id: article for article in self.articles}

    def with_article(self) -> Iterable[tuple[Figure, Article]]:
        """Each figure whose article is there and holds its offsets; of the others, other expectations speak."""
        for figure in self.figures:
            article = self.by_id.get(figure.article_id)
            if article is not None and _lies_within(figure, article):
                yield figure, article

    def convention(self, article: Article) -> Convention:
        if article.article_id not in self._conventions:
            self._conventions[article.article_id] = convention_of(article.text)
        return self._conventions[article.article_id]

    def arithmetic(self, check: str, totals: Mapping[str, Sequence[Sequence[str]]]) -> Findings:
        """What the arithmetic of the run's articles has against figures; worked out once for all its checks."""
        key = repr(totals)
        if key not in self._arithmetic:
            of_article: defaultdict[str, list[Figure]] = defaultdict(list)
            for figure, _ in self.with_article():
                of_article[figure.article_id].append(figure)
            found = [
                finding
                for article_id, figures in of_article.items()
                for finding in findings(ArticleFigures(self.by_id[article_id], figures, totals))
            ]
            self._arithmetic[key] = by_check(iter(found))
        return self._arithmetic[key].get(check, {})


def _lies_within(figure: Figure, article: Article) -> bool:
    inside = 0 <= figure.start <= figure.number_start <= figure.number_end <= figure.end
    return inside and figure.end <= len(article.text)


# --- words ------------------------------------------------------------------------------------------------


def article_is_there(batch: Batch) -> Findings:
    return {
        figure.figure_id: f"its article {figure.article_id} is not in this run"
        for figure in batch.figures
        if figure.article_id not in batch.by_id
    }


def offsets_within_text(batch: Batch) -> Findings:
    """0 <= start <= number_start <= number_end <= end <= length of the text."""
    found = {}
    for figure in batch.figures:
        article = batch.by_id.get(figure.article_id)
        if article is not None and not _lies_within(figure, article):
            found[figure.figure_id] = (
                f"quote {figure.start}-{figure.end}, number {figure.number_start}-{figure.number_end}: "
                f"not in a text of {len(article.text)} characters"
            )
    return found


def quote_is_slice(batch: Batch) -> Findings:
    return {
        figure.figure_id: f"the text says {article.text[figure.start : figure.end]!r}, the quote {figure.quote!r}"
        for figure, article in batch.with_article()
        if article.text[figure.start : figure.end] != figure.quote
    }


def evidence_within_text(batch: Batch) -> Findings:
    found = {}
    for figure, article in batch.with_article():
        for name, evidence in figure.evidence.items():
            if evidence.start is None and evidence.end is None:
                continue
            if not 0 <= (evidence.start or 0) < (evidence.end or 0) <= len(article.text):
                found[figure.figure_id] = f"evidence of {name} is {evidence.start}-{evidence.end}"
    return found


def quote_reads_back(batch: Batch) -> Findings:
    """Reading the quote again gives the value. A bare number (a table's cell) must at least have its digits."""
    found = {}
    for figure, article in batch.with_article():
        if figure.value is None:
            continue
        read = _quantities_at_number(figure, batch.convention(article))
        if read and not any(_is_read_as(quantity, figure) for quantity in read):
            again = " or ".join(_said_quantity(quantity) for quantity in read)
            found[figure.figure_id] = (
                f"{figure.quote!r} reads as {again}; the figure says {said(Fraction(figure.value), figure.measure)}"
            )
        elif not read and not Printed.of(figure, article.text).digits:
            found[figure.figure_id] = f"{figure.quote!r} holds no number that could be {figure.value}"
    return found


def _quantities_at_number(figure: Figure, convention: Convention) -> list[Quantity]:
    first, last = figure.number_start - figure.start, figure.number_end - figure.start
    return [
        quantity
        for quantity in find_quantities(figure.quote, convention)
        if quantity.number_start < last and first < quantity.number_end
    ]


def _is_read_as(quantity: Quantity, figure: Figure) -> bool:
    values = {value for value in (quantity.value, quantity.value_to, quantity.other_value) if value is not None}
    if figure.measure == "amount":
        return quantity.unit == "VND" and figure.value in values
    if quantity.unit == "TIMES":
        # "gấp 1,4 lần" is +40% on the year, and 140% of a plan.
        return any(figure.value in ((value - 1) * 100, value * 100) for value in values)
    # "vượt 12%" is 112, "hụt 5%" 95; "giảm 4%" is -4, "bằng 90% cùng kỳ" -10.
    forms = [(value, -value, value + 100, value - 100, 100 - value) for value in values]
    return quantity.unit == "PT" and any(figure.value in each for each in forms)


def _said_quantity(quantity: Quantity) -> str:
    if quantity.value is None:
        return "a number of unknown scale"
    if quantity.unit in ("VND", "PT"):
        return said(Fraction(quantity.value), "amount" if quantity.unit == "VND" else "pct")
    return f"{quantity.value} {quantity.unit}"


# --- periods ----------------------------------------------------------------------------------------------


def ends_after_publication(batch: Batch) -> Findings:
    """What was done cannot end long after it was printed.

    Executed: by the end of the month of publication, since a report of the 25th speaks of the month as done.
    Estimated, and sums of several years ("giai đoạn 2016-2020" told in July 2020): by the end of that year.
    Public investment: by 31 January of the next, until when the capital of a plan year may be disbursed (Public
    Investment Law of 2019, article 68).
    """
    found = {}
    for figure, article in batch.with_article():
        published, end = article.published_on, figure.period_end
        if published is None or end is None or figure.phase not in ("executed", "estimated"):
            continue
        limit = _last_day(figure, published)
        if end > limit:
            found[figure.figure_id] = f"{figure.phase} until {end}, but printed on {published}; {limit} is the latest"
    return found


def _last_day(figure: Figure, published: date) -> date:
    several_years = (
        figure.period_start is not None
        and figure.period_end is not None
        and figure.period_end.year - figure.period_start.year >= 2
    )
    if figure.phase == "executed" and not several_years:
        return published.replace(day=calendar.monthrange(published.year, published.month)[1])
    if figure.indicator.startswith("public_investment"):
        return date(published.year + 1, 1, 31)
    return date(published.year, 12, 31)


# --- arithmetic of one article ----------------------------------------------------------------------------


def implied_plan(batch: Batch, totals: Mapping[str, Sequence[Sequence[str]]]) -> Findings:
    return batch.arithmetic("implied_plan", totals)


def growth_of_amounts(batch: Batch, totals: Mapping[str, Sequence[Sequence[str]]]) -> Findings:
    return batch.arithmetic("growth_of_amounts", totals)


def parts_within_total(batch: Batch, totals: Mapping[str, Sequence[Sequence[str]]]) -> Findings:
    return batch.arithmetic("parts_within_total", totals)


def slip_of_unit(batch: Batch, totals: Mapping[str, Sequence[Sequence[str]]]) -> Findings:
    return batch.arithmetic(SLIP_OF_UNIT, totals)


# --- against the warehouse --------------------------------------------------------------------------------


def jump_against_history(batch: Batch, ratio: float) -> Findings:
    """An amount that is `ratio` times more or less than the median of what the warehouse has of it.

    Periods of any length are compared: a month and a year are 12 times apart, triệu and tỷ a thousand times.
    """
    known: defaultdict[tuple[object, ...], list[float]] = defaultdict(list)
    articles: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    in_run = batch.by_id.keys()
    for row in batch.history:
        if row["measure"] == "amount" and row["value"] > 0 and row["article_id"] not in in_run:
            known[row["ref_area"], row["indicator"]].append(float(row["value"]))
            articles[row["ref_area"], row["indicator"]].add(row["article_id"])
    found = {}
    for figure in batch.figures:
        before = known.get((figure.ref_area, figure.indicator))
        if figure.measure != "amount" or not figure.value or figure.value < 0 or not before:
            continue
        usual = median(before)
        if abs(math.log10(float(figure.value) / usual)) >= math.log10(ratio):
            count = len(articles[figure.ref_area, figure.indicator])
            found[figure.figure_id] = (
                f"{said(Fraction(figure.value), 'amount')} where {figure.area} usually has about "
                f"{said(round(usual), 'amount')} ({count} other article{'s' if count > 1 else ''})"
            )
    return found


# --- articles ---------------------------------------------------------------------------------------------


def published_in_interval(batch: Batch) -> Findings:
    """A partition holds what was published in it; an undated article belongs to `undated`."""
    interval = batch.interval
    if interval is None:
        return {}
    return {
        article.article_id: f"published {article.published_on or 'on no stated day'}, not in {interval.key}"
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
        implied_plan,
        growth_of_amounts,
        parts_within_total,
        slip_of_unit,
        jump_against_history,
        published_in_interval,
    )
}
