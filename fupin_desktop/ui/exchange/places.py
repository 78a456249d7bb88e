"""Where to: the sticks that are plugged in, with name and room, or any folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from fupin_desktop.services.exchange.model import Drive
from fupin_desktop.ui import fonts
from fupin_desktop.ui.exchange import drives
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import hbox
from fupin_desktop.ui.widgets.labels import button

FOLDER = "别的文件夹…"
_NONE = "没有找到U盘：请插上U盘后点“刷新”，或选别的文件夹"
_GONE = "原来选的U盘不见了：请重新插上后点“刷新”，或选别的"
Find = Callable[[], Sequence[Drive]]


class PlaceBox(QWidget):
    """A list of sticks, a folder at its end, and a button to look again.

    Signals:
        changed: Another place is chosen, or none.
    """

    changed = Signal()

    def __init__(self, shell: Shell, find: Find | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell, self._find = shell, find or drives.sticks
        self._folder: Path | None = None
        self._place = 0
        self._wanted: Path | None = None
        self.list = QComboBox()
        self.list.setAccessibleName("写到")
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.again = button("刷新", self.look, tip="插上U盘以后点一下")
        hbox((self.list, 1), self.again, on=self, margins=0)
        self.setFocusProxy(self.list)
        self.list.activated.connect(self._chose)

    @property
    def drive(self) -> Drive | None:
        """Where to; None before a place is chosen."""
        found = self.list.currentData()
        return found if isinstance(found, Drive) else None

    def look(self) -> None:
        """Find the sticks beside the clerk's work: a network disk may not answer at once."""
        remembered = self._shell.preferences.handed_to
        self._shell.read_aside(lambda: _with_remembered(self._find(), remembered), self._show)

    def remember(self) -> None:
        """Offer the place again the next time, since something was written there."""
        if self.drive is not None:
            self._shell.preferences.handed_to = str(self.drive.root)

    def _show(self, found: Sequence[Drive]) -> None:
        """List the places; the one that was chosen stays chosen, and no other one takes its place unasked."""
        chosen = [drives.drive_of(self._folder)] if self._folder is not None else []
        places = [*chosen, *(one for one in found if one.root != self._folder)]
        wanted = self._wanted or self._last_stick(places)
        kept = next((at for at, one in enumerate(places) if one.root == wanted), None)
        self.list.clear()
        for one in places:
            fonts.ensure(one.shown)
            self.list.addItem(one.shown, one)
        if not places or (self._wanted is not None and kept is None):
            self.list.insertItem(0, _GONE if places else _NONE, None)
        self.list.addItem(FOLDER, FOLDER)
        self._place = kept or 0
        self.list.setCurrentIndex(self._place)
        self._keep()
        self.changed.emit()

    def _last_stick(self, places: Sequence[Drive]) -> Path | None:
        """The stick that was written to last, where it is plugged in; a folder gives way to any stick."""
        last = self._shell.preferences.handed_to
        return next((one.root for one in places if one.name and str(one.root) == last), None)

    def _chose(self, place: int) -> None:
        if self.list.itemData(place) == FOLDER:
            folder = self._shell.ask.folder(self, "写到哪个文件夹")
            if folder is not None:
                self._folder = folder
                one, place = drives.drive_of(folder), 0
                self.list.insertItem(0, one.shown, one)
            else:
                place = self._place
            self.list.setCurrentIndex(place)
        self._place = place
        self._keep()
        self.changed.emit()

    def _keep(self) -> None:
        if self.drive is not None:
            self._wanted = self.drive.root


def _with_remembered(found: Sequence[Drive], remembered: str) -> Sequence[Drive]:
    """The sticks, and behind them the folder that was written to last, where it is still there."""
    folder = Path(remembered)
    if not remembered or not folder.is_dir() or any(one.root == folder for one in found):
        return found
    return [*found, drives.drive_of(folder)]
