"""The registers of a tab in groups, at its left: each leads to the front."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fupin_desktop.override import override
from fupin_desktop.services.registers import Register
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.tabs.registers.cells import Index
from fupin_desktop.ui.tabs.registers.state import State
from fupin_desktop.ui.widgets.tips import as_tip

_COUNT = Qt.ItemDataRole.UserRole
_HEAD = Qt.ItemDataRole.UserRole + 1
_PAD = 10


class Directory(QListWidget):
    """Headings of the groups, below each its registers with the number of their rows.

    Args:
        state: Knows the registers and which is in front.
    """

    def __init__(self, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._items: dict[Register, QListWidgetItem] = {}
        self.setProperty("role", "directory")
        self.setAccessibleName("台账目录")
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(132)
        section = ""
        for register in state.registers:
            if register.section != section:
                section = register.section
                self._add_head(section)
            self._items[register] = QListWidgetItem(register.title, self)
            fonts.ensure(register.title)
        self.currentItemChanged.connect(self._chosen)
        state.register_changed.connect(self._mark)
        self._mark()

    def _add_head(self, text: str) -> None:
        head = QListWidgetItem(text, self)
        head.setData(_HEAD, True)
        head.setFlags(Qt.ItemFlag.NoItemFlags)

    def show_counts(self, counts: Mapping[Register, int]) -> None:
        """Tell the number of rows of each register."""
        for register, number in counts.items():
            self._items[register].setData(_COUNT, f"{number:,}" if number else "")
            self._items[register].setToolTip(as_tip(f"{register.title} {number:,} {register.unit}"))

    def choose(self, register: Register) -> None:
        """Bring a register to the front, as a click does."""
        self.setCurrentItem(self._items[register])

    def _chosen(self, item: QListWidgetItem | None) -> None:
        register = next((one for one, known in self._items.items() if known is item), None)
        if register is not None and register is not self._state.register:
            self._state.show(register)

    def _mark(self) -> None:
        with quiet(self):
            self.setCurrentItem(self._items[self._state.register])


class _Delegate(QStyledItemDelegate):
    """Paints a heading, or a register with its number at the right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A line; a heading with room above."""
        high = QFontMetrics(theme.font()).height()
        return QSize(120, high + (16 if index.data(_HEAD) else 10))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, name, number."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.colour("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if index.data(_HEAD):
            painter.setFont(theme.font("note"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(inner.adjusted(0, 6, 0, 0), left, str(index.data()))
        else:
            number = str(index.data(_COUNT) or "")
            painter.setFont(theme.font("note"))
            painter.setPen(theme.colour("muted"))
            wide = painter.fontMetrics().horizontalAdvance(number)
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
            painter.setFont(theme.font())
            painter.setPen(theme.colour("accent" if chosen else "text"))
            room = inner.adjusted(4, 0, -wide - 4 if wide else 0, 0)
            text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, left, text)
        painter.restore()
