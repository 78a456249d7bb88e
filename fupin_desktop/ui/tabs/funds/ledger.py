"""资金台账: the sources at the left, at the right the chosen one with its entries, below the chart of all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QWidget

from fupin_desktop.domain.vocabulary import EntryKind, TargetKind
from fupin_desktop.override import override
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import theme
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tabs.funds.chart import ChartCard
from fupin_desktop.ui.tabs.funds.entries import EntriesPane
from fupin_desktop.ui.tabs.funds.head import SourceHead
from fupin_desktop.ui.tabs.funds.ledger_actions import LedgerActions, MenuEntry
from fupin_desktop.ui.tabs.funds.ledger_papers import LedgerPapers
from fupin_desktop.ui.tabs.funds.ledger_tools import LedgerTools
from fupin_desktop.ui.tabs.funds.sources import SourcesPane
from fupin_desktop.ui.tabs.funds.state import LedgerState
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.selection_sums import TableSums

_ADDED = "funds.add"
_ROOM_FOR_CHART = 24  # lines of text below each other


class LedgerPage(OfficeTab):
    """Assembles the panes around their state; what the buttons do is in ``LedgerActions`` and ``LedgerPapers``.

    Attributes:
        state: What is shown and chosen.
        ledger_actions: What the buttons do.
        papers: Files, print, import.
        tools: The row of buttons.
    """

    nouns: ClassVar[frozenset[str]] = frozenset({"funds", "villages", "schemes", "offices", "applications", "imports"})
    manual_anchor: ClassVar[str] = "money.html#ledger"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._theme = theme.current()
        self.state = state = LedgerState(shell, self)
        self.sources, self.head, self.chart = SourcesPane(state), SourceHead(), ChartCard()
        self.entries = EntriesPane(state)
        self.ledger_actions, self.papers = LedgerActions(shell, state), LedgerPapers(shell, state)
        self.tools = LedgerTools(state, self.ledger_actions, self.papers)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.split, self.stacked = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        right = QWidget()
        vbox(self.head, (self.stacked, 1), on=right, margins=0, spacing=10)
        for place, card in enumerate((self.entries, self.chart)):
            self.stacked.addWidget(card)
            self.stacked.setStretchFactor(place, 1 - place)
        for place, pane in enumerate((self.sources, right)):
            self.split.addWidget(pane)
            self.split.setStretchFactor(place, place)
        for split, sizes in ((self.split, [276, 1056]), (self.stacked, [330, 140])):
            split.setHandleWidth(10)
            split.setChildrenCollapsible(False)
            split.setSizes(sizes)
        vbox(self.split, on=self, margins=(12, 10, 12, 10))

    def _connect(self) -> None:
        state, actions, table = self.state, self.ledger_actions, self.entries.table
        state.read_in.connect(self._show_chosen)
        state.source_chosen.connect(self._show_chosen)
        state.day_chosen.connect(self.load)
        self.sources.figure_asked.connect(actions.show_behind)
        self.sources.menu_asked.connect(lambda place: self._pop(actions.source_entries(), place))
        self.head.figure_asked.connect(lambda name: actions.show_behind(state.source_key, name))
        self.head.edit_asked.connect(actions.edit_source)
        self.head.void_asked.connect(actions.void_source)
        self.head.donors_asked.connect(actions.show_donors)
        table.cell_opened.connect(actions.open_cell)
        TableSums(table, self.shell.selection_told.emit)
        table.menu_asked.connect(lambda place: self._pop(actions.entry_entries(), place))
        self.chart.chart.chosen.connect(state.choose_source)
        self.chart.chart.figure_asked.connect(actions.show_behind)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window leaves the room to the entries."""
        super().resizeEvent(event)
        self.chart.setVisible(event.size().height() >= _ROOM_FOR_CHART * self.fontMetrics().height())

    # ---- reading ----
    @override
    def load(self) -> None:
        """Read sources and entries."""
        if self._theme != theme.current():
            self._theme = theme.current()
            self.entries.table.lay_out()
        self.state.load()

    def _show_chosen(self) -> None:
        """Show the current source with its entries."""
        row, state = self.sources.row, self.state
        if row is None:
            return
        shown = f"{state.day:%Y-%m-%d}" if state.day else ""
        self.head.show_row(row, state.source, shown, state.donors.get(row.key, 0))
        self.chart.chart.show_rows(self.sources.model.rows, row.key)
        self.entries.table.show_source_column(not row.key)
        self.entries.list()

    @override
    def changed(self, change: Change) -> None:
        """What was just written is in front: a new source, or the last entry."""
        super().changed(change)
        if _ADDED in change.operation:
            added = (key for key in change.keys if key in self.state.sources)
            self.state.choose_source(next(added, self.state.source_key))
        for key in reversed(change.keys):
            if self.entries.table.choose(key):
                return

    # ---- menus ----
    def _pop(self, entries: Sequence[MenuEntry], place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, run in entries:
            menu.addAction(text).triggered.connect(lambda _on=False, run=run: run())
        menu.popup(place)

    # ---- from elsewhere ----
    @override
    def show_record(self, target: Target) -> None:
        """Show a source (its key), the entries of a kind (``ledger:paid``) or of a plan (``ledger:plan``, its key)."""
        self.load_if_stale()
        word = target.filter.partition(":")[2]
        plan = word == TargetKind.PLAN.value
        mark = (TargetKind.PLAN, target.key) if plan else None
        self.entries.bar.want(kind=EntryKind(word) if word in set(EntryKind) else None, mark=mark)
        self.state.choose_source("" if plan else target.key)

    @override
    def take_keyboard(self) -> None:
        """The entries take the keyboard."""
        self.entries.table.setFocus()

    @override
    def start_search(self) -> None:
        """Ctrl+F: search the entries."""
        self.entries.bar.finder.setFocus()
        self.entries.bar.finder.selectAll()
