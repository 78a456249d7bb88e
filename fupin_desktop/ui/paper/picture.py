"""What the paper shows: the pages, the tints and frames of their fields, what was refused, and the sentences."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.definition.formats import NUMERIC
from fupin_desktop.documents.filling.data import show_value
from fupin_desktop.documents.pages import Area
from fupin_desktop.override import override
from fupin_desktop.ui.paper import marks
from fupin_desktop.ui.paper.desk import Spot
from fupin_desktop.ui.paper.moving import far
from fupin_desktop.ui.paper.refusals import Refusals
from fupin_desktop.ui.paper.state import PaperState, described, missing
from fupin_desktop.ui.paper.viewer import PageViewer
from fupin_desktop.ui.widgets.tips import as_tip

_WIDE = 100
"""Narrower choices show their arrow only in focus or under the pointer, else it would lie on the text."""
_CHOSEN = ("choice", "several", "yes_no", "date")


class PaperPicture(PageViewer):
    """Draws a form with the marks of its fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form: FormDefinition | None = None
        self._state = PaperState()
        self._focus = ""
        self._hover = ""
        self._refusals = Refusals()

    @property
    def typing_at(self) -> str:
        """Path of the cell that has an entry open; empty for none."""
        return ""

    # ---- cells and their values --------------------------------------------------------------------------------

    def _spot(self) -> Spot | None:
        """The cell in focus."""
        return self._desk.find(self._focus) if self._desk and self._focus else None

    def _own(self, area: Area) -> Field | None:
        """The field of an area."""
        return self._form.field_at(area.path) if self._form else None

    def _typeable(self, spot: Spot | None) -> bool:
        """Whether a cell may be typed in."""
        return spot is not None and self._form is not None and self._state.typeable(self._form, spot.area)

    def text_at(self, path: str) -> str:
        """The text of a field as it is typed: the refused one, else what is stored."""
        kept = self._refusals.get(path)
        spot = self._desk.find(path) if self._desk else None
        own = self._own(spot.area) if spot else None
        if kept is not None and kept.text:
            return kept.text
        return show_value(own, self._state.value(spot.area)) if spot and own else ""

    # ---- drawing -----------------------------------------------------------------------------------------------

    def _seen(self, spot: Spot) -> QRectF:
        """Where a cell is seen, pixels of the window."""
        assert self._desk is not None
        return self._desk.rect(spot).translated(-self._origin())

    @override
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

    @override
    def draw_over(self, painter: QPainter) -> None:
        """Arrows, frames, refused texts and bubbles."""
        desk, form = self._desk, self._form
        if desk is None or form is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.viewport().rect())
        bubbles: dict[str, tuple[QRectF, str]] = {}
        for spot in desk.spots_in(room.translated(self._origin())):
            self._draw_cell(painter, form, spot, self._seen(spot), bubbles)
        if (spot_in_focus := self._spot()) is not None and not self.typing_at:
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
            if kept is not None or path in (self._focus, self._hover) or self.typing_at == path:
                bubbles[path] = (rect, sentence)
        if own is not None and typeable and (own.type in _CHOSEN or own.choices):
            if rect.width() > _WIDE or path in (self._focus, self._hover):
                marks.arrow(painter, rect)
        elif typeable and missing(form, self._state, spot.area):
            marks.corner(painter, rect)

    # ---- words -------------------------------------------------------------------------------------------------

    def tip(self, spot: Spot) -> str:
        """The tool tip of a cell."""
        own = self._own(spot.area)
        if own is None:
            return ""
        computed = self._form is not None and self._state.computed(self._form, spot.area)
        parts = (described(own), self._sentence(spot.area.path), "双击查看数据来源。" if computed else "")
        return "\n".join(part for part in parts if part)

    def _show_tip(self, spot: Spot | None, place: QPointF) -> None:
        """Show or hide a cell's tool tip."""
        QToolTip.showText(self.viewport().mapToGlobal(place.toPoint()), as_tip(self.tip(spot) if spot else ""), self)
