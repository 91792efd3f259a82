"""What a quantity measures, from the words around it: an amount, a percentage of plan, a change on the year.

The rules are those of the annotation guide: "vượt 12% dự toán" is 112, "bằng 90% so với cùng kỳ" is -10,
"gấp 1,4 lần cùng kỳ" is 40; shares, differences, averages and changes on the month before are no figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from thuchi.extract.bases import BASES, Base, bases_before, bases_of
from thuchi.extract.lexing import Unit, Units
from thuchi.extract.spans import PeriodMention, Quantity
from thuchi.extract.uncounted import SAME_AS, is_policy, is_share_of, is_uncounted_amount, is_uncounted_percent
from thuchi.model import Measure

Against = Literal["plan", "year", "other", "nothing"]

_VERBS = frozenset({"reach", "exceed", "reach_exceed", "short", "higher", "up", "down", "share", "to_level"})
SMALLEST = 20_000_000
"""No unit's budget has a part of less than 20 million đồng; fees, fines and prices do."""
_MISSED = frozenset({"exceed", "short", "higher", "up", "down"})
_REACHES_LEVEL = frozenset({"xuống", "lên", "còn", "từ", "bình quân", "bình quân chung", "mặt bằng chung"})
_REACHED = frozenset({"được", "ước đạt", "ước thực hiện", "ước được", "ước giải ngân"})
_LAST_YEAR = frozenset({"năm ngoái", "năm trước"})
_LEVELS = frozenset({"mức", "tỷ lệ", "tỉ lệ"})
"""Before a number of another time: "cao hơn tỷ lệ 71,9% của cùng kỳ năm 2023" is a rate, not a change."""


@dataclass(slots=True)
class Reading:
    """What a quantity measures, with the span of the words that say so (verb to the end of the comparison)."""

    measure: Measure
    value: int | Decimal | None
    start: int
    end: int
    bases: tuple[Base, ...] = ()
    verb: str = ""
    """The cue that governs it (`reach`, `up` …); empty where it stands bare, as in "(42,2%)"."""
    against_period: PeriodMention | None = None
    of_plan_words: bool = False
    """Whether the words themselves name a plan: "đạt 98% dự toán"."""
    level_then: bool = False
    """Whether it is the level of another time or place: "thấp hơn mức 13,1% của cùng kỳ năm 2025"."""


@dataclass(slots=True)
class _Around:
    verb: Unit | None
    before: Sequence[Unit]
    """From the quantity or clause before it to the quantity."""
    after: Sequence[Unit]
    """From the quantity to the next, or to the next verb."""


def may_be_a_figure(quantity: Quantity) -> bool:
    """Whether a quantity by itself can be one of the three measures, whatever is said of it."""
    if quantity.value_to is not None or quantity.unit not in _READ:
        return False  # "từ 15 đến 20 tỷ đồng" is no figure
    return quantity.unit != "VND" or quantity.value is None or quantity.value >= SMALLEST


def read_measure(units: Units, at: int) -> Reading | None:
    """How the quantity at `units[at]` is meant, or null if it is none of the three measures."""
    quantity = units[at].quantity
    if quantity is None or not may_be_a_figure(quantity):
        return None
    return _READ[quantity.unit](units, at, _around(units, at))


