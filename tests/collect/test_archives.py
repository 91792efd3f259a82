"""WARC and WACZ files: only what may hold a figure is parsed and kept; each file is gone through once."""

from __future__ import annotations

import gzip
import html
import json
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from portals.kinds import _frame, _text
from portals.prose import Piece, pieces

from thuchi import parquet, pipeline, storage
from thuchi.collect import SourceError, archive_files, archives, load_source
from thuchi.collect.archive import Response, read_archive, response_record
from thuchi.collect.rawgate import RawGate, _without_hidden, visible_lines
from thuchi.collect.schema import ArchiveSource
from thuchi.model import LOCAL_ZONE
from thuchi.settings import settings

SENTENCE = "Tổng thu ngân sách trên địa bàn huyện đạt 41,5 tỷ đồng, bằng 83% dự toán tỉnh giao."
PAGE = "<html><head><title>Tin</title></head><body><nav>Công khai ngân sách</nav><p>{}</p></body></html>"


def in_entities(text: str) -> str:
    return "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in text)


@pytest.mark.parametrize(
    ("page", "passes"),
    [
        (PAGE.format(SENTENCE).encode(), True),
        (unicodedata.normalize("NFD", PAGE.format(SENTENCE)).encode(), True),
        (PAGE.format(in_entities(SENTENCE)).encode(), True),
        (PAGE.format(in_entities(unicodedata.normalize("NFD", SENTENCE))).encode(), True),
        (PAGE.format(SENTENCE.replace("ngân sách", "ngân&nbsp;sách")).encode(), True),
        (PAGE.format(SENTENCE.replace("ngân sách", "ngân\n      sách")).encode(), True),
        (PAGE.format(SENTENCE.replace("ngân sách", "ng<b>ân</b> <i>sách</i>")).encode(), True),
        (PAGE.format(html.escape(SENTENCE)).encode("utf-16"), True),
        (b"<p>T\xe6ng thu ng\xa9n s\xb8ch huy\xd6n \xae\xb9t 41,5 t\xfb \xae\xe5ng, n\xa8m nay</p>", True),  # TCVN3
        (b"<p>Toa\xfbng thu nga\xe2n sa\xf9ch huye\xe4n \xf1a\xeft 41,5 ty\xfb \xf1o\xe0ng</p>", True),  # VNI
        ("<table><tr><td><p>Tổng thu</p></td><td><p>610.000</p></td></tr></table>".encode(), True),
        ("Thu ngân sách".encode() + b"\xff", True),  # read refuses it by name
        (PAGE.format("Người trồng cam dậy từ tinh mơ, năm nay được 41,5 tấn.").encode(), False),
        ("<script>var a = 'thu ngân sách 5 tỷ đồng'</script><p>Cam ngọt.</p>".encode(), False),
        (PAGE.format("Huyện bàn việc thu ngân sách.").encode(), False),
    ],
)
def test_the_gate_on_raw_bytes(page: bytes, passes: bool) -> None:
    assert RawGate(pipeline.may_hold_figures).passes(page) is passes


OF_ALL_PAGES = RawGate(pipeline.may_hold_figures)


