"""The calendar that opens below a line of typing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, QSize, Qt
from PySide6.QtGui import QIcon, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from fupin_desktop.paths import resources
from fupin_desktop.ui import theme
from fupin_desktop.ui.widgets.boxes import vbox

_CALENDAR = QSize(310, 250)
_TURNS = {"qt_calendar_prevmonth": "‹", "qt_calendar_nextmonth": "›"}


def quiet_calendar(parent: QWidget) -> QCalendarWidget:
    """A quiet calendar: red is kept for what must be mended."""
    shown = QCalendarWidget(parent)
    shown.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    shown.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    shown.setFont(theme.font())
    quiet = QTextCharFormat()
    quiet.setForeground(theme.colour("muted"))
    for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        shown.setWeekdayTextFormat(weekday, quiet)
    shown.setMinimumSize(_CALENDAR)
    for name, sign in _TURNS.items():
        turn: QToolButton | None = shown.findChild(QToolButton, name)
        if turn is not None:
            turn.setIcon(QIcon())
            turn.setText(sign)
    return shown


def calendar_button(parent: QWidget, clicked: Callable[[], object]) -> QToolButton:
    """The button at the end of a line that opens its calendar."""
    made = QToolButton(parent)
    made.setProperty("role", "drop")
    made.setIcon(QIcon(str(resources() / "icons" / "down.svg")))
    made.setIconSize(QSize(12, 12))
    made.setCursor(Qt.CursorShape.ArrowCursor)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setToolTip("日历 (F4)")
    made.clicked.connect(clicked)
    return made


def place_button(button: QToolButton, line: QWidget) -> int:
    """Put it at the right end of its line; returns the room it takes, px."""
    side = min(line.height() - 4, 22)
    button.setGeometry(line.width() - side - 1, (line.height() - side) // 2, side, side)
    return side


class CalendarPop(QWidget):
    """A window with a calendar; it deletes itself when it closes.

    Args:
        line: The line it belongs to.
        day: The day marked first; None for today.
        chosen: Called with the day taken, before the calendar closes.
    """

    def __init__(self, line: QWidget, day: date | None, chosen: Callable[[date], object]) -> None:
        super().__init__(line, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._line, self._take = line, chosen
        self.calendar = quiet_calendar(self)
        if day is not None:
            self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.clicked.connect(self._chosen)
        self.calendar.activated.connect(self._chosen)
        vbox(self.calendar, on=self, margins=1)

    def open(self) -> None:
        """Show it below its line."""
        self.move(self._line.mapToGlobal(QPoint(0, self._line.height() + 1)))
        self.show()
        self.calendar.setFocus()

    def _chosen(self, found: QDate) -> None:
        self._take(date(found.year(), found.month(), found.day()))
        self.close()
