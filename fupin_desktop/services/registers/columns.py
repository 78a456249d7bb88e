"""The columns of the registers: which entity feeds them, which can be edited, how they sort."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Literal

from sqlalchemy.orm import InstrumentedAttribute

from fupin_desktop.domain.vocabulary import HouseholdSize
from fupin_desktop.storage.entities import Base, FarmItem, Household, Participation, Person, Village
from fupin_desktop.storage.fields import Field, Kind, of

Align = Literal["left", "right", "center"]
_SUMMED = {Kind.MONEY, Kind.AREA}
_RIGHT = {Kind.MONEY, Kind.AREA, Kind.QUANTITY, Kind.INTEGER}
_CENTRED = {Kind.CHOICE, Kind.FLAG, Kind.DATE}
_WIDTHS = {Kind.ID_NUMBER: 20, Kind.PHONE: 13, Kind.ACCOUNT: 22, Kind.MONEY: 12, Kind.AREA: 10, Kind.FLAG: 8}
SIZE = "size"
VILLAGE = "village"


class Register(Enum):
    """A register of the office."""

    HOUSEHOLDS = "households"
    FARM_ITEMS = "farm_items"
    PERSONS = "persons"

    @property
    def label(self) -> str:
        """Its Chinese name."""
        return _LABELS[self]

    @property
    def entity(self) -> type[Base]:
        """What its rows are."""
        return _ENTITIES[self]


_LABELS = {Register.HOUSEHOLDS: "农户", Register.FARM_ITEMS: "种养项目", Register.PERSONS: "家庭成员"}
_ENTITIES: dict[Register, type[Base]] = {
    Register.HOUSEHOLDS: Household,
    Register.FARM_ITEMS: FarmItem,
    Register.PERSONS: Person,
}


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

    @property
    def heading(self) -> str:
        """Label with its unit."""
        return f"{self.label}({self.unit})" if self.unit else self.label


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column with where it comes from.

    Attributes:
        info: What the outside sees.
        field: The described field behind it.
        entity: The entity that holds it.
        attribute: Its SQL attribute.
        order: What it sorts by, where that is not itself (pinyin of a name).
        indexed: Whether an index of the participations gives its order.
    """

    info: ColumnInfo
    field: Field
    entity: type[Base]
    attribute: InstrumentedAttribute[Any]
    order: InstrumentedAttribute[Any]
    indexed: bool


_ORDER_BY: dict[tuple[type[Base], str], InstrumentedAttribute[Any]] = {
    (Household, "head_name"): Household.head_sort,
    (Person, "name"): Person.name_sort,
}
_INDEXED = {"kind", "area_total_milli", "cost_total_fen"}
_DERIVED = {"products_text", "area_total_milli", "cost_total_fen", "item_count"}
_HEAD: tuple[tuple[type[Base], str], ...] = (
    (Village, "name"),
    (Household, "group_name"),
    (Household, "code"),
    (Household, "head_name"),
)
_LAYOUT: dict[Register, tuple[tuple[type[Base], str], ...]] = {
    Register.HOUSEHOLDS: (
        (Household, "code"),
        (Household, "head_name"),
        (Household, "head_id_number"),
        (Village, "name"),
        (Household, "group_name"),
        (Household, "household_class"),
        (Household, "members"),
        (Participation, "kind"),
        (Participation, "products_text"),
        (Participation, "area_total_milli"),
        (Household, SIZE),
        (Participation, "cost_total_fen"),
        (Participation, "area_milli"),
        (Participation, "earlier_fen"),
        (Participation, "priority"),
        (Household, "phone"),
        (Household, "bank_name"),
        (Household, "account_name"),
        (Household, "bank_account"),
        (Household, "recognised_by"),
        (Household, "cause"),
        (Household, "guide"),
        (Household, "cultivated_milli"),
        (Household, "water_milli"),
        (Household, "orchard_milli"),
        (Household, "forest_milli"),
        (Household, "cooperative"),
        (Household, "production_income_fen"),
        (Household, "note"),
    ),
    Register.FARM_ITEMS: (
        *_HEAD,
        (Household, "household_class"),
        (FarmItem, "product"),
        (FarmItem, "product_group"),
        (FarmItem, "unit"),
        (FarmItem, "declared_milli"),
        (FarmItem, "accepted_milli"),
        (FarmItem, "planned_milli"),
        (FarmItem, "area_milli"),
        (FarmItem, "cost_fen"),
        (FarmItem, "cost_evidence"),
        (FarmItem, "income_fen"),
        (FarmItem, "other_subsidy_fen"),
        (FarmItem, "base_kind"),
        (FarmItem, "instalment_year"),
        (FarmItem, "note"),
    ),
    Register.PERSONS: (
        *_HEAD,
        (Person, "code"),
        (Person, "name"),
        (Person, "id_number"),
        (Person, "relation"),
        (Person, "sex"),
        (Person, "ethnicity"),
        (Person, "education"),
        (Person, "health"),
        (Person, "labour"),
        (Person, "working"),
        (Person, "per_head_income_fen"),
        (Person, "phone"),
    ),
}


def _key(register: Register, entity: type[Base], name: str) -> str:
    """Column keys are attribute names without the storage unit; a name two entities share is told apart."""
    if entity is Village:
        return VILLAGE
    plain = name.removesuffix("_milli").removesuffix("_fen")
    shared = entity is Household and register is not Register.HOUSEHOLDS and name == "code"
    return f"household_{plain}" if shared else plain


def _align(kind: Kind) -> Align:
    if kind in _RIGHT:
        return "right"
    return "center" if kind in _CENTRED else "left"


def _width(field: Field) -> int:
    """Room for the heading and for usual contents."""
    usual = max((2 * len(word.label) for word in field.choices or ()), default=_WIDTHS.get(field.kind, 10))
    return max(usual, 2 * len(field.heading) + 2)


def _editable(register: Register, entity: type[Base], name: str) -> bool:
    if name in _DERIVED or name == SIZE:
        return False
    if register is Register.HOUSEHOLDS:
        return True
    return entity is register.entity


def _column(register: Register, entity: type[Base], name: str) -> Column:
    field = _size_field() if name == SIZE else of(entity)[name]
    info = ColumnInfo(
        key=_key(register, entity, name),
        label=field.label,
        unit=field.unit,
        kind=field.kind.value,
        editable=_editable(register, entity, name),
        choices=tuple(word.label for word in field.choices or ()),
        required=field.required,
        width=_width(field),
        align=_align(field.kind),
        help=field.help,
        summed=field.kind in _SUMMED or name == "members",
    )
    if name == SIZE:
        entity, name = Participation, "area_total_milli"
    attribute = getattr(entity, name)
    order = _ORDER_BY.get((entity, name), attribute)
    return Column(info, field, entity, attribute, order, entity is Participation and name in _INDEXED)


def _size_field() -> Field:
    """大户 or 小农户 is read off the area, never typed (吴川 三(二)4)."""
    help_text = "按面积合计和大户起点判定，不用填写。"
    return Field(SIZE, "规模", Kind.CHOICE, choices=HouseholdSize, help=help_text)


@cache
def layout(register: Register) -> dict[str, Column]:
    """The columns of a register by key, in order."""
    made = [_column(register, entity, name) for entity, name in _LAYOUT[register]]
    return {column.info.key: column for column in made}


@cache
def columns(register: Register) -> tuple[ColumnInfo, ...]:
    """What the outside sees of a register's columns, in order."""
    return tuple(column.info for column in layout(register).values())
