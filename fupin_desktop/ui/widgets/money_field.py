"""A line for an amount of money, with the amount in capital characters below it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from fupin_desktop.domain.capital import to_capital
from fupin_desktop.domain.money import format_money, parse_money
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.labels import label, restyle, say

ZERO = Decimal(0)


class MoneyField(QWidget):
    """An amount in yuan; while it is typed its capital characters (大写), or what is wrong with it, stand below.

    Signals:
        edited: Another text stands there.

    Attributes:
        line: Where it is typed.
        told: The line below.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.told = QLineEdit(), label("", "note", wrap=True)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.setPlaceholderText("0.00")
        self.line.setAccessibleName("金额(元)")
        self.setFocusProxy(self.line)
        vbox(self.line, self.told, on=self, margins=0, spacing=2)
        self.line.textChanged.connect(lambda _text: self._typed())
        self.line.editingFinished.connect(self._left)
        self._typed()

    @property
    def value(self) -> Decimal | None:
        """The amount; None where nothing, or no amount, stands there."""
        try:
            return parse_money(self.line.text()) if self.line.text().strip() else None
        except ValueError:
            return None

    @property
    def fault(self) -> str:
        """What is wrong with the text; empty where nothing is, or nothing stands there."""
        try:
            if self.line.text().strip():
                parse_money(self.line.text())
        except ValueError as fault:
            return f"{fault}"
        return ""

    def put(self, amount: Decimal | None) -> None:
        """Show an amount."""
        self.line.setText("" if amount is None else format_money(amount))

    def _typed(self) -> None:
        value, fault = self.value, self.fault
        say(self.told, fault or (f"人民币{to_capital(value)}" if value is not None else "大写金额随填写显示"))
        tone = "must" if fault else ""
        if (self.told.property("tone") or "") != tone:
            for piece, name, state in ((self.told, "tone", tone), (self.line, "wrong", "true" if fault else "")):
                piece.setProperty(name, state)
                restyle(piece)
        self.edited.emit()

    def _left(self) -> None:
        """Write the amount out."""
        if self.value is not None:
            self.put(self.value)
