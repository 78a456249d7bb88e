"""Writes xlsx packages row by row: the one writer of the program's workbooks, from a form to 100 000 households.

Rows go straight into the package, so that a big list neither fills the memory nor leaves half a file, or a copy with
identity numbers, anywhere else when the clerk cancels. The file holds its sheets and what a reader needs to know about
them: nothing hidden, no names of persons or machines, fixed dates; equal input gives equal bytes.

Why no library: for the same 10 000 rows of 15 formatted cells XlsxWriter 3.3 takes 3.5 times as long with
``constant_memory`` (in which it cannot merge cells over several rows) and openpyxl 3.1 seven times; ``dev.py bench
papers`` measures the first again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fupin_desktop.documents.drawing.xlsx_formats import CONTROL, MAIN, Formats, counted, plain_text, quoted

PROGRAM = "产业扶贫工作台"
Number = int | float | Decimal

_SPECIAL = re.compile(f"[&<>]|{CONTROL.pattern}")
_NAME_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_FIRST_ZIP_YEAR = 1980
_LONGEST_NAME = 31
_LONGEST_CHOICES = 255

_START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="{_MIME}.sheet.main+xml"/>\
{{sheets}}<Override PartName="/xl/styles.xml" ContentType="{_MIME}.styles+xml"/>\
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
<Override PartName="/docProps/app.xml" \
ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>"""
_SHEET_TYPE = f'<Override PartName="/xl/worksheets/sheet{{at}}.xml" ContentType="{_MIME}.worksheet+xml"/>'
_TOP = f"""<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>\
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>\
<Relationship Id="rId3" Type="{_OFFICE}/extended-properties" Target="docProps/app.xml"/></Relationships>"""
# Only to files that name this program does LibreOffice give the row heights that they ask for, to the last twip.
_READERS = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>"
)
_BOOK_PARTS = f"""<Relationships xmlns="{_PACKAGE}/relationships">{{sheets}}\
<Relationship Id="rId{{last}}" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>"""
_SHEET_PART = f'<Relationship Id="rId{{at}}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{{at}}.xml"/>'
_CALCULATE = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'
_PROPERTIES = f"""<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{{title}}</dc:title><dc:creator>{{program}}</dc:creator>\
<cp:lastModifiedBy>{{program}}</cp:lastModifiedBy>\
<dcterms:created xsi:type="dcterms:W3CDTF">{{moment}}</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{{moment}}</dcterms:modified></cp:coreProperties>"""


