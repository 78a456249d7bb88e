"""A list of things under headings: its rows, how headings and the chosen row are painted, and the card around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QListView,
    QSplitter,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from fupin_desktop.override import override
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.empty import EmptyState
from fupin_desktop.ui.widgets.labels import label
from fupin_desktop.ui.widgets.panes import panes
from fupin_desktop.ui.widgets.tips import as_tip, shown

SIDE = 12
Index = QModelIndex | QPersistentModelIndex
_HEADING = 28
_TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


class Keyed(Protocol):
    """What a list shows: anything with a key of its own."""

    @property
    def key(self) -> str:
        """What tells it from every other row."""


RowT = TypeVar("RowT", bound=Keyed)


@dataclass(frozen=True, slots=True)
class RowWords(Generic[RowT]):
    """What a row is called.

    Attributes:
        name: Its own name.
        tip: Its tool tip.
        spoken: What a screen reader says.
    """

    name: Callable[[RowT], str]
    tip: Callable[[RowT], str]
    spoken: Callable[[RowT], str]


class HeadedModel(QAbstractListModel, Generic[RowT]):
    """Headings (texts) and rows in one column; a heading stands above each run of rows of one group.

    Attributes:
        rows: The rows shown, without the headings.
    """

    def __init__(self, words: RowWords[RowT]) -> None:
        super().__init__()
        self._words = words
        self.rows: tuple[RowT, ...] = ()
        self._lines: list[str | RowT] = []

    def show_rows(self, rows: Sequence[RowT], group: Callable[[RowT], object], heading: Callable[[RowT], str]) -> bool:
        """Show other rows.

        Args:
            rows: In the order shown; those of one group together.
            group: What a row stands under.
            heading: The heading of its group, without the count.

        Returns:
            Whether anything is different.
        """
        wanted = tuple(rows)
        counts, front = Counter(group(row) for row in wanted), object()
        lines: list[str | RowT] = []
        for row in wanted:
            if group(row) != front:
                front = group(row)
                lines.append(f"{heading(row)} ({counts[front]})")
            lines.append(row)
        if lines == self._lines:
            return False
        fonts.ensure("".join(self._words.name(row) + self._words.spoken(row) for row in wanted))
        self.beginResetModel()
        self.rows, self._lines = wanted, lines
        self.endResetModel()
        return True

    def row_at(self, index: Index) -> RowT | None:
        """What stands at a place; None for a heading and for nowhere."""
        line = self._lines[index.row()] if index.isValid() else None
        return None if isinstance(line, str) else line

    def index_of(self, key: str) -> QModelIndex:
        """Where a row stands; an invalid index for nowhere."""
        for place, line in enumerate(self._lines):
            if not isinstance(line, str) and line.key == key:
                return self.index(place)
        return QModelIndex()

    # ---- Qt's model ----
    @override
    def rowCount(self, parent: Index | None = None) -> int:
        """Headings and rows."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a row; the row itself as the user's role."""
        line = self._lines[index.row()] if index.isValid() else None
        if line is None or isinstance(line, str):
            return shown(line, role) if line is not None and role in _TEXTS else None
        match role:
            case Qt.ItemDataRole.UserRole:
                return line
            case Qt.ItemDataRole.DisplayRole:
                return self._words.name(line)
            case Qt.ItemDataRole.ToolTipRole:
                return as_tip(self._words.tip(line))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._words.spoken(line)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are not chosen."""
        if self.row_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@dataclass(frozen=True, slots=True)
class RowLook(Generic[RowT]):
    """How a row looks.

    Attributes:
        height: Pixels of a row at today's text size.
        paint: Paints what a row shows into its place; the ground is painted.
    """

    height: Callable[[], int]
    paint: Callable[[QPainter, QRect, RowT], None]


class HeadedDelegate(QStyledItemDelegate, Generic[RowT]):
    """Headings on grey, the chosen row marked at its edge.

    Args:
        view: The list.
        look: How its rows look.
    """

    def __init__(self, view: QListView, look: RowLook[RowT]) -> None:
        super().__init__(view)
        self._look = look

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Grows with the text size."""
        if index.data(Qt.ItemDataRole.UserRole) is None:
            return QSize(120, max(_HEADING, QFontMetrics(theme.font("note")).height() + 12))
        return QSize(120, self._look.height())

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a heading or a row, with a line below it."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        row = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        if row is None:
            _paint_heading(painter, rect, str(index.data()))
        else:
            if state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, theme.colour("accent_soft"))
                painter.fillRect(rect.x(), rect.y(), 3, rect.height(), theme.colour("accent"))
            self._look.paint(painter, rect, row)
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()


def _paint_heading(painter: QPainter, rect: QRect, text: str) -> None:
    painter.fillRect(rect, theme.colour("head"))
    painter.setFont(theme.font("note"))
    painter.setPen(theme.colour("muted"))
    place = rect.adjusted(SIDE, 0, -SIDE, 0)
    text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)


def fill_card(
    card: QFrame, head: Sequence[QLayout | QWidget], view: QListView
) -> tuple[QStackedWidget, EmptyState, QLabel]:
    """Lay out a card: rows at its head, the list or what stands for an empty one, its count at the foot.

    Returns:
        The stack of list and empty state, the empty state, the count.
    """
    stack, empty, count = QStackedWidget(), EmptyState(""), label("", "note")
    stack.addWidget(view)
    stack.addWidget(empty)
    above = vbox(*head, margins=(10, 10, 10, 8), spacing=7)
    foot = hbox(count, margins=(12, 4, 12, 6))
    vbox(above, (stack, 1), foot, on=card, margins=1, spacing=0)
    return stack, empty, count


def three_panes(page: QWidget, pieces: tuple[QWidget, QWidget, QWidget], sizes: tuple[int, int, int]) -> QSplitter:
    """Put a list, what is in front and a side pane beside each other; the middle one takes what room is left."""
    split = panes(*pieces, shares=(0, 1, 0), sizes=sizes, handle=10)
    hbox(split, on=page, margins=(12, 10, 12, 10))
    return split
