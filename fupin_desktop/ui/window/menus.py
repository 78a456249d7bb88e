"""The menu bar: the commands the tabs bring, and those of the window itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registry import MENUS, Command, TabSpec
from fupin_desktop.ui.widgets.traits import set_trait

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

_EDIT_WORDS = (("剪切", "Ctrl+X", "cut"), ("复制", "Ctrl+C", "copy"), ("粘贴", "Ctrl+V", "paste"),
               ("全选", "Ctrl+A", "selectAll"))


class Menus:
    """Fills a window's menu bar.

    Attributes:
        actions: Every action by its command's key, for tests and for the first page's buttons.
    """

    def __init__(self, window: QMainWindow, shell: Shell) -> None:
        self._window, self._shell = window, shell
        self.actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {key: window.menuBar().addMenu(title) for key, title in MENUS}
        self._groups: dict[tuple[str, str], QMenu] = {}
        self._undo_titles: Callable[[], tuple[str | None, str | None]] = lambda: (None, None)
        self._menus["edit"].aboutToShow.connect(self.refresh_undo)
        self._menus["edit"].aboutToHide.connect(self._free_undo)

    def add(
        self, menu: str, key: str, text: str, run: Callable[[], object], shortcut: str = "", group: str = "",
    ) -> QAction:
        """Add one entry, in a menu inside the menu where ``group`` names one; returns its action."""
        action = QAction(self._window)
        action.setText(text)
        if shortcut:
            set_trait(action, "shortcut", shortcut)
        action.triggered.connect(lambda _checked=False: run())
        (self._group(menu, group) if group else self._menus[menu]).addAction(action)
        self.actions[key] = action
        return action

    def about_to_show(self, menu: str, act: Callable[[], object]) -> None:
        """Do something each time a menu opens."""
        self._menus[menu].aboutToShow.connect(act)

    def separate(self, menu: str) -> None:
        """A line in a menu, unless it would be the first entry."""
        if self._menus[menu].actions():
            self._menus[menu].addSeparator()

    def _group(self, menu: str, title: str) -> QMenu:
        if (menu, title) not in self._groups:
            self._groups[menu, title] = self.submenu(menu, title)
        return self._groups[menu, title]

    def submenu(self, menu: str, title: str) -> QMenu:
        """A menu inside a menu."""
        return self._menus[menu].addMenu(title)

    def add_tabs(self, specs: Iterable[TabSpec], run: Callable[[TabSpec, Command], object]) -> None:
        """Add the commands of the tabs; ``run`` gets the tab and the command."""
        inside: dict[str, bool] = {}
        for spec in specs:
            for menu in {command.menu: None for command in spec.commands}:
                commands = [each for each in spec.commands if each.menu == menu]
                before, inside[menu] = inside.get(menu, False), all(each.group for each in commands)
                if not (before and inside[menu]):  # menus inside the menu follow each other
                    self.separate(menu)
                for command in commands:
                    act = partial(run, spec, command)
                    self.add(menu, command.key, command.text, act, command.shortcut, command.group)
                    if command.on_home:
                        self._shell.favourites.append((command.key, command.on_home))

    def add_editing(
        self, undo: Callable[[], object], redo: Callable[[], object], find: Callable[[], object],
        find_anywhere: Callable[[], object], undo_titles: Callable[[], tuple[str | None, str | None]],
    ) -> None:
        """Undo, redo, searching, and what a text field knows itself.

        Args:
            undo: Takes back the last operation on what is in front.
            redo: Does it again.
            find: Searches what is in front.
            find_anywhere: Searches the households.
            undo_titles: What undo and redo would do.
        """
        self._undo_titles = undo_titles
        menu = self._menus["edit"]
        of_tabs = menu.actions()
        self.add("edit", "undo", "撤销", undo, "Ctrl+Z")
        self.add("edit", "redo", "重做", redo, "Ctrl+Y")
        self.separate("edit")
        self.add("edit", "find", "在本页查找", find, "Ctrl+F")
        self.add("edit", "find_anywhere", "查找农户", find_anywhere, "Ctrl+K")
        self.separate("edit")
        for text, shortcut, method in _EDIT_WORDS:
            # The shortcut is only shown: fields and tables handle their own keys, and must go on doing so.
            self.add("edit", method, f"{text}\t{shortcut}", partial(_to_focus, method))
        for one in of_tabs:  # 撤销 comes first, as everywhere
            menu.removeAction(one)
            menu.addAction(one)

    def hide_empty(self) -> None:
        """Hide menus without an entry."""
        for menu in self._menus.values():
            menu.menuAction().setVisible(bool(menu.actions()))

    def refresh_undo(self) -> None:
        """Name what undo and redo would do."""
        undo, redo = self._undo_titles()
        for key, word, title in (("undo", "撤销", undo), ("redo", "重做", redo)):
            self.actions[key].setText(f"{word}：{title}" if title else word)
            self.actions[key].setEnabled(bool(title))

    def _free_undo(self) -> None:
        """The shortcuts go on while the menu is closed: what it named may have changed since."""
        for key in ("undo", "redo"):
            self.actions[key].setEnabled(True)


def _to_focus(method: str) -> None:
    """Call a method of the widget that has the keyboard, where it has such a method."""
    widget: QWidget | None = QApplication.focusWidget()
    call = getattr(widget, method, None)
    if callable(call):
        call()
