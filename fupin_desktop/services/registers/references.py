"""The records that a column may refer to, by the names that are typed."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from sqlalchemy import inspect, or_, select

from fupin_desktop.domain.reading.texts import village_name
from fupin_desktop.services.registers.parts import Reference
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Office, Village

KNOWN = 5000
"""So many names are kept at hand; of more the register is searched."""
_NUMBERED = re.compile(r"(?P<name>.+)\((?P<code>[^()]+)\)")


def names(bench: Workbench, reference: Reference) -> dict[str, str]:
    """Keys by name of the records that may be referred to, in their order; the first of very many.

    Two records of one name are told apart by their numbers: 张三(H001), 张三(H002). Where two towns have a village of
    one name, that of the office's own town is meant.
    """
    table = reference.entity.__tablename__
    return bench.cached(("references", table, reference.name), lambda: _find(bench, reference, ""))


def naming(bench: Workbench, reference: Reference, text: str) -> tuple[str, dict[str, str]]:
    """A typed name as it is looked up, with keys by name of the records that it may mean."""
    known = names(bench, reference)
    if reference.entity is Village:
        return village_name(text, frozenset(known)), known
    if text in known or (len(known) < KNOWN and not reference.codes):
        return text, known
    found = _find(bench, reference, text)
    if not found and (numbered := _NUMBERED.fullmatch(text)):
        found = dict(zip([text], _find(bench, reference, numbered["code"]).values(), strict=False))
    return text, found or known


def told(name: str, code: str = "") -> str:
    """A record's name with its number, as two of one name are told apart: 张三(H001)."""
    return f"{name}({code})" if code else name


def _find(bench: Workbench, reference: Reference, text: str) -> dict[str, str]:
    """Keys by name of the records named so, or with this number; of all records for an empty text."""
    entity: Any = reference.entity
    shown = [getattr(entity, name) for name in (reference.name, *reference.codes)]
    order = [getattr(entity, name) for name in ("position",) if name in inspect(entity).columns]
    statement = select(entity.key, *shown).order_by(*order, shown[0]).limit(KNOWN)
    if text:
        statement = statement.where(or_(*(attribute == text for attribute in shown)))
    with bench.read() as session:
        if reference.entity is Village:
            own = session.scalars(select(Office.town_key)).first()
            statement = select(entity.key, *shown).order_by(Village.town_key != own, *order)
        rows = session.execute(statement).all()
    return _by_name(rows, text)


def _by_name(rows: Any, text: str) -> dict[str, str]:
    """Keys by name; where several have one name, by name and number; one that has the text as its number by that."""
    several = {name for name, number in Counter(row[1] for row in rows).items() if number > 1}
    made: dict[str, str] = {}
    for key, name, *codes in rows:
        by_code = bool(text) and text in codes
        number = next((code for code in codes if code), "")
        made.setdefault(text if by_code else told(name, number) if name in several else name, key)
    return made

