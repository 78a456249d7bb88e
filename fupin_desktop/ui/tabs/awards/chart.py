"""A painted chart of the awards: one bar for each item, large and small households in it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QSizePolicy, QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.override import override
from fupin_desktop.policy.results import AwardTotals
from fupin_desktop.ui import theme
from fupin_desktop.ui.models.award_shares import ItemShare
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label
from fupin_desktop.ui.widgets.meter import BarMeter, Part

BAR, GAP = 20, 10


class ShareChart(QWidget):
    """Bars to one scale, their amounts at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shares: tuple[ItemShare, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def show_shares(self, shares: Sequence[ItemShare]) -> None:
        """Show awards by item."""
        self.shares = tuple(shares)
        self.setAccessibleName("；".join(f"{one.name} {format_money(one.total)} 元" for one in shares))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """A line for each item."""
        return QSize(480, max(1, len(self.shares)) * (BAR + GAP) + GAP)

    @override
    def minimumSizeHint(self) -> QSize:
        """All lines are to be seen."""
        return QSize(320, self.sizeHint().height())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names, bars, amounts."""
        painter = QPainter(self)
        painter.setFont(theme.font())
        metrics = QFontMetrics(painter.font())
        names = max((metrics.horizontalAdvance(one.name) for one in self.shares), default=0)
        names = min(names + 4, self.width() // 3)
        amounts = max((metrics.horizontalAdvance(_amount(one)) for one in self.shares), default=0) + 6
        most = max((one.total for one in self.shares), default=Decimal(1))
        for place, one in enumerate(self.shares):
            top = GAP + place * (BAR + GAP)
            room = QRectF(names + 12, top, max(20, self.width() - names - amounts - 28), BAR)
            self._write(painter, QRect(0, top, names, BAR), one.name, Qt.AlignmentFlag.AlignRight)
            self._bar(painter, room, one, most)
            right = QRect(self.width() - amounts, top, amounts, BAR)
            self._write(painter, right, _amount(one), Qt.AlignmentFlag.AlignRight)
        painter.end()

    @staticmethod
    def _write(painter: QPainter, rect: QRect, text: str, side: Qt.AlignmentFlag) -> None:
        painter.setPen(theme.colour("text"))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)

    @staticmethod
    def _bar(painter: QPainter, room: QRectF, one: ItemShare, most: Decimal) -> None:
        left = room.left()
        for amount, ink in ((one.large, "accent"), (one.small, "accent_mid")):
            width = room.width() * float(amount / most)
            painter.fillRect(QRectF(left, room.top(), width, room.height()), theme.colour(ink))
            left += width


def _amount(one: ItemShare) -> str:
    return f"{format_money(one.total)} 元 · {one.households} 户"


class ChartDialog(QDialog):
    """Large against small, and by item."""

    def __init__(self, totals: AwardTotals, shares: Sequence[ItemShare], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("奖补构成")
        self.resize(720, 380)
        sizes = BarMeter(24)
        sizes.set_parts(totals.award, (
            Part(totals.award_large, "accent", f"大户 {format_money(totals.award_large)}"),
            Part(totals.award_small, "accent_mid", f"小农户 {format_money(totals.award_small)}"),
        ))
        self.chart = ShareChart()
        self.chart.show_shares(shares)
        vbox(
            label(f"实奖补合计 {format_money(totals.award)} 元，{totals.awarded} 户", "title"), sizes,
            label(f"大户 {totals.large} 户，小农户 {totals.small} 户；深色为大户，浅色为小农户", "note"),
            label("按项目", "title"), (self.chart, 1),
            label("一户有几项的，实奖补按各项金额的比例分到各项。", "note"),
            hbox(STRETCH, button("关闭", self.accept)), on=self, margins=(20, 16, 20, 14), spacing=10,
        )  # fmt: skip
