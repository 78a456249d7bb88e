"""The rule table of a scheme's TOML form: items, their amount rules, factors and variants."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from fupin_desktop.domain.strict_toml import MONEY, QUANTITY, RATIO, Table
from fupin_desktop.domain.vocabulary import HouseholdClass, HouseholdSize
from fupin_desktop.policy.scheme import (
    DEFAULT_MEASURE,
    AmountKind,
    AmountRule,
    Condition,
    Factor,
    LumpStep,
    Progression,
    SchemeItem,
    ShareBase,
    Tier,
    TierMeasure,
    Variant,
)

LARGE = ("large", "大户", "大户起点")
ONE = Decimal(1)


class KindForm(NamedTuple):
    """How a kind of rule is written: its keys, how they are read, how they are written."""

    keys: frozenset[str]
    read: Callable[[Table], AmountRule]
    write: Callable[[AmountRule], dict[str, Any]]


def items_from(top: Table, groups: frozenset[str]) -> tuple[SchemeItem, ...]:
    """The items of a scheme.

    Args:
        top: The scheme's top table.
        groups: Names that ``cap_group`` may use.

    Raises:
        BadDefinition: A rule of the form is broken, or two items claim the same name, product or group,
            or are both the other item of one unit.
    """
    tables = top.tables("item", optional=True)
    if not tables:
        top.fail("item", "至少要有一个奖补项目 [[item]]")
    items = [_item(table, groups) for table in tables]
    _ensure_unlike(tables, items)
    return tuple(items)


def _ensure_unlike(tables: list[Table], items: list[SchemeItem]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for table, item in zip(tables, items, strict=True):
        claims = [("name", item.name), *(("products", product) for product in item.products)]
        claims += [("product_groups", group) for group in item.product_groups]
        claims += [("other", item.unit)] if item.other else []
        for key, word in claims:
            if (key, word) in seen:
                earlier = seen[key, word]
                one = f"“其他”项目每个计量单位最多一个，“{word}”的已有“{earlier}”"
                table.fail(key, one if key == "other" else f"“{word}”已在“{earlier}”里写过")
            seen[key, word] = item.name


def _item(table: Table, groups: frozenset[str]) -> SchemeItem:
    item = SchemeItem(
        name=table.name("name", required=True),
        unit=table.name("unit", required=True),
        rule=_rule(table),
        products=table.words("products"),
        product_groups=table.words("product_groups"),
        other=table.flag("other", False),
        minimum=table.number("minimum", QUANTITY),
        minimum_included=table.flag("minimum_included", True),
        quantity_cap=table.number("quantity_cap", QUANTITY),
        money_cap=table.number("money_cap", MONEY),
        cap_group=table.name("cap_group"),
        cost_ratio=table.number("cost_ratio", RATIO, high=ONE),
        factors=tuple([_factor(one) for one in table.tables("factor", optional=True)]),
        variants=tuple([_variant(one) for one in table.tables("variant", optional=True)]),
    )
    table.done()
    if item.cost_ratio == 0:
        table.fail("cost_ratio", "应大于 0，不大于 1")
    if item.cap_group and item.cap_group not in groups:
        table.fail("cap_group", f"[group_caps] 里没有“{item.cap_group}”")
    if not item.products and not item.product_groups and not item.other:
        table.fail("products", "要写明产品 products、产业类别 product_groups，或写 other = true")
    return item


def _condition(table: Table) -> Condition:
    classes = table.words("classes")
    for word in classes:
        if HouseholdClass.from_label(word) is None:
            labels = "、".join(one.label for one in HouseholdClass)
            table.fail("classes", f"户类别“{word}”没有；应是下列之一：{labels}")
    return Condition(
        classes=frozenset(classes),
        villages=frozenset(table.words("villages")),
        product_groups=frozenset(table.words("product_groups")),
        products=frozenset(table.words("products")),
        size=table.word("size", HouseholdSize) if table.has("size") else None,
    )


def _factor(table: Table) -> Factor:
    factor = Factor(_condition(table), table.needed("factor", RATIO), table.name("label"))
    table.done()
    return factor


def _variant(table: Table) -> Variant:
    variant = Variant(_condition(table), _rule(table), table.name("label"))
    table.done()
    return variant


# ── amount rules ────────────────────────────────────────────────────────────────────────────────────────────────────


def _rule(table: Table) -> AmountRule:
    kind = table.word("kind", AmountKind)
    form = KINDS[kind]
    others = ALL_KEYS - form.keys
    table.refuse(sorted(others), f"“{kind.label}”({kind.value})不用这个键")
    return form.read(table)


def _read_tiers(table: Table) -> AmountRule:
    tiers = tuple([_tier(one) for one in _rows(table, "tiers")])
    starts = [tier.start for tier in tiers]
    if starts.count(None) > 1:
        table.fail("tiers", "起点“large”(大户)只能写一次")
    _ensure_ascending(table, "tiers", [start for start in starts if start is not None])
    return AmountRule(
        AmountKind.TIERS,
        tiers=tiers,
        progression=table.word("progression", Progression, Progression.WHOLE),
        measure=table.word("measure", TierMeasure, DEFAULT_MEASURE[AmountKind.TIERS]),
        boundary_included=table.flag("boundary_included", True),
    )


def _start(table: Table) -> Decimal | None:
    """Where a tier begins: a quantity, or one of the words for 大户起点, which gives None."""
    return None if table.take("from") in LARGE else table.needed("from", QUANTITY)


def _tier(table: Table) -> Tier:
    start = _start(table)
    tier = Tier(start, table.needed("rate", MONEY), table.name("label"))
    table.done()
    return tier


def _read_steps(table: Table) -> AmountRule:
    steps = tuple([_step(one) for one in _rows(table, "steps")])
    _ensure_ascending(table, "steps", [step.start for step in steps])
    return AmountRule(
        AmountKind.STEPS,
        steps=steps,
        measure=table.word("measure", TierMeasure, DEFAULT_MEASURE[AmountKind.STEPS]),
        boundary_included=table.flag("boundary_included", True),
    )


def _step(table: Table) -> LumpStep:
    step = LumpStep(table.needed("from", QUANTITY), table.needed("amount", MONEY))
    table.done()
    return step


def _rows(table: Table, key: str) -> list[Table]:
    rows = table.tables(key, optional=True)
    if not rows:
        table.fail(key, "至少要写一档")
    return rows


def _ensure_ascending(table: Table, key: str, starts: list[Decimal]) -> None:
    for number, (low, high) in enumerate(pairwise(starts), 2):
        if low >= high:
            table.fail(f"{key}[{number}].from", "各档起点要从小到大，不能相同")


def _read_share(table: Table) -> AmountRule:
    return AmountRule(
        AmountKind.SHARE,
        share=table.needed("share", RATIO, high=ONE),
        share_of=table.word("share_of", ShareBase, ShareBase.COST),
        limit_per_unit=table.number("limit_per_unit", MONEY),
    )


def _read_instalments(table: Table) -> AmountRule:
    years = table.listed("by_year")
    if not years:
        table.fail("by_year", "至少要写第一年的标准")
    rates = [table.as_number(f"by_year[{at}]", value, MONEY) for at, value in enumerate(years, 1)]
    return AmountRule(AmountKind.INSTALMENTS, by_year=tuple(rates))


def _read_lump(table: Table) -> AmountRule:
    return AmountRule(
        AmountKind.LUMP,
        threshold=table.needed("threshold", QUANTITY),
        amount=table.needed("amount", MONEY),
        boundary_included=table.flag("boundary_included", True),
    )


def _f(value: Decimal) -> str:
    return f"{value:f}"


def _write_tiers(rule: AmountRule) -> dict[str, Any]:
    rows = [
        {
            "from": LARGE[0] if tier.start is None else _f(tier.start),
            "rate": _f(tier.rate),
            **({"label": tier.label} if tier.label else {}),
        }
        for tier in rule.tiers
    ]
    return {
        "progression": rule.progression.value,
        "measure": rule.measure.value,
        "boundary_included": rule.boundary_included,
        "tiers": rows,
    }


def _write_steps(rule: AmountRule) -> dict[str, Any]:
    return {
        "measure": rule.measure.value,
        "boundary_included": rule.boundary_included,
        "steps": [{"from": _f(step.start), "amount": _f(step.amount)} for step in rule.steps],
    }


def _write_lump(rule: AmountRule) -> dict[str, Any]:
    return {
        "threshold": _f(rule.threshold),
        "amount": _f(rule.amount),
        "boundary_included": rule.boundary_included,
    }


def _write_share(rule: AmountRule) -> dict[str, Any]:
    limit = {} if rule.limit_per_unit is None else {"limit_per_unit": _f(rule.limit_per_unit)}
    return {"share": _f(rule.share), "share_of": rule.share_of.value, **limit}


KINDS: dict[AmountKind, KindForm] = {
    AmountKind.RATE: KindForm(
        frozenset({"rate"}),
        lambda table: AmountRule(AmountKind.RATE, rate=table.needed("rate", MONEY)),
        lambda rule: {"rate": _f(rule.rate)},
    ),
    AmountKind.TIERS: KindForm(
        frozenset({"tiers", "progression", "measure", "boundary_included"}), _read_tiers, _write_tiers
    ),
    AmountKind.STEPS: KindForm(frozenset({"steps", "measure", "boundary_included"}), _read_steps, _write_steps),
    AmountKind.LUMP: KindForm(frozenset({"threshold", "amount", "boundary_included"}), _read_lump, _write_lump),
    AmountKind.SHARE: KindForm(frozenset({"share", "share_of", "limit_per_unit"}), _read_share, _write_share),
    AmountKind.INSTALMENTS: KindForm(
        frozenset({"by_year"}), _read_instalments, lambda rule: {"by_year": [_f(rate) for rate in rule.by_year]}
    ),
    AmountKind.POOL: KindForm(
        frozenset({"pool"}),
        lambda table: AmountRule(AmountKind.POOL, pool=table.needed("pool", MONEY)),
        lambda rule: {"pool": _f(rule.pool)},
    ),
}
ALL_KEYS = frozenset().union(*(form.keys for form in KINDS.values()))


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def item_to_dict(item: SchemeItem) -> dict[str, Any]:
    """The item as plain tables; what is not set is left out."""
    table: dict[str, Any] = {
        "name": item.name,
        "unit": item.unit,
        "products": list(item.products),
        "product_groups": list(item.product_groups),
        "other": item.other or None,
        "minimum": _or_none(item.minimum),
        "minimum_included": None if item.minimum_included else False,
        "quantity_cap": _or_none(item.quantity_cap),
        "money_cap": _or_none(item.money_cap),
        "cap_group": item.cap_group,
        "cost_ratio": _or_none(item.cost_ratio),
        **_rule_to_dict(item.rule),
        "factor": [
            {**_condition_to_dict(one.when), "factor": _f(one.factor), "label": one.label} for one in item.factors
        ],
        "variant": [
            {**_condition_to_dict(one.when), "label": one.label, **_rule_to_dict(one.rule)} for one in item.variants
        ],
    }
    return {key: value for key, value in table.items() if value not in (None, "", [])}


def _rule_to_dict(rule: AmountRule) -> dict[str, Any]:
    return {"kind": rule.kind.value, **KINDS[rule.kind].write(rule)}


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
    return None if value is None else _f(value)
