"""The money of a project by source (项目资金来源); its sum is the project's estimated investment."""

from __future__ import annotations

from fupin_desktop.services.registers.description import Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import IN_PROJECT, PROJECT, Reference, Search, own
from fupin_desktop.storage.entities import FundSource, ProjectFund

REGISTER = Register(
    name="project_funds",
    title="资金来源",
    unit="笔",
    keyword="项目资金",
    tab="ledgers",
    searched=False,
    entity=ProjectFund,
    parent=PROJECT,
    columns=(
        IN_PROJECT,
        *own("name", "level", "amount_fen", "secured"),
        Reference("source_key", FundSource, key="source"),
        *own("note"),
    ),
    search=Search(("name",)),
    identity=(Identity(("project_key", "name")),),
    layout=Layout(
        first=("name", "level", "amount", "secured"),
        groups=(Group("资金", ("project", "name", "level", "amount", "secured", "source", "note")),),
        sums=(("amount", "计划"),),
        empty=("还没有资金来源", "在项目资料里逐笔新增。"),
    ),
)
