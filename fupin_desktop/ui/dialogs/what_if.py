"""试算对比: turn the money and the rates, and see at once what would change, before anything is kept."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QLabel,
    QTableView,
    QWidget,
)

from fupin_desktop.domain.money import format_money
from fupin_desktop.errors import Situation
from fupin_desktop.override import override
from fupin_desktop.policy.results import AwardResult, AwardTotals
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.services import awards
from fupin_desktop.services.awards import Comparison, Desk
from fupin_desktop.ui.models.award_differences import DifferenceModel
from fupin_desktop.ui.models.award_knobs import Knob, knobs
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.cell_keys import CellKeys
from fupin_desktop.ui.widgets.column_heads import align_heads
from fupin_desktop.ui.widgets.decimal_spin import Turner
from fupin_desktop.ui.widgets.labels import button, label, rule, say
from fupin_desktop.ui.widgets.plain_table import set_widths
from fupin_desktop.ui.widgets.scroll import ScrollColumn
from fupin_desktop.ui.widgets.selection_sums import sums_label

_PAUSE_MS, _PAUSE_LARGE_MS, _LARGE = 120, 400, 300
_WIDTHS = (90, 80, 100, 100, 100)


class WhatIfDialog(QDialog):
    """Left the numbers to turn, right both calculations side by side.

    Attributes:
        scheme: The scheme as turned; to be kept when the dialog is accepted.
        comparison: What it would change.
    """

    def __init__(self, shell: Shell, desk: Desk, *, frozen: bool = False) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("试算对比")
        self.resize(1120, 640)
        self._shell, self._desk, self._base = shell, desk, desk.scheme
        self.scheme: AwardScheme = desk.scheme
        self.comparison: Comparison | None = None
        self.turners: list[tuple[Knob, Turner]] = [
            (knob, Turner(knob.value, share=knob.share)) for knob in knobs(desk.scheme)
        ]
        self._frozen = frozen
        self._sums = QGridLayout()
        self.model, self.table = DifferenceModel(self), QTableView()
        self.table.setAccessibleName("改动前后各户的金额")
        self.trouble = label("", tone="must", wrap=True)
        self._large = len(desk.result.awards) >= _LARGE
        self._turn = 0
        self._build()
        pause = _PAUSE_LARGE_MS if self._large else _PAUSE_MS
        self._timer = QTimer(self, singleShot=True, interval=pause)
        self._timer.timeout.connect(self.calculate)
        for _knob, turner in self.turners:
            turner.value_changed.connect(self._timer.start)
        self.calculate()

    # ---- building ----
    def _build(self) -> None:
        middle = hbox(self._left(), (self._right(), 1), spacing=16)
        self.keep = button("采用这个方案", self.accept, "primary")
        row = hbox(button("全部还原", self.reset), (self.trouble, 1), button("放弃", self.reject), self.keep)
        column = vbox(on=self, margins=(18, 14, 18, 12), spacing=10)
        told = "拖动或填写左边的数字，右边马上看到每户的增减；不采用就什么也不改。"
        if self._frozen:
            told += "这份方案已公示或备案，只能试算，不能采用。"
        column.addWidget(label(told, "note", wrap=True))
        column.addLayout(middle, 1)
        column.addLayout(row)

    def _left(self) -> QWidget:
        side = ScrollColumn()
        side.setFixedWidth(430)
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for line, (knob, turner) in enumerate(self.turners):
            grid.addWidget(label(knob.label, wrap=True), line, 0)
            grid.addWidget(turner, line, 1)
            turner.spin.setAccessibleName(knob.label)
        side.column.addLayout(grid)
        side.column.addStretch(1)
        return side

    def _right(self) -> QWidget:
        side = QWidget()
        self._sums.setHorizontalSpacing(18)
        self._sums.setVerticalSpacing(4)
        self._sums.setColumnStretch(0, 1)
        self.changes, everyone = label("", "title"), QCheckBox("显示全部农户")
        everyone.toggled.connect(self.model.show_all)
        row = hbox(self.changes, (sums_label(self.table), 1), everyone)
        self.table.setModel(self.model)
        self.table.setProperty("boxed", "true")
        align_heads(self.table)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.verticalHeader().hide()
        CellKeys(self.table)
        set_widths(self.table, _WIDTHS)
        vbox(self._sums, rule(), row, (self.table, 1), on=side, margins=0)
        return side

    # ---- turning ----
    def reset(self) -> None:
        """全部还原."""
        for _knob, turner in self.turners:
            turner.reset()

    def turned(self) -> AwardScheme:
        """The scheme with the numbers as they stand."""
        scheme = self._base
        for knob, turner in self.turners:
            if turner.value != knob.value:
                scheme = knob.put(scheme, turner.value)
        return scheme

    def calculate(self) -> None:
        """Calculate the turned scheme and show what changes; many households beside the clerk's work."""
        self._timer.stop()
        self._turn += 1
        turn, scheme = self._turn, self.turned()
        self.scheme = scheme
        self.keep.setEnabled(False)
        if not self._large:
            try:
                self._calculated(turn, self._desk.attempt(scheme))
            except Situation as fault:
                self._failed(turn, fault)
            return
        say(self.changes, "正在试算…")
        self._shell.read_aside(
            lambda: self._desk.attempt(scheme), lambda tried: self._calculated(turn, tried),
            lambda fault: self._failed(turn, fault),
        )

    @override
    def done(self, result: int) -> None:
        """What is still being calculated is no longer shown."""
        self._turn += 1
        super().done(result)

    def _failed(self, turn: int, fault: BaseException) -> None:
        if turn != self._turn:
            return
        if not isinstance(fault, Situation):
            self._shell.tasks.tell(fault)
            return
        say(self.changes, "")
        say(self.trouble, fault.happened)

    def _calculated(self, turn: int, tried: AwardResult) -> None:
        """Show a calculation, unless the numbers were turned on since."""
        if turn != self._turn:
            return
        say(self.trouble, "")
        self.comparison = awards.compare(self._desk.result, tried)
        self.keep.setEnabled(not self._frozen and self.scheme != self._base)
        self.model.show_comparison(self.comparison)
        same = len(tried.awards) - self.comparison.more - self.comparison.less
        say(self.changes, f"增加 {self.comparison.more} 户，减少 {self.comparison.less} 户，不变 {same} 户")
        self._show_sums(self._desk.result, tried)

    def _show_sums(self, before: AwardResult, after: AwardResult) -> None:
        clear(self._sums)
        for place, text in enumerate(("", "现在", "试算", "增减")):
            self._put(0, place, label(text, "note"))
        for line, (caption, old, new, money) in enumerate(_lines(before.totals, after.totals), 1):
            self._put(line, 0, label(caption))
            self._put(line, 1, label(_shown(old, money)))
            self._put(line, 2, label(_shown(new, money), "strong"))
            self._put(line, 3, label(_signed(old, new, money), tone=_tone(old, new)))

    def _put(self, line: int, place: int, what: QLabel) -> None:
        side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
        self._sums.addWidget(what, line, place, side)


Line = tuple[str, Decimal | None, Decimal | None, bool]


def _lines(old: AwardTotals, new: AwardTotals) -> list[Line]:
    """Caption, both numbers, whether they are yuan."""
    count = Decimal
    return [
        ("可用资金(元)", old.pool, new.pool, True),
        ("实奖补合计(元)", old.award, new.award, True),
        ("其中 大户(元)", old.award_large, new.award_large, True),
        ("其中 小农户(元)", old.award_small, new.award_small, True),
        ("结余(元)", old.left, new.left, True),
        ("有奖补(户)", count(old.awarded), count(new.awarded), False),
    ]


def _shown(value: Decimal | None, money: bool) -> str:
    if value is None:
        return "不限"
    return format_money(value) if money else f"{value:,}"


def _signed(old: Decimal | None, new: Decimal | None, money: bool) -> str:
    if old is None or new is None or old == new:
        return "—"
    return f"{new - old:+,.2f}" if money else f"{new - old:+,}"


def _tone(old: Decimal | None, new: Decimal | None) -> str:
    if old is None or new is None or old == new:
        return ""
    return "good" if new > old else "must"
