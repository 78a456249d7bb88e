"""What a register is: a frozen description, from which every operation on registers is derived.

One file in ``kinds`` describes one register; ``registry`` lists them. Labels, aliases, widths, choices, units, sums and
suggestions stand at the columns of the entity (``storage.fields``) and are not repeated here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.override import override
from fupin_desktop.services.registers.act import Act
from fupin_desktop.services.registers.parts import (
    Carried,
    ColumnSpec,
    Filter,
    NamedFilter,
    Parent,
    Reference,
    Search,
    Yearly,
)
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Base
from fupin_desktop.storage.fields import of

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
        blank: Those among them that may be empty, and then are the same where they are empty in both.
    """

    names: tuple[str, ...]
    severity: Severity = Severity.WARNING
    blank: frozenset[str] = frozenset()

    @property
    def needed(self) -> tuple[str, ...]:
        """Those that must be given."""
        return tuple(name for name in self.names if name not in self.blank)

    def compares(self, whole: Sequence[Any]) -> bool:
        """Whether values, in the order of the names, are those of a record that is compared."""
        return all(value or name in self.blank for name, value in zip(self.names, whole, strict=True))


@dataclass(frozen=True, slots=True)
class Identity:
    """Own attributes by which an import finds the record that a row means.

    Attributes:
        names: The attributes.
        blank: Those among them that may be empty, in the row as in the record; a row without one of the others is not
            found by them.
        alike: Whether several records may be equal in all of them, which then answer to equal rows in their order; else
            such a row is refused as unclear.
    """

    names: tuple[str, ...]
    blank: frozenset[str] = frozenset()
    alike: bool = False

    def of(self, value: Callable[[str], Any]) -> tuple[Any, ...] | None:
        """What identifies a row or a record; None where it lacks what it must have."""
        whole = {name: value(name) or None for name in self.names}
        lacks = any(one is None and name not in self.blank for name, one in whole.items())
        return None if lacks else tuple(whole.values())


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
    """Records handed to a check, as they are or, before an import, as they would be.

    Attributes:
        session: For looking at other records.
        records: Stored values by record key and column key; the rows of an import have keys of their own.
        year: The year at work.
        today: The day.
        bench: The workbench, for what the checks of a policy need.
        parents: Keys of what they belong to, by record key; without those that belong to nothing.
        registered: Keys of the registered records that they are or would change, by record key; a row of an import that
            would be a new record has none.
    """

    session: Session
    records: Mapping[str, Mapping[str, Any]]
    year: int
    today: date
    bench: Workbench
    parents: Mapping[str, str] = field(default_factory=dict)
    registered: Mapping[str, str] = field(default_factory=dict)

    def policy(self, parameter: str) -> DatedValue:
        """The value of a parameter in force today, with its clause."""
        return self.bench.parameters.value(parameter, self.today)

    def families(self) -> Iterator[tuple[str, list[str]]]:
        """Each record's parent with the keys of its records handed over."""
        of_parent: dict[str, list[str]] = defaultdict(list)
        for key in self.records:
            if key in self.parents:
                of_parent[self.parents[key]].append(key)
        yield from of_parent.items()

    def beside(self, link: Any, *columns: Any, where: Sequence[Any] = ()) -> dict[str, list[tuple[Any, ...]]]:
        """Values of registered records that are not handed over, of the same parents as those that are, by parent.

        Args:
            link: Attribute that holds the parent's key.
            columns: Attributes wanted.
            where: Further conditions.
        """
        found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        taken = set(self.registered.values())
        for part in chunks(sorted(set(self.parents.values()))):
            statement = select(link.class_.key, link, *columns).where(link.in_(part), *where)
            for key, owner, *values in self.session.execute(statement):
                if key not in taken:
                    found[owner].append(tuple(values))
        return found

    def referred(self, column: str, link: Any) -> dict[str, str]:
        """Keys of what a column refers to, by record key: as it is stored, or as a row of an import says."""
        keys = [key for key in self.records if self.registered.get(key) == key]
        found = {key: values[column] for key, values in self.records.items() if values[column]}
        for part in chunks(keys):
            found |= dict(self.session.execute(select(link.class_.key, link).where(link.class_.key.in_(part))).all())
        return {key: value for key, value in found.items() if value}

    def others(self, rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
        """Those of registered rows, each with its key first, whose records are not handed over."""
        taken = set(self.registered.values())
        return [tuple(values) for key, *values in rows if key not in taken]


SECTIONS = ("项目", "主体与联结", "产销", "金融保险", "人员培训", "目标考核")
"""The groups of registers of the tab 台账, in their order."""
Check = Callable[[Checked], Iterable[Finding]]
Derive = Callable[["Unit", Touched], None]


class Beside(NamedTuple):
    """What is told of all records of one owner together.

    Attributes:
        text: A sentence without its full stop.
        good: Whether all is as it should be.
    """

    text: str
    good: bool = False


Summary = Callable[["Session", str], Beside]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together in the dialog of a new record and on its card."""

    title: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Records of another register that are about a record: 带动 27 户.

    Attributes:
        word: What they are to it, before their number: 带动.
        register: Name of their register.
        column: Attribute of theirs that holds the record's key.
        unit: What they are counted in; empty takes their register's.
    """

    word: str
    register: str
    column: str
    unit: str = ""


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
        identity: By what an import finds the record that a row means, the surest first.
        unique: What no two records may share.
        checks: Checks besides those of the fields.
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
        roll: What all records of one owner are called together, e.g. 捐赠名单; empty takes the title.
        beside: What is told below all records of one owner, whose key it gets; None for nothing.
        papers: Forms of the papers about the rows looked at, or about the one chosen; all take a ``LedgerSubject``.
        board: Name of the board that it belongs to, of ``services.boards``; empty for none.
        paper: Form of the computed paper of all records of one owner, about a ``RollSubject``; empty for none.
        order: Own attribute by which records stand among those of their parent: a value, as a code, or, where it is a
            derived field, the place that the program gives them; empty for the order they came.
        carried: What of the records of a year goes over into the next one; None where they belong to that year alone.
        links: Records of other registers that are about a record; its card leads to them.
        acts: What can be done with it at one stroke.
        computed_by: Sentence that says how records come in where nobody types them; empty where they are typed.
        later: Own attributes that must be filled and that lists of other offices lack: an import takes such a list
            without them, their cells are marked until they are filled.
        place_in: Own attributes whose text names the village in lists that have no column for it.
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
    identity: tuple[Identity, ...] = ()
    unique: tuple[Unique, ...] = ()
    checks: tuple[Check, ...] = ()
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
    roll: str = ""
    beside: Summary | None = None
    papers: tuple[str, ...] = ()
    board: str = ""
    paper: str = ""
    order: str = ""
    carried: Carried | None = None
    links: tuple[Link, ...] = ()
    acts: tuple[Act, ...] = ()
    computed_by: str = ""
    later: tuple[str, ...] = ()
    place_in: tuple[str, ...] = ()

    @override
    def __repr__(self) -> str:
        return f"<Register {self.name}>"

    def conditions(self, name: str) -> tuple[Filter, ...]:
        """The conditions of a named filter; none where there is no such filter, and so all rows."""
        found = self.filters.get(name)
        return found.conditions if found else ()

    @property
    def place(self) -> str:
        """Own attribute in which the program keeps the places of records; empty where their order rests on a value."""
        return self.order if self.order and of(self.entity)[self.order].derived else ""

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
