"""公示日历: the periods of a year side by side, a row each, today marked; a click leads to the notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from fupin_desktop.domain.calendar import WorkCalendar
from fupin_desktop.override import override
from fupin_desktop.services.notices.rounds import Round
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label
from fupin_desktop.ui.widgets.round_badge import TONES, badge
from fupin_desktop.ui.widgets.scroll import scrolling

_NAME, _DAY, _ROW, _HEAD = 210, 13, 30, 42
_BEFORE, _AFTER = 3, 7
_NEAR = timedelta(days=60)
"""How far from the periods today is still shown."""

class PeriodChart(QWidget):
    """A row for each period, a column for each day; days off are grey.

    Signals:
        asked: Key of the round that was clicked.
    """

    asked = Signal(str)

    def __init__(self, rounds: Sequence[Round], today: date, calendar: WorkCalendar) -> None:
        super().__init__()
        self.rounds = sorted((one for one in rounds if one.first and one.last), key=lambda one: one.first or today)
        self._today, self._calendar = today, calendar
        days = [day for one in self.rounds for day in (one.first, one.last) if day is not None] or [today]
        self.shows_today = min(days) - _NEAR <= today <= max(days) + _NEAR
        self._in_sight = today if self.shows_today else max(days)
        self.start = min(*days, self._in_sight) - timedelta(days=_BEFORE)
        self.days = (max(*days, self._in_sight) - self.start).days + _AFTER
        fonts.ensure("".join(one.place + one.kind_title for one in self.rounds))
        self.setFixedSize(self.sizeHint())
        self.setMouseTracking(True)

    @override
    def sizeHint(self) -> QSize:
        """All days and rows."""
        return QSize(_NAME + self.days * _DAY + 12, _HEAD + max(len(self.rounds), 1) * _ROW + 8)

    @property
    def in_sight_at(self) -> float:
        """Where today lies, from the left; of periods long past, their last day."""
        return self._x(self._in_sight)

    def _x(self, day: date) -> float:
        return _NAME + (day - self.start).days * _DAY

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Days off, months, periods, today where it is near."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("paper"))
        self._paint_days(painter)
        for place, one in enumerate(self.rounds):
            self._paint_round(painter, one, _HEAD + place * _ROW)
        if self.shows_today:
            painter.setPen(theme.colour("must"))
            middle = round(self._x(self._today) + _DAY / 2)
            painter.drawLine(middle, _HEAD - 14, middle, self.height())
        painter.end()

    def _paint_days(self, painter: QPainter) -> None:
        painter.setFont(theme.font("note"))
        for at in range(self.days):
            day = self.start + timedelta(days=at)
            x = round(self._x(day))
            if not self._calendar.is_working(day):
                painter.fillRect(x, _HEAD, _DAY, self.height() - _HEAD, theme.colour("head"))
            if day.day == 1 or at == 0:
                painter.setPen(theme.colour("muted"))
                painter.drawText(x, 16, f"{day.month}月")
                painter.setPen(theme.colour("line"))
                painter.drawLine(x, 20, x, self.height())
            if day.day in (5, 10, 15, 20, 25):
                painter.setPen(theme.colour("muted"))
                painter.drawText(x, 34, f"{day.day}")

    def _paint_round(self, painter: QPainter, one: Round, top: int) -> None:
        assert one.first is not None
        assert one.last is not None
        small = QFontMetrics(theme.font("note"))
        painter.setPen(theme.colour("text"))
        name = f"{one.place} {one.kind_title.removesuffix('公示')}"
        shown = small.elidedText(name, Qt.TextElideMode.ElideRight, _NAME - 16)
        painter.drawText(8, top + (_ROW + small.ascent()) // 2 - 2, shown)
        ink, ground = theme.tone(TONES[one.state])
        wide = ((one.last - one.first).days + 1) * _DAY
        box = QRectF(self._x(one.first), top + 5, wide, _ROW - 10)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(ink))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)
        word = f"{one.place} {badge(one)[0]}"
        if small.horizontalAdvance(word) < wide - 6:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
        else:
            painter.drawText(round(box.right()) + 6, top + (_ROW + small.ascent()) // 2 - 2, word)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, top + _ROW, self.width(), top + _ROW)

    def round_at(self, height: float) -> Round | None:
        """The round whose row lies at a height; None for none."""
        place = int(height - _HEAD) // _ROW
        return self.rounds[place] if height >= _HEAD and 0 <= place < len(self.rounds) else None

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a row leads to it."""
        one = self.round_at(event.position().y())
        if one is not None and event.button() is Qt.MouseButton.LeftButton:
            self.asked.emit(one.key)


class CalendarDialog(QDialog):
    """The periods of a year.

    Attributes:
        chosen: Key of the round that was clicked; empty for none.
    """

    def __init__(self, shell: Shell, rounds: Sequence[Round]) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("公示日历")
        self.resize(900, 520)
        self.chosen = ""
        self.chart = PeriodChart(rounds, shell.today, shell.bench.calendar)
        self.chart.asked.connect(self._go)
        told = label("灰色的是休息日，红线是今天；点一行打开那份公示。", "note", wrap=True)
        row = hbox((told, 1), button("关闭", self.reject))
        self.area = scrolling(self.chart)
        self.area.setWidgetResizable(False)
        self.area.setProperty("role", "paper")
        shown = self.area if self.chart.rounds else label("本年度还没有张贴过公示。", "muted")
        vbox((shown, 1), row, on=self, margins=(16, 14, 16, 12))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Today is in sight, or the last of what is long past."""
        super().showEvent(event)
        bar = self.area.horizontalScrollBar()
        bar.setValue(round(self.chart.in_sight_at - self.area.width() * 0.7))

    def _go(self, key: str) -> None:
        self.chosen = key
        self.accept()
