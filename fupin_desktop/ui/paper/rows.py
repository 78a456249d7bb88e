"""The paper editor's lists: adding, removing, moving rows, and blocks from and to the spreadsheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QRectF
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from fupin_desktop.documents.definition.form import Field
from fupin_desktop.documents.pages import Area
from fupin_desktop.override import override
from fupin_desktop.services.registers import split_block
from fupin_desktop.ui.models.register_clipboard import to_html, to_lines
from fupin_desktop.ui.paper import listing, row_tools
from fupin_desktop.ui.paper.base import PaperBase
from fupin_desktop.ui.paper.desk import Spot
from fupin_desktop.ui.paper.row_tools import RowTools


class PaperRows(PaperBase):
    """The paper with the acts on rows of lists."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tools = RowTools(self.viewport())
        self.tools.asked.connect(self.row_act)

    # ---- rows --------------------------------------------------------------------------------------------------

    def row_acts(self) -> frozenset[str]:
        """What can be done with the row in focus: ``add``, ``remove``, ``up``, ``down``."""
        spot = self._spot()
        if spot is None or spot.area.record is None or not self._list_typeable(spot.area.field):
            return frozenset()
        at, count = spot.area.record, self._state.count(spot.area.field)
        if at >= count:
            return frozenset()
        allowed = {row_tools.ADD, row_tools.REMOVE}
        allowed |= {row_tools.UP} if at else set()
        return frozenset(allowed | ({row_tools.DOWN} if at < count - 1 else set()))

    def row_act(self, act: str) -> None:
        """Add a row below the one in focus, remove it, move it up or down."""
        self.commit()
        spot = self._spot()
        if spot is None or spot.area.record is None or act not in self.row_acts():
            return
        field, at = spot.area.field, spot.area.record
        records = self._state.records(field)
        self._refusals.renumber(field, _places(act, at))
        if act == row_tools.ADD:
            self._rows_edited(field, listing.added(records, at + 1), at + 1, self._first_column(field))
        elif act == row_tools.REMOVE:
            self._rows_edited(field, listing.removed(records, at), max(0, min(at, len(records) - 2)), spot.area.column)
        else:
            by = -1 if act == row_tools.UP else 1
            self._rows_edited(field, listing.moved(records, at, by), at + by, spot.area.column)

    def add_row(self, field: str) -> None:
        """Add a row at the end of a list, also of one that shows none yet."""
        self.commit()
        if self._list_typeable(field):
            records = self._state.records(field)
            self._rows_edited(field, listing.added(records, len(records)), len(records), self._first_column(field))

    def _rows_edited(self, field: str, records: list[listing.Record], at: int, column: str) -> None:
        """Hand a list on; the focus goes to one of its rows."""
        self._set_focus(f"{field}[{at}].{column}")
        self.list_edited.emit(field, records)
        spot = self._spot()
        if spot is not None:
            self._see(spot)

    def _list_typeable(self, field: str) -> bool:
        """Whether rows of a list may be typed."""
        listed = self._form.fields.get(field) if self._form else None
        if listed is None or listed.type != "list" or not self._state.editable:
            return False
        return not (listed.locked or field in self._state.locked)

    def columns_of(self, field: str) -> list[Field]:
        """The columns of a list as they stand on paper, from left to right."""
        listed = self._form.fields.get(field) if self._form else None
        if listed is None or self._desk is None:
            return []
        names = dict.fromkeys(spot.area.column for spot in self._desk.spots if spot.area.field == field)
        return [listed.fields[name] for name in names if name in listed.fields] or list(listed.fields.values())

    def _first_column(self, field: str) -> str:
        """The first column that may be typed."""
        typed = [column.name for column in self.columns_of(field) if self._column_typeable(field, column)]
        return typed[0] if typed else ""

    def _column_typeable(self, field: str, column: Field) -> bool:
        """Whether a column of a list may be typed."""
        area = Area(0, 0, 0, 0, field, 0, column.name)
        return self._form is not None and self._state.typeable(self._form, area)

    @property
    def lists(self) -> tuple[Field, ...]:
        """The form's lists whose rows may be typed."""
        fields = self._form.fields.values() if self._form else ()
        return tuple(field for field in fields if field.type == "list" and self._list_typeable(field.name))

    # ---- the clipboard -----------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the text of the cell in focus on the clipboard."""
        if self._focus:
            QGuiApplication.clipboard().setText(self.text_at(self._focus))

    def cut(self) -> None:
        """Put the text of the cell in focus on the clipboard, and clear the cell."""
        if self._typeable(self._spot()):
            self.copy()
            self.erase()

    def erase(self) -> None:
        """Clear the cell in focus."""
        spot = self._spot()
        if spot is not None and self._typeable(spot) and self.text_at(spot.area.path):
            self.write(spot.area.path, "")
            self.viewport().update()

    def paste(self) -> None:
        """Put the clipboard's text into the cell in focus; a block goes over the rows of its list."""
        spot, text = self._spot(), QGuiApplication.clipboard().text()
        if spot is None or not text:
            return
        if spot.area.record is not None and self._list_typeable(spot.area.field):
            block = split_block(text)
            if len(block) > 1 or any(len(line) > 1 for line in block):
                self._paste_block(spot, block)
                return
        if self._typeable(spot):
            self.write(spot.area.path, text.rstrip("\r\n"))
            self.viewport().update()

    def _paste_block(self, spot: Spot, block: list[list[str]]) -> None:
        """A block over the rows from the one in focus on."""
        area = spot.area
        assert area.record is not None
        columns = self.columns_of(area.field)
        typeable = {column.name: self._column_typeable(area.field, column) for column in columns}
        laid = listing.paste(
            self._state.records(area.field), columns, typeable, block, (area.record, area.column), self._year(area)
        )
        for at, column in laid.taken:
            self._refusals.drop(f"{area.field}[{at}].{column}")
        for (at, column), (text, sentence) in laid.refused.items():
            self._refusals.keep(f"{area.field}[{at}].{column}", text, sentence)
        self.list_edited.emit(area.field, laid.records)
        self.viewport().update()

    def copy_list(self, field: str) -> None:
        """Put a whole list with its headings on the clipboard, for Excel."""
        columns = self.columns_of(field)
        block = listing.as_block(self._state.records(field), columns)
        data = QMimeData()
        data.setText(to_lines(block))
        data.setHtml(to_html(block, [column.type in ("text", "phone", "long") for column in columns]))
        QGuiApplication.clipboard().setMimeData(data)

    # ---- the buttons beside the row ----------------------------------------------------------------------------

    @override
    def laid_out(self) -> None:
        """The buttons stand beside the row in focus."""
        super().laid_out()
        acts, spot = self.row_acts(), self._spot()
        if not acts or spot is None or self._desk is None:
            self.tools.hide()
            return
        row = QRectF()
        for other in self._desk.of_row(spot):
            row = row.united(self._seen(other))
        self.tools.show_beside(row, acts)


def _places(act: str, at: int) -> Callable[[int], int | None]:
    """Where each row of a list goes when something is done with the one at a place."""
    if act == row_tools.ADD:
        return lambda row: row + 1 if row > at else row
    if act == row_tools.REMOVE:
        return lambda row: None if row == at else row - 1 if row > at else row
    other = at - 1 if act == row_tools.UP else at + 1
    return lambda row: {at: other, other: at}.get(row, row)
