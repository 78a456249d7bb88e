"""Business entities (经营主体, 清远 二10)."""

from __future__ import annotations

from fupin_desktop.services.registers.description import Group, Identity, Layout, Link, Register, Unique
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Filter, NamedFilter, Search, own
from fupin_desktop.storage.entities import Entity

REGISTER = Register(
    name="entities",
    title="经营主体",
    unit="家",
    keyword="主体",
    tab="ledgers",
    section="主体与联结",
    entity=Entity,
    parent=VILLAGE,
    columns=(
        *own("name", "kind", "credit_code"),
        IN_VILLAGE,
        *own("leader", "phone", "address", "industries", "services", "level", "demonstration", "founded_on"),
        *own("members", "staff", "poor_staff", "area_milli", "sales_fen", "records", "traced", "trained_on"),
        *own("papers", "note"),
    ),
    search=Search(("name",), code="credit_code"),
    identity=(Identity(("credit_code",)), Identity(("name",)),),
    unique=(Unique(("credit_code",)), Unique(("name",))),
    filters={
        "demonstration": NamedFilter((Filter("demonstration", values=("是",)),), counted="示范"),
        "missing:training": NamedFilter((Filter("trained_on", blank=True),)),
    },
    layout=Layout(
        first=("name", "kind", "village", "leader", "phone", "industries", "level", "demonstration"),
        groups=(
            Group("基本", ("name", "kind", "credit_code", "village", "leader", "phone", "address", "founded_on")),
            Group("经营", ("industries", "services", "level", "demonstration", "area", "sales", "records", "traced")),
            Group("人员", ("members", "staff", "poor_staff", "trained_on")),
        ),
        sums=(("members", "社员"), ("area", "流转"), ("sales", "年销售")),
        empty=("还没有经营主体", "逐家新增，或从 Excel 名单导入。"),
    ),
    links=(Link("项目", "projects", "entity_key"),),
)
