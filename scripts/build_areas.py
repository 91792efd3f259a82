"""Build seeds/areas.csv: every unit of Vietnam that news since 2015 can name, with its code, parent and successor.

Run from the project's root, with a package index at hand; the CSV is committed, so that nothing else needs one:

    .venv/bin/python scripts/build_areas.py

It installs into a temporary folder (never into the project's environment) and reads the data files of

| package | for |
| --- | --- |
| vietnam-provinces 0.6.0 | provinces, districts and communes as they were in early 2025 |
| vietnam-provinces 0.2, 0.4.3, 0.5.0 | communes and districts that were gone or renamed by then |
| vietnam-provinces 2025.10.1 | provinces and communes since 2025-07-01 |
| vietnamadminunits 1.0.4 | which unit of today covers a former one |

seeds/district_history.csv has the dates that no package holds: all states of each district that changed since 2015.
seeds/area_aliases.csv has other names in use ("TPHCM", "BR-VT").

The columns of areas.csv, and how a unit is keyed: docs/reference-data.md. The build fails, and writes nothing, where a
count is off, a district changed without a line in the history, or a key is not unique.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import NoReturn

from thuchi.extract.normalise import fold

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
LAST_OLD_DAY, FIRST_NEW_DAY = "2025-06-30", "2025-07-01"

# Each release with the day that its state is known to be that of. A commune that is gone from one release to the
# next is closed on the day before: the latest day it can have stood, since no package holds the exact one.
SNAPSHOTS = (("0.2", None), ("0.4.3", "2021-03-01"), ("0.5.0", "2023-04-10"), ("0.6.0", "2025-01-01"))
NEWEST = "2025.10.1"
COUNTS = {  # of units that stood on a day, as the General Statistics Office counts them
    ("2025-06-30", "province"): 63,
    ("2025-06-30", "district"): 696,
    ("2025-07-01", "province"): 34,
    ("2025-07-01", "district"): 0,
    ("2025-07-01", "commune"): 3321,
}


@dataclass(frozen=True)
class Unit:
    code: str
    nso_code: str
    name: str
    level: str
    parent: str
    province: str
    valid_from: str = ""
    valid_to: str = ""
    successor: str = ""
    aliases: str = ""


def fail(reason: str) -> NoReturn:
    sys.exit(f"build_areas: {reason}")


# --- names ---

TYPES = ("thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "phường", "xã")


def tidy(name: str) -> str:
    """One spelling for all packages: "Thị Xã Thái Hoà" is "thị xã Thái Hòa", "Ia H' Drai" is "Ia H'Drai"."""
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFC", name)).strip().replace("’", "'").replace("' ", "'")
    name = re.sub(r"\s*-\s*", " - ", name).replace("N.T ", "Nông trường ").replace("Tp ", "Thành phố ")
    # The library's own folding places the tone marks; capitals are kept.
    lower = fold(name)
    name = "".join(mark.upper() if given.isupper() else mark for given, mark in zip(name, lower, strict=True))
    kind = next((kind for kind in TYPES if lower.startswith(kind + " ")), None)
    return name if kind is None else f"{kind} {name[len(kind) + 1 :]}"


def bare(name: str) -> str:
    """The name without its type: "thành phố Cao Lãnh" is "Cao Lãnh"."""
    return next((name[len(kind) + 1 :] for kind in TYPES if name.startswith(kind + " ")), name)


def plain_key(name: str) -> str:
    """Bare ASCII of a full name, to match rows of two packages: "Xã Thuỵ Lâm" and "xã Thụy Lâm" are "xathuylam"."""
    letters = unicodedata.normalize("NFD", tidy(name).lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]", "", letters)


# --- packages ---


def install(requirement: str, folder: Path) -> Path:
    """The folder of a package's own files, installed without its dependencies, which its data does not need."""
    target = folder / requirement
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(target),
        requirement,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        fail(f"cannot install {requirement}: {done.stderr.strip()}")
    return target / requirement.split("==")[0].replace("-", "_")


@dataclass(frozen=True)
class Snapshot:
    """The units of one release, NSO code to (name, code of the parent)."""

    provinces: Mapping[str, str]
    districts: Mapping[str, tuple[str, str]]
    communes: Mapping[str, tuple[str, str]]


def old_snapshot(package: Path) -> Snapshot:
    provinces, districts, communes = {}, {}, {}
    for row in json.loads((package / "data/flat-divisions.json").read_text(encoding="utf-8")):
        # Releases before 0.6 call the columns "province", "district" and "ward".
        names = [tidy(row.get(f"{kind}_name") or row.get(kind) or "") for kind in ("province", "district", "ward")]
        province, district = f"{int(row['province_code']):02}", f"{int(row['district_code']):03}"
        provinces[province] = names[0]
        districts[district] = (names[1], province)
        if names[2]:
            communes[f"{int(row['ward_code']):05}"] = (names[2], district)
    return Snapshot(provinces, districts, communes)


