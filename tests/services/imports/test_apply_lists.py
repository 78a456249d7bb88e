"""Lists of persons and payments, mappings by hand, and lists that name no village, imported whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from fupin_desktop.errors import NotAllowed, UnreadableFile
from fupin_desktop.services import history
from fupin_desktop.services.imports import headings as kinds
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.preview import prepare, prepare_workbook
from fupin_desktop.services.registers import HOUSEHOLDS, Query, count, window
from fupin_desktop.services.registers import PERSONS as MEMBERS
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Household, Participation, Person, Village
from tests.services.imports.importing import file, imported, stored
from tests.services.imports.making import HEAD, IDS, book, household

# ---- other lists ----
PERSONS = ("行政村", "户编号", "人编号", "姓名", "证件号码", "与户主关系")


def test_a_person_list_brings_households_persons_and_numbers_of_members(bench: Workbench, tmp_path: Path) -> None:
    rows = [["低岭村", "H1", "H101", "李一", IDS[0], "户主"], ["低岭村", "H1", "H102", "李二", IDS[1], "配偶"]]
    path = file(tmp_path, *rows, head=PERSONS)
    imported(bench, path)
    (record,) = stored(bench, Household)
    assert (record.head_name, record.members) == ("李一", 2)
    assert [one.name for one in stored(bench, Person)] == ["李一", "李二"]
    assert count(bench, Query(MEMBERS, 2026, "le")) == 1
    assert stored(bench, Participation) == []
    assert "没有变化" in apply(bench, prepare(bench, path)).message

    rows[1] = ["低岭村", "H1", "H102", "李贰", IDS[1], "配偶"]
    preview = imported(bench, file(tmp_path, *rows, ["低岭村", "H1", "H103", "李三", IDS[2], "长子"], head=PERSONS, name="b.xlsx"))
    assert preview.comparison is not None
    assert preview.comparison.changed[0].lines == ["姓名：李二 → 李贰", "家庭人口数：2 → 3", "新增成员：李三"]
    assert [one.name for one in stored(bench, Person)] == ["李一", "李贰", "李三"]
    assert stored(bench, Household)[0].members == 3
    assert count(bench, Query(MEMBERS, 2026, "李贰")) == 1


def test_persons_join_a_registered_household(bench: Workbench, tmp_path: Path) -> None:
    imported(bench, file(tmp_path, household(0)))
    rows = [["低岭村", "DL000", "1", "李亚一", IDS[0], "户主"], ["低岭村", "DL000", "2", "李二", IDS[1], "配偶"]]
    imported(bench, file(tmp_path, *rows, head=PERSONS, name="b.xlsx"))
    assert len(stored(bench, Household)) == 1
    assert stored(bench, Household)[0].members == 2
    assert stored(bench, Participation)[0].kind == "base"


def test_a_name_that_lost_a_rare_character_is_the_registered_one(bench: Workbench, tmp_path: Path) -> None:
    imported(bench, file(tmp_path, household(0, name="梁㛃")))
    rows = [["低岭村", "DL000", "1", "梁㛃", IDS[0], "户主"], ["低岭村", "DL000", "2", "陈𠅤", IDS[1], "配偶"]]
    imported(bench, file(tmp_path, *rows, head=PERSONS, name="人.xlsx"))

    head = ("户主姓名", "身份证号码", "账户名", "一卡通账号", "开户行", "发放金额")
    preview = imported(
        bench, file(tmp_path, ["梁?", IDS[0], "梁?", "800200000123", "农商行", 800], head=head, name="发放.xlsx")
    )
    assert {one.code for one in preview.findings} == {"import.name_lost_character"}
    (one,) = stored(bench, Household)
    assert (one.head_name, one.account_name, one.bank_account) == ("梁㛃", "梁㛃", "800200000123")

    rows = [["低岭村", "DL000", "1", "梁?", IDS[0], "户主"], ["低岭村", "DL000", "2", "陈??", IDS[1], "妻"]]
    found = prepare(bench, file(tmp_path, *rows, head=PERSONS, name="b.xlsx")).comparison
    assert found is not None
    assert [one.lines for one in found.changed] == [["与户主关系：配偶 → 妻"]]


def test_a_payment_list_updates_accounts_only(bench: Workbench, tmp_path: Path) -> None:
    imported(bench, file(tmp_path, household(0), household(1)))
    head = ("户主姓名", "身份证号码", "账户名", "一卡通账号", "开户行", "发放金额")
    rows = [
        ["李亚一", IDS[0], "李亚一", "800200000123", "农商行", 800],
        ["陈某", IDS[1], "陈某", "800200000124", "农商行", 800],
        ["黄某", IDS[3], "黄某", "800200000125", "农商行", 800],
    ]
    preview = prepare(bench, file(tmp_path, *rows, head=head, name="发放.xlsx"))
    assert preview.mapping.kind is kinds.PAYMENTS
    assert preview.missing == []
    assert [(one.cell, one.code) for one in preview.findings if one.must] == [
        ("B3", "import.id_of_other"), ("B4", "import.unknown_household"),
    ]  # fmt: skip
    apply(bench, preview, only_good=True)
    first, second = stored(bench, Household)
    assert (first.bank_account, first.bank_name) == ("800200000123", "农商行")
    assert (second.head_name, second.bank_account) == ("李亚二", "")


# ---- mapping and village ----
def test_a_mapping_by_hand_is_remembered(bench: Workbench, tmp_path: Path) -> None:
    head = ("编号", "农户", "户主证件号码", "行政村", "是否参与", "产品", "单位", "验收", "成本")
    path = file(tmp_path, household(0), head=head)
    preview = prepare(bench, path)
    assert preview.missing == ["户主姓名"]
    with pytest.raises(NotAllowed) as told:
        apply(bench, preview)
    assert "“户主姓名”" in told.value.happened
    mapping = preview.mapping.with_column(0, "household.code").with_column(1, "household.head_name").with_column(7, "farm.accepted_milli")
    preview = prepare_workbook(bench, path, preview.workbook, mapping=mapping)
    apply(bench, preview)
    again = prepare(bench, file(tmp_path, household(1), head=head, name="b.xlsx"))
    assert again.mapping.columns == mapping.columns
    assert again.good[0].farm[0].accepted_milli == 3500


def test_the_mapping_stays_remembered_when_the_import_is_undone(bench: Workbench, tmp_path: Path) -> None:
    head = ("编号", "农户", "户主证件号码", "行政村", "是否参与", "产品", "单位", "验收", "成本")
    path = file(tmp_path, household(0), head=head)
    mapping = prepare(bench, path).mapping.with_column(1, "household.head_name")
    apply(bench, prepare(bench, path, mapping=mapping))
    history.undo(bench)
    assert prepare(bench, path).mapping.columns == mapping.columns

VILLAGELESS = tuple(heading for heading in HEAD if heading != "行政村")


def without_village(place: int) -> list[Any]:
    row = household(place)
    return [*row[:3], *row[4:]]


def test_a_village_has_to_be_given_where_the_file_names_none(bench: Workbench, tmp_path: Path) -> None:
    path = file(tmp_path, without_village(0), head=VILLAGELESS)
    assert prepare(bench, path).missing == ["行政村"]
    preview = prepare(bench, path, village="那罗村委会")
    assert preview.missing == []
    apply(bench, preview)
    (row,) = window(bench, Query(HOUSEHOLDS, 2026), 0, 9)
    assert "那罗村" in row.cells
    assert prepare(None, path).missing == []


def test_a_village_given_for_the_whole_list_moves_no_household(bench: Workbench, tmp_path: Path) -> None:
    imported(bench, file(tmp_path, household(0)))
    head = ("户编号", "户主姓名", "联系电话")
    path = file(tmp_path, ["DL000", "李亚一", "13800000113"], ["DL009", "李亚二", "13800000114"], head=head, name="b.xlsx")
    preview = imported(bench, path, village="那罗村")
    assert preview.comparison is not None
    assert preview.comparison.changed[0].lines == ["联系电话：(空) → 13800000113"]
    with bench.read() as session:
        places = session.execute(select(Household.code, Village.name).join(Village, Village.key == Household.village_key))
        assert {row[0]: row[1] for row in places} == {"DL000": "低岭村", "DL009": "那罗村"}


@pytest.mark.parametrize(
    ("title", "village"),
    [
        ("吴川市塘㙍镇那罗村2026年度产业奖补登记表", "那罗村"),
        ("填报单位：低岭村村民委员会", "低岭村"),
        ("塘㙍镇上杭村登记表", "上杭村"),
        ("低岭村、那罗村登记表", ""),
        ("产业奖补登记表", ""),
    ],
)
def test_the_village_is_read_off_the_title(bench: Workbench, tmp_path: Path, title: str, village: str) -> None:
    path = book(tmp_path / "a.xlsx", [[title], VILLAGELESS, without_village(0)])
    assert prepare(bench, path).village == village


def test_the_sheet_that_fits_is_chosen(bench: Workbench, tmp_path: Path) -> None:
    import openpyxl

    made = openpyxl.Workbook()
    made.active.title = "说明"
    made.active.append(["请如实填写"])
    hidden = made.create_sheet("旧")
    right = made.create_sheet("名册")
    for one in (hidden, right):
        one.append(list(HEAD))
        one.append(household(0))
    hidden.append(household(1))
    hidden.sheet_state = "hidden"
    made.save(tmp_path / "a.xlsx")
    assert prepare(bench, tmp_path / "a.xlsx").sheet == "名册"
    assert prepare(bench, tmp_path / "a.xlsx", sheet="旧").parsed.rows == 2
    with pytest.raises(UnreadableFile):
        prepare(bench, tmp_path / "a.xlsx", sheet="没有")


def test_a_file_without_content_is_told(bench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as told:
        prepare(bench, book(tmp_path / "a.xlsx", []))
    assert "没有任何内容" in told.value.happened


def test_a_file_without_heading_is_told_when_it_is_to_be_imported(bench: Workbench, tmp_path: Path) -> None:
    preview = prepare(bench, book(tmp_path / "a.xlsx", [["通知"], ["请于九月底前上报"]]))
    assert preview.missing
    with pytest.raises(NotAllowed):
        apply(bench, preview)
