"""What applications begin with from the registers: groups, entities, shops, trainings, the village's year (吴川 四)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import func, select

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.register_words import GroupDuty, RosterKind
from fupin_desktop.services.documents.context import Context
from fupin_desktop.services.documents.type import Binding
from fupin_desktop.storage.entities import (
    Entity,
    Household,
    Linkage,
    Roster,
    RosterMember,
    Shop,
    Training,
    Village,
    VillageYear,
)

_CLOSED = "关闭"
_TOLD_AT_MOST = 12
_ENTITIES_AT_MOST = 400
"""Characters that the village's form has for its entities."""
_TENTH = Decimal("0.1")


def _group(context: Context) -> list[RosterMember]:
    """The members of the leading group of the place, of the last one that was set up."""

    def find() -> list[RosterMember]:
        of = [Roster.kind == RosterKind.TOWN_GROUP.value, Roster.village_key.is_(None)]
        if not context.of_town and context.village is not None:
            of = [Roster.kind == RosterKind.VILLAGE_GROUP.value, Roster.village_key == context.village.key]
        latest = select(Roster.key).where(*of).order_by(Roster.founded_on.desc(), Roster.key.desc()).limit(1)
        members = select(RosterMember).where(RosterMember.roster_key == latest.scalar_subquery())
        return list(context.session.scalars(members.order_by(RosterMember.key)))

    return context.once("ledger.group", find)


def _leader(context: Context) -> str | None:
    return next((one.name for one in _group(context) if one.duty == GroupDuty.LEADER.value), None)


def _members(context: Context) -> str | None:
    """The other members with their duty where it is more than a member's."""
    others = [one for one in _group(context) if one.duty != GroupDuty.LEADER.value]
    named = {GroupDuty.DEPUTY.value: "(副组长)", GroupDuty.CONTACT.value: "(联络员)"}
    return "、".join(f"{one.name}{named.get(one.duty, '')}" for one in others) or None


def _entities(context: Context) -> str | None:
    """Names of the entities with who leads them; those of a village one a line, with whom they bring along and how."""
    keys = [village.key for village in context.villages]
    columns = (Entity.key, Entity.name, Entity.kind, Entity.leader)
    statement = select(*columns).where(Entity.village_key.in_(keys)).order_by(Entity.key)
    found = context.session.execute(statement.limit(_TOLD_AT_MOST)).all()
    if context.of_town:
        return "；".join(f"{name}（负责人{leader}）" if leader else name for _, name, _, leader in found) or None
    brought = _brought(context, [row[0] for row in found])
    lines = [_entity(name, kind, leader, brought[key]) for key, name, kind, leader in found]
    while len("\n".join(lines)) > _ENTITIES_AT_MOST:
        lines.pop()
    return "\n".join(lines) or None


def _entity(name: str, kind: str, leader: str, brought: tuple[set[str], dict[str, None]]) -> str:
    """An entity in a line."""
    households, ways = brought
    told = [kind, f"负责人{leader}" if leader else ""]
    told.append(f"带动{len(households)}户：{'、'.join(ways)}" if households else "")
    return f"{name}（{'，'.join(filter(None, told))}）"


def _brought(context: Context, keys: list[str]) -> dict[str, tuple[set[str], dict[str, None]]]:
    """Households that entities bring along in the year of the document, and the ways, in their order."""
    found: dict[str, tuple[set[str], dict[str, None]]] = defaultdict(lambda: (set(), {}))
    columns = (Linkage.entity_key, Linkage.household_key, Linkage.way)
    of_year = (Linkage.entity_key.in_(keys), Linkage.year == context.subject.year, Linkage.household_key.is_not(None))
    for entity, household, way in context.session.execute(select(*columns).where(*of_year).order_by(Linkage.key)):
        households, ways = found[str(entity)]
        households.add(str(household))
        ways.setdefault(way)
    return found


