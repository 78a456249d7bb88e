"""The ground of the paper editor: what is shown, which cell is in focus, what was typed and refused."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from fupin_desktop.documents.forms.data import parse_value, show_value
from fupin_desktop.documents.forms.definition import Field, FormDefinition
from fupin_desktop.documents.forms.formats import NUMERIC
from fupin_desktop.documents.layout.pages import POINT, Area, FilledForm
from fupin_desktop.ui.paper import marks
from fupin_desktop.ui.paper.desk import Spot
from fupin_desktop.ui.paper.entries import AnyEntry
from fupin_desktop.ui.paper.glyphs import typing_font
from fupin_desktop.ui.paper.host import EntryHost
from fupin_desktop.ui.paper.moving import Direction, far, neighbour, step, stops
from fupin_desktop.ui.paper.refusals import Refusals
from fupin_desktop.ui.paper.state import PaperState, described, missing
from fupin_desktop.ui.paper.viewer import PageViewer

_CHOSEN = ("choice", "several", "yes_no", "date")
_LEAST_TYPE = 12.0
_STEPS = {"next": 1, "previous": -1}


class PaperBase(PageViewer):
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
        self._form: FormDefinition | None = None
        self._state = PaperState()
        self._key = ""
        self._focus = ""
        self._hover = ""
        self._refusals = Refusals()
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
        self._refusals.refuse(faults)
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

    def _spot(self) -> Spot | None:
        """The cell in focus."""
        return self._desk.find(self._focus) if self._desk and self._focus else None

    def _own(self, area: Area) -> Field | None:
        """The field of an area."""
        return self._form.field_at(area.path) if self._form else None

    def _typeable(self, spot: Spot | None) -> bool:
        """Whether a cell may be typed in."""
        return spot is not None and self._form is not None and self._state.typeable(self._form, spot.area)

    def go(self, by: int) -> bool:
        """Move the focus in reading order; whether there was somewhere to go."""
        if self._desk is None or self._form is None:
            return False
        found = step(stops(self._form, self._state, self._desk), self._desk, self._focus, by)
        if found is not None:
            self._set_focus(found.area.path)
            self._see(found)
        return found is not None

    def _move_towards(self, direction: Direction) -> None:
        """Move the focus to the neighbour in a direction."""
        spot = self._spot()
        found = neighbour(self._desk, spot, direction) if self._desk and spot else None
        if found is not None:
            self._set_focus(found.area.path)
            self._see(found)

    # ---- typing ------------------------------------------------------------------------------------------------

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

    def text_at(self, path: str) -> str:
        """The text of a field as it is typed: the refused one, else what is stored."""
        kept = self._refusals.get(path)
        spot = self._desk.find(path) if self._desk else None
        own = self._own(spot.area) if spot else None
        if kept is not None and kept.text:
            return kept.text
        return show_value(own, self._state.value(spot.area)) if spot and own else ""

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
        if area.record is not None and area.record >= len(self._state.records(area.field)):
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

    # ---- drawing -----------------------------------------------------------------------------------------------

    def laid_out(self) -> None:
        """What stands on the pages moves with them."""
        if not self._host.busy:
            return
        spot = self._desk.find(self._host.path) if self._desk else None
        if spot is None or spot.area.path != self._host.path or not self._typeable(spot):
            self._host.close()
        else:
            self._host.place(self._seen(spot))

    def _seen(self, spot: Spot) -> QRectF:
        """Where a cell is seen, pixels of the window."""
        assert self._desk is not None
        return self._desk.rect(spot).translated(-self._origin())

    def draw_under(self, painter: QPainter, number: int, scale: float) -> None:
        """The tints of a page's fields."""
        form = self._form
        if form is None or self._desk is None:
            return
        for area in self._desk.filled.pages[number].areas:
            kind = self._ground(form, area)
            if kind:
                left, top = round(area.x * scale), round(area.y * scale)
                wide = round((area.x + area.width) * scale) - left
                high = round((area.y + area.height) * scale) - top
                marks.ground(painter, QRectF(left, top, wide, high), kind)

    def _ground(self, form: FormDefinition, area: Area) -> str:
        """How a field is tinted; empty for not at all."""
        if self._sentence(area.path):
            return "fault"
        if area.path in self._state.changed or area.field in self._state.changed:
            return "changed"
        own = form.field_at(area.path)
        if not self._state.editable or own is None or own.type == "opinion":
            return ""
        if not self._state.typeable(form, area):
            return "computed"
        return "missing" if missing(form, self._state, area) else "typed"

    def _sentence(self, path: str) -> str:
        """What is wrong with a value; empty for nothing."""
        kept = self._refusals.get(path)
        return kept.sentence if kept else self._state.faults.get(path, "")

    def draw_over(self, painter: QPainter) -> None:
        """Arrows, frames, refused texts and bubbles."""
        desk, form = self._desk, self._form
        if desk is None or form is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.viewport().rect())
        bubbles: dict[str, tuple[QRectF, str]] = {}
        for spot in desk.spots:
            rect = self._seen(spot)
            if rect.intersects(room):
                self._draw_cell(painter, form, spot, rect, bubbles)
        if (spot_in_focus := self._spot()) is not None and not self._host.busy:
            marks.frame(painter, self._seen(spot_in_focus), "accent" if self.hasFocus() else "accent_mid")
        for rect, sentence in bubbles.values():
            marks.bubble(painter, rect, sentence, room)

    def _draw_cell(
        self, painter: QPainter, form: FormDefinition, spot: Spot, rect: QRectF,
        bubbles: dict[str, tuple[QRectF, str]],
    ) -> None:
        """What one cell gets over its ink."""
        path, own = spot.area.path, form.field_at(spot.area.path)
        kept, sentence = self._refusals.get(path), self._sentence(path)
        typeable = own is not None and self._state.typeable(form, spot.area) and not far(self._state, spot)
        if own is not None and kept is not None and kept.text:
            marks.refused(painter, rect, kept.text, right=own.type in NUMERIC)
        if sentence:
            marks.frame(painter, rect, "must")
            if kept is not None or path in (self._focus, self._hover) or self._host.path == path:
                bubbles[path] = (rect, sentence)
        if own is not None and typeable and (own.type in _CHOSEN or own.choices):
            marks.arrow(painter, rect)
        elif typeable and missing(form, self._state, spot.area):
            marks.corner(painter, rect)

    # ---- words -------------------------------------------------------------------------------------------------

    def tip(self, spot: Spot) -> str:
        """The tool tip of a cell."""
        own = self._own(spot.area)
        if own is None:
            return ""
        computed = self._state.editable and own.type != "opinion" and not self._typeable(spot)
        parts = (described(own), self._sentence(spot.area.path), "双击查看数据来源。" if computed else "")
        return "\n".join(part for part in parts if part)

    def _show_tip(self, spot: Spot | None, place: QPointF) -> None:
        """Show or hide a cell's tool tip."""
        QToolTip.showText(self.viewport().mapToGlobal(place.toPoint()), self.tip(spot) if spot else "", self)
