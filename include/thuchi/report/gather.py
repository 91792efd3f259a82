"""The facts of a run's report, asked of the warehouse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from thuchi.model import UNDATED
from thuchi.warehouse import WarehouseError
from thuchi.warehouse.tables import article, fiscal_figure, quarantined_figure, validation_result

Row = Mapping[str, Any]
_PERIOD = re.compile(rf"\d{{4}}-\d\d(-\d\d)?|{UNDATED}")


class ReportError(WarehouseError):
    """There is nothing to report on: one sentence with what there is instead."""


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run of one period: what its validation found, and what of that period stands, is held and was decided."""

    run_id: str
    interval: str
    validated_at: Any
    results: Sequence[Row]
    """Rows of `validation_result`, the failed ones first."""
    held: Sequence[Row]
    """Rows of `quarantined_figure` that await a decision, with their article's source, url, title, published."""
    decided: Sequence[Row]
    """The same of what a reviewer released, corrected or rejected."""
    counts: Mapping[str, int]
    sources: Sequence[Row]
    """source, articles, figures (that stand), doubted (of them), held."""

    @property
    def failed(self) -> list[Row]:
        return [row for row in self.results if not row["success"]]

    @property
    def stopped(self) -> list[Row]:
        """The failures that kept the run from loading."""
        return [row for row in self.failed if (row["severity"], row["scope"]) == ("critical", "suite")]

    @property
    def held_by(self) -> list[tuple[str, int]]:
        """By expectation how many figures it holds, the most first."""
        counted = Counter(failure["expectation"] for row in self.held for failure in row["failures"])
        return sorted(counted.items(), key=lambda each: (-each[1], each[0]))


def gather(engine: Engine, of: str) -> RunReport:
    """The report of a run by its id, or of the last run of a period ("2022-09", "2022-09-30", "undated").

    Raises:
        ReportError: no such run was validated.
    """
    with engine.connect() as connection:
        run_id, interval, validated_at = _run(connection, of)
        results = connection.execute(
            select(validation_result)
            .where(validation_result.c.run_id == run_id, validation_result.c.interval_key == interval)
            .order_by(
                validation_result.c.success,
                validation_result.c.severity,
                validation_result.c.suite,
                validation_result.c.expectation,
                validation_result.c.source,
            )
        ).mappings()
        quarantined = [dict(row) for row in connection.execute(_of_period(interval)).mappings()]
        found = [dict(row) for row in results]
        counts, sources = _counts(connection, run_id, interval, quarantined)
    return RunReport(
        run_id=run_id,
        interval=interval,
        validated_at=validated_at,
        results=found,
        held=[row for row in quarantined if row["state"] == "held"],
        decided=[row for row in quarantined if row["state"] != "held"],
        counts=counts,
        sources=sources,
    )


def _run(connection: Connection, of: str) -> tuple[str, str, Any]:
    table = validation_result.c
    column = table.interval_key if _PERIOD.fullmatch(of) else table.run_id
    last = func.max(table.stored_at).label("last")
    row = connection.execute(
        select(table.run_id, table.interval_key, last)
        .where(column == of)
        .group_by(table.run_id, table.interval_key)
        .order_by(last.desc())
        .limit(1)
    ).one_or_none()
    if row is not None:
        return row[0], row[1], row[2]
    runs = connection.execute(
        select(table.interval_key).group_by(table.interval_key).order_by(func.max(table.stored_at).desc()).limit(5)
    ).scalars()
    there = ", ".join(runs) or "none yet"
    raise ReportError(f"No run {of!r} was validated; the last periods are: {there}.")


def _of_period(interval: str) -> Any:
    """What is held or decided of a period; what expired or was closed is history."""
    return (
        select(quarantined_figure, article.c.source, article.c.url, article.c.title, article.c.published)
        .join(article)
        .where(quarantined_figure.c.interval_key == interval, quarantined_figure.c.closed_at.is_(None))
        .order_by(quarantined_figure.c.held_at, article.c.article_id, quarantined_figure.c.number_start)
    )


def _counts(
    connection: Connection, run_id: str, interval: str, quarantined: Sequence[Row]
) -> tuple[dict[str, int], list[Row]]:
    facts = fiscal_figure.c
    doubted = func.count().filter(facts.obs_status == "U")
    by_source = {
        row["source"]: dict(row)
        for row in connection.execute(
            select(
                article.c.source,
                func.count(article.c.article_id.distinct()).label("articles"),
                func.count(facts.figure_id).label("figures"),
                doubted.label("doubted"),
            )
            .select_from(
                article.outerjoin(
                    fiscal_figure, (facts.article_id == article.c.article_id) & facts.superseded_at.is_(None)
                )
            )
            .where(article.c.interval_key == interval)
            .group_by(article.c.source)
            .order_by(article.c.source)
        ).mappings()
    }
    held = Counter(row["source"] for row in quarantined if row["state"] == "held")
    sources: list[Row] = [{**row, "held": held[name]} for name, row in by_source.items()]
    counts: dict[str, int] = {
        name: sum(row[name] for row in sources) for name in ("articles", "figures", "doubted", "held")
    }
    counts["new"] = connection.scalar(select(func.count()).where(facts.run_id == run_id)) or 0
    counts["superseded"] = (
        connection.scalar(select(func.count()).where(facts.interval_key == interval, facts.superseded_at.is_not(None)))
        or 0
    )
    for state in ("released", "corrected", "rejected"):
        counts[state] = sum(row["state"] == state for row in quarantined)
    return counts, sources
