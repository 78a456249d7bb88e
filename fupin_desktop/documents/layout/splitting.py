"""Cuts rows that are higher than a page: between rows where there are several, else between lines of text."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.documents.layout.cell_box import LaidText, Placed
from fupin_desktop.documents.layout.row_layout import Block, grow
from fupin_desktop.documents.pages import POINT

_PAD = 1.2
_NOTHING = LaidText(("",), 1.0, 0.0, (0.0,), 0.0)


def split(block: Block, room: float) -> tuple[Block, Block | None]:
    """A block cut so that the first part is no higher than ``room`` mm.

    The cut is between rows, or through the first row where that is higher; the text of a cell that is cut goes on in
    the second part with the lines that did not fit, and what stands below it goes there too.

    Returns:
        The part that fits and the rest; no rest where nothing can be cut off.
    """
    count, used = 0, 0.0
    while count < len(block.heights) and used + block.heights[count] <= room:
        used += block.heights[count]
        count += 1
    if count == len(block.heights):
        return block, None
    above = block.heights[:count] or (min(block.heights[0], room),)
    head, tail = _cells(block, count, above)
    if not count and not any(placed.height for placed in tail if placed.row == 0 and placed.rows == 1):
        if len(block.heights) == 1:
            return block, None
        count = 1
        head, tail = _cells(block, count, above)
    below = list(block.heights[count:]) if count else [0.0, *block.heights[1:]]
    below[0] = max(below[0], *(placed.height for placed in tail if placed.row == 0 and placed.rows == 1), 0.0)
    grow(below, tail)
    return (
        block._replace(heights=above, height=sum(above), cells=tuple(head), shape=_shape(head)),
        block._replace(
            heights=tuple(below), height=sum(below), cells=tuple(tail), record=None, shape=_shape(tail)
        ),
    )


def _cells(block: Block, count: int, above: tuple[float, ...]) -> tuple[list[Placed], list[Placed]]:
    """The cells of both parts; with a ``count`` of 0 the cut goes through the first row."""
    head: list[Placed] = []
    tail: list[Placed] = []
    rows = len(above)
    for placed in block.cells:
        end = placed.row + placed.rows
        if placed.row >= rows:
            tail.append(placed._replace(row=placed.row - count))
        elif end <= count:
            head.append(placed)
        else:
            first, rest = _cut(placed, sum(above[placed.row :]), least=0 if count else 1)
            head.append(first._replace(rows=min(end, rows) - placed.row))
            tail.append(rest._replace(row=0, rows=end - count))
    return head, tail


def _cut(placed: Placed, room: float, *, least: int) -> tuple[Placed, Placed]:
    """A cell cut after the lines that fit, at least so many; what stands under them goes to the second part."""
    nothing = placed._replace(laid=_NOTHING, height=0.0, under=None, foot=())
    if placed.height <= room:
        return placed, nothing
    laid = placed.laid
    pitch = placed.box.cell.style.pitch * POINT * laid.size / placed.box.cell.style.size
    fit = max(int((room - _PAD) / pitch), least)
    if not fit:
        return nothing, placed
    rest = laid.lines[fit:]
    above = laid._replace(lines=laid.lines[:fit], xs=laid.xs[:fit])
    first = placed._replace(laid=above, height=laid.height, under=None, foot=())
    if not rest and not placed.foot and placed.under is None:
        return first, nothing
    high = (len(rest) + len(placed.foot)) * pitch + _PAD
    below = laid._replace(lines=rest or ("",), xs=laid.xs[fit:] or (0.0,), height=high)
    under = placed.under.height if placed.under is not None else 0.0
    return first, placed._replace(laid=below, height=high + under)


def _shape(cells: Iterable[Placed]) -> tuple[object, ...]:
    """How the cells of a cut block lie."""
    return tuple((placed.row, placed.rows) for placed in cells)
