"""The items of an acceptance as a table in which what was measured is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from fupin_desktop.domain.area import format_quantity
from fupin_desktop.override import override
from fupin_desktop.services.acceptance import MeasureRow
from fupin_desktop.ui import theme
from fupin_desktop.ui.importing.models import Index, ListModel

Role = Qt.ItemDataRole
HEADINGS = (
    "序号", "村民小组", "户主", "种养项目", "单位", "申报数量", "实测数量", "质量", "户主签名", "抽查",
    "抽查数量", "备注", "照片",
)  # fmt: skip
TYPED = {6: "measured", 7: "quality", 8: "signed", 10: "spot_measured", 11: "note"}
"""Columns that are typed in, by their place."""
_RIGHT = frozenset({0, 5, 6, 10})
Cells = dict[str, dict[str, str]]


class MeasureRows(ListModel):
    """The rows; ``write`` is handed typed cells by row and column, and shows the rows anew once they are taken."""

    def __init__(
        self, rows: Sequence[MeasureRow], write: Callable[[Cells], object], *, fixed: bool,
        parent: QObject | None = None,
    ) -> None:
        self.lines = [_line(row) for row in rows]
        super().__init__(HEADINGS, self.lines, parent)
        self.rows, self._write, self._fixed = tuple(rows), write, fixed

    def renew(self, rows: Sequence[MeasureRow]) -> bool:
        """Show the same items as they are now, so that the keyboard stays in its cell; whether they are the same."""
        if self._fixed or [row.key for row in rows] != [row.key for row in self.rows]:
            return False
        self.rows, self.lines[:] = tuple(rows), [_line(row) for row in rows]
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(HEADINGS) - 1))
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is measured can be typed."""
        found = super().flags(index)
        typed = not self._fixed and index.column() in TYPED
        return found | Qt.ItemFlag.ItemIsEditable if typed else found

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts and sides; cells to be typed stand on white, the others on grey."""
        if not index.isValid():
            return None
        if role == Role.EditRole:
            return self.lines[index.row()][index.column()]
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() in _RIGHT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole and index.column() not in TYPED:
            return theme.colour("muted")
        return super().data(index, role)

    @override
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Write one cell."""
        if role != Role.EditRole or index.column() not in TYPED:
            return False
        if str(value) == self.lines[index.row()][index.column()]:
            return True
        self._write({self.rows[index.row()].key: {TYPED[index.column()]: str(value)}})
        return True

    def put_block(self, texts: Mapping[tuple[int, int], str]) -> None:
        """Write many typed cells, all of them or none."""
        cells: Cells = {}
        for (row, column), text in texts.items():
            cells.setdefault(self.rows[row].key, {})[TYPED[column]] = text
        self._write(cells)


def _line(row: MeasureRow) -> tuple[str, ...]:
    signed = "" if row.signed is None else ("是" if row.signed else "否")
    return (
        f"{row.position}", row.group_name, row.head_name, row.product, row.unit, _shown(row.declared, row),
        _shown(row.measured, row), row.quality.label if row.quality else "", signed, "抽" if row.spot else "",
        _shown(row.spot_measured, row), row.note, f"{len(row.files)} 张" if row.files else "",
    )  # fmt: skip


def _shown(quantity: Any, row: MeasureRow) -> str:
    return "" if quantity is None else format_quantity(quantity, row.unit)
