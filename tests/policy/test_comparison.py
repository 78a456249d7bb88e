"""Villages compared by weighted indicators (清远 二20) and figures held against targets (清远 一(二), 吴川 二)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.paths import resources
from fupin_desktop.policy import targets
from fupin_desktop.policy.comparison import INDICATORS, assessed, ranked, titles
from fupin_desktop.policy.parameters import load_parameters
from fupin_desktop.policy.targets import Aim, Standing, aim_of, standing

PARAMETERS = load_parameters(resources() / "policy")
DAY = date(2020, 6, 30)
D = Decimal


def figures(**given: Any) -> dict[str, Decimal | None]:
    """A village's figures; what is not given is not measured."""
    return {one.key: D(given[one.key]) if one.key in given else None for one in INDICATORS}


def weights(**given: int) -> dict[str, Decimal]:
    return {name: D(weight) for name, weight in given.items()}


def places(found: list[Any]) -> list[tuple[str, str, int]]:
    return [(one.name, str(one.total), one.rank) for one in found]


def test_a_share_is_its_own_score_and_a_number_is_held_against_the_best() -> None:
    found = ranked(
        {"低岭村": figures(coverage="80", linked="30"), "那罗村": figures(coverage="50", linked="60")},
        weights(coverage=60, linked=40),
    )
    assert places(found) == [("那罗村", "70.00", 1), ("低岭村", "68.00", 2)]
    assert {name: str(score) for name, score in found[1].scores.items() if score} == {"coverage": "80.00", "linked": "50.00"}


def test_what_is_not_measured_scores_nothing() -> None:
    found = ranked({"低岭村": figures(coverage="80"), "那罗村": figures(linked="1")}, weights(coverage=1, linked=1))
    assert places(found) == [("那罗村", "50.00", 1), ("低岭村", "40.00", 2)]


def test_nobody_with_a_figure_is_no_division_by_nothing() -> None:
    assert places(ranked({"低岭村": figures(), "那罗村": figures(linked="0")}, weights(linked=5))) == [
        ("低岭村", "0.00", 1), ("那罗村", "0.00", 1),
    ]  # fmt: skip


def test_a_share_above_a_hundred_or_below_nothing_stays_within_the_scale() -> None:
    found = ranked({"甲": figures(income="250"), "乙": figures(income="-30"), "丙": figures(income="99.995")}, weights(income=1))
    assert places(found) == [("甲", "100.00", 1), ("丙", "100.00", 1), ("乙", "0.00", 3)]


def test_equal_sums_have_one_rank_and_the_next_one_counts_on() -> None:
    same = figures(coverage="80")
    found = ranked({"甲": same, "乙": figures(coverage="90"), "丙": same, "丁": figures(coverage="10")}, weights(coverage=3))
    assert [(one.name, one.rank) for one in found] == [("乙", 1), ("甲", 2), ("丙", 2), ("丁", 4)]


@pytest.mark.parametrize("given_weights", [{}, {"coverage": D(0), "linked": D(0)}])
def test_without_weights_everybody_is_first(given_weights: dict[str, Decimal]) -> None:
    found = ranked({"甲": figures(coverage="80"), "乙": figures(coverage="10")}, given_weights)
    assert places(found) == [("甲", "0", 1), ("乙", "0", 1)]


def test_no_village_is_no_comparison() -> None:
    assert ranked({}, weights(coverage=1)) == []


amounts = st.one_of(st.none(), st.decimals(-50, 500, places=2))
villages = st.dictionaries(
    st.text("甲乙丙丁戊", min_size=1, max_size=3), st.fixed_dictionaries({one.key: amounts for one in INDICATORS}), max_size=5
)
some_weights = st.fixed_dictionaries({one.key: st.integers(0, 30).map(D) for one in INDICATORS})


@given(villages, some_weights, st.integers(1, 9), st.randoms())
def test_order_of_the_input_and_scale_of_the_weights_change_nothing(
    rows: dict[str, Any], given_weights: dict[str, Decimal], times: int, chance: Any
) -> None:
    found = {one.name: (one.total, one.rank) for one in ranked(rows, given_weights)}
    mixed = list(rows.items())
    chance.shuffle(mixed)
    heavier = {name: weight * times for name, weight in given_weights.items()}
    assert {one.name: (one.total, one.rank) for one in ranked(dict(mixed), heavier)} == found
    for total, rank in found.values():
        assert 0 <= total <= 100
        assert rank == 1 + sum(other > total for other, _ in found.values())


def test_what_the_policy_assesses_chooses_the_indicators() -> None:
    assert [one.key for one in assessed(("服务体系建设",))] == ["trained", "guided"]
    assert assessed(()) == ()
    every = PARAMETERS.value("assessment_contents", DAY).value
    assert assessed(every) == INDICATORS
    assert len(set(titles())) == len(titles()) == len(INDICATORS)


@pytest.mark.parametrize(
    ("actual", "low", "high", "stands"),
    [
        (0, 2, 3, Standing.NONE), (None, 2, 3, Standing.NONE), (1, 2, 3, Standing.SHORT), (2, 2, 3, Standing.REACHED),
        (3, 2, 3, Standing.REACHED), (4, 2, 3, Standing.ABOVE), (400, 1, None, Standing.REACHED),
        (0, 0, None, Standing.OPEN), (5, 0, 3, Standing.OPEN), (None, 0, None, Standing.OPEN),
    ],
)  # fmt: skip
def test_a_figure_stands_against_its_target(actual: int | None, low: int, high: int | None, stands: Standing) -> None:
    assert standing(actual, Aim(low, high, None)) is stands


@pytest.mark.parametrize(
    ("key", "there", "low", "high", "due"),
    [
        ("industries", None, 2, 3, 2020), ("focus_demonstrations", None, 2, 3, 2020), ("scattered_demonstrations", 7, 2, 3, 2020),
        ("demonstration_towns", None, 2, 3, 2020), ("cases", None, 1, None, 2020), ("product_villages", 9, 1, None, 2020),
        ("leaders", 5, 5, None, 2020), ("leaders", None, 0, None, 2020), ("bases", 0, 0, None, 2020), ("skills", 120, 120, None, 2020),
    ],
)  # fmt: skip
def test_a_target_comes_from_the_documents_or_from_what_there_is(
    key: str, there: int | None, low: int, high: int | None, due: int
) -> None:
    one = next(one for one in targets.INDICATORS if one.key == key)
    assert aim_of(one, PARAMETERS, DAY, there) == Aim(low, high, date(due, 12, 31))


def test_every_target_rests_on_a_clause_that_can_be_read() -> None:
    for one in targets.INDICATORS:
        assert PARAMETERS.clause(one.clause).text
    assert len(set(targets.titles())) == len(targets.INDICATORS)
