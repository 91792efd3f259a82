"""A month of past news: the DAG to backfill."""

from __future__ import annotations

from datetime import datetime

from airflow.sdk import CronPartitionTimetable, dag
from steps import DEFAULT_ARGS, news_to_figures

from thuchi.alerts import run_ended


@dag(
    schedule=CronPartitionTimetable("0 0 1 * *", timezone="Asia/Ho_Chi_Minh", key_format="%Y-%m", run_offset=-1),
    start_date=datetime(2015, 1, 1),  # noqa: DTZ001  the timetable has the zone
    catchup=False,
    max_active_runs=4,
    default_args=DEFAULT_ARGS,
    on_failure_callback=run_ended,
    on_success_callback=run_ended,
    tags=["news", "backfill"],
    doc_md="""
    ### A month of news → fiscal figures

    Each run is one **month of publication** (in Vietnam): of every source in `include/sources/` it archives what was
    published in that month, reads it, extracts the figures, validates them and loads what holds.

    - **Backfill** from the page of this DAG, or by `airflow backfill create --dag-id historical_news
      --from-date 2022-01-01 --to-date 2022-12-31`. A month can be run again at any time: what did not change is left
      untouched.
    - **By hand**: trigger with the configuration `{"period": "2022-09"}`; `{"period": "undated"}` runs the articles
      whose date of publication is unknown.
    - A source that fails does not stop the others, but the run ends **failed** and names it. Figures that fail
      validation wait in quarantine; a critical failure stops the run before it loads.
    """,
)
def historical_news() -> None:
    news_to_figures()


historical_news()
