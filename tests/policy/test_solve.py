from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fupin_desktop.errors import Cancelled, NotAllowed
from fupin_desktop.policy.awards.calculator import Calculator
from fupin_desktop.policy.awards.solve import scaled_rule, solve_rate
from fupin_desktop.policy.rules import (
    AmountRule,
    InstalmentsRule,
    LumpRule,
    LumpStep,
    PoolRule,
    RateRule,
    ShareRule,
    StepsRule,
    Tier,
    TierMeasure,
    TiersRule,
)
from fupin_desktop.policy.scheme import AwardScheme, CostScope, WhenShort
from tests.policy.award_cases import TenMu
from tests.policy.award_strategies import RULES, households, items, money, schemes
from tests.policy.test_checks import GOOD, LUMP, RATE, TIERS, household

FAMILY = [household("1", "12"), household("2", "3"), household("3", "4.5")]


def with_rule(rule: AmountRule, pool: str | None) -> AwardScheme:
    first = replace(GOOD.items[0], rule=rule)
    return replace(GOOD, items=(first, GOOD.items[1]), sources=(), pool=None if pool is None else Decimal(pool))


def test_the_rate_that_uses_the_pool_up() -> None:
    solution = solve_rate(with_rule(RATE, "6000"), FAMILY, TenMu(), "水稻")
    assert solution.scheme.items[0].rule.rate == Decimal("307.69")
    assert solution.result.totals.award == Decimal("307.69") * Decimal("19.5") + Decimal("0.005")
    assert solution.result.totals.scale is None
    scheme, result = solution
    assert scheme.items[1] == GOOD.items[1]
    assert result.scheme is scheme


@pytest.mark.parametrize(("pool", "rate"), [("1949.99", "99.99"), ("1950.00", "100.00"), ("1950.01", "100.00")])
def test_the_last_fen(pool: str, rate: str) -> None:
    solution = solve_rate(with_rule(RATE, pool), FAMILY, TenMu(), "水稻")
    assert solution.scheme.items[0].rule.rate == Decimal(rate)


def test_tiers_keep_their_proportion() -> None:
    rates = [tier.rate for tier in solve_rate(with_rule(TIERS, "6000"), FAMILY, TenMu(), "水稻").scheme.items[0].rule.tiers]
    assert rates[0] == (rates[1] * 100 * 240 / 320).__floor__() / Decimal(100)
    assert rates[1] > 320


def test_where_cost_binds_the_lowest_rate_that_gives_all() -> None:
    poor = [household("1", "2", cost="500"), household("2", "3", cost="600")]
    solution = solve_rate(with_rule(RATE, "99999"), poor, TenMu(), "水稻")
    assert solution.result.totals.award == 1100
    assert solution.scheme.items[0].rule.rate == Decimal("250.00")


@pytest.mark.parametrize(("bananas", "award"), [("3", 800), ("30", 3500)])
def test_a_ceiling_shared_with_an_item_that_its_cost_cuts_down_is_not_taken_from_the_other(bananas: str, award: int) -> None:
    scheme = with_rule(RATE, "99999")
    shared = replace(
        scheme, items=tuple(replace(item, cap_group="甲") for item in scheme.items), group_caps={"甲": Decimal(4000)},
        cost_scope=CostScope.ITEM,
    )
    planted = household("1", "2", cost="500")
    both = planted._replace(entries=(*planted.entries, *household("1", bananas, product="香蕉").entries))
    solution = solve_rate(shared, [both], TenMu(), "水稻")
    assert (solution.scheme.items[0].rule.rate, solution.result.totals.award) == (Decimal("250.00"), award)


def test_lumps_steps_and_instalments() -> None:
    steps = StepsRule(measure=TierMeasure.ITEM_QUANTITY,
        steps=(LumpStep(Decimal(1), Decimal(100)), LumpStep(Decimal(10), Decimal(300))),
    )
    years = InstalmentsRule(by_year=(Decimal(300), Decimal(100)))
    assert scaled_rule(steps, 15000).steps[0].amount == 50
    assert scaled_rule(years, 10000).by_year == (100, Decimal("33.33"))
    assert solve_rate(with_rule(LUMP, "1000"), FAMILY, TenMu(), "水稻").scheme.items[0].rule.amount == Decimal("333.33")
    assert solve_rate(with_rule(steps, "1000"), FAMILY, TenMu(), "水稻").result.totals.award <= 1000
    assert solve_rate(with_rule(years, "1000"), FAMILY, TenMu(), "水稻").result.totals.award <= 1000


@pytest.mark.parametrize(
    ("scheme", "item", "words"),
    [
        (with_rule(RATE, "1"), "玉米", "没有“玉米”"),
        (with_rule(RATE, None), "水稻", "没有写资金总额"),
        (with_rule(PoolRule(pool=Decimal(9)), "1"), "水稻", "总额÷总量"),
        (with_rule(ShareRule(share=Decimal(1)), "1"), "水稻", "按成本或收入比例"),
        (with_rule(replace(TIERS, tiers=(Tier(Decimal(0), Decimal(0)),)), "1"), "水稻", "都是 0"),
        (with_rule(RATE, "299.99"), "水稻", "仍超过可用资金"),
    ],
)
def test_what_cannot_be_solved_is_said(scheme: AwardScheme, item: str, words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        solve_rate(scheme, [*FAMILY, household("4", "3", product="香蕉")], TenMu(), item)


def test_nobody_grows_it() -> None:
    solution = solve_rate(with_rule(RATE, "1"), [], TenMu(), "水稻")
    assert solution.scheme.items[0].rule.rate == 0


def test_it_can_be_cancelled() -> None:
    def stop(done: int, total: int, text: str) -> None:
        assert text == "正在反推标准"
        if done > 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        solve_rate(with_rule(RATE, "6000"), FAMILY, TenMu(), "水稻", stop)


solvable = st.one_of([RULES[kind] for kind in (RateRule, TiersRule, StepsRule, LumpRule)])


@settings(max_examples=40, deadline=None)
@given(schemes(st.sampled_from(WhenShort)), items(0, solvable), households(1, 4), money)
def test_nothing_higher_fits(scheme: AwardScheme, item, applicants, pool) -> None:
    scheme = replace(scheme, items=(item, *scheme.items[1:]), pool=pool)
    try:
        solution = solve_rate(scheme, applicants, TenMu(), item.name)
    except NotAllowed:
        assume(False)
    assert solution.result.totals.award <= scheme.money
    assert solution.result.totals.scale is None
    rates = solution.scheme.items[0].rule.rates()
    higher = replace(scheme.items[0], rule=scaled_rule(item.rule, int(max(rates) * 100) + 1))
    calculator = Calculator(replace(scheme, items=(higher, *scheme.items[1:])), TenMu())
    wanted = calculator.wanted(calculator.assess_all(applicants))
    assert wanted > scheme.money or wanted == solution.result.totals.award
