"""The base of every tab: what it needs is handed in, one method fills it, and only when it is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QFrame, QWidget

from fupin_desktop.override import override
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Change, Progress, Workbench
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.traits import set_trait

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent


class OfficeTab(QFrame):
    """A tab of the main window.

    Subclasses build their widgets in ``__init__`` (cheaply), read data in ``load`` and name the nouns they show.

    Attributes:
        nouns: Stems of ``Change.nouns`` that make what it shows stale; empty means all.
        manual_anchor: Page of the manual about it, e.g. ``awards.html``.
    """

    nouns: ClassVar[frozenset[str]] = frozenset()
    manual_anchor: ClassVar[str] = "home.html"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "desk")
        set_trait(self, "focusPolicy", "ClickFocus")
        self.shell = shell
        self._stale = True

    def manual_topic(self) -> str:
        """The page of the manual that F1 opens now."""
        return self.manual_anchor

    def view_for(self, _key: str) -> OfficeTab:
        """The view a menu's command is called from, in front and read: the tab itself unless it has several."""
        self.load_if_stale()
        return self

    def load(self) -> None:
        """Read everything shown from the workbench."""

    def changed(self, change: Change) -> None:
        """Something changed in the office's data: read again now, or when next seen."""
        if not self.nouns or self.nouns & change.nouns:
            self.reload()

    def reload(self) -> None:
        """Read again, now if seen, else when next seen."""
        self._stale = True
        if self.isVisible():
            self.load_if_stale()

    def load_if_stale(self) -> None:
        """Read when something changed since the last reading."""
        if self._stale:
            self._stale = False
            self.load()

    def show_record(self, target: Target) -> None:
        """Show the rows or the record a link leads to; the tab is already in front."""

    def take_keyboard(self) -> None:
        """The tab was brought to the front: the keyboard goes to where the work is done."""
        self.setFocus()

    def take_file(self, path: Path) -> None:
        """A file was dropped for this tab; one that takes none does nothing."""

    def start_search(self) -> None:
        """Ctrl+F: put the keyboard into the tab's own search; one that has none searches all registers."""
        self.shell.commanded.emit("find_anywhere")

    def print_paper(self) -> None:
        """Ctrl+P: print the paper shown, where the tab has one."""
        self.shell.said.emit("这一页没有可以打印的文件，请先打开一份申报表或测算。")

    def undo(self) -> None:
        """Ctrl+Z: take back the last operation; of a tab that shows one thing, the last one on it."""
        from fupin_desktop.services import history

        long = self.shell.read(lambda: history.lasts(self.shell.bench, undo=True))
        self._take("正在撤销", history.undo, "没有可撤销的操作", long=bool(long))

    def redo(self) -> None:
        """Ctrl+Y: do again what was taken back last."""
        from fupin_desktop.services import history

        long = self.shell.read(lambda: history.lasts(self.shell.bench, undo=False))
        self._take("正在重做", history.redo, "没有可重做的操作", long=bool(long))

    def _take(
        self, title: str, act: Callable[[Workbench, Progress | None], Change | None], nothing: str, *, long: bool,
    ) -> None:
        """Take an operation back or do it again: that on many records in the background, with its progress."""
        bench = self.shell.bench
        if long:
            self.shell.run(title, lambda report: act(bench, report), lambda change: self._nothing(change, nothing))
        else:
            self.shell.do(lambda: act(bench, None), lambda change: self._nothing(change, nothing))

    def undo_titles(self) -> tuple[str | None, str | None]:
        """What undo and redo would do; None for nothing."""
        from fupin_desktop.services import history

        bench = self.shell.bench
        return history.can_undo(bench), history.can_redo(bench)

    def _nothing(self, change: Change | None, text: str) -> None:
        if change is None:
            self.shell.said.emit(text)

    def backup_made(self) -> None:
        """The state of the backup may have changed; only a tab that shows it cares."""

    def can_close(self) -> bool:
        """Whether the window may close; a tab with something half typed saves it here first."""
        return True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """First sight, or first sight since a change: read."""
        super().showEvent(event)
        self.load_if_stale()
