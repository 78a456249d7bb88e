"""Files that are no form, or far too large for one, end in a sentence before anything is built of them."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt

from fupin_desktop.documents.workbook_forms import guarding
from fupin_desktop.documents.workbook_forms.reading import read_drawn
from fupin_desktop.errors import FileMissing, UnreadableFile
from tests.services.imports.making import book, ods, package, sheet


def test_a_comma_in_the_name_of_the_sheet_is_no_second_print_area(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "表1,二"
    made.active["A1"] = "{{name}}"
    made.active["C5"] = "尾"
    made.active["F9"] = "外"
    made.active.print_area = "A1:C5"
    made.save(tmp_path / "a.xlsx")
    drawn = read_drawn(tmp_path / "a.xlsx")
    assert (len(drawn.columns), len(drawn.heights), drawn.remarks) == (3, 5, ())


def test_a_form_is_read_whatever_its_file_is_called(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["{{name}}"]])
    assert read_drawn(path.rename(tmp_path / "a.et")).cells[0].text == "{{name}}"


def test_other_files_are_told_in_chinese(tmp_path: Path) -> None:
    old = xlwt.Workbook()
    old.add_sheet("a").write(0, 0, "x")
    old.save(str(tmp_path / "a.xls"))
    theme = io.BytesIO()
    with zipfile.ZipFile(theme, "w") as archive:
        archive.writestr("theme/theme1.xml", "<a/>")
    with (tmp_path / "a.xls").open("ab") as file:
        file.write(theme.getvalue())  # newer .xls files carry a zip of their own
    ods(tmp_path / "a.ods", "<table:table-row/>")
    for name, content in (("a.pdf", b"%PDF-1.7"), ("a.htm", b"<html>"), ("a.xlsx", b""), ("b.xlsx", b"PK\x03\x04" + bytes(99))):
        (tmp_path / name).write_bytes(content)
    for path in sorted(tmp_path.iterdir()):
        with pytest.raises(UnreadableFile) as trouble:
            read_drawn(path)
        assert trouble.value.happened.endswith("。"), path.name
        assert "另存为" in trouble.value.todo
    with pytest.raises(FileMissing):
        read_drawn(tmp_path / "没有.xlsx")


@pytest.mark.parametrize(
    "content",
    [
        sheet("").replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        sheet("").replace(b"</sheetData>", b"</sheetData>" + b'<mergeCell ref="A1:B1"/>' * (guarding._MOST_RANGES + 1)),
        sheet('<row r="1">' + "<c/>" * (guarding._MOST_CELLS + 1) + "</row>"),
        b" " * (guarding._MOST_TEXT + 1),
    ],
)
def test_what_is_far_too_large_is_told(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="不像一张表样"):
        read_drawn(package(tmp_path / "a.xlsx", content))


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="文档类型"):
        read_drawn(package(tmp_path / "a.xlsx", b'<!DOCTYPE a [<!ENTITY b "b">]>' + sheet("")))


def test_very_many_styles_are_too_large_and_the_library_prints_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = {"xl/styles.xml": b" " * (guarding._MOST_STYLES + 1)}
    with pytest.raises(UnreadableFile, match="不像一张表样"):
        read_drawn(package(tmp_path / "a.xlsx", sheet(""), more=many))
    book = openpyxl.Workbook()
    book.active["A1"] = "申请表"
    book.save(tmp_path / "b.xlsx")
    with zipfile.ZipFile(tmp_path / "b.xlsx") as old, zipfile.ZipFile(tmp_path / "c.xlsx", "w") as made:
        for name in old.namelist():
            made.writestr(name, re.sub(rb"<cellStyleXfs.*</cellStyleXfs>", b"<cellStyleXfs/>", old.read(name)))
    with pytest.raises(UnreadableFile, match="损坏"):
        read_drawn(tmp_path / "c.xlsx")
    assert capsys.readouterr().out == ""
