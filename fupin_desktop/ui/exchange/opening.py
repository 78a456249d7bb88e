"""从移交包打开: looked into, its password asked, unpacked into an empty folder; the same at the first start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from fupin_desktop.services.exchange import package
from fupin_desktop.services.exchange.package import Inside
from fupin_desktop.ui import data_folder
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.tasks import Tasks

PACKAGES = "移交包 (*.fupin)"
TITLE = "从移交包打开"
Opened = Callable[[Path, Inside], object]


class PackageOpener:
    """Asks and unpacks.

    Args:
        ask: The seam for dialogs.
        tasks: Runs the unpacking.
        parent: The window; None before there is one.
        opened: Called with the folder and what the package told, once it is ready.
    """

    def __init__(self, ask: Asker, tasks: Tasks, parent: QWidget | None, opened: Opened) -> None:
        self._ask, self._tasks, self._parent, self._opened = ask, tasks, parent, opened

    def begin(self, proposed: Path, path: Path | None = None) -> None:
        """Open a package.

        Args:
            proposed: The folder proposed for the data.
            path: The package; None asks for it.
        """
        found = path or self._ask.open_file(self._parent, TITLE, PACKAGES)
        inside = self._tasks.direct(lambda: package.look(found)) if found is not None else None
        if inside is None:
            return
        folder = self._folder(inside, proposed)
        if folder is not None and self._unlocked(inside, folder):
            self._tasks.run(
                "正在打开移交包", lambda report: package.open_into(inside.path, folder, report),
                lambda there: self._opened(there, inside),
            )

    def _folder(self, inside: Inside, proposed: Path) -> Path | None:
        """A folder that may be taken: the one proposed, or another one that the clerk chooses."""
        taken: Path | None = None
        if _fault(proposed):
            self._ask.message(self._parent, TITLE, f"{inside.sentence}\n下一步选一个空的文件夹放数据。")
        else:
            text = f"{inside.sentence}\n数据放到“{proposed}”？"
            way = self._ask.either(self._parent, TITLE, text, first="打开", second="换一个文件夹…")
            if way is None:
                return None
            taken = proposed if way == 0 else None
        while taken is None:
            taken = self._ask.folder(self._parent, "数据放到哪个空文件夹", str(proposed.parent))
            if taken is None:
                return None
            if fault := _fault(taken):
                self._ask.message(self._parent, TITLE, fault)
                taken = None
        return taken

    def _unlocked(self, inside: Inside, folder: Path) -> bool:
        if not inside.encrypted:
            return True
        from fupin_desktop.ui.dialogs.password import UnlockDialog

        def unlock(secret: str, by_code: bool) -> None:
            package.unlock(inside.path, folder, secret, recovery=by_code)

        return self._ask.run(UnlockDialog(inside.path, unlock, TITLE, self._parent, leave="取消"))


def _fault(folder: Path) -> str:
    """Why data cannot be put there; empty where they can."""
    verdict = data_folder.judge(folder)
    if verdict.fault:
        return verdict.fault
    taken = folder.is_dir() and any(folder.iterdir())
    return f"“{folder}”里已经有东西，请选一个空的文件夹，或者新建一个。" if taken else ""
