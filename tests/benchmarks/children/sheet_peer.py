"""What others need for the award sheet, its layout ready: ``sheet_peer.py xlsxwriter ROWS FILE`` or ``canvas ROWS FILE``.

Only the writing is timed. XlsxWriter writes the same formatted cells, unmerged, in the mode that is its fastest and takes
least memory; a bare reportlab canvas draws the same strings and lines at the same places.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from fupin_desktop.documents.definition.loader import usable_form
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import POINT, FilledForm, SheetGrid
from fupin_desktop.paths import resources
from tests.benchmarks.children.big_sheet import sheet
from tests.benchmarks.measuring import timed

_FAMILIES = {"song": "FpSong", "fangsong": "FpFangSong", "biaosong": "FpBiaoSong", "hei": "FpHei", "kai": "FpKai"}


def with_xlsxwriter(grid: SheetGrid, path: Path) -> None:
    """The grid's cells with fonts, borders, alignment and number formats."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    page = book.add_worksheet("测算表")
    looks = [
        book.add_format(
            {
                "font_name": "宋体", "font_size": style.size, "bold": style.bold, "align": style.align,
                "valign": "vcenter", "border": 1 if any(style.edges) else 0, "text_wrap": not style.shrink,
                "shrink": style.shrink, "num_format": style.number_format or "@",
            }
        )
        for style in grid.styles
    ]  # fmt: skip
    for column, width in enumerate(grid.columns):
        page.set_column(column, column, width / 2)
    row = -1
    for cell in grid.cells:
        if cell.row - 1 > row:
            row = cell.row - 1
            page.set_row(row, grid.heights[row] / POINT)
        if cell.value is None or cell.value == "":
            page.write_blank(row, cell.column - 1, None, looks[cell.style])
        elif isinstance(cell.value, str):
            page.write_string(row, cell.column - 1, cell.value, looks[cell.style])
        else:
            page.write_number(row, cell.column - 1, cell.value, looks[cell.style])
    book.close()


def with_canvas(form: FilledForm, path: Path) -> None:
    """The pages' strings and lines; characters outside a font are left to reportlab."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name in _FAMILIES.values():
        pdfmetrics.registerFont(TTFont(name, resources() / "fonts" / f"{name}.ttf"))
    wide, high = form.paper.width / POINT, form.paper.height / POINT
    canvas: Any = Canvas(str(path), pagesize=(wide, high))
    for page in form.pages:
        for line in page.lines:
            canvas.setLineWidth(line.width)
            canvas.line(line.x1 / POINT, high - line.y1 / POINT, line.x2 / POINT, high - line.y2 / POINT)
        for run in page.texts:
            canvas.setFont(_FAMILIES[run.font], run.size)
            canvas.drawString(run.x / POINT, high - run.y / POINT, run.text)
        canvas.showPage()
    canvas.save()


def main() -> None:
    """Write the file."""
    kind, rows, path = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    made = sheet(rows)
    form = fill(usable_form("award_sheet"), made, made.made_on, paged=kind == "canvas")
    grid = form.grid if kind == "xlsxwriter" else None
    print("ready", flush=True)
    seconds, _ = timed(lambda: with_xlsxwriter(grid, path) if grid is not None else with_canvas(form, path))
    print(json.dumps({"seconds": seconds, "bytes": path.stat().st_size}))


if __name__ == "__main__":
    main()
