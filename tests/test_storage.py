"""Records go to Parquet and come back as they were; the same records give the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import records
from hypothesis import given
from hypothesis import strategies as st
from upath import UPath

from thuchi import parquet, storage
from thuchi.model import LOCAL_ZONE, Article, Evidence

ARTICLE = Article(
    article_id="0123456789abcdef",
    source="mau",
    url="https://yenlac.example.vn/tin/9-thang",
    title="Yên Lạc: thu ngân sách 9 tháng",
    published=datetime(2022, 9, 30, 21, 4, tzinfo=LOCAL_ZONE),
    text="Huyện thu 512 tỷ đồng, bằng 84,50% dự toán.",
    collected_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    raw="raw/mau/2022-09.warc.gz#1024",
    source_area="251",
)
BARE_ARTICLE = Article("f" * 16, "mau", None, None, None, "Không rõ ngày.")

FIGURE = records.figure(
    ARTICLE,
    "512 tỷ đồng",
    "512",
    512_000_000_000,
    ref_area="251",
    evidence={"indicator": Evidence("words", 6, 9), "period": Evidence("published", note="đến nay")},
)


def test_articles_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "articles" / "2022-09" / "mau.parquet"
    assert parquet.write_articles(path, [ARTICLE, BARE_ARTICLE]) == 2
    assert parquet.read_articles(path) == [ARTICLE, BARE_ARTICLE]


@pytest.mark.parametrize(
    ("measure", "value", "says"),
    [
        ("amount", 0, "nothing collected"),
        ("amount", 33_448_222_000_000_000_000_000, "a misprint beyond 2^63 (triệu tỷ for tỷ)"),
        ("amount", None, "a scale that could not be read"),
        ("pct_of_plan", Decimal("10.50"), "two digits as printed, not 10.5"),
        ("pct_change_yoy", Decimal("-4"), "a fall"),
    ],
)
def test_values_are_exact(tmp_path: Path, measure: Any, value: Any, says: str) -> None:
    figure = replace(FIGURE, measure=measure, value=value, doubts=("unit_missing",) if value is None else ())
    parquet.write_figures(tmp_path / "f.parquet", [figure])
    [back] = parquet.read_figures(tmp_path / "f.parquet")
    assert (back, str(back.value), type(back.value)) == (figure, str(value), type(value)), says


@given(
    value=st.one_of(st.none(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False)),
    quote=st.text(st.characters(codec="utf-8")),
    doubts=st.lists(st.text(st.characters(codec="utf-8"), max_size=8), max_size=3),
    spans=st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=8), st.integers(0, 10**6), max_size=4),
)
def test_any_figure_comes_back(
    tmp_path_factory: pytest.TempPathFactory, value: Any, quote: str, doubts: list[str], spans: dict[str, int]
) -> None:
    figure = replace(
        FIGURE,
        measure="pct_of_plan" if isinstance(value, Decimal) else "amount",
        value=value,
        quote=quote,
        doubts=tuple(doubts),
        evidence={name: Evidence("earlier", start, start + 1, note=name) for name, start in spans.items()},
    )
    path = tmp_path_factory.mktemp("figures") / "f.parquet"
    parquet.write_figures(path, [figure])
    assert parquet.read_figures(path) == [figure]


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        parquet.write_articles(tmp_path / name / "articles", [ARTICLE, BARE_ARTICLE])
        parquet.write_figures(tmp_path / name / "figures", [FIGURE])
    for kind in ("articles", "figures"):
        assert (tmp_path / "a" / kind).read_bytes() == (tmp_path / "b" / kind).read_bytes()


def test_a_step_without_records_leaves_an_empty_file(tmp_path: Path) -> None:
    parquet.write_articles(tmp_path / "a", [])
    parquet.write_figures(tmp_path / "f", [])
    assert (parquet.read_articles(tmp_path / "a"), parquet.read_figures(tmp_path / "f")) == ([], [])


@pytest.mark.parametrize("form", [str, lambda folder: f"file://{folder}", lambda folder: f"memory://{folder.name}"])
def test_the_data_url_may_be_a_folder_or_any_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Callable[[Path], str]
) -> None:
    monkeypatch.setenv("THUCHI_DATA_URL", form(tmp_path))
    place = storage.at(storage.articles_key("mau", "2022-09"))
    parquet.write_articles(place, [ARTICLE])
    assert parquet.read_articles(place) == [ARTICLE]
    siblings = [found.name for found in UPath(form(tmp_path)).joinpath("articles", "2022-09").iterdir()]
    assert siblings == ["mau.parquet"], "no half file is left beside it"
