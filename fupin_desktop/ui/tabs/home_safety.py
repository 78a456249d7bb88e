"""The first page's card 数据安全: the last backup, and the last operations, each of which can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from fupin_desktop.services.overview import RecentOperation
from fupin_desktop.ui import theme
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.card import Card
from fupin_desktop.ui.widgets.fitted_text import breaking
from fupin_desktop.ui.widgets.labels import label, link, rule, say
from fupin_desktop.ui.widgets.marks import Mark
from fupin_desktop.ui.widgets.scroll import RowColumn
from fupin_desktop.ui.widgets.tips import as_tip


class SafetyCard(Card):
    """Backup line above, recent operations below."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("数据与最近操作", parent=parent)
        self._shell = shell
        self._told: object = None
        self._mark, self.backup = Mark("tick", "good", 14), label()
        row = hbox(self._mark, (self.backup, 1), link("立即备份", partial(shell.commanded.emit, "backup")), spacing=7)
        self.operations = RowColumn()
        self.body.addLayout(row)
        self.body.addWidget(rule())
        self.body.addWidget(self.operations, 1)

    def show_backup(self) -> None:
        """State of the backup in one line."""
        found = self._shell.read(self._shell.bench.last_backup)
        last = found.at if found else None
        today = self._shell.today
        good = last is not None and last.date() == today
        self._mark.set_mark("tick" if good else "bang", "good" if good else "principle")
        say(self.backup, f"最近备份 {moment(last, today)}" if last else "还没有备份过")

    def show_operations(self, operations: Sequence[RecentOperation], first: int | None = None) -> None:
        """The last operations, the newest first; ``first`` of them at once, the others a moment later."""
        told = operations, self._shell.today, theme.current()
        if told == self._told:
            return
        self._told = told
        metrics = QFontMetrics(theme.font("note"))
        days = [metrics.horizontalAdvance(moment(one.at, self._shell.today)) for one in operations]
        rows = [partial(self._row, operation, max(days) + 6) for operation in operations]
        self.operations.fill(rows or [partial(label, "还没有操作记录。", "muted")], first=first)

    def _row(self, operation: RecentOperation, wide: int) -> QWidget:
        made = QWidget()
        row = hbox(on=made, margins=(0, 5, 0, 5), spacing=8)
        at = label(moment(operation.at, self._shell.today), "note")
        at.setFixedWidth(wide)
        at.setToolTip(as_tip(f"{operation.at:%Y-%m-%d %H:%M:%S} {operation.who}".strip()))
        lower = QFontMetrics(theme.font()).ascent() - QFontMetrics(theme.font("note")).ascent()
        row.addLayout(vbox(lower, at, STRETCH, spacing=0))  # on the line of the words beside it
        row.addWidget(label(breaking(operation.title), "muted" if operation.undone else "", wrap=True), 1)
        if operation.undone:
            row.addLayout(vbox(label("已撤销", "note"), STRETCH))
        elif operation.can_undo:
            row.addLayout(vbox(link("撤销", partial(self._undo, operation)), STRETCH))
        return made

    def _undo(self, operation: RecentOperation) -> None:
        text = f"撤销“{operation.title}”({moment(operation.at, self._shell.today)})？撤销以后还可以重做。"
        if self._shell.ask.question(self, "撤销", text, yes="撤销"):
            from fupin_desktop.services import history

            bench = self._shell.bench
            self._shell.run("正在撤销", lambda _report: history.undo_one(bench, operation.key), cancellable=False)


def moment(at: datetime, today: date) -> str:
    """“今天 10:32”, “12月24日 10:32”, or with the year where it is another."""
    if at.date() == today:
        return f"今天 {at:%H:%M}"
    year = f"{at.year}年" if at.year != today.year else ""
    return f"{year}{at.month}月{at.day}日 {at:%H:%M}"
