"""Rows of donors out of pasted blocks and spreadsheet files."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from fupin_desktop.errors import Situation, UnreadableFile
from fupin_desktop.services.funds import donors
from fupin_desktop.services.funds.donor_sheets import read_cells, read_file, read_text
from fupin_desktop.services.funds.donors import DonorForm
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.office import DONATION, add, donor_paper


def write(path: Path, *sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("heading", "cells", "wanted"),
    [
        ("捐赠人\t金额\t日期\t备注", "张三\t500\t2026-1-5\t现金", DonorForm("张三", "500.00", "2026-01-05", note="现金")),
        ("序号\t姓名\t捐款金额(元)", "1\t张三\t1,500.5", DonorForm("张三", "1,500.50")),
        ("金额\t单位", "20000\t市水务局", DonorForm("市水务局", "20,000.00")),
        ("单位\t姓名\t金额\t备注", "市水务局\t张三\t300\t补交", DonorForm("张三", "300.00", note="市水务局；补交")),
        ("单位\t姓名\t金额", "市水务局\t\t300", DonorForm("市水务局", "300.00")),
        ("捐赠人\t金额(万元)", "张三\t1.25", DonorForm("张三", "12,500.00")),
        ("捐赠人\t金额\t日期", "张三\t5\t春天", DonorForm("张三", "5.00", "春天")),
        ("捐赠人\t金额\t是否匿名", "张三\t5\t是", DonorForm("张三", "5.00", anonymous=True)),
        ("捐赠人\t金额\t匿名", "张三\t5\t否", DonorForm("张三", "5.00")),
        ("捐赠人\t金额\t备注", "张三\t5\t匿名；教师", DonorForm("张三", "5.00", anonymous=True, note="教师")),
        ("捐赠人\t金额\t备注", "张三\t5\t不匿名", DonorForm("张三", "5.00", note="不匿名")),
        ("捐赠人\t金额", "张三\t伍佰", DonorForm("张三", "伍佰")),
        ("捐赠人\t金额", "\t5", DonorForm("", "5.00")),
    ],
)
def test_columns_are_known_by_their_headings(heading: str, cells: str, wanted: DonorForm) -> None:
    found = read_text(f"{heading}\r\n{cells}\r\n")
    assert found == ((wanted,), True)


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        ("张三\t500\n李四\t300", [DonorForm("张三", "500.00"), DonorForm("李四", "300.00")]),
        ("1\t张三\t500\n2\t李四\t300", [DonorForm("张三", "500.00"), DonorForm("李四", "300.00")]),
        ("2026-1-5\t张三\t500\t现金", [DonorForm("张三", "500.00", "2026-01-05", note="现金")]),
        ("张三\t13800138000\t500", [DonorForm("张三", "500.00", note="13800138000")]),
        ("张三\t现金", []),
        ("", []),
    ],
)
def test_without_a_heading_columns_are_known_by_what_they_hold(block: str, wanted: list[DonorForm]) -> None:
    found = read_text(block)
    assert list(found.rows) == wanted
    assert not found.headed


def test_titles_sums_and_signatures_are_left_out() -> None:
    rows: list[list[object]] = [
        ["塘㙍镇捐款名单"], [], ["序号", "捐赠人", "金额", "捐款时间"],
        [1.0, "张三", 500.0, datetime(2026, 1, 5)], [], [2.0, "李四", 0.1 + 0.2, date(2026, 1, 6)],  # noqa: DTZ001
        ["合计", "", 500.3], ["大写：伍佰元叁角"], ["制表：陈经办"],
    ]
    assert read_cells(rows).rows == (  # type: ignore[arg-type]
        DonorForm("张三", "500.00", "2026-01-05"), DonorForm("李四", "0.30", "2026-01-06"),
    )


def test_all_sheets_of_a_file_that_name_donors_are_read(tmp_path: Path) -> None:
    head: list[object] = ["捐赠人", "金额"]
    path = write(tmp_path / "名单.xlsx", [head, ["张三", 500]], [["说明"]], [head, ["李四", "1 000.00"]])
    found = read_file(path)
    assert [(row.name, row.amount) for row in found.rows] == [("张三", "500.00"), ("李四", "1,000.00")]


def test_a_file_without_a_heading_or_that_is_no_spreadsheet_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="没有认出捐赠名单的表头"):
        read_file(write(tmp_path / "别的.xlsx", [["日期", "事项"], ["2026-1-1", "开会"]]))
    (tmp_path / "坏的.xlsx").write_bytes(b"no")
    with pytest.raises(Situation):
        read_file(tmp_path / "坏的.xlsx")
    with pytest.raises(Situation):
        read_file(tmp_path / "没有.xlsx")


@pytest.mark.parametrize("public", [True, False])
def test_a_list_that_was_written_can_be_read_again(bench: Workbench, tmp_path: Path, public: bool) -> None:
    key = add(bench, DONATION)
    rows = [
        DonorForm("吴川市金穗米业有限公司", "20,000.00", "2026-01-30"),
        DonorForm("张三", "100.50", "2026-01-31", anonymous=True, note="镇中学教师"),
        DonorForm("䶮𠅤·单", "0.01", note="定向"),
    ]
    donors.set_donors(bench, key, rows)
    donor_paper(bench, key, public=public).write(tmp_path / "名单.xlsx")
    if public:
        rows[1] = DonorForm("爱心人士", "100.50", "2026-01-31")
    assert list(read_file(tmp_path / "名单.xlsx").rows) == rows
