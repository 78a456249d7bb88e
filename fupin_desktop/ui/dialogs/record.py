"""A new record of any register: its fields in groups, as its description has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import registers, villages
from fupin_desktop.services.registers import ColumnInfo, Outcome, Register
from fupin_desktop.services.registers.columns import of_parents
from fupin_desktop.ui.record_field import record_field, text_of
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tab_order import BEHIND
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, link, restyle, rule, say
from fupin_desktop.ui.widgets.scroll import ScrollColumn
from fupin_desktop.ui.widgets.tips import as_tip

_FEW_FIELDS = 16
_YEAR, _VILLAGE = "year", "village"
_LEFT_EMPTY = "不填时"
"""How the help of a field begins that is filled by the program where it is left empty."""
_ONLY_ONE = 2
"""Entries of a choice of one thing: nothing, and that."""


class RecordDialog(QDialog):
    """Fields of a new record; what is wrong is said below its field, and nothing is closed before all is right.

    Args:
        register: Where the record goes.
        belongs_to: Key of what it belongs to, where no field says so.
        owner: What it belongs to in words, told above the fields.

    Attributes:
        register: Where the record goes.
        fields: The entry of each column key.
        added: Key of the new record; empty before it is added.
    """

    def __init__(
        self, shell: Shell, register: Register, belongs_to: str = "", parent: QWidget | None = None, *,
        owner: str = "",
    ) -> None:
        super().__init__(parent)
        self._shell, self.register, self._belongs_to = shell, register, belongs_to
        self.added = ""
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self._notes: dict[str, QLabel] = {}
        self.setWindowTitle(f"新增{register.title}")
        self._area = column = ScrollColumn(spacing=10)
        for title, infos in _groups(register, known=bool(belongs_to)):
            column.column.addWidget(label(title, "title"))
            column.column.addLayout(self._grid(infos))
            column.column.addWidget(rule())
        column.column.addStretch(1)
        self.save_button = button("保存", self.save, "primary")
        self.save_button.setDefault(True)
        row = hbox(STRETCH, button("取消", self.reject), self.save_button)
        told = label(owner, "muted", wrap=True) if owner else None
        vbox(told, (column, 1), row, on=self, margins=(20, 16, 12, 14))
        self._fit()
        self._begin()
        next(iter(self.fields.values())).setFocus()

    def _fit(self) -> None:
        """As large as its fields need, within the screen; what is long scrolls."""
        room = self.screen().availableGeometry()
        high = 480 if len(self.fields) <= _FEW_FIELDS else 620
        self.resize(min(720, room.width() - 40), min(high, room.height() - 60))

    def _begin(self) -> None:
        """Fill in what is nearly always so: the year at work, and the village where there is only one."""
        if _YEAR in self.fields:
            self.put(_YEAR, f"{self._shell.bench.year}")
        village = self.fields.get(_VILLAGE)
        if isinstance(village, QComboBox) and village.count() == _ONLY_ONE:
            village.setCurrentIndex(_ONLY_ONE - 1)

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
            grid.addLayout(self._heading(info, f"{info.heading}{star}"), line * 3, side)
            grid.addWidget(made, line * 3 + 1, side)
            grid.addWidget(note, line * 3 + 2, side)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        return grid

    def _heading(self, info: ColumnInfo, text: str) -> QHBoxLayout:
        """What a field is called; villages can be registered on the way."""
        row = hbox(label(text, "note"), STRETCH, margins=(0, 6, 0, 0))  # nearer to its own field than to the one above
        if info.key == _VILLAGE:
            self.new_village = link("新增村…", self.register_village, tip="村还没有登记的，先在这里登记")
            self.new_village.setProperty(BEHIND, self.fields[_VILLAGE])
            row.addWidget(self.new_village)
        return row

    def register_village(self) -> None:
        """Register a village; the record is of it."""
        from fupin_desktop.ui.dialogs.village import VillageDialog

        dialog = VillageDialog(self._shell)
        if self._shell.ask.run(dialog):
            name, field = villages.form(self._shell.bench, dialog.key).name, self.fields[_VILLAGE]
            if isinstance(field, QComboBox) and field.findData(name) < 0:
                field.addItem(name, name)
            self.put(_VILLAGE, name)
            field.setFocus()

    def _field(self, info: ColumnInfo) -> QLineEdit | QComboBox:
        made = record_field(self._shell, self.register, info, self)
        made.setAccessibleName(info.heading)
        made.setToolTip(as_tip(info.help))
        if isinstance(made, QLineEdit) and info.help.startswith(_LEFT_EMPTY):
            made.setPlaceholderText(info.help.rstrip("。"))
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
        texts = {key: text_of(field) for key, field in self.fields.items()}
        return {key: text for key, text in texts.items() if text.strip()}

    def save(self) -> None:
        """Register the record, or say what is wrong."""
        bench, register, values = self._shell.bench, self.register, self.values()
        self._shell.do(lambda: registers.add(bench, register, values, self._belongs_to), self._saved)

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
        found: dict[str, list[str]] = {}
        for problem in problems:
            found.setdefault(problem.field, []).append(problem.sentence)
        for key, field in self.fields.items():
            sentence = "\n".join(dict.fromkeys(found.get(key, ())))
            note = self._notes[key]
            say(note, sentence)
            note.setVisible(bool(sentence))
            field.setProperty("wrong", "true" if sentence else "false")
            restyle(field)
        wrong = next((key for key in self.fields if key in found), "")
        if wrong:
            self.fields[wrong].setFocus()
            QTimer.singleShot(0, self, partial(self._bring_into_sight, wrong))  # once the sentences have room

    def _bring_into_sight(self, key: str) -> None:
        """Show a field with all that is said below it."""
        for widget in (self._notes[key], self.fields[key]):
            self._area.ensureWidgetVisible(widget)


def _groups(register: Register, *, known: bool) -> Iterator[tuple[str, list[ColumnInfo]]]:
    """Titles and fields: the groups of the description, then what stands in none of them, what is required first.

    Files are added to a record that is there; what it belongs to is no field where that is ``known``.
    """
    above = of_parents(register) if known else frozenset()
    infos = {
        info.key: info
        for info in registers.columns(register)
        if info.editable and info.kind != "files" and info.key not in above
    }
    for group in register.layout.groups:
        found = [infos.pop(key) for key in group.columns if key in infos]
        if found:
            yield group.title, found
    if infos:
        yield "其他" if register.layout.groups else "资料", sorted(infos.values(), key=lambda info: not info.required)
