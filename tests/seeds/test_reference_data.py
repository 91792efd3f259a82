"""seeds/: every unit that news since 2015 can name, and the indicators of docs/figure.md."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from thuchi.extract.spans import Area
from thuchi.settings import SEEDS
from thuchi.vocabulary import read_areas

LAST_OLD_DAY, FIRST_NEW_DAY = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(scope="module")
def areas() -> tuple[Area, ...]:
    return read_areas(SEEDS)


@pytest.fixture(scope="module")
def by_code(areas: tuple[Area, ...]) -> dict[str, Area]:
    return {area.code: area for area in areas}


def stands(area: Area, on: date) -> bool:
    return (area.valid_from is None or area.valid_from <= on) and (area.valid_to is None or on <= area.valid_to)


@pytest.mark.parametrize(
    ("on", "level", "count"),
    [
        (LAST_OLD_DAY, "province", 63),
        (LAST_OLD_DAY, "district", 696),
        (FIRST_NEW_DAY, "province", 34),
        (FIRST_NEW_DAY, "district", 0),
        (FIRST_NEW_DAY, "commune", 3321),
        (date(2020, 1, 15), "province", 63),
        (date(2020, 1, 15), "district", 711),  # 713 before the mergers of 2020-01-01 in Hòa Bình and Quảng Ninh
        (date(2021, 3, 1), "district", 705),
        (date(2019, 6, 30), "district", 713),
    ],
)
def test_units_that_stood_on_a_day(areas: tuple[Area, ...], on: date, level: str, count: int) -> None:
    assert sum(area.level == level and stands(area, on) for area in areas) == count


def test_a_code_is_one_unit_and_shows_its_official_code(areas: tuple[Area, ...]) -> None:
    with (SEEDS / "areas.csv").open(encoding="utf-8", newline="") as file:
        official = {row["code"]: row["nso_code"] for row in csv.DictReader(file)}
    assert len(official) == len(areas)
    digits = {"nation": "VN", "province": 2, "district": 3, "commune": 5}
    for area in areas:
        nso = official[area.code]
        began = "" if area.valid_from is None else f"-{area.valid_from:%Y%m}"
        assert area.code == nso + began
        assert nso == "VN" if area.level == "nation" else (nso.isdigit() and len(nso) == digits[area.level])


def test_parents_and_successors_are_units(areas: tuple[Area, ...], by_code: dict[str, Area]) -> None:
    above = {"nation": (None,), "province": ("nation",), "district": ("province",), "commune": ("district", "province")}
    for area in areas:
        parent = by_code[area.parent].level if area.parent else None
        assert parent in above[area.level], area
        if area.valid_to is None:
            assert area.successor is None, area
        elif area.successor is not None:
            assert by_code[area.successor].valid_to is None, area
            assert by_code[area.successor].level in ("province", "commune"), area


def test_every_former_province_and_district_has_a_successor_and_nearly_every_commune(areas: tuple[Area, ...]) -> None:
    orphans = Counter(area.level for area in areas if area.valid_to is not None and area.successor is None)
    assert set(orphans) <= {"commune"}
    assert orphans["commune"] < 300  # gone before 2025, and no package tells where to


def test_states_of_one_code_follow_each_other(areas: tuple[Area, ...]) -> None:
    states: dict[str, list[Area]] = {}
    for area in areas:
        states.setdefault(area.code.partition("-")[0], []).append(area)
    for code, units in states.items():
        units.sort(key=lambda unit: unit.valid_from or date.min)
        for earlier, later in pairwise(units):
            assert earlier.valid_to is not None, code
            assert later.valid_from is not None, code
            assert earlier.valid_to < later.valid_from, code
            if earlier.level in ("province", "district"):
                assert earlier.valid_to + timedelta(days=1) == later.valid_from, code


@pytest.mark.parametrize(
    ("code", "name", "valid_from", "valid_to", "successor"),
    [
        ("01", "thành phố Hà Nội", None, None, None),  # took in no other province, so goes on
        ("24", "tỉnh Bắc Giang", None, LAST_OLD_DAY, "tỉnh Bắc Ninh"),
        ("86-202507", "tỉnh Vĩnh Long", FIRST_NEW_DAY, None, None),
        ("46", "tỉnh Thừa Thiên Huế", None, date(2024, 12, 31), "thành phố Huế"),
        ("205-201503", "thị xã Đông Triều", date(2015, 3, 11), date(2024, 10, 31), "tỉnh Quảng Ninh"),
        ("205-202411", "thành phố Đông Triều", date(2024, 11, 1), LAST_OLD_DAY, "tỉnh Quảng Ninh"),
        ("769", "quận 2", None, date(2020, 12, 31), "thành phố Hồ Chí Minh"),
        ("769-202101", "thành phố Thủ Đức", date(2021, 1, 1), LAST_OLD_DAY, "thành phố Hồ Chí Minh"),
        ("224-202501", "thị xã Chũ", date(2025, 1, 1), LAST_OLD_DAY, "tỉnh Bắc Ninh"),
        ("911-202103", "thành phố Phú Quốc", date(2021, 3, 1), LAST_OLD_DAY, "đặc khu Phú Quốc"),
        ("24958-202507", "xã Đức Trọng", FIRST_NEW_DAY, None, None),
    ],
)
def test_a_unit_and_what_covers_it_today(
    by_code: dict[str, Area],
    code: str,
    name: str,
    valid_from: date | None,
    valid_to: date | None,
    successor: str | None,
) -> None:
    area = by_code[code]
    assert (area.name, area.valid_from, area.valid_to) == (name, valid_from, valid_to)
    assert (None if area.successor is None else by_code[area.successor].name) == successor


def test_a_former_commune_is_followed_by_a_new_one(areas: tuple[Area, ...], by_code: dict[str, Area]) -> None:
    tam_hong = next(area for area in areas if area.name == "thị trấn Tam Hồng" and area.valid_to == LAST_OLD_DAY)
    assert tam_hong.province == "Vĩnh Phúc"
    assert tam_hong.successor is not None
    assert by_code[tam_hong.successor].name == "xã Tam Hồng"
    assert by_code[tam_hong.successor].province == "Phú Thọ"


def test_names_have_their_type_and_one_placing_of_tone_marks(areas: tuple[Area, ...]) -> None:
    types = ("tỉnh ", "thành phố ", "thị xã ", "thị trấn ", "quận ", "huyện ", "phường ", "xã ", "đặc khu ")
    assert all(area.name.startswith(types) for area in areas if area.level != "nation")
    names = {area.name for area in areas}
    assert {"thành phố Tuy Hòa", "huyện Vị Thủy", "huyện Ia H'Drai", "thành phố Phan Rang - Tháp Chàm"} <= names


def test_indicators_are_those_of_the_guide() -> None:
    with (SEEDS / "indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    revenue = ["domestic", "trade", "local", "land", "tax", "transfer", "item"]
    parts = {
        "revenue": revenue,
        "expenditure": ["recurrent", "investment", "item"],
        "public_investment": ["ntp", "item"],
    }
    assert sorted(rows) == sorted([*parts, *(f"{whole}.{part}" for whole in parts for part in parts[whole])])
    for code, row in rows.items():
        assert row["label_vi"], code
        assert row["label_en"], code
        assert row["gfsm_code"], code
        assert row["parent"] in {"", *rows}, code
        assert bool(row["parent"]) == ("." in code), code
        assert row["direction"] == ("revenue" if code.startswith("revenue") else "expenditure")
        assert row["gfsm_quality"] in ("exact", "broader", "disputed")
    assert (rows["revenue.land"]["gfsm_code"], rows["revenue.land"]["gfsm_quality"]) == ("1415", "disputed")
