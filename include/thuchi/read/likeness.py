"""Articles that say the same: a portal's text that newspapers carry, word for word or shortened.

They are linked, never dropped: which of them is right about a figure is for validation, and for a person.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thuchi.model import Article

SHINGLE = 5
"""Words of a shingle."""
SAMPLED = 4
"""One shingle of so many stands for all, the same in every article, so that a shortened copy shares what it keeps."""
ALIKE = 0.5
"""Share of the shorter article's shingles that the other has too."""
COMMON = 20
"""A shingle in more articles is a formula of such reports ("của Ủy ban nhân dân tỉnh"), no sign of copying."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two articles of a run, the earlier published first; 1.0 is the same text."""

    article_id: str
    other_id: str
    share: float


def alike(articles: Sequence[Article]) -> list[Likeness]:
    """The pairs of articles that are copies of each other, in the order of the articles given."""
    sketches = {article.article_id: _sketch(article.text) for article in articles}
    holders: dict[int, list[str]] = defaultdict(list)
    for article_id, (_, sketch) in sketches.items():
        for shingle in sketch:
            holders[shingle].append(article_id)
    order = {article.article_id: (str(article.published or ""), row) for row, article in enumerate(articles)}
    shared: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if len(ids) <= COMMON:
            shared.update(_pairs(sorted(ids, key=order.__getitem__)))
    by_text: dict[str, list[str]] = defaultdict(list)
    for article_id, (text, _) in sketches.items():
        by_text[text].append(article_id)
    same = {pair for ids in by_text.values() for pair in _pairs(sorted(ids, key=order.__getitem__))}
    found = [Likeness(*pair, 1.0) for pair in same]
    for pair, count in shared.items():
        share = count / max(1, min(len(sketches[each][1]) for each in pair))
        if pair not in same and share >= ALIKE:
            found.append(Likeness(*pair, round(share, 2)))
    return sorted(found, key=lambda each: (order[each.article_id], order[each.other_id]))


def _pairs(ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((first, second) for row, first in enumerate(ids) for second in ids[row + 1 :])


def _sketch(text: str) -> tuple[str, frozenset[int]]:
    """A hash of the text's words, and a sample of its shingles."""
    words = re.findall(r"\w+", text.lower())
    hashes = {
        int.from_bytes(hashlib.blake2b(" ".join(words[at : at + SHINGLE]).encode(), digest_size=8).digest())
        for at in range(max(1, len(words) - SHINGLE + 1))
    }
    whole = hashlib.blake2b(" ".join(words).encode(), digest_size=16).hexdigest()
    return whole, frozenset({each for each in hashes if each % SAMPLED == 0} or hashes)
