"""The year an article was written in, where only its words can tell: many an archive keeps no date of publication.

Each mention of time is a vote: "tăng 7% so với cùng kỳ năm 2020" is written in 2021, "đến hết tháng 9-2021" in 2021.
A founding, a programme's end, a coming Tết, and what will be ("từ 1-1-2022 sẽ …") say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from thuchi.extract.spans import PeriodMention

_REPORTS = frozenset({"until", "months", "quarter", "half"})
_FUTURE = re.compile(r"(?<!\w)sẽ(?!\w)")
_FUTURE_BEFORE = re.compile(r"(?<!\w)(?:sẽ|đến|tới|tết\s[^.,;\n]{0,30})\s*\Z")
_THIS_YEAR = re.compile(r"(?<!\w)so\s+với\s+(?:[^\W\d]+\s+){0,4}năm\s+nay(?!\w)")
_HISTORY = 6
"""Years back from the latest that is spoken of, beyond which one is no candidate."""


def present_year(folded: str, mentions: Sequence[PeriodMention]) -> int | None:
    """The year of writing of a folded text, or null where its words leave it open."""
    votes: Counter[int] = Counter()
    for mention in mentions:
        if mention.year is None or mention.kind == "years":
            continue
        year, weight = _vote(folded, mention)
        if weight:
            votes[year] += weight
    if not votes:
        return None
    latest = max(year for year, weight in votes.items() if weight > 1) if max(votes.values()) > 1 else max(votes)
    recent = {year: weight for year, weight in votes.items() if year > latest - _HISTORY}
    return max(recent, key=lambda year: (recent[year], year))


def _vote(folded: str, mention: PeriodMention) -> tuple[int, int]:
    """The year that a mention makes likely, and how much."""
    assert mention.year is not None
    before, after = folded[max(0, mention.start - 40) : mention.start], folded[mention.end : mention.end + 90]
    if mention.kind == "same_period":
        return mention.year + 1, 8
    if mention.comparison:  # "tăng 5% so với năm 2020", but "tăng 73% so với năm 2010" may look far back
        return mention.year + 1, 2
    if _FUTURE_BEFORE.search(before) or _FUTURE.search(after[:40]):
        return mention.year, 0
    if mention.kind == "year" and _THIS_YEAR.search(after):
        return mention.year - 1, 8  # "số thu năm 2022 là 900 tỷ đồng, tăng 40 tỷ so với năm nay"
    if mention.kind in _REPORTS:
        return mention.year, 4
    return mention.year, 1 if mention.kind == "range" else 2
