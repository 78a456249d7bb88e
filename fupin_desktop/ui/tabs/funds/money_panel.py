"""The money of a document in a few lines beside the checks: 批准, 已拨付, 本次, 余额; each opens its rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.labels import label, link, rule


class MoneyLine(NamedTuple):
    """One line: what is asked for when it is clicked, its word, yuan, whether it is set off."""

    key: str
    word: str
    amount: Decimal
    strong: bool = False


class MoneyPanel(QWidget):
    """Lines of amounts.

    Signals:
        asked: Key of the line whose rows are wanted.
        ledger_asked: The ledger of these amounts.

    Attributes:
        amounts: The buttons by key.
    """

    asked = Signal(str)
    ledger_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.amounts: dict[str, QPushButton] = {}
        self.lines: tuple[MoneyLine, ...] = ()
        self.to_ledger = link("看台账", self.ledger_asked.emit, tip="到资金台账看这份计划的记录")
        head = hbox(label("资金(元)", "title"), STRETCH, self.to_ledger)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        vbox(head, self._grid, rule(), on=self, margins=0, spacing=5)
        self.hide()

    def show_lines(self, lines: Sequence[MoneyLine], *, ledger: bool) -> None:
        """Show amounts; none hides the panel.

        Args:
            lines: The amounts.
            ledger: Whether the ledger has something of them.
        """
        shown = tuple(lines)
        self.to_ledger.setVisible(ledger)
        self.setVisible(bool(shown))
        if shown == self.lines:
            return
        self.lines = shown
        clear(self._grid)
        self.amounts.clear()
        for row, line in enumerate(shown):
            made = link(format_money(line.amount), partial(self.asked.emit, line.key), tip="点开查看是哪些记录")
            made.setAccessibleName(f"{line.word} {format_money(line.amount)} 元")
            if line.amount < 0:
                made.setProperty("tone", "must")
            self.amounts[line.key] = made
            self._grid.addWidget(label(line.word, "strong" if line.strong else ""), row, 0)
            self._grid.addWidget(made, row, 1, Qt.AlignmentFlag.AlignRight)
