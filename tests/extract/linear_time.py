"""Whether reading takes time with the length of a text or with its square."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TRIES = 3


def assert_grows_linearly(read: Callable[[str], object], piece: str, times: int) -> None:
    """Ten times the pieces may take ten times as long; a square would be a hundred.

    The long text is read again only where it took too long: a busy machine is no fault, a square is one each time.
    """
    one = min(_seconds(read, piece * times) for _ in range(TRIES))
    taken = []
    for _ in range(TRIES):
        taken.append(_seconds(read, piece * (10 * times)))
        if taken[-1] < 40 * max(one, 0.002):
            return
    raise AssertionError(f"{piece!r}: {one:.3f} s, ten times as many {min(taken):.3f} s")


def _seconds(read: Callable[[str], object], text: str) -> float:
    """Of this process alone, and without the garbage collector, which would go through what other tests have left."""
    gc.disable()
    try:
        began = time.process_time()
        read(text)
        return time.process_time() - began
    finally:
        gc.enable()
