"""The fields that open in the cells of a form: one class for each way of typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextOption
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from fupin_desktop.documents.definition.form import Field
from fupin_desktop.documents.definition.formats import NUMERIC
from fupin_desktop.override import override
from fupin_desktop.services.registers.suggestions import fitting
from fupin_desktop.ui import fonts
from fupin_desktop.ui.paper.line_entries import DateEntry, LineEntry
from fupin_desktop.ui.widgets.cell_editors import ChoiceEditor

YES_NO = ("是", "否")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NEW_LINE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)
_TEXT_PAD = 8
_TICK_ROOM = 34


class Entry(Protocol):
    """What every entry can do, besides being a widget."""

    def taken(self) -> str:
        """What is to be written."""
        ...

    def begin(self, text: str, *, over: bool) -> None:
        """Start with a text; ``over`` because a letter was typed, which replaces it."""
        ...


class ChoiceEntry(ChoiceEditor):
    """One line with what may stand there below it."""

    def __init__(self, parent: QWidget, choices: Sequence[str], *, closed: bool) -> None:
        super().__init__(parent, lambda typed: self._fitting(typed), closed=closed)
        self._choices = choices

    def _fitting(self, typed: str) -> Sequence[str]:
        """The choices that fit what is typed; all of them while the stored text is untouched."""
        return fitting(self._choices, typed if self.isModified() else "")

    def begin(self, text: str, *, over: bool) -> None:
        """Start with a text; the list opens at once where nothing was typed."""
        fonts.ensure(text)
        self.typed_over = over
        self.setText("" if over else text)
        self.selectAll()
        if not over:
            self.offer("")
            if text in self._choices:
                self.list.setCurrentRow(list(self._choices).index(text))

    @override
    def taken(self) -> str:
        """The entry marked in the list; nothing where all was deleted."""
        return "" if self.isModified() and not self.text().strip() else super().taken()


class LongEntry(QPlainTextEdit):
    """Several lines; it grows with its text. Enter writes, Alt+Enter (or Shift, Ctrl) begins a new line.

    Signals:
        grown: It needs another height.
    """

    grown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "cell")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.textChanged.connect(self._changed)

    def begin(self, text: str, *, over: bool) -> None:
        """Start with a text, the cursor at its end."""
        fonts.ensure(text)
        self.setPlainText("" if over else text)
        self.document().setModified(False)
        self.moveCursor(self.textCursor().MoveOperation.End)

    def taken(self) -> str:
        """What is to be written."""
        return self.toPlainText()

    def wanted_height(self) -> int:
        """Height that shows all of it, pixels."""
        high = 0.0
        block = self.document().firstBlock()
        while block.isValid():
            high += self.blockBoundingRect(block).height()
            block = block.next()
        return round(high + 2 * self.document().documentMargin() + _TEXT_PAD)

    def _changed(self) -> None:
        fonts.ensure(self.toPlainText())
        self.grown.emit()

    def takes(self, event: QKeyEvent) -> bool:
        """A modified Enter begins a new line."""
        if event.key() in _ENTER and event.modifiers() & _NEW_LINE:
            self.textCursor().insertText("\n")
            self.ensureCursorVisible()
            return True
        return False


class SeveralEntry(QListWidget):
    """Choices to be ticked: a click or the space bar."""

    def __init__(self, parent: QWidget, choices: Sequence[str]) -> None:
        super().__init__(parent)
        self.setProperty("boxed", True)
        for choice in choices:
            fonts.ensure(choice)
            item = QListWidgetItem(choice, self)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.itemClicked.connect(_tick)
        self.setCurrentRow(0)

    def begin(self, text: str, *, over: bool) -> None:
        """Start with the choices of a text ticked."""
        chosen = set(text.split("、"))
        for row in range(self.count()):
            item = self.item(row)
            item.setCheckState(Qt.CheckState.Checked if item.text() in chosen else Qt.CheckState.Unchecked)

    def taken(self) -> str:
        """The choices ticked."""
        items = [self.item(row) for row in range(self.count())]
        return "、".join(item.text() for item in items if item.checkState() is Qt.CheckState.Checked)

    def wanted_height(self) -> int:
        """Height that shows all choices, pixels."""
        return sum(max(self.sizeHintForRow(row), 1) for row in range(self.count())) + _TEXT_PAD

    def wanted_width(self) -> int:
        """Width that shows the longest choice, pixels."""
        return self.sizeHintForColumn(0) + _TICK_ROOM

    def takes(self, event: QKeyEvent) -> bool:
        """Space ticks."""
        item = self.currentItem()
        if event.key() != Qt.Key.Key_Space or item is None:
            return False
        _tick(item)
        return True


def _tick(item: QListWidgetItem) -> None:
    """Tick or untick a choice."""
    done = item.checkState() is Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if done else Qt.CheckState.Checked)


AnyEntry = LineEntry | ChoiceEntry | LongEntry | SeveralEntry


def entry_for(own: Field, parent: QWidget, year: int) -> AnyEntry:
    """The entry of a field.

    Args:
        own: The field.
        parent: The window's part it stands in.
        year: Year of a date typed without one.
    """
    made: AnyEntry
    if own.type == "long":
        made = LongEntry(parent)
    elif own.type == "several":
        made = SeveralEntry(parent, own.choices)
    elif own.type == "date":
        made = DateEntry(parent, year)
    elif own.type in ("choice", "yes_no"):
        made = ChoiceEntry(parent, own.choices or YES_NO, closed=True)
    elif own.choices:
        made = ChoiceEntry(parent, own.choices, closed=False)
    else:
        made = LineEntry(parent)
    if own.type in NUMERIC and isinstance(made, LineEntry):
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.setAccessibleName(own.label)
    made.setAccessibleDescription(own.help)
    return made


class EntryKeys(QObject):
    """Listens to an entry: which key leaves it, and where to.

    Signals:
        left: It is finished; ``next``, ``previous`` or ``stay``.
        given_up: Escape.
    """

    left = Signal(str)
    given_up = Signal()

    def __init__(self, entry: AnyEntry) -> None:
        super().__init__(entry)
        self._entry = entry
        entry.installEventFilter(self)
        if isinstance(entry, ChoiceEntry):
            entry.list.itemClicked.connect(self._picked)
        elif isinstance(entry, DateEntry):
            entry.picked.connect(self._picked)

    def _picked(self) -> None:
        """Something was chosen with the mouse: that is it."""
        self.left.emit("stay")

    @override
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Tab and Enter go on, Escape gives up, losing the keyboard writes."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut and self._lost(event):
            self.left.emit("stay")
        return False

    def _lost(self, event: QFocusEvent) -> bool:
        """Whether the keyboard has gone to another part of the window, not to a list, a calendar or another program."""
        entry = self._entry
        return event.reason() not in _STAYS and not (isinstance(entry, DateEntry) and entry.calendar is not None)

    def _key(self, event: QKeyEvent) -> bool:
        entry = self._entry
        if isinstance(entry, ChoiceEntry | DateEntry | LongEntry | SeveralEntry) and entry.takes(event):
            return True
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key is Qt.Key.Key_Escape:
            self.given_up.emit()
        elif key is Qt.Key.Key_Tab or (key in _ENTER and not shift):
            self.left.emit("next")
        elif key is Qt.Key.Key_Backtab or key in _ENTER:
            self.left.emit("previous")
        else:
            return False
        return True
