"""Fields of the scheme editor: each shows one key of the draft and writes what is typed there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from fupin_desktop.domain.reading.dates import read_date
from fupin_desktop.domain.reading.numbers import read_count
from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.override import override
from fupin_desktop.ui import fonts
from fupin_desktop.ui.models.scheme_draft import Path, SchemeDraft, dotted
from fupin_desktop.ui.models.scheme_rows import number_text, split_words
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.widgets.labels import label, restyle


class _Bound:
    """A field of one key of a draft, which may become another one.

    Attributes:
        path: The key; empty for none.
        fill: Shows what the draft has; with ``force`` also where something is being typed.
    """

    path: Path
    fill: Callable[..., None]

    def bind(self, path: Path) -> None:
        """Show another key."""
        self.path = path
        self.fill(force=True)

    def show_fault(self, key: str) -> None:
        """Mark the field whose key the check named."""
        assert isinstance(self, QWidget)
        _mark(self, bool(self.path) and key == dotted(self.path))


class TextField(QLineEdit, _Bound):
    """A text, a number, words or a date, by how it is read and shown."""

    def __init__(
        self, draft: SchemeDraft, path: Path = (), *, read: Callable[[str], Any] = clean,
        show: Callable[[Any], str] = str, hint: str = "",
    ) -> None:
        super().__init__()
        self._draft, self.path, self._read, self._show = draft, path, read, show
        self.setPlaceholderText(hint)
        self.textEdited.connect(self._typed)
        draft.changed.connect(self.fill)
        draft.restructured.connect(lambda: self.fill(force=True))
        self.fill(force=True)

    @override
    def fill(self, *, force: bool = False) -> None:
        """Show what the draft has; while it is typed into, the typed text stays."""
        value = self._draft.get(self.path) if self.path else None
        if self._read(self.text()) == value and not force:
            return
        if force or not self.hasFocus():
            text = "" if value is None else self._show(value)
            fonts.ensure(text)
            if text != self.text():
                self.setText(text)

    def _typed(self, text: str) -> None:
        fonts.ensure(text)
        if self.path:
            self._draft.set(self.path, self._read(text))


def number(draft: SchemeDraft, path: Path = (), *, hint: str = "") -> TextField:
    """A field for a number."""
    made = TextField(draft, path, read=number_text, hint=hint)
    made.setMaximumWidth(170)
    return made


def words(draft: SchemeDraft, path: Path = (), *, hint: str = "用、隔开") -> TextField:
    """A field for several words."""
    return TextField(draft, path, read=split_words, show="、".join, hint=hint)


def year(draft: SchemeDraft, path: Path) -> TextField:
    """A field for a whole number."""
    def read(text: str) -> Any:
        found = read_count(text, "").value
        return clean(text) if found is None else found

    made = TextField(draft, path, read=read)
    made.setMaximumWidth(110)
    return made


def day(draft: SchemeDraft, path: Path) -> TextField:
    """A field for a date, written in any usual way; one without a year is of the scheme's year."""
    def read(text: str) -> Any:
        of_scheme = draft.get(("year",))
        found = read_date(text, "", of_scheme if isinstance(of_scheme, int) else None).value
        return clean(text) if found is None else found

    return TextField(draft, path, read=read, hint="如 2026-03-18")


class ChoiceField(QComboBox, _Bound):
    """A word of a closed list; what is not set shows the default."""

    def __init__(
        self, draft: SchemeDraft, path: Path, choices: Sequence[Word], default: Word | None = None,
    ) -> None:
        super().__init__()
        self._draft, self.path, self._default = draft, path, default
        for word in choices:
            self.addItem(word.label, word.value)
        self.activated.connect(self._picked)
        draft.changed.connect(self.fill)
        draft.restructured.connect(self.fill)
        self.fill()

    @override
    def fill(self, *, force: bool = False) -> None:
        """Show what the draft has."""
        value = (self._draft.get(self.path) if self.path else None) or (self._default.value if self._default else "")
        with quiet(self):
            self.setCurrentIndex(self.findData(value))

    def _picked(self, _place: int) -> None:
        if self.path:
            self._draft.set(self.path, self.currentData())


class FlagField(QCheckBox, _Bound):
    """A yes or no."""

    def __init__(self, draft: SchemeDraft, text: str, path: Path = ()) -> None:
        super().__init__(text)
        self._draft, self.path = draft, path
        self.clicked.connect(lambda ticked: self._draft.set(self.path, bool(ticked)) if self.path else None)
        draft.changed.connect(self.fill)
        draft.restructured.connect(self.fill)
        self.fill()

    @override
    def fill(self, *, force: bool = False) -> None:
        """Show what the draft has, or the default."""
        with quiet(self):
            self.setChecked(bool(self.path) and self._draft.flag(self.path))

    @override
    def show_fault(self, key: str) -> None:
        """A tick is never wrong."""


Field = TextField | ChoiceField | FlagField


def form(rows: Sequence[tuple[str, QWidget]]) -> QFormLayout:
    """Captions and fields, one below the other."""
    made = QFormLayout()
    made.setHorizontalSpacing(12)
    made.setVerticalSpacing(8)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for caption, field in rows:
        name = label(caption, "muted")
        name.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(caption)
        made.addRow(name, field)
    return made


def _mark(field: QWidget, wrong: bool) -> None:
    if (field.property("wrong") == "true") != wrong:
        field.setProperty("wrong", "true" if wrong else "false")
        restyle(field)
