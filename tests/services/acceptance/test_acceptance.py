"""Acceptance: what waits is listed, measured, spot-checked, and written into the register as one change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as WorkbookFile
from openpyxl import load_workbook

from fupin_desktop.domain.payments import AcceptanceState, Quality
from fupin_desktop.domain.reading.raw import plain
from fupin_desktop.errors import NotAllowed, UnreadableFile
from fupin_desktop.services import acceptance, attachments, history, registers, villages
from fupin_desktop.services.acceptance import Acceptance
from fupin_desktop.services.document_types.acceptance_list import AcceptanceSubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.registers import FARM_ITEMS, CellEdit, set_cells
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import Clock, add_household, add_item, cell, find, make_office
from tests.templates import copied


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """Three households of 低岭村 with five declared items, one of them accepted before."""
    made = copied(_planted, tmp_path / "office", Clock())
    yield made
    made.close()


def _planted(folder: Path) -> Workbench:
    made = make_office(folder)
    for name, group in (("陈一", "三组"), ("陈二", "二组"), ("陈三", "一组")):
        key = add_household(made, name, members="3", kind="参与", group_name=group)
        add_item(made, key, declared="3.5", area="3.5")
    add_item(made, find(made, "陈一").key, "鸡", "羽", declared="120")
    add_item(made, find(made, "陈二").key, "鸭", "羽", declared="50", accepted="50")
    return made


def begun(bench: Workbench) -> Acceptance:
    return acceptance.load(bench, acceptance.create(bench, village(bench), bench.today, "李组长").keys[0])


def village(bench: Workbench, name: str = "低岭村") -> str:
    found = villages.by_name(bench, name)
    assert found is not None
    return found.key


def fill(bench: Workbench, found: Acceptance, **cells: str) -> Acceptance:
    """Fill every row alike."""
    made = acceptance.measure(bench, found.line.key, {row.key: cells for row in found.rows})
    assert made.change, made.faults
    return acceptance.load(bench, found.line.key)


def codes(found: Acceptance) -> list[str]:
    return [problem.code for problem in found.problems if problem.blocks]


def accepted(bench: Workbench, name: str) -> str:
    return cell(find(bench, name, FARM_ITEMS), "accepted", FARM_ITEMS)


def test_what_waits_is_listed_by_group_and_once(bench: Workbench) -> None:
    assert acceptance.waiting(bench, village(bench)) == 4
    found = begun(bench)
    assert [(row.group_name, row.head_name, row.product, row.declared) for row in found.rows] == [
        ("一组", "陈三", "水稻", D("3.500")), ("二组", "陈二", "水稻", D("3.500")),
        ("三组", "陈一", "水稻", D("3.500")), ("三组", "陈一", "鸡", D("120.000")),
    ]  # fmt: skip
    assert acceptance.waiting(bench, village(bench)) == 0
    with pytest.raises(NotAllowed, match="没有等着验收"):
        begun(bench)
    with pytest.raises(NotAllowed, match="那罗村2026年度没有等着验收"):
        acceptance.create(bench, village(bench, "那罗村"))


def test_writing_is_one_change_that_undo_takes_back(bench: Workbench) -> None:
    found = fill(bench, begun(bench), measured="3", quality="合格", signed="是")
    key = found.line.key
    assert codes(found) == ["acceptance.spot_few"]
    acceptance.set_facts(bench, key, spot_reason="村里路断，下月补抽。")
    told = "已写入 4 项验收数量。有 3 项登记的种养面积大于验收数量，面积没有改，请核对。"
    assert acceptance.write(bench, key).message == told
    assert [cell(find(bench, name, FARM_ITEMS), "area", FARM_ITEMS) for name in ("陈二", "陈三")] == ["", "3.500"]
    assert [accepted(bench, name) for name in ("陈二", "陈三")] == ["50", "3"]
    assert acceptance.load(bench, key).line.state is AcceptanceState.WRITTEN
    with pytest.raises(NotAllowed, match="已写入台账"):
        acceptance.measure(bench, key, {found.rows[0].key: {"measured": "1"}})
    history.undo(bench)
    assert accepted(bench, "陈三") == ""
    assert acceptance.load(bench, key).line.state is AcceptanceState.OPEN


@pytest.mark.parametrize(("measured", "spot", "few"), [(4, 0, True), (4, 1, False)])
def test_a_tenth_is_checked_by_the_town(bench: Workbench, measured: int, spot: int, *, few: bool) -> None:
    found = begun(bench)
    acceptance.pick_spot(bench, found.line.key)
    found = fill(bench, found, measured="3", signed="是")
    assert (found.line.spot, found.spot_least, len(found.rows)) == (1, 1, measured)
    for row in [row for row in found.rows if row.spot][:spot]:
        acceptance.measure(bench, found.line.key, {row.key: {"spot_measured": "3"}})
    assert ("acceptance.spot_few" in codes(acceptance.load(bench, found.line.key))) is few


def test_the_draw_is_the_same_again_and_keeps_what_was_checked(bench: Workbench) -> None:
    found = begun(bench)
    key = found.line.key
    acceptance.pick_spot(bench, key)
    first = [row.spot for row in acceptance.load(bench, key).rows]
    other = next(row for row in acceptance.load(bench, key).rows if not row.spot)
    acceptance.measure(bench, key, {other.key: {"spot_measured": "3"}})
    acceptance.pick_spot(bench, key)
    again = acceptance.load(bench, key).rows
    assert [row.spot for row in again] == [was or row.key == other.key for was, row in zip(first, again, strict=True)]


def test_what_contradicts_blocks_and_what_is_odd_is_told(bench: Workbench) -> None:
    found = begun(bench)
    key = found.line.key
    first, second = found.rows[0].key, found.rows[1].key
    acceptance.set_facts(bench, key, spot_reason="说明。")
    acceptance.measure(bench, key, {first: {"measured": "3", "quality": "没有种养"}, second: {"measured": "4", "signed": "是"}})
    with pytest.raises(NotAllowed, match="陈三的水稻写着“没有种养”，实测数量却不是 0"):
        acceptance.write(bench, key)
    acceptance.measure(bench, key, {first: {"measured": "0", "spot_measured": "1"}})
    told = [problem.code for problem in acceptance.load(bench, key).problems if not problem.blocks]
    assert told == ["acceptance.differs", "acceptance.unsigned", "acceptance.above"]
    assert acceptance.write(bench, key).message.startswith("已写入 2 项验收数量。没有实测的 2 项没有写。")
    assert acceptance.waiting(bench, village(bench)) == 2


def test_a_cell_that_cannot_be_read_writes_nothing(bench: Workbench) -> None:
    found = begun(bench)
    rows = [row.key for row in found.rows]
    made = acceptance.measure(bench, found.line.key, {rows[0]: {"measured": "3"}, rows[1]: {"measured": "三亩多"}})
    assert made.change is None
    assert list(made.faults) == [(rows[1], "measured")]
    assert acceptance.load(bench, found.line.key).line.measured == 0


def test_the_list_that_went_out_is_read_back(bench: Workbench, tmp_path: Path) -> None:
    found = begun(bench)
    path = tmp_path / "验收表.xlsx"
    computed.paper(bench, "acceptance_list", AcceptanceSubject(bench, found.line.key, blank=True)).write(path)
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    heads = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    lines = [row[0].row for row in sheet.iter_rows() if row[2].value in ("陈一", "陈二", "陈三")]
    for number, quantity in zip(lines, (3, "2.5亩", 3.25, 110), strict=True):
        sheet.cell(number, heads["实测数量"]).value = quantity
        sheet.cell(number, heads["质　量"]).value = "合格"
        sheet.cell(number, heads["户主签名"]).value = "是"
    sheet.cell(lines[1], heads["户　主"]).value = "别人"
    book.save(path)
    read = acceptance.read_list(bench, found.line.key, path)
    assert read.rows == 3
    assert read.faults == (f"第 {lines[1]} 行“别人”在这次验收名单里找不到唯一的一项，没有读。",)
    acceptance.measure(bench, found.line.key, read.cells)
    rows = acceptance.load(bench, found.line.key).rows
    assert [(row.measured, row.quality) for row in rows] == [
        (D("3.000"), Quality.GOOD), (None, None), (D("3.250"), Quality.GOOD), (D("110.000"), Quality.GOOD),
    ]  # fmt: skip


def test_another_workbook_is_not_taken_for_the_list(bench: Workbench, tmp_path: Path) -> None:
    listed(tmp_path / "x.xlsx", heads=("户主", "金额"))
    with pytest.raises(UnreadableFile, match="没有认出验收表的表头"):
        acceptance.read_list(bench, begun(bench).line.key, tmp_path / "x.xlsx")


def test_photos_are_kept_with_the_row(bench: Workbench, tmp_path: Path) -> None:
    found = begun(bench)
    photo = tmp_path / "田块.jpg"
    photo.write_bytes(b"picture")
    acceptance.attach(bench, found.line.key, [photo], found.rows[0].key)
    acceptance.attach(bench, found.line.key, [photo])
    kept = acceptance.load(bench, found.line.key)
    assert [file.name for file in (*kept.rows[0].files, *kept.files)] == ["田块.jpg", "田块.jpg"]
    attachments.verify(bench.data_folder, kept.files[0])


def test_rows_and_lists_can_be_taken_out(bench: Workbench) -> None:
    found = begun(bench)
    acceptance.leave_out(bench, found.line.key, [found.rows[0].key])
    assert [row.position for row in acceptance.load(bench, found.line.key).rows] == [1, 2, 3]
    acceptance.remove(bench, found.line.key)
    assert acceptance.batches(bench, 2026) == []
    with pytest.raises(NotAllowed, match="不能晚于今天"):
        acceptance.set_facts(bench, begun(bench).line.key, dated=date(2026, 12, 31))


def test_what_was_accepted_in_the_register_meanwhile_is_not_lost(bench: Workbench) -> None:
    found = fill(bench, begun(bench), measured="3", signed="是", spot_measured="3")
    item = find(bench, "陈三", FARM_ITEMS).key
    assert set_cells(bench, FARM_ITEMS, [CellEdit(item, "accepted", "2.5")]).change
    with pytest.raises(NotAllowed, match=r"陈三的水稻在台账里已有验收数量 2\.500 亩，与实测 3\.000 亩 不同"):
        acceptance.write(bench, found.line.key)
    assert accepted(bench, "陈三") == "2.5"
    assert set_cells(bench, FARM_ITEMS, [CellEdit(item, "accepted", "0")]).change
    with pytest.raises(NotAllowed, match=r"已有验收数量 0\.000 亩"):
        acceptance.write(bench, found.line.key)
    assert set_cells(bench, FARM_ITEMS, [CellEdit(item, "accepted", "3")]).change
    assert acceptance.write(bench, found.line.key).message.startswith("已写入 4 项验收数量。")


def test_an_item_that_is_gone_is_told_and_the_others_are_written(bench: Workbench) -> None:
    found = fill(bench, begun(bench), measured="3", signed="是", spot_measured="3")
    registers.remove(bench, FARM_ITEMS, [find(bench, "陈三", FARM_ITEMS).key])
    assert acceptance.write(bench, found.line.key).message.startswith("已写入 3 项验收数量。有 1 项已不在台账，没有写。")


def test_nothing_is_written_where_every_item_is_gone(bench: Workbench) -> None:
    found = fill(bench, begun(bench), measured="3", signed="是", spot_measured="3")
    acceptance.leave_out(bench, found.line.key, [row.key for row in found.rows[1:]])
    registers.remove(bench, FARM_ITEMS, [found.rows[0].item_key])
    with pytest.raises(NotAllowed, match="这些种养项目都已不在农户台账了"):
        acceptance.write(bench, found.line.key)
    assert acceptance.load(bench, found.line.key).line.state is AcceptanceState.OPEN


def test_what_the_town_measured_counts_whether_it_was_drawn_or_not(bench: Workbench) -> None:
    found = fill(bench, begun(bench), measured="3", signed="是")
    assert codes(found) == ["acceptance.spot_few"]
    acceptance.measure(bench, found.line.key, {found.rows[2].key: {"spot_measured": "3"}})
    again = acceptance.load(bench, found.line.key)
    assert (codes(again), again.line.spot, [row.spot for row in again.rows]) == ([], 1, [False, False, True, False])


def test_no_acceptance_is_dated_after_today(bench: Workbench) -> None:
    tomorrow = bench.today + timedelta(days=1)
    with pytest.raises(NotAllowed, match="不能晚于今天"):
        acceptance.create(bench, village(bench), tomorrow)
    key = acceptance.create(bench, village(bench)).keys[0]
    for day in ("dated", "spot_on"):
        with pytest.raises(NotAllowed, match="不能晚于今天"):
            acceptance.set_facts(bench, key, **{day: tomorrow})
        acceptance.set_facts(bench, key, **{day: bench.today})
    with pytest.raises(ValueError, match="state"):
        acceptance.set_facts(bench, key, state="written")


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda bench, key, rows: acceptance.leave_out(bench, key, rows), "全部移出就没有要验收的了"),
        (lambda bench, key, rows: acceptance.measure(bench, key, {"没有": {"measured": "1"}}), "名单上有的项目已被移出"),
        (lambda bench, key, rows: acceptance.attach(bench, key, [], "没有"), "这一项已被移出名单"),
        (lambda bench, key, rows: acceptance.load(bench, "没有"), "这次验收已经不在了"),
        (lambda bench, key, rows: acceptance.create(bench, "没有"), "这个村已经不在了"),
        (lambda bench, key, rows: acceptance.write(bench, key), "还没有填实测数量"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_and_changes_nothing(bench: Workbench, act: Any, told: str) -> None:
    found = begun(bench)
    with pytest.raises(NotAllowed, match=told):
        act(bench, found.line.key, [row.key for row in found.rows])
    assert acceptance.load(bench, found.line.key) == found


HEADS = ("序号", "组别", "户主", "种养项目", "申报数量", "实测数量", "质量", "户主签名", "备注")


def listed(path: Path, *lines: tuple[object, ...], heads: tuple[str, ...] = HEADS) -> Path:
    book = WorkbookFile()
    assert book.active is not None
    for line in (("低岭村验收表",), heads, *lines):
        book.active.append(list(line))
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("lines", "read", "faults"),
    [
        ([(1, "一组", "陈三", "水稻", 3.5, 3)], {0: "3"}, []),
        ([(1, "一组", "陈　三", "水稻", 3.5, 3)], {0: "3"}, []),
        ([("", "", "陈三", "", "", "2.5亩")], {0: "2.5亩"}, []),
        ([(9, "", "陈三", "水稻", "", 3)], {0: "3"}, []),
        ([("", "", "陈一", "鸡", "", 110)], {3: "110"}, []),
        ([(4, "", "陈一", "", "", 110)], {3: "110"}, []),
        ([("", "", "陈一", "", "", 110)], {}, ["第 3 行“陈一”在这次验收名单里找不到唯一的一项，没有读。"]),
        ([("", "", "陈一", "鸭", "", 110)], {}, ["第 3 行“陈一”在这次验收名单里找不到唯一的一项，没有读。"]),
        ([("", "", "外人", "水稻", "", 1)], {}, ["第 3 行“外人”在这次验收名单里找不到唯一的一项，没有读。"]),
        ([("", "", "外人", "水稻", "", "")], {}, []),
        ([(1, "", "陈三", "水稻", "", "")], {}, []),
        ([("", "", "", "", "", 3)], {}, []),
        ([(1, "", "陈三", "水稻", "", "三亩")], {0: "三亩"}, ["第 3 行陈三的水稻：实测数量“三亩”不是数字，请填写数字，单位亩。"]),
        ([(1, "", "陈三", "水稻", "", 3), (1, "", "陈三", "水稻", "", 2)], {0: "3"},
         ["第 4 行陈三的水稻在前面已经有一行了，没有读。"]),
        ([(1, "", "陈三", "水稻", "", 3), (2, "", "陈二", "水稻", "", 0)], {0: "3", 1: "0"}, []),
    ],
)  # fmt: skip
def test_a_line_means_the_row_that_it_names(
    bench: Workbench, tmp_path: Path, lines: list[tuple[object, ...]], read: dict[int, str], faults: list[str]
) -> None:
    found = begun(bench)
    back = acceptance.read_list(bench, found.line.key, listed(tmp_path / "表.xlsx", *lines))
    keys = [row.key for row in found.rows]
    assert {keys.index(key): plain(cells["measured"]) for key, cells in back.cells.items()} == read
    assert list(back.faults) == faults
    assert back.rows == len(read)


def test_empty_cells_leave_what_is_there(bench: Workbench, tmp_path: Path) -> None:
    found = fill(bench, begun(bench), measured="3", quality="合格", note="靠近水渠")
    path = listed(tmp_path / "表.xlsx", (1, "", "陈三", "水稻", "", 2.5, "", "√", ""))
    acceptance.measure(bench, found.line.key, acceptance.read_list(bench, found.line.key, path).cells)
    row = acceptance.load(bench, found.line.key).rows[0]
    assert (row.measured, row.quality, row.signed, row.note) == (D("2.500"), Quality.GOOD, True, "靠近水渠")
    acceptance.measure(bench, found.line.key, {row.key: {"measured": "", "quality": "", "signed": "", "note": ""}})
    row = acceptance.load(bench, found.line.key).rows[0]
    assert (row.measured, row.quality, row.signed, row.note) == (None, None, None, "")


def test_undo_and_redo_of_every_step_give_the_same_acceptance_again(bench: Workbench, tmp_path: Path) -> None:
    key = begun(bench).line.key
    rows = [row.key for row in acceptance.load(bench, key).rows]
    photo = tmp_path / "田块.jpg"
    photo.write_bytes(b"picture")
    steps = [
        lambda: acceptance.measure(bench, key, {one: {"measured": "3", "signed": "是"} for one in rows}),
        lambda: acceptance.pick_spot(bench, key), lambda: acceptance.leave_out(bench, key, rows[:1]),
        lambda: acceptance.set_facts(bench, key, members="王组长", spot_reason="路断"),
        lambda: acceptance.attach(bench, key, [photo], rows[1]), lambda: acceptance.write(bench, key),
        lambda: acceptance.remove(bench, acceptance.create(bench, village(bench)).keys[0]),
    ]  # fmt: skip
    for step in steps:
        before = acceptance.load(bench, key)
        step()
        after = acceptance.load(bench, key)
        history.undo(bench)
        if step is not steps[-1]:
            assert acceptance.load(bench, key) == before
        history.redo(bench)
        assert acceptance.load(bench, key) == after
