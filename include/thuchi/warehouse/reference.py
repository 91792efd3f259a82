"""seeds/ → the dimension tables."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Date, Engine, Table, bindparam, insert, select, update

from thuchi.warehouse.connect import WarehouseError
from thuchi.warehouse.tables import indicator, ref_area

FILES: dict[str, Table] = {"indicators.csv": indicator, "areas.csv": ref_area}
"""Each file has the columns of its table, and a `code` that names a row for ever."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReferenceReport:
    """Per table how many rows the file has, and how many of them were new or changed."""

    counts: Mapping[str, int]
    """Keys such as `ref_area`, `ref_area.new`, `ref_area.changed`, `ref_area.gone`."""
    notes: tuple[str, ...] = ()
    """A sentence for each table that holds rows which its file no longer has; they are kept: figures may use them."""


def load_reference_data(engine: Engine, seeds: Path) -> ReferenceReport:
    """Bring `ref_area` and `indicator` to what seeds/areas.csv and seeds/indicators.csv say; idempotent.

    Raises:
        WarehouseError: naming the file and the line of the first row that cannot be used; nothing is changed.
    """
    read = {name: _read(seeds / name, table) for name, table in FILES.items()}
    counts: dict[str, int] = {}
    notes: list[str] = []
    with engine.begin() as connection:
        for name, table in FILES.items():
            counts |= _renew(connection, table, read[name])
            gone = _gone(connection, table, read[name])
            counts[f"{table.name}.gone"] = len(gone)
            if gone:
                shown = ", ".join(gone[:5]) + (" …" if len(gone) > 5 else "")
                notes.append(f"{len(gone)} rows of {table.name} are no longer in {name} and were kept: {shown}")
    return ReferenceReport(counts, tuple(notes))


def _read(path: Path, table: Table) -> list[Row]:
    if not path.is_file():
        raise WarehouseError(f"{path} is missing: the reference data cannot be loaded.")
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = set(table.columns.keys()) - set(reader.fieldnames or ())
        if missing:
            raise WarehouseError(f"{path} lacks the columns {', '.join(sorted(missing))}.")
        rows = [_row(raw, table, path, reader.line_num) for raw in reader]
    seen: set[str] = set()
    for row in rows:
        if row["code"] in seen:
            raise WarehouseError(f"{path} has the code {row['code']} twice: give one of them a code of its own.")
        seen.add(row["code"])
    return rows


def _row(raw: Mapping[str, str | None], table: Table, path: Path, line: int) -> Row:
    row: Row = {}
    for column in table.columns:
        value = raw[column.name] or None
        if value is None and not column.nullable:
            raise WarehouseError(f"{path}, line {line}: {column.name} is empty.")
        if value is not None and isinstance(column.type, Date):
            try:
                row[column.name] = date.fromisoformat(value)
            except ValueError:
                raise WarehouseError(f"{path}, line {line}: {column.name} is {value!r}, not a date.") from None
        else:
            row[column.name] = value
    return row


def _renew(connection: Connection, table: Table, rows: list[Row]) -> dict[str, int]:
    stored = {row["code"]: dict(row) for row in connection.execute(select(table)).mappings()}
    new = [row for row in rows if row["code"] not in stored]
    changed = [row for row in rows if row["code"] in stored and stored[row["code"]] != row]
    if new:
        connection.execute(insert(table), new)
    if changed:
        renewal = update(table).where(table.c.code == bindparam("key"))
        values: Row = {column.name: bindparam(column.name) for column in table.columns if column.name != "code"}
        connection.execute(renewal.values(values), [{**row, "key": row["code"]} for row in changed])
    return {table.name: len(rows), f"{table.name}.new": len(new), f"{table.name}.changed": len(changed)}


def _gone(connection: Connection, table: Table, rows: list[Row]) -> list[str]:
    codes = {row["code"] for row in rows}
    return [code for code in connection.scalars(select(table.c.code).order_by(table.c.code)) if code not in codes]
