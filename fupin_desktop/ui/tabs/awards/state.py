"""What the awards page shows: a scheme and its calculation; panes, actions and papers know this, not the page.

A scheme that is published or filed stands on the calculation that was posted; what the register would give by now is
calculated beside it and compared household by household.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from fupin_desktop.policy.results import AwardResult, HouseholdAward
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.services import awards, registers, schemes
from fupin_desktop.services.awards import ComparedRow, Desk, KeptRun, StoredRun
from fupin_desktop.services.registers import HOUSEHOLDS
from fupin_desktop.services.schemes import SchemeLine, SchemeState
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.models.award_shares import ItemShare, item_shares
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tasks import Report

_CELLS = frozenset({"registers.set_cells", "registers.add", "registers.remove", "history.undo", "history.redo"})
_SCHEMES = frozenset({"schemes", "awards", "notices", "villages"})
_FROZEN = (SchemeState.PUBLISHED, SchemeState.FILED)
_Opened = tuple[Desk, StoredRun | None]


class AwardsState(QObject):
    """The schemes of the year at work, the one in front, and its calculation.

    Signals:
        listed: The schemes of the year were read.
        opened: Another scheme is in front, or the same one was read anew.
        settled: The calculation is another one.
        kept: It is known anew when the calculation was last stored.
        failed: Why the scheme cannot be calculated.
        reload_wanted: The page is to be read anew.

    Attributes:
        desk: The calculation of the register as it is now; None while there is no scheme, or it cannot be calculated.
        posted: The calculation that was posted; None while the scheme is not published.
        key: Key of the scheme in front; empty for none.
        lines: The schemes of the year.
        scheme_state: Where the scheme stands.
        household: The award of the current row.
        last_kept: The calculation that was last stored; None where none was.
    """

    listed = Signal()
    opened = Signal()
    settled = Signal()
    kept = Signal()
    failed = Signal(object)
    reload_wanted = Signal()

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.desk: Desk | None = None
        self.posted: StoredRun | None = None
        self.key = ""
        self.lines: tuple[SchemeLine, ...] = ()
        self.scheme_state = SchemeState.DRAFT
        self.household: HouseholdAward | None = None
        self.last_kept: KeptRun | None = None

    # ---- what is shown ----
    @property
    def result(self) -> AwardResult | None:
        """The calculation shown: the posted one, else that of the register as it is now."""
        if self.posted is not None:
            return self.posted.result
        return self.desk.result if self.desk else None

    @property
    def numbers(self) -> dict[str, str]:
        """Identity numbers by household key, as the calculation shown knows them."""
        if self.posted is not None:
            return self.posted.numbers
        return self.desk.numbers if self.desk else {}

    @property
    def scheme(self) -> AwardScheme | None:
        """The scheme of the calculation shown."""
        return self.result.scheme if self.result else None

    @property
    def frozen(self) -> bool:
        """Whether the scheme is published or filed, so that a correction is a new one beside it."""
        return self.scheme_state in _FROZEN

    @property
    def shares(self) -> list[ItemShare]:
        """Awards by item, for the chart."""
        return item_shares(self.result) if self.result else []

    def stored(self) -> StoredRun | None:
        """The stored calculation that the one shown is; None for one that is not stored."""
        if self.posted is not None:
            return self.posted
        last, desk = self.last_kept, self.desk
        if last is None or desk is None or last.differing(desk.result):
            return None
        found = awards.load_run(self._shell.bench, last.line.key)
        return found if found.result == desk.result else None

    def differing(self) -> tuple[ComparedRow, ...]:
        """The households whose posted award is not what the register would give now."""
        if self.posted is None or self.desk is None:
            return ()
        return tuple(row for row in awards.compare(self.posted.result, self.desk.result).rows if row.difference)

    # ---- reading ----
    def read(self) -> None:
        """List the schemes of the year."""
        bench = self._shell.bench
        self._shell.read(lambda: schemes.all(bench, bench.year), self._listed)

    def _listed(self, lines: tuple[SchemeLine, ...]) -> None:
        self.lines = lines
        self.listed.emit()

    def wanted_key(self) -> str:
        """The scheme in front, else (where it is gone or of another year) one that still needs work."""
        if any(line.key == self.key for line in self.lines):
            return self.key
        open_ones = [line.key for line in self.lines if line.state in (SchemeState.DECIDED, SchemeState.DRAFT)]
        decided = [line.key for line in self.lines if line.state is SchemeState.DECIDED]
        return next(iter(decided or open_ones or [line.key for line in self.lines]), "")

    def open(self, key: str) -> None:
        """Bring a scheme to the front and calculate it in the background."""
        self.key = key
        line = next((line for line in self.lines if line.key == key), None)
        self.scheme_state = line.state if line else SchemeState.DRAFT
        if not key:
            self._show(None, None)
            return
        bench, frozen = self._shell.bench, self.frozen

        def calculate(report: Report) -> _Opened:
            posted = awards.posted_run(bench, key) if frozen else None
            return Desk(bench, schemes.load(bench, key), progress=report), posted

        def opened(found: _Opened) -> None:
            if key == self.key:
                self._show(*found)

        self._shell.run("正在测算", calculate, opened, failed=self._failed)

    def _show(self, desk: Desk | None, posted: StoredRun | None) -> None:
        self.desk, self.posted = desk, posted
        self.opened.emit()
        self.note_kept()

    def _failed(self, trouble: BaseException) -> None:
        self._show(None, None)
        self.failed.emit(trouble)

    def show_key(self, key: str) -> None:
        """Show a scheme that was just kept."""
        if key != self.key:
            self.key = key
            self.reload_wanted.emit()

    def take(self, change: Change) -> None:
        """A typed fact recomputes its household at once; anything else is read again."""
        desk = self.desk
        if desk is not None and change.operation in _CELLS and not change.nouns & _SCHEMES:
            touched = [key for key in change.keys if desk.award(key) is not None]
            others = [key for key in change.keys if key not in touched]
            if touched:
                self._shell.read(
                    lambda: desk.replace_household(*touched, *self._households(others)),
                    lambda _result: self.settled.emit(),
                )
                return
        if desk is not None and change.nouns == {"awards"}:
            self.note_kept()
        else:
            self.reload_wanted.emit()

    def _households(self, keys: list[str]) -> list[str]:
        """The households among some records: such as have come into the village, or left it."""
        bench = self._shell.bench
        return [row.key for row in registers.rows(bench, HOUSEHOLDS, bench.year, keys)] if keys else []

    # ---- what is stored ----
    def note_kept(self) -> None:
        """Look when the calculation was last stored."""
        bench, key = self._shell.bench, self.key
        self.last_kept = self._shell.read(lambda: awards.last_kept(bench, key)) if key and self.desk else None
        self.kept.emit()
