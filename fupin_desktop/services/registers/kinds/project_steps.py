"""The steps of a project on its way through the pool; each is written by moving the project on."""

from __future__ import annotations

from fupin_desktop.services.registers.description import Group, Layout, Register
from fupin_desktop.services.registers.parts import IN_PROJECT, PROJECT, Search, own
from fupin_desktop.storage.entities import ProjectStep

REGISTER = Register(
    name="project_steps",
    title="状态记录",
    unit="步",
    keyword="项目状态",
    tab="ledgers",
    searched=False,
    entity=ProjectStep,
    parent=PROJECT,
    columns=(IN_PROJECT, *own("state", "dated", "document_no", "reason", "who")),
    search=Search(("reason",)),
    computed_by="项目每推进一步，这里自动记一行。",
    layout=Layout(
        first=("state", "dated", "document_no", "reason", "who"),
        groups=(Group("状态", ("project", "state", "dated", "document_no", "reason", "who")),),
        empty=("还没有状态记录", "推进项目时自动登记。"),
    ),
)
