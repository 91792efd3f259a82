"""seeds/ → the dimension tables: once, twice, mended, shortened, broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from thuchi.settings import SEEDS
from thuchi.warehouse import WarehouseError, connect, load_reference_data

AREAS = """code,nso_code,name,level,parent,province,valid_from,valid_to,successor,aliases
VN,VN,Việt Nam,nation,,,,,,
06,06,tỉnh Bắc Kạn,province,VN,Bắc Kạn,,2025-06-30,VN,
066,066,huyện Na Rì,district,06,Bắc Kạn,,2025-06-30,VN,
"""
INDICATORS = """code,label_vi,label_en,parent,direction,gfsm_code,gfsm_quality,gfsm_note
revenue,Tổng thu,Total revenue,,revenue,1,exact,
"""


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    (tmp_path / "areas.csv").write_text(AREAS, encoding="utf-8")
    (tmp_path / "indicators.csv").write_text(INDICATORS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def bare(bare_warehouse: str) -> Engine:
    return connect(bare_warehouse)


def test_our_own_seeds_load_and_load_again_without_a_change(bare: Engine) -> None:
    first = load_reference_data(bare, SEEDS)
    assert first.counts["ref_area"] == first.counts["ref_area.new"] > 10_000
    assert first.counts["indicator"] == first.counts["indicator.new"] == 15
    second = load_reference_data(bare, SEEDS)
    assert second.counts["ref_area.new"] == second.counts["ref_area.changed"] == second.counts["ref_area.gone"] == 0
    assert second.notes == ()
    bare.dispose()


def test_a_mended_row_is_renewed_and_a_row_that_is_gone_is_kept_and_reported(bare: Engine, seeds: Path) -> None:
    load_reference_data(bare, seeds)
    shorter = AREAS.replace("tỉnh Bắc Kạn,", "tỉnh Bắc Cạn,").rpartition("066,066")[0]
    (seeds / "areas.csv").write_text(shorter, encoding="utf-8")
    report = load_reference_data(bare, seeds)
    assert (report.counts["ref_area.changed"], report.counts["ref_area.gone"]) == (1, 1)
    assert report.notes == ("1 rows of ref_area are no longer in areas.csv and were kept: 066",)
    with bare.connect() as connection:
        assert connection.scalars(text("SELECT name FROM ref_area ORDER BY code")).all() == [
            "tỉnh Bắc Cạn",
            "huyện Na Rì",
            "Việt Nam",
        ]
    bare.dispose()


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("areas.csv", AREAS.replace("2025-06-30", "30/6/2025"), r"areas.csv, line 3: valid_to is '30/6/2025', not a"),
        ("areas.csv", AREAS.replace("tỉnh Bắc Kạn", ""), r"areas.csv, line 3: name is empty"),
        ("areas.csv", AREAS.replace("066,066", "06,066"), r"areas.csv has the code 06 twice"),
        ("indicators.csv", INDICATORS.replace("label_vi", "label"), r"indicators.csv lacks the columns label_vi"),
        ("indicators.csv", None, r"indicators.csv is missing"),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_changes_nothing(
    bare: Engine, seeds: Path, file: str, content: str | None, sentence: str
) -> None:
    if content is None:
        (seeds / file).unlink()
    else:
        (seeds / file).write_text(content, encoding="utf-8")
    with pytest.raises(WarehouseError, match=sentence):
        load_reference_data(bare, seeds)
    with bare.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM ref_area")) == 0
    bare.dispose()
