"""Up and down: PostgreSQL, both databases migrated, and Airflow's processes, as one thing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from thuchi import warehouse
from thuchi.local import CannotRunError, airflow, postgres, processes
from thuchi.local.rest import Airflow
from thuchi.settings import PROJECT, settings

READY_SECONDS = 180
"""A healthy stack takes about 20 s; a machine that is busy or cold may take several times that."""


def up(home: Path, port: int, say: Callable[[str], None]) -> Airflow:
    """Start everything and wait until it answers; `say` is told what is being waited for.

    Returns the running Airflow, logged in. Raises CannotRunError or WarehouseError, one sentence each; what
    was started by then is stopped again.
    """
    if processes.supervisor_of(home) is not None:
        raise CannotRunError(f"Thu Chi is already running on {home}: stop it with `make down` first.")
    processes.stop(home)  # what a crash left behind
    processes.refuse_taken_port(port)
    try:
        if airflow.embeds_postgres():
            say("PostgreSQL")
            postgres.start(home)
            postgres.ensure_database(home, airflow.DATABASE)
            postgres.ensure_database(home, airflow.WAREHOUSE)
        environment = airflow.environment(home, port)
        say("the databases' tables")
        with ThreadPoolExecutor() as both:  # Airflow's takes 8 s the first time, most of it importing
            ours = both.submit(warehouse.migrate, settings().warehouse_url)
            _migrate_airflow(home, environment)
            ours.result()
        say("Airflow")
        processes.start(home, port, environment)
        return _wait_until_healthy(home, port)
    except BaseException:  # Ctrl-C as well
        down(home)
        raise


def down(home: Path) -> None:
    """Stop everything that belongs to `home`, also what a crash left behind."""
    processes.stop(home)
    postgres.stop(home)


def _migrate_airflow(home: Path, environment: dict[str, str]) -> None:
    log = home / "logs" / "airflow-migrate.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as file:
        command = [sys.executable, "-m", "airflow", "db", "migrate"]
        code = subprocess.run(command, env=environment, stdout=file, stderr=file, cwd=PROJECT, check=False).returncode
    if code:
        raise CannotRunError(
            f"Airflow cannot migrate its database, {airflow.DATABASE!r} of {home} or the one that "
            f"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN names: see {log}."
        )


def _wait_until_healthy(home: Path, port: int) -> Airflow:
    running = Airflow(f"http://localhost:{port}", airflow.USER, airflow.password(home))
    deadline = time.monotonic() + READY_SECONDS
    while not running.is_healthy():
        if broken := processes.programs_that_gave_up(home):
            raise CannotRunError(f"Airflow's {broken[0]} does not stay up: see {home / 'logs' / broken[0]}.log.")
        if time.monotonic() > deadline:
            raise CannotRunError(f"Airflow does not answer after {READY_SECONDS} s: see the logs in {home / 'logs'}.")
        time.sleep(0.5)
    running.log_in()
    return running
