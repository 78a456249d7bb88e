"""Settled pages kept small: a hundred thousand households fill thirty thousand pages, a gigabyte of objects."""

from __future__ import annotations

import marshal
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from typing import Any, overload

from typing_extensions import override

from fupin_desktop.documents.pages import Area, KnownPages, Line, Page, Rect, TextRun

_LEVEL = 1


class PackedPages(KnownPages):
    """Pages packed when they are settled and unpacked whenever they are looked at."""

    def __init__(self) -> None:
        self.marks: set[str] = set()
        self._characters: dict[str, set[str]] = defaultdict(set)
        self._packed: list[bytes] = []
        self._finish: Callable[[Page, int, int], Page] | None = None
        self._texts: tuple[TextRun, ...] = ()

    def append(self, page: Page) -> None:
        """Add a page."""
        if page.mark:
            self.marks.add(page.mark)
        for _, _, text, font, *_ in page.texts:
            self._characters[font].update(text)
        columns = [list(zip(*part, strict=True)) for part in (page.texts, page.lines, page.rects, page.areas)]
        self._packed.append(zlib.compress(marshal.dumps((columns, page.mark)), _LEVEL))

    def finish_with(self, finish: Callable[[Page, int, int], Page]) -> None:
        """Give every page its last touch when it is looked at: page, its number from 1, number of pages."""
        self._finish = finish

    @override
    def characters(self) -> Iterator[TextRun]:
        """Runs that hold every character of the pages; none is unpacked for it."""
        for font, characters in self._characters.items():
            yield TextRun(0.0, 0.0, "".join(characters), font, 0.0)
        yield from self._texts
        if self._finish is not None:
            for at in range(1, len(self) + 1):
                yield from self._finish(Page(()), at, len(self)).texts

    @override
    def with_text(self, run: TextRun) -> PackedPages:
        """The same pages, put on each when it is looked at."""
        found = copy(self)
        found._texts = (*self._texts, run)
        return found

    @override
    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, at: int) -> Page: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Page]: ...
    @override
    def __getitem__(self, at: int | slice) -> Page | Sequence[Page]:
        """A page, or some, as they were settled."""
        numbers = range(len(self._packed))[at]
        return [self._page(one) for one in numbers] if isinstance(numbers, range) else self._page(numbers)

    def _page(self, at: int) -> Page:
        unpacked: Any = marshal.loads(zlib.decompress(self._packed[at]))  # noqa: S302 - this process packed it
        columns, mark = unpacked
        texts, lines, rects, areas = (zip(*part, strict=True) for part in columns)
        page = Page(
            tuple(map(TextRun._make, texts)), tuple(map(Line._make, lines)), tuple(map(Rect._make, rects)),
            tuple(map(Area._make, areas)), mark,
        )
        if self._finish is not None:
            page = self._finish(page, at + 1, len(self._packed))
        for run in self._texts:  # last, as on pages that are not packed: the file is the same byte for byte
            page = page.with_text(run)
        return page
