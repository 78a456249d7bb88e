"""Two calculations household by household, as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fupin_desktop.domain.money import format_money
from fupin_desktop.override import override
from fupin_desktop.services.awards import ComparedRow, Comparison
from fupin_desktop.ui import theme
from fupin_desktop.ui.widgets.tips import shown

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
HEADINGS = ("村民小组", "户主", "现在(元)", "试算(元)", "增减(元)", "试算的说明")
_FIRST_NUMBER, _LAST_NUMBER, _DIFFERENCE = 2, 4, 4


class DifferenceModel(QAbstractTableModel):
    """Those that change first, by how much; or all in printed order."""

    def __init__(self, parent: QObject | None = None, headings: tuple[str, ...] = HEADINGS) -> None:
        super().__init__(parent)
        self._headings = headings
        self._compared: tuple[ComparedRow, ...] = ()
        self._rows: list[ComparedRow] = []
        self._all = False

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Show another comparison."""
        self._compared = comparison.rows if comparison else ()
        self._choose()

    def show_all(self, everyone: bool) -> None:
        """Show all households, or only those that change."""
        self._all = everyone
        self._choose()

    def _choose(self) -> None:
        self.beginResetModel()
        changed = sorted((row for row in self._compared if row.difference), key=lambda row: -abs(row.difference))
        self._rows = list(self._compared) if self._all else changed
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many households are shown."""
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Headings."""
        if role != Role.DisplayRole:
            return None
        return self._headings[section] if orientation is Qt.Orientation.Horizontal else f"{section + 1:,}"

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts, alignment, colour of the difference."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return shown(_text(row, column), role)
        if role == Role.TextAlignmentRole:
            right = _FIRST_NUMBER <= column <= _LAST_NUMBER
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole and column == _DIFFERENCE and row.difference:
            return theme.colour("accent" if row.difference > 0 else "must")
        return None


def _text(row: ComparedRow, column: int) -> str:
    signed = f"{row.difference:+,.2f}" if row.difference else "—"
    texts = (row.group, row.name, format_money(row.before), format_money(row.after), signed, row.reason)
    return texts[column]
