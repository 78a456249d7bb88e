"""What the first look at each tab would wait for, loaded beforehand piece by piece while the clerk begins to work.

The database toolkit is loaded beside, in the thread of readings, and nothing else meanwhile; then modules in the
window's own thread, a few at a time with pauses between, since two threads that load modules of one package can wait
for each other; last, beside again, the forms of documents are read.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registry import TABS

if TYPE_CHECKING:
    from fupin_desktop.services.registers import Register

BEGIN_MS, EVERY_MS = 1500, 40
MODULES = (
    "policy.parameters", "policy.rules", "policy.scheme", "policy.awards.calculator", "policy.applications",
    "services.values", "documents.definition.loader", "services.offices", "services.registers", "services.history",
    "services.awards", "services.funds", "services.documents", "documents.drawing.pdf_fonts", "documents.drawing.xlsx",
    "documents.drawing.print_pages", "services.notices", "services.award_notices", "services.registers.suggestions",
    "ui.tabs.registers.table", "ui.tabs.registers.card", "ui.tabs.registers.tab", "services.fund_papers",
    "services.sheets.reader", "services.payments", "services.acceptance", "services.data_check", "ui.paper.view",
    "ui.tabs.documents.tab", "documents.layout.fill", "services.dossiers", "services.manual.pages",
    "services.calendars", "ui.tabs.awards.side", "ui.tabs.awards.tab", "ui.tabs.publicity.paying",
    "services.imports.importers", "ui.importing.wizard", "ui.dialogs.record", "ui.dialogs.schemes.scheme",
    "ui.paper.preview", "ui.payments.dialog", "ui.dialogs.changes", "ui.dialogs.publicity.notice",
    "ui.tabs.funds.ledger", "ui.payments.acceptance", "ui.dialogs.publicity.objection", "ui.dialogs.year",
)
"""Modules in such an order that none takes many others with it; those of the tabs follow."""
Step = Callable[[], object]


def load_toolkit() -> None:
    """Load SQLAlchemy with the entities, and lay them out: they are half of all that is loaded."""
    from sqlalchemy.orm import configure_mappers

    import_module("fupin_desktop.storage.entities")
    configure_mappers()


def steps() -> Iterable[Step]:
    """The pieces after that, each of a few hundredths of a second."""
    yield from (partial(import_module, f"fupin_desktop.{name}") for name in MODULES)
    from fupin_desktop.services.documents import registry

    yield from (partial(registry.of, form_id) for form_id in registry.form_ids())
    yield from (partial(import_module, spec.module) for spec in TABS)


def readings(bench: Workbench) -> Iterable[Step]:
    """What is read beside: the order of names, the forms of new documents, then what the tabs show first."""
    from fupin_desktop.services import documents, payments
    from fupin_desktop.services.finding import name_key
    from fupin_desktop.services.registers import HOUSEHOLDS, counts, registry

    yield partial(name_key, "某")
    tabs = dict.fromkeys(spec.key for spec in TABS)
    yield from (partial(documents.titles, bench, tab) for tab in tabs)
    yield partial(documents.lines, bench, bench.year)
    ledgers = registry.grouped("ledgers")
    yield partial(counts, bench, ledgers)
    yield from (partial(_first_card, bench, register) for register in (HOUSEHOLDS, *ledgers[:1]))
    yield from (partial(_first_document, bench, tab) for tab in tabs)
    yield partial(_first_round, bench)
    yield partial(payments.payables, bench, bench.year)


def _first_card(bench: Workbench, register: Register) -> None:
    """Read a record of a register with its card: putting its questions into words takes longer than the answers."""
    from fupin_desktop.services import registers
    from fupin_desktop.services.history import of_card
    from fupin_desktop.services.registers import Query, cards

    query = Query(register, bench.year)
    for key in registers.window_keys(bench, query, 0, 1):
        found = cards.card(bench, register, key)
        if found is not None:
            of_card(bench, found)


def _first_document(bench: Workbench, tab: str) -> None:
    """Read and fill the document that a tab shows first."""
    from fupin_desktop.services import documents

    for line in documents.lines(bench, bench.year, tab=tab)[:1]:
        documents.open_document(bench, line.key)
        documents.filled(bench, line.key)
        documents.history(bench, line.key, 1)


def _first_round(bench: Workbench) -> None:
    """Read the rounds of the year, and the papers of the first."""
    from fupin_desktop.services import round_papers
    from fupin_desktop.services.notices import rounds

    for one in rounds.rounds(bench, bench.year)[:1]:
        round_papers.papers_of(bench, one)


class Warming(QObject):
    """Takes one step after another; it waits while something long runs, and stops at the first trouble.

    Args:
        first: What is loaded beside before them.
        wanted: The steps.
        beside: What is read in the thread of readings after them.
    """

    def __init__(self, shell: Shell, first: Step, wanted: Iterable[Step], beside: Iterable[Step]) -> None:
        super().__init__(shell)
        self._shell, self._first = shell, first
        self._steps, self._readings = iter(wanted), deque[Step]()
        self._beside = beside
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Begin after a moment, which is the clerk's."""
        QTimer.singleShot(BEGIN_MS, self, self.load)

    def load(self) -> None:
        """Begin now."""
        self._shell.read_aside(self._first, lambda _loaded: self._timer.start(), lambda _trouble: None)

    def _go_on(self) -> None:
        tasks = self._shell.tasks
        if tasks.busy or tasks.locked:
            return
        step = next(self._steps, None)
        if step is not None:
            step()
            return
        self._timer.stop()
        gc.freeze()  # what is loaded stays: to look through it for what can go takes a tenth of a second each time
        self._readings.extend(self._beside)
        self._read_on()

    def _read_on(self) -> None:
        """Read the next, where one is left; another's reading may come between two."""
        if self._readings:
            work = self._readings.popleft()
            self._shell.read_aside(work, lambda _found: self._read_on(), lambda _trouble: self._readings.clear())
        else:
            gc.freeze()  # so does what the readings keep


def begin(shell: Shell) -> Warming:
    """Load what the tabs will need."""
    made = Warming(shell, load_toolkit, steps(), readings(shell.bench))
    made.begin()
    return made
