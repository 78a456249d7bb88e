"""Facilities that serve the industry of a village (设施与载体, 清远 二3–6, 二9)."""

from __future__ import annotations

from fupin_desktop.services.registers.description import Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Reference, Search, own
from fupin_desktop.storage.entities import Facility, Project

REGISTER = Register(
    name="facilities",
    title="设施与载体",
    unit="处",
    keyword="设施",
    tab="ledgers",
    section="主体与联结",
    entity=Facility,
    parent=VILLAGE,
    columns=(
        *own("name", "kind"),
        IN_VILLAGE,
        Reference("project_key", Project, codes=("code",), key="project"),
        *own("functions", "built_on", "size_milli", "unit", "operator", "households", "poor_workers", "income_fen"),
        *own("photos", "note"),
    ),
    search=Search(("name",)),
    identity=(Identity(("name", "village_key")),),
    layout=Layout(
        first=(
            *("name", "kind", "village", "operator", "built_on", "size", "unit", "households", "poor_workers"),
            *("income",),
        ),
        groups=(
            Group("设施", ("name", "kind", "village", "project", "functions", "built_on", "size", "unit")),
            Group("运营", ("operator", "households", "poor_workers", "income", "note")),
        ),
        sums=(("households", "带动户"), ("poor_workers", "贫困务工"), ("income", "年收益")),
        empty=("还没有设施", "扶贫车间、光伏电站、田头市场、冷库、电商站点等逐处登记。"),
    ),
)
