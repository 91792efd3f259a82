"""Sources → raw archive. `collect` puts the documents of one source and one interval into one WARC file."""

from __future__ import annotations

from collections.abc import Sequence

from thuchi import storage
from thuchi.collect import archive
from thuchi.collect.dating import modified_at
from thuchi.collect.documents import Document
from thuchi.collect.folder import scan
from thuchi.collect.sources import Source, SourceError, load_source, source_ids
from thuchi.model import UNDATED, Interval, StepReport

__all__ = ["LISTED", "Source", "SourceError", "collect", "load_source", "some", "source_ids", "undated_remedy"]

LISTED = 20
"""How many undated or broken documents a report names; `thuchi sources check` names them all."""


def collect(source: Source, interval: Interval) -> StepReport:
    """Archive what `source` published in `interval` under raw/<source>/<interval>.warc.gz.

    The same interval again writes the same bytes. Counts: `documents` that can be read in the whole source, `collected`
    of them in this interval, `undated` ones that wait for a date, `failed` ones that cannot be read.

    Raises:
        SourceError: where the source's path does not exist.
    """
    found = scan(source)
    chosen = []
    undated = [document for document in found.documents if document.published is None]
    for document in found.documents:
        published = document.published_at
        if interval.holds(None if published is None else published.date()):
            chosen.append(document)
    key = storage.raw_key(source.id, interval.key)
    archive.write_archive(
        storage.at(key),
        (
            archive.RawRecord(
                source=source.id,
                name=document.name,
                media_type=document.media_type,
                collected_at=modified_at(document.modified),
                published=document.published_at,
                content=found.content(document),
            )
            for document in chosen
        ),
    )
    waiting = [] if interval.key == UNDATED else undated
    return StepReport(
        source=source.id,
        interval=interval.key,
        path=key,
        counts={
            "documents": len(found.documents),
            "collected": len(chosen),
            "undated": len(waiting),
            "failed": len(found.faults),
        },
        notes=(
            *some(found.faults, source.id),
            *some([undated_remedy(document) for document in waiting], source.id),
            *found.remarks,
        ),
    )


def undated_remedy(document: Document) -> str:
    return (
        f"{document.name} is undated and waits: give its date in dates.csv (file,published) beside it, "
        f'or run the period "{UNDATED}"'
    )


def some(sentences: Sequence[str], source_id: str) -> list[str]:
    """The first LISTED sentences, and how many more there are: a report travels through Airflow's database."""
    more = len(sentences) - LISTED
    return [*sentences[:LISTED], *([f"… and {more} more: thuchi sources check {source_id}"] if more > 0 else [])]
