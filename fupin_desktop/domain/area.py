"""Areas and other quantities: decimals with three places, stored as whole thousandths."""

from __future__ import annotations

from decimal import Decimal

MU = "亩"


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
    return format_milli(to_milli(quantity), unit)


def format_milli(milli: int, unit: str = MU) -> str:
    """Stored thousandths for display, as :func:`format_quantity` shows a quantity."""
    whole, rest = divmod(abs(milli), 1000)
    text = f"{'-' if milli < 0 else ''}{whole:,}.{rest:03}"
    return text if unit == MU else text.rstrip("0").rstrip(".")
