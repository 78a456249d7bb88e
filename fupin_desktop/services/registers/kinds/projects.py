"""The project pool (项目库, 清远 二21)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select

from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers import project_notices
from fupin_desktop.services.registers.day_checks import in_order
from fupin_desktop.services.registers.description import (
    Checked,
    Finding,
    Group,
    Identity,
    Layout,
    Link,
    Register,
    Unique,
)
from fupin_desktop.services.registers.kinds import performances, project_funds, project_quarters, project_steps, risks
from fupin_desktop.services.registers.new_projects import complete_projects
from fupin_desktop.services.registers.parts import (
    IN_VILLAGE,
    VILLAGE,
    Computed,
    Filter,
    NamedFilter,
    Reference,
    Search,
    own,
)
from fupin_desktop.services.values.listed import MARK
from fupin_desktop.storage.entities import Entity, Project, ProjectFund, Village
from fupin_desktop.storage.fields import Field, Kind

_LINKAGE = "清远 二11"
_OPEN = tuple(state.label for state in ProjectState if state not in (ProjectState.CLOSED, ProjectState.REMOVED))


def of_funds(*conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    """The sum of the money rows of a project."""
    summed = select(func.sum(ProjectFund.amount_fen)).where(ProjectFund.project_key == Project.key, *conditions)
    return summed.correlate(Project).scalar_subquery()


def villages() -> ColumnElement[Any]:
    """How many villages benefit."""
    marks = func.length(Project.villages) - func.length(func.replace(Project.villages, MARK, ""))
    return func.iif(Project.villages == "", 0, marks + 1)


def poor_villages() -> ColumnElement[Any]:
    """How many of the benefiting villages are 省定贫困村."""
    named = (MARK + Project.villages + MARK).contains(MARK + Village.name + MARK)
    counted = select(func.count()).where(named, Village.poor_village.is_(True))
    return counted.correlate(Project).scalar_subquery()


def _checks(checked: Checked) -> Iterable[Finding]:
    """One way of linkage at least, two in principle."""
    for key, values in checked.records.items():
        ways = [way for way in (values["linkages"] or "").split(MARK) if way]
        if len(ways) == 1:
            sentence = "利益联结方式只有一种，原则上应有两种以上。"
            yield Finding(key, "linkages", sentence, Severity.PRINCIPLE, _LINKAGE)


TOTAL = Computed(
    Field("total", "估算总投资", Kind.MONEY, unit="元", help="各笔资金来源的合计。"), lambda _bench, _year: of_funds()
)
SECURED = Computed(
    Field("secured", "已落实资金", Kind.MONEY, unit="元"),
    lambda _bench, _year: of_funds(ProjectFund.secured.is_(True)),
)
_COUNT = Field("village_count", "受益村数", Kind.INTEGER, unit="个")
_POOR = Field("poor_village_count", "其中贫困村", Kind.INTEGER, unit="个")
REGISTER = Register(
    name="projects",
    title="项目",
    unit="个",
    keyword="项目库",
    tab="ledgers",
    section="项目",
    entity=Project,
    parent=VILLAGE,
    columns=(
        *own("code", "name", "state", "state_on"),
        *project_notices.columns(),
        *own("year", "industry", "subkind", "nature", "scope", "programme"),
        *own("main_industry"),
        IN_VILLAGE,
        *own("place", "villages"),
        Computed(_COUNT, lambda _bench, _year: villages()),
        Computed(_POOR, lambda _bench, _year: poor_villages()),
        *own("product", "quantity_milli", "unit", "task", "subsidy_rule", "starts_on", "ends_on", "schedule"),
        *own("supervisor", "operator"),
        Reference("entity_key", Entity, codes=("credit_code",), key="entity"),
        *own("leader", "phone", "contractor"),
        TOTAL,
        SECURED,
        *own("households", "poor_households", "persons", "large_households", "small_households", "linkages"),
        *own("meeting", "met_on", "attendants", "resources", "channels", "troubles", "insured", "brands"),
        *own("certifications", "traced", "records", "photos_before", "photos_during", "photos_after", "papers", "note"),
    ),
    search=Search(("name",), code="code"),
    identity=(Identity(("code",)), Identity(("name",))),
    unique=(Unique(("code",), Severity.MUST), Unique(("name",))),
    checks=(in_order("starts_on", "ends_on", "完工日期在开工日期之前，请核对。"), _checks, project_notices.check),
    derive=complete_projects,
    later=(
        *("year", "nature", "scope", "quantity_milli", "unit", "starts_on", "ends_on", "operator", "leader", "phone"),
        *("linkages", "meeting", "met_on"),
    ),
    place_in=("place", "villages"),
    children=(
        project_funds.REGISTER,
        project_quarters.REGISTER,
        performances.REGISTER,
        risks.REGISTER,
        project_steps.REGISTER,
    ),
    links=(
        Link("带动", "linkages", "project_key", unit="户次"),
        Link("种养", "farm_items", "project_key"),
        Link("贷款", "microcredits", "project_key"),
        Link("资产", "assets", "project_key"),
        Link("收益", "proceeds", "project_key"),
        Link("检查整改", "inspections", "project_key"),
        Link("设施", "facilities", "project_key"),
    ),
    filters={
        "open": NamedFilter((Filter("state", values=_OPEN),)),
        "building": NamedFilter((Filter("state", values=(ProjectState.BUILDING.label,)),), counted="在建"),
        **project_notices.filters(),
    },
    papers=("project_pool", "project_card"),
    layout=Layout(
        first=(
            *("name", "village", "state", "industry", "scope", "code", "total", "secured", "operator", "leader"),
            *("phone", "starts_on", "ends_on", "poor_households", "linkages"),
        ),
        groups=(
            Group(
                "项目",
                (
                    *("code", "name", "year", "industry", "subkind", "nature", "scope", "programme", "main_industry"),
                    *("village", "place", "villages", "product"),
                ),
            ),
            Group("建设任务", ("quantity", "unit", "task", "subsidy_rule", "starts_on", "ends_on", "schedule")),
            Group("单位", ("supervisor", "operator", "entity", "leader", "phone", "contractor")),
            Group(
                "受益",
                ("households", "poor_households", "persons", "large_households", "small_households", "linkages"),
            ),
            Group("群众参与", ("meeting", "met_on", "attendants")),
            Group("条件和销路", ("resources", "channels", "troubles", "insured", "brands", "certifications")),
            Group("追溯和资料", ("traced", "records", "note")),
        ),
        sums=(("total", "总投资"), ("secured", "已落实"), ("poor_households", "受益贫困户")),
        empty=("项目库还是空的", "逐个新增项目，或从 Excel 项目库清单导入。"),
    ),
)
