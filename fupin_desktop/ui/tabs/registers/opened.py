"""One register opened in the tab: its rows, its query, its columns; kept while another register is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from fupin_desktop.services import registers
from fupin_desktop.services.registers import NOBODY, ColumnInfo, Filter, Owner, Query, Register
from fupin_desktop.services.registers.columns import names_of_parents, of_parents, plain
from fupin_desktop.ui.models.register_edits import CellEdits
from fupin_desktop.ui.models.register_model import RegisterModel
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers import layout
from fupin_desktop.ui.tabs.registers.filter import describe
from fupin_desktop.ui.tabs.registers.layout import TableLayout

ABOUT = "about"
"""Key of the chip that says which record of another register the rows are about."""


class Place(NamedTuple):
    """Where the clerk is in a register.

    Attributes:
        key: Key of the current record.
        column: Key of the current column.
        row: Place of the record among the rows, for when it is gone.
        top: First row on the screen.
    """

    key: str = ""
    column: str = ""
    row: int = 0
    top: int = 0


class OpenedRegister:
    """A register with everything the tab remembers of it.

    Args:
        register: Which register.
        owner: Whose records alone are looked at; nobody for all.

    Attributes:
        register: Which register.
        edits: Where typed texts go.
        model: Its rows.
        query: Which rows are shown, in which order.
        layout: Its columns.
        loaded: Whether the rows were read since the last change elsewhere.
        large: Whether the register has so many rows that counting some of them takes long.
        place: Where the clerk is in it.
    """

    def __init__(self, shell: Shell, register: Register, owner: Owner = NOBODY) -> None:
        self._shell = shell
        self.register = register
        self._owner = owner
        self.edits = CellEdits(shell, register, shell, owner=owner.key, fixed=bool(owner.fixed))
        self.layout: TableLayout = layout.remembered(shell.preferences, register)
        if owner.key:
            told = of_parents(register)
            self.layout.shown = [key for key in self.layout.shown if key not in told] or self.layout.shown
        self.model = RegisterModel(shell.bench, self.edits, self.layout.shown, shell)
        self.query = self._all()
        self.loaded = False
        self.large = False
        self.place = Place()
        self._about = ""

    # ---- the query ----
    def _all(self) -> Query:
        return Query(self.register, self._shell.bench.year, parent=self._owner.key)

    def search(self, text: str) -> None:
        """Look for a text."""
        self.query = replace(self.query, text=text)

    def in_village(self, village: str | None) -> None:
        """Only one village, or all."""
        self.query = replace(self.query, village=village)

    def filter_of(self, column: str) -> Filter | None:
        """The filter of a column."""
        return next((one for one in self.query.filters if one.column == column), None)

    def put_filter(self, column: str, condition: Filter | None) -> None:
        """Set or take away the filter of a column."""
        others = tuple(one for one in self.query.filters if one.column != column)
        self.query = replace(self.query, filters=others if condition is None else (*others, condition))

    def take_named(self, name: str) -> None:
        """A named filter alone, e.g. ``missing:account``."""
        self.query = replace(self._all(), filters=self.register.conditions(name))

    def take_about(self, column: str, key: str, told: str) -> None:
        """Only the rows that are about a record of another register."""
        self.query = Query(self.register, self._shell.bench.year, about=(column, key))
        self._about = told

    def drop_about(self) -> None:
        """No longer only those."""
        self.query = replace(self.query, about=("", ""))

    def clear(self) -> None:
        """All rows, in the order chosen."""
        self.query = replace(self._all(), sort=self.query.sort)

    @property
    def restricted(self) -> bool:
        """Whether the query leaves rows out."""
        query = self.query
        return bool(query.text or query.village or query.filters or query.about[0])

    def sort_by(self, column: str, *, beside: bool = False, down: bool | None = None) -> None:
        """Ascending, then descending, then as registered; ``beside`` keeps what it was sorted by before."""
        present = dict(self.query.sort)
        if down is None:
            down = False if column not in present else True if not present[column] else None
        wanted = present if beside else {}
        if down is None:
            wanted.pop(column, None)
        else:
            wanted[column] = down  # what was sorted by already keeps its place before or behind the others
        self.query = replace(self.query, sort=tuple(wanted.items()))

    def read(self) -> bool:
        """Read the rows of the query for the year at work; False where the rows are the same as before, in place."""
        self.query = replace(self.query, year=self._shell.bench.year)
        free = bool(self._owner.key) and not self._owner.fixed and not self.restricted
        moved = self.model.ask(self.query, free=free)
        self.loaded = True
        if not self.model.steady or not self.restricted:
            self.large = not self.model.steady
        return moved

    # ---- what is said about it ----
    @property
    def search_words(self) -> str:
        """By what its rows are found: 户主姓名、拼音首字母、证件尾号、户编号、村, and by whose they are."""
        search = self.register.search
        labels = {info.key: info.label for info in registers.columns(self.register)}
        parts = [*names_of_parents(self.register), *(labels.get(plain(name), "") for name in search.names)]
        parts += ["拼音首字母", "证件尾号" if search.id_number else ""]
        parts += [labels.get(search.code, ""), "村" if "village" in labels else ""]
        return "、".join(part for part in dict.fromkeys(parts) if part)

    def info(self, key: str) -> ColumnInfo:
        """A column by its key."""
        return next(info for info in registers.columns(self.register) if info.key == key)

    def chips(self) -> list[tuple[str, str]]:
        """Column key and words of every filter."""
        about = [(ABOUT, self._about)] if self.query.about[0] else []
        hide = self.model.masked
        return about + [(one.column, describe(self.info(one.column), one, hide=hide)) for one in self.query.filters]

    def short_line(self) -> str:
        """The number of rows alone, which is known at once."""
        return f"{'筛选出' if self.restricted else '共'} {self.model.total:,} {self.register.unit}"

    def counting(self) -> Callable[[], str]:
        """What finds the count line of the query as it stands now; may be called in another thread."""
        query, rows = self.query, self.short_line()
        return lambda: self._count_line(query, rows)

    def _count_line(self, query: Query, rows: str) -> str:
        """“共 612 户 · 参与 548 户 · 大户 73 户 · 面积 … 亩 · 成本 … 元”."""
        bench, register = self._shell.bench, self.register
        counted = [named for named in register.filters.values() if named.counted]
        totals = registers.totals(bench, query, [named.conditions for named in counted])
        parts = [rows]
        for named, found in zip(counted, totals.holding, strict=True):
            if found or not named.where_any:
                parts.append(f"{named.counted} {found:,} {register.unit}")
        for key, word in register.layout.sums:
            total = totals.sums.get(key, "0")
            shown = f"{int(total):,}" if total.isdecimal() else total
            parts.append(f"{word} {shown} {self.info(key).unit or '人'}")
        return " · ".join(parts)

    # ---- columns ----
    def keep_layout(self) -> None:
        """Remember the columns as they are."""
        layout.remember(self._shell.preferences, self.register, self.layout)
