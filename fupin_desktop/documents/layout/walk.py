"""Walks a form with its data from top to bottom and says what stands there, before pages are made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias

from fupin_desktop.documents.definition.form import (
    Cell,
    Field,
    FormDefinition,
    PagePart,
    Part,
    Row,
    SignaturePart,
    SpacePart,
    Style,
    TablePart,
    TextPart,
)
from fupin_desktop.documents.definition.rows import Scope
from fupin_desktop.documents.filling.values import Context, filler, holds, list_of, plain_records, sum_of, value_of
from fupin_desktop.documents.layout.row_layout import Band, Block


class Paragraph(NamedTuple):
    """A paragraph; ``keep`` holds it with what follows."""

    text: str
    style: Style
    keep: bool


class Signature(NamedTuple):
    """Lines of a signature: the last is indented from the right, the others centred over it."""

    lines: tuple[str, ...]
    style: Style


class Space(NamedTuple):
    """Empty room, mm."""

    height: float


class NewPage(NamedTuple):
    """What follows begins a page."""


class TableStart(NamedTuple):
    """A table begins."""

    part: TablePart


class TableEnd(NamedTuple):
    """A table ends."""

    part: TablePart


class ListStart(NamedTuple):
    """A list in a table begins; ``page_totals`` are put under it on each page it goes on from."""

    page_totals: tuple[Band, ...]
    context: Context


class ListEnd(NamedTuple):
    """A list in a table ends."""


@dataclass(slots=True)
class Rows:
    """Rows of a table, settled when needed; ``keep`` holds them with what follows, ``level`` is that of a subtotal."""

    band: Band
    context: Context
    items: Sequence[Sequence[Any]]
    sums: dict[str, Decimal | None] | None
    record: Any
    keep: bool
    level: int = 0

    def settle(self) -> Block:
        """The filled rows."""
        return self.band.settle(self.context, self.items, self.sums, record=self.record)


Event: TypeAlias = (
    Paragraph | Signature | Space | NewPage | TableStart | TableEnd | ListStart | ListEnd | Rows
)


def walk(form: FormDefinition, data: Any, *, blanks: bool = True) -> Iterator[Event]:
    """Everything the form holds, in order.

    Args:
        form: The definition.
        data: A mapping or an object with the form's fields.
        blanks: Whether short lists are filled up with empty rows for the pen, where the form says so.
    """
    scope = Scope((form.fields,))
    context = Context((data,), (0,))
    for part in form.parts:
        if isinstance(part, TablePart):
            yield from _tables(part, form, context, blanks=blanks)
        else:
            yield from _part(part, scope, context)


def _part(part: Part, scope: Scope, context: Context) -> Iterator[Event]:
    """One part that is no table."""
    match part:
        case TextPart():
            yield from _paragraphs(part, scope, context)
        case SignaturePart():
            yield Signature(tuple(filler(line, scope)(context) for line in part.lines), part.style)
        case SpacePart():
            yield Space(part.height)
        case PagePart() if holds(context, scope, part.when):
            yield NewPage()


def _paragraphs(part: TextPart, scope: Scope, context: Context) -> Iterator[Event]:
    """The paragraph, or one for each entry of its list."""
    if not holds(context, scope, part.when):
        return
    if not part.each:
        yield Paragraph(filler(part.content, scope)(context), part.style, part.keep)
        return
    inner = scope.inside(part.each)
    write = filler(part.content, inner)
    for at, record in enumerate(list_of(context, scope, part.each), 1):
        yield Paragraph(write(context.into(record, at)), part.style, part.keep)


def _tables(part: TablePart, form: FormDefinition, context: Context, *, blanks: bool) -> Iterator[Event]:
    """The table, or one for each record of its list."""
    scope = Scope((form.fields,))
    if not holds(context, scope, part.when):
        return
    table = _settled_table(part, scope.inside(part.each) if part.each else scope, entry=form.entry)
    if not part.each:
        yield from table.walk(context, blanks=blanks)
        return
    for at, record in enumerate(list_of(context, scope, part.each), 1):
        yield from table.walk(context.into(record, at), blanks=blanks)


_TABLES: dict[int, _Table] = {}
_MOST_TABLES = 200


def _settled_table(part: TablePart, scope: Scope, *, entry: bool) -> _Table:
    """The table of a part, made once for all documents; it holds its part, so that an id is never another's."""
    known = _TABLES.get(id(part))
    if known is None or known.part is not part:
        if len(_TABLES) >= _MOST_TABLES:
            _TABLES.clear()
        known = _TABLES[id(part)] = _Table(part, scope, entry=entry)
    return known


