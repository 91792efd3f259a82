"""The few things that the demo asks of a running Airflow, by its public REST API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Self

import httpx

from thuchi.local import CannotRunError

PAGE = 100
"""Airflow hands out no more at once ([api] maximum_page_limit)."""


class Airflow:
    """One Airflow at `address`, as its user `admin`."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self.address = address
        self._credentials = {"username": user, "password": password}
        self._http = httpx.Client(base_url=address, timeout=30, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def is_healthy(self) -> bool:
        """Whether web server, scheduler and dag-processor all answer; needs no login."""
        try:
            parts = self._http.get("/api/v2/monitor/health").raise_for_status().json()
        except httpx.HTTPError:  # not up yet
            return False
        return all(parts[part]["status"] == "healthy" for part in ("metadatabase", "scheduler", "dag_processor"))

    def log_in(self) -> None:
        answer = self._http.post("/auth/token", json=self._credentials)
        self._http.headers["Authorization"] = f"Bearer {_checked(answer)['access_token']}"

    def parsed_at(self, dag_id: str) -> datetime | None:
        """When the DAG's file was last read; None where Airflow does not know the DAG (yet)."""
        answer = self._http.get(f"/api/v2/dags/{dag_id}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        stamp = _checked(answer)["last_parsed_time"]
        return datetime.fromisoformat(stamp) if stamp else None

    def import_errors(self) -> list[str]:
        """`file: reason` of each DAG file that Airflow cannot read."""
        found = _checked(self._http.get("/api/v2/importErrors"))["import_errors"]
        return [f"{error['filename']}: {error['stack_trace'].strip().splitlines()[-1]}" for error in found]

    def trigger(self, dag_id: str, conf: Mapping[str, Any] | None = None) -> None:
        """Start one run now, of no partition."""
        body = {"logical_date": None, "conf": dict(conf or {})}
        _checked(self._http.post(f"/api/v2/dags/{dag_id}/dagRuns", json=body))

    def backfill(self, dag_id: str, first: date, last: date, at_once: int) -> int:
        """Airflow's own backfill of all partitions from `first` to `last`, also of those that ran before.

        Plain dates are right for a partitioned DAG: Airflow reads their wall clock in the DAG's own zone. Returns the
        backfill's id.
        """
        body = {
            "dag_id": dag_id,
            "from_date": f"{first}T00:00:00Z",
            "to_date": f"{last}T00:00:00Z",
            "max_active_runs": at_once,
            "reprocess_behavior": "completed",
        }
        return int(_checked(self._http.post("/api/v2/backfills", json=body))["id"])

    def close_backfill(self, backfill_id: int) -> None:
        """Mark a backfill whose runs have all ended as complete, which the scheduler does but twice a minute.

        Until then Airflow refuses the next backfill of that DAG. Nothing is cancelled that still waits or runs.
        """
        answer = self._http.put(f"/api/v2/backfills/{backfill_id}/cancel")
        if answer.status_code != httpx.codes.CONFLICT:  # the scheduler came first
            _checked(answer)

    def count_runs(self, dag_id: str, since: datetime, *states: str) -> int:
        """How many runs that changed after `since` are in one of `states`."""
        return int(self._runs(dag_id, since, states, limit=1)["total_entries"])

    def failed_runs(self, dag_id: str, since: datetime) -> list[dict[str, Any]]:
        """The runs that ended failed, at most a hundred."""
        return list(self._runs(dag_id, since, ("failed",), limit=PAGE)["dag_runs"])

    def failed_tasks(self, dag_id: str, run_id: str) -> list[str]:
        """`task: reason` of the tasks of a run that failed themselves, not of those that never came to start."""
        tasks = f"/api/v2/dags/{dag_id}/dagRuns/{run_id}/taskInstances"
        failed = _checked(self._http.get(tasks, params={"state": "failed"}))["task_instances"]
        reasons = (f"{task['task_id']}: {self._reason(tasks, task)}" for task in failed)
        return sorted(set(reasons))

    def _reason(self, tasks: str, task: dict[str, Any]) -> str:
        """The message of the exception that ended a task, by its log."""
        log = self._http.get(
            f"{tasks}/{task['task_id']}/logs/{task['try_number']}",
            params={"map_index": task["map_index"]},
            headers={"Accept": "application/json"},
        )
        details = [line["error_detail"] for line in _checked(log)["content"] if line.get("error_detail")]
        return str(details[-1][0]["exc_value"]) if details else "its log does not say why"

    def _runs(self, dag_id: str, since: datetime, states: tuple[str, ...], limit: int) -> dict[str, Any]:
        params = httpx.QueryParams({"updated_at_gte": since.isoformat(), "state": list(states), "limit": limit})
        return _checked(self._http.get(f"/api/v2/dags/{dag_id}/dagRuns", params=params))


def _checked(answer: httpx.Response) -> dict[str, Any]:
    """The JSON of an answer. Raises CannotRunError, with Airflow's own words, for a refusal."""
    if answer.is_error:
        raise CannotRunError(f"Airflow refuses {answer.request.method} {answer.request.url.path}: {answer.text}")
    content = answer.json()
    assert isinstance(content, dict)
    return content
