"""Tables of the import wizard: the file's own rows with what is wrong in them, and plain lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from fupin_desktop.override import override
from fupin_desktop.services.imports.preview import Preview
from fupin_desktop.services.sheets.facts import column_letters
from fupin_desktop.services.sheets.findings import Finding
from fupin_desktop.services.sheets.raw import Cell, RawSheet
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.widgets.tips import as_tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
TextsByPlace = Mapping[tuple[int, int], str]
WHOLE_ROW = -1
_PLAIN = 1e21


def cell_text(cell: Cell) -> str:
    """A cell as a reader of the sheet sees it."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{Decimal(f'{cell:.15g}'):f}" if abs(cell) < _PLAIN else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}" if cell.time() != time() else f"{cell:%Y-%m-%d}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    return str(cell) if isinstance(cell, time | timedelta | int) else cell.strip()


_ANSWERED = frozenset({
    Role.DisplayRole, Role.EditRole, Role.BackgroundRole, Role.ForegroundRole, Role.ToolTipRole,
})
"""What is told of a cell; Qt asks for six other things of each cell that it measures."""


class SheetModel(QAbstractTableModel):
    """Rows of a sheet as they stand in the file, under the letters of their columns.

    Args:
        sheet: The sheet.
        rows: Which rows, from 0.
        width: How many columns.
    """

    def __init__(self, sheet: RawSheet, rows: Sequence[int], width: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet, self._rows, self._width = sheet, rows, width

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns."""
        return 0 if parent.isValid() else self._width

    def sheet_row(self, place: int) -> int:
        """Row of the sheet, from 0, that stands at a place."""
        return self._rows[place]

    def place_of(self, row: int) -> int | None:
        """Where a row of the sheet stands."""
        return self._rows.index(row) if row in self._rows else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Letters and row numbers, as in the file."""
        if role != Role.DisplayRole:
            return None
        across = orientation is Qt.Orientation.Horizontal
        return column_letters(section) if across else f"{self._rows[section] + 1}"

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """The text of a cell."""
        if role not in _ANSWERED or not index.isValid():
            return None
        if role in (Role.DisplayRole, Role.EditRole):
            text = cell_text(self._sheet.cell(self._rows[index.row()], index.column()))
            fonts.ensure(text)
            return text
        return self.marked(self._rows[index.row()], index.column(), role)

    def marked(self, row: int, column: int, role: int) -> Any:
        """Colour and tooltip of a cell; none here."""
        return None


class HeadModel(SheetModel):
    """The first rows of a sheet, those of the heading tinted."""

    def __init__(self, sheet: RawSheet, rows: int, heading: range, parent: QObject | None = None) -> None:
        first = sheet.rows[:rows]
        super().__init__(sheet, range(len(first)), max((len(row) for row in first), default=0), parent)
        self._heading = heading

    @override
    def marked(self, row: int, column: int, role: int) -> Any:
        """The heading is green, what stands above it grey."""
        if role == Role.BackgroundRole and row in self._heading:
            return theme.colour("accent_soft")
        if role == Role.ForegroundRole and row < self._heading.start:
            return theme.colour("muted")
        return None


class FindingsModel(SheetModel):
    """The data rows under the file's own headings, with the cells at fault coloured; cells can be corrected.

    Signals:
        mended: What was typed, by row and column of the sheet, from 0.
    """

    mended = Signal(object)

    def __init__(self, preview: Preview, rows: Sequence[int], parent: QObject | None = None) -> None:
        super().__init__(preview.raw, rows, len(preview.mapping.headings), parent)
        self._preview = preview
        self._found: dict[tuple[int, int], list[Finding]] = {}
        for finding in preview.findings:
            self._found.setdefault((finding.row, finding.column), []).append(finding)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """The file's own headings; what a column is taken for as its tooltip."""
        if orientation is Qt.Orientation.Vertical:
            return super().headerData(section, orientation, role)
        if role == Role.DisplayRole:
            return self._preview.mapping.headings[section] or column_letters(section)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of columns that are read can be corrected."""
        flags = super().flags(index)
        read = index.isValid() and self._preview.mapping.columns[index.column()] is not None
        return flags | Qt.ItemFlag.ItemIsEditable if read else flags

    @override
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Take a corrected cell; the list is read again with it."""
        if role != Role.EditRole or not index.isValid() or value == self.data(index):
            return False
        self.put_block({(index.row(), index.column()): str(value)})
        return True

    def put_block(self, cells: TextsByPlace) -> None:
        """Take many corrected cells at once."""
        self.mended.emit({(self.sheet_row(row), column): text for (row, column), text in cells.items()})

    def findings(self, row: int, column: int) -> list[Finding]:
        """What is wrong in a cell, or in its whole row."""
        return [*self._found.get((row, column), ()), *self._found.get((row, WHOLE_ROW), ())]

    @override
    def marked(self, row: int, column: int, role: int) -> Any:
        """Red for what keeps the record out, amber for what is doubtful, grey for columns left out."""
        if role == Role.ForegroundRole and self._preview.mapping.columns[column] is None:
            return theme.colour("muted")
        if role not in (Role.BackgroundRole, Role.ToolTipRole):
            return None
        found = self.findings(row, column)
        if not found:
            return None
        if role == Role.ToolTipRole:
            return as_tip("\n".join(f"{one.sentence}。{one.todo}。" for one in found))
        return theme.colour("must_soft" if any(one.must for one in found) else "principle_soft")

    def next_fault(self, row: int, column: int) -> tuple[int, int] | None:
        """The next cell at fault after one, in reading order, as places of this model."""
        cells = sorted(self._found)
        later = [cell for cell in cells if cell > (row, column)] + cells
        for one, at in later:
            place = self.place_of(one)
            if place is not None:
                return place, max(at, 0)
        return None


def data_rows(preview: Preview) -> list[int]:
    """All rows that hold data, in order."""
    return sorted({*preview.parsed.all_rows(), *(finding.row for finding in preview.findings)})


def doubtful_rows(preview: Preview) -> list[int]:
    """Rows that are taken in although something in them is doubtful."""
    return sorted({one.row for one in preview.findings if not one.must} - preview.bad_rows)


class ListModel(QAbstractTableModel):
    """A plain list with headings."""

    def __init__(self, headings: Sequence[str], lines: Sequence[Sequence[str]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings, self._lines = headings, lines

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many lines."""
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns."""
        return 0 if parent.isValid() else len(self._headings)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Headings and numbers."""
        if role != Role.DisplayRole:
            return None
        return self._headings[section] if orientation is Qt.Orientation.Horizontal else f"{section + 1}"

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """The text of a cell."""
        if not index.isValid() or role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        text = self._lines[index.row()][index.column()]
        fonts.ensure(text)
        return as_tip(text) if role == Role.ToolTipRole else text
