"""What the documents name is there: files, make targets, commands, indicators, expectations of the tables."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from typer.main import get_command

from thuchi.cli import app
from thuchi.model import Figure
from thuchi.settings import PROJECT, SEEDS

DOCUMENTS = sorted(
    [PROJECT / "README.md", PROJECT / "seeds" / "articles" / "README.md", *(PROJECT / "docs").rglob("*.md")]
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text())
    missing = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert missing == []


def test_every_make_command_is_a_target() -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", _all_text(), re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    assert {"demo", "test", "up", "down"} <= named <= targets


def test_every_thuchi_command_is_one() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]  # a group has them
    named = set(re.findall(r"(?:bin/|`)thuchi ([a-z]+)", _all_text()))
    assert {"extract", "load", "sources"} <= named <= set(commands)


def test_every_indicator_is_described() -> None:
    with (SEEDS / "indicators.csv").open(encoding="utf-8", newline="") as rows:
        codes = {row["code"] for row in csv.DictReader(rows)}
    assert codes == set(re.findall(r"`((?:revenue|expenditure|public_investment)[a-z.]*)`", _figure_page()))


def test_every_field_of_a_figure_is_described() -> None:
    described = set(re.findall(r"`([a-z_]+)`", _figure_page()))
    fields = set(Figure.__dataclass_fields__) | {"figure_id", "unit_measure", "obs_status", "freq", "time_period"}
    assert fields <= described


def test_every_sample_is_described() -> None:
    folder = SEEDS / "articles"
    described = set(re.findall(r"^\| `([^`]+)`", (folder / "README.md").read_text(), re.MULTILINE))
    assert described == {path.name for path in folder.iterdir()} - {"README.md"}


def _figure_page() -> str:
    return (PROJECT / "docs" / "figure.md").read_text()


def _all_text() -> str:
    return "\n".join(document.read_text() for document in DOCUMENTS)
