"""The tasks that historical_news and provincial_news share: thin calls of thuchi.pipeline, no logic of their own."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from airflow.sdk import Asset, TriggerRule, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowFailException

log = logging.getLogger(__name__)

FISCAL_FIGURE = Asset("fiscal_figure")
"""What a load renews; later DAGs (marts, exports) follow it."""

DEFAULT_ARGS = {
    "owner": "thuchi",
    "retries": 2,
    "retry_delay": timedelta(seconds=30),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=10),
    "execution_timeout": timedelta(minutes=30),
}


def refetching() -> bool:
    """Whether this run was triggered with {"refetch": true}: portals are asked again whether their pages changed."""
    return bool((get_current_context()["dag_run"].conf or {}).get("refetch", False))


def this_run() -> tuple[str, str]:
    """The name of this run in the warehouse and its period: its partition, or what a manual run names in its conf."""
    from thuchi.runs import run_name

    run = get_current_context()["dag_run"]
    period = run.partition_key or (run.conf or {}).get("period")
    if not period:
        raise AirflowFailException(
            'This run has no period: trigger it with a partition, or with the configuration {"period": "2022-09"} '
            '(a month, a day as "2022-09-30", or "undated").'
        )
    return run_name(run.dag_id, run.run_id), str(period)


def each_of(extracted: Iterable[dict[str, Any]] | dict[str, Any]) -> list[dict[str, Any]]:
    """The reports of all sources; of a single one Airflow 3.3 hands over the report itself, not a list of it."""
    return [extracted] if isinstance(extracted, dict) else list(extracted)


@task(retries=0)
def plan() -> list[dict[str, str]]:
    """One piece of work for each source there is now."""
    from thuchi import pipeline
    from thuchi.model import Interval

    _, period = this_run()
    try:
        Interval.parse(period)
    except ValueError as error:
        raise AirflowFailException(str(error)) from error
    return [{"source_id": source_id, "period": period} for source_id in pipeline.sources_of_run()]


def told(report: dict[str, Any]) -> dict[str, Any]:
    """The same report, its counts and sentences written to the task's log for whoever opens it."""
    log.info("%s", ", ".join(f"{name} {count}" for name, count in report["counts"].items()))
    for note in report.get("notes", ()):
        log.warning("%s", note)
    return report


@task(max_active_tis_per_dagrun=4)
def collect(work: dict[str, str]) -> dict[str, Any]:
    from thuchi import pipeline
    from thuchi.collect import SourceFailed

    try:
        return told(pipeline.collect_step(**work, refetch=refetching()))
    except SourceFailed as error:
        get_current_context()["ti"].xcom_push(key=pipeline.WHY_FAILED, value=str(error))  # for the alert
        if error.passing:  # the next try goes on where this one stopped
            raise
        raise AirflowFailException(str(error)) from error


@task(max_active_tis_per_dagrun=4)
def read(collected: dict[str, Any]) -> dict[str, Any]:
    from thuchi import pipeline

    return told(pipeline.read_step(collected))


@task(max_active_tis_per_dagrun=4)
def extract(articles: dict[str, Any]) -> dict[str, Any]:
    from thuchi import pipeline

    return told(pipeline.extract_step(articles))


@task_group
def source(work: dict[str, str]) -> Any:
    """The way of one source; where it fails, the others go on."""
    return extract(read(collect(work)))


@task(trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
def validate(extracted: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Judge what the sources that came through have brought, once each has come to its end."""
    from thuchi import pipeline

    run_id, period = this_run()
    try:
        return told(pipeline.validate_step(each_of(extracted), run_id, period))
    except pipeline.CriticalFailure as error:
        raise AirflowFailException(str(error)) from error


@task(outlets=[FISCAL_FIGURE])
def load(validated: dict[str, Any]) -> dict[str, Any]:
    from thuchi import pipeline

    run_id, _ = this_run()
    try:
        return told(pipeline.load_step(validated, run_id))
    except pipeline.CriticalFailure as error:
        raise AirflowFailException(str(error)) from error


@task(retries=0)
def account(extracted: Iterable[dict[str, Any]], validated: dict[str, Any], loaded: dict[str, Any]) -> dict[str, Any]:
    """The only leaf, by the default trigger rule: where any source failed, it cannot run and the run ends failed."""
    from thuchi import pipeline

    return told(pipeline.account_step(each_of(extracted), validated, loaded))


def news_to_figures() -> None:
    """plan → (collect → read → extract) for each source → validate → load → account."""
    extracted = source.expand(work=plan())
    validated = validate(extracted)
    loaded = load(validated)
    account(extracted, validated, loaded)
