"""Against what others said: the warehouse, and the other articles of the run.

What this run's own articles said in an earlier run is no witness, so that a run that is repeated says the same again.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations
from statistics import median

from thuchi.validate.batch import Batch, Findings
from thuchi.validate.outcome import Told
from thuchi.validate.printed import Printed, said
from thuchi.validate.stated import Stated

Series = tuple[str, str]
"""A unit and an indicator."""


def jump_against_history(batch: Batch, ratio: float) -> Findings:
    """An amount that is `ratio` times more or less than the median of what the warehouse has of it.

    Periods of any length are compared: a month and a year are 12 times apart, triệu and tỷ a thousand times.
    """
    known = _amounts(batch.known)
    found: Findings = {}
    for each in batch.stated:
        before = known.get((each.ref_area, each.indicator))
        if each.measure != "amount" or each.printed.value <= 0 or not before:
            continue
        usual = median(other.printed.value for other in before)
        if _times(each.printed.value, usual) >= ratio:
            found[each.figure_id] = _unusual(each, usual, before)
    return found


def rate_jumps(batch: Batch, ratio: float, at_least: int, unsteady: Collection[str]) -> Findings:
    """An amount a month that is `ratio` times more or less than the usual one: a digit too many, a comma misplaced.

    Asked where `at_least` amounts of other articles are known; not of `unsteady` indicators (one auction of land is a
    year's income), and plans are compared with plans only.
    """
    found: Findings = {}
    known = _amounts(batch.known)
    for each in batch.stated:
        if each.measure != "amount" or each.printed.value <= 0 or each.indicator in unsteady:
            continue
        before = [other for other in known.get((each.ref_area, each.indicator), ()) if other.is_done is each.is_done]
        if len(before) < at_least:
            continue
        usual = median(other.monthly for other in before)
        if _times(each.monthly, usual) >= ratio:
            found[each.figure_id] = _unusual(each, usual * each.printed.value / each.monthly, before)
    return found


def jump_against_level(batch: Batch, ratios: Mapping[str, float], at_least: int) -> Findings:
    """For a unit that nothing is known of: an amount a month that is hundreds of times off the median of its level.

    `ratios` by level, above the spread of its units: the largest province collects 50 times the median, the smallest
    a twelfth. Asked where `at_least` units of the level are known.
    """
    usual = {(row["level"], row["indicator"]): row for row in batch.medians if row["units"] >= at_least}
    known = _amounts(batch.known)
    found: Findings = {}
    for each in batch.stated:
        row, ratio = usual.get((each.level, each.indicator)), ratios.get(each.level or "")
        if row is None or ratio is None or each.measure != "amount" or each.printed.value <= 0 or not each.is_done:
            continue
        if (each.ref_area, each.indicator) not in known and _times(each.monthly, row["monthly"]) >= ratio:
            monthly, middle = said(round(each.monthly), "amount"), said(round(row["monthly"]), "amount")
            found[each.figure_id] = Told(
                f"{each.said} is {monthly} a month; the median of {row['units']} {each.level} units is {middle}",
                f"{each.said} là {monthly} mỗi tháng; trung vị của {row['units']} đơn vị cùng cấp là {middle}",
            )
    return found


def cumulative_falls(batch: Batch, least_fall: float) -> Findings:
    """What was collected or spent since January is less than what it was some months before, beyond the printed
    digits and by the share `least_fall` at least. Of two that contradict each other, the one that contradicts more
    others is meant; where that is even, both."""
    # What several articles say alike is one statement: a month of a thousand articles has few different ones.
    series: defaultdict[tuple[str, str, int], dict[tuple[date, Printed], list[Stated]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for each in (*batch.stated, *batch.known):
        if each.measure == "amount" and each.is_done and _is_cumulative(each):
            series[each.ref_area, each.indicator, each.start.year][each.end, each.printed].append(each)
    of_run = {each.figure_id for each in batch.stated}
    kept = 1 - Fraction(str(least_fall))
    found: Findings = {}
    for told in series.values():
        statements = sorted(told.values(), key=lambda saying: saying[0].end)
        ranges = [saying[0].printed.range() for saying in statements]
        against: list[list[int]] = [[] for _ in statements]
        for earlier, later in combinations(range(len(statements)), 2):
            floor, ceiling = ranges[earlier].low, ranges[later].high
            falls = ceiling < floor and ceiling <= floor * kept
            if falls and statements[earlier][0].end < statements[later][0].end:
                against[earlier].append(later)
                against[later].append(earlier)
        for one, others in enumerate(against):
            blamed = [other for other in others if len(others) >= len(against[other])]
            for each in (each for each in statements[one] if blamed and each.figure_id in of_run):
                other = statements[blamed[0]][0]
                found[each.figure_id] = Told(
                    f"{each.said} until {each.end}, but {other.said} until {other.end} ({each.indicator}, {each.area})",
                    f"{each.said} đến {each.end}, nhưng {other.said} đến {other.end} ({each.indicator}, {each.area})",
                )
    return found


def sources_disagree(batch: Batch) -> Findings:
    """Another article says otherwise of the same unit, indicator, period, phase and assigner, beyond rounding."""
    cells: defaultdict[tuple[object, ...], dict[Printed, list[Stated]]] = defaultdict(lambda: defaultdict(list))
    for each in (*batch.stated, *batch.known):
        cells[each.cell][each.printed].append(each)
    of_run = {each.figure_id for each in batch.stated}
    found: Findings = {}
    for told in (told for told in cells.values() if len(told) > 1):
        for printed, saying in told.items():
            against = [other for other in told if printed.contradicts(other)]
            for each in (each for each in saying if each.figure_id in of_run):
                others = [one for other in against for one in told[other] if one.article_id != each.article_id]
                if others:
                    found[each.figure_id] = _disagreement(each, others)
    return found


def _disagreement(each: Stated, others: Sequence[Stated]) -> Told:
    count = len({other.article_id for other in others})
    against = ", ".join(list(dict.fromkeys(other.said for other in others))[:3])
    return Told(
        f"{each.said} where {count} other article{'s' if count > 1 else ''} said {against} "
        f"({each.indicator}, {each.area}, {each.start} to {each.end})",
        f"{each.said}, trong khi {count} bài khác ghi {against} "
        f"({each.indicator}, {each.area}, {each.start} đến {each.end})",
    )


def revises_loaded(batch: Batch) -> Findings:
    """The article now says another value than the one that was loaded from it: the load closes the old version."""
    loaded: defaultdict[tuple[object, ...], list[Stated]] = defaultdict(list)
    for row in batch.history:
        if row["article_id"] in batch.by_id and (read := Stated.of_row(row)) is not None:
            loaded[(read.article_id, *read.cell)].append(read)
    found: Findings = {}
    for each in batch.stated:
        before = loaded.get((each.article_id, *each.cell), [])
        if before and all(other.printed.value != each.printed.value for other in before):
            found[each.figure_id] = Told(
                f"{each.said} replaces {before[0].said}, which was loaded from the same article",
                f"{each.said} thay cho {before[0].said} đã nạp từ chính bài này",
            )
    return found


def _amounts(known: Sequence[Stated]) -> dict[Series, list[Stated]]:
    by_series: defaultdict[Series, list[Stated]] = defaultdict(list)
    for each in known:
        if each.measure == "amount" and each.printed.value > 0:
            by_series[each.ref_area, each.indicator].append(each)
    return by_series


def _times(one: Fraction, other: Fraction) -> float:
    """How many times the larger is the smaller."""
    return math.exp(abs(math.log(float(one) / float(other))))


def _unusual(each: Stated, usual: Fraction, before: Sequence[Stated]) -> Told:
    count = len({other.article_id for other in before})
    middle = said(round(usual), "amount")
    return Told(
        f"{each.said} where {each.area} usually has about {middle} ({count} other article{'s' if count > 1 else ''})",
        f"{each.said}, trong khi {each.area} thường khoảng {middle} ({count} bài khác)",
    )


def _is_cumulative(each: Stated) -> bool:
    return (each.start.month, each.start.day) == (1, 1) and each.end.year == each.start.year
