"""Where this installation keeps things, from the environment; the defaults are one machine's.

| variable | meaning | default |
| --- | --- | --- |
| THUCHI_HOME | state of one machine: embedded PostgreSQL, Airflow, logs | <project>/.thuchi |
| THUCHI_DATA_URL | files of the steps; any fsspec URL (s3://…) | <THUCHI_HOME>/data |
| THUCHI_WAREHOUSE_URL | the warehouse, a PostgreSQL URL | the embedded server |
| THUCHI_SOURCES | folder of the sources' YAML files | <project>/include/sources |
| THUCHI_CONTACT | mail address or page, told to every portal that is asked | none: no portal is asked |
| THUCHI_LOOPBACK | 1 lets a crawl ask this machine itself; for tests | closed |
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PROJECT = Path(__file__).resolve().parents[2]
INCLUDE = PROJECT / "include"
SEEDS = PROJECT / "seeds"


@dataclass(frozen=True, slots=True)
class Settings:
    home: Path
    data_url: str
    warehouse_url: str
    sources: Path
    contact: str = ""
    loopback: bool = False


def settings() -> Settings:
    """Read anew at each call, so that a test or a task sees its own environment."""
    home = Path(os.environ.get("THUCHI_HOME", PROJECT / ".thuchi")).absolute()
    return Settings(
        home=home,
        data_url=os.environ.get("THUCHI_DATA_URL", str(home / "data")),
        warehouse_url=os.environ.get("THUCHI_WAREHOUSE_URL", embedded_url(home, "thuchi")),
        sources=Path(os.environ.get("THUCHI_SOURCES", INCLUDE / "sources")),
        contact=os.environ.get("THUCHI_CONTACT", ""),
        loopback=os.environ.get("THUCHI_LOOPBACK") == "1",
    )


def embedded_url(home: Path, database: str) -> str:
    """The URL of a database of the embedded server, which listens on a Unix socket only.

    The socket lies in the server's data folder, unless that folder's name is too long for a socket
    (107 bytes on Linux): then the server says in the fifth line of its postmaster.pid where it is.
    """
    folder = home / "pg"
    with suppress(FileNotFoundError):  # a server that does not run (yet)
        lines = (folder / "postmaster.pid").read_text().splitlines()
        folder = Path(lines[4]) if len(lines) > 4 and lines[4] else folder
    return f"postgresql+psycopg2://postgres:@/{database}?host={quote(str(folder))}"
