"""A day of news, each day."""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.sdk import CronPartitionTimetable, DeadlineAlert, DeadlineReference, SyncCallback, dag
from steps import DEFAULT_ARGS, news_to_figures

from thuchi.alerts import missed_deadline, run_ended


@dag(
    schedule=CronPartitionTimetable("0 0 * * *", timezone="Asia/Ho_Chi_Minh", key_format="%Y-%m-%d", run_offset=-1),
    start_date=datetime(2015, 1, 1),  # noqa: DTZ001  the timetable has the zone
    catchup=False,
    max_active_runs=2,
    default_args=DEFAULT_ARGS,
    on_failure_callback=run_ended,
    on_success_callback=run_ended,
    deadline=DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(hours=3),
        callback=SyncCallback(missed_deadline),
    ),
    tags=["news", "daily"],
    doc_md="""
    ### Yesterday's news → fiscal figures

    Each run is one **day of publication** (in Vietnam) and goes the same way as `historical_news`: collect → read →
    extract → validate → load, over every source in `include/sources/`.

    - **By hand**: trigger with the configuration `{"period": "2022-09-30"}`.
    - A source that fails does not stop the others, but the run ends **failed** and names it. Figures that fail
      validation wait in quarantine; a critical failure stops the run before it loads.
    """,
)
def provincial_news() -> None:
    news_to_figures()


provincial_news()
