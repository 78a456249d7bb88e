"""Keeps a filled form as bytes: pages and grid, so that an approved paper can be shown and printed again as it was."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from fupin_desktop.documents.pages import (
    Area,
    FilledForm,
    Line,
    Page,
    Paper,
    Rect,
    SheetCell,
    SheetGrid,
    SheetStyle,
    TextRun,
)
from fupin_desktop.errors import UnreadableFile

_FORMAT = 1
_LEVEL = 6


def pack(form: FilledForm) -> bytes:
    """A filled form as bytes; equal forms give equal bytes."""
    content = {
        "format": _FORMAT,
        "form": form.form_id,
        "title": form.title,
        "made_on": form.made_on.isoformat(),
        "paper": list(form.paper),
        "pages": [[list(map(list, part)) for part in _parts(page)] + [page.mark] for page in form.pages],
        "grid": _plain_grid(form.grid),
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), _LEVEL)


def unpack(content: bytes) -> FilledForm:
    """The filled form that ``pack`` wrote.

    Raises:
        UnreadableFile: The bytes are damaged, or a newer program wrote them.
    """
    try:
        data = json.loads(zlib.decompress(content))
        if data["format"] != _FORMAT:
            raise ValueError(data["format"])
        grid = _grid(data["grid"])
        return FilledForm(
            form_id=data["form"],
            title=data["title"],
            paper=Paper(*data["paper"]),
            pages=tuple(map(_page, data["pages"])),
            made_on=date.fromisoformat(data["made_on"]),
            make_grid=(lambda: grid) if grid is not None else None,
        )
    except (ValueError, KeyError, TypeError, IndexError, zlib.error):
        raise UnreadableFile(
            "保存的表格内容无法读出。", todo="请从最近的备份恢复，或安装新版程序。"
        ) from None


def _parts(page: Page) -> tuple[Sequence[Any], ...]:
    """What a page holds."""
    return page.texts, page.lines, page.rects, page.areas


def _page(parts: list[Any]) -> Page:
    """A page."""
    texts, lines, rects, areas, mark = parts
    return Page(
        tuple(TextRun(*one) for one in texts),
        tuple(Line(*one) for one in lines),
        tuple(Rect(*one) for one in rects),
        tuple(Area(*one) for one in areas),
        mark,
    )


def _plain_grid(grid: SheetGrid | None) -> Any:
    """A grid as JSON has it."""
    if grid is None:
        return None
    cells = [_plain_cell(cell) for cell in grid.cells]
    styles = [list(style) for style in grid.styles]
    return [grid.columns, grid.heights, cells, styles, grid.heading, grid.footer, grid.mark, grid.breaks]


def _plain_cell(cell: SheetCell) -> list[Any]:
    """A cell as JSON has it; decimals are told from texts by standing in a list, nested sums by one part more."""
    value = [f"{cell.value:f}"] if isinstance(cell.value, Decimal) else cell.value
    return [*cell[:4], value, *cell[5:8], *([True] if cell.nested else [])]


def _grid(parts: Any) -> SheetGrid | None:
    """A grid."""
    if parts is None:
        return None
    columns, heights, cells, styles, heading, footer, mark, breaks = parts
    return SheetGrid(
        columns=tuple(columns),
        heights=tuple(heights),
        cells=tuple(_cell(cell) for cell in cells),
        styles=tuple(map(_style, styles)),
        heading=tuple(heading) if heading else None,
        footer=footer,
        mark=mark,
        breaks=tuple(breaks),
    )


def _style(parts: list[Any]) -> SheetStyle:
    """The look of a grid's cells."""
    values: list[Any] = [tuple(one) if isinstance(one, list) else one for one in parts]
    return SheetStyle(*values)


def _cell(parts: list[Any]) -> SheetCell:
    """A cell of a grid."""
    row, column, rows, columns, value, style, total_of, adds, *nested = parts
    return SheetCell(
        row,
        column,
        rows,
        columns,
        Decimal(value[0]) if isinstance(value, list) else value,
        style,
        tuple(total_of) if total_of else None,
        tuple(map(tuple, adds)),
        bool(nested),
    )
