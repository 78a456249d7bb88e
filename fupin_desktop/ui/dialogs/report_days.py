"""报送期限: how many days before the county the town hands in, and which duties of the year are done already."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QSpinBox

from fupin_desktop.override import override
from fupin_desktop.services import yearly_days
from fupin_desktop.services.reports import due, quarters
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say


class ReportDaysDialog(QDialog):
    """Keeps what is chosen when it is accepted."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("报送期限")
        self.setMinimumWidth(460)
        self._shell, bench, today = shell, shell.bench, shell.today
        self._quarter = quarters.last_ended(today)
        self.earlier = QSpinBox()
        self.earlier.setRange(0, due.MOST_EARLIER)
        self.earlier.setSuffix(" 天")
        self.earlier.setValue(due.earlier_days(bench))
        self.told = label("", "note", wrap=True)
        year, quarter = self._quarter
        marked = due.done(bench)
        self.report = QCheckBox(f"{year}年{quarters.word(quarter)}的两张表已用别的办法报送")
        self.report.setChecked(due.name_of(year, quarter) in marked)
        self._survey = f"{today.year}-{due.SURVEY}"
        self.survey = QCheckBox(f"{today.year}年的摸底调查汇总已经报送")
        self.survey.setChecked(self._survey in marked)
        self.yearly = {
            yearly_days.name_of(on.year, duty): QCheckBox(f"{on.month}月{on.day}日前的{duty.word}已经办完")
            for on, duty in yearly_days.days(bench, today)
        }
        for name, box in self.yearly.items():
            box.setChecked(name in marked)
        form = QFormLayout()
        form.addRow("比县报市的日期提前", self.earlier)
        self.save = button("保存", self.accept, "primary")
        foot = hbox(STRETCH, button("取消", self.reject), self.save)
        vbox(
            form, self.told, self.report, self.survey, *self.yearly.values(), foot, on=self, margins=(20, 18, 20, 14),
            spacing=10,
        )  # fmt: skip
        self.earlier.valueChanged.connect(self._tell)
        self._tell(self.earlier.value())

    def _tell(self, earlier: int) -> None:
        """The next day by this choice."""
        bench = self._shell.bench
        year, quarter = quarters.following(*self._quarter)
        days = bench.parameters.value("quarter_report_days", self._shell.today).value
        town = quarters.town_day(year, quarter, days, earlier)
        county = quarters.county_day(year, quarter, days)
        say(
            self.told,
            f"县级每年 1、4、7、10 月 5 日报市（{self._shell.clause_words(due.CLAUSE)}）。{quarters.word(quarter)}："
            f"{county.month}月{county.day}日报市，本单位 {town.month}月{town.day}日前报县。",
        )

    @override
    def accept(self) -> None:
        """Keep the choice."""
        bench, (year, quarter) = self._shell.bench, self._quarter

        def keep() -> bool:
            if self.earlier.value() != due.earlier_days(bench):
                due.set_earlier_days(bench, self.earlier.value())
            boxes = {due.name_of(year, quarter): self.report, self._survey: self.survey, **self.yearly}
            for name, box in boxes.items():
                if box.isChecked() != (name in due.done(bench)):
                    due.mark_done(bench, name, is_done=box.isChecked())
            return True

        self._shell.do(keep, lambda _kept: self.done(self.DialogCode.Accepted))
