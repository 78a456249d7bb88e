"""What a register is: a frozen description, from which every operation on registers is derived.

One file in ``kinds`` describes one register; ``registry`` lists them. Labels, aliases, widths, choices, units, sums and
suggestions stand at the columns of the entity (``storage.fields``) and are not repeated here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.parts import ColumnSpec, Filter, NamedFilter, Parent, Reference, Search, Yearly
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.entities import Base

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from fupin_desktop.policy.parameters import DatedValue
    from fupin_desktop.services.workbench import Workbench
    from fupin_desktop.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Unique:
    """Own attributes that no two records of the register (of a year, where it is year-bound) share.

    Attributes:
        names: The attributes; records in which one of them is not given are not compared.
        severity: Whether it stops a write, or asks to look again.
    """

    names: tuple[str, ...]
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says of a record.

    Attributes:
        key: The record.
        column: Key of the column that it is told at.
        sentence: What is wrong and what to do.
        severity: Whether it stops a write.
        clause: Clause it rests on; empty where none.
    """

    key: str
    column: str
    sentence: str
    severity: Severity = Severity.WARNING
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """Records handed to a check.

    Attributes:
        session: For looking at other records.
        records: Stored values by record key and column key.
        year: The year at work.
        today: The day.
        bench: The workbench, for what the checks of a policy need.
    """

    session: Session
    records: Mapping[str, Mapping[str, Any]]
    year: int
    today: date
    bench: Workbench

    def policy(self, parameter: str) -> DatedValue:
        """The value of a parameter in force today, with its clause."""
        return self.bench.parameters.value(parameter, self.today)


Check = Callable[[Checked], Iterable[Finding]]
Derive = Callable[["Unit", Touched], None]
Guard = Callable[["Session", Iterable[str]], None]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together in the dialog of a new record and on its card."""

    title: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a register is proposed to the eye.

    Attributes:
        first: Keys of the columns shown first; the others follow in their order.
        groups: Of the fields of a record.
        sums: Keys of the summed columns that the count line tells, with their words.
        empty: What an empty register says: a title, and how records come in.
    """

    first: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    sums: tuple[tuple[str, str], ...] = ()
    empty: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The workbook in which a register is exported to be changed and imported again.

    Attributes:
        title: Of the sheet.
        columns: Headings by source and attribute in their order, as ``household.code``; empty takes every editable
            column.
        rows: Child register of which each record is a row, the record's own columns repeated; its columns are named
            ``row.product``. None for a row a record.
        order: Own attributes by which the records of a place are ordered, before they were registered.
    """

    title: str
    columns: tuple[str, ...] = ()
    rows: Register | None = None
    order: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Register:
    """A register of the office. Two descriptions are the same only where they are the same object.

    Attributes:
        name: Stable name; also the noun that changes tell and histories know.
        title: Its Chinese name, that of one record: 农户, 种养项目.
        unit: What its rows are counted in: 户, 条, 人.
        entity: What its rows are.
        columns: In order.
        search: By what records are found.
        parent: What a record belongs to; None for nothing.
        year: Own attribute with the year of a year-bound record; empty for lasting records.
        yearly: Record beside each record for each year; its columns are edited with the record's own.
        identity: Own attributes by which an import finds the record that a row means, the surest first.
        unique: What no two records may share.
        checks: Checks besides those of the fields.
        guard: Refuses a change of records that belong to certain parents, by raising NotAllowed.
        derive: What follows from a write, in the same transaction.
        children: Registers whose records belong to a record of this one; they go with it.
        filters: Named filters.
        layout: How it is proposed to the eye.
        sheet: Its workbook; None for the usual one.
        measure: Word with which records are counted in a sentence, e.g. 名; empty takes the unit.
        keyword: Word by which the command line calls it; empty takes the title.
        tab: Key of the tab that shows it.
        searched: Whether the search box of the window finds its records.
        section: Group of registers it stands in.
        order: Own attribute that holds the place of a record among those of its parent; empty for the order they came.
    """

    name: str
    title: str
    unit: str
    entity: type[Base]
    columns: tuple[ColumnSpec, ...]
    search: Search
    parent: Parent | None = None
    year: str = ""
    yearly: Yearly | None = None
    identity: tuple[tuple[str, ...], ...] = ()
    unique: tuple[Unique, ...] = ()
    checks: tuple[Check, ...] = ()
    guard: Guard | None = None
    derive: Derive | None = None
    children: tuple[Register, ...] = ()
    filters: Mapping[str, NamedFilter] = field(default_factory=dict)
    layout: Layout = Layout()
    sheet: Sheet | None = None
    measure: str = ""
    keyword: str = ""
    tab: str = "registers"
    searched: bool = True
    section: str = ""
    order: str = ""

    @override
    def __repr__(self) -> str:
        return f"<Register {self.name}>"

    def conditions(self, name: str) -> tuple[Filter, ...]:
        """The conditions of a named filter; none where there is no such filter, and so all rows."""
        found = self.filters.get(name)
        return found.conditions if found else ()

    @property
    def nouns(self) -> frozenset[str]:
        """What changes its rows: its records, those below them, what they belong to, what their columns refer to."""
        referred = (spec.entity for spec in self.columns if isinstance(spec, Reference))
        entities = {*(parent.entity for parent in self.parents), *referred}
        below = {noun for child in self.children for noun in child.nouns}
        return frozenset({self.name, *below, *(entity.noun for entity in entities)})

    @property
    def parents(self) -> tuple[Parent, ...]:
        """What a record belongs to, what that belongs to, and so on."""
        found, one = [], self.parent
        while one is not None:
            found.append(one)
            one = one.above
        return tuple(found)
