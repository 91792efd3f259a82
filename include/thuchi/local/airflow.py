"""What Airflow must know to run on one machine: all of it as environment variables, in one place.

A variable that its user has set already (AIRFLOW__CORE__PARALLELISM, or a database of one's own in
AIRFLOW__DATABASE__SQL_ALCHEMY_CONN) wins, as everywhere in Airflow; only where the state lies and which
port is served are not left to the surroundings.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path

from thuchi.settings import PROJECT, embedded_url

USER = "admin"
DATABASE = "airflow"
WAREHOUSE = "thuchi"
STACK = "THUCHI_STACK"
"""Marks every process of a stack with its home, so that `down` finds them also after a crash."""

PRELOAD = '''"""Written by thuchi.local.airflow. Airflow imports this file when it starts."""

from thuchi.local.preload import preload

preload()
'''


def environment(home: Path, port: int) -> dict[str, str]:
    """The whole environment of a stack whose state lies in `home` and whose web server listens on `port`.

    Makes what it names where that is missing: folders, secrets, the password of `admin`, the preload file.
    """
    airflow = home / "airflow"
    _write_once(airflow / "passwords.json", json.dumps({USER: secrets.token_urlsafe(12)}))
    keys = json.loads(_write_once(airflow / "secrets.json", json.dumps(_new_secrets())))
    preload = airflow / "config" / "airflow_local_settings.py"
    preload.parent.mkdir(parents=True, exist_ok=True)
    preload.write_text(PRELOAD)
    address = f"http://localhost:{port}"
    defaults = {
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:ADMIN",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(airflow / "passwords.json"),
        "AIRFLOW__CORE__FERNET_KEY": keys["fernet_key"],
        "AIRFLOW__API__SECRET_KEY": keys["secret_key"],
        "AIRFLOW__API_AUTH__JWT_SECRET": keys["jwt_secret"],
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": embedded_url(home, DATABASE),
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        # A task that is ready waits for the scheduler's next look: 1 s by default, felt at every hop of a run.
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.2",
        # A task's supervisor may see its pipes close before the process is gone, and then sleeps this long (5 s
        # by default) while it holds a slot of the executor: half of a backfill's time went there.
        "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "1",
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "5",
        "THUCHI_HOME": str(home),
    }
    fixed = {
        "AIRFLOW_HOME": str(airflow),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        STACK: str(home),
        # Airflow sets process titles, and would overwrite the environment block in which STACK is read.
        "SPT_NOENV": "1",
    }
    return {**defaults, **os.environ, **fixed}


def password(home: Path) -> str:
    """The generated password of `admin`."""
    return str(json.loads((home / "airflow" / "passwords.json").read_text())[USER])


def embeds_postgres() -> bool:
    """Whether this machine's own server is needed: not where both databases are given."""
    return not {"THUCHI_WAREHOUSE_URL", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"} <= os.environ.keys()


def _new_secrets() -> dict[str, str]:
    return {
        "fernet_key": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "secret_key": secrets.token_hex(32),
        "jwt_secret": secrets.token_hex(64),
    }


def _write_once(path: Path, text: str) -> str:
    """The content of a file for its owner's eyes only, written with `text` where it is missing."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(text)
    return path.read_text()
