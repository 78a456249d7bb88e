"""The files that were opened or written last, offered in the menu 文件; Windows lists them at the taskbar too."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_desktop.ui import fonts
from fupin_desktop.ui.widgets.tips import as_tip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

MOST = 8
_BY_PATH = 3
"""SHARD_PATHW: a path as wide characters."""
_LONGEST = 32


class RecentFiles:
    """Keeps them, the last one first.

    Attributes:
        paths: The files, also those that are gone.
    """

    def __init__(self) -> None:
        self.paths: list[Path] = []

    def note(self, path: Path) -> None:
        """A file was chosen to be opened or written."""
        self.paths = [path, *(one for one in self.paths if one != path)][: 2 * MOST]
        _tell_system(path)

    def fill(self, menu: QMenu, open_: Callable[[Path], object]) -> None:
        """List in a menu those that are still there."""
        menu.clear()
        found = [path for path in self.paths if path.is_file()][:MOST]
        for place, path in enumerate(found, 1):
            fonts.ensure(path.name)
            action = menu.addAction(f"&{place}  {path.name.replace('&', '&&')}\t{_folder(path)}")
            action.setToolTip(as_tip(str(path)))
            action.triggered.connect(partial(_open, open_, path))
        if not found:
            menu.addAction("(还没有)").setEnabled(False)

    def stored(self) -> str:
        """As the preferences keep it."""
        return json.dumps([str(path) for path in self.paths[:MOST]], ensure_ascii=False)

    def restore(self, text: str) -> None:
        """Take what the preferences kept; nothing where that is damaged."""
        try:
            found = json.loads(text) if text else []
        except ValueError:
            return
        if isinstance(found, list):
            self.paths = [Path(one) for one in found if isinstance(one, str)]


def _open(open_: Callable[[Path], object], path: Path, _checked: bool = False) -> None:
    open_(path)


def _folder(path: Path) -> str:
    """The folder as far as a menu has room for it."""
    text = str(path.parent)
    return text if len(text) <= _LONGEST else f"…{text[1 - _LONGEST:]}"


def _tell_system(path: Path) -> None:
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SHAddToRecentDocs(_BY_PATH, ctypes.c_wchar_p(str(path)))
