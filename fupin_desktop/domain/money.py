"""Money: decimal yuan with two decimals, stored as whole 分; no binary float ever."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")
_WHAT = "金额"
_WAN = Decimal(10000)
_FEN_OF_WAN = Decimal("0.000001")


def parse_money(value: str | int | Decimal, *, negative: bool = False) -> Decimal:
    """The amount in yuan, quantised to 分.

    Understands ``1,234.5``, ``¥1,234.50``, ``1234.50元``, ``1.5万元``, ``(12.00)`` for -12.00 and full-width digits.

    Args:
        value: Text, whole yuan or an exact decimal.
        negative: Whether an amount below 0 is allowed.

    Raises:
        ValueError: With a Chinese sentence: not a number, below 0, 10^12 yuan or more, finer than 分.
    """
    from fupin_desktop.domain.reading.numbers import MONEY, read_number  # its patterns are compiled when first used

    amount: Decimal | None = read_number(value, _WHAT, MONEY, negative=negative).sure
    if amount is None:
        raise ValueError(f"没有填写{_WHAT}")
    return amount


def to_fen(amount: Decimal) -> int:
    """Whole 分 of an amount in yuan, as stored.

    Raises:
        ValueError: The amount is finer than 分.
    """
    fen = int(amount * 100)
    if fen != amount * 100:
        raise ValueError(f"金额“{amount}”细于1分")
    return fen


def from_fen(fen: int) -> Decimal:
    """Yuan with two decimals of stored 分."""
    return Decimal(fen).scaleb(-2)


def format_money(amount: Decimal, grouped: bool = True) -> str:
    """The amount filled to 分, e.g. ``1,234.50``.

    Raises:
        ValueError: The amount is finer than 分.
    """
    return format_fen(to_fen(amount), grouped)


def format_fen(fen: int, grouped: bool = True) -> str:
    """Stored 分 as the amount in yuan, e.g. ``1,234.50``."""
    yuan, rest = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    return f"{sign}{yuan:,}.{rest:02}" if grouped else f"{sign}{yuan}.{rest:02}"


def in_wan(amount: Decimal) -> Decimal:
    """The amount in 万元, exact to the 分."""
    return (amount / _WAN).quantize(_FEN_OF_WAN)


def round_wan(amount: Decimal) -> str:
    """The amount in 万元 with two decimals, rounded half up: 12 345.67 yuan are ``1.23``."""
    return f"{(amount / _WAN).quantize(FEN, ROUND_HALF_UP):,.2f}"


def format_wan(amount: Decimal) -> str:
    """The amount in 万元, exact to the 分, with two to six decimals: 1234.50 yuan are ``0.12345``.

    Raises:
        ValueError: The amount is finer than 分.
    """
    whole, _, decimals = f"{from_fen(to_fen(amount)) / _WAN:,.6f}".partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"
