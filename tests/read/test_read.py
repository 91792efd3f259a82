"""Raw records become articles: clean NFC text with its headline, a date in Vietnam's zone, one stable id."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchi import parquet, storage
from thuchi.collect.archive import RawRecord, write_archive
from thuchi.collect.schema import FolderSource
from thuchi.model import LOCAL_ZONE, Article, Interval, StepReport, article_id_of
from thuchi.read import article_of, read
from thuchi.read.page import NoText, read_page

MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PUBLISHED = datetime(2022, 9, 30, 21, 4, tzinfo=LOCAL_ZONE)
SOURCE = FolderSource(id="mau", name="Mẫu", ref_area="251", kind="folder", path="seeds/articles")


def record(name: str, content: bytes | str, media_type: str = "text/plain") -> RawRecord:
    content = content.encode() if isinstance(content, str) else content
    return RawRecord("mau", name, media_type, MOMENT, PUBLISHED, content)


def json_line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


PAGE = """<!DOCTYPE html><html lang="vi"><head><title>Yên Lạc thu khá - Cổng thông tin</title>
<link rel="canonical" href="{canonical}"><meta property="og:title" content="Yên Lạc thu khá"></head><body>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/lien-he">Liên hệ</a></li></ul></nav>
<h1>Yên Lạc thu khá</h1><p>Chín tháng, tổng thu ngân sách huyện ước 512&nbsp;tỷ đồng, bằng 84% dự toán tỉnh giao.</p>
<ul><li>Thu nội địa: 401 tỷ đồng;</li><li>Tiền sử dụng đất: 111 tỷ đồng.</li></ul><p>Đơn vị tính: triệu đồng</p>
<table><tr><th>Chỉ tiêu</th><th>Dự toán</th><th>Thực hiện</th></tr>
<tr><td>Tổng thu</td><td>610.000</td><td>512.000</td></tr><tr><td></td><td>1</td><td>2</td></tr></table>
<p>Huyện phấn đấu vượt 5% dự toán cả năm.</p><footer>Đã truy cập: 4872271</footer></body></html>"""


def test_a_page_is_its_headline_paragraphs_items_and_rows() -> None:
    page = read_page(PAGE.format(canonical="https://yenlac.example.vn/tin/thu-kha"))
    assert page.title == "Yên Lạc thu khá"
    assert page.url == "https://yenlac.example.vn/tin/thu-kha"
    assert page.text.replace("\xa0", " ").splitlines() == [
        "Yên Lạc thu khá",
        "Chín tháng, tổng thu ngân sách huyện ước 512 tỷ đồng, bằng 84% dự toán tỉnh giao.",
        "- Thu nội địa: 401 tỷ đồng;",
        "- Tiền sử dụng đất: 111 tỷ đồng.",
        "Đơn vị tính: triệu đồng",
        "Chỉ tiêu | Dự toán | Thực hiện",
        "Tổng thu | 610.000 | 512.000",
        " | 1 | 2",
        "Huyện phấn đấu vượt 5% dự toán cả năm.",
    ]


def test_the_headline_is_part_of_the_text_even_where_the_page_has_it_in_its_head_alone() -> None:
    page = read_page(PAGE.format(canonical="").replace("<h1>Yên Lạc thu khá</h1>", ""))
    assert page.text.startswith("Yên Lạc thu khá\nChín tháng")


def test_a_long_page_is_read_to_its_end() -> None:
    rows = "".join(f"<p>Đoạn {i}: huyện thu {i} tỷ đồng trong tháng, tăng so với cùng kỳ.</p>" for i in range(500))
    assert "huyện thu 499 tỷ đồng" in read_page(f"<html><body><h1>Dài</h1>{rows}</body></html>").text


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://yenlac.example.vn/", None),  # every page of that portal names the front page: no article's address
        ("https://yenlac.example.vn/?tin=12", "https://yenlac.example.vn/?tin=12"),
        ("", None),
    ],
)
def test_the_front_page_is_no_articles_address(canonical: str, url: str | None) -> None:
    assert read_page(PAGE.format(canonical=canonical)).url == url


@pytest.mark.parametrize("html", ["<html><body></body></html>", "", "<script>render()</script>"])
def test_a_page_without_text_is_refused(html: str) -> None:
    with pytest.raises(NoText, match=r"holds no text .*; save it as \.txt"):
        read_page(html)


@given(st.text(alphabet=st.one_of(st.sampled_from("<>/!?-=|' pdivtrh1&;"), st.characters(codec="utf-8")), max_size=80))
def test_any_page_is_read_or_refused(html: str) -> None:
    try:
        page = read_page(f"<html><body>{html}</body></html>")
    except NoText:
        return
    assert page.text.strip()


@pytest.mark.parametrize(
    ("raw", "text", "url", "title"),
    [
        (record("a.txt", "Một\r\nHai\rBa\n"), "Một\nHai\nBa\n", None, "Một"),
        (record("a.txt", unicodedata.normalize("NFD", "Thu ngân sách")), "Thu ngân sách", None, None),
        (record("a.txt", "Thu ngân sách".encode("utf-16")), "Thu ngân sách", None, None),
        (
            record(
                "a.jsonl#1",
                json_line(text=" Giữ\r\nnguyên ", title="Đề", url="https://x.example/1"),
                "application/json",
            ),
            " Giữ\r\nnguyên ",
            "https://x.example/1",
            "Đề",
        ),
        (record("a.jsonl#1", json_line(text="Chữ", title="", url=""), "application/json"), "Chữ", None, None),
    ],
)
def test_a_record_as_an_article(raw: RawRecord, text: str, url: str | None, title: str | None) -> None:
    article, remark = article_of(raw, raw="raw/mau/2022-09.warc.gz#7", source_area="251")
    assert article == Article(
        article_id=article_id_of(url, text),
        source="mau",
        url=url,
        title=title,
        published=PUBLISHED,
        text=text,
        collected_at=MOMENT,
        raw="raw/mau/2022-09.warc.gz#7",
        source_area="251",
    )
    assert remark is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Yên Lạc: Thu ngân sách khá\n30/09/2022 21:04\n\nSáng 30/9, huyện họp.", "Yên Lạc: Thu ngân sách khá"),
        ("Trang chủ / Kinh tế\n\nYên Lạc thu khá\nSáng 30/9, huyện họp.", "Yên Lạc thu khá"),
        ("30/09/2022 21:04\nYên Lạc thu khá?\nSáng 30/9, huyện họp.", "Yên Lạc thu khá?"),
        ("(CTTĐT) - Sáng 30/3, Thành ủy làm việc với UBND thành phố.\nThu 223 tỷ đồng.", None),  # prose
        ("Thu 223 tỷ đồng", None),  # all there is
        ("Sáng 30/3, " + "thành phố họp và " * 12 + "bàn\nThu 223 tỷ đồng.", None),
    ],
)
def test_the_headline_of_a_text_file(text: str, title: str | None) -> None:
    assert article_of(record("a.txt", text))[0].title == title


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THUCHI_DATA_URL", str(tmp_path))
    return tmp_path


def read_of(*records: RawRecord) -> tuple[StepReport, list[Article]]:
    write_archive(storage.at("raw/mau/2022-09.warc.gz"), records)
    report = read(SOURCE, Interval.parse("2022-09"))
    return report, parquet.read_articles(storage.at(report.path))


@pytest.mark.usefixtures("data")
def test_an_archive_is_read_into_articles_that_say_where_their_raw_record_rests() -> None:
    report, articles = read_of(record("a.txt", "Một."), record("b.txt", "Hai."))
    assert (report.path, report.notes) == ("articles/2022-09/mau.parquet", ())
    assert report.counts == {"records": 2, "articles": 2, "duplicates": 0, "failed": 0}
    assert [article.text for article in articles] == ["Một.", "Hai."]
    assert [article.source_area for article in articles] == ["251", "251"]
    assert [article.raw.split("#")[0] for article in articles if article.raw] == ["raw/mau/2022-09.warc.gz"] * 2


@pytest.mark.usefixtures("data")
def test_what_cannot_be_read_is_counted_and_named_and_stops_no_other() -> None:
    report, articles = read_of(
        record("trống.html", "<html></html>", "text/html"),
        record("hỏng.txt", "Thu ngân sách".encode() + b"\xff"),
        record("tốt.txt", "Thu."),
    )
    assert [article.text for article in articles] == ["Thu."]
    assert report.counts == {"records": 3, "articles": 1, "duplicates": 0, "failed": 2}
    assert [note.split()[0] for note in report.notes] == ["trống.html", "hỏng.txt"]


@pytest.mark.usefixtures("data")
def test_an_article_that_comes_twice_counts_once_as_it_came_last() -> None:
    first = record("1.jsonl#1", json_line(text="Bản đầu.", url="https://x.example/1"), "application/json")
    second = record("1.jsonl#2", json_line(text="Bản sửa.", url="https://x.example/1"), "application/json")
    report, articles = read_of(first, second)
    assert [article.text for article in articles] == ["Bản sửa."]
    assert report.counts["duplicates"] == 1
    assert report.notes == ("1.jsonl#2 is the same article as raw/mau/2022-09.warc.gz#0, of which it takes the place",)


@pytest.mark.usefixtures("data")
def test_an_inferred_encoding_is_remarked() -> None:
    report, articles = read_of(
        record("cu.txt", "Huyện Đ".encode().replace("ệ".encode(), b"\xea\xf2").replace("Đ".encode(), b"\xd0"))
    )
    assert [article.text for article in articles] == ["Huyện Đ"]
    assert report.notes[0].startswith("cu.txt is not UTF-8 and was read as windows-1258")


def test_the_same_archive_gives_the_same_bytes(data: Path) -> None:
    records = [record("a.txt", "Một."), record("trang.html", PAGE.format(canonical=""), "text/html")]
    report, _ = read_of(*records)
    first = (data / report.path).read_bytes()
    read_of(*records)
    assert (data / report.path).read_bytes() == first


@pytest.mark.usefixtures("data")
def test_an_interval_without_documents_gives_no_articles_but_one_not_collected_is_an_error() -> None:
    report, articles = read_of()
    assert (report.counts["records"], articles) == (0, [])
    with pytest.raises(FileNotFoundError):
        read(SOURCE, Interval.parse("2021-01"))
