"""Rows of a block for the workbook, where the foot of a sign-off box needs a row of its own."""

from __future__ import annotations

from fupin_desktop.documents.layout.pages import POINT
from fupin_desktop.documents.layout.row_layout import Block, Placed


def foot_height(placed: Placed) -> float:
    """Height of a box's foot, mm."""
    return len(placed.foot) * placed.box.cell.style.pitch * POINT


def split_rows(block: Block) -> tuple[list[float], list[int]]:
    """The block's rows, each that ends a box with a foot cut above the foot.

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
        heights += [height - foot, foot] if foot else [height]
        moved.append(len(heights))
    return heights, moved
