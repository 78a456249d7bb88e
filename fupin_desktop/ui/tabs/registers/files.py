"""The files of a record on its card: opened, added, taken away."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from fupin_desktop.domain.exchange import said_size
from fupin_desktop.override import override
from fupin_desktop.services import registers
from fupin_desktop.services.attachments import Attached
from fupin_desktop.services.registers import CellEdit, ColumnInfo, Register
from fupin_desktop.services.registers.attaching import attach, attached
from fupin_desktop.services.values.listed import MARK
from fupin_desktop.ui.dialogs.attached import show_attached
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers.card_parts import CardPart
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.labels import WrappedLink, label, link
from fupin_desktop.ui.widgets.tips import as_tip

ANY = "照片和文件 (*)"


class FilesPart(CardPart):
    """The files of every column that holds some.

    Attributes:
        columns: These columns.
    """

    def __init__(self, shell: Shell, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._register, self._key = register, ""
        self.columns = [info for info in registers.columns(register) if info.kind == "files"]

    @override
    def show_record(self, key: str) -> None:
        """Show the files of a record."""
        self._key = key
        clear(self.body)
        for info in self.columns:
            self._add_column(info, self._attached(info))

    def _attached(self, info: ColumnInfo) -> list[Attached]:
        bench, register, key = self.shell.bench, self._register, self._key
        return self.shell.read(lambda: attached(bench, register, key, info.key)) or []

    def _add_column(self, info: ColumnInfo, files: list[Attached]) -> None:
        add = link("添加…", partial(self.add, info), tip="照片、扫描件、合同等；原文件复制到数据文件夹")
        self.body.addLayout(hbox(label(info.label, "strong"), STRETCH, add))
        for file in files:
            name = WrappedLink(file.name)
            name.setToolTip(as_tip(said_size(file.size)))
            name.clicked.connect(partial(self.open, file))
            row = hbox((name, 1), link("移除", partial(self.take_away, info, file)))
            self.body.addLayout(row)

    def add(self, info: ColumnInfo) -> None:
        """Ask for a file and attach it."""
        path = self.shell.ask.open_file(self.shell.window, f"添加{info.label}", ANY)
        if path is not None:
            bench, register, key = self.shell.bench, self._register, self._key
            self.shell.do(lambda: attach(bench, register, key, info.key, [path]))

    def open(self, file: Attached) -> None:
        """Show a file."""
        show_attached(self.shell, file)

    def take_away(self, info: ColumnInfo, file: Attached) -> None:
        """Take a file's name out of the record; undo brings it back."""
        bench, register, key = self.shell.bench, self._register, self._key
        text = MARK.join(one.name for one in self._attached(info) if one.name != file.name)
        title = f"移除附件：{file.name}"
        self.shell.do(lambda: registers.set_cells(bench, register, [CellEdit(key, info.key, text)], title))