def _around(units: Sequence[Unit], at: int) -> _Around:
    begin = at
    for unit in reversed(units[:at]):
        if unit.quantity is not None or unit.text in (";", "(", ")", ":"):
            break
        begin -= 1
    before = units[begin:at]
    verb = None
    for unit in reversed(before):
        if unit.text in (",", "như"):  # "một số khoản thu tăng mạnh như tiền sử dụng đất 700 tỷ đồng"
            break
        if unit.text == "còn" and any(u.indicator is not None or u.area for u in before[before.index(unit) :]):
            break  # "vốn trung ương đạt 41,2%, còn vốn địa phương 55,4%", "…, còn huyện Cần Giờ mới được 38,5%"
        if unit.kind in _VERBS and (verb is None or unit.kind in ("higher", "short")):
            verb = unit
        if (unit.kind in _VERBS and unit.text != "mức") or unit.text == "ước đạt":
            break  # but "cao hơn mức trung ương giao 113 tỷ đồng" compares; "tăng tốc khi ước đạt 39%" does not
    until = at + 1
    for unit in units[until:]:
        if unit.quantity is not None or unit.text in (";", ")", "(") or unit.kind == "parts":
            break
        if unit.kind in _VERBS and unit.text != "mức":
            break
        if unit.text == "," and not _comparison_follows(units, until):
            break
        until += 1
    return _Around(verb, before, units[at + 1 : until])


def _comparison_follows(units: Sequence[Unit], comma: int) -> bool:
    """ "đạt 52,4 tỷ đồng, so với cùng kỳ" goes on with the same number."""
    following = units[comma + 1 : comma + 2]
    return bool(following) and following[0].kind == "versus"


def _amount(units: Units, at: int, around: _Around) -> Reading | None:
    quantity = units[at].quantity
    assert quantity is not None
    verb = around.verb
    if is_uncounted_amount(units, at, around.before, around.after):
        return None
    if verb is not None and verb.kind in ("up", "down", "exceed", "short", "higher") and not _is_level(units, at, verb):
        return None  # "tăng 14,6 tỷ đồng so với đầu năm" is a difference
    start = verb.start if verb is not None else quantity.start
    return Reading(
        "amount",
        quantity.value,
        start,
        quantity.end,
        verb=verb.kind if verb else "",
        level_then=_is_level(units, at, verb) if verb else False,
        against_period=_period_of(around.after[:3]),
    )


def _percent(units: Units, at: int, around: _Around) -> Reading | None:
    quantity = units[at].quantity
    assert quantity is not None
    assert isinstance(quantity.value, Decimal)
    if is_uncounted_percent(units, at, around.before):
        return None
    around = _as_difference(units, at) or around
    verb = around.verb
    kind = verb.kind if verb is not None else ""
    against, period, end = _against(units, at, around)
    if (kind == "share" and against != "plan") or against == "other":
        return None
    near = around.before[-4:]
    if any(unit.kind == "average" for unit in near) and all(unit.area is None for unit in near):
        return None  # but "bình quân của tỉnh là 86,8%" is the province's rate
    if verb is None and at and units[at].text.endswith("%") and units[at - 1].text in _REACHED:
        verb, kind = units[at - 1], "reach"  # "tiền sử dụng đất mới được 12,6%", "chi thường xuyên ước đạt 25%"
    start = verb.start if verb is not None else quantity.start
    bases = bases_of(around.after)
    if not bases and against in ("nothing", "plan") and kind == "reach":
        bases = bases_before(units, at)
        against = "plan" if bases else against
    if not bases and against == "plan" and verb in around.before:  # "vượt dự toán tỉnh giao 22%"
        bases = bases_of(around.before[around.before.index(verb) + 1 :])
    end = max((end, *(base.end for base in bases)))
    reading = Reading("pct_of_plan", quantity.value, start, end, bases, kind, period, against == "plan")
    excess = _of_plan_by(units, at, around)
    if excess:
        return replace(reading, value=100 + excess * quantity.value, of_plan_words=True)
    if against == "nothing" and kind in _MISSED and "phần " in units[at].text and "trăm" not in units[at].text:
        return None  # "dù quý III hụt tới một phần ba"
    if kind in ("up", "down"):
        sign = 1 if kind == "up" else -1
        if against == "plan":
            return replace(reading, value=100 + sign * quantity.value)
        if is_policy(units, at, around.after):
            return None
        return replace(reading, measure="pct_change_yoy", value=sign * quantity.value, bases=())
    if kind in ("exceed", "higher", "short"):
        above = kind == "exceed" and against == "plan"  # "thu vượt từ 5% trở lên so với dự toán"
        if verb is not None and not above and _is_level(units, at, verb):
            return replace(reading, level_then=True, start=verb.start)
        sign = -1 if kind == "short" else 1
        if against == "year":
            return replace(reading, measure="pct_change_yoy", value=sign * quantity.value, bases=())
        if kind == "higher" and against != "plan":
            return None
        return replace(reading, value=100 + sign * quantity.value)
    if kind == "reach_exceed" and quantity.value < 100 and verb is not None and verb.text != "đạt và vượt":
        return replace(reading, value=100 + quantity.value)
    if kind == "to_level":
        return reading if against == "plan" else None
    if against == "year":
        if (kind == "reach" and verb is not None and verb.text not in _LEVELS) or _goes_on(units, at, around):
            return replace(reading, measure="pct_change_yoy", value=quantity.value - 100, bases=())
        return replace(reading, level_then=True)
    if against != "plan" and is_share_of(around.after):
        return None
    return reading


