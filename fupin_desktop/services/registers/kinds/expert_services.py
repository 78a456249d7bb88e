"""What experts and technicians did in villages (服务记录, 清远 二15)."""

from __future__ import annotations

from fupin_desktop.services.registers.day_checks import not_ahead
from fupin_desktop.services.registers.description import Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import Parent, Reference, Search, own
from fupin_desktop.storage.entities import Expert, ExpertService, Household, Village

EXPERT = Parent("expert", Expert, "expert_key", "名专家", Search(("name",)))


REGISTER = Register(
    name="expert_services",
    title="服务记录",
    unit="次",
    keyword="技术服务",
    tab="ledgers",
    searched=False,
    entity=ExpertService,
    parent=EXPERT,
    columns=(
        Reference("expert_key", Expert, source="expert", key="expert", label="专家"),
        *own("served_on"),
        Reference("village_key", Village, key="place"),
        Reference("household_key", Household, name="head_name", codes=("code", "head_id_number"), key="household"),
        *own("content", "result", "papers"),
    ),
    search=Search(("result",)),
    order="served_on",
    identity=(Identity(("expert_key", "served_on", "village_key"), frozenset({"village_key"})),),
    checks=(not_ahead("served_on", "服务日期在今天以后。"),),
    layout=Layout(
        first=("served_on", "place", "household", "content", "result"),
        groups=(Group("服务", ("expert", "served_on", "place", "household", "content", "result")),),
        empty=("还没有服务记录", "在专家资料里逐次新增。"),
    ),
)
