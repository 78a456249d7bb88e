"""How pages lie on the printer's sheets, millimetres, with no printer in sight.

A page is printed true to size where its ink lies inside what the printer can reach; else it is moved, and where that
does not do, made smaller by whole per cents, just enough. All pages of a document are made smaller alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fupin_desktop.documents.drawing.print_pages import Box, PageSize

WHOLE = 100
_NEAR = 0.5
"""Sheets and pages whose sizes differ by less than this, mm, are of one size."""
_HAIR = 1e-6


class Sheet(NamedTuple):
    """A sheet as it lies in the printer, orientation applied.

    Attributes:
        width: Width.
        height: Height.
        left: Margin the printer cannot reach.
        top: The same at the top.
        right: The same at the right.
        bottom: The same at the bottom.
    """

    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0

    @property
    def reach(self) -> Box:
        """What can be printed on."""
        return Box(self.left, self.top, self.width - self.right, self.height - self.bottom)


class Placing(NamedTuple):
    """Where a page goes: per cent of its size, and its corner on the sheet."""

    percent: int
    left: float
    top: float


def percent_for(page: PageSize, ink: Box | None, sheet: Sheet) -> int:
    """The largest size, in whole per cents, at which a page's ink can be printed on a sheet.

    Args:
        page: The page.
        ink: The box around its ink; None for an empty page.
        sheet: The sheet.
    """
    whole = min(_ratio(sheet.width, page.width, _NEAR), _ratio(sheet.height, page.height, _NEAR))
    if ink is None:
        return whole
    reach = sheet.reach
    wide, high = reach.right - reach.left, reach.bottom - reach.top
    return min(whole, _ratio(wide, ink.right - ink.left), _ratio(high, ink.bottom - ink.top))


def _ratio(room: float, length: float, slack: float = 0.0) -> int:
    """Room in per cents of a length, at most 100."""
    if room + slack >= length:
        return WHOLE
    return max(math.floor(room / length * WHOLE + _HAIR), 1)


def place(page: PageSize, ink: Box | None, sheet: Sheet, percent: int) -> Placing:
    """Lay a page in the middle of a sheet, moved no further than its ink asks for."""
    scale = percent / WHOLE
    left, top = (sheet.width - page.width * scale) / 2, (sheet.height - page.height * scale) / 2
    if ink is not None:
        reach = sheet.reach
        left = _inside(left, reach.left - ink.left * scale, reach.right - ink.right * scale)
        top = _inside(top, reach.top - ink.top * scale, reach.bottom - ink.bottom * scale)
    return Placing(percent, left, top)


def _inside(wanted: float, least: float, most: float) -> float:
    """The value nearest to the one wanted; where there is no room, the middle."""
    return (least + most) / 2 if least > most else min(max(wanted, least), most)


def place_all(pages: Sequence[tuple[PageSize, Box | None, Sheet]]) -> list[Placing]:
    """Lay all pages of a document on their sheets, all at the same per cent."""
    percent = min((percent_for(*one) for one in pages), default=WHOLE)
    return [place(page, ink, sheet, percent) for page, ink, sheet in pages]


def order(
    pages: Sequence[int], *, copies: int = 1, collate: bool = True, duplex: bool = False, backwards: bool = False
) -> list[int | None]:
    """The pages of a document as they leave the printer; None is an empty back, so that what follows begins in front.

    Args:
        pages: Numbers of the pages chosen.
        copies: How often the program itself repeats them.
        collate: Whether a copy is finished before the next begins.
        duplex: Whether both sides are printed.
        backwards: Whether the last sheet comes first.
    """
    sheets = list(_sheets(pages, duplex=duplex))
    if backwards:
        sheets.reverse()
    sheets = sheets * copies if collate else [sheet for sheet in sheets for _copy in range(copies)]
    return [page for sheet in sheets for page in sheet]


def _sheets(pages: Sequence[int], *, duplex: bool) -> Iterator[tuple[int | None, ...]]:
    """The pages of each sheet of paper."""
    if not duplex:
        yield from ((page,) for page in pages)
        return
    for at in range(0, len(pages), 2):
        yield (pages[at], pages[at + 1] if at + 1 < len(pages) else None)


def shrunk_words(percents: Iterable[int]) -> str:
    """What is said of pages that are not printed true to size; empty where all are."""
    least = min(percents, default=WHOLE)
    return f"已按打印机可打印范围缩小到 {least}%" if least < WHOLE else ""
