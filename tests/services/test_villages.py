"""Villages: what keeps one from being removed, and what follows its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import registers, villages
from fupin_desktop.services.registers import HOUSEHOLDS, Query
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import Clock, add_household, find, make_office


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path / "数据", Clock())
    yield made
    made.close()


def village_of(bench: Workbench) -> villages.VillageInfo:
    """The village in which a household was registered."""
    add_household(bench, "张三")
    return next(one for one in villages.all(bench) if one.households)


def test_a_village_with_households_stays_and_says_what_it_has(bench: Workbench) -> None:
    village = village_of(bench)
    with pytest.raises(NotAllowed, match=f"“{village.name}”还有农户 1 户，不能删除"):
        villages.remove(bench, village.key)
    assert villages.by_name(bench, village.name) is not None
    registers.remove(bench, HOUSEHOLDS, [find(bench, "张三").key])
    villages.remove(bench, village.key)
    assert villages.by_name(bench, village.name) is None


def test_households_are_found_by_the_new_name_of_their_village(bench: Workbench) -> None:
    village = village_of(bench)
    villages.update(bench, village.key, villages.VillageForm("高岭头村"))
    assert registers.count(bench, Query(HOUSEHOLDS, 2026, "高岭头")) == 1
    assert registers.count(bench, Query(HOUSEHOLDS, 2026, village.name)) == 0
