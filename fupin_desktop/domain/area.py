"""Areas and other quantities: decimals with three places, stored as whole thousandths."""

from __future__ import annotations

from decimal import Decimal

from fupin_desktop.domain.numbers import fit, parse_decimal
from fupin_desktop.domain.text import compact

MILLI = Decimal("0.001")
LIMIT = Decimal(10) ** 9
MU = "亩"
_WHAT = "数量"


def parse_quantity(value: str | int | Decimal, unit: str = MU) -> Decimal:
    """A quantity with three decimals, 0 or more.

    Args:
        value: Text, whole number or exact decimal; the text may end in its unit (``3.5亩``).
        unit: The unit that may stand behind the number.

    Raises:
        ValueError: With a Chinese sentence: not a number, below 0, 10^9 or more, more than three decimals.
    """
    what = "面积" if unit == MU else _WHAT
    number = parse_decimal(_without_unit(value, unit), what) if isinstance(value, str) else Decimal(value)
    return fit(number, MILLI, LIMIT, what, negative=False)


def _without_unit(text: str, unit: str) -> str:
    """The text without the unit behind it."""
    return text if text.isascii() or not unit else compact(text).removesuffix(unit)


def to_milli(quantity: Decimal) -> int:
    """Whole thousandths of a quantity, as stored.

    Raises:
        ValueError: The quantity is finer than a thousandth.
    """
    milli = int(quantity * 1000)
    if milli != quantity * 1000:
        raise ValueError(f"数量“{quantity}”超过三位小数")
    return milli


def from_milli(milli: int) -> Decimal:
    """A quantity with three decimals of stored thousandths."""
    return Decimal(milli).scaleb(-3)


def format_quantity(quantity: Decimal, unit: str = MU) -> str:
    """A quantity for display: areas in 亩 with three decimals, others (头, 羽, 株) without needless zeros.

    Raises:
        ValueError: The quantity is finer than a thousandth.
    """
    text = f"{from_milli(to_milli(quantity)):,.3f}"
    return text if unit == MU else text.rstrip("0").rstrip(".")
