"""Reads the layout of a drawn spreadsheet: cells with their look, widths and heights in mm, paper and margins."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from fupin_desktop.documents.workbook_forms.guarding import WHAT_TO_DO, content
from fupin_desktop.documents.workbook_forms.measures import column_width, digit_width, row_height, standard_column
from fupin_desktop.errors import UnreadableFile

MOST_ROWS, MOST_COLUMNS = 500, 120
_INCH = 25.4
_DEFAULT_ROW = 15.0
_PAPERS = {"8": "A3", "9": "A4"}
_WIDTHS = {"hair": 0.25, "medium": 1.2, "mediumDashed": 1.2, "thick": 1.8, "double": 1.2}
_THIN = 0.5
_FAMILIES = (("小标宋", "biaosong"), ("仿宋", "fangsong"), ("fangsong", "fangsong"), ("楷", "kai"), ("kai", "kai"),
             ("黑", "hei"), ("hei", "hei"), ("yahei", "hei"))
_ARGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
_QUOTED = re.compile(r"'(?:[^']|'')*'!")
_PRINT_SLACK = 0.05


class Edges(NamedTuple):
    """Widths of a cell's lines in points; 0 for none."""

    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks, as the spreadsheet has it; sizes in points before any scaling."""

    font: str = "song"
    size: float = 11.0
    bold: bool = False
    colour: str = "#000000"
    fill: str = ""
    align: str = ""
    valign: str = "bottom"
    wrap: bool = False
    shrink: bool = False
    vertical: bool = False
    indent: int = 0
    across: bool = False


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """One cell, merged ones once.

    Attributes:
        row: From 0.
        column: From 0.
        rows: Rows covered.
        columns: Columns covered.
        text: What stands in it.
        look: How it looks.
        edges: Lines around all of it.
        name: As the spreadsheet calls it, e.g. ``B5``.
        numeric: Whether it holds a number.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    look: Look
    edges: Edges
    name: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn sheet; lengths in mm before any scaling.

    Attributes:
        title: Name of the sheet.
        columns: Widths.
        heights: Heights.
        cells: All cells, in reading order; every place of the grid is in one of them.
        paper: A4 or A3.
        landscape: Whether the paper lies.
        margins: Top, right, bottom, left.
        scale: Of the print, 1 for none.
        centred: Whether it is centred between the margins.
        headings: First row after those repeated on each page, and their first; None for none.
        breaks: Rows that begin a page, from 0.
        footer: Middle of the page's foot.
        remarks: What could not be taken over, in Chinese.
    """

    title: str
    columns: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[DrawnCell, ...]
    paper: str
    landscape: bool
    margins: tuple[float, float, float, float]
    scale: float
    centred: bool
    headings: tuple[int, int] | None
    breaks: tuple[int, ...]
    footer: str
    remarks: tuple[str, ...]


def read_drawn(path: Path) -> Drawn:
    """The first sheet that holds ``{{…}}``, else the first one.

    Raises:
        FileMissing: There is no such file.
        UnreadableFile: It is no xlsx workbook, damaged, or far too large.
    """
    data = content(path)
    try:
        with redirect_stdout(io.StringIO()):  # the library prints of some dates, in English
            book = load_workbook(data)
        sheets = [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)]
    except Exception:  # whatever the library meets in a file of unknown origin, the clerk is told one sentence
        raise UnreadableFile(f"“{path.name}”损坏，或不是 xlsx 工作簿。", todo=WHAT_TO_DO) from None
    if not sheets:
        raise UnreadableFile(f"“{path.name}”里没有工作表。", todo=WHAT_TO_DO)
    marked = [sheet for sheet in sheets if _is_marked(sheet)]
    try:
        return _Reader(marked[0] if marked else sheets[0], path.name).drawn()
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        raise UnreadableFile(f"“{path.name}”的排版读不懂。", todo=WHAT_TO_DO) from None


def _is_marked(sheet: Worksheet) -> bool:
    texts = {cell.value for cell in _cells(sheet) if isinstance(cell.value, str)}
    return any("{{" in text or "｛｛" in text for text in texts)


def _cells(sheet: Worksheet) -> list[Any]:
    """The cells that the file holds, whatever size it claims."""
    return list(sheet._cells.values())


class _Reader:
    """Reads one sheet."""

    def __init__(self, sheet: Worksheet, file: str) -> None:
        self._sheet, self._file = sheet, file
        self._remarks: list[str] = []
        self._range = self._print_range()

    def drawn(self) -> Drawn:
        """All of it."""
        sheet = self._sheet
        columns, rows = self._widths(), self._heights()
        left, top, right, bottom = self._range
        kept_columns = [at for at in range(left, right + 1) if columns[at] > 0]
        kept_rows = [at for at in range(top, bottom + 1) if rows[at] > 0]
        cells = tuple(self._drawn_cells(kept_rows, kept_columns))
        widths, heights = [columns[at] for at in kept_columns], [rows[at] for at in kept_rows]
        setup, margins = sheet.page_setup, sheet.page_margins
        if str(setup.paperSize or "9") not in _PAPERS:
            self._remarks.append("纸张不是 A4 或 A3，按 A4 排")
        if getattr(sheet, "_images", None) or getattr(sheet, "_charts", None):
            self._remarks.append("图片和图表不带入表样")
        sides = tuple(float(getattr(margins, side)) * _INCH for side in ("top", "right", "bottom", "left"))
        landscape = setup.orientation == "landscape"
        paper = _PAPERS.get(str(setup.paperSize or "9"), "A4")
        return Drawn(
            title=sheet.title, columns=tuple(widths), heights=tuple(heights), cells=cells, paper=paper,
            landscape=landscape, margins=sides,  # type: ignore[arg-type]
            scale=self._scale((sum(widths), sum(heights)), paper, landscape, sides),
            centred=bool(sheet.print_options.horizontalCentered), headings=self._headings(kept_rows),
            breaks=tuple(kept_rows.index(at) for at in self._breaks() if at in kept_rows),
            footer=self._footer(), remarks=tuple(self._remarks),
        )

    def _print_range(self) -> tuple[int, int, int, int]:
        """First column and row, last column and row, from 1."""
        sheet = self._sheet
        area = str(sheet.print_area or "")
        if area:
            areas = _QUOTED.sub("", area).split(",")
            if len(areas) > 1:
                self._remarks.append("打印区域有几块，只取第一块")
            bounds: Any = range_boundaries(areas[0].rpartition("!")[2].replace("$", ""))
            found = tuple(bounds)
        else:
            used = [cell for cell in _cells(sheet) if cell.value is not None or _has_line(cell)]
            ends = [(merged.max_col, merged.max_row) for merged in sheet.merged_cells.ranges]
            ends += [(cell.column, cell.row) for cell in used]
            found = (1, 1, max((end[0] for end in ends), default=1), max((end[1] for end in ends), default=1))
        left, top, right, bottom = found
        if None in found or right - left >= MOST_COLUMNS or bottom - top >= MOST_ROWS:
            raise UnreadableFile(
                f"“{self._file}”的工作表有 {MOST_ROWS} 行或 {MOST_COLUMNS} 列以上，不像一张表样。",
                todo="请设好打印区域，或删掉多余的行和列。",
            )
        return left, top, right, bottom

    def _widths(self) -> dict[int, float]:
        """Width of each column, mm; 0 for hidden ones."""
        sheet: Any = self._sheet
        font: Any = sheet.parent._fonts[0]
        digit = digit_width(font.name or "宋体", float(font.sz or 11))
        usual = sheet.sheet_format.defaultColWidth
        standard = column_width(usual, digit) if usual else standard_column(digit, sheet.sheet_format.baseColWidth)
        found = dict.fromkeys(range(1, self._range[2] + 1), standard)
        for letter, one in sheet.column_dimensions.items():
            first, last = one.min, one.max
            if first is None or last is None:
                first = last = range_boundaries(f"{letter}1")[0]
            for at in range(first, min(last, self._range[2]) + 1):
                wide = column_width(one.width, digit) if one.customWidth or one.width != 13 else standard
                found[at] = 0.0 if one.hidden else wide
        return found

    def _heights(self) -> dict[int, float]:
        """Height of each row, mm; 0 for hidden ones."""
        sheet = self._sheet
        usual = sheet.sheet_format.defaultRowHeight or _DEFAULT_ROW
        found = dict.fromkeys(range(1, self._range[3] + 1), row_height(usual))
        for at, one in sheet.row_dimensions.items():
            if at in found and one.height is not None:
                found[at] = row_height(float(one.height))
            if at in found and one.hidden:
                found[at] = 0.0
        return found

    def _drawn_cells(self, rows: list[int], columns: list[int]) -> Iterator[DrawnCell]:
        """Every place of the grid once."""
        merged = {}
        for area in self._sheet.merged_cells.ranges:
            for row in range(area.min_row, min(area.max_row, rows[-1] if rows else 0) + 1):
                for column in range(area.min_col, min(area.max_col, columns[-1] if columns else 0) + 1):
                    merged[row, column] = area
        seen = set()
        for row in rows:
            for column in columns:
                area = merged.get((row, column))
                if area is None:
                    yield self._drawn((row, column), [row], [column], rows, columns)
                elif area.coord not in seen:
                    seen.add(area.coord)
                    covered_rows = [at for at in rows if area.min_row <= at <= area.max_row]
                    covered = [at for at in columns if area.min_col <= at <= area.max_col]
                    yield self._drawn((area.min_row, area.min_col), covered_rows, covered, rows, columns)

    def _drawn(
        self, anchor: tuple[int, int], covered_rows: list[int], covered: list[int], rows: list[int], columns: list[int]
    ) -> DrawnCell:
        """One cell, with the lines around all it covers and those its neighbours draw."""
        cell: Any = self._sheet.cell(*anchor)
        first, last, left, right = covered_rows[0], covered_rows[-1], covered[0], covered[-1]
        edges = Edges(
            max(self._line((at, left), "left", (0, -1)) for at in covered_rows),
            max(self._line((at, right), "right", (0, 1)) for at in covered_rows),
            max(self._line((first, at), "top", (-1, 0)) for at in covered),
            max(self._line((last, at), "bottom", (1, 0)) for at in covered),
        )
        text, numeric = self._text(cell)
        name = f"{get_column_letter(anchor[1])}{anchor[0]}"
        return DrawnCell(
            rows.index(first), columns.index(left), len(covered_rows), len(covered), text, look_of(cell), edges, name,
            numeric,
        )

    def _line(self, place: tuple[int, int], side: str, step: tuple[int, int]) -> float:
        """Width of a line, which either of two neighbours may draw."""
        opposite = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}[side]
        beside = (place[0] + step[0], place[1] + step[1])
        widths = []
        for where, what in ((place, side), (beside, opposite)):
            known: Any = self._sheet._cells.get(where)
            line = getattr(known.border, what) if known is not None and known.has_style else None
            style = line.style if line is not None else None
            widths.append(_WIDTHS.get(style, _THIN) if style else 0.0)
        return max(widths)

    def _text(self, cell: Any) -> tuple[str, bool]:
        """What a cell says, and whether it is a number."""
        value = None if isinstance(cell, MergedCell) else cell.value
        if value is None:
            return "", False
        if cell.data_type == "f":
            self._remarks.append(f"{cell.coordinate} 的公式不带入，合计请写 {{{{sum:列表.栏}}}}")
            return "", False
        if isinstance(value, datetime | date):
            return f"{value.year}年{value.month}月{value.day}日", False
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value).replace("\r\n", "\n").strip(" \n"), isinstance(value, int | float)

    def _scale(
        self, size: tuple[float, float], paper: str, landscape: bool, sides: tuple[float, ...]
    ) -> float:
        """The print's scale: what is set, or what fits the pages wanted, in whole hundredths."""
        sheet = self._sheet
        properties = sheet.sheet_properties.pageSetUpPr
        if properties is None or not properties.fitToPage:
            return min(max(int(sheet.page_setup.scale or 100), 10), 400) / 100
        wide, high = room(paper, landscape, sides)
        wanted = []
        across, down = sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight
        for pages, free, used in ((1 if across is None else across, wide, size[0]),
                                  (1 if down is None else down, high, size[1])):
            if int(pages) and used:
                wanted.append((free * int(pages) - _PRINT_SLACK) / used)
        return max(int(min([1.0, *wanted]) * 100), 10) / 100

    def _headings(self, rows: list[int]) -> tuple[int, int] | None:
        """Rows repeated on each page, as places in the grid: first, and first after them."""
        named = re.search(r"(\d+):\$?(\d+)", str(self._sheet.print_title_rows or ""))
        if named is None:
            return None
        places = [at for at, row in enumerate(rows) if int(named[1]) <= row <= int(named[2])]
        return (places[0], places[-1] + 1) if places else None

    def _breaks(self) -> list[int]:
        return [one.id + 1 for one in self._sheet.row_breaks.brk]

    def _footer(self) -> str:
        """The middle of the page's foot, with the numbers of pages."""
        foot: Any = self._sheet.oddFooter
        words = (foot.center.text or "").replace("{", "{{").replace("}", "}}")
        return str(words).replace("&P", "{page}").replace("&N", "{pages}")


