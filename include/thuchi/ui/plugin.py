"""What Airflow is told of the pages. Every process of Airflow imports this, each task's too: nothing heavy here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

PREFIX = "/thuchi"

Scope = MutableMapping[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]


class Pages:
    """The application, made when the first request comes: only the API server ever needs it."""

    def __init__(self) -> None:
        self._application: Application | None = None

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if self._application is None:
            from thuchi.ui.app import application

            self._application = application()
        await self._application(scope, receive, send)


FASTAPI_APPS = [{"app": Pages(), "url_prefix": PREFIX, "name": "Thu Chi"}]

# Relative addresses: they hold behind a proxy that serves Airflow under a path of its own.
EXTERNAL_VIEWS = [
    {
        "name": "Validation",
        "href": f"{PREFIX[1:]}/validation/{{DAG_ID}}/{{RUN_ID}}",
        "destination": "dag_run",
        "url_route": "validation",
    },
    {
        "name": "Quarantine",
        "href": f"{PREFIX[1:]}/quarantine",
        "destination": "nav",
        "url_route": "quarantine",
        "category": "browse",
    },
]
