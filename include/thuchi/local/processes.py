"""The processes of Airflow under supervisor, which restarts one that dies and stops them as groups."""

from __future__ import annotations

import hashlib
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from xmlrpc.client import ServerProxy

import psutil
from supervisor.xmlrpc import SupervisorTransport

from thuchi.local import CannotRunError
from thuchi.local.airflow import STACK
from thuchi.settings import PROJECT

PROGRAMS = {
    "api-server": ("api-server",),
    # The web server reads the logs from the same disk: no servers for them.
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
}
STOP_SECONDS = 10
SOCKET_LIMIT = 90
"""Bytes of a Unix socket's name that are safe: Linux allows 107, and supervisor appends a process id at first."""


def start(home: Path, port: int, environment: dict[str, str]) -> None:
    """Start supervisor, and under it Airflow; returns at once. Raises CannotRunError where the port is taken."""
    refuse_taken_port(port)
    (home / "logs").mkdir(parents=True, exist_ok=True)
    config = home / "supervisord.conf"
    config.write_text(configuration(home))
    command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(config)]
    subprocess.run(command, env=environment, check=True, cwd=PROJECT)


def stop(home: Path) -> None:
    """End every process of the stack of `home`, whether or not its supervisor still lives."""
    supervisor = supervisor_of(home)
    if supervisor is not None:
        supervisor.send_signal(signal.SIGTERM)
        psutil.wait_procs([supervisor], timeout=2 * STOP_SECONDS)
    for how, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, STOP_SECONDS)):
        left = processes_of(home)
        for process in left:
            _signal(process, how)
        psutil.wait_procs(left, timeout=seconds)
    if left := processes_of(home):
        raise CannotRunError(f"These processes do not stop: {', '.join(str(process.pid) for process in left)}.")


def processes_of(home: Path) -> list[psutil.Process]:
    """Every process that carries the mark of this stack; the asking one and its parents apart."""
    mark = str(home)
    mine = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    return [
        process
        for process in psutil.process_iter(["environ", "status"])
        if (process.info["environ"] or {}).get(STACK) == mark
        and process.pid not in mine
        and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def supervisor_of(home: Path) -> psutil.Process | None:
    """The supervisor of this stack, where it runs."""
    return next((process for process in processes_of(home) if "supervisor.supervisord" in process.cmdline()), None)


def programs_that_gave_up(home: Path) -> list[str]:
    """The programs that supervisor has stopped restarting, or supervisor itself where it has gone."""
    transport = SupervisorTransport(serverurl=f"unix://{_socket(home)}")
    try:
        with ServerProxy("http://localhost", transport=transport) as proxy:
            states: Any = proxy.supervisor.getAllProcessInfo()
    except OSError:
        return ["supervisord"]
    return [each["name"] for each in states if each["statename"] == "FATAL"]


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotRunError(
                f"Port {port} is in use by another program: choose a free one, for example PORT={port + 1}."
            ) from error


def configuration(home: Path) -> str:
    """supervisord.conf of this stack."""
    sections = [
        _section(
            "supervisord",
            logfile=str(home / "logs" / "supervisord.log"),
            pidfile=str(home / "supervisord.pid"),
            childlogdir=str(home / "logs"),
            user=str(os.getuid()),
        ),
        _section("unix_http_server", file=str(_socket(home)), chmod="0700"),
        _section("supervisorctl", serverurl=f"unix://{_socket(home)}"),
        "[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface\n",
    ]
    # As one group they are stopped at once; programs by themselves one after the other, three times as long.
    sections.append(_section("group:airflow", programs=",".join(PROGRAMS)))
    for name, arguments in PROGRAMS.items():
        sections.append(
            _section(
                f"program:{name}",
                command=shlex.join([sys.executable, "-m", "airflow", *arguments]),
                autorestart="true",
                # Importing takes some seconds: whoever ends within fifteen has not come up.
                startsecs="15",
                startretries="2",
                stopasgroup="true",
                killasgroup="true",
                stopwaitsecs=str(STOP_SECONDS),
                redirect_stderr="true",
                stdout_logfile=str(home / "logs" / f"{name}.log"),
                stdout_logfile_maxbytes="10MB",
                stdout_logfile_backups="1",
            )
        )
    return "\n".join(sections)


def _section(title: str, **values: str) -> str:
    # supervisor expands %(name)s: a per cent sign in a folder's name is doubled.
    lines = (f"{key} = {value.replace('%', '%%')}" for key, value in values.items())
    return f"[{title}]\n" + "\n".join(lines) + "\n"


def _socket(home: Path) -> Path:
    path = home / "supervisor.sock"
    if len(os.fsencode(path)) <= SOCKET_LIMIT:
        return path
    return Path(tempfile.gettempdir()) / f"thuchi-{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}.sock"


def _signal(process: psutil.Process, how: signal.Signals) -> None:
    try:
        process.send_signal(how)
    except psutil.NoSuchProcess:
        return  # it went by itself, which is what was wanted
