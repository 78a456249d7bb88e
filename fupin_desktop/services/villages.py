"""Villages (行政村) of the office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import EDITABLE_STATES
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.existing import existing
from fupin_desktop.services.registers import registry, search
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import Application, AwardScheme, Household, Office, Town, Village
from fupin_desktop.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class VillageForm:
    """A village as it is edited; ``town`` empty takes the office's own town.

    Attributes:
        name: 行政村.
        code: Its twelve-digit code.
        town: Town it belongs to.
        position: Place in the lists.
        assisting_unit: 对口帮扶单位.
        phone: Phone of the village committee.
        main_product: 主导产业.
        note: Remark.
        leader: 村(居)负责人.
        leader_phone: Their phone.
        team_leader: 驻村工作队负责人.
        team_phone: Their phone.
        poor_village: Whether it is a 省定贫困村; None while that is not given.
        total_households: All households of the village, registered or not.
        total_persons: All persons of the village.
    """

    name: str
    code: str = ""
    town: str = ""
    position: int = 0
    assisting_unit: str = ""
    phone: str = ""
    main_product: str = ""
    note: str = ""
    leader: str = ""
    leader_phone: str = ""
    team_leader: str = ""
    team_phone: str = ""
    poor_village: bool | None = None
    total_households: int | None = None
    total_persons: int | None = None


@dataclass(frozen=True, slots=True)
class VillageInfo(VillageForm):
    """A village as it is listed, with its key and number of households."""

    key: str = ""
    households: int = 0


_PLAIN = tuple(field.name for field in fields(VillageForm) if field.name not in ("name", "town"))


def all(bench: Workbench) -> list[VillageInfo]:  # noqa: A001 - read as villages.all
    """All villages in their order."""
    with bench.read() as session:
        counted = dict(
            session.execute(select(Household.village_key, func.count()).group_by(Household.village_key)).all()
        )
        rows = session.execute(
            select(Village, Town.name)
            .join(Town, Town.key == Village.town_key)
            .order_by(Village.position, Village.code, Village.name)
        )
        return [_info(village, town, counted.get(village.key, 0)) for village, town in rows]


def _info(village: Village, town: str, households: int) -> VillageInfo:
    plain = {name: getattr(village, name) for name in _PLAIN}
    return VillageInfo(name=village.name, town=town, key=village.key, households=households, **plain)


def form(bench: Workbench, key: str) -> VillageForm:
    """A village as it is edited.

    Raises:
        NotAllowed: It is no longer there.
    """
    with bench.read() as session:
        village = existing(session, Village, key)
        plain = {name: getattr(village, name) for name in _PLAIN}
        return VillageForm(name=village.name, town=session.get_one(Town, village.town_key).name, **plain)


def registered(bench: Workbench) -> bool:
    """Whether there is any village."""
    with bench.read() as session:
        return session.scalars(select(Village.key).limit(1)).first() is not None


def by_name(bench: Workbench, name: str) -> VillageInfo | None:
    """The village of a name, or None."""
    return next((village for village in all(bench) if village.name == clean(name)), None)


def add(bench: Workbench, form: VillageForm) -> Change:
    """Register a village.

    Raises:
        NotAllowed: No name, or a village of that name is in the town already.
    """
    with bench.write("villages.add", f"新增村“{clean(form.name)}”") as unit:
        village = Village(town_key=town_key(unit.session, form.town))
        _check_name(unit.session, form, village)
        _check_counts(form)
        _put(village, form)
        unit.session.add(village)
    return bench.change(unit)


def update(bench: Workbench, key: str, form: VillageForm) -> Change:
    """Change a village; the search words of its households follow its name.

    Raises:
        NotAllowed: No such village, no name, or the name is taken.
    """
    with bench.write("villages.update", f"修改村“{clean(form.name)}”") as unit:
        village = existing(unit.session, Village, key)
        renamed = village.name != clean(form.name)
        if form.town:
            village.town_key = town_key(unit.session, form.town)
        _check_name(unit.session, form, village)
        _check_counts(form)
        _put(village, form)
        unit.session.flush()
        if renamed:
            _refresh_words(unit, key)
            _rename_drafts(unit, key, village.name)
    return bench.change(unit)


def remove(bench: Workbench, key: str) -> Change:
    """Remove a village that nothing belongs to: no record of a register, no scheme, no application.

    Raises:
        NotAllowed: It has some.
    """
    with bench.write("villages.remove", "删除村") as unit:
        village = existing(unit.session, Village, key)
        for column, what, measure in _referring():
            count = unit.session.scalar(select(func.count()).where(column == key))
            if count:
                has = f"“{village.name}”还有{what} {count} {measure}"
                raise NotAllowed(f"{has}，不能删除。", todo="请先移走或删除它们。")
        unit.session.delete(village)
    return bench.change(unit)


def _referring() -> list[tuple[Any, str, str]]:
    """Columns that name a village, what their rows are, and what they are counted in."""
    registered = [
        (getattr(one.entity, parent.column), one.title, one.unit)
        for one in registry.all()
        for parent in one.parents[:1]
        if parent.entity is Village
    ]
    return [*registered, (AwardScheme.village_key, "奖补方案", "个"), (Application.place_key, "申报表", "份")]


def town_key(session: Session, name: str = "") -> str:
    """Key of a town by name, made where it is missing; empty takes the office's own town."""
    if not clean(name):
        own = session.scalars(select(Office.town_key)).first()
        if own:
            return own
    wanted = clean(name) or "本镇"
    town = session.scalars(select(Town).where(Town.name == wanted)).first()
    if town is None:
        town = Town(name=wanted)
        session.add(town)
        session.flush()
    return town.key


