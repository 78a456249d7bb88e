"""The left pane of the ledger: every source with its bar and its figures, the sum of all first."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from fupin_desktop.domain.money import format_money
from fupin_desktop.override import override
from fupin_desktop.ui import theme
from fupin_desktop.ui.models.fund_sources import FIGURES, VOIDED, Index, SourceRow, SourcesModel
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.tabs.funds.state import LedgerState
from fupin_desktop.ui.widgets.badge import paint_badge
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.fund_bar import paint_shares
from fupin_desktop.ui.widgets.labels import label

_SIDE, _TOP, _BAR, _GAP, _BETWEEN = 12, 8, 9, 4, 12
_WIDE = "1,000,000.00"


class SourcesDelegate(QStyledItemDelegate):
    """Name, kind and number, bar, four figures."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Grows with the text size; the figures stand below each other where there is little room."""
        lines = len(FIGURES) // _beside(self._width())
        _name, note = _metrics()
        return QSize(200, _TOP + _bar_top() + _BAR + _GAP + lines * (note.height() + _GAP // 2))

    def _width(self) -> int:
        view = self.parent()
        return view.viewport().width() if isinstance(view, QListView) else 0

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a source."""
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, SourceRow):
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), theme.colour("accent"))
        elif not row.key:
            painter.fillRect(rect, theme.colour("head"))
        self._paint_head(painter, rect, row)
        self._paint_bar(painter, rect, row)
        self._paint_figures(painter, rect, row)
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    @staticmethod
    def _paint_head(painter: QPainter, rect: QRect, row: SourceRow) -> None:
        name, note = _metrics()
        inner = rect.adjusted(_SIDE, _TOP, -_SIDE, 0)
        wide = inner.width()
        if row.voided:
            pill = note.horizontalAdvance(VOIDED) + 16
            box = QRectF(inner.right() - pill, inner.y(), pill, note.height() + 4)
            paint_badge(painter, box, VOIDED, "plain")
            wide -= pill + 6
        painter.setFont(theme.font(bold=not row.key))
        painter.setPen(theme.colour("muted" if row.voided else "text"))
        text = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(QRect(inner.x(), inner.y(), wide, name.height()), Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(theme.font("note"))
        painter.setPen(theme.colour("muted"))
        text = note.elidedText(row.under, Qt.TextElideMode.ElideRight, inner.width())
        below = QRect(inner.x(), inner.y() + name.height() + _GAP // 2, inner.width(), note.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, text)

    @staticmethod
    def _paint_bar(painter: QPainter, rect: QRect, row: SourceRow) -> None:
        bar = QRectF(rect.x() + _SIDE, rect.y() + _bar_top(), rect.width() - 2 * _SIDE, _BAR)
        if row.whole > 0:
            paint_shares(painter, bar, row.parts, row.whole)
        else:
            painter.fillRect(bar, theme.colour("groove"))

    def _paint_figures(self, painter: QPainter, rect: QRect, row: SourceRow) -> None:
        painter.setFont(theme.font("note"))
        metrics = painter.fontMetrics()
        for (name, word), place in zip(FIGURES, self.places(rect), strict=True):
            painter.setPen(theme.colour("muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
            value = getattr(row, name)
            ink = "must" if value < 0 else "accent" if name == "available" and not row.voided else "text"
            painter.setPen(theme.colour(ink))
            room = place.adjusted(metrics.horizontalAdvance(word) + 4, 0, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, format_money(value))

    @staticmethod
    def places(rect: QRect) -> tuple[QRect, ...]:
        """Where the figures of a row stand, in the order of ``FIGURES``."""
        _name, note = _metrics()
        top, beside = rect.y() + _bar_top() + _BAR + _GAP, _beside(rect.width())
        wide = (rect.width() - 2 * _SIDE - (beside - 1) * _BETWEEN) // beside
        found = []
        for place in range(len(FIGURES)):
            left = rect.x() + _SIDE + (place % beside) * (wide + _BETWEEN)
            found.append(QRect(left, top + (place // beside) * (note.height() + _GAP // 2), wide, note.height()))
        return tuple(found)


def _metrics() -> tuple[QFontMetrics, QFontMetrics]:
    return QFontMetrics(theme.font(bold=True)), QFontMetrics(theme.font("note"))


def _beside(width: int) -> int:
    """How many figures stand beside each other in a row of a width, so that none is cut off."""
    _name, note = _metrics()
    word = max(note.horizontalAdvance(word) for _key, word in FIGURES)
    return 2 if 2 * (_SIDE + word + 4 + note.horizontalAdvance(_WIDE)) + _BETWEEN <= width else 1


def _bar_top() -> int:
    name, note = _metrics()
    return _TOP + name.height() + note.height() + 2 * _GAP


class SourcesView(QListView):
    """The list.

    Signals:
        figure_asked: Key of a source and name of the figure that was double-clicked.
    """

    figure_asked = Signal(str, str)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the figures into other lines, so that the rows are of another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A figure opens its rows, anything else of a source what can be allocated of it."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        row = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, SourceRow):
            self.figure_asked.emit(row.key, self.figure_at(index, place))
            event.accept()
            return
        super().mouseDoubleClickEvent(event)

    def figure_at(self, index: Index, place: QPoint) -> str:
        """Name of the figure at a place of a row."""
        rects = SourcesDelegate.places(self.visualRect(index))
        for (name, _word), rect in zip(FIGURES, rects, strict=True):
            if rect.contains(place):
                return name
        return "available"


class SourcesPane(QFrame):
    """The sources of a year; the current row is the state's source.

    Signals:
        figure_asked: Key of a source and name of a figure whose rows are wanted.
        menu_asked: Where, on the screen, the menu of the current source is wanted.
    """

    figure_asked = Signal(str, str)
    menu_asked = Signal(QPoint)

    def __init__(self, state: LedgerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._state = state
        self.model, self.view = SourcesModel(self), SourcesView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(SourcesDelegate(self.view))
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setAccessibleName("资金来源列表")
        self.aside = label("", "note")
        head = hbox(label("资金来源", "title"), STRETCH, self.aside, margins=(12, 8, 12, 6))
        vbox(head, (self.view, 1), on=self, margins=1, spacing=0)
        self.setMinimumWidth(250)
        self.view.figure_asked.connect(self.figure_asked)
        self.view.activated.connect(lambda _index: self.figure_asked.emit(self.key, "available"))
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: state.choose_source(self.key))
        self.view.customContextMenuRequested.connect(self._open_menu)
        state.read_in.connect(self._show_rows)
        state.source_chosen.connect(self.choose)

    @property
    def key(self) -> str:
        """Key of the current source; empty for all."""
        row = self.row
        return row.key if row else ""

    @property
    def row(self) -> SourceRow | None:
        """The current row."""
        return self.model.row_at(self.view.currentIndex())

    def _show_rows(self) -> None:
        """Show the sources with the state's own current."""
        with quiet(self.view.selectionModel()):
            self.model.show_rows(list(self._state.sources.values()), self._state.year)
            self.view.setCurrentIndex(self.model.index_of(self._state.source_key))
        self.view.viewport().update()

    def choose(self, key: str) -> bool:
        """Make a source current; whether it is in the list."""
        index = self.model.index_of(key)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
        return index.isValid()

    def _open_menu(self, place: QPoint) -> None:
        row = self.model.row_at(self.view.indexAt(place))
        if row is not None and row.key:
            self.choose(row.key)
            self.menu_asked.emit(self.view.viewport().mapToGlobal(place))
