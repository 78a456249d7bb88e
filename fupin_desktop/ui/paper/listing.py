"""Rows of a list field: adding, removing, moving, and a spreadsheet's block laid over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fupin_desktop.documents.definition.form import Field
from fupin_desktop.documents.filling.data import parse_value, show_value
from fupin_desktop.ui.paper.state import empty

Record = dict[str, Any]


class Pasted(NamedTuple):
    """A block laid over a list.

    Attributes:
        records: The list's records as they are to be.
        taken: Record and column of the cells that were read.
        refused: Text and sentence of cells that could not be read, by record and column.
    """

    records: list[Record]
    taken: frozenset[tuple[int, str]]
    refused: dict[tuple[int, str], tuple[str, str]]


def added(records: Sequence[Record], at: int) -> list[Record]:
    """The records with an empty one before place ``at``."""
    return [*records[:at], {}, *records[at:]]


def removed(records: Sequence[Record], at: int) -> list[Record]:
    """The records without one."""
    return [*records[:at], *records[at + 1 :]]


def moved(records: Sequence[Record], at: int, by: int) -> list[Record]:
    """The records with one moved; as they are where it cannot go there."""
    out = list(records)
    if 0 <= at + by < len(out):
        out.insert(at + by, out.pop(at))
    return out


def paste(
    records: Sequence[Record],
    columns: Sequence[Field],
    typeable: Mapping[str, bool],
    block: Sequence[Sequence[str]],
    start: tuple[int, str],
    year: int,
) -> Pasted:
    """Lay a block over a list's rows; rows behind the last one are added.

    Args:
        records: The records now.
        columns: The columns as they stand on paper.
        typeable: Whether a column may be typed; what falls on others is left out.
        block: Cells as read from the clipboard; a first row of headings is left out.
        start: Record and column of the block's first cell.
        year: Year of dates without one.
    """
    out = [dict(record) for record in records]
    taken, refused = set[tuple[int, str]](), dict[tuple[int, str], tuple[str, str]]()
    names = [column.name for column in columns]
    first = names.index(start[1])
    under = columns[first:]
    at = min(start[0], len(out))
    for line in _without_headings(block, under):
        texts = [(field, text) for field, text in zip(under, line, strict=False) if typeable.get(field.name)]
        if at == len(out):
            if not any(text.strip() for _field, text in texts):
                continue
            out.append({})
        for field, text in texts:
            try:
                out[at][field.name] = parse_value(field, text, year=year)
                taken.add((at, field.name))
            except ValueError as fault:
                refused[at, field.name] = (text, str(fault))
        at += 1
    return Pasted(out, frozenset(taken), refused)


def _without_headings(block: Sequence[Sequence[str]], under: Sequence[Field]) -> Sequence[Sequence[str]]:
    """The block without a first line that repeats the columns' labels."""
    if not block:
        return block
    pairs = list(zip(block[0], under, strict=False))
    said = [text.strip() == field.label for text, field in pairs if text.strip()]
    return block[1:] if said and all(said) else block


def as_block(records: Sequence[Mapping[str, Any]], columns: Sequence[Field]) -> list[list[str]]:
    """A list with its headings, for the clipboard."""
    head = [column.label for column in columns]
    return [head, *([_shown(column, record.get(column.name)) for column in columns] for record in records)]


def _shown(column: Field, value: Any) -> str:
    """A value as the clipboard carries it."""
    return "" if empty(value) else show_value(column, value)
