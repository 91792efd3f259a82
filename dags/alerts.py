"""Every ten minutes: what the ends of runs could not say by themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.sdk import CronTriggerTimetable, dag, get_current_context, task
from steps import DEFAULT_ARGS


@dag(
    schedule=CronTriggerTimetable("*/10 * * * *", timezone="Asia/Ho_Chi_Minh"),
    start_date=datetime(2015, 1, 1),  # noqa: DTZ001  the timetable has the zone
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    tags=["alerts"],
    doc_md="""
    ### Alerts that wait

    A run that fails or holds figures sends its alert by itself when it ends. This DAG sends what a run cannot:
    **one digest** of a backfill once its last run has ended, sources that have gone **silent**, runs that are **late**,
    and what a mail server or webhook did not take before.

    It does nothing where `THUCHI_ALERTS` names no connection. See docs/operating.md.
    """,
)
def alerts() -> None:
    @task(retries=0, execution_timeout=timedelta(minutes=9))
    def look_around() -> list[str]:
        from thuchi.alerts import callbacks

        instance = get_current_context()["ti"]
        return callbacks.look_around(lambda dag_id: instance.get_dr_count(dag_id, states=["queued", "running"]))

    look_around()


alerts()
