"""What an import would do to the data file: added, changed, unchanged, missing.

A blank cell never erases what is registered, and what the file does not name stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from sqlalchemy.orm import Session

from fupin_desktop.domain.reading.texts import written_out
from fupin_desktop.services.imports.answers import NEW, NOTHING, RENAMED, Answers
from fupin_desktop.services.imports.comparison import Comparison
from fupin_desktop.services.imports.converters import must
from fupin_desktop.services.imports.headings import PAYMENTS, ListKind
from fupin_desktop.services.imports.households.changed import Changed, ValueChange
from fupin_desktop.services.imports.households.existing import (
    Existing,
    Known,
    Row,
    load_existing,
    load_farm,
    load_persons,
    load_years,
)
from fupin_desktop.services.imports.households.grouping import FARM_NAMES, HOUSEHOLD_NAMES, YEAR_NAMES
from fupin_desktop.services.imports.households.persons import PERSON_NAMES
from fupin_desktop.services.imports.households.records import HouseholdRecord
from fupin_desktop.services.values import Fault

_household = attrgetter(*HOUSEHOLD_NAMES)
_year = attrgetter(*YEAR_NAMES)
_farm = attrgetter(*FARM_NAMES)
_person = attrgetter(*PERSON_NAMES)
_ACCOUNT = ("bank_name", "account_name", "bank_account", "phone")
_MARKS = {"import.id_of_other": "household.head_id_number"}
_MEMBERS = HOUSEHOLD_NAMES.index("members")


def compare(
    session: Session,
    records: Sequence[HouseholdRecord],
    kind: ListKind,
    year: int,
    answers: Answers = NOTHING,
    *,
    named: bool = True,
    assumed: bool = False,
) -> Comparison:
    """Compare records without faults with the data file.

    Args:
        session: For reading.
        records: The households of the file.
        kind: Kind of list; a payment list adds no household.
        year: The year whose participation and items are compared.
        answers: What the clerk answered where a number belongs to another name.
        named: Whether the list itself names the villages; a village given for the whole list moves no household.
        assumed: Whether the clerk said for all how they take part; what is registered stays.
    """
    found, existing = Comparison(), load_existing(session, year)
    if not existing.households and kind is not PAYMENTS:
        found.added = list(records)
        return found
    matched: list[Changed] = []
    for given in records:
        record, match = _match(given, existing, named=named)
        known = match.as_answered(record, answers) if isinstance(match, Other) else match
        if isinstance(known, HouseholdRecord):
            found.added.append(known)
        elif isinstance(known, Fault):
            found.faults.append((record.row, _MARKS.get(known.code, "household.code"), known))
        elif known is not None:
            matched.append(Changed(_as_numbered_here(record, known), known))
        elif kind is PAYMENTS:
            found.faults.append((record.row, "household.head_id_number", _unknown()))
        else:
            found.added.append(record)
    _refuse_doubles(matched, found)
    found.known = {row: one.known.key for one in matched for row in one.record.rows}
    if kind is PAYMENTS:
        _find_accounts(matched, found)
    else:
        _find_changes(session, matched, year, found.known, named=named, assumed=assumed)
    found.changed = [one for one in matched if one.differs]
    found.unchanged = len(matched) - len(found.changed)
    if kind is not PAYMENTS:
        found.missing = _missing(existing, records, matched)
    return found


def _unknown() -> Fault:
    todo = "请核对证件号码；确是新户的，请先导入农户名册"
    return must("unknown_household", "台账里没有这一户，发放名单只更新已登记农户的账户", todo)


@dataclass(frozen=True, slots=True)
class Other:
    """A household found by one mark under another name, which is asked.

    Attributes:
        known: The registered one.
        fault: The question.
        by_code: Whether it was found by its number in the village, which may have been given anew.
    """

    known: Known
    fault: Fault
    by_code: bool

    def as_answered(self, record: HouseholdRecord, answers: Answers) -> Known | HouseholdRecord | Fault:
        """What the clerk said it is: the same with another head, a new one with a number of its own, or nothing yet."""
        said = answers.of_row(record.row)
        if said == RENAMED:
            return self.known
        if said == NEW and self.by_code:
            if record.head_id_number is None and not record.group_name:
                return self.fault
            return replace(record, code=_in_group(record) if record.group_name else None)
        return self.fault


def _match(
    record: HouseholdRecord, existing: Existing, *, named: bool
) -> tuple[HouseholdRecord, Known | Other | Fault | None]:
    """The registered household that a record speaks of: by ID number, else by code, else by place and name.

    A name that lost a rare character on its way is that of the household found by its number or code: the record is
    given back with the name as it is registered.

    Codes are those of a village, whether the list names it or it was given for all of it. Where it was given, a
    household of another village counts only if its name is the same too.
    """
    by_number = existing.by_number.get(record.head_id_number) if record.head_id_number else None
    by_code = _by_code(record.code, existing, record.village)
    if record.code and record.group_name:
        by_code = _by_code(_in_group(record), existing, record.village) or by_code
    if by_code is None and not named:
        elsewhere = _by_code(record.code, existing, None)
        by_code = elsewhere if elsewhere and elsewhere.value("head_name") == record.head_name else None
    if by_number is not None and by_code is not None and by_number is not by_code:
        sentence = f"户编号“{record.code}”在台账里属于“{by_code.value('head_name')}”，证件号码却是另一户的"
        return record, must("code_taken", sentence, "请核对后改正其中一个")
    known = by_number or by_code
    if known is not None:
        whole = _written_out(record, known)
        return whole, _someone_else(whole, known) or known
    if record.head_id_number and record.code:
        return record, None
    place = (record.village or "", record.group_name or "", record.head_name or "")
    same = [one for one in existing.by_name.get(place, ()) if _open_to(one, record)]
    return record, same[0] if len(same) == 1 else None


def _written_out(record: HouseholdRecord, known: Known) -> HouseholdRecord:
    """The record with its names of persons as they are registered, where characters of them are lost."""
    name, holder = known.value("head_name") or "", known.value("account_name") or ""
    head = written_out(record.head_name or "", name)
    account = written_out(written_out(record.account_name or "", holder), name)
    if (head, account) == (record.head_name or "", record.account_name or ""):
        return record
    return replace(record, head_name=head or None, account_name=account or None)


def _in_group(record: HouseholdRecord) -> str:
    """The number under which a household of a group that numbers for itself is registered: 二组-1."""
    return f"{record.group_name}-{record.code}"


def _as_numbered_here(record: HouseholdRecord, known: Known) -> HouseholdRecord:
    """The record with its number as registered, where the list has only that of the group."""
    if record.code and record.group_name and known.value("code") == _in_group(record):
        return replace(record, code=_in_group(record))
    return record


def _someone_else(record: HouseholdRecord, known: Known) -> Other | None:
    """A household found by one mark only, whose other marks all differ, is another one with a wrong number or code."""
    name, number, code = (known.value(one) for one in ("head_name", "head_id_number", "code"))
    if record.head_name is None or record.head_name == name:
        return None
    who = f"“{name}”({known.village})"
    if record.head_id_number == number and (not code or record.code != code):
        todo = "请核对证件号码；确是同一户改名的，请选“同一户，换了户主”"
        fault = must("id_of_other", f"证件号码在台账里属于{who}，这里的户主是“{record.head_name}”", todo)
        return Other(known, fault, by_code=False)
    if record.head_id_number != number or not number:
        differs = "姓名和证件号码都不同" if number and record.head_id_number else f"这里的户主是“{record.head_name}”"
        todo = "请选“同一户，换了户主”，或“另一户，按新户登记”，或改正户编号"
        fault = must("code_of_other", f"户编号“{code}”在台账里属于{who}，{differs}", todo)
        return Other(known, fault, by_code=True)
    return None


def _by_code(code: str | None, existing: Existing, village: str | None) -> Known | None:
    """The household of the code; where villages number for themselves, the one of the same village."""
    if not code:
        return None
    here = [one for one in existing.by_code.get(code, []) if village in (None, one.village)]
    return here[0] if len(here) == 1 else None


def _open_to(known: Known, record: HouseholdRecord) -> bool:
    """Whether a household of the same place and name can be the one meant: neither contradicts the other's number."""
    number, code = known.value("head_id_number"), known.value("code")
    return not (number and record.head_id_number) and not (code and record.code)


