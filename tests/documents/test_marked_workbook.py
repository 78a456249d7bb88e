"""Rows with what is wrong in them, written so that they can be mended."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl

from fupin_desktop.documents.drawing.marked_workbook import Mark, MarkedRow, MarkedSheet, write_marked

MADE = datetime.fromisoformat("2026-11-21T10:00:00")


def written(path: Path, *rows: MarkedRow, above: list[list[str]] | None = None) -> openpyxl.Workbook:
    above = above or [["标题", ""], ["户主", "身份证号"]]
    marked = MarkedSheet("名册", "问题说明", list(above), len(above) - 1, [(0, 0, 0, 1)], list(rows))
    write_marked(path, marked, made=MADE)
    return openpyxl.load_workbook(path)


def test_values_keep_their_types(tmp_path: Path) -> None:
    row = MarkedRow(["00123", 12.3, 5.0, True, date(2026, 3, 1), 440883196803120019, "=A1", "a\x07b"])
    sheet = written(tmp_path / "a.xlsx", row).active
    values = [cell.value for cell in sheet[3]]
    assert values[1:5] == ["00123", 12.3, 5, True]
    assert values[5] == datetime.fromisoformat("2026-03-01")
    assert values[6] == "4.40883196803120e+17" or values[6].startswith("4.40883196803")
    assert values[7:] == ["=A1", "ab"]
    assert sheet["H3"].data_type == "s"


def test_marks_explanations_and_set_up(tmp_path: Path) -> None:
    row = MarkedRow(["张三", "1"], "身份证号应为18位", {1: Mark.MUST, 0: Mark.WARNING})
    sheet = written(tmp_path / "a.xlsx", row).active
    assert sheet["A2"].value == "问题说明"
    assert sheet["A3"].value == "身份证号应为18位"
    assert sheet["C3"].fill.fgColor.rgb == Mark.MUST.value
    assert sheet["B3"].fill.fgColor.rgb == Mark.WARNING.value
    assert sheet.freeze_panes == "B3"
    assert [str(one) for one in sheet.merged_cells.ranges] == ["B1:C1"]


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        written(tmp_path / name, MarkedRow(["张三", "1"]))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_title_that_no_sheet_may_have(tmp_path: Path) -> None:
    marked = MarkedSheet("名册/2026:[一]*" * 9, "问题说明", [["户主"]], 0, [], [])
    write_marked(tmp_path / "a.xlsx", marked, made=MADE)
    assert len(openpyxl.load_workbook(tmp_path / "a.xlsx").active.title) == 31
