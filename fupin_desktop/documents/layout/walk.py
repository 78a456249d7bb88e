"""Walks a form with its data from top to bottom and says what stands there, before pages are made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias

from fupin_desktop.documents.forms.definition import (
    Cell,
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
from fupin_desktop.documents.forms.rows import Scope
from fupin_desktop.documents.forms.values import Context, filler, holds, list_of, sum_of
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
    """Rows of a table, settled when they are needed; ``keep`` holds them with what follows."""

    band: Band
    context: Context
    items: Sequence[Any]
    sums: dict[str, Decimal] | None
    record: Any
    keep: bool

    def settle(self) -> Block:
        """The filled rows."""
        return self.band.settle(self.context, self.items, self.sums, record=self.record)


Event: TypeAlias = (
    Paragraph | Signature | Space | NewPage | TableStart | TableEnd | ListStart | ListEnd | Rows
)


def walk(form: FormDefinition, data: Any) -> Iterator[Event]:
    """Everything the form holds, in order."""
    scope = Scope((form.fields,))
    context = Context((data,), (0,))
    for part in form.parts:
        yield from _part(part, scope, context)


def _part(part: Part, scope: Scope, context: Context) -> Iterator[Event]:
    """One part."""
    match part:
        case TextPart():
            yield from _paragraphs(part, scope, context)
        case TablePart():
            yield from _tables(part, scope, context)
        case SignaturePart():
            yield Signature(tuple(filler(line, scope)(context) for line in part.lines), part.style)
        case SpacePart():
            yield Space(part.height)
        case PagePart():
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


def _tables(part: TablePart, scope: Scope, context: Context) -> Iterator[Event]:
    """The table, or one for each record of its list."""
    if not holds(context, scope, part.when):
        return
    if not part.each:
        yield from _Table(part, scope).walk(context)
        return
    table = _Table(part, scope.inside(part.each))
    for at, record in enumerate(list_of(context, scope, part.each), 1):
        yield from table.walk(context.into(record, at))


class _Table:
    """A table part, its rows tied into bands once for all repetitions."""

    def __init__(self, part: TablePart, scope: Scope) -> None:
        self._part = part
        self._scope = scope
        self._edges = (0.0, *accumulate(part.columns))
        self._bands = [self._band(rows) for rows in _tied(part.rows, len(part.columns))]

    def _band(self, rows: list[tuple[Row, list[tuple[Cell, int]]]]) -> Band:
        """One band of rows."""
        first = rows[0][0]
        inner = self._scope.inside(first.each) if first.each else self._scope
        own = inner if first.role == "each" else self._scope
        if first.within:
            own = own.inside(first.within, counted=False)
        places = [(cell, at, column) for at, (_, cells) in enumerate(rows) for cell, column in cells]
        return Band([row for row, _ in rows], places, self._edges, own, inner)

    def walk(self, context: Context) -> Iterator[Event]:
        """The table's rows."""
        yield TableStart(self._part)
        shown = [band for band in self._bands if holds(context, self._scope, band.row.when)]
        for at, band in enumerate(shown):
            last = at == len(shown) - 1
            if band.row.role == "each":
                yield from self._list(band, shown, context, last=last)
            elif band.row.role != "page_total":
                yield self._single(band, context, last=last)
        yield TableEnd(self._part)

    def _single(self, band: Band, context: Context, *, last: bool) -> Rows:
        """Rows that stand once."""
        row = band.row
        keep = row.keep or row.role == "heading" or self._part.keep
        sums = None
        if row.role == "total":
            records = list_of(context, self._scope, row.each)
            sums = {box.cell.total: sum_of(records, box.cell.total) for box in band.boxes if box.cell.total}
        return Rows(band, context, (), sums, None, keep and not last)

    def _list(self, band: Band, shown: Sequence[Band], context: Context, *, last: bool) -> Iterator[Event]:
        """A row for each record; the last one stays with the totals under it."""
        row = band.row
        records = list_of(context, self._scope, row.each)
        totals = tuple(other for other in shown if other.row.role == "page_total" and other.row.each == row.each)
        totalled = any(other.row.role == "total" and other.row.each == row.each for other in shown)
        inner = self._scope.inside(row.each)
        yield ListStart(totals, context)
        for at, record in enumerate(records, 1):
            inside = context.into(record, at)
            items = list_of(inside, inner, row.within) if row.within else ()
            final = at == len(records)
            keep = (self._part.keep and not (final and last)) or row.keep or (final and totalled)
            yield Rows(band, inside, items, None, record, keep)
        yield ListEnd()


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
