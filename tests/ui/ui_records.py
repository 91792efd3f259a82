"""What the pages show in the tests: sound words and hostile ones, of two DAGs and of the command line."""

from __future__ import annotations

from datetime import datetime

import records
from sqlalchemy import Engine, text

from thuchi import warehouse
from thuchi.model import LOCAL_ZONE, Article, Evidence, Figure
from thuchi.validate import ExpectationResult, Failure, Held
from thuchi.warehouse import Run

MONTHLY = Run("historical_news/manual__1", "2022-10")
DAILY = Run("provincial_news/manual__1", "2022-10-03")
BY_HAND = Run("cli__2022-10-05T00:00:00Z", "2022-10-05")

SCRIPT = "<script>window.top.hacked=1;window.hacked=1</script>"
IMAGE = "<img src=x onerror='window.top.hacked=1;window.hacked=1'>"
HOSTILE = f"Chín tháng, thu ngân sách {SCRIPT} của huyện Na Rì đạt 52,4 tỷ đồng {IMAGE}, bằng 81,9% dự toán tỉnh giao."
PLAIN = "Lũy kế chín tháng, thu ngân sách của huyện Na Rì đạt 7,5 tỷ đồng; thu nội địa đạt 3,1 tỷ đồng."

CLEAN_UP = "TRUNCATE article, fiscal_figure, quarantined_figure, validation_result, source CASCADE"


def fill(engine: Engine) -> None:
    """Three held figures in a warehouse that holds nothing else: one a DAG, one of the command line; one loaded."""
    with engine.begin() as connection:
        connection.execute(text(CLEAN_UP))
        for code in ("revenue", "revenue.domestic"):
            connection.execute(
                text(
                    "INSERT INTO indicator (code, label_en, label_vi, direction) "
                    "VALUES (:code, :code, :code, 'revenue') ON CONFLICT DO NOTHING"
                ),
                {"code": code},
            )
    hostile = article("javascript:window.hacked=1", HOSTILE, day=2, title=f"Na Rì {SCRIPT}{IMAGE}")
    plain = article("https://portal.example/2", PLAIN, day=3, title="Na Rì: thu chín tháng")
    by_hand = article("https://portal.example/3", PLAIN, day=5, title="Từ dòng lệnh")
    worst = figure(hostile, HOSTILE[HOSTILE.index("thu ngân") : HOSTILE.index(", bằng")], "52,4", 52_400_000_000)
    lesser = figure(plain, "đạt 7,5 tỷ đồng", "7,5", 7_500_000_000)
    sound = figure(plain, "thu nội địa đạt 3,1 tỷ đồng", "3,1", 3_100_000_000, indicator="revenue.domestic")
    third = figure(by_hand, "đạt 7,5 tỷ đồng", "7,5", 7_500_000_000)
    one = Failure("implied_plan", "critical", f"52,4 tỷ / 81,9 % implies a plan of 64 tỷ {IMAGE}; the text says 640 tỷ")
    two = Failure("slip_of_unit", "critical", "7,5 tỷ after 7.500 tỷ in 2021: triệu for tỷ?")
    warehouse.load(engine, [hostile], [], [Held(worst, (one, two))], MONTHLY)
    warehouse.load(engine, [plain], [sound], [Held(lesser, (two,))], DAILY)
    warehouse.load(engine, [by_hand], [], [Held(third, (two,))], BY_HAND)
    warehouse.store_results(engine, RESULTS, MONTHLY)


def article(url: str, words: str, *, day: int, title: str) -> Article:
    return records.article(words, url, published=datetime(2022, 10, day, 8, 0, tzinfo=LOCAL_ZONE), title=title)


def figure(of: Article, quote: str, number: str, value: int, indicator: str = "revenue") -> Figure:
    area = of.text.index("huyện Na Rì")
    evidence = {"area": Evidence("words", area, area + len("huyện Na Rì")), "period": Evidence("published")}
    return records.figure(of, quote, number, value, indicator=indicator, evidence=evidence)


def result(expectation: str, failed: int, examples: list[dict[str, str]]) -> ExpectationResult:
    return ExpectationResult(
        suite="figures",
        expectation=expectation,
        severity="critical",
        scope="row",
        success=not failed,
        element_count=40,
        unexpected_count=failed,
        duration_s=0.012,
        sentence_en=f"What {expectation} means.",
        sentence_vi=f"Ý nghĩa của {expectation}.",
        examples=examples,
    )


RESULTS = [
    result("implied_plan", failed=1, examples=[{"figure_id": "abc", "implied_plan": f"64 tỷ {SCRIPT}"}]),
    result("period_in_order", failed=0, examples=[]),
]
