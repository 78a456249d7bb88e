"""Looks at settled pages as an eye does: text that leaves the paper, runs into a rule, or stands on other text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from fupin_desktop.documents.faces.fonts import chain
from fupin_desktop.documents.pages import POINT, FilledForm, Line, Page, Paper, TextRun

_RISE, _FALL = 0.75, 0.1
"""What a line of text takes above and below its baseline, em."""
_NEAR, _TOUCH = 0.1, 0.2


@dataclass(frozen=True)
class Box:
    """Where a line of text stands, mm."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def box_of(run: TextRun) -> Box:
    """The room that a line of text takes."""
    em = run.size * POINT
    width = chain(run.font).width(run.text) * em + run.spacing * POINT * (len(run.text) - 1)
    return Box(run.x, run.y - _RISE * em, run.x + width, run.y + _FALL * em, run.text)


def ugly(filled: FilledForm) -> Iterator[str]:
    """What is wrong with the pages, one sentence each."""
    for number, page in enumerate(filled.pages, 1):
        boxes = [box_of(run) for run in page.texts if run.text.strip()]
        for told in (*_off_paper(boxes, filled.paper), *_over_rules(boxes, page.lines), *_over_text(boxes)):
            yield f"page {number}: {told}"


def _off_paper(boxes: list[Box], paper: Paper) -> Iterator[str]:
    for one in boxes:
        if one.left < paper.left - _NEAR or one.right > paper.width - paper.right + _NEAR:
            yield f"{one.text[:20]} stands beside the margins: {one.left:.1f} to {one.right:.1f}"
        if one.top < paper.top - _NEAR or one.bottom > paper.height - 3:
            yield f"{one.text[:20]} stands above or below the paper: {one.top:.1f} to {one.bottom:.1f}"


def _over_rules(boxes: list[Box], lines: tuple[Line, ...]) -> Iterator[str]:
    upright = [line for line in lines if line.x1 == line.x2]
    level = [line for line in lines if line.y1 == line.y2]
    for one in boxes:
        middle, centre = (one.top + one.bottom) / 2, (one.left + one.right) / 2
        for line in upright:
            if one.left + _TOUCH < line.x1 < one.right - _TOUCH and _between(middle, line.y1, line.y2):
                yield f"{one.text[:20]} crosses the rule at {line.x1:.1f}"
        for line in level:
            if one.top + _TOUCH < line.y1 < one.bottom - _TOUCH and _between(centre, line.x1, line.x2):
                yield f"{one.text[:20]} stands on the rule at {line.y1:.1f}"


def _between(place: float, one: float, other: float) -> bool:
    return min(one, other) < place < max(one, other)


def _over_text(boxes: list[Box]) -> Iterator[str]:
    rows = sorted(boxes, key=lambda one: one.top)
    for at, one in enumerate(rows):
        for other in rows[at + 1 :]:
            if other.top > one.bottom - 0.3:
                break
            if min(one.right, other.right) - max(one.left, other.left) > _TOUCH:
                yield f"{one.text[:15]} stands on {other.text[:15]}"


def headings_of(page: Page) -> list[str]:
    """The texts of a page from top to bottom, from left to right."""
    return [run.text for run in sorted(page.texts, key=lambda run: (round(run.y, 1), run.x))]


def overlapping(filled: FilledForm) -> Iterator[str]:
    """Cells of the workbook that share a place, or leave the grid."""
    grid = filled.grid
    assert grid is not None
    taken: dict[tuple[int, int], object] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                if (row, column) in taken:
                    yield f"{cell.value!r} and {taken[row, column]!r} share R{row}C{column}"
                if row > len(grid.heights) or column > len(grid.columns):
                    yield f"{cell.value!r} stands outside at R{row}C{column}"
                taken[row, column] = cell.value


def too_high(filled: FilledForm) -> Iterator[str]:
    """Pages of the printed workbook that are higher than the paper, by their first row."""
    grid = filled.grid
    assert grid is not None
    paper = filled.paper
    for first, end in pairwise((1, *grid.breaks, len(grid.heights) + 1)):
        if sum(grid.heights[first - 1 : end - 1]) > paper.height - paper.top - paper.bottom + _NEAR:
            yield f"the page from row {first} on is too high"
