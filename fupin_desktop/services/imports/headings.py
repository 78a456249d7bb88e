"""The headings by which spreadsheets call our fields, and how a heading is recognised.

Labels and aliases stand at the columns of the entities (``storage.fields``); here they are only gathered by the kind
of list in which they are looked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fupin_desktop.domain.text import compact
from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.storage import fields
from fupin_desktop.storage.entities import Base, FarmItem, Household, Participation, Person, Town, Village
from fupin_desktop.storage.fields import Field


class ListKind(Word):
    """Kinds of list that are recognised."""

    ENTRIES = "entries", "奖补登记表(一行一个种养项目)"
    HOUSEHOLDS = "households", "农户名册(一行一户)"
    PERSONS = "persons", "人口名单(一行一人)"
    PAYMENTS = "payments", "发放名单(只更新账户)"


@dataclass(frozen=True, slots=True)
class ImportField:
    """A field that a column can be mapped to.

    Attributes:
        key: Its name in a mapping, e.g. ``household.code``.
        group: First part of the key: place, household, year, farm, person.
        name: Second part; the attribute of the record, for most the column of the entity.
        field: The metadata of its column.
    """

    key: str
    group: str
    name: str
    field: Field

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
    *("household.group_name", "household.household_class", "household.members"),
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
_HEAD = {"household.head_name": ("姓名", "农户姓名"), "household.head_id_number": ("证件号码",)}
_MORE: dict[ListKind, dict[str, tuple[str, ...]]] = {
    ListKind.ENTRIES: _HEAD,
    ListKind.HOUSEHOLDS: {
        **_HEAD,
        "household.note": ("备注", "说明"),
        "year.area_milli": ("种养面积", "种植面积", "面积"),
    },
    ListKind.PAYMENTS: _HEAD,
    ListKind.PERSONS: {},
}
_WITHIN: dict[ListKind, tuple[str, ...]] = {
    ListKind.ENTRIES: ("place", "household", "year", "farm"),
    ListKind.HOUSEHOLDS: ("place", "household", "year"),
    ListKind.PERSONS: ("place", "person", "household"),
    ListKind.PAYMENTS: ("place", "household"),
}
_PAYMENT_FIELDS = {
    *("place.town", "place.village", "household.group_name", "household.code", "household.head_name"),
    *("household.head_id_number", "household.bank_name", "household.account_name", "household.bank_account"),
    "household.phone",
}
_NOT_OF_PERSONS = {"household.head_name", "household.head_id_number", "household.phone"}
_ENDS = re.compile(r"^[*＊#\d.、]*(?=\D)|[*＊:：]+$")
_BRACKET = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]$")


@cache
def all_fields() -> dict[str, ImportField]:
    """Every field that a column can be mapped to, by key."""
    found = {
        "place.town": ImportField("place.town", "place", "town", fields.of(Town)["name"]),
        "place.village": ImportField("place.village", "place", "village", fields.of(Village)["name"]),
    }
    for group, entity in _GROUPS:
        for name, field in fields.of(entity).items():
            if name not in _DERIVED:
                found[f"{group}.{name}"] = ImportField(f"{group}.{name}", group, name, field)
    return found


def fields_for(kind: ListKind) -> dict[str, ImportField]:
    """The fields that a list of this kind can hold, by key."""
    known = all_fields()
    if kind is ListKind.PAYMENTS:
        return {key: field for key, field in known.items() if key in _PAYMENT_FIELDS}
    within = _WITHIN[kind]
    hidden = _NOT_OF_PERSONS if kind is ListKind.PERSONS else set()
    return {key: field for key, field in known.items() if field.group in within and key not in hidden}


def normalise(heading: str) -> str:
    """A heading without blanks, numbering and marks, half width, lower case."""
    return _ENDS.sub("", compact(heading)).lower()


def base(heading: str) -> str:
    """A normalised heading without the bracket at its end: 耕地面积(亩) becomes 耕地面积."""
    return _BRACKET.sub("", heading) or heading


@cache
def _by_heading(kind: ListKind) -> dict[str, list[tuple[str, int]]]:
    """Normalised heading to the fields it may mean, each with its strength."""
    found: dict[str, list[tuple[str, int]]] = {}
    for key, item in fields_for(kind).items():
        names = (*item.field.headings, *_MORE[kind].get(key, ()))
        for place, name in enumerate(names):
            strength = max(100 - place, 50)
            found.setdefault(normalise(name), []).append((key, strength))
            found.setdefault(base(normalise(name)), []).append((key, strength - 2))
    return found


def matches(heading: str, kind: ListKind) -> dict[str, int]:
    """The fields that a heading may mean in a list of this kind, each with its strength."""
    known, name = _by_heading(kind), normalise(heading)
    found: dict[str, int] = {}
    for spelling, loss in ((name, 0), (base(name), 3)):
        for key, strength in known.get(spelling, ()):
            found[key] = max(found.get(key, 0), strength - loss)
    return found


def is_paid_heading(heading: str) -> bool:
    """Whether a heading is that of the paid amount, which marks a payment list."""
    return base(normalise(heading)) in _PAID


def in_ten_thousands(heading: str) -> bool:
    """Whether a heading says that its amounts are in 万元."""
    return "万元" in normalise(heading)
