"""The numbers of a scheme that 试算对比 lets one turn: the money, every rate and lump sum, the ceilings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.policy.scheme import AmountKind, AmountRule, AwardScheme, SchemeItem

Put = Callable[[AwardScheme, Decimal], AwardScheme]


class Knob(NamedTuple):
    """One number that can be turned.

    Attributes:
        label: What it is, e.g. “水稻 大户 (元/亩)”.
        value: Its value in the scheme.
        put: Gives the scheme with another value.
        share: Whether it is a share of 1, so that it steps by hundredths and never exceeds 1.
        item: Name of the item it belongs to; empty for none.
    """

    label: str
    value: Decimal
    put: Put
    share: bool = False
    item: str = ""


def knobs(scheme: AwardScheme) -> list[Knob]:
    """All numbers of a scheme that can be turned, the money first."""
    found = []
    if scheme.money is not None:
        found.append(Knob("可用资金(元)", scheme.money, lambda one, value: replace(one, pool=value)))
    for place, item in enumerate(scheme.items):
        found += [knob._replace(item=item.name) for knob in _of_item(place, item)]
    if scheme.caps.per_household is not None:
        found.append(Knob("每户最多(元)", scheme.caps.per_household, _cap))
    found.append(Knob("成本比例", scheme.cost_ratio, lambda one, value: replace(one, cost_ratio=value), share=True))
    return found


def _cap(scheme: AwardScheme, value: Decimal) -> AwardScheme:
    return replace(scheme, caps=replace(scheme.caps, per_household=value))


def _of_item(place: int, item: SchemeItem) -> Iterator[Knob]:
    """The rates of an item's own rule."""
    rule, name, unit = item.rule, item.name, f"(元/{item.unit})"

    def put(change: Callable[[AmountRule, Decimal], AmountRule]) -> Put:
        return lambda scheme, value: _with_rule(scheme, place, lambda old: change(old, value))

    match rule.kind:
        case AmountKind.RATE:
            yield Knob(f"{name} {unit}", rule.rate, put(lambda old, value: replace(old, rate=value)))
        case AmountKind.TIERS:
            for at, tier in enumerate(rule.tiers):
                yield Knob(f"{name} {tier.label or f'第{at + 1}档'} {unit}", tier.rate, put(_tier(at)))
        case AmountKind.STEPS:
            for at, step in enumerate(rule.steps):
                yield Knob(f"{name} 第{at + 1}档定额(元)", step.amount, put(_step(at)))
        case AmountKind.LUMP:
            yield Knob(f"{name} 定额(元)", rule.amount, put(lambda old, value: replace(old, amount=value)))
        case AmountKind.SHARE:
            yield Knob(f"{name} 比例", rule.share, put(lambda old, value: replace(old, share=value)), share=True)
        case AmountKind.INSTALMENTS:
            for at, rate in enumerate(rule.by_year):
                yield Knob(f"{name} 第{at + 1}年 {unit}", rate, put(_year(at)))
        case AmountKind.POOL:
            yield Knob(f"{name} 总额(元)", rule.pool, put(lambda old, value: replace(old, pool=value)))


def _with_rule(scheme: AwardScheme, place: int, change: Callable[[AmountRule], AmountRule]) -> AwardScheme:
    items = list(scheme.items)
    items[place] = replace(items[place], rule=change(items[place].rule))
    return replace(scheme, items=tuple(items))


def _tier(at: int) -> Callable[[AmountRule, Decimal], AmountRule]:
    def change(rule: AmountRule, value: Decimal) -> AmountRule:
        tiers = list(rule.tiers)
        tiers[at] = replace(tiers[at], rate=value)
        return replace(rule, tiers=tuple(tiers))

    return change


def _step(at: int) -> Callable[[AmountRule, Decimal], AmountRule]:
    def change(rule: AmountRule, value: Decimal) -> AmountRule:
        steps = list(rule.steps)
        steps[at] = replace(steps[at], amount=value)
        return replace(rule, steps=tuple(steps))

    return change


def _year(at: int) -> Callable[[AmountRule, Decimal], AmountRule]:
    def change(rule: AmountRule, value: Decimal) -> AmountRule:
        rates = list(rule.by_year)
        rates[at] = value
        return replace(rule, by_year=tuple(rates))

    return change
