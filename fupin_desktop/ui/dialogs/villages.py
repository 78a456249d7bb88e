"""村资料: the villages of the office, to be registered, changed and removed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTableWidgetItem

from fupin_desktop.services import villages
from fupin_desktop.services.villages import VillageInfo
from fupin_desktop.ui import fonts
from fupin_desktop.ui.dialogs.village import VillageDialog
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label
from fupin_desktop.ui.widgets.plain_table import plain_table

_HEADINGS = ("村(居)委会", "所属镇(街)", "村代码", "省定贫困村", "登记农户", "负责人", "对口帮扶单位")
_WIDTHS = (120, 100, 130, 90, 80, 90)
_HOUSEHOLDS = 4
_POOR = {True: "是", False: "否", None: ""}


class VillagesDialog(QDialog):
    """All villages in their order; importing a list of households registers those it names, too.

    Args:
        key: Key of the village in front; empty for the first.
    """

    def __init__(self, shell: Shell, key: str = "") -> None:
        super().__init__(shell.window)
        self.setWindowTitle("村资料")
        self.resize(820, 460)
        self._shell = shell
        self._villages: list[VillageInfo] = []
        self.table = plain_table(_HEADINGS, _WIDTHS, name="本单位的村", opens=self.change_one)
        self.add, self.change = button("新增村…", self.enter_new), button("修改…", self.change_one)
        self.drop = button("删除…", self.remove_one, "danger")
        self.close_button = button("关闭", self.reject)
        row = hbox(self.add, self.change, self.drop, STRETCH, self.close_button)
        told = "各种台账和表都从这里取村名、代码、负责人。导入名册时，名册里的新村会自动登记。"
        vbox(label(told, "note", wrap=True), (self.table, 1), row, on=self, margins=(20, 16, 20, 14), spacing=9)
        self.fill(key)

    def fill(self, key: str = "") -> None:
        """Read everything again.

        Args:
            key: Key of the village that is to be in front; empty for the first.
        """
        bench = self._shell.bench
        self._villages = self._shell.read(lambda: villages.all(bench)) or []
        self.table.setRowCount(len(self._villages))
        for place, one in enumerate(self._villages):
            poor, count = _POOR[one.poor_village], f"{one.households:,}"
            for column, text in enumerate((one.name, one.town, one.code, poor, count, one.leader, one.assisting_unit)):
                fonts.ensure(text)
                made = QTableWidgetItem(text)
                if column == _HOUSEHOLDS:
                    made.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(place, column, made)
        front = next((place for place, one in enumerate(self._villages) if one.key == key), 0)
        if self._villages:
            self.table.setCurrentCell(front, 0)
        for piece in (self.change, self.drop):
            piece.setEnabled(bool(self._villages))
        if not self._villages:
            self.add.setFocus()

    @property
    def _chosen(self) -> VillageInfo | None:
        place = self.table.currentRow()
        return self._villages[place] if 0 <= place < len(self._villages) else None

    def enter_new(self) -> None:
        """Register one more."""
        dialog = VillageDialog(self._shell)
        if self._shell.ask.run(dialog):
            self.fill(dialog.key)

    def change_one(self) -> None:
        """Change the one in front."""
        one = self._chosen
        if one is not None and self._shell.ask.run(VillageDialog(self._shell, one.key)):
            self.fill(one.key)

    def remove_one(self) -> None:
        """Remove the one in front, which nothing may belong to."""
        one, bench = self._chosen, self._shell.bench
        if one is None:
            return
        asked = f"删除“{one.name}”吗？没有农户、方案、申报表等归它的才能删除；删除以后可以撤销。"
        if self._shell.ask.question(self, "删除村", asked, yes="删除", danger=True):
            self._shell.do(lambda: villages.remove(bench, one.key), lambda _change: self.fill())
