"""A book of papers: many filled forms and pictures after each other, with bookmarks and page numbers of its own."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from fupin_desktop.documents.pages import FilledForm

_PNG = b"\x89PNG\r\n\x1a\n"
_PALETTE = 3


class Picture(NamedTuple):
    """A picture as it is put into a book.

    Attributes:
        caption: What stands below it.
        content: A JPEG file; of a picture with a palette its rows as PNG packs them.
        width: Pixels across.
        height: Pixels down.
        colours: The palette, three bytes a colour; empty for a JPEG.
        bits: Bits a pixel of a picture with a palette.
    """

    caption: str
    content: bytes
    width: int
    height: int
    colours: bytes = b""
    bits: int = 8


class Placed(NamedTuple):
    """A picture somewhere on a page, mm from its top left corner.

    Attributes:
        page: Which page of the section, from 0.
        picture: The picture.
        left: Left edge.
        top: Top edge.
        width: Width.
        height: Height.
    """

    page: int
    picture: Picture
    left: float
    top: float
    width: float
    height: float


class Link(NamedTuple):
    """A place on a page that leads to another page, mm from its top left corner.

    Attributes:
        page: Which page of the section, from 0.
        left: Left edge.
        top: Top edge.
        width: Width.
        height: Height.
        to: The page of the book it leads to, from 0.
    """

    page: int
    left: float
    top: float
    width: float
    height: float
    to: int


def png_picture(content: bytes, caption: str) -> Picture:
    """A PNG file with a palette as a picture; nothing of it is packed anew.

    Args:
        content: The file.
        caption: What stands below it.

    Raises:
        ValueError: It is no PNG file with a palette, or interlaced.
    """
    chunks = list(_chunks(content))
    head = chunks[0][1]
    width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", head)
    if colour != _PALETTE or interlaced:
        raise ValueError("only plain PNG files with a palette are understood")
    packed = b"".join(data for name, data in chunks if name == b"IDAT")
    return Picture(caption, packed, width, height, next(data for name, data in chunks if name == b"PLTE"), bits)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not content.startswith(_PNG):
        raise ValueError("no PNG file")
    at = len(_PNG)
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        yield content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        at += length + 12


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a book.

    Attributes:
        title: Its bookmark.
        depth: 0 for a chapter, 1 for what stands in one.
        form: Its pages; None where it has pictures alone, or is only a heading of others.
        pictures: Pictures behind the pages, two on a page.
        placed: Pictures on the pages themselves.
        links: Places on the pages that lead to others.
    """

    title: str
    depth: int = 0
    form: FilledForm | None = None
    pictures: tuple[Picture, ...] = ()
    placed: tuple[Placed, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages it takes."""
        return (len(self.form.pages) if self.form is not None else 0) + (len(self.pictures) + 1) // 2
