"""Page 1: which file; dropped here or chosen. What keeps it from being read is told in place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from fupin_desktop.errors import Cancelled, PasswordWanted, Situation
from fupin_desktop.override import override
from fupin_desktop.ui.ask import SHEETS
from fupin_desktop.ui.dropping import dropped_file
from fupin_desktop.ui.importing.state import State
from fupin_desktop.ui.importing.steps import Page
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, restyle, say

_HELP = (
    "表头在第几行、各列叫什么、有没有合并单元格，都不要紧，下一步会自动识别，不对的可以改。",
    "导入前会先自动备份；看过预览再决定，导入后也能整体撤销。",
)


def _drag(title: str) -> str:
    """What to do with the file of a list."""
    return f"把{title}的文件拖到这里"


class DropZone(QFrame):
    """Takes a file by drag and drop.

    Signals:
        dropped: The file.
    """

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)

    def _light(self, on: bool) -> None:
        self.setProperty("over", "true" if on else "false")
        restyle(self)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file is welcome."""
        if dropped_file(event) is not None:
            event.acceptProposedAction()
            self._light(True)

    @override
    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """It went by."""
        self._light(False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        self._light(False)
        found = dropped_file(event)
        if found is not None:
            event.acceptProposedAction()
            self.dropped.emit(found)


class FilePage(Page):
    """Choose the file."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        page = vbox(on=self, margins=0, spacing=12)
        self.zone = DropZone()
        inside = vbox(on=self.zone, margins=(24, 34, 24, 34), spacing=10)
        self.title, self.note = label(_drag(state.importer.title), "title"), label("或者", "muted")
        self.choose_button = button("选择文件…", self.choose, "primary")
        for piece in (self.title, self.note):
            piece.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(piece)
        inside.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignHCenter)
        page.addWidget(self.zone)
        self.trouble = QFrame()
        self.trouble.setProperty("tone", "must")
        self.happened, self.safe, self.todo = (
            label("", "strong", tone="must", wrap=True), label("", wrap=True), label("", wrap=True),
        )
        vbox(self.happened, self.safe, self.todo, self._password_line(), on=self.trouble, margins=(14, 10, 14, 10))
        self.trouble.hide()
        page.addWidget(self.trouble)
        for line in (f"可以是{state.importer.accepted}，.xlsx、.xls、.et、.ods、.csv 都行，网页表格也行。", *_HELP):
            page.addWidget(label(f"·  {line}", "muted", wrap=True))
        page.addStretch(1)
        self.zone.dropped.connect(self.take)

    def _password_line(self) -> QHBoxLayout:
        """Where the password of a protected file is typed."""
        self._path: Path | None = None
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText("打开密码")
        self.password.setAccessibleName("打开密码")
        self.password.setMaximumWidth(240)
        self.open_button = button("打开", self._open)
        self.password.returnPressed.connect(self._open)
        return hbox(self.password, self.open_button, STRETCH, spacing=8)

    def _open(self) -> None:
        """Read the protected file with the password typed."""
        if self._path is not None and self.password.text():
            self.trouble.hide()
            self.state.read(self._path, self.finished.emit, self._failed, self.password.text())

    @override
    def first(self) -> QWidget | None:
        """The button that asks for the file, before one was read."""
        return None if self.ready() else self.choose_button

    @override
    def ready(self) -> bool:
        """A file was read."""
        return self.state.preview is not None

    @override
    def enter(self) -> None:
        """Name the file that was read."""
        read = self.state.preview
        say(self.title, _drag(self.state.importer.title) if read is None else read.path.name)
        say(self.note, "或者" if read is None else "换一个文件：拖到这里，或者")

    def choose(self) -> None:
        """Ask for the file."""
        shell = self.state.shell
        found = shell.ask.open_file(self, f"选择要导入的{self.state.importer.title}", SHEETS)
        if found is not None:
            self.take(found)

    def take(self, path: Path) -> None:
        """Read a file; what was known of another one is forgotten."""
        self.trouble.hide()
        say(self.title, path.name)
        self._path = path
        self.password.clear()
        self.state.read(path, self.finished.emit, self._failed)

    def _failed(self, trouble: BaseException) -> None:
        self.ready_changed.emit()
        if isinstance(trouble, Cancelled):
            return
        if not isinstance(trouble, Situation):
            raise trouble
        for piece, text in (
            (self.happened, trouble.happened), (self.safe, trouble.safe), (self.todo, trouble.todo),
        ):
            say(piece, text)
            piece.setVisible(bool(text))
        wanted = isinstance(trouble, PasswordWanted)
        self.password.setVisible(wanted)
        self.open_button.setVisible(wanted)
        self.trouble.show()
        if wanted:
            self.password.selectAll()
            self.password.setFocus()
