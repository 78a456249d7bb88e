"""What the menu 文件 does about backups: one at once, the daily one, going back; the rescue of a file taken away."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.window.locking import Locking
from fupin_desktop.ui.window.menus import Menus

if TYPE_CHECKING:
    from fupin_desktop.services.backups import Made

CHECK_AFTER_MS = 30_000
"""The daily check of the whole data file leaves the first moments to the clerk."""


class BackupActions(QObject):
    """Carries out the menu's entries, and the daily backup.

    Signals:
        made: A backup was written, or may have been.
        went_back: The data are those of a backup now: everything shown is to be read again.

    Args:
        window: The main window, parent of the dialogs.
        locking: While it covers the window, the daily backup waits.
    """

    made = Signal()
    went_back = Signal()

    def __init__(self, shell: Shell, window: QWidget, locking: Locking) -> None:
        super().__init__(window)
        self._shell, self._window, self._locking = shell, window, locking
        self._daily_on: date | None = None

    def fill(self, menus: Menus) -> None:
        """Put the entries into the menu."""
        menus.add("file", "backup", "立即备份", self.now)
        menus.add("file", "backups", "备份与恢复…", self.open)

    def now(self) -> None:
        """Write a backup in the background."""
        from fupin_desktop.services import backups

        bench = self._shell.bench
        self._shell.run("正在备份", lambda _report: backups.back_up(bench), self._made_now, cancellable=False)

    def daily(self) -> None:
        """The daily backup and check, where today had none: after the start, past midnight, after hibernating."""
        from fupin_desktop.services import backups

        bench = self._shell.bench
        waits = self._locking.locked or self._shell.tasks.busy
        if bench.read_only or self._daily_on == bench.today or waits:
            return
        self._daily_on = bench.today
        self._shell.run(
            "正在做每日备份", lambda _report: backups.back_up_if_due(bench), self._daily_done, cancellable=False
        )

    def _daily_done(self, made: Made | None) -> None:
        from fupin_desktop.services import data_safety

        self._tell(made)
        bench = self._shell.bench
        QTimer.singleShot(
            CHECK_AFTER_MS, self,
            lambda: self._shell.run(
                "正在检查数据文件", lambda _report: data_safety.check_if_due(bench), cancellable=False
            ),
        )

    def _tell(self, made: Made | None) -> None:
        self.made.emit()
        if made is not None:
            self._shell.said.emit(made.told)

    def _made_now(self, made: Made) -> None:
        """Who asks for a backup is told plainly where its copy is missing."""
        self._tell(made)
        if made.missed is not None:
            self._shell.tasks.tell(made.missed)

    def open(self, path: Path | None = None) -> None:
        """The backups: look into one, go back to it, choose a second place.

        Args:
            path: A backup file from elsewhere to look into first.
        """
        from fupin_desktop.ui.dialogs.backups import BackupsDialog

        dialog = BackupsDialog(self._shell, self._window)
        if path is not None:
            dialog.take(path)
        dialog.went_back.connect(self.went_back)
        dialog.backed_up.connect(self.made)
        self._shell.ask.run(dialog)
        self.made.emit()

    def save_elsewhere(self) -> None:
        """The data file was taken away: save what is still open into another file."""
        from fupin_desktop.services import backups
        from fupin_desktop.ui.ask import DATA_FILES

        bench, ask = self._shell.bench, self._shell.ask
        text = "把打开的内容另存为一份数据文件？存好以后可以用“备份与恢复”打开它。"
        if not ask.question(self._window, "数据文件不在了", text, yes="另存…"):
            return
        name = f"抢救的数据_{bench.clock():%Y%m%d_%H%M%S}.sqlite"
        path = ask.save_file(self._window, "另存数据文件", name, DATA_FILES)
        if path is not None:
            self._shell.run(
                "正在另存", lambda _report: backups.rescue(bench, path),
                lambda told: ask.message(self._window, "已另存", told), cancellable=False,
            )
