"""Finding records by words: stored search words where registers are large, names and numbers themselves elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.parts import Parent, Reference, Search
from fupin_desktop.services.registers.sources import joined, sources
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.search_keys import initials, matching, search_key, sort_key
from fupin_desktop.storage.unit import Unit

_ID_PIECE = re.compile(r"[0-9]{7,17}[0-9Xx]?", re.ASCII)
_AFTER_ID = "Z"
_ID_TAIL = 6
_KNOWN = 5000


class Finder:
    """Makes the condition that a record is found by a word.

    Args:
        register: The register searched.
        year: The year at work; names of year-bound records are those of it.
    """

    def __init__(self, bench: Workbench, register: Register, year: int) -> None:
        self._bench, self._register, self._year = bench, register, year

    def found_by(self, word: str) -> ColumnElement[bool]:
        """The condition for one word of a search text."""
        register = self._register
        entity: Any = register.entity
        of_year = getattr(entity, register.year) == self._year if register.year else None
        found = self._matches(entity, register.search, word, of_year)
        if not register.search.stored:
            found += self._by_parent(entity, register.parent, word)
            for spec in register.columns:
                found += self._by_reference(spec, word) if isinstance(spec, Reference) else []
        return or_(false(), *found)

    def _matches(
        self, entity: Any, search: Search, word: str, among: ColumnElement[bool] | None = None
    ) -> list[ColumnElement[bool]]:
        """By the record's own words; any of the conditions is enough."""
        found = [matching(getattr(entity, search.stored), word)] if search.stored else []
        if not search.stored:
            found += [one for name in search.names for one in self._named(getattr(entity, name), word, among)]
            found += [getattr(entity, search.code).contains(word, autoescape=True)] if search.code else []
        if search.id_number:
            found += _of_number(getattr(entity, search.id_number), word, tail=not search.stored)
        return found

    def _named(self, name: Any, word: str, among: ColumnElement[bool] | None) -> list[ColumnElement[bool]]:
        """By a name's text or pinyin initials; where there are very many names, by the text alone.

        No name that fits gives no condition: an empty one beside others would keep them from being read off an index.
        """
        known = self._bench.cached(("registers.names", str(name), self._year), lambda: self._names(name, among))
        if known is None:
            return [name.contains(word, autoescape=True)]
        small = word.lower()
        fitting = [text for text, words in known if small in words]
        return [name.in_(fitting)] if fitting else []

    def _names(self, name: Any, among: ColumnElement[bool] | None) -> list[tuple[str, str]] | None:
        statement = select(name).distinct().limit(_KNOWN + 1)
        with self._bench.read() as session:
            texts = session.scalars(statement if among is None else statement.where(among)).all()
        if len(texts) > _KNOWN:
            return None
        return [(text, f"{text.lower()} {initials(text)}") for text in texts]

    def _by_parent(self, entity: Any, parent: Parent | None, word: str) -> list[ColumnElement[bool]]:
        """By what the record belongs to, and what that belongs to."""
        if parent is None:
            return []
        found = self._matches(parent.entity, parent.search, word)
        if not parent.search.stored:
            found += self._by_parent(parent.entity, parent.above, word)
        return _among(getattr(entity, parent.column), parent.entity, found)

    def _by_reference(self, spec: Reference, word: str) -> list[ColumnElement[bool]]:
        """By the name of a record that it refers to; the village is searched as what it belongs to."""
        above = self._register.parent
        if above is not None and spec.column == above.column:
            return []
        found = self._named(getattr(spec.entity, spec.name), word, None)
        return _among(getattr(self._register.entity, spec.column), spec.entity, found)


def _among(link: Any, entity: Any, found: list[ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    """The condition that a reference leads to a record that one of the conditions finds; none without conditions."""
    return [link.in_(select(entity.key).where(or_(*found)))] if found else []


def _of_number(number: Any, word: str, *, tail: bool) -> list[ColumnElement[bool]]:
    """A long number as the beginning of an ID number, and its last digits where no search words hold them."""
    piece = word.upper()
    found = [and_(number >= piece, number < piece + _AFTER_ID)] if _ID_PIECE.fullmatch(word) else []
    if tail and word.isascii():
        found.append(func.substr(number, -_ID_TAIL).contains(piece, autoescape=True))
    return found


# ---- stored words ----
def words_of(register: Register) -> frozenset[str]:
    """Own attributes from which the stored words of a register are made."""
    search = register.search
    place = {parent.column for parent in register.parents[:1]}
    return frozenset({*search.names, search.id_number, search.code, *place} - {""})


def refresh(unit: Unit, register: Register, keys: Iterable[str]) -> None:
    """Bring the stored search and sort words of records up to date, in the write that changed what they are made of."""
    search = register.search
    stored = [name for name in (search.stored, search.sort) if name]
    listed = list(keys)
    if not stored or not listed:
        return
    unit.session.flush()
    unit.update_many(register.entity, [row for part in chunks(listed) for row in _words(unit, register, part)], stored)


def _words(unit: Unit, register: Register, keys: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Key, search words and sort word of records."""
    search, entity = register.search, register.entity
    own: Any = entity
    given = [getattr(entity, name) for name in (*search.names, search.id_number, search.code) if name]
    village = sources(register).get("village")
    statement = select(own.key, *given, *([village.entity.name] if village else []))
    statement = joined(register, statement, {"village"} if village else set(), 0).where(own.key.in_(keys))
    for key, *found in unit.session.execute(statement):
        names, rest = found[: len(search.names)], found[len(search.names) :]
        place = rest.pop() if village else ""
        code = rest.pop() if search.code else ""
        number = rest.pop() if search.id_number else ""
        words = [search_key(" ".join(names), number, place, code)] if search.stored else []
        yield key, *words, *([sort_key(names[0])] if search.sort else [])


def refresh_below(unit: Unit, register: Register, keys: Sequence[str]) -> None:
    """Bring the words of the records that belong to these up to date: they hold the village."""
    for child in register.children:
        if child.search.stored and child.parent is not None:
            entity: Any = child.entity
            link = getattr(entity, child.parent.column)
            below = [
                key for part in chunks(keys) for key in unit.session.scalars(select(entity.key).where(link.in_(part)))
            ]
            refresh(unit, child, below)

