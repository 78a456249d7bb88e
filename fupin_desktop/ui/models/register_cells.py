"""The base of the models that show register rows: texts, marks, masks, and typed texts handed on to the data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fupin_desktop.domain.masking import MASKS
from fupin_desktop.override import override
from fupin_desktop.services.registers import ColumnInfo, Row
from fupin_desktop.ui.models.register_edits import CellEdits
from fupin_desktop.ui.widgets.tips import as_tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

MARK = Role.UserRole + 1
"""Role: ``must`` for a refused text, ``principle`` for a doubtful value, empty for none."""
SENTENCE = Role.UserRole + 2
"""Role: what is wrong in a cell."""
WAITING = "…"

_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}
_LOCKED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TYPED = _LOCKED | Qt.ItemFlag.ItemIsEditable
NUMBERS = frozenset({"money", "area", "quantity", "integer"})


def mask(info: ColumnInfo, text: str) -> str:
    """A text of a column with the middle of an ID number, phone or account hidden."""
    return MASKS[info.kind](text) if text and info.kind in MASKS else text


class CellModel(QAbstractTableModel):
    """Shows some columns of a register; subclasses say which row stands where.

    Args:
        edits: Where typed texts go.
        columns: All columns of the register, in the order in which rows have their cells.
        shown: Keys of the columns shown, in order.
    """

    def __init__(
        self, edits: CellEdits, columns: Sequence[ColumnInfo], shown: Sequence[str], parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.edits = edits
        self.masked = False
        self._places = {info.key: place for place, info in enumerate(columns)}
        self._all = {info.key: info for info in columns}
        self._shown: tuple[ColumnInfo, ...] = ()
        self._cells: tuple[int, ...] = ()
        self._choose(shown)
        edits.refused_changed.connect(self.repaint)

    # ---- rows, given by subclasses ----
    def row_at(self, place: int) -> Row | None:
        """The row at a place; None where it cannot be read (now), which is everywhere until a subclass has rows."""
        return None

    # ---- columns ----
    @property
    def shown(self) -> tuple[ColumnInfo, ...]:
        """The columns shown, in order."""
        return self._shown

    def info(self, section: int) -> ColumnInfo:
        """The column at a place."""
        return self._shown[section]

    def has(self, key: str) -> bool:
        """Whether the register has a column, shown or not."""
        return key in self._all

    def column_of(self, key: str) -> int | None:
        """Place of a column; None where it is not shown."""
        return next((place for place, info in enumerate(self._shown) if info.key == key), None)

    def set_shown(self, keys: Sequence[str]) -> None:
        """Show these columns."""
        self.beginResetModel()
        self._choose(keys)
        self.endResetModel()

    def _choose(self, keys: Sequence[str]) -> None:
        self._shown = tuple([self._all[key] for key in keys if key in self._all])
        self._cells = tuple([self._places[info.key] for info in self._shown])

    def set_masked(self, masked: bool) -> None:
        """Hide the middle of ID numbers, phones and accounts on the screen."""
        self.masked = masked
        self.repaint()

    def repaint(self) -> None:
        """Marks or masks changed: everything seen is painted again."""
        if self.rowCount() and self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self._shown) - 1))

    # ---- Qt's model ----
    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns are shown."""
        return 0 if parent.isValid() else len(self._shown)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Headings with their units; row numbers."""
        if orientation is Qt.Orientation.Vertical:
            return f"{section + 1:,}" if role == Role.DisplayRole else None
        if not 0 <= section < len(self._shown):
            return None
        info = self._shown[section]
        if role == Role.DisplayRole:
            return info.heading
        if role == Role.ToolTipRole:
            return as_tip("\n".join(part for part in (info.heading, info.help) if part))
        return _ALIGN[info.align] if role == Role.TextAlignmentRole else None

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Text, alignment, mark and sentence of a cell."""
        if not index.isValid() or not 0 <= index.column() < len(self._shown):
            return None
        if role == Role.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Role.TextAlignmentRole:
            return _ALIGN[self._shown[index.column()].align]
        if role == Role.EditRole:
            return self.typed(index.row(), index.column())
        if role in (MARK, SENTENCE, Role.ToolTipRole):
            found = self._mark(index.row(), index.column(), role)
            return as_tip(found) if role == Role.ToolTipRole and found else found
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Computed cells are locked, in a closed year all."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        locked = not self._shown[index.column()].editable or self.edits.fixed or self.edits.closed
        return _LOCKED if locked else _TYPED

    @override
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Hand a typed text on; it is written at once, or kept and marked."""
        row = self.row_at(index.row()) if index.isValid() and role == Role.EditRole else None
        if row is None or not self._shown[index.column()].editable:
            return False
        text = str(value)
        column = self._shown[index.column()].key
        if text != self.typed(index.row(), index.column()) or self.edits.unwritten(row.key, column):
            self.edits.type(row.key, column, text)
        return True

    def unwritten(self, index: Index) -> bool:
        """Whether what was typed into a cell could not be written for the moment."""
        row = self.row_at(index.row()) if index.isValid() else None
        return row is not None and self.edits.unwritten(row.key, self._shown[index.column()].key)

    # ---- one cell ----
    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        return self.seen(row, column)[0]

    def seen(self, row: int, column: int) -> tuple[str, str]:
        """What a cell shows, and its mark; painted cells are asked for both."""
        found = self.row_at(row)
        if found is None:
            return WAITING, ""
        info = self._shown[column]
        refused = self.edits.refused(found.key, info.key)
        if refused is not None:
            return refused.text, "must"
        text = found.cells[self._cells[column]]
        return mask(info, text) if self.masked else text, "principle" if info.key in found.problems else ""

    def typed(self, row: int, column: int) -> str:
        """What an editor starts with: numbers without grouping, nothing masked."""
        found = self.row_at(row)
        if found is None:
            return ""
        refused = self.edits.refused(found.key, self._shown[column].key)
        return refused.text if refused is not None else self.plain(found, column)

    def plain(self, row: Row, column: int) -> str:
        """A cell of any row as it is edited: numbers without grouping, nothing masked."""
        text = row.cells[self._cells[column]]
        return text.replace(",", "") if self._shown[column].kind in NUMBERS else text

    def copied(self, row: Row, column: int) -> str:
        """A cell of any row as it is copied: numbers without grouping, masked where the screen is."""
        text = self.plain(row, column)
        return mask(self._shown[column], text) if self.masked else text

    def value(self, row: Row, key: str) -> str:
        """The text of any column of a row, shown or not."""
        return row.cells[self._places[key]]

    def _mark(self, row: int, column: int, role: int) -> str:
        if role == MARK:
            return self.seen(row, column)[1]
        found = self.row_at(row)
        if found is None:
            return ""
        key = self._shown[column].key
        refused = self.edits.refused(found.key, key)
        return refused.sentence if refused else found.problems.get(key, "")
