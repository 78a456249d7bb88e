"""放假安排: days off and make-up days of a year, laid over the published calendar; periods are counted by them."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QPlainTextEdit, QSpinBox

from fupin_desktop.domain.reading.dates import read_date
from fupin_desktop.services import calendars, holidays
from fupin_desktop.services.offices import YEARS
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say

_KNOWN = "程序里已有国务院公布的安排，这里只填与它不同的日子。"
_UNKNOWN = "程序里还没有这一年的安排，只知道法定节日当天放假；请照放假通知把放假和调休上班的日子填全。"
_PARTS = "、,，;； \t\n"


class HolidaysDialog(QDialog):
    """The office's own days of one year after the other.

    Attributes:
        year: The year shown.
        free: Days off, one a line.
        worked: Weekend days that are worked.
        complete: Whether the year's days are complete.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("放假安排")
        self.setMinimumWidth(520)
        self._shell = shell
        self._days, years = holidays.edited(shell.bench)
        self._years = set(years)
        self.year, self.free, self.worked = QSpinBox(), QPlainTextEdit(), QPlainTextEdit()
        self.complete = QCheckBox("这一年的安排已经照放假通知填全")
        self.note = label("", "note", wrap=True)
        self.year.setRange(YEARS.start, YEARS.stop - 1)
        for text in (self.free, self.worked):
            text.setTabChangesFocus(True)
            text.setFixedHeight(92)
        self.free.setPlaceholderText("一行一天，如 2027-10-01；或 10月1日")
        self.worked.setPlaceholderText("调休上班的周六、周日，一行一天")
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow("年份", self.year)
        for caption, field in (("放假", self.free), ("调休上班", self.worked), ("", self.complete)):
            form.addRow(caption, field)
        self.save = button("保存", self.keep, "primary")
        row = hbox(STRETCH, button("取消", self.reject), self.save)
        vbox(form, self.note, row, on=self, margins=(20, 16, 20, 14), spacing=10)
        self._shown = shell.today.year
        self.year.setValue(self._shown)
        self.year.valueChanged.connect(lambda _year: self._turn())
        self._put()

    def _put(self) -> None:
        """Show a year's days."""
        own = sorted(day for day in self._days if day.year == self._shown)
        for text, works in ((self.free, False), (self.worked, True)):
            text.setPlainText("\n".join(day.isoformat() for day in own if self._days[day] is works))
        known = calendars.work_calendar().knows(self._shown)
        self.complete.setChecked(known or self._shown in self._years)
        self.complete.setEnabled(not known)
        say(self.note, _KNOWN if known else _UNKNOWN)

    def _read(self) -> str:
        """Take what is typed for the year shown; what is wrong with it, empty where nothing is."""
        found: dict[date, bool] = {}
        for text, works in ((self.free, False), (self.worked, True)):
            plain = text.toPlainText()
            for sign in _PARTS:
                plain = plain.replace(sign, " ")
            for part in plain.split():
                day = read_date(part, "", self._shown).value
                if day is None or day.year != self._shown:
                    return f"“{part}”不是 {self._shown} 年的日期。"
                if found.get(day, works) is not works:
                    return f"{day:%Y-%m-%d} 既写了放假，又写了上班。"
                found[day] = works
        self._days = {day: works for day, works in self._days.items() if day.year != self._shown} | found
        self._years.discard(self._shown)
        if self.complete.isEnabled() and self.complete.isChecked():
            self._years.add(self._shown)
        return ""

    def _turn(self) -> None:
        """Another year, if what is typed can be taken."""
        fault = self._read()
        if fault:
            self._shell.ask.message(self, self.windowTitle(), fault)
            self.year.blockSignals(True)
            self.year.setValue(self._shown)
            self.year.blockSignals(False)
            return
        self._shown = self.year.value()
        self._put()

    def keep(self) -> None:
        """保存."""
        fault = self._read()
        if fault:
            self._shell.ask.message(self, self.windowTitle(), fault)
            return
        bench, days, years = self._shell.bench, self._days, self._years
        self._shell.do(lambda: holidays.keep(bench, days, years), lambda _change: self._kept())

    def _kept(self) -> None:
        self._shell.said.emit("放假安排已保存，新的公示按它计算；已经张贴的不变。")
        self.accept()
