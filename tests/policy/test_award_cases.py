from fractions import Fraction
from typing import Any

import pytest

from fupin_desktop.policy.awards.calculator import calculate
from fupin_desktop.policy.awards.telling import tell
from fupin_desktop.policy.results import HouseholdAward
from fupin_desktop.policy.rules import all_kinds
from tests.policy.award_cases import Case, TenMu, arithmetic, cases

CASES = list(cases())


def compare(award: HouseholdAward, expected: dict[str, Any]) -> None:
    """One household with what its case expects of it."""
    name, told = award.applicant.name, [tell(step) for step in award.steps]
    assert Fraction(award.award) == arithmetic(expected["award"]), f"{name}: {told}"
    if "reason" in expected:
        assert award.reason == expected["reason"], name
    if "size" in expected:
        assert award.size.label == expected["size"], name
    if "computed" in expected:
        assert Fraction(award.computed) == arithmetic(expected["computed"]), name
    if "items" in expected:
        amounts = {one.item: one.amount for one in award.items}
        assert amounts == {item: arithmetic(text) for item, text in expected["items"].items()}
    if "numbers" in expected:
        assert [step.number for step in award.steps] == expected["numbers"], told
    for sentence in expected.get("says", ()):
        assert any(sentence in one for one in told), f"{sentence} not in {told}"


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case) -> None:
    result = calculate(case.scheme, case.applicants, TenMu())
    for award, expected in zip(result.awards, case.expected, strict=True):
        compare(award, expected)
    codes = {problem.code for problem in result.problems}
    assert codes >= set(case.expect.get("problems", ()))
    if "left" in case.expect:
        assert Fraction(result.totals.left) == arithmetic(case.expect["left"])
    if "total" in case.expect:
        assert Fraction(result.totals.award) == arithmetic(case.expect["total"])
    if "scale" in case.expect:
        assert result.totals.scale == tuple(case.expect["scale"])
    if "participating" in case.expect:
        assert result.totals.participating == case.expect["participating"]
    for item, rate in case.expect.get("pool_rates", {}).items():
        assert result.pool_rates[item].rate == arithmetic(rate)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_every_case_adds_up_and_explains_itself(case: Case) -> None:
    result = calculate(case.scheme, case.applicants, TenMu())
    assert sum(award.award for award in result.awards) == result.totals.award
    for award in result.awards:
        if award.award == 0 or award.award < award.computed:
            assert award.reason
        assert [step for step in award.steps if step.number in (0, 10)]
        assert award.steps[-1].result in (award.award, None) or award.steps[-1].number == 9


def test_every_kind_of_rule_has_a_case() -> None:
    used = {type(rule) for case in CASES for item in case.scheme.items for rule in (item.rule,)}
    assert used == set(all_kinds())


def test_arithmetic_is_exact() -> None:
    assert arithmetic("9.999 * 240") == Fraction("2399.76")
    assert arithmetic("half_up(1 / 3) + down(2.999)") == Fraction("0.33") + Fraction("2.99")
    assert arithmetic("-0.01 + max(1, 2)") == Fraction("1.99")