def _as_difference(units: Sequence[Unit], at: int) -> _Around | None:
    """ "tăng 1.437 tỷ đồng (tương ứng 18,5%) so với cùng kỳ", "vượt 72,8 nghìn tỷ đồng (tăng 4,5%) so dự toán": the
    percentage says the difference again, and what it is compared with stands behind the bracket."""
    opened = next((index for index in range(at - 1, max(at - 4, 1), -1) if units[index].text == "("), 0)
    if not opened or units[opened - 1].measure != "VND" or [unit.text for unit in units[at + 1 : at + 2]] != [")"]:
        return None
    for index in range(opened - 2, max(opened - 6, -1), -1):
        if units[index].kind in _MISSED:
            until = at + 2
            while until < len(units) and units[until].text not in (",", ";", "(", ".") and not units[until].quantity:
                until += 1
            return _Around(units[index], units[index:at], units[at + 2 : until])
        if units[index].quantity is not None or units[index].text in (",", ";"):
            return None
    return None


def _of_plan_by(units: Sequence[Unit], at: int, around: _Around) -> int:
    """1 in "vượt dự toán khoảng 39.000 tỷ đồng, tương đương 3%", -1 where it falls short, 0 elsewhere: the percentage
    says again by how much the plan was missed."""
    before = at - len(around.before) - 1
    if before < 1 or units[before].measure != "VND" or not any(unit.text in SAME_AS for unit in around.before):
        return 0
    for index in range(before - 1, max(before - 5, -1), -1):
        if units[index].kind in ("exceed", "short"):
            to_plan = any(unit.plans for unit in units[index:before])
            return to_plan * (1 if units[index].kind == "exceed" else -1)
    return 0


def _goes_on(units: Sequence[Unit], at: int, around: _Around) -> bool:
    """ "đạt 51,2% dự toán Bộ giao, 46,1% dự toán HĐND giao và 92,6% so với cùng kỳ": one verb for all three."""
    before = at - len(around.before) - 1
    following = around.after[0].kind if around.after else ""
    return around.verb is None and following == "versus" and before >= 0 and units[before].measure == "PT"


def _times(units: Units, at: int, around: _Around) -> Reading | None:
    """ "gấp 1,4 lần cùng kỳ" is +40; "tăng hơn 4 lần so với số giao đầu năm" compares plans: no figure,
    but "gấp đôi dự toán" is 200% of it."""
    quantity = units[at].quantity
    assert quantity is not None
    assert isinstance(quantity.value, Decimal)
    against, period, end = _against(units, at, around)
    following = around.after[0].period if around.after else None
    if against == "nothing" and following is not None and following.kind == "year":  # "gấp 1,6 lần năm 2022"
        against, period, end = "year", following, following.end
    grows = around.verb is not None and around.verb.kind == "up" and units[at - 1] is around.verb
    if against == "nothing" and grows and "cùng kỳ" in units.words:
        against = "year"  # "thu ngân sách tăng 12% so với cùng kỳ; thu tiền sử dụng đất tăng gấp 2,4 lần"
    start = around.verb.start if around.verb is not None else quantity.start
    if against == "plan" and (around.verb is None or around.verb.kind == "reach"):  # "hoàn thành gấp đôi dự toán"
        return Reading("pct_of_plan", quantity.value * 100, start, end, bases_of(around.after), "reach", None, True)
    if against != "year":
        return None
    return Reading("pct_change_yoy", (quantity.value - 1) * 100, start, end, verb="up", against_period=period)


