"""The bar at the bottom of the awards tab: money used and left, what it goes to, and the way to the notice."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.policy.results import AwardTotals
from fupin_desktop.ui.models.award_shares import ItemShare
from fupin_desktop.ui.widgets.boxes import hbox
from fupin_desktop.ui.widgets.card import Card
from fupin_desktop.ui.widgets.labels import button, label, link, restyle, say
from fupin_desktop.ui.widgets.meter import BarMeter, Part
from fupin_desktop.ui.widgets.tips import as_tip

ZERO = Decimal(0)
_SHADES = ("accent_dark", "accent", "accent_mid", "info", "principle", "muted")


class PoolBar(Card):
    """可用, 测算, 结余 as a bar and as numbers.

    Signals:
        chart_asked: The large chart is wanted.
        notice_asked: 生成公示 was clicked.
    """

    chart_asked = Signal()
    notice_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=12, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.money, self.parts = BarMeter(18), BarMeter(16)
        self.pool, self.award, self.left = label(), label("", "strong"), label()
        self.notice = button("生成公示…", self.notice_asked.emit, "primary")
        self.chart = link("图表", self.chart_asked.emit, tip="按大户、小农户和项目看金额")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label("资金", "note"), 0, 0)
        grid.addWidget(self.money, 0, 1)
        grid.addWidget(label("构成", "note"), 1, 0)
        grid.addWidget(self.parts, 1, 1)
        row = hbox((grid, 1), spacing=18)
        for caption, number in (("可用", self.pool), ("测算", self.award), ("结余", self.left)):
            row.addLayout(_pair(caption, number))
        row.addWidget(self.chart)
        row.addWidget(self.notice)
        self.body.addLayout(row)

    def show_totals(self, totals: AwardTotals | None) -> None:
        """Show the numbers of a calculation."""
        self.notice.setEnabled(totals is not None)
        self.chart.setEnabled(totals is not None)
        if totals is None:
            self.money.set_parts(ZERO, ())
            self.parts.set_parts(ZERO, ())
            for one in (self.pool, self.award, self.left):
                say(one, "—")
            return
        parts = (Part(totals.award_large, "accent", "大户"), Part(totals.award_small, "accent_mid", "小农户"))
        self.money.set_parts(totals.pool or ZERO, parts)
        large, small = format_money(totals.award_large), format_money(totals.award_small)
        self.money.setToolTip(as_tip(f"大户 {large} 元，小农户 {small} 元"))
        say(self.award, format_money(totals.award))
        say(self.pool, "不限" if totals.pool is None else format_money(totals.pool))
        say(self.left, "—" if totals.left is None else format_money(totals.left))
        tone = "must" if totals.left is not None and totals.left < ZERO else ""
        if self.left.property("tone") != tone:
            self.left.setProperty("tone", tone)
            restyle(self.left)

    def show_shares(self, shares: Sequence[ItemShare]) -> None:
        """Show what the awards go to, item by item."""
        parts = [
            Part(share.total, _SHADES[place % len(_SHADES)], f"{share.name} {format_money(share.total)}")
            for place, share in enumerate(shares)
        ]
        self.parts.set_parts(ZERO, parts)
        self.parts.setToolTip(as_tip("\n".join(
            f"{share.name}：大户 {format_money(share.large)} 元，小农户 {format_money(share.small)} 元，"
            f"{share.households} 户"
            for share in shares
        )))


def _pair(caption: str, number: QLabel) -> QHBoxLayout:
    return hbox(label(caption, "muted"), number, spacing=5)
