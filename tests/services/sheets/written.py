"""A table written as every kind of file that offices hand out: old and odd workbooks, pages, XML, text, protected ones."""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import openpyxl
import xlwt

from tests.services.imports.making import book, compound, records

Rows = Sequence[Sequence[Any]]
Writer = Callable[[Path, Rows], Path]
PASSWORD = "秘密123"
_GLOBALS, _SHEET, _BOUND, _PAGE = 5, 0x10, 0x85, 0x42


def _text(value: Any) -> str:
    return "" if value is None else str(value)


# ---- text ----
def plain(path: Path, rows: Rows, encoding: str, sign: str) -> Path:
    """Text with a sign between the cells."""
    made = io.StringIO()
    csv.writer(made, delimiter=sign).writerows([[_text(value) for value in row] for row in rows])
    path.write_bytes(made.getvalue().encode(encoding))
    return path


def page(path: Path, rows: Rows) -> Path:
    """A web page with the table, named .xls as systems name their exports."""
    lines = "".join(f"<tr>{''.join(f'<td>{_text(value)}</td>' for value in row)}</tr>" for row in rows)
    path.write_bytes(f"<html><meta charset=gbk><table border=1>{lines}</table></html>".encode("gbk"))
    return path


def xml_2003(path: Path, rows: Rows) -> Path:
    """The XML of Excel 2003."""
    lines = "".join(f"<Row>{''.join(map(_xml_cell, row))}</Row>" for row in rows)
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table>'
        f"{lines}</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    return path


def _xml_cell(value: Any) -> str:
    kind = "Number" if isinstance(value, int | float) else "String"
    return f'<Cell><Data ss:Type="{kind}">{_text(value)}</Data></Cell>'


# ---- old .xls ----
def xls(path: Path, rows: Rows, change: Callable[[bytes], bytes] = bytes) -> Path:
    """An .xls of Excel 97 to 2003, its bytes changed."""
    made = xlwt.Workbook()
    sheet = made.add_sheet("表")
    number = xlwt.easyxf(num_format_str="0.0000")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(at, column, value, number if isinstance(value, float) else xlwt.easyxf())
    made.save(str(path))
    path.write_bytes(change(path.read_bytes()))
    return path


def _other_page(data: bytes) -> bytes:
    right = struct.pack("<HHH", _PAGE, 2, 1200)
    assert right in data
    return data.replace(right, struct.pack("<HHH", _PAGE, 2, 1252), 1)


def format_anew(index: int) -> Callable[[bytes], bytes]:
    """Gives the format of the numbers the index of a usual format of days, as report programs do."""

    def change(whole: bytes) -> bytes:
        data = bytearray(whole)
        found = [at for at in range(len(data) - 4) if data[at : at + 2] == b"\x1e\x04"]
        own = next((at for at in found if b"0.0000" in data[at + 4 : at + 4 + data[at + 2] * 2]), -1)
        if own < 0:
            return whole
        before = struct.unpack_from("<H", data, own + 4)[0]
        struct.pack_into("<H", data, own + 4, index)
        at = -1
        while (at := data.find(struct.pack("<HH", 0xE0, 20), at + 1)) >= 0:
            if struct.unpack_from("<H", data, at + 6)[0] == before:
                struct.pack_into("<H", data, at + 6, index)
        return bytes(data)

    return change


def old_records(rows: Rows, version: int) -> bytes:
    """The records of Excel 95 (5) or 2 (2), in the code page of Chinese Windows."""
    wide = version == 5
    cells = [
        _old_cell(number, column, value, wide=wide)
        for number, row in enumerate(rows) for column, value in enumerate(row) if value is not None
    ]  # fmt: skip
    begin = struct.pack("<HHHH", 0x0500, _SHEET, 0, 0) if wide else struct.pack("<HH", 2, _SHEET)
    sheet = records((0x809 if wide else 0x09, begin), *cells, (0x0A, b""))
    if not wide:
        return sheet
    globals_ = [(0x809, struct.pack("<HHHH", 0x0500, _GLOBALS, 0, 0)), (_PAGE, struct.pack("<H", 936))]
    name = "名册".encode("gbk")
    length = len(records(*globals_, (_BOUND, bytes(6) + bytes([len(name)]) + name), (0x0A, b"")))
    globals_ += [(_BOUND, struct.pack("<IHB", length, 0, len(name)) + name), (0x0A, b"")]
    return records(*globals_) + sheet


