"""A source is one YAML; what is wrong with it is said with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuchi.collect import SourceError, load_source, source_ids
from thuchi.collect.schema import FolderSource
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
        ("kind: folder", "", r"mau\.yaml:2: kind is missing; write folder, feed, sitemap, listing or archive"),
        ("path: seeds/articles", "path: x\nshard: 2", r"mau\.yaml:7: shard is no field"),
    ],
)
def test_a_fault_names_file_line_and_remedy(sources: Path, wrong: str, right: str, sentence: str) -> None:
    assert wrong in GOOD
    (sources / "mau.yaml").write_text(GOOD.replace(wrong, right))
    with pytest.raises(SourceError, match=sentence):
        load_source("mau")


PORTAL = """id: mau
name: Mẫu
kind: listing
addresses: [https://mau.example.vn/tin/]
domains: [mau.example.vn]
articles: 'tin/[0-9]+'
pagination:
  address: '{address}trang-{page}/'
politeness:
  delay_s: 2
"""


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        ("https://mau", "ftp://mau", r"mau\.yaml:4: addresses\.0 'ftp://mau.* is no http\(s\) address; write a list"),
        ("[mau.example.vn]", "[https://mau.example.vn/]", r"mau\.yaml:5: domains\.0 .* is no domain in lower case"),
        ("'tin/[0-9]+'", "'tin/[0-9'", r"mau\.yaml:6: articles .* is no regular expression: .*; write a regular"),
        ("{page}/", "/", r"mau\.yaml:7: pagination address must hold \{page\}"),
        ("delay_s: 2", "delay_s: -1", r"mau\.yaml:10: politeness\.delay_s is -1: "),
        ("delay_s: 2", "delay: 2", r"mau\.yaml:10: politeness\.delay is no field of a source"),
        ("id: mau", "id: mau\nverified: false", r"mau\.yaml:1: the source verified is false, so `check` must say"),
        ("id: mau", "id: mau\naddress_date: '[0-9]+'", r"mau\.yaml:2: address_date .*needs the named groups y and m"),
    ],
)
def test_a_fault_of_a_portal_names_file_line_and_remedy(sources: Path, wrong: str, right: str, sentence: str) -> None:
    (sources / "mau.yaml").write_text(PORTAL)
    assert load_source("mau").kind == "listing"
    (sources / "mau.yaml").write_text(PORTAL.replace(wrong, right))
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
    for source in map(load_source, source_ids()):
        assert not isinstance(source, FolderSource) or root_of(source).exists()
