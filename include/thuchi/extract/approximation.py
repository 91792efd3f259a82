"""What stands around a number: "gần", "hơn", "trở lên", and the sign."""

from __future__ import annotations

import re

from thuchi.model import Approx

_APPROX: dict[tuple[str, ...], Approx] = {
    ("khoảng",): "about", ("chừng",): "about", ("xấp", "xỉ"): "about", ("vào", "khoảng"): "about",
    ("ước", "khoảng"): "about", ("trên", "dưới"): "about", ("tầm",): "about",
    ("cỡ",): "about",
    ("tròm", "trèm"): "about", ("xêm", "xêm"): "about", ("ước", "chừng"): "about", ("áng", "chừng"): "about",
    ("suýt", "soát"): "about", ("gần", "trên"): "about", ("khoảng", "hơn"): "about",
    ("khoảng", "trên"): "about", ("khoảng", "gần"): "about", ("độ", "khoảng"): "about",
    ("hơn",): "at_least", ("trên",): "at_least", ("tối", "thiểu"): "at_least", ("ít", "nhất"): "at_least",
    ("không", "dưới"): "at_least", ("không", "thấp", "hơn"): "at_least", ("tối", "thiểu", "là"): "at_least",
    ("qua", "mốc"): "at_least", ("vượt", "mốc"): "at_least", ("quá",): "at_least",
    ("tối", "thiểu", "từ"): "at_least", ("ít", "nhất", "là"): "at_least",
    ("gần",): "below", ("dưới",): "below", ("ngót",): "below", ("ngót", "nghét"): "below",
    ("chưa", "đầy"): "below", ("chưa", "được"): "below", ("chưa", "nổi"): "below",
    ("ngấp", "nghé"): "below", ("non",): "below", ("suýt",): "below",
    ("chưa", "đến"): "below", ("chưa", "tới"): "below", ("không", "quá"): "below",
    ("tối", "đa"): "below",
}  # fmt: skip
_LAST_WORDS = frozenset(words[-1] for words in _APPROX)
_COMPARATIVES = frozenset({"cao", "thấp", "nhiều", "ít", "lớn", "nhỏ", "kém", "tốt", "nhanh"})
_TOKEN = re.compile(r"[^\s(\[\"“‘'/]+")
_AND_ABOVE = re.compile(r"(?P<between>[^.;:\n%\d]{0,40}?)(?<!\w)trở\s{1,3}(?P<way>lên|xuống)(?!\w)")


def word_before(low: str, start: int) -> str:
    """The word that ends before `start`, with whatever is glued to it; "" where none does."""
    words = low[start - 24 if start > 24 else 0 : start].rsplit(None, 1)
    return words[-1] if words else ""


def approximation(low: str, start: int) -> tuple[int, Approx]:
    """Where the approximation word before `start` begins, and what it says; `start` itself where none is."""
    if word_before(low, start).lstrip("([\"“‘'/") not in _LAST_WORDS:
        return start, "exact"
    tokens = [(found.start(), found[0]) for found in _TOKEN.finditer(low, max(0, start - 32), start)]
    words = [word for _, word in tokens]
    if words[-1:] == ["hơn"] and words[-2:-1] and words[-2] in _COMPARATIVES and words[-3:-2] != ["không"]:
        return start, "exact"  # "cao hơn 9,47 điểm %" compares
    if words[-2:] == ["cấp", "trên"]:
        return start, "exact"  # "bổ sung từ ngân sách cấp trên 22 tỷ đồng"
    for length in (3, 2, 1):
        approx = _APPROX.get(tuple(words[-length:])) if len(words) >= length else None
        if approx is not None:
            return tokens[-length][0], approx
    return start, "exact"


_MULTIPLIED = frozenset(["gấp", "tăng", "bằng", "giảm", "lên", "vượt", "hơn", "cao"])
_COMPARED_AFTER = re.compile(r"\s+(?:so|năm\s+\d|cùng\s+k)")


def is_multiple(low: str, start: int, end: int) -> bool:
    """Whether "2 lần" multiplies ("tăng hơn 2 lần", "2,3 lần năm 2015") rather than counts ("họp 2 lần")."""
    first, _ = approximation(low, start)
    return word_before(low, first) in _MULTIPLIED or _COMPARED_AFTER.match(low, end) is not None


_MULTIPLIER = re.compile(r"(?<!\w)gấp\s{1,3}\Z")


def multiplier_start(low: str, start: int) -> int:
    """Where "gấp" stands before a multiple, without which it would not read again as one."""
    found = _MULTIPLIER.search(low, max(0, start - 8), start)
    return found.start() if found else start


def and_above(low: str, start: int, end: int) -> tuple[int, Approx]:
    """ "40% trở lên", and "từ 45% kế hoạch vốn trở lên", whose words between are kept out of the span."""
    if low.find("trở", end, end + 48) < 0:
        return end, "exact"
    found = _AND_ABOVE.match(low, end)
    if found is None:
        return end, "exact"
    between = found["between"].strip()
    if between and word_before(low, start) != "từ":
        return end, "exact"
    return (end if between else found.end()), "at_least" if found["way"] == "lên" else "below"


def is_negative(low: str, start: int) -> bool:
    """Whether a minus sign is glued to the number and apart from what is before it: "(-5,2%)", "tăng −9,8%".

    One that opens a line is a bullet, one after a number or word a dash; one that opens the whole text is the
    sign of a quote that begins at its number.
    """
    return low[start - 1 : start] in ("-", "−") and (start == 1 or low[start - 2] in "([|: \u00a0\t")
