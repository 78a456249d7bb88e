"""The ground of the paper editor: what is shown, which cell is in focus, what was typed and refused."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QHideEvent
from PySide6.QtWidgets import QWidget

from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.filling.data import parse_value
from fupin_desktop.documents.pages import POINT, Area, FilledForm
from fupin_desktop.override import override
from fupin_desktop.ui.paper.desk import Spot
from fupin_desktop.ui.paper.entries import AnyEntry
from fupin_desktop.ui.paper.glyphs import typing_font
from fupin_desktop.ui.paper.host import EntryHost
from fupin_desktop.ui.paper.moving import Direction, neighbour, step, stops
from fupin_desktop.ui.paper.picture import PaperPicture
from fupin_desktop.ui.paper.state import PaperState

_LEAST_TYPE = 12.0
_STEPS = {"next": 1, "previous": -1}


class PaperBase(PaperPicture):
    """What the editor knows and shows; ``PaperView`` adds lists, keys and the mouse.

    Signals:
        value_typed: Path and text of a value to be written; the empty text clears.
        list_edited: List field and all its records (typed values; cells just typed as values too).
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
        self._key = ""
        self._host = EntryHost(self.viewport())
        self._host.finished.connect(self._finished)
        self._host.unchanged.connect(self._unchanged)
        self._host.paused.connect(self._paused)

    # ---- what is shown -----------------------------------------------------------------------------------------

    def show_form(self, form: FormDefinition, filled: FilledForm, state: PaperState, *, key: str = "") -> None:
        """Show a form, again after each change.

        Args:
            form: Its definition.
            filled: The same form filled.
            state: The values behind it and what may be typed.
            key: Which document it is: the same key keeps scroll, focus and refused texts, another begins at the top.
        """
        other = key != self._key or self._form is None
        if other:
            self._forget()
        self._form, self._state, self._key = form, state, key
        self.show_pages(filled)
        self.updateMicroFocus()
        if other:
            self.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Show an empty desk."""
        self._forget()
        self._form, self._state, self._key = None, PaperState(), ""
        self.show_pages(None)

    def _forget(self) -> None:
        """Another document comes."""
        self._host.close()
        self._refusals.clear()
        self._hover = ""
        self._set_focus("")

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Mark values that were refused.

        Args:
            faults: Sentences by path; the texts last typed there are kept and shown.
        """
        places = {path: self._desk.find(path) if self._desk else None for path in faults}
        self._refusals.refuse({(spot.area.path if (spot := places[path]) else path): faults[path] for path in faults})
        self.viewport().update()

    @property
    def refused(self) -> Mapping[str, tuple[str, str]]:
        """Text and sentence of what was refused and is not mended yet, by path."""
        return self._refusals.all()

    # ---- focus -------------------------------------------------------------------------------------------------

    @property
    def focused(self) -> str:
        """Path of the cell in focus; empty for none."""
        return self._focus

    def focus_field(self, path: str) -> bool:
        """Bring a field into view and into focus, ready to be typed; whether it is on the paper."""
        spot = self._desk.find(path) if self._desk else None
        if spot is None:
            return False
        self.commit()
        self._set_focus(spot.area.path)
        self._see(spot)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _set_focus(self, path: str) -> None:
        """Another cell is in focus."""
        if path != self._focus:
            self._focus = path
            self.setAccessibleDescription(self._told())
            self.focus_moved.emit(path)
            self.updateMicroFocus()
        self.laid_out()
        self.viewport().update()

    def _told(self) -> str:
        """The cell in focus, for screen readers."""
        spot = self._spot()
        own = self._own(spot.area) if spot else None
        return f"{own.label} {self.text_at(self._focus)} {self._sentence(self._focus)}".strip() if own else ""

    def _see(self, spot: Spot) -> None:
        """Bring a cell into sight, with room for its sentence."""
        if self._desk is not None:
            self.show_rect(self._desk.rect(spot).adjusted(0, 0, 0, 24))

    def go(self, by: int) -> bool:
        """Move the focus in reading order; whether there was somewhere to go."""
        if self._desk is None or self._form is None:
            return False
        return self._go_to(step(stops(self._form, self._state, self._desk), self._desk, self._focus, by))

    def go_to_end(self, *, first: bool) -> None:
        """Move the focus to the first or last cell that may be typed."""
        found = stops(self._form, self._state, self._desk) if self._form and self._desk else []
        if found:
            self._go_to(found[0 if first else -1])

    def _go_to(self, spot: Spot | None) -> bool:
        """Bring a cell into focus and into sight; whether there is one."""
        if spot is not None:
            self._set_focus(spot.area.path)
            self._see(spot)
        return spot is not None

    def _move_towards(self, direction: Direction) -> None:
        """Move the focus to the neighbour in a direction."""
        spot = self._spot()
        self._go_to(neighbour(self._desk, spot, direction) if self._desk and spot else None)

    # ---- typing ------------------------------------------------------------------------------------------------

    @property
    @override
    def typing_at(self) -> str:
        """Path of the cell that has an entry open; empty for none."""
        return self._host.path

    @property
    def entry(self) -> AnyEntry | None:
        """The entry that is open; None for none."""
        return self._host.entry

    def commit(self) -> None:
        """Finish the cell being typed in: what stands there is written. Call it before leaving the document."""
        self._host.finish()

    def edit(self, *, over: bool = False, focus: bool = True) -> AnyEntry | None:
        """Open an entry over the cell in focus; None where it may not be typed.

        Args:
            over: Whether something is typed that replaces what stands there.
            focus: Whether it takes the keyboard at once.
        """
        spot = self._spot()
        own = self._own(spot.area) if spot else None
        if spot is None or own is None or not self._typeable(spot):
            return None
        self._see(spot)
        return self._host.open(
            spot.area.path, own, self.text_at(spot.area.path), self._seen(spot), self._type_of(spot),
            over=over, focus=focus, year=self._year(spot.area),
        )

    def _year(self, area: Area) -> int:
        """The year of a date typed without one: that of the date which stands there, else the form's."""
        value = self._state.value(area)
        made: int = self.filled.made_on.year if self.filled else 1900
        year: int = getattr(value, "year", made)
        return year

    def _type_of(self, spot: Spot) -> QFont:
        """The type of a cell, readable at every zoom."""
        assert self._desk is not None
        area, scale = spot.area, self._desk.scale
        inside = (
            run for run in self._desk.filled.pages[spot.page].texts
            if area.x <= run.x <= area.x + area.width and area.y <= run.y <= area.y + area.height
        )
        run = next(inside, None)
        family, size = (run.font, run.size) if run else ("song", 10.5)
        return typing_font(family, max(size * POINT * scale, _LEAST_TYPE))

    def _finished(self, path: str, text: str, way: str) -> None:
        """An entry was closed with another text."""
        self._take_keyboard(way)
        self.write(path, text)
        if way in _STEPS:
            self.go(_STEPS[way])
        self.viewport().update()

    def _unchanged(self, way: str) -> None:
        """An entry was closed as it was."""
        self._take_keyboard(way)
        if way in _STEPS:
            self.go(_STEPS[way])
        self.viewport().update()

    def _take_keyboard(self, way: str) -> None:
        """The keyboard comes back from an entry, unless another widget has taken it."""
        if way != "stay" or self.window().focusWidget() in (None, self, self.viewport()):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _paused(self, path: str, text: str) -> None:
        """A long text is kept while its writer pauses."""
        self.write(path, text)

    def write(self, path: str, text: str) -> None:
        """Hand a text on as if it had been typed at a path."""
        spot = self._desk.find(path) if self._desk else None
        own = self._own(spot.area) if spot else None
        if spot is None or own is None or not self._typeable(spot):
            return
        area = spot.area
        if area.record is not None and area.record >= self._state.count(area.field):
            self._write_new_row(area, own, text)
            return
        if own.type == "date":
            text = self._with_year(own, text, area)
        self._refusals.send(path, text)
        self.value_typed.emit(path, text)

    def _with_year(self, own: Field, text: str, area: Area) -> str:
        """A date typed without a year gets one; what is no date stays as it is."""
        try:
            day = parse_value(own, text, year=self._year(area))
        except ValueError:
            return text
        return day.isoformat() if day is not None else ""

    def _write_new_row(self, area: Area, own: Field, text: str) -> None:
        """A cell of an empty row: the list gets one more record."""
        records = self._state.records(area.field)
        path = f"{area.field}[{len(records)}].{area.column}"
        try:
            value = parse_value(own, text, year=self._year(area))
        except ValueError as fault:
            self._refusals.keep(path, text, str(fault))
            return
        self._refusals.send(path, text)
        if value is None:
            return
        if self._focus == area.path:
            self._set_focus(path)
        self.list_edited.emit(area.field, [*records, {area.column: value}])

    @override
    def laid_out(self) -> None:
        """What stands on the pages moves with them."""
        if not self._host.busy:
            return
        spot = self._desk.find(self._host.path) if self._desk else None
        if spot is None or spot.area.path != self._host.path or not self._typeable(spot):
            self._host.close()
        else:
            self._host.place(self._seen(spot))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Another tab comes: what is being typed is written."""
        if not event.spontaneous():
            self.commit()
        super().hideEvent(event)
