"""The year at work: a button at the right of the tabs, and a line below them while that year is closed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui.widgets.boxes import hbox
from fupin_desktop.ui.widgets.labels import label, link, say


class YearBar(QFrame):
    """Tells that the year is closed, and leads to what opens it again; hidden while the year is open.

    Signals:
        reopen_wanted: The clerk wants to change something of the closed year.

    Attributes:
        button: Tells the year; the window places it beside its tabs.
    """

    reopen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self.setProperty("tone", "principle")
        self.button = QToolButton()
        self.button.setToolTip("切换年度")
        self.button.setProperty("role", "flat")
        self.told = label("", tone="principle")
        self.reopen = link("重新打开年度…", self.reopen_wanted.emit)
        hbox((self.told, 1), self.reopen, on=self, margins=(14, 4, 14, 4))
        self.hide()

    def show_year(self, bench: Workbench, *, closed: bool) -> str:
        """Show the year at work; returns its words for the window's title."""
        words = f"{bench.year} 年度" + ("（已关闭）" if closed else "")
        self.button.setText(words)
        say(self.told, f"{bench.year} 年度已经关闭，只能查看、打印和导出。")
        self.setVisible(closed)
        return words