def room(paper: str, landscape: bool, sides: tuple[float, ...]) -> tuple[float, float]:
    """Width and height between the margins, mm."""
    short, long = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}[paper]
    wide, high = (long, short) if landscape else (short, long)
    top, right, bottom, left = sides
    return wide - left - right, high - top - bottom


def _has_line(cell: Any) -> bool:
    border = cell.border if cell.has_style else None
    sides = [getattr(border, side, None) for side in ("left", "right", "top", "bottom")]
    return any(side is not None and side.style for side in sides)


def look_of(cell: Any) -> Look:
    """How a cell looks."""
    font, lies, fill = cell.font, cell.alignment, cell.fill
    family = family_of(font.name or "")
    bold = bool(font.b)
    return Look(
        font="biaosong" if bold and family == "song" else family,
        size=float(font.sz or 11),
        bold=bold,
        colour=_colour(font.color) or "#000000",
        fill=(_colour(fill.fgColor) if fill.fill_type == "solid" else "") or "",
        align=_ALIGN.get(lies.horizontal or "", ""),
        valign=_VALIGN.get(lies.vertical or "bottom", "bottom"),
        wrap=bool(lies.wrap_text) or lies.horizontal in ("justify", "distributed"),
        shrink=bool(lies.shrink_to_fit),
        vertical=lies.textRotation in (255, 90, 180),
        indent=int(lies.indent or 0),
        across=lies.horizontal == "centerContinuous",
    )


_ALIGN = {"left": "left", "center": "center", "right": "right", "justify": "justify", "centerContinuous": "center",
          "distributed": "center", "fill": "left"}
_VALIGN = {"top": "top", "center": "middle", "bottom": "bottom", "justify": "middle", "distributed": "middle"}


def family_of(name: str) -> str:
    """The print family nearest to a font."""
    small = name.casefold()
    return next((family for word, family in _FAMILIES if word in small), "song")


def _colour(colour: Any) -> str:
    """A colour written out; empty for colours of a theme, which are black or white as a rule."""
    value = getattr(colour, "rgb", None)
    found = _ARGB.fullmatch(value) if isinstance(value, str) and getattr(colour, "type", "") == "rgb" else None
    return f"#{found[1].lower()}" if found else ""
