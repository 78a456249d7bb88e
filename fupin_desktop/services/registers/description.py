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
from fupin_desktop.storage.entities import Base, Household, Participation, Town, Village
from fupin_desktop.storage.fields import Field

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from fupin_desktop.services.registers.touched import Touched
    from fupin_desktop.services.workbench import Workbench
    from fupin_desktop.storage.unit import Unit

OWN, YEAR = "", "year"
"""Sources of columns: the register's own entity, and the record that it (or its parent) has for each year."""
FIRST = 2
"""Place of the first column's value in a record as it is read: its key and that of what it belongs to go before."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on one column; the parts given must all hold.

    Attributes:
        column: Key of the column.
        values: Values as shown, any of which may stand there; an empty text is “not given”.
        low: Smallest number or date, as typed.
        high: Greatest number or date, as typed.
        contains: Text that must occur.
        blank: True for not given, False for given.
    """

    column: str
    values: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    contains: str = ""
    blank: bool | None = None


@dataclass(frozen=True, slots=True)
class NamedFilter:
    """Conditions under a name, to which figures and due work link.

    Attributes:
        conditions: What must hold.
        counted: Word of the count line that tells how many of the rows shown fulfil it, e.g. 参与; empty for none.
        lacking: What the rows lack, e.g. 没有证件号码, where the first page lists it as work; empty where it does not.
    """

    conditions: tuple[Filter, ...]
    counted: str = ""
    lacking: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """By what a record is found, besides by what its parents are found by.

    Attributes:
        names: Own attributes whose text and pinyin initials are searched; the first names a record in messages.
        id_number: Own attribute with an ID number, found by its last six digits and by its beginning.
        code: Own attribute with a number.
        stored: Own attribute that keeps all search words, village included, where registers are large: it is kept up
            to date with every write. Empty where the attributes themselves are searched.
        sort: Own attribute that keeps the pinyin of the first name, for sorting.
    """

    names: tuple[str, ...]
    id_number: str = ""
    code: str = ""
    stored: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Parent:
    """What every record of a register belongs to.

    Attributes:
        name: Source by which columns name it, e.g. ``household``.
        entity: Its entity.
        column: Attribute of the record that holds its key.
        word: What it is called after 哪一 and 这一, e.g. 户.
        search: By what it is found, and its records with it.
        above: What the parent itself belongs to.
        yearly: The record that the parent has for each year.
        order: Attributes by which its records stand in lists, before they were registered.
    """

    name: str
    entity: type[Base]
    column: str
    word: str
    search: Search
    above: Parent | None = None
    yearly: Yearly | None = None
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Yearly:
    """A record beside another for each year; it has an attribute ``year``.

    Attributes:
        entity: Its entity.
        column: Attribute that holds the key of the record it stands beside.
    """

    entity: type[Base]
    column: str


PARTICIPATION = Yearly(Participation, "household_key")
OF_HOUSEHOLDS = Search(("head_name",), "head_id_number", "code", stored="search_key", sort="head_sort")
TOWN = Parent("town", Town, "town_key", "个镇(街)", Search(("name",)))
VILLAGE = Parent(
    *("village", Village, "village_key", "个村", Search(("name",))), above=TOWN, order=("position", "code", "name")
)
HOUSEHOLD = Parent(
    *("household", Household, "household_key", "户", OF_HOUSEHOLDS),
    above=VILLAGE,
    yearly=PARTICIPATION,
    order=("group_name", "key"),
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that shows another record by its name, and is typed by it.

    Attributes:
        column: Own attribute that holds the key of the other record.
        entity: Entity of the other record.
        name: Attribute by which it is shown.
        codes: Further attributes by which it can be typed, e.g. its number.
        source: Source of the shown name; the parent's, or one of its own.
        key: Key of the column.
        label: Heading; empty takes that of the field at ``column``, else that of the shown name.
    """

    column: str
    entity: type[Base]
    name: str = "name"
    codes: tuple[str, ...] = ()
    source: str = ""
    key: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A column that shows an attribute of the record's own entity, of its year or of what it belongs to.

    Attributes:
        source: :data:`OWN`, :data:`YEAR` or the name of a parent.
        name: Attribute there.
        key: Key of the column; empty takes the attribute without its storage unit.
    """

    source: str
    name: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """A column that is computed when it is read, never typed.

    Attributes:
        field: Its metadata; the name is the key of the column.
        expression: Gives the SQL of its stored value.
        source: Source that the expression reads.
        order: Attribute of the source by which it sorts; empty for the expression itself.
        equals: Gives the condition that it has a stored value (None for not given), where that is quicker than to
            compare the expression.
    """

    field: Field
    expression: Callable[[Workbench, int], ColumnElement[Any]]
    source: str = OWN
    order: str = ""
    equals: Callable[[Workbench, Any], ColumnElement[bool]] | None = None


ColumnSpec = Shown | Reference | Computed


def own(*names: str) -> tuple[Shown, ...]:
    """Columns of the register's own entity."""
    return tuple(Shown(OWN, name) for name in names)


def of_year(*names: str) -> tuple[Shown, ...]:
    """Columns of the record's year."""
    return tuple(Shown(YEAR, name) for name in names)


def of_parent(parent: str, *names: str) -> tuple[Shown, ...]:
    """Columns of what a record belongs to, which are shown and not edited."""
    return tuple(Shown(parent, name) for name in names)


IN_VILLAGE = Reference("village_key", Village, source="village", key="village")
"""The village of a record that belongs to one directly."""
OF_HOUSEHOLD = (
    Shown("village", "name", "village"),
    Shown("household", "group_name"),
    Shown("household", "code", "household_code"),
    Shown("household", "head_name"),
)
"""The columns by which a record of a household is placed."""


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
    """

    session: Session
    records: Mapping[str, Mapping[str, Any]]
    year: int
    today: date


Check = Callable[[Checked], Iterable[Finding]]
Derive = Callable[["Unit", "Touched"], None]
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
    def __reduce__(self) -> tuple[Any, ...]:
        return _named, (self.name,)

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


def _named(name: str) -> Register:
    """The register of a name, for unpickling."""
    from fupin_desktop.services.registers.registry import of

    return of(name)