@dataclass(frozen=True, slots=True)
class SheetSetup:
    """What a sheet is besides its rows; widths in characters, margins in inches.

    Attributes:
        title: The sheet is called so.
        made: Date and time written into the file, by the first sheet.
        widths: Of the columns from the first.
        landscape: Whether it prints across.
        paper: The spreadsheet's number of the paper: 8 is A3, 9 is A4.
        margins: left, right, top, bottom, header, footer.
        header: Words in the middle of each page's head, with the spreadsheet's codes.
        footer: The same of the foot.
        centred: Whether it prints in the middle of the page.
        repeated: First and last row repeated on each printed page.
        printed: Range that prints, e.g. ``A1:O20``; empty for all.
        frozen: Cell right under and beside which the sheet scrolls, row and column from 1; None for none.
        filtered: Range whose first row offers to filter those below it, e.g. ``A1:O20``; empty for none.
        merges: Merged ranges; they must not overlap.
        choices: Ranges with the words that are offered there, and no others refused; such as do not fit are left out.
        breaks: Rows after which a printed page ends.
        calculated: Whether it holds formulas, which the reader is to work out anew.
    """

    title: str
    made: datetime
    widths: Sequence[float]
    landscape: bool = False
    paper: int = 9
    margins: tuple[float, float, float, float, float, float] = (0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
    header: str = ""
    footer: str = ""
    centred: bool = False
    repeated: tuple[int, int] | None = None
    printed: str = ""
    frozen: tuple[int, int] | None = None
    filtered: str = ""
    merges: Sequence[str] = ()
    choices: Sequence[tuple[str, Sequence[str]]] = ()
    breaks: Sequence[int] = ()
    calculated: bool = False


def sheet_name(title: str) -> str:
    """A title as a sheet may be called."""
    return _NAME_FORBIDDEN.sub("", plain_text(title))[:_LONGEST_NAME] or PROGRAM


@cache
def letters(column: int) -> str:
    """The name of a column, counted from 1: A, Z, AA ..."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def blank_cell(place: str, style: int) -> str:
    """An empty cell with a format."""
    return f'<c r="{place}" s="{style}"/>'


def text_cell(place: str, style: int, text: str) -> str:
    """A cell that holds text, whatever it looks like."""
    if _SPECIAL.search(text):
        text = escape(plain_text(text))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def number_cell(place: str, style: int, number: Number, formula: str = "") -> str:
    """A cell that holds a number, exactly; with a formula (without ``=``) the value that it has."""
    shown = f"{number:f}" if isinstance(number, Decimal) else repr(number)
    return f'<c r="{place}" s="{style}">{f"<f>{escape(formula)}</f>" if formula else ""}<v>{shown}</v></c>'


def yes_no_cell(place: str, style: int, value: bool) -> str:
    """A cell that holds TRUE or FALSE."""
    return f'<c r="{place}" s="{style}" t="b"><v>{value:d}</v></c>'


def row(number: int, cells: Iterable[str], height: float | None = None) -> str:
    """A row of cells, which must stand from left to right; height in points, None for the usual one."""
    high = f' ht="{height:g}" customHeight="1"' if height is not None else ""
    return f'<row r="{number}"{high}>{"".join(cells)}</row>'


def write_sheet(stream: BinaryIO, setup: SheetSetup, formats: Formats, rows: Iterable[str]) -> None:
    """Write a workbook of one sheet.

    Args:
        stream: Where to.
        setup: What the sheet is.
        formats: Those that the cells name; rows may add to them while they are made.
        rows: From the first to the last, as ``row`` makes them; what making one raises ends the work.
    """
    write_sheets(stream, setup.title, [(setup, rows)], formats)


def write_sheets(
    stream: BinaryIO, title: str, sheets: Sequence[tuple[SheetSetup, Iterable[str]]], formats: Formats
) -> None:
    """Write a workbook of several sheets, each as :func:`write_sheet` takes it.

    Args:
        stream: Where to.
        title: Of the document.
        sheets: Each with its rows; their names must differ.
        formats: Those that the cells of all sheets name.
    """
    setups = [setup for setup, _rows in sheets]
    entry = _entries(setups[0].made)
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, content in _first_parts(title, setups).items():
            package.writestr(entry(name), _START + content)
        for at, (setup, rows) in enumerate(sheets, 1):
            with package.open(entry(f"xl/worksheets/sheet{at}.xml"), "w", force_zip64=True) as part:
                part.write((_START + _sheet_head(setup)).encode())
                for one in rows:
                    part.write(one.encode())
                part.write(_sheet_tail(setup).encode())
        package.writestr(entry("xl/styles.xml"), _START + formats.part())


def _entries(made: datetime) -> Callable[[str], ZipInfo]:
    """Makes the entries of a package, which all bear its date."""
    stamp = max(made, datetime(_FIRST_ZIP_YEAR, 1, 1, tzinfo=made.tzinfo)).timetuple()[:6]

    def entry(name: str) -> ZipInfo:
        info = ZipInfo(name, stamp)
        info.compress_type = ZIP_DEFLATED
        info.create_system = 0
        return info

    return entry


def _first_parts(title: str, setups: Sequence[SheetSetup]) -> dict[str, str]:
    """The parts of the package that are written before the rows."""
    places = range(1, len(setups) + 1)
    moment = f"{setups[0].made:%Y-%m-%dT%H:%M:%SZ}"
    sheets = "".join(
        f'<sheet name="{quoted(sheet_name(setup.title))}" sheetId="{at}" r:id="rId{at}"/>'
        for at, setup in enumerate(setups, 1)
    )
    calculate = _CALCULATE if any(setup.calculated for setup in setups) else ""
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets>{_names(setups)}{calculate}</workbook>"
    )
    return {
        "[Content_Types].xml": _TYPES.format(sheets="".join(_SHEET_TYPE.format(at=at) for at in places)),
        "_rels/.rels": _TOP,
        "docProps/core.xml": _PROPERTIES.format(title=quoted(title), program=PROGRAM, moment=moment),
        "docProps/app.xml": _READERS,
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _BOOK_PARTS.format(
            sheets="".join(_SHEET_PART.format(at=at) for at in places), last=len(setups) + 1
        ),
    }


def _names(setups: Sequence[SheetSetup]) -> str:
    """Of each sheet what prints, and which rows on every page."""
    names = [
        f'<definedName name="_xlnm.{what}" localSheetId="{at}">'
        f"'{quoted(sheet_name(setup.title))}'!{area}</definedName>"
        for at, setup in enumerate(setups)
        for what, area in _areas(setup).items()
    ]
    return f"<definedNames>{''.join(names)}</definedNames>" if names else ""


def _areas(setup: SheetSetup) -> dict[str, str]:
    areas = {}
    if setup.printed:
        areas["Print_Area"] = re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", setup.printed)
    if setup.repeated:
        areas["Print_Titles"] = ":".join(f"${row}" for row in setup.repeated)
    return areas


def _sheet_head(setup: SheetSetup) -> str:
    """The sheet's part before its rows."""
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{width:g}" customWidth="1"/>' for at, width in enumerate(setup.widths, 1)
    )
    return (
        f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{_pane(setup.frozen)}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )


