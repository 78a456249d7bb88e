"""A new household, item or person, its fields in groups as the paper register has them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import registers
from fupin_desktop.services.registers import HOUSEHOLDS, ColumnInfo, Outcome, Register
from fupin_desktop.services.registers.suggestions import suggest
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.labels import button, label, restyle, rule, say
from fupin_desktop.ui.widgets.scroll import ScrollColumn

_GROUPS_SEEN = 3


class RecordDialog(QDialog):
    """Fields of a new record; what is wrong is said below its field, and nothing is closed before all is right.

    Attributes:
        register: Where the record goes.
        fields: The entry of each column key.
        added: Key of the new record; empty before it is added.
    """

    def __init__(self, shell: Shell, register: Register, household: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell, self.register, self._household = shell, register, household
        self.added = ""
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self._notes: dict[str, QLabel] = {}
        self._infos = {info.key: info for info in registers.columns(register)}
        self.setWindowTitle(f"新增{register.title}")
        self.resize(720, 620 if len(register.layout.groups) > _GROUPS_SEEN else 480)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 12, 14)
        column = ScrollColumn(spacing=10)
        for group in register.layout.groups:
            column.column.addWidget(label(group.title, "title"))
            column.column.addLayout(self._grid([self._infos[key] for key in group.columns if key in self._infos]))
            column.column.addWidget(rule())
        column.column.addStretch(1)
        layout.addWidget(column, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("取消", self.reject))
        self.save_button = button("保存", self.save, "primary")
        self.save_button.setDefault(True)
        row.addWidget(self.save_button)
        layout.addLayout(row)

    def _grid(self, infos: Sequence[ColumnInfo]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        for place, info in enumerate(infos):
            line, side = divmod(place, 2)
            star = " *" if info.required else ""
            note = label("", "note", tone="must", wrap=True)
            note.hide()
            self._notes[info.key] = note
            self.fields[info.key] = made = self._field(info)
            grid.addWidget(label(f"{info.heading}{star}", "note"), line * 3, side)
            grid.addWidget(made, line * 3 + 1, side)
            grid.addWidget(note, line * 3 + 2, side)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        return grid

    def _field(self, info: ColumnInfo) -> QLineEdit | QComboBox:
        known = self._shell.read(lambda: suggest(self._shell.bench, self.register, info, "", 300)) or []
        fonts.ensure("".join(known))
        made: QLineEdit | QComboBox
        if info.closed:
            made = QComboBox()
            made.addItem("", "")
            for text in known:
                made.addItem(text, text)
        else:
            made = QLineEdit()
            made.textChanged.connect(fonts.ensure)
            if known:
                completer = QCompleter(known, made)
                completer.setFilterMode(Qt.MatchFlag.MatchContains)
                made.setCompleter(completer)
        made.setAccessibleName(info.heading)
        made.setToolTip(info.help)
        return made

    # ---- values ----
    def put(self, key: str, text: str) -> None:
        """Fill in a field."""
        field = self.fields[key]
        if isinstance(field, QComboBox):
            field.setCurrentIndex(max(0, field.findData(text)))
        else:
            field.setText(text)

    def values(self) -> dict[str, str]:
        """The texts given, by column key."""
        texts = {
            key: field.currentText() if isinstance(field, QComboBox) else field.text()
            for key, field in self.fields.items()
        }
        return {key: text for key, text in texts.items() if text.strip()}

    def save(self) -> None:
        """Register the record, or say what is wrong."""
        bench, register, values = self._shell.bench, self.register, self.values()
        self._shell.do(lambda: registers.add(bench, register, values, self._household), self._saved)

    def _saved(self, outcome: Outcome) -> None:
        self._mark(outcome.problems)
        if outcome.change is None:
            return
        records = [key for key in outcome.change.keys if self._is_record(key)]
        self.added = records[0] if records else ""
        self.accept()

    def _is_record(self, key: str) -> bool:
        return bool(registers.rows(self._shell.bench, self.register, self._shell.bench.year, [key]))

    def _mark(self, problems: Sequence[Problem]) -> None:
        found = {problem.field: problem.sentence for problem in problems}
        for key, field in self.fields.items():
            sentence = found.get(key, "")
            note = self._notes[key]
            say(note, sentence)
            note.setVisible(bool(sentence))
            field.setProperty("wrong", "true" if sentence else "false")
            restyle(field)
        wrong = next((self.fields[key] for key in self.fields if key in found), None)
        if wrong is not None:
            wrong.setFocus()


class HouseholdDialog(RecordDialog):
    """A new household, in the village looked at."""

    def __init__(self, shell: Shell, village: str = "", parent: QWidget | None = None) -> None:
        super().__init__(shell, HOUSEHOLDS, parent=parent)
        self.put("village", village)
        self.fields["head_name"].setFocus()
