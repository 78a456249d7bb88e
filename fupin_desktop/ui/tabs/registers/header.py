"""The heading of the register table: click to sort, the small funnel to filter, the first columns staying in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QTableView

from fupin_desktop.override import override
from fupin_desktop.ui import theme

_ZONE = 20
_GRIP = 5
_MARKS = 16
_ARROW = 12
_PADDING = 7
_LAST = 3


class RegisterHeader(QHeaderView):
    """Horizontal heading.

    Signals:
        sort_asked: Column, and whether it comes beside the present order (Shift held).
        filter_asked: Column, and the global place below its heading.
        menu_asked: Column, and the global place of the click.

    Attributes:
        frozen: Number of first columns that stay while the table moves sideways.
        sorted: Direction by column: False ascending, True descending.
        filtered: Columns with a filter.
        plain: Whether it neither sorts nor filters.
    """

    sort_asked = Signal(int, bool)
    filter_asked = Signal(int, QPoint)
    menu_asked = Signal(int, QPoint)

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.frozen, self.plain = 0, False
        self.sorted: dict[int, bool] = {}
        self.filtered: set[int] = set()
        self._hovered = -1
        self._pressed: QPoint | None = None
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumSectionSize(44)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    # ---- geometry ----
    @property
    def frozen_width(self) -> int:
        """Width of the columns that stay."""
        return sum(self.sectionSize(section) for section in range(min(self.frozen, self.count())))

    def real(self, x: int) -> int:
        """A place on the screen as a place in the moving heading: over a column that stays, that column's own."""
        return x - self.offset() if x < self.frozen_width else x

    def section_at(self, x: int) -> int:
        """The section seen at a place."""
        return self.logicalIndexAt(self.real(x))

    def section_rect(self, section: int) -> QRect:
        """Where a section is seen."""
        x = self.sectionPosition(section) if section < self.frozen else self.sectionViewportPosition(section)
        return QRect(x, 0, self.sectionSize(section), self.height())

    # ---- painting ----
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """The columns that stay are painted last, over those that moved below them."""
        super().paintEvent(event)
        if not self.frozen:
            return
        painter = QPainter(self.viewport())
        for section in range(min(self.frozen, self.count())):
            painter.save()
            self.paintSection(painter, self.section_rect(section), section)
            painter.restore()
        if self.offset():
            painter.setPen(QPen(theme.colour("control"), 1))
            painter.drawLine(self.frozen_width - 1, 0, self.frozen_width - 1, self.height())
        painter.end()

    @override
    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Ground, heading, and beside it the sort arrow and the funnel."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour("head"))
        room = QRectF(rect.adjusted(_PADDING, 0, -_PADDING, 0))
        if section in self.filtered or (section == self._hovered and not self.plain):
            self._funnel(painter, QPointF(room.right() - 5, room.center().y() + 0.5), filled=section in self.filtered)
            room.setRight(room.right() - _MARKS)
        if section in self.sorted:
            self._arrow(painter, QPointF(room.right() - 4, room.center().y() + 0.5), down=self.sorted[section])
            room.setRight(room.right() - _ARROW)
        self._words(painter, room, section)
        painter.restore()
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())
        painter.setPen(theme.colour("border"))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())

    def _words(self, painter: QPainter, room: QRectF, section: int) -> None:
        model = self.model()
        text = str(model.headerData(section, Qt.Orientation.Horizontal))
        align = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        chosen = section in self.sorted or section in self.filtered
        painter.setFont(theme.font("note", bold=chosen))
        painter.setPen(theme.colour("accent" if chosen else "muted"))
        words = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, int(align or Qt.AlignmentFlag.AlignCenter), words)

    @staticmethod
    def _funnel(painter: QPainter, at: QPointF, *, filled: bool) -> None:
        ink = theme.colour("accent" if filled else "muted")
        painter.setPen(QPen(ink, 1.2))
        painter.setBrush(ink if filled else Qt.BrushStyle.NoBrush)
        points = [(-5, -4.5), (5, -4.5), (1.3, 0.2), (1.3, 4.8), (-1.3, 3.4), (-1.3, 0.2)]
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in points]))

    @staticmethod
    def _arrow(painter: QPainter, at: QPointF, *, down: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        way = 1.0 if down else -1.0
        points = [(-4, -2.2 * way), (4, -2.2 * way), (0, 2.8 * way)]
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in points]))

    @override
    def sectionSizeFromContents(self, section: int) -> QSize:
        """Room for the heading and its marks."""
        size = super().sectionSizeFromContents(section)
        return QSize(size.width() + _MARKS + _ARROW, size.height())

    # ---- mouse ----
    def _moved(self, event: QMouseEvent) -> QMouseEvent:
        """The event as if the columns that stay had moved with the others, so that Qt finds the right section."""
        place = event.position()
        shifted = QPointF(self.real(int(place.x())), place.y())
        return QMouseEvent(
            event.type(), shifted, event.globalPosition(), event.button(), event.buttons(), event.modifiers(),
        )

    def _in_zone(self, section: int, x: int) -> bool:
        rect = self.section_rect(section)
        return rect.right() - _ZONE <= x <= rect.right() - _GRIP

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click began; borders are dragged by Qt."""
        self._pressed = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None
        super().mousePressEvent(self._moved(event))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The section below the mouse shows its funnel."""
        self._hover(self.section_at(event.position().toPoint().x()))
        super().mouseMoveEvent(self._moved(event))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the funnel filters, elsewhere it sorts; a dragged border does neither."""
        super().mouseReleaseEvent(self._moved(event))
        place, began = event.position().toPoint(), self._pressed
        self._pressed = None
        if self.plain or began is None or (place - began).manhattanLength() > 3 or not self.rect().contains(place):
            return
        section = self.section_at(place.x())
        rect = self.section_rect(section) if section >= 0 else QRect()
        if section < 0 or place.x() > rect.right() - _GRIP or place.x() < rect.left() + _GRIP:
            return
        if self._in_zone(section, place.x()):
            self.filter_asked.emit(section, self.below(section))
        else:
            self.sort_asked.emit(section, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def below(self, section: int) -> QPoint:
        """The global place below a heading, where its filter opens."""
        rect = self.section_rect(section)
        return self.viewport().mapToGlobal(QPoint(max(0, rect.left()), rect.bottom() + 1))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """No section is below the mouse."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, section: int) -> None:
        if section != self._hovered:
            self._hovered = section
            self.viewport().update()

    def _menu(self, place: QPoint) -> None:
        section = self.section_at(place.x())
        if section >= 0 and not self.plain:
            self.menu_asked.emit(section, self.viewport().mapToGlobal(place))


class NumberHeader(QHeaderView):
    """The numbers of the rows at the left of a table.

    Qt measures the first and the last hundred of them whenever rows come or go; the last ones are the widest.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self.setSectionsClickable(True)

    @override
    def sizeHint(self) -> QSize:
        """Room for the widest number, and for the sign of the free row below it."""
        found = QSize(0, 0)
        for section in range(max(0, self.count() - _LAST), self.count()):
            found = found.expandedTo(self.sectionSizeFromContents(section))
        return found
