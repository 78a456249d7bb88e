"""The operations of the log, read page by page as they are seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fupin_desktop.override import override
from fupin_desktop.services.change_log import Logged
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.widgets.tips import shown

HEADINGS = ("序号", "时间", "操作人", "操作", "资料", "条数", "情况")
WIDTHS = (60, 150, 76, 270, 140, 56, 260)
_NUMERIC = {0, 5}
_PAGE, _KEPT = 100, 40
Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[int]], Sequence[Logged]]


class ChangesModel(QAbstractTableModel):
    """Operations by their numbers.

    Args:
        fetch: Reads operations of some numbers.
        parent: Qt parent.
    """

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self.numbers: Sequence[int] = ()
        self._pages: OrderedDict[int, list[Logged]] = OrderedDict()

    def show_numbers(self, numbers: Sequence[int]) -> None:
        """Show other operations."""
        self.beginResetModel()
        self.numbers = numbers
        self._pages.clear()
        self.endResetModel()

    def at(self, place: int) -> Logged | None:
        """The operation at a place."""
        page, within = divmod(place, _PAGE)
        if page not in self._pages:
            found = list(self._fetch(self.numbers[page * _PAGE : (page + 1) * _PAGE]))
            fonts.ensure("".join(f"{one.title}{one.who}{one.state}" for one in found))
            self._pages[page] = found
            if len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
        rows = self._pages[page]
        return rows[within] if 0 <= within < len(rows) else None

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many operations there are."""
        return 0 if parent.isValid() else len(self.numbers)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns there are."""
        return 0 if parent.isValid() else len(HEADINGS)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return HEADINGS[section]
        return None

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts, sides, grey for what was taken back."""
        if not index.isValid():
            return None
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() in _NUMERIC else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.ForegroundRole):
            return None
        one = self.at(index.row())
        if one is None:
            return None
        if role == Role.ForegroundRole:
            return theme.colour("muted") if one.undone else None
        return shown(_texts(one)[index.column()], role)


def _texts(one: Logged) -> tuple[str, ...]:
    count = f"{one.count:,}" if one.count else ""
    return f"{one.number}", f"{one.at:%Y-%m-%d %H:%M:%S}", one.who, one.title, one.tables, count, one.state
