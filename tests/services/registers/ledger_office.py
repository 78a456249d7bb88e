"""A small office with a household, an entity and a project, for the tests of the ledgers."""

from __future__ import annotations

from collections.abc import Mapping

from fupin_desktop.services import registers
from fupin_desktop.services.registers import Outcome, registry
from fupin_desktop.services.workbench import Workbench

PROJECT = {
    "code": "P1", "name": "水稻基地", "year": "2026", "industry": "种植", "nature": "新建", "scope": "省定贫困村",
    "village": "低岭村", "place": "大垌片", "quantity": "120", "unit": "亩", "task": "建设水稻基地",
    "starts_on": "2026-03-01", "ends_on": "2026-12-20", "supervisor": "镇扶贫办", "operator": "低岭村民委员会",
    "leader": "吴强", "phone": "13800000101", "linkages": "务工、订单帮扶", "meeting": "村民代表会议",
    "met_on": "2026-02-01",
}  # fmt: skip
ENTITY = {"name": "水稻合作社", "kind": "农民合作社", "leader": "吴强", "village": "低岭村"}
ROWS: Mapping[str, Mapping[str, str]] = {
    "projects": PROJECT,
    "entities": ENTITY,
    "project_funds": {"project": "水稻基地", "name": "省级资金", "level": "省", "amount": "100000"},
    "project_quarters": {"project": "水稻基地", "quarter": "一季度", "running": "在建", "invested": "50000"},
    "performances": {"project": "水稻基地", "goal": "建成基地"},
    "indicators": {"performance": "建成基地", "category": "产出指标", "subcategory": "数量指标", "name": "基地", "target": "120"},
    "risks": {"project": "水稻基地", "kind": "市场", "likelihood": "低", "impact": "低", "responsible": "吴强"},
    "inspections": {
        "dated": "2026-01-03", "inspector": "镇扶贫办", "trouble": "公示不全", "measure": "补齐", "responsible": "吴强",
        "due_on": "2026-12-01",
    },
    "assets": {
        "name": "收割机", "kind": "经营性", "village": "低岭村", "project": "水稻基地", "value": "98000",
        "owner_name": "村委会", "keeper": "吴强",
    },
    "proceeds": {"title": "租金", "village": "低岭村", "project": "水稻基地", "income": "1000"},
    "proceeds_shares": {"proceeds": "租金", "household": "吴一", "basis": "股份", "amount": "100"},
    "entity_supports": {"entity": "水稻合作社", "kind": "项目", "description": "基地"},
    "linkages": {
        "household": "吴一", "entity": "水稻合作社", "way": "务工", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
    },
    "leaders": {"name": "吴强", "village": "低岭村", "recognised_on": "2026-01-01"},
    "facilities": {"name": "车间", "kind": "扶贫车间", "village": "低岭村"},
    "sales": {"dated": "2026-01-02", "product": "大米", "way": "订单", "amount": "100"},
    "market_offers": {"product": "大米", "kind": "供应"},
    "shops": {"name": "稻香店", "platform": "淘宝", "village": "低岭村", "opened_on": "2026-01-01"},
    "shop_months": {"shop": "稻香店", "month": "1", "amount": "100"},
    "brands": {"name": "稻香"},
}  # fmt: skip
"""A sound row of each register, in an order in which each finds what it names."""
ORDER = ("entities", "projects", *(name for name in ROWS if name not in ("entities", "projects")))


def add(bench: Workbench, register: str, **changed: str) -> Outcome:
    """Add the row of a register with some texts changed; an empty text leaves the column out."""
    texts = {key: text for key, text in {**ROWS[register], **changed}.items() if text}
    return registers.add(bench, registry.of(register), texts)


def told(outcome: Outcome) -> list[tuple[str, str]]:
    """Severity and column of what was found."""
    return [(problem.severity.value, problem.field) for problem in outcome.problems]


def fill(bench: Workbench, *names: str) -> None:
    """Add the rows of registers, those first that others name."""
    for name in ORDER:
        if name in names:
            outcome = add(bench, name)
            assert outcome.change is not None, outcome.problems
