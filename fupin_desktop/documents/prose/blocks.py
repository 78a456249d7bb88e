"""What running text is made of, before it has a place on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from fupin_desktop.documents.book import Picture

Kind = Literal["plain", "bold", "code", "link"]


class Span(NamedTuple):
    """Text in one look."""

    text: str
    kind: Kind = "plain"


Spans: TypeAlias = tuple[Span, ...]


def text_of(spans: Spans) -> str:
    """The characters alone."""
    return "".join(span.text for span in spans)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        level: 1 for the title of a chapter, 2 and 3 below it.
        spans: Its words.
        anchor: Name that links lead to; empty for none.
    """

    level: int
    spans: Spans
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or an entry of a list.

    Attributes:
        spans: Its words; a line feed in them begins a new line.
        mark: What stands before an entry, e.g. ``1.`` or ``•``; empty for a paragraph.
        depth: 0, or how many lists the entry stands in.
        note: Whether it stands out.
    """

    spans: Spans
    mark: str = ""
    depth: int = 0
    note: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be typed or read as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        rows: Cells of each row.
        head: How many rows at its top are headings, repeated on every page.
    """

    rows: tuple[tuple[Spans, ...], ...]
    head: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with what stands below it.

    Attributes:
        file: Its file, relative to the text.
        caption: Words below it.
        picture: Its content, once it was read.
    """

    file: str
    caption: str = ""
    picture: Picture | None = None


Block: TypeAlias = Heading | Paragraph | Code | Table | Figure
