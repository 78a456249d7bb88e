"""A few rows of a register, all of them known: the persons or items of one household."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QObject

from fupin_desktop.override import override
from fupin_desktop.services import registers
from fupin_desktop.services.registers import CellEdit, Row
from fupin_desktop.ui import fonts
from fupin_desktop.ui.models.register_cells import CellModel, Index
from fupin_desktop.ui.models.register_edits import CellEdits


class ListModel(CellModel):
    """Shows the rows it is given."""

    def __init__(self, edits: CellEdits, shown: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(edits, registers.columns(edits.register), shown, parent)
        self._rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the same records in the same order keep their selection."""
        fonts.ensure("".join(["".join(row.cells) for row in rows]))
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = tuple(rows)
            self.repaint()
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def put_block(self, cells: Mapping[tuple[int, int], str]) -> None:
        """Write many typed cells as one undoable change."""
        edits = [
            CellEdit(found.key, self.info(column).key, text)
            for (row, column), text in cells.items()
            if (found := self.row_at(row)) is not None
        ]
        self.edits.put(edits, f"填写 {len(edits)} 格")

    @override
    def row_at(self, place: int) -> Row | None:
        """The row at a place."""
        return self._rows[place] if 0 <= place < len(self._rows) else None
