"""Where the steps' files rest.

A *key* names a file relative to the data URL of the installation ("articles/2022-09/samples.parquet"), so that
a report stays true when the data folder moves or another worker mounts it elsewhere:

| step | key |
| --- | --- |
| collect | raw/<source>/<interval>.warc.gz, .report.json |
| read | articles/<interval>/<source>.parquet, .report.json |
| extract | figures/<interval>/<source>.parquet |
| validate | accepted/<interval>.parquet, quarantined/<interval>.parquet, likenesses/<interval>.parquet |
| load | reports/<interval>/<run>.html, .md |

Writing is atomic: a reader (or a second run of the same partition) never sees half a file. What the Parquet files hold
is in parquet.py.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import uuid
from collections.abc import Iterable
from pathlib import Path

from upath import UPath

from thuchi.settings import settings

Place = Path | UPath


def raw_key(source: str, interval: str) -> str:
    return f"raw/{source}/{interval}.warc.gz"


def articles_key(source: str, interval: str) -> str:
    return f"articles/{interval}/{source}.parquet"


def figures_key(source: str, interval: str) -> str:
    return f"figures/{interval}/{source}.parquet"


def accepted_key(interval: str) -> str:
    return f"accepted/{interval}.parquet"


def quarantined_key(interval: str) -> str:
    return f"quarantined/{interval}.parquet"


def report_key(interval: str, run_id: str, ending: str) -> str:
    """Of a run's report; what a file's name may not have in some store (":" and "+" of a date) becomes a dash."""
    return f"reports/{interval}/{re.sub(r'[^A-Za-z0-9._-]+', '-', run_id)}.{ending}"


def likenesses_key(interval: str) -> str:
    return f"likenesses/{interval}.parquet"


def at(key: str) -> UPath:
    """The place of a key under the data URL: a folder, or s3:// and the like by configuration."""
    return UPath(settings().data_url).joinpath(key)


def write_bytes(path: Place, content: bytes) -> None:
    """Put `content` at `path`, wholly or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(path, UPath) and path.protocol not in ("", "file", "local"):
        path.write_bytes(content)  # an object store shows an object only once it is complete
        return
    whole = Path(path.path) if isinstance(path, UPath) else path
    part = whole.with_name(f".{whole.name}.{uuid.uuid4().hex}")
    try:
        part.write_bytes(content)
        part.replace(whole)
    finally:
        part.unlink(missing_ok=True)


def write_chunks(path: Place, chunks: Iterable[bytes]) -> int:
    """Put `chunks` at `path`, one behind the other, wholly or not at all, never holding them all. Returns the size."""
    with tempfile.TemporaryFile() as file:
        size = sum(map(file.write, chunks))
        file.seek(0)
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(path, UPath) and path.protocol not in ("", "file", "local"):
            with path.open("wb") as remote:  # an object store shows an object only once it is complete
                shutil.copyfileobj(file, remote)
            return size
        whole = Path(path.path) if isinstance(path, UPath) else path
        part = whole.with_name(f".{whole.name}.{uuid.uuid4().hex}")
        try:
            with part.open("wb") as local:
                shutil.copyfileobj(file, local)
            part.replace(whole)
        finally:
            part.unlink(missing_ok=True)
    return size
