"""Checks of a household's application (吴川 三(二)3–4) and of a project's performance targets (清远 二12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.policy.applications.facts import ApplicationFacts, Finding, OpinionFact, is_empty

KINDS = (
    ("产出指标", ("output_quantity", "output_quality", "output_time", "output_cost")),
    ("效益指标", ("benefit_economic", "benefit_social", "benefit_ecological", "benefit_sustainable")),
    ("满意度指标", ("satisfaction",)),
)
"""Kinds of performance indicators with the lists they stand in."""
_COMPARED = (("declared", "申报数量"), ("accepted", "验收数量"), ("area", "面积"), ("cost", "核定成本"))
_POOR = ("贫困", "脱贫", "带动", "帮扶", "建档立卡", "增收")


def _items(facts: ApplicationFacts) -> list[dict[str, Any]]:
    return list(facts.get("items") or ())


def _cell(facts: ApplicationFacts, place: int, column: str) -> str:
    return f"{facts.path('items')}[{place}].{column}"


def items(facts: ApplicationFacts) -> Iterator[Finding]:
    """A household applies with what the register has of it."""
    if not _items(facts):
        yield "农户台账里本户还没有种养项目，请先登记", facts.path("items")


def takes_part(facts: ApplicationFacts) -> Iterator[Finding]:
    """Only participating households benefit, in principle (吴川 三(二)3)."""
    taking = {Participation.BASE.label, Participation.SCATTERED.label}
    if facts.path("participation") and facts.text("participation") not in taking:
        whom = "、".join(facts.words("benefiting_households"))
        yield f"台账里本户没有登记为参与或分散参与，不是受惠对象({whom})", facts.path("participation")


def accepted(facts: ApplicationFacts) -> Iterator[Finding]:
    """No more is accepted than was declared."""
    for place, item in enumerate(_items(facts)):
        declared, found = item.get("declared"), item.get("accepted")
        if declared is not None and found is not None and found > declared:
            told = f"验收 {_measured(found, item)}大于申报 {_measured(declared, item)}，请核对"
            yield f"{_called(item, place)}{told}", _cell(facts, place, "accepted")


def _called(item: Mapping[str, Any], place: int) -> str:
    """An item by its product, or by its row while none is given."""
    return str(item.get("product") or "").strip() or f"第 {place + 1} 行"


def _measured(value: Decimal, item: Mapping[str, Any]) -> str:
    return f"{_plain(value)} {item.get('unit') or ''}".rstrip()


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def cost(facts: ApplicationFacts) -> Iterator[Finding]:
    """Awards stay within the verified cost, so each item has one (吴川 三(二)4)."""
    for place, item in enumerate(_items(facts)):
        if item.get("cost") is None:
            sentence = f"{_called(item, place)}没有核定成本，无法核对“不得超成本”，请在台账补登"
            yield sentence, _cell(facts, place, "cost")


def evidence(facts: ApplicationFacts) -> Iterator[Finding]:
    """A verified cost has its evidence."""
    for place, item in enumerate(_items(facts)):
        if item.get("cost") is not None and is_empty(item.get("evidence")):
            yield f"{_called(item, place)}的成本没有写凭证，请在台账补登", _cell(facts, place, "evidence")


def above_cost(facts: ApplicationFacts) -> Iterator[Finding]:
    """The award is no more than the verified costs together (吴川 三(二)4)."""
    award = facts.get("award")
    costs = [item["cost"] for item in _items(facts) if item.get("cost") is not None]
    if isinstance(award, Decimal) and award > sum(costs, Decimal(0)):
        yield f"奖补 {award:,.2f} 元超过核定成本 {sum(costs, Decimal(0)):,.2f} 元", facts.path("award")


def area_range(facts: ApplicationFacts) -> Iterator[Finding]:
    """The receivers of the lists doubt areas below 0 or above 100 亩."""
    most = facts.number("register_area_max")
    for place, item in enumerate(_items(facts)):
        area = item.get("area")
        if area is not None and not 0 <= area <= most:
            sentence = f"{_called(item, place)}面积 {_plain(area)} 亩不在 0–{_plain(most)} 亩之间，请核对"
            yield sentence, _cell(facts, place, "area")


def acceptance_date(facts: ApplicationFacts) -> Iterator[Finding]:
    """Accepted not before the application, and not later than the opinions that rest on it."""
    path, found = facts.path("accepted_on"), facts.get("accepted_on")
    if not isinstance(found, date):
        if path and any(item.get("accepted") is not None for item in _items(facts)):
            yield "已有验收数量，请填写验收日期", path
        return
    if facts.made_on is not None and found < facts.made_on:
        yield "验收日期早于填报日期，请核对", path
    for one in after_acceptance(facts.opinions, facts.path("acceptance_box")):
        if one.dated is not None and found > one.dated:
            yield f"验收日期晚于“{one.label}”的日期，请核对", path
            return


def after_acceptance(opinions: Sequence[OpinionFact], box: str) -> Sequence[OpinionFact]:
    """The opinions that rest on the acceptance: from its own box on; all of them where the form has none."""
    names = [one.box for one in opinions]
    return opinions[names.index(box) :] if box in names else opinions


def register_items(facts: ApplicationFacts) -> Iterator[Finding]:
    """What the household applies with is what the register has, until it is submitted (吴川 三(二)4)."""
    if facts.sent:
        return
    known: dict[str, list[Mapping[str, Any]]] = {}
    for item in facts.register_items:
        known.setdefault(str(item.get("product")), []).append(item)
    for place, item in enumerate(_items(facts)):
        product = str(item.get("product") or "")
        same = known.get(product)
        if not product.strip():
            if any(item.values()):
                yield f"种养项目第 {place + 1} 行没有写产品，请补填或删去这一行", _cell(facts, place, "product")
            continue
        if not same:
            yield f"“{product}”没有在农户台账登记，请先登记或删去", _cell(facts, place, "product")
            continue
        registered = same.pop(0)
        for column, label in _COMPARED:
            if item.get(column) != registered.get(column):
                typed, there = _told(item.get(column)), _told(registered.get(column))
                yield f"{product}{label}填的是 {typed}，台账是 {there}，请改成一致", _cell(facts, place, column)
    left = [product for product, items_left in known.items() if items_left]
    if left and _items(facts):
        yield f"台账里的{'、'.join(left)}没有列入本表，请核对", facts.path("items")


def _told(value: Decimal | None) -> str:
    return "空" if value is None else _plain(value)


def _indicators(facts: ApplicationFacts, lists: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
    """Path and record of every indicator of some lists; rows left empty are none."""
    return [
        (f"{facts.path(name)}[{place}]", record)
        for name in lists
        for place, record in enumerate(facts.get(name) or ())
        if not is_empty(record.get("name")) or not is_empty(record.get("target"))
    ]


def _all_indicators(facts: ApplicationFacts) -> list[tuple[str, dict[str, Any]]]:
    return [one for _, lists in KINDS for one in _indicators(facts, lists)]


def indicators(facts: ApplicationFacts) -> Iterator[Finding]:
    """Output, benefit and satisfaction each have a target (清远 二12)."""
    for label, lists in KINDS:
        if not _indicators(facts, lists):
            yield f"“{label}”至少填一项", facts.path(lists[0])


def target_values(facts: ApplicationFacts) -> Iterator[Finding]:
    """Each indicator has its target value (清远 二12)."""
    for path, record in _all_indicators(facts):
        if is_empty(record.get("target")):
            yield f"指标“{record.get('name') or ''}”没有目标值", f"{path}.target"


def period(facts: ApplicationFacts) -> Iterator[Finding]:
    """A project does not end before it begins."""
    starts, ends = facts.get("starts_on"), facts.get("ends_on")
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        yield "完成日期早于开始日期，请核对", facts.path("ends_on")


def brings_along(facts: ApplicationFacts) -> Iterator[Finding]:
    """Targets stress what the poor get from it, in principle (清远 二12: 重点突出带贫效果)."""
    found = _all_indicators(facts)
    told = [str(value) for _, record in found for value in record.values() if isinstance(value, str)]
    if found and not any(word in text for word in _POOR for text in told):
        yield "绩效目标原则上要突出带贫效果，请加一项带动贫困户的指标或说明原因", facts.path("benefit_social")
