"""Whether reading takes time with the length of a text or with its square."""

from __future__ import annotations

from collections.abc import Callable

from cpu_time import cpu_seconds

TRIES = 3


def assert_grows_linearly(read: Callable[[str], object], piece: str, times: int) -> None:
    """Ten times the pieces may take ten times as long; a square would be a hundred.

    The long text is read again only where it took too long: a busy machine is no fault, a square is one each time.
    """
    short, long = piece * times, piece * (10 * times)
    one = min(cpu_seconds(lambda: read(short)) for _ in range(TRIES))
    taken = []
    for _ in range(TRIES):
        taken.append(cpu_seconds(lambda: read(long)))
        if taken[-1] < 40 * max(one, 0.002):
            return
    raise AssertionError(f"{piece!r}: {one:.3f} s, ten times as many {min(taken):.3f} s")
