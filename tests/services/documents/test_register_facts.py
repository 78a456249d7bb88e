"""The areas of 吴川 三(二)1: parts that always add up to what the register shows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.domain.vocabulary import BaseKind, HouseholdSize
from fupin_desktop.services.documents.register_facts import Parts, split_area

LARGE, SMALL = HouseholdSize.LARGE, HouseholdSize.SMALL
BASES = st.sampled_from([None, *BaseKind])


def test_each_item_belongs_to_its_base() -> None:
    items = [("cooperative", 1000), ("large", 2000), ("scattered", 4000)]
    assert split_area(7000, items, SMALL) == Parts(1000, 2000, 4000)


def test_without_a_base_the_size_decides() -> None:
    assert split_area(3000, [(None, 3000)], SMALL) == Parts(0, 0, 3000)
    assert split_area(12000, [(None, 12000)], LARGE) == Parts(0, 12000, 0)
    assert split_area(12000, [], LARGE) == Parts(0, 12000, 0)


def test_the_whole_area_of_the_register_governs() -> None:
    assert split_area(5000, [("cooperative", 3000)], SMALL) == Parts(3000, 0, 2000)
    assert split_area(3500, [("cooperative", 3000), ("scattered", 1000)], SMALL) == Parts(3000, 0, 500)
    assert split_area(2000, [("cooperative", 3000), ("large", 1000), ("scattered", 1000)], SMALL) == Parts(2000, 0, 0)


@given(
    whole=st.integers(0, 10**8),
    items=st.lists(st.tuples(BASES, st.integers(0, 10**8)), max_size=6),
    size=st.sampled_from(HouseholdSize),
)
def test_the_parts_add_up(whole: int, items: list[tuple[str | None, int]], size: HouseholdSize) -> None:
    parts = split_area(whole, items, size)
    assert parts.total == whole
    assert min(parts) >= 0


def test_areas_add_part_by_part() -> None:
    assert Parts(1, 2, 3) + Parts(10, 20, 30) == Parts(11, 22, 33)
