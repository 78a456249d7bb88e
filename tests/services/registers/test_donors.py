"""The donors of a source as a register: edited, pasted, checked, undone and exported like any other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import exports, funds, history, registers
from fupin_desktop.services.funds import donors
from fupin_desktop.services.registers import CellEdit, Query, registry
from fupin_desktop.services.registers.blocks import put_block
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.conftest import bench as bench
from tests.services.funds.office import DONATION, D, add
from tests.services.register_office import cell

DONORS = registry.of("donors")
FIRM = {"name": "吴川市金穗米业有限公司", "amount": "2万元", "given_on": "2026年1月30日"}
QUIET = {"name": "张三", "amount": "100.50", "anonymous": "是", "note": "镇中学教师"}


@pytest.fixture
def source(bench: Workbench) -> str:
    """50 000.50 yuan, assigned and arrived."""
    return add(bench, DONATION)


def given(bench: Workbench, source: str, *rows: dict[str, str]) -> list[str]:
    outcome = put_block(bench, DONORS, [], rows, f"捐赠名单，新增 {len(rows)} 人", source)
    assert not outcome.refused, outcome.problems
    return list(registers.all_keys(bench, Query(DONORS, bench.year, parent=source)))


def test_a_block_of_donors_is_one_change_of_their_source(bench: Workbench, source: str) -> None:
    outcome = put_block(bench, DONORS, [], [FIRM, QUIET], "捐赠名单", source)
    assert outcome.change is not None
    assert source in outcome.change.keys
    assert outcome.change.nouns == {"funds"}
    assert [(one.name, one.amount, one.anonymous) for one in donors.donors(bench, source)] == [
        ("吴川市金穗米业有限公司", D("20000.00"), False), ("张三", D("100.50"), True),
    ]  # fmt: skip
    found = registers.totals(bench, Query(DONORS, 2026, parent=source))
    assert (found.count, found.sums) == (2, {"amount": "20,100.50"})
    history.undo(bench)
    assert donors.donors(bench, source) == []


@pytest.mark.parametrize(
    ("column", "text", "word"),
    [
        ("amount", "0", "大于 0"), ("amount", "壹佰", "不是数字"), ("amount", "50000.51", "多出 0.01 元"),
        ("amount", "", "不能空着"), ("given_on", "2026-03-03", "在今天以后"), ("name", " ", "不能空着"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_at_its_cell(bench: Workbench, source: str, column: str, text: str, word: str) -> None:
    (key,) = given(bench, source, FIRM)
    outcome = registers.set_cells(bench, DONORS, [CellEdit(key, column, text)])
    assert outcome.refused
    assert [problem.field for problem in outcome.problems] == [column]
    assert word in outcome.problems[0].sentence
    assert donors.summary(bench, source).total == D("20000.00")


def test_as_much_as_assigned_is_kept_and_nothing_assigned_sets_no_limit(bench: Workbench, source: str) -> None:
    (key,) = given(bench, source, FIRM)
    assert registers.set_cells(bench, DONORS, [CellEdit(key, "amount", "50000.50")]).change is not None
    open_end = add(bench, replace(DONATION, name="未下达", amount=D(0), received_on=None))
    given(bench, open_end, {"name": "甲", "amount": "999999"})


def test_a_number_in_a_remark_is_only_told(bench: Workbench, source: str) -> None:
    (key,) = given(bench, source, FIRM)
    outcome = registers.set_cells(bench, DONORS, [CellEdit(key, "note", "联系 13800138000")])
    assert outcome.change is not None
    assert [problem.field for problem in outcome.problems] == ["note"]
    (row,) = registers.rows(bench, DONORS, 2026, [key])
    assert list(row.problems) == ["note"]


def test_a_void_source_keeps_its_list(bench: Workbench, source: str) -> None:
    (key,) = given(bench, source, FIRM)
    funds.void(bench, source, "重复登记")
    with pytest.raises(NotAllowed, match="已作废"):
        registers.set_cells(bench, DONORS, [CellEdit(key, "note", "x")])
    with pytest.raises(NotAllowed, match="已作废"):
        registers.add(bench, DONORS, QUIET, source)
    with pytest.raises(NotAllowed, match="已作废"):
        registers.remove(bench, DONORS, [key])
    assert len(donors.donors(bench, source)) == 1


def test_removal_history_and_export(bench: Workbench, source: str, tmp_path: Path) -> None:
    firm, quiet = given(bench, source, FIRM, QUIET)
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