def ensure(unit: Unit, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Keys of the villages of these ``(town, village)`` names, made where they are missing.

    For imports, inside their write. An empty town finds a village of that name in any town, the office's first.
    """
    own = town_key(unit.session) if unit.session.scalars(select(Office.town_key)).first() else ""
    named = select(Town.name, Village.name, Village.key, Village.town_key).join(Town, Town.key == Village.town_key)
    rows = unit.session.execute(named).all()
    known = {(town, name): key for town, name, key, _ in rows}
    known |= {("", name): key for _, name, key, _ in rows}
    known |= {("", name): key for _, name, key, of_town in rows if of_town == own}
    for town, name in places:
        if (town, name) not in known:
            village = Village(town_key=town_key(unit.session, town), name=name, position=len(known))
            unit.session.add(village)
            unit.session.flush()
            known[town, name] = village.key
            known.setdefault(("", name), village.key)
    return known


def _refresh_words(unit: Unit, village_key: str) -> None:
    """The search words of what is registered in a village, and of what belongs to that, follow its name."""
    for register in registry.all():
        if any(parent.entity is Village for parent in register.parents[:1]):
            entity: Any = register.entity
            link = getattr(entity, register.parents[0].column)
            keys = unit.session.scalars(select(entity.key).where(link == village_key)).all()
            search.refresh(unit, register, keys)
            search.refresh_below(unit, register, keys)


def _rename_drafts(unit: Unit, village_key: str, name: str) -> None:
    """Applications that are still edited follow the village's name; those on their way or approved keep theirs."""
    where = (Application.place_key == village_key, Application.state.in_([state.value for state in EDITABLE_STATES]))
    keys = unit.session.scalars(select(Application.key).where(*where)).all()
    unit.update_many(Application, [(key, name) for key in keys], ("place",))


def _check_counts(form: VillageForm) -> None:
    for label, count in (("总户数", form.total_households), ("总人口", form.total_persons)):
        if count is not None and count < 0:
            raise NotAllowed(f"{label}不能小于 0。", todo="请改正后再保存。")


def _check_name(session: Session, form: VillageForm, village: Village) -> None:
    if not clean(form.name):
        raise NotAllowed("没有填写村名。", todo="请补充后再保存。")
    same = select(Village.key).where(
        Village.name == clean(form.name), Village.town_key == village.town_key, Village.key != (village.key or "")
    )
    with session.no_autoflush:
        taken = session.scalars(same).first()
    if taken:
        raise NotAllowed(f"“{clean(form.name)}”已经登记过。", todo="请换一个村名，或修改原来的村。")


def _put(village: Village, form: VillageForm) -> None:
    village.name = clean(form.name)
    for name in _PLAIN:
        value = getattr(form, name)
        setattr(village, name, clean(value) if isinstance(value, str) else value)
