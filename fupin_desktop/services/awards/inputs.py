"""What the calculation needs of the register, read from the data file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.ordering import by_group
from fupin_desktop.domain.vocabulary import BaseKind, HouseholdClass, Participation
from fupin_desktop.policy.applicants import Applicant, FarmEntry, split_classes
from fupin_desktop.services.scheme_places import villages_of
from fupin_desktop.storage import earlier_facts, entities

_CLASSES = {word.value: word for word in HouseholdClass}
_KINDS = {word.value: word for word in Participation}
_BASES = {word.value: word for word in BaseKind}


@dataclass(frozen=True, slots=True)
class Inputs:
    """Households of a place and year.

    Attributes:
        applicants: In printed order: village, group, code, name.
        numbers: Identity number of the head by household key; households without one are left out.
    """

    applicants: tuple[Applicant, ...]
    numbers: dict[str, str]


def read_inputs(session: Session, place: str, year: int, keys: Sequence[str] | None = None) -> Inputs:
    """The households of a village, or of all villages of a town.

    Args:
        session: A reading session.
        place: Name of a village or of a town.
        year: Calendar year of participation and farm items.
        keys: Only these households; None for all.

    Raises:
        NotAllowed: Two villages bear the name.
    """
    villages = villages_of(session, place)
    found = session.execute(_households(villages, year, keys))
    households = by_group(found, lambda row: row.village, lambda row: row.group_name)
    entries = _entries(session, villages, year, keys)
    earlier = earlier_facts.of_year(session, year)
    shared = _shared_numbers(session, [row.head_id_number for row in households] if keys is not None else None)
    applicants = tuple(
        _applicant(row, earlier.get(row.key, row), entries.get(row.key, ()), shared=row.head_id_number in shared)
        for row in households
    )
    return Inputs(applicants, {row.key: row.head_id_number for row in households if row.head_id_number})


def _shared_numbers(session: Session, numbers: Sequence[str] | None) -> set[str]:
    """Identity numbers that stand as the head's in more than one household of the whole register.

    Args:
        session: A reading session.
        numbers: Only these; None for all.
    """
    number = entities.Household.head_id_number
    twice = select(number).where(number != "").group_by(number).having(func.count() > 1)
    return set(session.scalars(twice if numbers is None else twice.where(number.in_(numbers))))


def _households(villages: Sequence[str], year: int, keys: Sequence[str] | None) -> Any:
    """The statement that reads households with their year."""
    household, village, part = entities.Household, entities.Village, entities.Participation
    query = (
        select(
            household.key, household.code, household.head_name, village.name.label("village"), household.group_name,
            household.household_class, household.own_class, household.members, household.head_id_number,
            part.kind, part.area_milli, part.earlier_fen, part.priority,
        )
        .join(village, village.key == household.village_key)
        .outerjoin(part, and_(part.household_key == household.key, part.year == year))
        .where(household.village_key.in_(villages))
        .order_by(village.position, village.name, household.group_name, household.code)
        .order_by(household.head_sort, household.key)
    )
    return query if keys is None else query.where(household.key.in_(keys))


def _entries(
    session: Session, villages: Sequence[str], year: int, keys: Sequence[str] | None
) -> dict[str, list[FarmEntry]]:
    item, household = entities.FarmItem, entities.Household
    query = select(
        item.household_key, item.product, item.product_group, item.unit, item.declared_milli, item.accepted_milli,
        item.planned_milli, item.area_milli, item.cost_fen, item.income_fen, item.other_subsidy_fen, item.base_kind,
        item.instalment_year,
    ).where(item.year == year)
    if keys is None:
        query = query.join(household, household.key == item.household_key)
        query = query.where(household.village_key.in_(villages))
    else:
        query = query.where(item.household_key.in_(keys))
    found: dict[str, list[FarmEntry]] = defaultdict(list)
    for row in session.execute(query.order_by(item.household_key, item.key)):
        found[row.household_key].append(_entry(row))
    return found


def _entry(row: Any) -> FarmEntry:
    """An entry of a row of :func:`_entries`."""
    _, product, group, unit, declared, accepted, planned, area, cost, income, subsidy, base, instalment = row
    return FarmEntry(
        product=product,
        product_group=group,
        unit=unit,
        declared=None if declared is None else from_milli(declared),
        accepted=None if accepted is None else from_milli(accepted),
        planned=None if planned is None else from_milli(planned),
        area=None if area is None else from_milli(area),
        cost=None if cost is None else from_fen(cost),
        income=None if income is None else from_fen(income),
        other_subsidy=from_fen(subsidy or 0),
        base_kind=_BASES.get(base),
        instalment_year=instalment,
    )


def _applicant(row: Any, facts: Any, entries: Iterable[FarmEntry], *, shared: bool) -> Applicant:
    """The applicant of a row; ``facts`` holds what counts in the year."""
    return Applicant(
        key=row.key,
        code=row.code,
        name=row.head_name,
        village=row.village,
        group=row.group_name,
        household_class=_CLASSES.get(facts.household_class),
        members=facts.members or 0,
        participation=_KINDS.get(row.kind),
        area=None if row.area_milli is None else from_milli(row.area_milli),
        earlier=from_fen(row.earlier_fen or 0),
        priority=row.priority,
        entries=tuple(entries),
        own_classes=split_classes(facts.own_class),
        shares_number=shared,
    )
