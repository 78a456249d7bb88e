"""Invented registers with tables of their own, for tests that any register works with nothing but its description.

A lasting register of fish ponds (鱼塘) in villages, with harvests of each year (起捕) as children, and a year-bound one of
fairs (集市). :func:`invented` makes them known and, afterwards, unknown again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.domain.vocabulary import Severity, Word
from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.parts import (
    IN_VILLAGE,
    VILLAGE,
    Filter,
    NamedFilter,
    Parent,
    Reference,
    Search,
    of_parent,
    own,
)
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.entities import Base, Household
from fupin_desktop.storage.fields import (
    area,
    choice,
    day,
    files,
    flag,
    integer,
    money,
    percent,
    quantity,
    referenced,
    text,
)
from fupin_desktop.storage.unit import Unit, table_of


class Water(Word):
    """Kinds of water."""

    FRESH = "fresh", "淡水"
    SALT = "salt", "咸水"


class Invented(NamedTuple):
    """The invented registers."""

    ponds: Register
    harvests: Register
    fairs: Register

    @property
    def entities(self) -> tuple[type[Base], ...]:
        """Their entities, parents first."""
        return self.ponds.entity, self.harvests.entity, self.fairs.entity


@cache
def _made() -> Invented:
    class Pond(Keyed):
        __tablename__ = "invented_ponds"
        noun = "ponds"

        village_key: Mapped[str] = reference("villages")
        household_key: Mapped[str | None] = referenced("承包户", "households")
        name: Mapped[str] = text("塘名", required=True, aliases=("鱼塘", "鱼塘名称"))
        number: Mapped[str] = text("塘号", aliases=("编号",))
        water: Mapped[str | None] = choice("水质", Water)
        size_milli: Mapped[int | None] = area("水面")
        depth_milli: Mapped[int | None] = quantity("水深", unit="米")
        rent_fen: Mapped[int | None] = money("年租金")
        share: Mapped[int | None] = percent("集体占比")
        leased_on: Mapped[date | None] = day("承包日期")
        insured: Mapped[bool | None] = flag("是否投保")
        workers: Mapped[int | None] = integer("用工", unit="人", summed=True)
        crops: Mapped[int | None] = integer("起捕次数", derived=True)
        note: Mapped[str] = text("备注", suggested=True)
        contracts: Mapped[list[dict[str, Any]] | None] = files("合同")

    class Harvest(Keyed):
        __tablename__ = "invented_harvests"
        noun = "harvests"
        owner = "pond_key"

        pond_key: Mapped[str] = reference("invented_ponds")
        year: Mapped[int] = mapped_column()
        fish: Mapped[str] = text("鱼种", required=True, suggested=True)
        caught_milli: Mapped[int | None] = quantity("起捕量", unit="斤", summed=True)
        earned_fen: Mapped[int | None] = money("卖得")

    class Fair(Keyed):
        __tablename__ = "invented_fairs"
        noun = "fairs"

        village_key: Mapped[str] = reference("villages")
        year: Mapped[int] = mapped_column()
        name: Mapped[str] = text("集市", required=True)
        held_on: Mapped[date | None] = day("日期")
        sold_fen: Mapped[int | None] = money("成交额")

    pond: Any = Pond
    in_pond = Parent("pond", Pond, "pond_key", "口塘", Search(("name",), code="number"), above=VILLAGE)
    harvests = Register(
        name="harvests",
        title="起捕",
        unit="次",
        entity=Harvest,
        parent=in_pond,
        year="year",
        columns=(*of_parent("pond", "name"), *own("fish", "caught_milli", "earned_fen")),
        search=Search(("fish",)),
        derive=_count_harvests,
        layout=Layout(groups=(Group("起捕", ("fish", "caught", "earned")),)),
    )
    ponds = Register(
        name="ponds",
        title="鱼塘",
        unit="口",
        entity=Pond,
        parent=VILLAGE,
        columns=(
            *own("number", "name"),
            IN_VILLAGE,
            Reference("household_key", Household, name="head_name", codes=("code",), key="keeper"),
            *own("water", "size_milli", "depth_milli", "rent_fen", "share", "leased_on", "insured", "workers", "crops"),
            *own("note", "contracts"),
        ),
        search=Search(("name",), code="number"),
        identity=(Identity(("number",)), Identity(("village_key", "name"))),
        unique=(Unique(("number",)), Unique(("village_key", "name"), Severity.MUST)),
        checks=(_rent_of_salt_water,),
        children=(harvests,),
        filters={
            "large": NamedFilter((Filter("size", low="10"),), counted="大塘"),
            "missing:rent": NamedFilter((Filter("rent", blank=True),), lacking="没有年租金"),
        },
        layout=Layout(
            first=("name", "village"),
            groups=(Group("鱼塘", ("name", "number", "village", "keeper", "water", "size", "rent")),),
            sums=(("size", "水面"), ("rent", "租金")),
            empty=("还没有鱼塘", "请逐口新增。"),
        ),
    )
    fairs = Register(
        name="fairs",
        title="集市",
        unit="场",
        entity=Fair,
        parent=VILLAGE,
        year="year",
        columns=(IN_VILLAGE, *own("name", "held_on", "sold_fen")),
        search=Search(("name",)),
        unique=(Unique(("village_key", "name")),),
    )
    assert pond.key is not None
    return Invented(ponds, harvests, fairs)


def _count_harvests(unit: Unit, touched: Touched) -> None:
    """The number of harvests of each pond, all years together."""
    harvest: Any = touched.entity
    assert touched.parent is not None
    pond = touched.parent.entity
    concerned = {key for parents in touched.parents_by_year(unit).values() for key in parents}
    counted = [
        (key, len(unit.session.scalars(select(harvest.key).where(harvest.pond_key == key)).all()))
        for key in sorted(concerned)
    ]
    unit.update_many(pond, counted, ("crops",))


def _rent_of_salt_water(checked: Checked) -> Iterable[Finding]:
    """Salt water is not let for more than 1 000 yuan; for 500 and more it is asked."""
    for key, values in checked.records.items():
        rent = values["rent"] or 0
        if values["water"] == Water.SALT.value and rent >= 50_000:
            severity = Severity.MUST if rent > 100_000 else Severity.WARNING
            yield Finding(key, "rent", "咸水塘租金偏高，请核对。", severity)


@contextmanager
def invented() -> Iterator[Invented]:
    """Make the invented registers known; data files made meanwhile have their tables."""
    made = _made()
    for entity in made.entities:
        table = table_of(entity)
        if table.name not in Base.metadata.tables:
            Base.metadata._add_table(table.name, None, table)
    registry._loaded.update({one.name: one for one in made})
    try:
        yield made
    finally:
        for entity in reversed(made.entities):
            Base.metadata.remove(table_of(entity))
        for one in made:
            registry._loaded.pop(one.name, None)
