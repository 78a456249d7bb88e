"""Registers and lists as workbooks: in the headings that the importer knows, or the rows as they are shown."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from fupin_desktop.documents.atomic import write_atomically
from fupin_desktop.documents.drawing.table_workbook import CellKind, TableColumn, Value, write_blank_table, write_table
from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.masking import MASKS
from fupin_desktop.domain.money import from_fen
from fupin_desktop.services import registers
from fupin_desktop.services.registers import ColumnInfo, Query, Register, lists
from fupin_desktop.services.registers.sheets import of_register
from fupin_desktop.services.values import show
from fupin_desktop.services.workbench import Progress, Workbench
from fupin_desktop.storage.fields import Field, Kind

if TYPE_CHECKING:
    from fupin_desktop.documents.list_paper import Size
    from fupin_desktop.documents.pages import FilledForm

_KINDS = {
    Kind.MONEY: CellKind.MONEY,
    Kind.AREA: CellKind.AREA,
    Kind.QUANTITY: CellKind.QUANTITY,
    Kind.INTEGER: CellKind.INTEGER,
}
_WIDTHS = {Kind.ID_NUMBER: 21, Kind.ACCOUNT: 23, Kind.PHONE: 14, Kind.MONEY: 13, Kind.AREA: 11, Kind.QUANTITY: 10}
_WIDTH, _WIDEST = 12, 60
_NARROW = 0x2FF
_AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
_PART = 1000
_BLANK_ROWS = 300
_YES_OR_NO = ("是", "否")


def write_register(
    bench: Workbench, register: Register, path: Path, *, progress: Progress | None = None
) -> int:
    """Write a whole register of the year at work in the headings that the importer knows.

    Households come with their planting and breeding items, one row an item, as 奖补登记表; the file can be changed in a
    spreadsheet program and imported again.

    Args:
        bench: The office's data.
        register: Which register.
        path: The xlsx file.
        progress: Told how far it is.

    Returns:
        The number of rows.

    Raises:
        Situation: The file cannot be written there.
        Cancelled: By ``progress``; no file was written.
    """
    sheet = of_register(register)
    columns = [_column(field) for field in sheet.fields]
    with bench.read() as session:
        rows = ([cell_value(field, value) for field, value in zip(sheet.fields, row, strict=True)]
                for row in sheet.rows(session, bench.year))
        title = _sheet_title(bench, register)
        return write_table(path, title, columns, rows, made=bench.clock(), tell=teller(progress, sheet.title))


def _sheet_title(bench: Workbench, register: Register) -> str:
    """Of the sheet of a register; it names the year whose results it holds, which are not asked when it comes back."""
    title = of_register(register).title
    return f"{bench.year}年{title}" if register.yearly or register.year else title


def write_blank(bench: Workbench, register: Register, path: Path) -> None:
    """Write the workbook of a register with nothing in it, to be filled in and imported: its headings, words offered.

    Args:
        bench: The office's data, for the words of its lists.
        register: Which register.
        path: The xlsx file.

    Raises:
        Situation: The file cannot be written there.
    """
    sheet = of_register(register)
    columns = [replace(_column(field), choices=_offered(bench, field)) for field in sheet.fields]
    write_blank_table(path, _sheet_title(bench, register), columns, _BLANK_ROWS, made=bench.clock())


def _offered(bench: Workbench, field: Field) -> tuple[str, ...]:
    """The words that a cell of a field can hold; empty where anything can."""
    if field.kind is Kind.FLAG:
        return _YES_OR_NO
    if field.choices is not None:
        return tuple(word.label for word in field.choices)
    return lists.of_field(bench, field) if field.listed and not field.several else ()


def export_query(
    bench: Workbench,
    query: Query,
    path: Path,
    *,
    columns: Sequence[str] | None = None,
    masked: bool = False,
    title: str = "",
    progress: Progress | None = None,
) -> int:
    """Write the rows of a query as the register shows them, by the file's ending as a workbook or as csv.

    Args:
        bench: The office's data.
        query: Which rows in which order.
        path: The xlsx or csv file.
        columns: Keys of the columns in their order; None takes all.
        masked: Whether the middle of ID numbers, phones and accounts is starred.
        title: Of the sheet; empty takes that of the register.
        progress: Told how far it is.

    Returns:
        The number of rows.

    Raises:
        Situation: The file cannot be written there.
        Cancelled: By ``progress``; no file was written.
    """
    chosen = _chosen(query, columns)
    title = title or f"{query.register.title}台账"
    if path.suffix.lower() == ".csv":
        return _write_csv(path, chosen, _rows(bench, query, chosen, masked))
    infos = [info for _place, info in chosen]
    rows = _numbered(_rows(bench, query, chosen, masked), infos)
    heads = [TableColumn(info.heading, _KINDS.get(Kind(info.kind), CellKind.TEXT), info.width + 2) for info in infos]
    return write_table(path, title, heads, rows, made=bench.clock(), tell=teller(progress, title))


def query_paper(
    bench: Workbench,
    query: Query,
    *,
    columns: Sequence[str] | None = None,
    size: Size = "A4",
    masked: bool = False,
    title: str = "",
) -> FilledForm:
    """The rows of a query as pages to print, numbered and summed, the heading on each.

    Args:
        bench: The office's data.
        query: Which rows in which order.
        columns: Keys of the columns in their order; None takes all.
        size: Of the paper; it lies where the columns need the room.
        masked: Whether the middle of ID numbers, phones and accounts is starred.
        title: Of the pages; empty takes that of the register.

    Raises:
        MissingGlyph: A character cannot be printed.
    """
    chosen = _chosen(query, columns)
    headings = [info.heading for _place, info in chosen]
    title = title or f"{query.register.title}台账"
    rows, found = list(_rows(bench, query, chosen, masked)), registers.totals(bench, query)
    sums = [found.sums.get(info.key, "") for _place, info in chosen]
    return rows_paper(bench, title, headings, rows, size, numbered=True, totals=sums if any(sums) else ())


def write_rows(
    bench: Workbench, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], path: Path
) -> None:
    """Write a list as the window shows it; columns that hold nothing but amounts are numbers.

    Args:
        bench: The office's data.
        title: What it is.
        headings: Of the columns.
        rows: Texts in the order of the headings.
        path: The xlsx file.

    Raises:
        Situation: The file cannot be written there.
    """
    texts = [[row[place] for row in rows] for place in range(len(headings))]
    money = [any(of) and all(not text or _AMOUNT.fullmatch(text) for text in of) for of in texts]
    columns = [
        TableColumn(heading, CellKind.MONEY if is_money else CellKind.TEXT, _width_of((heading, *of)))
        for heading, of, is_money in zip(headings, texts, money, strict=True)
    ]
    values = [[_number(text) if is_money else text for text, is_money in zip(row, money, strict=True)] for row in rows]
    write_table(path, title, columns, values, made=bench.clock())


def rows_paper(
    bench: Workbench, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], size: Size = "A4", *,
    numbered: bool = False, totals: Sequence[str] = (),
) -> FilledForm:
    """A list as the window shows it, as pages to print or to write as PDF; see ``list_form``.

    Raises:
        MissingGlyph: A character cannot be printed.
    """
    from fupin_desktop.documents.list_paper import list_form

    office = bench.heading.replace(" ", "")
    return list_form(title, headings, rows, office, bench.today, size, numbered=numbered, totals=totals)


def _width_of(texts: Sequence[str]) -> float:
    """Characters that a column's texts need, wide ones counted twice, within reason."""
    widest = max(sum(2 if ord(sign) > _NARROW else 1 for sign in text) for text in texts)
    return float(min(max(widest + 2, _WIDTH), _WIDEST))


