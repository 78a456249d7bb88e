"""Puts a drawn sheet together as the parts of a form: tables with their columns in mm, rows, lists, lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from fupin_desktop.documents.definition.form import Field, FormDefinition, TablePart
from fupin_desktop.documents.pages import POINT
from fupin_desktop.documents.workbook_forms.marks import CellText, MarkError, Marks
from fupin_desktop.documents.workbook_forms.reading import Drawn, DrawnCell, Look

_ABOVE_AND_BELOW = 1.2
_SMALLEST = 0.8
_PITCH = 1.25
_PAD = 0.4
_INNER, _OUTER = 0.5, 1.2


@dataclass(frozen=True, slots=True)
class PartStyle:
    """A style of the form file; sizes in points, ``pad`` in mm."""

    font: str
    size: float
    pitch: float
    align: str
    valign: str
    colour: str
    fill: str
    shrink: bool
    bold: bool
    vertical: bool
    left: float
    pad: float = _PAD


@dataclass(slots=True)
class PartCell:
    """A cell of the form file; ``start`` and ``end`` are columns of the whole sheet."""

    start: int
    end: int
    rows: int
    text: CellText
    style: PartStyle
    border: bool
    drawn: DrawnCell


@dataclass(slots=True)
class PartRow:
    """A row of the form file; ``within`` repeats only the list's cells, those beside them are merged over all."""

    height: float
    cells: list[PartCell]
    role: str = "fixed"
    of_list: str = ""
    within: bool = False


@dataclass(slots=True)
class Part:
    """A table of the form file.

    Attributes:
        columns: Widths, mm.
        edges: Columns of the sheet that are edges of this table.
        rows: Its rows.
        inner: Width of its lines, points.
        outer: Width of its frame, points.
        joins: Whether it goes on in the frame of the table above.
        new_page: Whether a page begins with it.
    """

    columns: tuple[float, ...]
    edges: tuple[int, ...]
    rows: list[PartRow]
    inner: float
    outer: float
    joins: bool
    new_page: bool


@dataclass(slots=True)
class Composed:
    """A sheet as the parts of a form.

    Attributes:
        parts: From top to bottom.
        width: Of the whole sheet, mm.
        faults: What keeps it from being a form, in Chinese.
        heights: Of all rows, mm.
    """

    parts: list[Part]
    width: float
    heights: tuple[float, ...]
    faults: list[str] = field(default_factory=list)


def compose(drawn: Drawn, base: FormDefinition, marks: Marks, scale: float) -> Composed:
    """The parts of a form.

    Args:
        drawn: The sheet.
        base: The built-in form it is made for.
        marks: Understands what stands in the cells.
        scale: Of the print.
    """
    return _Composer(drawn, base, marks, scale).composed()


def _rounded(lengths: Sequence[float], scale: float) -> tuple[float, ...]:
    """Lengths whose edges are rounded, so that nothing adds up."""
    edges = [round(edge * scale, 2) for edge in accumulate(lengths, initial=0.0)]
    return tuple(round(after - before, 2) for before, after in pairwise(edges))


