"""Exact amounts: no calculation loses anything, and only step 10 rounds, on both sides of every half."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.policy import exact
from fupin_desktop.policy.exact import FEN_DOWN, Exact, Rounding, RoundingMode, RoundingUnit

D, F = Decimal, Fraction
FEN, JIAO, YUAN = RoundingUnit.FEN, RoundingUnit.JIAO, RoundingUnit.YUAN
HALF_UP, DOWN = RoundingMode.HALF_UP, RoundingMode.DOWN


@pytest.fixture(autouse=True, scope="module")
def exactly() -> Iterator[None]:
    """As the calculator works."""
    with localcontext(exact.EXACT):
        yield


@pytest.mark.parametrize(
    ("unit", "mode", "value", "rounded"),
    [
        (FEN, HALF_UP, D("1.005"), "1.01"), (FEN, HALF_UP, D("1.00499"), "1.00"), (FEN, HALF_UP, D("1.015"), "1.02"),
        (FEN, DOWN, D("1.00999"), "1.00"), (FEN, DOWN, D("1.01"), "1.01"),
        (FEN, HALF_UP, F(1, 3), "0.33"), (FEN, HALF_UP, F(2, 3), "0.67"), (FEN, DOWN, F(2, 3), "0.66"),
        (FEN, HALF_UP, F(1, 200), "0.01"), (FEN, HALF_UP, F(499, 100_000), "0.00"), (FEN, DOWN, F(1, 200), "0.00"),
        (JIAO, HALF_UP, D("2.35"), "2.40"), (JIAO, HALF_UP, D("2.3499"), "2.30"), (JIAO, DOWN, D("2.39"), "2.30"),
        (JIAO, HALF_UP, F(7, 3), "2.30"), (JIAO, HALF_UP, F(47, 20), "2.40"), (JIAO, DOWN, F(8, 3), "2.60"),
        (YUAN, HALF_UP, D("99.5"), "100.00"), (YUAN, HALF_UP, D("99.49"), "99.00"), (YUAN, DOWN, D("99.99"), "99.00"),
        (YUAN, HALF_UP, F(199, 2), "100.00"), (YUAN, HALF_UP, F(298, 3), "99.00"), (YUAN, DOWN, F(299, 3), "99.00"),
        (YUAN, HALF_UP, D(0), "0.00"), (YUAN, HALF_UP, F(0), "0.00"),
    ],
)  # fmt: skip
def test_an_award_is_rounded_as_its_scheme_says(unit: RoundingUnit, mode: RoundingMode, value: Exact, rounded: str) -> None:
    assert str(Rounding(unit, mode).by_mode(value)) == rounded


@pytest.mark.parametrize(("value", "down"), [(D("0.019"), "0.01"), (F(199, 100), "1.99"), (F(5, 3), "1.66"), (D("1.66"), "1.66")])
def test_what_is_rounded_down_is_so_whatever_the_mode(value: Exact, down: str) -> None:
    assert str(FEN_DOWN.down(value)) == str(Rounding(FEN, HALF_UP).down(value)) == down


@pytest.mark.parametrize(
    ("left", "right", "left_over"),
    [
        (D("1.00"), D("1.00"), D(0)), (D("1.00"), D("1.01"), D(0)), (D("1.01"), D("1.00"), D("0.01")),
        (F(1, 3), F(1, 3), D(0)), (F(1, 3), D("0.5"), D(0)), (D("0.5"), F(1, 3), F(1, 6)), (F(4, 3), D(1), F(1, 3)),
        (F(5, 6), F(1, 3), D("0.5")), (D(0), F(1, 3), D(0)), (F(1, 3), D(0), F(1, 3)),
    ],
)  # fmt: skip
def test_no_difference_is_below_nothing(left: Exact, right: Exact, left_over: Exact) -> None:
    found = exact.minus(left, right)
    assert (found, type(found)) == (left_over, type(left_over))


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    [
        (F(1, 3), "0.333333", "1/3"), (F(2, 3), "0.666667", "2/3"), (F(1, 7), "0.142857", "1/7"),
        (F(1, 3) * 10**7, "3333333.333333", "10000000/3"), (D("1.10"), "1.10", None),
    ],
)  # fmt: skip
def test_a_number_without_end_is_shown_with_six_decimals_and_told_exactly(value: Exact, shown: str, text: str | None) -> None:
    assert (str(exact.shown(value)), exact.exact_text(value)) == (shown, text)


decimals = st.decimals(0, 10**9, places=6, allow_nan=False, allow_infinity=False)
numbers: st.SearchStrategy[Exact] = decimals | st.fractions(0, 10**6, max_denominator=10**4).map(exact.settled)


@given(numbers, numbers)
def test_every_calculation_is_that_of_fractions(left: Exact, right: Exact) -> None:
    assert F(exact.plus(left, right)) == F(left) + F(right)
    assert F(exact.times(left, right)) == F(left) * F(right)
    assert F(exact.minus(left, right)) == max(F(left) - F(right), F(0))
    if right:
        assert F(exact.over(left, right)) == F(left) / F(right)


@given(st.lists(numbers, max_size=9))
def test_a_sum_is_the_same_in_whatever_order_it_is_made(values: list[Exact]) -> None:
    assert F(exact.total(values)) == sum(map(F, values), F(0)) == F(exact.total(values[::-1]))


@given(numbers, st.sampled_from(RoundingUnit), st.sampled_from(RoundingMode))
def test_rounding_moves_an_amount_by_less_than_its_unit_and_the_same_in_either_form(value: Exact, unit: RoundingUnit, mode: RoundingMode) -> None:
    rounding = Rounding(unit, mode)
    found, step = F(rounding.by_mode(value)), F(exact.UNITS[unit])
    assert found % step == 0
    if mode is DOWN:
        assert 0 <= F(value) - found < step
    else:
        assert -step / 2 <= F(value) - found < step / 2
    if isinstance(value, Decimal):
        assert rounding.by_mode(value) == exact._to_decimal(F(value), exact.UNITS[unit], exact.MODES[mode])
