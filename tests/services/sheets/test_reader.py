"""What a spreadsheet file holds is read exactly; what is no spreadsheet is told."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from fupin_desktop.domain.reading.raw import UNCALCULATED
from fupin_desktop.errors import FileMissing, UnreadableFile
from fupin_desktop.services.sheets.reader import open_workbook, read_workbook
from tests.services.imports.making import HEAD, book, compound, household, ods, package, records, sheet, text_cell

_MOMENT = datetime.fromisoformat("2026-01-02T08:30:00")
CASES = Path(__file__).parents[2] / "cases" / "registers"


def test_cells_keep_what_they_hold(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["姓名", 12.3, 5, True, date(2026, 2, 28), _MOMENT, time(7, 5), "　张　三\t"]])
    (found,) = read_workbook(path)
    assert found.rows == [["姓名", 12.3, 5.0, True, date(2026, 2, 28), _MOMENT, time(7, 5), "　张　三\t"]]
    assert isinstance(found.rows[0][3], bool)


def test_dates_of_the_1904_calendar(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active.append([date(2026, 11, 9), date(1904, 3, 1)])
    made.save(tmp_path / "mac.xlsx")
    assert read_workbook(tmp_path / "mac.xlsx")[0].rows == [[date(2026, 11, 9), date(1904, 3, 1)]]


def test_content_that_begins_far_from_the_corner_keeps_its_place(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active["C4"] = "户主姓名"
    made.active["D6"] = "张三"
    made.save(tmp_path / "a.xlsx")
    (found,) = read_workbook(tmp_path / "a.xlsx")
    assert found.cell(3, 2) == "户主姓名"
    assert found.cell(5, 3) == "张三"
    assert found.rows[0] == found.rows[4] == []
    assert found.cell(99, 99) == ""


def test_error_cells_are_kept_as_their_text(tmp_path: Path) -> None:
    body = f'<row r="1">{text_cell("A1", "户主")}<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row><row r="3"><c r="C3" t="e"><v>#REF!</v></c></row>'
    (found,) = read_workbook(package(tmp_path / "a.xlsx", sheet(body)))
    assert found.cell(0, 1) == "#DIV/0!"
    assert found.cell(2, 2) == "#REF!"
    assert found.rows[1] == []


def test_merges_sheets_and_hidden_sheets(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "名册"
    made.active.append(["标题", "", ""])
    made.active.merge_cells("A1:C1")
    other = made.create_sheet("字典")
    other.append(["x"])
    other.sheet_state = "hidden"
    made.save(tmp_path / "a.xlsx")
    first, second = read_workbook(tmp_path / "a.xlsx")
    assert (first.name, first.hidden, first.merges) == ("名册", False, [(0, 0, 0, 2)])
    assert (second.name, second.hidden) == ("字典", True)


def test_old_xls_with_dates_merges_numbers_and_errors(tmp_path: Path) -> None:
    made = xlwt.Workbook()
    page = made.add_sheet("一")
    page.write(0, 0, "户编号")
    page.write(1, 0, 12.3)
    page.write(1, 1, date(2026, 1, 2), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    page.write_merge(3, 4, 0, 1, "合并")
    page.row(2).set_cell_error(1, 0x17)
    made.add_sheet("空")
    made.save(str(tmp_path / "a.xls"))
    first, second = read_workbook(tmp_path / "a.xls")
    assert first.rows[0] == ["户编号", ""]
    assert first.rows[1] == [12.3, date(2026, 1, 2)]
    assert first.cell(2, 1) == "#REF!"
    assert first.merges == [(3, 0, 4, 1)]
    assert second.rows == []


@pytest.mark.parametrize("name", ["libreoffice.ods", "libreoffice.xls", "libreoffice.xlsx"])
def test_files_of_libreoffice(name: str) -> None:
    """One register, saved by LibreOffice in three formats, reads the same."""
    (found,) = [one for one in read_workbook(CASES / name) if one.name == "登记表"]
    assert found.cell(0, 0) == "吴川市塘㙍镇那罗村2026年度产业奖补登记表"
    assert (0, 0, 0, 8) in found.merges
    assert (2, 0, 3, 0) in found.merges
    assert found.cell(1, 2) == "户主证件号码"
    assert found.cell(2, 2) == "440883196803120019"
    assert found.cell(2, 7) == 12.3
    assert found.cell(4, 7) == "#DIV/0!"
    assert found.cell(5, 1) == "吴华㛃𠅤"
    assert found.cell(5, 9) == date(2026, 9, 30)


def test_the_fingerprint_is_that_of_the_file(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, household(0)])
    copy = tmp_path / "b.xlsx"
    copy.write_bytes(path.read_bytes())
    assert open_workbook(path).sha256 == open_workbook(copy).sha256
    assert open_workbook(path).sha256 != open_workbook(book(tmp_path / "c.xlsx", [HEAD, household(1)])).sha256


# ---- what is no spreadsheet ----
_HTML = "<html><head><meta charset='gb2312'></head><body><p>户主</p></body></html>".encode("gbk")
_XML2003 = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("空.xlsx", b"", "空文件"),
        ("网页.xls", _HTML, "网页"),
        ("旧.xls", _XML2003, "损坏"),
        ("名册.xlsx", "户主\n张三\n".encode(), "文字"),
        ("公文.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("公文.xls", b"{\\rtf1 ...}", "RTF"),
        ("压缩.xlsx", b"Rar!\x1a\x07\x00", "RAR"),
        ("照片.xlsx", b"\xff\xd8\xff\xe0", "图片"),
        ("半截.xlsx", b"PK\x03\x04" + bytes(200), "损坏"),
        ("半截.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "损坏"),
        ("乱码.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20, "损坏"),
    ],
)
def test_what_is_no_spreadsheet_is_told(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as trouble:
        open_workbook(path)
    assert told in trouble.value.happened
    assert name in trouble.value.happened
    assert trouble.value.todo.endswith("。")


@pytest.mark.parametrize(
    ("part", "told"),
    [("word/document.xml", "Word"), ("ppt/presentation.xml", "演示文稿"), ("a.txt", "压缩包"), ("xl/workbook.bin", "xlsb")],
)
def test_other_packages_are_told(tmp_path: Path, part: str, told: str) -> None:
    path = tmp_path / "名册.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(UnreadableFile) as trouble:
        open_workbook(path)
    assert told in trouble.value.happened


@pytest.mark.parametrize(
    ("stream", "told"),
    [("WordDocument", "Word"), ("PowerPoint Document", "演示文稿"), ("EncryptedPackage", "密码"), ("Other", "别的文档")],
)
def test_other_compound_files_are_told(tmp_path: Path, stream: str, told: str) -> None:
    with pytest.raises(UnreadableFile) as trouble:
        open_workbook(compound(tmp_path / "名册.xls", stream))
    assert told in trouble.value.happened


def test_a_protected_xls_is_told(tmp_path: Path) -> None:
    begin = (0x809, bytes.fromhex("0006050000000000000000000000000000"))
    stream = records(begin, (0x2F, b"\x01\x00\x01\x00\x01\x00" + bytes(48)), (0x0A, b"")) + bytes(5000)
    with pytest.raises(UnreadableFile) as trouble:
        open_workbook(compound(tmp_path / "名册.xls", "Workbook", stream))
    assert "密码" in trouble.value.happened
    assert "请输入打开密码" in trouble.value.todo


def test_a_protected_ods_is_told(tmp_path: Path) -> None:
    path = tmp_path / "名册.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", b"\x00\x01")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    with pytest.raises(UnreadableFile) as trouble:
        open_workbook(path)
    assert "密码" in trouble.value.happened


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        open_workbook(tmp_path / "没有.xlsx")
    with pytest.raises(FileMissing):
        open_workbook(tmp_path)


def test_a_renamed_file_is_read_by_what_it_is(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD])
    path.rename(tmp_path / "a.xls")
    assert read_workbook(tmp_path / "a.xls")[0].rows[0][0] == "户编号"


@pytest.mark.parametrize("cut", [100, 2000, 4000])
def test_a_file_cut_short_is_told(tmp_path: Path, cut: int) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, *[household(0, name=f"名{n}") for n in range(200)]])
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UnreadableFile):
        open_workbook(path)


def test_every_single_damaged_byte_ends_in_a_sentence_or_a_reading(tmp_path: Path) -> None:
    """Whatever one byte is broken, nothing but a situation comes out."""
    path = book(tmp_path / "a.xlsx", [HEAD, household(0)])
    whole, ends = path.read_bytes(), list[str]()
    for place in range(0, len(whole), 97):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        path.write_bytes(bytes(broken))
        try:
            open_workbook(path)
        except UnreadableFile as told:
            ends.append(told.happened)
        else:
            ends.append("")
    assert len(ends) == -(-len(whole) // 97)
    assert {bool(one) for one in ends} == {True, False}, "some bytes matter, others do not"


def test_formulas_that_were_never_calculated_are_kept_as_such(tmp_path: Path) -> None:
    cells = (
        '<c r="A1"><f>B1*2</f></c>',
        '<c r="B1"><f>SUM(C1:D1)</f><v></v></c>',
        '<c r="C1"><f t="shared" si="0"/><v/></c>',
        '<c r="D1" t="str"><f>""</f><v></v></c>',
        '<c r="E1"><f>1+1</f><v>2</v></c>',
        '<c r="F1" t="str"><f>C9</f></c>',
    )
    (found,) = read_workbook(package(tmp_path / "a.xlsx", sheet(f'<row r="1">{"".join(cells)}</row>')))
    assert found.rows == [[UNCALCULATED, UNCALCULATED, UNCALCULATED, "", 2.0, UNCALCULATED]]


def test_formulas_far_away_that_were_never_calculated_take_no_room(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{number}"><c r="XFD{number}"><f>1</f></c></row>' for number in range(1, 1000))
    with pytest.raises(UnreadableFile, match="零星内容"):
        read_workbook(package(tmp_path / "a.xlsx", sheet(rows)))


def test_formulas_of_an_ods_that_were_never_calculated(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell office:value-type="string"><text:p>户主</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=1+1"/>'
        '<table:table-cell table:formula="of:=1+1" table:number-columns-repeated="2"></table:table-cell>'
        '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>'
    )
    (found,) = read_workbook(ods(tmp_path / "a.ods", f"<table:table-row>{cells}</table:table-row>"))
    assert found.rows == [["户主", UNCALCULATED, UNCALCULATED, UNCALCULATED, 2.0]]
