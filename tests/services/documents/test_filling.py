"""Making applications and typing into them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents, history, offices, registers
from fupin_desktop.services.registers import FARM_ITEMS, CellEdit
from fupin_desktop.services.workbench import Workbench
from tests.services.documents import office
from tests.services.documents.office import HOUSEHOLD, TARGETS, TOWN, VILLAGE
from tests.services.register_office import find


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made, _ = office.make(tmp_path)
    yield made
    made.close()


def test_a_new_application_begins_with_what_is_known(bench: Workbench) -> None:
    key = office.begin(bench, values={})
    opened = documents.open_document(bench, key)
    assert opened.editable
    assert opened.data["village"] == "低岭村"
    assert opened.data["town"] == "塘㙍镇"
    assert opened.data["applicant"] == "低岭村委会"
    assert opened.data["reported_on"] == date(2026, 3, 2)
    assert opened.line.state is ApplicationState.DRAFT
    assert opened.line.blocking
    assert {"village", "area_total", "opinion_village", "investment_total", "households"} <= opened.locked
    assert "industry" not in opened.locked


def test_areas_come_from_the_register_and_are_never_typed(bench: Workbench) -> None:
    key = office.begin(bench)
    data = documents.open_document(bench, key).data
    parts = [data[name] for name in ("area_cooperative", "area_large", "area_scattered", "area_total")]
    assert parts == [Decimal("12.500"), Decimal(0), Decimal("2.000"), Decimal("14.500")]
    assert [one["head"] for one in data["households"]] == ["李亚保", "陈康"]
    assert (data["participating_large"], data["participating_small"]) == (1, 1)
    assert documents.set_values(bench, key, {"area_total": "99"}).faults["area_total"].startswith("这一栏由程序")
    item = find(bench, "陈康", FARM_ITEMS).key
    registers.set_cells(bench, FARM_ITEMS, [CellEdit(item, "area", "11")])
    data = documents.open_document(bench, key).data
    assert (data["area_large"], data["area_scattered"], data["area_total"]) == (11, 0, Decimal("23.5"))


def test_the_rows_behind_a_number_are_shown(bench: Workbench) -> None:
    key = office.begin(bench)
    behind = documents.rows_behind(bench, key, "area_cooperative")
    assert [row[2] for row in behind.rows] == ["李亚保", "1 户"]
    assert behind.rows[-1][-1] == "12.500"
    assert documents.rows_behind(bench, key, "poor_persons").rows[-1][4] == "7"
    total = documents.rows_behind(bench, key, "investment_total")
    assert total.rows[-1] == ("投资概算合计", "230,000.00")
    assert documents.rows_behind(bench, key, "village").rows == (("村资料", "低岭村"),)
    with pytest.raises(NotAllowed, match="填写的"):
        documents.rows_behind(bench, key, "industry")
    for field in documents.open_document(bench, key).form.fields.values():
        if field.locked:
            assert documents.rows_behind(bench, key, field.name).title


def test_every_edit_is_one_change_that_can_be_undone(bench: Workbench) -> None:
    key = office.begin(bench, values={})
    for value in ("水稻", "番薯"):
        outcome = documents.set_values(bench, key, {"industry": value})
        assert outcome.change is not None
        assert outcome.change.keys == (key,)
        assert outcome.change.nouns == {"applications"}
    assert history.can_undo(bench) == "填写低岭村申报表“特色产业（一村一品）”"
    undone = history.undo(bench)
    assert undone is not None
    assert key in undone.keys
    assert documents.open_document(bench, key).typed["industry"] == "水稻"
    history.redo(bench)
    assert documents.open_document(bench, key).typed["industry"] == "番薯"
    for _ in range(3):
        history.undo(bench)
    assert documents.lines(bench, 2026) == []


def test_a_wrong_text_is_refused_with_its_sentence_and_nothing_is_kept(bench: Workbench) -> None:
    key = office.begin(bench, values={})
    outcome = documents.set_values(bench, key, {"industry": "水稻", "households_all": "很多", "gone": "x"})
    assert outcome.change is None
    assert set(outcome.faults) == {"households_all", "gone"}
    assert documents.open_document(bench, key).typed["industry"] is None
    assert documents.set_values(bench, key, {"industry": ""}).change is None


def test_a_date_may_be_typed_without_its_year(bench: Workbench) -> None:
    key = office.begin(bench, values={"reported_on": "3.1"})
    assert documents.open_document(bench, key).data["reported_on"] == date(2026, 3, 1)


def test_rows_of_a_list_are_typed_added_and_replaced(bench: Workbench) -> None:
    key = office.begin(bench, TARGETS, "水稻基地项目", values={})
    assert documents.open_document(bench, key).data["project"] == "水稻基地项目"
    office.fill(bench, key, {"output_quantity[1].name": "种植面积"})
    assert documents.open_document(bench, key).data["output_quantity"] == [{}, {"name": "种植面积"}]
    documents.set_list(bench, key, "output_quantity", [{"name": "面积", "target": "300 亩"}, {"name": "户数"}])
    rows = documents.open_document(bench, key).data["output_quantity"]
    assert rows == [{"name": "面积", "target": "300 亩"}, {"name": "户数"}]
    documents.set_list(bench, key, "output_quantity", [])
    assert documents.open_document(bench, key).data["output_quantity"] is None
    assert documents.set_list(bench, key, "fund_total", []).faults
    house = office.begin(bench, HOUSEHOLD)
    faults = documents.set_list(bench, house, "items", [{"product": "水稻", "declared": "很多"}]).faults
    assert set(faults) == {"items[0].declared"}
    assert documents.set_values(bench, house, {"items[5000].product": "x"}).faults


def test_a_project_follows_its_name(bench: Workbench) -> None:
    key = office.begin(bench, TARGETS, "旧名")
    office.fill(bench, key, {"project": "新名"})
    assert documents.open_document(bench, key).line.place == "新名"


def test_a_place_has_one_application_a_year(bench: Workbench) -> None:
    office.begin(bench)
    place = next(one for one in documents.places(bench, VILLAGE) if one.name == "低岭村")
    assert place.taken
    with pytest.raises(NotAllowed, match="已有 2026 年度"):
        documents.create(bench, VILLAGE, place.key)
    with pytest.raises(NotAllowed, match="被删除"):
        documents.create(bench, VILLAGE, "0" * 32)
    with pytest.raises(NotAllowed, match="项目名称"):
        documents.create(bench, TARGETS, "  ")


def test_places_are_villages_the_town_households_and_projects(bench: Workbench) -> None:
    assert [one.name for one in documents.places(bench, VILLAGE)] == ["低岭村", "那罗村"]
    assert [one.name for one in documents.places(bench, TOWN)] == ["塘㙍镇"]
    assert [one.name for one in documents.places(bench, HOUSEHOLD)][:2] == ["低岭村 不参与的", "低岭村 一组 李亚保"]
    assert documents.places(bench, TARGETS) == []


def test_the_town_adds_its_villages_up(bench: Workbench) -> None:
    office.begin(bench)
    key = office.begin(bench, TOWN)
    data = documents.open_document(bench, key).data
    assert [row["name"] for row in data["villages"]] == ["低岭村"]
    assert data["villages"][0]["industry"] == "优质水稻（吴阳丝苗）"
    assert data["villages"][0]["total"] == data["area_total"] == Decimal("14.5")
    assert (data["villages_all"], data["villages_participating"]) == (2, 1)
    behind = documents.rows_behind(bench, key, "villages")
    assert [row[0] for row in behind.rows] == ["低岭村", "那罗村", "合计"]


def test_a_household_begins_with_its_register(bench: Workbench) -> None:
    place = next(one for one in documents.places(bench, HOUSEHOLD) if "李亚保" in one.name)
    key = documents.create(bench, HOUSEHOLD, place.key).keys[0]
    data = documents.open_document(bench, key).data
    assert (data["applicant"], data["size"], data["participation"]) == ("李亚保", "大户", "参与")
    assert data["items"] == [
        {"product": "水稻", "base": "合作社基地", "unit": "亩", "declared": Decimal("12.5"), "area": Decimal("12.5"),
         "accepted": Decimal("12.5"), "cost": Decimal("4600"), "evidence": "收据"}
    ]  # fmt: skip


def test_last_year_is_copied_without_dates_and_opinions(bench: Workbench) -> None:
    key = office.begin(bench)
    office.approve(bench, key)
    offices.set_year(bench, 2027)
    copied = documents.copy_last_year(bench, VILLAGE, office.village_key(bench)).keys[0]
    opened = documents.open_document(bench, copied)
    assert opened.line.year == 2027
    assert opened.line.state is ApplicationState.DRAFT
    assert opened.typed["industry"] == "优质水稻（吴阳丝苗）"
    assert opened.typed["reported_on"] == date(2026, 3, 2)
    assert opened.data.get("opinion_village") is None
    with pytest.raises(NotAllowed, match="以前年度"):
        documents.copy_last_year(bench, VILLAGE, office.village_key(bench, "那罗村"))


def test_a_draft_can_be_removed_and_brought_back(bench: Workbench) -> None:
    key = office.begin(bench)
    documents.remove(bench, key)
    assert documents.lines(bench, 2026) == []
    history.undo(bench)
    assert documents.open_document(bench, key).typed["industry"] == "优质水稻（吴阳丝苗）"
    documents.submit(bench, key)
    documents.withdraw(bench, key)
    with pytest.raises(NotAllowed, match="提交过"):
        documents.remove(bench, key)


def test_the_list_is_filtered_and_searched(bench: Workbench) -> None:
    village, town = office.begin(bench), office.begin(bench, TOWN)
    assert [line.key for line in documents.lines(bench, 2026)] == [town, village]
    assert [line.key for line in documents.lines(bench, 2026, text="dlc")] == [village]
    assert [line.key for line in documents.lines(bench, 2026, text="塘㙍")] == [town]
    assert [line.key for line in documents.lines(bench, 2026, form_id=VILLAGE)] == [village]
    assert documents.lines(bench, 2026, state=ApplicationState.APPROVED) == []
    assert documents.lines(bench, 2025) == []
    assert list(documents.titles(bench))[:2] == [TOWN, VILLAGE]


def test_the_history_tells_each_field(bench: Workbench) -> None:
    key = office.begin(bench, values={"industry": "水稻"})
    bench.clock.later(minutes=1)  # type: ignore[attr-defined]
    office.fill(bench, key, {"industry": "番薯", "linkages": "订单帮扶"})
    lines = documents.history(bench, key)
    found = [(line.label, line.before, line.after) for line in lines]
    assert ("特色产业（一村一品）", "水稻", "番薯") in found[:2]
    assert ("利益联结方式", "", "订单帮扶") in found[:2]
    assert found[-1][0] == "新增"
    assert history.entries(bench, "applications", "0" * 32) == []
