"""A pasted block as new records of a register: its columns are known by its heading, or by what they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.services.imports.columns import data_rows
from fupin_desktop.services.imports.flat.lists import OWN, family_of
from fupin_desktop.services.imports.headings import ImportField
from fupin_desktop.services.imports.mapping import propose
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.sheets.conversion import read_units
from fupin_desktop.services.sheets.raw import Cell, RawSheet
from fupin_desktop.services.sheets.table import is_sum
from fupin_desktop.services.values import Context, Place, read, tidy
from fupin_desktop.storage.fields import Field, Kind

Block = Sequence[Sequence[str]]
_LATER = (Kind.TEXT, Kind.REFERENCE, Kind.FILES)
_SURE = (Kind.DATE, Kind.ID_NUMBER, Kind.PHONE, Kind.ACCOUNT)


class Arranged(NamedTuple):
    """The rows of a block.

    Attributes:
        rows: Texts of each by column key, empty ones left out.
        left_out: Headings of the columns that hold nothing of the register.
    """

    rows: list[dict[str, str]]
    left_out: tuple[str, ...] = ()


def by_heading(register: Register, block: Block) -> Arranged | None:
    """The rows below the heading of a block, without sums and foot; None where no heading names what is needed."""
    sheet = RawSheet("", [list(line) for line in block])
    mapping = propose(sheet, family_of(register)).mapping
    if mapping is None or mapping.missing():
        return None
    fields = {number: mapping.kind.fields[key] for number, key in enumerate(mapping.columns) if key}
    table = data_rows(sheet, mapping)
    units = read_units(sheet, mapping.heading, {number: one.field for number, one in fields.items()})
    taken: dict[str, Callable[[Cell], str]] = {}
    places: dict[str, Sequence[Cell]] = {}
    for number, one in fields.items():
        if _is_typed(one) and number not in units.unknown:
            key = "village" if one.is_village else one.name
            taken[key] = partial(_text, one.field, Context(Place.PASTED, times=units.of(number)))
            places[key] = table.columns[number]
    named = {number for number, one in fields.items() if _is_typed(one)} - units.unknown.keys()
    left_out = tuple(text for number, text in enumerate(mapping.headings) if text and number not in named)
    rows = [{key: taken[key](places[key][place]) for key in taken} for place in range(len(table.rows))]
    return Arranged(_given(rows), left_out)


def by_content(register: Register, block: Block) -> Arranged | None:
    """The rows of a block without a heading; None where what is needed is not found in it.

    A column is taken for the first one of the register that can hold all its cells, days and amounts before texts.
    """
    lines = [line for line in block if not any(map(is_sum, line))]
    columns = {key: one for key, one in layout(register).items() if one.info.editable}
    places: dict[str, int] = {}
    for place in range(max(map(len, lines), default=0)):
        texts = [line[place] for line in lines if place < len(line) and line[place]]
        if texts and texts != [str(number) for number in range(1, len(texts) + 1)]:
            left = [one for key, one in columns.items() if key not in places]
            found = next((one for one in sorted(left, key=_rank) if all(_can_hold(one, text) for text in texts)), None)
            if found is not None:
                places[found.info.key] = place
    if not {key for key, one in columns.items() if one.info.required} <= places.keys():
        return None
    return Arranged(_given(
        [{key: line[place] if place < len(line) else "" for key, place in places.items()} for line in lines]
    ))  # fmt: skip


def _is_typed(one: ImportField) -> bool:
    return one.group == OWN or one.is_village


def _text(field: Field, context: Context, cell: Cell) -> str:
    """A cell as it is shown, units converted; what cannot be taken stays as it was, to be told."""
    return str(cell) if field.kind is Kind.REFERENCE else tidy(field, cell, context)


def _given(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    return [given for row in rows if (given := {key: text for key, text in row.items() if text})]


def _rank(column: Column) -> int:
    kind = Kind.REFERENCE if column.reference is not None else column.field.kind
    return 0 if kind in _SURE else 2 if kind in _LATER else 1


def _can_hold(column: Column, text: str) -> bool:
    """Whether a column can hold a text; a phone, ID or account number is no amount."""
    if _rank(column) == 1 and find_leaks(text):
        return False
    found = read(column.field, text, Context(Place.PASTED))
    return found.value is not None and not found.refused
