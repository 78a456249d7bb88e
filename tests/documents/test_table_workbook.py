"""Plain lists: numbers are numbers, text is text, the file is ready to print and to read back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fupin_desktop.documents.drawing.table_workbook import CellKind, TableColumn, write_table

MADE = datetime.fromisoformat("2026-11-21T10:00:00")
COLUMNS = [
    TableColumn("姓名", CellKind.TEXT, 12),
    TableColumn("人数", CellKind.INTEGER, 8),
    TableColumn("金额(元)", CellKind.MONEY, 12),
    TableColumn("面积(亩)", CellKind.AREA, 12),
]


def written(path: Path, *rows: list[Any]) -> Any:
    assert write_table(path, "名册", COLUMNS, rows, made=MADE) == len(rows)
    return openpyxl.load_workbook(path).active


def test_numbers_are_numbers_and_text_is_text(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", ["=1+1", 3, Decimal("1234.50"), Decimal("0.001")], ["+86", None, None, None])
    assert [cell.value for cell in sheet[1]] == ["姓名", "人数", "金额(元)", "面积(亩)"]
    assert [cell.value for cell in sheet[2]] == ["=1+1", 3, 1234.5, 0.001]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "n"]
    assert [cell.number_format for cell in sheet[2]] == ["@", "0", "#,##0.00", "0.000"]
    assert [cell.value for cell in sheet[3]] == ["+86", None, None, None]


def test_characters_that_no_workbook_holds_are_left_out(tmp_path: Path) -> None:
    assert written(tmp_path / "a.xlsx", ["张\x00三\ud800𠅤", 1, None, None])["A2"].value == "张三𠅤"


def test_print_set_up_and_properties(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", ["张三", 1, None, None])
    assert sheet.title == "名册"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == ("portrait", 1, 0)
    assert sheet.parent.properties.creator == sheet.parent.properties.lastModifiedBy == "产业扶贫工作台"


def test_rows_are_told_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fupin_desktop.documents.drawing.table_workbook._EVERY", 2)
    told: list[int] = []
    rows = [["张三", 1, None, None]] * 5
    write_table(tmp_path / "a.xlsx", "名册", COLUMNS, rows, made=MADE, tell=told.append)
    assert told == [2, 4]
