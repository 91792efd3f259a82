"""What a printed number can stand for, and what slip of the pen would have made it.

"5.870 tỷ" was rounded, cut or raised to whole tỷ: the amount behind it lies within one unit of the last printed
digit. "hơn 1.500 tỷ" says hundreds: it lies between 1.500 and 1.600. Nothing else is known, so nothing closer is
asked of two numbers that should agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from thuchi.model import Figure

UNITS = {10**9: "tỷ đồng", 10**6: "triệu đồng", 1: "đồng"}


@dataclass(frozen=True, slots=True)
class Range:
    """A closed interval of what a number can be."""

    low: Fraction
    high: Fraction

    def meets(self, other: Range) -> bool:
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def over(self, other: Range) -> Range:
        """The quotient; both are positive."""
        return Range(self.low / other.high, self.high / other.low)


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure's number as it stands in the text: `value` = `digits` × `step`, plus 100 for "vượt 12%"."""

    value: Fraction
    step: Fraction
    """The unit of the last printed digit: 1 tỷ of "5.870 tỷ", 100 triệu of "52,4 tỷ", 0.1 of "81,9%"."""
    digits: str
    """Without separators: "5870"; empty for a number in words."""
    approx: str

    @classmethod
    def of(cls, figure: Figure, text: str) -> Printed:
        """Read the step back from the digits in the text.

        Raises:
            ValueError: for a figure without a value.
        """
        if figure.value is None:
            raise ValueError(f"figure {figure.figure_id} has no value")
        number = text[figure.number_start : figure.number_end]
        return cls.read(figure.value, figure.measure, figure.approx, number)

    @classmethod
    def read(cls, value: int | Decimal, measure: str, approx: str, number: str) -> Printed:
        """The same of a value and the words of its number ("1.584", "104 tỷ 90")."""
        digits = "".join(sign for sign in number if sign.isdecimal())
        step = _step_by_digits(measure, Fraction(value), digits)
        if step is None:  # in words, corrected, or in parts that leave zeros out: "104 tỷ 90 triệu" is 104.090 triệu
            return cls(Fraction(value), _step_by_value(value), "", approx)
        return cls(Fraction(value), step, digits, approx)

    def range(self, slack: Fraction = Fraction(1)) -> Range:
        """What the number can be, `slack` units of its last digit off where it is exact.

        The approximate ones are off by a unit of their last digit that is not zero.
        """
        if self.approx == "exact":
            return Range(self.value - slack * self.step, self.value + slack * self.step)
        coarse = self.step * 10 ** (len(self.digits) - len(self.digits.rstrip("0")) if self.digits.strip("0") else 0)
        below = coarse if self.approx in ("about", "below") else Fraction(0)
        above = coarse if self.approx in ("about", "at_least") else Fraction(0)
        return Range(self.value - below, self.value + above)

    def contradicts(self, other: Printed) -> bool:
        """Whether the two cannot be one number: their ranges, one unit of the last printed digit each way (more for
        "hơn", "gần", "khoảng"), have nothing in common."""
        return self != other and not self.range().meets(other.range())

    def slips(self) -> Iterator[tuple[str, Printed]]:
        """What may have been meant, had one thing gone wrong: a wrong unit, comma, digit, or two digits swapped."""
        for meant in self.other_units():
            yield "unit", meant
        for factor in (Fraction(10), Fraction(1, 10)):
            yield "comma", self._times(factor)
        for position, digit in enumerate(self.digits):
            for other in "0123456789":
                if other != digit and not (position == 0 and other == "0"):
                    yield "digit", self._with(self.digits[:position] + other + self.digits[position + 1 :])
        for position in range(len(self.digits) - 1):
            first, second = self.digits[position], self.digits[position + 1]
            if first != second:
                yield "swap", self._with(self.digits[:position] + second + first + self.digits[position + 2 :])

    def other_units(self) -> Iterator[Printed]:
        """The amount in triệu for tỷ, and the reverse; a percentage has no unit to mistake."""
        if self.step >= 1_000:
            for factor in (Fraction(1000), Fraction(1, 1000)):
                yield self._times(factor)

    def _times(self, factor: Fraction) -> Printed:
        return Printed(self.value * factor, self.step * factor, self.digits, self.approx)

    def _with(self, digits: str) -> Printed:
        value = self.value + (int(digits) - int(self.digits)) * self.step
        return Printed(value, self.step, digits, self.approx)


def _step_by_digits(measure: str, value: Fraction, digits: str) -> Fraction | None:
    """The power of ten between the printed digits and the value; null where there is none."""
    meant = [value]
    if measure != "amount":
        # "vượt 12%" is 112, "bằng 90%" of last year -10, "giảm 4%" -4, "gấp 1,4 lần" 40.
        meant += [value - 100, value + 100, -value]
    if value == 0 and digits:
        return Fraction(1)  # "0%" and the "0,0" of a table
    number = int(digits or "0")
    powers = [power for each in meant if number and (power := _power_of_ten(each / number)) is not None]
    return min(powers, default=None)


def _step_by_value(value: int | Decimal) -> Fraction:
    """The last digit of the value itself that is not zero; of a percentage its last decimal."""
    if isinstance(value, int):
        shown = str(value)
        return Fraction(10 ** (len(shown) - len(shown.rstrip("0")))) if value else Fraction(1)
    exponent = value.as_tuple().exponent
    return Fraction(10) ** exponent if isinstance(exponent, int) and exponent < 0 else Fraction(1)


def _power_of_ten(quotient: Fraction) -> Fraction | None:
    one, tens = sorted((quotient.numerator, quotient.denominator))
    return quotient if one == 1 and str(tens).rstrip("0") == "1" else None


def said(value: Fraction | int, measure: str, step: Fraction | None = None) -> str:
    """A number as a Vietnamese reader writes it: "1.584 tỷ đồng", "103,8%"."""
    exact = Fraction(value)
    if measure != "amount":
        return f"{_vietnamese(exact, 2 if step is None else _decimals(step))}%"
    unit = next((unit for unit in (10**9, 10**6) if abs(exact) >= unit), 1)
    return f"{_vietnamese(exact / unit, 3)} {UNITS[unit]}"


def _decimals(step: Fraction) -> int:
    return 0 if step >= 1 else len(str(step.denominator)) - 1


def _vietnamese(value: Fraction, decimals: int) -> str:
    """At most `decimals` decimals, no zeros at their end; full stops between thousands, a decimal comma."""
    whole, rest = divmod(round(abs(value) * 10**decimals), 10**decimals)
    fraction = f"{rest:0{decimals}d}".rstrip("0") if rest else ""
    sign = "-" if value < 0 and (whole or rest) else ""
    return sign + f"{whole:,}".replace(",", ".") + (f",{fraction}" if fraction else "")
