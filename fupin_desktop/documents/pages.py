"""The settled page model: what every page shows, in millimetres, before anything is drawn.

A form is filled once into a ``FilledForm``; the PDF, the workbook and the screen only draw it, so they can only agree.
The origin is the top left corner of the page, y grows downwards.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

POINT = 25.4 / 72
"""Millimetres of one typographic point."""
_STAMP_AT, _STAMP_SIZE, _STAMP_COLOUR = 5.0, 6.5, "#666666"
"""The small line at the foot: its baseline in mm above the edge, inside of what printers reach; its size in points."""


class TextRun(NamedTuple):
    """One line of text in one style.

    Attributes:
        x: Left end, mm.
        y: Baseline, mm.
        text: The characters.
        font: Font family code of ``fonts.FAMILIES``, e.g. ``song``.
        size: Type size in points.
        colour: ``#rrggbb``.
        spacing: Extra space after each character, points (justified lines).
    """

    x: float
    y: float
    text: str
    font: str
    size: float
    colour: str = "#000000"
    spacing: float = 0.0


class Line(NamedTuple):
    """A straight line from (x1, y1) to (x2, y2), mm; ``width`` in points."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: str = "#000000"


class Rect(NamedTuple):
    """A filled rectangle, mm."""

    x: float
    y: float
    width: float
    height: float
    fill: str


class Area(NamedTuple):
    """Where a field lies on the page, mm; the editor puts its entry there.

    Attributes:
        x: Left edge.
        y: Top edge.
        width: Width.
        height: Height.
        field: The field; of a list's cell the list.
        record: Position in the list from 0, which may lie behind its last record; None outside lists.
        column: The record's field; empty outside lists.
    """

    x: float
    y: float
    width: float
    height: float
    field: str
    record: int | None = None
    column: str = ""

    @property
    def path(self) -> str:
        """The place in the data, e.g. ``leader`` or ``members[2].name``."""
        return self.field if self.record is None else f"{self.field}[{self.record}].{self.column}"


@dataclass(frozen=True, slots=True)
class Page:
    """One settled page; ``rects`` lie under ``lines``, those under ``texts``.

    Attributes:
        texts: Lines of text.
        lines: Rules of the grid.
        rects: Fills.
        areas: Fields on this page, in reading order; worked out when they are first looked at.
        mark: Words printed large and light across the page, under everything (草稿); empty for none.
    """

    texts: tuple[TextRun, ...]
    lines: tuple[Line, ...] = ()
    rects: tuple[Rect, ...] = ()
    areas: Sequence[Area] = ()
    mark: str = ""

    def with_text(self, run: TextRun) -> Page:
        """The same page with a text more."""
        return replace(self, texts=(*self.texts, run))


class PageSink(ABC):
    """Takes pages as they are settled and keeps what it makes of them, for files of ten thousands of pages."""

    @abstractmethod
    def begin(self, paper: Paper) -> None:
        """The paper of the pages to come."""

    @abstractmethod
    def append(self, page: Page) -> None:
        """Take a page."""

    @abstractmethod
    def finish_with(self, text: Callable[[int, int], TextRun]) -> None:
        """Put a last text on each page when all are there: from its number from 1 and the number of pages."""

    @abstractmethod
    def with_text(self, run: TextRun) -> PageSink:
        """The same pages with a text on each."""

    @abstractmethod
    def __len__(self) -> int:
        """How many pages there are."""


