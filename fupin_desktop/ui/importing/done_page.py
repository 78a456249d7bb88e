"""Page 5: what was done, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal

from fupin_desktop.override import override
from fupin_desktop.ui.importing.state import State
from fupin_desktop.ui.importing.steps import Page
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say


class DonePage(Page):
    """Says what was done.

    Signals:
        again: Another file is to be imported.
        closed: The wizard is to be closed.
    """

    again = Signal()
    closed = Signal()

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.sentence, self.note = label("", "title", wrap=True), label("", "muted", wrap=True)
        self.undo_button = button("撤销本次导入", self.undo)
        self.more_button = button("再导入一个文件", self._start_again)
        row = hbox(self.undo_button, self.more_button, STRETCH)
        vbox(self.sentence, self.note, row, STRETCH, on=self, margins=(0, 24, 0, 0), spacing=12)

    @override
    def enter(self) -> None:
        """Say what was done."""
        change, preview = self.state.change, self.state.read_preview
        assert change is not None
        say(self.sentence, f"{change.message}。")
        wrote = bool(change.nouns)
        left, unit = len(preview.bad), preview.importer.unit
        rest = f"还有 {left} {unit}因为有错没有导入，改好后可以再导入一次，已导入的不会重复。" if left else ""
        say(self.note, f"导入前已自动备份。{rest}" if wrote else "台账没有变动。")
        self.undo_button.setVisible(wrote)
        self.undo_button.setEnabled(True)

    @override
    def next_text(self) -> str:
        """Nothing comes after."""
        return "关闭"

    @override
    def go_on(self) -> None:
        """Close the wizard."""
        self.closed.emit()

    def undo(self) -> None:
        """Take the import back as a whole."""
        self.state.take_back(self._undone)

    def _undone(self) -> None:
        say(self.sentence, "已撤销本次导入，台账恢复到导入以前的样子。")
        say(self.note, "需要时可以在“编辑”菜单里重做。")
        self.undo_button.setEnabled(False)

    def _start_again(self) -> None:
        self.state.forget()
        self.again.emit()
