"""The kinds of list that are imported, with the fields that their columns can be mapped to.

Labels and aliases stand at the columns of the entities (``storage.fields``); here they are only gathered by the kind
of list in which they are looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from fupin_desktop.override import override
from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.parts import PARTICIPATION
from fupin_desktop.services.sheets.doubles import Double, assign
from fupin_desktop.services.sheets.heading import Heading, Vocabulary, base, normalise
from fupin_desktop.storage import fields
from fupin_desktop.storage.entities import Base, FarmItem, Household, Participation, Person, Town, Village
from fupin_desktop.storage.fields import Field, Kind


@dataclass(frozen=True, slots=True)
class ImportField:
    """A field that a column can be mapped to.

    Attributes:
        key: Its name in a mapping, e.g. ``household.code``.
        group: First part of the key: place, household, year, farm, person.
        name: Second part; the attribute of the record, for most the column of the entity.
        field: The metadata of its column.
        about: What it tells of, in Chinese, as the register of its records is called; empty where that is plain.
    """

    key: str
    group: str
    name: str
    field: Field
    about: str = ""

    @property
    def is_village(self) -> bool:
        """Whether the column names the village."""
        return self.group == "place" and self.name == "village"

    @property
    def heading(self) -> str:
        """The canonical heading, e.g. 种养面积(亩)."""
        return self.field.heading


_DERIVED = {
    *("search_key", "head_sort", "name_sort", "position", "county", "county_code"),
    *("area_total_milli", "cost_total_fen", "products_text", "item_count"),
}
_GROUPS: tuple[tuple[str, type[Base]], ...] = (
    ("household", Household),
    ("year", Participation),
    ("farm", FarmItem),
    ("person", Person),
)
CANONICAL = (
    *("household.code", "household.head_name", "household.head_id_number", "place.town", "place.village"),
    *("household.group_name", "household.household_class", "household.own_class", "household.members"),
    *("year.kind", "year.area_milli", "year.earlier_fen", "year.priority"),
    *("household.bank_name", "household.account_name", "household.bank_account", "household.phone"),
    *("farm.product", "farm.product_group", "farm.unit", "farm.declared_milli", "farm.accepted_milli"),
    *("farm.planned_milli", "farm.area_milli", "farm.cost_fen", "farm.cost_evidence", "farm.income_fen"),
    *("farm.other_subsidy_fen", "farm.base_kind", "farm.instalment_year", "farm.note"),
)
"""The columns of the 奖补登记表 in their order."""
PERSON_COLUMNS = (
    *("place.town", "place.village", "household.group_name", "household.code", "person.code", "person.name"),
    *("person.id_number", "person.relation", "person.sex", "person.ethnicity", "person.education"),
    *("person.health", "person.labour", "person.working", "household.household_class", "household.cause"),
    *("person.per_head_income_fen", "person.phone"),
)
"""The columns of the 人口名单 in their order."""
_PAID = ("发放金额", "实发金额", "发放额", "补助金额", "奖补金额")
_OF_PERSONS = {
    *("性别", "年龄", "出生年月", "出生日期", "文化程度", "学历", "在校生", "在校生否", "是否在校生", "在校生情况"),
    *("健康状况", "民族", "婚姻状况", "劳动能力", "政治面貌"),
}
_AWARDED = frozenset((
    "farm.product", "year.kind", "year.area_milli", "year.earlier_fen", "household.bank_account",
))  # fmt: skip
"""What lists say of households; in one that says none of it, a single heading of persons makes a row a person."""
_HEAD = {"household.head_name": ("姓名", "农户姓名"), "household.head_id_number": ("证件号码",)}
_OF_HOUSEHOLDS = {
    **_HEAD,
    "household.note": ("备注", "说明"),
    "year.area_milli": ("种养面积", "种植面积", "面积"),
}
_PAYMENT_FIELDS = {
    *("place.town", "place.village", "household.group_name", "household.code", "household.head_name"),
    *("household.head_id_number", "household.bank_name", "household.account_name", "household.bank_account"),
    "household.phone",
}
_NOT_OF_PERSONS = {"household.head_name", "household.head_id_number", "household.phone"}
_HEAD_NAMED = ("household.head_name",)
_REPEATED = ("place", "household", "year")
_AMOUNTS = (Kind.MONEY, Kind.AREA, Kind.QUANTITY)
_FREE = frozenset({"household.note", "household.cause", "farm.note", "farm.cost_evidence"})
_HEAD_KNOWN = ("household.head_id_number", "household.code")


class ListKind:
    """A kind of list that is recognised.

    Args:
        name: Stable name under which a mapping remembers it.
        label: What one of its rows stands for, in Chinese.
        offered: Gives the fields that its columns can hold, by key.
        needs: What it cannot be read without: of each group of fields one.
        more: Further names of its columns, in lists of this kind alone.
        names: Keys of the columns that say whom a row is about.
        repeated: Groups of fields in which a merged cell holds for all its rows.
        free: Keys of the columns of free text.
        besides: Headings of columns that a register writes and nobody imports, e.g. sums; they are not kept as unknown.
        yearly: What its rows are called that belong to one year alone, whatever columns it has; empty for lasting ones.
        later: Keys of the columns that may be absent and are filled in afterwards.
    """

    def __init__(
        self,
        name: str,
        label: str,
        offered: Callable[[], Mapping[str, ImportField]],
        needs: tuple[tuple[str, ...], ...],
        more: Mapping[str, tuple[str, ...]] | None = None,
        *,
        names: frozenset[str] = frozenset(),
        repeated: tuple[str, ...] = (),
        free: frozenset[str] = frozenset(),
        besides: Callable[[], Iterable[str]] = tuple,
        yearly: str = "",
        later: tuple[str, ...] = (),
    ) -> None:
        self.yearly, self.later = yearly, later
        self.name, self.label, self.needs, self.names, self.free = name, label, needs, names, free
        self._offered, self._more, self._repeated, self._besides = offered, more or {}, repeated, besides

    @override
    def __repr__(self) -> str:
        return f"<ListKind {self.name}>"

    @cached_property
    def fields(self) -> Mapping[str, ImportField]:
        """The fields that its columns can hold, by key."""
        return self._offered()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The headings by which they are known."""
        return Vocabulary({key: (*one.field.headings, *self._more.get(key, ())) for key, one in self.fields.items()})

    @cached_property
    def besides(self) -> frozenset[str]:
        """Normalised headings of columns that a register writes and nobody imports."""
        return frozenset(normalise(text) for text in self._besides())

    def assign(self, heading: Heading) -> tuple[tuple[str | None, ...], tuple[Double, ...]]:
        """The field of every column of a heading, and the headings that stand over more than one.

        A lone column that gives the class of a household is its class; of several each keeps its own meaning.
        """
        columns, doubles = assign(heading, self.vocabulary)
        lone = [key for key in columns if key in (*CLASSES, CLASS)]
        if len(lone) == 1:
            columns = tuple([CLASS if key in CLASSES else key for key in columns])
        return columns, doubles

    def repeats(self, key: str | None) -> bool:
        """Whether a merged cell in the column of a field holds for all its rows; an amount never does."""
        if key is None or self.fields[key].group not in self._repeated:
            return False
        return self.fields[key].field.kind not in _AMOUNTS

    def missing(self, keys: set[str | None]) -> list[str]:
        """What a list of this kind with these fields cannot be read without, as labels."""
        return ["或".join(self.fields[key].field.label for key in group) for group in self.needs if not keys & {*group}]

    def absent(self, keys: set[str | None]) -> list[str]:
        """What has to be filled in afterwards, where a list has these fields, as labels."""
        return [self.fields[key].field.label for key in self.later if key not in keys]


