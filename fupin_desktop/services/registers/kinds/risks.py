"""The risks of projects with what is done about them (风险评估, 清远 二21)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from fupin_desktop.domain.project_words import Grade
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import IN_PROJECT, PROJECT, Filter, NamedFilter, Search, Shown, own
from fupin_desktop.services.registers.standing import due_filters, standing
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.entities import Risk
from fupin_desktop.storage.unit import Unit

CLAUSE = "清远 二21"
_POINTS = {Grade.HIGH: 3, Grade.MIDDLE: 2, Grade.LOW: 1}
_HIGH_FROM, _MIDDLE_FROM = 6, 3


def grade_of(likelihood: str | None, impact: str | None) -> Grade | None:
    """The grade of a risk: likelihood × impact of 3, 2, 1 points; from 6 high, from 3 middle."""
    if not likelihood or not impact:
        return None
    product = _POINTS[Grade(likelihood)] * _POINTS[Grade(impact)]
    return Grade.HIGH if product >= _HIGH_FROM else Grade.MIDDLE if product >= _MIDDLE_FROM else Grade.LOW


def _grade(unit: Unit, touched: Touched) -> None:
    """The grades of the risks concerned."""
    unit.session.flush()
    keys = [*touched.written.get(Risk, {}), *touched.added]
    rows = unit.session.execute(select(Risk.key, Risk.likelihood, Risk.impact).where(Risk.key.in_(keys))).all()
    grades = [(key, (grade := grade_of(*parts)) and grade.value) for key, *parts in rows]
    unit.update_many(Risk, grades, ("grade",))


def _checks(checked: Checked) -> Iterable[Finding]:
    """A high risk needs a measure; what is due is not forgotten."""
    for key, values in checked.records.items():
        if grade_of(values["likelihood"], values["impact"]) is Grade.HIGH and not values["measures"]:
            yield Finding(key, "measures", "高风险项目应有防范措施，请选填。", Severity.PRINCIPLE, CLAUSE)
        due, done = values["due_on"], values["result"]
        if due is not None and due < checked.today and not done:
            yield Finding(key, "due_on", f"防范措施应在 {due:%Y-%m-%d} 前完成，还没有填处置结果。", clause=CLAUSE)


REGISTER = Register(
    name="risks",
    title="风险评估",
    unit="条",
    keyword="风险",
    tab="ledgers",
    section="项目",
    searched=False,
    entity=Risk,
    parent=PROJECT,
    columns=(
        IN_PROJECT,
        Shown("village", "name", "village"),
        *own("kind", "likelihood", "impact", "grade", "measures", "description", "responsible", "due_on"),
        standing(lambda: Risk.due_on, lambda: Risk.result != ""),
        *own("result", "reviewed_on", "note"),
    ),
    search=Search(("description",)),
    identity=(Identity(("project_key", "kind")),),
    derive=_grade,
    checks=(_checks,),
    filters={
        "high": NamedFilter((Filter("grade", values=(Grade.HIGH.label,)),), counted="高风险"),
        "open": NamedFilter((Filter("result", blank=True),)),
        **due_filters("风险防范措施已过期限", "风险防范措施 30 天内到期"),
    },
    papers=("risk_table",),
    layout=Layout(
        first=(
            "project", "kind", "grade", "likelihood", "impact", "measures", "responsible", "due_on", "standing",
            "result",
        ),
        groups=(
            Group("风险", ("project", "kind", "likelihood", "impact")),
            Group("防范", ("measures", "description", "responsible", "due_on")),
            Group("处置", ("result", "reviewed_on", "note")),
        ),
        empty=("还没有风险评估", "每个项目按技术、市场、自然灾害等逐条评估。"),
    ),
)
