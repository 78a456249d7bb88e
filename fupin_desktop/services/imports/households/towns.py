"""Lists of another town: a village of a name that is registered here already is asked about before a second is made."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.services.imports.comparison import Comparison
from fupin_desktop.services.imports.converters import must
from fupin_desktop.services.imports.households.changed import Changed
from fupin_desktop.services.imports.households.records import HouseholdRecord
from fupin_desktop.services.values import Fault
from fupin_desktop.storage.entities import Town, Village

OTHER_TOWN = "other_town"
"""Code of the question."""
_TODO = "镇名写错的，改正这一格；确是另一个镇的同名村，请选“是另一个镇的村”"


def ask_towns(session: Session, found: Comparison) -> None:
    """Keep those out, with a question, for whom a second village of a registered name would be made.

    Args:
        session: For reading.
        found: The comparison; households that would be added, or moved, into such a village become faults of it.
    """
    towns = _towns(session)

    def second(record: HouseholdRecord) -> bool:
        known = towns.get(record.village or "")
        return bool(record.town and known and record.town not in known)

    def moves(one: Changed) -> bool:
        return any(change.name == "village" for change in one.values) and second(one.record)

    records = [*filter(second, found.added), *(one.record for one in found.changed if moves(one))]
    if not records:
        return
    found.added = [one for one in found.added if not second(one)]
    found.changed = [one for one in found.changed if not moves(one)]
    found.faults += [(one.row, "place.town", _question(one, towns[one.village or ""])) for one in records]


def _question(record: HouseholdRecord, towns: list[str]) -> Fault:
    return must(OTHER_TOWN, f"台账里的{record.village}是{'、'.join(towns)}的，这里写的是{record.town}", _TODO)


def _towns(session: Session) -> dict[str, list[str]]:
    """The towns that have a village of a name."""
    named = select(Village.name, Town.name).join(Town, Town.key == Village.town_key).order_by(Town.name)
    found: dict[str, list[str]] = defaultdict(list)
    for village, town in session.execute(named):
        found[village].append(town)
    return found
