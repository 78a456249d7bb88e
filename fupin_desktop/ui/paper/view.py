"""The paper editor: a form as it prints, typed into where it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui.paper import row_tools
from fupin_desktop.ui.paper.desk import Spot
from fupin_desktop.ui.paper.entries import SeveralEntry
from fupin_desktop.ui.paper.moving import Direction
from fupin_desktop.ui.paper.rows import PaperRows

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS: dict[Qt.Key, Direction] = {
    Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right", Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down",
}
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ALT, _CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class PaperView(PaperRows):
    """Shows a filled form and lets its fields be typed.

    The owner writes what ``value_typed`` and ``list_edited`` bring, then either shows the form again or, where the
    value is refused, hands the sentences to ``show_faults``: the text typed stays in its cell until it is mended.

    Keys: Tab, Enter and the arrows move; typing, F2 or a click opens a cell; Delete clears; Escape gives up. In lists
    Insert adds a row, Ctrl+- removes one, Alt and the arrows move one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    # ---- keys --------------------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys as in a spreadsheet; any other letter begins typing."""
        if not (self._standard(event) or self._row_key(event) or self._moves(event) or self._types(event)):
            super().keyPressEvent(event)

    def _standard(self, event: QKeyEvent) -> bool:
        """Undo, redo and the clipboard."""
        keys: dict[QKeySequence.StandardKey, Callable[[], Any]] = {
            QKeySequence.StandardKey.Undo: self.undo_wanted.emit, QKeySequence.StandardKey.Redo: self.redo_wanted.emit,
            QKeySequence.StandardKey.Copy: self.copy, QKeySequence.StandardKey.Cut: self.cut,
            QKeySequence.StandardKey.Paste: self.paste,
        }
        for key, act in keys.items():
            if event.matches(key):
                act()
                return True
        if event.key() == Qt.Key.Key_Y and event.modifiers() == _CTRL:
            self.redo_wanted.emit()
            return True
        return False

    def _row_key(self, event: QKeyEvent) -> bool:
        """Keys for the row of a list."""
        held, key = event.modifiers() & _HELD, event.key()
        act = {
            (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Insert): row_tools.ADD,
            (_CTRL, Qt.Key.Key_Minus): row_tools.REMOVE,
            (_ALT, Qt.Key.Key_Up): row_tools.UP,
            (_ALT, Qt.Key.Key_Down): row_tools.DOWN,
        }.get((held, Qt.Key(key)))
        if act is None or act not in self.row_acts():
            return False
        self.row_act(act)
        return True

    def _moves(self, event: QKeyEvent) -> bool:
        """Keys that move the focus."""
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in _ENTER and self._opens_opinion():
            return True
        if key in _ENTER:
            self.go(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in _ARROWS and self._focus and not held & _HELD:
            self._move_towards(_ARROWS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and held & _CTRL:
            self.go_to_end(first=key == Qt.Key.Key_Home)
        else:
            return False
        return True

    def _types(self, event: QKeyEvent) -> bool:
        """Keys that open, clear or restore the cell in focus."""
        key, held = Qt.Key(event.key()), event.modifiers()
        if key == Qt.Key.Key_Escape:
            return self._restore()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not held & _HELD:
            self.erase()
            return True
        if key == Qt.Key.Key_F2 or (key in (Qt.Key.Key_Space, Qt.Key.Key_F4) and self._chooses()):
            return self.edit() is not None or self._opens_opinion()
        text = event.text()
        if not text or not text.isprintable() or held & _HELD:
            return False
        entry = self.edit(over=True)
        if entry is not None:
            QApplication.sendEvent(entry, event)
        return entry is not None

    def _chooses(self) -> bool:
        """Whether the cell in focus is a choice or a sign-off box, which a blank opens."""
        spot = self._spot()
        own = self._own(spot.area) if spot else None
        return own is not None and own.type in ("choice", "several", "yes_no", "date", "opinion")

    def _restore(self) -> bool:
        """Give a refused text up; what is stored stands again."""
        dropped = self._refusals.drop(self._focus)
        self.viewport().update()
        return dropped

    def _opens_opinion(self) -> bool:
        """Tell that the sign-off box in focus was chosen; whether it is one."""
        spot = self._spot()
        own = self._own(spot.area) if spot else None
        if own is None or own.type != "opinion":
            return False
        self.opinion_wanted.emit(own.name)
        return True

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the cells, behind the last one on to the next widget."""
        return self.go(1 if forward else -1) or super().focusNextPrevChild(forward)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame comes with the keyboard; who comes by Tab begins at the first cell."""
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.TabFocusReason and not self._focus:
            self.go(1)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame pales."""
        super().focusOutEvent(event)
        self.viewport().update()

    # ---- the input method --------------------------------------------------------------------------------------

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The first composed letter opens the cell. The keyboard stays here until the word is chosen.

        Were the keyboard handed on at once, the input method would drop the letters already composed.
        """
        entry = self.entry
        if entry is None and (event.preeditString() or event.commitString()):
            entry = self.edit(over=True, focus=False)
        if entry is None or isinstance(entry, SeveralEntry):
            super().inputMethodEvent(event)
            return
        QApplication.sendEvent(entry, event)
        if event.commitString():
            entry.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not event.preeditString() and not entry.taken():
            self._host.give_up()  # composing was called off: what stood there stays
        self.updateMicroFocus()

    @override
    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Input methods are welcome wherever something may be typed; their window stands at the cell."""
        entry, spot = self.entry, self._spot()
        if query is Qt.InputMethodQuery.ImEnabled:
            return self._typeable(spot)
        if query is Qt.InputMethodQuery.ImCursorRectangle and spot is not None:
            rect = entry.inputMethodQuery(query).translated(entry.pos()) if entry else self._seen(spot).toRect()
            return QRect(self.viewport().mapTo(self, rect.topLeft()), rect.size())
        if entry is not None:
            return entry.inputMethodQuery(query)
        return super().inputMethodQuery(query)

    # ---- the mouse ---------------------------------------------------------------------------------------------

    def _under(self, place: QPointF) -> Spot | None:
        """The cell under a point of the window."""
        return self._desk.at(place + self._origin()) if self._desk else None

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens a cell, or asks for the opinion of a sign-off box."""
        spot = self._under(event.position())
        self.commit()
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        self._set_focus(spot.area.path if spot else "")
        if spot is not None and event.button() is Qt.MouseButton.LeftButton:
            entry = self.edit()
            if entry is None:
                self._opens_opinion()
        event.accept()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Everything was done when the button went down."""
        event.accept()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a computed cell asks for the rows behind it."""
        spot = self._under(event.position())
        if event.button() is Qt.MouseButton.LeftButton and spot is not None:
            self._ask_source(spot)

    def _ask_source(self, spot: Spot) -> None:
        """Tell that the rows behind a computed value are wanted."""
        if self._form is not None and self._state.computed(self._form, spot.area):
            self.source_wanted.emit(spot.area.field)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The cell under the pointer shows its sentence; the pointer tells what a click does."""
        spot = self._under(event.position())
        own = self._own(spot.area) if spot else None
        path = spot.area.path if spot else ""
        if path != self._hover:
            self._hover = path
            self.viewport().update()
        shape = Qt.CursorShape.ArrowCursor
        if own is not None and own.type == "opinion":
            shape = Qt.CursorShape.PointingHandCursor
        elif self._typeable(spot):
            shape = Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        """Tool tips of the cells; no frame where the pointer has left."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._show_tip(self._under(QPointF(event.pos())), QPointF(event.pos()))
            return True
        if event.type() is QEvent.Type.Leave and self._hover:
            self._hover = ""
            self.viewport().update()
        return super().viewportEvent(event)

    # ---- the menu ----------------------------------------------------------------------------------------------

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The cell's menu."""
        menu = self.cell_menu()
        if menu is not None:
            menu.exec(event.globalPos())
            menu.deleteLater()

    def cell_menu(self) -> QMenu | None:
        """What can be done with the cell in focus and the form's lists; None for nothing."""
        spot = self._spot()
        menu = QMenu(self)
        if spot is not None:
            self._cell_acts(menu, spot)
        acts = self.row_acts()
        for act in (name for name in row_tools.WORDS if name in acts):
            self._add(menu, row_tools.WORDS[act][1], partial(self.row_act, act), first=act == row_tools.ADD)
        for field in self.lists:
            self._add(menu, f"“{field.label}”末尾加一行", partial(self.add_row, field.name))
        if menu.actions():
            return menu
        menu.deleteLater()
        return None

    def _cell_acts(self, menu: QMenu, spot: Spot) -> None:
        """The acts on one cell."""
        own = self._own(spot.area)
        if own is not None and own.type == "opinion":
            self._add(menu, "填写意见…", self._opens_opinion)
            return
        typeable = self._typeable(spot)
        if typeable:
            self._add(menu, "剪切 (Ctrl+X)", self.cut)
        self._add(menu, "复制 (Ctrl+C)", self.copy)
        if typeable:
            self._add(menu, "粘贴 (Ctrl+V)", self.paste)
            self._add(menu, "清除 (Delete)", self.erase)
        elif self._form is not None and self._state.computed(self._form, spot.area):
            self._add(menu, "查看数据来源…", lambda: self._ask_source(spot))
        if spot.area.record is not None:
            self._add(menu, "复制整张表", lambda: self.copy_list(spot.area.field))

    @staticmethod
    def _add(menu: QMenu, text: str, act: Callable[[], object], *, first: bool = False) -> None:
        """One entry, after a line where it begins a group."""
        if first and menu.actions():
            menu.addSeparator()
        menu.addAction(text).triggered.connect(lambda _checked=False: act())
