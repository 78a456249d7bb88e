"""What the tab stands on: which register is in front, its query, what is masked; everything else follows by signals."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, Signal

from fupin_desktop.services.registers import NOBODY, Filter, Owner, Register
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers.opened import ABOUT, OpenedRegister


class State(QObject):
    """The registers of a tab, one of them in front.

    Signals:
        leaving: Another register is about to come to the front.
        register_changed: Another register came to the front.
        query_changed: Other rows or another order is wanted; True to begin at the first row.
        record_wanted: Key of a record and key of a column to be made current.
        masked_changed: Numbers are to be hidden or shown.
        refused_changed: Refused texts of the register in front were marked or dropped.
        troubled: A ``Situation`` met while reading.
        readable: The data can be read again after that.

    Args:
        shell: What the tab was handed.
        registers: The registers of the tab, in order; the first is in front at the beginning.
        owner: Whose records alone are looked at; nobody for all.
    """

    leaving = Signal()
    register_changed = Signal()
    query_changed = Signal(bool)
    record_wanted = Signal(str, str)
    masked_changed = Signal(bool)
    refused_changed = Signal()
    troubled = Signal(object)
    readable = Signal()

    def __init__(
        self, shell: Shell, registers: Sequence[Register], parent: QObject | None = None, *, owner: Owner = NOBODY,
    ) -> None:
        super().__init__(parent)
        self._shell, self.owner = shell, owner
        self.registers = tuple(registers)
        self._opened: dict[Register, OpenedRegister] = {}
        self._register = self.registers[0]
        self.masked = False

    @property
    def fixed(self) -> bool:
        """Whether nothing is changed; it is told why."""
        if self.owner.fixed:
            self._shell.said.emit(self.owner.fixed)
        return bool(self.owner.fixed)

    @property
    def title(self) -> str:
        """What the rows are called on files and papers."""
        return f"{self.owner.name} {self.register.title}" if self.owner.key else f"{self.register.title}台账"

    # ---- registers ----
    @property
    def register(self) -> Register:
        """The register in front."""
        return self._register

    @property
    def front(self) -> OpenedRegister:
        """The register in front with all that is remembered of it."""
        if self._register not in self._opened:
            made = OpenedRegister(self._shell, self._register, self.owner)
            made.model.troubled.connect(self.troubled)
            made.model.readable.connect(self.readable)
            made.edits.refused_changed.connect(self.refused_changed)
            made.model.set_masked(self.masked)
            self._opened[self._register] = made
        return self._opened[self._register]

    def show(self, register: Register) -> None:
        """Bring a register to the front."""
        self.leaving.emit()
        self._register = register
        self.register_changed.emit()

    def set_stale(self) -> None:
        """The data changed: rows of registers behind are read again when they come to the front."""
        for opened in self._opened.values():
            opened.loaded = False

    @property
    def refused(self) -> int:
        """How many refused texts wait in all registers."""
        return sum(len(opened.edits.cells) for opened in self._opened.values())

    def set_masked(self, masked: bool) -> None:
        """Hide or show the middle of ID numbers, phones and accounts on the screen."""
        self.masked = masked
        for opened in self._opened.values():
            opened.model.set_masked(masked)
        self.masked_changed.emit(masked)

    # ---- the query ----
    def search(self, text: str) -> None:
        """Look for a text in the register in front."""
        if text != self.front.query.text:
            self.front.search(text)
            self.query_changed.emit(bool(text))

    def in_village(self, village: str | None) -> None:
        """Show the rows of one village, or of all."""
        self.front.in_village(village)
        self.query_changed.emit(village is not None)

    def keep_villages(self, names: Collection[str]) -> None:
        """Show the rows of all villages where the village chosen is none of these any more."""
        for opened in self._opened.values():
            if opened.query.village and opened.query.village not in names:
                opened.in_village(None)

    def sort_by(self, column: str, beside: bool = False, down: bool | None = None) -> None:
        """Order the rows by a column; see :meth:`OpenedRegister.sort_by`."""
        self.front.sort_by(column, beside=beside, down=down)
        self.query_changed.emit(True)

    def put_filter(self, column: str, condition: Filter | None) -> None:
        """Set or take away the filter of a column."""
        self.front.put_filter(column, condition)
        self.query_changed.emit(condition is not None)

    def take_about(self, column: str, key: str, told: str) -> None:
        """Show the rows alone that are about a record of another register; ``told`` says which."""
        self.front.take_about(column, key, told)
        self.query_changed.emit(False)

    def drop_filter(self, chip: str) -> None:
        """Take away what a chip stands for: the filter of a column, or that rows are about a record."""
        if chip == ABOUT:
            self.front.drop_about()
            self.query_changed.emit(False)
        else:
            self.put_filter(chip, None)

    def take_named(self, name: str) -> None:
        """Show the rows of a named filter alone; all rows for an empty name."""
        self.front.take_named(name)
        self.query_changed.emit(False)

    def clear(self) -> None:
        """Show all rows in the order chosen."""
        self.front.clear()
        self.query_changed.emit(False)

    def select(self, key: str, column: str = "") -> None:
        """Make a record current; where it is filtered out, all rows are shown first."""
        self.record_wanted.emit(key, column)