def new_snapshot(package: Path) -> Snapshot:
    provinces, communes = {}, {}
    for row in json.loads((package / "data/nested-divisions.json").read_text(encoding="utf-8")):
        code = f"{int(row['code']):02}"
        provinces[code] = tidy(row["name"] if row["division_type"] != "tỉnh" else f"Tỉnh {bare(tidy(row['name']))}")
        for ward in row["wards"]:
            communes[f"{int(ward['code']):05}"] = (tidy(ward["name"]), code)
    return Snapshot(provinces, {}, communes)


@dataclass(frozen=True)
class Conversion:
    """From former to present units, by vietnamadminunits."""

    province: Mapping[str, str]
    """NSO code of a province before 2025-07-01 → of the one that covers it."""
    commune: Mapping[str, tuple[str, str]]
    """NSO code of a commune of 2025 → (NSO code of the new province, key of the new commune's name)."""
    absorbed: Mapping[tuple[str, str], str]
    """(NSO code of a district, key of a commune that was gone by 2025) → the commune of 2025 that took it in."""


def conversion(package: Path) -> Conversion:
    tables = json.loads((package / "data/converter_2025.json").read_text(encoding="utf-8"))
    base = sqlite3.connect(package / "data/dataset.db")
    now = dict(base.execute("select distinct provinceKey, provinceCode from admin_units"))
    then = dict(base.execute("select distinct provinceKey, provinceCode from admin_units_legacy"))
    province = {then[old]: now[new] for new, olds in tables["DICT_PROVINCE"].items() for old in olds}
    renewed: dict[str, tuple[str, str]] = {}
    for new_province, wards in tables["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for new_ward, olds in wards.items():
            renewed.update(dict.fromkeys(olds, (now[new_province], new_ward)))
    for new_province, divided in tables["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            # A commune that was divided is followed by the part that its seat fell to.
            renewed[old] = (now[new_province], next(part["newWardKey"] for part in parts if part["isDefaultNewWard"]))
    commune, absorbed = {}, {}
    columns = "provinceKey, districtKey, wardKey, wardCode, districtCode, wardAlias"
    for province_key, district_key, ward_key, code, district, alias in base.execute(
        f"select {columns} from admin_units_legacy"
    ):
        new = renewed.get(f"{province_key}_{district_key}_{ward_key or ''}")
        if code and new:
            commune[code] = new
        absorbed.update({(district, gone): code for gone in json.loads(alias or "[]") if code})
    return Conversion(province, commune, absorbed)


# --- units ---


def code_of(nso_code: str, valid_from: str) -> str:
    """The key of a unit: its NSO code, and the month it began where that is within our reach: "08-202507"."""
    return f"{nso_code}-{valid_from[:4]}{valid_from[5:7]}" if valid_from else nso_code


def read_csv(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def province_units(
    old: Snapshot, new: Snapshot, moved: Mapping[str, str], history: Iterable[dict[str, str]]
) -> list[Unit]:
    """Provinces before and since; one that took in no other on 2025-07-01 goes on as the same unit."""
    took_in = Counter(moved.values())
    states: dict[str, list[tuple[str, str, str]]] = {code: [(name, "", "")] for code, name in old.provinces.items()}
    for code in {row["nso_code"] for row in history}:
        states[code] = [(row["name"], row["valid_from"], row["valid_to"]) for row in history if row["nso_code"] == code]
    units = []
    for code, name in new.provinces.items():
        merged = took_in[code] > 1
        began = FIRST_NEW_DAY if merged else states[code][-1][1]
        units.append(Unit(code_of(code, began), code, name, "province", "VN", bare(name), began))
        if not merged:
            states[code].pop()
    today = {unit.nso_code: unit.code for unit in units}
    for code, spans in states.items():
        for name, began, ended in spans:
            key = code_of(code, began)
            units.append(
                Unit(key, code, name, "province", "VN", bare(name), began, ended or LAST_OLD_DAY, today[moved[code]])
            )
    return units


def unit_on(units: Iterable[Unit], nso_code: str, day: str) -> Unit:
    """The unit that bore the code on that day, or the last before it."""
    bearers = [unit for unit in units if unit.nso_code == nso_code and (not unit.valid_from or unit.valid_from <= day)]
    return max(bearers, key=lambda unit: unit.valid_from)


def district_units(
    snapshots: list[Snapshot],
    provinces: list[Unit],
    islands: Mapping[tuple[str, str], str],
    history: list[dict[str, str]],
) -> list[Unit]:
    """Districts with all their states since 2015. The successor of one is the province that covers it today, as its
    communes went to many new ones; only an island that became a special zone as a whole is followed by that."""
    known: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in history:
        known[row["nso_code"]].append(row)
    latest = snapshots[-1].districts
    for snapshot in snapshots:
        for code, (name, _) in snapshot.districts.items():
            names = [row["name"] for row in known[code]] or [latest[code][0] if code in latest else ""]
            # "Qui Nhơn" became "Quy Nhơn" in a release, not in the world.
            if plain_key(name).replace("y", "i") not in {plain_key(known_as).replace("y", "i") for known_as in names}:
                fail(f"{name} ({code}) changed, but seeds/district_history.csv has no line for it")
    units = []
    for code in sorted(set(latest) | {code for code, rows in known.items() if rows}):
        whole = {
            "name": latest.get(code, ("", ""))[0],
            "province": latest.get(code, ("", ""))[1],
            "valid_from": "",
            "valid_to": "",
        }
        for row in known[code] or [whole]:
            ended = row["valid_to"] or LAST_OLD_DAY
            province = unit_on(provinces, row["province"], ended)
            today = province.successor or province.code
            units.append(
                Unit(
                    code_of(code, row["valid_from"]), code, row["name"], "district", province.code, province.province,
                    row["valid_from"], ended, islands.get((today, bare(row["name"])), today),
                )
            )  # fmt: skip
    return units


def new_communes(new: Snapshot, provinces: list[Unit]) -> list[Unit]:
    units = []
    for code, (name, province_code) in sorted(new.communes.items()):
        province = unit_on(provinces, province_code, FIRST_NEW_DAY)
        key = code_of(code, FIRST_NEW_DAY)
        units.append(Unit(key, code, name, "commune", province.code, province.province, FIRST_NEW_DAY))
    return units


def former_communes(
    snapshots: list[Snapshot], districts: list[Unit], provinces: list[Unit], new: list[Unit], moved: Conversion
) -> list[Unit]:
    """Communes before 2025-07-01, one unit for each name that a code bore."""
    by_code: dict[str, list[Unit]] = defaultdict(list)
    for unit in districts:
        by_code[unit.nso_code].append(unit)
    by_name = {(unit.parent, plain_key(unit.name)): unit.code for unit in new}
    today = {unit.nso_code: unit.code for unit in provinces if not unit.valid_to}

    def follower(code: str, name: str, district: str) -> str:
        code = code if code in moved.commune else moved.absorbed.get((district, plain_key(name)), "")
        province_code, key = moved.commune.get(code, ("", ""))
        return by_name.get((today.get(province_code, ""), key), "")

    units = []
    for code in sorted({code for snapshot in snapshots for code in snapshot.communes}):
        states: list[tuple[str, str, str, str]] = []  # name, district, from, to
        for (_, day), snapshot in zip(SNAPSHOTS, snapshots, strict=True):
            name, district = snapshot.communes.get(code, ("", ""))
            if states and plain_key(states[-1][0]) == plain_key(name):
                states[-1] = (name, district, states[-1][2], "")
                continue
            if states and not states[-1][3] and day:
                states[-1] = (*states[-1][:3], before(day))
            if name:
                states.append((name, district, day or "", ""))
        for name, district, began, ended in states:
            parent = unit_on(by_code[district], district, ended or LAST_OLD_DAY)
            follows = follower(code, name, district)
            units.append(
                Unit(
                    code_of(code, began),
                    code,
                    name,
                    "commune",
                    parent.code,
                    parent.province,
                    began,
                    ended or LAST_OLD_DAY,
                    follows,
                )
            )
    return units


def before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def with_aliases(units: Iterable[Unit]) -> list[Unit]:
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in read_csv("area_aliases.csv"):
        aliases[row["code"]].append(row["alias"])
    done = [replace(unit, aliases="|".join(aliases.pop(unit.code, []))) for unit in units]
    if aliases:
        fail(f"seeds/area_aliases.csv has aliases of {sorted(aliases)}, which are no units")
    return done


# --- checks ---


def check(units: list[Unit]) -> None:
    keys = Counter(unit.code for unit in units)
    if twice := [code for code, times in keys.items() if times > 1]:
        fail(f"{len(twice)} keys are not unique, such as {twice[:5]}")
    for unit in units:
        for role in (unit.parent, unit.successor):
            if role and role not in keys:
                fail(f"{unit.name} ({unit.code}) points to {role}, which is no unit")
    for (day, level), expected in COUNTS.items():
        standing = [
            u for u in units if u.level == level and u.valid_from <= day and (not u.valid_to or u.valid_to >= day)
        ]
        if len(standing) != expected:
            fail(f"on {day} there stood {len(standing)} units of level {level}, not {expected}")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        snapshots = [old_snapshot(install(f"vietnam-provinces=={version}", folder)) for version, _ in SNAPSHOTS]
        new = new_snapshot(install(f"vietnam-provinces=={NEWEST}", folder))
        moved = conversion(install("vietnamadminunits==1.0.4", folder))
    history = read_csv("district_history.csv")
    provinces = province_units(
        snapshots[-1], new, moved.province, [row for row in history if len(row["nso_code"]) == 2]
    )
    communes = new_communes(new, provinces)
    islands = {(unit.parent, bare(unit.name)): unit.code for unit in communes if unit.name.startswith("đặc khu")}
    districts = district_units(snapshots, provinces, islands, [row for row in history if len(row["nso_code"]) == 3])
    former = former_communes(snapshots, districts, provinces, communes, moved)
    nation = Unit("VN", "VN", "Việt Nam", "nation", "", "")
    units = with_aliases([nation, *provinces, *districts, *communes, *former])
    check(units)
    with (SEEDS / "areas.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Unit)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(unit) for unit in units)
    lost = sum(1 for unit in former if not unit.successor)
    print(f"{len(units)} units; {lost} former communes whose successor no package tells", file=sys.stderr)


if __name__ == "__main__":
    main()
