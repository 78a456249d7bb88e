"""Rows of a list set against the records of a register: which are new, which change, which lack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.services.imports.answers import NEW, NOTHING, RENAMED, Answers
from fupin_desktop.services.imports.comparison import Comparison
from fupin_desktop.services.imports.converters import must
from fupin_desktop.services.imports.flat.lists import OWN
from fupin_desktop.services.imports.flat.parents import Parents
from fupin_desktop.services.imports.flat.records import FlatRecord
from fupin_desktop.services.registers import lists
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Checked, Identity, Register, Unique
from fupin_desktop.services.registers.parts import OWN as OWN_SOURCE
from fupin_desktop.services.values import Context, Fault, Place, read, show
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import constant_defaults
from fupin_desktop.storage.entities import Village
from fupin_desktop.storage.unit import table_of

Stored = Mapping[str, Any]
Index = Mapping[tuple[Any, ...], Sequence[str]]


@dataclass(slots=True)
class FlatChange:
    """A registered record that the import changes.

    Attributes:
        key: Its key.
        name: What it is called.
        record: The row.
        values: Changed values by attribute.
        lines: What changes, one Chinese line each.
    """

    key: str
    name: str
    record: FlatRecord
    values: dict[str, Any]
    lines: list[str]


class Comparer:
    """Compares the rows of one file.

    Args:
        bench: The workbench; its year is that of a year-bound register.
        session: For reading.
        register: The register.
        owner: Key of what all rows belong to; empty where each row says so.
        answers: What the clerk answered where a number belongs to another record.
    """

    def __init__(
        self, bench: Workbench, session: Session, register: Register, owner: str = "", answers: Answers = NOTHING
    ) -> None:
        self._answers = answers
        self._bench, self._session, self._register, self._owner = bench, session, register, owner
        known = layout(register).values()
        self._columns = {one.stored_in: one for one in known if one.source == OWN_SOURCE or one.reference}
        self._listed = [name for name, one in self._columns.items() if one.field.listed and not one.source]
        self._context = Context(Place.IMPORTED, lists=lambda name: lists.words(bench, name))
        self._found = Comparison()
        self._usual = constant_defaults(table_of(register.entity))
        self._existing: dict[str, dict[str, Any]] = {}

    def compare(self, records: Sequence[FlatRecord], village: str) -> Comparison:
        """What an import would do; a village given for the whole list is that of rows that name none."""
        placed = self._placed(records, village)
        self._existing = {row["key"]: row for row in self._load()}
        matched = self._matched(placed)
        for unique in self._register.unique:
            self._refuse_shared(unique, self._sound(placed), matched)
        self._check(self._sound(placed), matched)
        self._sort(self._sound(placed), matched)
        self._found.known = matched
        return self._found

    def _sound(self, records: Sequence[FlatRecord]) -> list[FlatRecord]:
        """The rows that nothing keeps out so far."""
        bad = {row for row, _key, fault in self._found.faults if fault.must}
        return [record for record in records if record.row not in bad]

    # ---- whom a row belongs to ----
    def _placed(self, records: Sequence[FlatRecord], village: str) -> list[FlatRecord]:
        """The rows whose parents and referenced records are found."""
        self._parents = Parents(self._session, self._register, village, self._owner)
        placed = []
        for record in records:
            faults = [*self._year_fault(record), *self._parents.place(record), *self._unlisted(record)]
            if faults:
                self._found.faults += [(record.row, key, fault) for key, fault in faults]
            else:
                placed.append(record)
        return placed

    def _unlisted(self, record: FlatRecord) -> Iterator[tuple[str, Fault]]:
        """Words that are on no list; the others are taken as the lists have them."""
        for name in self._listed:
            column, text = self._columns[name], record.values.get(name)
            if text:
                value, faults = read(column.field, text, self._context)
                record.values[name] = value
                yield from ((f"{OWN}.{name}", fault._replace(code=f"import.{fault.code}")) for fault in faults)

    def _year_fault(self, record: FlatRecord) -> Iterator[tuple[str, Fault]]:
        """A row of another year is not taken for one of the year at work."""
        said = record.texts.pop("year.year", None)
        if said is not None and said != self._bench.year:
            sentence = f"这一行是{said}年度的，现在的年度是{self._bench.year}"
            yield "year.year", must("other_year", sentence, "请先切换年度，或改正这一格")

    # ---- which record a row means ----
    def _load(self) -> Iterable[dict[str, Any]]:
        entity: Any = self._register.entity
        names = [one for one in self._columns if one in entity.__table__.columns]
        link = [self._register.parent.column] if self._register.parent else []
        marks = [name for identity in self._register.identity for name in identity.names]
        wanted = dict.fromkeys(["key", *link, *names, *marks])
        statement = select(*[getattr(entity, name) for name in wanted])
        if self._register.year:
            statement = statement.where(getattr(entity, self._register.year) == self._bench.year)
        if self._owner:
            statement = statement.where(getattr(entity, self._link) == self._owner)
        if self._register.place:
            statement = statement.order_by(getattr(entity, self._register.place))
        return (dict(zip(wanted, row, strict=True)) for row in self._session.execute(statement))

    def _matched(self, records: Sequence[FlatRecord]) -> dict[int, str]:
        """Keys of the registered records by row."""
        indexes = [(one, self._index(one)) for one in self._register.identity]
        matched: dict[int, str] = {}
        taken: dict[str, int] = {}
        for record in records:
            key, names, fault = self._match(record, indexes, taken)
            if key and not fault:
                key, fault = self._as_answered(record, key, names)
            if key and not fault and taken.setdefault(key, record.row) != record.row:
                fault = must("record_twice", f"与第{taken[key] + 1}行说的是台账里同一条", "请合并成一行")
            if fault:
                self._found.faults.append((record.row, self._told_at(names or indexes[0][0].names), fault))
            elif key:
                matched[record.row] = key
        return matched

    def _index(self, identity: Identity) -> Index:
        found: dict[tuple[Any, ...], list[str]] = defaultdict(list)
        for key, row in self._existing.items():
            whole = identity.of(row.get)
            if whole is not None:
                found[whole].append(key)
        return found

    def _match(
        self, record: FlatRecord, indexes: Sequence[tuple[Identity, Index]], taken: Collection[str]
    ) -> tuple[str, Sequence[str], Fault | None]:
        """The registered record that a row means, and by what: what names it must not name two."""
        found: dict[str, Sequence[str]] = {}
        for identity, index in indexes:
            names, whole = identity.names, identity.of(partial(self._value, record))
            keys = index.get(whole, []) if whole is not None else []
            here = [key for key in keys if self._existing[key].get(self._link) == record.parent] or keys
            if identity.alike:
                here = [key for key in here if key not in taken][:1]
            if len(here) > 1:
                sentence = f"台账里有 {len(here)} 条{self._labels(names)}与这一行相同"
                return "", (), must("identity_unclear", sentence, "请先在台账里分清")
            if here:
                found.setdefault(here[0], names)
        if len(found) > 1:
            (one, first), (other, second) = list(found.items())[:2]
            whose = f"{self._labels(first)}是台账里“{self._name(one)}”的"
            sentence = f"{whose}，{self._labels(second)}却是“{self._name(other)}”的"
            return "", (), must("identity_differs", sentence, "请核对后改正其中一个")
        return (*next(iter(found.items()), ("", ())), None)

    def _as_answered(self, record: FlatRecord, key: str, names: Sequence[str]) -> tuple[str, Fault | None]:
        """A record found under another name, or with another it belongs to, is asked: the same, or another one."""
        told = "、".join(self._otherwise(record, self._existing[key]))
        said = self._answers.of_row(record.row)
        if not told or said == RENAMED:
            return key, None
        if said == NEW:
            return "", None
        todo = "同一条改了的，请选“就是这一条”；不是的，请选“另一条”，或改正编号"
        return "", must("number_of_other", f"{self._labels(names)}在台账里已有一条，{told}", todo)

    def _otherwise(self, record: FlatRecord, before: Stored) -> Iterator[str]:
        name = self._register.search.names[0]
        now, then = record.values.get(name), before.get(name)
        if now is not None and now != then:
            yield f"名称是“{then or '(空)'}”，这里是“{now}”"
        if self._link and record.parent and record.parent != before.get(self._link):
            belongs = self._parents.called(str(before.get(self._link) or ""))
            yield f"属于“{belongs or '(空)'}”，这里是“{self._parents.called(record.parent)}”"

    # ---- what changes ----
    def _sort(self, records: Sequence[FlatRecord], matched: Mapping[int, str]) -> None:
        found, seen = self._found, set(matched.values())
        for record in records:
            if record.row not in matched:
                if self._register.computed_by:
                    fault = must("not_added", f"台账里没有这一条，{self._register.title}不在这里新增", "请核对")
                    found.faults.append((record.row, "", fault))
                elif not self._lacks(record):
                    found.added.append(record)
                continue
            change = self._change(record, matched[record.row])
            if change.values:
                found.changed.append(change)
            else:
                found.unchanged += 1
        parents = {record.parent for record in records}
        found.missing = [
            self._name(key)
            for key, row in self._existing.items()
            if key not in seen and row.get(self._link, "") in parents and self._register.identity
        ]

    def _lacks(self, record: FlatRecord) -> bool:
        """Whether a new record lacks what it must have; told at its cell."""
        lacking = [
            one for name, one in self._columns.items()
            if one.info.required and one.info.editable and name != self._link and not record.values.get(name)
            and (name not in self._register.later or f"{OWN}.{name}" in record.texts)
        ]  # fmt: skip
        for column in lacking:
            fault = must("required", f"没有填写{column.info.label}", f"请填写{column.info.label}")
            self._found.faults.append((record.row, f"{OWN}.{column.stored_in}", fault))
        return bool(lacking)

    def _change(self, record: FlatRecord, key: str) -> FlatChange:
        before = self._existing[key]
        given = {name: value for name, value in record.values.items() if value is not None}
        values = {name: value for name, value in given.items() if name in self._columns and value != before.get(name)}
        if self._link and record.parent and record.parent != before.get(self._link):
            values[self._link] = record.parent
        lines = [self._line(name, before.get(name), value, record) for name, value in values.items()]
        return FlatChange(key, self._name(key), record, values, lines)

    def _line(self, name: str, before: Any, after: Any, record: FlatRecord) -> str:
        column = self._columns.get(name)
        if column is None or column.reference is not None:
            said = record.texts.get(f"{OWN}.{name}") or record.texts.get("place.village") or ""
            return f"{column.info.label if column else '所属'}：改为{said}"
        return f"{column.info.label}：{show(column.field, before) or '(空)'} → {show(column.field, after)}"

    # ---- what must not be ----
    def _refuse_shared(self, unique: Unique, records: Sequence[FlatRecord], matched: Mapping[int, str]) -> None:
        """Values that no two records may share: among the registered ones and the rows as they would be."""
        owners: dict[tuple[Any, ...], str] = {}
        own = set(matched.values())
        for key, row in self._existing.items():
            whole = tuple(row.get(name) for name in unique.names)
            if unique.compares(whole) and key not in own:
                owners[whole] = f"台账里的“{self._name(key)}”"
        for record in records:
            before = self._existing.get(matched.get(record.row, ""), {})
            whole = tuple(self._value(record, name) or before.get(name) for name in unique.names)
            if not unique.compares(whole):
                continue
            owner = owners.setdefault(whole, f"第{record.row + 1}行")
            if owner != f"第{record.row + 1}行":
                self._tell_shared(record, unique, owner)

    def _value(self, record: FlatRecord, name: str) -> Any:
        return record.parent if name == self._link else record.values.get(name)

    def _tell_shared(self, record: FlatRecord, unique: Unique, owner: str) -> None:
        sentence = f"{self._labels(unique.names)}与{owner}相同"
        self._found.faults.append((
            record.row, self._told_at(unique.names), Fault("import.duplicate", unique.severity, sentence, "请核对"),
        ))  # fmt: skip

    def _check(self, records: Sequence[FlatRecord], matched: Mapping[int, str]) -> None:
        """The register's own checks of the records as they would be."""
        if not self._register.checks:
            return
        rows = {str(record.row): record for record in records}
        values = {row: self._whole(record, matched) for row, record in rows.items()}
        parents = {row: record.parent for row, record in rows.items() if record.parent}
        registered = {row: matched[record.row] for row, record in rows.items() if record.row in matched}
        bench = self._bench
        checked = Checked(self._session, values, bench.year, bench.today, bench, parents, registered)
        for one in (finding for check in self._register.checks for finding in check(checked)):
            column = next((name for name, known in self._columns.items() if known.info.key == one.column), "")
            fault = Fault(f"import.{self._register.name}", one.severity, one.sentence.rstrip("。"), "请核对")
            self._found.faults.append((rows[one.key].row, f"{OWN}.{column}", fault))

    def _whole(self, record: FlatRecord, matched: Mapping[int, str]) -> dict[str, Any]:
        """A record as it would be, by key of its columns."""
        before = self._existing.get(matched.get(record.row, ""), self._usual)
        given = {name: value for name, value in record.values.items() if value is not None}
        if record.parent:
            given[self._link] = record.parent
        whole = {one.info.key: None for one in layout(self._register).values()}
        return whole | {one.info.key: given.get(name, before.get(name)) for name, one in self._columns.items()}

    # ---- words ----
    @property
    def _link(self) -> str:
        return self._register.parent.column if self._register.parent else ""

    def _name(self, key: str) -> str:
        return str(self._existing[key].get(self._register.search.names[0]) or "")

    def _told_at(self, names: Sequence[str]) -> str:
        """Key of the list's column that a fault of these attributes is told at."""
        column = next((self._columns[name] for name in reversed(names) if name in self._columns), None)
        if column is None:
            return ""
        is_village = column.reference is not None and column.reference.entity is Village
        return "place.village" if is_village else f"{OWN}.{column.stored_in}"

    def _labels(self, names: Sequence[str]) -> str:
        return "、".join(self._columns[name].info.label for name in names if name in self._columns)


def shown(column: Column, record: FlatRecord) -> str:
    """A value of a row as it is shown; of a reference the name that the row says."""
    if column.reference is not None:
        key = "place.village" if column.reference.entity is Village else f"{OWN}.{column.stored_in}"
        return str(record.texts.get(key) or "")
    return show(column.field, record.values.get(column.stored_in))

