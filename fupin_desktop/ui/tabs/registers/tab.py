"""农户台账: the registers of households, planting and breeding items and persons, as spreadsheets are worked with."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from fupin_desktop.errors import Situation
from fupin_desktop.services import registers, villages
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import ColumnInfo, Filter, Register
from fupin_desktop.services.registers.suggestions import suggest
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import theme
from fupin_desktop.ui.dropping import dropped_file
from fupin_desktop.ui.models.register_cells import MARK, SENTENCE
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tabs.registers.actions import Actions
from fupin_desktop.ui.tabs.registers.bar import FilterLine, Segments
from fupin_desktop.ui.tabs.registers.clipboard import Clipboard
from fupin_desktop.ui.tabs.registers.columns import ColumnKeeper
from fupin_desktop.ui.tabs.registers.detail import DetailPane
from fupin_desktop.ui.tabs.registers.filter import FilterPanel, listed
from fupin_desktop.ui.tabs.registers.menu import open_cell_menu
from fupin_desktop.ui.tabs.registers.shelf import Shelf
from fupin_desktop.ui.tabs.registers.strip import CellStrip
from fupin_desktop.ui.tabs.registers.table import RegisterTable
from fupin_desktop.ui.widgets.card import Card
from fupin_desktop.ui.widgets.empty import EmptyState
from fupin_desktop.ui.widgets.toolbar import ToolRow

_CELLS = "registers.set_cells"
_NOTHING = ("没有符合条件的记录", "可以改一改搜索的文字或筛选条件。")
_EMPTY = {
    Register.HOUSEHOLDS: ("还没有农户", "可以导入 Excel 名册，也可以一户一户地新增。"),
    Register.FARM_ITEMS: ("还没有种养项目", "导入奖补登记表，或在农户资料里逐项新增。"),
    Register.PERSONS: ("还没有家庭成员", "导入人口名单，或在农户资料里逐人新增。"),
}


class HouseholdsTab(OfficeTab):
    """Assembles the table with what stands around it.

    Attributes:
        table: The register table.
        detail: The pane of the chosen household.
        deeds: What the buttons do.
    """

    nouns: ClassVar[frozenset[str]] = frozenset({"households", "farm_items", "persons", "villages", "awards"})
    manual_anchor: ClassVar[str] = "register.html"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._shelves: dict[Register, Shelf] = {}
        self._register = Register.HOUSEHOLDS
        self._troubled = False
        self._theme = theme.current()
        self.table = RegisterTable(self._suggest)
        self.segments, self.filters, self.strip = Segments(), FilterLine(), CellStrip()
        self.finder, self.village = self.filters.finder, self.filters.village
        self.empty = EmptyState(*_EMPTY[Register.HOUSEHOLDS], "导入名册…", self.import_register)
        self.detail = DetailPane(shell)
        self.deeds = Actions(shell, self)
        self.clipboard = Clipboard(shell, self.table)
        self.columns = ColumnKeeper(shell, self.table, lambda: self.shelf, self.ask_again)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._put_on(self.shelf)

    # ---- building ----
    def _build(self) -> None:
        tools = ToolRow()
        tools.add("导入名册…", self.import_register, primary=True)
        tools.add("新增户", self.deeds.add_household, tip="Ctrl++")
        tools.add_widget(self.segments)
        self.deeds.fill(tools)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        card = Card(margin=0)
        outer = card.layout()
        assert outer is not None
        outer.setContentsMargins(1, 1, 1, 1)
        card.body.setSpacing(0)
        for piece in (tools, self.filters, self.stack, self.strip):
            card.body.addWidget(piece)
        card.body.setStretchFactor(self.stack, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(10)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(card)
        self.split.addWidget(self.detail)
        self.split.setStretchFactor(0, 1)
        self.split.setSizes([1000, 330])
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        page.addWidget(self.split)

    def _connect(self) -> None:
        self.segments.chosen.connect(self.show_register)
        self.finder.asked.connect(self._search)
        self.finder.left.connect(self.table.setFocus)
        self.village.chosen.connect(self._in_village)
        self.filters.removed.connect(lambda column: self.put_filter(column, None))
        self.filters.cleared.connect(self.clear_filters)
        self.table.head.sort_asked.connect(self._sort)
        self.table.head.filter_asked.connect(self.open_filter)
        self.table.current_moved.connect(self._moved)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(lambda place: open_cell_menu(self, place))
        self.table.delete_asked.connect(self.deeds.remove_chosen)
        self.table.add_asked.connect(self.deeds.add_household)
        self.strip.mend_asked.connect(lambda: self.table.edit(self.table.currentIndex()))
        self.strip.give_up_asked.connect(self._give_up)
        self.strip.next_asked.connect(self._next_refused)
        self._counted_for: object = None
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._tell_counts)
        self._look = QTimer(self, singleShot=True, interval=70)
        self._look.timeout.connect(self._show_detail)

    # ---- registers ----
    @property
    def shelf(self) -> Shelf:
        """The register in front."""
        if self._register not in self._shelves:
            made = Shelf(self.shell, self._register)
            made.model.troubled.connect(self._trouble)
            made.edits.refused_changed.connect(self._tell_cell)
            self._shelves[self._register] = made
        return self._shelves[self._register]

    def show_register(self, register: Register) -> None:
        """Bring a register to the front."""
        self._keep_current()
        self._register = register
        self._put_on(self.shelf)
        self.table.horizontalScrollBar().setValue(0)
        self.load()

    def _put_on(self, shelf: Shelf) -> None:
        """Put a register on the table."""
        self.segments.show_register(shelf.register)
        self.table.setModel(shelf.model)
        shelf.model.set_masked(self.deeds.masked)
        self.columns.lay_out()

    # ---- reading ----
    def load(self) -> None:
        """Read the register in front; the others when they come to the front."""
        self._troubled = False
        self._restyle()
        self.shell.read(
            lambda: [village.name for village in villages.all(self.shell.bench)],
            lambda names: self.village.fill(names, self.shelf.query.village),
        )
        self.finder.put(self.shelf.query.text)
        self.ask_again()

    def changed(self, change: Change) -> None:
        """Typed cells are shown in place; anything else is read again."""
        if not self.nouns & change.nouns:
            return
        front = self.shelf
        for shelf in self._shelves.values():
            shelf.loaded = False
        if change.operation == _CELLS and self.isVisible() and front.model.steady and not self._stale:
            front.model.refresh()
            front.loaded = True
            self._settle.start()
            self._look.start()
        else:
            self.reload()

    def ask_again(self, *, from_top: bool = False) -> None:
        """Show the rows of the question as it stands.

        Args:
            from_top: Begin at the first row (a new order, a new search); else the current record stays current where
                it is still among the rows.
        """
        shelf = self.shelf
        self._keep_current()
        top = self.table.verticalScrollBar().value()
        if from_top:
            shelf.current, top = ("", shelf.current[1]), 0
        shelf.ask()
        self._mark_head()
        self.filters.show_chips(shelf.chips())
        self.filters.show_count(shelf.short_line())
        self._restore_current(top)
        self._show_stack()
        self._settle.start()
        self._look.start()

    def _keep_current(self) -> None:
        index, shelf = self.table.currentIndex(), self.shelf
        if index.isValid() and shelf.loaded:
            shelf.current = shelf.model.key_at(index.row()), shelf.model.info(index.column()).key

    def _restore_current(self, top: int) -> None:
        model = self.shelf.model
        key, column = self.shelf.current
        place = model.place_of(key) if key else None
        if place is None:
            place = 0
            top = 0 if key else top
        if model.rowCount():
            self.table.verticalScrollBar().setValue(top)
            self.table.go_to(place, model.column_of(column) or 0)

    def _show_stack(self) -> None:
        some = self.shelf.model.rowCount() > 0
        self.stack.setCurrentWidget(self.table if some else self.empty)
        if not some:
            restricted = self.shelf.restricted
            self.empty.set_text(*(_NOTHING if restricted else _EMPTY[self._register]))
            self.empty.action.setVisible(not restricted)

    def _mark_head(self) -> None:
        shelf, head = self.shelf, self.table.head
        places = {info.key: place for place, info in enumerate(shelf.model.shown)}
        head.sorted = {places[key]: down for key, down in shelf.query.sort if key in places}
        head.filtered = {places[one.column] for one in shelf.query.filters if one.column in places}
        head.viewport().update()

    def _tell_counts(self) -> None:
        """Counts and sums need a look at all rows: told after the rows, of many rows by another thread."""
        count = self.shelf.counting()
        if not self.shelf.large:
            self._counted_for = None
            self.shell.read(count, self.filters.show_count)
        elif self._counted_for is None:
            asked = self._counted_for = (self.shelf, self.shelf.query, self.shell.bench.revision)
            self.shell.read_aside(count, lambda line: self._show_counts(asked, line), self._count_failed)

    def _count_failed(self, trouble: BaseException) -> None:
        self._counted_for = None
        self.shell.tasks.tell(trouble)

    def _show_counts(self, asked: object, line: str) -> None:
        """Show counts found beside; where something else was asked or written meanwhile, count again."""
        if self._counted_for is None:
            return
        self._counted_for = None
        if asked == (self.shelf, self.shelf.query, self.shell.bench.revision):
            self.filters.show_count(line)
        else:
            self._settle.start()

    def settle(self) -> None:
        """Tell counts and show the chosen household now, without the usual pause."""
        for timer, act in ((self._settle, self._tell_counts), (self._look, self._show_detail)):
            timer.stop()
            act()

    def _restyle(self) -> None:
        """Another text size or contrast was chosen."""
        if theme.current() != self._theme:
            self._theme = theme.current()
            for table in (self.table, self.detail.items.table, self.detail.persons.table):
                table.restyle()
            self.columns.lay_out()

    def _trouble(self, situation: Situation) -> None:
        """Reading failed while painting: tell it once, outside of the painting."""
        if not self._troubled:
            self._troubled = True
            QTimer.singleShot(0, self, lambda: self.shell.ask.situation(self.shell.window, situation))

    # ---- the question ----
    def _search(self, text: str) -> None:
        if text != self.shelf.query.text:
            self.shelf.search(text)
            self.ask_again(from_top=bool(text))

    def _in_village(self, village: str | None) -> None:
        self.shelf.in_village(village)
        self.ask_again(from_top=village is not None)

    def _sort(self, column: int, beside: bool, down: bool | None = None) -> None:
        self.shelf.sort_by(self.shelf.model.info(column).key, beside=beside, down=down)
        self.ask_again(from_top=True)

    def put_filter(self, column: str, condition: Filter | None) -> None:
        """Set or take away the filter of a column."""
        self.shelf.put_filter(column, condition)
        self.ask_again(from_top=condition is not None)

    def clear_filters(self) -> None:
        """Show all rows."""
        self.shelf.clear()
        self.load()

    def open_filter(self, section: int, place: QPoint) -> FilterPanel:
        """Open the filter of a column below its heading."""
        info, query = self.shelf.model.info(section), self.shelf.query
        found = self.shell.read(lambda: registers.values(self.shell.bench, query, info.key)) if listed(info) else ()
        panel = FilterPanel(info, found or (), self.shelf.filter_of(info.key), self)
        panel.applied.connect(partial(self.put_filter, info.key))
        panel.sorted.connect(lambda down: self._sort(section, False, down))
        panel.open_at(place)
        return panel

    def _suggest(self, info: ColumnInfo, typed: str) -> list[str]:
        """What may stand in a column of the register in front."""
        return suggest(self.shell.bench, self._register, info, typed)

    # ---- the current cell ----
    def _moved(self) -> None:
        self._tell_cell()
        self._look.start()

    def _tell_cell(self) -> None:
        index, model = self.table.currentIndex(), self.shelf.model
        if not index.isValid():
            self.strip.show_cell("", "", "", len(self.shelf.edits.cells))
            return
        mark, sentence = model.data(index, MARK), model.data(index, SENTENCE)
        self.strip.show_cell(model.info(index.column()).label, mark, sentence, len(self.shelf.edits.cells))

    def _give_up(self) -> None:
        index, model = self.table.currentIndex(), self.shelf.model
        if index.isValid():
            self.shelf.edits.give_up([(model.key_at(index.row()), model.info(index.column()).key)])

    def _next_refused(self) -> None:
        """Go to the next cell whose text was refused; where its row is filtered out, all rows are shown first."""
        cells = list(self.shelf.edits.cells)
        model, at = self.shelf.model, self.table.currentIndex()
        here = (model.key_at(at.row()), model.info(at.column()).key) if at.isValid() else ("", "")
        start = cells.index(here) + 1 if here in cells else 0
        key, column = cells[start % len(cells)]
        self.select(key, column)

    def select(self, key: str, column: str = "") -> bool:
        """Make a record current; where it is filtered out, all rows are shown first."""
        if self.shelf.model.place_of(key) is None and self.shelf.restricted:
            self.clear_filters()
        place = self.shelf.model.place_of(key)
        if place is None:
            return False
        self.table.go_to(place, self.shelf.model.column_of(column) or 0)
        return True

    def _show_detail(self) -> None:
        index = self.table.currentIndex()
        row = self.shelf.model.row_at(index.row()) if index.isValid() else None
        self.detail.show_household(row.household if row else "")

    # ---- from elsewhere ----
    def show_target(self, target: Target) -> None:
        """Rows behind a number of the first page, or one household."""
        if self._register is not Register.HOUSEHOLDS:
            self.show_register(Register.HOUSEHOLDS)
        if target.filter or not target.key:
            self.shelf.take_named(target.filter)
            self.load()
        if target.key:
            self.load_if_stale()
            self.select(target.key)
        self.table.setFocus()

    def start_search(self) -> None:
        """Ctrl+F: search within the register."""
        self.finder.setFocus()
        self.finder.selectAll()

    def can_close(self) -> bool:
        """Refused texts are told before they are lost."""
        return self.deeds.may_leave(sum(len(shelf.edits.cells) for shelf in self._shelves.values()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single file may be dropped to be imported."""
        if dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the file; the program it came from is not kept waiting."""
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.deeds.import_register(path))

    # ---- commands of the menus ----
    def import_register(self) -> None:
        """导入农户名册."""
        self.deeds.import_register()

    def export_register(self) -> None:
        """导出 xlsx."""
        self.deeds.export()
