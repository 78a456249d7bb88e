"""Cells that are plainly right, taken at a glance: the quick way for columns of 100 000 cells.

A glance says what :func:`.reading.read` says without a fault, or nothing at all; then the cell is read with care. With
it a column costs what one pattern costs a cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from fupin_desktop.domain import bank, identity
from fupin_desktop.domain.reading import numbers
from fupin_desktop.domain.reading.raw import Raw
from fupin_desktop.domain.reading.texts import LONGEST_NAME, LOST, NO_CODE
from fupin_desktop.domain.text import clean, clean_name, compact
from fupin_desktop.services.values.context import Context
from fupin_desktop.storage.fields import Field, Kind, Style

Glance = Callable[[Raw], Any]
"""The stored value of a cell; None where the cell has to be read with care."""
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_AMOUNT = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.([0-9]{1,2}))?")
_PLAIN_TEXTS = re.compile("(?:[0-9A-Za-z\u4e00-\u9fff]+\n)*")
_MOBILES = re.compile(r"(?:1[3-9][0-9]{9}\n)*")
_TIDIED: dict[Style, Callable[[str], str]] = {Style.PLAIN: clean, Style.NAME: clean_name, Style.CODE: compact}
_DOUBTFUL: dict[Style, Callable[[str], Any]] = {
    Style.NAME: lambda name: len(name) > LONGEST_NAME or LOST.search(name), Style.CODE: NO_CODE.__contains__,
}
"""Whether a tidied text has to be read with care, by the style of its field."""


def glance(field: Field, context: Context) -> Glance | None:
    """The glance for a column; None for a kind that has none.

    Args:
        field: The field that the column holds.
        context: As for reading.
    """
    match field.kind:
        case Kind.TEXT if not field.listed:
            return _text(_TIDIED[field.style], _DOUBTFUL.get(field.style))
        case Kind.ID_NUMBER if context.today is not None:
            year = context.today.year
            return lambda raw: raw if raw.__class__ is str and identity.plainly_sound(raw, year) else None
        case Kind.PHONE:
            return lambda raw: raw if raw.__class__ is str and _MOBILE.fullmatch(raw) else None
        case Kind.ACCOUNT:
            return lambda raw: bank.normalise_account(raw) if raw.__class__ is str and bank.luhn_ok(raw) else None
        case Kind.MONEY:
            return _number(field, numbers.MONEY, context)
        case Kind.QUANTITY | Kind.AREA:
            return _number(field, numbers.QUANTITY, context)
    return None


def stands(field: Field, texts: Iterable[Any], context: Context) -> bool:
    """Whether the cells of a whole column plainly are stored as they stand; it is seen for all of them at once.

    Args:
        field: The field that the column holds.
        texts: Its different cells without empty ones; some may be no texts, then they do not stand.
        context: As for reading.
    """
    cells = list(texts)
    if {*map(type, cells)} - {str}:
        return False
    match field.kind:
        case Kind.TEXT if not field.listed:
            return _undoubted(field.style, cells) and _each(_PLAIN_TEXTS, cells)
        case Kind.PHONE:
            return _each(_MOBILES, cells)
        case Kind.ID_NUMBER if context.today is not None:
            return identity.all_plainly_sound(cells, context.today.year)
        case Kind.ACCOUNT:
            return bank.all_luhn_ok(cells)
    return False


def _undoubted(style: Style, cells: Sequence[str]) -> bool:
    """Whether no cell of plain characters has to be read with care for all that."""
    if style is Style.CODE:
        return NO_CODE.isdisjoint(cells)
    return style is not Style.NAME or max(map(len, cells), default=0) <= LONGEST_NAME


def _each(pattern: re.Pattern[str], cells: Sequence[str]) -> bool:
    """Whether each cell is a line of a pattern of lines."""
    joined = "".join([f"{cell}\n" for cell in cells])
    return joined.count("\n") == len(cells) and pattern.fullmatch(joined) is not None


def _text(tidied: Callable[[str], str], doubtful: Callable[[str], Any] | None) -> Glance:
    def text(raw: Raw) -> str | None:
        if raw.__class__ is not str or raw[0] == "#":
            return None
        found = tidied(raw)
        return None if not found or (doubtful is not None and doubtful(found)) else found

    return text


def _number(field: Field, scale: numbers.Scale, context: Context) -> Glance:
    """Numbers of workbooks that are exact as they stand, and plain texts of them."""
    parts, limit = scale.whole * context.times, scale.limit * scale.whole
    most = limit if field.at_most is None else min(limit, field.at_most + 1)
    whole = int(parts) if parts == int(parts) else 0

    def number(raw: Raw) -> int | None:
        if isinstance(raw, float):
            return numbers.exact_parts(raw, whole, most) if whole else None
        found = _AMOUNT.fullmatch(raw) if raw.__class__ is str and context.times == 1 else None
        if found is None:
            return None
        stored = int(found[1].replace(",", "")) * whole + int((found[2] or "0").ljust(scale.places, "0"))
        return stored if stored < most else None

    return number
