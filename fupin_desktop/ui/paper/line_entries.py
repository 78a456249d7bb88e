"""One line of typing, and one for dates with a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QVBoxLayout, QWidget

from fupin_desktop.documents.forms.data import parse_value
from fupin_desktop.documents.forms.definition import Field
from fupin_desktop.documents.forms.formats import chinese_date
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.widgets.cell_editors import CellEditor

_CALENDAR = QSize(310, 250)
_TURNS = {"qt_calendar_prevmonth": "‹", "qt_calendar_nextmonth": "›"}


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
        shown = _calendar(pop)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stands at the right end."""
        super().resizeEvent(event)
        side = min(self.height() - 4, 26)
        self.button.setGeometry(self.width() - side - 3, (self.height() - side) // 2, side, side)
        self.setTextMargins(0, 0, side, 0)


def _calendar(parent: QWidget) -> QCalendarWidget:
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
