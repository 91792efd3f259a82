"""Periods as articles name them, and the days that they mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear_time import assert_grows_linearly

from thuchi.extract.periods import find_periods, resolve, same_period
from thuchi.extract.spans import DateSpan, PeriodMention

REPORT = date(2024, 5, 10)
"""The day of the report in these tests; 2024 is the year of their context."""


def only(text: str) -> PeriodMention:
    (mention,) = find_periods(text)
    return mention


def days(text: str, reference: date | None = REPORT, year: int | None = 2024) -> tuple[str | None, str | None]:
    span = resolve(only(text), reference, year)
    return span.start and span.start.isoformat(), span.end and span.end.isoformat()


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        # months, and counts of months
        ("tháng 9", "2024-09-01", "2024-09-30"),
        ("trong tháng 5", "2024-05-01", "2024-05-31"),
        ("tháng 5/2023", "2023-05-01", "2023-05-31"),
        ("tháng 9 năm 2022", "2022-09-01", "2022-09-30"),
        ("tháng 12-2018", "2018-12-01", "2018-12-31"),
        ("tháng 1 2024", "2024-01-01", "2024-01-31"),
        ("tháng mười hai năm 2017", "2017-12-01", "2017-12-31"),
        ("tháng Năm", "2024-05-01", "2024-05-31"),
        ("09/2022", "2022-09-01", "2022-09-30"),
        ("tháng cuối năm", "2024-12-01", "2024-12-31"),
        ("tháng trước", "2024-04-01", "2024-04-30"),
        ("9 tháng", "2024-01-01", "2024-09-30"),
        ("01 tháng", "2024-01-01", "2024-01-31"),
        ("03 tháng đầu năm", "2024-01-01", "2024-03-31"),
        ("9 tháng đầu năm 2022", "2022-01-01", "2022-09-30"),
        ("9 tháng đầu của năm 2022", "2022-01-01", "2022-09-30"),
        ("11 tháng năm 2018", "2018-01-01", "2018-11-30"),
        ("9 tháng/2022", "2022-01-01", "2022-09-30"),
        ("chín tháng năm 2022", "2022-01-01", "2022-09-30"),
        ("9 tháng năm ngoái", "2023-01-01", "2023-09-30"),
        ("lũy kế 5 tháng", "2024-01-01", "2024-05-31"),
        ("13 tháng năm 2023", "2023-01-01", "2024-01-31"),
        ("6 tháng cuối năm", "2024-07-01", "2024-12-31"),
        ("09 tháng cuối năm 2023", "2023-04-01", "2023-12-31"),
        ("ba tháng còn lại", "2024-10-01", "2024-12-31"),
        ("4 tháng qua", "2024-01-01", "2024-04-30"),
        ("sau một tháng", "2024-01-01", "2024-01-31"),
        # halves of a month, as statistics and customs report
        ("15 ngày đầu tháng 1/2023", "2023-01-01", "2023-01-15"),
        ("10 ngày đầu của tháng 6", "2024-06-01", "2024-06-10"),
        ("nửa đầu tháng 7", "2024-07-01", "2024-07-15"),
        ("nửa cuối tháng 2", "2024-02-16", "2024-02-29"),
        ("kỳ 2 tháng 5", "2024-05-16", "2024-05-31"),
        ("kỳ I tháng 5/2022", "2022-05-01", "2022-05-15"),
        ("đầu tháng 5", "2024-05-01", "2024-05-31"),
        # quarters and halves
        ("quý I", "2024-01-01", "2024-03-31"),
        ("quý IV năm 2022", "2022-10-01", "2022-12-31"),
        ("quý IV của năm 2022", "2022-10-01", "2022-12-31"),
        ("quý I/2021", "2021-01-01", "2021-03-31"),
        ("quý 1-2023", "2023-01-01", "2023-03-31"),
        ("quý 1 năm 2023", "2023-01-01", "2023-03-31"),
        ("quý ba", "2024-07-01", "2024-09-30"),
        ("quý cuối năm 2019", "2019-10-01", "2019-12-31"),
        ("3 quý đầu năm", "2024-01-01", "2024-09-30"),
        ("quý 1-2 năm nay", "2024-01-01", "2024-06-30"),
        ("quý II - quý III/2022", "2022-04-01", "2022-09-30"),
        ("quý này", "2024-04-01", "2024-06-30"),
        ("nửa đầu năm", "2024-01-01", "2024-06-30"),
        ("nửa cuối năm 2023", "2023-07-01", "2023-12-31"),
        ("nửa chặng đường của năm 2023", "2023-01-01", "2023-06-30"),
        ("nửa chặng đường đầu năm", "2024-01-01", "2024-06-30"),
        ("nửa năm trôi qua", "2024-01-01", "2024-06-30"),
        # years
        ("năm 2023", "2023-01-01", "2023-12-31"),
        ("năm 2023 tỉnh thu", "2023-01-01", "2023-12-31"),
        ("ngân sách nhà nước 2023", "2023-01-01", "2023-12-31"),
        ("đến cuối năm", "2024-01-01", "2024-12-31"),
        ("hết năm", "2024-01-01", "2024-12-31"),
        ("cả năm 161 tỷ đồng", "2024-01-01", "2024-12-31"),
        ("cả năm", "2024-01-01", "2024-12-31"),
        ("cả năm 2023", "2023-01-01", "2023-12-31"),
        ("năm nay", "2024-01-01", "2024-12-31"),
        ("năm ngoái", "2023-01-01", "2023-12-31"),
        ("năm trước", "2023-01-01", "2023-12-31"),
        ("năm sau", "2025-01-01", "2025-12-31"),
        ("niên độ 2023", "2023-01-01", "2023-12-31"),
        ("niên độ ngân sách năm 2023", "2023-01-01", "2023-12-31"),
        ("dự toán 2022", "2022-01-01", "2022-12-31"),
        ("đến năm 2025", "2025-01-01", "2025-12-31"),
        ("giai đoạn 2021-2025", "2021-01-01", "2025-12-31"),
        ("nhiệm kỳ 2020 – 2025", "2020-01-01", "2025-12-31"),
        ("5 năm 2016-2020", "2016-01-01", "2020-12-31"),
        ("từ năm 2021 đến năm 2025", "2021-01-01", "2025-12-31"),
        # days
        ("ngày 30/3", "2024-03-30", "2024-03-30"),
        ("Sáng 19-12", "2024-12-19", "2024-12-19"),
        ("chiều 9.12", "2024-12-09", "2024-12-09"),
        ("31.3.2022", "2022-03-31", "2022-03-31"),
        ("ngày 30 tháng 4 năm 2023", "2023-04-30", "2023-04-30"),
        ("Thứ Ba, 06/02/2024 - 08:00", "2024-02-06", "2024-02-06"),
        # up to a day: from 1 January
        ("đến ngày 21/2/2024", "2024-01-01", "2024-02-21"),
        ("tính đến thời điểm ngày 21/2/2024", "2024-01-01", "2024-02-21"),
        ("từ đầu năm đến thời điểm 15/4", "2024-01-01", "2024-04-15"),
        ("Tính đến hết ngày 31/10", "2024-01-01", "2024-10-31"),
        ("đến 30/9", "2024-01-01", "2024-09-30"),
        ("tính đến trưa ngày 31-12", "2024-01-01", "2024-12-31"),
        ("tới 5-10", "2024-01-01", "2024-10-05"),
        ("đến hết tháng 11", "2024-01-01", "2024-11-30"),
        ("hết tháng 6", "2024-01-01", "2024-06-30"),
        ("đến cuối tháng 9", "2024-01-01", "2024-09-30"),
        ("đến giữa tháng 2", "2024-01-01", "2024-02-15"),
        ("hết quý II", "2024-01-01", "2024-06-30"),
        ("Tính từ đầu năm đến hết ngày 24/12/2021", "2021-01-01", "2021-12-24"),
        ("đến nay", "2024-01-01", "2024-05-10"),
        ("tính đến thời điểm hiện tại", "2024-01-01", "2024-05-10"),
        ("tính đến thời điểm báo cáo", "2024-01-01", "2024-05-10"),
        ("từ đầu năm đến nay", "2024-01-01", "2024-05-10"),
        ("lũy kế 31/12/2023", "2023-01-01", "2023-12-31"),
        ("lũy kế hết tháng 4", "2024-01-01", "2024-04-30"),
        ("lũy kế thu", "2024-01-01", "2024-05-10"),
        # from and to
        ("từ 1/7 đến 30/9", "2024-07-01", "2024-09-30"),
        ("Từ ngày 1-7 đến hết 30-9", "2024-07-01", "2024-09-30"),
        ("từ 8 đến 10-12", "2024-12-08", "2024-12-10"),
        ("tháng 7 đến tháng 9", "2024-07-01", "2024-09-30"),
        ("từ tháng 7 đến hết tháng 9/2022", "2022-07-01", "2022-09-30"),
        ("tháng 7-9/2023", "2023-07-01", "2023-09-30"),
        ("từ ngày 1/11 đến ngày 31/1/2025", "2024-11-01", "2025-01-31"),
        ("từ tháng 11 đến tháng 1", "2023-11-01", "2024-01-31"),
        ("từ ngày 1/7/2023 đến nay", "2023-07-01", "2024-05-10"),
        ("từ đầu năm 2023 đến nay", "2023-01-01", "2024-05-10"),
        ("từ ngày 1/7/2023", "2023-07-01", None),
    ],
)
def test_the_days_that_a_period_means(phrase: str, start: str | None, end: str | None) -> None:
    assert days(phrase) == (start, end)


@pytest.mark.parametrize(
    ("phrase", "span"),
    [
        ("thu đến hết ngày 31/3 là", "đến hết ngày 31/3"),
        ("sau 9 tháng toàn huyện", "9 tháng"),
        ("Lũy kế 8 tháng, tổng thu", "Lũy kế 8 tháng"),
        ("Trong quý I/2023, thu", "quý I/2023"),
        ("dự toán cả năm 2023.", "cả năm 2023"),
        ("vào ngày 7-6-2019 tại", "ngày 7-6-2019"),
        ("giai đoạn từ 1/7 đến 30/9, xã", "từ 1/7 đến 30/9"),
    ],
)
def test_the_words_of_a_period(phrase: str, span: str) -> None:
    mention = only(phrase)
    assert phrase[mention.start : mention.end] == span


@pytest.mark.parametrize(
    ("phrase", "kinds"),
    [
        ("tháng 11 và 11 tháng năm 2018", ["month", "months"]),
        ("quý III - quý đầu tiên", ["quarter"]),
        ("quý II và cả năm 2023", ["quarter", "year"]),
        ("10 tháng 6,8 triệu lượt", ["months"]),
        ("chi trong tháng 58,7 tỷ đồng", ["relative"]),
        ("6 tháng trước ngày 15", ["months"]),
        ("kết quả 9 tháng, nhiệm vụ 3 tháng cuối năm", ["months", "range"]),
        ("2015: 31/3 và quý 2", ["quarter"]),
    ],
)
def test_periods_side_by_side(phrase: str, kinds: list[str]) -> None:
    assert [mention.kind for mention in find_periods(phrase)] == kinds


@pytest.mark.parametrize(
    "phrase",
    [
        "7/14 xã về đích",
        "đến 5/7 xã",
        "giải ngân 31/3",
        "Nghị quyết số 09/2022/NQ-HĐND",
        "Thông tư 05/2023/TT-BTC",
        "kế hoạch 271/KH-UBND",
        "32/13/2020",
        "ngày 31/2",
        "(26 tháng Chạp)",
        "năm học 2023-2024",
        "ba tháng đầu vận hành bộ máy",
        "còn 3 tháng nữa",
        "phạt 6 tháng tù",
        "kỳ hạn 6-11 tháng",
        "10 triệu đồng/tháng",
        "những năm qua",
        "các năm trước",
        "hai năm trước",
        "vài tháng qua",
        "hàng nghìn năm qua",
        "từ 1-2 lần",
        "từ 3 - 5 năm",
        "2 triệu đồng một tháng",
        "tạm giam 4 tháng",
        "phần thưởng cao quý nhất",
        "những năm tháng khó khăn",
        "quý độc giả",
        "lãi suất cùng kỳ hạn",
        "năm 2023 tỷ đồng",
        "chín tháng tuổi",
        "ngã tư đường 30 tháng 4",
        "quảng trường 2 tháng 9",
        "mất 7 tháng mới xong",
    ],
)
def test_what_is_no_period(phrase: str) -> None:
    assert find_periods(phrase) == []


@pytest.mark.parametrize(
    ("phrase", "compared"),
    [
        ("tăng 18,3% so với quý I/2021", True),
        ("so với thực hiện năm 2016", True),
        ("gấp 2,04 lần năm 2015", True),
        ("tăng 9% so cùng kỳ", True),
        ("bằng 90% cùng kỳ năm 2022", True),
        ("(cùng kỳ năm 2019 là 1.151,6 tỉ đồng)", True),
        ("thu năm 2016 đạt", False),
        ("Cùng kỳ, tổng mức bán lẻ tăng", False),
        ("toàn tỉnh cùng thời điểm 52,7%", False),
    ],
)
def test_periods_that_a_figure_is_compared_with(phrase: str, compared: bool) -> None:
    assert only(phrase).comparison is compared


NINE_MONTHS = DateSpan(date(2023, 1, 1), date(2023, 9, 30))


@pytest.mark.parametrize(
    ("phrase", "base", "expected"),
    [
        ("cùng kỳ", NINE_MONTHS, (date(2022, 1, 1), date(2022, 9, 30))),
        ("cùng kỳ năm trước", NINE_MONTHS, (date(2022, 1, 1), date(2022, 9, 30))),
        ("cùng kỳ năm 2019", NINE_MONTHS, (date(2019, 1, 1), date(2019, 9, 30))),
        ("cùng kỳ", DateSpan(date(2023, 2, 1), date(2023, 2, 28)), (date(2022, 2, 1), date(2022, 2, 28))),
        ("cùng kỳ năm 2020", DateSpan(date(2023, 2, 1), date(2023, 2, 28)), (date(2020, 2, 1), date(2020, 2, 29))),
        ("cùng kỳ", DateSpan(date(2023, 7, 1), None), (date(2022, 7, 1), None)),
    ],
)
def test_the_same_period_repeats_that_of_the_figure(
    phrase: str, base: DateSpan, expected: tuple[date | None, date | None]
) -> None:
    span = same_period(base, only(phrase))
    assert (span.start, span.end) == expected


@pytest.mark.parametrize(
    ("phrase", "reference", "year", "expected"),
    [
        ("quý II", None, None, DateSpan(None, None, ("no_year",))),
        ("ngày 30/3", REPORT, None, DateSpan(None, None, ("no_year",))),
        ("năm ngoái", None, None, DateSpan(None, None, ("no_year",))),
        ("năm ngoái", None, 2022, DateSpan(date(2021, 1, 1), date(2021, 12, 31))),
        ("đến nay", None, None, DateSpan(None, None, ("no_year", "no_date"))),
        ("đến nay", None, 2023, DateSpan(date(2023, 1, 1), None, ("no_date",))),
        ("tháng trước", None, 2023, DateSpan(None, None, ("no_date",))),
        ("cùng kỳ", REPORT, 2024, DateSpan(None, None, ("no_base",))),
        ("quý II/2022", None, None, DateSpan(date(2022, 4, 1), date(2022, 6, 30))),
    ],
)
def test_what_is_not_known_is_doubted_and_not_guessed(
    phrase: str, reference: date | None, year: int | None, expected: DateSpan
) -> None:
    assert resolve(only(phrase), reference, year) == expected


@pytest.mark.parametrize(
    ("said_on", "end"),
    [(date(2022, 9, 28), "2022-09-30"), (date(2022, 10, 2), "2022-09-30"), (date(2022, 11, 2), "2022-10-31")],
)
def test_nine_months_gone_are_the_last_whole_ones(said_on: date, end: str) -> None:
    assert days("9 tháng qua", said_on)[1] == end


DATES = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(DATES, st.sampled_from("/-."))
def test_any_date_written_with_its_year_reads_back(day: date, mark: str) -> None:
    assert days(f"ngày {day.day:02}{mark}{day.month:02}{mark}{day.year}", None, None) == (str(day), str(day))


@given(DATES)
def test_any_date_written_in_words_reads_back(day: date) -> None:
    assert days(f"ngày {day.day} tháng {day.month} năm {day.year}", None, None) == (str(day), str(day))


@given(st.integers(1, 12), st.integers(1900, 2099))
def test_any_count_of_months_starts_on_new_years_day(months: int, year: int) -> None:
    start, end = days(f"{months} tháng đầu năm {year}", None, None)
    assert (start, end and end[:7]) == (f"{year}-01-01", f"{year}-{months:02}")


PIECES = [
    "tháng ", "9 ", "2022", "năm ", "quý ", "IV", "đến ", "hết ", "từ ", "ngày ", "31/12", "/2024", "cùng kỳ ",
    "so với ", "nửa ", "đầu ", "cuối ", "nay", "lũy kế ", "giai đoạn ", "-", " ", "\n", ", ", "trước ",
    "niên độ ", "hai ",
]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)), st.none() | DATES)
def test_no_text_raises_and_spans_are_in_order_and_in_range(text: str, reference: date | None) -> None:
    end = 0
    for mention in find_periods(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        span = resolve(mention, reference, 2024)
        assert span.doubts or span.start is not None
        assert same_period(span, mention) is not None


REPEATED = [
    "7", "1/", "31/12", "tháng ", "9 tháng ", "năm ", "năm 20", "từ ", "đến ", "tính đến hết ", "cùng kỳ ", "lũy kế ",
    "ngày 3/4 đến ", "quý ", "hết ", "so với ", "giai đoạn ",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_time_grows_with_the_length_of_any_repetition(piece: str) -> None:
    assert_grows_linearly(find_periods, piece, 10_000 // len(piece))
