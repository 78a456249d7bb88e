"""The numbers of a scheme that 试算对比 lets one turn: the money, every rate and lump sum, the ceilings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.policy.rules import AmountRule
from fupin_desktop.policy.scheme import AwardScheme, SchemeItem

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
    """The numbers of an item's own rule."""
    for knob in item.rule.knobs(item.unit):
        yield Knob(f"{item.name} {knob.label}", knob.value, _putter(place, knob.put), knob.share)


def _putter(place: int, put: Callable[[AmountRule, Decimal], AmountRule]) -> Put:
    """What gives a scheme with the rule of the item at ``place`` changed."""

    def changed(scheme: AwardScheme, value: Decimal) -> AwardScheme:
        items = list(scheme.items)
        items[place] = replace(items[place], rule=put(items[place].rule, value))
        return replace(scheme, items=tuple(items))

    return changed
