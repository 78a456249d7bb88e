"""What stands beside a document: who signs, what happened, the rows behind a number, what differs, its files."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents, registers, villages
from fupin_desktop.services.documents import ApplicationState, Opinion
from fupin_desktop.services.registers import FARM_ITEMS, CellEdit
from fupin_desktop.services.workbench import Workbench
from tests.services.documents import office
from tests.services.documents.invented import VALUES, WELL, wells
from tests.services.documents.office import HOUSEHOLD, TARGETS, TOWN, VILLAGE
from tests.services.register_office import Clock, find

DAY = date(2026, 3, 2)
D = Decimal


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[Workbench, Clock]]:
    bench, clock = office.make(tmp_path / "data")
    yield bench, clock
    bench.close()


@pytest.fixture
def bench(made: tuple[Workbench, Clock]) -> Workbench:
    return made[0]


# ---- who signs ----
def test_nobody_is_proposed_where_nobody_is_known(bench: Workbench) -> None:
    key = office.begin(bench)
    assert documents.signers(bench, key) == dict.fromkeys(office.boxes(bench, key), ())


def test_the_register_s_names_are_proposed_and_then_who_signed_for_the_place(bench: Workbench) -> None:
    form = villages.VillageForm("低岭村", leader="陈观保", team_leader="林队长")
    villages.update(bench, office.village_key(bench), form)
    key = office.begin(bench)
    found = documents.signers(bench, key)
    assert (found["opinion_village"], found["opinion_assisting"]) == (("陈观保",), ("林队长",))
    documents.submit(bench, key)
    office.agree(bench, key, "opinion_village", name="吴副主任")
    assert documents.signers(bench, key)["opinion_village"] == ("吴副主任", "陈观保")


def test_who_signed_elsewhere_is_proposed_for_offices_not_for_another_village_s_leader(
    made: tuple[Workbench, Clock],
) -> None:
    bench, clock = made
    first = office.begin(bench)
    documents.submit(bench, first)
    for box, name in zip(office.boxes(bench, first), ("陈观保", "林队长", "王主任", "李镇长", "赵科长"), strict=True):
        clock.later(minutes=1)
        office.agree(bench, first, box, name=name)
    villages.update(bench, office.village_key(bench, "那罗村"), villages.VillageForm("那罗村", leader="吴强"))
    second = office.begin(bench, place=office.village_key(bench, "那罗村"), values={})
    found = documents.signers(bench, second)
    assert found["opinion_village"] == ("吴强",)
    assert found["opinion_town_office"] == ("王主任",)
    town = documents.create(bench, TOWN, documents.places(bench, TOWN)[0].key).keys[0]
    assert documents.signers(bench, town)["opinion_town_office"] == ("王主任",)


def test_no_more_than_five_are_proposed_each_once_the_latest_first(made: tuple[Workbench, Clock]) -> None:
    bench, clock = made
    with wells(bench):
        key = office.begin(bench, WELL, office.village_key(bench), VALUES)
        for name in ("甲甲", "乙乙", "丙丙", "丁丁", "戊戊", "己己", "甲甲"):
            clock.later(minutes=1)
            documents.submit(bench, key)
            documents.give_opinion(bench, key, "opinion_village", Opinion(agrees=False, text="缺材料", name=name))
        assert documents.signers(bench, key)["opinion_village"] == ("甲甲", "己己", "戊戊", "丁丁", "丙丙")


def test_signers_of_what_is_gone_are_refused(bench: Workbench) -> None:
    with pytest.raises(NotAllowed, match="已被删除"):
        documents.signers(bench, "0" * 32)


# ---- several boxes at once ----
def boxes_said(bench: Workbench, key: str) -> list[str]:
    opened = documents.open_document(bench, key)
    return [name for name in office.boxes(bench, key) if (opened.data.get(name) or {}).get("name")]


def test_a_paper_that_was_signed_already_is_entered_as_a_whole(bench: Workbench) -> None:
    key = office.begin(bench)
    documents.submit(bench, key)
    said = {box: Opinion(agrees=True, name="张三", dated=DAY) for box in office.boxes(bench, key)}
    change = documents.give_opinions(bench, key, said)
    assert change.message == "低岭村的申报表已批准，版面和数据已存档。"
    assert documents.open_document(bench, key).line.state is ApplicationState.APPROVED


@pytest.fixture(scope="module")
def submitted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, str]]:
    """A document that waits for its first box; what is refused leaves it as it is."""
    bench, _ = office.make(tmp_path_factory.mktemp("submitted") / "data")
    key = office.begin(bench)
    documents.submit(bench, key)
    yield bench, key
    bench.close()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ([("opinion_village", True, "张三", DAY), ("opinion_assisting", True, "", DAY)], "没有填写签字人"),
        ([("opinion_village", True, "张三", DAY), ("opinion_town_office", True, "张三", DAY)], "现在等的是“对口帮扶单位"),
        ([("opinion_assisting", True, "张三", DAY)], "现在等的是“村（居）委会意见”"),
        ([("opinion_village", False, "张三", DAY), ("opinion_assisting", True, "张三", DAY)], "没有在办理"),
        ([("opinion_village", True, "张三", date(2026, 3, 3))], "晚于今天"),
    ],
)
def test_of_several_boxes_all_are_entered_or_none(submitted: tuple[Workbench, str], said: list[Any], told: str) -> None:
    bench, key = submitted
    opinions = {
        box: Opinion(agrees=agrees, name=name, dated=dated, text="" if agrees else "面积不对")
        for box, agrees, name, dated in said
    }
    with pytest.raises(NotAllowed, match=told):
        documents.give_opinions(bench, key, opinions)
    assert boxes_said(bench, key) == []
    assert documents.open_document(bench, key).line.waiting_for == "村（居）委会意见"


def test_boxes_in_the_middle_can_be_undone_together(bench: Workbench) -> None:
    key = office.begin(bench)
    documents.submit(bench, key)
    first, second, *_ = office.boxes(bench, key)
    documents.give_opinions(bench, key, {box: Opinion(agrees=True, name="张三") for box in (first, second)})
    assert documents.undo_title(bench, key) == "登记“村（居）委会意见、对口帮扶单位（驻村工作队）意见”"
    documents.undo(bench, key)
    assert boxes_said(bench, key) == []
    documents.redo(bench, key)
    assert boxes_said(bench, key) == [first, second]


# ---- what happened ----
def told(bench: Workbench, key: str, limit: int = 100) -> list[tuple[str, str, str]]:
    return [(line.label, line.before, line.after) for line in documents.history(bench, key, limit)]


def test_each_kind_of_value_is_told_as_it_is_shown(bench: Workbench) -> None:
    with wells(bench):
        key = documents.create(bench, WELL, office.village_key(bench)).keys[0]
        office.fill(bench, key, {"depth": "42.5"})
        office.fill(bench, key, {"depth": "60", "pump": "离心泵"})
        office.fill(bench, key, {"reported_on": "2026-3-1", "note": "长" * 80})
        office.fill(bench, key, {"costs[0].name": "打井", "costs[0].amount": "12000"})
        office.fill(bench, key, {"costs[1].name": "水泵", "costs[1].amount": "1800.5"})
        office.fill(bench, key, {"note": "整" * 60})
        lines = told(bench, key)
    assert lines[0] == ("说明", f"{'长' * 59}…", "整" * 60)
    assert lines[1] == ("费用", "1 条 12,000.00 元", "2 条 13,800.50 元")
    assert lines[2] == ("费用", "", "1 条 12,000.00 元")
    assert set(lines[3:5]) == {("填报日期", "2026年3月2日", "2026年3月1日"), ("说明", "", f"{'长' * 59}…")}
    assert set(lines[5:7]) == {("井深", "42.5", "60"), ("水泵", "", "潜水泵")}
    assert lines[7] == ("井深", "", "42.5")
    assert lines[-1] == ("新增", "", "")


def test_steps_stand_in_their_order(made: tuple[Workbench, Clock]) -> None:
    bench, clock = made
    key = office.begin(bench)
    documents.submit(bench, key)
    clock.later(minutes=1)
    documents.send_back(bench, key, "面积不对", "李主任")
    clock.later(minutes=1)
    documents.submit(bench, key)
    office.agree(bench, key, "opinion_village", name="陈观保")
    clock.later(minutes=1)
    documents.withdraw(bench, key)
    lines = [(line.title, line.label, line.after) for line in documents.history(bench, key)]
    titles = [title for title, _, _ in lines]
    assert titles.index("第 2 次提交") < titles.index("第 1 次提交")
    assert ("退回", "退回", "面积不对 李主任 2026-03-02") in lines
    assert ("意见", "村（居）委会意见", "同意 陈观保 2026-03-02") in lines
    numbers = [line.number for line in documents.history(bench, key)]
    assert numbers == sorted(numbers, reverse=True)


def test_a_history_has_no_more_lines_than_asked_for_and_none_of_what_is_gone(bench: Workbench) -> None:
    key = office.begin(bench)
    whole = documents.history(bench, key)
    assert documents.history(bench, key, 3) == whole[:3]
    documents.remove(bench, key)
    assert documents.history(bench, key) == []
    documents.undo(bench, key)
    assert len(documents.history(bench, key)) >= len(whole)


# ---- the rows behind a number ----
def behind(bench: Workbench, key: str, field: str) -> tuple[tuple[str, ...], ...]:
    return documents.rows_behind(bench, key, field).rows


@pytest.mark.parametrize("form_id", [VILLAGE, TOWN, HOUSEHOLD, TARGETS])
def test_every_computed_value_opens_and_no_typed_one(bench: Workbench, form_id: str) -> None:
    place = "水稻基地" if form_id == TARGETS else documents.places(bench, form_id)[0].key
    key = office.begin(bench, form_id, place)
    form = documents.open_document(bench, key).form
    typed = [name for name, field in form.fields.items() if not field.locked]
    for name in ("no_such_field", typed[0], typed[-1]):
        with pytest.raises(NotAllowed, match="填写的"):
            documents.rows_behind(bench, key, name)
    for name, field in form.fields.items():
        if field.locked:
            found = documents.rows_behind(bench, key, name)
            assert found.title
            assert all(len(row) == len(found.headings) for row in found.rows), name


def test_the_rows_behind_the_areas_add_up_to_them(bench: Workbench) -> None:
    key = office.begin(bench)
    data = documents.open_document(bench, key).data
    for name, column in (("area_cooperative", -4), ("area_large", -3), ("area_scattered", -2)):
        *rows, total = behind(bench, key, name)
        assert sum(D(row[column]) for row in rows) == D(total[column]) == data[name]
    *parts, whole = behind(bench, key, "area_total")
    assert sum(D(amount) for _, amount in parts) == D(whole[1]) == data["area_total"] == D("14.500")
    assert [row[2] for row in behind(bench, key, "area_cooperative")] == ["李亚保", "1 户"]
    assert [row[2] for row in behind(bench, key, "area_scattered")] == ["陈康", "1 户"]


def test_the_rows_behind_counts_are_the_households_counted(bench: Workbench) -> None:
    key = office.begin(bench)
    opened = documents.open_document(bench, key)
    for name, field in opened.form.fields.items():
        if field.bind.startswith("register.") and field.type == "count":
            *rows, total = behind(bench, key, name)
            persons, able = sum(int(row[4]) for row in rows), sum(int(row[7]) for row in rows)
            wanted = persons if field.bind.endswith("persons") else len(rows)
            wanted = able if field.bind == "register.able_persons" else wanted
            assert opened.data[name] == wanted, name
            assert total[2] == f"{len(rows)} 户"


def test_what_was_approved_opens_as_it_was(bench: Workbench) -> None:
    key = office.begin(bench)
    before = behind(bench, key, "area_cooperative")
    office.approve(bench, key)
    item = find(bench, "李亚保", FARM_ITEMS).key
    registers.set_cells(bench, FARM_ITEMS, [CellEdit(item, "area", "99")])
    found = documents.rows_behind(bench, key, "area_cooperative")
    assert found.rows == before
    assert found.title.endswith("(批准时)")
    new = documents.correct(bench, key).keys[0]
    assert behind(bench, new, "area_cooperative") != before


# ---- what differs from the version before ----
class Well(NamedTuple):
    """An approved document of wells with its correction under way."""

    bench: Workbench
    approved: str
    correction: str


@pytest.fixture(scope="module")
def office_of_wells(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Well]:
    bench, _ = office.make(tmp_path_factory.mktemp("wells") / "data")
    with wells(bench):
        key = office.begin(bench, WELL, office.village_key(bench), VALUES)
        office.approve(bench, key)
        yield Well(bench, key, documents.correct(bench, key).keys[0])
    bench.close()


@pytest.fixture
def well(office_of_wells: Well) -> Well:
    """The correction says what the approved one says."""
    costs = [{"name": "打井", "amount": "12000"}, {"name": "水泵", "amount": "1800.50"}]
    office.fill(office_of_wells.bench, office_of_wells.correction, {**VALUES, "note": "", "costs": costs})
    return office_of_wells


@pytest.mark.parametrize(
    ("typed", "paths"),
    [
        ({}, set()),
        ({"depth": "42.5"}, set()),
        ({"depth": "50"}, {"depth", "litres"}),
        ({"note": "加深"}, {"note"}),
        ({"pump": ""}, {"pump"}),
        ({"costs[1].amount": "1800.51"}, {"costs[1].amount", "total"}),
        ({"costs[2].name": "人工"}, {"costs", "costs[2].name"}),
        ({"costs": [{"name": "打井", "amount": "12000"}]}, {"costs", "total"}),
        ({"costs": [{"name": "水泵", "amount": "1800.50"}, {"name": "打井", "amount": "12000"}]},
         {"costs[0].name", "costs[0].amount", "costs[1].name", "costs[1].amount"}),
        ({"costs": []}, {"costs", "total"}),
    ],
)  # fmt: skip
def test_what_a_correction_changes_is_marked_cell_by_cell(well: Well, typed: dict[str, Any], paths: set[str]) -> None:
    office.fill(well.bench, well.correction, typed)
    assert documents.changed_paths(well.bench, well.correction) == paths
    assert documents.changed_paths(well.bench, well.approved) == frozenset()


# ---- typing ----
@pytest.mark.parametrize(
    ("typed", "told_at"),
    [
        ({"no_such": "1"}, "no_such"),
        ({"costs[0].no_such": "1"}, "costs[0].no_such"),
        ({"costs[2000].name": "太多"}, "costs[2000].name"),
        ({"village": "那罗村"}, "village"),
        ({"opinion_village": "同意"}, "opinion_village"),
        ({"depth.x": "1"}, "depth.x"),
        ({"depth": "1", "costs[0].amount": "一千"}, "costs[0].amount"),
        ({"costs": [{"name": "打井", "amount": "一千"}]}, "costs"),
        ({"leader": "长" * 31}, "leader"),
    ],
)
def test_of_what_is_typed_together_all_is_kept_or_nothing(well: Well, typed: dict[str, Any], told_at: str) -> None:
    bench, _, key = well
    before = documents.open_document(bench, key).typed
    outcome = documents.set_values(bench, key, typed)
    assert outcome.change is None
    assert list(outcome.faults) == [told_at]
    assert outcome.faults[told_at].endswith("。")
    assert documents.open_document(bench, key).typed == before


def test_rows_are_added_behind_the_last_one(well: Well) -> None:
    bench, _, key = well
    office.fill(bench, key, {"costs": []})
    office.fill(bench, key, {"costs[2].name": "人工", "costs[0].amount": "5"})
    assert documents.open_document(bench, key).typed["costs"] == [{"amount": D("5.00")}, {}, {"name": "人工"}]
    assert documents.set_values(bench, key, {"costs[2].name": "人工"}).change is None, "nothing is different"
    assert documents.set_list(bench, key, "costs", []).change is not None
    assert documents.open_document(bench, key).typed["costs"] is None


@pytest.mark.parametrize(
    ("name", "rows", "told_at"),
    [
        ("leader", [{"x": "1"}], "leader"),
        ("nothing", [], "nothing"),
        ("costs", [{"name": "甲"}] * 2001, "costs"),
        ("costs", [{"name": "甲"}, {"amount": "一"}], "costs[1].amount"),
    ],
)
def test_a_list_that_cannot_be_taken_is_told(well: Well, name: str, rows: list[Any], told_at: str) -> None:
    outcome = documents.set_list(well.bench, well.correction, name, rows)
    assert (outcome.change, list(outcome.faults)) == (None, [told_at])


def test_columns_that_a_list_does_not_have_are_passed_over(well: Well) -> None:
    documents.set_list(well.bench, well.correction, "costs", [{"name": "甲", "colour": "红"}])
    assert documents.open_document(well.bench, well.correction).typed["costs"] == [{"name": "甲"}]


# ---- files ----
def test_papers_whose_names_differ_in_large_letters_alone_are_two_files(bench: Workbench, tmp_path: Path) -> None:
    keys = [office.begin(bench, TARGETS, name) for name in ("A村基地", "a村基地", "基地/二期")]
    paths = documents.write_many(bench, keys, tmp_path / "出", ("xlsx",))
    names = [path.name for path in paths]
    assert len({name.casefold() for name in names}) == 3
    assert names[1] == "a村基地 项目绩效目标表 2026 (2).xlsx"
    assert names[2] == "基地二期 项目绩效目标表 2026.xlsx"
    assert sorted(path.name for path in (tmp_path / "出").iterdir()) == sorted(names)


def test_reasons_of_every_document_of_the_year_are_listed_for_the_auditor(bench: Workbench) -> None:
    found = []
    for village in ("低岭村", "那罗村"):
        key = office.begin(bench, place=office.village_key(bench, village), values={"industry": "水稻"})
        principles = [one for one in documents.open_document(bench, key).problems if one.blocks and one.severity.value == "principle"]
        for problem in principles[:2]:
            documents.give_reason(bench, key, problem.code, f"{village}的原因")
            found.append((village, problem.code, f"{village}的原因"))
    lines = documents.audit_reasons(bench, 2026)
    assert sorted((one.place, one.code, one.reason) for one in lines) == sorted(found)
    assert found, "there are rules in principle to depart from"
    assert {one.who for one in lines} == {bench.clerk}
    assert documents.audit_reasons(bench, 2025) == []
    assert all(one == two for one, two in itertools.pairwise([one.title for one in lines]))