class _Composer:
    """Puts one sheet together."""

    def __init__(self, drawn: Drawn, base: FormDefinition, marks: Marks, scale: float) -> None:
        self._drawn, self._base, self._marks, self._scale = drawn, base, marks, scale
        self._widths = _rounded(drawn.columns, scale)
        self._heights = _rounded(drawn.heights, scale)
        self._faults: list[str] = []

    def composed(self) -> Composed:
        """All parts."""
        rows = [PartRow(height, []) for height in self._heights]
        for cell in self._drawn.cells:
            rows[cell.row].cells.append(self._cell(cell))
        for row in rows:
            row.cells = list(_absorbed(row.cells))
        for at, row in enumerate(rows):
            self._role(row, tied=self._tied(rows, at) or any(cell.rows > 1 for cell in row.cells))
        self._headings(rows)
        parts = [self._part(rows, first, end) for first, end in self._groups(rows)]
        for above, below in pairwise(parts):
            below.joins = not below.new_page and _bordered(above.rows[-1]) and _bordered(below.rows[0])
            if below.joins:
                below.outer = above.outer
        return Composed(parts, round(sum(self._widths), 2), self._heights, self._faults)

    def _cell(self, drawn: DrawnCell) -> PartCell:
        try:
            text = self._marks.read(drawn.text)
        except MarkError as fault:
            self._faults.append(f"{drawn.name}：{fault}。")
            text = CellText("")
        width = sum(self._widths[drawn.column : drawn.column + drawn.columns])
        height = sum(self._heights[drawn.row : drawn.row + drawn.rows])
        style = self._style(drawn, text, width, height)
        edges = drawn.edges
        sides, level = (bool(edges.left), bool(edges.right)), bool(edges.top or edges.bottom)
        border = all(sides) or (any(sides) and level)
        return PartCell(drawn.column, drawn.column + drawn.columns, drawn.rows, text, style, border, drawn)

    def _style(self, drawn: DrawnCell, text: CellText, width: float, height: float) -> PartStyle:
        """How a cell looks; text that fills its row is set so tight that the row stays as drawn."""
        look = drawn.look
        wanted = look.size * self._scale
        allowed = max(height - _ABOVE_AND_BELOW, 0.1) / POINT / _lines(drawn.text, look, wanted, width)
        size = round(min(wanted, max(allowed, wanted * _SMALLEST)), 2)
        pitch = round(max(min(allowed, size * _PITCH), size), 2)
        return PartStyle(
            look.font, max(size, 4.0), max(pitch, size, 4.0), look.align or self._usual_align(drawn, text), look.valign,
            look.colour, look.fill, look.shrink or self._on_one_line(drawn, text), look.bold, look.vertical,
            float(look.indent),
        )

    def _on_one_line(self, drawn: DrawnCell, text: CellText) -> bool:
        """Text that is not broken in the sheet is set smaller first, so that its row stays as drawn."""
        one = self._field_of(text)
        broken = drawn.look.wrap or drawn.look.vertical or "\n" in drawn.text
        return not broken and (one is None or one.type not in ("long", "opinion", "several"))

    def _field_of(self, text: CellText) -> Field | None:
        fields = self._marks.fields[text.of_list].fields if text.of_list else self._marks.fields
        return fields.get(text.field)

    def _usual_align(self, drawn: DrawnCell, text: CellText) -> str:
        """Numbers lie right where the sheet does not say."""
        one = self._field_of(text)
        number = bool(text.total) or drawn.numeric
        number = number or (one is not None and one.type in ("money", "area", "quantity", "count"))
        return "right" if number else "left"

    def _role(self, row: PartRow, *, tied: bool) -> None:
        """Whether the row stands for a list's records or sums them; ``tied`` to others by merged cells."""
        lists = {cell.text.of_list for cell in row.cells if cell.text.of_list}
        if not lists:
            return
        name = row.cells[0].drawn.name
        sums = [cell for cell in row.cells if cell.text.total]
        plain = [cell for cell in row.cells if cell.text.of_list and not cell.text.total]
        if len(lists) > 1 or (sums and plain):
            self._faults.append(f"{name} 这一行里有几个列表，或同时有列表的栏和合计；一行只能是一种。")
        elif tied and (sums or any(cell.rows > 1 for cell in plain)):
            self._faults.append(f"{name} 这一行里，列表的栏和合计不能与上下的格子合并。")
        elif tied:
            row.of_list, row.within = next(iter(lists)), True
        else:
            row.role, row.of_list = ("total" if sums else "each"), next(iter(lists))

    def _headings(self, rows: list[PartRow]) -> None:
        """The rows above a list's that are repeated on each page."""
        named = range(*self._drawn.headings) if self._drawn.headings else range(0)
        for at, row in enumerate(rows):
            if row.role != "each" or not at:
                continue
            above = at - 1
            while above > 0 and self._tied(rows, above):
                above -= 1
            if at - 1 in named:
                above = min(above, named.start)
            for one in rows[above:at]:
                if one.role == "fixed" and _bordered(one) and not any(cell.text.marked for cell in one.cells):
                    one.role = "heading"

    @staticmethod
    def _tied(rows: list[PartRow], at: int) -> bool:
        """Whether a cell from above reaches into a row."""
        return any(
            above + cell.rows > at for above in range(at) for cell in rows[above].cells if cell.rows > 1
        )

    def _groups(self, rows: list[PartRow]) -> Iterator[tuple[int, int]]:
        """First and end of the rows of each table."""
        first = 0
        for at in range(1, len(rows)):
            before, here = rows[at - 1], rows[at]
            wanted = _bordered(before) != _bordered(here) or at in self._drawn.breaks
            wanted = wanted or (here.role == "heading" and before.role != "heading")
            wanted = wanted or (here.role == "each" and before.role not in ("heading",))
            wanted = wanted or (here.role in ("fixed", "heading") and before.role in ("each", "total"))
            if wanted and not self._tied(rows, at):
                yield first, at
                first = at
        if rows:
            yield first, len(rows)

    def _part(self, rows: list[PartRow], first: int, end: int) -> Part:
        """One table with the column edges that its cells use."""
        own = rows[first:end]
        if not any(cell.border or cell.text.text or cell.text.marked for row in own for cell in row.cells):
            for row in own:
                row.cells = [replace(row.cells[0], start=0, end=len(self._widths), rows=1)]
        used = {0, len(self._widths)} | {at for row in own for cell in row.cells for at in (cell.start, cell.end)}
        edges = tuple(sorted(used))
        columns = tuple(round(sum(self._widths[left:right]), 2) for left, right in pairwise(edges))
        inner, outer = _line_widths(own, first, end, len(self._widths))
        return Part(columns, edges, own, inner, outer, joins=False, new_page=first in self._drawn.breaks)


