"""Two calculations household by household: what was posted, and what the register would give now."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QTableView, QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.services.awards import Comparison
from fupin_desktop.ui.models.award_differences import DifferenceModel
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.cell_keys import CellKeys
from fupin_desktop.ui.widgets.column_heads import align_heads
from fupin_desktop.ui.widgets.labels import button, label
from fupin_desktop.ui.widgets.selection_sums import sums_label

MEASURED = 100
"""So many rows say how wide columns are; to measure thousands takes longer than to look at them."""
HEADINGS = ("村民小组", "户主", "已公示(元)", "现在(元)", "增减(元)", "现在的说明")


class DifferencesDialog(QDialog):
    """The households whose award would be another one now."""

    def __init__(self, comparison: Comparison, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("与公示的差异")
        self.resize(760, 480)
        self.model = DifferenceModel(self, HEADINGS)
        self.model.show_comparison(comparison)
        self.table = QTableView()
        self.table.setAccessibleName("前后差别")
        self.table.setModel(self.model)
        self.table.setProperty("boxed", "true")
        align_heads(self.table)
        self.table.horizontalHeader().setResizeContentsPrecision(MEASURED)
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setStretchLastSection(True)
        CellKeys(self.table)
        sums = f"合计 {format_money(comparison.before)} → {format_money(comparison.after)} 元；"
        told = label(f"{sums}增加 {comparison.more} 户，减少 {comparison.less} 户。公示过的结果没有变动。", wrap=True)
        below = hbox((sums_label(self.table), 1), button("关闭", self.reject))
        vbox(told, (self.table, 1), below, on=self, margins=(16, 14, 16, 12), spacing=10)
