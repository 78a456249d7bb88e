"""A stored value as the clerk reads it; what is shown can be read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from fupin_desktop.domain.area import format_milli
from fupin_desktop.domain.money import format_fen
from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.storage.document_type import load_document
from fupin_desktop.storage.fields import Field, Kind

YES, NO = "是", "否"


def show(field: Field, value: Any, names: Mapping[str, str] | None = None) -> str:
    """A stored value as text; what is not given is empty.

    Args:
        field: The field that holds it.
        value: The stored value.
        names: Names by key of the records that a REFERENCE field names.
    """
    if value is None or value == "":
        return ""
    if field.kind is Kind.REFERENCE:
        return (names or {}).get(value, "")
    shower = _SHOWERS.get(field.kind)
    return shower(field, value) if shower else str(value)


def label_of(choices: type[Word] | None, code: str) -> str:
    """The label of a stored code; a code this program does not know is shown as it is."""
    return _labels(choices).get(code, code) if choices else code


@cache
def _labels(choices: type[Word]) -> dict[str, str]:
    return {word.value: word.label for word in choices}


def _percent(value: int) -> str:
    return f"{Decimal(value).scaleb(-2).normalize():f}%"


def _files(value: Any) -> str:
    """The names of attached files; the change log keeps them as the data file does."""
    return "、".join(one["name"] for one in (load_document(value) if isinstance(value, str) else value))


_SHOWERS: dict[Kind, Callable[[Field, Any], str]] = {
    Kind.MONEY: lambda _, value: format_fen(value),
    Kind.AREA: lambda _, value: format_milli(value),
    Kind.QUANTITY: lambda _, value: format_milli(value, ""),
    Kind.FLAG: lambda _, value: YES if value else NO,
    Kind.CHOICE: lambda field, value: label_of(field.choices, value),
    Kind.PERCENT: lambda _, value: _percent(value),
    Kind.FILES: lambda _, value: _files(value),
}
