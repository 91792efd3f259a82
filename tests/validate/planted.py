"""Forty faults, planted one by one into reports that are sound otherwise, and the sound reports beside them.

A report is a text of ours, read by the real extractor; its numbers agree with each other to the printed digit. A fault
is a change of the text before it is read, of a figure after it was read (as a fault of extraction would), or of what
the warehouse knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import records

from thuchi.extract import Extractor
from thuchi.model import LOCAL_ZONE, Article, Evidence, Figure
from thuchi.settings import SEEDS
from thuchi.vocabulary import read_areas, vocabulary

TEXT = """Chín tháng năm 2024, tổng thu ngân sách nhà nước trên địa bàn tỉnh {unit} đạt {rev} tỷ đồng, bằng {pct}% dự \
toán, tăng {yoy}% so với cùng kỳ. Trong đó, thu nội địa đạt {dom} tỷ đồng; thu từ hoạt động xuất nhập khẩu đạt {trade} \
tỷ đồng.
Tổng chi ngân sách địa phương 9 tháng năm 2024 là {exp} tỷ đồng, trong đó chi thường xuyên {rec} tỷ đồng, chi đầu tư \
phát triển {inv} tỷ đồng.
Dự toán thu ngân sách nhà nước năm 2024 của tỉnh {unit} là {plan} tỷ đồng. Cùng kỳ năm 2023, tổng thu ngân sách nhà \
nước trên địa bàn đạt {prev} tỷ đồng.
Kế hoạch vốn đầu tư công năm 2024 của tỉnh là {cap} tỷ đồng. Đến hết tháng 9 năm 2024, toàn tỉnh giải ngân {dis} tỷ \
đồng, đạt {disp}% kế hoạch.
"""
FIGURES_A_REPORT = 13


@cache
def extractor() -> Extractor:
    return Extractor(vocabulary())


@cache
def provinces() -> list[str]:
    """Names of provinces as they were in 2024, without cities."""
    return [
        area.name.removeprefix("tỉnh ")
        for area in read_areas(SEEDS)
        if area.level == "province" and area.name.startswith("tỉnh ") and len(area.code) == 2
    ]


def shown(number: float, decimals: int = 0) -> str:
    """1234.5 as a Vietnamese reader writes it: 1.234,5."""
    return f"{number:,.{decimals}f}".replace(",", "_").replace(".", ",").replace("_", ".")


def numbers(index: int) -> dict[str, str]:
    """What the report of the unit with that number says; no two units alike, all parts within their totals."""
    plan = 6_000 + 731 * index
    rev = plan * (61 + index % 29) // 100
    dom, trade = rev * 4 // 5, rev // 10
    prev = rev * 100 // (104 + index % 17)
    exp = 5_000 + 613 * index
    cap = 2_100 + 317 * index
    dis = cap * (38 + index % 31) // 100
    return {
        "rev": shown(rev), "pct": shown(rev / plan * 100, 1), "yoy": shown((rev / prev - 1) * 100, 1),
        "dom": shown(dom), "trade": shown(trade), "plan": shown(plan), "prev": shown(prev),
        "exp": shown(exp), "rec": shown(exp * 6 // 10), "inv": shown(exp * 3 // 10),
        "cap": shown(cap), "dis": shown(dis), "disp": shown(dis / cap * 100, 1),
    }  # fmt: skip


def report(unit: str, said: Mapping[str, str], text: str = TEXT, **fields: Any) -> Article:
    usual: dict[str, Any] = {
        "source": "bao_tinh",
        "title": f"{unit}: thu, chi ngân sách chín tháng",
        "published": datetime(2024, 10, 2, 8, 0, tzinfo=LOCAL_ZONE),
    }
    return records.article(text.format(unit=unit, **said), **{**usual, **fields})


def read(article: Article) -> list[Figure]:
    return list(extractor().figures_of(article))


def known(figures: Sequence[Figure], **fields: Any) -> list[dict[str, Any]]:
    """Those figures as the warehouse has them, said by another article."""
    return [
        {
            **{name: getattr(each, name) for name in (
                "ref_area", "indicator", "measure", "phase", "basis", "approx", "area", "level", "value",
                "period_start", "period_end", "quote", "number_start", "number_end")},
            "quote_start": each.start,
            "figure_id": f"{number:016x}",
            "article_id": "0" * 16,
            **fields,
        }
        for number, each in enumerate(figures)
        if each.value is not None
    ]  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One wrong thing, and the words of the figures of which at least one must be held or doubted."""

    name: str
    wrong: tuple[str, ...]
    """Pieces of quotes: the printed numbers of what is wrong, or of what it contradicts."""
    said: dict[str, str] = field(default_factory=dict)
    text: Callable[[str], str] = str
    figures: Callable[[list[Figure]], list[Figure]] = list
    history: Callable[[list[Figure]], list[dict[str, Any]]] = lambda _figures: []


