"""Lists of donors: what is kept, what is refused, what is only told, undo, and the papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import funds, history, printing
from fupin_desktop.services.documents import computed
from fupin_desktop.services.funds import donors
from fupin_desktop.services.funds.donors import DonorForm
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.office import DONATION, UNIT, D, add, donor_paper, entry_keys, on

FIRM = DonorForm("吴川市金穗米业有限公司", "20000", "2026-01-30")
QUIET = DonorForm("张三", "100.50", "2026.1.31", anonymous=True, note="镇中学教师")
LAST = DonorForm("李　四", "29,900.00元", "", note="定向用于低岭村")


@pytest.fixture
def source(bench: Workbench) -> str:
    """50 000.50 yuan, assigned and arrived."""
    return add(bench, DONATION)


@pytest.fixture
def listed(bench: Workbench, source: str) -> str:
    donors.set_donors(bench, source, [FIRM, QUIET, LAST])
    return source


def names(bench: Workbench, source: str) -> list[str]:
    return [one.name for one in donors.donors(bench, source)]


def refused(bench: Workbench, source: str, *rows: DonorForm) -> str:
    before = donors.donors(bench, source)
    with pytest.raises(NotAllowed) as caught:
        donors.set_donors(bench, source, rows)
    assert donors.donors(bench, source) == before
    return caught.value.happened


def notes(bench: Workbench, source: str, *rows: DonorForm) -> tuple[str, ...]:
    return donors.check(rows, donors.summary(bench, source), bench.today).notes


# ---- keeping ----
def test_a_list_is_kept_exact_in_its_order_without_empty_rows(bench: Workbench, source: str) -> None:
    change = donors.set_donors(bench, source, [FIRM, DonorForm(" ", "", "　"), QUIET, LAST])
    assert change.nouns == {"funds"}
    assert change.message == "已保存捐赠名单“2026年捐款”：3 人 50,000.50 元"
    found = [tuple(one)[1:] for one in donors.donors(bench, source)]
    assert found == [
        ("吴川市金穗米业有限公司", D("20000.00"), date(2026, 1, 30), False, ""),
        ("张三", D("100.50"), date(2026, 1, 31), True, "镇中学教师"),
        ("李 四", D("29900.00"), None, False, "定向用于低岭村"),
    ]
    told = donors.summary(bench, source)
    assert (told.count, told.total, told.difference) == (3, D("50000.50"), D(0))
    assert told.text == "已录 3 人 50,000.50 元，与到账相差 0.00 元"
    assert donors.counts(bench, 2026) == {source: 3}
    assert donors.counts(bench, 2025) == {}


def test_the_same_list_again_changes_nothing(bench: Workbench, listed: str) -> None:
    forms = [one.form for one in donors.donors(bench, listed)]
    revision = bench.revision
    assert donors.set_donors(bench, listed, forms).nouns == frozenset()
    assert bench.revision == revision


def test_rows_change_move_come_and_go_in_one_change_that_is_undone_and_done_again(bench: Workbench, listed: str) -> None:
    firm, quiet, last = (one.form for one in donors.donors(bench, listed))
    wanted = [last._replace(amount="100.00"), firm, DonorForm("王五", "1")]
    donors.set_donors(bench, listed, wanted)
    assert names(bench, listed) == ["李 四", "吴川市金穗米业有限公司", "王五"]
    assert donors.summary(bench, listed).total == D("20101.00")
    assert history.can_undo(bench) == "捐赠名单“2026年捐款”"
    history.undo(bench)
    assert [one.form for one in donors.donors(bench, listed)] == [firm, quiet, last]
    history.redo(bench)
    assert names(bench, listed) == ["李 四", "吴川市金穗米业有限公司", "王五"]
    history.undo(bench)
    history.undo(bench)
    assert donors.donors(bench, listed) == []


def test_the_history_of_a_source_tells_of_its_donors_those_gone_too(bench: Workbench, listed: str) -> None:
    firm, _quiet, last = (one.form for one in donors.donors(bench, listed))
    donors.set_donors(bench, listed, [last, firm._replace(amount="20000.01")])
    other = add(bench, replace(DONATION, name="别的捐款"))
    donors.set_donors(bench, other, [DonorForm("别人", "1")])
    lines = [(one.label, one.before, one.after) for one in history.entries(bench, "funds", listed)]
    assert sorted(lines) == sorted([
        ("新增", "", ""),
        ("新增捐赠人", "", "吴川市金穗米业有限公司 20,000.00 元"),
        ("新增捐赠人", "", "张三 100.50 元"),
        ("新增捐赠人", "", "李 四 29,900.00 元"),
        ("删除捐赠人", "张三 100.50 元", ""),
        ("吴川市金穗米业有限公司 金额", "20,000.00", "20,000.01"),
    ])
    (own, came) = history.entries(bench, "funds", firm.key)
    assert {own.label, came.label} == {"吴川市金穗米业有限公司 金额", "新增捐赠人"}


# ---- refusing ----
@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (QUIET._replace(name=" "), "第 2 行“捐赠人”：没有填写捐赠人。"),
        (QUIET._replace(name="#REF!"), "第 2 行“捐赠人”：格子里是公式错误“#REF!”。"),
        (QUIET._replace(amount=""), "第 2 行“金额”：没有填写金额。"),
        (QUIET._replace(amount="0.00"), "第 2 行“金额”：金额应大于 0。"),
        (QUIET._replace(amount="-0.01"), "第 2 行“金额”：金额应大于 0。"),
        (QUIET._replace(amount="壹佰"), "第 2 行“金额”：金额“壹佰”不是数字。"),
        (QUIET._replace(given_on="2026-03-03"), "第 2 行“日期”：2026-03-03 在今天以后。"),
    ],
)
def test_a_row_that_cannot_be_kept_is_named_with_its_column(
    bench: Workbench, listed: str, row: DonorForm, sentence: str
) -> None:
    assert refused(bench, listed, FIRM, row) == sentence


def test_finer_than_a_fen_and_no_day_are_refused_and_today_is_taken(bench: Workbench, source: str) -> None:
    assert refused(bench, source, FIRM._replace(amount="0.005")).startswith("第 1 行“金额”：")
    assert refused(bench, source, FIRM._replace(given_on="2026-02-30")).startswith("第 1 行“日期”：")
    donors.set_donors(bench, source, [FIRM._replace(amount="0.01", given_on="2026-03-02")])
    assert donors.summary(bench, source).total == D("0.01")


def test_many_faults_are_told_up_to_five(bench: Workbench, source: str) -> None:
    told = refused(bench, source, *[DonorForm("甲", "x")] * 7)
    assert told.count("不是数字") == 5
    assert told.endswith("等共 7 处。")


def test_more_than_is_assigned_is_refused_to_the_fen(bench: Workbench, source: str) -> None:
    told = refused(bench, source, FIRM, QUIET, LAST._replace(amount="29900.01"))
    assert told == "捐赠名单合计 50,000.51 元，超过下达金额 50,000.50 元，多出 0.01 元。"
    donors.set_donors(bench, source, [FIRM, QUIET, LAST])


def test_nothing_assigned_sets_no_limit(bench: Workbench) -> None:
    key = add(bench, replace(DONATION, amount=D(0), received_on=None))
    funds.receive(bench, key, D(10), on(5))
    donors.set_donors(bench, key, [DonorForm("甲", "12")])
    assert donors.summary(bench, key).difference == D("-2.00")


def test_what_is_assigned_is_not_corrected_below_the_list(bench: Workbench, listed: str) -> None:
    with pytest.raises(NotAllowed, match=r"捐赠名单合计 50,000\.50 元，下达金额 50,000\.49 元，少了 0\.01 元"):
        funds.update(bench, listed, replace(DONATION, amount=D("50000.49")), "少记")
    funds.update(bench, listed, replace(DONATION, amount=D("50000.51")), "多记")
    funds.update(bench, listed, replace(DONATION, amount=D("50000.50")), "改回")
    assigned = entry_keys(bench, listed, EntryKind.ASSIGNED)[-1]
    with pytest.raises(NotAllowed):
        funds.counter(bench, assigned, on(1, 3), "少一分", D("0.01"))


def test_a_list_that_an_undo_brings_above_what_is_assigned_is_told(bench: Workbench, listed: str) -> None:
    donors.set_donors(bench, listed, [QUIET])
    funds.update(bench, listed, replace(DONATION, amount=D("50000.49")), "少记")
    assert funds.check(bench, 2026) == []
    history.undo(bench)
    (problem,) = funds.check(bench, 2026)
    assert (problem.code, problem.clause, problem.subjects) == ("fund.donors", "吴川 三(二)5", (listed,))
    assert problem.sentence.endswith("少了 0.01 元。")
    told = donors.check([one.form for one in donors.donors(bench, listed)], donors.summary(bench, listed), bench.today)
    assert [fault.row for fault in told.faults] == [-1]


def test_a_void_source_keeps_its_list_and_takes_no_other(bench: Workbench, listed: str) -> None:
    funds.void(bench, listed, "重复登记")
    assert len(donors.donors(bench, listed)) == 3
    assert "已作废" in refused(bench, listed, FIRM)
    with pytest.raises(NotAllowed, match="已被删除"):
        donors.set_donors(bench, "0" * 32, [FIRM])


# ---- only told ----
def test_what_is_missing_or_doubtful_is_told_and_kept(bench: Workbench, source: str) -> None:
    assert notes(bench, source, FIRM, QUIET, LAST) == ()
    assert notes(bench, source) == ()
    assert notes(bench, source, FIRM) == ("名单比到账还差 30,000.50 元，请核对。",)
    assert "第 2 行与第 1 行相同，请核对是不是重复。" in notes(bench, source, FIRM, FIRM)
    assert not any("相同" in one for one in notes(bench, source, FIRM, FIRM._replace(given_on="2026-01-29")))
    assert any("第 1 行有电话" in one for one in notes(bench, source, FIRM._replace(note="13800138000")))
    bench_unit = add(bench, UNIT)
    assert notes(bench, bench_unit, DonorForm("甲", "30000")) == ("名单比到账多出 30,000.00 元，请核对。",)


@pytest.mark.parametrize(
    ("column", "typed", "shown"),
    [
        ("amount", "20000", "20,000.00"), ("amount", "￥15元", "15.00"), ("amount", "许多", "许多"), ("amount", " ", ""),
        ("given_on", "2026.1.5", "2026-01-05"), ("given_on", "春天", "春天"), ("name", " 张三 ", "张三"),
    ],
)
def test_what_is_typed_is_tidied_and_never_lost(column: str, typed: str, shown: str) -> None:
    assert donors.tidy(column, typed) == shown


# ---- papers ----
def text_of(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def cells(path: Path) -> list[list[object]]:
    sheet = load_workbook(path, data_only=True).worksheets[0]
    return [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]


def test_the_public_copy_names_no_anonymous_donor(bench: Workbench, listed: str, tmp_path: Path) -> None:
    donor_paper(bench, listed).write(tmp_path / "名单.pdf")
    text = text_of(tmp_path / "名单.pdf")
    for there in ("爱心人士", "吴川市金穗米业有限公司", "50,000.50", "定向用于低岭村", "2026-01-30", "3 人(单位)"):
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
    donors.set_donors(bench, source, [FIRM, LAST._replace(note=f"联系 {number}")])
    with pytest.raises(NotAllowed, match="第 2 行有电话、证件号或账号"):
        donor_paper(bench, source).write(tmp_path / "名单.pdf")
    assert not (tmp_path / "名单.pdf").exists()
    donor_paper(bench, source, public=False).write(tmp_path / "存档.pdf")
    rows = [one.form for one in donors.donors(bench, source)]
    donors.set_donors(bench, source, [rows[0], rows[1]._replace(anonymous=True)])
    donor_paper(bench, source).write(tmp_path / "名单.pdf")
    assert number not in text_of(tmp_path / "名单.pdf")


def test_an_empty_list_is_no_paper(bench: Workbench, source: str) -> None:
    with pytest.raises(NotAllowed, match="还没有捐赠名单"):
        donor_paper(bench, source).filled()


def test_the_list_is_printed_as_a_paper_of_its_source(bench: Workbench, listed: str) -> None:
    paper = computed.printable("funds", listed, donor_paper(bench, listed))
    assert (paper.kind, paper.key, paper.title) == ("funds", listed, "2026年捐款 捐赠名单")
    assert paper.draw(None).pdf.startswith(b"%PDF")
    printing.record(bench, [printing.Printed(paper.kind, paper.key, paper.title, "前台")])
    assert "打印" in {line.label for line in history.entries(bench, "funds", listed)}
