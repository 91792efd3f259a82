"""Areas and indicators: seeds/ → the warehouse's dimensions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from airflow.sdk import dag, task
from steps import DEFAULT_ARGS


@dag(
    schedule=None,
    start_date=datetime(2015, 1, 1),  # noqa: DTZ001  it has no schedule
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    tags=["reference"],
    doc_md="""
    ### Reference data → dimension tables

    Brings the warehouse's tables to this version (migrations), then `ref_area` and `indicator` to what
    `seeds/areas.csv` and `seeds/indicators.csv` say. Run it by hand once before the first load, and whenever a file in
    `seeds/` changes; running it again changes nothing.
    """,
)
def reference_data() -> None:
    @task
    def load_dimensions() -> dict[str, Any]:
        from thuchi import pipeline

        return pipeline.reference_step()

    load_dimensions()


reference_data()
