"""Groups that lead and do the work (工作组名册, 吴川 四, 清远 三(一) 附件1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select

from fupin_desktop.domain.register_words import GroupDuty, RosterKind
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.kinds import roster_members
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Computed, Filter, NamedFilter, Search, own
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Roster, RosterMember
from fupin_desktop.storage.fields import Field, Kind

_CLAUSE = "吴川 四"


def _members(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    return select(func.count()).where(RosterMember.roster_key == Roster.key).correlate(Roster).scalar_subquery()


def _leader(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    member = RosterMember
    named = select(func.group_concat(member.name, "、")).where(
        member.roster_key == Roster.key, member.duty == GroupDuty.LEADER.value
    )
    return func.coalesce(named.correlate(Roster).scalar_subquery(), "")


def _checks(checked: Checked) -> Iterable[Finding]:
    """A group of a village names it; one of the town does not; a group has one leader."""
    for key, values in checked.records.items():
        if values["kind"] == RosterKind.VILLAGE_GROUP.value and not values["village"]:
            yield Finding(key, "village", "村一村一品领导小组要写明是哪个村。", Severity.MUST, _CLAUSE)
        if values["kind"] == RosterKind.TOWN_GROUP.value and values["village"]:
            yield Finding(key, "village", "镇一镇一业工作领导小组是全镇的，不填村。", Severity.MUST, _CLAUSE)
        if values["members"] and not values["leader"]:
            yield Finding(key, "leader", "小组还没有组长。", Severity.WARNING, _CLAUSE)


REGISTER = Register(
    name="rosters",
    title="工作组名册",
    unit="个",
    keyword="工作组",
    tab="ledgers",
    section="人员培训",
    entity=Roster,
    parent=VILLAGE,
    columns=(
        *own("kind", "name"),
        IN_VILLAGE,
        Computed(Field("leader", "组长", Kind.TEXT), _leader),
        Computed(Field("members", "成员人数", Kind.INTEGER, unit="人", summed=True), _members),
        *own("founded_on", "document_no", "note", "papers"),
    ),
    search=Search(("name",)),
    identity=(Identity(("name",)),),
    unique=(Unique(("name",)),),
    checks=(_checks,),
    children=(roster_members.REGISTER,),
    filters={
        "villages": NamedFilter((Filter("kind", values=(RosterKind.VILLAGE_GROUP.label,)),), counted="村级小组"),
        "empty": NamedFilter((Filter("members", high="0"),), lacking="工作组还没有成员"),
    },
    papers=("work_group",),
    layout=Layout(
        first=("kind", "name", "village", "leader", "members", "founded_on", "document_no"),
        groups=(Group("小组", ("kind", "name", "village", "founded_on", "document_no", "note")),),
        sums=(("members", "成员"),),
        empty=("还没有工作组", "按成立文件逐个新增，再登记成员。"),
    ),
)
