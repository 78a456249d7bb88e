"""One line of typing, and one for dates with a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCalendarWidget, QWidget

from fupin_desktop.documents.definition.formats import chinese_date
from fupin_desktop.domain.reading.dates import read_date
from fupin_desktop.override import override
from fupin_desktop.ui import fonts
from fupin_desktop.ui.widgets.calendar import CalendarPop, calendar_button, place_button
from fupin_desktop.ui.widgets.cell_editors import CellEditor


class LineEntry(CellEditor):
    """One line: texts, numbers, phones."""

    def begin(self, text: str, *, over: bool) -> None:
        """Start with a text, all of it chosen."""
        fonts.ensure(text)
        self.typed_over = over
        self.setText("" if over else text)
        self.selectAll()


class DateEntry(LineEntry):
    """A date typed in any usual way, or chosen from a calendar (F4, or the button).

    Signals:
        picked: A day of the calendar was chosen.
    """

    picked = Signal()

    def __init__(self, parent: QWidget, year: int) -> None:
        super().__init__(parent)
        self._year = year
        self._pop: CalendarPop | None = None
        self.button = calendar_button(self, self.open_calendar)

    @property
    def calendar(self) -> QCalendarWidget | None:
        """The calendar while it is open."""
        return self._pop.calendar if self._pop is not None and self._pop.isVisible() else None

    def day(self) -> date | None:
        """The date that stands in the line; None where there is none."""
        found: date | None = read_date(self.text(), "", self._year).value
        return found

    def open_calendar(self) -> None:
        """Show the calendar below the line."""
        self._pop = CalendarPop(self, self.day(), self._chosen)
        self._pop.destroyed.connect(self._closed)
        self._pop.open()

    def _chosen(self, day: date) -> None:
        """Take a day of the calendar."""
        self.setText(chinese_date(day))
        self.setModified(True)
        if self._pop is not None:
            self._pop.close()
        self.setFocus()
        self.picked.emit()

    def _closed(self) -> None:
        self._pop = None

    def takes(self, event: QKeyEvent) -> bool:
        """F4 and Alt+Down open the calendar."""
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key != Qt.Key.Key_F4 and not (key == Qt.Key.Key_Down and alt):
            return False
        self.open_calendar()
        return True

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stands at the right end."""
        super().resizeEvent(event)
        self.setTextMargins(0, 0, place_button(self.button, self), 0)