@given(
    st.lists(
        st.sampled_from(
            ["Thu ngân sách ", "đạt ", "5 ", "tỷ đồng", "<b>", "</b>", "<p>", "</p>", "<td>", "</td>", "&nbsp;", "%",
             "12", "\n", "đồng", "TỔNG THU ", "tỉnh ", "mười ", "triệu", "<script>", "</script>", "| ", "ngân &#225; "]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_the_gate_never_passes_over_what_the_lines_would_take(parts: list[str]) -> None:
    page = f"<html><body><p>Được ạ, vậy nhé.</p>{''.join(parts)}</body></html>"
    taken = pipeline.may_hold_figures(visible_lines(_without_hidden(page.encode()).decode()))
    passed = RawGate(pipeline.may_hold_figures).passes(page.encode())
    assert passed >= taken
    assert OF_ALL_PAGES.passes(page.encode()) == passed, "what other pages held changes nothing"


def test_lines_are_what_a_reader_sees() -> None:
    page = "<h1>Đề</h1><p>Một <b>hai</b>\n ba<br>bốn</p><table><tr><th>A</th><th>B</th></tr></table>"
    assert [line.strip() for line in visible_lines(page).splitlines() if line.strip()] == [
        "Đề",
        "Một hai ba bốn",
        "A | B",
    ]


def record(piece: Piece, host: str = "baomau.example.vn") -> bytes:
    head = f'<meta property="article:published_time" content="{piece.published.isoformat()}">'
    body = _frame(piece.title, f"<div><h1>{piece.title}</h1>{_text(piece)}</div>", head).encode()
    headers = [("Content-Type", "text/html; charset=utf-8")]
    return response_record(
        Response(f"https://{host}/{piece.slug}", 200, headers, body, datetime(2023, 1, 1, tzinfo=LOCAL_ZONE))
    )


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A folder `warc` that is the source `kho`; gives its path."""
    monkeypatch.setenv("THUCHI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("THUCHI_SOURCES", str(tmp_path / "sources"))
    (tmp_path / "sources").mkdir()
    (tmp_path / "warc").mkdir()

    def define(more: str = "") -> Path:
        yaml = f"id: kho\nname: Kho\nkind: archive\npath: {tmp_path / 'warc'}\n{more}"
        (tmp_path / "sources" / "kho.yaml").write_text(yaml, encoding="utf-8")
        return tmp_path / "warc"

    return define


PIECES = pieces("huyện Mẫu Sơn", months=3, a_month=6)
RELEVANT = [piece for piece in PIECES if "ngân sách" in piece.title]


def names(report: dict[str, object]) -> list[str]:
    return sorted(record.name for record in read_archive(storage.at(str(report["path"]))))


def test_a_month_of_an_archive(archive: Callable[..., Path]) -> None:
    folder = archive('domains: ["baomau.example.vn"]\n')
    (folder / "a.warc.gz").write_bytes(b"".join(map(record, PIECES)) + record(RELEVANT[0], "khac.example.vn"))
    with zipfile.ZipFile(folder / "b.wacz", "w") as wacz:
        wacz.writestr("archive/data.warc.gz", record(RELEVANT[0]) + record(RELEVANT[1]))
    report = pipeline.collect_step("kho", "2022-02")
    month = [piece for piece in RELEVANT if piece.published.month == 2]
    assert set(names(report)) == {f"https://baomau.example.vn/{piece.slug}" for piece in month}
    assert report["counts"] == {
        "records": 21, "other_sites": 1, "too_large": 0, "no_figures": 12, "not_vietnamese": 0, "unreadable": 0,
        "collected": 2, "undated": 0, "failed": 0,
    }  # fmt: skip
    assert pipeline.read_step(report)["counts"]["articles"] == 2


def test_a_file_is_gone_through_once_until_it_changes(
    archive: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = archive()
    (folder / "a.warc.gz").write_bytes(b"".join(map(record, PIECES)))
    before = pipeline.collect_step("kho", "2022-01")
    monkeypatch.setattr(archives, "hits", lambda *_: pytest.fail("gone through again"))
    assert pipeline.collect_step("kho", "2022-01") == before
    assert len(names(pipeline.collect_step("kho", "2022-03"))) == 2


def test_shards_are_pieces_of_work_that_hold_everything_once(archive: Callable[..., Path]) -> None:
    folder = archive("shards: 2\n")
    for row in range(3):
        (folder / f"{row}.warc.gz").write_bytes(b"".join(map(record, RELEVANT[row * 2 : row * 2 + 2])))
    assert pipeline.sources_of_run() == ["kho@0", "kho@1"]
    reports = [pipeline.collect_step(unit, f"2022-0{month}") for unit in ("kho@0", "kho@1") for month in (1, 2, 3)]
    assert sorted(name for report in reports for name in names(report)) == sorted(
        f"https://baomau.example.vn/{piece.slug}" for piece in RELEVANT
    )
    assert {report["path"].split("/")[1] for report in reports} == {"kho@0", "kho@1"}
    assert pipeline.read_step(reports[0])["source"] == "kho@0"


def lines_of(*articles: Piece, **more: str) -> bytes:
    """JSONL, an article a line."""
    fields = [
        {"url": f"https://baomau.example.vn/{each.slug}", "published": each.published.isoformat(), "title": each.title}
        | {"text": "\n".join(each.paragraphs)}
        | more
        for each in articles
    ]
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in fields).encode()


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.gz"])
def test_articles_in_jsonl_go_the_way_of_pages(archive: Callable[..., Path], ending: str) -> None:
    folder = archive('domains: ["baomau.example.vn"]\n')
    content = lines_of(*PIECES) + lines_of(RELEVANT[0], url="https://khac.example.vn/1") + b'{"text": 5}\n\n'
    (folder / f"bai{ending}").write_bytes(gzip.compress(content) if ending.endswith("gz") else content)
    report = pipeline.collect_step("kho", "2022-02")
    rows = [row for row, piece in enumerate(PIECES, 1) if piece in RELEVANT and piece.published.month == 2]
    assert names(report) == sorted(f"bai{ending}#{row}" for row in rows)
    assert report["counts"] == {
        "records": 20, "other_sites": 1, "too_large": 0, "no_figures": 12, "not_vietnamese": 0, "unreadable": 1,
        "collected": 2, "undated": 0, "failed": 1,
    }  # fmt: skip
    assert report["notes"] == [
        f"1 lines of bai{ending} cannot be read and are passed over, as bai{ending}#20 has a field text that is no "
        "string but 5; put it in quotes"
    ]
    articles = parquet.read_articles(storage.at(pipeline.read_step(report)["path"]))
    assert {article.url for article in articles} == {
        f"https://baomau.example.vn/{PIECES[row - 1].slug}" for row in rows
    }


def test_a_path_may_be_a_pattern(archive: Callable[..., Path]) -> None:
    folder = archive()
    yaml = settings().sources / "kho.yaml"
    yaml.write_text(yaml.read_text().replace("/warc", "/warc/20*/*.warc.gz"))
    for row, place in enumerate(("2021", "2022", "nhap")):
        (folder / place).mkdir()
        (folder / place / "a.warc.gz").write_bytes(record(RELEVANT[row]))
    source = load_source("kho")
    assert isinstance(source, ArchiveSource)
    assert archive_files.files_of(source) == archive_files.Files(folder, ["2021/a.warc.gz", "2022/a.warc.gz"])


def test_a_path_without_any_archive_is_said_so(archive: Callable[..., Path]) -> None:
    (archive() / "ghi-chep.txt").write_text("Chưa có gì.")
    with pytest.raises(SourceError, match=r"at its path .*/warc lies no \.warc, .*; correct `path` in kho\.yaml"):
        pipeline.collect_step("kho", "2022-01")


def test_what_a_file_held_is_forgotten_with_it(archive: Callable[..., Path]) -> None:
    folder = archive()
    period = RELEVANT[0].published.strftime("%Y-%m-%d")
    for name in ("a.warc.gz", "b.warc.gz"):
        (folder / name).write_bytes(record(RELEVANT[0]))
    assert len(names(pipeline.collect_step("kho", period))) == 2
    (folder / "a.warc.gz").unlink()
    assert len(names(pipeline.collect_step("kho", period))) == 1


@pytest.mark.parametrize("said", ["gzip", "br", "chunked", "gzip, but it is not"])
def test_pages_are_read_as_they_were_archived(archive: Callable[..., Path], said: str) -> None:
    """Browsers archive a page as it travelled; others unpack it and leave the header."""
    page = PAGE.format(SENTENCE * 3).encode()
    body = {
        "gzip": gzip.compress(page),
        "br": brotli.compress(page),
        "chunked": b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page),
    }.get(said, page)
    header = "Transfer-Encoding: chunked" if said == "chunked" else f"Content-Encoding: {said[:4].strip(', ')}"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{header}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: <https://x.example/1>\r\n"
        "WARC-Date: 2022-05-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    (archive('domains: ["x.example"]\n') / "a.warc.gz").write_bytes(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    report = pipeline.collect_step("kho", "undated")
    assert (report["counts"]["collected"], report["counts"]["failed"]) == (1, 0)
    [raw] = read_archive(storage.at(report["path"]))
    assert (raw.content, raw.url) == (page, "https://x.example/1")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.warc.gz", b"no gzip"), ("a.warc", b"no record"), ("a.wacz", b"no zip"), ("a.jsonl.gz", b"no gzip")],
)
def test_what_is_no_archive_is_named_and_stops_no_other(
    archive: Callable[..., Path], name: str, content: bytes
) -> None:
    folder = archive()
    (folder / name).write_bytes(content * 99)
    (folder / "b.warc.gz").write_bytes(record(RELEVANT[0]))
    report = pipeline.collect_step("kho", RELEVANT[0].published.strftime("%Y-%m"))
    assert (report["counts"]["collected"], report["counts"]["failed"]) == (1, 1)
    assert report["notes"][0].startswith(f"{name} is broken behind 0 pages")


def test_an_archive_that_is_compressed_as_one_is_refused(archive: Callable[..., Path]) -> None:
    records = b"".join(gzip.decompress(record(piece)) for piece in RELEVANT)
    (archive() / "a.warc.gz").write_bytes(gzip.compress(records))
    report = pipeline.collect_step("kho", RELEVANT[0].published.strftime("%Y-%m"))
    assert "its records are compressed as one" in report["notes"][0]


def test_a_broken_file_is_named_and_what_is_before_the_break_is_kept(archive: Callable[..., Path]) -> None:
    folder = archive()
    whole = record(RELEVANT[0])
    (folder / "a.warc.gz").write_bytes(whole + record(RELEVANT[1])[:-200])
    report = pipeline.collect_step("kho", RELEVANT[0].published.strftime("%Y-%m"))
    assert (report["counts"]["collected"], report["counts"]["failed"]) == (1, 1)
    assert report["notes"][0].startswith("a.warc.gz is broken behind ")


def test_what_a_crawl_archived_is_an_archive_too(archive: Callable[..., Path]) -> None:
    moment = datetime(2022, 5, 1, tzinfo=LOCAL_ZONE)
    page = PAGE.format(SENTENCE * 3).encode()
    (archive() / "pages.warc.gz").write_bytes(
        response_record(
            Response("https://x.example/1", 200, [("Content-Type", "text/html")], page, moment + timedelta(9), moment)
        )
    )
    assert names(pipeline.collect_step("kho", "2022-05-01")) == ["https://x.example/1"]
    assert settings().home.exists()
