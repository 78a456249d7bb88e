"""村资料: what the forms take from a village."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit

from fupin_desktop.domain.reading.numbers import read_count
from fupin_desktop.services import villages
from fupin_desktop.services.villages import VillageForm
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, restyle, say

_TEXTS = {
    "name": "村(居)委会", "town": "所属镇(街)", "leader": "村(居)负责人", "leader_phone": "负责人电话",
    "phone": "村委会电话", "assisting_unit": "对口帮扶单位", "team_leader": "驻村工作队负责人",
    "team_phone": "工作队电话", "main_product": "主导产业", "code": "村代码",
}
_LAST = {"note": "备注"}
_COUNTS = {"total_households": "总户数", "total_persons": "总人口"}
_POOR = (("", None), ("是", True), ("否", False))


class VillageDialog(QDialog):
    """Edits one village, or registers a new one.

    Args:
        key: Key of the village; empty for a new one.

    Attributes:
        fields: The entry of each fact.
        key: Key of the village; that of a new one once it is registered.
    """

    def __init__(self, shell: Shell, key: str = "") -> None:
        super().__init__(shell.window)
        self.setWindowTitle("村资料" if key else "新增村")
        self.setMinimumWidth(480)
        self._shell, self.key = shell, key
        self._form = shell.read(lambda: _begun(shell.bench, key)) or VillageForm("")
        self.fields: dict[str, QLineEdit] = {}
        self.poor = QComboBox()
        for text, value in _POOR:
            self.poor.addItem(text, value)
        self.poor.setCurrentIndex(next(place for place, one in enumerate(_POOR) if one[1] is self._form.poor_village))
        self.fault = label("", tone="must", wrap=True)
        self.fault.hide()
        self._build()

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(6)
        for name, caption in {**_TEXTS, **_COUNTS, **_LAST}.items():
            value = getattr(self._form, name)
            text = "" if value is None else str(value)
            fonts.ensure(text)
            made = self.fields[name] = QLineEdit(text)
            made.textChanged.connect(fonts.ensure)
            form.addRow(caption, made)
        form.insertRow(2, "省定贫困村", self.poor)
        self.fields["town"].setPlaceholderText("不填就是本单位的镇(街)")
        row = hbox(STRETCH, button("取消", self.reject))
        self.save_button = button("保存", self.save, "primary")
        self.save_button.setDefault(True)
        row.addWidget(self.save_button)
        vbox(
            label("填一次，各种表都取用。已提交和已批准的表不受影响。", "note", wrap=True), form, self.fault, row,
            on=self, margins=(20, 16, 20, 14), spacing=8,
        )  # fmt: skip

    def save(self) -> None:
        """Keep it; what is wrong is said, and the dialog stays."""
        try:
            facts: dict[str, Any] = {name: self._count(name) for name in _COUNTS}
        except ValueError as fault:
            say(self.fault, str(fault))
            self.fault.show()
            return
        facts |= {name: self.fields[name].text().strip() for name in (*_TEXTS, *_LAST)}
        form = replace(self._form, **facts, poor_village=self.poor.currentData())
        bench, key = self._shell.bench, self.key
        self._shell.do(lambda: villages.update(bench, key, form) if key else villages.add(bench, form), self._kept)

    def _kept(self, change: Change) -> None:
        bench = self._shell.bench
        self.key = self.key or next(one.key for one in villages.all(bench) if one.key in change.keys)
        self.accept()

    def _count(self, name: str) -> int | None:
        field = self.fields[name]
        found = read_count(field.text(), _COUNTS[name])
        field.setProperty("wrong", "true" if found.issue else "false")
        restyle(field)
        if found.issue:
            raise ValueError(f"“{_COUNTS[name]}”应填写整数。")
        count: int | None = found.value
        return count


def _begun(bench: Workbench, key: str) -> VillageForm:
    """A village as it is, or a new one, the last in the lists."""
    return villages.form(bench, key) if key else VillageForm("", position=len(villages.all(bench)))
