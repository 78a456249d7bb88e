"""Entries for what is the same in all rows of a list that lacks a column for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from fupin_desktop.services.imports.given import fault, givable
from fupin_desktop.services.registers import Register, columns
from fupin_desktop.ui.importing.state import State
from fupin_desktop.ui.record_field import record_field, text_of
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.labels import label, restyle, say

_BESIDE = 2
"""Entries in one line."""


class GivenFields(QWidget):
    """An entry for each column that the list lacks and one value can fill; hidden where it lacks none.

    Args:
        state: What the wizard knows.
        told: Called after a value was given or taken back.

    Attributes:
        fields: The entries by key of the field, in order.
    """

    def __init__(self, state: State, told: Callable[[], object]) -> None:
        super().__init__()
        self._state, self._told = state, told
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        for place in range(_BESIDE):
            self._grid.setColumnStretch(place * 2 + 1, 1)
        self.wrong = label("", "note", tone="must", wrap=True)
        head = label("文件里没有、整张名单都一样的，在这里填一次：", "muted", wrap=True)
        vbox(head, self._grid, self.wrong, on=self, margins=0, spacing=6)

    def show_lacking(self) -> None:
        """Offer what the list lacks as it is mapped now; what was given stays."""
        register = self._state.importer.register
        wanted = givable(self._state.chosen_mapping) if register is not None else []
        if register is not None and wanted != [*self.fields]:
            self._make(register, wanted)
        self.setVisible(bool(wanted))
        self._mark()

    def _make(self, register: Register, wanted: list[str]) -> None:
        clear(self._grid)
        self.fields = {}
        mapping, given = self._state.chosen_mapping, self._state.answers.given
        infos = {info.key: info for info in columns(register)}
        needed = {key for group in mapping.kind.needs for key in group}
        for place, key in enumerate(wanted):
            field = mapping.kind.fields[key]
            made = record_field(self._state.shell, register, infos[field.name], self)
            made.setAccessibleName(f"整张名单的{field.field.label}")
            self._put(made, given.get(key, ""))
            changed = made.currentTextChanged if isinstance(made, QComboBox) else made.textChanged
            changed.connect(partial(self._take, key))
            line, side = divmod(place, _BESIDE)
            star = " *" if key in needed else "（可以以后补填）"
            self._grid.addWidget(label(f"{field.field.heading}{star}", "muted"), line, side * 2)
            self._grid.addWidget(made, line, side * 2 + 1)
            self.fields[key] = made

    @staticmethod
    def _put(field: QLineEdit | QComboBox, text: str) -> None:
        if isinstance(field, QComboBox):
            field.setCurrentIndex(max(0, field.findData(text)))
        else:
            field.setText(text)

    def _take(self, key: str, _text: str) -> None:
        self._state.answers = self._state.answers.with_given(key, text_of(self.fields[key]))
        self._mark()
        self._told()

    def _mark(self) -> None:
        """Say what cannot be read."""
        mapping, given, told = self._state.chosen_mapping, self._state.answers.given, []
        for key, field in self.fields.items():
            found = fault(mapping, key, given.get(key, "").strip(), self._state.read_preview.today)
            field.setProperty("wrong", "true" if found else "false")
            restyle(field)
            told += [f"{mapping.kind.fields[key].field.label}：{found}。"] if found else []
        say(self.wrong, "".join(told))
        self.wrong.setVisible(bool(told))

    def first_empty(self) -> QWidget | None:
        """The first entry without a value; None where all have one."""
        return next((field for field in self.fields.values() if not text_of(field).strip()), None)


