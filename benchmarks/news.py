"""Articles for the benchmark, of its own making: reports full of figures, and ordinary news that has none.

The same seed gives the same articles on every machine. The prose is plain, but numbers, units, areas, periods, lists
and the way a figure is put vary as they do in reports; ordinary news is full of numbers, money and percentages too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

PLACES = (
    ("huyện", "Ba Bể", "Bắc Kạn"), ("huyện", "Chợ Đồn", "Bắc Kạn"), ("huyện", "Chư Păh", "Gia Lai"),
    ("thành phố", "Cao Lãnh", "Đồng Tháp"), ("huyện", "Phù Cát", "Bình Định"), ("thị xã", "Đông Triều", "Quảng Ninh"),
    ("huyện", "Yên Lạc", "Vĩnh Phúc"), ("huyện", "Mỏ Cày Nam", "Bến Tre"), ("huyện", "Hải Hậu", "Nam Định"),
    ("thành phố", "Đồng Xoài", "Bình Phước"), ("huyện", "Lạc Thủy", "Hòa Bình"), ("huyện", "Tân Biên", "Tây Ninh"),
)  # fmt: skip
PERIODS = (("quý I", 3), ("6 tháng đầu năm", 6), ("9 tháng", 9), ("11 tháng", 11), ("năm", 12))

FIGURES = (
    "Tổng thu ngân sách nhà nước trên địa bàn {period} {year} ước đạt {amount}, bằng {share}% dự toán {assigner} giao,"
    " tăng {change}% so với cùng kỳ.",
    "Trong đó, thu nội địa thực hiện {amount}, đạt {share}% kế hoạch; thu tiền sử dụng đất {amount}; thuế thu nhập cá"
    " nhân {amount}, giảm {change}% so với cùng kỳ năm {before}.",
    "Tổng chi ngân sách {kind} là {approx} {amount}, đạt {share}% dự toán năm, trong đó chi thường xuyên {amount}, chi"
    " đầu tư phát triển {amount}.",
    "Kế hoạch vốn đầu tư công năm {year} của {kind} là {amount}; đến ngày {day}/{month}/{year} đã giải ngân {amount},"
    " đạt {share}% kế hoạch giao.",
    "Vốn các chương trình mục tiêu quốc gia giải ngân được {amount}, bằng {share}% kế hoạch.",
    "Thu ngân sách {kind} được hưởng theo phân cấp {approx} {amount}, vượt {small}% dự toán HĐND {kind} giao.",
    "{unit_up} phấn đấu cả năm {year} thu ngân sách đạt {amount} trở lên, tăng {change}% so với năm {before}.",
    "Lũy kế {period}, thu cân đối ngân sách đạt {amount}/{amount} kế hoạch, tương đương {share}%.",
)
LISTS = (
    "Kết quả một số khoản thu {period} {year} cụ thể như sau:\n- Thu từ khu vực ngoài quốc doanh: {amount}, đạt"
    " {share}% dự toán;\n- Lệ phí trước bạ: {amount}, đạt {share}% dự toán;\n- Thu phí, lệ phí: {amount}, đạt"
    " {share}% dự toán;\n- Thu khác ngân sách: {amount}.",
    "Dự toán thu, chi ngân sách năm {year}\nĐơn vị tính: triệu đồng\nChỉ tiêu | Dự toán | Thực hiện\nTổng thu ngân"
    " sách | {whole} | {whole}\nThu nội địa | {whole} | {whole}\nTổng chi ngân sách | {whole} | {whole}",
)
AROUND = (
    "Sáng {day}/{month}, UBND {unit} ({province}) họp phiên thường kỳ, nghe báo cáo và bàn việc của những tháng tới.",
    "Diện tích gieo trồng cả {kind} đạt {whole} ha, bằng {share}% kế hoạch; đàn lợn có {whole} con, không có dịch lớn.",
    "Giá trị sản xuất công nghiệp ước {amount}, tăng {change}% so với cùng kỳ; doanh thu bán lẻ khoảng {amount}.",
    "Các xã trong {kind} đã nạo vét {small} km mương, trồng mới {small} ha cây phân tán và làm {small} cầu dân sinh.",
    "Ngành Giáo dục huy động {share}% trẻ 5 tuổi ra lớp; tỷ lệ dân số tham gia bảo hiểm y tế là {share}%.",
    "Kết luận, chủ trì phiên họp giao các phòng soát lại từng phần việc còn chậm và báo cáo trước ngày {day}.",
)

PLAIN = (
    "Đội bóng của {town} thắng {small}-1 trên sân nhà, trước {whole} người xem, và đứng thứ {small}.",
    "Anh {name}, {age} tuổi, cho biết quán mở từ năm {before}, mỗi ngày bán {small} bát phở với giá {price}.000 đồng.",
    "Trời chuyển mát từ đêm {day}/{month}; vùng núi có nơi dưới {small} độ, mưa {small} mm, gió giật cấp 7.",
    "Cảnh sát bắt nhóm lừa bán vé giả, thu {small} điện thoại và {price} triệu đồng tiền mặt trong căn nhà thuê.",
    "Hãng xe giới thiệu mẫu mới giá từ {price} triệu đồng, rẻ hơn đời trước {small}%, giao cho khách từ tháng {month}.",
    "Bác sĩ {name} khuyên người trên {age} tuổi đi bộ {small} phút mỗi ngày, ăn ít muối và ngủ đủ giấc.",
    "Phim thu {price} tỷ đồng sau {small} ngày chiếu; đạo diễn {name} nói ông mất {small} năm cho kịch bản.",
    "Cổ phiếu của ngân hàng tăng {change}%, lên {price}.{small}00 đồng, với {whole} cổ phiếu được trao tay.",
    "Ca sĩ {name} hát {small} bài trong đêm nhạc ở {town}, khán giả trẻ hát theo đến tận khuya.",
    "Trường ở {town} tuyển {whole} sinh viên, điểm chuẩn từ {small} đến 27,5; học phí {price} triệu đồng một năm.",
    "Cuộc bầu cử ở nước này có {share}% cử tri đi bỏ phiếu, cao hơn lần trước {change}%, theo kết quả sơ bộ.",
    "Sau {small} giờ, lính cứu hỏa dập tắt đám cháy ở kho hàng rộng {whole} m2; không ai bị thương.",
    "Giá cà phê ở {town} lên {price}.{small}00 đồng một kg, người trồng chưa vội bán vì tin rằng còn tăng.",
    "Tôi và chồng cưới nhau {small} năm, có một con gái; chuyện tiền nong trong nhà xưa nay vẫn do tôi giữ.",
    "Điện thoại có màn hình {small} inch, pin 5.000 mAh, máy ảnh {price} megapixel và khung bằng nhôm tái chế.",
    "Con đường qua {town} ngập {small} cm sau cơn mưa chiều; xe máy chết hàng loạt, nhiều người dắt bộ về nhà.",
)
NAMES = ("Nguyễn Văn Bình", "Trần Thị Hoa", "Lê Minh Đức", "Phạm Thu Hà", "Hoàng Anh Tuấn", "Vũ Ngọc Lan")
TOWNS = ("Đà Lạt", "Hội An", "Sa Pa", "Phan Thiết", "Bảo Lộc", "Cửa Lò", "Mũi Né", "Châu Đốc")


@dataclass(frozen=True, slots=True)
class News:
    title: str
    published: date
    text: str


def reports(count: int, seed: int = 1) -> Iterator[News]:
    """Reports of a unit's finances, some eighteen figures each, which is dense."""
    for number in range(count):
        yield _report(Random(seed * 1_000_003 + number))


