"""Whether reading takes time with the length of a text or with its square."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def assert_grows_linearly(read: Callable[[str], object], piece: str, times: int) -> None:
    """Ten times the pieces may take ten times as long; a square would be a hundred."""
    one, ten = _seconds(read, piece * times), _seconds(read, piece * (10 * times))
    assert ten < 40 * max(one, 0.002), f"{piece!r}: {one:.3f} s, ten times as many {ten:.3f} s"


def _seconds(read: Callable[[str], object], text: str) -> float:
    """The best of three, of this process alone and without the garbage collector: a busy machine is no fault."""
    taken = []
    for _ in range(3):
        gc.collect()
        gc.disable()
        began = time.process_time()
        read(text)
        taken.append(time.process_time() - began)
        gc.enable()
    return min(taken)
