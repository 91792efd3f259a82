"""What cannot be done is said in one sentence, without a traceback, before anything is started."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def demo(home: Path, *arguments: str) -> tuple[int, str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "THUCHI"))}
    done = subprocess.run(
        [sys.executable, "-m", "thuchi.local", "demo", "--once", *arguments],
        env={**bare, "THUCHI_HOME": str(home), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_articles_that_are_not_there(tmp_path: Path) -> None:
    code, said = demo(tmp_path / "home", "--articles", str(tmp_path / "gone"))
    assert code == 1
    remedy = "ARTICLES= names a folder of .txt and .html files, or a .jsonl file."
    assert said == f"There is nothing at {tmp_path / 'gone'}: {remedy}\n"


def test_a_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, said = demo(tmp_path / "home", "--articles", str(tmp_path / "empty"))
    assert code == 1
    assert said == f"{tmp_path / 'empty'} holds no articles: .txt and .html files are read, and lines of .jsonl.\n"


@pytest.mark.parametrize(
    ("second_line", "says"),
    [
        ("{broken", "bai.jsonl#2 is not JSON"),
        ('{"text": ""}', "bai.jsonl#2 has no text"),
        (
            '{"text": "Thu 5 tỷ đồng.", "published": "hôm qua"}',
            "bai.jsonl#2 has a field published 'hôm qua' that is no date",
        ),
    ],
)
def test_a_broken_line_is_named_with_its_file_and_row(tmp_path: Path, second_line: str, says: str) -> None:
    file = tmp_path / "bai.jsonl"
    file.write_text(f'{{"text": "Thu 5 tỷ đồng.", "published": "2022-09-30"}}\n{second_line}\n', encoding="utf-8")
    code, said = demo(tmp_path / "home", "--articles", str(file))
    assert code == 1
    assert said.startswith(f"{tmp_path}/{says}")
    assert len(said.splitlines()) == 1


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, said = demo(tmp_path / "home", "--port", str(port))
    assert code == 1
    assert f"Port {port} is in use by another program: choose a free one" in said
    assert "Traceback" not in said
    assert not (tmp_path / "home" / "pg").exists()
