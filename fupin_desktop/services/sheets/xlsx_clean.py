"""Write an xlsx file that is put together oddly anew, as plainly as the spreadsheet library wants it.

What the library cannot be trusted with (cells at places written in an unusual way, counts that are not true, parts
in other folders, sheets without content) is read here with an XML parser and bounds of its own. Values, formats and
texts stay what they are.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from fupin_desktop.errors import UnreadableFile
from fupin_desktop.services.sheets.containers import Archive, damaged
from fupin_desktop.services.sheets.facts import MOST_COLUMNS, MOST_ROWS, column_letters, column_number
from fupin_desktop.services.sheets.xlsx_parts import Package, SheetPart, find_parts, quiet_parser

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_RANGE = re.compile(r"([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})")
_TYPES = ("b", "d", "e", "n", "s", "str")
_HIDDEN = ("1", "true")
_PART = 1 << 16
_TYPE_LINES = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
)


class Cleaned(NamedTuple):
    """An xlsx file written anew.

    Attributes:
        data: The file.
        faults: Why a sheet of it has no content, by name: a Chinese sentence.
    """

    data: bytes
    faults: dict[str, str]


def clean(archive: Archive) -> Cleaned:
    """The same workbook, put together plainly.

    Raises:
        UnreadableFile: The workbook itself is damaged, or unpacks beyond bounds.
    """
    package = find_parts(archive)
    faults: dict[str, str] = {}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as made:
        kept = []
        for number, sheet in enumerate(package.sheets):
            content = _content(archive, sheet, faults)
            if content:
                kept.append((number, sheet))
                made.writestr(f"xl/worksheets/sheet{number}.xml", content)
        made.writestr("xl/sharedStrings.xml", b"".join(_strings(archive, package.strings)))
        if package.styles in archive.parts:
            made.writestr("xl/styles.xml", b"".join(archive.unpack(package.styles)))
        _write_book(made, package, kept, with_styles=package.styles in archive.parts)
    return Cleaned(target.getvalue(), faults)


def _content(archive: Archive, sheet: SheetPart, faults: dict[str, str]) -> bytes:
    """The plain XML of a sheet; empty where it has none, which is told where it should have some."""
    if not sheet.cells:
        return b""
    if sheet.part not in archive.parts:
        faults[sheet.name] = f"工作表“{sheet.name}”的内容缺失"
        return b""
    try:
        return _Sheet(archive, sheet.part).content()
    except (expat.ExpatError, UnreadableFile) as error:
        if isinstance(error, UnreadableFile) and "损坏" not in error.happened:
            raise
        faults[sheet.name] = f"工作表“{sheet.name}”的内容已损坏"
        return b""


def _write_book(
    made: zipfile.ZipFile, package: Package, kept: list[tuple[int, SheetPart]], *, with_styles: bool
) -> None:
    """Write the parts that tie the others together."""
    state = {True: ' state="hidden"', False: ""}
    lines = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number + 1}"{state[sheet.hidden]} r:id="s{number}"/>'
        for number, sheet in kept
    )
    properties = '<workbookPr date1904="1"/>' if package.from_1904 else "<workbookPr/>"
    made.writestr(
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{properties}<sheets>{lines}</sheets></workbook>',
    )
    targets = [(f"s{number}", "worksheet", f"worksheets/sheet{number}.xml") for number, _ in kept]
    targets.append(("t", "sharedStrings", "sharedStrings.xml"))
    if with_styles:
        targets.append(("f", "styles", "styles.xml"))
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_RELATIONS}/{kind}" Target="{target}"/>' for key, kind, target in targets
    )
    made.writestr("xl/_rels/workbook.xml.rels", _relations(relations))
    to_book = f'<Relationship Id="b" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    made.writestr("_rels/.rels", _relations(to_book))
    made.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{_TYPE_LINES}</Types>')


def _relations(lines: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _strings(archive: Archive, part: str) -> Iterator[bytes]:
    """The shared texts, with nothing but their texts."""
    yield f'<sst xmlns="{_MAIN}">'.encode()
    if part in archive.parts:
        reader = _Texts(archive.name)
        try:
            for chunk in archive.unpack(part):
                reader.parser.Parse(chunk, False)
                yield from reader.take()
            reader.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise damaged(archive.name) from error
        yield from reader.take()
    yield b"</sst>"


class _Texts:
    """The texts of the shared texts' part, one item after the other."""

    def __init__(self, name: str) -> None:
        self.parser = quiet_parser(name)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._found: list[bytes] = []
        self._pieces: list[str] = []
        self._in_text = self._spoken = False

    def take(self) -> list[bytes]:
        """What was found since the last time."""
        found, self._found = self._found, []
        return found

    def _start(self, tag: str, _words: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "rPh":
            self._spoken = True
        elif tag == "t":
            self._in_text = not self._spoken

    def _text(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "si":
            text = escape("".join(self._pieces))
            self._found.append(f'<si><t xml:space="preserve">{text}</t></si>'.encode())
            self._pieces.clear()
        elif tag == "rPh":
            self._spoken = False
        self._in_text = False


class _Sheet:
    """The cells, merged ranges and hidden rows and columns of a sheet."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._archive, self._part = archive, part
        self._parser = quiet_parser(archive.name)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._rows: list[bytes] = []
        self._cells: list[str] = []
        self._columns: list[str] = []
        self._merges: list[str] = []
        self._row = self._column = 0
        self._head = self._value = ""
        self._pieces: list[str] | None = None
        self._formula = self._spoken = self._inline = False

    def content(self) -> bytes:
        """The plain XML."""
        for chunk in self._archive.unpack(self._part):
            for start in range(0, len(chunk), _PART):
                self._parser.Parse(chunk[start : start + _PART], False)
        self._parser.Parse(b"", True)
        columns = f"<cols>{''.join(self._columns)}</cols>" if self._columns else ""
        merges = f"<mergeCells>{''.join(self._merges)}</mergeCells>" if self._merges else ""
        head = f'<worksheet xmlns="{_MAIN}">{columns}<sheetData>'
        return b"".join([head.encode(), *self._rows, f"</sheetData>{merges}</worksheet>".encode()])

    def _start(self, tag: str, words: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._begin_cell(words)
        elif tag in ("v", "t"):
            self._pieces = [] if self._pieces is None and not self._spoken else self._pieces
            self._inline = self._inline or tag == "t"
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._spoken = True
        elif tag == "row":
            self._begin_row(words)
        elif tag == "mergeCell":
            found = _RANGE.fullmatch(words.get("ref", ""))
            if found:
                self._merges.append(f'<mergeCell ref="{found.group(0)}"/>')
        elif tag == "col" and words.get("hidden") in _HIDDEN:
            first, last = words.get("min", ""), words.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self._columns.append(f'<col min="{int(first[:7])}" max="{int(last[:7])}" hidden="1"/>')

    def _begin_row(self, words: dict[str, str]) -> None:
        number = words.get("r", "").strip()
        self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
        self._column = 0
        if not 0 < self._row <= MOST_ROWS:
            raise damaged(self._archive.name, "行号有误")
        hidden = ' hidden="1"' if words.get("hidden") in _HIDDEN else ""
        self._cells = [f'<row r="{self._row}"{hidden}>']

    def _begin_cell(self, words: dict[str, str]) -> None:
        found = _PLACE.fullmatch(words.get("r", "").strip())
        self._column = column_number(found.group(1).upper().encode()) if found else self._column + 1
        if self._column > MOST_COLUMNS or (found and int(found.group(2)) != self._row):
            raise damaged(self._archive.name, "单元格的位置有误")
        style, kind = words.get("s", ""), words.get("t", "")
        self._head = f'<c r="{column_letters(self._column - 1)}{self._row}"'
        self._head += f' s="{style}"' if style.isdecimal() and len(style) < 7 else ""
        self._head += f' t="{kind}"' if kind in _TYPES else ""
        self._value, self._formula, self._inline, self._pieces = "", False, False, None

    def _text(self, text: str) -> None:
        if self._pieces is not None and not self._spoken:
            self._pieces.append(text)

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in ("v", "t"):
            if self._pieces is not None and not self._spoken:
                self._value += "".join(self._pieces)
                self._pieces = None
        elif tag == "c":
            self._cells.append(self._cell())
        elif tag == "row":
            self._rows.append(("".join(self._cells) + "</row>").encode())
            self._cells = []
        elif tag == "rPh":
            self._spoken = False

    def _cell(self) -> str:
        value = escape(self._value)
        if self._inline:
            head = re.sub(r' t="[^"]*"', "", self._head)
            return f'{head} t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
        if value:
            return f"{self._head}>{'<f>1</f>' if self._formula else ''}<v>{value}</v></c>"
        if self._formula:
            return f"{self._head}><f>1</f></c>" if ' t="str"' not in self._head else f"{self._head}><f>1</f><v></v></c>"
        return f"{self._head}/>"
