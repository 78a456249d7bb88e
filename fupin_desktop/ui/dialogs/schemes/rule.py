"""How the amount of an item, or of a variant, is found: a kind, and the fields of that kind."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from fupin_desktop.policy.rules import AmountRule, all_kinds, find
from fupin_desktop.policy.rules.controls import (
    ChoiceControl,
    Control,
    FlagControl,
    NumberControl,
    RowsControl,
)
from fupin_desktop.ui.dialogs.schemes.fields import ChoiceField, Field, FlagField, form, number
from fupin_desktop.ui.dialogs.schemes.grid import Grid
from fupin_desktop.ui.models.scheme_draft import Path, SchemeDraft
from fupin_desktop.ui.models.scheme_rows import GridColumn
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import label

_CHOICE_WIDTH = 170


class RuleEditor(QWidget):
    """The rule at a path: an item, or one of its variants."""

    def __init__(self, draft: SchemeDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.path: Path = ()
        self.kind, self.pages, self.help = QComboBox(), QStackedWidget(), label("", "note", wrap=True)
        self.kind.setAccessibleName("计算方式")
        self._fields: list[tuple[Field | Grid, str]] = []
        self._kinds = all_kinds()
        self._made: dict[int, QWidget] = {}
        self._fault = ""
        for kind in self._kinds:
            self.kind.addItem(kind.label, kind.value)
        self.kind.activated.connect(self._picked)
        row = hbox(label("计算方式", "muted"), self.kind, (self.help, 1))
        vbox(row, (self.pages, 1), on=self, margins=0)
        draft.changed.connect(self.fill)
        draft.restructured.connect(self.fill)

    def bind(self, path: Path) -> None:
        """Show the rule at a path; an empty path shows none."""
        self.path = path
        self.setEnabled(bool(path))
        for field, key in self._fields:
            field.bind((*path, key) if path else ())
        self.fill()

    def fill(self) -> None:
        """Show the fields of the kind chosen."""
        kind = find(self._draft.get((*self.path, "kind"))) if self.path else None
        place = self._kinds.index(kind) if kind in self._kinds else 0
        with quiet(self.kind):
            self.kind.setCurrentIndex(place)
        if self.path:
            self.pages.setCurrentWidget(self._made.get(place) or self._make(place))
        self.help.setText(self._kinds[place].help)

    def show_fault(self, key: str) -> None:
        """Mark the field or cell whose key the check named."""
        self._fault = key
        for field, _key in self._fields:
            field.show_fault(key)

    def _picked(self, place: int) -> None:
        if self.path:
            self._draft.set_kind(self.path, self._kinds[place])

    # ---- the pages, each made when its kind is first looked at ----
    def _make(self, place: int) -> QWidget:
        before = len(self._fields)
        self._made[place] = page = QWidget(self.pages)
        self.pages.addWidget(page)
        self._fill_page(page, self._kinds[place])
        for field, key in self._fields[before:]:
            field.bind((*self.path, key))
            field.show_fault(self._fault)
        return page

    def _fill_page(self, page: QWidget, kind: type[AmountRule]) -> None:
        """The fields of a kind: its rows on the left, the others beside them or alone."""
        row = hbox(on=page, margins=(0, 4, 0, 0), spacing=18)
        beside: list[tuple[str, QWidget]] = []
        flags: list[QWidget] = []
        for control in kind.controls:
            made = self._field(control)
            if isinstance(made, Grid):
                row.addWidget(made, 3)
            elif isinstance(made, FlagField):
                flags.append(made)
            else:
                beside.append((control.label, made))
        side = vbox(form(beside), *flags, STRETCH)
        row.addLayout(side, 2)

    def _field(self, control: Control) -> Field | Grid:
        made = _field_of(self._draft, control)
        self._fields.append((made, control.key))
        return made


def _field_of(draft: SchemeDraft, control: Control) -> Field | Grid:
    """The widget of a field of a kind of rule."""
    match control:
        case NumberControl():
            return number(draft, hint=control.hint)
        case FlagControl():
            return FlagField(draft, control.label)
        case ChoiceControl():
            choice = ChoiceField(draft, (), tuple(control.words), control.default)
            choice.setMaximumWidth(_CHOICE_WIDTH)
            return choice
        case RowsControl():
            columns = [GridColumn(one.key, one.label, one.kind, one.width, help=one.help) for one in control.columns]
            return Grid(draft, columns, dict(control.fresh), title=control.label, add="加一档", rows=3)
