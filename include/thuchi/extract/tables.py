"""Tables in plain text: one row a line, cells between "|" or tabs, the unit stated above or in the head.

The head says what each column measures ("Dự toán năm", "Ước 10 tháng", "% so dự toán", "% so cùng kỳ"); a column of
percentages does not inherit the table's unit. A row whose name is no indicator is not read ("Dư nợ tín dụng").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from thuchi.extract.areas import AreaContext, AreaReading
from thuchi.extract.draft import Draft
from thuchi.extract.lexing import Lexer, Unit
from thuchi.extract.numbers import convention_of, read_number
from thuchi.extract.spans import Quantity
from thuchi.extract.structure import Line, cells_of, unit_words
from thuchi.extract.timing import Period, Timeline
from thuchi.extract.units import Unit as Scale
from thuchi.extract.units import read_unit
from thuchi.model import Evidence, Measure, Phase

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Column:
    """What a column's head says."""

    span: Span
    measure: Measure | None
    """`pct_change_yoy` is printed as a percentage of last year; null where the head says nothing."""
    phase: Phase | None
    period: Period | None
    unit: Scale | None


@dataclass(slots=True)
class TableReader:
    lexer: Lexer
    places: AreaContext
    timeline: Timeline
    columns: list[Column] = field(default_factory=list)
    unit: Scale | None = None
    label: int = 0
    """Index of the column that names the rows."""

    def read(self, lines: Sequence[Line], spoken: str) -> Iterator[Draft]:
        """The figures of consecutive table lines. A row without numbers is a head, and opens a new table.

        Args:
            spoken: the code of what the text above speaks of; a table of places is about it.
        """
        text = self.lexer.text
        for line in lines:
            stated = unit_words(text, line)
            if stated is not None:
                self.unit = read_unit(stated)
                continue
            cells = cells_of(text, line)
            if not any(self._is_number(cell) for cell in cells[1:]):
                cells = _within_marks(cells)
                self.columns = [self._column(cell) for cell in cells]
                self.label = next((i for i, cell in enumerate(cells) if not self._is_ordinal(cell)), 0)
                continue
            if len(cells) > len(self.columns):
                cells = (
                    cells[1:] if len(cells) == len(self.columns) + 1 and _is_empty(cells[0]) else _within_marks(cells)
                )
            if len(self.columns) == len(cells):
                yield from self._row(cells, spoken)

    def _is_number(self, cell: Span) -> bool:
        words = self.lexer.text[cell[0] : cell[1]]
        return bool(words) and words[0].isdigit() and all(c.isdigit() or c in ".,%- \u00a0" for c in words)

    def _is_ordinal(self, cell: Span) -> bool:
        return self.lexer.folded[cell[0] : cell[1]].strip(". ") in ("tt", "stt", "số tt", "")

    # -- heads --------------------------------------------------------------------------------------

    def _column(self, cell: Span) -> Column:
        units = self.lexer.units(*cell)
        words = self.lexer.folded[cell[0] : cell[1]]
        mentions = [unit.period for unit in units if unit.period is not None]
        reporting = [m for m in mentions if not m.comparison and m.kind not in ("same_period", "day")]
        phase = _phase_of(units)
        period = self.timeline.read(reporting[-1], "heading", ahead=phase == "plan") if reporting else None
        unit = self._unit_in(cell)
        measure: Measure | None = "amount"
        if "%" in words or "tỷ lệ" in words or "tỉ lệ" in words or "so sánh" in words:
            measure = "pct_of_plan"
            if any(
                u.kind in ("same_period", "last_year") or (u.period and u.period.kind == "same_period") for u in units
            ):
                measure = "pct_change_yoy"
            phase, period = None, None
        elif phase is None and period is None:
            measure = None
        return Column(cell, measure, phase, period, unit)

    def _unit_in(self, cell: Span) -> Scale | None:
        """ "Dự toán (tỷ đồng)"."""
        words = self.lexer.text[cell[0] : cell[1]]
        at = words.find("(")
        return read_unit(words[at + 1 :].rstrip(")")) if at >= 0 else None

    # -- rows ---------------------------------------------------------------------------------------

    def _row(self, cells: Sequence[Span], spoken: str) -> Iterator[Draft]:
        units = self.lexer.units(*cells[self.label])
        done = self._executed_column()
        code, indicator, area = self._subject(units, spoken)
        if not code:
            return
        for cell, column in zip(cells[self.label + 1 :], self.columns[self.label + 1 :], strict=True):
            if column.measure is None or not self._is_number(cell):
                continue
            draft = self._cell(cell, column, done, code, indicator, area)
            if draft is not None:
                yield draft

    def _subject(self, units: Sequence[Unit], spoken: str) -> tuple[str, Evidence, AreaReading]:
        """What a row is about: an indicator of the article's unit, or what the text speaks of in a place of its own."""
        subject = next((u for u in units if u.indicator is not None and u.indicator.strength != "weak"), None)
        nothing = "", Evidence("heading"), self.places.main
        if subject is not None and subject.indicator is not None:
            if any(unit.kind == "foreign" and unit.start < subject.start for unit in units):
                return nothing
            return subject.indicator.code, Evidence("words", subject.start, subject.end), self.places.main
        place = next((unit for unit in units if unit.area is not None), None)
        if place is None or place.area is None or not spoken or any(u.kind == "foreign" for u in units):
            return nothing
        return spoken, Evidence("heading", *self.columns[self.label].span), self.places.resolve(place.area)

    def _executed_column(self) -> Column | None:
        """The column of what was collected or spent, whose period the percentages share."""
        return next(
            (c for c in self.columns[1:] if c.measure == "amount" and c.phase in ("estimated", "executed")), None
        )

    def _cell(
        self, cell: Span, column: Column, done: Column | None, code: str, indicator: Evidence, area: AreaReading
    ) -> Draft | None:
        text = self.lexer.text
        assert column.measure is not None
        end = cell[1] if text[cell[1] - 1] != "%" else cell[1] - 1
        number = read_number(text, cell[0], end, convention_of(text))
        if number is None or number.value is None:
            return None
        of = column if column.measure == "amount" else done
        phase: Phase = (of.phase if of else None) or "executed"
        head = of or column
        if column.measure == "amount":
            unit = column.unit or self.unit
            value: int | Decimal | None = int(number.value * unit.factor) if unit and unit.unit == "VND" else None
            doubts: tuple[str, ...] = () if value is not None else ("unit_missing",)
            unit_of = "VND"
        else:
            value, doubts, unit_of = number.value, (), "PT"
            if column.measure == "pct_change_yoy":
                value = number.value - 100  # printed as "105,2" of last year
        period = head.period or self.timeline.inherited("revenue")
        if phase == "plan":
            period = self.timeline.plan_year(head.period)
        quantity = Quantity(cell[0], cell[1], cell[0], end, unit_of, value, "exact")  # type: ignore[arg-type]
        evidence = {
            "indicator": indicator,
            "phase": Evidence("heading", *head.span),
            "period": period.evidence,
            "area": area.evidence,
        }
        return Draft(
            quantity=quantity,
            value=value,
            measure=column.measure,
            code=code,
            phase=phase,
            basis="unspecified" if column.measure == "pct_of_plan" else None,
            period=period,
            area=area,
            base=period,
            against_year=None,
            start=cell[0],
            end=cell[1],
            evidence=evidence,
            doubts=(*number.doubts, *doubts, *period.span.doubts, *area.doubts),
        )


def _phase_of(units: Sequence[Unit]) -> Phase | None:
    for unit in units:
        if unit.indicator is not None and unit.text.startswith(("giải ngân", "thanh toán", "đã giải ngân")):
            return "executed"
        if unit.kind in ("estimated", "executed", "target"):
            return unit.kind  # type: ignore[return-value]
        if unit.plans or unit.kind == "plan":
            return "plan"
    return None


def _is_empty(cell: Span) -> bool:
    return cell[0] == cell[1]


def _within_marks(cells: Sequence[Span]) -> Sequence[Span]:
    """ "| Chỉ tiêu | Dự toán |" has a mark at both ends, and no cell outside them."""
    first = 1 if cells and _is_empty(cells[0]) else 0
    last = len(cells) - 1 if len(cells) > 1 and _is_empty(cells[-1]) else len(cells)
    return cells[first:last]
