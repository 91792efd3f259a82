"""Budget money that goes to one purpose, as the national press tells it.

Three constructions say so: who pays, the deed and the purpose ("ngân sách thành phố chi 1.000 tỷ đồng trợ giá xe
buýt"); money, its purpose, its time and how much it is ("kinh phí dành cho các hội năm 2016 là 14.000 tỷ đồng"); who
is given how much of the budget ("theo dự toán ngân sách, viện được cấp 600 tỷ đồng"). What is built, presented or
lent, and what others than the budget pay, is none of its parts.
"""

from __future__ import annotations

from collections.abc import Sequence

from thuchi.extract.lexing import Unit, Units
from thuchi.extract.wordlists import SpendingWords

_OTHERS = frozenset(["works", "control", "capital", "abroad"])
_OWNERS = _OTHERS | {"company"}
"""Whose money is no budget's; but a budget may support companies."""
_LONGEST = 30
"""Units that may stand between money and its sum: its purpose and its time."""
_PARTS = ("expenditure.recurrent", "expenditure.investment")

Spent = tuple[int, str]
"""Index of the words that say that a sum is spent on one purpose, and the code of it."""


def spent(units: Units, at: int, of_budget: bool, of_capital: bool) -> Spent | None:
    """What makes the sum at `units[at]` budget money for one purpose, or null if nothing does.

    `of_budget` says whether the article speaks of the budget: a province pays from nothing else, and "kinh phí" alone
    may be anyone's. Where it speaks of public investment or of works alone, "số tiền dành cho giao thông" is a
    part of that.
    """
    of_budget = of_budget or any(unit.indicator is not None and "dự toán" in unit.text for unit in units)
    if not of_budget:
        return None
    found = _paid(units, at) or (None if of_capital else _meant(units, at) or _granted(units, at))
    return None if found is None or any(map(_is_of_capital, units)) else found


def may_be_spent(unit: Unit, lists: SpendingWords) -> bool:
    """Whether a sentence may say with this word what the budget spends."""
    granted = unit.kind == "plan" and unit.text in lists.granted
    return granted or _spends(unit) or (unit.foreign is not None and unit.foreign.code == "money")


def _paid(units: Units, at: int) -> Spent | None:
    """ "ngân sách thành phố chi 1.000 tỷ đồng để trợ giá", "tỉnh đã chi 30 tỷ đồng hỗ trợ hộ chăn nuôi"."""
    deed = _before_fillers(units, at)
    if not _spends(units[deed]):
        return None
    if units[deed].text == "chi ngân sách" and deed and _is_ministry(units[deed - 1]):
        return deed - 1, "expenditure.item"  # "Bộ Y tế chi ngân sách 6.000 tỷ đồng": one part of the nation's
    code = _purpose_after(units, at)
    payer = _payer(units, deed) if code else None
    return (payer, code) if code and payer is not None else None


def _payer(units: Units, deed: int) -> int | None:
    """Where the budget or the unit is named that pays: "ngân sách các cấp ở Gia Lai bỏ ra", "TP đã chi"."""
    if units[deed].text.startswith(("ngân sách", "tổng", "trích ngân sách")):
        return deed
    at = deed - 1
    while at >= 0 and units[at].area is None and (_may_follow_payer(units[at]) or _ends_budget(units[at])):
        at -= 1
        if _ends_budget(units[at + 1]):
            return at + 1 if units[at - 1].text not in ("từ", "bằng", "trong") else None
    if at < 0 or (units[at].area is None and units[at].text not in ("tp", "phố")):
        return None
    budget = next((index for index in range(at - 1, max(at - 5, -1), -1) if _ends_budget(units[index])), None)
    if budget is not None:
        return budget  # "ngân sách của tỉnh chi 10 tỷ đồng"
    while at and units[at - 1].text in units.lists.spending.organs:
        at -= 1
    opens = not at or units[at - 1].kind in ("plain", "period", "parts", "mark", "versus")
    away = units[at - 1].text in units.lists.spending.away
    return at if opens and not away else None  # not "Liên đoàn Lao động tỉnh dành …"


def _ends_budget(unit: Unit) -> bool:
    """ "ngân sách" as two words, or "ngân sách tỉnh" as a source of capital."""
    return unit.text == "sách" or unit.text.startswith("ngân sách ")


def _may_follow_payer(unit: Unit) -> bool:
    return unit.kind in ("plain", "period", "estimated", "executed") or unit.text in ("vừa", "sắp", "cấp", "hiện")