def ordinary(count: int, seed: int = 1) -> Iterator[News]:
    """News of sport, weather, crime, trade and home: many numbers, no fiscal figure."""
    for number in range(count):
        dice = Random(seed * 1_000_003 + number)
        published = _day(dice)
        told = [_filled(template, dice, published) for template in dice.sample(PLAIN, 12)]
        title = f"{dice.choice(TOWNS)}: chuyện của một ngày tháng {published.month}"
        yield News(title, published, "\n".join((title, *(" ".join(told[at : at + 3]) for at in range(0, 12, 3)))))


def _report(dice: Random) -> News:
    kind, name, province = dice.choice(PLACES)
    period, months = dice.choice(PERIODS)
    published = date(dice.randint(2019, 2024), months, 28) + timedelta(days=dice.randint(0, 2))
    told = [AROUND[0], *dice.sample(FIGURES, 4), dice.choice(LISTS), *dice.sample(AROUND[1:], 3)]
    values = {"kind": kind, "unit": f"{kind} {name}", "province": f"tỉnh {province}", "period": period}
    values["unit_up"] = values["unit"][0].upper() + values["unit"][1:]
    title = f"{values['unit_up']}: thu, chi ngân sách {period} {published.year}"
    return News(title, published, "\n\n".join((title, *(_filled(each, dice, published, values) for each in told))))


def _filled(template: str, dice: Random, day: date, values: dict[str, str] | None = None) -> str:
    """The template with each {name} filled anew, so that {amount} differs each time that it stands there."""
    words, rest = "", template
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        words += before + ((values or {}).get(name) or _value(name, dice, day))
    return words + rest


def _value(name: str, dice: Random, day: date) -> str:
    match name:
        case "amount":
            return _amount(dice)
        case "share":
            return f"{dice.uniform(20, 130):.1f}".replace(".", ",")
        case "change":
            return f"{dice.uniform(0.5, 40):.1f}".replace(".", ",")
        case "whole":
            return f"{dice.randint(1_000, 900_000):,}".replace(",", ".")
        case "small":
            return str(dice.randint(2, 30))
        case "age" | "price":
            return str(dice.randint(20, 99))
        case "approx":
            return dice.choice(("gần", "hơn", "khoảng", "trên"))
        case "assigner":
            return dice.choice(("tỉnh", "HĐND tỉnh", "Trung ương"))
        case "year" | "month" | "day":
            return str(getattr(day, name))
        case "before":
            return str(day.year - 1)
        case "name":
            return dice.choice(NAMES)
        case "town":
            return dice.choice(TOWNS)
    raise ValueError(f"no value is called {name}")


def _amount(dice: Random) -> str:
    """A sum as reports print it: "52,4 tỷ đồng", "1.584 tỷ đồng", "223 tỷ 550 triệu đồng", "812.400 triệu đồng"."""
    whole = dice.randint(2, 2_400)
    dotted = f"{whole:,}".replace(",", ".")
    return dice.choice(
        (
            f"{dotted},{dice.randint(1, 9)} tỷ đồng",
            f"{dotted} tỷ đồng",
            f"{dotted} tỷ {dice.randint(100, 999)} triệu đồng",
            f"{dotted}.{dice.randint(100, 999)} triệu đồng",
        )
    )


def _day(dice: Random) -> date:
    return date(2019, 1, 1) + timedelta(days=dice.randint(0, 2_000))
