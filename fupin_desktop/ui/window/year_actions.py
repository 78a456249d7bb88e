"""What the menu 文件 does with years: another one, the next one, closing, opening again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.window.menus import Menus

CLOSE, REOPEN = "关闭年度…", "重新打开年度…"
_BACK = 6
"""Years before the present one that are offered."""


class YearActions(QObject):
    """Carries out the menu's entries about years.

    Signals:
        year_changed: Another year is at work, or it was closed or opened: everything shown is to be read again.
    """

    year_changed = Signal()

    def __init__(self, shell: Shell, window: QWidget) -> None:
        super().__init__(window)
        self._shell, self._window = shell, window

    def fill(self, menus: Menus) -> None:
        """Put the entries into the menu; closing and opening again are one entry that tells which."""
        menus.add("file", "new_year", "新年度…", self.begin)
        close = menus.add("file", "close_year", CLOSE, self.close_or_reopen)
        menus.add("file", "year", "切换年度…", self.choose)
        menus.about_to_show("file", lambda: close.setText(REOPEN if self._shell.bench.closed else CLOSE))

    def choose(self) -> None:
        """Work in another year."""
        from fupin_desktop.services import offices

        bench, today = self._shell.bench, self._shell.today
        closed = self._shell.read(lambda: bench.closed_years) or frozenset()
        offered = {*range(today.year - _BACK + 1, max(today.year, bench.year) + 2), *closed, bench.year}
        years = sorted(offered, reverse=True)
        words = [f"{year}（已关闭）" if year in closed else f"{year}" for year in years]
        place = self._shell.ask.choose(self._window, "切换年度", "工作年度：", words, years.index(bench.year))
        if place is not None and years[place] != bench.year:
            self._shell.do(lambda: offices.set_year(bench, years[place]), lambda _change: self.year_changed.emit())

    def begin(self) -> None:
        """Begin the next year with what lasts of this one."""
        from fupin_desktop.services import years
        from fupin_desktop.ui.dialogs.year import NewYearDialog

        bench = self._shell.bench
        told = self._shell.read(lambda: years.preview(bench))
        if told is not None and self._shell.ask.run(NewYearDialog(told, self._window)):
            title = f"正在建立 {told.into} 年度"
            self._shell.run(title, lambda report: years.begin(bench, report), lambda _begun: self.year_changed.emit())

    def close_or_reopen(self) -> None:
        """Close the year at work, or open it where it is closed."""
        if self._shell.read(lambda: self._shell.bench.closed):
            self.reopen()
        else:
            self.close()

    def close(self) -> None:
        """Close the year at work after a look at what is still open in it."""
        from fupin_desktop.services import years
        from fupin_desktop.ui.dialogs.year import CloseYearDialog

        bench = self._shell.bench
        found = self._shell.read(lambda: years.open_work(bench))
        if found is None:
            return
        dialog = CloseYearDialog(bench.year, found, self._window)
        dialog.wanted.connect(self._shell.wanted)
        if self._shell.ask.run(dialog):
            self._shell.do(lambda: years.close(bench), lambda _change: self.year_changed.emit())

    def reopen(self) -> None:
        """Open the closed year at work again, with a reason."""
        from fupin_desktop.services import years

        bench = self._shell.bench
        closing = self._shell.read(lambda: years.closing(bench, bench.year))
        if closing is None:
            return
        told = f"{closing.year} 年度由 {closing.who} 于 {closing.at:%Y-%m-%d} 关闭。\n为什么要重新打开？原因留存备查。"
        reason = self._shell.ask.text(self._window, "重新打开年度", told, long=True)
        if reason is not None:
            self._shell.do(lambda: years.reopen(bench, reason), lambda _change: self.year_changed.emit())
