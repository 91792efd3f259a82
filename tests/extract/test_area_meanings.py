"""Which unit a name means in its article, at the time of its article."""

from __future__ import annotations

from datetime import date

import pytest
from area_reading import context, gazetteer, read

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
            "tỉnh Bình Định cũ = tỉnh Bình Định, Bình Định",
        ],
    ),
    # a bare name that a district left to a commune
    ("2024-10-03", "Đức Trọng: thu tăng", ["Đức Trọng = huyện Đức Trọng, Lâm Đồng"]),
    ("2025-10-03", "Đức Trọng: thu tăng", ["Đức Trọng = xã Đức Trọng, Lâm Đồng"]),
    # a unit that no list has is taken for no other
    ("2022-10-05", "thu phạt ở xã Suối Trầu tăng", ["xã Suối Trầu ? area_unknown"]),
]


@pytest.mark.parametrize(("published", "text", "expected"), MEANINGS)
def test_meanings(published: str, text: str, expected: list[str]) -> None:
    assert read(text, published) == expected


def test_a_later_article_on_an_earlier_period_names_the_unit_of_that_time() -> None:
    text = "Tỉnh Vĩnh Long tổng kết"
    places = context(text, "2025-12-11")
    (mention,) = places.mentions
    today, then = places.resolve(mention), places.resolve(mention, date(2024, 12, 31))
    assert (today.area and today.area.code, then.area and then.area.code) == ("86-202507", "86")
    assert today.area is not None
    assert gazetteer().as_it_was(today.area, date(2024, 12, 31)).code == "86"
