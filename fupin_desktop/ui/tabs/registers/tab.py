"""The tab of one or more registers, worked with as spreadsheets are; 农户台账 is one of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QSplitter, QStackedWidget, QWidget

from fupin_desktop.errors import Situation
from fupin_desktop.override import override
from fupin_desktop.services import registers, villages
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import NOBODY, ColumnInfo, Owner, Register, cards
from fupin_desktop.services.registers.suggestions import suggest
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import theme
from fupin_desktop.ui.dropping import dropped_file, is_of_office
from fupin_desktop.ui.models.register_cells import MARK, SENTENCE
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tabs.registers.actions import RegisterActions
from fupin_desktop.ui.tabs.registers.bar import FilterLine
from fupin_desktop.ui.tabs.registers.card import CardPane
from fupin_desktop.ui.tabs.registers.card_parts import PARTS
from fupin_desktop.ui.tabs.registers.clipboard import Clipboard
from fupin_desktop.ui.tabs.registers.columns import ColumnKeeper
from fupin_desktop.ui.tabs.registers.counts import Counts
from fupin_desktop.ui.tabs.registers.directory import Directory
from fupin_desktop.ui.tabs.registers.filter import FilterPanel, listed
from fupin_desktop.ui.tabs.registers.following import CardFollower
from fupin_desktop.ui.tabs.registers.menu import open_cell_menu
from fupin_desktop.ui.tabs.registers.rows import Rows
from fupin_desktop.ui.tabs.registers.state import State
from fupin_desktop.ui.tabs.registers.strip import CellStrip
from fupin_desktop.ui.tabs.registers.sums import SelectionSums
from fupin_desktop.ui.tabs.registers.table import RegisterTable
from fupin_desktop.ui.tabs.registers.tools import Tools
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.card import Card
from fupin_desktop.ui.widgets.empty import EmptyState

VILLAGE = "village"
_CELLS = "registers.set_cells"
_NOTHING = ("没有符合条件的记录", "可以改一改搜索的文字或筛选条件。")


class RegisterTab(OfficeTab):
    """Puts table, bar, card and actions together; all of them stand on its state.

    Args:
        shown: The registers of the tab, the first in front.
        owner: Whose records alone are shown, without a card; nobody for all.

    Attributes:
        state: Which register is in front, and its query.
        table: The register table.
        rows: Keeps the clerk's place in the table.
        card: The pane of the current record.
        follower: Shows it.
        register_actions: What the buttons do.
    """

    manual_anchor: ClassVar[str] = "households.html"

    def __init__(
        self, shell: Shell, shown: Sequence[Register], parent: QWidget | None = None, *, owner: Owner = NOBODY,
    ) -> None:
        super().__init__(shell, parent)
        self._troubled = False
        self._theme = theme.current()
        self.state = State(shell, shown, self, owner=owner)
        self._nouns = _nouns(shown)
        self.table = RegisterTable(self._suggest)
        self.columns = ColumnKeeper(shell, self.table, self.state)
        self.rows = Rows(self.state, self.table, self.columns, self)
        self.counts = Counts(shell, self.state, self)
        self.clipboard = Clipboard(shell, self.table, self.state)
        self.sums = SelectionSums(shell, self.state, self.table)
        self.card = CardPane(shell, self.state.register)
        self.register_actions = RegisterActions(shell, self.state, self.table)
        self.directory = Directory(self.state) if shown[0].section else None
        self.tools = Tools(self.state, self.register_actions, self.table, self.columns, self.card)
        self.filters, self.strip = FilterLine(), CellStrip()
        self.finder, self.village = self.filters.finder, self.filters.village
        self.empty = EmptyState("", "", self.tools.import_button.text(), self.register_actions.import_register)
        self.follower = CardFollower(self.state, self.table, self.card, self)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self.rows.put_on()

    # ---- building ----
    def _build(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        card = Card(margin=0)
        outer = card.layout()
        assert outer is not None
        outer.setContentsMargins(1, 1, 1, 1)
        card.body.setSpacing(0)
        for piece in (self.filters, self.stack, self.strip):
            card.body.addWidget(piece)
        card.body.setStretchFactor(self.stack, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(10)
        self.split.setChildrenCollapsible(False)
        for widget in (*filter(None, [self.directory]), card, self.card):
            self.split.addWidget(widget)
        self.card.setVisible(not self.state.owner.key)
        self.split.setStretchFactor(self.split.indexOf(card), 1)
        self.split.setSizes([*([150] if self.directory is not None else []), 1000, 330])
        if self.state.owner.key:
            self.setProperty("role", "")
        margins = 0 if self.state.owner.key else (12, 6, 12, 10)
        # The tools are over the card too: with the card open a small screen has no room beside it.
        vbox(self.tools, (self.split, 1), on=self, margins=margins, spacing=4)

    def _connect(self) -> None:
        state = self.state
        state.masked_changed.connect(self.card.set_masked)
        state.masked_changed.connect(lambda _masked: self.filters.show_chips(state.front.chips()))
        state.refused_changed.connect(self._tell_cell)
        state.troubled.connect(self._trouble)
        state.readable.connect(self.reload)
        self.rows.shown.connect(self._rows_shown)
        self.table.drawn.connect(self._drawn)
        self.finder.textChanged.connect(self.follower.put_off)
        self.counts.told.connect(self.filters.show_count)
        self.finder.asked.connect(state.search)
        self.finder.left.connect(self.table.setFocus)
        self.village.chosen.connect(state.in_village)
        self.filters.removed.connect(state.drop_filter)
        self.filters.cleared.connect(state.clear)
        self.table.head.sort_asked.connect(self._sort)
        self.table.head.filter_asked.connect(self.open_filter)
        self.table.current_moved.connect(self._moved)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(lambda place: open_cell_menu(state, self.table, place))
        self.strip.mend_asked.connect(lambda: self.table.edit(self.table.currentIndex()))
        self.strip.drop_asked.connect(self.rows.drop_refused)
        self.strip.next_asked.connect(self.rows.next_refused)

    # ---- reading ----
    @override
    def load(self) -> None:
        """Read the register in front; the others are read when they come to the front."""
        self._troubled = False
        self._restyle()
        self.shell.read(lambda: villages.all(self.shell.bench), self._offer_villages)
        self._count_registers()
        self.rows.read()

    def _offer_villages(self, found: Sequence[villages.VillageInfo]) -> None:
        names = list(dict.fromkeys(village.name for village in found))
        self.state.keep_villages(names)
        self.village.fill(names, self.state.front.query.village)

    def _count_registers(self) -> None:
        """Tell how many rows each register has, where they stand in a directory."""
        directory, bench = self.directory, self.shell.bench
        if directory is not None:
            asked = self.state.registers
            self.shell.read(lambda: registers.counts(bench, asked), directory.show_counts)

    @override
    def changed(self, change: Change) -> None:
        """Typed cells are shown in place; anything else is read again."""
        if not self._nouns & change.nouns:
            return
        self.state.set_stale()
        if change.operation == _CELLS and self.isVisible() and self.state.front.model.held and not self._stale:
            self.rows.refresh()
            self._count_registers()
            self.counts.tell_soon()
            self.follower.soon()
        else:
            self.reload()

    def _rows_shown(self) -> None:
        front = self.state.front
        self.table.setAccessibleName(front.register.title)
        self.finder.name(front.search_words)
        self.finder.put(front.query.text)
        self.village.setVisible(front.model.has(VILLAGE))
        self.village.put(front.query.village)
        self.filters.show_chips(front.chips())
        self.filters.show_count(front.short_line())
        self._show_stack()
        self.follower.hold()
        self.table.tell_drawn()

    def _drawn(self) -> None:
        """The rows are on the screen: what is told of them takes longer than they, and comes behind them."""
        self.counts.tell_soon()
        self.follower.soon()

    def _show_stack(self) -> None:
        front = self.state.front
        some = front.model.rowCount() > 0
        appears, held = some and self.stack.currentWidget() is self.empty, self.window().focusWidget()
        self.stack.setCurrentWidget(self.table if some else self.empty)
        if appears and isinstance(held, QAbstractButton) and self.isAncestorOf(held):
            self.table.setFocus()  # the first rows have come in, by a button
        if not some:
            self.empty.set_text(*(_NOTHING if front.restricted else front.register.layout.empty))
            wanted = not front.restricted and not self.state.owner.fixed and not front.register.computed_by
            self.empty.action.setVisible(wanted)

    def settle(self) -> None:
        """Tell counts and show the current record now, without the usual pause."""
        self.counts.tell()
        self.follower.show()

    def _restyle(self) -> None:
        """Another text size or contrast was chosen."""
        if theme.current() != self._theme:
            self._theme = theme.current()
            self.table.restyle()
            self.card.restyle()
            self.columns.lay_out()

    def _trouble(self, situation: Situation) -> None:
        """Reading failed while painting: tell it once, outside of the painting."""
        if not self._troubled:
            self._troubled = True
            QTimer.singleShot(0, self, lambda: self.shell.ask.situation(self.shell.window, situation))

    # ---- headings ----
    def _sort(self, column: int, beside: bool, down: bool | None = None) -> None:
        self.state.sort_by(self.state.front.model.info(column).key, beside, down)

    def open_filter(self, section: int, place: QPoint) -> FilterPanel:
        """Open the filter of a column below its heading."""
        front = self.state.front
        info, query = front.model.info(section), front.query
        found = self.shell.read(lambda: registers.values(self.shell.bench, query, info.key)) if listed(info) else ()
        panel = FilterPanel(info, found or (), front.filter_of(info.key), self)
        panel.applied.connect(partial(self.state.put_filter, info.key))
        panel.sorted.connect(lambda down: self._sort(section, False, down))
        panel.open_at(place)
        return panel

    def _suggest(self, info: ColumnInfo, typed: str) -> list[str]:
        """What may stand in a column of the register in front."""
        return suggest(self.shell.bench, self.state.register, info, typed)

    # ---- the current cell ----
    def _moved(self) -> None:
        self._tell_cell()
        self.follower.soon()

    def _tell_cell(self) -> None:
        index, front = self.table.currentIndex(), self.state.front
        refused = len(front.edits.cells)
        if not index.isValid():
            self.strip.show_cell("", "", "", refused)
            return
        mark, sentence = front.model.data(index, MARK), front.model.data(index, SENTENCE)
        if self.strip.isHidden():  # it takes room from the rows: the current one must not be what it hides
            QTimer.singleShot(0, self.table, lambda: self.table.scrollTo(self.table.currentIndex()))
        self.strip.show_cell(front.model.info(index.column()).label, mark, sentence, refused)

    # ---- from elsewhere ----
    @override
    def show_record(self, target: Target) -> None:
        """Rows of a named filter, or one record, of whichever register of the tab has them."""
        register = self._meant(target)
        if self.state.register is not register:
            self.state.show(register)
        self.load_if_stale()
        if target.filter or not target.key:
            self._take_filter(target.filter)
        if target.village:
            self.state.in_village(target.village)
        if target.key and not self.rows.select(target.key):
            gone = f"没有找到要看的{register.title}：可能已经删除，或者不在 {self.shell.bench.year} 年度。"
            self.shell.said.emit(gone)
        self.table.setFocus()

    def _take_filter(self, name: str) -> None:
        """Show the rows of a named filter, or those about a record of another register."""
        front = self.state.front
        if name.startswith(cards.ABOUT):
            column, _, key = name.removeprefix(cards.ABOUT).partition("=")
            told = self.shell.read(lambda: cards.told_about(self.shell.bench, front.register, column, key)) or ""
            self.state.take_about(column, key, told)
        else:
            self.state.take_named(name)

    def _meant(self, target: Target) -> Register:
        bench, shown = self.shell.bench, self.state.registers
        if target.register:
            return next((one for one in shown if one.name == target.register), shown[0])
        if target.filter:
            return next((one for one in shown if target.filter in one.filters), shown[0])
        if target.key:
            return next((one for one in shown if registers.rows(bench, one, bench.year, [target.key])), shown[0])
        return shown[0]

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """The sums of the selection go with the table."""
        super().hideEvent(event)
        with suppress(RuntimeError):  # at the end of the program the shell may go before its tabs
            self.shell.selection_told.emit("")

    @override
    def take_keyboard(self) -> None:
        """The keyboard goes to the rows; while there is none, to what adds one."""
        add = self.tools.add_button
        nothing = self.stack.currentWidget() is self.empty and add.isEnabled() and not add.isHidden()
        (add if nothing else self.table).setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl++ adds a record also where no table has the keyboard, as while there is none."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and self.tools.add_button.isVisible():
            self.register_actions.add()
        else:
            super().keyPressEvent(event)

    @override
    def start_search(self) -> None:
        """Ctrl+F: search within the register."""
        self.finder.setFocus()
        self.finder.selectAll()

    @override
    def print_paper(self) -> None:
        """Ctrl+P: print the rows looked at."""
        self.register_actions.print_rows()

    @override
    def can_close(self) -> bool:
        """Refused texts are told before they are lost."""
        self.table.finish_typing()
        return self.register_actions.may_leave()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single file may be dropped to be imported; what is a whole office's goes to the window."""
        path = dropped_file(event)
        if path is None or is_of_office(path):
            event.ignore()
        else:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Import the file; the program it came from is not kept waiting."""
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.take_file(path))

    @override
    def take_file(self, path: Path) -> None:
        """Import a file into the register in front."""
        self.register_actions.import_register(path)


def _nouns(shown: Sequence[Register]) -> frozenset[str]:
    """What changes what the tab shows: its registers, and the parts of their cards."""
    parts = {noun for one in shown for part in PARTS.get(one.name, ()) for noun in part.nouns}
    return frozenset(parts.union(*(one.nouns for one in shown)))
