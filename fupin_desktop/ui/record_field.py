"""The entry of one field of a record: short lists to choose from, long ones to find, dates with their calendar."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from fupin_desktop.services.registers import ColumnInfo, Register
from fupin_desktop.services.registers.suggestions import suggest
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.suggest_field import SuggestField

_COMBO_AT_MOST = 12
_VILLAGE = "village"


def record_field(shell: Shell, register: Register, info: ColumnInfo, parent: QWidget) -> QLineEdit | QComboBox:
    """The entry of a column of a register, empty.

    Args:
        shell: The window.
        register: The register.
        info: The column.
        parent: A widget of the dialog, which must be its window already.
    """
    if info.kind == "date":
        return DayField(shell.bench.year)
    known = _known(shell, register, info)
    if info.closed and len(known) <= _COMBO_AT_MOST and (info.key == _VILLAGE or not info.refers):
        combo = QComboBox()
        combo.addItem("", "")
        for text in known:
            combo.addItem(text, text)
        return combo
    if known:
        return SuggestField(parent, lambda typed: _known(shell, register, info, typed), closed=info.closed)
    line = QLineEdit()
    line.textChanged.connect(fonts.ensure)
    return line


def text_of(field: QLineEdit | QComboBox) -> str:
    """What an entry holds, as typed."""
    return field.currentText() if isinstance(field, QComboBox) else field.text()


def _known(shell: Shell, register: Register, info: ColumnInfo, typed: str = "") -> list[str]:
    """What may stand in a field, or is often written there."""
    found = shell.read(lambda: suggest(shell.bench, register, info, typed, 300)) or []
    fonts.ensure("".join(found))
    return found
