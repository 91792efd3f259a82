"""What there is to say of a run, a backfill or a source: plain data, as the table `alert` and a webhook get it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, func, select

from thuchi import review
from thuchi.model import short_hash
from thuchi.runs import DAILY, run_name
from thuchi.shown import value
from thuchi.warehouse.tables import alert, article, quarantined_figure

WORST = 3
QUOTED = 200
"""Letters of a quote that a message carries."""

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that came to its end, as Airflow tells of it."""

    dag_id: str
    run_id: str
    period: str | None
    failed: bool
    failed_tasks: tuple[str, ...] = ()
    """As `source.collect (bao-mau)`: the name of a mapped task with its source."""
    reasons: tuple[str, ...] = ()
    """What sources failed of: "source bao-mau, 2022-09: the site is down: …"."""


def of_run(engine: Engine, ended: Ended, base_url: str) -> tuple[str, Facts] | None:
    """The key and the facts of a run that failed or whose period has figures on hold; None for a clean one.

    The key holds the outcome and not the run: a clear, a retry or a backfill that ends as before says nothing new.
    """
    with engine.connect() as connection:
        results = review.results_of(connection, run_name(ended.dag_id, ended.run_id))
        held = review.Page([], 0)
        words: list[str] = []
        if ended.period is not None:
            of_period = review.of_period(ended.period)
            held = review.quarantine(connection, of_period, limit=WORST)
            words = list(
                connection.scalars(
                    select(quarantined_figure.c.words_key)
                    .select_from(quarantined_figure.join(article))
                    .where(quarantined_figure.c.state == "held", of_period)
                    .order_by(quarantined_figure.c.words_key)
                )
            )
    if not ended.failed and not held.total:
        return None
    stops = [
        {"expectation": result["expectation"], "en": result["sentence_en"], "vi": result["sentence_vi"]}
        for result in results
        if not result["success"] and (result["severity"], result["scope"]) == ("critical", "suite")
    ]
    outcome = short_hash(ended.failed, *ended.failed_tasks, "|", *(stop["expectation"] for stop in stops), "|", *words)
    facts: Facts = {
        "kind": "run",
        "dag_id": ended.dag_id,
        "run_id": ended.run_id,
        "period": ended.period,
        "failed": ended.failed,
        "failed_tasks": list(ended.failed_tasks),
        "reasons": list(ended.reasons),
        "stops": stops if ended.failed else [],
        "held": held.total,
        "worst": [_told(row) for row in held.rows],
        "links": _links(base_url, ended),
    }
    # A run that failed before it had a period is told apart by its id.
    return f"run/{ended.dag_id}/{ended.period or ended.run_id}/{outcome}", facts


def of_backfill(runs: Sequence[Mapping[str, Any]]) -> Facts:
    """One digest of the runs of a backfill that each had something to say."""
    worst = [{**each, "period": run["period"]} for run in runs for each in run["worst"]]
    worst.sort(key=lambda each: (-each["critical"], -each["amount"]))
    return {
        "kind": "digest",
        "dag_id": runs[0]["dag_id"],
        "runs": [
            {name: run[name] for name in ("run_id", "period", "failed", "failed_tasks", "held", "links")}
            | {"reasons": run.get("reasons", [])}  # one that was written down by an older version has none
            for run in runs
        ],
        "failed": sum(run["failed"] for run in runs),
        "held": sum(run["held"] for run in runs),
        "worst": worst[:WORST],
        "links": {"quarantine": runs[0]["links"]["quarantine"]},
    }


def of_silence(
    engine: Engine, sources: Sequence[str], today: date, days: int, base_url: str
) -> tuple[str, Facts] | None:
    """The sources whose newest article is older than so many days; each silence is told once.

    Asked of what the daily DAG brought: a backfill's months are old by themselves, and an archive is not silent.
    """
    local = func.date(func.timezone("Asia/Ho_Chi_Minh", func.max(article.c.published)))
    with engine.connect() as connection:
        newest = connection.execute(
            select(article.c.source, local.label("last"))
            .where(article.c.run_id.startswith(f"{DAILY}/"), ~article.c.run_id.startswith(f"{DAILY}/backfill__"))
            .group_by(article.c.source)
            .order_by(article.c.source)
        ).all()
        alerts = connection.scalars(select(alert.c.facts).where(alert.c.kind == "silent"))
        told = [each for facts in alerts for each in facts["silent"]]
    silent = [
        {"source": row.source, "last": row.last.isoformat()}
        for row in newest
        if row.source in sources and row.last is not None and row.last < today - timedelta(days=days)
    ]
    silent = [each for each in silent if each not in told]
    if not silent:
        return None
    key = f"silent/{short_hash(*(part for each in silent for part in each.values()))}"
    return key, {"kind": "silent", "dag_id": "", "days": days, "silent": silent, "links": {"airflow": base_url}}


def of_deadline(dag_id: str, run_id: str, period: str | None, base_url: str) -> tuple[str, Facts]:
    """A run that has not ended in time."""
    ended = Ended(dag_id, run_id, period, failed=False)
    facts = {"kind": "late", "dag_id": dag_id, "run_id": run_id, "period": period, "links": _links(base_url, ended)}
    return f"late/{dag_id}/{run_id}", facts


def sample(base_url: str) -> Facts:
    """What `thuchi alert test` sends."""
    return {"kind": "test", "dag_id": "", "links": {"airflow": base_url}}


def _told(row: Mapping[str, Any]) -> Facts:
    said = " ".join(row["quote"].split())
    return {
        "figure_id": row["figure_id"],
        "article": row["title"] or row["url"] or row["article_id"],
        "area": row["area"],
        "indicator_en": row["label_en"] or row["indicator"],
        "indicator_vi": row["label_vi"] or row["indicator"],
        "period_start": None if row["period_start"] is None else row["period_start"].isoformat(),
        "period_end": None if row["period_end"] is None else row["period_end"].isoformat(),
        "value_en": value(row, "en"),
        "value_vi": value(row, "vi"),
        "quote": said if len(said) <= QUOTED else said[: QUOTED - 1] + "…",
        "reasons_en": [reason["sentence"] for reason in review.reasons(row)],
        "reasons_vi": [reason["sentence_vi"] for reason in review.reasons(row)],
        "critical": row["critical"],
        # For the order alone, in VND: JSON has no Decimal.
        "amount": int(row["obs_value"]) if row["unit_measure"] == "VND" and row["obs_value"] is not None else 0,
    }


def _links(base_url: str, ended: Ended) -> dict[str, str]:
    """The pages inside Airflow: the run's tab, and what of its period is held."""
    run = f"{base_url}/dags/{quote(ended.dag_id, safe='')}/runs/{quote(ended.run_id, safe='')}"
    return {"run": run, "validation": f"{run}/plugin/validation", "quarantine": f"{base_url}/plugin/quarantine"}
