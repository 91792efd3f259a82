"""Sources → raw archive. `collect` puts the documents of one source and one interval into one WARC file."""

from __future__ import annotations

from thuchi import storage
from thuchi.collect import archive
from thuchi.collect.archives import collect_archive
from thuchi.collect.check import undated_remedy
from thuchi.collect.dating import modified_at
from thuchi.collect.folder import scan
from thuchi.collect.portal import SourceFailed, collect_portal
from thuchi.collect.rawgate import Gate
from thuchi.collect.reporting import LISTED, some, write_lists
from thuchi.collect.schema import ArchiveSource, FolderSource, Portal, Source
from thuchi.collect.sources import SourceError, load_source, source_ids, units_of_run
from thuchi.model import UNDATED, Interval, StepReport

__all__ = [
    "LISTED",
    "Source",
    "SourceError",
    "SourceFailed",
    "collect",
    "load_source",
    "some",
    "source_ids",
    "units_of_run",
    "write_lists",
]


def collect(source: Source, interval: Interval, *, refetch: bool = False, gate: Gate = bool) -> StepReport:
    """Archive what `source` published in `interval` under raw/<source>/<interval>.warc.gz.

    The same interval again writes the same bytes, and asks no portal again unless `refetch` says so. Of an archive only
    the pages are taken whose text passes the `gate`; without one, those that have text.

    Raises:
        SourceError: where the source's path does not exist.
        SourceFailed: a portal is down, blocks us, changed its layout, or gave less than its floor.
    """
    if isinstance(source, Portal):
        return collect_portal(source, interval, refetch=refetch)
    if isinstance(source, ArchiveSource):
        return collect_archive(source, interval, gate)
    return collect_folder(source, interval)


def collect_folder(source: FolderSource, interval: Interval) -> StepReport:
    """Archive the documents of a folder that were published in an interval.

    Counts: `documents` that can be read in the whole source, `collected` of them in this interval, `undated` ones that
    wait for a date, `failed` ones that cannot be read.

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
    where = f"thuchi sources check {source.id}"
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
            *some(found.faults, where),
            *some([undated_remedy(document) for document in waiting], where),
            *found.remarks,
        ),
    )