def _against(units: Sequence[Unit], at: int, around: _Around) -> tuple[Against, PeriodMention | None, int]:
    """What a percentage is compared with, the period that names it, and where those words end.

    "so với cùng kỳ năm trước" is the year before; "dự toán tỉnh giao" the plan; "so với tháng trước" and
    "so với cuối năm 2021" are other things. What follows the number decides before what precedes it.
    """
    end = units[at].end
    plan = year = versus = False
    period: PeriodMention | None = None
    for unit in around.after:
        if unit.kind == "versus":
            versus, end = True, unit.end
        elif unit.plans or unit.kind in BASES or _names_plan(unit, around.verb):
            if not year:
                plan, end = True, unit.end
        elif unit.kind in ("same_period", "last_year"):
            if not plan:
                year, end = True, unit.end
        elif unit.kind in ("earlier_month", "assessment"):  # "bằng 87,7% mức đánh giá thực hiện cả năm"
            return "other", None, unit.end
        elif unit.kind == "period" and unit.period is not None:
            equalled = unit.text in _LAST_YEAR and around.verb is not None and around.verb.text == "bằng"
            if (unit.period.kind == "same_period" or equalled) and not plan:  # "bằng 95% của năm ngoái"
                year, period, end = True, unit.period, unit.end
            elif versus and not plan and not year:
                if unit.period.month_offset == -1 or unit.period.quarter_offset == -1:
                    return "other", None, unit.end  # "tăng 5,6% so với tháng trước"
                if unit.period.kind in ("month", "day", "until") and unit.period.year is None:
                    return "other", None, unit.end  # "giảm 7,4% so với tháng 10"
                year, period, end = True, unit.period, unit.end
            elif plan or year:
                end = unit.end
        elif unit.kind in ("estimated", "executed", "plan", "target") and (versus or plan):
            end = unit.end  # "so với ước thực hiện năm 2025", "dự toán được giao"
        elif (unit.kind == "area" and plan) or (versus and unit.indicator is not None and not unit.plans):
            end = unit.end  # "so với tổng thu năm 2017"
        elif unit.kind not in ("plain", "reach", "area"):
            break
    if plan:
        return "plan", None, end
    if year:
        return "year", period, end
    if versus and _level_of_year(units, at + 1 + len(around.after)):
        return "year", period, end
    if versus:
        return "other", None, end
    return (*_against_before(units, at, around), end)


def _names_plan(unit: Unit, verb: Unit | None) -> bool:
    """ "đạt 70% dự toán chi thường xuyên", but "chiếm 83% tổng dự toán thu" is a share."""
    return unit.text.startswith(("chỉ tiêu", "nhiệm vụ")) or (
        unit.text.startswith("dự toán") and (verb is None or verb.kind != "share")
    )


def _level_of_year(units: Sequence[Unit], index: int) -> bool:
    """ "tăng 5,4% so với mức 3.991 tỷ đồng của năm 2019": the amount of the year before is named."""
    while index < len(units) and units[index].quantity is None and units[index].kind in ("plain", "reach"):
        index += 1
    if index >= len(units) or units[index].quantity is None:
        return False
    return any(u.period is not None or u.kind in ("same_period", "last_year") for u in units[index + 1 : index + 4])


