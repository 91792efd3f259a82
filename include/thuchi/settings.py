"""Where this installation keeps things, from the environment; the defaults are one machine's.

| variable | meaning | default |
| --- | --- | --- |
| THUCHI_HOME | state of one machine: embedded PostgreSQL, Airflow, logs | <project>/.thuchi |
| THUCHI_DATA_URL | files of the steps; any fsspec URL (s3://…) | <THUCHI_HOME>/data |
| THUCHI_WAREHOUSE_URL | the warehouse, a PostgreSQL URL | the embedded server |
| THUCHI_SOURCES | folder of the sources' YAML files | <project>/include/sources |
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
INCLUDE = PROJECT / "include"
SEEDS = PROJECT / "seeds"


@dataclass(frozen=True, slots=True)
class Settings:
    home: Path
    data_url: str
    warehouse_url: str
    sources: Path


def settings() -> Settings:
    """Read anew at each call, so that a test or a task sees its own environment."""
    home = Path(os.environ.get("THUCHI_HOME", PROJECT / ".thuchi")).absolute()
    return Settings(
        home=home,
        data_url=os.environ.get("THUCHI_DATA_URL", str(home / "data")),
        warehouse_url=os.environ.get("THUCHI_WAREHOUSE_URL", embedded_url(home, "thuchi")),
        sources=Path(os.environ.get("THUCHI_SOURCES", INCLUDE / "sources")),
    )


def embedded_url(home: Path, database: str) -> str:
    """The URL of a database of the embedded server, whose socket lies in its own data folder."""
    return f"postgresql+psycopg2://postgres:@/{database}?host={home / 'pg'}"
