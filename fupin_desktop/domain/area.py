"""Areas and other quantities: decimals with three places, stored as whole thousandths."""

from __future__ import annotations

from decimal import Decimal

from fupin_desktop.domain.reading.numbers import QUANTITY, read_number

MILLI = Decimal("0.001")
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
    quantity: Decimal | None = read_number(value, what, QUANTITY, unit=unit).sure
    if quantity is None:
        raise ValueError(f"没有填写{what}")
    return quantity


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
