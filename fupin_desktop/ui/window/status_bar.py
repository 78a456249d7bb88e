"""The status bar: saved, backup, next due date, who works."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from fupin_desktop.ui.widgets.boxes import hbox
from fupin_desktop.ui.widgets.labels import label, say
from fupin_desktop.ui.widgets.marks import Mark


class StatusBar(QStatusBar):
    """Left: marks with a tick; right: 经办."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.saved, self._saved_mark = self._marked("数据正常")
        self.backup, self._backup_mark = self._marked("")
        self.due, self.clerk, self.selection = label(), label(), label()
        self.addWidget(self.due)
        self.addPermanentWidget(self.selection)
        self.addPermanentWidget(self.clerk)
        self.setContentsMargins(8, 0, 8, 0)

    def _marked(self, text: str) -> tuple[QLabel, Mark]:
        piece, words, mark = QWidget(), label(text), Mark("tick", "accent", 13)
        hbox(mark, words, on=piece, margins=(0, 0, 14, 0), spacing=4)
        self.addWidget(piece)
        return words, mark

    def show_saved(self, at: datetime) -> None:
        """An operation was committed."""
        say(self.saved, f"已保存 {at:%H:%M:%S}")

    def show_read_only(self) -> None:
        """The data can be looked at alone."""
        say(self.saved, "只能查看和打印，不能修改")
        self._saved_mark.set_mark("bang", "principle")

    def show_backup(self, last: datetime | None, now: datetime) -> None:
        """State of the daily backup."""
        good = last is not None and last.date() == now.date()
        if last is None:
            text = "还没有备份"
        elif good:
            text = f"今日已备份 {last:%H:%M}"
        else:
            text = f"上次备份 {last.month}月{last.day}日"
        say(self.backup, text)
        self._backup_mark.set_mark("tick" if good else "bang", "accent" if good else "principle")

    def show_due(self, text: str) -> None:
        """The next due date, e.g. “季报 1月5日（还有 12 天）”."""
        say(self.due, text)

    def show_selection(self, text: str) -> None:
        """Count and sums of the chosen cells."""
        say(self.selection, text)

    def show_clerk(self, name: str) -> None:
        """Who works."""
        say(self.clerk, f"经办 {name}" if name else "")
