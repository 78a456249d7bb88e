"""The list of documents under headings, and how its rows are painted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from fupin_desktop.services.documents import DocumentLine
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.tabs.documents import words
from fupin_desktop.ui.widgets.badge import paint_badge
from fupin_desktop.ui.widgets.tips import shown

Index = QModelIndex | QPersistentModelIndex
_ROW, _HEADING = 35, 28
_SIDE = 12


class RecordsModel(QAbstractListModel):
    """Headings (texts) and documents (``DocumentLine``) in one column."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[str | DocumentLine] = []
        self._lines: tuple[DocumentLine, ...] = ()

    @property
    def lines(self) -> tuple[DocumentLine, ...]:
        """The documents shown."""
        return self._lines

    def show_lines(self, lines: Sequence[DocumentLine], titles: Mapping[str, str]) -> bool:
        """Show other documents under the titles of their forms; whether anything is different."""
        shown = tuple(lines)
        if shown == self._lines:
            return False
        counts = Counter(line.form_id for line in shown)
        fonts.ensure("".join(line.place for line in shown))
        self.beginResetModel()
        self._lines, self._rows, form_id = shown, [], ""
        for line in shown:
            if line.form_id != form_id:
                form_id = line.form_id
                self._rows.append(f"{titles.get(form_id, line.title)} ({counts[form_id]})")
            self._rows.append(line)
        self.endResetModel()
        return True

    def line_at(self, index: Index) -> DocumentLine | None:
        """The document of a row; None for a heading."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, DocumentLine) else None

    def index_of(self, key: str) -> QModelIndex:
        """Where a document stands; an invalid index for nowhere."""
        for place, row in enumerate(self._rows):
            if isinstance(row, DocumentLine) and row.key == key:
                return self.index(place)
        return QModelIndex()

    # ---- Qt's model ----
    @override
    def rowCount(self, parent: Index | None = None) -> int:
        """Headings and documents."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            return shown(row, role) if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None
        roles = {
            Qt.ItemDataRole.DisplayRole: row.place,
            Qt.ItemDataRole.ToolTipRole: shown(words.tip(row), Qt.ItemDataRole.ToolTipRole),
            Qt.ItemDataRole.AccessibleTextRole: f"{row.place} {words.version_note(row)} {words.badge(row)[0]}",
            Qt.ItemDataRole.UserRole: row,
        }
        return roles.get(Qt.ItemDataRole(role))

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are not chosen."""
        if self.line_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RecordsDelegate(QStyledItemDelegate):
    """Name left, badge right; headings on grey."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Grows with the text size."""
        heading = not isinstance(index.data(Qt.ItemDataRole.UserRole), DocumentLine)
        least = _HEADING if heading else _ROW
        return QSize(120, max(least, QFontMetrics(theme.font("note" if heading else "base")).height() + 12))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        line = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        if isinstance(line, DocumentLine):
            self._paint_line(painter, rect, line, chosen=bool(state & QStyle.StateFlag.State_Selected))
        else:
            self._paint_heading(painter, rect, str(index.data()))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    @staticmethod
    def _paint_heading(painter: QPainter, rect: QRect, text: str) -> None:
        painter.fillRect(rect, theme.colour("head"))
        painter.setFont(theme.font("note"))
        painter.setPen(theme.colour("muted"))
        place = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    @staticmethod
    def _paint_line(painter: QPainter, rect: QRect, line: DocumentLine, *, chosen: bool) -> None:
        if chosen:
            painter.fillRect(rect, theme.colour("accent_soft"))
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), theme.colour("accent"))
        small = QFontMetrics(theme.font("note"))
        badge, tone = words.badge(line)
        wide, high = small.horizontalAdvance(badge) + 16, small.height() + 4
        right = rect.right() - _SIDE - wide
        paint_badge(painter, QRectF(right, rect.center().y() - high / 2, wide, high), badge, tone)
        if note := words.version_note(line):
            right -= small.horizontalAdvance(note) + 6
            painter.setFont(theme.font("note"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRect(right, rect.y(), rect.width(), rect.height()), Qt.AlignmentFlag.AlignVCenter,
                             note)
        painter.setFont(theme.font("base"))
        painter.setPen(theme.colour("text"))
        place = QRect(rect.x() + _SIDE, rect.y(), right - rect.x() - _SIDE - 6, rect.height())
        name = painter.fontMetrics().elidedText(line.place, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
