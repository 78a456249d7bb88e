"""Lists for the bank: presets, own layouts from a sample's heading, numbers that stay text."""

from __future__ import annotations

from decimal import Decimal as D
from pathlib import Path

import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from fupin_desktop.errors import BadDefinition, NotAllowed, UnreadableFile
from fupin_desktop.services import payments
from fupin_desktop.services.payments import LayoutColumn, Value, bank_layouts
from fupin_desktop.services.workbench import Workbench
from tests.services.payments import pay_office as office


@pytest.fixture
def checked(bench: Workbench, run: str) -> str:
    key = office.batch(bench, run).line.key
    payments.check(bench, key)
    return key


def grid(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("layout_id", ["treasury", "one_card", "bank"])
def test_a_preset_writes_every_household_with_whole_numbers_as_text(
    bench: Workbench, checked: str, tmp_path: Path, layout_id: str
) -> None:
    preset = payments.layout(bench, layout_id)
    written = payments.write_bank_file(bench, checked, preset, tmp_path / "list.xlsx")
    assert (written.rows, written.amount) == (2, D("4480.00"))
    head, *rows = grid(tmp_path / "list.xlsx")
    assert head == [column.heading for column in preset.columns]
    account = [column.value for column in preset.columns].index(Value.ACCOUNT)
    amount = [column.value for column in preset.columns].index(Value.AMOUNT)
    assert [(row[account], row[amount]) for row in rows] == [
        ("6222021234567890128", 4000.0), ("80020000012345678", 480.0),
    ]  # fmt: skip


def test_the_list_of_the_one_card_system_says_who_is_paid(bench: Workbench, checked: str, tmp_path: Path) -> None:
    payments.write_bank_file(bench, checked, payments.layout(bench, "one_card"), tmp_path / "list.xlsx")
    head, *rows = grid(tmp_path / "list.xlsx")
    places = [head.index(heading) for heading in ("户主姓名", "家庭人口", "贫困属性", "脱贫年度", "发放金额")]
    assert [[row[place] for place in places] for row in rows] == [
        ["李亚保", 4.0, "脱贫户", "", 4000.0], ["陈康", 3.0, "贫困户", "", 480.0],
    ]  # fmt: skip


def test_a_csv_is_read_by_old_bank_programs(bench: Workbench, checked: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    told = payments.write_bank_file(bench, checked, payments.layout(bench, "银行代发文件(csv)"), path).told
    assert told == "已写出 2 户 4,480.00 元。"
    assert path.read_bytes().decode("gbk").splitlines()[:2] == [
        "账号,户名,金额,证件号码,摘要",
        "6222021234567890128,李亚保,4000.00,44088319680214123X,低岭村2026年度产业奖补资金",
    ]


def test_a_rare_name_is_told_where_the_bank_may_not_know_it(bench: Workbench, run: str, tmp_path: Path) -> None:
    office.bank(bench, office.SMALL, account_name="陈䶮")
    key = office.batch(bench, run).line.key
    for row in payments.load(bench, key).rows:
        payments.give_reason(bench, key, row.key, "曾用名。")
    payments.check(bench, key)
    told = payments.write_bank_file(bench, key, payments.layout(bench, "bank_text"), tmp_path / "x.csv").told
    assert "陈康的名字有生僻字" in told
    assert "陈䶮" in (tmp_path / "x.csv").read_bytes().decode("gb18030")


def test_no_list_of_a_draft(bench: Workbench, run: str, tmp_path: Path) -> None:
    key = office.batch(bench, run).line.key
    with pytest.raises(NotAllowed, match="还没有审核"):
        payments.write_bank_file(bench, key, payments.layout(bench, "bank"), tmp_path / "list.xlsx")
    assert not (tmp_path / "list.xlsx").exists()


def test_an_own_layout_comes_from_a_sample_and_is_used_again(bench: Workbench, checked: str, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["吴川农商银行代发模板"])
    book.active.append(["收款人账号", "收款人姓名", "交易金额(元)", "证件类型", "备注"])
    book.save(tmp_path / "农商行模板.xlsx")
    made = payments.from_sample(tmp_path / "农商行模板.xlsx")
    assert [column.value for column in made.columns] == [
        Value.ACCOUNT, Value.ACCOUNT_NAME, Value.AMOUNT, None, Value.NOTE,
    ]  # fmt: skip
    columns = tuple(LayoutColumn(one.heading, one.value, "身份证") if one.value is None else one for one in made.columns)
    payments.save_own(bench, payments.Layout(made.id, made.name, "xlsx", columns))
    own = payments.layout(bench, "农商行模板")
    assert own.own
    payments.write_bank_file(bench, checked, own, tmp_path / "list.xlsx")
    assert grid(tmp_path / "list.xlsx")[1] == ["6222021234567890128", "李亚保", 4000.0, "身份证", ""]
    bank_layouts.remove_own(bench, own.id)
    with pytest.raises(NotAllowed, match="没有“农商行模板”这种发放格式"):
        payments.layout(bench, "农商行模板")


def test_what_is_no_list_of_payments_is_told(bench: Workbench, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["品名", "价格"])
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(UnreadableFile, match="没有认出发放清单的表头"):
        payments.from_sample(tmp_path / "x.xlsx")
    columns = (LayoutColumn("账号", Value.ACCOUNT),)
    with pytest.raises(NotAllowed, match="哪一栏是金额"):
        payments.save_own(bench, payments.Layout("x", "某行", "xlsx", columns))
    with pytest.raises(NotAllowed, match="程序自带"):
        payments.save_own(bench, payments.Layout("x", "银行代发清单", "xlsx", columns))


def test_a_broken_own_layout_is_told_and_left_out(bench: Workbench) -> None:
    folder = bench.data_folder / bank_layouts.FOLDER
    folder.mkdir()
    (folder / "坏的.toml").write_text('name = "坏的"\nformat = "pdf"\n', encoding="utf-8")
    (fault,) = bank_layouts.broken(bench)
    assert isinstance(fault, BadDefinition)
    assert "坏的.toml" in str(fault)
    assert [one.name for one in payments.layouts(bench)] == [
        "财政补贴发放清册", "一卡通发放清单", "银行代发清单", "银行代发文件(csv)",
    ]  # fmt: skip


AMOUNT = LayoutColumn("金额", Value.AMOUNT)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("塘㙍农商行", "塘㙍农商行"), ("农商行/一卡通", "农商行一卡通"), (" 格式. ", "格式"), ("CON", "_CON"), ("a" * 200, "a" * 120)],
)
def test_an_own_layout_has_a_name_that_windows_takes(bench: Workbench, name: str, kept: str) -> None:
    made = payments.save_own(bench, payments.Layout("x", name, "csv", (LayoutColumn("“户名”", Value.ACCOUNT_NAME), AMOUNT)))
    assert (made.id, made.name, made.format, made.own) == (kept, kept, "csv", True)
    assert payments.layout(bench, kept) == made
    again = payments.save_own(bench, payments.Layout("y", name, "xlsx", (AMOUNT,)))
    assert [one for one in payments.layouts(bench) if one.own] == [again]