def _bordered(row: PartRow) -> bool:
    return any(cell.border for cell in row.cells)


def _absorbed(cells: list[PartCell]) -> Iterator[PartCell]:
    """Text that runs over empty cells beside it, as spreadsheets show it, becomes one cell with them."""
    kept: PartCell | None = None
    for cell in cells:
        if kept is not None and _runs_over(kept, cell):
            kept.end = cell.end
            kept.border = kept.border or cell.border
            kept.drawn = replace(kept.drawn, edges=kept.drawn.edges._replace(right=cell.drawn.edges.right))
            continue
        if kept is not None:
            yield kept
        kept = cell
    if kept is not None:
        yield kept


def _runs_over(kept: PartCell, cell: PartCell) -> bool:
    look = kept.drawn.look
    said = bool(kept.text.text or kept.text.marked)
    free = not (cell.text.text or cell.text.marked or cell.drawn.edges.left or kept.drawn.edges.right)
    runs = look.across or (kept.style.align == "left" and not look.wrap and not look.shrink)
    same = kept.rows == cell.rows == 1 and kept.end == cell.start and cell.style.fill == kept.style.fill
    return said and free and runs and same


def _lines(text: str, look: Look, size: float, width: float) -> int:
    """Lines that a text takes, roughly; a field takes one."""
    if look.vertical:
        return max(len(text.replace("\n", "")), 1)
    parts = text.split("\n")
    if not look.wrap or "{{" in text:
        return len(parts)
    em = size * POINT
    space = max(width - 2 * _PAD, em)
    return sum(max(-(-int(_ems(part) * em * 100) // int(space * 100)), 1) for part in parts)


def _ems(text: str) -> float:
    return sum(0.55 if ord(character) < 0x100 else 1.0 for character in text)


def _line_widths(rows: list[PartRow], first: int, end: int, columns: int) -> tuple[float, float]:
    """The usual width of a table's lines and of its frame, points."""
    inner: Counter[float] = Counter()
    outer: Counter[float] = Counter()
    for cell in (cell for row in rows for cell in row.cells if cell.border):
        edges, drawn = cell.drawn.edges, cell.drawn
        sides = ((edges.left, cell.start == 0), (edges.right, cell.end == columns), (edges.top, drawn.row == first),
                 (edges.bottom, drawn.row + drawn.rows == end))
        for width, outside in sides:
            if width:
                (outer if outside else inner)[width] += 1
    thin = inner.most_common(1)[0][0] if inner else _INNER
    return thin, outer.most_common(1)[0][0] if outer else max(thin, _OUTER if not inner else thin)


def least_rows(base: FormDefinition, name: str) -> int:
    """The fewest rows that the built-in form gives a list."""
    rows = [row for part in base.parts if isinstance(part, TablePart) for row in part.rows]
    return max((row.min_rows for row in rows if name in (row.each, row.within)), default=0)
