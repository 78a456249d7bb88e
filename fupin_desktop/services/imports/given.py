"""Values that the clerk gives once for a whole list, where it lacks a column that every record needs."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from datetime import date
from typing import TYPE_CHECKING

from fupin_desktop.services.imports.columns import Columns
from fupin_desktop.services.imports.converters import converter
from fupin_desktop.services.values import Context, Place
from fupin_desktop.storage.fields import Kind

if TYPE_CHECKING:
    from fupin_desktop.services.imports.headings import ListKind
    from fupin_desktop.services.imports.importer import Importer
    from fupin_desktop.services.imports.mapping import Mapping

_OF_EACH = (Kind.MONEY, Kind.AREA, Kind.QUANTITY, Kind.INTEGER)
"""Kinds of field whose value is each record's own."""
_OWN = "own"


def givable(mapping: Mapping) -> list[str]:
    """Keys of the fields that a list lacks and that one value can fill in all rows: no names, no amounts."""
    return [key for key in _of_kind(mapping.kind) if key not in mapping.columns]


def fillable(importer: Importer) -> list[str]:
    """Keys of all fields of an importer's lists that one value can fill in all rows."""
    return [key for kind in importer.family.kinds for key in _of_kind(kind)]


def _of_kind(kind: ListKind) -> list[str]:
    wanted = (*(key for group in kind.needs for key in group if len(group) == 1), *kind.later)
    return [
        key
        for key in dict.fromkeys(wanted)
        if key not in kind.names and kind.fields[key].group == _OWN and kind.fields[key].field.kind not in _OF_EACH
    ]


def sound(mapping: Mapping, given: MappingType[str, str], today: date) -> dict[str, str]:
    """Those given values that the list lacks and that can be read, by key."""
    return {key: text for key, text in _wanted(mapping, given).items() if not fault(mapping, key, text, today)}


def fault(mapping: Mapping, key: str, text: str, today: date) -> str:
    """What is wrong with a given value; empty where nothing is, or nothing is given."""
    convert = converter(mapping.kind.fields[key].field, Context(Place.IMPORTED, today))
    if convert[text] is not None or not text:
        return ""
    found = convert.faults.get(text)
    return found.sentence if found else "看不懂"


def fill_given(columns: Columns, given: MappingType[str, str], today: date) -> None:
    """Put what was given into every row, as if the list had a column of it.

    Args:
        columns: The converted columns.
        given: The values, by key of their fields; those of fields that have a column are left aside.
        today: Nobody is born later.
    """
    for key, text in sound(columns.mapping, given, today).items():
        convert = converter(columns.mapping.kind.fields[key].field, Context(Place.IMPORTED, today))
        columns.values[key] = [convert[text]] * len(columns.rows)


def said(mapping: Mapping, given: MappingType[str, str], today: date) -> list[str]:
    """What was given, each as 级别“镇”."""
    fields = mapping.kind.fields
    return [f"{fields[key].field.label}“{text}”" for key, text in sound(mapping, given, today).items()]


def _wanted(mapping: Mapping, given: MappingType[str, str]) -> dict[str, str]:
    return {key: given[key].strip() for key in givable(mapping) if given.get(key, "").strip()}
