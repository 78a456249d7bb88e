"""Stored values as the clerk reads them."""

from __future__ import annotations

from typing import Any

from fupin_desktop.domain.area import MU, format_quantity, from_milli
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.storage.fields import Field, Kind


def show(field: Field, value: Any) -> str:
    """A stored value in its written form; 空 where there is none."""
    if value is None or value == "":
        return "(空)"
    if field.kind is Kind.MONEY:
        return format_money(from_fen(value))
    if field.kind is Kind.AREA:
        return format_quantity(from_milli(value), MU)
    if field.kind is Kind.QUANTITY:
        return format_quantity(from_milli(value), "")
    if field.kind is Kind.FLAG:
        return "是" if value else "否"
    if field.kind is Kind.CHOICE and field.choices is not None:
        word = field.choices.from_label(value)
        return word.label if word is not None else str(value)
    return str(value)
