"""Heads of a table's columns, each on the side on which the cells below it stand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QTableView

from fupin_desktop.override import override

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ColumnHeads(QHeaderView):
    """Heads that stand where their cells do; a line that is chosen marks none of them."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    @override
    def initStyleOptionForIndex(self, option: QStyleOptionHeader, logicalIndex: int) -> None:
        """Take the side of the first cell; Qt puts every head in the middle."""
        super().initStyleOptionForIndex(option, logicalIndex)
        side = self.model().index(0, logicalIndex).data(Qt.ItemDataRole.TextAlignmentRole)
        aligned = Qt.AlignmentFlag(side) if side is not None else _LEFT
        option.textAlignment = aligned  # type: ignore[attr-defined]  # its stub leaves it out


def align_heads(table: QTableView) -> None:
    """Give a table such heads; call it before widths are set."""
    table.setHorizontalHeader(ColumnHeads(table))
