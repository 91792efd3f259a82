"""A folder's documents go to the archive of the month or day in which they were published; none is lost in silence."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from thuchi import storage
from thuchi.collect import LISTED, Source, SourceError, collect
from thuchi.collect.archive import read_archive
from thuchi.collect.folder import scan
from thuchi.model import Interval, StepReport

SourceOf = Callable[[Path], Source]


def collected(source: Source, period: str) -> tuple[StepReport, list[str]]:
    report = collect(source, Interval.parse(period))
    return report, [record.name for record in read_archive(storage.at(report.path))]


def line(text: str, **fields: object) -> str:
    return json.dumps({"text": text, **fields}, ensure_ascii=False) + "\n"


@pytest.fixture
def mixed(folder: Path) -> Path:
    (folder / "2022").mkdir()
    (folder / "2022" / "co dòng ngày.txt").write_text("Yên Lạc\n30/09/2022 21:04\n\nThu 512 tỷ đồng.\n")
    (folder / "2022-09-02 ghi chép.txt").write_text("Huyện thu 3 tỷ đồng.\n")
    (folder / "trang.html").write_text(
        '<html><head><meta name="pubdate" content="2022-10-01"></head><body><h1>A</h1></body></html>'
    )
    (folder / "bai.jsonl").write_text(
        line("Bài một.", published="2022-09-15")
        + line("Bài hai.", published="2022-09-30T18:00:00Z", url="https://mau.example/2")
        + "\n"
        + line("Bài ba\nThứ Ba, 06/09/2022 - 08:00\nThu 1 tỷ đồng.")
        + line("Bài bốn, không ngày.")
    )
    (folder / "khong-ngay.txt").write_text("Huyện thu 4 tỷ đồng.\n")
    return folder


@pytest.mark.parametrize(
    ("period", "names"),
    [
        ("2022-09", ["2022-09-02 ghi chép.txt", "2022/co dòng ngày.txt", "bai.jsonl#1", "bai.jsonl#4"]),
        ("2022-10", ["bai.jsonl#2", "trang.html"]),  # 18:00 UTC on 30 September is 1 October in Vietnam
        ("2022-09-30", ["2022/co dòng ngày.txt"]),
        ("2022-10-01", ["bai.jsonl#2", "trang.html"]),
        ("2021-01", []),
        ("undated", ["bai.jsonl#5", "khong-ngay.txt"]),
    ],
)
def test_each_period_gets_what_was_published_in_it(
    mixed: Path, source_of: SourceOf, period: str, names: list[str]
) -> None:
    report, found = collected(source_of(mixed), period)
    assert found == names
    assert report.path == f"raw/mau/{period}.warc.gz"
    undated = 0 if period == "undated" else 2
    assert report.counts == {"documents": 8, "collected": len(names), "undated": undated, "failed": 0}


def test_undated_documents_are_named_with_the_remedy(mixed: Path, source_of: SourceOf) -> None:
    report, _ = collected(source_of(mixed), "2022-09")
    remedy = 'is undated and waits: give its date in dates.csv (file,published) beside it, or run the period "undated"'
    assert report.notes == (f"bai.jsonl#5 {remedy}", f"khong-ngay.txt {remedy}")


def test_dates_csv_gives_a_date_and_overrules_every_other(mixed: Path, source_of: SourceOf) -> None:
    (mixed / "dates.csv").write_text(
        "file,published\nkhong-ngay.txt,2022-11-05\nbai.jsonl#5,06/11/2022 08:00\ntrang.html,2022-11-07\n"
        "mất.txt,2022-11-08\nbai.jsonl#1,mai\n"
    )
    report, found = collected(source_of(mixed), "2022-11")
    assert found == ["bai.jsonl#5", "khong-ngay.txt", "trang.html"]
    assert report.counts["undated"] == 0
    assert report.notes == (
        "dates.csv:6: 'mai' is no date; write 2022-09-30",
        "dates.csv: names 'mất.txt', which is no document here; correct the name",
    )


def test_the_archive_keeps_the_bytes_the_moment_and_the_name(mixed: Path, source_of: SourceOf) -> None:
    path = mixed / "2022" / "co dòng ngày.txt"
    os.utime(path, (1_700_000_000, 1_700_000_000))
    report, _ = collected(source_of(mixed), "2022-09-30")
    [record] = read_archive(storage.at(report.path))
    assert record.content == path.read_bytes()
    assert (record.source, record.media_type) == ("mau", "text/plain")
    assert record.collected_at.isoformat() == "2023-11-14T22:13:20+00:00"
    assert record.published is not None
    assert record.published.isoformat() == "2022-09-30T21:04:00+07:00"
    head = gzip.decompress(storage.at(report.path).read_bytes()).decode().split("\r\n\r\n")[0]
    assert head.startswith("WARC/1.1\r\nWARC-Type: resource\r\n"), "other tools read it: ISO 28500"
    assert "urn:thuchi:mau:2022/co%20d%C3%B2ng%20ng%C3%A0y.txt" in head


def test_every_record_can_be_opened_at_its_offset(mixed: Path, source_of: SourceOf) -> None:
    report, _ = collected(source_of(mixed), "2022-09")
    whole = storage.at(report.path).read_bytes()
    for record in read_archive(storage.at(report.path)):
        assert gzip.decompress(whole[record.offset :]).startswith(b"WARC/1.1")
        assert record.content in gzip.decompress(whole[record.offset :])


def test_the_same_interval_again_writes_the_same_bytes(
    mixed: Path, source_of: SourceOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = source_of(mixed)
    report, _ = collected(source, "2022-09")
    first = storage.at(report.path).read_bytes()
    collected(source, "2022-09")
    assert storage.at(report.path).read_bytes() == first
    monkeypatch.setenv("THUCHI_HOME", str(tmp_path / "another home"))
    collected(source, "2022-09")
    assert storage.at(report.path).read_bytes() == first


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.jsonl", line("Một.", published="2022-09-01").encode() + b"{not json}\n", "a.jsonl#2 is not JSON: "),
        ("a.jsonl", b'["list"]\n', "a.jsonl#1 is no JSON object; write one a line"),
        ("a.jsonl", b'{"title": "A"}\n', 'a.jsonl#1 has no text; give it in the field "text"'),
        ("a.jsonl", b'{"text": 5}\n', "a.jsonl#1 has a field text that is no string but 5; put it in quotes"),
        ("a.jsonl", b'{"text": "a\xff"}\n', "a.jsonl#1 is not UTF-8 at byte 11 of the line; save the file as UTF-8"),
        (
            "a.jsonl",
            line("Một.", published="hôm qua").encode(),
            "a.jsonl#1 has a field published 'hôm qua' that is no date; write 2022-09-30 or",
        ),
        ("a.txt", "Thu ngân sách".encode() + b"\xff\xfe", "a.txt is UTF-8 but broken at byte 15; repair it"),
        ("a.html", b"\x00\x01", "a.html is no text"),
        ("a.txt", b" \n", "a.txt is empty; remove it or fill it"),
    ],
)
def test_a_broken_document_is_named_with_its_row_and_stops_no_other(
    folder: Path, source_of: SourceOf, name: str, content: bytes, sentence: str
) -> None:
    (folder / "good.txt").write_text("Yên Lạc\n30/09/2022\nThu 5 tỷ đồng.")
    (folder / name).write_bytes(content)
    report, found = collected(source_of(folder), "2022-09")
    assert "good.txt" in found
    assert report.counts["failed"] == 1
    assert report.notes[0].startswith(sentence)


def test_a_report_names_some_and_counts_all(folder: Path, source_of: SourceOf) -> None:
    for i in range(LISTED + 5):
        (folder / f"{i:02}.txt").write_text("Không ngày.")
    report, _ = collected(source_of(folder), "2022-09")
    assert report.counts["undated"] == LISTED + 5
    assert len(report.notes) == LISTED + 1
    assert report.notes[-1] == "… and 5 more: thuchi sources check mau"


def test_files_of_other_kinds_are_passed_over_and_said_so(folder: Path, source_of: SourceOf) -> None:
    (folder / "bao-cao.PDF").write_bytes(b"%PDF")
    (folder / "ghi-chep.md").write_text("Huyện thu 5 tỷ đồng.")
    (folder / "README.md").write_text("Lấy từ đâu, của ai.")
    (folder / ".DS_Store").write_bytes(b"\x00")
    report, found = collected(source_of(folder), "2022-09")
    assert found == []
    assert report.notes == ("files that are no articles were passed over: .md, .pdf (read are .txt, .html, .jsonl)",)


def test_a_single_file_is_a_source_too(mixed: Path, source_of: SourceOf) -> None:
    _, found = collected(source_of(mixed / "bai.jsonl"), "2022-09")
    assert found == ["bai.jsonl#1", "bai.jsonl#4"]


def test_a_path_that_does_not_exist_is_said_with_the_file_to_correct(folder: Path, source_of: SourceOf) -> None:
    with pytest.raises(SourceError, match=r"source mau: its path .*/gone does not exist; correct `path` in mau\.yaml"):
        collect(source_of(folder / "gone"), Interval.parse("2022-09"))


def test_files_are_opened_once_until_they_change(
    mixed: Path, source_of: SourceOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = source_of(mixed)
    before = scan(source)
    opened: list[str] = []
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path.suffix) or real(path))  # type: ignore[func-returns-value]
    assert scan(source) == before
    assert opened == [".json"], "only what was remembered"
    (mixed / "khong-ngay.txt").write_text("Nay có ngày\n01/09/2022\n")
    assert {document.published for document in scan(source).documents if document.name == "khong-ngay.txt"} == {
        "2022-09-01T00:00:00+07:00"
    }
    (mixed / "trang.html").unlink()
    assert "trang.html" not in {document.name for document in scan(source).documents}
