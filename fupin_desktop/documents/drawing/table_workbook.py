"""Plain lists as xlsx: one heading row, numbers as numbers, long numbers as text, ready to print and to read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from fupin_desktop.documents.atomic import write_atomically
from fupin_desktop.documents.drawing import xlsx
from fupin_desktop.documents.drawing.xlsx import SheetSetup, letters
from fupin_desktop.documents.drawing.xlsx_formats import CellFormat, Formats

Value = str | int | Decimal | None
FAMILY = "宋体"
STANDARD = CellFormat(FAMILY, 10)
EDGE = ("thin", "BFBFBF")
HEAD_FORMAT = CellFormat(FAMILY, 10, bold=True, fill="EFEFEF", edges=(EDGE,) * 4, horizontal="center", wrap=True)
TITLE_FORMAT = CellFormat(FAMILY, 14, bold=True, horizontal="center")
LANDSCAPE_FROM = 9
_EVERY = 500


class CellKind(Enum):
    """What a column holds: its number format and its alignment."""

    TEXT = ("@", "left")
    INTEGER = ("0", "right")
    MONEY = ("#,##0.00", "right")
    AREA = ("0.000", "right")
    QUANTITY = ("General", "right")

    @property
    def format(self) -> CellFormat:
        """How a cell of the kind looks."""
        number_format, align = self.value
        return CellFormat(FAMILY, 10, edges=(EDGE,) * 4, number_format=number_format, horizontal=align)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: heading, kind, width in characters, words offered in its cells."""

    heading: str
    kind: CellKind
    width: float
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableHead:
    """Rows above the data of a list that has more than one row of headings.

    Attributes:
        rows: Their cells.
        merges: Merged ranges, e.g. ``A1:F1``.
        heading: How many of them, the last ones, are the heading; the others are titles.
    """

    rows: Sequence[Sequence[Value]]
    merges: Sequence[str]
    heading: int


def write_table(
    path: Path,
    title: str,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Value]],
    *,
    made: datetime,
    tell: Callable[[int], None] | None = None,
    head: TableHead | None = None,
) -> int:
    """Write a list; the file is replaced only when the new one is whole.

    Args:
        path: The xlsx file.
        title: Name of the sheet and of the document.
        columns: The columns.
        rows: Values in the order of the columns; numbers stay numbers, text stays text whatever it looks like.
        made: Date and time written into the file.
        tell: Told the number of rows written now and then; what it raises ends the work, and no file is left.
        head: The rows above the data; None for the headings of the columns alone.

    Returns:
        The number of rows.

    Raises:
        Situation: The file cannot be written there.
    """
    setup, formats = _setup(title, columns, made, head), Formats(STANDARD)
    count, above = 0, len(head.rows) if head else 1

    def counted() -> Iterator[str]:
        nonlocal count
        for count, one in enumerate(_rows(columns, rows, formats, head), 1 - above):
            if tell is not None and count > 0 and count % _EVERY == 0:
                tell(count)
            yield one

    def write(stream: BinaryIO) -> None:
        xlsx.write_sheet(stream, setup, formats, counted())

    write_atomically(path, write)
    return count


def table_bytes(
    title: str, columns: Sequence[TableColumn], rows: Iterable[Sequence[Value]], *, made: datetime
) -> bytes:
    """A list as the bytes of an xlsx file, as :func:`write_table` writes it."""
    out, formats = BytesIO(), Formats(STANDARD)
    xlsx.write_sheet(out, _setup(title, columns, made), formats, _rows(columns, rows, formats))
    return out.getvalue()


def write_blank_table(path: Path, title: str, columns: Sequence[TableColumn], count: int, *, made: datetime) -> None:
    """Write a list that is to be filled in: the heading, rows with nothing in them, and the words offered.

    Args:
        path: The xlsx file.
        title: Name of the sheet and of the document.
        columns: The columns.
        count: How many rows are ready.
        made: Date and time written into the file.

    Raises:
        Situation: The file cannot be written there.
    """
    names = [letters(at) for at in range(1, len(columns) + 1)]
    choices = [
        (f"{name}2:{name}{count + 1}", one.choices) for name, one in zip(names, columns, strict=True) if one.choices
    ]
    setup, formats = replace(_setup(title, columns, made), choices=choices), Formats(STANDARD)
    rows = _rows(columns, ([None] * len(columns) for _ in range(count)), formats)
    write_atomically(path, lambda stream: xlsx.write_sheet(stream, setup, formats, rows))


def _setup(
    title: str, columns: Sequence[TableColumn], made: datetime, head: TableHead | None = None
) -> SheetSetup:
    above, heading = (len(head.rows), head.heading) if head else (1, 1)
    return SheetSetup(
        title=title,
        made=made,
        widths=[column.width for column in columns],
        landscape=len(columns) >= LANDSCAPE_FROM,
        footer="第 &P 页 共 &N 页",
        repeated=(above - heading + 1, above),
        frozen=(above + 1, 1),
        merges=head.merges if head else (),
    )


def _rows(
    columns: Sequence[TableColumn], rows: Iterable[Sequence[Value]], formats: Formats, head: TableHead | None = None
) -> Iterator[str]:
    """The rows above the data, then a row for each row."""
    names = [letters(at) for at in range(1, len(columns) + 1)]
    above = head or TableHead([[one.heading for one in columns]], (), 1)
    yield from _above(above, names, formats)
    kinds = [(column.kind, CellKind.QUANTITY if column.kind is CellKind.TEXT else column.kind) for column in columns]
    styles = [(formats.number(text.format), formats.number(number.format)) for text, number in kinds]
    for number, values in enumerate(rows, len(above.rows) + 1):
        cells = zip(names, styles, values, strict=True)
        yield xlsx.row(number, [
            _cell(f"{name}{number}", style[isinstance(value, int | Decimal)], value) for name, style, value in cells
        ])  # fmt: skip


def _above(head: TableHead, names: Sequence[str], formats: Formats) -> Iterator[str]:
    """The rows above the data: the first title large, the others plain, the heading as such."""
    titles, heading = len(head.rows) - head.heading, formats.number(HEAD_FORMAT)
    for number, cells in enumerate(head.rows, 1):
        style = heading if number > titles else formats.number(TITLE_FORMAT if number == 1 else STANDARD)
        yield xlsx.row(number, [_cell(f"{name}{number}", style, cell) for name, cell in zip(names, cells, strict=True)])


def _cell(place: str, style: int, value: Value) -> str:
    if value is None:
        return xlsx.blank_cell(place, style)
    if isinstance(value, str):
        return xlsx.text_cell(place, style, value)
    return xlsx.number_cell(place, style, value)