def _old_cell(row: int, column: int, value: Any, *, wide: bool) -> tuple[int, bytes]:
    place = struct.pack("<HH", row, column)
    if isinstance(value, int | float):
        return (0x203, place + bytes(2) + struct.pack("<d", value)) if wide else (0x03, place + bytes(3) + struct.pack("<d", value))
    content = str(value).encode("gbk")
    head = bytes(2) + struct.pack("<H", len(content)) if wide else bytes(3) + bytes([len(content)])
    return (0x204 if wide else 0x04), place + head + content


def excel_95(path: Path, rows: Rows) -> Path:
    return compound(path, "Book", old_records(rows, 5) + bytes(5000))


def excel_2(path: Path, rows: Rows) -> Path:
    path.write_bytes(old_records(rows, 2))
    return path


# ---- xlsx ----
def odd(path: Path, rows: Rows, change: Callable[[str, bytes], tuple[str, bytes]]) -> Path:
    """An xlsx with every part changed."""
    whole = book(path, rows, title="表").read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return path


def backslashes(name: str, content: bytes) -> tuple[str, bytes]:
    return name.replace("/", "\\"), content


def in_root(name: str, content: bytes) -> tuple[str, bytes]:
    """Everything in the root folder."""
    content = content.replace(b"/xl/worksheets/", b"/").replace(b"/xl/", b"/").replace(b"xl/workbook", b"workbook")
    return name.replace("xl/worksheets/", "").replace("xl/", ""), content


def rows_only(name: str, content: bytes) -> tuple[str, bytes]:
    """A dimension of whole rows, as LibreOffice once wrote it."""
    return name, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="1:4"', content)


def side_sheet(name: str, content: bytes) -> tuple[str, bytes]:
    """One more sheet that has no content."""
    return name, content.replace(b"</sheets>", '<sheet name="坏的" sheetId="9"/></sheets>'.encode())


def encrypted(path: Path, rows: Rows, password: str) -> Path:
    """An xlsx, encrypted as spreadsheet programs do."""
    inside = io.BytesIO(book(path, rows, title="表").read_bytes())
    with path.open("wb") as target:
        msoffcrypto.format.ooxml.OOXMLFile(inside).encrypt(password, target)
    return path


def sheets(path: Path, tables: Sequence[tuple[str, Rows]], active: int = 0) -> Path:
    """An xlsx of several sheets, one of which was open when it was saved."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in tables:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.active = active
    made.save(path)
    return path


FILES: dict[str, Writer] = {
    "xlsx": lambda path, rows: book(path / "a.xlsx", rows, title="表"),
    "csv of Chinese Windows": lambda path, rows: plain(path / "a.csv", rows, "gbk", ","),
    "csv with a mark of its bytes": lambda path, rows: plain(path / "a.csv", rows, "utf-8-sig", ","),
    "text named .xls": lambda path, rows: plain(path / "a.xls", rows, "gb18030", "\t"),
    "text": lambda path, rows: plain(path / "a.txt", rows, "utf-8", "\t"),
    "page named .xls": lambda path, rows: page(path / "a.xls", rows),
    "xml of 2003": lambda path, rows: xml_2003(path / "a.xls", rows),
    "xls": lambda path, rows: xls(path / "a.xls", rows),
    "xls of another code page": lambda path, rows: xls(path / "a.xls", rows, _other_page),
    "xls with formats anew": lambda path, rows: xls(path / "a.xls", rows, format_anew(22)),
    "xls with formats of reports": lambda path, rows: xls(path / "a.xls", rows, format_anew(52)),
    "excel 95": lambda path, rows: excel_95(path / "a.xls", rows),
    "excel 2": lambda path, rows: excel_2(path / "a.xls", rows),
    "backslashes": lambda path, rows: odd(path / "a.xlsx", rows, backslashes),
    "parts in the root": lambda path, rows: odd(path / "a.xlsx", rows, in_root),
    "dimension of rows": lambda path, rows: odd(path / "a.xlsx", rows, rows_only),
    "bad side sheet": lambda path, rows: odd(path / "a.xlsx", rows, side_sheet),
    "structure protected": lambda path, rows: encrypted(path / "a.xlsx", rows, "VelvetSweatshop"),
}
"""A writer into a folder for every kind of file that is read without being asked anything."""