class Paper(NamedTuple):
    """Paper and margins, mm, orientation applied."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float

    @property
    def landscape(self) -> bool:
        """Whether the page is wider than high."""
        return self.width > self.height


class SheetStyle(NamedTuple):
    """Look of a workbook cell.

    Attributes:
        font: Font family code.
        size: Points.
        bold: Whether to embolden.
        colour: ``#rrggbb``.
        align: left, center or right.
        valign: top, middle or bottom.
        edges: Left, right, top, bottom: 0 none, 1 thin, 2 thick.
        number_format: Spreadsheet number format; empty for text.
        fill: ``#rrggbb``; empty for none.
        shrink: Whether a long text is set smaller rather than broken.
        vertical: Whether characters stand under each other.
    """

    font: str
    size: float
    bold: bool
    colour: str
    align: str
    valign: str
    edges: tuple[int, int, int, int]
    number_format: str
    fill: str
    shrink: bool
    vertical: bool = False


class SheetCell(NamedTuple):
    """A cell of the workbook; row and column from 1.

    Attributes:
        row: Row.
        column: Column.
        rows: Rows merged.
        columns: Columns merged.
        value: Text or number; text never becomes a formula.
        style: Index into ``SheetGrid.styles``.
        total_of: For a total: first and last row summed in this column; None otherwise. ``value`` is the sum.
        adds: For a sum of single cells: row and column of each; empty otherwise. ``value`` is the sum.
        nested: Whether the rows summed hold subtotals, which the total does not count again.
    """

    row: int
    column: int
    rows: int
    columns: int
    value: str | Decimal | int | None
    style: int
    total_of: tuple[int, int] | None = None
    adds: tuple[tuple[int, int], ...] = ()
    nested: bool = False


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """The form as one unbroken grid.

    Attributes:
        columns: Widths, mm.
        heights: Row heights, mm.
        cells: Cells in row order.
        styles: Looks used.
        heading: First and last row repeated on each printed page; None for none.
        footer: Page footer with {page} and {pages}; empty for none.
        mark: Word shown in the page header of a draft; empty for none.
        breaks: Rows that begin a printed page, where the paper begins one.
    """

    columns: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[SheetCell, ...]
    styles: tuple[SheetStyle, ...]
    heading: tuple[int, int] | None
    footer: str
    mark: str = ""
    breaks: tuple[int, ...] = ()


def scaled(form: FilledForm, factor: float) -> FilledForm:
    """A form on larger or smaller paper: the same pages with everything so many times as large; it has no workbook.

    Args:
        form: The form.
        factor: How many times as large; √2 makes A3 of A4.
    """
    paper = Paper(*(length * factor for length in form.paper))
    return FilledForm(form.form_id, form.title, paper, [_scaled(page, factor) for page in form.pages], form.made_on)


def _scaled(page: Page, factor: float) -> Page:
    return Page(
        tuple(
            run._replace(x=run.x * factor, y=run.y * factor, size=run.size * factor, spacing=run.spacing * factor)
            for run in page.texts
        ),
        tuple(
            Line(one.x1 * factor, one.y1 * factor, one.x2 * factor, one.y2 * factor, one.width * factor, one.colour)
            for one in page.lines
        ),
        tuple(
            Rect(one.x * factor, one.y * factor, one.width * factor, one.height * factor, one.fill)
            for one in page.rects
        ),
        mark=page.mark,
    )


class FilledForm:
    """A form with its data: all pages, and the same as one grid.

    Attributes:
        form_id: The form's id, e.g. ``award_sheet``.
        title: Title, also the title in the file's properties.
        paper: Paper and margins.
        pages: Settled pages; none where a sink took them.
        made_on: Date written into the file, so that equal input gives equal bytes.
        sink: What took the pages instead; None for nothing.
    """

    def __init__(
        self,
        form_id: str,
        title: str,
        paper: Paper,
        pages: Sequence[Page],
        made_on: date,
        make_grid: Callable[[], SheetGrid] | None = None,
        sink: PageSink | None = None,
    ) -> None:
        self.form_id = form_id
        self.title = title
        self.paper = paper
        self.pages = pages
        self.made_on = made_on
        self.sink = sink
        self._make_grid = make_grid

    def marked(self, mark: str) -> FilledForm:
        """The same form with words across every page, and at the head of the printed workbook."""
        return self._with(tuple(replace(page, mark=mark) for page in self.pages), lambda grid: replace(grid, mark=mark))

    def stamped(self, words: str) -> FilledForm:
        """The same form with a small line at the foot of every page and of the printed workbook."""
        run = TextRun(self.paper.left, self.paper.height - _STAMP_AT, words, "song", _STAMP_SIZE, _STAMP_COLOUR)
        found = self._with(
            tuple(page.with_text(run) for page in self.pages),
            lambda grid: replace(grid, footer="　".join(part for part in (grid.footer, words) if part)),
        )
        found.sink = self.sink.with_text(run) if self.sink is not None else None
        return found

    def _with(self, pages: Sequence[Page], change: Callable[[SheetGrid], SheetGrid]) -> FilledForm:
        """The same form with other pages, its grid changed when it is made."""
        make = self._make_grid
        changed = (lambda: change(make())) if make is not None else None
        return FilledForm(self.form_id, self.title, self.paper, pages, self.made_on, changed)

    @cached_property
    def grid(self) -> SheetGrid | None:
        """The grid for the workbook, made when first asked for; None where the form has none."""
        return self._make_grid() if self._make_grid is not None else None

    @property
    def has_grid(self) -> bool:
        """Whether it can be written as a workbook."""
        return self._make_grid is not None

    def forget_grid(self) -> None:
        """Free the grid's memory; it is made again when it is asked for again."""
        self.__dict__.pop("grid", None)
