"""Rows for the workbook: the foot of a sign-off box needs one of its own, and boxes are not parted when printed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from fupin_desktop.documents.layout.cell_box import Placed
from fupin_desktop.documents.layout.row_layout import Block
from fupin_desktop.documents.pages import POINT, Paper

_HIGHEST = 144.0
"""Spreadsheet programs allow 409.5 points."""


def foot_height(placed: Placed) -> float:
    """Height of a box's foot, mm."""
    return len(placed.foot) * placed.box.cell.style.pitch * POINT


def split_rows(block: Block) -> tuple[list[float], list[int]]:
    """The block's rows, each that ends a box with a foot cut above the foot, and very high ones cut into several.

    Returns:
        Heights of the rows, mm; and for each old row boundary the new one.
    """
    feet: dict[int, float] = {}
    for placed in block.cells:
        if placed.foot:
            last = placed.row + placed.rows - 1
            feet[last] = max(feet.get(last, 0.0), foot_height(placed))
    heights: list[float] = []
    moved = [0]
    for row, height in enumerate(block.heights):
        foot = min(feet.get(row, 0.0), height)
        heights += _low_enough(height - foot)
        if foot:
            heights.append(foot)
        moved.append(len(heights))
    return heights, moved


def _low_enough(height: float) -> list[float]:
    """The height as that of so many rows that none is higher than spreadsheet programs allow."""
    count = max(math.ceil(height / _HIGHEST), 1)
    return [height / count] * count


_NEAR = 0.05


class SheetFlow:
    """Finds the rows that begin a printed page, so that what stays together on paper does so in the workbook.

    Attributes:
        breaks: Rows that begin a page, from 1.
    """

    def __init__(self, paper: Paper) -> None:
        self.breaks: list[int] = []
        self._room = paper.height - paper.top - paper.bottom
        self._used = 0.0
        self._first = 1
        self._group = 0.0
        self._page = 1

    def new_page(self, row: int) -> None:
        """The row begins a page."""
        self._close(row)
        self._break(row)

    def take(self, row: int, heights: Sequence[float], *, keep: bool) -> None:
        """Rows from ``row`` on that stay together; ``keep`` ties them to the next ones, too.

        What is tied and higher than a page is parted between its pieces, and a piece higher than a page between rows.
        """
        high, after = sum(heights), row + len(heights)
        if not self._fits(self._group + high):
            self._break(self._first)
        if not self._fits(self._group + high):
            self._close(row)
            for place, height in enumerate(heights if high > self._room + _NEAR else (high,), row):
                if not self._fits(height):
                    self._break(place)
                self._used += height
            self._first = after
            return
        self._group += high
        if not keep:
            self._close(after)

    def _fits(self, height: float) -> bool:
        """Whether so much is left on the page."""
        return self._used + height <= self._room + _NEAR

    def _close(self, row: int) -> None:
        """The group is complete; another begins at ``row``."""
        self._used += self._group
        self._group, self._first = 0.0, row

    def _break(self, row: int) -> None:
        """A page begins at ``row``, unless it does already."""
        if row > self._page:
            self.breaks.append(row)
            self._page = row
        self._used = 0.0
