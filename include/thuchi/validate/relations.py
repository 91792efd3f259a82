"""What the figures of one article must satisfy together: percentages of plans, growth, parts and totals.

A relation knows only numbers. It holds where the printed digits leave room for it (`printed.Range`), and it is
*tight* where they agree as an equality within half a unit of the last digit: that is what confirms a reading.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from thuchi.model import Article, Figure
from thuchi.validate.outcome import Told
from thuchi.validate.printed import Printed, Range, said

HALF = Fraction(1, 2)
NEARLY = Fraction(19, 20)
Cell = tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A figure with its number as printed."""

    figure: Figure
    printed: Printed

    @property
    def said(self) -> str:
        return said(self.printed.value, self.figure.measure, self.printed.step)


@dataclass(frozen=True, eq=False)
class Relation:
    """What must hold between `members`; its name is that of the check that reports it."""

    name: str
    members: tuple[Member, ...]

    def holds(self, printed: Sequence[Printed]) -> bool:
        """Whether these numbers, in the order of `members`, can be true together."""
        raise NotImplementedError

    def is_tight(self, printed: Sequence[Printed]) -> bool:
        """Whether they are equal within the rounding of their digits, so that one confirms the others."""
        raise NotImplementedError

    def sentence(self) -> Told:
        """What is wrong, with the numbers in it."""
        raise NotImplementedError

    @property
    def as_printed(self) -> tuple[Printed, ...]:
        return tuple(member.printed for member in self.members)


class ImpliedPlan(Relation):
    """Amount, percentage of plan, plan: 1.584 tỷ / 84% implies a plan of 1.886 tỷ."""

    def holds(self, printed: Sequence[Printed]) -> bool:
        return self._meets(printed, Fraction(1))

    def is_tight(self, printed: Sequence[Printed]) -> bool:
        return self._meets(printed, HALF)

    def _meets(self, printed: Sequence[Printed], slack: Fraction) -> bool:
        amount, percent, plan = (each.range(slack) for each in printed)
        if percent.low <= 0 or plan.low <= 0:
            return True  # 0,3% can be anything between nothing and twice as much
        reached = Range(amount.low * 100, amount.high * 100)
        return reached.over(percent).meets(plan)

    def sentence(self) -> Told:
        amount, percent, plan = self.members
        implied = amount.printed.value * 100 / percent.printed.value
        meant = said(implied, "amount")
        return Told(
            f"{amount.said} / {percent.said} implies a plan of {meant}; the text says {plan.said}",
            f"{amount.said} chia cho {percent.said} ra dự toán {meant}; trong bài là {plan.said}",
        )


class Growth(Relation):
    """This year's amount, its change on the year, last year's amount."""

    def holds(self, printed: Sequence[Printed]) -> bool:
        return self._meets(printed, Fraction(1))

    def is_tight(self, printed: Sequence[Printed]) -> bool:
        return self._meets(printed, HALF)

    def _meets(self, printed: Sequence[Printed], slack: Fraction) -> bool:
        now, change, before = (each.range(slack) for each in printed)
        rate = Range(change.low + 100, change.high + 100)
        if rate.low <= 0 or before.low <= 0:
            return True
        return Range(now.low * 100, now.high * 100).over(rate).meets(before)

    def sentence(self) -> Told:
        now, change, before = self.members
        implied = now.printed.value * 100 / (100 + change.printed.value)
        meant = said(implied, "amount")
        return Told(
            f"{now.said} after a change of {change.said} implies {meant} a year before; the text says {before.said}",
            f"{now.said} sau mức thay đổi {change.said} ứng với {meant} của cùng kỳ; trong bài là {before.said}",
        )


