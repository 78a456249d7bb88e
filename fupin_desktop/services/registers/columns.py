"""The columns of a register as its description and the fields of its entities make them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from sqlalchemy import inspect
from sqlalchemy.orm import InstrumentedAttribute

from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.parts import OWN, YEAR, Computed, Reference, Shown
from fupin_desktop.services.registers.sources import key_of, source_of, sources
from fupin_desktop.storage.fields import Field, Kind, of
from fupin_desktop.storage.unit import table_of

Align = Literal["left", "right", "center"]
_RIGHT = {Kind.MONEY, Kind.AREA, Kind.QUANTITY, Kind.INTEGER, Kind.PERCENT}
_CENTRED = {Kind.CHOICE, Kind.FLAG, Kind.DATE}
_PLACES = ("village", "town")
_WIDTHS = {Kind.ID_NUMBER: 20, Kind.PHONE: 13, Kind.ACCOUNT: 22, Kind.MONEY: 12, Kind.AREA: 10, Kind.FLAG: 8}


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """What a table, an export or an import wizard needs to know of a column.

    Attributes:
        key: Stable name, e.g. ``head_name``.
        label: Heading without unit.
        unit: Unit; empty where none.
        kind: What it holds (``storage.fields.Kind`` as text).
        editable: Whether its cells can be typed into.
        choices: Labels of a closed list, else empty.
        required: Whether a record without it is no record.
        width: Width in characters (半角).
        align: left, right or center.
        help: One sentence for the clerk.
        summed: Whether totals show its sum.
        closed: Whether only the values offered may stand there: choices, yes and no, names of other records.
        suggested: Whether the texts already there are offered while one is typed.
        wide: The width that its field states; 0 where that follows from its kind and heading.
        several: Whether several words of its list may stand there, parted by 、.
        refers: Whether it shows another record by its name.
    """

    key: str
    label: str
    unit: str
    kind: str
    editable: bool
    choices: tuple[str, ...]
    required: bool
    width: int
    align: Align
    help: str
    summed: bool
    closed: bool = False
    suggested: bool = False
    wide: int = 0
    several: bool = False
    refers: bool = False

    @property
    def heading(self) -> str:
        """Label with its unit."""
        return f"{self.label}({self.unit})" if self.unit else self.label


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column with where it comes from.

    Attributes:
        info: What the outside sees.
        field: The described field behind it; its name is the attribute that holds the value.
        source: Name of the source that holds it.
        attribute: Its SQL attribute; for a computed column the one it sorts by.
        order: What it sorts by, where that is not itself (pinyin of a name).
        indexed: Whether an index of the yearly records gives its order.
        reference: The reference it shows, where it is one.
        computed: How it is computed, where it is.
    """

    info: ColumnInfo
    field: Field
    source: str
    attribute: InstrumentedAttribute[Any]
    order: InstrumentedAttribute[Any]
    indexed: bool = False
    reference: Reference | None = None
    computed: Computed | None = None

    @property
    def stored_in(self) -> str:
        """Name of the attribute that holds what is typed."""
        return self.reference.column if self.reference is not None else self.field.name


def _align(kind: Kind) -> Align:
    if kind in _RIGHT:
        return "right"
    return "center" if kind in _CENTRED else "left"


def _width(field: Field) -> int:
    """Room for the heading and for usual contents."""
    if field.width:
        return field.width
    usual = max((2 * len(word.label) for word in field.choices or ()), default=_WIDTHS.get(field.kind, 10))
    return max(usual, 2 * len(field.heading) + 2)


def _info(
    key: str, field: Field, *, editable: bool, closed: bool = False, refers: bool = False
) -> ColumnInfo:
    return ColumnInfo(
        key=key,
        label=field.label,
        unit=field.unit,
        kind=field.kind.value,
        editable=editable,
        choices=tuple(word.label for word in field.choices or ()),
        required=field.required,
        width=_width(field),
        align=_align(field.kind),
        help=field.help,
        summed=field.is_summed,
        wide=field.width,
        closed=closed or bool(field.choices) or field.kind is Kind.FLAG or (bool(field.listed) and not field.several),
        suggested=field.suggested or field.several,
        several=field.several,
        refers=refers,
    )


