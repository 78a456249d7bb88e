"""Safe reading of tables: .xls, .xlsx and .ods from programs of every age, web pages, XML of 2003 and plain text.

The only place where the spreadsheet library is used. Everything it cannot be trusted with is looked at before: what
the file is, how large it unpacks, how far its content reaches (``*_scan.py``).
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import python_calamine

from fupin_desktop.domain.memory import quiet_memory
from fupin_desktop.errors import FileBusy, FileMissing, PasswordWanted, PlaceGone, UnreadableFile, cause_of
from fupin_desktop.services.sheets.containers import (
    MAX_FILE,
    Archive,
    Container,
    damaged,
    protected,
    recognise,
    too_big,
)
from fupin_desktop.services.sheets.facts import FAR_TODO, FactsBySheet, SheetFacts, far_cell, too_sparse
from fupin_desktop.services.sheets.html_tables import read_html
from fupin_desktop.services.sheets.ods_scan import scan_ods
from fupin_desktop.services.sheets.passwords import decrypted
from fupin_desktop.services.sheets.raw import EMPTY_ROW, Cell, RawSheet
from fupin_desktop.services.sheets.text_tables import read_plain
from fupin_desktop.services.sheets.xls_old import read_old
from fupin_desktop.services.sheets.xls_records import BIFF, UNICODE, with_right_signs
from fupin_desktop.services.sheets.xls_scan import active_sheet, scan_xls, workbook_stream
from fupin_desktop.services.sheets.xlsx_clean import clean
from fupin_desktop.services.sheets.xlsx_scan import scan_xlsx
from fupin_desktop.services.sheets.xml_2003 import read_xml


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """A workbook as it stands in the file.

    Attributes:
        name: File name.
        sha256: Fingerprint of the file.
        sheets: Its worksheets in order.
        active: Name of the sheet that was open when it was saved; empty where that is not known.
    """

    name: str
    sha256: str
    sheets: tuple[RawSheet, ...]
    active: str = ""


class Read(NamedTuple):
    """What was read of a file: as in :class:`RawWorkbook`."""

    sheets: list[RawSheet]
    active: str = ""


def read_workbook(path: Path) -> list[RawSheet]:
    """The worksheets of a spreadsheet file; as ``open_workbook``."""
    return list(open_workbook(path).sheets)


def open_workbook(path: Path, password: str = "") -> RawWorkbook:
    """Read a spreadsheet file.

    Args:
        path: The file.
        password: What opens it, where it is encrypted.

    Raises:
        FileMissing: There is no such file.
        FileBusy: Another program holds it.
        PasswordWanted: It is encrypted, and this is not its password.
        PlaceGone: The stick went away while reading.
        UnreadableFile: It is damaged, protected, hostile or no spreadsheet; the sentence says which.
    """
    path = Path(path)
    data = _content(path)
    with quiet_memory():
        sheets, active = _read(data, path.name, password)
    if sheets and all(sheet.fault for sheet in sheets):
        todo = FAR_TODO if "零星内容" in sheets[0].fault else None
        raise UnreadableFile(f"“{path.name}”：{sheets[0].fault}，没有读取。", todo=todo)
    return RawWorkbook(path.name, hashlib.sha256(data).hexdigest(), tuple(sheets), active)


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
        raise PlaceGone(f"读取“{path.name}”时出错({cause_of(error)})。") from error


def _read(data: bytes, name: str, password: str) -> Read:
    """Read a file by what it is; the library only reads what was found harmless."""
    container = recognise(data, name)
    if container is Container.XLSX:
        return _read_xlsx(Archive(data, name))
    if container is Container.ODS:
        facts, active = scan_ods(Archive(data, name))
        _refuse_sparse(facts, name)
        return Read(_load(data, name, facts), active)
    if container is Container.XLS:
        try:
            return _read_xls(data, name)
        except PasswordWanted:
            return _read(decrypted(data, name, password), name, password)
    if container is Container.HTML:
        return Read(read_html(data, name))
    return Read(read_xml(data, name) if container is Container.XML else [read_plain(data, name)])


def _read_xls(data: bytes, name: str) -> Read:
    """The sheets of an .xls file; those of before Unicode are read here."""
    stream = workbook_stream(data, name)
    if stream[:2] != BIFF or struct.unpack_from("<H", stream, 4)[0] != UNICODE:
        return Read(read_old(stream, name))
    facts = scan_xls(data, name)
    _refuse_sparse(facts, name)
    sheets = _load(with_right_signs(data, name), name, facts)
    number = active_sheet(stream)
    return Read(sheets, sheets[number].name if number < len(sheets) else "")


def _refuse_sparse(facts: FactsBySheet, name: str) -> None:
    for key, sheet in facts.items():
        if sheet.sparse:  # the library builds all sheets of these kinds at once
            raise too_sparse(name, str(key) if isinstance(key, str) else f"第 {key + 1} 个", sheet)


def _read_xlsx(archive: Archive) -> Read:
    """The sheets of an xlsx file; what is put together oddly, or is refused by the library, is written anew first."""
    scanned = scan_xlsx(archive)
    if not scanned.odd:
        try:
            return Read(_load(archive.data, archive.name, scanned.facts), scanned.package.active)
        except UnreadableFile:
            pass
    archive.forget()
    data, faults = clean(archive)
    anew = scan_xlsx(Archive(data, archive.name))
    if anew.odd:
        raise damaged(archive.name)
    read = {sheet.name: sheet for sheet in _load(data, archive.name, anew.facts)} if anew.facts else {}
    sheets = [
        read.get(sheet.name) or RawSheet(sheet.name, hidden=sheet.hidden, fault=faults.get(sheet.name, ""))
        for sheet in scanned.package.sheets
        if sheet.cells
    ]
    return Read(sheets, scanned.package.active)


def _load(data: bytes, name: str, facts: FactsBySheet) -> list[RawSheet]:
    """Let the library read a file."""
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
    _hide(sheet, facts)
    return sheet


def _hide(sheet: RawSheet, facts: SheetFacts) -> None:
    """Note which rows and columns with content are hidden."""
    sheet.hidden_rows = frozenset(row for row in facts.hidden_rows if row < len(sheet.rows) and sheet.rows[row])
    width = max(map(len, sheet.rows), default=0) if facts.hidden_columns else 0
    sheet.hidden_columns = frozenset(
        column for first, last in facts.hidden_columns for column in range(first, min(last + 1, width))
    )


def _rows(raw: python_calamine.CalamineSheet, first_row: int, first_column: int) -> list[list[Cell]]:
    """All rows from A1 on; rows without content share one empty list."""
    blank = [""] * raw.width
    rows: list[list[Cell]] = [EMPTY_ROW] * first_row
    if first_column:
        margin: list[Cell] = [""] * first_column
        rows += [margin + row if row != blank else EMPTY_ROW for row in raw.to_python()]
    else:
        rows += [row if row != blank else EMPTY_ROW for row in raw.to_python()]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _put(rows: list[list[Cell]], row: int, column: int, text: str) -> None:
    """Set one cell, growing the sheet where the library had dropped the place."""
    while len(rows) <= row:
        rows.append(EMPTY_ROW)
    rows[row] = [*rows[row], *[""] * (column + 1 - len(rows[row]))]
    rows[row][column] = text
