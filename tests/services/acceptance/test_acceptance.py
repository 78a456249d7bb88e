"""Acceptance: what waits is listed, measured, spot-checked, and written into the register as one change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fupin_desktop.domain.payments import AcceptanceState, Quality
from fupin_desktop.errors import NotAllowed, UnreadableFile
from fupin_desktop.services import acceptance, attachments, history, villages
from fupin_desktop.services.acceptance import Acceptance
from fupin_desktop.services.document_types.acceptance_list import AcceptanceSubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.registers import FARM_ITEMS
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import add_household, add_item, cell, find, make_office


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """Three households of 低岭村 with four declared items, one of them accepted before."""
    made = make_office(tmp_path / "office")
    for name, group in (("陈一", "三组"), ("陈二", "二组"), ("陈三", "一组")):
        key = add_household(made, name, members="3", kind="参与", group_name=group)
        add_item(made, key, declared="3.5", area="3.5")
    add_item(made, find(made, "陈一").key, "鸡", "羽", declared="120")
    add_item(made, find(made, "陈二").key, "鸭", "羽", declared="50", accepted="50")
    yield made
    made.close()


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
    assert acceptance.write(bench, key).message == "已写入 4 项验收数量。"
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
    assert told == ["acceptance.differs", "acceptance.unsigned", "acceptance.above", "acceptance.spot_few"]
    assert acceptance.write(bench, key).message == "已写入 2 项验收数量。没有实测的 2 项没有写。"
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
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.active.append(["户主", "金额"])
    book.save(tmp_path / "x.xlsx")
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
