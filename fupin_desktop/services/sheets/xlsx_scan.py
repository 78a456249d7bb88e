"""Look over the sheets of an xlsx file without building them: where content ends, which cells hold no value.

The spreadsheet library fills the whole rectangle up to the farthest cell, so one stray cell in the last row and
column would take half a terabyte. The scan walks the unpacked XML once with searches that run at memory speed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from fupin_desktop.services.sheets.containers import Archive, too_big
from fupin_desktop.services.sheets.facts import SPARSE, FactsBySheet, SheetFacts, column_number

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
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BASE = "xl/"
_OTHER_PARTS = ("xl/sharedstrings.xml", "xl/styles.xml")


def scan_xlsx(archive: Archive) -> FactsBySheet:
    """Facts of every sheet, by sheet name.

    Raises:
        UnreadableFile: Damaged, or unpacking beyond bounds.
    """
    for part in _OTHER_PARTS:
        archive.measure(part)
    parts = {sheet: part.lower() for sheet, part in _sheet_parts(archive).items()}
    return {sheet: _facts(archive, part) for sheet, part in parts.items() if part in archive.parts}


def _facts(archive: Archive, part: str) -> SheetFacts:
    """Facts by the fast scan; where these look bad, by reading cell for cell."""
    facts = scan_sheet(archive.unpack(part), archive.name)
    return scan_sheet(archive.unpack(part), archive.name, exact=True) if facts.sparse else facts


def _sheet_parts(archive: Archive) -> dict[str, str]:
    """Sheet name to part, in the order of the workbook."""
    targets = {}
    for relation in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels", 4 << 20)):
        words = _attributes(relation)
        target = words.get("Target", "")
        targets[words.get("Id", "")] = target.lstrip("/") if target.startswith(("/", _BASE)) else _BASE + target
    parts = {}
    for sheet in _SHEET.findall(archive.read("xl/workbook.xml", 4 << 20)):
        words = _attributes(sheet)
        relation_id = next((value for key, value in words.items() if key.endswith(":id")), "")
        if relation_id in targets:
            parts[words.get("name", "")] = targets[relation_id]
    return parts


def _attributes(text: bytes) -> dict[str, str]:
    return {
        key.decode("utf-8", "replace"): unescape((double or single).decode("utf-8", "replace"))
        for key, double, single in _ATTRIBUTE.findall(text)
    }


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
        if b"'" in text:
            text = text.replace(b"'", b'"')
        self._namespaced = self._namespaced or (b"xmlns:" in text and _PREFIXED.search(text) is not None)
        if self._namespaced:
            text = _PREFIX.sub(rb"\1", text)
        if self._exact or self._outside.search(text):
            self._count_exactly(text)
        elif self.facts.cells * SPARSE <= (self._row + _MARGIN) * self.facts.columns:
            self.facts.cells += text.count(b"<c ")  # counted only until the sheet is known to be dense
        self._rows(text)
        if b't="e"' in text:
            for letters, row, error in _ERROR.findall(text):
                self.facts.errors[int(row) - 1, column_number(letters) - 1] = error.decode("utf-8", "replace")
        if b"<f" in text:
            self._uncalculated(text)

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
        if {piece[:4] for piece in pieces} == {b' r="'}:
            numbers = [int(piece[4 : piece.find(b'"', 4)] or 0) for piece in pieces]
            self._row = numbers[-1]
            return numbers
        numbers = []
        for piece in pieces:
            found = _ROW.match(piece)
            self._row = int(found.group(1)) if found else self._row + 1
            numbers.append(self._row)
        return numbers


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
