"""The award table: the register table with computed cells on white, the award in bold green, reasons in amber."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from fupin_desktop.override import override
from fupin_desktop.services.registers import ColumnInfo
from fupin_desktop.ui import theme
from fupin_desktop.ui.models.award_cells import AWARD, COLUMNS, KIND, NUMBER, PLACES, REASON, is_large
from fupin_desktop.ui.models.award_model import AwardModel
from fupin_desktop.ui.tabs.registers.cells import PADDING, CellDelegate, Index
from fupin_desktop.ui.tabs.registers.table import RegisterTable
from fupin_desktop.ui.widgets.badge import paint_badge

LARGE = "大户"
_QUIET = ("未参与", "没有登记是否参与")
_MARKS = 16
_LEAST_REASON = 14


class AwardDelegate(CellDelegate):
    """Paints the cells of the award table."""

    @override
    def restyle(self) -> None:
        """Take fonts and colours of the theme in force."""
        super().restyle()
        self._bold = theme.font(bold=True)

    @override
    def _ground(self, info: ColumnInfo, mark: str, *, chosen: bool) -> str:
        return "must_soft" if mark == "must" else "accent_soft" if chosen else "paper"

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Like any register cell; 说明 has the 大户 badge before its text."""
        super().paint(painter, option, index)
        if index.column() == PLACES[REASON]:
            self._paint_reason(painter, option.rect, index)  # type: ignore[attr-defined]

    @override
    def _paint_text(self, painter: QPainter, rect: QRect, text: str, info: ColumnInfo, mark: str) -> None:
        if info.key == REASON:
            return
        painter.setFont(self._bold if info.key == AWARD else self._font)
        quiet = info.key == NUMBER or (info.key == KIND and text == "未参与")
        tone = "must" if mark == "must" else "accent" if info.key == AWARD else "muted" if quiet else "text"
        painter.setPen(self._colours[tone])
        inner = rect.adjusted(PADDING, 0, -PADDING, 0)
        right = Qt.AlignmentFlag.AlignRight if info.align == "right" else Qt.AlignmentFlag.AlignLeft
        flags = right | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        metrics = QFontMetrics(painter.font())
        painter.drawText(inner, flags, metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width()))

    def _paint_reason(self, painter: QPainter, rect: QRect, index: Index) -> None:
        model = index.model()
        assert isinstance(model, AwardModel)
        award = model.award_at(index.row())
        if award is None:
            return
        left = rect.left() + PADDING
        if is_large(award):
            width = self._badge_metrics.horizontalAdvance(LARGE) + 12
            box = QRectF(left, 0, width, self._badge_metrics.height() + 2)
            box.moveCenter(QPointF(box.center().x(), rect.center().y() + 0.5))
            paint_badge(painter, box, LARGE, "good", outlined=True)
            left += width + 6
        inner = QRect(left, rect.top(), rect.right() - PADDING - left, rect.height())
        if award.reason and inner.width() > 0:
            painter.setFont(self._font)
            painter.setPen(self._colours["text" if award.reason.startswith(_QUIET) else "principle"])
            text = self._metrics.elidedText(award.reason, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


class AwardTable(RegisterTable):
    """The table of one calculation.

    Signals:
        locked_asked: A cell was double-clicked that is changed elsewhere (facts of several entries).
    """

    locked_asked = Signal()

    def __init__(self, model: AwardModel, parent: QWidget | None = None) -> None:
        super().__init__(_choices, parent)
        self.delegate = AwardDelegate(self, _choices)
        self.setItemDelegate(self.delegate)
        self.delegate.left.connect(self.leave_cell)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setShowGrid(True)
        self.verticalHeader().hide()
        self.doubleClicked.connect(self._double_clicked)
        self.head.setStretchLastSection(True)
        self.lay_out()

    def lay_out(self) -> None:
        """Give every column its width."""
        self.restyle()
        digit = QFontMetrics(theme.font()).horizontalAdvance("0")
        note = QFontMetrics(theme.font("note"))
        for place, info in enumerate(COLUMNS):
            heading = note.horizontalAdvance(info.heading) + _MARKS
            usual = min(info.width, _LEAST_REASON) if info.key == REASON else info.width
            self.setColumnWidth(place, max(heading, usual * digit + 2 * PADDING))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """说明 takes what is left, but never less than it needs."""
        super().resizeEvent(event)
        self.freeze(3 if self._too_wide() else 0)

    def _too_wide(self) -> bool:
        return self.head.length() > self.viewport().width() + 4

    def _double_clicked(self, index: Index) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.locked_asked.emit()


def _choices(info: ColumnInfo, typed: str) -> Sequence[str]:
    """What may stand in a cell with a closed list."""
    return [choice for choice in info.choices if typed in choice] if typed else info.choices
