"""The workbook: what another program reads in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from fupin_desktop.documents.drawing.workbook import workbook_bytes, write_workbook
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.services.document_types.award_sheet import AwardSheet
from tests.documents.papers import MADE, award_sheet_form, definition, sheet, small_rows

OFFICE = shutil.which("soffice")


def sheet_of(form: FilledForm) -> Worksheet:
    found = load_workbook(BytesIO(workbook_bytes(form))).active
    assert isinstance(found, Worksheet)
    return found


def parts(form: FilledForm) -> dict[str, str]:
    with ZipFile(BytesIO(workbook_bytes(form))) as package:
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}


def test_amounts_are_numbers_and_totals_are_live_sums(tmp_path: Path) -> None:
    page = sheet_of(fill(definition(tmp_path), small_rows(5), MADE))
    assert [page.cell(row, 3).value for row in range(2, 7)] == [1, 2, 3, 4, 5]
    assert page["C7"].value == "=SUM(C2:C6)"
    assert page["C2"].number_format == "#,##0.00"


def test_programs_that_do_not_calculate_read_the_sums_too(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    write_workbook(fill(definition(tmp_path), small_rows(5), MADE), target)
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert rows[6][2] == 15.0


def test_without_rows_the_total_is_a_plain_zero(tmp_path: Path) -> None:
    page = sheet_of(fill(definition(tmp_path), small_rows(0), MADE))
    assert page["C2"].value == 0


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "440883199001011234", "007"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    data = small_rows(1)
    data["rows"][0]["text"] = text  # type: ignore[index]
    form = fill(definition(tmp_path), data, MADE)
    cell = sheet_of(form)["B2"]
    assert cell.value == text
    assert cell.data_type == "s"
    assert "<f>" not in parts(form)["xl/worksheets/sheet1.xml"].replace("<f>SUM(C2:C2)</f>", "")


def test_print_set_up_is_that_of_the_paper() -> None:
    page = sheet_of(award_sheet_form(sheet(30)))
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize in (9, "9")
    assert page.page_setup.fitToWidth == 1
    assert page.page_setup.fitToHeight == 0
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$3:$3"
    assert page.print_area == f"'{page.title}'!$A$1:$O${page.max_row}"
    assert page.page_margins.left == pytest.approx(12 / 25.4)
    assert page.page_margins.top == pytest.approx(16 / 25.4)
    assert "&P" in page.oddFooter.center.text
    assert "&N" in page.oddFooter.center.text


def test_the_grid_is_that_of_the_paper() -> None:
    form = award_sheet_form(sheet(3))
    page = sheet_of(form)
    grid = form.grid
    assert grid is not None
    widths = [page.column_dimensions[letter].width * 7 / 96 * 25.4 for letter in "ABCDEFGHIJKLMNO"]
    assert widths == pytest.approx(list(grid.columns), abs=0.02)
    heights = [page.row_dimensions[row].height * 25.4 / 72 for row in range(1, len(grid.heights) + 1)]
    assert heights == pytest.approx(list(grid.heights), abs=0.01)
    assert page["A3"].border.left.style == "medium"
    assert page["A3"].border.top.style == "medium"
    assert page["B4"].border.left.style == "thin"
    assert page["A1"].border.left.style is None


def test_a_household_with_two_items_has_merged_cells_beside_them() -> None:
    page = sheet_of(award_sheet_form(sheet(3)))
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"A6:A7", "C6:C7", "N6:N7"} <= merged
    assert [page["F6"].value, page["F7"].value] == ["水稻", "肉鸡"]
    assert page["G7"].value == 30


def test_nothing_is_hidden_and_nobody_is_named() -> None:
    form = award_sheet_form(sheet(3))
    files = parts(form)
    assert not any("comment" in name or "vml" in name for name in files)
    assert "hidden" not in files["xl/worksheets/sheet1.xml"]
    assert "<dc:creator>产业扶贫工作台</dc:creator>" in files["docProps/core.xml"]
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", files["docProps/core.xml"])) == {"2026-12-24T"}
    with ZipFile(BytesIO(workbook_bytes(form))) as package:
        assert {info.date_time for info in package.infolist()} == {(2026, 12, 24, 0, 0, 0)}


def test_a_draft_says_so_in_the_page_header() -> None:
    assert "草稿" in (sheet_of(award_sheet_form(sheet(1, draft=True))).oddHeader.center.text or "")
    assert not sheet_of(award_sheet_form(sheet(1))).oddHeader.center.text


def total_row(page: Worksheet) -> int:
    return next(row for row in range(1, page.max_row + 1) if str(page.cell(row, 1).value).startswith("合"))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("count", [1, 37])
def test_libreoffice_recomputes_the_same_totals(tmp_path: Path, count: int) -> None:
    paper: AwardSheet = sheet(count)
    source = tmp_path / "sheet.xlsx"
    content = workbook_bytes(award_sheet_form(paper))
    stripped = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")
    with ZipFile(BytesIO(content)) as old, ZipFile(source, "w") as new:
        for name in old.namelist():
            new.writestr(name, stripped.sub(rb"\1", old.read(name)))
    subprocess.run(
        [
            str(OFFICE),
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "ods",
            "--outdir",
            str(tmp_path),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    rows = CalamineWorkbook.from_path(tmp_path / "sheet.ods").get_sheet_by_index(0).to_python()
    totals = next(row for row in rows if str(row[0]).startswith("合"))
    expected = {
        8: sum((row.area or Decimal(0) for row in paper.rows), Decimal(0)),
        9: sum((row.cost or Decimal(0) for row in paper.rows), Decimal(0)),
        11: sum((row.computed for row in paper.rows), Decimal(0)),
        12: sum((row.capped for row in paper.rows), Decimal(0)),
        13: paper.award_total,
    }
    for column, amount in expected.items():
        assert round(Decimal(repr(totals[column])), 3) == amount
