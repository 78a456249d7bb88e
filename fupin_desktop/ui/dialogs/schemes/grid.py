"""A small editable grid of the scheme editor, with buttons to add, remove and move rows."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from fupin_desktop.override import override
from fupin_desktop.ui import theme
from fupin_desktop.ui.models.scheme_draft import Path, SchemeDraft
from fupin_desktop.ui.models.scheme_rows import GridColumn, RowsModel
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.cell_keys import CellKeys, LineDelegate
from fupin_desktop.ui.widgets.labels import label, link

Index = QModelIndex | QPersistentModelIndex
Trigger = QAbstractItemView.EditTrigger
_PAD = 16


class GridDelegate(LineDelegate):
    """A list for closed choices, a line for everything else."""

    @override
    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The field that opens in a cell."""
        model = index.model()
        assert isinstance(model, RowsModel)
        column = model.columns[index.column()]
        if column.kind not in ("choice", "rule"):
            line = QLineEdit(parent)
            line.setFrame(False)
            line.setProperty("role", "cell")
            return line
        made = QComboBox(parent)
        made.addItems(([""] if column.optional else []) + [word.label for word in column.words()])
        made.activated.connect(lambda _place: self._taken(made))
        return made

    def _taken(self, editor: QComboBox) -> None:
        """A choice counts as soon as it is picked."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start with what stands there."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    @override
    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Hand on what was typed."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())


class Grid(QWidget):
    """Rows of the draft at a path.

    Signals:
        moved: The current row is another one.
    """

    moved = Signal()

    def __init__(
        self, draft: SchemeDraft, columns: Sequence[GridColumn], fresh: dict[str, Any], *, title: str = "",
        add: str = "新增", rows: int = 4, parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.draft, self._fresh = draft, fresh
        self.model = RowsModel(draft, columns, self)
        self.table = QTableView()
        self.table.setAccessibleName("一行一条")
        self.table.setProperty("boxed", "true")
        self.table.setModel(self.model)
        self.table.setItemDelegate(GridDelegate(self.table))
        self.keys = CellKeys(self.table, typed=True, add_row=self._add_last)
        self.table.setEditTriggers(Trigger.AnyKeyPressed | Trigger.DoubleClicked | Trigger.EditKeyPressed)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.head = hbox(label(title, "strong"), STRETCH, spacing=12)
        for text, act in ((add, self.add), ("删除", self.remove), ("上移", lambda: self.shift(-1)),
                          ("下移", lambda: self.shift(1))):
            self.head.addWidget(link(text, act))
        vbox(self.head, self.table, on=self, margins=0, spacing=4)
        self._lay_out(rows)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self.moved.emit())
        self.model.modelAboutToBeReset.connect(self._keep)
        self.model.modelReset.connect(self._restore)
        self._kept = (0, 0)

    def _lay_out(self, rows: int) -> None:
        digit = QFontMetrics(theme.font()).horizontalAdvance("0")
        note = QFontMetrics(theme.font("note"))
        height = QFontMetrics(theme.font()).height() + 10
        for place, column in enumerate(self.model.columns):
            self.table.setColumnWidth(place, max(note.horizontalAdvance(column.label) + _PAD, column.width * digit))
        side = self.table.verticalHeader()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(height)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.setMinimumHeight(height * rows + self.table.horizontalHeader().sizeHint().height() + 4)

    # ---- rows ----
    @property
    def row(self) -> int:
        """The current row, -1 for none."""
        return self.table.currentIndex().row()

    def bind(self, path: Path) -> None:
        """Show another list."""
        self._kept = (0, 0)
        self.model.bind(path)

    def go_to(self, row: int, column: int = 0) -> None:
        """Make a row current."""
        self.table.setCurrentIndex(self.model.index(row, column))

    def add(self) -> None:
        """A fresh row below the current one."""
        if not self.model.path:
            return
        at = self.row + 1 if self.row >= 0 else self.model.rowCount()
        self.draft.insert(self.model.path, at, deepcopy(self._fresh))
        self.go_to(at)
        self.table.setFocus()

    def _add_last(self) -> None:
        """A fresh row at the end, for pasted rows."""
        self.draft.insert(self.model.path, self.model.rowCount(), deepcopy(self._fresh))

    def remove(self) -> None:
        """Take the current row away."""
        if self.row >= 0:
            self.draft.remove(self.model.path, self.row)

    def shift(self, by: int) -> None:
        """Move the current row."""
        row = self.row
        if row >= 0:
            self.draft.move(self.model.path, row, row + by)
            self.go_to(max(0, min(row + by, self.model.rowCount() - 1)))

    def show_fault(self, key: str) -> None:
        """Mark the cell whose key the check named."""
        self.model.show_fault(key)

    def _keep(self) -> None:
        at = self.table.currentIndex()
        if at.isValid():
            self._kept = at.row(), at.column()

    def _restore(self) -> None:
        row = min(self._kept[0], self.model.rowCount() - 1)
        if row >= 0:
            self.go_to(row, self._kept[1])
        self.moved.emit()
