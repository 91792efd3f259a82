"""How records become Parquet and come back: the same records give the same bytes.

A figure's `value` is stored as text. An amount may be a misprint beyond 2^63, and a percentage is kept as printed:
10,50 % is not 10,5 % where validation asks how many digits were rounded. No fixed-point column holds both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from thuchi.model import LOCAL_ZONE, Article, Evidence, Figure
from thuchi.storage import Place, write_bytes

ARTICLE_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("url", pa.string()),
        pa.field("title", pa.string()),
        pa.field("published", pa.timestamp("us", tz=str(LOCAL_ZONE))),
        pa.field("text", pa.string(), nullable=False),
        pa.field("collected_at", pa.timestamp("us", tz="UTC")),
        pa.field("raw", pa.string()),
        pa.field("source_area", pa.string()),
        pa.field("attachments", pa.list_(pa.string()), nullable=False),
    ]
)

_EVIDENCE = pa.struct(
    [
        pa.field("origin", pa.string(), nullable=False),
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
        pa.field("note", pa.string(), nullable=False),
    ]
)

FIGURE_SCHEMA = pa.schema(
    [
        pa.field("figure_id", pa.string(), nullable=False),
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("indicator", pa.string(), nullable=False),
        pa.field("measure", pa.string(), nullable=False),
        pa.field("value", pa.string()),
        pa.field("approx", pa.string(), nullable=False),
        pa.field("phase", pa.string(), nullable=False),
        pa.field("basis", pa.string()),
        pa.field("period_start", pa.date32()),
        pa.field("period_end", pa.date32()),
        pa.field("area", pa.string()),
        pa.field("province", pa.string()),
        pa.field("level", pa.string()),
        pa.field("ref_area", pa.string()),
        pa.field("ref_area_today", pa.string()),
        pa.field("quote", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("number_start", pa.int32(), nullable=False),
        pa.field("number_end", pa.int32(), nullable=False),
        pa.field("evidence", pa.map_(pa.string(), _EVIDENCE), nullable=False),
        pa.field("doubts", pa.list_(pa.string()), nullable=False),
        pa.field("extractor_version", pa.string(), nullable=False),
        pa.field("value_printed", pa.string()),
    ]
)

HELD_SCHEMA = FIGURE_SCHEMA.append(
    pa.field(
        "failures",
        pa.list_(
            pa.struct([pa.field(name, pa.string()) for name in ("expectation", "severity", "sentence", "sentence_vi")])
        ),
        nullable=False,
    )
)
"""A figure that validation holds, with what it failed."""

LIKENESS_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("other_id", pa.string(), nullable=False),
        pa.field("share", pa.float64(), nullable=False),
    ]
)
"""Two articles that are copies of each other: what share of the shorter one the other has too."""

Failed = Mapping[str, str]
"""`expectation`, `severity`, `sentence` and `sentence_vi` of one failure."""


def write_articles(path: Place, articles: Iterable[Article]) -> int:
    """Write articles in the order given; returns how many."""
    rows = [{name: getattr(article, name) for name in ARTICLE_SCHEMA.names} for article in articles]
    return _write(path, rows, ARTICLE_SCHEMA)


def read_articles(path: Place) -> list[Article]:
    """The articles of a file, in its order.

    Raises:
        FileNotFoundError: where the step that writes it has not run.
    """
    return [
        Article(
            **{
                **row,
                "published": _in_zone(row["published"], LOCAL_ZONE),
                "collected_at": _in_zone(row["collected_at"], UTC),
                "attachments": tuple(row["attachments"]),
            }
        )
        for row in _read(path, ARTICLE_SCHEMA)
    ]


def write_figures(path: Place, figures: Iterable[Figure]) -> int:
    """Write figures in the order given; returns how many."""
    return _write(path, [_figure_row(figure) for figure in figures], FIGURE_SCHEMA)


def read_figures(path: Place) -> list[Figure]:
    """The figures of a file, in its order, with evidence, doubts and values exactly as they were written.

    Raises:
        FileNotFoundError: where the step that writes it has not run.
    """
    return [_figure(row) for row in _read(path, FIGURE_SCHEMA)]


def write_held(path: Place, held: Iterable[tuple[Figure, Sequence[Failed]]]) -> int:
    """Write figures with what each failed, in the order given; returns how many."""
    rows = [{**_figure_row(figure), "failures": [dict(each) for each in failures]} for figure, failures in held]
    return _write(path, rows, HELD_SCHEMA)


def read_held(path: Place) -> list[tuple[Figure, list[Failed]]]:
    """The held figures of a file, in its order.

    Raises:
        FileNotFoundError: where the step that writes it has not run.
    """
    held = []
    for row in _read(path, HELD_SCHEMA):
        failures = row.pop("failures")
        held.append((_figure(row), failures))
    return held


def write_likenesses(path: Place, likenesses: Iterable[dict[str, Any]]) -> int:
    """Write pairs of articles that are alike, in the order given; returns how many."""
    return _write(path, list(likenesses), LIKENESS_SCHEMA)


def read_likenesses(path: Place) -> list[dict[str, Any]]:
    """The pairs of a file, in its order."""
    return _read(path, LIKENESS_SCHEMA)


def _figure_row(figure: Figure) -> dict[str, Any]:
    row = {name: getattr(figure, name) for name in FIGURE_SCHEMA.names}
    for name in ("value", "value_printed"):
        row[name] = None if row[name] is None else str(row[name])
    row["evidence"] = [(name, asdict(evidence)) for name, evidence in figure.evidence.items()]
    return row


def _figure(row: dict[str, Any]) -> Figure:
    del row["figure_id"]  # follows from the other fields; stored for whoever opens the file with other tools
    for name in ("value", "value_printed"):
        if row[name] is not None:
            row[name] = int(row[name]) if row["measure"] == "amount" else Decimal(row[name])
    row["evidence"] = {name: Evidence(**evidence) for name, evidence in row["evidence"]}
    row["doubts"] = tuple(row["doubts"])
    return Figure(**row)


def _write(path: Place, rows: list[dict[str, Any]], schema: pa.Schema) -> int:
    buffer = BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), buffer, compression="zstd")
    write_bytes(path, buffer.getvalue())
    return len(rows)


def _read(path: Place, schema: pa.Schema) -> list[dict[str, Any]]:
    table = pq.read_table(BytesIO(path.read_bytes()), schema=schema)
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def _in_zone(moment: datetime | None, zone: Any) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)