@pytest.mark.parametrize(
    ("name", "columns", "told"),
    [
        ("", (AMOUNT,), "起个名字"), ("　", (AMOUNT,), "起个名字"), ("???", (AMOUNT,), "起个名字"),
        ("某行", (AMOUNT, LayoutColumn(" ", Value.ACCOUNT)), "没有写表头"), ("某行", (), "哪一栏是金额"),
    ],
)  # fmt: skip
def test_what_can_be_no_layout_leaves_no_file(
    bench: Workbench, name: str, columns: tuple[LayoutColumn, ...], told: str
) -> None:
    with pytest.raises(NotAllowed, match=told):
        payments.save_own(bench, payments.Layout("x", name, "xlsx", columns))
    assert not (bench.data_folder / bank_layouts.FOLDER).exists()
    assert bank_layouts.broken(bench) == []


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("收款人账号", Value.ACCOUNT), ("一卡通账号", Value.ACCOUNT), ("户名", Value.ACCOUNT_NAME), ("户主姓名", Value.HEAD),
        ("金额(元)", Value.AMOUNT), ("发放金额（元）", Value.AMOUNT), ("补贴面积(亩)", Value.QUANTITY), ("开户银行名称", Value.BANK_NAME),
        ("身份证号码", Value.ID_NUMBER), ("乡（镇）", Value.TOWN), ("附言", Value.TITLE), ("序 号", Value.INDEX), ("经办人", None), ("", None),
    ],
)  # fmt: skip
def test_a_heading_of_a_bank_is_known_for_what_it_means(heading: str, value: Value | None) -> None:
    assert bank_layouts.meant(heading) is value