def _one(
    code: str, /, measure: str = "amount", phase: str = "executed", **changes: Any
) -> Callable[[list[Figure]], list[Figure]]:
    """A fault of extraction: other fields in the figures of that kind of this year."""

    def change(figures: list[Figure]) -> list[Figure]:
        return [
            replace(each, **changes)
            if (each.indicator, each.measure, each.phase) == (code, measure, phase)
            and each.period_start == date(2024, 1, 1)
            else each
            for each in figures
        ]

    return change


# What every faulty report says but for its fault: revenue of 7.559 tỷ on a plan of 11.117 (68,0%) …
BASE = 7
SAID = numbers(BASE)


def _scaled(name: str, factor: float, decimals: int = 0) -> dict[str, str]:
    value = float(SAID[name].replace(".", "").replace(",", ".")) * factor
    return {name: shown(value, decimals)}


def _read_twice(figures: list[Figure]) -> list[Figure]:
    (total,) = [each for each in figures if each.indicator == "expenditure"]
    return [*figures, replace(total, value=9_291 * 10**12, basis="council")]


def _words(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return change


def _before(scale: Any, months: int = 6, **fields: Any) -> Callable[[list[Figure]], list[dict[str, Any]]]:
    """The warehouse knows amounts of the unit's total revenue from others."""

    def history(figures: list[Figure]) -> list[dict[str, Any]]:
        total = next(
            each
            for each in figures
            if each.indicator == "revenue" and each.phase == "executed" and each.measure == "amount"
        )
        rows = known([total, total], period_end=date(2024, months, 28), **fields)
        for number, row in enumerate(rows):
            row["value"] = int(Decimal(7559 * 10**9) * Decimal(str(scale))) + number * 10**9
            row["quote"], row["quote_start"], row["number_start"], row["number_end"] = "x", 0, 0, 0
            row["article_id"] = f"{number:016x}"  # two articles that said so
        return rows

    return history


FAULTS = [
    # --- slips of the pen and of the unit ---
    Fault("total in triệu for tỷ", ("triệu",), text=_words("đạt {rev} tỷ", "đạt {rev} triệu")),
    Fault(
        "customs revenue in triệu for tỷ",
        ("triệu",),
        said=_scaled("trade", 2.0),
        text=_words("đạt {trade} tỷ", "đạt {trade} triệu"),
    ),
    Fault("plan in triệu for tỷ", ("triệu",), text=_words("là {plan} tỷ", "là {plan} triệu")),
    Fault("last year in triệu for tỷ", ("triệu",), text=_words("đạt {prev} tỷ", "đạt {prev} triệu")),
    Fault("expenditure in triệu for tỷ", ("triệu", SAID["rec"]), text=_words("là {exp} tỷ", "là {exp} triệu")),
    Fault("disbursed in triệu for tỷ", ("triệu",), text=_words("ngân {dis} tỷ", "ngân {dis} triệu")),
    Fault("nghìn tỷ for tỷ", ("nghìn tỷ",), text=_words("đạt {rev} tỷ", "đạt {rev} nghìn tỷ")),
    Fault("digits of the percentage swapped", ("86,0",), said={"pct": "86,0"}),
    Fault("one digit of the percentage retyped", ("98,0",), said={"pct": "98,0"}),
    Fault("comma of the percentage lost", ("680",), said={"pct": "680"}),
    Fault("comma of the percentage shifted", ("6,80",), said={"pct": "6,80"}),
    Fault("first digits of the total swapped", ("5.759",), said={"rev": "5.759"}),
    Fault("one digit of the plan retyped", ("17.117",), said={"plan": "17.117"}),
    Fault("a digit too many in the total", ("75.591",), said={"rev": "75.591"}),
    Fault("disbursement rate swapped", ("54,0",), said={"disp": "54,0"}),
    Fault("growth without its comma", ("110%",), said={"yoy": "110"}),
    Fault("growth of another year", ("61,8", SAID["prev"]), said={"yoy": "61,8"}),
    # --- contradictions ---
    Fault("domestic revenue above the total", (shown(9911), SAID["rev"]), said={"dom": shown(9911)}),
    Fault(
        "current and capital expenditure above all expenditure", (SAID["exp"], SAID["rec"]), said={"inv": SAID["exp"]}
    ),
    Fault(
        "the total told twice, and differently",
        (SAID["rev"], shown(7143)),
        text=lambda text: (
            text + "Theo Sở Tài chính, 9 tháng năm 2024, tổng thu ngân sách nhà nước trên địa bàn tỉnh {unit} "
            "đạt 7.143 tỷ đồng.\n"
        ),
    ),
    Fault(
        "expenditure told twice, and differently",
        (SAID["exp"], shown(8291)),
        text=lambda text: (
            text + "Theo Kho bạc, tổng chi ngân sách địa phương 9 tháng năm 2024 của tỉnh {unit} là 8.291 tỷ đồng.\n"
        ),
    ),
    Fault("one number read as two values", (SAID["exp"],), figures=_read_twice),
    # --- wrong years and periods ---
    Fault(
        "a year to come as done",
        (SAID["exp"],),
        figures=_one("expenditure", period_start=date(2025, 1, 1), period_end=date(2025, 9, 30)),
    ),
    Fault("a year of the last century", (SAID["exp"],), figures=_one("expenditure", period_start=date(1924, 1, 1))),
    Fault(
        "a period that ends before it starts",
        (SAID["exp"],),
        figures=_one("expenditure", period_start=date(2024, 12, 1)),
    ),
    Fault(
        "a change on the year of three years",
        ("%",),
        figures=_one("revenue", "pct_change_yoy", period_start=date(2022, 1, 1)),
    ),
    Fault("a period of twelve years", (SAID["exp"],), figures=_one("expenditure", period_start=date(2012, 1, 1))),
    Fault("no year anywhere", (SAID["exp"],), figures=_one("expenditure", period_start=None, period_end=None)),
    # --- swapped areas ---
    Fault("a ward for its province", (SAID["dom"],), figures=_one("revenue.domestic", level="commune")),
    Fault(
        "a unit that ended before",
        (SAID["dom"],),
        figures=_one("revenue.domestic", ref_area="046", area="huyện Trà Lĩnh", level="district", province="Cao Bằng"),
    ),
    Fault("a unit that came later", (SAID["dom"],), figures=_one("revenue.domestic", ref_area="08-202507")),
    Fault(
        "a unit that could be several",
        (SAID["dom"],),
        figures=_one("revenue.domestic", ref_area=None, doubts=("area_ambiguous",)),
    ),
    Fault(
        "transfers to the nation",
        (SAID["exp"],),
        figures=_one(
            "expenditure", indicator="revenue.transfer", level="nation", ref_area="VN", area="cả nước", province=None
        ),
    ),
    # --- faults of extraction ---
    Fault("a value that the quote does not say", (SAID["exp"],), figures=_one("expenditure", value=9_292 * 10**9)),
    Fault(
        "evidence outside of the text",
        (SAID["exp"],),
        figures=_one("expenditure", evidence={"area": Evidence("words", 5, 99_999)}),
    ),
    Fault("a negative amount", (SAID["exp"],), figures=_one("expenditure", value=-9_291 * 10**9)),
    # --- against what is known ---
    Fault("a thousandth of the unit's history", (SAID["rev"],), history=_before(1000)),
    Fault("nine months below six", (SAID["rev"],), history=_before("1.02")),
    Fault("a stale page: last year's total as this year's", (SAID["rev"],), history=_before("1.25", months=9)),
    Fault("a tenth of what it usually has", (SAID["rev"],), history=_before(12, months=9)),
]


def sound(count: int = 40) -> tuple[list[Article], list[Figure]]:
    """`count` reports without a fault, of different units, with their figures."""
    articles = [report(unit, numbers(index + 10)) for index, unit in enumerate(provinces()[:count])]
    return articles, [figure for article in articles for figure in read(article)]


def planted(number: int) -> tuple[Article, list[Figure], list[dict[str, Any]]]:
    """The report with that fault, of a unit of its own, and what the warehouse knows of it."""
    fault = FAULTS[number]
    article = report(provinces()[number], {**SAID, **fault.said}, fault.text(TEXT))
    figures = read(article)
    return article, fault.figures(figures), fault.history(figures)
