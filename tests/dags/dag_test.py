"""A whole run of a DAG in this process."""

from __future__ import annotations

from datetime import timedelta
from typing import Any


def run(bag: Any, dag_id: str, conf: dict[str, str] | None = None) -> tuple[str, dict[str, str]]:
    """Run a DAG to its end; the state of the run, and of each task ("source.collect[1]" for its second source)."""
    dag = bag.dags[dag_id]
    for task in dag.tasks:
        task.retries, task.retry_delay = 0, timedelta(0)
    dag.deadline = None  # DAG.test of Airflow 3.3 looks it up in its database by an id that only a scheduler gives
    finished = dag.test(run_conf=conf)
    states = {
        instance.task_id + (f"[{instance.map_index}]" if instance.map_index >= 0 else ""): str(instance.state)
        for instance in finished.get_task_instances()
    }
    return str(finished.state), states
