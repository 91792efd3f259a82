"""Offsets into a text as it was given, for figures that were read from its NFC form.

"tỷ" written as t, y and a mark is three characters in NFD and two in NFC: everything behind it shifts.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right


class Composed:
    """A text in NFC (`text`), and the way back to the given one.

    >>> phrase = Composed(unicodedata.normalize("NFD", "9 tỷ đồng"))
    >>> phrase.given[slice(*phrase.span(0, 4))] == unicodedata.normalize("NFD", "9 tỷ")
    True
    """

    def __init__(self, given: str) -> None:
        self.given = given
        self.text = unicodedata.normalize("NFC", given)
        self._in_nfc: list[int] = []
        self._in_given: list[int] = []
        if self.text != given:
            self._align()

    def _align(self) -> None:
        """Where each cluster (a letter with its marks) begins in either text, and where both end."""
        position = start = 0
        for at in range(1, len(self.given) + 1):
            if at < len(self.given) and _joins(self.given[start:at], self.given[at]):
                continue
            self._in_nfc.append(position)
            self._in_given.append(start)
            position += len(unicodedata.normalize("NFC", self.given[start:at]))
            start = at
        self._in_nfc.append(position)
        self._in_given.append(len(self.given))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the given text that `text[start:end]` was composed from, whole letters only."""
        if not self._in_nfc:
            return start, end
        first = bisect_right(self._in_nfc, start) - 1
        last = bisect_left(self._in_nfc, end)
        return self._in_given[first], self._in_given[last]


def _joins(cluster: str, char: str) -> bool:
    """Whether `char` belongs to the letter before it: a mark, or a letter that composes with it (Hangul)."""
    if unicodedata.combining(char):
        return True
    whole = unicodedata.normalize("NFC", cluster + char)
    return whole != unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", char)
