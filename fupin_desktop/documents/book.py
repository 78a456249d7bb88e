"""A book of papers: many filled forms and pictures after each other, with bookmarks and page numbers of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from fupin_desktop.documents.pages import FilledForm


class Picture(NamedTuple):
    """A picture as it is put into a book.

    Attributes:
        caption: What stands below it.
        jpeg: Its content.
        width: Pixels across.
        height: Pixels down.
    """

    caption: str
    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a book.

    Attributes:
        title: Its bookmark.
        depth: 0 for a chapter, 1 for what stands in one.
        form: Its pages; None where it has pictures alone, or is only a heading of others.
        pictures: Pictures behind the pages, two on a page.
    """

    title: str
    depth: int = 0
    form: FilledForm | None = None
    pictures: tuple[Picture, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages it takes."""
        return (len(self.form.pages) if self.form is not None else 0) + (len(self.pictures) + 1) // 2
