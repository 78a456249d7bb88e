"""What the dialogs of the fund ledger share: fields in rows, what will be left, and the service's sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLabel, QLineEdit, QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.services.funds import FundBalance
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.labels import button, label, restyle, say
from fupin_desktop.ui.widgets.money_field import ZERO, MoneyField
from fupin_desktop.ui.widgets.tips import as_tip


def yuan(amount: Decimal) -> str:
    """``12,000.00 元``."""
    return f"{format_money(amount)} 元"


class FundDialog(QDialog):
    """Fields, a line that says what will be left, buttons; where the service refuses, the dialog stays as it is.

    Args:
        title: What is done.
        word: Word of the button.

    Attributes:
        left: What will be left.
        told: What is still missing or wrong.
    """

    def __init__(self, shell: Shell, title: str, word: str = "保存") -> None:
        super().__init__(shell.window)
        self.setWindowTitle(title)
        self.setMinimumWidth(580)
        self._shell = shell
        self.form, self.left, self.told = QFormLayout(), label("", wrap=True), label("", tone="must", wrap=True)
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(8)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.save = button(word, self.finish, "primary")
        self.save.setDefault(True)
        row = hbox(STRETCH, button("取消", self.reject), self.save)
        column = vbox(self.form, on=self, margins=(20, 18, 20, 14), spacing=10)
        for piece in (self.left, self.told):
            column.addWidget(piece)
            piece.hide()
        column.addStretch(1)
        column.addLayout(row)

    # ---- fields ----
    def add_line(self, caption: str, hint: str = "") -> QLineEdit:
        """A line of text."""
        made = QLineEdit()
        made.setPlaceholderText(hint)
        made.textChanged.connect(fonts.ensure)
        self.add_field(caption, made)
        return made

    def add_day(self, caption: str, day: date | None, *, optional: bool = False) -> DayField:
        """A line for a date."""
        made = DayField(self._shell.bench.year, "可以不填" if optional else "如 2026-06-30")
        made.put(day)
        made.day_changed.connect(self.changed)
        self.add_field(caption, made)
        return made

    def add_money(self, caption: str) -> MoneyField:
        """A line for an amount."""
        made = MoneyField()
        made.edited.connect(self.changed)
        self.add_field(caption, made)
        return made

    def add_field(self, caption: str, field: QWidget) -> None:
        """Any field; what reads the screen aloud finds its caption."""
        field.setAccessibleName(caption)
        self.form.addRow(caption, field)

    # ---- what is said ----
    def changed(self) -> None:
        """Something was typed: say anew what will be left."""
        self._say(self.left, self.outlook())
        self._say(self.told, "")

    def outlook(self) -> str:
        """What will be left; empty while nothing can be said."""
        return ""

    def missing(self) -> str:
        """What has to be typed before it can be saved; empty where nothing has."""
        return ""

    def warn(self, wrong: bool) -> None:
        """Colour what will be left."""
        tone = "must" if wrong else "good"
        if (self.left.property("tone") or "") != tone:
            self.left.setProperty("tone", tone)
            restyle(self.left)

    @staticmethod
    def _say(target: QLabel, text: str) -> None:
        say(target, text)
        target.setVisible(bool(text))

    # ---- saving ----
    def operation(self) -> Callable[[], Change]:
        """What writes it; it looks at no field any more, for it may have to wait behind other work."""
        raise AssertionError("every dialog writes something")

    def finish(self) -> None:
        """Write it, then close; where it is refused the sentence is told and nothing typed is lost."""
        missing = self.missing()
        self._say(self.told, missing)
        if not missing:
            self._shell.do(self.operation(), self.written)

    def written(self, _change: Change) -> None:
        """It is in the ledger."""
        self.accept()


def wanted(amount: MoneyField, day: DayField, what: str = "金额") -> str:
    """What is missing of an amount and its day."""
    if amount.fault or day.fault:
        return f"{amount.fault or day.fault}。"
    if not amount.value:
        return f"请填写{what}。"
    return "" if day.day else "请填写日期。"


class SourceBox(QComboBox):
    """The sources that money can still move in, each with one of its amounts."""

    def __init__(self, sources: Sequence[FundBalance], shown: str, word: str, key: str = "") -> None:
        super().__init__()
        self._sources = [one for one in sources if not one.voided]
        for one in self._sources:
            text = f"{one.shown}　{word} {format_money(amount_of(one, shown))}"
            fonts.ensure(text)
            self.addItem(text, one.key)
            under = " · ".join(part for part in (one.kind.label, one.document_no, one.original_plan) if part)
            self.setItemData(self.count() - 1, as_tip(under), Qt.ItemDataRole.ToolTipRole)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(30)
        self.setCurrentIndex(max(self.findData(key), 0))

    @property
    def source(self) -> FundBalance | None:
        """The one chosen."""
        place = self.currentIndex()
        return self._sources[place] if 0 <= place < len(self._sources) else None


def amount_of(one: FundBalance, name: str) -> Decimal:
    """One of the amounts of a source; ``outstanding`` is what is assigned and has not arrived."""
    return max(one.assigned - one.received, ZERO) if name == "outstanding" else getattr(one, name)
