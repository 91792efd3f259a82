"""A source is one YAML; what is wrong with it is said with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuchi.collect import SourceError, load_source, source_ids
from thuchi.collect.sources import root_of
from thuchi.settings import PROJECT

GOOD = """# a comment
id: mau
name: Mẫu
ref_area: "26"
kind: folder
path: seeds/articles
"""


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THUCHI_SOURCES", str(tmp_path))
    return tmp_path


def test_a_good_source(sources: Path) -> None:
    (sources / "mau.yaml").write_text(GOOD)
    source = load_source("mau")
    assert (source.id, source.ref_area, source.kind) == ("mau", "26", "folder")
    assert source_ids() == ["mau"]


@pytest.mark.parametrize("code", ["VN", "01", "866", "26734", "19-202507", "31528-202507"])
def test_codes_of_areas(sources: Path, code: str) -> None:
    (sources / "mau.yaml").write_text(GOOD.replace('"26"', f'"{code}"'))
    assert load_source("mau").ref_area == code


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        (
            'ref_area: "26"',
            "ref_area: 26",
            r"mau\.yaml:4: ref_area is 26: .*in quotes, as \"26\"",
        ),
        (
            'ref_area: "26"',
            'ref_area: "1234"',
            r"mau\.yaml:4: ref_area is '1234': .*; write a code of",
        ),
        ("kind: folder", "kind: rss", r"mau\.yaml:5: kind is 'rss': .*; write folder"),
        ("path: seeds/articles", "", r"mau\.yaml:2: path is missing; write a folder or a file, as seeds/articles"),
        ("name: Mẫu", "name: Mẫu\nfeed: x", r"mau\.yaml:4: feed is no field of a source"),
        ("id: mau", "id: khac", r"mau\.yaml:2: id 'khac' must be the file's name, 'mau'"),
        ("id: mau", "id: Mẫu 1", r"mau\.yaml:2: id is 'Mẫu 1': .*; write lower-case letters"),
        ("name: Mẫu", "name: [", r"mau\.yaml:5: not YAML: .*; correct that line"),
        (GOOD, "một câu", r"mau\.yaml:1: holds no fields"),
        (GOOD, "", r"mau\.yaml:1: holds no fields"),
    ],
)
def test_a_fault_names_file_line_and_remedy(sources: Path, wrong: str, right: str, sentence: str) -> None:
    assert wrong in GOOD
    (sources / "mau.yaml").write_text(GOOD.replace(wrong, right))
    with pytest.raises(SourceError, match=sentence):
        load_source("mau")


def test_a_source_that_is_not_there_is_answered_with_those_that_are(sources: Path) -> None:
    (sources / "mau.yaml").write_text(GOOD)
    with pytest.raises(SourceError, match=r"khac\.yaml: there is no such source; there are: mau"):
        load_source("khac")


def test_no_source_at_all(sources: Path) -> None:
    with pytest.raises(SourceError, match=r"no source is defined there; add a \.yaml file"):
        source_ids()
    assert list(sources.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "means"),
    [
        ("seeds/articles", PROJECT / "seeds" / "articles"),
        ("./bai", Path("<sources>/bai")),
        ("../bai", Path("<sources>/../bai")),
        ("/kho/bai", Path("/kho/bai")),
    ],
)
def test_where_a_path_is_seen_from(sources: Path, path: str, means: Path) -> None:
    (sources / "mau.yaml").write_text(GOOD.replace("seeds/articles", path))
    assert root_of(load_source("mau")) == Path(str(means).replace("<sources>", str(sources))).resolve()


def test_the_sources_of_the_project_are_good() -> None:
    for source_id in source_ids():
        assert root_of(load_source(source_id)).exists()
