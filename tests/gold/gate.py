"""The evaluation gate: how well the 60 articles of articles.jsonl are read, against the floors of floors.json.

    .venv/bin/python tests/gold/gate.py             prints the scores
    .venv/bin/python tests/gold/gate.py --update    raises the floors to them; refuses where one would fall

The floors belong to one set of articles: floors.json holds its SHA-256, and another set is refused.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from thuchi.extract import Extractor
from thuchi.extract.normalise import fold, normalise
from thuchi.model import LOCAL_ZONE, Article, Figure
from thuchi.vocabulary import vocabulary

HERE = Path(__file__).parent
ARTICLES = HERE / "articles.jsonl"
FLOORS = HERE / "floors.json"
LEVELS = {
    "number": ("measure", "value"),
    "relaxed": ("measure", "value", "indicator"),
    "strict": ("measure", "value", "indicator", "phase", "period_start", "period_end", "area", "level"),
}
FIELDS = ("indicator", "phase", "period_start", "period_end", "area", "level", "province", "approx", "basis")
Label = Mapping[str, Any]


def digest() -> str:
    """The SHA-256 of the articles and their labels."""
    return hashlib.sha256(ARTICLES.read_bytes()).hexdigest()


def articles() -> Iterator[tuple[Article, list[Label]]]:
    with ARTICLES.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            published = datetime.fromisoformat(row["published"]).replace(tzinfo=LOCAL_ZONE)
            text, title = normalise(row["text"]).text, unicodedata.normalize("NFC", row["title"])
            yield Article(row["id"], "gold", None, title, published, text), row["figures"]


def scores() -> dict[str, float]:
    """F1 of each level, and the share of the articles without figures that are left empty."""
    extractor = Extractor(vocabulary())
    read = [(labels, [_fields(figure) for figure in extractor.figures_of(article)]) for article, labels in articles()]
    result = {level: _f1(read, fields) for level, fields in LEVELS.items()}
    empty = [figures for labels, figures in read if not labels]
    return result | {"left empty": sum(not figures for figures in empty) / len(empty)}


def _fields(figure: Figure) -> Label:
    return {
        "indicator": figure.indicator,
        "measure": figure.measure,
        "value": None if figure.value is None else float(figure.value),
        "approx": figure.approx,
        "phase": figure.phase,
        "basis": figure.basis,
        "period_start": figure.period_start and figure.period_start.isoformat(),
        "period_end": figure.period_end and figure.period_end.isoformat(),
        "area": figure.area,
        "province": figure.province,
        "level": figure.level,
    }


def _f1(read: Sequence[tuple[Sequence[Label], Sequence[Label]]], fields: Sequence[str]) -> float:
    """Over all articles; a label marked ambiguous counts neither way."""
    hits = wanted = found = 0
    for labels, figures in read:
        pairs = _pairs(labels, figures, fields)
        sure = {index for label, index in pairs if not labels[label].get("ambiguous")}
        ambiguous = {
            index for label, index in _pairs(labels, figures, LEVELS["number"]) if labels[label].get("ambiguous")
        }
        hits += len(sure)
        wanted += sum(not label.get("ambiguous") for label in labels)
        found += len(figures) - len(ambiguous - sure)
    return 2 * hits / (wanted + found)


def _pairs(labels: Sequence[Label], figures: Sequence[Label], fields: Sequence[str]) -> list[tuple[int, int]]:
    """Labels and figures that agree in all fields, one to one, the best agreement first."""
    candidates = sorted(
        (-sum(_agrees(label, figure, field) for field in FIELDS), at, index)
        for at, label in enumerate(labels)
        for index, figure in enumerate(figures)
        if all(_agrees(label, figure, field) for field in fields)
    )
    pairs: dict[int, int] = {}
    for _, at, index in candidates:
        if at not in pairs and index not in pairs.values():
            pairs[at] = index
    return list(pairs.items())


def _agrees(label: Label, figure: Label, field: str) -> bool:
    options = [label.get(field), *label.get("alt", {}).get(field, [])]
    return any(_same(field, option, figure[field]) for option in options)


def _same(field: str, wanted: Any, found: Any) -> bool:
    if wanted is None or found is None:
        return wanted is None
    if field == "value":
        return abs(float(wanted) - float(found)) <= max(0.005, abs(float(wanted)) * 1e-6)
    if field in ("area", "province"):
        return fold(wanted).removeprefix("thành phố ") == fold(found).removeprefix("thành phố ")
    return bool(wanted == found)


def floors() -> dict[str, float]:
    """The pinned floors.

    Raises:
        ValueError: where they belong to other articles than those that are here.
    """
    pinned = json.loads(FLOORS.read_text(encoding="utf-8"))
    if pinned["sha256"] != digest():
        raise ValueError(
            f"{FLOORS} was pinned for other articles than {ARTICLES}: restore them, or pin anew with reason"
        )
    return dict(pinned["floors"])


def updated(pinned: Mapping[str, float], reached: Mapping[str, float]) -> dict[str, float]:
    """New floors, rounded down to three digits.

    Raises:
        ValueError: naming the level whose floor would fall.
    """
    raised = {level: int(score * 1000) / 1000 for level, score in reached.items()}
    for level, floor in pinned.items():
        if raised.get(level, 0.0) < floor:
            raise ValueError(
                f"{level}: {raised.get(level, 0.0)} is below its floor of {floor}; a floor is never lowered"
            )
    return raised


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached now")
    wish = parser.parse_args()
    reached = scores()
    for level, score in reached.items():
        print(f"{level:<10} {score:.4f}")
    if wish.update:
        try:
            raised = updated(floors() if FLOORS.exists() else {}, reached)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
        FLOORS.write_text(json.dumps({"sha256": digest(), "floors": raised}, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
