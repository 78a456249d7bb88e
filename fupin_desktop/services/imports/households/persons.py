"""Rows of a person list become households with their persons; 户主 begins a household where there is no code."""

from __future__ import annotations

from dataclasses import fields as dataclass_fields
from typing import Any

from fupin_desktop.domain.text import compact
from fupin_desktop.services.imports.columns import Columns
from fupin_desktop.services.imports.converters import must, warning
from fupin_desktop.services.imports.headings import all_fields
from fupin_desktop.services.imports.households.grouping import HOUSEHOLD_NAMES
from fupin_desktop.services.imports.households.records import HouseholdRecord, PersonRecord

HEAD = "户主"
_HEADS = frozenset(
    {"户主", "戶主", "本人", "户主本人", "户主(本人)", "本人(户主)", "本人或户主", "01", "1", "01户主", "1户主"}
)
PERSON_NAMES = tuple(one.name for one in dataclass_fields(PersonRecord) if one.name != "row")
_SHARED = ("town", "village", *HOUSEHOLD_NAMES)
FROM_PERSONS = {"household.head_name", "household.head_id_number", "household.phone", "household.members"}
"""Columns of a household that come from its persons."""
_FROM_HEAD = {"head_name", "head_id_number", "phone"}


def group_persons(columns: Columns, *, first_is_head: bool = False) -> list[HouseholdRecord]:
    """The households of a person list; what is wrong is noted in ``columns``.

    Args:
        columns: The converted columns.
        first_is_head: Whether the first person of a household is its head, where the list does not say who is.
    """
    grouping = _Grouping(columns)
    shared = list(zip(*[columns.column(_key(name)) for name in _SHARED], strict=True))
    persons = columns.records("person", PERSON_NAMES)
    for row, values, person in zip(columns.rows, shared, persons, strict=True):
        if any(value is not None for value in person):
            grouping.take(dict(zip(_SHARED, values, strict=True)), PersonRecord(row, *person))
    grouping.finish(first_is_head=first_is_head and "person.relation" not in columns.values)
    if not {"household.code", "person.relation"} & columns.values.keys() and grouping.households:
        columns.find(grouping.households[0].row, "person.name", _no_grouping())
    return grouping.households


def _no_grouping() -> Any:
    todo = "请补上其中一列；每一行就是一户的，请把“一行代表”改为农户名册"
    return must("no_grouping", "名单没有“户编号”，也没有“与户主关系”，分不清谁和谁是一户", todo)


def _no_head(*, asked: bool) -> Any:
    """A household whose head nobody names: asked once where the whole list does not say."""
    if not asked:
        return must("no_head", "这一户没有“户主”", "请在“与户主关系”里注明谁是户主")
    todo = "每户第一行就是户主的，请选“每户第一人是户主”，否则请补上“与户主关系”一列"
    return must("no_head", "名单没有“与户主关系”，不知道谁是户主", todo)


def _key(name: str) -> str:
    return f"place.{name}" if name in ("town", "village") else f"household.{name}"


def is_head(person: PersonRecord) -> bool:
    """Whether a person is the head of the household."""
    return compact(person.relation or "") in _HEADS


class _Grouping:
    """Households grown person by person."""

    def __init__(self, columns: Columns) -> None:
        self.households: list[HouseholdRecord] = []
        self._columns = columns
        self._by_code: dict[tuple[str | None, str], HouseholdRecord] = {}
        self._numbers: dict[str, PersonRecord] = {}
        self._current: HouseholdRecord | None = None

    def take(self, shared: dict[str, Any], person: PersonRecord) -> None:
        """Take in one person with the household's values of the same row."""
        record = self._household(shared, person)
        if record.persons:
            record.more_rows.append(person.row)
        self._merge(record, shared, person)
        record.persons.append(person)
        self._current = record
        if person.name is None:
            self._columns.find(person.row, "person.name", must("no_name", "没有姓名", "请填写姓名"))
        if person.id_number is not None:
            self._check_number(person)

    def _household(self, shared: dict[str, Any], person: PersonRecord) -> HouseholdRecord:
        code = shared["code"]
        if code is not None:
            known = self._by_code.get((shared["village"], code))
        else:
            known = None if is_head(person) else self._current
        if known is not None:
            return known
        record = HouseholdRecord(person.row, **{name: shared[name] for name in _SHARED if name not in _FROM_HEAD})
        self.households.append(record)
        if code is not None:
            self._by_code[shared["village"], code] = record
        return record

    def _merge(self, record: HouseholdRecord, shared: dict[str, Any], person: PersonRecord) -> None:
        """Fill what earlier rows left blank; a row must not contradict them."""
        for name, value in shared.items():
            before = getattr(record, name)
            if value is None or value == before or name in _FROM_HEAD:
                continue
            if before is None:
                setattr(record, name, value)
            elif name not in ("note", "town", "cause"):
                label = all_fields()[_key(name)].field.label
                sentence = f"与第{record.row + 1}行同一户的“{label}”不一致"
                self._columns.find(person.row, _key(name), must("contradiction", sentence, "请核对，改成一样"))

    def _check_number(self, person: PersonRecord) -> None:
        known = self._numbers.setdefault(person.id_number or "", person)
        if known is not person:
            sentence = f"证件号码与第{known.row + 1}行“{known.name}”相同，一个号码只能属于一人"
            fault = must("id_twice", sentence, "请核对证件，改正其中一人")
            self._columns.find(person.row, "person.id_number", fault)

    def finish(self, *, first_is_head: bool = False) -> None:
        """Take from the head what the household is called by, and count the members."""
        for record in self.households:
            heads = [person for person in record.persons if is_head(person)]
            if first_is_head and not heads:
                heads = record.persons[:1]
                heads[0].relation = HEAD
            if not heads:
                fault = _no_head(asked="person.relation" not in self._columns.values)
                self._columns.find(record.row, "person.relation", fault)
            for person in heads[1:]:
                fault = must("two_heads", f"这一户在第{heads[0].row + 1}行已经有户主", "请改正与户主关系或户编号")
                self._columns.find(person.row, "person.relation", fault)
            if heads:
                record.head_name, record.head_id_number = heads[0].name, heads[0].id_number
                record.phone = heads[0].phone
                self._check_identity(record, heads[0])
            self._count(record)

    def _check_identity(self, record: HouseholdRecord, head: PersonRecord) -> None:
        if record.code is None and head.id_number is None:
            fault = must("no_identity", "户主没有证件号码，也没有户编号", "请补上证件号码或户编号")
            self._columns.find(head.row, "person.id_number", fault)

    def _count(self, record: HouseholdRecord) -> None:
        count = len(record.persons)
        if record.members is not None and record.members != count:
            fault = warning("members_differ", f"人数填{record.members}，名单里有{count}人，按{count}人登记")
            self._columns.find(record.row, "household.members", fault)
        record.members = count