class Parts(Relation):
    """A total, and then parts of it that don't overlap: they are not more than it."""

    def holds(self, printed: Sequence[Printed]) -> bool:
        total, parts = self._ranges(printed, Fraction(1))
        return parts.low <= total.high

    def is_tight(self, printed: Sequence[Printed]) -> bool:
        total, parts = self._ranges(printed, HALF)
        return len(printed) > 2 and parts.meets(total)

    def nearly_fills(self, printed: Sequence[Printed], part: int) -> bool:
        """Whether that part is all that the total leaves for it, but for a twentieth: what is collected in an area is
        domestic revenue and customs and, at times, a little aid."""
        total, *parts = (each.value for each in printed)
        left = total - sum(parts) + parts[part]
        return len(parts) > 1 and self.holds(printed) and parts[part] >= left * NEARLY

    @staticmethod
    def _ranges(printed: Sequence[Printed], slack: Fraction) -> tuple[Range, Range]:
        total, *parts = (each.range(slack) for each in printed)
        return total, sum(parts, Range(Fraction(0), Fraction(0)))

    def sentence(self) -> Told:
        total, *parts = self.members
        together = " + ".join(f"{part.said} ({part.figure.indicator})" for part in parts)
        more = "is" if len(parts) == 1 else "are"
        whole = f"{total.said} ({total.figure.indicator})"
        return Told(f"{together} {more} more than the total of {whole}", f"{together} lớn hơn tổng số {whole}")


@dataclass
class ArticleFigures:
    """The figures of one article with the relations between them."""

    article: Article
    figures: Sequence[Figure]
    totals: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    """For each total the groups of parts that together are not more than it (expectations/figures.yaml)."""

    @cached_property
    def members(self) -> list[Member]:
        return [
            Member(figure, Printed.of(figure, self.article.text))
            for figure in sorted(self.figures, key=lambda each: (each.number_start, each.figure_id))
            if figure.value is not None and figure.period_start is not None and figure.period_end is not None
        ]

    @cached_property
    def relations(self) -> list[Relation]:
        return [*self._implied_plans(), *self._growths(), *self._parts()]

    def _of(self, measure: str, *, done: bool) -> list[Member]:
        """Amounts or percentages that are done (executed, estimated) or planned; goals are neither."""
        phases = ("estimated", "executed") if done else ("plan",)
        return [each for each in self.members if each.figure.measure == measure and each.figure.phase in phases]

    def _implied_plans(self) -> Iterator[Relation]:
        amounts, plans = self._of("amount", done=True), self._of("amount", done=False)
        groups: defaultdict[Cell, list[tuple[Member, Member]]] = defaultdict(list)
        for percent in self._of("pct_of_plan", done=True):
            amount = self._only(percent, [each for each in amounts if _cell(each) == _cell(percent)])
            if amount is not None:
                groups[_cell(percent)].append((amount, percent))
        for pairs in groups.values():
            stated = {percent: self._plans_for(percent, plans) for _, percent in pairs}
            # Two assigners, one plan in the text: it belongs to the percentage that it fits.
            taken: set[str] = set()
            triples: dict[Member, list[ImpliedPlan]] = {}
            for amount, percent in pairs:
                triples[percent] = [ImpliedPlan("implied_plan", (amount, percent, each)) for each in stated[percent]]
                fitting = [triple for triple in triples[percent] if triple.holds(triple.as_printed)]
                taken |= {triple.members[2].figure.figure_id for triple in fitting}
                if fitting:
                    triples[percent] = fitting[:1]
                    yield fitting[0]
            for relations in triples.values():
                fits = relations and relations[0].holds(relations[0].as_printed)
                if not fits:
                    yield from [each for each in relations if each.members[2].figure.figure_id not in taken][:1]
        yield from self._odd_items_out(groups.values(), plans)

    def _odd_items_out(
        self, groups: Iterable[list[tuple[Member, Member]]], plans: Sequence[Member]
    ) -> Iterator[Relation]:
        """Items whose plans stand in another sentence, as a list beside a list: where all but one find their plan
        by arithmetic, the last is of the plan that is left ("vốn trung ương 268,4 tỷ (20,0%), vốn địa phương 341,6
        tỷ (27,7%), vốn kéo dài 62,2 tỷ (51,1%)" of 1.342,1, 1.233,2 and 412,3 tỷ)."""
        for pairs in groups:
            percent = pairs[0][1]
            stated = [plan for plan in plans if _thing(plan) == _thing(percent) and _same_year(plan, percent)]
            if not percent.figure.indicator.endswith(".item") or not 3 <= len(pairs) == len(stated):
                continue
            lonely, left = [], list(stated)
            for amount, of_plan in pairs:
                triples = [ImpliedPlan("implied_plan", (amount, of_plan, plan)) for plan in left]
                fitting = [triple for triple in triples if triple.holds(triple.as_printed)]
                if fitting:
                    left.remove(fitting[0].members[2])
                else:
                    lonely.append((amount, of_plan))
            if len(lonely) == len(left) == 1:
                yield ImpliedPlan("implied_plan", (*lonely[0], left[0]))

    def _plans_for(self, percent: Member, plans: Sequence[Member]) -> list[Member]:
        """The plans that the percentage can be of: of the same thing, place and year; of an item, in its sentence."""
        fitting = [plan for plan in plans if _thing(plan) == _thing(percent) and _same_year(plan, percent)]
        if percent.figure.indicator.endswith(".item"):
            near = self._only(percent, fitting)
            return [] if near is None else [near]
        return fitting

    def _growths(self) -> Iterator[Relation]:
        amounts = self._of("amount", done=True)
        for change in self._of("pct_change_yoy", done=True):
            if change.figure.indicator.endswith(".item"):
                continue  # many things share the code: nothing says which of them last year's amount was of
            now = self._only(change, [each for each in amounts if _cell(each) == _cell(change)])
            before = [each for each in amounts if _thing(each) == _thing(change) and _is_year_before(each, change)]
            if now is not None and len(before) == 1:
                yield Growth("growth_of_amounts", (now, change, before[0]))

    def _only(self, percent: Member, candidates: Sequence[Member]) -> Member | None:
        """The one amount that a percentage is said of: the only one, or the nearest before it in its sentence."""
        if len({each.printed.value for each in candidates}) == 1 and not percent.figure.indicator.endswith(".item"):
            return candidates[0]
        start = self._sentence_start(percent.figure.number_start)
        near = [each for each in candidates if start <= each.figure.number_start < percent.figure.number_start]
        return near[-1] if near else None

    def _sentence_start(self, position: int) -> int:
        return max((end for end in self._sentence_ends if end <= position), default=0)

    @cached_property
    def _sentence_ends(self) -> list[int]:
        text = self.article.text
        ends = (found.end() for found in _SENTENCE_END.finditer(text))
        # "1. 584" and "tr. đồng" go on; a new sentence, quote or list item doesn't start so.
        return [end for end in ends if not (text[end : end + 1].islower() or text[end : end + 1].isdigit())]

    def _parts(self) -> Iterator[Relation]:
        cells: defaultdict[Cell, defaultdict[str, list[Member]]] = defaultdict(lambda: defaultdict(list))
        for member in self._of("amount", done=True) + self._of("amount", done=False):
            cells[_place_and_period(member)][member.figure.indicator].append(member)
        for by_indicator in cells.values():
            for total, groups in self.totals.items():
                for group in groups:
                    stated = [by_indicator[part] for part in group if by_indicator[part]]
                    # Two different totals in one cell are a contradiction of their own, and add up to nothing.
                    if stated and all(len(each) == 1 for each in (by_indicator[total], *stated)):
                        yield Parts("parts_within_total", (by_indicator[total][0], *(part[0] for part in stated)))


