"""The list of rounds under their states, and how its rows are painted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from fupin_desktop.services.notices.rounds import Round, RoundState
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.widgets.badge import paint_badge
from fupin_desktop.ui.widgets.round_badge import badge
from fupin_desktop.ui.widgets.tips import as_tip

Index = QModelIndex | QPersistentModelIndex
_HEADING, _ROW, _SIDE = 28, 50, 12


class RoundsModel(QAbstractListModel):
    """Headings (texts) and rounds in one column."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[str | Round] = []

    def show_rounds(self, rounds: Sequence[Round]) -> None:
        """Show other rounds, each state under its heading."""
        fonts.ensure("".join(one.name + one.place for one in rounds))
        self.beginResetModel()
        self._rows, state = [], None
        for one in rounds:
            if one.state is not state:
                state = one.state
                self._rows.append(f"{state.label} ({sum(1 for other in rounds if other.state is state)})")
            self._rows.append(one)
        self.endResetModel()

    def round_at(self, index: Index) -> Round | None:
        """The round of a row; None for a heading."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Round) else None

    def index_of(self, key: str) -> QModelIndex:
        """Where a round stands; an invalid index for nowhere."""
        for place, row in enumerate(self._rows):
            if isinstance(row, Round) and row.key == key:
                return self.index(place)
        return QModelIndex()

    # ---- Qt's model ----
    @override
    def rowCount(self, parent: Index | None = None) -> int:
        """Headings and rounds."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a row."""
        row = self._rows[index.row()] if index.isValid() else None
        if row is None or isinstance(row, str):
            return row if role == Qt.ItemDataRole.DisplayRole else None
        roles = {
            Qt.ItemDataRole.DisplayRole: row.name,
            Qt.ItemDataRole.ToolTipRole: as_tip(f"{row.kind_title}\n{row.name}\n{row.lacks}".rstrip()),
            Qt.ItemDataRole.AccessibleTextRole: f"{row.place} {row.kind_title} {badge(row)[0]}",
            Qt.ItemDataRole.UserRole: row,
        }
        return roles.get(Qt.ItemDataRole(role))

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are not chosen."""
        if self.round_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RoundsDelegate(QStyledItemDelegate):
    """Place and badge above, what is published below; headings on grey."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Grows with the text size."""
        base, small = (QFontMetrics(theme.font(name)).height() for name in ("base", "note"))
        heading = not isinstance(index.data(Qt.ItemDataRole.UserRole), Round)
        return QSize(120, max(_HEADING, small + 12) if heading else max(_ROW, base + small + 16))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        one = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        if isinstance(one, Round):
            self._paint_round(painter, rect, one, chosen=bool(state & QStyle.StateFlag.State_Selected))
        else:
            painter.fillRect(rect, theme.colour("head"))
            painter.setFont(theme.font("note"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(rect.adjusted(_SIDE, 0, -_SIDE, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    @staticmethod
    def _paint_round(painter: QPainter, rect: QRect, one: Round, *, chosen: bool) -> None:
        if chosen:
            painter.fillRect(rect, theme.colour("accent_soft"))
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), theme.colour("accent"))
        base, small = (QFontMetrics(theme.font(name)) for name in ("base", "note"))
        text, tone = badge(one)
        wide, high = small.horizontalAdvance(text) + 16, small.height() + 4
        top = rect.y() + (rect.height() - base.height() - small.height() - 3) // 2
        right = rect.right() - _SIDE - wide
        paint_badge(painter, QRectF(right, top + (base.height() - high) / 2, wide, high), text, tone)
        painter.setFont(theme.font("base"))
        painter.setPen(theme.colour("muted" if one.state is RoundState.NOT_YET else "text"))
        head = f"{one.place} {one.kind_title.removesuffix('公示')}".strip()
        room = right - rect.x() - _SIDE - 6
        shown = base.elidedText(head, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect.x() + _SIDE, top + base.ascent(), shown)
        painter.setFont(theme.font("note"))
        painter.setPen(theme.colour("muted"))
        below = small.elidedText(one.name, Qt.TextElideMode.ElideMiddle, rect.width() - 2 * _SIDE)
        painter.drawText(rect.x() + _SIDE, top + base.height() + 3 + small.ascent(), below)
