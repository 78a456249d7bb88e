"""What the menu 文件 does for another computer or clerk: the package, opening one, the new clerk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fupin_desktop.ui import preferences
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.window.menus import Menus


class ExchangeActions(QObject):
    """Carries out the menu's entries.

    Signals:
        folder_chosen: Path of the folder that a package was unpacked into; the window opens anew on it.
    """

    folder_chosen = Signal(object)

    def __init__(self, shell: Shell, window: QWidget) -> None:
        super().__init__(window)
        self._shell, self._window = shell, window

    def fill(self, menus: Menus) -> None:
        """Put the entries into the menu."""
        menus.add("file", "make_package", "移交包…", self.make_package)
        menus.add("file", "open_package", "从移交包打开…", self.open_package)
        menus.add("file", "successor", "新经办人…", self.hand_over_work)

    def make_package(self) -> None:
        """Everything of the office into one file."""
        from fupin_desktop.ui.exchange.package import PackageDialog

        self._shell.ask.run(PackageDialog(self._shell))

    def hand_over_work(self) -> None:
        """Another clerk goes on with the work: what is open, a list to be signed, the change."""
        from fupin_desktop.ui.exchange.successor import SuccessorDialog

        self._shell.ask.run(SuccessorDialog(self._shell))

    def open_package(self, path: Path | None = None) -> None:
        """Unpack a package beside the present data, and open it; the present data stay.

        Args:
            path: The package; None asks for it.
        """
        from fupin_desktop.services.exchange.package import Inside
        from fupin_desktop.ui.exchange.opening import PackageOpener
        from fupin_desktop.ui.exchange.package import take_over

        def opened(folder: Path, inside: Inside) -> None:
            take_over(self._shell.preferences, inside.preferences)
            preferences.save(self._shell.preferences)
            self.folder_chosen.emit(folder)

        here = self._shell.bench.data_folder
        proposed = here.with_name(f"{here.name}_移交")
        PackageOpener(self._shell.ask, self._shell.tasks, self._window, opened).begin(proposed, path)
