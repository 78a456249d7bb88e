"""A painted chart of every source used and left, all to one scale."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolTip, QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.override import override
from fupin_desktop.ui import theme
from fupin_desktop.ui.models.fund_sources import SourceRow
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.fund_bar import SHARES, ZERO, Legend, paint_shares
from fupin_desktop.ui.widgets.labels import label
from fupin_desktop.ui.widgets.scroll import ScrollColumn
from fupin_desktop.ui.widgets.tips import as_tip

_AIR = 12
_OPENS = {"paid": "paid", "unpaid": "unpaid", "available": "available", "outstanding": "outstanding"}


class FundChart(QWidget):
    """A bar for each source.

    Signals:
        chosen: Key of the source that was clicked.
        figure_asked: Key of a source and name of the figure whose part was double-clicked.

    Attributes:
        rows: The sources shown.
    """

    chosen = Signal(str)
    figure_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[SourceRow, ...] = ()
        self._current = ""
        self._places: list[list[QRectF]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[SourceRow], current: str = "") -> None:
        """Show sources, one of them marked."""
        self.rows = tuple(row for row in rows if row.key and not row.voided)
        self._current = current
        self.setAccessibleName("；".join(self._told(row) for row in self.rows))
        self.updateGeometry()
        self.update()

    @staticmethod
    def _told(row: SourceRow) -> str:
        told = (f"{share.word} {format_money(part)}" for share, part in zip(SHARES, row.parts, strict=True) if part)
        return f"{row.called}：{'，'.join(told)}"

    @override
    def sizeHint(self) -> QSize:
        """A line for each source."""
        return QSize(420, max(1, len(self.rows)) * _line_height())

    @override
    def minimumSizeHint(self) -> QSize:
        """All lines are to be seen."""
        return self.sizeHint()

    # ---- painting ----
    def _columns(self) -> tuple[int, int]:
        """Widths of the names and of the amounts."""
        metrics = QFontMetrics(theme.font("note"))
        names = max((metrics.horizontalAdvance(row.called) for row in self.rows), default=0) + 4
        amounts = max((metrics.horizontalAdvance(_left(row)) for row in self.rows), default=0) + 4
        return min(names, self.width() // 4), amounts

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names, bars, what is left."""
        painter = QPainter(self)
        painter.setFont(theme.font("note"))
        names, amounts = self._columns()
        most = max((row.whole for row in self.rows), default=ZERO)
        high, self._places = _line_height(), []
        for place, row in enumerate(self.rows):
            line = QRect(0, place * high, self.width(), high)
            if row.key == self._current:
                painter.fillRect(line, theme.colour("accent_soft" if not theme.current().contrast else "paper"))
            room = QRectF(names + _AIR, line.y() + 4, max(20, self.width() - names - amounts - 2 * _AIR), high - 8)
            self._write(painter, QRect(4, line.y(), names, high), row.called, "left", row.key == self._current)
            self._places.append(self._bar(painter, room, row, most))
            right = QRect(self.width() - amounts - 4, line.y(), amounts, high)
            self._write(painter, right, _left(row), "right", row.key == self._current)
        painter.end()

    @staticmethod
    def _bar(painter: QPainter, room: QRectF, row: SourceRow, most: Decimal) -> list[QRectF]:
        wide = room.width() * float(row.whole / most) if most > 0 else 0.0
        return paint_shares(painter, QRectF(room.x(), room.y(), wide, room.height()), row.parts, row.whole)

    @staticmethod
    def _write(painter: QPainter, rect: QRect, text: str, side: str, strong: bool) -> None:
        painter.setFont(theme.font("note", bold=strong))
        painter.setPen(theme.colour("text"))
        flag = Qt.AlignmentFlag.AlignLeft if side == "left" else Qt.AlignmentFlag.AlignRight
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, rect.width())
        painter.drawText(rect, flag | Qt.AlignmentFlag.AlignVCenter, shown)

    # ---- pointing ----
    def row_at(self, place: QPoint) -> SourceRow | None:
        """The source at a place."""
        at = place.y() // _line_height()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def figure_at(self, place: QPoint) -> str:
        """Name of the figure whose part stands at a place; what can be allocated for anything else."""
        at = place.y() // _line_height()
        for share, piece in zip(SHARES, self._places[at] if at < len(self._places) else (), strict=False):
            if piece.width() > 0 and piece.contains(place.toPointF()):
                return _OPENS[share.key]
        return "available"

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a source."""
        row = self.row_at(event.position().toPoint())
        if row is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(row.key)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the rows of a part."""
        place = event.position().toPoint()
        row = self.row_at(place)
        if row is not None:
            self.figure_asked.emit(row.key, self.figure_at(place))

    @override
    def event(self, event: QEvent) -> bool:
        """A tool tip tells the amounts of a bar."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            row = self.row_at(event.pos())
            QToolTip.showText(event.globalPos(), as_tip(self._told(row) if row else ""), self)
            return True
        return super().event(event)


class ChartCard(QFrame):
    """The chart with its title and legend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.chart, self.legend = FundChart(), Legend()
        head = hbox(label("使用和结余", "title"), STRETCH, self.legend, spacing=16)
        self.body = ScrollColumn()
        self.body.column.addWidget(self.chart)
        self.body.column.addStretch(1)
        vbox(head, (self.body, 1), on=self, margins=(12, 7, 12, 7), spacing=4)


def _line_height() -> int:
    return max(22, QFontMetrics(theme.font("note")).height() + 8)


def _left(row: SourceRow) -> str:
    return f"可安排 {format_money(row.available)}"
