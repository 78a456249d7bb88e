"""The paper editor: a form as it prints, typed into where it stands."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fupin_desktop.documents.forms.definition import FormDefinition
from fupin_desktop.documents.layout.pages import FilledForm
from fupin_desktop.ui.paper.state import PaperState
from fupin_desktop.ui.paper.viewer import PageViewer


class PaperView(PageViewer):
    """Shows a filled form and lets its fields be typed.

    The owner writes what ``value_typed`` and ``list_edited`` bring, then either shows the form again or, where the
    value is refused, hands the sentences to ``show_faults``: the text typed stays in its cell until it is mended.

    Signals:
        value_typed: Path and text of a value to be written; the empty text clears.
        list_edited: List field and all its records (typed values; pasted or typed cells as texts).
        source_wanted: Field whose computed value was double-clicked.
        opinion_wanted: Sign-off box that was clicked.
        undo_wanted, redo_wanted: Ctrl+Z, Ctrl+Y.
        focus_moved: Path of the cell now in focus; empty for none.
        zoom_changed: The zoom is another one.
    """

    value_typed = Signal(str, str)
    list_edited = Signal(str, object)
    source_wanted = Signal(str)
    opinion_wanted = Signal(str)
    undo_wanted = Signal()
    redo_wanted = Signal()
    focus_moved = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form: FormDefinition | None = None
        self._state = PaperState()
        self._key = ""
        self._focus = ""

    def show_form(self, form: FormDefinition, filled: FilledForm, state: PaperState, *, key: str = "") -> None:
        """Show a form, again after each change.

        Args:
            form: Its definition.
            filled: The same form filled.
            state: The values behind it and what may be typed.
            key: Which document it is: the same key keeps scroll, focus and refused texts, another begins at the top.
        """
        self._form, self._state = form, state
        if key != self._key:
            self._key, self._focus = key, ""
        self.show_pages(filled)

    def clear(self) -> None:
        """Show an empty desk."""
        self._form, self._state, self._key, self._focus = None, PaperState(), "", ""
        self.show_pages(None)

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Mark values that were refused.

        Args:
            faults: Sentences by path; the texts last typed there are kept and shown.
        """

    def commit(self) -> None:
        """Finish the cell being typed in: what stands there is written. Call it before leaving the document."""

    @property
    def focused(self) -> str:
        """Path of the cell in focus; empty for none."""
        return self._focus

    def focus_field(self, path: str) -> bool:
        """Bring a field into view and into focus, ready to be typed; whether it is on the paper."""
        return self._desk is not None and self._desk.find(path) is not None
