"""Rows of a register, read page by page when they are looked at, the pages least looked at forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

from fupin_desktop.services.registers import Row

PAGE = 40
KEPT = 100
Fetch = Callable[[int, int], Sequence[Row]]


class Pages:
    """Pages of rows by their place.

    Args:
        fetch: Reads rows from an offset, at most a number of them; fewer where the data end.
        page: Rows a page.
        kept: Pages kept.
    """

    def __init__(self, fetch: Fetch, *, page: int = PAGE, kept: int = KEPT) -> None:
        self._fetch, self._page, self._kept = fetch, page, kept
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()

    def row(self, place: int) -> Row | None:
        """The row at a place; None where the data end before it."""
        number, within = divmod(place, self._page)
        page = self._pages.get(number)
        if page is None:
            page = list(self._fetch(number * self._page, self._page))
            self._pages[number] = page
            if len(self._pages) > self._kept:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[within] if within < len(page) else None

    def clear(self) -> None:
        """Forget everything."""
        self._pages.clear()

    @property
    def count(self) -> int:
        """How many pages are kept."""
        return len(self._pages)