def _refuse_doubles(matched: list[Changed], found: Comparison) -> None:
    """Two rows of the file must not speak of one registered household."""
    first: dict[str, HouseholdRecord] = {}
    for one in list(matched):
        before = first.setdefault(one.known.key, one.record)
        if before is not one.record:
            fault = must("household_twice", f"与第{before.row + 1}行在台账里是同一户", "请合并成一户")
            found.faults.append((one.record.row, "household.head_name", fault))
            matched.remove(one)


def _find_accounts(matched: list[Changed], found: Comparison) -> None:
    """A payment list changes nothing but the account of a household, and must call it by its name."""
    for one in list(matched):
        given, before = one.record.head_name, one.known.value("head_name")
        if given is not None and given != before:
            fault = must("name_differs", f"台账里这个号码的户主是“{before}”，这里是“{given}”", "请核对姓名和证件号码")
            found.faults.append((one.record.row, "household.head_name", fault))
            matched.remove(one)
            continue
        differences = _differences(
            one.known.key, "household", HOUSEHOLD_NAMES, _household(one.record), one.known.values
        )
        one.values = [change for change in differences if change.name in _ACCOUNT]


def _find_changes(
    session: Session, matched: list[Changed], year: int, known_rows: dict[int, str], *, named: bool, assumed: bool
) -> None:
    """What changes in households that were found; the rows of their items and persons are noted as known."""
    keys = [one.known.key for one in matched]
    years, farm = load_years(session, keys, year), load_farm(session, keys, year)
    has_persons = any(one.record.persons for one in matched)
    persons = load_persons(session, keys) if has_persons else {}
    for one in matched:
        record, known = one.record, one.known
        if named and record.village is not None and record.village != known.village:
            one.values.append(ValueChange(known.key, "place", "village", known.village, record.village))
        one.values += _differences(known.key, "household", HOUSEHOLD_NAMES, _household(record), known.values)
        _compare_year(one, years.get(known.key), assumed=assumed)
        one.values += _pair(
            "farm", FARM_NAMES, record.farm, farm.get(known.key, []), _farm, _farm_marks, one.new_farm.append,
            known_rows,
        )  # fmt: skip
        one.values += _pair(
            "person", PERSON_NAMES, record.persons, persons.get(known.key, []), _person, _person_marks,
            one.new_persons.append, known_rows,
        )  # fmt: skip
        if one.new_persons:
            _recount(one, len(persons.get(known.key, ())) + len(one.new_persons))


