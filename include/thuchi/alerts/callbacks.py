"""What Airflow calls: at the end of a run, when a deadline is missed, and every ten minutes to look around."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from airflow.configuration import conf
from sqlalchemy import Engine

from thuchi.alerts import channels, facts, outbox
from thuchi.alerts.setup import setup
from thuchi.model import LOCAL_ZONE
from thuchi.pipeline import WHY_FAILED, sources_of_run, the_warehouse
from thuchi.runs import NEWS_DAGS

log = logging.getLogger(__name__)


def base_url() -> str:
    """Where people open this Airflow."""
    return str(conf.get("api", "base_url", fallback="http://localhost:8080")).rstrip("/")


def run_ended(context: Mapping[str, Any]) -> None:
    """Write down what a run has to say, and send it; of a backfill's run it waits for the digest."""
    if not setup().connections:
        return
    run = context.get("dag_run")
    ended = facts.Ended(
        dag_id=context["dag"].dag_id,
        run_id=context["run_id"],
        period=None if run is None else run.partition_key or (run.conf or {}).get("period"),
        failed=context.get("reason") != "success",
        **_failures(context),
    )
    with the_warehouse() as engine:
        told = facts.of_run(engine, ended, base_url())
        if told is None:
            return
        key, said = told
        folded = run is not None and run.run_type == "backfill"
        if outbox.write(engine, key, said, folded=folded) and not folded:
            deliver(engine)


def missed_deadline(context: Mapping[str, Any]) -> None:
    """Say that a run is late, once. A backfill has no deadline."""
    run = context["dag_run"]
    if not setup().connections or run["run_type"] == "backfill":
        return
    period = run["partition_key"] or (run["conf"] or {}).get("period")
    late = facts.of_deadline(run["dag_id"], run["dag_run_id"], period, base_url())
    with the_warehouse() as engine:
        if outbox.write(engine, *late):
            deliver(engine)


def look_around(unfinished: Callable[[str], int]) -> list[str]:
    """Digests of backfills that have ended, sources that went silent, and what could not be sent before.

    `unfinished` counts the queued and running runs of a DAG. Returns a sentence for each channel that failed.
    """
    if not setup().connections:
        return []
    with the_warehouse() as engine:
        for dag_id in NEWS_DAGS:
            if not unfinished(dag_id):
                outbox.fold(engine, dag_id, facts.of_backfill)
        today = datetime.now(LOCAL_ZONE).date()
        silence = facts.of_silence(engine, sources_of_run(), today, setup().silent_days, base_url())
        if silence is not None:
            outbox.write(engine, *silence)
        return deliver(engine)


def deliver(engine: Engine) -> list[str]:
    """Send what is due; a failure is kept, logged, and tried again by the next look around."""
    language = setup().language
    failures = outbox.deliver(engine, setup().connections, lambda name, said: channels.send(name, said, language))
    for failure in failures:
        log.warning("An alert was not sent, and will be tried again: %s", failure)
    return failures


def _failures(context: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The tasks that failed by themselves, not those that only waited for them, and what sources failed of."""
    instance = context.get("ti")
    if instance is None:
        return {}
    states = instance.get_task_states(dag_id=context["dag"].dag_id, run_ids=[context["run_id"]])
    failed = [name for name, state in states.get(context["run_id"], {}).items() if state == "failed"]
    work = instance.xcom_pull(task_ids="plan") if any(name.startswith("source.") for name in failed) else []
    named: list[str] = []
    reasons: list[str] = []
    for task in sorted(failed):
        name, _, row = task.rpartition("_")
        if not (name.startswith("source.") and row.isdigit() and int(row) < len(work or [])):
            named.append(task)
            continue
        named.append(f"{name} ({work[int(row)]['source_id']})")
        reason = instance.xcom_pull(task_ids=name, key=WHY_FAILED, map_indexes=int(row))
        reasons += [reason] if reason else []
    return {"failed_tasks": tuple(sorted(named)), "reasons": tuple(reasons)}
