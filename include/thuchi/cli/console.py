"""Messages, progress and failures of the command line: stderr, so that stdout stays data."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


class Failed(Exception):  # noqa: N818
    """What a command could not do, in one sentence."""


def say(message: str) -> None:
    print(message, file=sys.stderr)


def in_a_line(words: str) -> str:
    """The words of an article for a terminal: on one line, and without what a terminal would obey (ESC [2J)."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())


def watched(items: Iterable[T], what: object) -> Iterable[T]:
    """The same items, with progress where a person watches."""
    if not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, str(what), console=Console(stderr=True), transient=True)
