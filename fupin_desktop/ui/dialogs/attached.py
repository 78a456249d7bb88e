"""An attached file shown: in the program the PC has for it, or, where it lies encrypted, in a window of this one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QWidget

from fupin_desktop.override import override
from fupin_desktop.services import attachments, viewing
from fupin_desktop.services.attachments import Attached
from fupin_desktop.ui import fonts
from fupin_desktop.ui.papers import open_file, save_paper
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from fupin_desktop.documents.drawing.pictures import Pages

_STEP, _LEAST, _MOST = 1.25, 0.1, 4.0
_ASKED = (
    "要用其他程序打开“{}”。其他程序只能打开没有加密的副本，副本放在数据文件夹的“临时查看”里，"
    "锁定窗口或关闭程序时删除。现在打开？"
)


def show_attached(shell: Shell, file: Attached) -> None:
    """Show an attached file: of an encrypted office without a copy where that can be."""
    bench = shell.bench
    if not viewing.is_kept_inside(bench):
        open_outside(shell, file)
        return
    found = shell.read(lambda: viewing.pages(bench, file))
    if found is None:
        return
    if found.count:
        shell.ask.run(AttachedDialog(shell, file, found, shell.window))
    else:
        open_outside(shell, file, ask=True)


def open_outside(shell: Shell, file: Attached, parent: QWidget | None = None, *, ask: bool = False) -> None:
    """Show a copy of a file in the program the PC has for it; before one that leaves the encryption it is asked."""
    bench, text = shell.bench, _ASKED.format(file.name)
    if not ask or shell.ask.question(parent or shell.window, "附件", text, yes="打开"):
        shell.read(lambda: viewing.copy(bench, file), lambda copy: open_file(copy, shell))


class AttachedDialog(QDialog):
    """The pages of a photograph or PDF, one at a time.

    Args:
        file: The file.
        pages: Its pages.

    Attributes:
        place: The page shown, from 0.
    """

    def __init__(self, shell: Shell, file: Attached, pages: Pages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fonts.ensure(file.name)
        self.setWindowTitle(file.name)
        self.resize(860, 620)
        self._shell, self._file, self._pages = shell, file, pages
        self.place, self._scale = 0, 0.0
        self._picture = QPixmap()
        self.sheet, self.area = QLabel(), QScrollArea()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sheet.setAccessibleName(file.name)
        self.area.setWidget(self.sheet)
        self.area.setWidgetResizable(True)
        self.told = label("", "muted")
        self.back, self.on = button("上一页", partial(self.turn, -1)), button("下一页", partial(self.turn, 1))
        self.larger = button("放大", partial(self.zoom, _STEP))
        self.smaller = button("缩小", partial(self.zoom, 1 / _STEP))
        self.fit = button("适合窗口", self.fit_in)
        self.outside = button("用其他程序打开…", lambda: open_outside(shell, file, self, ask=True))
        self.keep = button("另存为…", self.save)
        row = hbox(
            self.back, self.on, self.told, STRETCH, self.larger, self.smaller, self.fit, self.keep, self.outside,
            button("关闭", self.reject),
        )  # fmt: skip
        vbox((self.area, 1), row, on=self, margins=(14, 12, 14, 12), spacing=10)
        self.turn(0)

    def turn(self, pages: int) -> None:
        """Show a page further on or back."""
        self.place = min(max(self.place + pages, 0), self._pages.count - 1)
        drawn = self._shell.read(lambda: self._pages.page(self.place))
        self._picture = QPixmap()
        if drawn is not None:
            self._picture.loadFromData(drawn.content)
        for one in (self.back, self.on):
            one.setVisible(self._pages.count > 1)
        self.back.setEnabled(self.place > 0)
        self.on.setEnabled(self.place < self._pages.count - 1)
        say(self.told, f"第 {self.place + 1} 页，共 {self._pages.count} 页" if self._pages.count > 1 else "")
        self._draw()

    def zoom(self, by: float) -> None:
        """Show it larger or smaller."""
        self._scale = min(max((self._scale or self._fitting()) * by, _LEAST), _MOST)
        self._draw()

    def fit_in(self) -> None:
        """适合窗口."""
        self._scale = 0.0
        self._draw()

    def _fitting(self) -> float:
        """The scale at which the whole page is seen."""
        room, picture = self.area.viewport().size(), self._picture.size()
        if picture.isEmpty():
            return 1.0
        return min(room.width() / picture.width(), room.height() / picture.height(), 1.0)

    def _draw(self) -> None:
        """Put the page at its scale into the window."""
        if self._picture.isNull():
            self.sheet.setText("打不开")
            return
        wanted = self._picture.size() * (self._scale or self._fitting())
        mode = Qt.TransformationMode.SmoothTransformation
        self.sheet.setPixmap(self._picture.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio, mode))

    def save(self) -> None:
        """另存为…, which leaves the encryption by the clerk's own wish."""
        folder, file = self._shell.bench.data_folder, self._file
        ending = Path(file.name).suffix.lower()
        kind = f"{ending.removeprefix('.').upper()} 文件 (*{ending})" if ending else "文件 (*)"
        save_paper(self._shell, "另存为", file.name, kind, lambda path: attachments.save_as(folder, file, path))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page that fits the window goes on fitting it."""
        super().resizeEvent(event)
        if not self._scale:
            self._draw()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Only now is its room known."""
        super().showEvent(event)
        self._draw()

    @override
    def done(self, result: int) -> None:
        """Let go of the file."""
        self._pages.close()
        super().done(result)
