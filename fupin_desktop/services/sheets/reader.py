"""Safe reading of spreadsheets: .xls, .xlsx and .ods, from programs of every age.

The only place where the spreadsheet library is used. Everything it cannot be trusted with is looked at before: what
the file is, how large it unpacks, how far its content reaches (``*_scan.py``).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine

from fupin_desktop.domain.memory import quiet_memory
from fupin_desktop.errors import FileBusy, FileMissing, PlaceGone, UnreadableFile
from fupin_desktop.services.sheets.containers import (
    MAX_FILE,
    Archive,
    Container,
    damaged,
    protected,
    recognise,
    too_big,
)
from fupin_desktop.services.sheets.facts import FAR_TODO, SheetFacts, far_cell, too_sparse
from fupin_desktop.services.sheets.ods_scan import scan_ods
from fupin_desktop.services.sheets.xls_scan import scan_xls
from fupin_desktop.services.sheets.xlsx_scan import scan_xlsx

Cell = str | int | float | bool | date | datetime | time | timedelta
_EMPTY_ROW: list[Cell] = []


@dataclass(slots=True)
class RawSheet:
    """A sheet as it stands in the file.

    Attributes:
        name: Sheet name.
        rows: Cells from A1 on, one list a row; an empty row is an empty list. Error cells hold their text (#REF!),
            formulas that were never calculated ``UNCALCULATED``.
        merges: Merged ranges, ``(first row, first column, last row, last column)`` counted from 0.
        hidden: Whether the sheet is hidden.
        fault: Why the sheet was not read, a Chinese sentence; empty where it was.
        origins: Where each row stood in the file, and by how many columns it was moved, where rows were moved.
    """

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    fault: str = ""
    origins: list[tuple[int, int]] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place counted from 0, empty text outside of the content."""
        cells = self.rows[row] if row < len(self.rows) else _EMPTY_ROW
        return cells[column] if column < len(cells) else ""


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """A workbook as it stands in the file.

    Attributes:
        name: File name.
        sha256: Fingerprint of the file.
        sheets: Its worksheets in order.
    """

    name: str
    sha256: str
    sheets: tuple[RawSheet, ...]


def read_workbook(path: Path) -> list[RawSheet]:
    """The worksheets of a spreadsheet file; as ``open_workbook``."""
    return list(open_workbook(path).sheets)


def open_workbook(path: Path) -> RawWorkbook:
    """Read a spreadsheet file.

    Raises:
        FileMissing: There is no such file.
        FileBusy: Another program holds it.
        PlaceGone: The stick went away while reading.
        UnreadableFile: It is damaged, protected, hostile or no spreadsheet; the sentence says which.
    """
    path = Path(path)
    data = _content(path)
    with quiet_memory():
        sheets = _read(data, path.name)
    if sheets and all(sheet.fault for sheet in sheets):
        raise UnreadableFile(f"“{path.name}”：{sheets[0].fault}，没有读取。", todo=FAR_TODO)
    return RawWorkbook(path.name, hashlib.sha256(data).hexdigest(), tuple(sheets))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise too_big(path.name, f"文件本身超过 {MAX_FILE >> 20} MB")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissing(f"找不到文件“{path}”。") from error
    except IsADirectoryError as error:
        raise FileMissing(f"“{path}”是文件夹，不是文件。") from error
    except PermissionError as error:
        if path.is_dir():
            raise FileMissing(f"“{path}”是文件夹，不是文件。") from error
        raise FileBusy(f"“{path.name}”打不开：正被别的程序占用，或没有读取权限。") from error
    except OSError as error:
        raise PlaceGone(f"读取“{path.name}”时出错({error.strerror or error})。") from error


def _read(data: bytes, name: str) -> list[RawSheet]:
    """Scan the file, then let the library read what the scan found harmless."""
    container = recognise(data, name)
    if container is Container.XLSX:
        facts = scan_xlsx(Archive(data, name))
    else:
        facts = scan_xls(data, name) if container is Container.XLS else scan_ods(Archive(data, name))
        for key, sheet in facts.items():
            if sheet.sparse:  # the library builds all sheets of these kinds at once
                raise too_sparse(name, str(key) if isinstance(key, str) else f"第 {key + 1} 个", sheet)
    with _told_as_situation(name), python_calamine.load_workbook(io.BytesIO(data)) as book:
        return [
            _sheet(book, described, facts.get(described.name, facts.get(index)))
            for index, described in enumerate(book.sheets_metadata)
            if described.typ is python_calamine.SheetTypeEnum.WorkSheet
        ]


@contextmanager
def _told_as_situation(name: str) -> Iterator[None]:
    """Turn whatever the library raises on a broken file, its panics included, into a situation."""
    try:
        yield
    except python_calamine.PasswordError as error:
        raise protected(name) from error
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged(name) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise damaged(name) from error
        raise


def _sheet(
    book: python_calamine.CalamineWorkbook, described: python_calamine.SheetMetadata, facts: SheetFacts | None
) -> RawSheet:
    """Read one sheet."""
    sheet = RawSheet(described.name, hidden=described.visible is not python_calamine.SheetVisibleEnum.Visible)
    if facts is None:
        sheet.fault = f"工作表“{described.name}”的内容缺失"
        return sheet
    if facts.sparse:
        sheet.fault = far_cell(described.name, facts)
        return sheet
    raw = book.get_sheet_by_name(described.name)
    first_row, first_column = raw.start or (0, 0)
    sheet.rows = _rows(raw, first_row, first_column)
    ranges = raw.merged_cell_ranges if facts.merges is None else None
    sheet.merges = facts.merges or [(start[0], start[1], end[0], end[1]) for start, end in ranges or ()]
    for (row, column), text in facts.errors.items():
        _put(sheet.rows, row, column, text)
    return sheet


def _rows(raw: python_calamine.CalamineSheet, first_row: int, first_column: int) -> list[list[Cell]]:
    """All rows from A1 on; rows without content share one empty list."""
    blank = [""] * raw.width
    rows: list[list[Cell]] = [_EMPTY_ROW] * first_row
    if first_column:
        margin: list[Cell] = [""] * first_column
        rows += [margin + row if row != blank else _EMPTY_ROW for row in raw.to_python()]
    else:
        rows += [row if row != blank else _EMPTY_ROW for row in raw.to_python()]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _put(rows: list[list[Cell]], row: int, column: int, text: str) -> None:
    """Set one cell, growing the sheet where the library had dropped the place."""
    while len(rows) <= row:
        rows.append(_EMPTY_ROW)
    rows[row] = [*rows[row], *[""] * (column + 1 - len(rows[row]))]
    rows[row][column] = text
