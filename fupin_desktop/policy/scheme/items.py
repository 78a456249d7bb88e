"""The rule table of a scheme's TOML form: items, their amount rules, factors and variants."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NoReturn

from fupin_desktop.domain.strict_toml import MONEY, QUANTITY, RATIO, Table
from fupin_desktop.domain.vocabulary import HouseholdClass, HouseholdSize
from fupin_desktop.policy.rules.phrases import decimal_text
from fupin_desktop.policy.rules.registry import all_keys, all_kinds, find
from fupin_desktop.policy.rules.rule import AmountRule
from fupin_desktop.policy.scheme import Condition, Factor, SchemeItem, Variant

ONE = Decimal(1)
Classes = Mapping[str, HouseholdClass]


def no_class(word: str, own: Classes) -> str:
    """What is said of a class that neither the five nor the scheme's own ones have."""
    labels = "、".join((*(one.label for one in HouseholdClass), *own))
    return f"户类别“{word}”没有；应是下列之一：{labels}；本地的类别先在 [classes] 里写明归哪一类"


def items_from(top: Table, groups: frozenset[str], own: Classes) -> tuple[SchemeItem, ...]:
    """The items of a scheme.

    Args:
        top: The scheme's top table.
        groups: Names that ``cap_group`` may use.
        own: Classes of the office's own.

    Raises:
        BadDefinition: A rule of the form is broken, or two items of one unit claim the same product or group though
            neither is additional, or two have one name, or are both the other item of one unit.
    """
    tables = top.tables("item", optional=True)
    if not tables:
        top.fail("item", "至少要有一个奖补项目 [[item]]")
    items = [_item(table, groups, own) for table in tables]
    _ensure_unlike(tables, items)
    return tuple(items)


def _ensure_unlike(tables: list[Table], items: list[SchemeItem]) -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for table, item in zip(tables, items, strict=True):
        for claim in _claims(item):
            if claim in seen:
                table.fail(claim[0], _taken(claim, seen[claim]))
            seen[claim] = item.name


def _claims(item: SchemeItem) -> list[tuple[str, str, str]]:
    """What an item takes for itself: key, word, and the unit within which no other may take it."""
    claims = [("name", item.name, ""), *([("other", item.unit, "")] if item.other else [])]
    if not item.additional:
        claims += [("products", product, item.unit) for product in item.products]
        claims += [("product_groups", group, item.unit) for group in item.product_groups]
    return claims


def _taken(claim: tuple[str, str, str], earlier: str) -> str:
    key, word, _ = claim
    if key == "other":
        return f"“其他”项目每个计量单位最多一个，“{word}”的已有“{earlier}”"
    both = "；两项都要奖的，给后一项写“叠加”(additional = true)" if key != "name" else ""
    return f"“{word}”已在“{earlier}”里写过{both}"


def _item(table: Table, groups: frozenset[str], own: Classes) -> SchemeItem:
    item = SchemeItem(
        name=table.name("name", required=True),
        unit=table.name("unit", required=True),
        rule=_rule(table),
        products=table.words("products"),
        product_groups=table.words("product_groups"),
        other=table.flag("other", False),
        additional=table.flag("additional", False),
        minimum=table.number("minimum", QUANTITY),
        minimum_included=table.flag("minimum_included", True),
        quantity_cap=table.number("quantity_cap", QUANTITY),
        money_cap=table.number("money_cap", MONEY),
        cap_group=table.name("cap_group"),
        cost_ratio=table.number("cost_ratio", RATIO, high=ONE),
        factors=tuple([_factor(one, own) for one in table.tables("factor", optional=True)]),
        variants=tuple([_variant(one, own) for one in table.tables("variant", optional=True)]),
    )
    table.done()
    if item.cost_ratio == 0:
        table.fail("cost_ratio", "应大于 0，不大于 1")
    if item.cap_group and item.cap_group not in groups:
        table.fail("cap_group", f"封顶的组里没有“{item.cap_group}”，先在那里写明它最多多少元(文件里是 [group_caps])")
    if not item.products and not item.product_groups and not item.other:
        table.fail("products", "要写明产品或产业类别，或者写成“其他”项目(文件里是 other = true)")
    return item


def _condition(table: Table, own: Classes) -> Condition:
    classes = table.words("classes")
    for word in classes:
        if word not in own and HouseholdClass.from_label(word) is None:
            table.fail("classes", no_class(word, own))
    return Condition(
        classes=frozenset(classes),
        villages=frozenset(table.words("villages")),
        product_groups=frozenset(table.words("product_groups")),
        products=frozenset(table.words("products")),
        size=table.word("size", HouseholdSize) if table.has("size") else None,
    )


def _factor(table: Table, own: Classes) -> Factor:
    factor = Factor(_condition(table, own), table.needed("factor", RATIO), table.name("label"))
    table.done()
    return factor


def _variant(table: Table, own: Classes) -> Variant:
    variant = Variant(_condition(table, own), _rule(table), table.name("label"))
    table.done()
    return variant


def _no_kind(table: Table) -> NoReturn:
    rule = "应是下列之一：" + "、".join(f"{one.value}({one.label})" for one in all_kinds())
    if table.has("kind"):
        table.fail("kind", rule)
    table.missing("kind", rule)


def _rule(table: Table) -> AmountRule:
    kind = find(table.take("kind"))
    if kind is None:
        _no_kind(table)
    table.refuse(sorted(all_keys() - kind.keys()), f"“{kind.label}”({kind.value})不用这个键")
    return kind.read(table)


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def item_to_dict(item: SchemeItem) -> dict[str, Any]:
    """The item as plain tables; what is not set is left out."""
    table: dict[str, Any] = {
        "name": item.name,
        "unit": item.unit,
        "products": list(item.products),
        "product_groups": list(item.product_groups),
        "other": item.other or None,
        "additional": item.additional or None,
        "minimum": _or_none(item.minimum),
        "minimum_included": None if item.minimum_included else False,
        "quantity_cap": _or_none(item.quantity_cap),
        "money_cap": _or_none(item.money_cap),
        "cap_group": item.cap_group,
        "cost_ratio": _or_none(item.cost_ratio),
        **_rule_to_dict(item.rule),
        "factor": [_factor_to_dict(one) for one in item.factors],
        "variant": [
            {**_condition_to_dict(one.when), "label": one.label, **_rule_to_dict(one.rule)} for one in item.variants
        ],
    }
    return {key: value for key, value in table.items() if value not in (None, "", [])}


def _factor_to_dict(one: Factor) -> dict[str, Any]:
    return {**_condition_to_dict(one.when), "factor": decimal_text(one.factor), "label": one.label}


def _rule_to_dict(rule: AmountRule) -> dict[str, Any]:
    return {"kind": rule.value, **rule.write()}


def _condition_to_dict(when: Condition) -> dict[str, Any]:
    table: dict[str, Any] = {
        "classes": sorted(when.classes),
        "villages": sorted(when.villages),
        "product_groups": sorted(when.product_groups),
        "products": sorted(when.products),
    }
    found = {key: value for key, value in table.items() if value}
    return found if when.size is None else {**found, "size": when.size.value}


def _or_none(value: Decimal | None) -> str | None:
    return None if value is None else decimal_text(value)
