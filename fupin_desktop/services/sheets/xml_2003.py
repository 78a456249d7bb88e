"""Workbooks as XML of 2003 (SpreadsheetML), often named .xls."""

from __future__ import annotations

from datetime import datetime
from xml.parsers import expat

from fupin_desktop.services.sheets.containers import damaged, too_big
from fupin_desktop.services.sheets.facts import MOST_COLUMNS, MOST_ROWS
from fupin_desktop.services.sheets.raw import Cell, RawSheet
from fupin_desktop.services.sheets.xlsx_parts import quiet_parser

_MOST_PLACES = 4_000_000


def read_xml(data: bytes, name: str) -> list[RawSheet]:
    """The sheets of a workbook.

    Raises:
        UnreadableFile: Damaged, or more places than a list has.
    """
    reader = _Reader(name)
    try:
        reader.parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise damaged(name) from error
    if not reader.sheets:
        raise damaged(name, "没有工作表")
    return reader.sheets


class _Reader:
    """Sheets grown element by element; places are counted from 0."""

    def __init__(self, name: str) -> None:
        self.sheets: list[RawSheet] = []
        self.parser = quiet_parser(name)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._name = name
        self._row = self._column = self._places = 0
        self._kind = ""
        self._pieces: list[str] | None = None
        self._hidden: set[int] = set()
        self._cells: list[Cell] = []

    def _start(self, tag: str, words: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        words = {key.rpartition(":")[2]: value for key, value in words.items()}
        if tag == "Worksheet":
            self.sheets.append(RawSheet(words.get("Name", "")))
            self._row, self._hidden = -1, set()
        elif tag == "Row" and self.sheets:
            self._row = _place(words.get("Index"), self._row + 1, MOST_ROWS)
            self._column, self._cells = -1, []
            if words.get("Hidden") == "1":
                self._hidden.add(self._row)
        elif tag == "Cell" and self.sheets:
            self._begin_cell(words)
        elif tag == "Data" and self.sheets:
            self._kind, self._pieces = words.get("Type", "String"), []

    def _begin_cell(self, words: dict[str, str]) -> None:
        self._column = _place(words.get("Index"), self._column + 1, MOST_COLUMNS)
        right = _place(words.get("MergeAcross"), 0, MOST_COLUMNS, first=0)
        down = _place(words.get("MergeDown"), 0, MOST_ROWS, first=0)
        if right or down:
            self.sheets[-1].merges.append((self._row, self._column, self._row + down, self._column + right))

    def _text(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "Data" and self._pieces is not None:
            self._cells += [""] * (self._column + 1 - len(self._cells))
            self._cells[self._column] = _value("".join(self._pieces), self._kind)
            self._pieces = None
        elif tag == "Cell" and self.sheets:
            merges = self.sheets[-1].merges
            if merges and merges[-1][:2] == (self._row, self._column):
                self._column = merges[-1][3]
        elif tag == "Row" and self.sheets:
            self._end_row()
        elif tag == "Worksheet":
            self.sheets[-1].hidden_rows = frozenset(self._hidden)

    def _end_row(self) -> None:
        rows = self.sheets[-1].rows
        if not any(cell != "" for cell in self._cells):
            return
        self._places += len(self._cells) + self._row - len(rows)
        if self._places > _MOST_PLACES:
            raise too_big(self._name, f"超过 {_MOST_PLACES} 格")
        rows += [[] for _ in range(self._row + 1 - len(rows))]
        rows[self._row] = self._cells


def _place(said: str | None, otherwise: int, most: int, first: int = 1) -> int:
    """A place that a file gives, counted from 0.

    Raises:
        ValueError: It is no number, or beyond what a sheet has.
    """
    place = otherwise if said is None else int(said) - first
    if not 0 <= place < most:
        raise ValueError(said)
    return place


def _value(text: str, kind: str) -> Cell:
    """What a cell holds; programs write numbers and days of empty cells, too, with nothing in them."""
    if kind != "String" and not text.strip():
        return ""
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        moment = datetime.fromisoformat(text.strip())
        return moment.date() if moment.time() == datetime.min.time() else moment
    return text