def _against_before(units: Sequence[Unit], at: int, around: _Around) -> tuple[Against, PeriodMention | None]:
    """ "so với dự toán năm thì đạt 112,6%", "so với cùng kỳ thì chỉ bằng 82,8%"."""
    begin = at - len(around.before)
    if begin > 1 and units[begin - 1].quantity is not None and _is_compared_with(units, begin - 1):
        for unit in around.before:  # "so với 486,5 tỷ đồng của cùng kỳ thì chỉ bằng 82,8%"
            if unit.kind in ("same_period", "last_year") or unit.period is not None:
                return "year", unit.period
        if around.verb is not None and around.verb.kind == "reach" and units[begin - 1].measure == "VND":
            if any(unit.plans or unit.text == "chỉ tiêu phấn đấu" for unit in units[max(begin - 4, 0) : begin]):
                return "plan", None  # "so với chỉ tiêu phấn đấu 293.000 tỷ đồng, con số trên tương đương 98,1%"
            return "other", None  # "so với tổng số thu 446 nghìn tỷ đồng thì số chi bằng 66%"
    for index in range(len(around.before) - 1, -1, -1):  # the nearest: "…, nhưng so với dự toán vẫn vượt 12%"
        unit = around.before[index]
        if unit.kind not in ("versus", "higher", "short", "exceed"):
            continue
        if not index and begin and unit.kind == "versus" and units[begin - 1].measure == "PT":
            continue  # "đạt 37% so với dự toán, tăng 21,6%": of the percentage before
        for following in around.before[index + 1 : index + 5]:
            if following.plans or following.kind in BASES:
                return "plan", None
            if following.kind in ("same_period", "last_year"):
                return "year", None
            if following.period is not None and _is_other_part(following.period):
                return "other", None  # "thấp hơn tháng 4 gần 9%", "so với tháng trước, … tăng 10,3%"
            if following.period is not None:
                return "year", following.period
            if following.kind == "earlier_month":
                return "other", None
    return "nothing", None


def _is_compared_with(units: Sequence[Unit], at: int) -> bool:
    """ "so với 486,5 tỷ đồng của cùng kỳ", but not "tăng 12,1% so cùng kỳ; trong đó chi đầu tư 400,7 tỷ đồng"."""
    for unit in reversed(units[max(at - 5, 0) : at]):
        if unit.kind == "versus":
            return True
        if unit.text == ";" or unit.kind == "parts" or unit.quantity is not None:
            return False
    return False


def _is_other_part(mention: PeriodMention) -> bool:
    """Whether another month or quarter is compared with, not the year before."""
    if mention.month_offset == -1 or mention.quarter_offset == -1:
        return True
    return mention.kind == "month" and mention.year is None


def _is_level(units: Sequence[Unit], at: int, verb: Unit) -> bool:
    """ "cao hơn tỷ lệ 71,9% của cùng kỳ", "thấp xa mức 45,6%": the number is a level, not the difference."""
    index = at - 1
    if verb.kind in ("higher", "short") and units[at].measure == "VND":
        between = units[units.index(verb) : at]
        if any(u.plans or u.kind in BASES or u.text.endswith("giao") for u in between):
            return False  # "cao hơn mức trung ương giao 113 tỷ đồng"
    while index >= 0 and units[index] is not verb:
        if units[index].text in _LEVELS or units[index].text in _REACHES_LEVEL or units[index].kind == "overall":
            return True
        if units[index].text == "số" and units[index - 1].text == "con":
            return True  # "vượt xa con số 48 tỷ đồng của cùng kỳ"
        index -= 1
    return False


def _period_of(units: Sequence[Unit]) -> PeriodMention | None:
    """ "486,5 tỉ đồng của cùng kỳ", "mức 3.991 tỷ đồng của năm 2019"."""
    for index, unit in enumerate(units):
        if unit.period is not None and index and units[index - 1].text == "của":
            return unit.period
    return None


_READ: dict[str, Callable[[Units, int, _Around], Reading | None]] = {"VND": _amount, "PT": _percent, "TIMES": _times}
"""How quantities of a unit are read; dollars and percentage points are no figures."""
