"""One engine on the warehouse for all requests of a process; each request is a transaction of its own."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Engine

from thuchi.settings import settings
from thuchi.warehouse import connect


def engine() -> Engine:
    """Raises WarehouseError while it does not answer; asked again by the next request."""
    return _engine_on(settings().warehouse_url)


@cache
def _engine_on(url: str) -> Engine:
    return connect(url)
