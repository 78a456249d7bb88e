"""What of a register's year goes over into the next one, as its description says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from fupin_desktop.services.registers import registry, writing
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.parts import Carried
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Base
from fupin_desktop.storage.unit import Unit

PART = 10_000
"""Records copied at a time, between which the progress is told."""


@dataclass(frozen=True, slots=True)
class Part:
    """Records of a year that go over into the next.

    Attributes:
        register: The register they are of, or beside whose records they stand.
        entity: What they are.
        link: Attribute that holds the key of what they belong to; empty where they belong to nothing.
        carried: What of them goes over.
        beside: Whether they stand beside the records of the register, one for each year.
    """

    register: Register
    entity: type[Base]
    link: str
    carried: Carried
    beside: bool

    @property
    def title(self) -> str:
        """What they are called: 种养项目, 农户参与登记."""
        return f"{self.register.title}参与登记" if self.beside else self.register.title

    def told(self, number: int) -> str:
        """A number of them in words."""
        unit = self.register.unit
        return f"{self.title} {number:,} {unit}"


def parts() -> Iterator[Part]:
    """Everything that goes over, what stands beside records first."""
    found = registry.all()
    for one in found:
        if one.yearly is not None and one.yearly.carried is not None:
            yield Part(one, one.yearly.entity, one.yearly.column, one.yearly.carried, beside=True)
    for one in found:
        if one.year and one.carried is not None:
            yield Part(one, one.entity, one.parent.column if one.parent else "", one.carried, beside=False)


def left_behind() -> Iterator[Register]:
    """The registers of a year of which nothing goes over."""
    return (one for one in registry.all() if one.year and one.carried is None)


def chosen(part: Part, columns: Sequence[Any], of: int) -> Select[Any]:
    """The records of a year whose owner has none in the next one yet; what is there already is not copied again."""
    entity: Any = part.entity
    later = select(entity.key).where(entity.year == of + 1)
    statement = select(*columns).where(entity.year == of)
    if part.carried.only is not None:
        statement = statement.where(part.carried.only())
    if part.carried.marks:
        again: Any = aliased(entity)
        same = (getattr(again, name).is_not_distinct_from(getattr(entity, name)) for name in part.carried.marks)
        return statement.where(~select(again.key).where(again.year == of + 1, *same).correlate(entity).exists())
    if not part.link:
        return statement.where(~later.exists())
    link = getattr(entity, part.link)
    owners = select(link).where(entity.year == of + 1, link.is_not(None))
    # What belongs to nobody, as a linkage of a village's collective, compares with no owner.
    ownerless = and_(link.is_(None), ~later.where(link.is_(None)).exists())
    return statement.where(or_(and_(link.is_not(None), link.not_in(owners)), ownerless))


def count(session: Session, part: Part, of: int) -> int:
    """How many records would go over."""
    return session.scalar(chosen(part, [func.count()], of)) or 0


def count_left(session: Session, part: Part, name: str, of: int) -> int:
    """In how many of them an attribute that does not go over holds something."""
    value = getattr(part.entity, name)
    given = or_(value.is_(None), value == 0, value == "")
    return session.scalar(chosen(part, [func.count()], of).where(~given)) or 0


def copy(unit: Unit, bench: Workbench, part: Part, of: int) -> Iterator[int]:
    """Copy the records of a year into the next; gives the number copied so far, after each part of them."""
    entity: Any = part.entity
    names = (*([part.link] if part.link else []), *part.carried.names)
    columns = [*(getattr(entity, name) for name in names), entity.key]
    rows = unit.session.execute(chosen(part, columns, of).order_by(entity.key)).all()
    places = [names.index(name) for name in part.carried.counted]
    done = 0
    for some in chunks(rows, PART):
        made = [_next(row[:-1], places, of + 1) for row in some]
        keys = unit.insert_many(part.entity, made, (*names, "year"))
        writing.follow(unit, part.register, _touched(bench, part, made, keys, of + 1))
        if not part.beside:
            _copy_below(unit, bench, part.register, {row[-1]: key for row, key in zip(some, keys, strict=True)})
        done += len(made)
        yield done


def _copy_below(unit: Unit, bench: Workbench, register: Register, copies: Mapping[str, str]) -> None:
    """Copy what belongs to copied records and goes over with them; ``copies`` are their new keys by the old ones."""
    for child in register.children:
        if child.carried is None or child.year or child.parent is None:
            continue
        entity: Any = child.entity
        link, names = getattr(entity, child.parent.column), child.carried.names
        columns = [getattr(entity, name) for name in names]
        statement = select(link, *columns).where(link.in_(list(copies))).order_by(entity.key)
        rows = [(copies[row[0]], *row[1:]) for row in unit.session.execute(statement)]
        writing.add_rows(unit, child, rows, (child.parent.column, *names), bench)


def _next(row: Sequence[Any], counted: Sequence[int], year: int) -> tuple[Any, ...]:
    """A record of the next year; what counts years is one more."""
    values = list(row)
    for place in counted:
        values[place] = (values[place] or 0) + 1
    return *values, year


def _touched(
    bench: Workbench, part: Part, rows: Sequence[tuple[Any, ...]], keys: Sequence[str], year: int
) -> Touched:
    """What the copies touch: records of the register, or values beside its records."""
    register = part.register
    if not part.beside:
        return Touched(register.entity, register.parent, register.year, year, bench, added=tuple(keys))
    written: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        given = zip(part.carried.names, row[1:], strict=False)
        written[row[0]] = {name: value for name, value in given if value is not None}
    return Touched(register.entity, register.parent, "", year, bench, written={part.entity: written})