def _recount(one: Changed, members: int) -> None:
    """A person list that adds members to registered ones makes the household as large as both together."""
    before = one.known.values[_MEMBERS]
    one.values = [change for change in one.values if (change.group, change.name) != ("household", "members")]
    if before != members:
        one.values.append(ValueChange(one.known.key, "household", "members", before, members))


def _differences(key: str, group: str, names: Sequence[str], given: Row, before: Row) -> list[ValueChange]:
    """Values that are given and differ; a name that lost a rare character on its way does not."""
    return [
        ValueChange(key, group, name, old, new)
        for name, new, old in zip(names, given, before, strict=True)
        if new is not None and new != old and not (name == "name" and written_out(new, old) == old)
    ]


def _compare_year(one: Changed, row: Row | None, *, assumed: bool) -> None:
    if assumed and row is not None and row[1 + YEAR_NAMES.index("kind")] is not None:
        one.record.year.kind = None
    given = _year(one.record.year)
    if row is not None:
        one.year = row
        one.values += _differences(row[0], "year", YEAR_NAMES, given, row[1:])
    else:
        one.new_year = any(value is not None for value in given)


def _farm_marks(values: Row) -> list[Hashable]:
    """By what a farm item is found again: product with kind of base, else product alone."""
    product, base = values[0], values[FARM_NAMES.index("base_kind")]
    return [(product, base), product] if base else [product]


def _person_marks(values: Row) -> list[Hashable]:
    """By what a person is found again: number, code, name."""
    code, name, number = (values[PERSON_NAMES.index(one)] for one in ("code", "name", "id_number"))
    return [mark for mark in (("number", number), ("code", code), ("name", name)) if mark[1]]


def _pair(
    group: str,
    names: Sequence[str],
    records: Iterable[Any],
    rows: list[Row],
    values_of: Callable[[Any], Row],
    marks_of: Callable[[Row], list[Hashable]],
    add: Callable[[Any], None],
    known_rows: dict[int, str],
) -> list[ValueChange]:
    """Pair the records of a household with its rows, each row once, the surest marks first; others are added.

    Rows of the sheet that were found are noted in ``known_rows``; those of what is added speak of no record yet.
    """
    waiting: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        for mark in marks_of(row[1:]):
            waiting[mark].append(row)
    used: set[str] = set()
    changes: list[ValueChange] = []
    unpaired = list(records)
    for surest in (True, False):
        left = []
        for record in unpaired:
            given = values_of(record)
            row = _waiting_row(marks_of(given)[: 1 if surest else None], waiting, used)
            if row:
                used.add(row[0])
                known_rows[record.row] = row[0]
                changes += _differences(row[0], group, names, given, row[1:])
            else:
                left.append(record)
        unpaired = left
    for record in unpaired:
        known_rows.pop(record.row, None)
        add(record)
    return changes


def _waiting_row(marks: list[Hashable], waiting: dict[Hashable, list[Row]], used: set[str]) -> Row:
    """The first row not used yet that bears one of the marks; empty where there is none."""
    return next((row for mark in marks for row in waiting.get(mark, ()) if row[0] not in used), ())


def _missing(existing: Existing, records: Sequence[HouseholdRecord], matched: list[Changed]) -> list[Known]:
    """Registered households of the villages in the file that it does not name."""
    villages = {record.village for record in records}
    named = {one.known.key for one in matched}
    return [known for known in existing.households if known.village in villages and known.key not in named]
