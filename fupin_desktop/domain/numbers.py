"""Exact decimal numbers out of typed text; the common ground of money and area."""

from __future__ import annotations

import re
from decimal import Decimal

from fupin_desktop.domain.text import compact

_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,12})?", re.ASCII)
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_LOOSE = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)", re.ASCII)
_SCIENTIFIC = re.compile(r"[-+]?[0-9]*\.?[0-9]+[eE][-+]?[0-9]+", re.ASCII)
_SIGNS = str.maketrans({"，": ",", "−": "-", "–": "-", "﹣": "-", "。": "."})


def looks_scientific(text: str) -> bool:
    """Whether the text is a number in scientific notation, as Excel shows long numbers (``1.2E+17``)."""
    return _SCIENTIFIC.fullmatch(text) is not None


def parse_decimal(text: str, what: str) -> Decimal:
    """The exact number a text stands for; thousands separators and full-width characters are understood.

    Args:
        text: Typed text without a unit.
        what: What the number is, for the sentence, e.g. 金额.

    Raises:
        ValueError: With a Chinese sentence, where the text is no number.
    """
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    plain = compact(text).translate(_SIGNS)
    if _GROUPED.fullmatch(plain):
        return Decimal(plain.replace(",", ""))
    if _LOOSE.fullmatch(plain):
        return Decimal(plain)
    raise ValueError(_why_not(text, plain, what))


def _why_not(text: str, plain: str, what: str) -> str:
    """The sentence on a text that is no number."""
    if not plain:
        return f"没有填写{what}"
    if looks_scientific(plain):
        return f"{what}“{plain}”是科学计数法，请写出全部数字"
    if plain.endswith(("万", "亿", "万元", "亿元")):
        return f"{what}“{plain}”带有“万”或“亿”，请换算成元后填写"
    return f"{what}“{text.strip()}”不是数字"


def fit(value: Decimal, step: Decimal, limit: Decimal, what: str, *, negative: bool) -> Decimal:
    """The value quantised to ``step`` without rounding anything away.

    Args:
        value: The number.
        step: Smallest part that is kept, e.g. ``Decimal("0.01")``.
        limit: First magnitude that is too large.
        what: What the number is, for the sentence.
        negative: Whether values below 0 are allowed.

    Raises:
        ValueError: With a Chinese sentence: not a number, below 0, too large, or finer than ``step``.
    """
    if not value.is_finite():
        raise ValueError(f"{what}不是数字")
    if value < 0 and not negative:
        raise ValueError(f"{what}不能小于0")
    if abs(value) >= limit:
        raise ValueError(f"{what}过大，应小于{limit:,}")
    kept = value.quantize(step)
    if kept != value:
        raise ValueError(f"{what}最多填{-int(step.as_tuple().exponent)}位小数")
    return kept if kept else abs(kept)
