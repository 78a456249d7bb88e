"""Look over the sheets of an .ods file: repeated cells may stand for a million rows in a hundred characters."""

from __future__ import annotations

import re
from html import unescape

from fupin_desktop.services.sheets.containers import Archive, damaged, too_big
from fupin_desktop.services.sheets.facts import FactsBySheet, SheetFacts

_LONGEST_CONTENT = 512 << 20
_MOST_REPEATED = 256
_TOKEN = re.compile(
    rb"<table:(table|table-row|table-cell|covered-table-cell|table-column)((?:\s[^>]*)?)>|(</table:table>)|(<text:p|office:value-type=)"
)
_ROWS = re.compile(rb'number-rows-repeated="(\d{1,9})"')
_COLUMNS = re.compile(rb'number-columns-repeated="(\d{1,9})"')
_SPAN = re.compile(rb'number-(columns|rows)-spanned="(\d{1,7})"')
_NAME = re.compile(rb'table:name="([^"]*)"')
_ERROR = re.compile(rb'calcext:value-type="error"')
_HIDDEN = re.compile(rb'table:visibility="(?:collapse|filter)"')
_ACTIVE = re.compile(rb'config:name="ActiveTable"[^>]*>([^<]*)<')
_MOST_TEXT = 96 << 20
_ERROR_TEXT = re.compile(rb"<text:p[^>]*>([^<]*)")


def scan_ods(archive: Archive) -> tuple[FactsBySheet, str]:
    """Facts of every sheet, by name, and the name of the sheet that was open when it was saved.

    Raises:
        UnreadableFile: Damaged, or unpacking beyond bounds.
    """
    content = bytearray()
    for chunk in archive.unpack("content.xml"):
        content += chunk
        if len(content) > _LONGEST_CONTENT:
            raise too_big(archive.name, "内容过长")
    if b"<office:spreadsheet" not in content:
        raise damaged(archive.name)
    scan = _Scan(bytes(content))
    facts = scan.run()
    sparse = any(sheet.sparse for sheet in facts.values())  # told by what reads the facts, with the place
    if scan.text > _MOST_TEXT and not sparse:
        raise too_big(archive.name, "很长的文字在极多的格子里重复")
    active = _ACTIVE.search(archive.read("settings.xml", 1 << 20))
    return facts, unescape(active.group(1).decode("utf-8", "replace")) if active else ""


class _Scan:
    """Facts grown tag by tag. Places are counted from 0."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._found: FactsBySheet = {}
        self._facts = SheetFacts()
        self._row = self._next_row = self._column = self._width = 0
        self._filled = self._said = self._columns = 0
        self._hidden = False
        self.text = 0

    def run(self) -> FactsBySheet:
        """Walk the whole content."""
        for token in _TOKEN.finditer(self._content):
            kind = token.group(1)
            if kind is None:
                if token.group(3):
                    self._end_row()
            elif kind == b"table":
                self._begin_sheet(token.group(2))
            elif kind == b"table-row":
                self._begin_row(token.group(2))
            elif kind == b"table-column":
                self._note_column(token.group(2))
            else:
                self._cell(kind, token.group(2), token.end())
        self._end_row()
        return self._found

    def _begin_sheet(self, head: bytes) -> None:
        self._end_row()
        name = _NAME.search(head)
        label = unescape(name.group(1).decode("utf-8", "replace")) if name else ""
        self._facts = self._found.setdefault(label, SheetFacts(merges=[]))
        self._row = self._next_row = self._columns = 0

    def _note_column(self, head: bytes) -> None:
        """Note columns that are hidden."""
        repeated = _COLUMNS.search(head)
        first, self._columns = self._columns, self._columns + (int(repeated.group(1)) if repeated else 1)
        if _HIDDEN.search(head):
            self._facts.hidden_columns.append((first, self._columns - 1))

    def _begin_row(self, head: bytes) -> None:
        self._end_row()
        repeated = _ROWS.search(head)
        self._row, self._next_row = self._next_row, self._next_row + (int(repeated.group(1)) if repeated else 1)
        self._hidden = _HIDDEN.search(head) is not None

    def _end_row(self) -> None:
        """Count the row that ends; a repeated row counts as often as it is repeated."""
        if self._width:
            self._facts.rows = self._next_row
            self._facts.columns = max(self._facts.columns, self._width)
            self._facts.cells += self._filled
            self.text += self._said * (self._next_row - self._row)
            if self._hidden:
                self._facts.hidden_rows.update(range(self._row, min(self._next_row, self._row + _MOST_REPEATED)))
        self._column = self._width = self._filled = self._said = 0

    def _cell(self, kind: bytes, head: bytes, end: int) -> None:
        repeated = _COLUMNS.search(head)
        count = int(repeated.group(1)) if repeated else 1
        if b"value-type=" in head or (not head.endswith(b"/") and self._content.startswith(b"<text:p", end)):
            self._width = self._column + count
            self._filled += min(count, 1)
            self._said += count * (self._content.find(b"</table:", end) - end)
            if _ERROR.search(head):
                text = _ERROR_TEXT.match(self._content, end)
                self._facts.errors[self._row, self._column] = text.group(1).decode("utf-8", "replace") if text else ""
        elif b"table:formula=" in head:
            for column in range(self._column, self._column + min(count, _MOST_REPEATED)):
                self._facts.uncalculated(self._row, column)
        if kind == b"table-cell" and b"-spanned=" in head:
            self._merge(head)
        self._column += count

    def _merge(self, head: bytes) -> None:
        spans = {which: int(number) for which, number in _SPAN.findall(head)}
        rows, columns = spans.get(b"rows", 1), spans.get(b"columns", 1)
        if (rows > 1 or columns > 1) and self._facts.merges is not None:
            self._facts.merges.append((self._row, self._column, self._row + rows - 1, self._column + columns - 1))
