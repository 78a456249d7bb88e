"""How values are written on paper, and text templates with ``{field}`` places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from fupin_desktop.documents.faces.fonts import printable
from fupin_desktop.domain.area import format_quantity
from fupin_desktop.domain.capital import to_capital
from fupin_desktop.domain.money import format_money, round_wan
from fupin_desktop.override import override

NUMERIC = frozenset({"money", "wan", "area", "quantity", "count"})
"""Types that hold a number, can be summed and go into a workbook as one."""


def chinese_date(day: date) -> str:
    """A date as GB/T 9704 writes it: Arabic digits without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def _quantity(value: Decimal, unit: str) -> str:
    return format_quantity(value, unit or "个")


def _text(value: object, _unit: str) -> str:
    return printable(str(value))


_AFTER_HAN = r"(?<=[\u3400-\u9fff，。；：）”》])[ \u3000]+(?=[0-9A-Za-z¥])"
_BEFORE_HAN = r"(?<=[0-9A-Za-z%)]) +(?=[\u3400-\u9fff（“《])"
_BLANKS = re.compile(f"{_AFTER_HAN}|{_BEFORE_HAN}")
_MARK = re.compile(r"(?<=[^\x00-\x7f0-9])([,;:])\s*|([,;:])(?:\s+|(?=[\u3400-\u9fff]))")
_WIDE = {",": "，", ";": "；", ":": "："}
_AROUND_BRACKETS = re.compile(r"\s*([（）])\s*")
_BRACKETS = str.maketrans("()", "（）")


@lru_cache(maxsize=2_000)
def wide_marks(text: str) -> str:
    """A sentence with full-width marks and brackets, as printed Chinese has them."""
    plain = _MARK.sub(lambda hit: _WIDE[hit[1] or hit[2]], printable(text).translate(_BRACKETS))
    return _AROUND_BRACKETS.sub(r"\1", plain) if "（" in plain or "）" in plain else plain


def prose(text: str) -> str:
    """A sentence with full-width marks, and without blanks between Han characters and figures."""
    return _BLANKS.sub("", wide_marks(text))


def said(opinion: Mapping[str, Any]) -> str:
    """What an opinion says: its text, which holds 同意 or 不同意 where one of them was chosen."""
    text = printable(opinion.get("text") or "")
    agrees = opinion.get("agrees")
    refuses = "不同意" in text
    if agrees is None or (refuses if not agrees else "同意" in text and not refuses):
        return text
    return f"{'同意' if agrees else '不同意'}。{text}"


FORMATS: dict[str, Callable[[Any, str], str]] = {
    "text": _text,
    "money": lambda value, _: format_money(value),
    "wan": lambda value, _: round_wan(value),
    "yuan": lambda value, _: "¥" + format_money(value),
    "capital": lambda value, _: "人民币" + to_capital(value),
    "area": lambda value, _: format_quantity(value),
    "quantity": _quantity,
    "count": lambda value, _: str(int(value)),
    "date": lambda value, _: chinese_date(value),
    "month": lambda value, _: f"{value.year}年{value.month}月",
    "paren": lambda value, _: f"（{_text(value, _)}）",
    "marks": lambda value, _: wide_marks(str(value)),
    "prose": lambda value, _: prose(str(value)),
    "joined": lambda value, _: "、".join(_text(part, "") for part in value),
    "long": _text,
    "choice": _text,
    "phone": _text,
    "several": lambda value, _: "、".join(_text(part, "") for part in value),
    "yes_no": lambda value, _: "是" if value else "否",
    "opinion": lambda value, _: said(value),
}
"""Format name to function of value and unit."""


def written(value: object, form: str, unit: str = "") -> str:
    """A value as printed; None, and the empty text, print nothing."""
    return "" if value is None or value == "" else FORMATS[form](value, unit)


class Place(NamedTuple):
    """A place in a template: field name and format (empty for the field's own)."""

    name: str
    form: str


_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)(?::([a-z]+))?\}|\{\{|\}\}")


class Template:
    """Text with ``{field}`` and ``{field:format}`` places; ``{{`` and ``}}`` stand for braces.

    Attributes:
        source: As written in the form file.
        parts: Literal texts and places, in order.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: tuple[str | Place, ...] = tuple(_parts(source))

    @override
    def __repr__(self) -> str:
        return f"Template({self.source!r})"

    @property
    def places(self) -> Iterable[Place]:
        """The places alone."""
        return (part for part in self.parts if isinstance(part, Place))

    def fill(self, value_of: Callable[[Place], str]) -> str:
        """The text with every place filled in."""
        return "".join(part if isinstance(part, str) else value_of(part) for part in self.parts)


def _parts(source: str) -> Iterable[str | Place]:
    """Literal texts and places of a template.

    Raises:
        ValueError: A brace that begins no place.
    """
    text, at = "", 0
    for hit in _PLACE.finditer(source):
        text += _plain(source[at : hit.start()])
        at = hit.end()
        if hit[1] is None:
            text += hit[0][0]
            continue
        if text:
            yield text
        text = ""
        yield Place(hit[1], hit[2] or "")
    if text := text + _plain(source[at:]):
        yield text


def _plain(text: str) -> str:
    """Text between places, which holds no brace."""
    if "{" in text or "}" in text:
        raise ValueError("花括号不成对，或里面不是“{字段}”“{字段:格式}”")
    return text
