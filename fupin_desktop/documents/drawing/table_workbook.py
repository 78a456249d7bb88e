"""Plain lists as xlsx: one heading row, numbers as numbers, long numbers as text, ready to print and to read back.

The rows are streamed straight into the package, so that 100 000 households neither fill the memory nor leave half a
file, or a copy with identity numbers, anywhere else when the clerk cancels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fupin_desktop.documents.atomic import write_atomically
from fupin_desktop.documents.drawing.workbook_package import PROGRAM

Value = str | int | Decimal | None
FAMILY = "宋体"
EDGE_COLOUR, HEAD_COLOUR = "FFBFBFBF", "FFEFEFEF"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_FIRST_ZIP_YEAR = 1980
_LANDSCAPE_FROM = 9
_EVERY = 500

_START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="{_MIME}.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_MIME}.worksheet+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="{_MIME}.styles+xml"/>\
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
</Types>"""
_TOP = f"""<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>\
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>\
</Relationships>"""
_BOOK_PARTS = f"""<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>\
<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>"""
_PROPERTIES = f"""<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{{title}}</dc:title><dc:creator>{{program}}</dc:creator>\
<cp:lastModifiedBy>{{program}}</cp:lastModifiedBy>\
<dcterms:created xsi:type="dcterms:W3CDTF">{{moment}}</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{{moment}}</dcterms:modified></cp:coreProperties>"""
_FONT = f'<sz val="10"/><name val="{FAMILY}"/><charset val="134"/>'
_EDGES = "".join(
    f'<{side} style="thin"><color rgb="{EDGE_COLOUR}"/></{side}>' for side in ("left", "right", "top", "bottom")
)
_STYLES = f"""<styleSheet xmlns="{_MAIN}"><numFmts count="{{kind_count}}">{{formats}}</numFmts>\
<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="{HEAD_COLOUR}"/></patternFill></fill></fills>\
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>\
<border>{_EDGES}<diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="{{style_count}}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" \
applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>{{kinds}}</cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""
_SHEET_HEAD = f"""<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>\
<sheetViews><sheetView workbookViewId="0">\
<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>\
<sheetFormatPr defaultRowHeight="15"/><cols>{{widths}}</cols><sheetData><row r="1">{{heads}}</row>"""
_HEAD_STYLE = 1


class CellKind(Enum):
    """What a column holds: its number format, the number of its style, its alignment."""

    TEXT = ("@", 2, "left")
    INTEGER = ("0", 3, "right")
    MONEY = ("#,##0.00", 4, "right")
    AREA = ("0.000", 5, "right")
    QUANTITY = ("General", 6, "right")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: heading, kind, width in characters."""

    heading: str
    kind: CellKind
    width: float


def write_table(
    path: Path,
    title: str,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Value]],
    *,
    made: datetime,
    tell: Callable[[int], None] | None = None,
) -> int:
    """Write a list; the file is replaced only when the new one is whole.

    Args:
        path: The xlsx file.
        title: Name of the sheet and of the document.
        columns: The columns.
        rows: Values in the order of the columns; numbers stay numbers, text stays text whatever it looks like.
        made: Date and time written into the file.
        tell: Told the number of rows written now and then; what it raises ends the work, and no file is left.

    Returns:
        The number of rows.

    Raises:
        Situation: The file cannot be written there.
    """
    count = 0

    def write(stream: BinaryIO) -> None:
        nonlocal count
        stamp = max(made, datetime(_FIRST_ZIP_YEAR, 1, 1, tzinfo=made.tzinfo)).timetuple()[:6]
        with ZipFile(stream, "w", ZIP_DEFLATED) as package:
            for name, content in _small_parts(title, columns, made).items():
                package.writestr(_entry(name, stamp), _START + content)
            with package.open(_entry("xl/worksheets/sheet1.xml", stamp), "w", force_zip64=True) as part:
                part.write((_START + _sheet_head(columns)).encode())
                count = _write_rows(part.write, columns, rows, tell)
                part.write(_sheet_tail(columns).encode())

    write_atomically(path, write)
    return count


def sheet_name(title: str) -> str:
    """A title as a sheet may be called."""
    return _NAME_FORBIDDEN.sub("", title)[:31] or PROGRAM


def plain_text(text: str) -> str:
    """A text without what a workbook cannot hold."""
    return _CONTROL.sub("", text)


def _entry(name: str, stamp: tuple[int, ...]) -> ZipInfo:
    year, month, day, hour, minute, second = stamp
    info = ZipInfo(name, (year, month, day, hour, minute, second))
    info.compress_type = ZIP_DEFLATED
    info.create_system = 0
    return info


def _small_parts(title: str, columns: Sequence[TableColumn], made: datetime) -> dict[str, str]:
    """All parts of the package but the rows."""
    name = escape(sheet_name(title), {'"': "&quot;"})
    titles = f'<definedName name="_xlnm.Print_Titles" localSheetId="0">\'{name}\'!$1:$1</definedName>'
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>'
        f"<definedNames>{titles}</definedNames></workbook>"
    )
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _TOP,
        "docProps/core.xml": _properties(title, made),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _BOOK_PARTS,
        "xl/styles.xml": _styles(),
    }


def _properties(title: str, made: datetime) -> str:
    moment = f"{made:%Y-%m-%dT%H:%M:%SZ}"
    return _PROPERTIES.format(title=escape(plain_text(title)), program=PROGRAM, moment=moment)


def _styles() -> str:
    """Style 0 is the default, 1 the heading, then one for each kind of cell in order."""
    formats = "".join(f'<numFmt numFmtId="{163 + kind.value[1]}" formatCode="{kind.value[0]}"/>' for kind in CellKind)
    kinds = "".join(
        f'<xf numFmtId="{163 + kind.value[1]}" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" '
        f'applyBorder="1" applyAlignment="1"><alignment horizontal="{kind.value[2]}" vertical="center"/></xf>'
        for kind in CellKind
    )
    return _STYLES.format(formats=formats, kinds=kinds, kind_count=len(CellKind), style_count=len(CellKind) + 2)


def _sheet_head(columns: Sequence[TableColumn]) -> str:
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{column.width:g}" customWidth="1"/>'
        for number, column in enumerate(columns, 1)
    )
    heads = "".join(_cell(f"{_letters(number)}1", _HEAD_STYLE, column.heading) for number, column in enumerate(columns))
    return _SHEET_HEAD.format(widths=widths, heads=heads)


def _sheet_tail(columns: Sequence[TableColumn]) -> str:
    orientation = "landscape" if len(columns) >= _LANDSCAPE_FROM else "portrait"
    return (
        '</sheetData><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="9" orientation="{orientation}" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter></worksheet>"
    )


def _write_rows(
    write: Callable[[bytes], object],
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Value]],
    tell: Callable[[int], None] | None,
) -> int:
    places = [(_letters(number), column.kind.value[1]) for number, column in enumerate(columns)]
    count = 0
    for count, row in enumerate(rows, 1):
        pairs = zip(places, row, strict=True)
        cells = "".join([_cell(f"{letters}{count + 1}", style, value) for (letters, style), value in pairs])
        write(f'<row r="{count + 1}">{cells}</row>'.encode())
        if tell is not None and count % _EVERY == 0:
            tell(count)
    return count


def _cell(place: str, style: int, value: Value) -> str:
    if value is None:
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, str):
        text = escape(plain_text(value))
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    number = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return f'<c r="{place}" s="{style}"><v>{number}</v></c>'


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
