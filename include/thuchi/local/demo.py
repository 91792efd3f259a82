"""`make demo`: articles become validated figures by real runs of a real Airflow, before one's eyes."""

from __future__ import annotations

import os
import re
import shutil
import time
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import yaml
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from thuchi.collect import load_source
from thuchi.collect.folder import scan
from thuchi.collect.schema import FolderSource
from thuchi.local import CannotRunError
from thuchi.local.rest import Airflow
from thuchi.model import UNDATED
from thuchi.settings import INCLUDE

SAMPLES = INCLUDE / "sources" / "samples.yaml"
NEWS, REFERENCE = "historical_news", "reference_data"
AT_ONCE = 4
PATIENCE_SECONDS = 600
"""A run takes seconds; where none ends for so long, something stands still."""


@dataclass(frozen=True, slots=True)
class Articles:
    """What the demo will run on, known before anything is started."""

    source: str
    days: tuple[date, ...]
    """Days of publication, one an article that has one."""
    undated: int
    remarks: tuple[str, ...]

    @property
    def stretches(self) -> list[tuple[date, date]]:
        """The months that have articles, as first days: of each row of adjacent months the first and the last."""
        rows: list[tuple[date, date]] = []
        for month in sorted({day.replace(day=1) for day in self.days}):
            if rows and _months(rows[-1][1], month) == 1:
                rows[-1] = (rows[-1][0], month)
            else:
                rows.append((month, month))
        return rows


def choose_articles(home: Path, path: Path | None) -> Articles:
    """Make the samples, or the articles at `path`, the only source of this demo, and look through them.

    Raises CannotRunError where there is nothing, or where a file or a line cannot be read: each is named.
    """
    folder = home / "demo-sources"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if path is None:
        source = SAMPLES.stem
        shutil.copy(SAMPLES, folder)
    else:
        if not path.exists():
            raise CannotRunError(
                f"There is nothing at {path}: ARTICLES= names a folder of .txt and .html files, or a .jsonl file."
            )
        source = _id_of(path.resolve().stem)
        content = {"id": source, "name": path.name, "kind": "folder", "path": str(path.resolve())}
        (folder / f"{source}.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    os.environ["THUCHI_SOURCES"] = str(folder)

    found = scan(cast(FolderSource, load_source(source)))
    if found.faults:
        raise CannotRunError("\n".join(f"{found.base}/{fault}." for fault in found.faults))
    if not found.documents:
        raise CannotRunError(f"{path} holds no articles: .txt and .html files are read, and lines of .jsonl.")
    moments = [document.published_at for document in found.documents]
    return Articles(
        source,
        tuple(moment.date() for moment in moments if moment is not None),
        moments.count(None),
        found.remarks,
    )


def _id_of(name: str) -> str:
    """A source's id after a file's name: "Bài của tôi" gives bai-cua-toi."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("đ", "d"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "articles"


def run(airflow: Airflow, articles: Articles, since: datetime, console: Console) -> list[str]:
    """Load the reference data, then backfill the articles' months; returns a sentence for each run that failed."""
    for dag in (REFERENCE, NEWS):
        _wait_until_parsed(airflow, dag, since)
    with _progress(console) as bars:
        airflow.trigger(REFERENCE)
        _follow(airflow, REFERENCE, since, bars, bars.add_task("Loading areas and indicators", total=1), 1)
        if failures := _failures(airflow, REFERENCE, since):
            return failures
        _backfill(airflow, articles.stretches, since, bars)
        if articles.undated:
            begun = datetime.now(UTC)
            airflow.trigger(NEWS, {"period": UNDATED})
            _follow(airflow, NEWS, begun, bars, bars.add_task("The articles without a date", total=1), 1)
    return _failures(airflow, NEWS, since)


def _backfill(airflow: Airflow, stretches: list[tuple[date, date]], since: datetime, bars: Progress) -> None:
    """One backfill after the other, since Airflow runs one a DAG; empty years between two articles cost nothing."""
    months = [_months(first, last) + 1 for first, last in stretches]
    bar = bars.add_task("Backfilling the months of the articles", total=sum(months))
    for done, (first, last) in enumerate(stretches, start=1):
        backfill = airflow.backfill(NEWS, first, last, AT_ONCE)
        _follow(airflow, NEWS, since, bars, bar, sum(months[:done]))
        airflow.close_backfill(backfill)


def _months(first: date, last: date) -> int:
    """From one month to the other: 0 for the same month."""
    return 12 * (last.year - first.year) + last.month - first.month


def _follow(airflow: Airflow, dag: str, since: datetime, bars: Progress, bar: TaskID, total: int) -> None:
    """Move a bar up to `total` until every run of a DAG that began after `since` has ended."""
    moved, before = time.monotonic(), -1
    while airflow.count_runs(dag, since, "queued", "running"):
        ended = airflow.count_runs(dag, since, "success", "failed")
        # The scheduled run of last month is among them: the bar never shows more than was asked for.
        bars.update(bar, completed=min(ended, total))
        if ended != before:
            moved, before = time.monotonic(), ended
        elif time.monotonic() - moved > PATIENCE_SECONDS:
            raise CannotRunError(f"No run of {dag} has ended for {PATIENCE_SECONDS} s: {airflow.address} shows why.")
        time.sleep(1)  # each look costs the web server as much as a task does
    bars.update(bar, completed=total)


def _progress(console: Console) -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console)


def _wait_until_parsed(airflow: Airflow, dag: str, since: datetime) -> None:
    """Until Airflow has read the DAG's file in this session: what it knows from an earlier one may be stale."""
    deadline = time.monotonic() + 120
    while True:
        parsed = airflow.parsed_at(dag)
        if parsed is not None and parsed >= since:
            return
        if errors := airflow.import_errors():
            raise CannotRunError("Airflow cannot read a DAG: " + "; ".join(errors))
        if time.monotonic() > deadline:
            raise CannotRunError(f"Airflow has not read the DAG {dag} after 120 s: see the log dag-processor.log.")
        time.sleep(0.5)


def _failures(airflow: Airflow, dag: str, since: datetime) -> list[str]:
    sentences = []
    for failed in airflow.failed_runs(dag, since):
        run_id = failed["dag_run_id"]
        period = failed["partition_key"] or (failed["conf"] or {}).get("period", "")
        reasons = "; ".join(airflow.failed_tasks(dag, run_id)) or "no task of its own failed"
        sentences.append(f"The run of {dag} {period} failed. {reasons} ({airflow.address}/dags/{dag}/runs/{run_id})")
    return sentences
