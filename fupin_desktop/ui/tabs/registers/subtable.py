"""A small editable table of one household's items or persons, with adding and removing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from fupin_desktop.domain.masking import MASKS
from fupin_desktop.services import registers
from fupin_desktop.services.registers import ColumnInfo, Register, Row
from fupin_desktop.services.registers.suggestions import suggest
from fupin_desktop.ui.models.register_cells import SENTENCE
from fupin_desktop.ui.models.register_edits import CellEdits
from fupin_desktop.ui.models.register_list import ListModel
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers.columns import usual_width
from fupin_desktop.ui.tabs.registers.table import RegisterTable
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.cell_blocks import CellBlocks
from fupin_desktop.ui.widgets.labels import label, link, say
from fupin_desktop.ui.widgets.scroll import PassingScrollBar

_MOST_ROWS = 8


class SubTable(QWidget):
    """Title with 新增 and 删除, the table, and what is wrong in its current cell."""

    def __init__(
        self, shell: Shell, register: Register, shown: Sequence[str], add: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shell, self._register = shell, register
        self.edits = CellEdits(shell, register, self)
        self.model = ListModel(self.edits, shown, self)
        self.table = RegisterTable(self._suggest)
        self.table.setAccessibleName(register.title)
        self.table.setProperty("boxed", "true")
        self.table.setHorizontalScrollBar(PassingScrollBar())
        self.table.setModel(self.model)
        self.table.verticalHeader().hide()
        self.title, self.sentence = label("", "strong"), label("", "note", wrap=True, tone="must")
        self.remove_link = link("删除", self.remove)
        head = hbox(self.title, STRETCH, self.remove_link, spacing=12)
        if not register.computed_by:
            head.addWidget(link("新增…", add))
        vbox(head, self.table, self.sentence, on=self, margins=0, spacing=4)
        for place, info in enumerate(self.model.shown):
            self.table.setColumnWidth(place, usual_width(info, marks=16))
        self.table.freeze(1)
        self.table.head.plain = True
        self.table.current_moved.connect(self._tell)
        self.table.delete_asked.connect(self.remove)
        self.table.add_asked.connect(add)
        self._blocks = blocks = CellBlocks(self.table)
        table = self.table
        for asked, act in (
            (table.copy_asked, blocks.copy), (table.cut_asked, self._cut), (table.paste_asked, blocks.paste),
            (table.fill_asked, blocks.fill_down), (table.clear_asked, blocks.clear),
        ):
            asked.connect(act)
        self.edits.refused_changed.connect(self._tell)

    def show_rows(self, title: str, rows: Sequence[Row]) -> None:
        """Show the rows of a household."""
        say(self.title, title)
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.remove_link.setVisible(bool(rows) and not self._register.computed_by)
        height = self.table.verticalHeader().defaultSectionSize() * min(len(rows), _MOST_ROWS)
        self.table.setFixedHeight(height + self.table.head.height() + 16)
        self._tell()

    def _suggest(self, info: ColumnInfo, typed: str) -> list[str]:
        return suggest(self._shell.bench, self._register, info, typed)

    def _tell(self) -> None:
        """Say what is wrong in the current cell, or that a refused text waits."""
        index = self.table.currentIndex()
        text = str(self.model.data(index, SENTENCE) or "") if index.isValid() else ""
        self.sentence.setVisible(bool(text))
        say(self.sentence, text)

    def _cut(self) -> None:
        """Copy and empty; not what is masked, for its middle would be lost."""
        kinds = {self.model.info(column).kind for column in self.table.chosen_columns()}
        if self.model.masked and kinds & MASKS.keys():
            self._shell.said.emit("现在遮蔽着号码，剪切会丢失中间几位，没有剪切。请先关掉“遮蔽”")
            return
        self._blocks.cut()

    def remove(self) -> None:
        """Remove the records chosen, after asking."""
        shell, register = self._shell, self._register
        places = (place for first, last in self.table.chosen_rows() for place in range(first, last + 1))
        keys = [row.key for place in places if (row := self.model.row_at(place)) is not None]
        if not keys:
            shell.said.emit("请先在表里点一下要删除的那一行")
            return
        notice = shell.read(lambda: registers.removal_notice(shell.bench, register, keys))
        if notice and shell.ask.question(shell.window, f"删除{register.title}", notice, yes="删除", danger=True):
            shell.do(lambda: registers.remove(shell.bench, register, keys))
