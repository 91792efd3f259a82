"""A real API server of Airflow with the pages in it, under one auth manager, and people who log in to it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from thuchi.local import airflow
from thuchi.local.postgres import ensure_database
from thuchi.settings import PROJECT

READY_SECONDS = 180
SIMPLE = "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager"
FAB = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"

# In FAB with roles of our own, one of which may see one DAG alone; SimpleAuth has no right on a single DAG.
PEOPLE = {"editor": "Admin", "viewer": "Viewer", "stranger": "Nothing", "daily": "Daily"}

MAKE_PEOPLE = f"""
from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder
with get_application_builder() as builder:
    security = builder.sm
    security.add_role("Nothing")
    daily = security.add_role("Daily")
    for action in ("can_read", "can_edit"):
        security.add_permission_to_role(daily, security.create_permission(action, "DAG:provincial_news"))
    for name, role in {PEOPLE!r}.items():
        security.add_user(name, name.title(), "Người", name + "@example.vn", security.find_role(role), password=name)
"""


@dataclass(frozen=True)
class Server:
    address: str
    home: Path
    environment: Mapping[str, str]

    def person(self, name: str | None) -> httpx.Client:
        """A browser in which this person is logged in; None is nobody."""
        client = httpx.Client(base_url=self.address, timeout=60, trust_env=False, headers={"accept": "text/html"})
        if name is not None:
            login = httpx.post(
                f"{self.address}/auth/token", json={"username": name, "password": name}, timeout=60, trust_env=False
            )
            client.cookies.set("_token", login.raise_for_status().json()["access_token"])
        return client


def token_in(page: str) -> str:
    """The token of the forms of a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, "the page has no form"
    return found[1]


@contextmanager
def serving(postgres: Path, home: Path, manager: str, warehouse_url: str) -> Iterator[Server]:
    """An API server, and nothing else of Airflow, as `make up` would start it."""
    port = _free_port()
    given = {
        "AIRFLOW__CORE__AUTH_MANAGER": manager,
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:ADMIN,editor:OP,viewer:VIEWER",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": ensure_database(postgres, home.name),
        "AIRFLOW__API__WORKERS": "1",
        "THUCHI_WAREHOUSE_URL": warehouse_url,
    }
    passwords = home / "airflow" / "passwords.json"
    passwords.parent.mkdir(parents=True)
    passwords.write_text('{"admin": "admin", "editor": "editor", "viewer": "viewer"}')
    environment = {**airflow.environment(home, port), **given}
    _run(environment, "-m", "airflow", "db", "migrate")
    if manager == FAB:
        _run(environment, "-c", MAKE_PEOPLE)
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "airflow", "api-server"], env=environment, stdout=log, stderr=log, cwd=PROJECT
        )
    try:
        server = Server(f"http://localhost:{port}", home, environment)
        _wait(server, process, home / "server.log")
        yield server
    finally:
        family = [*psutil.Process(process.pid).children(recursive=True)]
        process.terminate()
        process.wait(60)
        for child in psutil.wait_procs(family, timeout=10)[1]:
            child.kill()


def _run(environment: Mapping[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments], env=dict(environment), capture_output=True, text=True, cwd=PROJECT, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    with server.person(None) as client:
        while True:
            try:
                if client.get("/api/v2/version").status_code == 200:
                    return
            except httpx.TransportError:  # it has not bound its port yet
                pass
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.3)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
