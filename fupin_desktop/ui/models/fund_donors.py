"""A list of donors as an editable table: texts as typed, an empty row at the end, wrong cells marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from fupin_desktop.services.funds.donors import (
    COLUMNS,
    CheckedDonors,
    DonorForm,
    DonorSummary,
    check,
    says_anonymous,
    tidy,
)
from fupin_desktop.ui import fonts, theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
KEYS = tuple(COLUMNS)
AMOUNT, ANONYMOUS = KEYS.index("amount"), KEYS.index("anonymous")
_HEADINGS = {"name": "捐赠人(单位或个人)", "amount": "金额(元)"}
_TIPS = {
    "given_on": "捐赠的日期，可以不填；写成 2026-06-30 的样子",
    "anonymous": "打勾的，公开的名单上印“爱心人士”，不印名字和备注",
    "note": "印在名单上；不要写电话、证件号",
}


class DonorsModel(QAbstractTableModel):
    """The rows as typed.

    Signals:
        edited: Anything was typed, added or taken out; ``checked`` is anew.

    Attributes:
        rows: As typed, the empty one at the end left out.
        checked: What was found wrong, and the sums.
    """

    edited = Signal()

    def __init__(
        self, source: DonorSummary, rows: Sequence[DonorForm], today: date, parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source, self._today = source, today
        self.fixed = source.voided
        self.rows: list[DonorForm] = list(rows)
        self._faults: dict[tuple[int, str], str] = {}
        fonts.ensure("".join(row.name + row.note for row in self.rows))
        self._look()

    checked: CheckedDonors

    def _look(self) -> None:
        self.checked = check(self.rows, self._source, self._today)
        self._faults = {(fault.row, fault.column): fault.sentence for fault in reversed(self.checked.faults)}

    def _tell(self) -> None:
        self._look()
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(KEYS) - 1))
        self.edited.emit()

    # ---- what is done to the rows ----
    def put_rows(self, rows: Sequence[DonorForm], at: int | None = None) -> int:
        """Add rows at a place, else at the end; gives the place of the first."""
        place = len(self.rows) if at is None else min(at, len(self.rows))
        fonts.ensure("".join(row.name + row.note for row in rows))
        if rows:
            self.beginInsertRows(QModelIndex(), place, place + len(rows) - 1)
            self.rows[place:place] = rows
            self.endInsertRows()
            self._tell()
        return place

    def take_rows(self, places: Sequence[int]) -> None:
        """Take rows out."""
        gone = [place for place in sorted(set(places), reverse=True) if place < len(self.rows)]
        for place in gone:
            self.beginRemoveRows(QModelIndex(), place, place)
            del self.rows[place]
            self.endRemoveRows()
        if gone:
            self._tell()

    def put_texts(self, row: int, column: int, texts: Sequence[str]) -> None:
        """Lay texts over a column from a row on, with new rows where they reach below the list."""
        missing = row + len(texts) - len(self.rows)
        if missing > 0:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + missing - 1)
            self.rows += [DonorForm()] * missing
            self.endInsertRows()
        for place, text in enumerate(texts, row):
            self._put(place, column, text)
        self._tell()

    def clear(self, indexes: Sequence[QModelIndex]) -> None:
        """Empty cells."""
        for index in indexes:
            if index.row() < len(self.rows):
                self._put(index.row(), index.column(), "")
        self._tell()

    def _put(self, row: int, column: int, text: str) -> None:
        key = KEYS[column]
        value: Any = says_anonymous(text) if key == "anonymous" else tidy(key, text)
        self.rows[row] = self.rows[row]._replace(**{key: value})

    # ---- Qt's model ----
    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The rows, and an empty one to type into."""
        return 0 if parent.isValid() else len(self.rows) + (not self.fixed)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Name, amount, day, anonymous, remark."""
        return 0 if parent.isValid() else len(KEYS)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Headings; numbers of the rows."""
        if orientation is Qt.Orientation.Vertical:
            return f"{section + 1}" if role == Role.DisplayRole and section < len(self.rows) else None
        key = KEYS[section]
        if role == Role.DisplayRole:
            return _HEADINGS.get(key, COLUMNS[key])
        return _TIPS.get(key) if role == Role.ToolTipRole else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """A void source's list is only read."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.fixed or not index.isValid():
            return found
        ticked = index.column() == ANONYMOUS
        return found | (Qt.ItemFlag.ItemIsUserCheckable if ticked else Qt.ItemFlag.ItemIsEditable)

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts, ticks, sides, and the ground of a wrong cell."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        row, key = self.row_at(index.row()), KEYS[index.column()]
        if key == "anonymous":
            if role == Role.CheckStateRole:
                return Qt.CheckState.Checked if row.anonymous else Qt.CheckState.Unchecked
        elif role in (Role.DisplayRole, Role.EditRole):
            return getattr(row, key)
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() == AMOUNT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        fault = self._faults.get((index.row(), key))
        if role == Role.BackgroundRole and fault:
            return theme.colour("must_soft")
        return fault or getattr(row, key) or None if role == Role.ToolTipRole and key != "anonymous" else None

    @override
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Take what was typed or ticked."""
        row, column = index.row(), index.column()
        if role == Role.CheckStateRole and column == ANONYMOUS:
            text = "是" if Qt.CheckState(value) is Qt.CheckState.Checked else ""
        elif role == Role.EditRole:
            text = str(value)
        else:
            return False
        before = self.row_at(row)
        if row >= len(self.rows) and not text.strip():
            return False
        fonts.ensure(text)
        self.put_texts(row, column, [text])
        return self.row_at(row) != before

    def row_at(self, row: int) -> DonorForm:
        """A row; the one below the last is empty."""
        return self.rows[row] if row < len(self.rows) else DonorForm()
