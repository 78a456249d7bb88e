import os
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.awards.calculator import Calculator, calculate
from fupin_desktop.policy.awards.telling import tell
from fupin_desktop.policy.rules import LumpRule, PoolRule, RateRule
from fupin_desktop.policy.scheme import AwardScheme, CostScope, SchemeItem, WhenShort
from tests.policy.award_cases import TenMu
from tests.policy.award_oracle import Oracle
from tests.policy.award_strategies import households, money, schemes, sizes

EXAMPLES = int(os.environ.get("AWARD_EXAMPLES", "40"))
SLOW = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def awards(scheme: AwardScheme, applicants: list[Applicant]) -> list[Decimal]:
    return [award.award for award in calculate(scheme, applicants, TenMu()).awards]


@SLOW
@given(schemes(), households())
def test_the_slow_oracle_agrees(scheme: AwardScheme, applicants: list[Applicant]) -> None:
    oracle = Oracle(scheme, applicants)
    result = calculate(scheme, applicants, TenMu())
    assert [Fraction(award.award) for award in result.awards] == oracle.awards()
    assert sorted(found.rate for found in result.pool_rates.values()) == sorted(oracle.pool_rates.values())
    assert sorted(Fraction(found.left) for found in result.pool_rates.values()) == sorted(oracle.left.values())


@SLOW
@given(schemes(), households(), st.randoms(use_true_random=False))
def test_order_of_input_does_not_matter(scheme: AwardScheme, applicants: list[Applicant], random) -> None:
    shuffled = list(applicants)
    random.shuffle(shuffled)
    straight, other = calculate(scheme, applicants, TenMu()), calculate(scheme, shuffled, TenMu())
    by_key = {award.applicant.key: award for award in other.awards}
    assert [award.applicant.key for award in other.awards] == [one.key for one in shuffled]
    assert all(by_key[award.applicant.key] == award for award in straight.awards)
    assert (straight.totals, straight.pool_rates, straight.problems) == (other.totals, other.pool_rates, other.problems)


@SLOW
@given(schemes(), households())
def test_limits_hold(scheme: AwardScheme, applicants: list[Applicant]) -> None:
    result = calculate(scheme, applicants, TenMu())
    assert sum(award.award for award in result.awards) == result.totals.award
    assert sum(award.computed for award in result.awards) == result.totals.computed
    assert sum(award.capped for award in result.awards) == result.totals.capped
    if scheme.money is not None and scheme.when_short is not WhenShort.STOP:
        assert result.totals.award <= scheme.money
        assert result.totals.left == scheme.money - result.totals.award
    for award in result.awards:
        assert 0 <= award.award <= award.computed.quantize(Decimal(1)) + 1
        assert award.award.as_tuple().exponent == -2
        assert award.capped <= award.computed
        if award.award:
            assert award.applicant.participation in (Participation.BASE, Participation.SCATTERED)
            if scheme.cost_scope is not CostScope.NONE:
                assert award.award <= award.cost_ceiling
                assert award.award + award.applicant.earlier <= award.cost
        if award.award == 0 or award.award < award.computed:
            assert award.reason
    codes = {problem.code for problem in result.problems}
    assert not codes & {"award.above_cost", "award.not_participating", "award.total"}


@SLOW
@given(schemes(), households())
def test_every_step_is_told(scheme: AwardScheme, applicants: list[Applicant]) -> None:
    for award in calculate(scheme, applicants, TenMu()).awards:
        numbers = [step.number for step in award.steps]
        assert numbers[0] == 0
        for step in award.steps:
            sentence = tell(step)
            assert sentence
            assert "{" not in sentence
            assert "⟦" not in sentence
            assert "None" not in sentence
        if len(award.steps) > 1:
            assert set(numbers[-2:]) == {9, 10} or numbers[-1] == 10
            before = [number for number in numbers if number not in (9, 10)]
            assert [number for number in before if number >= 6] == sorted(n for n in before if n >= 6)


@SLOW
@given(schemes(st.just(WhenShort.SCALE)), households(2), st.integers(1, 99))
def test_scaling_keeps_order_and_spends_what_it_can(scheme: AwardScheme, applicants, percent: int) -> None:
    calculator = Calculator(replace(scheme, pool=None, sources=()), TenMu())
    assessed = calculator.assess_all(applicants)
    wanted = calculator.wanted(assessed)
    assume(wanted > 0 and not any(one.weights for one in assessed))
    pool = (wanted * percent / 100).quantize(Decimal("0.01"))
    result = calculate(replace(scheme, pool=pool), applicants, TenMu())
    pairs = [(one.exact, award.award) for one, award in zip(assessed, result.awards, strict=True)]
    for exact, award in pairs:
        assert award <= exact or pool >= wanted
        assert all(award >= other for less, other in pairs if less < exact) or pool >= wanted
    if pool < wanted and result.totals.scale is not None and scheme.rounding_unit == "fen":
        cut_below_a_fen = any(award + Decimal("0.01") > exact for exact, award in pairs)
        assert result.totals.left == 0 or cut_below_a_fen


