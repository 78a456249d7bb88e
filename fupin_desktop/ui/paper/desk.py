"""Where the pages lie on the desk: millimetres of paper to pixels of the window."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from fupin_desktop.documents.pages import Area, FilledForm

MARGIN = 18.0
"""Room around and between pages, pixels."""
DOTS = 96 / 25.4
"""Pixels of one millimetre at 100 %."""


class Spot(NamedTuple):
    """An area and the page it lies on."""

    page: int
    area: Area


class Desk:
    """Pages under each other, centred, at a zoom.

    Attributes:
        filled: The form shown.
        zoom: 1.0 is the paper's own size.
        spots: All areas in reading order.
    """

    def __init__(self, filled: FilledForm, zoom: float, width: float) -> None:
        self.filled = filled
        self.zoom = zoom
        self._width = width
        self.spots: tuple[Spot, ...] = tuple(
            Spot(number, area) for number, page in enumerate(filled.pages) for area in page.areas
        )

    @property
    def scale(self) -> float:
        """Pixels of one millimetre."""
        return DOTS * self.zoom

    @property
    def width(self) -> float:
        """Width of the desk, pixels."""
        return max(self._width, self.filled.paper.width * self.scale + 2 * MARGIN)

    @property
    def height(self) -> float:
        """Height of the desk, pixels."""
        return MARGIN + len(self.filled.pages) * (self.filled.paper.height * self.scale + MARGIN)

    def page(self, number: int) -> QRectF:
        """Where a page lies, pixels."""
        wide, high = self.filled.paper.width * self.scale, self.filled.paper.height * self.scale
        return QRectF(round((self.width - wide) / 2), round(MARGIN + number * (high + MARGIN)), wide, high)

    def pages_in(self, shown: QRectF) -> Iterator[tuple[int, QRectF]]:
        """Pages that touch a part of the desk."""
        for number in range(len(self.filled.pages)):
            rect = self.page(number)
            if rect.intersects(shown):
                yield number, rect

    def rect(self, spot: Spot) -> QRectF:
        """Where an area lies, pixels."""
        corner, area, scale = self.page(spot.page).topLeft(), spot.area, self.scale
        return QRectF(
            corner.x() + area.x * scale, corner.y() + area.y * scale, area.width * scale, area.height * scale
        )

    def at(self, point: QPointF) -> Spot | None:
        """The area under a point of the desk; the smallest where they overlap."""
        around = self.spots_in(QRectF(point.x() - 1, point.y() - 1, 2, 2))
        under = [spot for spot in around if self.rect(spot).contains(point)]
        return min(under, key=lambda spot: spot.area.width * spot.area.height, default=None)

    def find(self, path: str) -> Spot | None:
        """The area of a path; of a list's or opinion's bare name the first one."""
        exact = self._by_path.get(path)
        return exact or next((spot for spot in self.spots if spot.area.field == path), None)

    @cached_property
    def _by_path(self) -> dict[str, Spot]:
        """The first area of each path."""
        return {spot.area.path: spot for spot in reversed(self.spots)}

    def spots_in(self, shown: QRectF) -> Iterator[Spot]:
        """Areas that touch a part of the desk, in reading order."""
        for number, rect in self.pages_in(shown):
            top, bottom = (shown.top() - rect.top()) / self.scale, (shown.bottom() - rect.top()) / self.scale
            for area in self.filled.pages[number].areas:
                if area.y <= bottom and area.y + area.height >= top:
                    yield Spot(number, area)

    def of_row(self, spot: Spot) -> Iterator[Spot]:
        """The areas of the list's row that an area belongs to, on its page."""
        field, record = spot.area.field, spot.area.record
        for area in self.filled.pages[spot.page].areas:
            if area.record == record and area.field == field:
                yield Spot(spot.page, area)


def fit_width(filled: FilledForm, width: float) -> float:
    """The zoom at which a page takes the width of the window."""
    return (width - 2 * MARGIN) / (filled.paper.width * DOTS)
