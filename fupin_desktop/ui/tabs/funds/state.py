"""What the ledger's page shows and what is chosen in it; panes, buttons, actions and papers know this, not the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from fupin_desktop.services import funds, registers
from fupin_desktop.services.funds import EntryLine, FundBalance, LedgerFilter, Opening, TargetBalance
from fupin_desktop.services.registers import Query, registry
from fupin_desktop.ui.shell import Shell


class _Read(NamedTuple):
    """What is read besides the entries."""

    sources: list[FundBalance]
    targets: list[TargetBalance]
    donors: dict[str, int]


class LedgerState(QObject):
    """The ledger of the year at work.

    Signals:
        read_in: Sources, targets and donors were read.
        source_chosen: Key of the source that became current; empty for all.
        day_chosen: Another day's balances are wanted.
        entries_shown: Other entries are shown.
        line_chosen: Another entry is current.
        copy_wanted: The chosen entries are to be copied.

    Attributes:
        sources: The sources, void ones too, by key.
        targets: What money of the year can go or went to.
        donors: Number of donors by source.
        source_key: Key of the current source; empty for all.
        line: The current entry.
        lines: The entries shown.
        shown: What they are chosen by, words and target too.
    """

    read_in = Signal()
    source_chosen = Signal(str)
    day_chosen = Signal()
    entries_shown = Signal()
    line_chosen = Signal()
    copy_wanted = Signal()

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._day: date | None = None
        self._asked: LedgerFilter | None = None
        self._found: tuple[list[EntryLine], list[Opening]] = ([], [])
        self.sources: dict[str, FundBalance] = {}
        self.targets: list[TargetBalance] = []
        self.donors: dict[str, int] = {}
        self.source_key = ""
        self.line: EntryLine | None = None
        self.lines: Sequence[EntryLine] = ()
        self.shown = LedgerFilter(self.year)

    @property
    def year(self) -> int:
        """The year at work."""
        return self._shell.bench.year

    @property
    def source(self) -> FundBalance | None:
        """The current source; None for all."""
        return self.sources.get(self.source_key)

    @property
    def standing(self) -> list[FundBalance]:
        """The sources that are not void."""
        return [one for one in self.sources.values() if not one.voided]

    # ---- the day ----
    @property
    def day(self) -> date | None:
        """The day whose balances are shown; None for today."""
        return None if self._day is None or self._day >= self._shell.today else self._day

    def choose_day(self, day: date | None) -> None:
        """Show the balances of a day; None for today."""
        self._day = day
        self.day_chosen.emit()

    # ---- reading ----
    def load(self) -> None:
        """Read sources, targets and donors; entries are read again when they are next wanted."""
        bench, day = self._shell.bench, self.day
        self._asked = None
        self._shell.read(
            lambda: _Read(
                funds.balances(bench, bench.year, day, include_voided=True), funds.targets(bench, bench.year),
                registers.counts_of_parents(bench, Query(registry.of("donors"), bench.year)),
            ),
            self._read_in,
        )

    def _read_in(self, read: _Read) -> None:
        self.sources = {one.key: one for one in read.sources}
        self.targets, self.donors = read.targets, read.donors
        if self.source_key not in self.sources:
            self.source_key = ""
        self.read_in.emit()

    def entries(self, wanted: LedgerFilter) -> tuple[list[EntryLine], list[Opening]] | None:
        """Entries and what is carried over, read anew only where something else is wanted; None after trouble."""
        bench = self._shell.bench
        if wanted != self._asked:
            read = self._shell.read(lambda: (funds.entries(bench, wanted), funds.openings(bench, wanted)))
            if read is None:
                return None
            self._asked, self._found = wanted, read
        return self._found

    # ---- what is chosen ----
    def choose_source(self, key: str) -> None:
        """Make a source current; a key that is not there changes nothing."""
        if key != self.source_key and (not key or key in self.sources):
            self.source_key = key
            self.source_chosen.emit(key)

    def show_lines(self, lines: Sequence[EntryLine], shown: LedgerFilter) -> None:
        """Keep which entries the table shows."""
        self.lines, self.shown = lines, shown
        self.entries_shown.emit()

    def choose_line(self, line: EntryLine | None) -> None:
        """Keep which entry is current."""
        self.line = line
        self.line_chosen.emit()
