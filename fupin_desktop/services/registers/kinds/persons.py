"""The members of the households (家庭成员)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select

from fupin_desktop.services.registers.description import Group, Identity, Layout, Register, Sheet, Unique
from fupin_desktop.services.registers.kinds import skills
from fupin_desktop.services.registers.parts import HOUSEHOLD, OF_HOUSEHOLD, Computed, Search, own
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Person, Skill
from fupin_desktop.storage.fields import Field, Kind


def _techniques(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    """How many practical techniques a person masters (清远 一(二))."""
    return select(func.count()).where(Skill.person_key == Person.key).correlate(Person).scalar_subquery()


REGISTER = Register(
    name="persons",
    title="家庭成员",
    unit="人",
    measure="名",
    keyword="人口",
    tab="households",
    entity=Person,
    parent=HOUSEHOLD,
    columns=(
        *OF_HOUSEHOLD,
        *own("code", "name", "id_number", "relation", "sex", "ethnicity", "education", "health", "labour", "working"),
        *own("per_head_income_fen", "phone", "willing"),
        Computed(Field("techniques", "实用技术", Kind.INTEGER, unit="项"), _techniques),
    ),
    search=Search(names=("name",), id_number="id_number", code="code", stored="search_key", sort="name_sort"),
    order="code",
    children=(skills.REGISTER,),
    unique=(Unique(("id_number",)),),
    identity=(Identity(("code",)), Identity(("id_number",))),
    layout=Layout(
        first=("name", "head_name", "village", "group_name", "relation", "id_number", "sex"),
        groups=(
            Group("基本", ("name", "id_number", "relation", "sex", "ethnicity", "code")),
            Group("状况", ("education", "health", "labour", "working", "willing", "per_head_income", "phone")),
        ),
        empty=("还没有家庭成员", "导入人口名单，或在农户资料里逐人新增。"),
    ),
    sheet=Sheet(
        "人口名单",
        (
            *("town.name", "village.name", "household.group_name", "household.code", "code", "name", "id_number"),
            *("relation", "sex", "ethnicity", "education", "health", "labour", "working", "household.household_class"),
            *("household.cause", "per_head_income_fen", "phone"),
        ),
    ),
)
