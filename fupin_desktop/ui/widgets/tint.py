"""Cells whose ground has a meaning, painted so that it is seen below the style sheet."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from fupin_desktop.override import override
from fupin_desktop.ui import theme
from fupin_desktop.ui.widgets.cell_keys import LineDelegate

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class TintDelegate(LineDelegate):
    """Lets a cell's colour be seen below the style sheet; a tinted cell that is current gets a frame instead."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, text, frame."""
        ground = index.data(Role.BackgroundRole)
        if ground is None:
            super().paint(painter, option, index)
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        plain = QStyleOptionViewItem(option)
        plain.state = state & ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)  # type: ignore[attr-defined]
        painter.fillRect(rect, ground)
        super().paint(painter, plain, index)
        if state & QStyle.StateFlag.State_Selected:
            painter.save()
            painter.setPen(QPen(theme.colour("text"), 1.5))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
            painter.restore()
