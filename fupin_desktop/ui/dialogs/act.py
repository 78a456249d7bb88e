"""办理: an act of a register with what it asks."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit

from fupin_desktop.services.registers.act import Act, Asked
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.labels import button, label, say


class ActDialog(QDialog):
    """Asks, does it, and stays where it is refused.

    Args:
        act: What is done.
        key: The chosen record; empty for none.

    Attributes:
        fields: The entry of each answer.
    """

    def __init__(self, shell: Shell, act: Act, key: str) -> None:
        super().__init__(shell.window)
        self._shell, self._act, self._key = shell, act, key
        self.setWindowTitle(act.title.rstrip("…"))
        self.setMinimumWidth(440)
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        for one in act.asks:
            self.fields[one.key] = made = self._field(one)
            made.setAccessibleName(one.label)
            form.addRow(f"{one.label} *" if one.needed else one.label, made)
        self.go_button = button("办理", self.go, "primary")
        self.go_button.setDefault(True)
        row = hbox(STRETCH, button("取消", self.reject), self.go_button)
        self.told = label("", tone="must", wrap=True)
        self.told.hide()
        vbox(label(act.told, "note", wrap=True), form, self.told, row, on=self, margins=(20, 16, 20, 14), spacing=12)

    def _field(self, one: Asked) -> QLineEdit | QComboBox:
        bench = self._shell.bench
        offered = self._shell.read(lambda: one.default(bench, self._key)) or ""
        if one.kind == "choice":
            combo = QComboBox()
            combo.addItems(list(one.choices))
            combo.setCurrentText(offered)
            return combo
        line = DayField(bench.year) if one.kind == "date" else QLineEdit()
        line.textChanged.connect(fonts.ensure)
        line.setText(offered)
        return line

    def answers(self) -> dict[str, str]:
        """What is answered."""
        return {
            key: field.currentText() if isinstance(field, QComboBox) else field.text().strip()
            for key, field in self.fields.items()
        }

    def go(self) -> None:
        """Do it; what is missing gets the keyboard, a situation tells what stands against it."""
        answers = self.answers()
        missing = next((one for one in self._act.asks if one.needed and not answers[one.key]), None)
        self.told.setVisible(missing is not None)
        if missing is not None:
            say(self.told, f"请填写{missing.label}。")
            self.fields[missing.key].setFocus()
            return
        bench = self._shell.bench
        self._shell.do(lambda: self._act.run(bench, self._key, answers), lambda _change: self.accept())
