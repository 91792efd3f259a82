"""Numbers beside a word of the budget that are none of its figures: what the annotation guide leaves out.

Shares, rates, averages, differences, remainders, what is asked for and what only would be.
"""

from __future__ import annotations

from collections.abc import Sequence

from thuchi.extract.lexing import Unit, Units

# How far after a number the words stand that say it is a remainder: "14.200 tỷ đồng vốn trái phiếu Chính phủ còn dư".
_TAIL = 5
SAME_AS = frozenset({"tương ứng", "tương đương", "tương ứng với", "tương đương với", "tức", "tức là"})
"""Before a number that says the one before it again: "39.000 tỷ đồng, tương đương 3%"."""
_BETWEEN = frozenset({"plain", "mark", "period", "same_period", "versus"})
"""What may stand between a number and the one that says it again, besides the words for a plan."""
_MISSED = ("exceed", "up", "down", "short")
_SHARES = frozenset({"tỷ trọng", "cơ cấu"})
_UNCOUNTED = frozenset({"average", "condition", "use", "remainder", "earlier_month", "proposal"})
"""Kinds of words that take a sum out of the count; three sentences in four have none."""


def is_uncounted_amount(units: Units, at: int, before: Sequence[Unit], after: Sequence[Unit]) -> bool:
    """Whether the sum at `units[at]` is none of a budget, by the words of its clause `before` and `after` it."""
    if _spells_out_percent(units, at) or _spells_out_amount(units, at):
        return True
    if _follows_average(units, at) or _is_asked_for(units, at):
        return True
    if units.kinds.isdisjoint(_UNCOUNTED):
        return False
    return (
        any(unit.kind in ("average", "condition") for unit in _clause(before))
        or any(unit.text.startswith("mỗi ngày") for unit in before)  # "bình quân mỗi ngày, cục phải thu 1.000 tỷ đồng"
        or _is_of_one_day(units, at)
        or _opens_on_average(units, at)
        or _is_made_use_of(before, after)
        or any(unit.kind == "remainder" for unit in before[-4:])
        or (_remains(after) and not _is_parted_out(units, at))
        or any(unit.kind == "condition" for unit in after[:2])  # "57.600 tỷ đồng nếu đề xuất được thông qua"
        or _against_other_months(before)
        or any(unit.kind == "proposal" for unit in before)  # "kiến nghị bố trí 4.069 tỷ đồng từ nguồn …"
    )


def is_uncounted_percent(units: Units, at: int, before: Sequence[Unit]) -> bool:
    """Whether the percentage at `units[at]` can be none of plan or year, whatever it is compared with."""
    return (
        _follows_average(units, at)
        or [unit.text for unit in units[at + 1 : at + 3]] == ["về", "trung ương"]  # "phải nộp 100% về Trung ương"
        or any(unit.kind == "remainder" for unit in units[at + 1 : at + 2])  # "60% còn lại lấy từ địa phương"
        or ("condition" in units.kinds and any(unit.kind == "condition" for unit in _clause(before)))
        or any(
            unit.text.endswith(units.lists.gives) and unit.kind != "neutral" for unit in before[-2:]
        )  # "dành 40% cho hạ tầng giao thông"
        or _is_rate(units, at)
        or _opens_on_average(units, at)
        or _spells_out_share(units, at)
        or ("nào" in units.words and _is_reached_by_none(units, at))
        or (not units.words.isdisjoint(_SHARES) and _is_of_shares(units[:at]))
    )


def _is_reached_by_none(units: Sequence[Unit], at: int) -> bool:
    """ "chưa huyện nào vượt 35%", "không đơn vị nào đạt trên 90% dự toán": a threshold, no one's figure."""
    before = [unit.text for unit in units[max(at - 7, 0) : at]]
    return "nào" in before and not {"chưa", "không"}.isdisjoint(before[: before.index("nào")])


