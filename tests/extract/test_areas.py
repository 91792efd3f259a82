"""Which places an article names, and what they mean."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchi.extract.areas import AreaContext, area_context
from thuchi.extract.gazetteer import Gazetteer
from thuchi.model import LOCAL_ZONE, Article
from thuchi.vocabulary import vocabulary


@cache
def the_gazetteer() -> Gazetteer:
    words = vocabulary()
    return Gazetteer(words.areas, words.area_words)


@pytest.fixture
def gazetteer() -> Gazetteer:
    return the_gazetteer()


def article(text: str, published: str | None = "2022-10-05", source_area: str | None = None) -> Article:
    moment = None if published is None else datetime.fromisoformat(published).replace(tzinfo=LOCAL_ZONE)
    return Article("a", "s", None, None, moment, text, source_area=source_area)


def context(
    gazetteer: Gazetteer, text: str, published: str | None = "2022-10-05", source: str | None = None
) -> AreaContext:
    return area_context(article(text, published, source), gazetteer.find(text), gazetteer)


def read(gazetteer: Gazetteer, text: str, published: str | None = "2022-10-05") -> list[str]:
    """ "words = unit, province" of each mention, "words ? doubt" of one that stays open."""
    places = context(gazetteer, text, published)
    found = []
    for mention in places.mentions:
        words, reading = text[mention.start : mention.end], places.resolve(mention)
        if reading.area is None:
            found.append(f"{words} ? {reading.doubts[0]}")
        else:
            found.append(
                f"{words} = {reading.area.name}" + (f", {reading.area.province}" if reading.area.province else "")
            )
    return found


NAMES = [
    # types, abbreviations, organs
    ("Sáng 4/3, UBND TP Cao Lãnh họp", ["TP Cao Lãnh = thành phố Cao Lãnh, Đồng Tháp"]),
    ("thị xã (TX. Ngã Năm) thu", ["thị xã = thị xã Ngã Năm, Sóc Trăng", "TX. Ngã Năm = thị xã Ngã Năm, Sóc Trăng"]),
    ("tại H. Nhà Bè và Q.7", ["H. Nhà Bè = huyện Nhà Bè, Hồ Chí Minh", "Q.7 = quận 7, Hồ Chí Minh"]),
    ("Quận 1, Quận 3 và Quận 10", [f"Quận {n} = quận {n}, Hồ Chí Minh" for n in (1, 3, 10)]),
    ("Thành ủy Đồng Xoài họp", ["Thành ủy Đồng Xoài = thành phố Đồng Xoài, Bình Phước"]),
    ("Huyện uỷ Nhà Bè họp", ["Huyện uỷ Nhà Bè = huyện Nhà Bè, Hồ Chí Minh"]),
    ("Theo Cục Thuế Phú Yên, thu đạt", ["Phú Yên = tỉnh Phú Yên, Phú Yên"]),
    ("Kho bạc Nhà nước Sơn La giải ngân", ["Sơn La = tỉnh Sơn La, Sơn La"]),
    ("Chi cục Hải quan và Hải quan Lạng Sơn", ["Lạng Sơn = tỉnh Lạng Sơn, Lạng Sơn"]),
    # ways of writing
    (
        "Thu của TPHCM, TP.HCM, TP. Hồ Chí Minh",
        [f"{n} = thành phố Hồ Chí Minh, Hồ Chí Minh" for n in ("TPHCM", "TP.HCM", "TP. Hồ Chí Minh")],
    ),
    ("UBND TP.\nHCM báo cáo", ["TP.\nHCM = thành phố Hồ Chí Minh, Hồ Chí Minh"]),
    (
        "tỉnh BR-VT và tỉnh Bà Rịa – Vũng Tàu",
        [f"tỉnh {n} = tỉnh Bà Rịa - Vũng Tàu, Bà Rịa - Vũng Tàu" for n in ("BR-VT", "Bà Rịa – Vũng Tàu")],
    ),
    ("Tỉnh Thừa Thiên - Huế chi", ["Tỉnh Thừa Thiên - Huế = tỉnh Thừa Thiên Huế, Thừa Thiên Huế"]),
    (
        "THÀNH PHỐ TUY HÒA và Thành phố Tuy Hoà",
        [f"{n} = thành phố Tuy Hòa, Phú Yên" for n in ("THÀNH PHỐ TUY HÒA", "Thành phố Tuy Hoà")],
    ),
    ("tỉnh Đăk Lăk, tỉnh Đắc Lắc", [f"tỉnh {n} = tỉnh Đắk Lắk, Đắk Lắk" for n in ("Đăk Lăk", "Đắc Lắc")]),
    ("TP Qui Nhơn", ["TP Qui Nhơn = thành phố Quy Nhơn, Bình Định"]),
    ("huyện Mù Cang Chải", ["huyện Mù Cang Chải = huyện Mù Căng Chải, Yên Bái"]),
    ("BẮC GIANG - Chiều 31/3, báo cáo", ["BẮC GIANG = tỉnh Bắc Giang, Bắc Giang"]),
    # no names, or no places
    ("giữ hòa bình, cuộc sống yên bình", []),
    ("Đường Trần Phú, phố Hải Dương, cầu Đại Ngãi", []),
    ("đồng chí Nguyễn Văn Hải Dương chủ trì", []),
    ("ông Lê Hòa Bình cho biết", []),
    ("Công ty TNHH MTV Xổ số kiến thiết Bến Tre nộp", []),
    ("Trường Đại học Kinh tế Quốc dân Hà Nội tổ chức", []),
    ("Lăng Chủ tịch Hồ Chí Minh", []),
    ("phát triển kinh tế - xã hội, tỉnh lộ 9, hợp tác xã", []),
    ("các huyện, thành phố; cấp tỉnh; 12 xã", []),
    ("UBND quận 03 tháng đầu năm", ["quận ? area_unnamed"]),
    ("cơn bão ở thành phố Quảng Châu, tỉnh Aleppo", []),
    # the nation
    ("thu ngân sách cả nước", ["cả nước = Việt Nam"]),
    ("dự toán Bộ Tài chính giao", []),
    ("Mặt trận Tổ quốc Việt Nam", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names(gazetteer: Gazetteer, text: str, expected: list[str]) -> None:
    assert read(gazetteer, text) == expected


MEANINGS = [
    # a type alone is the article's own unit of that type, or the one that was named last
    (
        "2022-10-05",
        "Huyện Mường Lát (Thanh Hóa) họp. UBND tỉnh giao vốn; toàn huyện giải ngân.",
        [
            "Huyện Mường Lát = huyện Mường Lát, Thanh Hóa",
            "Thanh Hóa = tỉnh Thanh Hóa, Thanh Hóa",
            "tỉnh = tỉnh Thanh Hóa, Thanh Hóa",
            "huyện = huyện Mường Lát, Thanh Hóa",
        ],
    ),
    (
        "2020-12-08",
        "Phú Yên: dự toán tỉnh giao\nTX Đông Hòa 743 tỉ đồng (124%), Tây Hòa 152 tỉ đồng.",
        [
            "Phú Yên = tỉnh Phú Yên, Phú Yên",
            "tỉnh = tỉnh Phú Yên, Phú Yên",
            "TX Đông Hòa = thị xã Đông Hòa, Phú Yên",
            "Tây Hòa = huyện Tây Hòa, Phú Yên",
        ],
    ),
    # a list shares its type and its district
    (
        "2024-10-15",
        "UBND huyện Thạch Thất họp. Các xã đi đầu: Phùng Xá 24,6 tỷ đồng (118%), Hữu Bằng 18,9 tỷ đồng, "
        "thị trấn Liên Quan 15 tỷ đồng; xã Yên Bình, Tiến Xuân và Yên Trung còn hụt.",
        [
            "huyện Thạch Thất = huyện Thạch Thất, Hà Nội",
            "Phùng Xá = xã Phùng Xá, Hà Nội",
            "Hữu Bằng = xã Hữu Bằng, Hà Nội",
            "thị trấn Liên Quan = thị trấn Liên Quan, Hà Nội",
            "xã Yên Bình = xã Yên Bình, Hà Nội",
            "Tiến Xuân = xã Tiến Xuân, Hà Nội",
            "Yên Trung = xã Yên Trung, Hà Nội",
        ],
    ),
    # one name, many units
    ("2022-10-05", "Thu của huyện Châu Thành tăng.", ["huyện Châu Thành ? area_ambiguous"]),
    (
        "2022-10-05",
        "Trà Vinh: huyện Châu Thành thu 90 tỷ đồng",
        ["Trà Vinh = tỉnh Trà Vinh, Trà Vinh", "huyện Châu Thành = huyện Châu Thành, Trà Vinh"],
    ),
    (
        "2022-10-05",
        "huyện Phú Tân (Cà Mau) và huyện Phú Tân, tỉnh An Giang",
        [
            "huyện Phú Tân = huyện Phú Tân, Cà Mau",
            "Cà Mau = tỉnh Cà Mau, Cà Mau",
            "huyện Phú Tân = huyện Phú Tân, An Giang",
            "tỉnh An Giang = tỉnh An Giang, An Giang",
        ],
    ),
    (
        "2022-10-05",
        "Hải Dương: giao ban\nUBND tỉnh Hải Dương giao TP Hải Dương thu tiền đất.",
        [
            "Hải Dương = tỉnh Hải Dương, Hải Dương",
            "tỉnh Hải Dương = tỉnh Hải Dương, Hải Dương",
            "TP Hải Dương = thành phố Hải Dương, Hải Dương",
        ],
    ),
    # before and after the mergers
    ("2022-09-30", "thị xã Đông Triều thu", ["thị xã Đông Triều = thị xã Đông Triều, Quảng Ninh"]),
    (
        "2019-12-20",
        "UBND Quận 9 và quận Thủ Đức",
        ["Quận 9 = quận 9, Hồ Chí Minh", "quận Thủ Đức = quận Thủ Đức, Hồ Chí Minh"],
    ),
    (
        "2023-01-06",
        "UBND TP Thủ Đức (TP.HCM)",
        ["TP Thủ Đức = thành phố Thủ Đức, Hồ Chí Minh", "TP.HCM = thành phố Hồ Chí Minh, Hồ Chí Minh"],
    ),
    ("2023-01-06", "UBND TP Huế báo cáo", ["TP Huế = thành phố Huế, Thừa Thiên Huế"]),
    (
        "2025-04-04",
        "UBND thành phố Huế họp; quận Thuận Hóa",
        ["thành phố Huế = thành phố Huế, Huế", "quận Thuận Hóa = quận Thuận Hóa, Huế"],
    ),
    (
        "2025-10-03",
        "UBND xã Đức Trọng (tỉnh Lâm Đồng)",
        ["xã Đức Trọng = xã Đức Trọng, Lâm Đồng", "tỉnh Lâm Đồng = tỉnh Lâm Đồng, Lâm Đồng"],
    ),
    (
        "2025-10-10",
        "phường Thủ Dầu Một (TP.HCM)",
        ["phường Thủ Dầu Một = phường Thủ Dầu Một, Hồ Chí Minh", "TP.HCM = thành phố Hồ Chí Minh, Hồ Chí Minh"],
    ),
    (
        "2025-11-14",
        "UBND đặc khu Phú Quốc, tỉnh An Giang",
        ["đặc khu Phú Quốc = đặc khu Phú Quốc, An Giang", "tỉnh An Giang = tỉnh An Giang, An Giang"],
    ),
    # names that several towns share are those of the one town that has them all
    (
        "2022-07-02",
        "UBND thị xã báo cáo: phường Lam Sơn 10 tỷ đồng, phường Bắc Sơn 8 tỷ đồng, phường Ngọc Trạo 9 tỷ đồng.",
        [
            "thị xã = thị xã Bỉm Sơn, Thanh Hóa",
            "phường Lam Sơn = phường Lam Sơn, Thanh Hóa",
            "phường Bắc Sơn = phường Bắc Sơn, Thanh Hóa",
            "phường Ngọc Trạo = phường Ngọc Trạo, Thanh Hóa",
        ],
    ),
    (
        "2022-11-08",
        "Quảng Bình: huyện Quảng Ninh, Lệ Thủy thu vượt; TX Ba Đồn hụt",
        [
            "Quảng Bình = tỉnh Quảng Bình, Quảng Bình",
            "huyện Quảng Ninh = huyện Quảng Ninh, Quảng Bình",
            "Lệ Thủy = huyện Lệ Thủy, Quảng Bình",
            "TX Ba Đồn = thị xã Ba Đồn, Quảng Bình",
        ],
    ),
    (
        "2025-09-10",
        "UBND phường Quy Nhơn họp. Trước sáp nhập, thành phố Quy Nhơn (tỉnh Bình Định cũ) thu 3.000 tỷ đồng.",
        [
            "phường Quy Nhơn = phường Quy Nhơn, Gia Lai",
            "thành phố Quy Nhơn = thành phố Quy Nhơn, Bình Định",
            "tỉnh Bình Định = tỉnh Bình Định, Bình Định",
        ],
    ),
    # a bare name that a district left to a commune
    ("2024-10-03", "Đức Trọng: thu tăng", ["Đức Trọng = huyện Đức Trọng, Lâm Đồng"]),
    ("2025-10-03", "Đức Trọng: thu tăng", ["Đức Trọng = xã Đức Trọng, Lâm Đồng"]),
    # a unit that no list has is taken for no other
    ("2022-10-05", "thu phạt ở xã Suối Trầu tăng", ["xã Suối Trầu ? area_unknown"]),
]


@pytest.mark.parametrize(("published", "text", "expected"), MEANINGS)
def test_meanings(gazetteer: Gazetteer, published: str, text: str, expected: list[str]) -> None:
    assert read(gazetteer, text, published) == expected


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
    gazetteer: Gazetteer,
    source: str | None,
    published: str | None,
    text: str,
    name: str | None,
    level: str | None,
    origin: str,
) -> None:
    main = context(gazetteer, text, published, source).main
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
    gazetteer: Gazetteer, url: str | None, text: str, name: str | None, words: str | None
) -> None:
    given = replace(article(text), url=url)
    main = area_context(given, gazetteer.find(text), gazetteer).main
    assert (main.area and main.area.name) == name
    if words is not None:
        assert text[main.evidence.start : main.evidence.end] == words


def test_a_later_article_on_an_earlier_period_names_the_unit_of_that_time(gazetteer: Gazetteer) -> None:
    text = "Tỉnh Vĩnh Long tổng kết"
    places = context(gazetteer, text, "2025-12-11")
    (mention,) = places.mentions
    today, then = places.resolve(mention), places.resolve(mention, date(2024, 12, 31))
    assert (today.area and today.area.code, then.area and then.area.code) == ("86-202507", "86")
    assert today.area is not None
    assert gazetteer.as_it_was(today.area, date(2024, 12, 31)).code == "86"


def test_evidence_points_to_words(gazetteer: Gazetteer) -> None:
    text = "Thành ủy Đồng Xoài họp. UBND thành phố báo cáo."
    places = context(gazetteer, text)
    named, alone = (places.resolve(mention) for mention in places.mentions)
    for reading in (named, alone):
        assert reading.area is not None
        assert text[reading.evidence.start : reading.evidence.end] == "Thành ủy Đồng Xoài"


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ["UBND ", "tỉnh ", "TP. ", "xã ", "Hà ", "Nội ", "Sơn ", "La", ", ", "và ", "Quận 1", " - ", "\n", "("]
        )
    ).map("".join)
)
def test_any_text_is_searched_without_fault(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    mentions = the_gazetteer().find(text)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(first.end <= second.start for first, second in pairwise(mentions))
    places = area_context(article(text, None), mentions, the_gazetteer())
    for reading in map(places.resolve, mentions):
        assert (reading.area is None) == bool(reading.doubts)


def test_long_runs_take_linear_time(gazetteer: Gazetteer) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        places = context(gazetteer, text)
        for mention in places.mentions:
            places.resolve(mention)
        return time.process_time() - start

    for piece in (
        "Hà ",
        "Sơn - ",
        "xã ",
        "TP.",
        "(",
        "huyện Na Rì, ",
        "Sơn La ",
        "Sơn La - ",
        "xã Tân An, ",
        "UBND tỉnh, ",
    ):
        assert seconds(piece * 3_000) < 40 * max(seconds(piece * 300), 0.01), piece
