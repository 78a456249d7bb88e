"""Cuts rows that are higher than a page: between rows where there are several, else between lines of text."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.documents.layout.cell_box import LaidText, Placed
from fupin_desktop.documents.layout.row_layout import Block
from fupin_desktop.documents.pages import POINT

_PAD = 1.2
_NOTHING = LaidText(("",), 1.0, 0.0, (0.0,), 0.0)


def split(block: Block, room: float) -> tuple[Block, Block | None]:
    """A block cut so that the first part is no higher than ``room`` mm.

    Returns:
        The part that fits and the rest; no rest where nothing can be cut off.
    """
    if len(block.heights) > 1:
        return _between_rows(block, room)
    return _between_lines(block, room)


def _between_rows(block: Block, room: float) -> tuple[Block, Block | None]:
    """Cut between rows; cells over several rows keep their text in the first part."""
    count, used = 0, 0.0
    while count < len(block.heights) and used + block.heights[count] <= room:
        used += block.heights[count]
        count += 1
    count = max(count, 1)
    if count == len(block.heights):
        return block, None
    head: list[Placed] = []
    tail: list[Placed] = []
    for placed in block.cells:
        end = placed.row + placed.rows
        if placed.row < count:
            head.append(placed._replace(rows=min(end, count) - placed.row))
        if end > count:
            row = max(placed.row, count)
            laid = placed.laid if placed.row >= count else _NOTHING
            tail.append(Placed(placed.box, row - count, end - row, laid, placed.context))
    return (
        block._replace(heights=block.heights[:count], cells=tuple(head), shape=_shape(head)),
        block._replace(heights=block.heights[count:], cells=tuple(tail), record=None, shape=_shape(tail)),
    )


def _shape(cells: Iterable[Placed]) -> tuple[object, ...]:
    """How the cells of a cut block lie."""
    return tuple((placed.row, placed.rows) for placed in cells)


def _between_lines(block: Block, room: float) -> tuple[Block, Block | None]:
    """Cut the text of each cell after the lines that fit; what stands under it goes to the second part."""
    head: list[Placed] = []
    tail: list[Placed] = []
    for placed in block.cells:
        style = placed.box.cell.style
        pitch = style.pitch * POINT * placed.laid.size / style.size
        fit = max(int((room - _PAD) / pitch), 1)
        lines = placed.laid.lines
        laid = placed.laid._replace(lines=lines[:fit], xs=placed.laid.xs[:fit])
        head.append(placed._replace(laid=laid, under=None, foot=()))
        rest = lines[fit:]
        high = (len(rest) + len(placed.foot)) * pitch + _PAD
        below = placed.laid._replace(lines=rest, xs=placed.laid.xs[fit:], height=high)
        tail.append(placed._replace(laid=below if rest else _NOTHING))
    if all(placed.laid.lines == ("",) for placed in tail):
        return block, None
    height = max(placed.laid.height for placed in tail if placed.laid.lines != ("",))
    return (
        block._replace(heights=(min(block.heights[0], room),), cells=tuple(head)),
        block._replace(heights=(height,), cells=tuple(tail), record=None),
    )
