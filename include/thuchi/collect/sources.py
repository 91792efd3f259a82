"""Sources are data: one YAML file each in include/sources/, checked against the schema of its kind (schema.py).

id: samples                 # the file's own name, without .yaml
name: Sample articles
ref_area: null              # NSO code of the unit that the source speaks for, quoted ("251"); null for none
kind: folder                # .txt, .html and .jsonl files; or feed, sitemap, listing, archive
path: seeds/articles        # a folder or one file, seen from the project (from this file: ./ or ../)
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import ValidationError

from thuchi.collect.schema import KINDS, ArchiveSource, FolderSource, Portal, Source
from thuchi.settings import PROJECT, settings


class SourceError(ValueError):
    """A source's YAML cannot be used; the message names the file, the line and what to write there."""


_KINDS_NAMED = f"{', '.join(list(KINDS)[:-1])} or {list(KINDS)[-1]}"
_REMEDIES = {
    "id": "write lower-case letters, digits, - or _, the same as the file's name",
    "ref_area": 'write a code of seeds/areas.csv in quotes, as "26", or null where it speaks for no single unit',
    "kind": f"write {_KINDS_NAMED}",
    "path": "write a folder or a file, as seeds/articles",
    "addresses": "write a list of full addresses, as [https://baobackan.vn/rss/home.rss]",
    "domains": "write the hosts that may be asked, as [baobackan.vn]",
    "articles": "write a regular expression that the addresses of articles match and no others",
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


def units_of_run() -> list[str]:
    """The pieces of work of a run, sorted: each source, or its shards; none of those not yet verified.

    Raises:
        SourceError: there is no source, or the YAML of one is faulty.
    """
    units = []
    for source_id in source_ids():
        source = load_source(source_id)
        if isinstance(source, ArchiveSource) and source.shards > 1:
            units += [f"{source.id}@{shard}" for shard in range(source.shards)]
        elif not isinstance(source, Portal) or source.verified:
            units.append(source.id)
    return units


def area_of(source_id: str | None) -> str | None:
    """The area that a source speaks for, by its name alone; null where no such source is defined.

    Raises:
        SourceError: its YAML is faulty.
    """
    return load_source(source_id).ref_area if source_id and source_id in _ids() else None


def _ids() -> list[str]:
    return sorted(path.stem for path in settings().sources.glob("*.yaml"))


def load_source(source_id: str) -> Source:
    """Read and check one source; of "cc-2022@3" the fourth shard.

    Raises:
        SourceError: naming the file, the line and the remedy.
    """
    source_id, _, shard = source_id.partition("@")
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
    model = KINDS.get(str(content.get("kind")))
    if model is None:
        said = f"is {content['kind']!r}: no such kind" if "kind" in content else "is missing"
        raise SourceError(f"{path}:{_line(node, ['kind'])}: kind {said}; {_REMEDIES['kind']}")
    if "shard" in content:
        raise SourceError(
            f"{path}:{_line(node, ['shard'])}: shard is no field of a source; give their number in shards"
        )
    if shard:
        content["shard"] = int(shard)
    try:
        source = cast(Source, model.model_validate(content))
    except ValidationError as error:
        raise SourceError("; ".join(_sentence(path, node, fault) for fault in error.errors())) from error
    if source.id != source_id:
        raise SourceError(f"{path}:{_line(node, ['id'])}: id {source.id!r} must be the file's name, {source_id!r}")
    return source


def root_of(source: FolderSource | ArchiveSource) -> Path:
    """The folder or file that a source's `path` means."""
    base = settings().sources if source.path.startswith(("./", "../")) else PROJECT
    return (base / source.path).resolve()


def _sentence(path: Path, node: yaml.Node | None, fault: Any) -> str:
    place = [str(part) for part in fault["loc"]]
    name = ".".join(place) or "the source"
    what = {"missing": "is missing", "extra_forbidden": "is no field of a source"}.get(fault["type"])
    if what is None and fault["type"] == "value_error":
        given = f" {fault['input']!r}" if isinstance(fault["input"], str) else ""
        what = f"{given} {fault['ctx']['error']!s}".lstrip()
    elif what is None:
        what = f"is {fault['input']!r}: {fault['msg'][0].lower()}{fault['msg'][1:]}"
    remedy = f"; {_REMEDIES[place[0]]}" if place and place[0] in _REMEDIES else ""
    return f"{path}:{_line(node, place)}: {name} {what}{remedy}"


def _line(node: yaml.Node | None, place: Sequence[str]) -> int:
    """The line of a field, counted from 1; of the record itself where it lacks the field."""
    if node is None:
        return 1
    line = int(node.start_mark.line) + 1
    if not place:
        return line
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == place[0]:
                return max(int(key.start_mark.line) + 1, _line(value, place[1:]) if place[1:] else 0)
    if isinstance(node, yaml.SequenceNode) and place[0].isdigit():
        return _line(node.value[int(place[0])], place[1:])
    return line
