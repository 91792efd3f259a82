"""The year an article was written in, where only its words can tell: many an archive keeps no date of publication.

Each mention of time is a vote: "tăng 7% so với cùng kỳ năm 2020" is written in 2021, "đến hết tháng 9-2021" in 2021,
"quyết toán năm 2020" in 2021, "ước thực hiện năm 2021" in 2021; a plan for 2022 is of that year or the end of the one
before. A coming Tết, a deadline and what will be ("từ 1-1-2022 sẽ …") say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from thuchi.extract.spans import PeriodMention

_LEAD = 900
_REPORTS = frozenset({"until", "months", "quarter", "half"})
_NOT_YET = re.compile(r"(?<!\w)(?:sẽ|vào|đến|tới|trước|phấn đấu|ước|cuối|giữa|đầu|tết[^.,;\n]{0,30})\s*\Z")
_WILL = re.compile(r"[^.;\n]{0,40}(?<!\w)sẽ(?!\w)|\s+(?:chuyển|kéo dài)(?!\w)")
_PLANNED_BEFORE = re.compile(
    r"(?<!\w)(?:dự toán|kế hoạch|nhiệm vụ|chỉ tiêu|mục tiêu|phương hướng|phấn đấu|định hướng|con số của)"
    r"(?!\w)[^.;:\n]{0,40}\Z"
)
_PLANNED_AFTER = re.compile(
    r",?[^.,;\n]{0,45}(?<!\w)(?:đề ra|đặt (?:ra|kế hoạch|mục tiêu)|được giao|phấn đấu|xác định|mục tiêu|dự kiến)(?!\w)"
)
_SETTLED = re.compile(r"(?<!\w)quyết toán(?!\w)[^.;\n]{0,40}\Z")
_ESTIMATED = re.compile(r"(?<!\w)ước(?: thực hiện)?\s*\Z")
_THIS_YEAR = re.compile(r"[^;\n]{0,60}(?<!\w)so\s+với\s+(?:[^\W\d]+\s+){0,4}năm\s+nay(?!\w)")


def present_year(folded: str, mentions: Sequence[PeriodMention]) -> int | None:
    """The year of writing of a folded text, or null where its words leave it open."""
    votes: Counter[int] = Counter()
    planned: dict[int, None] = {}
    for mention in mentions:
        if mention.year is None or mention.kind == "years":
            continue
        if _is_planned(folded, mention):
            planned[mention.year] = None
            votes[mention.year] += 0
            continue
        for year, weight in _votes(folded, mention, mention.year):
            votes[year] += weight
    for year in planned:  # however often a plan is spoken of
        votes[year] += 2
        votes[year - 1] += 1
    if not votes:
        return None
    year = max(votes, key=votes.__getitem__)  # of two alike the one that was named first
    month = next((m.month for m in mentions if m.kind == "day" and m.year is None and m.start < _LEAD), None)
    if month in (11, 12) and votes[year - 1] == votes[year]:
        return year - 1  # "Sáng 9-12, HĐND huyện thông qua dự toán năm 2022"
    whole = any(m.kind == "year" and m.year == year and not m.comparison for m in mentions)
    if month in (1, 2) and whole and not any(m.year == year and m.kind in _REPORTS for m in mentions):
        return year + 1 if any(m.year == year + 1 for m in mentions) else year
    return year


def _is_planned(folded: str, mention: PeriodMention) -> bool:
    """ "Dự toán thu năm 2022", "Năm 2022, huyện phấn đấu …", and not "so với dự toán năm 2022"."""
    before, after = folded[max(0, mention.start - 80) : mention.start], folded[mention.end : mention.end + 100]
    if mention.kind != "year" or mention.comparison or _NOT_YET.search(before) or _SETTLED.search(before):
        return False
    if _THIS_YEAR.match(after):
        return False
    return bool(_PLANNED_BEFORE.search(before) or _PLANNED_AFTER.match(after))


def _is_ahead(before: str, after: str, words: str, mention: PeriodMention) -> bool:
    """ "đến năm 2025", "trước ngày 31.3.2023", "từ 1-1-2022, tỉnh sẽ …", "năm 2020 chuyển sang": no year of writing."""
    ends = mention.kind == "year" and words.startswith(("đến", "tới", "ước"))
    return ends or bool(_NOT_YET.search(before) or _WILL.match(after))


def _votes(folded: str, mention: PeriodMention, named: int) -> Iterator[tuple[int, int]]:
    """The years that a mention makes likely, and how much."""
    before, after = folded[max(0, mention.start - 80) : mention.start], folded[mention.end : mention.end + 100]
    if mention.kind == "same_period":
        yield named + 1, 8
    elif mention.kind == "year" and _ESTIMATED.search(before):
        yield named, 3
    elif mention.comparison:  # "tăng 5% so với năm 2020"; "tăng 73% so với năm 2010" looks further back
        yield named + 1, 2
    elif _is_ahead(before, after, folded[mention.start : mention.end], mention):
        return
    elif mention.kind == "year" and _THIS_YEAR.match(after):
        yield named - 1, 8  # "số thu năm 2022 là 900 tỷ đồng, tăng 40 tỷ so với năm nay"
    elif mention.kind == "year" and _SETTLED.search(before):
        yield named + 1, 3
    else:
        yield named, 4 if mention.kind in _REPORTS else 1 if mention.kind == "range" else 2
