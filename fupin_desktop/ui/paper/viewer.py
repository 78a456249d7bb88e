"""Pages on a grey desk: scrolling, zoom, nothing typed. The print preview, and the ground of the paper editor."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.override import override
from fupin_desktop.ui import theme
from fupin_desktop.ui.paper.desk import MARGIN, Desk, fit_width
from fupin_desktop.ui.paper.ink import Ink

ZOOMS = (0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""Steps of the zoom."""
_WHEEL = 120
_ROW = 40
_NEAR = 0.001
_SHADOW = 3
_FIRST_SIZE = QSize(760, 560)


class PageViewer(QAbstractScrollArea):
    """Shows the pages of a filled form.

    Signals:
        zoom_changed: The zoom is another one; 1.0 is the paper's own size.
        page_seen: Number, from 0, of the page that now fills most of the window.
    """

    zoom_changed = Signal(float)
    page_seen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(_ROW)
        self.horizontalScrollBar().setSingleStep(_ROW)
        self._desk: Desk | None = None
        self._page = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._wanted: float | None = None

    # ---- what is shown -----------------------------------------------------------------------------------------

    def show_pages(self, filled: FilledForm | None) -> None:
        """Show other pages at the same zoom and place; None for an empty desk."""
        self._desk = Desk(filled, self._zoom_for(filled), self.viewport().width()) if filled is not None else None
        self._lay_out()

    @property
    def filled(self) -> FilledForm | None:
        """The form shown."""
        return self._desk.filled if self._desk else None

    # ---- zoom --------------------------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """The zoom in force; 1.0 is the paper's own size."""
        return self._desk.zoom if self._desk else self._wanted or 1.0

    @property
    def fits_width(self) -> bool:
        """Whether the zoom follows the width of the window."""
        return self._wanted is None

    def set_zoom(self, zoom: float | None) -> None:
        """Zoom in or out around the middle of the window; None lets the page follow the window's width."""
        self._wanted = None if zoom is None else min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        rect = self.viewport().rect()
        self._rezoom(QPointF(rect.width() / 2, rect.height() / 2))

    def zoom_in(self) -> None:
        """The next larger step."""
        self.set_zoom(next((step for step in ZOOMS if step > self.zoom + _NEAR), ZOOMS[-1]))

    def zoom_out(self) -> None:
        """The next smaller step."""
        self.set_zoom(next((step for step in reversed(ZOOMS) if step < self.zoom - _NEAR), ZOOMS[0]))

    def _zoom_for(self, filled: FilledForm) -> float:
        """The zoom wanted, or the one that fits; a page is not blown up beyond its own size and a half."""
        if self._wanted is not None:
            return self._wanted
        return min(max(fit_width(filled, self.viewport().width()), ZOOMS[0]), 1.5)

    def _rezoom(self, fixed: QPointF) -> None:
        """Lay out at the zoom wanted; the point of the paper under ``fixed`` stays where it is."""
        desk = self._desk
        if desk is None:
            return
        corner = desk.page(0).topLeft()
        at = self._origin() + fixed - corner
        paper = QPointF(at.x() / desk.scale, at.y() / desk.scale)
        zoom = self._zoom_for(desk.filled)
        told = abs(zoom - desk.zoom) > _NEAR
        self._desk = desk = Desk(desk.filled, zoom, self.viewport().width())
        self._lay_out()
        now = desk.page(0).topLeft() + paper * desk.scale - fixed
        self.horizontalScrollBar().setValue(round(now.x()))
        self.verticalScrollBar().setValue(round(now.y()))
        if told:
            self.zoom_changed.emit(zoom)

    # ---- places ------------------------------------------------------------------------------------------------

    def _origin(self) -> QPointF:
        """The point of the desk in the window's top left corner."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _lay_out(self) -> None:
        """Ranges of the scroll bars, and draw."""
        view = self.viewport().size()
        desk = self._desk
        wide, high = (desk.width, desk.height) if desk else (0.0, 0.0)
        self.horizontalScrollBar().setRange(0, max(0, round(wide) - view.width()))
        self.verticalScrollBar().setRange(0, max(0, round(high) - view.height()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.verticalScrollBar().setPageStep(view.height())
        self._look()
        self.laid_out()
        self.viewport().update()

    @property
    def page(self) -> int:
        """Number of the page seen, from 0."""
        return self._page

    def show_page(self, number: int) -> None:
        """Scroll to the top of a page."""
        if self._desk is not None and 0 <= number < len(self._desk.filled.pages):
            self.verticalScrollBar().setValue(round(self._desk.page(number).top() - MARGIN))

    def _look(self) -> None:
        """Find out which page is seen."""
        shown = QRectF(self._origin(), QSizeF(self.viewport().size()))
        pages = list(self._desk.pages_in(shown)) if self._desk else []
        seen = max(pages, key=lambda each: each[1].intersected(shown).height(), default=(0, QRectF()))[0]
        if seen != self._page:
            self._page = seen
            self.page_seen.emit(seen)

    def laid_out(self) -> None:
        """The pages lie elsewhere; subclasses move what stands on them."""

    def show_rect(self, rect: QRectF) -> None:
        """Scroll so far that a rectangle of the desk is seen with a little room around it."""
        origin, view = self._origin(), self.viewport().size()
        for bar, first, last, at, room in (
            (self.horizontalScrollBar(), rect.left(), rect.right(), origin.x(), view.width()),
            (self.verticalScrollBar(), rect.top(), rect.bottom(), origin.y(), view.height()),
        ):
            if first - MARGIN < at or last - first > room:
                bar.setValue(round(first - MARGIN))
            elif last + MARGIN > at + room:
                bar.setValue(round(last + MARGIN - room))

    # ---- drawing -----------------------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Desk and the pages that are seen, in device pixels so that everything stays sharp."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("desk"))
        desk = self._desk
        if desk is None:
            return
        ratio = self.viewport().devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        origin = self._origin()
        shown = QRectF(event.rect()).translated(origin)
        for number, rect in desk.pages_in(shown.adjusted(0, 0, 0, _SHADOW)):
            painter.save()
            corner = (rect.topLeft() - origin) * ratio
            painter.translate(round(corner.x()), round(corner.y()))
            part = shown.translated(-rect.topLeft())
            self._draw_page(painter, number, desk.scale * ratio, _scaled(part, ratio))
            painter.restore()
        painter.scale(ratio, ratio)
        self.draw_over(painter)
        painter.end()

    def _draw_page(self, painter: QPainter, number: int, scale: float, shown: QRectF) -> None:
        """One page with the fields' tints under its ink."""
        assert self._desk is not None
        filled = self._desk.filled
        page, paper = filled.pages[number], filled.paper
        sheet = QRectF(0, 0, round(paper.width * scale), round(paper.height * scale))
        painter.fillRect(sheet.translated(_SHADOW, _SHADOW), QColor(0, 0, 0, 22))
        painter.fillRect(sheet.adjusted(-1, -1, 1, 1), theme.colour("border"))
        painter.fillRect(sheet, QColor("#ffffff"))
        ink = Ink(painter, scale, shown)
        ink.mark(page, paper.width, paper.height)
        self.draw_under(painter, number, scale)
        ink.fills(page)
        ink.lines(page)
        ink.texts(page)

    def draw_under(self, painter: QPainter, number: int, scale: float) -> None:
        """Draw what lies under a page's ink; device pixels from the page's corner."""

    def draw_over(self, painter: QPainter) -> None:
        """Draw what lies over all pages; pixels of the window."""

    # ---- events ------------------------------------------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: the page follows it."""
        super().resizeEvent(event)
        self._rezoom(QPointF(event.size().width() / 2, 0))

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is drawn, and what stands on it."""
        self._look()
        self.laid_out()
        self.viewport().update()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom around the pointer."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or self._desk is None:
            super().wheelEvent(event)
            return
        steps = event.angleDelta().y() / _WHEEL
        self._wanted = min(max(self.zoom * 1.1**steps, ZOOMS[0]), ZOOMS[-1])
        self._rezoom(event.position())
        event.accept()

    @override
    def sizeHint(self) -> QSize:
        """Room for a page at a readable size."""
        return _FIRST_SIZE


def _scaled(rect: QRectF, factor: float) -> QRectF:
    """A rectangle times a factor."""
    return QRectF(rect.topLeft() * factor, rect.size() * factor)
