"""What `thuchi sources check` finds out about a source."""

from __future__ import annotations

from dataclasses import dataclass

from thuchi.collect.archive_files import files_of
from thuchi.collect.documents import Document
from thuchi.collect.folder import scan
from thuchi.collect.portal import SourceFailed, try_out
from thuchi.collect.schema import ArchiveSource, FolderSource, Portal, Source
from thuchi.model import UNDATED


@dataclass(frozen=True, slots=True)
class Checked:
    summary: str
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def check(source: Source, *, ask: bool) -> Checked:
    """Look through a folder or an archive; of a portal fetch each list and one article, if `ask` says so.

    Raises:
        SourceError: where the source's path does not exist.
    """
    if isinstance(source, FolderSource):
        return _folder(source)
    if isinstance(source, ArchiveSource):
        return Checked(f"{len(files_of(source).names)} archive files, {source.shards} shards")
    return _portal(source, ask)


def _folder(source: FolderSource) -> Checked:
    found = scan(source)
    undated = [document for document in found.documents if document.published is None]
    return Checked(
        f"{len(found.documents)} documents, {len(undated)} undated, {len(found.faults)} failed",
        found.faults,
        (*map(undated_remedy, undated), *found.remarks),
    )


def _portal(source: Portal, ask: bool) -> Checked:
    waiting = () if source.verified else (f"not verified, so no run takes it; check {source.check}",)
    kind = f"{len(source.addresses)} address{'es' if len(source.addresses) > 1 else ''}"
    if not ask:
        return Checked(f"{kind}, not tried: thuchi sources check {source.id}", (), waiting)
    try:
        works, problems = try_out(source)  # type: ignore[arg-type]  # a Portal is one of the three kinds of it
    except SourceFailed as failed:
        return Checked(f"{kind}, not tried", (str(failed),), waiting)
    return Checked(f"{kind}, {len(problems)} problems", tuple(problems), (*works, *waiting))


def undated_remedy(document: Document) -> str:
    return (
        f"{document.name} is undated and waits: give its date in dates.csv (file,published) beside it, "
        f'or run the period "{UNDATED}"'
    )
