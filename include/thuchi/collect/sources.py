"""Sources are data: one YAML file each in include/sources/, checked against the schema below.

id: samples                 # the file's own name, without .yaml
name: Sample articles
ref_area: null              # NSO code of the unit that the source speaks for, quoted ("251"); null for none
kind: folder                # .txt, .html and .jsonl files
path: seeds/articles        # a folder or one file, seen from the project (from this file: ./ or ../)
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from thuchi.settings import PROJECT, settings


class SourceError(ValueError):
    """A source's YAML cannot be used; the message names the file, the line and what to write there."""


class FolderSource(BaseModel):
    """Articles that lie in a folder as .txt, .html or .jsonl files."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    name: Annotated[str, Field(min_length=1)]
    ref_area: Annotated[str, Field(pattern=r"^(VN|\d{2}|\d{3}|\d{5})(-\d{6})?$")] | None = None
    """A code of seeds/areas.csv: NSO's two digits a province, three a district (until 2025-06-30), five a commune,
    with the month since when it stands where NSO gave a code anew ("19-202507"); VN for the nation."""
    kind: Literal["folder"]
    path: Annotated[str, Field(min_length=1)]


Source = FolderSource

_REMEDIES = {
    "id": "write lower-case letters, digits, - or _, the same as the file's name",
    "ref_area": 'write a code of seeds/areas.csv in quotes, as "26", or null where it speaks for no single unit',
    "kind": "write folder",
    "path": "write a folder or a file, as seeds/articles",
}


def source_ids() -> list[str]:
    """The ids of all sources of this installation, sorted; what is in the files is read by `load_source`.

    Raises:
        SourceError: where there is none.
    """
    ids = _ids()
    if not ids:
        raise SourceError(
            f"{settings().sources}: no source is defined there; add a .yaml file, as include/sources/samples.yaml"
        )
    return ids


def area_of(source_id: str | None) -> str | None:
    """The area that a source speaks for, by its name alone; null where no such source is defined.

    Raises:
        SourceError: its YAML is faulty.
    """
    return load_source(source_id).ref_area if source_id and source_id in _ids() else None


def _ids() -> list[str]:
    return sorted(path.stem for path in settings().sources.glob("*.yaml"))


def load_source(source_id: str) -> Source:
    """Read and check one source.

    Raises:
        SourceError: naming the file, the line and the remedy.
    """
    path = settings().sources / f"{source_id}.yaml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SourceError(f"{path}: there is no such source; there are: {', '.join(_ids()) or 'none'}") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        raise SourceError(f"{path}:{mark.line + 1 if mark else 1}: not YAML: {what}; correct that line") from error
    if not isinstance(content, dict):
        raise SourceError(
            f"{path}:1: holds no fields (id, name, ref_area, kind, path); see include/sources/samples.yaml"
        )
    try:
        source = FolderSource.model_validate(content)
    except ValidationError as error:
        raise SourceError("; ".join(_sentence(path, node, fault) for fault in error.errors())) from error
    if source.id != source_id:
        raise SourceError(f"{path}:{_line(node, ['id'])}: id {source.id!r} must be the file's name, {source_id!r}")
    return source


def root_of(source: Source) -> Path:
    """The folder or file that a source's `path` means."""
    base = settings().sources if source.path.startswith(("./", "../")) else PROJECT
    return (base / source.path).resolve()


def _sentence(path: Path, node: yaml.Node | None, fault: Any) -> str:
    place = [str(part) for part in fault["loc"]]
    name = place[0] if place else ""
    what = {"missing": "is missing", "extra_forbidden": "is no field of a source"}.get(fault["type"])
    if what is None:
        what = f"is {fault['input']!r}: {fault['msg'][0].lower()}{fault['msg'][1:]}"
    remedy = f"; {_REMEDIES[name]}" if name in _REMEDIES else ""
    return f"{path}:{_line(node, place)}: {name} {what}{remedy}"


def _line(node: yaml.Node | None, place: Sequence[str]) -> int:
    """The line of a field, counted from 1; of the record itself where it lacks the field."""
    if node is None:
        return 1
    if place and isinstance(node, yaml.MappingNode):
        for key, _ in node.value:
            if key.value == place[0]:
                return int(key.start_mark.line) + 1
    return int(node.start_mark.line) + 1
