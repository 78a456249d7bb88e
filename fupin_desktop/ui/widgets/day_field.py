"""A line for a date typed in any usual way, or chosen from a calendar (F4, or the button); it may be empty."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from fupin_desktop.domain.reading.dates import read_date
from fupin_desktop.override import override
from fupin_desktop.ui.widgets.calendar import CalendarPop, calendar_button, place_button
from fupin_desktop.ui.widgets.labels import restyle
from fupin_desktop.ui.widgets.tips import as_tip

_BESIDE = 44


def first_wrong(*fields: DayField) -> str:
    """What is wrong with the first field that says no day, which gets the keyboard; empty where none is."""
    wrong = next((field for field in fields if field.fault), None)
    if wrong is None:
        return ""
    wrong.setFocus()
    return f"{wrong.fault}。"


class DayField(QLineEdit):
    """A date, written ``2026-06-30`` when the line is left.

    Args:
        year: Year of a date typed without one.
        hint: Shown while it is empty.
        short: Whether it is no wider than a date needs.

    Attributes:
        year: As given; may be changed.

    Signals:
        day_changed: Another date stands there, or none; or the same again after what was no date. While 11.27 is typed,
            11.2 is one.
        settled: The line was left, or a day taken from the calendar: this is the date that is meant.
    """

    day_changed = Signal()
    settled = Signal()

    def __init__(
        self, year: int, hint: str = "如 2026-06-30", parent: QWidget | None = None, *, short: bool = False,
    ) -> None:
        super().__init__(parent)
        if short:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.year = year
        self._told: date | None = None
        self._unread, self._tip = False, ""
        self.setPlaceholderText(hint)
        if not hint[-1:].isdigit():  # a word that says which day, and no example
            self.setAccessibleName(hint)
        self.button = calendar_button(self, self.open_calendar)
        self.textEdited.connect(lambda _text: self._typed())
        self.editingFinished.connect(self._left)

    @property
    def fault(self) -> str:
        """What is wrong with the text; empty where nothing is."""
        issue = read_date(self.text(), "", self.year).issue
        return f"{issue.sentence}，{issue.todo}" if issue else ""

    @property
    def day(self) -> date | None:
        """The date that stands there; None for none."""
        found: date | None = read_date(self.text(), "", self.year).value
        return found

    def put(self, day: date | None) -> None:
        """Show a date without telling."""
        with QSignalBlocker(self):
            self.setText(f"{day:%Y-%m-%d}" if day else "")
        self._told, self._unread = day, False
        self._mark()

    def _typed(self) -> None:
        self._mark()
        self._tell()

    def _left(self) -> None:
        """Write the date out."""
        day = self.day
        if day is not None:
            with QSignalBlocker(self):
                self.setText(f"{day:%Y-%m-%d}")
        self._tell()
        self.settled.emit()

    def _tell(self) -> None:
        """Tell another day, or the same one again after what could not be read."""
        if self.fault:
            self._unread = True
        elif self._unread or self.day != self._told:
            self._told, self._unread = self.day, False
            self.day_changed.emit()

    def _mark(self) -> None:
        """Mark what is no date, its fault for the tool tip that stands there else."""
        was, fault = self.property("wrong") == "true", self.fault
        if fault and not was:
            self._tip = self.toolTip()
        if fault or was:
            self.setToolTip(as_tip(fault) if fault else self._tip)
        if bool(fault) is not was:
            self.setProperty("wrong", "true" if fault else "")
            restyle(self)

    @override
    def sizeHint(self) -> QSize:
        """Room for a date and the button."""
        return QSize(self.fontMetrics().horizontalAdvance("2026-06-30") + _BESIDE, super().sizeHint().height())

    # ---- the calendar ----
    def open_calendar(self) -> None:
        """Show the calendar below the line."""
        CalendarPop(self, self.day, self.choose).open()

    def choose(self, day: date) -> None:
        """Take a day."""
        self.setText(f"{day:%Y-%m-%d}")
        self._typed()
        self.setFocus()
        self.settled.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F4 and Alt+Down open the calendar."""
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key == Qt.Key.Key_F4 or (key == Qt.Key.Key_Down and alt):
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stands at the right end."""
        super().resizeEvent(event)
        self.setTextMargins(0, 0, place_button(self.button, self), 0)
