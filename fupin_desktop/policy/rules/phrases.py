"""Numbers in the sentences of schemes and notices."""

from __future__ import annotations

from decimal import Decimal


def plain(value: Decimal) -> str:
    """A number without trailing zeros and without powers of ten."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def reach(start: Decimal, unit: str, included: bool) -> str:
    """From where a row or lump sum counts, e.g. ``10 亩及以上``."""
    return f"{plain(start)} {unit}{'及以上' if included else '以上'}"


def decimal_text(value: Decimal) -> str:
    """A decimal as scheme files hold it."""
    return f"{value:f}"
