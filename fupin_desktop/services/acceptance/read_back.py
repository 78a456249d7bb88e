"""Reading the acceptance list back: the workbook that went out, filled in on the way or typed off the paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fupin_desktop.domain.reading.raw import Raw, plain
from fupin_desktop.domain.text import clean, clean_name
from fupin_desktop.errors import UnreadableFile
from fupin_desktop.services.acceptance.measuring import COLUMNS, read_cell
from fupin_desktop.services.acceptance.model import MeasureRow
from fupin_desktop.services.acceptance.reading import load
from fupin_desktop.services.sheets.heading import base, normalise
from fupin_desktop.services.sheets.raw import Cell, RawSheet
from fupin_desktop.services.sheets.reader import open_workbook
from fupin_desktop.services.values import Place
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import fields
from fupin_desktop.storage.entities import AcceptanceRow

_WHO = {
    "position": ("序号", "编号"),
    "head": ("户主", "户主姓名", "姓名"),
    "product": ("种养项目", "产品", "项目", "品种"),
}
_SEARCHED = 30


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a list says.

    Attributes:
        cells: What was filled in, by row and column; ready for :func:`measuring.measure`.
        faults: Sentences on cells that cannot be read and lines that fit no row.
        rows: Lines of the list that fit a row.
    """

    cells: Mapping[str, Mapping[str, Raw]]
    faults: tuple[str, ...]
    rows: int


def read_list(bench: Workbench, key: str, path: Path) -> ReadBack:
    """Read a filled list; nothing is kept.

    A line means the row of its number where the name fits too, else the only row of its head and product. Cells that
    are empty leave what is there.

    Raises:
        UnreadableFile: It is no spreadsheet, or no heading names 户主 and 实测.
        NotAllowed: The acceptance is gone.
        Situation: It cannot be read.
    """
    rows = load(bench, key).rows
    for sheet in open_workbook(path).sheets:
        places = _heading(sheet)
        if places is not None:
            return _read(sheet, places, rows)
    raise UnreadableFile(
        f"“{path.name}”里没有认出验收表的表头。", todo="请用程序导出的验收表填写，表头要有“户主”和“实测数量”。"
    )


@dataclass(frozen=True, slots=True)
class _Heading:
    """Where the columns stand; ``first`` is the first row below."""

    first: int
    places: Mapping[str, int]


def _names() -> dict[str, str]:
    """Column by normalised heading."""
    known = {name: key for key, names in _WHO.items() for name in names}
    described = fields.of(AcceptanceRow)
    known |= {name: column for column, stored in COLUMNS.items() for name in described[stored].headings}
    return {normalise(name): key for name, key in known.items()}


def _heading(sheet: RawSheet) -> _Heading | None:
    known = _names()
    for number, cells in enumerate(sheet.rows[:_SEARCHED]):
        places: dict[str, int] = {}
        for place, cell in enumerate(cells):
            name = normalise(cell.replace("\n", "")) if isinstance(cell, str) else ""
            column = known.get(name) or known.get(base(name))
            if name and column:
                places.setdefault(column, place)
        if {"head", "measured"} <= places.keys():
            return _Heading(number + 1, places)
    return None


def _read(sheet: RawSheet, heading: _Heading, rows: Sequence[MeasureRow]) -> ReadBack:
    cells: dict[str, Mapping[str, Raw]] = {}
    faults: list[str] = []
    for number in range(heading.first, len(sheet.rows)):
        line = {column: sheet.cell(number, place) for column, place in heading.places.items()}
        filled: dict[str, Raw] = {column: line[column] for column in COLUMNS if line.get(column, "") != ""}
        name = clean_name(plain(line["head"]))
        if not name or not filled:
            continue
        row = _meant(line, name, rows)
        if row is None:
            if "measured" in filled:
                faults.append(f"第 {number + 1} 行“{name}”在这次验收名单里找不到唯一的一项，没有读。")
            continue
        if row.key in cells:
            faults.append(f"第 {number + 1} 行{row.name}在前面已经有一行了，没有读。")
            continue
        faults += [f"第 {number + 1} 行{row.name}：{told}" for told in _faulty(filled, row.unit)]
        cells[row.key] = filled
    return ReadBack(cells, tuple(faults), len(cells))


def _faulty(filled: Mapping[str, Raw], unit: str) -> Iterator[str]:
    for column, raw in filled.items():
        yield from (fault.text for fault in read_cell(column, raw, unit, Place.PASTED).faults if fault.must)


def _meant(line: Mapping[str, Cell], name: str, rows: Sequence[MeasureRow]) -> MeasureRow | None:
    """The row that a line means; None where it is none, or more than one."""
    product, position = clean(plain(line.get("product", ""))), clean(plain(line.get("position", "")))
    named: dict[str, list[MeasureRow]] = defaultdict(list)
    for row in rows:
        named[row.head_name].append(row)
    fitting = [row for row in named[name] if product in ("", row.product)]
    numbered = [row for row in fitting if str(row.position) == position]
    found = numbered or fitting
    return found[0] if len(found) == 1 else None
