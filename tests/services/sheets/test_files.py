"""Kinds of file that offices hand out: old and odd workbooks, web pages, XML, plain text, protected ones."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest
import xlwt

from fupin_desktop.errors import PasswordWanted, UnreadableFile
from fupin_desktop.services.sheets.reader import open_workbook, read_workbook
from tests.services.imports.making import book, compound, package, records, sheet, text_cell

LIST = [["序号", "户主姓名", "身份证号"], ["1", "李甲一", "440883196803120019"], ["2", "吴华㛃", "440883197209050139"]]
OLD = [LIST[0], LIST[1], ["2", "林甲二", "440883197209050139"]]
"""Without the rare character, which old code pages do not have."""


def texts(path: Path, password: str = "") -> list[list[str]]:
    """The cells of the first sheet with content, as texts."""
    found = next(one for one in open_workbook(path, password).sheets if one.rows)
    return [[str(cell).removesuffix(".0") for cell in row] for row in found.rows]


# ---- plain text ----
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
@pytest.mark.parametrize("name", ["名册.csv", "名册.xls", "名册.txt"])
def test_plain_text_in_every_encoding(tmp_path: Path, name: str, sign: str, encoding: str) -> None:
    rows = OLD if encoding == "gbk" else LIST
    path = tmp_path / name
    path.write_bytes("\r\n".join(sign.join(row) for row in rows).encode(encoding))
    assert texts(path) == rows


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_plain_text_with_quotes_and_numbers_kept_as_text(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.csv"
    text = '户主,备注,编号\n李甲一,"说""好"",\n第二行",="0012"\n林甲二,,\'440883196803120019\n'
    path.write_text(text, encoding="utf-8", newline=end)
    assert texts(path)[1:] == [["李甲一", '说"好",\n第二行', "0012"], ["林甲二", "", "440883196803120019"]]


@pytest.mark.parametrize("content", ["张三\n李四\n".encode(), b"\x00\x01\x02\x03" * 9, "户主,\x07a\n".encode()])
def test_what_is_no_table_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(UnreadableFile, match="文字"):
        open_workbook(tmp_path / "a.csv")


# ---- web pages and XML ----
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_tables_of_a_page(tmp_path: Path, encoding: str) -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in OLD)
    page = (
        f"<html><head><meta charset={encoding}><title>x</title><style>td {{a:b}}</style></head><body>"
        f"<table><tr><td colspan=3>名册&nbsp;<b>表</b></td></tr>{rows}"
        "<tr><td rowspan=2>合<br>并</td><td>1</td></tr><tr><td>2</td></tr></table></body></html>"
    )
    path = tmp_path / "名册.xls"
    path.write_bytes(page.encode(encoding))
    (found,) = read_workbook(path)
    assert found.rows[0] == ["名册 表"]
    assert found.rows[1:4] == OLD
    assert found.rows[4:] == [["合\n并", "1"], ["", "2"]]
    assert found.merges == [(0, 0, 0, 2), (4, 0, 5, 0)]


def test_xml_of_2003(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名册"><Table>'
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">题目</Data></Cell><Cell><Data ss:Type="String">右</Data></Cell></Row>'
        '<Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="Number">3.5</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2026-03-05T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>',
        encoding="utf-8",
    )
    (found,) = read_workbook(path)
    assert found.rows == [["题目", "", "右"], [], ["", 3.5, date(2026, 3, 5)]]
    assert (found.name, found.merges, found.hidden_rows) == ("名册", [(0, 0, 0, 1)], {2})


# ---- xlsx put together oddly ----
def odd(path: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> Path:
    """A list as xlsx with every part changed."""
    whole = book(path, LIST).read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return path


def in_root(name: str, content: bytes) -> tuple[str, bytes]:
    """Everything in the root folder."""
    content = content.replace(b"/xl/worksheets/", b"/").replace(b"/xl/", b"/").replace(b"xl/workbook", b"workbook")
    return name.replace("xl/worksheets/", "").replace("xl/", ""), content


def prefixed(name: str, content: bytes) -> tuple[str, bytes]:
    """Rows and cells behind a prefix, in another order of attributes."""
    if "sheet1" in name:
        text = re.sub(r"<(/?)(row|c|v|is|t|sheetData)\b", r"<\1x:\2", content.decode())
        text = re.sub(r'<x:c r="(\w+)"( [^>]*)?>', r'<x:c\2 r="\1">', text)
        content = text.replace("<worksheet ", '<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ').encode()
    return name, content


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: (name.replace("/", "\\"), content),
        in_root,
        lambda name, content: (name, content.replace(b'ref="A1:C3"', b'ref="1:4"')),
        lambda name, content: (name, content.replace(b'<c r="B2"', b'<c r="&#66;2"')),
        lambda name, content: (name, content.replace(b'uniqueCount="9"', b'uniqueCount="99999999999"')),
        lambda name, content: (name, re.sub(rb'<row r="\d+"', b"<row", content)),
        prefixed,
    ],
)  # fmt: skip
def test_workbooks_put_together_oddly(tmp_path: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> None:
    assert texts(odd(tmp_path / "a.xlsx", change)) == LIST


def test_a_side_sheet_without_content_is_told_and_the_good_one_read(tmp_path: Path) -> None:
    added = b'<sheet name="\xe5\x9d\x8f\xe7\x9a\x84" sheetId="9"/></sheets>'
    path = odd(tmp_path / "a.xlsx", lambda name, content: (name, content.replace(b"</sheets>", added)))
    good, bad = open_workbook(path).sheets
    assert (len(good.rows), bad.name, bad.rows) == (3, "坏的", [])
    assert "缺失" in bad.fault


def test_a_part_with_a_wrong_check_sum_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(book(path, LIST)) as whole, zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_STORED) as plain:
        for name in whole.namelist():
            plain.writestr(name, whole.read(name))
    data = (tmp_path / "b.xlsx").read_bytes()
    assert data.count("李甲一".encode()) == 1
    path.write_bytes(data.replace("李甲一".encode(), "李甲二".encode()))
    with pytest.raises(UnreadableFile, match="校验和"):
        open_workbook(path)


def test_a_part_whose_name_is_damaged_on_one_side_is_damage(tmp_path: Path) -> None:
    """A flipped bit in the directory: the part would be missed, or taken for another."""
    path = book(tmp_path / "a.xlsx", LIST)
    data = path.read_bytes()
    at = data.rindex(b"xl/styles.xml")
    path.write_bytes(data[:at] + b"yl" + data[at + 2 :])
    with pytest.raises(UnreadableFile, match="名字前后不符"):
        open_workbook(path)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    body = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    with pytest.raises(UnreadableFile, match="损坏"):
        open_workbook(package(tmp_path / "a.xlsx", body))


@pytest.mark.parametrize(
    "stray",
    ['<c r="XFD1048576"><v>1</v></c>', '<c x=">" r="XFD1048576"><v>1</v></c>', '<c r="&#88;FD&#49;048576"><v>1</v></c>'],
)
def test_a_cell_that_claims_another_row_is_damage(tmp_path: Path, stray: str) -> None:
    body = f'<row r="1">{text_cell("A1", "户主")}</row><row r="2">{stray}</row><row r="1048576"/>'
    with pytest.raises(UnreadableFile, match="损坏"):
        open_workbook(package(tmp_path / "a.xlsx", sheet(body)))


def test_a_long_text_in_very_many_cells_is_told(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 2000))
    strings = b"<sst><si><t>" + b"A" * (1 << 20) + b"</t></si></sst>"
    with pytest.raises(UnreadableFile, match="不合常理"):
        open_workbook(package(tmp_path / "a.xlsx", sheet(rows), strings=strings))


# ---- hidden rows and columns, the sheet that was open ----
def test_hidden_rows_and_columns_and_the_open_sheet_of_an_xlsx(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "2025"
    now = made.create_sheet("2026")
    for one in made.worksheets:
        for row in LIST:
            one.append(row)
    now.row_dimensions[2].hidden = True
    now.column_dimensions["C"].hidden = True
    made.active = 1
    made.save(tmp_path / "a.xlsx")
    found = open_workbook(tmp_path / "a.xlsx")
    assert found.active == "2026"
    assert [(one.hidden_rows, one.hidden_columns) for one in found.sheets] == [(set(), set()), ({1}, {2})]


def test_hidden_rows_and_columns_of_an_xls(tmp_path: Path) -> None:
    made = xlwt.Workbook()
    for name in ("一", "二"):
        one = made.add_sheet(name)
        for number, row in enumerate(LIST):
            for column, text in enumerate(row):
                one.write(number, column, text)
    one.row(1).hidden = True
    one.col(2).hidden = True
    made.set_active_sheet(1)
    made.save(str(tmp_path / "a.xls"))
    found = open_workbook(tmp_path / "a.xls")
    assert found.active == "二"
    assert [(one.hidden_rows, one.hidden_columns) for one in found.sheets] == [(set(), set()), ({1}, {2})]


# ---- old .xls ----
def test_unicode_of_an_xls_whatever_code_page_it_names(tmp_path: Path) -> None:
    made = xlwt.Workbook()
    one = made.add_sheet("名册")
    for number, row in enumerate(LIST):
        for column, text in enumerate(row):
            one.write(number, column, text)
    path = tmp_path / "a.xls"
    made.save(str(path))
    right = struct.pack("<HHH", 0x42, 2, 1200)
    data = path.read_bytes()
    assert right in data
    path.write_bytes(data.replace(right, struct.pack("<HHH", 0x42, 2, 1252), 1))
    assert texts(path) == LIST


def test_number_formats_that_an_xls_defines_anew(tmp_path: Path) -> None:
    made = xlwt.Workbook()
    one = made.add_sheet("名册")
    one.write(0, 0, 3.5, xlwt.easyxf(num_format_str="0.0000"))
    one.write(0, 1, 46000, xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm"))
    path = tmp_path / "a.xls"
    made.save(str(path))
    data = bytearray(path.read_bytes())
    formats = [at for at in range(len(data) - 4) if data[at : at + 2] == b"\x1e\x04" and data[at + 4 : at + 5] != b""]
    (own,) = [at for at in formats if b"0.0000" in data[at + 4 : at + 4 + data[at + 2] * 2]]
    number = struct.unpack_from("<H", data, own + 4)[0]
    struct.pack_into("<H", data, own + 4, 22)
    at = -1
    while (at := data.find(struct.pack("<HH", 0xE0, 20), at + 1)) >= 0:
        if struct.unpack_from("<H", data, at + 6)[0] == number:
            struct.pack_into("<H", data, at + 6, 22)
    path.write_bytes(bytes(data))
    (found,) = read_workbook(path)
    assert found.rows[0][0] == 3.5
    assert isinstance(found.rows[0][1], date)


def old_records(version: int) -> bytes:
    """The list in the records of Excel 95 (5) or 2 (2), in the code page of Chinese Windows."""
    wide = version == 5
    begin = struct.pack("<HHHH", 0x0500, 0x10, 0, 0) if wide else struct.pack("<HH", 2, 0x10)
    cells = []
    for number, row in enumerate(OLD):
        for column, text in enumerate(row):
            content, place = text.encode("gbk"), struct.pack("<HH", number, column)
            if text in ("1", "2"):
                cells.append((0x27E, place + bytes(2) + struct.pack("<I", int(text) << 2 | 2)) if wide else (0x02, place + bytes(3) + struct.pack("<H", int(text))))
            else:
                head = bytes(2) + struct.pack("<H", len(content)) if wide else bytes(3) + bytes([len(content)])
                cells.append((0x204 if wide else 0x04, place + head + content))
    sheet_records = records((0x809 if wide else 0x09, begin), *cells, (0x0A, b""))
    if not wide:
        return sheet_records
    globals_ = [(0x809, struct.pack("<HHHH", 0x0500, 5, 0, 0)), (0x42, struct.pack("<H", 936))]
    name = "名册".encode("gbk")
    length = len(records(*globals_, (0x85, bytes(6) + bytes([len(name)]) + name), (0x0A, b"")))
    globals_ += [(0x85, struct.pack("<IHB", length, 0, len(name)) + name), (0x0A, b"")]
    return records(*globals_) + sheet_records


@pytest.mark.parametrize("version", [2, 5])
def test_workbooks_of_before_unicode(tmp_path: Path, version: int) -> None:
    path = tmp_path / "a.xls"
    if version == 5:
        compound(path, "Book", old_records(5) + bytes(5000))
    else:
        path.write_bytes(old_records(2))
    assert texts(path) == OLD
    assert read_workbook(path)[0].name == ("名册" if version == 5 else "a")


@pytest.mark.parametrize("version", [2, 5])
def test_broken_old_workbooks_end_in_a_sentence_or_a_reading(tmp_path: Path, version: int) -> None:
    whole = old_records(version)
    for place in range(4, len(whole), 5):
        path = tmp_path / "a.xls"
        broken = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        if version == 5:
            compound(path, "Book", broken + bytes(5000))
        else:
            path.write_bytes(broken)
        with suppress(UnreadableFile):
            assert open_workbook(path).sha256


# ---- passwords ----
def encrypted(path: Path, password: str) -> Path:
    """A list, encrypted as spreadsheet programs do."""
    plain = io.BytesIO(book(path, LIST).read_bytes())
    with path.open("wb") as target:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt(password, target)
    return path


def test_a_protected_structure_asks_for_nothing(tmp_path: Path) -> None:
    assert texts(encrypted(tmp_path / "a.xlsx", "VelvetSweatshop")) == LIST


def test_a_password_opens_a_file(tmp_path: Path) -> None:
    path = encrypted(tmp_path / "a.xlsx", "秘密123")
    with pytest.raises(PasswordWanted, match="设了打开密码"):
        open_workbook(path)
    with pytest.raises(PasswordWanted, match="密码不对"):
        open_workbook(path, "错")
    assert texts(path, "秘密123") == LIST
