"""A list of rows of the scheme draft as an editable table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fupin_desktop.domain.numbers import parse_number
from fupin_desktop.domain.reading.numbers import MONEY
from fupin_desktop.domain.reading.words import read_label
from fupin_desktop.domain.text import clean, compact
from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.override import override
from fupin_desktop.policy.rules import AmountRule, all_kinds, find
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.models.scheme_draft import Path, SchemeDraft, dotted
from fupin_desktop.ui.widgets.tips import shown

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_SPLIT = re.compile(r"[、,，;；\s]+")
_LARGE = ("large", "大户", "大户起点")
YES, NO = "是", "否"


class GridColumn(NamedTuple):
    """A column of a grid.

    Attributes:
        key: Key of the row's table.
        label: Heading.
        kind: ``text``, ``number``, ``start`` (a number or 大户起点), ``words``, ``flag``, ``choice``, ``rule`` (a kind
            of award rule) or ``told``.
        width: Width in characters (半角).
        choices: Words of a closed list.
        help: Tooltip of the heading.
        tell: For ``told``: the text of a row that is edited elsewhere.
        optional: For ``choice``: whether it may be empty.
    """

    key: str
    label: str
    kind: str = "text"
    width: int = 10
    choices: tuple[Word, ...] = ()
    help: str = ""
    tell: Callable[[dict[str, Any]], str] | None = None
    optional: bool = False

    def words(self) -> Sequence[Word | type[AmountRule]]:
        """What can be chosen."""
        return all_kinds() if self.kind == "rule" else self.choices


def number_text(text: str) -> str:
    """A typed number as the scheme keeps it: no grouping, ``50%`` as ``0.5``, ``1.5万元`` as ``15000``.

    Anything else is kept for the check.
    """
    try:
        number = parse_number(text, "", (*MONEY.units, "亩", "%")).value
    except ValueError:
        return clean(text)
    return f"{(number / 100).normalize():f}" if compact(text).endswith("%") else f"{number:f}"


def _chosen(column: GridColumn, text: str) -> Word | None:
    """The word of a column's list that a text stands for."""
    label = read_label(text, column.label, [word.label for word in column.choices]).value
    return next((word for word in column.choices if word.label == label), None)


def split_words(text: str) -> list[str]:
    """Words parted by 、, commas or blanks."""
    return [word for word in _SPLIT.split(text.strip()) if word]


class RowsModel(QAbstractTableModel):
    """Rows at a path of the draft; ``bind`` points it to another list."""

    def __init__(self, draft: SchemeDraft, columns: Sequence[GridColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft, self.columns = draft, tuple(columns)
        self.path: Path = ()
        self.fault = ""
        draft.restructured.connect(self.refill)
        draft.changed.connect(self.repaint)

    def bind(self, path: Path) -> None:
        """Show the rows at a path."""
        self.path = path
        self.refill()

    def refill(self) -> None:
        """Rows came or went."""
        self.beginResetModel()
        self.endResetModel()

    def repaint(self) -> None:
        """Values changed."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))

    def show_fault(self, key: str) -> None:
        """Mark the cell whose key the check named."""
        if key != self.fault:
            self.fault = key
            self.repaint()

    # ---- Qt's model ----
    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() or not self.path else len(self.draft.rows(self.path))

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Headings; row numbers."""
        if orientation is Qt.Orientation.Vertical:
            return f"{section + 1}" if role == Role.DisplayRole else None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return column.label
        return column.help or None if role == Role.ToolTipRole else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is told cannot be typed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        kind = self.columns[index.column()].kind
        if kind == "flag":
            return found | Qt.ItemFlag.ItemIsUserCheckable
        return found if kind == "told" else found | Qt.ItemFlag.ItemIsEditable

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts, ticks, alignment, and the ground of a wrong cell."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        column = self.columns[index.column()]
        if role == Role.CheckStateRole and column.kind == "flag":
            ticked = self.draft.flag((*self.path, index.row(), column.key))
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role in (Role.DisplayRole, Role.EditRole, Role.ToolTipRole):
            return shown(self.text(index.row(), column), role)
        if role == Role.TextAlignmentRole:
            right = Qt.AlignmentFlag.AlignRight if column.kind in ("number", "start") else Qt.AlignmentFlag.AlignLeft
            return right | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole and column.kind == "told":
            return theme.colour("muted")
        if role == Role.BackgroundRole and self.fault == dotted((*self.path, index.row(), column.key)):
            return theme.colour("must_soft")
        return None

    def text(self, row: int, column: GridColumn) -> str:
        """What a cell shows."""
        table = self.draft.rows(self.path)[row]
        value = table.get(column.key)
        if column.kind == "told":
            return column.tell(table) if column.tell else ""
        if column.kind == "flag":
            return ""
        if column.kind == "words":
            return "、".join(value or ())
        if column.kind in ("choice", "rule"):
            return next((word.label for word in column.words() if word.value == value), value or "")
        if column.kind == "start" and value in _LARGE:
            return _LARGE[2]
        return str(value or "")

    @override
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Put a typed text or a tick into the draft."""
        column, path = self.columns[index.column()], (*self.path, index.row())
        if role == Role.CheckStateRole:
            ticked = Qt.CheckState(value) == Qt.CheckState.Checked
            self.draft.set((*path, column.key), ticked or None)
            return True
        text = str(value).strip()
        fonts.ensure(text)
        if text == self.text(index.row(), column):
            return True
        if column.kind == "rule":
            return self._set_kind(path, find(text))
        if column.kind == "choice" and not column.optional:
            return self._set_choice(path, column, text)
        self.draft.set((*path, column.key), self._typed(column, text))
        return True

    def _set_choice(self, path: Path, column: GridColumn, text: str) -> bool:
        word = _chosen(column, text)
        if word is not None:
            self.draft.set((*path, column.key), word.value)
        return word is not None

    def _set_kind(self, path: Path, kind: type[AmountRule] | None) -> bool:
        if kind is not None:
            self.draft.set_kind(path, kind)
        return kind is not None

    @staticmethod
    def _typed(column: GridColumn, text: str) -> Any:
        if column.kind == "words":
            return split_words(text)
        if column.kind == "choice":
            word = _chosen(column, text)
            return word.value if word else None
        if column.kind == "start":
            return "large" if text in _LARGE else number_text(text)
        return number_text(text) if column.kind == "number" else clean(text)