class _Table:
    """A table part, its rows tied into bands once for all repetitions and all documents."""

    def __init__(self, part: TablePart, scope: Scope, *, entry: bool) -> None:
        self.part = part
        self._scope = scope
        self._entry = entry
        self._edges = tuple(round(edge, 4) for edge in (0.0, *accumulate(part.columns)))
        self._bands = [self._band(rows) for rows in _tied(part.rows, len(part.columns))]

    def _band(self, rows: list[tuple[Row, list[tuple[Cell, int]]]]) -> Band:
        """One band of rows."""
        first = rows[0][0]
        inner = self._scope.inside(first.each) if first.each else self._scope
        places = [
            (cell, at, column, self._scope_of(row)) for at, (row, cells) in enumerate(rows) for cell, column in cells
        ]
        return Band([row for row, _ in rows], places, self._edges, inner)

    def _scope_of(self, row: Row) -> Scope:
        """The fields a row's cells can name."""
        scope = self._scope.inside(row.each) if row.role in ("each", "subtotal") else self._scope
        return scope.inside(row.within, counted=row.role == "fixed") if row.within else scope

    def walk(self, context: Context, *, blanks: bool) -> Iterator[Event]:
        """The table's rows."""
        yield TableStart(self.part)
        shown = [band for band in self._bands if holds(context, self._scope, band.row.when)]
        for at, band in enumerate(shown):
            last = at == len(shown) - 1
            if band.row.role == "each":
                yield from self._list(band, shown, context, (blanks, last))
            elif band.row.role not in ("page_total", "subtotal"):
                yield self._single(band, context, blanks=blanks, last=last)
        yield TableEnd(self.part)

    def _single(self, band: Band, context: Context, *, blanks: bool, last: bool) -> Rows:
        """Rows that stand once; in a form to be filled in, a sum of nothing is empty."""
        row = band.row
        keep = row.keep or row.role == "heading" or self.part.keep
        sums = None
        if row.role == "total":
            records = plain_records(list_of(context, self._scope, row.each), self._list_field(row))
            names = [box.cell.total for box in band.boxes if box.cell.total]
            empty = {name for name in names if self._entry and all(value_of(one, name) is None for one in records)}
            sums = {name: None if name in empty else sum_of(records, name) for name in names}
        items = [self._items(one, context, self._scope, blanks=blanks) for one in band.rows] if band.repeats else ()
        return Rows(band, context, items, sums, None, keep and not last)

    @staticmethod
    def _items(row: Row, context: Context, scope: Scope, *, blanks: bool) -> Sequence[Any]:
        """The records of the list inside a row."""
        if not row.within:
            return ()
        items = list_of(context, scope, row.within)
        return (*items, *({} for _ in range(row.min_rows - len(items)))) if blanks else items

    def _list(
        self, band: Band, shown: Sequence[Band], context: Context, options: tuple[bool, bool]
    ) -> Iterator[Event]:
        """A row for each record; the last one stays with the totals under it."""
        blanks, last = options
        row = band.row
        records = list_of(context, self._scope, row.each)
        if blanks and len(records) < row.min_rows:
            records = (*records, *({} for _ in range(row.min_rows - len(records))))
        totals = tuple(other for other in shown if other.row.role == "page_total" and other.row.each == row.each)
        totalled = any(other.row.role == "total" and other.row.each == row.each for other in shown)
        inner = self._scope.inside(row.each)
        levels = self._levels(row, records)
        sub = next((one for one in shown if one.row.role == "subtotal" and one.row.each == row.each), band)
        yield ListStart(totals, context)
        for at, record in enumerate(records, 1):
            inside = context.into(record, at)
            final = at == len(records)
            of_last = not final and at > len(records) - row.together
            summed_up = not final and levels[at] > levels[at - 1]
            keep = (self.part.keep and not (final and last)) or row.keep or (final and totalled) or of_last or summed_up
            if levels[at - 1]:
                yield Rows(sub, inside, (), None, None, keep, levels[at - 1])
            else:
                items = (self._items(row, inside, inner, blanks=blanks),) if row.within else ()
                yield Rows(band, inside, items, None, record, keep)
        yield ListEnd()

    def _list_field(self, row: Row) -> Field | None:
        """The field of the list that a row shows or sums."""
        found = self._scope.find(row.each)
        return found[0] if found is not None else None

    def _levels(self, row: Row, records: Sequence[Any]) -> list[int]:
        """What each record is: 0 plain, else the level of a subtotal."""
        field = self._list_field(row)
        if field is None or not field.levels:
            return [0] * len(records)
        return [value_of(record, field.levels) or 0 for record in records]


def _tied(rows: Sequence[Row], columns: int) -> list[list[tuple[Row, list[tuple[Cell, int]]]]]:
    """Rows in bands: those tied by cells over several rows together, each cell with its column."""
    bands: list[list[tuple[Row, list[tuple[Cell, int]]]]] = []
    covered = [0] * columns
    for row in rows:
        tied = any(covered)
        at = 0
        cells = []
        for cell in row.cells:
            while covered[at]:
                at += 1
            cells.append((cell, at))
            covered[at : at + cell.span] = [cell.rows] * cell.span
            at += cell.span
        covered = [max(left - 1, 0) for left in covered]
        if not tied:
            bands.append([])
        bands[-1].append((row, cells))
    return bands