def plain(name: str) -> str:
    """The key of the column of an attribute: its name without the storage unit."""
    return name.removesuffix("_milli").removesuffix("_fen")


def _stored(register: Register, spec: Shown) -> Column:
    entity = sources(register)[spec.source].entity
    field = of(inspect(entity).mapper.class_)[spec.name]
    own = spec.source == OWN or (spec.source == YEAR and register.yearly is not None)
    info = _info(spec.key or plain(spec.name), field, editable=own and not field.derived)
    attribute = getattr(entity, spec.name)
    order = getattr(entity, field.sort_by) if field.sort_by else attribute
    return Column(info, field, spec.source, attribute, order, _indexed(register, spec.source, spec.name))


def _indexed(register: Register, source: str, name: str) -> bool:
    """Whether the yearly records have an index of the year, this attribute and the record."""
    if source != YEAR or register.yearly is None:
        return False
    wanted = ["year", name, register.yearly.column]
    indexes = table_of(register.yearly.entity).indexes
    return any([column.name for column in index.columns] == wanted for index in indexes)


def _referenced(register: Register, spec: Reference) -> Column:
    entity = sources(register)[source_of(spec)].entity
    own = inspect(register.entity).columns[spec.column]
    field = own.info.get("field") or of(spec.entity)[spec.name]
    label, required = spec.label or field.label, not own.nullable
    shown = of(spec.entity)[spec.name]
    width = field.width or shown.width
    field = replace(field, name=spec.column, kind=Kind.TEXT, label=label, required=required, width=width)
    named = getattr(entity, spec.name)
    order = shown.sort_by
    info = _info(key_of(spec), field, editable=True, closed=True, refers=True)
    return Column(
        info, field, source_of(spec), named, getattr(entity, order) if order else named, reference=spec
    )


def _computed(register: Register, spec: Computed) -> Column:
    entity = sources(register)[spec.source].entity
    attribute = getattr(entity, spec.order or "key")
    info = _info(spec.field.name, spec.field, editable=False)
    indexed = _indexed(register, spec.source, spec.order)
    return Column(info, spec.field, spec.source, attribute, attribute, indexed, computed=spec)


@cache
def layout(register: Register) -> dict[str, Column]:
    """The columns of a register by key, in order."""
    made = []
    for spec in register.columns:
        match spec:
            case Shown():
                made.append(_stored(register, spec))
            case Reference():
                made.append(_referenced(register, spec))
            case Computed():
                made.append(_computed(register, spec))
    return {column.info.key: column for column in made}


@cache
def columns(register: Register) -> tuple[ColumnInfo, ...]:
    """What the outside sees of a register's columns, in order."""
    return tuple(column.info for column in layout(register).values())


@cache
def of_parents(register: Register) -> frozenset[str]:
    """Keys of the columns that only repeat what a record belongs to: all the same where one parent's are shown."""
    names = {parent.name for parent in register.parents}
    return frozenset(key for key, column in layout(register).items() if column.source in names)


@cache
def names_of_parents(register: Register) -> tuple[str, ...]:
    """Labels of the columns that name what a record belongs to, by which it is found too; places aside."""
    found = []
    for parent in register.parents:
        named = (parent.name, parent.search.names[0])
        for column in layout(register).values():
            chosen = column.reference is not None and column.reference.column == parent.column
            if parent.name not in _PLACES and (chosen or (column.source, column.field.name) == named):
                found.append(column.info.label)
    return tuple(found)


@cache
def names_parent(register: Register) -> bool:
    """Whether a column is typed that says what a record belongs to; else its parent must be told to whoever adds it."""
    parent = register.parent
    return parent is not None and any(
        column.reference is not None and column.reference.column == parent.column
        for column in layout(register).values()
    )
