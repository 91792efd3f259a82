"""One article that says the same thing twice, and differently."""

from __future__ import annotations

from collections import defaultdict

from thuchi.validate.batch import Batch, Findings, Totals
from thuchi.validate.outcome import Told
from thuchi.validate.printed import said
from thuchi.validate.relations import ArticleFigures
from thuchi.validate.stated import Stated


def two_values_in_article(batch: Batch, totals: Totals) -> Findings:
    """Two values of one unit, indicator, measure, phase, assigner and period that their digits don't reconcile.

    "thu 5.870 tỷ" in the lead and "5.780 tỷ" below is a contradiction; a round number ("gần 5.900 tỷ") contradicts
    neither. Of what was done only: an article may tell of a plan and of the one that replaced it ("từ 3.218 tỷ đồng
    hạ xuống 2.588 tỷ đồng"). Where the rest of the article bears one of them out (percentage and plan, last year and
    growth, parts), it is believed.
    """
    cells: defaultdict[tuple[object, ...], list[Stated]] = defaultdict(list)
    for each in (each for each in batch.stated if each.is_done):
        cells[(each.article_id, *each.cell)].append(each)
    by_article = batch.by_article()
    found: Findings = {}
    for (article_id, *_), told in cells.items():
        if not any(one.printed.contradicts(other.printed) for one in told for other in told):
            continue
        article = ArticleFigures(batch.by_id[str(article_id)], by_article[str(article_id)], totals)
        witnessed = {
            member.figure.figure_id
            for relation in article.relations
            if relation.is_tight(relation.as_printed)
            for member in relation.members
        }
        believed = [each for each in told if each.figure_id in witnessed]
        for each in told:
            others = [other for other in told if each.printed.contradicts(other.printed)]
            if not others or (each in believed and len(believed) < len(told)):
                continue
            against = ", ".join(dict.fromkeys(other.said for other in others))
            found[each.figure_id] = Told(
                f"{each.said} as {each.indicator} of {each.area}; the same article also says {against}",
                f"{each.said} ({each.indicator}, {each.area}); cùng bài lại ghi {against}",
            )
    return found


def two_readings_of_number(batch: Batch) -> Findings:
    """One printed number with two values as the same measure of the same thing: 39,3 triệu and 39,3 tỷ."""
    read: defaultdict[tuple[object, ...], list[tuple[str, object]]] = defaultdict(list)
    for figure, _ in batch.with_article():
        if figure.value is not None:
            place = (figure.article_id, figure.number_start, figure.number_end)
            read[(*place, figure.measure, figure.indicator)].append((figure.figure_id, figure.value))
    found: Findings = {}
    for (_, _, _, measure, indicator), values in read.items():
        distinct = list(dict.fromkeys(value for _, value in values))
        if len(distinct) > 1:
            shown = " and ".join(said(value, str(measure)) for value in distinct)  # type: ignore[arg-type]
            sentence = Told(
                f"one number is read as {shown} ({indicator})",
                f"một con số được đọc thành {shown.replace(' and ', ' và ')} ({indicator})",
            )
            found |= {figure_id: sentence for figure_id, _ in values}
    return found
