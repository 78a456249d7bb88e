"""资金台账: the sources at the left, at the right the chosen one with its entries, below the chart of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from fupin_desktop.domain.vocabulary import EntryKind, TargetKind
from fupin_desktop.services import funds
from fupin_desktop.services.funds import EntryLine, FundBalance, LedgerFilter, Opening, TargetBalance, donors
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import theme
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tabs.funds.chart import ChartCard
from fupin_desktop.ui.tabs.funds.entries import EntriesPane
from fupin_desktop.ui.tabs.funds.head import SourceHead
from fupin_desktop.ui.tabs.funds.ledger_actions import LedgerActions, MenuEntry
from fupin_desktop.ui.tabs.funds.sources import SourcesPane

_ADDED = "funds.add"
_ROOM_FOR_CHART = 24  # lines of text below each other


class Read(NamedTuple):
    """What the page shows besides the entries."""

    sources: list[FundBalance]
    targets: list[TargetBalance]
    donors: dict[str, int]


class LedgerPage(OfficeTab):
    """Assembles the panes; what the buttons do is in ``LedgerActions``.

    Attributes:
        found: The sources shown, by key.
        targets: What money of the year can go or went to.
        donors: Number of donors by source.
    """

    nouns: ClassVar[frozenset[str]] = frozenset({"funds", "villages", "schemes", "offices", "applications", "imports"})
    manual_anchor: ClassVar[str] = "money.html"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.found: dict[str, FundBalance] = {}
        self.targets: list[TargetBalance] = []
        self.donors: dict[str, int] = {}
        self._asked: LedgerFilter | None = None
        self._lines: list[EntryLine] = []
        self._openings: list[Opening] = []
        self._theme = theme.current()
        self.sources, self.head, self.chart = SourcesPane(), SourceHead(), ChartCard()
        self.entries = EntriesPane(shell.bench.year)
        self.deeds = LedgerActions(shell, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.split, self.stacked = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.head)
        column.addWidget(self.stacked, 1)
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
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        page.addWidget(self.split)

    def _connect(self) -> None:
        deeds, bar, table = self.deeds, self.entries.bar, self.entries.table
        self.sources.chosen.connect(lambda _key: self._show_chosen())
        self.sources.figure_asked.connect(deeds.show_behind)
        self.sources.menu_asked.connect(self._source_menu)
        self.head.figure_asked.connect(lambda name: deeds.show_behind(self.sources.key, name))
        self.head.edit_asked.connect(deeds.edit_source)
        self.head.void_asked.connect(deeds.void_source)
        self.head.donors_asked.connect(deeds.show_donors)
        bar.narrowed.connect(self._list)
        table.cell_opened.connect(deeds.open_cell)
        table.menu_asked.connect(self._entry_menu)
        table.selectionModel().currentRowChanged.connect(lambda _now, _before: deeds.enable())
        self.chart.chart.chosen.connect(self.sources.choose)
        self.chart.chart.figure_asked.connect(deeds.show_behind)
        deeds.tools.day.day_changed.connect(self.load)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window leaves the room to the entries."""
        super().resizeEvent(event)
        self.chart.setVisible(event.size().height() >= _ROOM_FOR_CHART * self.fontMetrics().height())

    # ---- reading ----
    @property
    def day(self) -> date | None:
        """The day whose balances are shown; None for today."""
        day = self.deeds.tools.day.day
        return None if day is None or day >= self.shell.today else day

    @property
    def asked(self) -> LedgerFilter:
        """What the entries shown are chosen by, words too."""
        bar = self.entries.bar
        wanted = bar.filter(self.shell.bench.year, self.sources.key, self.day)
        mark = bar.mark
        return replace(wanted, text=bar.finder.text().strip(), target_key=mark[1] if mark else "")

    def load(self) -> None:
        """Read sources and entries."""
        bench, day = self.shell.bench, self.day
        self._asked = None
        self.entries.bar.since.year = self.entries.bar.until.year = bench.year
        if self._theme != theme.current():
            self._theme = theme.current()
            self.entries.table.lay_out()
        self.shell.read(
            lambda: Read(
                funds.balances(bench, bench.year, day, include_voided=True), funds.targets(bench, bench.year),
                donors.counts(bench, bench.year),
            ),
            self._read_in,
        )

    def _read_in(self, read: Read) -> None:
        self.found = {one.key: one for one in read.sources}
        self.targets, self.donors = read.targets, read.donors
        self.entries.bar.offer_targets([one.target for one in read.targets if one.by_source])
        self.sources.show_rows(read.sources, self.shell.bench.year)
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self.sources.row
        if row is None:
            return
        day = self.day
        shown = f"{day:%Y-%m-%d}" if day else ""
        self.head.show_row(row, self.found.get(row.key), shown, self.donors.get(row.key, 0))
        self.chart.chart.show_rows(self.sources.model.rows, row.key)
        self.entries.table.show_source_column(not row.key)
        self._list()

    def _list(self) -> None:
        """Show the entries that the bar asks for; only words and target are looked at anew where no more changed."""
        bench, bar = self.shell.bench, self.entries.bar
        wanted = bar.filter(bench.year, self.sources.key, self.day)
        if wanted != self._asked:
            read = self.shell.read(lambda: (funds.entries(bench, wanted), funds.openings(bench, wanted)))
            if read is None:
                return
            self._asked, (self._lines, self._openings) = wanted, read
        self.entries.show_lines(bar.fitting(self._lines), () if bar.narrow else self._openings)
        self.deeds.enable()

    def changed(self, change: Change) -> None:
        """What was just written is in front: a new source, or the last entry."""
        super().changed(change)
        if _ADDED in change.operation:
            self.sources.choose(next((key for key in change.keys if key in self.found), self.sources.key))
        for key in reversed(change.keys):
            if self.entries.table.choose(key):
                return

    # ---- menus ----
    def _source_menu(self, place: QPoint) -> None:
        self._pop(self.deeds.source_entries(), place)

    def _entry_menu(self, place: QPoint) -> None:
        self._pop(self.deeds.entry_entries(), place)

    def _pop(self, entries: Sequence[MenuEntry], place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, run in entries:
            menu.addAction(text).triggered.connect(lambda _on=False, run=run: run())
        menu.popup(place)

    # ---- from elsewhere ----
    def show_record(self, target: Target) -> None:
        """Show a source (its key), the entries of a kind (``ledger:paid``) or of a plan (``ledger:plan``, its key)."""
        self.load_if_stale()
        word = target.filter.partition(":")[2]
        plan = word == TargetKind.PLAN.value
        mark = (TargetKind.PLAN, target.key) if plan else None
        self.entries.bar.want(kind=EntryKind(word) if word in set(EntryKind) else None, mark=mark)
        self.sources.choose("" if plan else target.key)

    def start_search(self) -> None:
        """Ctrl+F: search the entries."""
        self.entries.bar.finder.setFocus()
        self.entries.bar.finder.selectAll()
