"""Tables that stand side by side in one sheet under one repeated heading: put one below the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from fupin_desktop.services.sheets.findings import Finding
from fupin_desktop.services.sheets.heading import Heading, normalise
from fupin_desktop.services.sheets.raw import RawSheet

_LEAST = 2
"""Headings that a block has at least."""


def side_by_side(heading: Heading, names: Collection[int]) -> tuple[int, ...]:
    """First columns of the blocks of a heading that is repeated along its row; one at most where it is not.

    Args:
        heading: The heading.
        names: Columns that say whom a row is about.
    """
    texts = [normalise(text) for text in heading.texts]
    for name in names:
        places = [at for at, text in enumerate(texts) if text and text == texts[name]]
        if len(places) < _LEAST:
            continue
        period = places[1] - places[0]
        if any(after - before != period for before, after in pairwise(places)):
            continue
        for first in range(max(0, places[0] - period + 1), places[0] + 1):
            starts = tuple(first + period * block for block in range(len(places)))
            if _repeats(texts, starts, period):
                return starts
    return ()


def _repeats(texts: Sequence[str], starts: Sequence[int], period: int) -> bool:
    """Whether every block has the headings of the first."""
    blocks = [[*texts[start : start + period], *[""] * period][:period] for start in starts]
    return sum(1 for text in blocks[0] if text) >= _LEAST and all(block == blocks[0] for block in blocks)


def stacked(sheet: RawSheet, heading: Heading, starts: Sequence[int]) -> RawSheet:
    """The sheet with the right-hand blocks below the left-hand one; ``origins`` tell where rows stood."""
    first, period = heading.first_row, starts[1] - starts[0]
    above = [row[: starts[1]] if at >= heading.row else row for at, row in enumerate(sheet.rows[:first])]
    origins = [(row, 0) for row in range(first)]
    below = []
    for start in starts:
        for number in range(first, len(sheet.rows)):
            cells = sheet.rows[number][start : start + period]
            if any(cell != "" for cell in cells):
                below.append([*[""] * starts[0], *cells])
                origins.append((number, start - starts[0]))
    merges = [merge for merge in sheet.merges if merge[2] < first]
    return replace(sheet, rows=[*above, *below], merges=merges, origins=origins)


def in_the_file(finding: Finding, sheet: RawSheet) -> Finding:
    """A finding with the place that its cell has in the file."""
    if finding.row >= len(sheet.origins):
        return finding
    row, moved = sheet.origins[finding.row]
    return finding._replace(origin=(row, finding.column + moved))
