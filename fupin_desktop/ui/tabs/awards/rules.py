"""The small rule table in the head of the awards tab: item, unit, 起补, standards, 封顶."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from fupin_desktop.override import override
from fupin_desktop.policy.rules.phrases import plain
from fupin_desktop.policy.scheme import AwardScheme, CostScope, SchemeItem
from fupin_desktop.services.schemes.words import item_sentence
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.widgets.tips import as_tip

HEADINGS = ("项目", "单位", "起补", "大户", "小农户", "封顶")
_RIGHT = (2, 3, 4)
_PAD = 8
_WIDEST = (150, 44, 60, 76, 76, 96)


class RuleRow(NamedTuple):
    """One line: its six texts (one standard for both sizes is in ``standard``) and the whole rule as a sentence."""

    cells: tuple[str, ...]
    standard: str
    sentence: str


def rule_row(item: SchemeItem, scheme: AwardScheme, large_from: Decimal) -> RuleRow:
    """The line of an item."""
    least = plain(item.minimum) if item.minimum is not None else "—"
    top = plain(item.money_cap) if item.money_cap is not None else _share(scheme)
    large = small = standard = ""
    by_size = None if item.variants else item.rule.by_size(large_from)
    if by_size is None:
        standard = item.rule.words(item.unit, large_from)
    else:
        small, large = map(plain, by_size)
    return RuleRow((item.name, item.unit, least, large, small, top), standard, item_sentence(item, large_from))


def _share(scheme: AwardScheme) -> str:
    if scheme.cost_scope is CostScope.NONE:
        return "—"
    return "成本" if scheme.cost_ratio == 1 else f"成本 {plain(scheme.cost_ratio * 100)}%"


class RuleGrid(QWidget):
    """Painted, with the whole rule of a line as its tooltip; a double click asks for the editor through the parent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[RuleRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_rules(self, scheme: AwardScheme | None, large_from: Decimal) -> None:
        """Show the items of a scheme."""
        self.rows = tuple(rule_row(item, scheme, large_from) for item in scheme.items) if scheme else ()
        fonts.ensure("".join(row.sentence for row in self.rows))
        self.setAccessibleName("；".join(f"{row.cells[0]}：{row.sentence}" for row in self.rows))
        self.setFixedSize(self.sizeHint())
        self.update()

    # ---- geometry ----
    def _line(self) -> int:
        return QFontMetrics(theme.font("note")).height() + 7

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(theme.font("note"))
        widths = [metrics.horizontalAdvance(text) + 2 * _PAD for text in HEADINGS]
        for row in self.rows:
            for place, text in enumerate(row.cells):
                needed = min(metrics.horizontalAdvance(text) + 2 * _PAD, _WIDEST[place])
                widths[place] = max(widths[place], needed)
        if any(row.standard for row in self.rows):
            widths[3], widths[4] = max(widths[3], 84), max(widths[4], 84)
        return widths

    @override
    def sizeHint(self) -> QSize:
        """As large as its lines."""
        return QSize(sum(self._widths()) + 1, self._line() * (len(self.rows) + 1) + 1)

    # ---- painting ----
    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Heading and lines with a thin grid."""
        painter = QPainter(self)
        painter.setFont(theme.font("note"))
        widths, high = self._widths(), self._line()
        painter.fillRect(0, 0, sum(widths), high, theme.colour("head"))
        self._paint_line(painter, widths, 0, HEADINGS, "", "muted")
        for number, row in enumerate(self.rows, 1):
            self._paint_line(painter, widths, number * high, row.cells, row.standard, "text")
        painter.end()

    def _paint_line(
        self, painter: QPainter, widths: list[int], top: int, texts: tuple[str, ...], standard: str, ink: str,
    ) -> None:
        high, left = self._line(), 0
        spans = [(place, widths[place], text) for place, text in enumerate(texts)]
        if standard:
            spans[3:5] = [(0, widths[3] + widths[4], standard)]
        for place, width, text in spans:
            cell = QRect(left, top, width, high)
            painter.setPen(theme.colour("border"))
            painter.drawRect(cell)
            painter.setPen(theme.colour(ink))
            inner = cell.adjusted(_PAD - 1, 0, 1 - _PAD, 0)
            side = Qt.AlignmentFlag.AlignRight if place in _RIGHT else Qt.AlignmentFlag.AlignLeft
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, shown)
            left += width

    @override
    def event(self, event: QEvent) -> bool:
        """The tooltip of the line below the mouse."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            place = event.pos().y() // self._line() - 1
            text = self.rows[place].sentence if 0 <= place < len(self.rows) else ""
            QToolTip.showText(event.globalPos(), as_tip(text), self)
            return True
        return super().event(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let the card take it."""
        event.ignore()