@dataclass(frozen=True, eq=False)
class Family:
    """Kinds of list that are told apart by their headings.

    Attributes:
        kinds: The kinds.
        recognise: The kind of a list with these headings.
    """

    kinds: tuple[ListKind, ...]
    recognise: Callable[[tuple[str, ...]], ListKind]

    def knows(self, heading: str) -> bool:
        """Whether a text is a heading of one of them."""
        return bool(self._vocabulary.matches(heading))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        """The headings of all kinds together: a wide sheet has many texts, each of which is looked up once."""
        names = (
            (f"{place}.{key}", headings)
            for place, kind in enumerate(self.kinds)
            for key, headings in kind.vocabulary.names.items()
        )
        return Vocabulary(dict(names))

    def named(self, name: str) -> ListKind | None:
        """The kind of a stable name; None where there is none."""
        return next((kind for kind in self.kinds if kind.name == name), None)


PLACE = "地点"
"""What fields of a town or village tell of."""
CLASS = "household.household_class"
CLASSES = {
    "household.class_by_monitoring": ("监测对象类别", ("监测对象类型", "监测户类型", "防返贫监测对象类别")),
    "household.class_by_type": ("户类型", ("贫困户属性", "农户类型", "户属性", "农户属性")),
    "household.class_by_state": ("脱贫属性", ("脱贫状态", "户脱贫属性")),
}
"""Columns of provincial and national lists that give the class of a household, the surest first, with other names."""


def about(entity: type[Base]) -> str:
    """What fields of an entity tell of: the name of its register; 本年 where it stands beside records for each year."""
    if entity is PARTICIPATION.entity:
        return "本年"
    register = registry.of_entity(entity)
    return register.title if register is not None else ""


