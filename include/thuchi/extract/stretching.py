"""Periods that reach back to 1 January, as rates of a year's plan do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from thuchi.extract.timing import Period


def cumulative(period: Period) -> Period:
    """From 1 January to the end of a month: a percentage of the year's plan is reached from its start."""
    return from_january(period) if period.kind == "month" else period


def from_january(period: Period) -> Period:
    """From 1 January to the period's end."""
    end = period.span.end
    return period if end is None else replace(period, span=replace(period.span, start=date(end.year, 1, 1)))


def thirteenth_month(period: Period, plan: int | None) -> Period:
    """Capital of a plan year may be disbursed until 31 January of the next: "đến ngày 20/01/2026, giải ngân 85,5% kế
    hoạch vốn" starts on 1 January of the plan's year, which is the year before where nothing names another."""
    start, end = period.span.start, period.span.end
    if start is None or end is None or end.month != 1 or (plan is None and period.kind != "until"):
        return period
    if plan is not None and end.year != plan + 1:
        return period
    return replace(period, span=replace(period.span, start=date(end.year - 1, 1, 1)))
