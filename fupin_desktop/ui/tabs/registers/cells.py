"""Painting register cells, and the editors that open in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fupin_desktop.override import override
from fupin_desktop.services.registers import ColumnInfo
from fupin_desktop.ui import theme
from fupin_desktop.ui.models.register_cells import CellModel
from fupin_desktop.ui.widgets.badge import paint_badge
from fupin_desktop.ui.widgets.cell_editors import CellEditor, ChoiceEditor

Index = QModelIndex | QPersistentModelIndex
Suggest = Callable[[ColumnInfo, str], Sequence[str]]
PADDING = 7
LARGE = "大户"
_CORNER = 7.0
_CHOSEN = QStyle.StateFlag.State_Selected.value
_MOVES = {
    Qt.Key.Key_Return: (1, 0), Qt.Key.Key_Enter: (1, 0), Qt.Key.Key_Tab: (0, 1), Qt.Key.Key_Backtab: (0, -1),
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}


class _Signs(dict[str, int]):
    """Widths of signs, measured when they are first met: whether a text fits is seen without laying it out."""

    def __init__(self, metrics: QFontMetrics) -> None:
        super().__init__()
        self._metrics = metrics

    def __missing__(self, sign: str) -> int:
        self[sign] = found = self._metrics.horizontalAdvance(sign)
        return found


class CellDelegate(QStyledItemDelegate):
    """Paints cells like paper; opens a line for typing, with what may stand there below it.

    Signals:
        left: An editor was left by a key: rows and columns to move.

    Args:
        view: The table painted.
        suggest: Gives what may stand in a column, given what is typed.

    Attributes:
        typing: Whether the next editor opens because of a typed letter, which replaces what stood there.
    """

    left = Signal(int, int)

    def __init__(self, view: QAbstractItemView, suggest: Suggest) -> None:
        super().__init__(view)
        self._view, self._suggest = view, suggest
        self.typing = False
        self.restyle()

    def restyle(self) -> None:
        """Take fonts and colours of the theme in force."""
        self._font = theme.font()
        self._metrics = QFontMetrics(self._font)
        self._signs = _Signs(self._metrics)
        self._badge_metrics = QFontMetrics(theme.font("note"))
        self._colours = {
            name: theme.colour(name)
            for name in ("text", "muted", "paper", "accent", "accent_soft", "must", "must_soft", "principle", "head")
        }

    # ---- painting ----
    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, text, mark, frame of the current cell."""
        model, row, column = index.model(), index.row(), index.column()
        assert isinstance(model, CellModel)
        info, current = model.info(column), self._view.currentIndex()
        text, mark = model.seen(row, column)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        chosen = row == current.row() or bool(state.value & _CHOSEN)
        painter.fillRect(rect, self._colours[self._ground(info, mark, chosen=chosen)])
        if text:
            self._paint_text(painter, rect, text, info, mark)
        if mark:
            self._paint_corner(painter, rect, self._colours[mark])
        if row == current.row() and column == current.column():
            self._paint_frame(painter, rect)

    def _ground(self, info: ColumnInfo, mark: str, *, chosen: bool) -> str:
        """Name of the colour below a cell."""
        return "must_soft" if mark == "must" else "accent_soft" if chosen else "paper" if info.editable else "head"

    def _paint_text(self, painter: QPainter, rect: QRect, text: str, info: ColumnInfo, mark: str) -> None:
        if text == LARGE and not info.editable:
            width = self._badge_metrics.horizontalAdvance(text) + 12
            height = self._badge_metrics.height() + 2
            box = QRectF(0, 0, width, height)
            box.moveCenter(QPointF(rect.center()))
            paint_badge(painter, box, text, "good", outlined=True)
            return
        painter.setFont(self._font)
        tone = "must" if mark == "must" else "text" if info.editable or info.align == "right" else "muted"
        painter.setPen(self._colours[tone])
        inner = rect.adjusted(PADDING, 0, -PADDING, 0)
        if sum(map(self._signs.__getitem__, text)) > inner.width():
            text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _FLAGS[info.align], text)

    @staticmethod
    def _paint_corner(painter: QPainter, rect: QRect, ink: QColor) -> None:
        """A small triangle at the upper right, as Excel marks a cell with something to say."""
        right, top = float(rect.right() + 1), float(rect.top())
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        corner = [QPointF(right - _CORNER, top), QPointF(right, top), QPointF(right, top + _CORNER)]
        painter.drawPolygon(QPolygonF(corner))
        painter.restore()

    def _paint_frame(self, painter: QPainter, rect: QRect) -> None:
        if not self._view.hasFocus():
            return
        painter.save()
        painter.setPen(QPen(self._colours["accent"], 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    @override
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room of the whole text, for columns fitted to their contents."""
        model = index.model()
        text = model.text(index.row(), index.column()) if isinstance(model, CellModel) else ""
        return QSize(self._metrics.horizontalAdvance(text) + 2 * PADDING + 4, self._metrics.height() + 12)

    # ---- editing ----
    @override
    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line, with a list below where the column has known values."""
        model = index.model()
        assert isinstance(model, CellModel)
        info = model.info(index.column())
        if info.closed or info.suggested:
            editor: CellEditor = ChoiceEditor(parent, lambda typed: self._suggest(info, typed), closed=info.closed)
        else:
            editor = CellEditor(parent)
        editor.typed_over = self.typing
        editor.setAlignment(_FLAGS[info.align])
        editor.setAccessibleName(info.heading)
        editor.installEventFilter(self)
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start with the stored text, numbers without grouping."""
        model = index.model()
        if isinstance(editor, CellEditor) and isinstance(model, CellModel) and not editor.isModified():
            editor.setText(model.typed(index.row(), index.column()))

    @override
    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Hand on what was typed."""
        if isinstance(editor, CellEditor) and isinstance(model, CellModel):
            model.setData(index, editor.taken())

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Exactly the cell, at least wide enough to read in."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        editor.setGeometry(rect.adjusted(0, 0, max(0, 90 - rect.width()), 0))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes down, Tab right, Escape gives up; arrows belong to an open list."""
        if isinstance(watched, CellEditor) and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if isinstance(watched, ChoiceEditor) and watched.takes(event):
                return True
            step = self._step(watched, event)
            if step is not None:
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QStyledItemDelegate.EndEditHint.NoHint)
                self.left.emit(*step)
                return True
        return super().eventFilter(watched, event)

    def _step(self, editor: CellEditor, event: QKeyEvent) -> tuple[int, int] | None:
        """Where a key leads; arrows only leave an editor that was opened by typing, as in Excel."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not editor.typed_over:
            return None
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = _MOVES.get(key)
        return (-step[0], 0) if step and back and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else step


_FLAGS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
    "center": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
}