@SLOW
@given(schemes(st.just(WhenShort.STOP)), households(1, 3), sizes, money)
def test_more_cost_never_means_less(scheme: AwardScheme, applicants, more: Decimal, extra: Decimal) -> None:
    assume(all(not isinstance(item.rule, PoolRule) for item in scheme.items))
    assume(not any(isinstance(v.rule, PoolRule) for item in scheme.items for v in item.variants))
    raised = [
        one._replace(entries=tuple(e if e.cost is None else e._replace(cost=e.cost + extra) for e in one.entries))
        for one in applicants
    ]
    assert all(a <= b for a, b in zip(awards(scheme, applicants), awards(scheme, raised), strict=True))


plain_kinds = st.sampled_from([RateRule, LumpRule])


@SLOW
@given(schemes(st.just(WhenShort.STOP)), households(1, 3), plain_kinds, money, money)
def test_more_rate_never_means_less(scheme: AwardScheme, applicants, kind, low: Decimal, extra: Decimal):
    def at(rate: Decimal) -> AwardScheme:
        rule = RateRule(rate) if kind is RateRule else LumpRule(Decimal(3), rate)
        first = replace(scheme.items[0], rule=rule, variants=())
        return replace(scheme, items=(first, *scheme.items[1:]))

    assume(not any(isinstance(one.rule, PoolRule) for item in scheme.items[1:] for one in (item, *item.variants)))
    # The first item takes its part of a group's cap before its own cost ceiling cuts it: the next item may lose by it.
    assume(scheme.cost_scope is not CostScope.ITEM or not scheme.group_caps)
    assert all(a <= b for a, b in zip(awards(at(low), applicants), awards(at(low + extra), applicants), strict=True))


@SLOW
@given(schemes(st.just(WhenShort.STOP)), sizes, sizes, money, households(1, 1))
def test_more_quantity_never_means_less(scheme: AwardScheme, less: Decimal, more: Decimal, rate: Decimal, applicants):
    item = SchemeItem("项目", "亩", RateRule(rate=rate), products=("水稻",), minimum=Decimal("0.5"))
    scheme = replace(scheme, items=(replace(item, quantity_cap=Decimal(10)),))
    assume(applicants[0].entries)
    first = applicants[0].entries[0]._replace(product="水稻", unit="亩", accepted=None, planned=None)

    def award(quantity: Decimal) -> Decimal:
        return awards(scheme, [applicants[0]._replace(entries=(first._replace(declared=quantity),))])[0]

    assume(scheme.other_subsidy != "deduct")
    assert award(min(less, more)) <= award(max(less, more))


@SLOW
@given(schemes(), households(1), st.data())
def test_replacing_one_household_is_the_same_as_calculating_anew(scheme: AwardScheme, applicants, data) -> None:
    calculator = Calculator(scheme, TenMu())
    assessed = calculator.assess_all(applicants)
    at = data.draw(st.integers(0, len(applicants) - 1))
    changed = [*applicants]
    changed[at] = changed[at]._replace(members=5, participation=Participation.BASE)
    assessed[at] = calculator.assess(changed[at])
    assert calculator.settle(assessed) == calculate(scheme, changed, TenMu())


@pytest.mark.parametrize("when_short", [WhenShort.SCALE, WhenShort.PRIORITY])
def test_ties_fall_by_the_register_and_not_by_keys(when_short: WhenShort) -> None:
    """A data file gives households keys of its own; the awards are those of the workbook all the same."""
    rule = RateRule(rate=Decimal(1))
    item = SchemeItem("水稻", "亩", rule, products=("水稻",))
    scheme = AwardScheme(name="方案", place="低岭村", year=2026, items=(item,), pool=Decimal("1"), when_short=when_short)
    entry = FarmEntry("水稻", "种植", "亩", Decimal(1), None, None, None, Decimal(9), None, Decimal(0), None, 1)
    awards = []
    for keys in ("abc", "cba"):
        households = [
            Applicant(key, code, "户", "低岭村", "", None, 1, Participation.BASE, None, Decimal(0), None, (entry,))
            for key, code in zip(keys, ("1", "2", "3"), strict=True)
        ]
        awards.append([one.award for one in calculate(scheme, households, TenMu()).awards])
    assert awards[0] == awards[1]
    assert awards[0][0] > awards[0][2]
