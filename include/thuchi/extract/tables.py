"""Tables in plain text: one row a line, cells between "|" or tabs, the unit stated above or in the head.

The head says what each column measures ("Dự toán năm", "Ước 10 tháng", "% so dự toán", "% so cùng kỳ"); a column of
percentages does not inherit the table's unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thuchi.extract.areas import AreaContext
from thuchi.extract.lexing import Lexer, Unit
from thuchi.extract.structure import Line
from thuchi.extract.timing import Period, Timeline

from thuchi.extract.draft import Draft


@dataclass(slots=True)
class TableReader:
    lexer: Lexer
    places: AreaContext
    timeline: Timeline
    period: Period | None

    def read(self, lines: Sequence[Line]) -> list[Draft]:
        return []
