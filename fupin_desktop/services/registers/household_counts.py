"""Numbers that rest on households (at projects, trainings and incomes), counted anew when the households change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import case, distinct, func, select

from fupin_desktop.domain.area import to_milli
from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.services.registers.by_year import poor, seen
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import (
    Household,
    HouseholdIncome,
    Linkage,
    Participation,
    Person,
    Project,
    Trainee,
    Training,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from fupin_desktop.services.workbench import Workbench
    from fupin_desktop.storage.unit import Unit

HELPED = (HouseholdClass.POOR.value, HouseholdClass.OUT_OF_POVERTY.value, HouseholdClass.MONITORED.value)
"""Classes that count as 贫困户 among those brought along."""
COUNTED = frozenset({"household_class", "members"})
"""Attributes of a household on which the numbers rest."""
_INCOMES = ("wages_fen", "business_fen", "property_fen", "transfers_fen")
INCOME_PARTS = (*_INCOMES, "costs_fen")
"""Attributes of an income on which that per head rests."""
_NUMBERS = ("households", "poor_households", "persons", "large_households", "small_households")


def follow(unit: Unit, bench: Workbench, households: Iterable[str], year: int) -> None:
    """Count anew what rests on households whose class, members or area changed from a year on."""
    unit.session.flush()
    keys = sorted(set(households))
    incomes = select(HouseholdIncome.key).where(HouseholdIncome.year >= year)
    for part in chunks(keys):
        count_incomes(unit, unit.session.scalars(incomes.where(HouseholdIncome.household_key.in_(part))).all())
    if keys and unit.session.scalar(select(Linkage.key).where(Linkage.project_key.is_not(None)).limit(1)):
        of_households = [Linkage.household_key.in_(part) for part in chunks(keys)]
        linked = select(Linkage.project_key).where(Linkage.year == year, Linkage.project_key.is_not(None))
        projects = {key for one in of_households for key in unit.session.scalars(linked.where(one)) if key}
        count_projects(unit, bench, projects, year)
    if keys and unit.session.scalar(select(Trainee.key).limit(1)):
        joined = select(Trainee.training_key).distinct().join(Person, Person.key == Trainee.person_key)
        joined = joined.join(Training, Training.key == Trainee.training_key).where(Training.year >= year)
        attended = {
            key for part in chunks(keys) for key in unit.session.scalars(joined.where(Person.household_key.in_(part)))
        }
        count_trainings(unit, attended)


def count_projects(unit: Unit, bench: Workbench, projects: Iterable[str], year: int) -> None:
    """Take the numbers of projects from their linkages of a year.

    Args:
        unit: The write.
        bench: The workbench.
        projects: Projects that have linkages; one that has none any more has no numbers either. Those that never had
            any keep what was typed, and are none of these.
        year: The year.
    """
    start = to_milli(Decimal(str(bench.parameters.value("large_household_area", bench.today).value)))
    area = func.coalesce(Participation.area_total_milli, 0)
    helped = seen(unit.session, Household.household_class, year).in_(HELPED)
    members = seen(unit.session, Household.members, year)
    columns = (
        func.count(distinct(Household.key)),
        func.count(distinct(case((helped, Household.key)))),
        func.count(distinct(case((area >= start, Household.key)))),
    )
    of_year = (Participation.household_key == Household.key) & (Participation.year == year)
    rows = []
    for project in sorted(projects):
        linked = (Linkage.project_key == project, Linkage.year == year)
        statement = select(*columns).join(Linkage, Linkage.household_key == Household.key)
        number, poor_ones, large = unit.session.execute(
            statement.outerjoin(Participation, of_year).where(*linked)
        ).one()
        among = select(Linkage.household_key).where(*linked)
        persons = unit.session.scalar(select(func.sum(members)).where(Household.key.in_(among)))
        counted = (number, poor_ones, int(persons or 0), large, number - large) if number else (None,) * len(_NUMBERS)
        rows.append((project, *counted))
    unit.update_many(Project, rows, _NUMBERS)


class PoorBrought(NamedTuple):
    """The registered poor households that a project brings along: how many, their members, the large ones.

    What is not known is None.
    """

    households: int | None
    persons: int | None
    large: int | None


def poor_of_projects(
    session: Session, projects: Sequence[str], year: int, large_from: Decimal
) -> dict[str, PoorBrought]:
    """What projects bring along by their linkages of a year, each household once; none of a project without any.

    Args:
        session: For reading.
        projects: Keys of the projects.
        year: The year.
        large_from: 亩 from which a household is large.
    """
    area, helped = func.coalesce(Participation.area_total_milli, 0), seen(session, Household.household_class, year)
    members = func.coalesce(seen(session, Household.members, year), 0)
    pairs = select(Linkage.project_key, Linkage.household_key).distinct().where(Linkage.year == year).subquery()
    of_year = (Participation.household_key == Household.key) & (Participation.year == year)
    poor_one = helped.in_(HELPED)
    columns = (
        func.count(case((poor_one, Household.key))),
        func.coalesce(func.sum(case((poor_one, members), else_=0)), 0),
        func.count(case((poor_one & (area >= to_milli(large_from)), Household.key))),
    )
    joined = select(pairs.c.project_key, *columns).join(Household, Household.key == pairs.c.household_key)
    joined = joined.outerjoin(Participation, of_year).group_by(pairs.c.project_key)
    found: dict[str, PoorBrought] = {}
    for part in chunks(projects):
        for key, *numbers in session.execute(joined.where(pairs.c.project_key.in_(part))):
            found[key] = PoorBrought(*map(int, numbers))
    return found


def count_trainings(unit: Unit, keys: Iterable[str]) -> None:
    """Attendances of trainings: their trainees, else the number typed; of poor households those of the year."""
    unit.session.flush()
    one, rows = Trainee, []
    for part in chunks(sorted(set(keys))):
        trainees = select(one.training_key, func.count()).where(one.training_key.in_(part)).group_by(one.training_key)
        counted = dict(unit.session.execute(trainees).all())
        typed: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
        columns = (Training.year, Training.key, Training.attended)
        for year, key, attended in unit.session.execute(select(*columns).where(Training.key.in_(part))):
            typed[year].append((key, attended))
        for year, trainings in typed.items():
            of_poor = _poor_trainees(unit, [key for key, _ in trainings], year)
            rows += [(key, counted.get(key) or attended or 0, of_poor.get(key, 0)) for key, attended in trainings]
    unit.update_many(Training, rows, ("attendances", "poor_attendances"))


def _poor_trainees(unit: Unit, trainings: list[str], year: int) -> dict[str, int]:
    one = Trainee
    joined = select(one.training_key, func.count()).join(Person, Person.key == one.person_key)
    joined = joined.join(Household, Household.key == Person.household_key)
    joined = joined.where(one.training_key.in_(trainings), poor(unit.session, year))
    return dict(unit.session.execute(joined.group_by(one.training_key)).all())


def count_incomes(unit: Unit, keys: Iterable[str]) -> None:
    """(Income − costs) ÷ members of the year, half up to 分; nothing where the members are not given."""
    unit.session.flush()
    one = HouseholdIncome
    found: list[HouseholdIncome] = []
    for part in chunks(sorted(set(keys))):
        found += unit.session.execute(select(one).where(one.key.in_(part))).scalars().all()
    rows = []
    for year, incomes in groupby(sorted(found, key=lambda income: income.year), key=lambda income: income.year):
        of_year = list(incomes)
        members = _members(unit, [income.household_key for income in of_year], year)
        rows += [(income.key, _per_head(income, members.get(income.household_key))) for income in of_year]
    unit.update_many(one, rows, ("per_head_fen",))


def _members(unit: Unit, households: Sequence[str], year: int) -> dict[str, int | None]:
    members = seen(unit.session, Household.members, year)
    found: dict[str, int | None] = {}
    for part in chunks(households):
        found |= dict(unit.session.execute(select(Household.key, members).where(Household.key.in_(part))).all())
    return found


def _per_head(income: HouseholdIncome, members: int | None) -> int | None:
    whole = sum(getattr(income, name) or 0 for name in _INCOMES) - (income.costs_fen or 0)
    return int((Decimal(whole) / members).quantize(Decimal(1), ROUND_HALF_UP)) if members else None
