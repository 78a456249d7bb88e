"""What a right click on a register's cell offers."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from fupin_desktop.services.registers import ColumnInfo, Filter
from fupin_desktop.ui.models.register_cells import mask
from fupin_desktop.ui.tabs.registers.filter import BLANK, RANGED, listed
from fupin_desktop.ui.tabs.registers.state import State
from fupin_desktop.ui.tabs.registers.table import RegisterTable

_SHORT = 12


def like(info: ColumnInfo, text: str) -> Filter:
    """The filter that leaves the rows with the same value in a column."""
    if not text:
        return Filter(info.key, blank=True)
    if listed(info):
        return Filter(info.key, (text,))
    if info.kind in RANGED:
        plain = text.replace(",", "")
        return Filter(info.key, low=plain, high=plain)
    return Filter(info.key, contains=text)


def open_cell_menu(state: State, table: RegisterTable, place: QPoint) -> QMenu | None:
    """Open the menu of the cell at a place of the table; None where there is no cell."""
    model = state.front.model
    index = table.indexAt(place)
    if not index.isValid():
        return None
    if not table.selectionModel().isSelected(index):
        table.go_to(index.row(), index.column())
    info, row = model.info(index.column()), model.row_at(index.row())
    text = model.value(row, info.key) if row is not None else ""
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for word, keys, asked in (
        ("剪切", "Ctrl+X", table.cut_asked), ("复制", "Ctrl+C", table.copy_asked),
        ("粘贴", "Ctrl+V", table.paste_asked),
        ("向下填充", "Ctrl+D", table.fill_asked), ("清除内容", "Delete", table.clear_asked),
    ):
        menu.addAction(f"{word}\t{keys}", asked.emit)
    menu.addSeparator()
    told = mask(info, text) if model.masked else text
    shown = told if len(told) <= _SHORT else f"{told[:_SHORT]}…"
    menu.addAction(f"只看{info.label}为“{shown or BLANK}”的", lambda: state.put_filter(info.key, like(info, text)))
    if state.front.filter_of(info.key) is not None:
        menu.addAction(f"去掉{info.label}的筛选", lambda: state.put_filter(info.key, None))
    menu.addSeparator()
    menu.addAction("删除所选的行…\tCtrl+-", table.delete_asked.emit)
    menu.popup(table.viewport().mapToGlobal(place))
    return menu
