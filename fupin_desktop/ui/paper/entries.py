"""The fields that open in the cells of a form: one class for each way of typing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCharFormat, QTextOption
from PySide6.QtWidgets import (
    QCalendarWidget,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fupin_desktop.documents.forms.data import parse_value
from fupin_desktop.documents.forms.definition import Field
from fupin_desktop.documents.forms.formats import NUMERIC, chinese_date
from fupin_desktop.services.registers.suggestions import fitting
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.tabs.households_editors import CellEditor, ChoiceEditor

YES_NO = ("是", "否")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NEW_LINE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)
_TEXT_PAD = 8
_TICK_ROOM = 34
_CALENDAR = QSize(310, 250)


class Entry(Protocol):
    """What every entry can do, besides being a widget."""

    def taken(self) -> str:
        """What is to be written."""
        ...

    def begin(self, text: str, *, over: bool) -> None:
        """Start with a text; ``over`` because a letter was typed, which replaces it."""
        ...


class LineEntry(CellEditor):
    """One line: texts, numbers, phones."""

    def begin(self, text: str, *, over: bool) -> None:
        """Start with a text, all of it chosen."""
        fonts.ensure(text)
        self.typed_over = over
        self.setText("" if over else text)
        self.selectAll()


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

    def taken(self) -> str:
        """The entry marked in the list; nothing where all was deleted."""
        return "" if self.isModified() and not self.text().strip() else super().taken()


class DateEntry(LineEntry):
    """A date typed in any usual way, or chosen from a calendar (F4, or the button)."""

    def __init__(self, parent: QWidget, year: int) -> None:
        super().__init__(parent)
        self._year = year
        self._pop: QWidget | None = None
        self.button = QToolButton(self)
        self.button.setText("▾")
        self.button.setProperty("role", "flat")
        self.button.setCursor(Qt.CursorShape.ArrowCursor)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setToolTip("日历 (F4)")
        self.button.clicked.connect(self.open_calendar)

    @property
    def calendar(self) -> QCalendarWidget | None:
        """The calendar while it is open."""
        return self._pop.findChild(QCalendarWidget) if self._pop is not None and self._pop.isVisible() else None

    def day(self) -> date | None:
        """The date that stands in the line; None where there is none."""
        try:
            found = parse_value(Field("day", "日期", "date"), self.text(), year=self._year)
        except ValueError:
            return None
        return found if isinstance(found, date) else None

    def open_calendar(self) -> None:
        """Show the calendar below the line."""
        self._pop = pop = QWidget(self, Qt.WindowType.Popup)
        pop.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pop.destroyed.connect(self._closed)
        shown = QCalendarWidget(pop)
        shown.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        shown.setFont(theme.font())
        quiet = QTextCharFormat()
        quiet.setForeground(theme.colour("muted"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            shown.setWeekdayTextFormat(weekday, quiet)
        shown.setMinimumSize(_CALENDAR)
        day = self.day()
        if day is not None:
            shown.setSelectedDate(QDate(day.year, day.month, day.day))
        shown.clicked.connect(self._chosen)
        shown.activated.connect(self._chosen)
        layout = QVBoxLayout(pop)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(shown)
        pop.move(self.mapToGlobal(QPoint(0, self.height() + 1)))
        pop.show()
        shown.setFocus()

    def _chosen(self, day: QDate) -> None:
        """Take a day of the calendar."""
        self.setText(chinese_date(date(day.year(), day.month(), day.day())))
        self.setModified(True)
        if self._pop is not None:
            self._pop.close()
        self.setFocus()

    def _closed(self) -> None:
        self._pop = None

    def takes(self, event: QKeyEvent) -> bool:
        """F4 and Alt+Down open the calendar."""
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key != Qt.Key.Key_F4 and not (key == Qt.Key.Key_Down and alt):
            return False
        self.open_calendar()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stands at the right end."""
        super().resizeEvent(event)
        side = min(self.height() - 4, 26)
        self.button.setGeometry(self.width() - side - 3, (self.height() - side) // 2, side, side)
        self.setTextMargins(0, 0, side, 0)


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
