"""What every tab is handed: the workbench, the asker, the tasks, and the signals of the window around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fupin_desktop.errors import Situation
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.tasks import Job, Tasks, Work

Result = TypeVar("Result")


class Shell(QObject):
    """The window as its tabs see it.

    Signals:
        changed: A ``Change`` that an operation made; the window hands it to every tab.
        wanted: A ``services.overview.Target`` to show.
        help_wanted: A manual anchor, e.g. ``register.html#columns``.
        said: A short sentence for the status bar.
        commanded: Key of a menu command to carry out.
        clause_wanted: Name of a clause to read, e.g. ``吴川 三(二)4``.
        selection_told: Count and sums of the chosen cells, for the status bar; empty for none.
        due_told: The next due date in a few words, for the status bar.

    Attributes:
        bench: The office's workbench; operations of ``services`` take it first.
        ask: The seam for dialogs.
        tasks: Runs operations; ``do`` and ``run`` are the usual way to it.
        preferences: What this PC remembers.
        favourites: Key and text of the commands that the first page offers as buttons.
    """

    changed = Signal(object)
    wanted = Signal(object)
    help_wanted = Signal(str)
    said = Signal(str)
    commanded = Signal(str)
    due_told = Signal(str)
    selection_told = Signal(str)
    clause_wanted = Signal(str)

    def __init__(
        self, bench: Workbench, ask: Asker, preferences: Preferences, crashed: Callable[[BaseException], None],
        window: QWidget | None = None,
    ) -> None:
        super().__init__(window)
        self.bench, self.ask, self.preferences = bench, ask, preferences
        self.window = window
        self.favourites: list[tuple[str, str]] = []
        self.tasks = Tasks(window, ask, crashed, self._word)

    @property
    def today(self) -> date:
        """The day by the workbench's clock."""
        return self.bench.today

    def read(self, work: Callable[[], Result], done: Callable[[Result], object] | None = None) -> Result | None:
        """Read something quickly (at most 50 ms), also while a long operation runs; trouble is told: None then.

        It writes nothing into the data file: what writes goes by ``do``, which waits its turn.
        """
        return self.tasks.read(work, done)

    def may_change(self) -> bool:
        """Whether anything may be written now; where not, it is told why, before the clerk is asked for anything."""
        def allowed() -> bool:
            self.bench.require_change("")
            return True

        return bool(self.read(allowed))

    def read_aside(
        self, work: Callable[[], Result], done: Callable[[Result], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Read something that may take longer beside the clerk's work, in a thread of its own."""
        self.tasks.aside(work, done, failed)

    def _word(self, situation: Situation) -> None:
        from fupin_desktop.services import offices

        offices.say_clauses(self.bench, situation)

    def clause_words(self, clause: str) -> str:
        """A clause as the office reads it: that of another county's document is called so."""
        from fupin_desktop.services import offices

        return offices.clause_words(self.bench, clause)

    def do(
        self, work: Callable[[], Result], done: Callable[[Result], object] | None = None,
        failed: Callable[[], object] | None = None,
    ) -> Result | None:
        """Run a short operation and broadcast the change it returns (itself, or as its ``change``).

        Behind a long operation it waits and None is returned, as where it was refused: what follows belongs into
        ``done``, what a refusal asks for, besides being told, into ``failed``.
        """
        return self.tasks.direct(work, lambda result: self._did(result, done), failed)

    def run(
        self, title: str, work: Work[Result], done: Callable[[Result], object] | None = None, *,
        failed: Callable[[BaseException], object] | None = None, cancellable: bool = True, alone: bool = False,
    ) -> Job:
        """Run a long operation in the worker, with progress and cancel, and broadcast the change it returns."""
        return self.tasks.run(
            title, work, lambda result: self._did(result, done), failed=failed, cancellable=cancellable,
            alone=alone,
        )

    def _did(self, result: Result, done: Callable[[Result], object] | None) -> None:
        change = result if isinstance(result, Change) else getattr(result, "change", None)
        if isinstance(change, Change):
            self.changed.emit(change)
            if change.message:
                self.said.emit(change.message)
        if done is not None:
            done(result)
