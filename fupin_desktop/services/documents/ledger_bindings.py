"""What applications begin with from the registers: groups, entities, shops, trainings, the village's year (吴川 四)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.register_words import GroupDuty, RosterKind
from fupin_desktop.services.documents.context import Context
from fupin_desktop.services.documents.type import Binding
from fupin_desktop.storage.entities import Entity, Roster, RosterMember, Shop, Training, Village, VillageYear

_CLOSED = "关闭"
_TOLD_AT_MOST = 12


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
    """Names of the entities with who leads them."""
    keys = [village.key for village in context.villages]
    statement = select(Entity.name, Entity.leader).where(Entity.village_key.in_(keys)).order_by(Entity.key)
    found = context.session.execute(statement.limit(_TOLD_AT_MOST)).all()
    return "；".join(f"{name}（负责人{leader}）" if leader else name for name, leader in found) or None


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
    "ledger.shops": _shops,
    "ledger.trainings": _trainings,
    "village.cultivated": _cultivated,
    "village.collective_income": _of_year("collective_income_fen", 1),
    "village.main_output": _of_year("main_output_fen", 1),
}
