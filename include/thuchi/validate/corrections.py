"""Known misprints of sources, as data: include/corrections/*.yaml, applied before a run is validated.

```yaml
corrections:
  - article: https://portal.example/thu-ngan-sach-11-thang   # its address, or its id
    quote: "đạt 103,8%"            # as printed, the whole quote of the figure
    reading: 113.8                 # what is right: VND as a whole number, or percent
    reason: "5.870 tỷ on a plan of 5.160 tỷ is 113,8%; the province's own report has it so."
    reporter: lan@example.vn
    status: active                 # or retired, which is kept and not applied
```

The figure gets the reading as its value and keeps what was printed (`Figure.value_printed`). A correction whose words
its article no longer says is retired by itself: it changes nothing, and every run says so until its status does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from thuchi.extract.normalise import normalise
from thuchi.model import Article, Evidence, Figure, article_id_of
from thuchi.settings import INCLUDE
from thuchi.validate.printed import said

CORRECTIONS = INCLUDE / "corrections"


class CorrectionError(ValueError):
    """A file of corrections that cannot be used: one sentence with its file, the entry and the remedy."""


class Correction(BaseModel):
    """One known misprint."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article: str = Field(min_length=1)
    quote: str = Field(min_length=1)
    reading: Decimal
    reason: str = Field(min_length=10)
    reporter: str = Field(min_length=2)
    status: Literal["active", "retired"] = "active"

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, entry: Any) -> Any:
        """YAML reads 113.8 as a float: as text it keeps the digits that were written."""
        if isinstance(entry, dict) and isinstance(entry.get("reading"), int | float):
            return {**entry, "reading": str(entry["reading"])}
        return entry

    @property
    def article_ids(self) -> set[str]:
        """An address names its article by the hash of it."""
        return {self.article, article_id_of(self.article, "")}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A run's figures after corrections, and a sentence for each correction that concerns its articles."""

    figures: list[Figure]
    applied: int
    notes: list[str]


def load_corrections(folder: Path | None = None) -> list[Correction]:
    """All corrections of all files, in the order of their names; none where there is no folder.

    Raises:
        CorrectionError: naming the file, the entry and what is wrong with it.
    """
    folder = CORRECTIONS if folder is None else folder
    found: list[Correction] = []
    seen: dict[tuple[str, str], Path] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            raise CorrectionError(f"{path} is not YAML: {' '.join(str(error).split())}") from error
        entries = content.get("corrections") if isinstance(content, dict) else None
        if not isinstance(entries, list):
            raise CorrectionError(f"{path}: write `corrections:` and a list under it, if only an empty one.")
        for number, entry in enumerate(entries, 1):
            correction = _correction(path, number, entry)
            key = (correction.article, correction.quote)
            if key in seen:
                raise CorrectionError(f"{path}, entry {number}: {correction.quote!r} is corrected in {seen[key]} too.")
            seen[key] = path
            found.append(correction)
    return found


def _correction(path: Path, number: int, entry: object) -> Correction:
    try:
        correction = Correction.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the entry"
        raise CorrectionError(f"{path}, entry {number}: {place}: {first['msg']}") from error
    return correction.model_copy(update={"quote": normalise(correction.quote).text})


def corrected(corrections: Sequence[Correction], articles: Sequence[Article], figures: Sequence[Figure]) -> Corrected:
    """Put the readings in place of what was printed, where the article still prints it."""
    by_id = {article.article_id: article for article in articles}
    result, notes, applied = list(figures), [], 0
    for each in (each for each in corrections if each.status == "active"):
        article = next((by_id[key] for key in each.article_ids if key in by_id), None)
        if article is None:
            continue
        named = f"Correction of {each.quote!r} in {each.article} ({each.reporter})"
        if each.quote not in article.text:
            notes.append(f"{named} is retired: the article no longer says so; set its status to retired.")
            continue
        places = [
            place
            for place, figure in enumerate(result)
            if figure.article_id == article.article_id and figure.quote == each.quote
        ]
        if len(places) != 1:
            notes.append(f"{named} was not applied: {len(places)} figures have that quote; it needs exactly one.")
            continue
        figure = result[places[0]]
        if figure.value == each.reading:
            notes.append(f"{named} is retired: the figure already reads so; set its status to retired.")
            continue
        if figure.measure == "amount" and each.reading != each.reading.to_integral_value():
            notes.append(f"{named} was not applied: an amount is a whole number of VND, not {each.reading}.")
            continue
        result[places[0]] = _with_reading(figure, each)
        applied += 1
        printed = "unreadable" if figure.value is None else said(figure.value, figure.measure)  # type: ignore[arg-type]
        notes.append(f"{named} was applied: {printed} is read as {each.reading} ({each.reason})")
    return Corrected(result, applied, notes)


def _with_reading(figure: Figure, correction: Correction) -> Figure:
    evidence = Evidence("correction", figure.start, figure.end, f"{correction.reporter}: {correction.reason}")
    return replace(
        figure,
        value=int(correction.reading) if figure.measure == "amount" else correction.reading,
        value_printed=figure.value,
        evidence={**figure.evidence, "value": evidence},
    )
