"""What applications say of the registers: households, persons and areas of a village or town in one year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.ordering import by_group
from fupin_desktop.domain.vocabulary import BaseKind, HouseholdClass, HouseholdSize, Participation
from fupin_desktop.override import override
from fupin_desktop.storage import earlier_facts, entities
from fupin_desktop.storage.summaries import ItemFacts, item_area

REGISTERED = frozenset({HouseholdClass.POOR, HouseholdClass.OUT_OF_POVERTY, HouseholdClass.MONITORED})
"""Classes of 建档立卡 households; 边缘户 are looked after too (清远 二18) but counted by themselves."""
TAKING_PART = frozenset({Participation.BASE, Participation.SCATTERED})
_UNABLE = ("无劳动", "丧失劳动", "没有劳动")
_ABLE = "劳动力"


class Parts(NamedTuple):
    """An area in its parts, thousandths of a 亩 (吴川 三(二)1)."""

    cooperative: int = 0
    large: int = 0
    scattered: int = 0

    @property
    def total(self) -> int:
        """The three parts together; nothing else is ever the declared area."""
        return self.cooperative + self.large + self.scattered

    @override
    def __add__(self, other: object) -> Parts:
        """Both areas part by part."""
        if not isinstance(other, Parts):
            return NotImplemented
        return Parts(*(one + two for one, two in zip(self, other, strict=True)))


NO_AREA = Parts()


@dataclass(slots=True)
class HouseholdFacts:
    """A household of the year, as applications see it.

    Attributes:
        able: Members able to work.
        parts: Its area in parts; nothing where it does not take part.
        size: 大户 or 小农户 by its whole area.
        bases: Kinds of base its items lie in, as shown.
    """

    key: str
    village_key: str
    village: str
    group: str
    head: str
    id_number: str
    household_class: HouseholdClass | None
    members: int
    participation: Participation | None
    area_milli: int
    products: str
    able: int = 0
    parts: Parts = NO_AREA
    size: HouseholdSize = HouseholdSize.SMALL
    bases: tuple[str, ...] = ()

    @property
    def takes_part(self) -> bool:
        """Whether it takes part, in the base or scattered (吴川 三(二)3)."""
        return self.participation in TAKING_PART

    @property
    def registered(self) -> bool:
        """Whether it is 建档立卡."""
        return self.household_class in REGISTERED


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """All households of a village or town in printed order."""

    households: tuple[HouseholdFacts, ...] = ()
    by_village: dict[str, list[HouseholdFacts]] = field(default_factory=dict)

    @property
    def participating(self) -> list[HouseholdFacts]:
        """Those that take part."""
        return [one for one in self.households if one.takes_part]

    @property
    def unknown(self) -> int:
        """How many of which nobody said whether they take part; they are counted as if they did not."""
        return sum(one.participation is None for one in self.households)

    @property
    def registered(self) -> list[HouseholdFacts]:
        """建档立卡 households."""
        return [one for one in self.households if one.registered]


def parts_of(households: Sequence[HouseholdFacts]) -> Parts:
    """Their areas together, part by part."""
    return sum((one.parts for one in households), NO_AREA)


def sized(households: Sequence[HouseholdFacts], size: HouseholdSize) -> list[HouseholdFacts]:
    """Those of a size."""
    return [one for one in households if one.size is size]


def persons(households: Sequence[HouseholdFacts]) -> int:
    """Members of the households together."""
    return sum(one.members for one in households)


def read_place(session: Session, villages: Sequence[str], year: int, large_from_milli: int) -> PlaceFacts:
    """The households of some villages in a year.

    Args:
        session: A reading session.
        villages: Keys of the villages.
        year: Calendar year of participation and items.
        large_from_milli: 大户起点, thousandths of a 亩.
    """
    found = session.execute(_households(villages, year))
    rows = by_group(found, lambda row: row.village_key, lambda row: row.group_name)
    able = _able(session, villages)
    items = _items(session, villages, year)
    earlier = earlier_facts.of_year(session, year)
    made = tuple(
        _facts(row, earlier.get(row.key, row), items.get(row.key, []), able.get(row.key, 0), large_from_milli)
        for row in rows
    )
    by_village: dict[str, list[HouseholdFacts]] = defaultdict(list)
    for one in made:
        by_village[one.village_key].append(one)
    return PlaceFacts(made, dict(by_village))


def _households(villages: Sequence[str], year: int) -> Any:
    household, village, part = entities.Household, entities.Village, entities.Participation
    return (
        select(
            household.key, household.village_key, village.name.label("village"), household.group_name,
            household.head_name, household.head_id_number, household.household_class, household.members,
            part.kind, part.area_total_milli, part.products_text,
        )
        .join(village, village.key == household.village_key)
        .outerjoin(part, and_(part.household_key == household.key, part.year == year))
        .where(household.village_key.in_(villages))
        .order_by(village.position, village.name, village.key, household.code, household.head_sort, household.key)
    )


def _able(session: Session, villages: Sequence[str]) -> dict[str, int]:
    """Members able to work by household."""
    person, household = entities.Person, entities.Household
    statement = (
        select(person.household_key, person.labour)
        .join(household, household.key == person.household_key)
        .where(household.village_key.in_(villages), person.labour.contains(_ABLE))
    )
    found: dict[str, int] = defaultdict(int)
    for key, labour in session.execute(statement):
        found[key] += not labour.startswith(_UNABLE)
    return found


def _items(session: Session, villages: Sequence[str], year: int) -> dict[str, list[tuple[str | None, int]]]:
    """Base and area of each item by household; items without an area are left out."""
    item, household = entities.FarmItem, entities.Household
    columns = [getattr(item, name) for name in ItemFacts._fields]
    statement = (
        select(item.household_key, item.base_kind, *columns)
        .join(household, household.key == item.household_key)
        .where(household.village_key.in_(villages), item.year == year)
        .order_by(item.key)
    )
    found: dict[str, list[tuple[str | None, int]]] = defaultdict(list)
    for row in session.execute(statement):
        found[row[0]].append((row[1], item_area(ItemFacts(*row[2:])) or 0))
    return found


def _facts(
    row: Any, own: Any, items: list[tuple[str | None, int]], able: int, large_from_milli: int
) -> HouseholdFacts:
    """The facts of a row; ``own`` holds what counts in the year."""
    area = row.area_total_milli or 0
    size = HouseholdSize.LARGE if area >= large_from_milli else HouseholdSize.SMALL
    taking = Participation(row.kind) if row.kind else None
    named = dict.fromkeys(BaseKind(base).label for base, _ in items if base)
    return HouseholdFacts(
        key=row.key,
        village_key=row.village_key,
        village=row.village,
        group=row.group_name,
        head=row.head_name,
        id_number=row.head_id_number,
        household_class=HouseholdClass(own.household_class) if own.household_class else None,
        members=own.members or 0,
        participation=taking,
        area_milli=area,
        products=row.products_text or "",
        able=able,
        parts=split_area(area, items, size) if taking in TAKING_PART else NO_AREA,
        size=size,
        bases=tuple(named),
    )


def split_area(whole: int, items: Sequence[tuple[str | None, int]], size: HouseholdSize) -> Parts:
    """A household's whole area in the three parts of 吴川 三(二)1.

    An item belongs to the base it is registered in; without one to 大户基地 or 分散种植 by the household's size. The
    whole area of the register governs: what items do not account for is added where the household belongs by its
    size, what they have too much is taken off scattered, large, cooperative in this order, so that the sum over the
    parts is always the area that the register shows.
    """
    usual = BaseKind.LARGE if size is HouseholdSize.LARGE else BaseKind.SCATTERED
    found = dict.fromkeys(BaseKind, 0)
    for base, area in items:
        found[BaseKind(base) if base else usual] += area
    rest = whole - sum(found.values())
    found[usual] += max(rest, 0)
    excess = max(-rest, 0)
    for kind in (BaseKind.SCATTERED, BaseKind.LARGE, BaseKind.COOPERATIVE):
        cut = min(excess, found[kind])
        found[kind] -= cut
        excess -= cut
    return Parts(found[BaseKind.COOPERATIVE], found[BaseKind.LARGE], found[BaseKind.SCATTERED])


def mu(milli: int) -> Decimal:
    """Thousandths as 亩."""
    return from_milli(milli)