def _pane(frozen: tuple[int, int] | None) -> str:
    """What does not scroll."""
    if frozen is None:
        return ""
    row, column = frozen
    split = (f' xSplit="{column - 1}"' if column > 1 else "") + (f' ySplit="{row - 1}"' if row > 1 else "")
    active = "bottomRight" if row > 1 and column > 1 else "bottomLeft" if row > 1 else "topRight"
    return f'<pane{split} topLeftCell="{letters(column)}{row}" activePane="{active}" state="frozen"/>'


def _sheet_tail(setup: SheetSetup) -> str:
    """The sheet's part behind its rows, in the order that the format asks for."""
    return "</sheetData>" + "".join(_behind_the_rows(setup)) + "</worksheet>"


def _behind_the_rows(setup: SheetSetup) -> Iterator[str]:
    if setup.filtered:
        yield f'<autoFilter ref="{setup.filtered}"/>'
    if setup.merges:
        yield counted("mergeCells", [f'<mergeCell ref="{area}"/>' for area in setup.merges])
    offered = [(area, ",".join(words)) for area, words in setup.choices]
    offered = [(area, words) for area, words in offered if len(words) <= _LONGEST_CHOICES]
    if offered:
        yield counted("dataValidations", [
            f'<dataValidation type="list" allowBlank="1" sqref="{area}"><formula1>"{escape(words)}"</formula1>'
            "</dataValidation>" for area, words in offered
        ])
    if setup.centred:
        yield '<printOptions horizontalCentered="1"/>'
    sides = zip(("left", "right", "top", "bottom", "header", "footer"), setup.margins, strict=True)
    yield "<pageMargins" + "".join(f' {side}="{inches!r}"' for side, inches in sides) + "/>"
    across = "landscape" if setup.landscape else "portrait"
    yield f'<pageSetup paperSize="{setup.paper}" orientation="{across}" fitToWidth="1" fitToHeight="0"/>'
    if setup.header or setup.footer:
        head = f"<oddHeader>{escape('&C' + setup.header)}</oddHeader>" if setup.header else ""
        foot = f"<oddFooter>{escape('&C' + setup.footer)}</oddFooter>" if setup.footer else ""
        yield f"<headerFooter>{head}{foot}</headerFooter>"
    if setup.breaks:
        count = len(setup.breaks)
        breaks = "".join(f'<brk id="{at}" max="16383" man="1"/>' for at in setup.breaks)
        yield f'<rowBreaks count="{count}" manualBreakCount="{count}">{breaks}</rowBreaks>'
