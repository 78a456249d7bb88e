"""Lists of donors beside the money of their sources, and the papers made of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import funds, history, printing, registers
from fupin_desktop.services.documents import computed
from fupin_desktop.services.registers import CellEdit, Query
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.office import DONATION, DONORS, D, add, beside, donor_paper, donors_of, entry_keys, give, on

FIRM = {"name": "吴川市金穗米业有限公司", "amount": "20000", "given_on": "2026-01-30"}
QUIET = {"name": "张三", "amount": "100.50", "given_on": "2026.1.31", "anonymous": "是", "note": "镇中学教师"}
LAST = {"name": "李　四", "amount": "29,900.00元", "note": "定向用于低岭村"}


@pytest.fixture
def source(bench: Workbench) -> str:
    """50 000.50 yuan, assigned and arrived."""
    return add(bench, DONATION)


@pytest.fixture
def listed(bench: Workbench, source: str) -> str:
    give(bench, source, FIRM, QUIET, LAST)
    return source


def keys(bench: Workbench, source: str) -> list[str]:
    return give(bench, source)


def put(bench: Workbench, key: str, column: str, text: str) -> None:
    assert registers.set_cells(bench, DONORS, [CellEdit(key, column, text)]).change is not None


# ---- beside the money ----
def test_a_list_is_summed_beside_what_arrived(bench: Workbench, listed: str) -> None:
    assert donors_of(bench, listed, "name", "amount", "given_on", "anonymous", "note") == [
        ("吴川市金穗米业有限公司", "20,000.00", "2026-01-30", "否", ""),
        ("张三", "100.50", "2026-01-31", "是", "镇中学教师"),
        ("李 四", "29,900.00", "", "否", "定向用于低岭村"),
    ]
    assert beside(bench, listed) == ("已录 3 人 50,000.50 元，与到账相差 0.00 元", True)
    registers.remove(bench, DONORS, keys(bench, listed)[1:])
    assert beside(bench, listed) == ("已录 1 人 20,000.00 元，与到账相差 30,000.50 元", False)
    history.undo(bench)
    assert beside(bench, add(bench, replace(DONATION, name="还没有名单", amount=D(0), received_on=None))).good is False
    assert registers.counts_of_parents(bench, Query(DONORS, 2026)) == {listed: 3}
    with pytest.raises(NotAllowed, match="已被删除"):
        registers.owner_of(bench, DONORS, "0" * 32)


def test_the_history_of_a_source_tells_of_its_donors_those_gone_too(bench: Workbench, listed: str) -> None:
    firm, quiet, _last = keys(bench, listed)
    registers.remove(bench, DONORS, [quiet])
    put(bench, firm, "amount", "20000.01")
    other = add(bench, replace(DONATION, name="别的捐款"))
    give(bench, other, {"name": "别人", "amount": "1"})
    lines = [(one.label, one.before, one.after) for one in history.entries(bench, "funds", listed)]
    assert sorted(lines) == sorted([
        ("新增", "", ""),
        ("新增捐赠人", "", "吴川市金穗米业有限公司 20,000.00 元"),
        ("新增捐赠人", "", "张三 100.50 元"),
        ("新增捐赠人", "", "李 四 29,900.00 元"),
        ("删除捐赠人", "张三 100.50 元", ""),
        ("吴川市金穗米业有限公司 金额", "20,000.00", "20,000.01"),
    ])
    (own, came) = history.entries(bench, "funds", firm)
    assert {own.label, came.label} == {"吴川市金穗米业有限公司 金额", "新增捐赠人"}


def test_what_is_assigned_is_not_corrected_below_the_list(bench: Workbench, listed: str) -> None:
    with pytest.raises(NotAllowed, match=r"捐赠名单合计 50,000\.50 元，下达金额 50,000\.49 元，少了 0\.01 元"):
        funds.update(bench, listed, replace(DONATION, amount=D("50000.49")), "少记")
    funds.update(bench, listed, replace(DONATION, amount=D("50000.51")), "多记")
    funds.update(bench, listed, replace(DONATION, amount=D("50000.50")), "改回")
    assigned = entry_keys(bench, listed, EntryKind.ASSIGNED)[-1]
    with pytest.raises(NotAllowed):
        funds.counter(bench, assigned, on(1, 3), "少一分", D("0.01"))


def test_a_list_that_an_undo_brings_above_what_is_assigned_is_told(bench: Workbench, listed: str) -> None:
    firm, quiet, last = keys(bench, listed)
    registers.remove(bench, DONORS, [firm, last])
    funds.update(bench, listed, replace(DONATION, amount=D("50000.49")), "少记")
    assert funds.check(bench, 2026) == []
    history.undo(bench)
    (problem,) = funds.check(bench, 2026)
    assert (problem.code, problem.clause, problem.subjects) == ("fund.donors", "吴川 三(二)5", (listed,))
    assert problem.sentence.endswith("少了 0.01 元。")
    told = [row.problems for row in registers.rows(bench, DONORS, 2026, [firm, quiet, last])]
    assert [list(one) for one in told] == [[], [], ["amount"]]


# ---- papers ----
def text_of(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def cells(path: Path) -> list[list[object]]:
    sheet = load_workbook(path, data_only=True).worksheets[0]
    return [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]


def test_the_public_copy_names_no_anonymous_donor(bench: Workbench, listed: str, tmp_path: Path) -> None:
    donor_paper(bench, listed).write(tmp_path / "名单.pdf")
    text = text_of(tmp_path / "名单.pdf")
    for there in ("爱心人士", "吴川市金穗米业有限公司", "50,000.50", "定向用于低岭村", "2026-01-30", "3 人（单位）"):
        assert there in text
    assert "伍万元零伍角整" in text
    for hidden in ("张三", "镇中学教师"):
        assert hidden not in text


def test_the_workbook_has_numbers_and_a_live_sum(bench: Workbench, listed: str, tmp_path: Path) -> None:
    donor_paper(bench, listed).write(tmp_path / "名单.xlsx")
    rows = cells(tmp_path / "名单.xlsx")
    assert ["1", "吴川市金穗米业有限公司", 20000, "2026-01-30"] in [[str(row[0]), *row[1:]] for row in rows if len(row) == 4]
    raw = load_workbook(tmp_path / "名单.xlsx").worksheets[0]
    formulas = [str(cell.value) for row in raw.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert any("SUM" in one for one in formulas)
    assert not any("张三" in str(value) for row in rows for value in row)


def test_the_own_copy_has_every_name_and_says_who_is_anonymous(bench: Workbench, listed: str, tmp_path: Path) -> None:
    donor_paper(bench, listed, public=False).write(tmp_path / "存档.pdf")
    text = text_of(tmp_path / "存档.pdf")
    assert "张三" in text
    assert "匿名；镇中学教师" in text
    assert "存档" in text


@pytest.mark.parametrize("number", ["13800138000", "440883197001011232", "6222 0210 0111 2345 678"])
def test_no_number_goes_public(bench: Workbench, source: str, number: str, tmp_path: Path) -> None:
    _firm, last = give(bench, source, FIRM, {**LAST, "note": f"联系 {number}"})
    with pytest.raises(NotAllowed, match="第 2 行有电话、证件号或账号"):
        donor_paper(bench, source).write(tmp_path / "名单.pdf")
    assert not (tmp_path / "名单.pdf").exists()
    donor_paper(bench, source, public=False).write(tmp_path / "存档.pdf")
    put(bench, last, "anonymous", "是")
    donor_paper(bench, source).write(tmp_path / "名单.pdf")
    assert number not in text_of(tmp_path / "名单.pdf")


def test_who_is_called_anonymous_in_the_remark_alone_is_not_named_in_public(
    bench: Workbench, source: str, tmp_path: Path
) -> None:
    give(bench, source, FIRM, {**QUIET, "anonymous": "", "note": "匿名；镇中学教师"}, {**LAST, "note": "不匿名"})
    donor_paper(bench, source).write(tmp_path / "名单.pdf")
    text = text_of(tmp_path / "名单.pdf")
    assert "爱心人士" in text
    assert "李 四" in text
    assert "张三" not in text
    donor_paper(bench, source, public=False).write(tmp_path / "存档.pdf")
    assert "匿名；镇中学教师" in text_of(tmp_path / "存档.pdf")


def test_an_empty_list_is_no_paper(bench: Workbench, source: str) -> None:
    with pytest.raises(NotAllowed, match="还没有捐赠名单"):
        donor_paper(bench, source).filled()


def test_the_list_is_printed_as_a_paper_of_its_source(bench: Workbench, listed: str) -> None:
    paper = computed.printable("funds", listed, donor_paper(bench, listed))
    assert (paper.kind, paper.key, paper.title) == ("funds", listed, "2026年捐款 捐赠名单")
    assert paper.draw(None).pdf.startswith(b"%PDF")
    printing.record(bench, [printing.Printed(paper.kind, paper.key, paper.title, "前台")])
    assert "打印" in {line.label for line in history.entries(bench, "funds", listed)}
