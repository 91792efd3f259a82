"""A warehouse, a mail server and a web server that keep what they receive, and connections of Airflow to both."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from alert_sinks import Hook, Mailbox
from sqlalchemy import Engine

from thuchi import warehouse as the_warehouse


@pytest.fixture(autouse=True)
def _airflow(airflow_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in airflow_environment.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def engine(bare_warehouse: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An empty warehouse, which is this installation's."""
    monkeypatch.setenv("THUCHI_WAREHOUSE_URL", bare_warehouse)
    engine = the_warehouse.connect(bare_warehouse)
    yield engine
    engine.dispose()


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """Behind the connection `mail`."""
    mailbox = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    _connection(monkeypatch, "mail", conn_type="smtp", host="127.0.0.1", port=port, extra=MAIL)
    yield mailbox
    controller.stop()


MAIL = {
    "from_email": "thuchi@example.vn",
    "to": "so-tai-chinh@example.vn",
    "disable_tls": True,
    "disable_ssl": True,
    "retry_limit": 0,
}


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    """Behind the connections `hook`, `chat` (Slack's webhook), `bot` (Slack's API) and `any` (Apprise)."""
    hook = Hook()
    Thread(target=hook.server.serve_forever, daemon=True).start()
    _connection(monkeypatch, "hook", conn_type="http", host=hook.address)
    _connection(monkeypatch, "chat", conn_type="slackwebhook", host=hook.address, password="T0/B0/xyz")
    bot = {"channel": "#ngan-sach", "base_url": f"{hook.address}/api/"}
    _connection(monkeypatch, "bot", conn_type="slack", password="xoxb-1", extra=bot)
    path = f"json://127.0.0.1:{hook.server.server_port}/apprise"
    _connection(monkeypatch, "any", conn_type="apprise", extra={"config": [{"path": path}]})
    yield hook
    hook.server.shutdown()
    hook.server.server_close()


def _connection(monkeypatch: pytest.MonkeyPatch, name: str, **parts: Any) -> None:
    monkeypatch.setenv(f"AIRFLOW_CONN_{name.upper()}", json.dumps(parts))
