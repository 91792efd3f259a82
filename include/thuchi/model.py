"""The records that the steps hand on: Article, Figure, Interval.

Pure data: nothing here opens a file, a socket or a database. Every step may import this module, and
`extract` imports nothing else of the project.
"""

from __future__ import annotations

import calendar
import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

Measure = Literal["amount", "pct_of_plan", "pct_change_yoy"]
Approx = Literal["exact", "about", "at_least", "below"]
Phase = Literal["plan", "target", "estimated", "executed"]
Basis = Literal["central", "province", "council", "district", "adjusted", "unspecified"]
Level = Literal["nation", "province", "district", "commune"]

Origin = Literal["words", "title", "heading", "earlier", "source", "published", "implied", "arithmetic", "correction"]
"""What a field was read from: its own words; or inherited from the title, a heading or table head, an
earlier sentence, the source's own area, the publication date; or implied by other words (Na Rì implies
Bắc Kạn); or decided by arithmetic between figures, or by a correction of include/corrections/."""


def short_hash(*parts: object) -> str:
    """16 hex digits of the SHA-256 of `parts`, in which None and "" differ."""
    joined = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read. All offsets of figures are into `text`, which is NFC."""

    article_id: str
    source: str
    url: str | None
    title: str | None
    published: datetime | None
    text: str
    collected_at: datetime | None = None
    raw: str | None = None
    """Where the raw record rests: "raw/<source>/<name>.warc.gz#<offset>"."""
    source_area: str | None = None
    """The code of the area that the source speaks for, as its YAML states it; null where it has none."""
    attachments: tuple[str, ...] = ()
    """Addresses of the documents that the page links: PDF, Word, Excel; noted, not read."""

    def __post_init__(self) -> None:
        if not unicodedata.is_normalized("NFC", self.text):
            raise ValueError(
                f"article {self.article_id}: its text is not NFC; use normalise() before offsets are taken"
            )
        if self.published is not None and self.published.tzinfo is None:
            raise ValueError(f"article {self.article_id}: published {self.published} has no zone")

    @property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def published_on(self) -> date | None:
        """The day of publication in Vietnam, whatever zone `published` is stated in."""
        return None if self.published is None else self.published.astimezone(LOCAL_ZONE).date()


def article_id_of(url: str | None, text: str) -> str:
    """The id of an article: of its canonical URL, or of its text where there is none."""
    return short_hash(url) if url else short_hash(text)


@dataclass(slots=True)
class Evidence:
    """Why a field has its value: `start:end` of the article's text, and how it came from there.

    `start` and `end` are null only where nothing in the text decided (origin `source` or `published`).
    """

    origin: Origin
    start: int | None = None
    end: int | None = None
    note: str = ""

    def earlier(self) -> Evidence:
        """The same, of what comes after it."""
        return Evidence("earlier", self.start, self.end, self.note)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that an article states about the public finances of one unit for one period.

    The fields are those of docs/figure.md. `value` is an int of VND for amounts, a Decimal as printed
    for percentages, and null (with a doubt) where its scale cannot be known.
    """

    article_id: str
    indicator: str
    measure: Measure
    value: int | Decimal | None
    approx: Approx
    phase: Phase
    basis: Basis | None
    period_start: date | None
    period_end: date | None
    area: str | None
    province: str | None
    level: Level | None
    ref_area: str | None
    ref_area_today: str | None
    quote: str
    start: int
    end: int
    number_start: int
    number_end: int
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    extractor_version: str = ""
    value_printed: int | Decimal | None = None
    """What the article says, where `value` is a correction of it (include/corrections/); else null."""

    @property
    def figure_id(self) -> str:
        """Stable over runs: of the article, the number's own span, and what the number is said of.

        The quote's span is not enough: "giải ngân 39,3/19,3 tỷ đồng" is two figures in one quote, and
        "đạt 254% dự toán cả Trung ương lẫn HĐND" two figures of one number.
        """
        return short_hash(
            self.article_id, self.number_start, self.number_end, self.indicator, self.measure, self.basis, self.area
        )

    @property
    def unit_measure(self) -> str:
        """SDMX UNIT_MEASURE: VND, or PT for percentages."""
        return "VND" if self.measure == "amount" else "PT"

    @property
    def obs_status(self) -> str:
        """SDMX CL_OBS_STATUS: E estimated, P executed so far, F target, A plan; U where a doubt stands."""
        if self.doubts:
            return "U"
        return {"estimated": "E", "executed": "P", "target": "F", "plan": "A"}[self.phase]

    @property
    def freq(self) -> str | None:
        """SDMX FREQ: A, S, Q, M by the length of the period; N (not regular) for any other."""
        months = self._whole_months()
        if self.period_start is None or self.period_end is None:
            return None
        return {12: "A", 6: "S", 3: "Q", 1: "M"}.get(months or 0, "N")

    @property
    def time_period(self) -> str | None:
        """SDMX TIME_PERIOD as a start and an ISO 8601 duration: 2022-01-01/P9M; in days if not whole months."""
        if self.period_start is None or self.period_end is None:
            return None
        months = self._whole_months()
        if months is None:
            return f"{self.period_start}/P{(self.period_end - self.period_start).days + 1}D"
        return f"{self.period_start}/P{months // 12}Y" if months % 12 == 0 else f"{self.period_start}/P{months}M"

    def _whole_months(self) -> int | None:
        start, end = self.period_start, self.period_end
        if start is None or end is None or start > end or start.day != 1:
            return None
        if (end + timedelta(days=1)).day != 1:
            return None
        return (end.year - start.year) * 12 + end.month - start.month + 1


UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Interval:
    """One partition: a day or month of publication in Vietnam, or `undated`, the articles without a date."""

    key: str
    start: date | None
    end: date | None
    """Both days included; null for `undated`."""

    @classmethod
    def parse(cls, key: str) -> Interval:
        """Read "2022-09", "2022-09-30" or "undated".

        Raises:
            ValueError: naming the key and the forms that are understood.
        """
        if key == UNDATED:
            return cls(key, None, None)
        try:
            if len(key) == 7:
                start = date.fromisoformat(f"{key}-01")
                return cls(key, start, start.replace(day=calendar.monthrange(start.year, start.month)[1]))
            if len(key) == 10:
                return cls(key, date.fromisoformat(key), date.fromisoformat(key))
        except ValueError:
            pass
        raise ValueError(f"period {key!r} is neither a month (2022-09), a day (2022-09-30) nor {UNDATED!r}")

    def holds(self, published_on: date | None) -> bool:
        """Whether an article of that day belongs to this partition."""
        if self.start is None or self.end is None:
            return published_on is None
        return published_on is not None and self.start <= published_on <= self.end


@dataclass(frozen=True, slots=True)
class StepReport:
    """What a step hands to the next through XCom: where its output rests and how much of what it holds."""

    source: str
    interval: str
    path: str
    counts: Mapping[str, int]
    notes: tuple[str, ...] = ()
    """One sentence for each thing that a person should see: an undated article, an unreadable file."""
