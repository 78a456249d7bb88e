"""Experts and technicians bound to villages (专家与技术员, 清远 二15)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select

from fupin_desktop.domain.register_words import ExpertKind
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.day_checks import in_order
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.kinds import expert_services
from fupin_desktop.services.registers.parts import Computed, Filter, NamedFilter, Search, own
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Expert, ExpertService
from fupin_desktop.storage.fields import Field, Kind


def _services(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    return select(func.count()).where(ExpertService.expert_key == Expert.key).correlate(Expert).scalar_subquery()


def _checks(checked: Checked) -> Iterable[Finding]:
    for key, values in checked.records.items():
        if values["origin"] and values["kind"] != ExpertKind.APPOINTED.value:
            yield Finding(key, "origin", "只有特聘农技员要填写特聘来源。", Severity.WARNING, "清远 二15")


REGISTER = Register(
    name="experts",
    title="专家与技术员",
    unit="名",
    keyword="专家",
    tab="ledgers",
    section="人员培训",
    entity=Expert,
    columns=(
        *own("kind", "name", "origin", "unit", "speciality", "phone", "villages", "since", "until", "allowance_fen"),
        Computed(Field("services", "服务次数", Kind.INTEGER, unit="次", summed=True), _services),
        *own("note"),
    ),
    search=Search(("name",)),
    identity=(Identity(("name", "kind")),),
    checks=(in_order("since", "until", "止日在起日之前。"), _checks),
    children=(expert_services.REGISTER,),
    filters={
        "special": NamedFilter((Filter("kind", values=(ExpertKind.SPECIAL.label,)),), counted="科技特派员"),
        "unbound": NamedFilter((Filter("villages", blank=True),), lacking="专家没有写明联系村"),
    },
    layout=Layout(
        first=("kind", "name", "unit", "speciality", "villages", "services", "since", "until", "allowance"),
        groups=(
            Group("专家", ("kind", "name", "origin", "unit", "speciality", "phone")),
            Group("联系", ("villages", "since", "until", "allowance", "note")),
        ),
        sums=(("services", "服务"), ("allowance", "补助")),
        empty=("还没有专家与技术员", "逐名新增，并写明联系哪些村。"),
    ),
)
