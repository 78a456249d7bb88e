"""Money: decimal yuan with two decimals, stored as whole 分; no binary float ever."""

from __future__ import annotations

from decimal import Decimal

from fupin_desktop.domain.numbers import fit, parse_decimal
from fupin_desktop.domain.text import compact

FEN = Decimal("0.01")
LIMIT = Decimal(10) ** 12
_WHAT = "金额"
_WAN = Decimal(10000)


def parse_money(value: str | int | Decimal, *, negative: bool = False) -> Decimal:
    """The amount in yuan, quantised to 分.

    Understands ``1,234.5``, ``¥1,234.50``, ``1234.50元`` and full-width digits. Amounts in 万元 are refused, since a
    column's unit stands in its heading.

    Args:
        value: Text, whole yuan or an exact decimal.
        negative: Whether an amount below 0 is allowed.

    Raises:
        ValueError: With a Chinese sentence: not a number, below 0, 10^12 yuan or more, finer than 分.
    """
    amount = parse_decimal(_without_sign(value), _WHAT) if isinstance(value, str) else Decimal(value)
    return fit(amount, FEN, LIMIT, _WHAT, negative=negative)


def _without_sign(text: str) -> str:
    """The text without currency sign and unit."""
    if text.isascii():
        return text
    plain = compact(text).removeprefix("人民币").lstrip("¥￥")
    return plain.removesuffix("元") if not plain.endswith(("万元", "亿元")) else plain


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
    yuan = from_fen(to_fen(amount))
    return f"{yuan:,.2f}" if grouped else f"{yuan:.2f}"


def format_wan(amount: Decimal) -> str:
    """The amount in 万元, exact to the 分, with two to six decimals: 1234.50 yuan are ``0.12345``.

    Raises:
        ValueError: The amount is finer than 分.
    """
    whole, _, decimals = f"{from_fen(to_fen(amount)) / _WAN:,.6f}".partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"
