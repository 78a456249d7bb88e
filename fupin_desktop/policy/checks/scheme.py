"""Checks of an award scheme on its own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.policy.checks.facts import Facts, Finding
from fupin_desktop.policy.numbers import COST_CEILING, LARGE_AREA, NOT_ASKED, number_of, policy_day, words_of
from fupin_desktop.policy.scheme import Condition, CostScope, SchemeItem


def items(facts: Facts) -> Iterator[Finding]:
    """A scheme without a rule pays nobody."""
    if not facts.scheme.items:
        yield "方案还没有奖补项目，请先填写奖补标准", (), "item"


def decision(facts: Facts) -> Iterator[Finding]:
    """Village and assisting unit decide together, in a paper (吴川 三(二)4)."""
    made = facts.scheme.decision
    wanted = (
        ("village", "村(居)委会", made.village.strip()),
        ("assisting_unit", "对口帮扶单位", made.assisting_unit.strip()),
        ("decided_on", "议定日期", made.decided_on),
        ("meeting", "会议", made.meeting.strip()),
        ("document", "文件", made.document.strip()),
    )
    missing = [(key, label) for key, label, value in wanted if not value]
    if missing:
        labels = "、".join(label for _, label in missing)
        deciders = "和".join(words_of(facts.scheme, facts.parameters, "scheme_deciders"))
        first, *after = words_of(facts.scheme, facts.parameters, "scheme_duties")
        then = f"，然后{'、'.join(after)}" if after else ""
        sentence = f"资金安排方案须由{deciders}共同商议决定并{first}{then}，还缺：{labels}"
        yield sentence, (), f"decision.{missing[0][0]}"


def original_plan(facts: Facts) -> Iterator[Finding]:
    """Money already invested keeps its original plan, in principle (吴川 三(二)2)."""
    for number, source in enumerate(facts.scheme.sources, 1):
        if source.kind is FundKind.PER_HEAD_20000 or source.original_plan.strip():
            name = source.name or source.kind.label
            plan = f"(原定方案：{source.original_plan.strip()})" if source.original_plan.strip() else ""
            yield f"“{name}”应按原定方案执行{plan}，不用于本方案的奖补，请从资金来源中去掉", (), f"source[{number}]"


def cost_ratio(facts: Facts) -> Iterator[Finding]:
    """No ratio lets an award exceed the cost (吴川 三(二)4)."""
    most = number_of(facts.scheme, facts.parameters, "award_cost_ratio")
    limit = f"{(most * 100).normalize():f}%"
    if not 0 <= facts.scheme.cost_ratio <= most:
        yield f"成本上限比例不得超过 {limit}", (), "cost_ratio"
    for number, item in enumerate(facts.scheme.items, 1):
        if item.cost_ratio is not None and not 0 <= item.cost_ratio <= most:
            yield f"“{item.name}”的成本上限比例不得超过 {limit}", (), f"item[{number}].cost_ratio"


def cost_ceiling(facts: Facts) -> Iterator[Finding]:
    """A scheme without a cost ceiling is for counties whose documents ask for none (吴川 三(二)4: 不得超成本)."""
    if facts.scheme.cost_scope is not CostScope.NONE:
        return
    if facts.parameters.value(COST_CEILING, policy_day(facts.scheme)).value != NOT_ASKED:
        yield "方案不设成本上限，而文件规定奖补不得超成本，请改为按全户或逐项封顶", (), "cost_scope"


def large_from(facts: Facts) -> Iterator[Finding]:
    """A higher start than the policy's leaves out households that the policy calls large (吴川 三(二)4)."""
    own = facts.scheme.large_from
    if own is None:
        return
    policy = Decimal(str(facts.parameters.value(LARGE_AREA, policy_day(facts.scheme)).value))
    if own > policy:
        yield f"方案的大户起点 {own:f} 亩高于文件规定的 {policy:f} 亩，请说明理由", (), "large_from"


def money(facts: Facts) -> Iterator[Finding]:
    """Without money named, nothing keeps the sum within it."""
    if facts.scheme.money is None:
        yield "方案没有写资金来源或总额，测算不受资金限制", (), "pool"


def off_list(facts: Facts) -> Iterator[Finding]:
    """能帮即帮: what is outside the main industry is helped as well (吴川 三(三)3)."""
    scheme = facts.scheme
    main = frozenset(scheme.main_products)
    others = [(number, item) for number, item in enumerate(scheme.items, 1) if item.other]
    if scheme.items and not others:
        yield "方案没有“其他”项目，主导产业之外的种养项目得不到奖补，请增加或说明理由", (), "item"
    for number, item in enumerate(scheme.items, 1):
        yield from _barred(item, number, main)


def _barred(item: SchemeItem, number: int, main: frozenset[str]) -> Iterator[Finding]:
    outside = item.other or (bool(main) and bool(item.products) and not main.intersection(item.products))
    if outside and item.rule.gives_nothing():
        yield f"“{item.name}”的标准为 0，主导产业之外的项目得不到奖补，请修改或说明理由", (), f"item[{number}]"
    zeros = [(factor.when, "系数") for factor in item.factors if not factor.factor]
    zeros += [(variant.when, "标准") for variant in item.variants if variant.rule.gives_nothing()]
    for when, word in zeros:
        if outside or _names_outside(when, main):
            yield f"“{item.name}”对主导产业之外的产品{word}为 0，请修改或说明理由", (), f"item[{number}]"


def _names_outside(when: Condition, main: frozenset[str]) -> bool:
    return bool(when.product_groups) or (bool(when.products) and not when.products <= main)
