"""The visits of guides to households (走访记录, 清远 二16)."""

from __future__ import annotations

from fupin_desktop.services.registers.day_checks import not_ahead
from fupin_desktop.services.registers.description import Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import VILLAGE, Parent, Reference, Search, own
from fupin_desktop.storage.entities import Guide, GuideVisit, Household

GUIDE = Parent("guide", Guide, "guide_key", "名指导员", Search(("name",)), above=VILLAGE)


REGISTER = Register(
    name="guide_visits",
    title="走访记录",
    unit="次",
    keyword="走访",
    tab="ledgers",
    searched=False,
    entity=GuideVisit,
    parent=GUIDE,
    columns=(
        Reference("guide_key", Guide, source="guide", key="guide", label="指导员"),
        *own("visited_on"),
        Reference("household_key", Household, name="head_name", codes=("code", "head_id_number"), key="household"),
        *own("content", "result", "papers"),
    ),
    search=Search(("result",)),
    order="visited_on",
    identity=(Identity(("guide_key", "household_key", "visited_on")),),
    checks=(not_ahead("visited_on", "走访日期在今天以后。"),),
    layout=Layout(
        first=("visited_on", "household", "content", "result"),
        groups=(Group("走访", ("guide", "visited_on", "household", "content", "result")),),
        empty=("还没有走访记录", "在指导员资料里逐次新增。"),
    ),
)
