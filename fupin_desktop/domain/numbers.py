"""Exact decimal numbers out of typed text; the common ground of money, areas and quantities."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.domain.text import bare

_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,12})?", re.ASCII)
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_LOOSE = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)", re.ASCII)
_SCIENTIFIC = re.compile(r"[-+]?[0-9]*\.?[0-9]+[eE][-+]?[0-9]+", re.ASCII)
_SIGNS = str.maketrans({"，": ",", "−": "-", "–": "-", "﹣": "-", "。": ".", "￥": "¥"})
_CURRENCY = re.compile(r"^([-+]?)(?:人民币)?¥*([-+]?)")
_POWERS = {"万": 4, "亿": 8}


class Parsed(NamedTuple):
    """A number, and whether its text said in what unit it is."""

    value: Decimal
    unit: bool = False


def looks_scientific(text: str) -> bool:
    """Whether the text is a number in scientific notation, as Excel shows long numbers (``1.2E+17``)."""
    return _SCIENTIFIC.fullmatch(text) is not None


def parse_number(text: str, what: str, units: tuple[str, ...] = ()) -> Parsed:
    """The exact number a text stands for.

    Thousands separators, full-width characters, currency signs before and units behind are understood; 万 and 亿
    multiply; brackets around a number, as bookkeepers write them, make it negative.

    Args:
        text: Typed text.
        what: What the number is, for the sentence, e.g. 金额.
        units: Units that may stand behind it, longer ones first.

    Raises:
        ValueError: With a Chinese sentence, where the text is no number.
    """
    if _PLAIN.fullmatch(text):
        return Parsed(Decimal(text))
    plain = bare(text).translate(_SIGNS)
    number, power, said = _bare(plain, units)
    if _GROUPED.fullmatch(number):
        number = number.replace(",", "")
    elif not _LOOSE.fullmatch(number):
        raise ValueError(_why_not(text, plain, what))
    return Parsed(Decimal(f"{number}E{power}" if power else number), said)


def _bare(plain: str, units: tuple[str, ...]) -> tuple[str, int, bool]:
    """The number alone, the power of ten behind it, and whether a unit or power was named."""
    if plain.startswith("(") and plain.endswith(")") and plain[1:2] not in ("-", "+"):
        plain = f"-{plain[1:-1]}"
    if not plain.isascii():
        plain = _CURRENCY.sub(r"\1\2", plain)
    unit = next((unit for unit in units if unit and plain.endswith(unit)), "")
    number = plain.removesuffix(unit)
    power = _POWERS.get(number[-1:], 0)
    return number[:-1] if power else number, power, bool(unit or power)


def _why_not(text: str, plain: str, what: str) -> str:
    """The sentence on a text that is no number."""
    if not plain:
        return f"没有填写{what}"
    if looks_scientific(plain):
        return f"{what}“{plain}”是科学计数法，请写出全部数字"
    return f"{what}“{text.strip()}”不是数字"
