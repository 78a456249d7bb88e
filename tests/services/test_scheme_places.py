"""Whose households a scheme counts where two towns have a village of one name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import awards, scheme_places, schemes
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Household, Town, Village
from tests.services.award_office import make_bench, put_register, scheme

ROWS = {"塘㙍镇": [("陈华", "base", "5", "9000")], "黄坡镇": [("吴小保", "base", "3", "9000"), ("林贵", "base", "2", "9000")]}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """An office with 低岭村 of 塘㙍镇, 低岭村 of 黄坡镇, and 高岭村."""
    made = make_bench(tmp_path / "data")
    with made.write("test", "试") as unit:
        unit.session.add(Town(name="黄坡镇", county="吴川市"))
    for town, rows in ROWS.items():
        keys = put_register(made, rows)
        with made.write("test", "试") as unit:
            village = unit.session.get_one(Household, keys[0]).village_key
            unit.session.get_one(Village, village).town_key = unit.session.query(Town).filter_by(name=town).one().key
    put_register(made, [("黄保", "base", "4", "9000")], "高岭村")
    yield made
    made.close()


def counted(bench: Workbench, place: str) -> list[str]:
    return sorted(one.name for one in awards.applicants(bench, place, 2026))


@pytest.mark.parametrize(
    ("place", "heads"),
    [
        ("塘㙍镇低岭村", ["陈华"]), ("黄坡镇低岭村", ["吴小保", "林贵"]), ("高岭村", ["黄保"]), ("黄坡镇", ["吴小保", "林贵"]),
        ("塘㙍镇高岭村", ["黄保"]), ("塘㙍镇", ["陈华", "黄保"]), ("没有这个村", []),
    ],
)  # fmt: skip
def test_a_place_means_one_village_or_all_of_a_town(bench: Workbench, place: str, heads: list[str]) -> None:
    assert counted(bench, place) == heads


def test_a_name_of_two_villages_is_asked_for_with_its_town(bench: Workbench) -> None:
    with pytest.raises(NotAllowed) as told:
        counted(bench, "低岭村")
    assert told.value.happened == "有 2 个村叫“低岭村”(塘㙍镇、黄坡镇)，不知道方案是哪一个村的。没有测算，数据没有变动。"
    assert "塘㙍镇低岭村" in told.value.todo


def test_villages_are_offered_so_that_each_is_told_apart(bench: Workbench) -> None:
    assert sorted(scheme_places.names(bench)) == ["塘㙍镇低岭村", "高岭村", "黄坡镇低岭村"]


def test_a_scheme_of_one_of_them_counts_its_households_alone_and_finds_no_stranger(bench: Workbench) -> None:
    key = schemes.save(bench, None, scheme(place="黄坡镇低岭村")).keys[0]
    awards.recalculate(bench, key)
    run = awards.latest_run(bench, key)
    assert run is not None
    assert {award.applicant.name for award in run.result.awards} == {"吴小保", "林贵"}
    assert "household.other_village" not in {problem.code for problem in run.result.problems}


def test_a_scheme_is_kept_with_the_village_it_means(bench: Workbench) -> None:
    with bench.read() as session:
        own = session.get_one(Village, scheme_places.village_of(session, "黄坡镇低岭村"))
        assert session.get_one(Town, own.town_key).name == "黄坡镇"
        assert scheme_places.village_of(session, "低岭村") is None
        assert scheme_places.village_of(session, "塘㙍镇") is None
