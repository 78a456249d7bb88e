"""What the menu 帮助 does: the manual, the same as PDF, the quick start, clauses, about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.window.menus import Menus

if TYPE_CHECKING:
    from fupin_desktop.ui.manual_window import ManualWindow


class HelpActions:
    """Carries out the menu's entries about help.

    Attributes:
        manual: The manual's window, once it was opened.

    Args:
        front: Gives the tab in front.
        window: The main window, parent of the dialogs.
    """

    def __init__(self, shell: Shell, front: Callable[[], OfficeTab], window: QWidget) -> None:
        self._shell, self._front, self._window = shell, front, window
        self.manual: ManualWindow | None = None

    def fill(self, menus: Menus) -> None:
        """Put the entries into the menu."""
        menus.add("help", "manual", "使用手册", lambda: self.open_manual(""), "F1")
        menus.add("help", "manual_pdf", "手册 PDF…", self.save_manual)
        menus.add("help", "quick_start", "打印快速入门…", self.print_quick_start)
        menus.separate("help")
        menus.add("help", "about", "关于", self.open_about)

    def open_manual(self, anchor: str = "") -> None:
        """Open the manual at a place; empty means the page of the tab in front."""
        from fupin_desktop.ui.manual_window import ManualWindow

        if self.manual is None:
            self.manual = ManualWindow()
        self.manual.open_at(anchor or self._front().manual_topic())

    def close_manual(self) -> None:
        """The manual closes with the window; it would keep the program alive."""
        if self.manual is not None:
            self.manual.close()

    def save_manual(self) -> None:
        """Write the whole manual as one PDF."""
        from fupin_desktop.services.manual import book

        today = self._shell.today
        self._save("手册 PDF", book.PDF_NAME, lambda path: book.write_pdf(path, today))

    def print_quick_start(self) -> None:
        """Two pages to be kept beside the PC, seen before they are printed."""
        from fupin_desktop.services.manual import book
        from fupin_desktop.ui.paper.preview import PreviewDialog
        from fupin_desktop.ui.printing.front import print_paper

        shell, today = self._shell, self._shell.today

        def save() -> None:
            self._save("快速入门 PDF", book.QUICK_NAME, lambda path: book.write_quick_start(path, today))

        filled = shell.read(lambda: book.quick_start(today))
        if filled is not None:
            paper = book.quick_start_paper(today)
            actions = (("保存 PDF…", save),)
            shell.ask.run(PreviewDialog(filled, actions, self._window, printing=lambda: print_paper(shell, paper)))

    def _save(self, title: str, name: str, write: Callable[[Path], object]) -> None:
        from fupin_desktop.ui.ask import PDF
        from fupin_desktop.ui.papers import save_paper

        save_paper(self._shell, title, name, PDF, write)

    def open_clause(self, name: str) -> None:
        """Show the wording of a clause."""
        from fupin_desktop.ui.dialogs.clause import ClauseDialog

        clause = self._shell.read(lambda: self._shell.bench.parameters.clause(name))
        if clause is not None:
            self._shell.ask.run(ClauseDialog(clause, self._window))

    def open_about(self) -> None:
        """Version and licences."""
        from fupin_desktop.ui.dialogs.about import AboutDialog

        self._shell.ask.run(AboutDialog(self._window))
