"""Makes pages of a form's contents: what belongs together stays together, headings repeat, subtotals go under lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import accumulate
from typing import Any, TypeAlias

from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.documents.filling.values import sum_of
from fupin_desktop.documents.layout.areas import Areas, Drawn
from fupin_desktop.documents.layout.pen import Pen
from fupin_desktop.documents.layout.placing import TextLine, cell_runs, paragraph_lines, signature_lines
from fupin_desktop.documents.layout.row_layout import Band, Block
from fupin_desktop.documents.layout.splitting import split
from fupin_desktop.documents.layout.walk import (
    Event,
    ListEnd,
    ListStart,
    NewPage,
    Paragraph,
    Rows,
    Signature,
    Space,
    TableEnd,
    TableStart,
)
from fupin_desktop.documents.pages import Page, PageSink, Rect, TextRun

_NEAR = 1e-4
Piece: TypeAlias = "Block | TextLine | Space | TableStart | TableEnd | ListStart | ListEnd"


class Paginator:
    """Takes the events of a walk and settles pages."""

    def __init__(self, form: FormDefinition, mark: str, pages: list[Page] | PageSink) -> None:
        self._form = form
        self._paper = form.paper
        self._mark = mark
        self._limit = form.paper.height - form.paper.bottom
        self._group: list[Piece] = []
        self._pages = pages
        self._pen = Pen(form.paper.left)
        self._headings: list[Block] = []
        self._list: ListStart | None = None
        self._on_page: list[Any] = []
        self._running: dict[str, Decimal] = defaultdict(Decimal)
        self._went_on = False
        self._begin()

    def _begin(self) -> None:
        """Begin an empty page."""
        self._y = self._paper.top
        self._texts: list[TextRun] = []
        self._rects: list[Rect] = []
        self._drawn: list[Drawn] = []

    @property
    def _fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self._y <= self._paper.top + _NEAR

    def take(self, events: Iterable[Event]) -> None:
        """Settle all pages; at least one."""
        for event in events:
            if isinstance(event, NewPage):
                self._place()
                if not self._fresh:
                    self._finish()
            else:
                self._gather(event)
        self._place()
        if not self._fresh or not len(self._pages):
            self._finish()

    def _gather(self, event: Event) -> None:
        """Add an event to the group that stays together; place the group when it is complete."""
        width = self._form.text_width
        match event:
            case Rows():
                self._group.append(event.settle())
                keep = event.keep
            case Paragraph():
                lines = paragraph_lines(event.text, event.style, width, keep=event.keep)
                for line in lines:
                    self._group.append(line)
                    if not line.keep:
                        self._place()
                return
            case Signature():
                self._group.extend(signature_lines(event.lines, event.style, width))
                keep = False
            case TableStart() | ListStart():
                self._group.append(event)
                keep = True
            case ListEnd() | Space():
                keep = bool(self._group)
                self._group.append(event)
            case TableEnd():
                self._group.append(event)
                keep = False
            case _:
                return
        if not keep:
            self._place()

    def _height(self, pieces: Iterable[Piece]) -> float:
        """Height the pieces need, with room for subtotals under a list, mm."""
        total = 0.0
        for piece in pieces:
            if isinstance(piece, Block | Space):
                total += piece.height
            elif isinstance(piece, TextLine):
                total += piece.height + piece.before
            elif isinstance(piece, ListStart):
                total += _least(piece.page_totals)
        return total + (_least(self._list.page_totals) if self._list else 0.0)

    def _place(self) -> None:
        """Place the group, on a new page where it does not fit this one."""
        group, self._group = self._group, []
        if not group:
            return
        height = self._height(group)
        if height > self._limit - self._y + _NEAR and not self._fresh and _prints(group):
            self._next_page(group[0])
        if height <= self._limit - self._y + _NEAR:
            for piece in group:
                self._put(piece)
            return
        for piece in group:
            self._put_alone(piece)

    def _put_alone(self, piece: Piece) -> None:
        """Place one piece of a group that is higher than a page; a block higher than a page is cut."""
        if self._height([piece]) > self._limit - self._y + _NEAR and not self._fresh and _prints([piece]):
            started = self._paper.top + sum(block.height for block in self._headings)
            if self._y > started + _NEAR:
                self._next_page(piece)
        while isinstance(piece, Block):
            room = self._limit - self._y - (_least(self._list.page_totals) if self._list else 0.0)
            if piece.height <= room + _NEAR:
                break
            head, tail = split(piece, room)
            self._put(head)
            if tail is None:
                return
            self._next_page(tail)
            piece = tail
        self._put(piece)

    def _next_page(self, first: Piece) -> None:
        """Finish the page and begin another, with the table's heading where the table goes on."""
        if self._list is not None and self._on_page:
            self._page_totals()
            self._went_on = True
        self._finish()
        if isinstance(first, Block | ListStart | ListEnd):
            for block in self._headings:
                self._draw(block)

    def _page_totals(self) -> None:
        """The subtotal rows under a list on this page."""
        assert self._list is not None
        for band in self._list.page_totals:
            sums = {box.cell.total: sum_of(self._on_page, box.cell.total) for box in band.boxes if box.cell.total}
            for name in {box.cell.running for box in band.boxes if box.cell.running}:
                self._running[name] += sum_of(self._on_page, name)
            self._draw(band.settle(self._list.context, (), sums, self._running))
        self._on_page = []

    def _put(self, piece: Piece) -> None:
        """Place one piece at the current height."""
        match piece:
            case Block():
                self._draw(piece)
                if piece.record is not None:
                    self._on_page.append(piece.record)
                if piece.band.row.role == "heading":
                    self._headings.append(piece)
            case TextLine():
                self._text(piece)
            case Space():
                self._y += 0.0 if self._fresh else piece.height
            case TableStart():
                self._pen.table(piece.part.inner, piece.part.outer, joins=piece.part.joins)
                self._headings = []
            case TableEnd():
                self._headings = []
                self._y += piece.part.after
            case ListStart():
                self._list, self._on_page, self._went_on = piece, [], False
                self._running.clear()
            case ListEnd():
                if self._went_on and self._on_page:
                    self._page_totals()
                self._list, self._on_page = None, []

    def _text(self, line: TextLine) -> None:
        """One line of a paragraph."""
        if not self._fresh:
            self._y += line.before
        run = line.run
        if run.text:
            self._texts.append(run._replace(x=self._paper.left + run.x, y=self._y + run.y))
        self._y += line.height

    def _draw(self, block: Block) -> None:
        """A block at the current height."""
        left, top = self._paper.left, self._y
        self._texts += cell_runs(block, left, top)
        self._pen.draw(block, top)
        if block.band.filled:
            self._grounds(block, left, top)
        if self._form.entry:
            self._drawn.append(Drawn(block, left, top))
        self._y = top + block.height

    def _grounds(self, block: Block, left: float, top: float) -> None:
        """The fills of a block's cells."""
        ys = list(accumulate(block.heights, initial=top))
        for placed in block.cells:
            box = placed.box
            if fill := box.cell.style.fill:
                y = ys[placed.row]
                self._rects.append(Rect(left + box.x, y, box.width, ys[placed.row + placed.rows] - y, fill))

    def _finish(self) -> None:
        """Close the page and begin the next."""
        lines = self._pen.take()
        areas = Areas(self._drawn) if self._drawn else ()
        self._pages.append(Page(tuple(self._texts), lines, tuple(self._rects), areas, self._mark))
        self._begin()


def _least(bands: Iterable[Band]) -> float:
    """Smallest height of bands, mm."""
    return sum(sum(band.least) for band in bands)


def _prints(group: Iterable[Piece]) -> bool:
    """Whether the group holds anything that needs a page."""
    return any(isinstance(piece, Block | TextLine) for piece in group)
