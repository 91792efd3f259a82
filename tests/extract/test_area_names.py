"""Which words of an article are the name of a place, and of which."""

from __future__ import annotations

import pytest
from area_reading import read

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
def test_names(text: str, expected: list[str]) -> None:
    assert read(text) == expected
