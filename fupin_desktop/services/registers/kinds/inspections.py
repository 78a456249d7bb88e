"""What inspections found and how it is put right (检查与问题整改, 清远 二21, 二22, 三(三))."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.day_checks import in_order
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import (
    IN_VILLAGE,
    VILLAGE,
    Carried,
    Filter,
    NamedFilter,
    Reference,
    Search,
    own,
)
from fupin_desktop.services.registers.standing import due_filters, standing
from fupin_desktop.storage.entities import Inspection, Project

CLAUSE = "清远 二22"


def _checks(checked: Checked) -> Iterable[Finding]:
    """Nothing is closed without a result; what is late is told."""
    for key, values in checked.records.items():
        if values["closed"] and not values["result"]:
            yield Finding(key, "closed", "还没有整改结果，不能销号。", Severity.MUST, CLAUSE)
        due = values["due_on"]
        if due is not None and due < checked.today and not values["closed"]:
            yield Finding(key, "due_on", f"整改期限 {due:%Y-%m-%d} 已过，还没有销号。", clause=CLAUSE)


REGISTER = Register(
    name="inspections",
    title="检查整改",
    unit="条",
    keyword="整改",
    tab="ledgers",
    section="项目",
    entity=Inspection,
    parent=VILLAGE,
    year="year",
    columns=(
        *own("trouble"),
        IN_VILLAGE,
        Reference("project_key", Project, codes=("code",), key="project"),
        *own("dated", "inspector", "way", "kind", "measure", "responsible", "due_on"),
        standing(lambda: Inspection.due_on, lambda: Inspection.closed.is_(True)),
        *own("done_on", "result", "closed"),
        *own("papers", "note"),
    ),
    search=Search(("trouble", "inspector")),
    identity=(Identity(("dated", "trouble")),),
    checks=(
        in_order("dated", "due_on", "整改期限在检查日期之前，请核对。"),
        in_order("dated", "done_on", "完成日期在检查日期之前，请核对。"),
        _checks,
    ),
    carried=Carried(
        (
            *("project_key", "dated", "inspector", "way", "trouble", "kind", "measure", "responsible", "due_on"),
            *("done_on", "result", "papers", "note"),
        ),
        only=lambda: Inspection.closed.is_not(True),
        marks=("dated", "trouble"),
    ),
    filters={
        "open": NamedFilter((Filter("closed", values=("", "否")),), counted="未销号"),
        **due_filters("问题整改已过期限", "问题整改 30 天内到期"),
    },
    papers=("inspection_list",),
    layout=Layout(
        first=(
            "trouble", "village", "project", "dated", "inspector", "kind", "responsible", "due_on", "standing",
            "closed",
        ),
        groups=(
            Group("检查", ("dated", "inspector", "way", "village", "project", "trouble", "kind")),
            Group("整改", ("measure", "responsible", "due_on", "done_on", "result", "closed", "note")),
        ),
        empty=("还没有问题", "检查、审计、群众反映的问题逐条登记，整改完成后销号。"),
    ),
)
