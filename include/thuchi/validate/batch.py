"""What a run has to check, and what every check says it in: two languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from thuchi.extract.numbers import Convention, convention_of
from thuchi.model import Article, Figure, Interval
from thuchi.validate.arithmetic import by_check, findings
from thuchi.validate.outcome import Told
from thuchi.validate.relations import ArticleFigures
from thuchi.validate.stated import Stated

Findings = dict[str, Told]
"""By the row's key (article_id or figure_id) what a check has against it."""

Totals = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class SourceTerms:
    """What a source is expected to bring; null where its YAML does not say."""

    source: str
    floor: float | None = None
    """The fewest articles a day that are normal."""
    ceiling: float | None = None


@dataclass
class Batch:
    """The articles and figures of a run, and what the warehouse already says."""

    articles: Sequence[Article]
    figures: Sequence[Figure]
    interval: Interval | None = None
    history: Sequence[Mapping[str, Any]] = ()
    """As `warehouse.history`."""
    medians: Sequence[Mapping[str, Any]] = ()
    """As `warehouse.level_medians`."""
    sources: Sequence[SourceTerms] = ()
    _arithmetic: dict[str, dict[str, Findings]] = field(default_factory=dict)
    _conventions: dict[str, Convention] = field(default_factory=dict)
    _stated: list[Stated] | None = None
    _known: list[Stated] | None = None

    def __post_init__(self) -> None:
        self.by_id = {article.article_id: article for article in self.articles}

    def with_article(self) -> Iterable[tuple[Figure, Article]]:
        """Each figure whose article is there and holds its offsets; of the others, other expectations speak."""
        for figure in self.figures:
            article = self.by_id.get(figure.article_id)
            if article is not None and lies_within(figure, article):
                yield figure, article

    def convention(self, article: Article) -> Convention:
        if article.article_id not in self._conventions:
            self._conventions[article.article_id] = convention_of(article.text)
        return self._conventions[article.article_id]

    def by_article(self) -> dict[str, list[Figure]]:
        of_article: defaultdict[str, list[Figure]] = defaultdict(list)
        for figure, _ in self.with_article():
            of_article[figure.article_id].append(figure)
        return of_article

    def arithmetic(self, check: str, totals: Totals) -> Findings:
        """What the arithmetic of the run's articles has against figures; worked out once for all its checks."""
        key = repr(totals)
        if key not in self._arithmetic:
            found = [
                finding
                for article_id, figures in self.by_article().items()
                for finding in findings(ArticleFigures(self.by_id[article_id], figures, totals))
            ]
            self._arithmetic[key] = by_check(iter(found))
        return self._arithmetic[key].get(check, {})

    @property
    def stated(self) -> list[Stated]:
        """The run's own figures as statements about a unit, an indicator and a period."""
        if self._stated is None:
            read = (Stated.of(figure, article) for figure, article in self.with_article())
            self._stated = [each for each in read if each is not None]
        return self._stated

    @property
    def known(self) -> list[Stated]:
        """The same from the warehouse. What this run's own articles said before is no witness: they speak anew."""
        if self._known is None:
            in_run = self.by_id.keys()
            read = (Stated.of_row(row) for row in self.history if row["article_id"] not in in_run)
            self._known = [each for each in read if each is not None]
        return self._known


def lies_within(figure: Figure, article: Article) -> bool:
    inside = 0 <= figure.start <= figure.number_start <= figure.number_end <= figure.end
    return inside and figure.end <= len(article.text)