def is_policy(units: Sequence[Unit], at: int, after: Sequence[Unit]) -> bool:
    """ "giảm 10% tiền sử dụng đất", "giảm 2% thuế VAT": a rate that is set, not a change that came about."""
    following = next((unit for unit in after if unit.kind != "plain"), None)
    if following is None or following.plans or following.kind not in ("indicator", "foreign", "word"):
        return False
    return units[at + 1] is following and not any(unit.kind == "versus" for unit in after)


def is_share_of(after: Sequence[Unit]) -> bool:
    """ "bằng khoảng 70% thu ngân sách của tỉnh", "10% tổng chi": a share of a total."""
    following = next((unit for unit in after if unit.kind != "plain" or unit.text == "và"), None)
    if following is not None and following.text.startswith("nhu cầu"):
        return True  # "chỉ đáp ứng 20% nhu cầu"
    if following is not None and following.text in ("cả nước", "toàn quốc"):
        return True  # "một mình bằng gần 28% cả nước"
    if following is None or following.plans or following.kind not in ("indicator", "foreign"):
        return False
    lexeme = following.indicator
    return lexeme is None or lexeme.family != "public_investment"


def _is_made_use_of(before: Sequence[Unit], after: Sequence[Unit]) -> bool:
    """ "kế hoạch đã nêu sử dụng 3.000 tỷ đồng để trả nợ", but not "đã dùng 462 tỷ đồng chi thường xuyên"."""
    spent = after[0].indicator if after else None
    return any(unit.kind == "use" for unit in before[-3:]) and (spent is None or spent.family != "expenditure")


def _spells_out_percent(units: Sequence[Unit], at: int) -> bool:
    """ "vượt 2,3% (27.300 tỷ đồng) so với dự toán", "vượt 3% dự toán, tương đương 39.000 tỷ đồng": the difference."""
    if at > 3 and units[at - 1].text in SAME_AS:
        said = next((index for index in range(at - 2, -1, -1) if units[index].quantity is not None), 0)
        differs = units[said].measure == "PT" and units[said - 1].kind in _MISSED
        return differs and all(unit.plans or unit.kind in _BETWEEN for unit in units[said + 1 : at - 1])
    if units[at].text.startswith("+") or [unit.text for unit in units[max(at - 2, 0) : at]] == ["(", "+"]:
        return True  # "đạt 121% so với năm 2017 (+1.645 tỷ đồng)"
    if at < 3 or units[at - 1].text != "(" or units[at - 2].measure != "PT":
        return False
    return any(unit.kind in _MISSED for unit in units[max(at - 5, 0) : at - 2])


def _spells_out_amount(units: Sequence[Unit], at: int) -> bool:
    """ "1.339.489 tỷ đồng (một triệu, ba trăm ba mươi chín nghìn, … tỷ đồng)": a resolution says it again in words."""
    if any(char.isdigit() for char in units[at].text):
        return False
    opened = next((index for index in range(at - 1, 0, -1) if units[index].text == "("), 0)
    return opened > 0 and units[opened - 1].measure == "VND"


def _spells_out_share(units: Sequence[Unit], at: int) -> bool:
    """ "khu vực có vốn nước ngoài chiếm tỷ trọng cao (trên 70%)"."""
    if not at or units[at - 1].text != "(":
        return False
    for unit in reversed(units[max(at - 5, 0) : at - 1]):
        if unit.kind == "share":
            return True
        if unit.kind not in ("plain", "reach"):
            return False
    return False


def _clause(before: Sequence[Unit]) -> Sequence[Unit]:
    """The words of the quantity's own clause: a condition before a comma is not its own."""
    begin = max((index + 1 for index, unit in enumerate(before) if unit.text == ","), default=0)
    return before[begin:]


