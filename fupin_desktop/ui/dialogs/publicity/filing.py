"""报送备案: number, unit, day and papers with their counts; 备案接收, 备案退回: who, when, what is said."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from fupin_desktop.services.notices import filings
from fupin_desktop.services.notices.filings import NEEDED, FilingForm
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.day_field import DayField, first_wrong
from fupin_desktop.ui.widgets.labels import button, label

_MOST = 99


class FilingDialog(QDialog):
    """What is handed in with the town office.

    Args:
        subject: What is filed.
        start: What it begins with.
    """

    def __init__(self, shell: Shell, subject: Subject, start: FilingForm) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("报送备案")
        self.setMinimumWidth(560)
        self._shell, self._subject = shell, subject
        self.number, self.unit, self.note = QLineEdit(start.number), QLineEdit(start.unit), QLineEdit(start.note)
        self.day = DayField(shell.today.year)
        self.day.put(start.filed_on)
        self.copies: dict[str, QSpinBox] = {}
        form, grid = QFormLayout(), QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        for place, (kind, count) in enumerate(start.materials.items()):
            box = self.copies[kind.value] = QSpinBox()
            box.setAccessibleName(f"{kind.label}份数")
            box.setRange(0, _MOST)
            box.setValue(count)
            box.setSuffix(" 份")
            must = " *" if kind in NEEDED else ""
            grid.addWidget(label(f"{kind.label}{must}"), place // 2, place % 2 * 2)
            grid.addWidget(box, place // 2, place % 2 * 2 + 1)
        self._kinds = tuple(start.materials)
        materials = QWidget()
        materials.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        for caption, field in (("备案号", self.number), ("报送单位", self.unit), ("报送日期", self.day),
                               ("材料", materials), ("备注", self.note)):  # fmt: skip
            form.addRow(caption, field)
        self.save = button("报送", self.keep, "primary")
        row = hbox(STRETCH, button("取消", self.reject), self.save)
        column = vbox(form, on=self, margins=(20, 16, 20, 14), spacing=10)
        clause = shell.clause_words(gates.CLAUSE)
        column.addWidget(label(f"带 * 的材料不能少({clause}：商议决定、形成文件、公示、备案)。", "note", wrap=True))
        column.addLayout(row)

    @property
    def form(self) -> FilingForm:
        """What stands there."""
        materials = {kind: self.copies[kind.value].value() for kind in self._kinds}
        return FilingForm(self.number.text(), self.unit.text(), self.day.day, materials, self.note.text())

    def keep(self) -> None:
        """报送; what is no day is told, and the dialog stays."""
        if fault := first_wrong(self.day):
            self._shell.ask.message(self, self.windowTitle(), f"没有报送：{fault}")
            return
        bench, form = self._shell.bench, self.form
        self._shell.do(lambda: filings.hand_in(bench, self._subject, form), lambda _change: self.accept())


class ReceiptDialog(QDialog):
    """The town office takes the papers, or returns them.

    Args:
        key: The filing.
        back: Whether they are returned.
    """

    def __init__(self, shell: Shell, key: str, *, back: bool = False) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("备案退回" if back else "备案接收")
        self.setMinimumWidth(480)
        self._shell, self._key, self._back = shell, key, back
        self.receiver, self.day, self.opinion = QLineEdit(), DayField(shell.today.year), QPlainTextEdit()
        self.receiver.setText(shell.bench.clerk)
        self.day.put(shell.today)
        self.opinion.setTabChangesFocus(True)
        self.opinion.setFixedHeight(84)
        self.opinion.setPlaceholderText("要补正什么" if back else "空：同意备案。")
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow("经办人" if back else "接收人", self.receiver)
        form.addRow("日期", self.day)
        form.addRow("退回原因" if back else "备案意见", self.opinion)
        self.save = button("退回" if back else "接收备案", self.keep, "primary")
        row = hbox(STRETCH, button("取消", self.reject), self.save)
        vbox(form, row, on=self, margins=(20, 16, 20, 14), spacing=10)

    def keep(self) -> None:
        """接收 or 退回."""
        bench, key, who, said = self._shell.bench, self._key, self.receiver.text(), self.opinion.toPlainText()
        day = self.day.day
        if day is None:
            self._shell.ask.message(self, self.windowTitle(), first_wrong(self.day) or "还没有填写日期。")
            return

        def work() -> Change:
            if self._back:
                return filings.give_back(bench, key, who, day, said)
            return filings.receive(bench, key, who, day, said)

        self._shell.do(work, lambda _change: self.accept())
