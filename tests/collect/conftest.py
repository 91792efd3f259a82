"""A source over a folder of this test's own, with state and data beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from thuchi.collect import Source, load_source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    return tmp_path / "articles"


@pytest.fixture
def source_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Source]:
    """Define a source `mau` over a folder or file."""
    monkeypatch.setenv("THUCHI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("THUCHI_SOURCES", str(tmp_path / "sources"))
    (tmp_path / "sources").mkdir()

    def define(path: Path) -> Source:
        yaml = f'id: mau\nname: Mẫu\nref_area: "251"\nkind: folder\npath: {path}\n'
        (tmp_path / "sources" / "mau.yaml").write_text(yaml, encoding="utf-8")
        return load_source("mau")

    return define
