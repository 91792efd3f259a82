"""What supervisor is told, and what is found and ended of a stack after a crash."""

from __future__ import annotations

import configparser
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from thuchi.local import CannotRunError, processes
from thuchi.local.airflow import STACK


def test_each_program_is_restarted_and_stopped_with_its_children(tmp_path: Path) -> None:
    config = configparser.ConfigParser(interpolation=None)
    config.read_string(processes.configuration(tmp_path))
    programs = [name for name in config.sections() if name.startswith("program:")]
    assert programs == ["program:api-server", "program:scheduler", "program:dag-processor"]
    for name in programs:
        assert {config[name][key] for key in ("autorestart", "stopasgroup", "killasgroup")} == {"true"}
        assert config[name]["command"].startswith(sys.executable)


@pytest.mark.parametrize("name", ["home", "100%", "x" * 100])
def test_a_home_of_any_name_gives_a_socket_that_can_be_bound(tmp_path: Path, name: str) -> None:
    home = tmp_path / name
    home.mkdir()
    config = configparser.ConfigParser(interpolation=None)
    config.read_string(processes.configuration(home))
    path = config["unix_http_server"]["file"].replace("%%", "%")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{path}.1234567")  # supervisor binds under such a name first
    Path(f"{path}.1234567").unlink()


def test_a_port_in_use_is_said_in_one_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotRunError, match=f"Port {port} is in use by another program: choose a free one"):
            processes.refuse_taken_port(port)


def test_programs_that_do_not_stay_up_are_named_and_so_is_a_supervisor_that_has_gone(tmp_path: Path) -> None:
    said = processes.configuration(tmp_path).replace("startretries = 2", "startretries = 0")
    (tmp_path / "logs").mkdir()
    (tmp_path / "supervisord.conf").write_text(re.sub("^command = .*", "command = false", said, flags=re.MULTILINE))
    supervisor = [sys.executable, "-m", "supervisor.supervisord", "-c", str(tmp_path / "supervisord.conf")]
    subprocess.run(supervisor, env={**os.environ, STACK: str(tmp_path)}, check=True)
    try:
        deadline = time.monotonic() + 60
        while sorted(processes.programs_that_gave_up(tmp_path)) != sorted(processes.PROGRAMS):
            assert time.monotonic() < deadline
            time.sleep(0.1)
    finally:
        processes.stop(tmp_path)
    assert processes.programs_that_gave_up(tmp_path) == ["supervisord"]


def test_processes_of_a_stack_are_found_by_their_mark_and_ended_even_if_they_do_not_listen(tmp_path: Path) -> None:
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
    )
    mine, other = (
        subprocess.Popen(
            [sys.executable, "-c", deaf], env={**os.environ, STACK: str(home)}, stdout=subprocess.PIPE, text=True
        )
        for home in (tmp_path, tmp_path / "other")
    )
    try:
        for process in (mine, other):
            assert process.stdout is not None
            assert process.stdout.readline() == "up\n"
        assert [process.pid for process in processes.processes_of(tmp_path)] == [mine.pid]
        begun = time.monotonic()
        processes.stop(tmp_path)
        assert time.monotonic() - begun < processes.STOP_SECONDS + 5
        assert mine.poll() is not None
        assert processes.processes_of(tmp_path) == []
        assert other.poll() is None
    finally:
        for process in (mine, other):
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
