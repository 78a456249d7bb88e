"""An import is one operation: seen before, stored whole or not at all, undone as a whole, harmless when repeated."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from fupin_desktop.errors import Cancelled, NotAllowed
from fupin_desktop.services import awards, history
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.households.records import to_applicant
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.registers import HOUSEHOLDS, Query, count, set_cells, window
from fupin_desktop.services.registers.edits import CellEdit
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import indexes
from fupin_desktop.storage.entities import FarmItem, Household, ImportRun, Participation, Town, Village
from tests.services.imports.importing import file, imported, stored
from tests.services.imports.making import HEAD, IDS, household

SAMPLES = Path(__file__).parents[3] / "resources" / "samples"


def test_a_register_is_stored_with_all_that_is_derived(bench: Workbench, tmp_path: Path) -> None:
    rows = [household(0), household(0, product="番薯", accepted=2, cost=300.5), household(1, village="新村")]
    preview = prepare(bench, file(tmp_path, *rows))
    assert preview.comparison is not None
    assert (len(preview.comparison.added), preview.good_count, preview.missing) == (2, 3, [])
    change = apply(bench, preview)
    assert change.nouns >= {"households", "farm_items", "villages", "imports"}
    assert change.message == "已导入 名册.xlsx：新增 2 户，修改 0 户，没有变化 0 户"
    first = stored(bench, Household)[0]
    assert (first.head_name, first.head_id_number, first.code) == ("李亚一", IDS[0], "DL000")
    assert "lyy" in first.search_key
    assert "低岭村" in first.search_key
    assert first.head_sort.startswith("li")
    assert first.recognised_by == ""
    year = stored(bench, Participation)[0]
    assert (year.year, year.kind, year.area_total_milli, year.cost_total_fen) == (2026, "base", 5500, 150050)
    assert (year.products_text, year.item_count, year.earlier_fen) == ("水稻、番薯", 2, 0)
    item = stored(bench, FarmItem)[1]
    assert (item.product, item.accepted_milli, item.other_subsidy_fen, item.instalment_year) == ("番薯", 2000, 0, 1)
    assert {village.name for village in stored(bench, Village)} == {"低岭村", "那罗村", "新村"}
    assert len(stored(bench, Town)) == 1


def test_the_calculation_sees_the_same_from_the_file_and_from_the_register(bench: Workbench, tmp_path: Path) -> None:
    path = file(tmp_path, household(0), household(0, product="番薯"), household(1, kind="未参与"))
    preview = imported(bench, path)
    from_file = [to_applicant(record) for record in preview.good]
    from_register = awards.applicants(bench, "低岭村", 2026)
    plain = [one._replace(key="", entries=tuple(sorted(one.entries))) for one in from_file]
    assert [one._replace(key="", entries=tuple(sorted(one.entries))) for one in from_register] == plain


def test_the_same_file_again_changes_nothing(bench: Workbench, tmp_path: Path) -> None:
    path = file(tmp_path, household(0), household(1))
    imported(bench, path)
    revision = bench.store.revision
    again = prepare(bench, path)
    assert again.imported_at == bench.clock()
    assert again.comparison is not None
    assert again.comparison.changes_nothing
    assert again.comparison.unchanged == 2
    change = apply(bench, again)
    assert change.nouns == frozenset()
    assert "没有变化" in change.message
    assert bench.store.revision == revision
    assert len(stored(bench, ImportRun)) == 1


def test_a_changed_file_shows_added_changed_and_missing(bench: Workbench, tmp_path: Path) -> None:
    imported(bench, file(tmp_path, household(0), household(1), household(2)))
    path = file(tmp_path, household(0, cost=1300), household(0, product="番薯"), household(1), household(3), name="新.xlsx")
    preview = prepare(bench, path)
    found = preview.comparison
    assert found is not None
    assert [record.head_name for record in found.added] == ["李亚四"]
    assert [known.value("head_name") for known in found.missing] == ["李亚三"]
    assert found.unchanged == 1
    (changed,) = found.changed
    assert changed.lines == ["核定成本：1,200.00 → 1,300.00", "新增种养项目：番薯"]
    apply(bench, preview)
    assert len(stored(bench, Household)) == 4
    year = next(one for one in stored(bench, Participation) if one.household_key == changed.known.key)
    assert (year.cost_total_fen, year.item_count) == (250000, 2)


def test_blank_cells_and_absent_columns_erase_nothing(bench: Workbench, tmp_path: Path) -> None:
    imported(bench, file(tmp_path, household(0)))
    head = ("户编号", "户主姓名", "户主证件号码", "行政村", "联系电话", "产品", "核定成本(元)")
    preview = imported(bench, file(tmp_path, ["DL000", "李亚一", IDS[0], "低岭村", "13800000113", "水稻", ""], head=head, name="b.xlsx"))
    assert preview.comparison is not None
    assert preview.comparison.changed[0].lines == ["联系电话：(空) → 13800000113"]
    (item,) = stored(bench, FarmItem)
    assert (item.cost_fen, item.accepted_milli) == (120000, 3500)
    assert stored(bench, Household)[0].phone == "13800000113"


def test_an_import_is_undone_and_redone_as_a_whole(bench: Workbench, tmp_path: Path) -> None:
    before = len(stored(bench, Village))
    imported(bench, file(tmp_path, household(0), household(1, village="新村")))
    undone = history.undo(bench)
    assert undone is not None
    assert "导入 名册.xlsx" in undone.title
    for entity in (Household, FarmItem, Participation, ImportRun):
        assert stored(bench, entity) == []
    assert len(stored(bench, Village)) == before
    history.redo(bench)
    assert len(stored(bench, Household)) == len(stored(bench, FarmItem)) == 2


def test_an_update_is_undone_too(bench: Workbench, tmp_path: Path) -> None:
    imported(bench, file(tmp_path, household(0)))
    imported(bench, file(tmp_path, household(0, name="李亚二", kind="未参与", cost=9), name="b.xlsx"))
    assert stored(bench, Household)[0].head_name == "李亚二"
    assert "lye" in stored(bench, Household)[0].search_key
    history.undo(bench)
    assert stored(bench, Household)[0].head_name == "李亚一"
    assert stored(bench, Participation)[0].kind == "base"
    assert stored(bench, Participation)[0].cost_total_fen == 120000


def test_any_fault_keeps_the_whole_file_out_unless_only_the_good_rows_are_wanted(bench: Workbench, tmp_path: Path) -> None:
    preview = prepare(bench, file(tmp_path, household(0), household(1, accepted=-1)))
    with pytest.raises(NotAllowed) as told:
        apply(bench, preview)
    assert "1 行有错" in told.value.happened
    assert stored(bench, Household) == []
    apply(bench, preview, only_good=True)
    assert [one.head_name for one in stored(bench, Household)] == ["李亚一"]


def test_a_file_of_bad_rows_only_brings_nothing(bench: Workbench, tmp_path: Path) -> None:
    change = apply(bench, prepare(bench, file(tmp_path, household(0, accepted=-1))), only_good=True)
    assert change.message == "没有可以导入的行"


def test_cancelling_leaves_nothing(bench: Workbench, tmp_path: Path) -> None:
    preview = prepare(bench, file(tmp_path, household(0), household(1)))
    villages = len(stored(bench, Village))

    def stop(done: int, total: int, _text: str) -> None:
        if done == total:
            raise Cancelled

    with pytest.raises(Cancelled):
        apply(bench, preview, progress=stop)
    assert stored(bench, Household) == stored(bench, ImportRun) == []
    assert len(stored(bench, Village)) == villages
    with pytest.raises(Cancelled):
        prepare(bench, preview.path, progress=stop)


def test_progress_is_told_in_order(bench: Workbench, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    preview = prepare(bench, file(tmp_path, household(0)), progress=lambda *step: told.append(step))
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1][0] == told[-1][1]
    told.clear()
    apply(bench, preview, progress=lambda *step: told.append(step))
    assert told[-1][:2] == (1, 1)


def test_a_backup_is_written_before(bench: Workbench, tmp_path: Path) -> None:
    imported(bench, file(tmp_path, household(0)))
    assert [path.name for path in bench.store.backup_folder.glob("*_import_*.zip")] == ["fupin_2026-03-02_090000_import_3.zip"]


def test_a_preview_that_has_become_old_is_compared_again(bench: Workbench, tmp_path: Path) -> None:
    path = file(tmp_path, household(0))
    first, second = prepare(bench, path), prepare(bench, path)
    apply(bench, first)
    assert "没有变化" in apply(bench, second).message
    assert len(stored(bench, Household)) == 1


def test_an_edit_made_since_is_shown_before_it_is_overwritten(bench: Workbench, tmp_path: Path) -> None:
    path = file(tmp_path, household(0))
    imported(bench, path)
    key = window(bench, Query(HOUSEHOLDS, 2026), 0, 1)[0].key
    set_cells(bench, HOUSEHOLDS, [CellEdit(key, "kind", "未参与")])
    found = prepare(bench, path).comparison
    assert found is not None
    assert found.changed[0].lines == ["参与情况：未参与 → 参与"]


# ---- who is meant ----
def test_a_household_is_found_by_number_or_by_code(bench: Workbench, tmp_path: Path) -> None:
    imported(bench, file(tmp_path, household(0), household(1)))
    rows = [household(0, code="DL900"), household(1, number=IDS[2])]
    found = prepare(bench, file(tmp_path, *rows, name="b.xlsx")).comparison
    assert found is not None
    assert [one.lines for one in found.changed] == [["户编号：DL000 → DL900"], [f"户主证件号码：{IDS[1]} → {IDS[2]}"]]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"code": "", "name": "陈亚保"}, "id_of_other"),
        ({"code": "DL900", "name": "陈亚保"}, "id_of_other"),
        ({"number": IDS[3], "name": "陈亚保"}, "code_of_other"),
        ({"number": IDS[1]}, "code_taken"),
    ],
)
def test_another_household_is_not_overwritten(bench: Workbench, tmp_path: Path, other: dict[str, str], code: str) -> None:
    imported(bench, file(tmp_path, household(0), household(1)))
    preview = prepare(bench, file(tmp_path, household(0, **other), name="b.xlsx"))
    assert [one.code for one in preview.findings] == [f"import.{code}"]
    assert preview.bad_rows == {1}
    apply(bench, preview, only_good=True)
    assert [one.head_name for one in stored(bench, Household)] == ["李亚一", "李亚二"]


def test_two_rows_of_one_registered_household(bench: Workbench, tmp_path: Path) -> None:
    imported(bench, file(tmp_path, household(0)))
    rows = [household(0, code=""), household(0, number="")]
    head = HEAD
    preview = prepare(bench, file(tmp_path, *rows, head=head, name="b.xlsx"))
    assert [one.code for one in preview.findings if one.must] == ["import.household_twice"]


def test_villages_that_number_for_themselves(bench: Workbench, tmp_path: Path) -> None:
    imported(bench, file(tmp_path, household(0), household(1, code="DL000", village="那罗村")))
    found = prepare(bench, file(tmp_path, household(1, code="DL000", village="那罗村", number=""), name="b.xlsx")).comparison
    assert found is not None
    assert (found.unchanged, found.added) == (1, [])


def test_a_household_that_moves(bench: Workbench, tmp_path: Path) -> None:
    imported(bench, file(tmp_path, household(0)))
    preview = imported(bench, file(tmp_path, household(0, village="那罗村"), name="b.xlsx"))
    assert preview.comparison is not None
    assert preview.comparison.changed[0].lines == ["行政村：低岭村 → 那罗村"]
    assert "那罗村" in stored(bench, Household)[0].search_key
    (row,) = window(bench, Query(HOUSEHOLDS, 2026, "那罗"), 0, 9)
    assert row.cells[1] == "李亚一"


def test_the_samples_import(bench: Workbench) -> None:
    persons = imported(bench, SAMPLES / "人口名单(系统导出).xls")
    assert persons.findings == []
    register = prepare(bench, SAMPLES / "奖补登记表(待整理).xlsx")
    assert register.bad_rows
    apply(bench, register, only_good=True)
    assert count(bench, Query(HOUSEHOLDS, 2026)) >= 20


def test_a_large_register_arrives_whole(bench: Workbench, tmp_path: Path) -> None:
    """Large enough to be written many rows at a time."""
    number = 2500
    head = ("户编号", "户主姓名", "参与情况", "产品", "计量单位", "验收数量", "是否加入农民专业合作组织")
    rows = [[f"H{place:05d}", f"户主{place}", "参与", "水稻", "亩", place / 1000, "是"] for place in range(number)]
    preview = imported(bench, file(tmp_path, *rows, head=head), village="低岭村")
    assert preview.findings == []
    households, items = stored(bench, Household), stored(bench, FarmItem)
    assert [one.code for one in households] == [row[0] for row in rows]
    assert [item.accepted_milli for item in items] == list(range(number))
    assert [item.household_key for item in items] == [one.key for one in households]
    assert {one.cooperative for one in households} == {True}
    assert "没有变化" in apply(bench, prepare(bench, preview.path, village="低岭村")).message


def test_many_households_keep_their_indexes(bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Indexes put aside for a large import are there again, whether it ends well or not."""
    monkeypatch.setattr(indexes, "FROM", 2)

    def names() -> set[str]:
        with bench.read() as session:
            rows = session.connection().exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'")
            return {row[0] for row in rows}

    before = names()
    preview = prepare(bench, file(tmp_path, household(0), household(1), household(2)))

    def stop(done: int, total: int, _text: str) -> None:
        if done == total:
            raise Cancelled

    with pytest.raises(Cancelled):
        apply(bench, preview, progress=stop)
    assert names() == before
    apply(bench, preview)
    assert names() == before
    with bench.read() as session:
        assert session.scalar(select(func.count()).select_from(Household).where(Household.head_id_number == IDS[1])) == 1