_SENTENCE_END = re.compile(r"[.!?…]\s+|\n+")


def _thing(member: Member) -> Cell:
    """What a figure is said of: a place and an indicator."""
    figure = member.figure
    return (figure.ref_area or figure.area, figure.province, figure.indicator)


def _cell(member: Member) -> Cell:
    return (*_thing(member), member.figure.period_start, member.figure.period_end)


def _same_year(plan: Member, done: Member) -> bool:
    """Whether the plan is of the year in which something was done, from its start or from before it."""
    first, start = plan.figure.period_start, done.figure.period_start
    return first is not None and start is not None and first.year == start.year and first <= start


def _place_and_period(member: Member) -> Cell:
    figure = member.figure
    return (
        figure.ref_area or figure.area,
        figure.province,
        figure.period_start,
        figure.period_end,
        figure.phase == "plan",
    )


def _is_year_before(before: Member, now: Member) -> bool:
    def days(member: Member) -> list[tuple[int, int, int]]:
        dates = (member.figure.period_start, member.figure.period_end)
        # 29 February ends the first two months as 28 February does in other years.
        return [(day.year, day.month, min(day.day, 28) if day.month == 2 else day.day) for day in dates if day]

    return [(year + 1, month, day) for year, month, day in days(before)] == days(now)
