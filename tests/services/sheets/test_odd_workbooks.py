"""xlsx files that are put together oddly, written anew before they are read: what stands in their cells stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from fupin_desktop.errors import UnreadableFile
from fupin_desktop.services.sheets.raw import RawSheet
from fupin_desktop.services.sheets.reader import open_workbook, read_workbook
from tests.services.imports.making import package, text_cell

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODD = '<c r="&#65;1" t="inlineStr"><is><t>户主</t></is></c>'
"""A cell whose place is written as an entity, for which the whole sheet is written anew."""


def read(tmp_path: Path, cells: str, *, before: str = "", after: str = "", strings: bytes = b"") -> RawSheet:
    """The sheet around a row of cells that begins with an odd one."""
    xml = f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}">{before}<sheetData><row r="1">{ODD}{cells}</row></sheetData>{after}</worksheet>'
    (found,) = read_workbook(package(tmp_path / "a.xlsx", xml.encode(), strings=strings))
    return found


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="B1"><v>3.5</v></c>', 3.5),
        ('<c r="$B$1"><v>3.5</v></c>', 3.5),
        ('<c r=" b1 "><v>3.5</v></c>', 3.5),
        ("<c><v>3.5</v></c>", 3.5),
        ('<c r="B1" t="str"><v>甲&amp;乙 &lt;组&gt;</v></c>', "甲&乙 <组>"),
        ('<c r="B1" t="b"><v>1</v></c>', True),
        ('<c r="B1" t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="B1"><f>SUM(A2:A9)</f><v>12</v></c>', 12.0),
        ('<c r="B1" t="str"><f>A2</f><v>合格</v></c>', "合格"),
        ('<c r="B1" t="inlineStr"><is><r><t>李</t></r><r><t>四</t></r><rPh><t>リ</t></rPh></is></c>', "李四"),
        ('<c r="B1" s="99999999" t="weird"><v>4</v></c>', 4.0),
        ('<c r="B1" t="s"><v>0</v></c>', "张三"),
        ('<c r="B1" t="s"><v>1</v></c>', "塘㙍<镇>"),
        ('<c r="B1" t="s"><v>2</v></c>', "甲乙"),
    ],
)
def test_a_cell_stays_what_it_is(tmp_path: Path, cell: str, value: object) -> None:
    strings = (
        "<sst><si><t>张三</t><rPh sb='0' eb='1'><t>チョウ</t></rPh></si><si><t>塘㙍&lt;镇&gt;</t></si>"
        "<si><r><rPr><b/></rPr><t>甲</t></r><r><t>乙</t></r></si></sst>"
    )
    found = read(tmp_path, cell, strings=strings.encode())
    assert found.rows == [["户主", value]]


def test_an_empty_cell_and_one_with_style_alone_are_empty(tmp_path: Path) -> None:
    assert read(tmp_path, '<c r="B1" s="0"/><c r="C1"><v></v></c><c r="D1"><v>1</v></c>').rows == [["户主", "", "", 1.0]]


@pytest.mark.parametrize(
    ("cell", "calculated"), [('<c r="B1"><f>A2*2</f></c>', False), ('<c r="B1" t="str"><f>A2</f><v></v></c>', True)]
)
def test_a_formula_that_was_never_calculated_is_told_from_one_that_gives_nothing(
    tmp_path: Path, cell: str, calculated: bool
) -> None:
    plain = package(tmp_path / "plain.xlsx", (
        f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1">{text_cell("A1", "户主")}{cell}</row></sheetData></worksheet>'
    ).encode())  # fmt: skip
    (wanted,) = read_workbook(plain)
    assert read(tmp_path, cell).rows == wanted.rows
    assert (wanted.rows[0][1] == "") is calculated


def test_merged_ranges_and_hidden_rows_and_columns_stay(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        '<c r="C1"><v>1</v></c></row><row r="3" hidden="1"><c r="A3"><v>2</v></c>',
        before='<cols><col min="2" max="3" hidden="1"/><col min="x" max="9" hidden="1"/><col min="5" max="5"/></cols>',
        after='<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="1:4"/></mergeCells>',
    )
    assert (found.merges, found.hidden_rows, found.hidden_columns) == ([(0, 0, 1, 1)], {2}, {1, 2})
    assert [[cell for cell in row if cell != ""] for row in found.rows] == [["户主", 1.0], [], [2.0]]


def test_rows_without_a_number_follow_each_other(tmp_path: Path) -> None:
    assert read(tmp_path, "</row><row><c><v>2</v></c></row><row r='5'><c><v>5</v></c>").rows == [["户主"], [2.0], [], [], [5.0]]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ('</row><row r="0"><c><v>1</v></c>', "损坏"),
        ('</row><row r="1048577"><c><v>1</v></c>', "损坏"),
        ('<c r="XFE1"><v>1</v></c>', "损坏"),
        ('<c r="B2"><v>1</v></c>', "损坏"),
        ("<c><v>1</c>", "损坏"),
    ],
)
def test_what_cannot_be_is_damage(tmp_path: Path, cells: str, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        read(tmp_path, cells)


def test_shared_texts_that_are_broken_are_damage(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        read(tmp_path, '<c r="B1" t="s"><v>0</v></c>', strings=b"<sst><si><t>x</si></sst>")


def test_a_workbook_of_1904_stays_one(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1">{ODD}</row></sheetData></worksheet>'.encode())
    assert open_workbook(path).sheets[0].rows == [["户主"]]
