"""A run as rows for expectations: one an article, one a figure, and one that counts it all.

Plain dicts: pandas is imported with Great Expectations only, when a validation runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from fractions import Fraction
from typing import Any

from thuchi.model import Article, Figure
from thuchi.validate.batch import Batch, SourceTerms
from thuchi.validate.printed import said

Row = dict[str, Any]
SUMMARY_KEY = "row"


def article_row(article: Article) -> Row:
    return {
        "article_id": article.article_id,
        "source": article.source,
        "url": article.url,
        "title": article.title,
        "published_on": article.published_on,
        "text_length": len(article.text.strip()),
    }


def figure_row(figure: Figure) -> Row:
    amount = figure.value if figure.measure == "amount" else None
    return {
        "figure_id": figure.figure_id,
        "article_id": figure.article_id,
        "indicator": figure.indicator,
        "measure": figure.measure,
        "said": None if figure.value is None else said(Fraction(figure.value), figure.measure),
        "value": figure.value,
        # Integers of any size: a misprint may be beyond 2^63, and a float would round it.
        "amount_vnd": amount,
        "pct_of_plan": figure.value if figure.measure == "pct_of_plan" else None,
        "pct_change_yoy": figure.value if figure.measure == "pct_change_yoy" else None,
        "phase": figure.phase,
        "basis": figure.basis,
        "period_start": None if figure.period_start is None else figure.period_start.isoformat(),
        "period_end": None if figure.period_end is None else figure.period_end.isoformat(),
        "days": None
        if figure.period_start is None or figure.period_end is None
        else (figure.period_end - figure.period_start).days + 1,
        "start_year": None if figure.period_start is None else figure.period_start.year,
        "area": figure.area,
        "province": figure.province,
        "level": figure.level,
        "ref_area": figure.ref_area,
        "quote": figure.quote,
        "doubts": ", ".join(figure.doubts),
    }


def summary_row(batch: Batch, held: int) -> Row:
    """The run in counts. Shares of nothing are 0."""
    return {
        SUMMARY_KEY: "run",
        "articles": len(batch.articles),
        "articles_with_figures": len({figure.article_id for figure in batch.figures}),
        "figures": len(batch.figures),
        "held": held,
        "share_held": held / len(batch.figures) if batch.figures else 0.0,
    }


def source_rows(batch: Batch, held: Collection[str]) -> list[Row]:
    """Each source in counts: of the run's terms, and of whatever source an article names. `held` are figure_ids."""
    terms = {each.source: each for each in batch.sources}
    for article in batch.articles:
        terms.setdefault(article.source, SourceTerms(article.source))
    source_of = {article.article_id: article.source for article in batch.articles}
    articles = Counter(article.source for article in batch.articles)
    with_figures = Counter(source_of.get(each) for each in {figure.article_id for figure in batch.figures})
    figures = Counter(source_of.get(figure.article_id) for figure in batch.figures)
    kept = Counter(source_of.get(figure.article_id) for figure in batch.figures if figure.figure_id in held)
    interval, days = batch.interval, 0
    if interval is not None and interval.start is not None and interval.end is not None:
        days = (interval.end - interval.start).days + 1
    rows = []
    for name, each in sorted(terms.items()):
        rows.append(
            {
                "source": name,
                "articles": articles[name],
                # Whole articles, as when the source was collected: one in five days is none on most days.
                "floor": int(each.floor * days) if days and each.floor is not None else None,
                "ceiling": each.ceiling * days if days and each.ceiling is not None else None,
                "share_with_figures": with_figures[name] / articles[name] if articles[name] else 0.0,
                "figures": figures[name],
                "share_held": kept[name] / figures[name] if figures[name] else 0.0,
            }
        )
    return rows


# The columns of a frame also where a run has no rows: a record without anything in it has them all.
ARTICLE_COLUMNS = tuple(article_row(Article("", "", None, None, None, "")))
FIGURE_COLUMNS = tuple(
    figure_row(
        Figure(
            article_id="", indicator="", measure="amount", value=None, approx="exact", phase="executed", basis=None,
            period_start=None, period_end=None, area=None, province=None, level=None, ref_area=None,
            ref_area_today=None, quote="", start=0, end=0, number_start=0, number_end=0,
        )
    )
)  # fmt: skip