def _linkages(context: Context) -> list[str] | None:
    """The ways in which households of the place are brought along in the year, in the order of the policy's list."""
    keys = [village.key for village in context.villages]
    used = select(Linkage.way).join(Household, Household.key == Linkage.household_key)
    used = used.where(Household.village_key.in_(keys), Linkage.year == context.subject.year).group_by(Linkage.way)
    named = set(context.session.scalars(used))
    ways = context.parameters.value("linkage_kinds", context.today).value
    return [way for way in ways if way in named] or None


def _count_of(place: int) -> Binding:
    """How many entities there are of the kind that stands at a place of the document's list (吴川 三(一)3)."""

    def count(context: Context) -> int | None:
        named = context.parameters.value("town_entities", context.today).value
        if place >= len(named):
            return None
        kind = named[place].removeprefix("农业")
        keys = [village.key for village in context.villages]
        statement = select(func.count()).where(Entity.village_key.in_(keys), Entity.kind == kind)
        return context.session.scalar(statement) or None

    return count


def _shops(context: Context) -> str | None:
    """The shops that are open, by village."""
    keys = [village.key for village in context.villages]
    statement = select(Village.name, Shop.name, Shop.platform).join(Shop, Shop.village_key == Village.key)
    open_ = statement.where(Village.key.in_(keys), Shop.state != _CLOSED).order_by(Village.position, Shop.key)
    found = context.session.execute(open_.limit(_TOLD_AT_MOST)).all()
    return "；".join(f"{village}“{name}”（{platform}）" for village, name, platform in found) or None


def _trainings(context: Context) -> str | None:
    """The trainings of the year: day, topic, who came."""
    statement = select(Training.held_on, Training.topic, Training.attendances)
    of_year = statement.where(Training.year == context.subject.year).order_by(Training.held_on, Training.key)
    found = context.session.execute(of_year.limit(_TOLD_AT_MOST)).all()
    told = [f"{day.month}月{day.day}日{topic}（{number}人次）" for day, topic, number in found if day]
    return "；".join(told) or None


def _of_year(name: str, years: int = 0) -> Binding:
    """A figure of the village's year, in yuan; ``years`` earlier."""

    def find(context: Context) -> Any:
        if context.village is None:
            return None
        year = context.subject.year - years
        own = (VillageYear.village_key == context.village.key, VillageYear.year == year)
        value = context.session.scalars(select(getattr(VillageYear, name)).where(*own)).first()
        return None if value is None else from_fen(value)

    return find


def _main_output_share(context: Context) -> str | None:
    """The part of the main industry in last year's farm output, in per cent."""
    last = _village_year(context, context.subject.year - 1)
    return _per_cent(last.main_output_fen, last.farm_output_fen) if last is not None else None


def _working_share(context: Context) -> str | None:
    """The part of all households of the village that worked in the main industry last year, in per cent."""
    last, village = _village_year(context, context.subject.year - 1), context.village
    return _per_cent(last.main_households, village.total_households) if last is not None and village else None


def _village_year(context: Context, year: int) -> VillageYear | None:
    if context.village is None:
        return None
    own = (VillageYear.village_key == context.village.key, VillageYear.year == year)
    return context.session.scalars(select(VillageYear).where(*own)).first()


def _per_cent(part: int | None, whole: int | None) -> str | None:
    if part is None or not whole:
        return None
    return f"{(Decimal(part) * 100 / whole).quantize(_TENTH, ROUND_HALF_UP)}%"


def _cultivated(context: Context) -> Any:
    value = context.village.cultivated_milli if context.village is not None else None
    return None if value is None else from_milli(value)


BINDINGS: Mapping[str, Binding] = {
    "ledger.group_leader": _leader,
    "ledger.group_members": _members,
    "ledger.entities": _entities,
    "ledger.cooperatives": _count_of(0),
    "ledger.leading_firms": _count_of(1),
    "ledger.family_farms": _count_of(2),
    "ledger.large_growers": _count_of(3),
    "ledger.linkages": _linkages,
    "ledger.shops": _shops,
    "ledger.trainings": _trainings,
    "village.cultivated": _cultivated,
    "village.collective_income": _of_year("collective_income_fen", 1),
    "village.main_output": _of_year("main_output_fen", 1),
    "village.main_output_share": _main_output_share,
    "village.working_share": _working_share,
}
