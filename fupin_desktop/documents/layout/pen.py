"""Draws the grid of tables: thin rules between cells, joined into long lines, and a thicker frame around."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from fupin_desktop.documents.layout.row_layout import Block
from fupin_desktop.documents.pages import Line

_NEAR = 1e-4


class _Edges:
    """The rules of a block, by column edge and row boundary.

    Attributes:
        upright: Vertical rules: column edge and row.
        level: Horizontal rules: row boundary, left and right end.
        extent: The outermost column edges; None without rules.
        through: Column edges where all vertical rules go from its top to its bottom; empty where some do not.
        below: Left and right ends of the rules at its bottom.
    """

    def __init__(self, block: Block) -> None:
        upright: set[tuple[float, int]] = set()
        level: set[tuple[int, float, float]] = set()
        for placed in block.cells:
            box, row, rows = placed.box, placed.row, placed.rows
            if box.cell.border:
                upright.update((x, at) for x in (box.x, box.x + box.width) for at in range(row, row + rows))
                level.update((at, box.x, box.x + box.width) for at in (row, row + rows))
        self.upright = sorted(upright)
        self.level = _joined(sorted(level))
        xs = sorted({x for x, _ in upright})
        last = len(block.heights)
        self.extent = (xs[0], xs[-1]) if xs else None
        self.through = tuple(xs) if len(upright) == last * len(xs) else ()
        self.below = [(left, right) for row, left, right in self.level if row == last]


def _joined(level: Sequence[tuple[int, float, float]]) -> list[tuple[int, float, float]]:
    """Horizontal rules with neighbours joined."""
    out: list[tuple[int, float, float]] = []
    for row, left, right in level:
        if out and out[-1][0] == row and left <= out[-1][2] + _NEAR:
            out[-1] = (row, out[-1][1], max(right, out[-1][2]))
        else:
            out.append((row, left, right))
    return out


_MOST_SHAPES = 200


def _edges_of(block: Block) -> _Edges:
    """The rules of a block, worked out once for all blocks of its band that lie alike."""
    kept = block.band.rules
    key = (len(block.heights), block.shape)
    edges = kept.get(key)
    if edges is None:
        edges = _Edges(block)
        if len(kept) < _MOST_SHAPES:
            kept[key] = edges
    return edges


class Pen:
    """Collects the rules of a page."""

    def __init__(self, left: float) -> None:
        self._lines: list[Line] = []
        self._left = left
        self._open: dict[float, tuple[float, float]] = {}
        self._through: tuple[float, ...] = ()
        self._through_to = 0.0
        self._bottom: tuple[float, list[tuple[float, float]]] = (-1.0, [])
        self._frame: tuple[float, float, float, float] | None = None
        self._widths = (0.5, 1.2)

    def take(self) -> tuple[Line, ...]:
        """The finished rules of the page; the next page begins."""
        self.close()
        lines = tuple(self._lines)
        self._lines = []
        return lines

    def table(self, inner: float, outer: float, *, joins: bool = False) -> None:
        """A table begins; widths in points; ``joins`` lets it go on in the frame above it."""
        if not joins:
            self.close()
        self._widths = (inner, outer)

    def draw(self, block: Block, top: float) -> None:
        """The rules of a block whose top lies at ``top`` mm."""
        edges = _edges_of(block)
        if edges.extent is None:
            self.close()
            return
        ys = [top]
        for height in block.heights:
            ys.append(ys[-1] + height)
        self._keep_frame(edges.extent, top, ys[-1])
        if not (edges.through and edges.through == self._through and abs(self._through_to - top) < _NEAR):
            self._settle_through()
            for x, row in edges.upright:
                self._upright(x, ys[row], ys[row + 1])
        self._through, self._through_to = edges.through, ys[-1]
        self._level(edges, ys)

    def _settle_through(self) -> None:
        """Let the vertical rules that go through block after block end where the last of them ended."""
        for x in self._through:
            self._open[x] = (self._open[x][0], self._through_to)
        self._through = ()

    def _keep_frame(self, extent: tuple[float, float], top: float, bottom: float) -> None:
        """Let the frame grow, or begin another where this block does not continue it."""
        frame = self._frame
        if frame is not None and abs(frame[3] - top) < _NEAR and frame[:2] == extent:
            self._frame = (*extent, frame[2], bottom)
        else:
            self.close()
            self._frame = (*extent, top, bottom)

    def _upright(self, x: float, top: float, bottom: float) -> None:
        """A vertical rule, joined to the one above."""
        above = self._open.get(x)
        if above is not None and abs(above[1] - top) < _NEAR:
            self._open[x] = (above[0], bottom)
            return
        if above is not None:
            self._line(x, above[0], x, above[1])
        self._open[x] = (top, bottom)

    def _level(self, edges: _Edges, ys: Sequence[float]) -> None:
        """Horizontal rules; those on top only where the block above did not draw them."""
        y_above, above = self._bottom
        same = abs(y_above - ys[0]) < _NEAR
        for row, left, right in edges.level:
            if row or not (same and (left, right) in above):
                self._line(left, ys[row], right, ys[row])
        self._bottom = (ys[-1], edges.below)

    def _line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A thin rule."""
        if self._widths[0]:
            self._lines.append(Line(self._left + x1, y1, self._left + x2, y2, self._widths[0]))

    def close(self) -> None:
        """Finish rules and frame."""
        self._settle_through()
        for x, (top, bottom) in sorted(self._open.items()):
            self._line(x, top, x, bottom)
        self._open.clear()
        self._bottom = (-1.0, [])
        if self._frame is not None and self._widths[1]:
            left, right, top, bottom = self._frame
            left, right = self._left + left, self._left + right
            corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
            for (x1, y1), (x2, y2) in pairwise(corners):
                self._lines.append(Line(x1, y1, x2, y2, self._widths[1]))
        self._frame = None
