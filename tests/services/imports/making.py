"""Workbooks of every age and temper, made on the spot."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from xlwt.CompoundDoc import XlsDoc

from fupin_desktop.services.imports.columns import read_columns
from fupin_desktop.services.imports.households.parsing import gather
from fupin_desktop.services.imports.households.records import HouseholdRecord
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.imports.parsed import Parsed
from fupin_desktop.services.imports.quantities import settle_quantities
from fupin_desktop.services.sheets.raw import RawSheet

HEAD = ("户编号", "户主姓名", "户主证件号码", "行政村", "参与情况", "产品", "计量单位", "验收数量", "核定成本(元)")
IDS = (
    "440883196803120019",
    "440883197209050139",
    "440883196507200284",
    "440883196407079819",
    "440883198706109810",
    "440883198701089806",
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def book(path: Path, rows: Iterable[Sequence[Any]], *, merges: Iterable[str] = (), title: str = "登记表") -> Path:
    """A small xlsx with these rows."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    made.save(path)
    return path


def parse(
    sheet: RawSheet, mapping: Mapping, *, today: date, village: str = "", villages: frozenset[str] = frozenset()
) -> Parsed[HouseholdRecord]:
    """The households of a sheet, without the data file."""
    columns = read_columns(sheet, mapping, today=today, villages=villages)
    settle_quantities(columns)
    return gather(columns, village, villages)


def household(place: int, **other: Any) -> list[Any]:
    """A good row under HEAD."""
    values = {
        "code": f"DL{place:03d}", "name": f"李亚{'一二三四五六'[place]}", "number": IDS[place], "village": "低岭村", "kind": "参与",
        "product": "水稻", "unit": "亩", "accepted": 3.5, "cost": 1200,
    } | other
    return list(values.values())


def package(path: Path, sheet_xml: bytes | Iterable[bytes], *, strings: bytes = b"", more: dict[str, bytes] | None = None) -> Path:
    """An xlsx package around the raw XML of its only sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_REL}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_REL}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        archive.writestr("xl/sharedStrings.xml", strings or f'<sst xmlns="{_MAIN}"/>')
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for chunk in [sheet_xml] if isinstance(sheet_xml, bytes) else sheet_xml:
                part.write(chunk)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return path


def sheet(body: str, *, dimension: str = "A1") -> bytes:
    """The XML of a sheet around its rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><dimension ref="{dimension}"/>'
        f"<sheetData>{body}</sheetData></worksheet>"
    ).encode()


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def compound(path: Path, name: str, content: bytes = b"\x09\x08\x10\x00" + bytes(5000)) -> Path:
    """A compound file (the container of old Office files) with one stream of this name."""
    raw = io.BytesIO()
    XlsDoc().save(raw, content)
    data = bytearray(raw.getvalue())
    old = "Workbook".encode("utf-16-le")
    at = data.index(old)
    data[at : at + 64] = name.encode("utf-16-le").ljust(64, b"\0")
    data[at + 64 : at + 66] = struct.pack("<H", 2 * len(name) + 2)
    path.write_bytes(bytes(data))
    return path


def records(*parts: tuple[int, bytes]) -> bytes:
    """A stream of old Excel records."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in parts)


def ods(path: Path, content: str) -> Path:
    """An .ods file around the rows of its only sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            f'<office:body><office:spreadsheet><table:table table:name="表">{content}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return path
