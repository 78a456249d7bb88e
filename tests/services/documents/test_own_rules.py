"""What the checks make of the office's registers, ledger and own forms."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from fupin_desktop import paths
from fupin_desktop.domain.vocabulary import FundKind, HouseholdClass
from fupin_desktop.services import documents, funds, history, registers, villages
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, CellEdit
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Household, Village
from tests.services.documents import office
from tests.services.documents.office import HOUSEHOLD, VILLAGE
from tests.services.register_office import find


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made, _ = office.make(tmp_path)
    yield made
    made.close()


def own_form(bench: Workbench, change: Callable[[str], str]) -> None:
    folder = bench.data_folder / "forms" / VILLAGE
    folder.mkdir(parents=True)
    text = (paths.forms() / VILLAGE / "form.toml").read_text("utf-8")
    changed = change(text)
    assert changed != text
    (folder / "form.toml").write_text(changed, "utf-8")


def test_no_own_form_makes_an_area_typed(bench: Workbench) -> None:
    own_form(bench, lambda text: re.sub(r'bind = "area\.large", ?', "", text))
    opened = documents.open_document(bench, office.begin(bench))
    assert "area_large" in opened.locked
    assert "应与内置表样相同" in opened.form_note


def test_a_village_that_does_not_take_part_needs_a_reason(bench: Workbench) -> None:
    key = office.begin(bench, VILLAGE, office.village_key(bench, "那罗村"))
    assert {"participants", "area_zero"} <= set(office.codes(bench, key))


@pytest.mark.parametrize("year", [2026, 2025])
def test_money_bound_to_its_plan_in_the_ledger_needs_no_reason(bench: Workbench, year: int) -> None:
    key = office.begin(bench, values={**office.VILLAGE_VALUES, "investment_per_head": "20000"})
    assert "original_plan" in office.codes(bench, key)
    form = funds.FundForm(FundKind.PER_HEAD_20000, "光伏资金", Decimal(20000), original_plan="光伏项目", year=year)
    funds.add(bench, form)
    assert "original_plan" not in office.codes(bench, key)


def test_a_household_s_form_follows_its_register(bench: Workbench) -> None:
    place = next(one for one in documents.places(bench, HOUSEHOLD) if "李亚保" in one.name)
    key = office.begin(bench, HOUSEHOLD, place.key, {"statement": "种植水稻，申请奖补。", "accepted_on": "2026-3-2"})
    assert office.codes(bench, key) == {}
    item = find(bench, "李亚保", FARM_ITEMS).key
    registers.set_cells(bench, FARM_ITEMS, [CellEdit(item, "accepted", "11")])
    assert "台账是 11" in office.codes(bench, key)["register_items"]
    office.fill(bench, key, {"items[0].accepted": "11"})
    assert office.codes(bench, key) == {}


def test_only_registered_households_are_counted_as_poor(bench: Workbench) -> None:
    key = office.begin(bench)
    assert documents.open_document(bench, key).data["poor_households"] == 2
    household = find(bench, "陈康").key
    registers.set_cells(bench, HOUSEHOLDS, [CellEdit(household, "household_class", HouseholdClass.EDGE.label)])
    data = documents.open_document(bench, key).data
    assert data["poor_households"] == 1
    assert len(data["households"]) == 2


def test_drafts_follow_a_village_s_new_name_and_signed_ones_keep_theirs(bench: Workbench) -> None:
    key = office.begin(bench)
    village = office.village_key(bench)
    villages.update(bench, village, villages.VillageForm("低岭新村", leader="陈观保"))
    assert documents.open_document(bench, key).line.place == "低岭新村"
    assert documents.open_document(bench, key).data["village"] == "低岭新村"
    history.undo(bench)
    assert documents.open_document(bench, key).line.place == "低岭村"
    documents.submit(bench, key)
    villages.update(bench, village, villages.VillageForm("低岭新村"))
    assert documents.open_document(bench, key).data["village"] == "低岭村"
    assert villages.form(bench, village).name == "低岭新村"


def test_households_are_listed_group_by_group_in_the_order_of_their_numbers(bench: Workbench) -> None:
    for group in ("十组", "三组"):
        registers.add(bench, HOUSEHOLDS, {"head_name": "林土养", "village": "低岭村", "group_name": group})
    names = [place.name.split() for place in documents.places(bench, HOUSEHOLD)]
    assert [words[1] for words in names if len(words) == 3] == ["一组", "二组", "三组", "十组"]


def test_the_list_of_households_is_printed_group_by_group_in_the_order_of_their_numbers(bench: Workbench) -> None:
    """The list is attached to the village's form; typed anew in any other order the village would not find anybody."""
    for group in ("十一组", "十组", "三组"):
        values = {"head_name": f"户{group}", "village": "低岭村", "group_name": group, "kind": "分散参与", "members": "1"}
        registers.add(bench, HOUSEHOLDS, values)
    rows = documents.open_document(bench, office.begin(bench)).data["households"]
    assert [row["group"] for row in rows] == ["一组", "二组", "三组", "十组", "十一组"]


def test_households_of_two_villages_of_one_name_stay_apart(bench: Workbench) -> None:
    with bench.write("tests.village", "同名村") as unit:
        first = unit.session.get_one(Village, office.village_key(bench))
        other = Village(town_key=first.town_key, name=first.name, position=first.position, code="440883107999")
        unit.session.add(other)
        unit.session.flush()
        for number, group in enumerate(("一组", "二组")):
            unit.session.add(Household(
                village_key=other.key, head_name=f"另村{number}", head_sort="a", group_name=group, code=f"x{number}",
            ))  # fmt: skip
    names = [place.name.split()[-1] for place in documents.places(bench, HOUSEHOLD)]
    apart = [name.startswith("另村") for name in names]
    assert sum(one != other for one, other in itertools.pairwise(apart)) == 1, names
