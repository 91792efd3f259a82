"""Which months are backfilled, and how figures are shown."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from thuchi.local import demo, tables
from thuchi.local.demo import Articles


@pytest.mark.parametrize(
    ("days", "stretches"),
    [
        ([], []),
        (["2022-09-30"], [("2022-09-01", "2022-09-01")]),
        (["2022-09-30", "2022-09-01", "2022-10-02"], [("2022-09-01", "2022-10-01")]),
        (["2023-01-15", "2022-12-31"], [("2022-12-01", "2023-01-01")]),
        (["2024-03-05", "2022-09-30"], [("2022-09-01", "2022-09-01"), ("2024-03-01", "2024-03-01")]),
    ],
)
def test_adjacent_months_are_one_backfill_and_empty_years_none(
    days: list[str], stretches: list[tuple[str, str]]
) -> None:
    articles = Articles("samples", tuple(date.fromisoformat(day) for day in days), 0, ())
    assert [(f"{first}", f"{last}") for first, last in articles.stretches] == stretches


def test_articles_of_ones_own_take_the_place_of_the_samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUCHI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("THUCHI_SOURCES", "")
    file = tmp_path / "Bài của tôi.jsonl"
    lines = [{"text": "Thu 5 tỷ đồng.", "published": "2022-09-30"}, {"text": "Chi 4 tỷ đồng."}]
    file.write_text("\n".join(json.dumps(line) for line in lines))
    articles = demo.choose_articles(tmp_path / "home", file)
    assert articles == Articles("bai-cua-toi", (date(2022, 9, 30),), 1, ())
    again = demo.choose_articles(tmp_path / "home", None)
    assert again.source == "samples"
    assert [path.name for path in (tmp_path / "home" / "demo-sources").iterdir()] == ["samples.yaml"]


@pytest.mark.parametrize(
    ("measure", "number", "shown"),
    [
        ("amount", Decimal(223_550_000_000), "223,55 tỷ đồng"),
        ("amount", Decimal(16_254_000_000_000), "16.254 tỷ đồng"),
        ("amount", Decimal(7_500_000), "7,5 triệu đồng"),
        ("amount", Decimal(1_000_000_001), "1,000000001 tỷ đồng"),
        ("amount", None, "not known"),
        ("pct_of_plan", Decimal("85.50"), "85,5% of plan"),
        ("pct_of_plan", Decimal(100), "100% of plan"),
        ("pct_change_yoy", Decimal("-11.5"), "-11,5% on the year"),
    ],
)
def test_a_value_is_shown_exactly(measure: str, number: Decimal | None, shown: str) -> None:
    assert tables.value({"measure": measure, "obs_value": number}) == shown


FIGURE = {
    "figure_id": "f",
    "article_id": "a",
    "published": datetime(2022, 9, 29, 18, tzinfo=UTC),  # in Vietnam the 30th
    "title": "Đông Triều họp",
    "url": None,
    "area": "thị xã Đông Triều",
    "indicator": "revenue",
    "phase": "executed",
    "time_period": "2022-01-01/P9M",
    "measure": "amount",
    "obs_value": Decimal(1_584_000_000_000),
    "quote": "thu\n1.584 tỷ",
    "number_start": 4,
    "failures": [],
}


def row(**fields: Any) -> dict[str, Any]:
    return {**FIGURE, **fields}


def shown(renderable: Any) -> str:
    console = Console(width=160, force_terminal=False)
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


def test_figures_stand_by_article_newest_first_and_the_undated_last() -> None:
    rows = [
        row(article_id="c", published=None, title="Không ghi ngày"),
        row(),
        row(article_id="b", published=datetime(2023, 3, 1, tzinfo=UTC), title="Bắc Kạn họp", quote="thu [sic] 5 tỷ"),
    ]
    text = shown(tables.figures(rows, 10, 160))
    assert text.startswith("3 figures in the warehouse\n")
    assert (
        text.index("2023-03-01  Bắc Kạn họp") < text.index("2022-09-30  Đông Triều họp") < text.index("undated  Không")
    )
    assert "thu [sic] 5 tỷ" in text
    assert "1.584 tỷ đồng" in text


def test_a_long_table_is_cut_and_says_so() -> None:
    text = shown(tables.figures([row(figure_id=str(number)) for number in range(5)], 2, 160))
    assert text.startswith("5 figures in the warehouse, of which the newest 2\n")
    assert text.count("1.584 tỷ đồng") == 2


def test_what_is_held_stands_with_each_reason_once() -> None:
    reason = {"expectation": "plan_fits", "sentence": "15% would fit"}
    text = shown(tables.quarantine([row(failures=[reason, {**reason, "expectation": "other"}])], 10))
    assert text.startswith("1 figure in quarantine\n")
    assert text.count("15% would fit") == 1
    assert "“thu 1.584 tỷ”" in text