def _follows_average(units: Sequence[Unit], at: int) -> bool:
    """ "58,4 triệu đồng/người", "tăng 6,5%/năm", "thu 1.500 tỷ đồng vào ngân sách mỗi ngày"."""
    following = units[at + 1 : at + 3]
    if not following:
        return False
    if following[0].text == "/":
        # but "39,3/19,3 tỷ đồng", "78,4 tỷ đồng/KH 95 tỷ đồng"
        return len(following) == 1 or (following[1].quantity is None and not following[1].plans)
    said = next((unit for unit in units[at + 1 : at + 7] if unit.kind != "plain"), following[0])
    return said.kind == "average" and said.text not in ("bình quân", "trung bình")


def _is_of_one_day(units: Sequence[Unit], at: int) -> bool:
    """ "tức một ngày (trừ chủ nhật) phải thu trên 1.200 tỷ đồng": the words in brackets do not part them."""
    index, depth = at - 1, 0
    while index >= 0 and (depth or units[index].text not in (",", ";", ":", "(")):
        unit = units[index]
        if unit.quantity is not None:
            return False
        depth += (unit.text == ")") - (unit.text == "(")
        if not depth and unit.kind == "average":
            return True
        index -= 1
    return False


def _opens_on_average(units: Sequence[Unit], at: int) -> bool:
    """ "Bình quân mỗi năm trong giai đoạn 2016-2020, thu ngân sách tăng 12%"."""
    kinds = [unit.kind for unit in units[:2]]
    opens = kinds == ["average", "average"] or (kinds[0] == "average" and units[0].text.startswith("mỗi"))
    # "Mỗi năm chi 1.000 tỷ đồng, riêng năm 2013 là 1.300 tỷ đồng"
    return opens and not any(unit.text == "riêng" for unit in units[2:at])


def _is_of_shares(before: Sequence[Unit]) -> bool:
    """ "tỷ trọng chi thường xuyên dự kiến khoảng 63,8% tổng chi (thấp hơn dự toán năm 2018 là 64,1%)"."""
    since = max((index for index, unit in enumerate(before) if unit.measure == "VND"), default=0)
    return any(
        unit.text in _SHARES and before[index + 1].indicator is not None
        for index, unit in enumerate(before[:-1])
        if index >= since
    )


def _is_asked_for(units: Sequence[Unit], at: int) -> bool:
    """ "để xử lý ô nhiễm, thành phố cần 850 tỷ đồng", "bố trí 4.069 tỷ đồng từ nguồn 10.000 tỷ đồng"."""
    before = units[at - 1].text if at else ""
    return before == "cần" or (before == "nguồn" and at > 1)


def _against_other_months(before: Sequence[Unit]) -> bool:
    """ "so với các tháng trước đó đều đạt trên 10.000 tỷ đồng"."""
    kinds = [unit.kind for unit in before]
    return "earlier_month" in kinds and "versus" in kinds[: kinds.index("earlier_month")]


def _is_rate(units: Sequence[Unit], at: int) -> bool:
    """ "giảm từ 23% xuống còn 20%", "tăng từ 55,1% (2001) lên 65,67%": levels of a rate."""
    if not units[at].text.startswith("từ ") and (not at or not units[at - 1].text.endswith("từ")):
        return False
    for following in units[at + 1 : at + 8]:
        if following.text == "trở":
            return False  # "từ 45% kế hoạch trở lên"
        if following.kind == "to_level" or following.text in ("lên", "xuống", "còn"):
            return True
        if following.quantity is not None:
            return False
    return False


def _is_parted_out(units: Sequence[Unit], at: int) -> bool:
    """ "phân bổ 14.200 tỷ đồng vốn trái phiếu Chính phủ còn dư": what was left is given to others, and a plan again."""
    return at > 0 and units[at - 1].kind == "plan" and units[at - 1].text.endswith(("phân bổ", "bố trí"))


def _remains(after: Sequence[Unit]) -> bool:
    """ "314 tỷ đồng không tiêu hết", "159 tỷ đồng của kế hoạch năm 2020 chưa giao"."""
    for unit in after[:_TAIL]:
        if unit.kind == "remainder":
            return True
        if unit.text in ("và", "nhưng", "song", "mà"):
            return False
    return False
