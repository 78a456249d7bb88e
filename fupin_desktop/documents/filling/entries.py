"""One field's value as it is typed and shown: parsing with a sentence for each fault, and the way back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from fupin_desktop.documents.definition.form import Field
from fupin_desktop.documents.definition.formats import chinese_date, said
from fupin_desktop.documents.faces.fonts import printable
from fupin_desktop.domain.area import format_quantity, parse_quantity
from fupin_desktop.domain.money import format_money, parse_money
from fupin_desktop.domain.phone import normalise_phone
from fupin_desktop.domain.text import compact

_FULL_WIDTH = {code + 0xFEE0: chr(code) for code in range(0x30, 0x7B) if chr(code).isalnum()}
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_SHORT_DATE = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_MARKS = re.compile("[、,，;；\n]+")
_YES = frozenset({"是", "有", "√", "yes", "true", "1"})
_NO = frozenset({"否", "无", "×", "no", "false", "0"})
_YEARS = range(1900, 2200)
_LONGEST = {"text": 1000, "phone": 40, "long": 4000}


def parse_value(field: Field, text: str, *, year: int | None = None) -> Any:
    """The value of what was typed; None for nothing.

    Args:
        field: Any field but a list or an opinion.
        text: As typed or pasted.
        year: Year of a date typed without one, such as ``3.1``; None refuses it.

    Raises:
        ValueError: With a Chinese sentence that says what is wrong.
    """
    if field.type in ("long", "text", "phone"):
        return _text(field, text)
    plain = compact(text)
    if not plain:
        return None
    if field.type == "date":
        return _date(plain, year)
    return _PARSERS[field.type](field, plain)


def _text(field: Field, text: str) -> str | None:
    """A text with line ends only where the field has several lines."""
    lines = [line.strip(" \u3000") for line in printable(text).translate(_FULL_WIDTH).splitlines()]
    plain = "\n".join(lines).strip("\n") if field.type == "long" else " ".join(filter(None, lines))
    if field.type == "phone":
        plain = normalise_phone(plain)
    limit = field.max_length or _LONGEST[field.type]
    if len(plain) > limit:
        raise ValueError(f"最多 {limit} 个字，现在有 {len(plain)} 个")
    return plain or None


def _date(text: str, year: int | None) -> date:
    """A date in any of the usual ways of writing it."""
    found = _DATE.fullmatch(text) or _DIGITS.fullmatch(text)
    short = _SHORT_DATE.fullmatch(text)
    parts = [int(part) for part in found.groups()] if found else []
    if short and year is not None:
        parts = [year, int(short[1]), int(short[2])]
    if not parts or parts[0] not in _YEARS:
        raise ValueError(f"“{text}”不是日期，请写成 2026-3-1 这样")
    try:
        return date(*parts)
    except ValueError:
        raise ValueError(f"没有“{text}”这一天") from None


def _count(field: Field, text: str) -> int:
    """A whole number, its unit allowed behind it."""
    plain = text.removesuffix(field.unit).replace(",", "")
    if not _COUNT.fullmatch(plain):
        raise ValueError(f"“{text}”不是整数")
    return int(plain)


def _choice(field: Field, text: str) -> str:
    """One of the choices."""
    for choice in field.choices:
        if compact(choice) == text:
            return choice
    raise ValueError(f"“{text}”不在可选的内容里：{'、'.join(field.choices)}")


def _several(field: Field, text: str) -> list[str]:
    """Choices joined by marks, in the form's order."""
    chosen = {_choice(field, part) for part in _MARKS.split(text) if part}
    return [choice for choice in field.choices if choice in chosen]


def _yes_no(_field: Field, text: str) -> bool:
    """是 or 否."""
    plain = text.lower()
    if plain not in _YES | _NO:
        raise ValueError(f"“{text}”应为“是”或“否”")
    return plain in _YES


_PARSERS: dict[str, Callable[[Field, str], Any]] = {
    "money": lambda _, text: parse_money(text),
    "area": lambda field, text: parse_quantity(text, field.unit or "亩"),
    "quantity": lambda field, text: parse_quantity(text, field.unit or "个"),
    "count": _count,
    "choice": _choice,
    "several": _several,
    "yes_no": _yes_no,
}


def show_value(field: Field, value: Any) -> str:
    """A value as the editor shows it, which ``parse_value`` reads back; None is empty."""
    if value is None:
        return ""
    return _SHOWN.get(field.type, str)(value)


_SHOWN: dict[str, Callable[[Any], str]] = {
    "money": format_money,
    "area": format_quantity,
    "quantity": lambda value: format_quantity(Decimal(value), ""),
    "date": chinese_date,
    "several": "、".join,
    "yes_no": lambda value: "是" if value else "否",
    "opinion": said,
    "list": lambda value: f"{len(value)} 条",
}
