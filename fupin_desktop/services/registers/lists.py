"""The words of the lists that fields choose from: those of the policy parameters, and names of villages."""

from __future__ import annotations

from sqlalchemy import select

from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Village
from fupin_desktop.storage.fields import Field

VILLAGES = "villages"


def words(bench: Workbench, name: str) -> tuple[str, ...]:
    """The words of a list by its name, in their order.

    Raises:
        KeyError: There is no such list; a fault of the program.
    """
    if name == VILLAGES:
        return bench.cached(("lists", name), lambda: _villages(bench))
    found = bench.parameters.value(name, bench.today).value
    return tuple(found) if isinstance(found, tuple) else (str(found),)


def of_field(bench: Workbench, field: Field) -> tuple[str, ...]:
    """The words that a listed field may hold."""
    offered = (one for name in field.offered for one in words(bench, name))
    return tuple(dict.fromkeys((*words(bench, field.listed), *offered, *field.more)))


def _villages(bench: Workbench) -> tuple[str, ...]:
    with bench.read() as session:
        return tuple(dict.fromkeys(session.scalars(select(Village.name).order_by(Village.position, Village.code))))
