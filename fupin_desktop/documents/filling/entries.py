"""One field's value as it is typed and shown: parsing with a sentence for each fault, and the way back."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from fupin_desktop.documents.definition.form import Field
from fupin_desktop.documents.definition.formats import NUMERIC, chinese_date, said
from fupin_desktop.documents.faces.fonts import printable
from fupin_desktop.domain.area import format_quantity
from fupin_desktop.domain.money import format_money, format_wan
from fupin_desktop.domain.reading.dates import read_date
from fupin_desktop.domain.reading.numbers import MONEY, QUANTITY, read_count, read_number
from fupin_desktop.domain.reading.raw import Read
from fupin_desktop.domain.reading.texts import read_phone
from fupin_desktop.domain.reading.words import Initials, read_flag, read_label
from fupin_desktop.domain.text import compact

_FULL_WIDTH = {code + 0xFEE0: chr(code) for code in range(0x30, 0x7B) if chr(code).isalnum()}
_MARKS = re.compile("[、,，;；\n]+")
_LONGEST = {"text": 1000, "phone": 40, "long": 4000}


def parse_value(field: Field, text: str, *, year: int | None = None, initials: Initials | None = None) -> Any:
    """The value of what was typed; None for nothing.

    Args:
        field: Any field but a list or an opinion.
        text: As typed or pasted.
        year: Year of a date typed without one, such as ``3.1``; None refuses it.
        initials: Gives the pinyin initials by which a choice may be typed; None leaves them out.

    Raises:
        ValueError: With a Chinese sentence that says what is wrong.
    """
    if field.type in ("long", "text", "phone"):
        return _text(field, text)
    if field.type == "several":
        return _several(field, text, initials)
    if field.type == "choice":
        return _taken(read_label(text, "", field.choices, initials), field)
    return _taken(_READERS[field.type](field, text, year), field)


def _taken(found: Read, field: Field) -> Any:
    """What was read.

    Raises:
        ValueError: There is an issue; numbers say what is wrong, other kinds also what to write.
    """
    if found.issue is None:
        return found.value
    raise ValueError(found.issue.sentence if field.type in NUMERIC else f"{found.issue.sentence}，{found.issue.todo}")


def _text(field: Field, text: str) -> str | None:
    """A text with line ends only where the field has several lines."""
    lines = [printable(line).translate(_FULL_WIDTH).strip(" \u3000") for line in text.splitlines()]
    plain = "\n".join(lines).strip("\n") if field.type == "long" else " ".join(filter(None, lines))
    if field.type == "phone":
        plain = read_phone(plain, field.label).value or ""
    limit = field.max_length or _LONGEST[field.type]
    if len(plain) > limit:
        raise ValueError(f"最多 {limit} 个字，现在有 {len(plain)} 个")
    return plain or None


def _several(field: Field, text: str, initials: Initials | None) -> list[str] | None:
    """Choices joined by marks, in the form's order."""
    parts = [part for part in _MARKS.split(text) if compact(part)]
    chosen = {_taken(read_label(part, "", field.choices, initials), field) for part in parts}
    return [choice for choice in field.choices if choice in chosen] or None


_READERS: dict[str, Callable[[Field, str, int | None], Read]] = {
    "money": lambda field, text, _: read_number(text, "金额", MONEY, unit=field.unit),
    "wan": lambda _, text, __: read_number(text, "金额", MONEY, unit="万元"),
    "area": lambda field, text, _: read_number(text, "面积", QUANTITY, unit=field.unit or "亩"),
    "quantity": lambda field, text, _: read_number(text, "数量", QUANTITY, unit=field.unit or "个"),
    "count": lambda field, text, _: read_count(text, "", field.unit),
    "date": lambda _, text, year: read_date(text, "", year),
    "yes_no": lambda _, text, __: read_flag(text, ""),
}


def show_value(field: Field, value: Any) -> str:
    """A value as the editor shows it, which ``parse_value`` reads back; None is empty."""
    if value is None:
        return ""
    return _SHOWN.get(field.type, str)(value)


_SHOWN: dict[str, Callable[[Any], str]] = {
    "money": format_money,
    "wan": format_wan,
    "area": format_quantity,
    "quantity": lambda value: format_quantity(Decimal(value), ""),
    "date": chinese_date,
    "several": "、".join,
    "yes_no": lambda value: "是" if value else "否",
    "opinion": said,
    "list": lambda value: f"{len(value)} 条",
}
