"""The donors of a source as a register: edited, pasted, checked, undone and exported like any other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import exports, funds, history, registers
from fupin_desktop.services.registers import CellEdit, Query
from fupin_desktop.services.registers.blocks import put_block
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.conftest import bench as bench
from tests.services.funds.office import DONATION, DONORS, D, add, donors_of, give
from tests.services.register_office import cell

FIRM = {"name": "吴川市金穗米业有限公司", "amount": "2万元", "given_on": "2026年1月30日"}
QUIET = {"name": "张三", "amount": "100.50", "anonymous": "是", "note": "镇中学教师"}


@pytest.fixture
def source(bench: Workbench) -> str:
    """50 000.50 yuan, assigned and arrived."""
    return add(bench, DONATION)


def test_a_block_of_donors_is_one_change_of_their_source(bench: Workbench, source: str) -> None:
    outcome = put_block(bench, DONORS, [], [FIRM, QUIET], "捐赠名单", source)
    assert outcome.change is not None
    assert source in outcome.change.keys
    assert outcome.change.nouns == {"funds"}
    assert donors_of(bench, source, "name", "amount", "anonymous") == [
        ("吴川市金穗米业有限公司", "20,000.00", "否"), ("张三", "100.50", "是"),
    ]  # fmt: skip
    found = registers.totals(bench, Query(DONORS, 2026, parent=source))
    assert (found.count, found.sums) == (2, {"amount": "20,100.50"})
    history.undo(bench)
    assert donors_of(bench, source, "name") == []


@pytest.mark.parametrize(
    ("column", "text", "word"),
    [
        ("amount", "0", "大于 0"), ("amount", "壹佰", "不是数字"), ("amount", "50000.51", "多出 0.01 元"),
        ("amount", "", "不能空着"), ("amount", "-0.01", ""), ("amount", "0.005", "2位小数"), ("name", "#REF!", "公式错误"),
        ("given_on", "2026-02-30", ""), ("given_on", "2026-03-03", "在今天以后"), ("name", " ", "不能空着"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_at_its_cell(bench: Workbench, source: str, column: str, text: str, word: str) -> None:
    (key,) = give(bench, source, FIRM)
    outcome = registers.set_cells(bench, DONORS, [CellEdit(key, column, text)])
    assert outcome.refused
    assert [problem.field for problem in outcome.problems] == [column]
    assert word in outcome.problems[0].sentence
    assert donors_of(bench, source, "name", "amount") == [("吴川市金穗米业有限公司", "20,000.00")]


def test_as_much_as_assigned_is_kept_and_nothing_assigned_sets_no_limit(bench: Workbench, source: str) -> None:
    (key,) = give(bench, source, FIRM)
    assert registers.set_cells(bench, DONORS, [CellEdit(key, "amount", "50000.50")]).change is not None
    open_end = add(bench, replace(DONATION, name="未下达", amount=D(0), received_on=None))
    give(bench, open_end, {"name": "甲", "amount": "999999"})


def test_the_rows_above_what_is_assigned_are_told_with_the_sum_of_all(bench: Workbench, source: str) -> None:
    give(bench, source, FIRM)
    rows = [{"name": name, "amount": "20000"} for name in "甲乙丙"]
    outcome = put_block(bench, DONORS, [], rows, "捐赠名单", source)
    assert outcome.refused
    sentence = "捐赠名单合计 80,000.00 元，超过下达金额 50,000.50 元，多出 29,999.50 元。"
    assert [one.sentence for one in outcome.problems] == [sentence] * 2
    assert len(donors_of(bench, source, "name")) == 1


def test_equal_rows_are_asked_about_and_kept(bench: Workbench, source: str) -> None:
    first, second, _third = give(bench, source, FIRM, FIRM, QUIET)
    problems = [row.problems for row in registers.rows(bench, DONORS, 2026, [first, second])]
    assert [list(one) for one in problems] == [["name"], ["name"]]
    assert registers.set_cells(bench, DONORS, [CellEdit(second, "given_on", "2026-01-29")]).problems == ()
    (row,) = registers.rows(bench, DONORS, 2026, [first])
    assert row.problems == {}


def test_new_rows_come_last_and_stay_in_their_places(bench: Workbench, source: str) -> None:
    keys = give(bench, source, FIRM, QUIET)
    other = add(bench, replace(DONATION, name="别的捐款"))
    give(bench, other, {"name": "甲", "amount": "1"})
    registers.remove(bench, DONORS, [keys[0]])
    registers.add(bench, DONORS, {"name": "乙", "amount": "2"}, source)
    history.undo(bench)
    history.undo(bench)
    registers.add(bench, DONORS, {"name": "丙", "amount": "3"}, source)
    assert [name for (name,) in donors_of(bench, source, "name")] == ["吴川市金穗米业有限公司", "张三", "丙"]
    last = give(bench, source)[-1]
    assert registers.position(bench, Query(DONORS, 2026, parent=source), last) == 2
    assert registers.all_keys(bench, Query(DONORS, 2026, parent=source, sort=(("amount", False),)))[0] == last


def test_a_number_in_a_remark_is_only_told(bench: Workbench, source: str) -> None:
    (key,) = give(bench, source, FIRM)
    outcome = registers.set_cells(bench, DONORS, [CellEdit(key, "note", "联系 13800138000")])
    assert outcome.change is not None
    assert [problem.field for problem in outcome.problems] == ["note"]
    (row,) = registers.rows(bench, DONORS, 2026, [key])
    assert list(row.problems) == ["note"]


def test_a_void_source_keeps_its_list(bench: Workbench, source: str) -> None:
    (key,) = give(bench, source, FIRM)
    funds.void(bench, source, "重复登记")
    with pytest.raises(NotAllowed, match="已作废"):
        registers.set_cells(bench, DONORS, [CellEdit(key, "note", "x")])
    with pytest.raises(NotAllowed, match="已作废"):
        registers.add(bench, DONORS, QUIET, source)
    with pytest.raises(NotAllowed, match="已作废"):
        registers.remove(bench, DONORS, [key])
    assert len(donors_of(bench, source, "name")) == 1


def test_removal_history_and_export(bench: Workbench, source: str, tmp_path: Path) -> None:
    firm, quiet = give(bench, source, FIRM, QUIET)
    registers.set_cells(bench, DONORS, [CellEdit(firm, "amount", "20000.01")])
    registers.remove(bench, DONORS, [quiet])
    lines = {(one.label, one.before, one.after) for one in history.entries(bench, "funds", source)}
    assert lines >= {
        ("新增捐赠人", "", "张三 100.50 元"),
        ("删除捐赠人", "张三 100.50 元", ""),
        ("吴川市金穗米业有限公司 金额", "20,000.00", "20,000.01"),
    }
    assert [one.label for one in history.entries(bench, "donors", firm)] == ["金额", "新增"]
    assert exports.write_register(bench, DONORS, tmp_path / "名单.xlsx") == 1
    head, row = openpyxl.load_workbook(tmp_path / "名单.xlsx").active.iter_rows(values_only=True)  # type: ignore[union-attr]
    assert dict(zip(head, row, strict=True))["捐赠人"] == "吴川市金穗米业有限公司"
    (found,) = registers.window(bench, Query(DONORS, 2026, text="jsmy"), 0, 5)
    assert cell(found, "source", DONORS) == "2026年捐款"
