"""Checks of a figure's words and dates: that they are there, read back as the value, and were possible to print."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from fractions import Fraction

from thuchi.extract.layout import readable
from thuchi.extract.numbers import Convention
from thuchi.extract.quantities import find_quantities
from thuchi.extract.spans import Quantity
from thuchi.model import Figure
from thuchi.validate.batch import Batch, Findings, lies_within
from thuchi.validate.outcome import Told
from thuchi.validate.printed import Printed, said


def article_is_there(batch: Batch) -> Findings:
    return {
        figure.figure_id: Told(
            f"its article {figure.article_id} is not in this run", f"bài {figure.article_id} không có trong lượt chạy"
        )
        for figure in batch.figures
        if figure.article_id not in batch.by_id
    }


def offsets_within_text(batch: Batch) -> Findings:
    """0 <= start <= number_start <= number_end <= end <= length of the text."""
    found = {}
    for figure in batch.figures:
        article = batch.by_id.get(figure.article_id)
        if article is not None and not lies_within(figure, article):
            spans = f"{figure.start}-{figure.end}", f"{figure.number_start}-{figure.number_end}", len(article.text)
            found[figure.figure_id] = Told(
                "quote {}, number {}: not in a text of {} characters".format(*spans),
                "trích dẫn {}, con số {}: không nằm trong bài dài {} ký tự".format(*spans),
            )
    return found


def quote_is_slice(batch: Batch) -> Findings:
    return {
        figure.figure_id: Told(
            f"the text says {article.text[figure.start : figure.end]!r}, the quote {figure.quote!r}",
            f"bài viết {article.text[figure.start : figure.end]!r}, trích dẫn ghi {figure.quote!r}",
        )
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
                where = f"{evidence.start}-{evidence.end}"
                found[figure.figure_id] = Told(f"evidence of {name} is {where}", f"bằng chứng của {name} ở {where}")
    return found


def quote_reads_back(batch: Batch) -> Findings:
    """Reading the quote again gives the value. A bare number (a table's cell) must at least have its digits.

    Where a correction of include/corrections/ replaced the value, it is the printed one that must read back.
    """
    found = {}
    for corrected, article in batch.with_article():
        figure = as_printed(corrected)
        if figure.value is None:
            continue
        read = _quantities_at_number(figure, batch.convention(article))
        if read and not any(_is_read_as(quantity, figure) for quantity in read):
            again = [_said_quantity(quantity) for quantity in read]
            value = said(Fraction(figure.value), figure.measure)
            found[figure.figure_id] = Told(
                f"{figure.quote!r} reads as {' or '.join(again)}; the figure says {value}",
                f"{figure.quote!r} đọc ra {' hoặc '.join(again)}; số liệu ghi {value}",
            )
        elif not read and not Printed.of(figure, article.text).digits:
            found[figure.figure_id] = Told(
                f"{figure.quote!r} holds no number that could be {figure.value}",
                f"{figure.quote!r} không có con số nào có thể là {figure.value}",
            )
    return found


def as_printed(figure: Figure) -> Figure:
    """The figure as its article has it, before a correction."""
    return figure if figure.value_printed is None else replace(figure, value=figure.value_printed)


def _quantities_at_number(figure: Figure, convention: Convention) -> list[Quantity]:
    first, last = figure.number_start - figure.start, figure.number_end - figure.start
    return [
        quantity
        for quantity in find_quantities(readable(figure.quote), convention)
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
            done = {"executed": "đã thực hiện", "estimated": "ước thực hiện"}[figure.phase]
            found[figure.figure_id] = Told(
                f"{figure.phase} until {end}, but printed on {published}; {limit} is the latest",
                f"{done} đến {end}, trong khi bài đăng ngày {published}; muộn nhất là {limit}",
            )
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
