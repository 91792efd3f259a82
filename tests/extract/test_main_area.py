"""Which unit an article as a whole is about, and what says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from area_reading import article, context, gazetteer

from thuchi.extract.areas import area_context

MAIN = [
    # (source's area, published, text, main area, its level, where from)
    (
        None,
        "2023-05-31",
        "Thường trực Tỉnh ủy giao ban\nBổ sung vốn cho huyện Na Rì và huyện Pác Nặm của tỉnh.",
        "tỉnh Bắc Kạn",
        "province",
        "implied",
    ),
    (
        None,
        "2022-03-31",
        "Bắc Giang: Thu nội địa tăng\nThấp hơn mức chung của cả nước.",
        "tỉnh Bắc Giang",
        "province",
        "title",
    ),
    (
        None,
        "2023-03-30",
        "(CTTĐTBP) - Sáng 30/3, Thành ủy Đồng Xoài làm việc với UBND thành phố.",
        "thành phố Đồng Xoài",
        "district",
        "earlier",
    ),
    (None, "2022-03-31", "Thu ngân sách tăng\nTổng thu toàn tỉnh đạt 900 tỷ đồng.", None, None, "source"),
    # the treasury speaks for the nation where no place is named with it
    (
        None,
        "2023-10-05",
        "Kho bạc Nhà nước: giải ngân đạt 42%\nTheo Kho bạc Nhà nước, 90 cán bộ ở Cần Thơ được tập huấn.",
        "Việt Nam",
        "nation",
        "title",
    ),
    (
        None,
        "2023-10-05",
        "Kho bạc Nhà nước Cần Thơ: giải ngân đạt 42%\nTheo Kho bạc Nhà nước, 90 cán bộ được tập huấn.",
        "thành phố Cần Thơ",
        "province",
        "title",
    ),
    # the nation is told of first, two provinces are its examples
    (
        None,
        "2022-08-12",
        "Tiền đất chững lại\nTheo Bộ Tài chính, thu tiền sử dụng đất cả nước đạt 70% dự toán.\nQuảng Nam là một trường "
        "hợp: dự toán của tỉnh là 3.000 tỷ đồng. Sở Tài chính Quảng Nam đang lo.\nTại Bình Định, tỉnh thu được 41%.",
        "Việt Nam",
        "nation",
        "earlier",
    ),
    # a province is told of first, and a ministry and its neighbour in passing
    (
        None,
        "2022-08-12",
        "Tiền đất chững lại\nQuảng Nam thu tiền sử dụng đất được 900 tỷ đồng. Quảng Nam đang lo.\nTheo Bộ Tài chính, "
        "cả nước và Bình Định cũng vậy.",
        "tỉnh Quảng Nam",
        "province",
        "earlier",
    ),
    # where a meeting was held is one place of a national article that has no "tỉnh"
    (
        None,
        "2014-12-26",
        "Tổng kết công tác thuế\nHội nghị sáng 25/12 tại Hà Nội nêu kết quả của 58 địa phương, trong đó Hải Phòng vượt "
        "xa dự toán.\nBộ Tài chính đề nghị siết chi tiêu ở Hà Nội.",
        "Việt Nam",
        "nation",
        "earlier",
    ),
    # examples of many places, named once, as the article ends
    (
        None,
        "2020-05-10",
        "Từ mỏ dầu đến ngân sách\n"
        + "Quốc hội giao thu từ dầu thô 34 nghìn tỷ đồng. " * 20
        + "\nNhà máy Dung Quất, Nghi Sơn nuôi ngân sách nhiều nơi, từ Quảng Ngãi ra Thanh Hóa, vào tới Cà Mau.",
        "Việt Nam",
        "nation",
        "implied",
    ),
    # the nation is only what the province is compared with
    (
        None,
        "2022-03-31",
        "Cao hơn bình quân cả nước\nTỉnh giải ngân 23%, vốn tỉnh 90 tỷ đồng; bình quân chung của cả nước là 14%.",
        None,
        None,
        "source",
    ),
    (
        "06",
        "2022-03-31",
        "Thu ngân sách tăng\nTổng thu toàn tỉnh đạt 900 tỷ đồng.",
        "tỉnh Bắc Kạn",
        "province",
        "source",
    ),
    (
        "06",
        "2026-03-31",
        "Thu ngân sách tăng\nTổng thu toàn tỉnh đạt 900 tỷ đồng.",
        "tỉnh Thái Nguyên",
        "province",
        "source",
    ),
    (
        None,
        None,
        "Vé số giúp tăng thu\nTheo Bộ Tài chính, thu nội địa đạt 843.000 tỉ đồng.",
        "Việt Nam",
        "nation",
        "earlier",
    ),
    (None, None, "Bội chi tăng\nDự toán thu NSNN là 1.411.300 tỷ đồng.", "Việt Nam", "nation", "implied"),
    (
        None,
        None,
        "Tranh luận ở nghị trường\nQuốc hội thảo luận ngân sách. Đại biểu Hoàng Hàm (Phú Thọ) phát biểu.",
        "Việt Nam",
        "nation",
        "earlier",
    ),
    (None, None, "Giá cà phê tăng\nNông dân phấn khởi.", None, None, "source"),
    # provinces named alike are examples; a town of the headline is visited, where the province reports
    (
        None,
        "2017-09-06",
        "Tỉnh than thiếu vốn, bộ than thừa\nTheo Bộ Tài chính, khá nhất là Vĩnh Long, kế đó Bến Tre, Lào Cai.",
        "Việt Nam",
        "nation",
        "earlier",
    ),
    (
        None,
        "2017-09-06",
        "Tỉnh than thiếu vốn\nTheo Bộ Tài chính, khá nhất là Vĩnh Long; Vĩnh Long, Vĩnh Long. Bến Tre kém hơn.",
        "tỉnh Vĩnh Long",
        "province",
        "earlier",
    ),
    (
        None,
        "2014-11-03",
        "Thủ tướng thăm Cảnh Dương\nTại xã biển này của Quảng Trạch, Quảng Bình, ông nghe báo cáo của Tỉnh ủy, "
        "UBND tỉnh và lãnh đạo tỉnh.",
        "tỉnh Quảng Bình",
        "province",
        "earlier",
    ),
    (
        None,
        "2023-09-06",
        "Sóc Trăng: giải ngân chậm\nTheo Sở Kế hoạch và Đầu tư tỉnh Sóc Trăng, cuối bảng là TP Sóc Trăng.",
        "tỉnh Sóc Trăng",
        "province",
        "title",
    ),
]


@pytest.mark.parametrize(("source", "published", "text", "name", "level", "origin"), MAIN)
def test_main_area(
    source: str | None,
    published: str | None,
    text: str,
    name: str | None,
    level: str | None,
    origin: str,
) -> None:
    main = context(text, published, source).main
    assert (main.area and main.area.name, main.level, main.evidence.origin) == (name, level, origin)
    assert bool(main.doubts) == (name is None)


@pytest.mark.parametrize(
    ("url", "text", "name", "words"),
    [
        (
            "https://dongtrieu.quangninh.gov.vn/tin/1",
            "UBND thị xã họp. Thị xã thu 100 tỷ đồng.",
            "thị xã Đông Triều",
            None,
        ),
        ("https://baobacgiang.com.vn/tin/1", "Toàn tỉnh thu 100 tỷ đồng.", "tỉnh Bắc Giang", None),
        (None, "(Baonghean.vn) - Sáng 2/7, UBND tỉnh họp.", "tỉnh Nghệ An", "Baonghean.vn"),
        ("https://tuoitre.vn/1", "UBND tỉnh họp.", None, None),
        ("https://baobacgiang.com.vn/tin/1", "UBND tỉnh Bắc Ninh họp.", "tỉnh Bắc Ninh", "tỉnh Bắc Ninh"),
    ],
)
def test_a_host_tells_the_place_where_no_words_do(
    url: str | None, text: str, name: str | None, words: str | None
) -> None:
    given = replace(article(text), url=url)
    main = area_context(given, gazetteer().find(text), gazetteer()).main
    assert (main.area and main.area.name) == name
    if words is not None:
        assert text[main.evidence.start : main.evidence.end] == words
