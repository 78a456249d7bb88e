"""Look over the sheets of an xlsx file without building them: where content ends, which cells hold no value.

The spreadsheet library fills the whole rectangle up to the farthest cell, so one stray cell in the last row and
column would take half a terabyte. The scan walks the unpacked XML once with searches that run at memory speed.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from typing import NamedTuple

from fupin_desktop.services.sheets.containers import Archive, too_big
from fupin_desktop.services.sheets.facts import SPARSE, FactsBySheet, SheetFacts, column_number
from fupin_desktop.services.sheets.xlsx_parts import Package, find_parts
from fupin_desktop.services.sheets.xlsx_texts import Texts, scan_texts

_LONGEST_ROW = 16 << 20
_MARGIN = 1_000
_TWO_LETTERS = 702
_PREFIX = re.compile(rb"(</?)\w+:")
_PREFIXED = re.compile(rb"<\w+:(?:worksheet|sheetData|row|c|v|is)[\s>/]")
_ROW = re.compile(rb'[^>]*?\sr\s*=\s*"(\d{1,7})"')
_CELL = re.compile(rb"<c\b([^>]*)>(.*?)(?=<c\b|</row|<row\b|$)", re.DOTALL)
_REFERENCE = re.compile(rb'\sr\s*=\s*"([A-Z]{1,3})(\d{1,7})"')
_ERROR = re.compile(
    rb'<c\b(?=[^>]*\st\s*=\s*"e")[^>]*\sr\s*=\s*"([A-Z]{1,3})(\d{1,7})"[^>]*>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v[^>]*>([^<]*)'
)
_UNCALCULATED = re.compile(
    rb"<c\b([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(<v[^>]*/>\s*|<v[^>]*></v>\s*)?</c>"
)
_WORKBOOK = "xl/workbook.xml"
_HIDDEN_ROW = re.compile(rb'<row r="(\d{1,7})"[^>]*\shidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb'<col(?=\s[^>]*?hidden="(?:1|true)")\s[^>]*>')
_FROM_TO = re.compile(rb'\s(min|max)="(\d{1,5})"')
_IRREGULAR = re.compile(rb'<c(?! r="[A-Z]{1,3}[0-9]{1,7}")[ />]')
_IN_TAG = re.compile(rb"<(?:\w+:)?(?:row|c|dimension)\b[^<>]*&")
_RAREST = {b"<!": b"!", b"xmlns:": b"m", b"hidden=": b"h", b"<dimension": b"m", b't="e"': b"e", b"<f": b"f"}
_LETTERS = string.ascii_uppercase.encode()
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?"')
_TEXT = re.compile(rb'<c\b[^>]*\st="s"[^>]*>\s*<v>(\d{1,9})<')
_MOST_TEXT = 96 << 20


class Scanned(NamedTuple):
    """What is known of an xlsx file before the library reads it.

    Attributes:
        package: Where its parts are.
        facts: Facts of every sheet, by its name.
        odd: Whether anything is put together in a way that the library cannot be trusted with.
    """

    package: Package
    facts: FactsBySheet
    odd: bool


def scan_xlsx(archive: Archive) -> Scanned:
    """Look over a workbook.

    Raises:
        UnreadableFile: Damaged, or unpacking beyond bounds.
    """
    package = find_parts(archive)
    archive.measure(package.styles)
    texts = scan_texts(archive, package.strings)
    facts: FactsBySheet = {
        sheet.name: _facts(archive, sheet.part)
        for sheet in package.sheets
        if sheet.part in archive.parts and sheet.cells
    }
    found = [one for one in facts.values() if isinstance(one, SheetFacts)]
    if sum(one.texts for one in found) * texts.longest > _MOST_TEXT:
        _bound_texts(archive, package, texts)
    misplaced = any(sheet.part not in archive.parts for sheet in package.sheets)
    odd = archive.odd or misplaced or package.workbook != _WORKBOOK or texts.odd or any(one.odd for one in found)
    return Scanned(package, facts, odd)


def _facts(archive: Archive, part: str) -> SheetFacts:
    """Facts by the fast scan; where these look bad, by reading cell for cell."""
    facts = scan_sheet(archive.unpack(part), archive.name)
    return scan_sheet(archive.unpack(part), archive.name, exact=True) if facts.sparse and not facts.odd else facts


def _bound_texts(archive: Archive, package: Package, texts: Texts) -> None:
    """Count exactly how much text the cells refer to: a long text can stand in very many cells.

    Raises:
        UnreadableFile: More than any list holds.
    """
    total = 0
    for sheet in package.sheets:
        carry = b""
        for chunk in archive.unpack(sheet.part) if sheet.part in archive.parts and sheet.cells else ():
            text = (carry + chunk).replace(b"'", b'"')
            cut = _last_row_start(text)
            carry = text[cut:]
            total += sum(texts.length(int(place)) for place in _TEXT.findall(text[:cut]))
        total += sum(texts.length(int(place)) for place in _TEXT.findall(carry))
        if total > _MOST_TEXT:
            raise too_big(archive.name, "很长的文字在极多的格子里重复")


def scan_sheet(chunks: Iterable[bytes], name: str, *, exact: bool = False) -> SheetFacts:
    """Facts of one sheet from the chunks of its XML.

    Args:
        chunks: The XML.
        name: File name for the sentences.
        exact: Whether to read cell for cell; else ``columns`` is an upper bound.

    Raises:
        UnreadableFile: A single row beyond all reason.
    """
    scan = _Scan(exact=exact)
    carry = b""
    for chunk in chunks:
        text = carry + chunk if carry else chunk
        cut = _last_row_start(text)
        if len(text) - cut > _LONGEST_ROW:
            raise too_big(name, "一行的内容过长")
        if cut:
            scan.feed(text[:cut])
        carry = text[cut:]
    scan.feed(carry)
    return scan.facts


def _last_row_start(text: bytes) -> int:
    """Where the last row of the piece begins, 0 where none does."""
    cut = text.rfind(b"<row")
    if cut <= 0:
        cut = text.rfind(b"<", 0, max(text.rfind(b":row"), 0))
    return max(cut, 0)


class _Scan:
    """Facts grown piece by piece; every piece ends before a row begins."""

    def __init__(self, *, exact: bool) -> None:
        self.facts = SheetFacts()
        self._exact = exact
        self._row = 0
        self._namespaced = False
        self._outside = _cells_outside(0)

    def feed(self, text: bytes) -> None:
        """Take in some whole rows."""
        if _holds(text, b"<!") or b"\0" in text or (b"&" in text and _IN_TAG.search(text)):
            self.facts.odd = True  # comments, other encodings, numbers written as entities
        if b"'" in text:
            text = text.replace(b"'", b'"')
        self._namespaced = self._namespaced or (_holds(text, b"xmlns:") and _PREFIXED.search(text) is not None)
        if self._namespaced:
            text = _PREFIX.sub(rb"\1", text)
        if self._exact or self._outside.search(text):
            self.facts.odd = self.facts.odd or _IRREGULAR.search(text) is not None
            self._count_exactly(text)
        elif self.facts.cells * SPARSE <= (self._row + _MARGIN) * self.facts.columns:
            self.facts.cells += text.count(b"<c ")  # counted only until the sheet is known to be dense
        self._rows(text)
        self.facts.texts += text.count(b't="s"')
        if _holds(text, b"hidden="):
            self._hidden(text)
        if _holds(text, b"<dimension") and not _DIMENSION.search(text):
            self.facts.odd = True
        if _holds(text, b't="e"'):
            for letters, row, error in _ERROR.findall(text):
                self.facts.errors[int(row) - 1, column_number(letters) - 1] = error.decode("utf-8", "replace")
        if _holds(text, b"<f"):
            self._uncalculated(text)

    def _hidden(self, text: bytes) -> None:
        """Note hidden rows and columns."""
        self.facts.hidden_rows.update(int(number) - 1 for number in _HIDDEN_ROW.findall(text))
        for head in _HIDDEN_COLUMN.findall(text):
            words = dict(_FROM_TO.findall(head))
            if len(words) == 2:
                self.facts.hidden_columns.append((int(words[b"min"]) - 1, int(words[b"max"]) - 1))

    def _uncalculated(self, text: bytes) -> None:
        """Note formulas without a value; one whose value is an empty text (``t="str"``) was calculated."""
        for head, value in _UNCALCULATED.findall(text):
            place = _REFERENCE.search(head)
            if place and not (value and b't="str"' in head):
                self.facts.uncalculated(int(place.group(2)) - 1, column_number(place.group(1)) - 1)

    def _count_exactly(self, text: bytes) -> None:
        """Read every cell of the piece; only cells with content count."""
        column = last = 0
        for head, body in _CELL.findall(text):
            found = _REFERENCE.search(head)
            column = column_number(found.group(1)) if found else column + 1
            if b"<v" in body or b"<is" in body:
                self.facts.cells += 1
                last = max(last, column)
        if self._exact:
            self.facts.columns = max(self.facts.columns, last)
            return
        last += -last % 26 if last <= _TWO_LETTERS else 0
        if last > self.facts.columns:
            self.facts.columns = last
            self._outside = _cells_outside(last)

    def _rows(self, text: bytes) -> None:
        """Find the last row with content."""
        pieces = text.split(b"<row")[1:]
        numbers = self._numbers(pieces)
        if not numbers or max(numbers) <= self.facts.rows:
            return
        if numbers[-1] == max(numbers) and _holds_something(pieces[-1]):
            self.facts.rows = numbers[-1]
            return
        for number, place in sorted(zip(numbers, range(len(numbers)), strict=True), reverse=True):
            if number <= self.facts.rows:
                break
            if _holds_something(pieces[place]):
                self.facts.rows = number
                break

    def _numbers(self, pieces: list[bytes]) -> list[int]:
        """Row numbers; a row without one comes right after the row before it."""
        pieces = [piece for piece in pieces if not piece.startswith(b"Breaks")]
        if {piece[:4] for piece in pieces} == {b' r="'}:
            texts = [piece[4 : piece.find(b'"', 4)] for piece in pieces]
            if all(map(bytes.isdigit, texts)):
                numbers = [int(text) for text in texts]
                self._row = numbers[-1]
                self.facts.odd = self.facts.odd or _has_strays(texts, pieces)
                return numbers
        self.facts.odd = self.facts.odd or bool(pieces)
        numbers = []
        for piece in pieces:
            found = _ROW.match(piece)
            self._row = int(found.group(1)) if found else self._row + 1
            numbers.append(self._row)
        return numbers


def _holds(text: bytes, mark: bytes) -> bool:
    """Whether a mark stands in a text; its rarest letter is looked for first, which is ten times as fast."""
    return _RAREST[mark] in text and mark in text


def _has_strays(numbers: list[bytes], pieces: list[bytes]) -> bool:
    """Whether a cell claims to stand in another row than its own; without the letters of columns all say the row."""
    bare = [piece.translate(None, _LETTERS) for piece in pieces]
    theirs = sum([piece.count(b'<c r="%b"' % number) for number, piece in zip(numbers, bare, strict=True)])
    return theirs != sum([piece.count(b'<c r="') for piece in bare])


def _holds_something(row: bytes) -> bool:
    """Whether a row has a cell with content."""
    body = row[: row.find(b"</sheetData")] if b"</sheetData" in row else row
    return b"<v" in body or b"<is" in body


def _cells_outside(columns: int) -> re.Pattern[bytes]:
    """A search for any cell right of ``columns`` (a multiple of 26), and for any written in an unusual way."""
    if columns <= 26:
        return re.compile(rb'<c(?! r="[A-Z][0-9])[ />]' if columns else rb"<c[ />]")
    if columns > _TWO_LETTERS:
        return re.compile(rb"<c[ />]")
    return re.compile(rb'<c(?! r="[A-%c]?[A-Z][0-9])[ />]' % (64 + columns // 26 - 1))
