"""The members of a group (小组成员)."""

from __future__ import annotations

from fupin_desktop.services.registers.description import Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import VILLAGE, Parent, Reference, Search, own
from fupin_desktop.storage.entities import Roster, RosterMember

ROSTER = Parent("roster", Roster, "roster_key", "个小组", Search(("name",)), above=VILLAGE)
REGISTER = Register(
    name="roster_members",
    title="小组成员",
    unit="人",
    keyword="小组成员",
    tab="ledgers",
    searched=False,
    entity=RosterMember,
    parent=ROSTER,
    columns=(
        Reference("roster_key", Roster, source="roster", key="roster", label="小组"),
        *own("duty", "name", "unit", "post", "phone", "task"),
    ),
    search=Search(("name",)),
    identity=(Identity(("roster_key", "name")),),
    layout=Layout(
        first=("duty", "name", "unit", "post", "phone", "task"),
        groups=(Group("成员", ("roster", "duty", "name", "unit", "post", "phone", "task")),),
        empty=("还没有成员", "在小组资料里逐人新增，或从 Excel 名单导入。"),
    ),
)