def _meant(units: Units, at: int) -> Spent | None:
    """ "kinh phí dành cho các hội năm 2016 là 14.000 tỷ đồng", "ngân sách chi cho giáo dục năm 2014 khoảng 170 tỷ"."""
    if not _is_linked(units, at - 1) and not _given(units, at):
        return None
    dated = any(unit.period is not None for unit in [*units[:2], *units[at + 1 : at + 2]])
    for index in range(at - 1, max(at - _LONGEST, -1), -1):
        unit = units[index]
        if unit.kind == "quantity" or unit.text in (";", ":", "("):
            return None
        dated = dated or unit.kind == "plan" or (unit.period is not None and unit.period.kind in ("year", "years"))
        if dated and _is_money(units, index) and _is_for(units, index):
            return (
                (index, "expenditure.item")
                if _is_counted(units[index + 1 : at], units.lists.spending, _OWNERS)
                else None
            )
    return None


def _is_linked(units: Units, at: int) -> bool:
    return units[at].text in units.lists.spending.links or units[at].kind in ("period", "estimated", "reach")


def _given(units: Units, at: int) -> bool:
    """ "kinh phí được phân bổ trợ giá cho xe buýt 1.000 tỷ đồng"."""
    return any(unit.kind == "plan" for unit in units[max(at - 8, 0) : at])


def _is_money(units: Units, index: int) -> bool:
    unit = units[index]
    if unit.foreign is not None:
        return unit.foreign.code == "money"
    lexeme = unit.indicator
    if lexeme is None or lexeme.family != "expenditure" or "chi" not in unit.text.split():
        return False
    of_its_end = unit.text.endswith(("cho", "trả", "hỗ trợ")) or units[index + 1].text == "cho"
    return lexeme.strength == "weak" or (lexeme.code not in _PARTS and of_its_end)


def _is_for(units: Units, money: int) -> bool:
    """Whether money is said to have a purpose."""
    following = units[money + 1 : money + 5]
    said = units[money].text.endswith(("cho", "trả", "hỗ trợ", "trợ giá"))
    lists = units.lists.spending
    return said or _names_deed(following, lists) or any(unit.text in lists.towards for unit in following)


def _granted(units: Units, at: int) -> Spent | None:
    """ "theo dự toán ngân sách 2017, viện được cấp 1.661 tỷ đồng", "sở được giao 900 tỷ đồng trợ giá xe buýt"."""
    given = _before_fillers(units, at)
    if not given or units[given].text not in units.lists.spending.granted:
        return None
    planned = any(unit.plans and unit.text.startswith("dự toán") for unit in units[:given])
    code = _purpose_after(units, at) or ("expenditure.item" if planned else None)
    return (given, code) if code and _is_counted(units[:given], units.lists.spending, _OWNERS) else None


def _before_fillers(units: Units, at: int) -> int:
    index = at - 1
    while index > 0 and units[index].text in units.lists.spending.fillers:
        index -= 1
    return max(index, 0)


def _purpose_after(units: Units, at: int) -> str | None:
    """The code of what the money is for, where the words after the sum say so, and it is no works, present or loan."""
    lists, begin = units.lists.spending, at + 1
    while begin < len(units) and (
        units[begin].text in lists.sources or (begin > at + 1 and units[begin].area is not None)
    ):
        begin += 1
    following = units[begin:]
    if not following or (following[0].text not in lists.towards and not _names_deed(following[:3], lists)):
        return None
    end = next((i for i, unit in enumerate(following) if unit.measure == "VND" or unit.text == ";"), len(following))
    if not _is_counted(following[:end], lists):
        return None
    named = next((unit.indicator.code for unit in following[:3] if unit.indicator is not None), "")
    return named if named in _PARTS else "expenditure.item"


def _names_deed(words: Sequence[Unit], lists: SpendingWords) -> bool:
    return " ".join([unit.text for unit in words]).startswith(lists.deeds)


def _is_counted(words: Sequence[Unit], lists: SpendingWords, others: frozenset[str] = _OTHERS) -> bool:
    said = f" {' '.join([unit.text for unit in words])}"
    return not any(f" {word}" in said for word in lists.not_counted) and not any(
        unit.foreign is not None and unit.foreign.code in others for unit in words
    )


def _spends(unit: Unit) -> bool:
    """ "đã chi", "dành", and "ngân sách thành phố chi", which names the payer, too."""
    budget = unit.indicator is not None and unit.indicator.code == "expenditure" and "ngân sách" in unit.text
    return (budget and "chi" in unit.text.split()) or any(lexeme.kind == "spends" for lexeme in unit.lexemes)


def _is_ministry(unit: Unit) -> bool:
    return unit.foreign is not None and unit.foreign.code == "investor"


def _is_of_capital(unit: Unit) -> bool:
    """Not "Sở Giao thông vận tải", which is an investor of the capital only where it is listed as one."""
    lexeme = unit.indicator
    named = lexeme is not None and lexeme.family == "public_investment"
    return unit.kind == "capital" or (named and any(word in unit.text for word in ("vốn", "giải ngân", "đầu tư")))
