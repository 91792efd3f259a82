"""What lexing finds: typed spans of the article's NFC text, which composition puts together into figures.

Every span is half-open: `text[start:end]` is the words it was read from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from thuchi.model import Approx, Level


@dataclass(slots=True)  # nothing changes one, but frozen would take three times as long to make it; so are mentions
class Quantity:
    """A number with its unit: "gần 1.584 tỷ đồng" is 1584000000000 VND, below."""

    start: int
    """Where its approximation word begins ("gần", "hơn", "trên 84% trở lên"), or else the number."""
    end: int
    number_start: int
    number_end: int
    """The digits (or spelled number) alone, without approximation word and unit."""
    unit: Literal["VND", "PT", "USD", "TIMES", "PP"]
    """VND; percent; US dollars; "gấp 2 lần"; percentage points."""
    value: int | Decimal | None
    """VND as int; else Decimal; null where the scale is unknown."""
    approx: Approx
    doubts: tuple[str, ...] = ()
    value_to: int | Decimal | None = None
    """The upper end, where a range is printed ("từ 1.000 đến 2.000 tỷ đồng")."""
    other_value: int | Decimal | None = None
    """The other reading, where the doubt `separator` stands: "5,500 tỷ" is 5500 tỷ or 5.5 tỷ."""


PeriodKind = Literal[
    "day", "month", "quarter", "half", "year", "months", "until", "range", "years", "same_period", "relative"
]


@dataclass(slots=True)
class PeriodMention:
    """A period as written, before its year is known: "9 tháng" is kind `months`, months=9, year null."""

    start: int
    end: int
    kind: PeriodKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    months: int | None = None
    year_to: int | None = None
    """Last year of "giai đoạn 2021-2025"."""
    year_offset: int | None = None
    """-1 for "năm ngoái", 0 for "năm nay", 1 for "năm sau"."""
    month_to: int | None = None
    day_to: int | None = None
    """Last month and day of "từ 1/7 đến 30/9"; a range without them has an open end."""
    to_now: bool = False
    """Ends on the day of the report: "đến nay", "từ 1/7 đến thời điểm hiện tại"."""
    month_offset: int | None = None
    """-1 for "tháng trước", 0 for "trong tháng", "tháng này"."""
    quarter_offset: int | None = None
    comparison: bool = False
    """Said of what a figure is compared with: "so với cùng kỳ năm 2021"."""


@dataclass(slots=True)
class DateSpan:
    """A resolved period, both days included; a null side is open or unknown."""

    start: date | None
    end: date | None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """One administrative unit of seeds/areas.csv as it was from `valid_from` to `valid_to` (null: still)."""

    code: str
    name: str
    """With its type: "thành phố Cao Lãnh", "tỉnh Đồng Tháp"."""
    level: Level
    province: str | None
    """The bare name of its province ("Đồng Tháp"); null for the nation."""
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    successor: str | None
    """Code of the unit that covers it today; null where it still stands."""
    aliases: tuple[str, ...] = ()
    """Other bare names in use: "TPHCM", "Sài Gòn"."""


@dataclass(slots=True)
class AreaMention:
    """Words that name a unit, or an organ that stands for one.

    `candidates` are all units the words can mean; empty with `level` set where the words name only a
    type ("UBND thành phố", "toàn tỉnh"), which the article's own area resolves.
    """

    start: int
    end: int
    candidates: tuple[Area, ...]
    level: Level | None
    typed: bool
    """Whether a type stands with the name ("huyện Na Rì"), as against the bare name ("Na Rì")."""
    organ: bool = False
    """"UBND thành phố", "Thành ủy Đồng Xoài", "Cục Thuế tỉnh": an organ of the unit rather than the unit."""
