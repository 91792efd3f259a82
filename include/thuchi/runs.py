"""How the warehouse names a run of Airflow: by its DAG and its id.

Two DAGs may each have a run of one id: `scheduled__2022-09-30T17:00:00+00:00` is September of historical_news and the
30th of provincial_news. Airflow allows no slash in a run's id: `historical_news/scheduled__…` can be taken apart again.
"""

from __future__ import annotations

DAILY = "provincial_news"

NEWS_DAGS = ("historical_news", DAILY)
"""The DAGs that bring figures; the first speaks for what came without Airflow (`thuchi load`)."""


def run_name(dag_id: str, run_id: str) -> str:
    """The name under which the warehouse keeps a run's results and figures."""
    return f"{dag_id}/{run_id}"


def dag_of(run: str) -> str:
    """The DAG whose right a figure of this run asks for; a run from the command line is under the first's."""
    dag_id, slash, _ = run.partition("/")
    return dag_id if slash and dag_id in NEWS_DAGS else NEWS_DAGS[0]
