"""When a document was published: a date line, markup, or nothing rather than a guess."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchi.collect.dating import date_line, published_in_html, published_in_text, stated

DATE_LINES = [
    ("30/09/2022 21:04", "2022-09-30 21:04"),
    ("Thứ Ba, 06/02/2024 - 08:00", "2024-02-06 08:00"),
    ("Thứ Năm, 31/03/2022 | 16:40 GMT+7", "2022-03-31 16:40"),
    ("Thứ bảy, 10/12/2022 07:30 [GMT+7]", "2022-12-10 07:30"),
    ("Thứ tư, 06/9/2023, 14:08 (GMT+7)", "2023-09-06 14:08"),
    ("Chủ nhật, 3/7/2022", "2022-07-03 00:00"),
    ("Ngày đăng 05/04/2023 | 15:30 \xa0|\xa0Lượt xem: 292", "2023-04-05 15:30"),
    ("Ngày đăng: 12/07/2016   -   Đã xem: 356", "2016-07-12 00:00"),
    ("Đăng ngày 20-12-2017 09:12                  Lượt xem: 1.148", "2017-12-20 09:12"),
    ("Đăng bởi: Văn phòng HĐND-UBND huyện     18/07/2019 14:00:11", "2019-07-18 14:00"),
    ("Cập nhật lúc 15:02, Thứ 4, 15/07/2020", "2020-07-15 15:02"),
    ("Cập nhật ngày: 04/03/2024 18:35:30", "2024-03-04 18:35"),
    ("Cập nhật: Thứ tư, 18/10/2023 | 2:10:36 PM", "2023-10-18 14:10"),
    ("Thứ sáu, 22/6/2018 | 8:57:00 Sáng", "2018-06-22 08:57"),
    ("Thứ Ba, 08/12/2020 19:00 CH", "2020-12-08 19:00"),
    ("15:48, 19/12/2025", "2025-12-19 15:48"),
    ("TRỊNH DŨNG HÒA | 10/07/2023 07:49", "2023-07-10 07:49"),
    ("Tài chính - Ngân hàng   |   05/09/2023 11:20", "2023-09-05 11:20"),
    ("Kinh tế  02/04/2019 16:00", "2019-04-02 16:00"),
    ("20/07/2022", "2022-07-20 00:00"),
    ("2022-09-30", "2022-09-30 00:00"),
    ("Thứ Năm, ngày 05 tháng 4 năm 2023", "2023-04-05 00:00"),
    (unicodedata.normalize("NFD", "Thứ Sáu, 04/04/2025 06:45"), "2025-04-04 06:45"),
]


@pytest.mark.parametrize(("line", "moment"), DATE_LINES)
def test_a_date_line_states_the_publication(line: str, moment: str) -> None:
    found = date_line(line)
    assert found is not None
    assert found.isoformat(sep=" ") == f"{moment}:00+07:00"


@pytest.mark.parametrize(
    "line",
    [
        "Sáng 30/3/2023, Thường trực Thành ủy làm việc với UBND thành phố.",
        "Ngày 04/7/2024, Ban Chấp hành Đảng bộ huyện họp lần thứ 21",
        "BẮC GIANG - Chiều 31/3/2022, cơ quan thống kê tỉnh công bố báo cáo.",
        "Lịch tiếp công dân ngày 15/07/2020",
        "UBND huyện họp phiên thường kỳ tháng 5/2018",
        "Kế hoạch số 271/KH-UBND ngày 15/07/2020 của UBND tỉnh",
        "Hội nghị diễn ra lúc 8:00 ngày 15/07/2020 tại hội trường huyện",
        "Hôm nay: Thứ Bảy, 21/11/2026",
        "31/02/2023 08:00",
        "Đã truy cập: 4872271",
        "Ngày 1-10",
        "",
    ],
)
def test_any_other_line_is_no_date_line(line: str) -> None:
    assert date_line(line) is None


def test_a_text_is_dated_by_its_first_date_line_near_the_top() -> None:
    head = "Trang chủ / Kinh tế\nYên Lạc: thu ngân sách\n\nThứ Sáu, 30/09/2022 21:04\n\nSáng 29/9/2022, huyện họp.\n"
    assert str(published_in_text(head)) == "2022-09-30 21:04:00+07:00"
    assert published_in_text("Một dòng văn.\n" * 12 + "30/09/2022 21:04") is None, "a list of other news below"


PAGE = "<html><head>{head}</head><body><p>Thứ Bảy, 21/11/2026</p><h1>Yên Lạc họp ngày 3/4/2021</h1>{body}</body></html>"
LD_JSON = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2022-10-02T21:04:00+07:00",'
    ' "datePublished": "2022-09-30T21:04:00+07:00"}</script>'
)
LINE = "<div><span>Thứ Sáu, 30/09/2022&nbsp;21:04</span></div><p>Sáng 1/9/2022, huyện họp.</p>"


@pytest.mark.parametrize(
    ("head", "body", "moment", "by"),
    [
        (LD_JSON, LINE, "2022-09-30 21:04:00+07:00", "JSON-LD, first published and not modified"),
        (
            '<meta property="article:published_time" content="2022-09-30T20:04:00Z">',
            "",
            "2022-10-01 03:04:00+07:00",
            "meta in another zone: in Vietnam it was already October",
        ),
        ('<meta name="pubdate" content="2022-09-30">', "", "2022-09-30 00:00:00+07:00", "a day without zone"),
        ("", LINE, "2022-09-30 21:04:00+07:00", "the visible date line below the headline"),
        ("", "<p>Sáng 1/9/2022, huyện họp.</p>", "None", "neither the day of an event nor the day of the visit"),
    ],
)
def test_a_page_is_dated_by_markup_or_date_line(head: str, body: str, moment: str, by: str) -> None:
    assert str(published_in_html(PAGE.format(head=head, body=body))) == moment, by


@pytest.mark.parametrize(
    ("page", "moment"),
    [
        ('<?xml version="1.0" encoding="utf-8"?>\n' + PAGE.format(head=LD_JSON, body=""), "2022-09-30 21:04:00+07:00"),
        ("<p>30/09/2022", "2022-09-30 00:00:00+07:00"),
        ("", "None"),
        ("<!-- -->", "None"),
        ("<html>", "None"),
    ],
)
def test_pages_of_odd_form(page: str, moment: str) -> None:
    assert str(published_in_html(page)) == moment


def test_above_the_headline_only_a_date_with_its_time_counts() -> None:
    page = "<html><body><div>{}</div><h1>Yên Lạc</h1><p>Huyện họp.</p></body></html>"
    assert str(published_in_html(page.format("Thứ Sáu, 30/09/2022, 21:04"))) == "2022-09-30 21:04:00+07:00"
    assert published_in_html(page.format("Thứ Bảy, 21/11/2026")) is None, "the day on which the page was looked at"


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2022-09-30", "2022-09-30 00:00:00+07:00"),
        ("2022-09-30T21:04:00", "2022-09-30 21:04:00+07:00"),
        ("2022-09-30T20:04:00Z", "2022-10-01 03:04:00+07:00"),
        ("30/09/2022", "2022-09-30 00:00:00+07:00"),
        ("tháng 9", "None"),
    ],
)
def test_a_stated_date(value: str, moment: str) -> None:
    assert str(stated(value)) == moment


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 23), st.integers(0, 59))
def test_every_day_and_minute_is_read_back(day: date, hour: int, minute: int) -> None:
    found = date_line(f"Thứ Hai, {day:%d/%m/%Y} - {hour:02}:{minute:02}")
    assert found is not None
    assert found.replace(tzinfo=None) == datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001


@given(st.text(max_size=200))
def test_no_line_is_too_strange(line: str) -> None:
    found = date_line(line)
    assert found is None or found.tzinfo is not None


@given(st.text(alphabet=st.one_of(st.sampled_from("<>/!?-='\" pdivh1meta"), st.characters(codec="utf-8")), max_size=60))
def test_no_page_is_too_strange(page: str) -> None:
    found = published_in_html(page)
    assert found is None or found.tzinfo is not None


@given(st.text(alphabet="0123456789/-.:|, ngàyđThứ", max_size=140))
def test_lines_of_date_like_pieces_are_read_or_refused_quickly(line: str) -> None:
    found = date_line(line)
    assert found is None or 0 <= found.hour < 24
