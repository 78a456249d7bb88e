"""The main window: puts menus, search, tab strip, tabs and status bar together, and hands every change to every tab."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QWidget

from fupin_desktop.override import override
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.ui import fonts
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tabs.registry import TABS, Command, TabSpec
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.search_box import SearchBox
from fupin_desktop.ui.window.actions import WindowActions
from fupin_desktop.ui.window.bringing import Bringer
from fupin_desktop.ui.window.manners import Manners
from fupin_desktop.ui.window.menus import Menus
from fupin_desktop.ui.window.status_bar import StatusBar
from fupin_desktop.ui.window.year_bar import YearBar
from fupin_desktop.ui.window_place import ToldWindow, bring_forward, place_window

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

PROGRAM_NAME = "产业扶贫工作台"


class MainWindow(ToldWindow):
    """Assembles; knows nothing of what a tab does.

    Signals:
        closed: The window was closed; the program may end.

    Attributes:
        shell: What the tabs are handed.
        menus: The menu bar's actions by key.
        status: The status bar.
        next_folder: Another data folder that the program is to open once this window is closed.
    """

    closed = Signal()

    def __init__(
        self, bench: Workbench, asker: Asker | None = None, chosen: Preferences | None = None,
        specs: Sequence[TabSpec] = TABS,
    ) -> None:
        super().__init__()
        chosen = chosen or Preferences()
        self.shell = Shell(bench, asker or Asker(chosen.last_folder), chosen, self._crashed, self)
        self._specs = {spec.key: spec for spec in specs}
        self._tabs: dict[str, OfficeTab] = {}
        self._year = bench.year
        self.next_folder: Path | None = None
        self.menus, self.status = Menus(self, self.shell), StatusBar()
        self.actions_of_window = WindowActions(self.shell, self.status, lambda: self.current_tab, self)
        self._build()
        self.manners = Manners(self, self.shell, self.actions_of_window.take_file, lambda: self.current_tab)
        self._connect()
        self.menus.add_tabs(specs, self._command)
        self.actions_of_window.fill(self.menus, self.search)
        self.refresh_title()
        self.actions_of_window.tick()
        self.show_tab(next(iter(self._specs)))

    # ---- building -------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        self.search = SearchBox(self.actions_of_window.find, "查找户主、村、证件尾号（可用拼音首字母）")
        self.search.setMinimumWidth(330)
        self._corner = self._padded(self.search)  # Qt's menu bar does not keep it alive
        self.menuBar().setCornerWidget(self._corner)
        self.strip, self.stack, head, middle = QTabBar(), QStackedWidget(), QFrame(), QWidget()
        self.strip.setObjectName("strip")
        head.setObjectName("head")
        self.strip.setDrawBase(False)
        self.strip.setExpanding(False)
        for spec in self._specs.values():
            self.strip.addTab(spec.title)
        self.stack.setProperty("role", "desk")
        self.year_bar = YearBar()
        hbox((self.strip, 1), self.year_bar.button, on=head, margins=(10, 0, 10, 0))
        vbox(head, self.year_bar, (self.stack, 1), on=middle, margins=0, spacing=0)
        self.setCentralWidget(middle)
        self.setStatusBar(self.status)
        self.setMinimumSize(880, 500)

    def _padded(self, widget: QWidget) -> QWidget:
        frame = QWidget()
        hbox(widget, on=frame, margins=(0, 1, 10, 1))
        return frame

    def _connect(self) -> None:
        bring = Bringer(self.strip, self.tab_keys, self._tabs, self.tab, self.show_tab).bring
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(keys), self, lambda step=step: bring(self.strip.currentIndex() + step))
        self.search.chosen.connect(self.open_target)
        self.year_bar.button.clicked.connect(self.actions_of_window.years.choose)
        self.year_bar.reopen_wanted.connect(self.actions_of_window.years.reopen)
        self.actions_of_window.backed_up.connect(self.refresh_backup)
        self.actions_of_window.reload_wanted.connect(self.reload_all)
        self.drawn.connect(self.manners.watch_soon)
        self.manners.look_changed.connect(self.actions_of_window.apply_theme)
        shell = self.shell
        self.actions_of_window.folder_chosen.connect(self._open_folder)
        shell.tasks.lasting.connect(self.actions_of_window.show_progress)
        shell.tasks.data_file_gone.connect(self.actions_of_window.backups.save_elsewhere)
        shell.changed.connect(self.broadcast)
        shell.wanted.connect(self.open_target)
        shell.help_wanted.connect(self.actions_of_window.help.open_manual)
        shell.clause_wanted.connect(self.actions_of_window.help.open_clause)
        shell.due_told.connect(self.status.show_due)
        shell.selection_told.connect(self.status.show_selection)
        self.stack.currentChanged.connect(lambda _place: self.status.show_selection(""))
        shell.said.connect(lambda text: self.status.showMessage(text, 6000))
        shell.commanded.connect(lambda key: self.menus.actions[key].trigger())
        self._clock = QTimer(self, interval=int(timedelta(minutes=1).total_seconds() * 1000))
        for moment in (self._clock.timeout, self.manners.power.resumed):
            moment.connect(self.refresh_backup)
            moment.connect(self.actions_of_window.backups.daily)
        self._clock.start()

    # ---- tabs -----------------------------------------------------------------------------------------------------
    @property
    def current_tab(self) -> OfficeTab:
        """The tab in front."""
        return self.tab(list(self._specs)[self.strip.currentIndex()])

    @property
    def tab_keys(self) -> tuple[str, ...]:
        """Keys of all tabs, in order."""
        return tuple(self._specs)

    def tab(self, key: str) -> OfficeTab:
        """The tab of a key, made at its first use."""
        if key not in self._tabs:
            self._tabs[key] = self._specs[key].make(self.shell)
            self.stack.addWidget(self._tabs[key])
        return self._tabs[key]

    def show_tab(self, key: str) -> OfficeTab:
        """Bring a tab to the front."""
        made = self.tab(key)
        self.strip.setCurrentIndex(list(self._specs).index(key))
        self.stack.setCurrentWidget(made)
        return made

    def open_target(self, target: Target) -> None:
        """Follow a link to its tab and rows."""
        if target.tab in self._specs:
            shown = self.show_tab(target.tab)
            shown.take_keyboard()
            shown.show_record(target)

    def broadcast(self, change: Change) -> None:
        """Hand a change to every tab that exists; one that went to another year changed all that they show."""
        self.status.show_saved(self.shell.bench.clock())
        if self.shell.bench.year != self._year:
            self.reload_all()
            return
        if "offices" in change.nouns:
            self.refresh_title()
        for tab in self._tabs.values():
            tab.changed(change)

    def reload_all(self) -> None:
        """Everything is to be read again (another year, another theme)."""
        self.refresh_title()
        for tab in self._tabs.values():
            tab.reload()

    def _command(self, spec: TabSpec, command: Command) -> None:
        attrgetter(command.call)(self.show_tab(spec.key).view_for(command.view))()

    # ---- the window itself ----------------------------------------------------------------------------------------
    def refresh_title(self) -> None:
        """Office and year in the title, the clerk and the due dates in the status bar."""
        bench = self.shell.bench
        place = self.shell.read(lambda: bench.heading) or ""
        self._year = bench.year
        year = self.year_bar.show_year(bench, closed=bool(self.shell.read(lambda: bench.closed)))
        self.status.show_clerk(bench.clerk)
        title = " — ".join(part for part in (PROGRAM_NAME, place) if part) + f" · {year}"
        fonts.ensure(title)
        self.setWindowTitle(f"{title} (只读)" if bench.read_only else title)
        if bench.read_only:
            self.status.show_read_only()

    def refresh_backup(self) -> None:
        """A backup was made, or a day has passed."""
        self.actions_of_window.tick()
        for tab in self._tabs.values():
            tab.backup_made()

    def come_forward(self) -> None:
        """Raise the window (a second start asked for it)."""
        bring_forward(self)

    def restore_place(self) -> None:
        """The size and place of the last time, or a size that fits the screen."""
        place_window(self, self.shell.preferences.geometry)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is half typed, finish what runs, remember the window's place."""
        locked = self.shell.tasks.locked  # what was typed is kept already, and nothing can be read any more
        if not locked and not all(tab.can_close() for tab in self._tabs.values()):
            event.ignore()
            return
        self.shell.tasks.wait()
        self.manners.keep()
        self.actions_of_window.help.close_manual()
        super().closeEvent(event)
        self.closed.emit()

    def _open_folder(self, folder: Path) -> None:
        """Remember another data folder, and close; the program opens anew on it."""
        self.next_folder = folder
        self.shell.preferences.data_folder = str(folder)
        if not self.close():
            self.next_folder = None

    def _crashed(self, trouble: BaseException) -> None:
        """A bug in an operation takes the same way as one nobody caught."""
        import sys

        sys.excepthook(type(trouble), trouble, trouble.__traceback__)
