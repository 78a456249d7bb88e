"""Exact numbers of the award calculation: a Decimal where the value ends, a Fraction where it does not.

No binary float and no silent rounding: every operation runs under ``EXACT``, whose precision is far beyond any product
of the numbers a scheme can hold, and division goes through ``Fraction``.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction

from fupin_desktop.domain.vocabulary import Word

Exact = Decimal | Fraction


class RoundingUnit(Word):
    """Smallest unit of an award (step 10)."""

    FEN = "fen", "分"
    JIAO = "jiao", "角"
    YUAN = "yuan", "元"


class RoundingMode(Word):
    """Direction of rounding (step 10)."""

    HALF_UP = "half_up", "四舍五入"
    DOWN = "down", "舍去"


EXACT = Context(
    prec=600, rounding=ROUND_HALF_UP, Emin=-9999, Emax=9999, traps=[InvalidOperation, DivisionByZero, Overflow]
)
ZERO = Decimal(0)
FEN = Decimal("0.01")
SHOWN = Decimal("0.000001")
UNITS = {RoundingUnit.FEN: FEN, RoundingUnit.JIAO: Decimal("0.1"), RoundingUnit.YUAN: Decimal(1)}
MODES = {RoundingMode.HALF_UP: ROUND_HALF_UP, RoundingMode.DOWN: ROUND_DOWN}


def settled(value: Fraction) -> Exact:
    """``value`` as a Decimal where its decimals end, else as it is."""
    numerator, denominator = value.numerator, value.denominator
    digits = denominator.bit_length()
    if pow(10, digits, denominator):
        return value
    return Decimal(numerator * 10**digits // denominator).scaleb(-digits, EXACT).normalize(EXACT)


def times(left: Exact, right: Exact) -> Exact:
    """Exact product."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left * right
    return settled(Fraction(left) * Fraction(right))


def plus(left: Exact, right: Exact) -> Exact:
    """Exact sum."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left + right
    return settled(Fraction(left) + Fraction(right))


def minus(left: Exact, right: Exact) -> Exact:
    """Exact difference, not below 0."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left - right if left > right else ZERO
    return settled(max(Fraction(left) - Fraction(right), Fraction(0)))


def over(left: Exact, right: Exact) -> Exact:
    """Exact quotient."""
    return settled(Fraction(left) / Fraction(right))


def total(values: Iterable[Exact]) -> Exact:
    """Exact sum of many values; halves are summed first, so that unlike denominators stay small for long."""
    decimals, fractions = ZERO, []
    for value in values:
        if isinstance(value, Decimal):
            decimals += value
        else:
            fractions.append(value)
    while len(fractions) > 1:
        odd = [fractions.pop()] if len(fractions) % 2 else []
        fractions = [a + b for a, b in zip(fractions[::2], fractions[1::2], strict=True)] + odd
    return plus(decimals, fractions[0]) if fractions else decimals


def shown(value: Exact) -> Decimal:
    """``value`` for the working: exact, or with six decimals where its decimals do not end."""
    return value if isinstance(value, Decimal) else _to_decimal(value, SHOWN, ROUND_HALF_UP)


def exact_text(value: Exact) -> str | None:
    """``numerator/denominator`` where ``shown`` is not the exact value, else None."""
    return None if isinstance(value, Decimal) else f"{value.numerator}/{value.denominator}"


def _to_decimal(value: Fraction, unit: Decimal, mode: str) -> Decimal:
    units = value / Fraction(unit)
    whole, rest = divmod(units.numerator, units.denominator)
    if mode == ROUND_HALF_UP and 2 * rest >= units.denominator:
        whole += 1
    return Decimal(whole) * unit


class Rounding:
    """Step 10: rounding of amounts that are not below 0, to 分, 角 or 元."""

    def __init__(self, unit: RoundingUnit, mode: RoundingMode) -> None:
        self.unit = UNITS[unit]
        self.mode = MODES[mode]
        self.unit_label = unit.label

    def by_mode(self, value: Exact) -> Decimal:
        """``value`` rounded as the scheme says, in yuan with two decimals."""
        return self._rounded(value, self.mode)

    def down(self, value: Exact) -> Decimal:
        """``value`` rounded down, in yuan with two decimals."""
        return self._rounded(value, ROUND_DOWN)

    def _rounded(self, value: Exact, mode: str) -> Decimal:
        if not isinstance(value, Decimal):
            return _to_decimal(value, self.unit, mode).quantize(FEN, context=EXACT)
        rounded = value.quantize(self.unit, mode, EXACT)
        return rounded if self.unit is FEN else rounded.quantize(FEN, context=EXACT)


FEN_DOWN = Rounding(RoundingUnit.FEN, RoundingMode.DOWN)
