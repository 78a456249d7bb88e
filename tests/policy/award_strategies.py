"""Random schemes and households for property tests; numbers are few and round, so that boundaries are often hit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from fupin_desktop.domain.vocabulary import FundKind, HouseholdClass, HouseholdSize, Participation
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.rules import (
    InstalmentsRule,
    LumpRule,
    LumpStep,
    PoolRule,
    Progression,
    RateRule,
    ShareBase,
    ShareRule,
    StepsRule,
    Tier,
    TierMeasure,
    TiersRule,
)
from fupin_desktop.policy.scheme import (
    AwardScheme,
    Caps,
    Condition,
    CostScope,
    Decision,
    Factor,
    PriorityKey,
    RoundingMode,
    RoundingUnit,
    SchemeItem,
    Source,
    SubsidyTreatment,
    Variant,
    WhenShort,
)

PRODUCTS = ("水稻", "番薯", "生猪", "香蕉", "沉香")
GROUPS = ("种植", "养殖", "林业")
CLASSES = ("监测户", "脱贫户", "edge", "低保户")
OWN = {"低保户": HouseholdClass.OUT_OF_POVERTY, "特困户": HouseholdClass.POOR}
VILLAGES = ("低岭村", "那罗村")

sizes = st.sampled_from([Decimal(text) for text in ("0", "0.001", "0.5", "1", "3", "3.333", "7", "9.999", "10", "10.001", "12.5", "30")])
starts = st.sampled_from([Decimal(text) for text in ("0", "0.5", "1", "3", "10", "12.5")])
money = st.one_of(
    st.sampled_from([Decimal(text) for text in ("0", "0.01", "0.67", "100", "220.55", "320", "1000", "3333.33")]),
    st.decimals(0, 5000, places=2),
)
ratios = st.sampled_from([Decimal(text) for text in ("0.3", "0.5", "0.85", "1")])


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


@st.composite
def seldom(draw: st.DrawFn, strategy: st.SearchStrategy, otherwise: object = None) -> object:
    """``otherwise`` as a rule, so that most households get something."""
    return draw(strategy) if draw(st.integers(0, 4)) == 4 else otherwise


conditions = st.builds(
    Condition,
    classes=st.frozensets(st.sampled_from(CLASSES), max_size=2),
    villages=st.frozensets(st.sampled_from(VILLAGES), max_size=1),
    product_groups=st.just(frozenset()) | st.frozensets(st.sampled_from(GROUPS), max_size=1),
    products=st.just(frozenset()) | st.frozensets(st.sampled_from(PRODUCTS), max_size=2),
    size=maybe(st.sampled_from(HouseholdSize)),
)


@st.composite
def tiers(draw: st.DrawFn) -> tuple[Tier, ...]:
    rows = sorted(draw(st.sets(starts, min_size=1, max_size=3)))
    return tuple(Tier(start, draw(money), draw(st.sampled_from(["", "一档"]))) for start in rows)


@st.composite
def tiers_with_large(draw: st.DrawFn) -> tuple[Tier, ...]:
    return (Tier(Decimal(0), draw(money), "小农户"), Tier(None, draw(money), "大户"))


@st.composite
def steps(draw: st.DrawFn) -> tuple[LumpStep, ...]:
    return tuple(LumpStep(start, draw(money)) for start in sorted(draw(st.sets(starts, min_size=1, max_size=3))))


measures = st.sampled_from(TierMeasure)
RULES = {
    RateRule: st.builds(RateRule, rate=money),
    TiersRule: st.builds(TiersRule, tiers=tiers() | tiers_with_large(),
        progression=st.sampled_from(Progression),
        measure=measures,
        boundary_included=st.booleans(),
    ),
    StepsRule: st.builds(StepsRule, steps=steps(), measure=measures, boundary_included=st.booleans()
    ),
    LumpRule: st.builds(LumpRule, threshold=starts, amount=money, boundary_included=st.booleans()
    ),
    ShareRule: st.builds(ShareRule, share=ratios,
        share_of=st.sampled_from(ShareBase),
        limit_per_unit=maybe(money),
    ),
    InstalmentsRule: st.builds(InstalmentsRule, by_year=st.lists(money, min_size=1, max_size=3).map(tuple)
    ),
    PoolRule: st.builds(PoolRule, pool=money),
}
rules = st.one_of(*RULES.values())
factors = st.builds(
    Factor, when=conditions, factor=st.sampled_from([Decimal(text) for text in ("0", "0.5", "1.2", "1.333")]), label=st.just("系数")
)
variants = st.builds(Variant, when=conditions, rule=rules, label=st.sampled_from(["", "另算"]))


@st.composite
def items(draw: st.DrawFn, at: int, rule: st.SearchStrategy = rules) -> SchemeItem:
    return SchemeItem(
        name=f"项目{at}",
        unit=draw(st.sampled_from(["亩", "亩", "头"])),
        rule=draw(rule),
        products=(PRODUCTS[at],),
        product_groups=(GROUPS[at],) if draw(st.booleans()) else (),
        other=False,
        minimum=draw(seldom(sizes)),
        minimum_included=draw(st.booleans()),
        quantity_cap=draw(seldom(sizes)),
        money_cap=draw(seldom(money)),
        cap_group=draw(st.sampled_from(["", "甲"])),
        cost_ratio=draw(maybe(ratios)),
        factors=tuple(draw(st.lists(factors, max_size=2))),
        variants=tuple(draw(st.lists(variants, max_size=2))),
    )


@st.composite
def schemes(draw: st.DrawFn, when_short: st.SearchStrategy | None = None) -> AwardScheme:
    found = [draw(items(at)) for at in range(draw(st.integers(1, 3)))]
    if stacked := draw(st.integers(0, 2)) == 2:
        beside = draw(items(draw(st.integers(0, len(found) - 1))))
        found.append(replace(beside, name="叠加项目", additional=True))
    for unit in draw(st.lists(st.sampled_from(["亩", "头"]), max_size=2, unique=True)):
        own = tuple(draw(st.lists(factors, max_size=1)))
        found.append(SchemeItem(f"其他({unit})", unit, draw(rules), other=True, factors=own))
    group_caps = {"甲": draw(seldom(money, Decimal(4000)))}
    return AwardScheme(
        name="方案",
        place="低岭村",
        year=2026,
        items=tuple(found),
        decision=Decision("村", "局", None, "会", "文") if draw(st.booleans()) else Decision(),
        sources=(Source(FundKind.DONATION_630, draw(money), "捐款"),) if draw(st.booleans()) else (),
        pool=draw(maybe(money)),
        main_products=("水稻",),
        large_from=draw(maybe(st.sampled_from([Decimal(8), Decimal(10)]))),
        group_caps=group_caps,
        cost_ratio=draw(ratios),
        cost_scope=draw(st.sampled_from([CostScope.HOUSEHOLD, CostScope.NONE] if stacked else list(CostScope))),
        other_subsidy=draw(st.sampled_from(SubsidyTreatment)),
        caps=draw(caps),
        classes=OWN,
        when_short=draw(st.sampled_from(WhenShort) if when_short is None else when_short),
        priority=tuple(draw(st.lists(st.sampled_from(PriorityKey), min_size=1, max_size=4, unique=True))),
        class_order=("监测户", "out_of_poverty"),
        partial=draw(st.booleans()),
        rounding_unit=draw(st.sampled_from(RoundingUnit)),
        rounding_mode=draw(st.sampled_from(RoundingMode)),
        reasons={"award.equal_split": "已说明"} if draw(st.booleans()) else {},
    )


by_class = st.dictionaries(st.sampled_from(["监测户", "edge", "低保户"]), money, max_size=2)
limits = {"per_household": seldom(money), "per_person": seldom(money), "by_class": seldom(by_class, {}),
          "per_person_by_class": seldom(by_class, {})}
caps = st.builds(
    Caps, **limits, cumulative=st.booleans(), batch_classes=st.sampled_from([(), (), ("低保户", "监测户")]),
    batch=seldom(st.builds(Caps, **limits, cumulative=st.just(False)).map(lambda one: one if one.any else None)),
)
entries = st.builds(
    FarmEntry,
    product=st.sampled_from(PRODUCTS),
    product_group=st.sampled_from(GROUPS),
    unit=st.sampled_from(["", "", "", "亩", "亩", "头"]),
    declared=seldom(st.none(), Decimal("3")) | sizes,
    accepted=seldom(sizes),
    planned=seldom(sizes),
    area=seldom(sizes),
    cost=seldom(st.none(), Decimal(9000)) | seldom(money, Decimal("2345.67")),
    income=maybe(money),
    other_subsidy=seldom(money, Decimal(0)),
    base_kind=st.none(),
    instalment_year=st.integers(0, 4),
)


@st.composite
def households(draw: st.DrawFn, least: int = 0, most: int = 5) -> list[Applicant]:
    keys = draw(st.permutations(range(draw(st.integers(least, most)))))
    return [
        Applicant(
            key=f"{key:02}",
            code="",
            name=draw(st.sampled_from(["陈华", "李真", "麦水清"])),
            village=draw(st.sampled_from(VILLAGES)),
            group="",
            household_class=draw(maybe(st.sampled_from(HouseholdClass))),
            members=draw(st.integers(0, 4)),
            participation=draw(seldom(st.sampled_from([None, *Participation]), Participation.BASE)),
            area=draw(seldom(sizes)),
            earlier=draw(seldom(money, Decimal(0))),
            priority=draw(maybe(st.integers(0, 2))),
            entries=tuple(draw(st.lists(entries, min_size=1, max_size=3) | st.lists(entries, max_size=4))),
            own_classes=draw(st.sampled_from([(), (), ("低保户",), ("特困户",), ("特困户", "低保户"), ("五星户",)])),
        )
        for key in keys
    ]
