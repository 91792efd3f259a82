"""One spelling for comparison: NFC with a map back to the text as given, and folding of case and tone marks.

Figures carry offsets into the NFC text. A text that was given in NFD ("thu ngân sách" with combining
marks looks the same and never matches) is composed first, and offsets are mapped back for whoever wants
them in the text that they gave.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Normalised:
    """The NFC form of a text; `original` maps its offsets back."""

    text: str
    _starts: tuple[tuple[int, int], ...]
    """(offset in the NFC text, offset in the given text) where a run of unchanged characters begins."""

    def original(self, offset: int) -> int:
        """The offset in the given text of an offset in the NFC text."""
        if not self._starts:
            return offset
        ours, given = self._starts[bisect_right(self._starts, (offset, 1 << 60)) - 1]
        return given + offset - ours


# A cluster: a character and the marks that follow it.
_CLUSTER = re.compile(r"[^\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff][\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]*", re.S)


def normalise(text: str) -> Normalised:
    """Compose to NFC, remembering where every character came from."""
    composed = unicodedata.normalize("NFC", text)
    if composed == text:
        return Normalised(text, ())
    starts = [(0, 0)]
    ours = given = 0
    pieces: list[str] = []
    while given < len(text):
        match = _CLUSTER.match(text, given)
        cluster = match.group() if match else text[given]
        piece = unicodedata.normalize("NFC", cluster)
        pieces.append(piece)
        ours += len(piece)
        given += len(cluster)
        if len(piece) != len(cluster):
            starts.append((ours, given))
    joined = "".join(pieces)
    if joined != composed:  # Hangul and other scripts that compose across clusters: line by line is exact enough
        return _by_line(text, composed)
    return Normalised(composed, tuple(starts))


def _by_line(text: str, composed: str) -> Normalised:
    starts = [(0, 0)]
    ours = given = 0
    for line in text.splitlines(keepends=True):
        given += len(line)
        ours += len(unicodedata.normalize("NFC", line))
        starts.append((ours, given))
    return Normalised(composed, tuple(starts))


# Two places for a tone mark, one word: "hoà" is "hòa", "thuỷ" is "thủy". The pairs have equal length, so
# offsets into the folded text are offsets into the text.
_TONES = {
    f"{left}{pair[0]}": f"{pair[1]}{right}"
    for left, right, pairs in (
        ("o", "a", "àò áó ảỏ ãõ ạọ"),
        ("o", "e", "èò éó ẻỏ ẽõ ẹọ"),
        ("u", "y", "ỳù ýú ỷủ ỹũ ỵụ"),
    )
    for pair in pairs.split()
}
# Two letters first, what may not stand around them then: a search skips to letters, but not to what is not there.
_TONE = re.compile(r"[ou][àáảãạèéẻẽẹỳýỷỹỵ](?<!q..)(?!\w)")


def fold(text: str) -> str:
    """Lower case, one placing of tone marks. As long as `text`, so that offsets carry over."""
    lower = text.lower()
    if len(lower) != len(text):  # "İ" lowers to two characters
        lower = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return _TONE.sub(_placed, lower)


def _placed(found: re.Match[str]) -> str:
    return _TONES.get(found[0], found[0])


_TY = re.compile(r"tỉ(?<!\wtỉ)(?!\w)")


@lru_cache(maxsize=16)  # the lexer, the search for places and what reads them ask for the same text or line
def folded(text: str) -> str:
    """A text as it is compared with the vocabulary: folded, and "tỉ lệ" spelled "tỷ lệ". As long as `text`."""
    return _TY.sub("tỷ", fold(text))
