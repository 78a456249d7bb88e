"""Checks of a household's application (吴川 三(二)3–4) and of a project's performance targets (清远 二12)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.policy.applications_facts import ApplicationFacts, Finding, is_empty

MOST_AREA = Decimal(100)
KINDS = (("产出指标", "output"), ("效益指标", "benefit"), ("满意度指标", "satisfaction"))
_POOR = ("贫困", "脱贫", "带动", "帮扶", "建档立卡", "增收")


def _items(facts: ApplicationFacts) -> list[dict[str, Any]]:
    return list(facts.get("items") or ())


def _cell(facts: ApplicationFacts, place: int, column: str) -> str:
    return f"{facts.path('items')}[{place}].{column}"


def items(facts: ApplicationFacts) -> Iterator[Finding]:
    """A household applies with what the register has of it."""
    if not _items(facts):
        yield "农户台账里本户还没有种养项目, 请先登记", facts.path("items")


def takes_part(facts: ApplicationFacts) -> Iterator[Finding]:
    """Only participating households benefit (吴川 三(二)3)."""
    taking = {Participation.BASE.label, Participation.SCATTERED.label}
    if facts.path("participation") and facts.text("participation") not in taking:
        yield "台账里本户没有登记为参与或分散参与, 不能申请奖补", facts.path("participation")


def accepted(facts: ApplicationFacts) -> Iterator[Finding]:
    """No more is accepted than was declared."""
    for place, item in enumerate(_items(facts)):
        declared, found = item.get("declared"), item.get("accepted")
        if declared is not None and found is not None and found > declared:
            unit = item.get("unit") or ""
            yield (
                f"{item.get('product') or ''}验收 {_plain(found)} {unit}大于申报 {_plain(declared)} {unit}, 请核对",
                _cell(facts, place, "accepted"),
            )


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def cost(facts: ApplicationFacts) -> Iterator[Finding]:
    """Awards stay within the verified cost, so each item has one (吴川 三(二)4)."""
    for place, item in enumerate(_items(facts)):
        if item.get("cost") is None:
            sentence = f"{item.get('product') or ''}没有核定成本, 无法核对“不得超成本”, 请在台账补登"
            yield sentence, _cell(facts, place, "cost")


def evidence(facts: ApplicationFacts) -> Iterator[Finding]:
    """A verified cost has its evidence."""
    for place, item in enumerate(_items(facts)):
        if item.get("cost") is not None and is_empty(item.get("evidence")):
            yield f"{item.get('product') or ''}的成本没有写凭证, 请在台账补登", _cell(facts, place, "evidence")


def above_cost(facts: ApplicationFacts) -> Iterator[Finding]:
    """The award is no more than the verified costs together (吴川 三(二)4)."""
    award = facts.get("award")
    costs = [item["cost"] for item in _items(facts) if item.get("cost") is not None]
    if isinstance(award, Decimal) and award > sum(costs, Decimal(0)):
        yield f"奖补 {award:,.2f} 元超过核定成本 {sum(costs, Decimal(0)):,.2f} 元", facts.path("award")


def area_range(facts: ApplicationFacts) -> Iterator[Finding]:
    """The receivers of the lists doubt areas below 0 or above 100 亩."""
    for place, item in enumerate(_items(facts)):
        area = item.get("area")
        if area is not None and not 0 <= area <= MOST_AREA:
            sentence = f"{item.get('product') or ''}面积 {_plain(area)} 亩不在 0–100 亩之间, 请核对"
            yield sentence, _cell(facts, place, "area")


def acceptance_date(facts: ApplicationFacts) -> Iterator[Finding]:
    """Accepted not before the application, and not later than the opinion that rests on it."""
    found = facts.get("accepted_on")
    if not isinstance(found, date):
        if facts.path("accepted_on") and any(item.get("accepted") is not None for item in _items(facts)):
            yield "已有验收数量, 请填写验收日期", facts.path("accepted_on")
        return
    if facts.made_on is not None and found < facts.made_on:
        yield "验收日期早于填报日期, 请核对", facts.path("accepted_on")
    for one in facts.opinions:
        if one.dated is not None and found > one.dated:
            yield f"验收日期晚于“{one.label}”的日期, 请核对", facts.path("accepted_on")
            return


def _indicators(facts: ApplicationFacts) -> list[tuple[str, int, dict[str, Any]]]:
    """Kind, place and record of every indicator."""
    return [
        (kind, place, record)
        for _, kind in KINDS
        for place, record in enumerate(facts.get(f"{kind}_targets") or ())
        if not is_empty(record.get("name")) or not is_empty(record.get("target"))
    ]


def indicators(facts: ApplicationFacts) -> Iterator[Finding]:
    """Output, benefit and satisfaction each have a target (清远 二12)."""
    present = {kind for kind, _, _ in _indicators(facts)}
    for label, kind in KINDS:
        if kind not in present:
            yield f"“{label}”至少填一项", facts.path(f"{kind}_targets")


def target_values(facts: ApplicationFacts) -> Iterator[Finding]:
    """Each indicator has its target value (清远 二12)."""
    for kind, place, record in _indicators(facts):
        if is_empty(record.get("target")):
            name = record.get("name") or f"第 {place + 1} 项"
            yield f"“{name}”没有目标值", f"{facts.path(f'{kind}_targets')}[{place}].target"


def brings_along(facts: ApplicationFacts) -> Iterator[Finding]:
    """Targets stress what the poor get from it, in principle (清远 二12: 重点突出带贫效果)."""
    found = _indicators(facts)
    told = [str(value) for _, _, record in found for value in record.values() if isinstance(value, str)]
    if found and not any(word in text for word in _POOR for text in told):
        yield "绩效目标原则上要突出带贫效果, 请加一项带动贫困户的指标或说明原因", facts.path("benefit_targets")
