"""The records that a row names: what it belongs to, and what its columns refer to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.reading.texts import village_name
from fupin_desktop.services.imports.converters import must
from fupin_desktop.services.imports.flat.lists import OWN, names_parent
from fupin_desktop.services.imports.flat.records import FlatRecord
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.parts import Parent
from fupin_desktop.services.values import Fault
from fupin_desktop.storage.entities import Office, Town, Village
from fupin_desktop.storage.unit import table_of

Faults = Iterator[tuple[str, Fault]]


class Parents:
    """Finds the records that the rows of a list name.

    Args:
        session: For reading.
        register: The register of the list.
        village: Village of rows that name none; empty where none is given.
        owner: Key of what all rows belong to; empty where each row says so.
    """

    def __init__(self, session: Session, register: Register, village: str, owner: str = "") -> None:
        self._session, self._register, self._owner = session, register, owner
        self._villages = self._known_villages()
        self._names = {key: name for name, key in self._villages.items()}
        self._village = village_name(village, frozenset(self._villages)) if village else ""
        self._references = {key: one for key, one in layout(register).items() if one.reference is not None}
        self._known = {
            key: self._by_mark(one) for key, one in self._references.items() if not names_parent(register, one)
        }
        self._below_same = {key: self._parents_of(self._references[key]) for key in self._known}
        self._optional = self._may_belong_to_nothing()
        self._above = self._by_parent(register.parent) if register.parent else {}

    def called(self, key: str) -> str:
        """What a record that rows belong to is called."""
        return self._names.get(key, "")

    def place(self, record: FlatRecord) -> Faults:
        """Fill in the keys of what a row names; what is not found is a fault at its cell."""
        record.values = {
            key.removeprefix(f"{OWN}."): value for key, value in record.texts.items() if key.startswith(f"{OWN}.")
        }
        yield from self._belong(record)
        yield from self._refer(record)

    def _belong(self, record: FlatRecord) -> Faults:
        parent = self._register.parent
        if parent is None or parent.entity is Town:
            return
        said = record.texts.get("place.village") or self._village
        if parent.entity is Village:
            yield from self._in_village(record, said or self._named_in(record))
        else:
            yield from self._below(record, parent, said)

    def _may_belong_to_nothing(self) -> bool:
        parent = self._register.parent
        return parent is not None and bool(table_of(self._register.entity).columns[parent.column].nullable)

    # ---- villages ----
    def _known_villages(self) -> dict[str, str]:
        """Keys by name; of two of one name that of the office's own town."""
        own = self._session.scalars(select(Office.town_key)).first()
        statement = select(Village.name, Village.key).order_by(Village.town_key == own, Village.key)
        return {name: key for name, key in self._session.execute(statement)}  # noqa: C416 - rows, not pairs

    def _in_village(self, record: FlatRecord, said: str) -> Faults:
        record.texts["place.village"] = said or None
        if not said and self._optional:
            return
        if not said:
            yield "place.village", must("no_village", "没有填写行政村", "请填写行政村，或在导入时指定一个村")
        elif said not in self._villages:
            yield "place.village", must("unknown_village", f"台账里没有“{said}”", "请核对村名，或先登记这个村")
        else:
            record.parent = self._villages[said]

    def _named_in(self, record: FlatRecord) -> str:
        """The registered village that other columns name first, in a list without a column for it; empty for none."""
        if "place.village" in record.texts:
            return ""
        for column in self._register.place_in:
            text = str(record.texts.get(f"{OWN}.{column}") or "")
            if found := sorted((text.find(name), -len(name), name) for name in self._villages if name in text):
                return found[0][2]
        return ""

    # ---- parents of other kinds ----
    def _by_parent(self, parent: Parent) -> dict[tuple[str, Any], list[tuple[str, str]]]:
        """Key and village of every parent, by each of its marks."""
        if parent.entity in (Village, Town):
            return {}
        entity: Any = parent.entity
        marks = _marks(parent)
        in_village = parent.above is not None and parent.above.entity is Village
        village = getattr(entity, parent.above.column) if parent.above and in_village else entity.key
        names = {key: name for name, key in self._villages.items()}
        found: dict[tuple[str, Any], list[tuple[str, str]]] = defaultdict(list)
        for key, place, *values in self._session.execute(
            select(entity.key, village, *(getattr(entity, name) for name in marks))
        ):
            for name, value in zip(marks, values, strict=True):
                if value:
                    found[name, value].append((key, names.get(place, "")))
                    self._names[key] = str(value)
        return found

    def _below(self, record: FlatRecord, parent: Parent, village: str) -> Faults:
        """The parent that a row names: every mark given has to mean the same one."""
        given = [(name, record.texts.get(f"{parent.name}.{name}")) for name in _marks(parent)]
        given = [(name, value) for name, value in given if value]
        told_at = f"{parent.name}.{given[0][0] if given else _marks(parent)[0]}"
        if not given and self._owner:
            record.parent = self._owner
            return
        if not given and self._optional:
            return
        if not given:
            yield told_at, must("no_parent", f"没有写明是哪一{parent.word}", "请补上名称或编号")
            return
        found = [set(self._above.get(mark, ())) for mark in given]
        common = set.intersection(*found)
        here = {one for one in common if not village or one[1] in ("", village)}
        said = "、".join(str(value) for _, value in given)
        if self._owner and self._owner not in {key for key, _ in here}:
            sentence = f"这一行是“{said}”的，不是现在这一{parent.word}的"
            yield told_at, must("other_parent", sentence, "请从名单里去掉这一行，或打开那一" + parent.word + "再导入")
        elif self._owner:
            record.parent = self._owner
        elif len(here) == 1:
            record.parent = here.pop()[0]
        elif here:
            sentence = f"有 {len(here)} {parent.word}符合，认不准是哪一{parent.word}"
            yield told_at, must("parent_unclear", sentence, "请补上编号")
        else:
            yield told_at, must("unknown_parent", f"台账里没有“{said}”这一{parent.word}", "请核对，或先登记")

    # ---- references ----
    def _by_mark(self, column: Column) -> dict[str, list[str]]:
        reference = column.reference
        assert reference is not None
        entity: Any = reference.entity
        marks = [getattr(entity, name) for name in (reference.name, *reference.codes)]
        found: dict[str, list[str]] = defaultdict(list)
        for key, *values in self._session.execute(select(entity.key, *marks)):
            for value in dict.fromkeys(values):
                if value:
                    found[value].append(key)
        return found

    def _parents_of(self, column: Column) -> dict[str, str]:
        """What each record that a column may name belongs to, where that is what the rows belong to, too."""
        reference, parent = column.reference, self._register.parent
        if reference is None or parent is None or parent.column not in table_of(reference.entity).columns:
            return {}
        entity: Any = reference.entity
        pairs = self._session.execute(select(entity.key, getattr(entity, parent.column)))
        return {key: above for key, above in pairs}  # noqa: C416 - rows, not pairs

    def _of_another(self, column: str, key: str, record: FlatRecord) -> bool:
        """Whether a record is part of something else than the row is; those of villages serve other villages too."""
        parent = self._register.parent
        whole = self._below_same.get(column, {}) if parent and parent.entity is not Village else {}
        return bool(record.parent) and whole.get(key, record.parent) != record.parent

    def _refer(self, record: FlatRecord) -> Faults:
        """Names in the columns that refer to other records become their keys."""
        for key, known in self._known.items():
            name = self._references[key].stored_in
            said = record.values.pop(name, None)
            if not said:
                continue
            keys = known.get(said, [])
            if len(keys) > 1:
                below = self._below_same.get(key, {})
                keys = [one for one in keys if below.get(one) == record.parent] or keys
            if len(keys) == 1 and self._of_another(key, keys[0], record):
                yield f"{OWN}.{name}", must("reference_of_other", f"“{said}”在台账里是别处的", "请核对，或改写编号")
            elif len(keys) == 1:
                record.values[name] = keys[0]
            elif keys:
                yield f"{OWN}.{name}", must("reference_unclear", f"台账里有 {len(keys)} 个“{said}”", "请改写编号")
            else:
                yield f"{OWN}.{name}", must("unknown_reference", f"台账里没有“{said}”", "请核对，或先登记")


def _marks(parent: Parent) -> Sequence[str]:
    """Attributes by which a parent is named, the surest first."""
    return [name for name in (parent.search.id_number, parent.search.code, *parent.search.names) if name]
