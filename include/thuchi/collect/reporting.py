"""What a step did, for people: some sentences that travel through Airflow's database, and full lists in a file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from thuchi import storage

LISTED = 20
"""How many undated or broken documents a report names; all of them are where its last sentence says."""


def some(sentences: Sequence[str], where: str) -> list[str]:
    """The first LISTED sentences, and how many more there are `where`."""
    more = len(sentences) - LISTED
    return [*sentences[:LISTED], *([f"… and {more} more: {where}"] if more > 0 else [])]


def write_lists(key: str, counts: Mapping[str, int], lists: Mapping[str, Sequence[str]]) -> str:
    """Put the counts of a step and the list behind each beside the file `key` that it wrote; returns their key."""
    beside = f"{key.removesuffix('.warc.gz').removesuffix('.parquet')}.report.json"
    content = json.dumps({"counts": counts, **lists}, ensure_ascii=False, indent=1)
    storage.write_bytes(storage.at(beside), content.encode())
    return beside
