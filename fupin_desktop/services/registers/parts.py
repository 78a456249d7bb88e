"""The parts of a register's description: filters, what records belong to, columns, by what records are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fupin_desktop.services.overview import Urgency
from fupin_desktop.storage.entities import Base, Entity, Household, Participation, Project, Town, Village
from fupin_desktop.storage.fields import Field

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from fupin_desktop.services.workbench import Workbench

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
        badge: Head of that line.
        urgency: Its colour.
        duty: Clause of the document that asks for it; offices of other counties are not told. Empty for all offices.
        where_any: Whether the count line tells it only where there are some.
    """

    conditions: tuple[Filter, ...]
    counted: str = ""
    lacking: str = ""
    badge: str = "缺资料"
    urgency: Urgency = "calm"
    duty: str = ""
    where_any: bool = False


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
        fixed: Why the records of one are only read, e.g. 已作废; empty where they can be changed.
        found_by: Gives the SQL of its key where ``column`` alone does not lead there, as to the village of what belongs
            to a household or else to an entity; None for that column.
    """

    name: str
    entity: type[Base]
    column: str
    word: str
    search: Search
    above: Parent | None = None
    yearly: Yearly | None = None
    order: tuple[str, ...] = ()
    fixed: Callable[[Any], str] | None = None
    found_by: Callable[[], ColumnElement[Any]] | None = None

    def key_beside(self, entity: Any) -> Any:
        """The SQL of its key, beside the entity below it."""
        return getattr(entity, self.column) if self.found_by is None else self.found_by()


@dataclass(frozen=True, slots=True)
class Carried:
    """What of the records of a year goes over into the next one.

    Attributes:
        names: Attributes that are taken over; the others begin with their defaults.
        counted: Those among them that count years, and are one more in the next.
        left: Attributes that are told as not taken over where they hold something, with their words.
        only: Gives the condition on those that go over; None for all of them.
        marks: Attributes by which a record that went over already is known; empty takes what it belongs to.
    """

    names: tuple[str, ...]
    counted: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    only: Callable[[], ColumnElement[bool]] | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Yearly:
    """A record beside another for each year; it has an attribute ``year``.

    Attributes:
        entity: Its entity.
        column: Attribute that holds the key of the record it stands beside.
        carried: What of it goes over into the next year; None for nothing.
    """

    entity: type[Base]
    column: str
    carried: Carried | None = None


PARTICIPATION = Yearly(
    *(Participation, "household_key"),
    carried=Carried(("kind", "area_milli", "priority"), left=(("earlier_fen", "本年已奖补"),)),
)
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
PROJECT = Parent(
    *("project", Project, "project_key", "个项目", Search(("name",), code="code")), above=VILLAGE, order=("code", "key")
)
ENTITY = Parent("entity", Entity, "entity_key", "家主体", Search(("name",), code="credit_code"), above=VILLAGE)


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
IN_PROJECT = Reference("project_key", Project, codes=("code",), source="project", key="project")
"""The project of a record that belongs to one."""
IN_ENTITY = Reference("entity_key", Entity, codes=("credit_code",), source="entity", key="entity")
"""The business entity of a record that belongs to one."""
OF_HOUSEHOLD = (
    Shown("village", "name", "village"),
    Shown("household", "group_name"),
    Shown("household", "code", "household_code"),
    Shown("household", "head_name"),
)
"""The columns by which a record of a household is placed."""
IN_HOUSEHOLD = (
    Shown("village", "name", "village"),
    Shown("household", "group_name"),
    Reference(
        *("household_key", Household, "head_name", ("code", "head_id_number")),
        source="household", key="head_name", label="户主姓名",
    ),
    Shown("household", "code", "household_code"),
)  # fmt: skip
"""The same where the household is typed, by its name or number."""
