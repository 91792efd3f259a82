"""Reads include/vocabulary/*.yaml and seeds/*.csv into one pure Vocabulary, once a process.

Nothing else of the project opens these files; `thuchi.extract` gets what is built here.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from thuchi.extract.gazetteer import area_words
from thuchi.extract.lexicon import Vocabulary, build_vocabulary
from thuchi.extract.spans import Area
from thuchi.settings import INCLUDE, SEEDS

_FILES = ("indicators", "cues", "foreign", "lists", "plain", "areas")


@cache
def vocabulary(folder: Path = INCLUDE / "vocabulary", seeds: Path = SEEDS) -> Vocabulary:
    """The vocabulary of this installation.

    Raises:
        FileNotFoundError, ValueError: naming the file that is missing or wrong.
    """
    read = {name: _read_yaml(folder / f"{name}.yaml") for name in _FILES}
    try:
        return build_vocabulary(
            read["indicators"],
            read["cues"],
            read["foreign"],
            read["lists"],
            read["plain"]["words"].split(),
            read_areas(seeds),
            area_words(read["areas"]),
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"the vocabulary in {folder} can't be used: {error}") from error


def _read_yaml(path: Path) -> Mapping[str, Any]:
    with path.open(encoding="utf-8") as file:
        read = yaml.load(file, Loader=yaml.CSafeLoader)
    if not isinstance(read, Mapping):
        raise ValueError(f"{path}: expected a mapping at the top, found {type(read).__name__}")
    return read


def read_areas(seeds: Path) -> tuple[Area, ...]:
    """The units of seeds/areas.csv."""
    path = seeds / "areas.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_area(row, path, number) for number, row in enumerate(csv.DictReader(file), start=2))


def _area(row: Mapping[str, str], path: Path, number: int) -> Area:
    try:
        return Area(
            code=row["code"],
            name=row["name"],
            level=row["level"],  # type: ignore[arg-type]  # checked by the test of seeds/
            province=row["province"] or None,
            parent=row["parent"] or None,
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            successor=row["successor"] or None,
            aliases=tuple(filter(None, row["aliases"].split("|"))),
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"{path}, row {number}: {error!r}; rebuild it with the script that makes it") from error