def teller(progress: Progress | None, title: str) -> Callable[[int], None] | None:
    """What tells how many rows of a list are written; None where nobody asks."""
    if progress is None:
        return None
    return lambda done: progress(done, 0, f"正在写{title}：{done} 行")


def cell_width(field: Field) -> int:
    """Characters that a column of a field needs."""
    return max(_WIDTHS.get(field.kind, _WIDTH), 2 * len(field.heading) + 2)


def cell_kind(field: Field) -> CellKind:
    """How the cells of a field are written."""
    return _KINDS.get(field.kind, CellKind.TEXT)


def _column(field: Field) -> TableColumn:
    return TableColumn(field.heading, cell_kind(field), cell_width(field))


def _chosen(query: Query, columns: Sequence[str] | None) -> list[tuple[int, ColumnInfo]]:
    """The columns chosen, with their places in a row."""
    known = {info.key: (place, info) for place, info in enumerate(registers.columns(query.register))}
    return [known[key] for key in (known if columns is None else columns) if key in known]


def _rows(
    bench: Workbench, query: Query, chosen: Sequence[tuple[int, ColumnInfo]], masked: bool
) -> Iterator[list[str]]:
    """The shown texts of the rows of a query."""
    keys = registers.all_keys(bench, query)
    places = [place for place, _info in chosen]
    kinds = [info.kind for _place, info in chosen]
    masks = defaultdict(lambda: str, MASKS)
    for start in range(0, len(keys), _PART):
        for row in registers.rows(bench, query.register, query.year, keys[start : start + _PART]):
            cells = [row.cells[place] for place in places]
            yield [masks[kind](cell) for kind, cell in zip(kinds, cells, strict=True)] if masked else cells


def _numbered(rows: Iterator[list[str]], infos: Sequence[ColumnInfo]) -> Iterator[list[Value]]:
    """Rows whose numbers are numbers."""
    numeric = [Kind(info.kind) in _KINDS for info in infos]
    for cells in rows:
        yield [_number(text) if is_number else text for text, is_number in zip(cells, numeric, strict=True)]


def _write_csv(path: Path, chosen: Sequence[tuple[int, ColumnInfo]], rows: Iterator[list[str]]) -> int:
    """A csv file that spreadsheet programs open with Chinese texts; the number of rows."""
    count = 0

    def write(stream: BinaryIO) -> None:
        nonlocal count
        text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
        writer = csv.writer(text)
        writer.writerow([info.heading for _place, info in chosen])
        for count, cells in enumerate(rows, start=1):  # noqa: B007 - the last is the number of rows
            writer.writerow(cells)
        text.detach()

    write_atomically(path, write)
    return count


def _number(text: str) -> Decimal | None:
    """The number that a cell shows."""
    return Decimal(text.replace(",", "")) if text else None


def cell_value(field: Field, value: Any) -> Value:
    """A stored value as it goes into a cell: numbers as numbers, words by their labels, the rest as text."""
    if value is None or value == "":
        return None
    match field.kind:
        case Kind.MONEY:
            return from_fen(value)
        case Kind.AREA | Kind.QUANTITY:
            return from_milli(value)
        case Kind.INTEGER:
            return int(value)
    return show(field, value)
