"""重新带入: what the registers have now beside what is on a draft, to be taken over field by field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTableWidgetItem, QWidget

from fupin_desktop.services.documents import Newer
from fupin_desktop.ui import fonts
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label
from fupin_desktop.ui.widgets.plain_table import plain_table
from fupin_desktop.ui.widgets.tips import as_tip

_HEADINGS = ("栏目", "表上填的", "名册、登记资料里现在的")
_WIDTHS = (170, 240)
_TOLD = "新建这份表以后，名册、登记资料有变。勾选的栏目换成现在的内容，没有勾选的照旧；换了可以撤销。"


class TakingOverDialog(QDialog):
    """Fields to tick, all of them at first."""

    def __init__(self, newer: Sequence[Newer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("重新带入")
        self.resize(720, 360)
        self._newer = newer
        self.table = plain_table(_HEADINGS, _WIDTHS, name="有变的栏目")
        self.go = button("带入勾选的", self.accept, "primary")
        self.go.setDefault(True)
        row = hbox(STRETCH, button("取消", self.reject), self.go)
        vbox(label(_TOLD, wrap=True), (self.table, 1), row, on=self, margins=(20, 16, 20, 14), spacing=10)
        self._fill()

    def _fill(self) -> None:
        self.ticks: list[QTableWidgetItem] = []
        self.table.setRowCount(len(self._newer))
        for place, one in enumerate(self._newer):
            cells = [_cell(text) for text in (one.label, one.on_paper or "(空)", one.registered)]
            cells[0].setFlags(cells[0].flags() | Qt.ItemFlag.ItemIsUserCheckable)
            cells[0].setCheckState(Qt.CheckState.Checked)
            self.ticks.append(cells[0])
            for side, cell in enumerate(cells):
                self.table.setItem(place, side, cell)
        self.table.resizeRowsToContents()
        self.table.setCurrentCell(0, 0)
        self.table.itemChanged.connect(lambda _item: self.go.setEnabled(bool(self.chosen)))

    @property
    def chosen(self) -> list[Newer]:
        """The fields ticked."""
        pairs = zip(self._newer, self.ticks, strict=True)
        return [one for one, tick in pairs if tick.checkState() == Qt.CheckState.Checked]


def _cell(text: str) -> QTableWidgetItem:
    fonts.ensure(text)
    made = QTableWidgetItem(text)
    made.setToolTip(as_tip(text))
    return made