def _class_columns() -> dict[str, ImportField]:
    of_class = fields.of(Household)["household_class"]
    return {
        key: ImportField(key, "household", key.partition(".")[2], named, about(Household))
        for key, (label, aliases) in CLASSES.items()
        for named in [replace(of_class, label=label, aliases=aliases)]
    }


@cache
def all_fields() -> dict[str, ImportField]:
    """Every field that a column of a list of households can be mapped to, by key."""
    found = {
        "place.town": ImportField("place.town", "place", "town", fields.of(Town)["name"], PLACE),
        "place.village": ImportField("place.village", "place", "village", fields.of(Village)["name"], PLACE),
    }
    for group, entity in _GROUPS:
        for name, field in fields.of(entity).items():
            if name not in _DERIVED:
                found[f"{group}.{name}"] = ImportField(f"{group}.{name}", group, name, field, about(entity))
    return found | _class_columns()


def _within(*groups: str) -> dict[str, ImportField]:
    return {key: field for key, field in all_fields().items() if field.group in groups}


def _of_persons() -> dict[str, ImportField]:
    known = _of_a_year("place", "person", "household")
    return {key: field for key, field in known.items() if key not in _NOT_OF_PERSONS}


def _of_payments() -> dict[str, ImportField]:
    return {key: field for key, field in all_fields().items() if key in _PAYMENT_FIELDS}


LIST_YEAR, RECORD_YEAR = "list.year", "year.year"
"""Keys of the columns that say which year a row is of, in lists of households and in those of year-bound registers."""


def _of_a_year(*groups: str) -> dict[str, ImportField]:
    """The fields of some groups, and the year of the list."""
    field = Field("year", "年度", Kind.INTEGER, aliases=("数据年度", "所属年度"))
    return {**_within(*groups), LIST_YEAR: ImportField(LIST_YEAR, "list", "year", field, "名单")}


def _derived() -> Iterator[str]:
    """Headings of what the program keeps of households by itself."""
    for _group, entity in _GROUPS:
        for name, field in fields.of(entity).items():
            if name in _DERIVED:
                yield from (field.label, field.heading)


_BY_HEAD: dict[str, Any] = {
    "names": frozenset(_HEAD_NAMED), "repeated": _REPEATED, "free": _FREE, "besides": _derived,
}  # fmt: skip
ENTRIES = ListKind(
    "entries", "奖补登记表(一行一个种养项目)", lambda: _of_a_year("place", "household", "year", "farm"),
    (_HEAD_NAMED, _HEAD_KNOWN), _HEAD, **_BY_HEAD,
)  # fmt: skip
HOUSEHOLDS = ListKind(
    "households", "农户名册(一行一户)", lambda: _of_a_year("place", "household", "year"), (_HEAD_NAMED, _HEAD_KNOWN),
    _OF_HOUSEHOLDS, **_BY_HEAD,
)  # fmt: skip
PERSONS = ListKind(
    "persons", "人口名单(一行一人)", _of_persons, (("person.name",), ("person.id_number", "household.code")),
    names=frozenset({"person.name"}), repeated=_REPEATED, free=_FREE, besides=_derived,
)  # fmt: skip
PAYMENTS = ListKind(
    "payments", "发放名单(只更新账户)", _of_payments, (_HEAD_NAMED, _HEAD_KNOWN, ("household.bank_account",)), _HEAD,
    **_BY_HEAD,
)  # fmt: skip


def recognise_kind(headings: tuple[str, ...]) -> ListKind:
    """What one row of a list with these headings stands for."""
    persons, entries = set(PERSONS.vocabulary.assign(headings)), set(ENTRIES.vocabulary.assign(headings))
    if {"person.relation", "person.code"} & persons and "person.name" in persons:
        return PERSONS
    if _tells_persons(headings, persons, 2 if entries & _AWARDED else 1) and "household.members" not in entries:
        return PERSONS
    if "farm.product" in entries:
        return ENTRIES
    if "household.bank_account" in entries and any(is_paid_heading(heading) for heading in headings):
        return PAYMENTS
    return HOUSEHOLDS


def _tells_persons(headings: tuple[str, ...], keys: set[str | None], least: int) -> bool:
    """Whether headings tell of persons, each row one, without saying who is the head.

    Args:
        headings: The headings.
        keys: What they mean in a list of persons.
        least: So many of the headings of persons tell that a row is one.
    """
    told = {base(normalise(heading)) for heading in headings}
    return "person.name" in keys and len(told & _OF_PERSONS) >= least and not any("户主" in one for one in told)


def is_paid_heading(heading: str) -> bool:
    """Whether a heading is that of the paid amount, which marks a payment list."""
    return base(normalise(heading)) in _PAID


FAMILY = Family((ENTRIES, HOUSEHOLDS, PERSONS, PAYMENTS), recognise_kind)
"""The kinds of list that are gathered into households."""
