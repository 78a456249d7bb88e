"""The pages of the manual as they are read from ``resources/manual``; the first page tells their order and parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from fupin_desktop.documents.prose.blocks import (
    Block,
    Code,
    Figure,
    Heading,
    Kind,
    Paragraph,
    Span,
    Spans,
    Table,
    text_of,
)
from fupin_desktop.override import override
from fupin_desktop.paths import resources

HOME = "index.html"
QUICK_START = "quick_start.html"
"""Printed on its own; the window shows it like every page."""
_KINDS: dict[str, Kind] = {"b": "bold", "code": "code", "a": "link"}
_LIST_MARK = "•"


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One page.

    Attributes:
        name: Its file, e.g. ``import.html``.
        title: Its title.
        blocks: What it says, without the line of links at its top.
        html: The file's text.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    html: str


@dataclass(frozen=True, slots=True)
class Part:
    """Pages under one word in the table of contents."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manual:
    """The whole manual.

    Attributes:
        pages: By name, the first page first, then as the first page lists them.
        parts: The table of contents.
    """

    pages: dict[str, ManualPage]
    parts: tuple[Part, ...]


def folder() -> Path:
    """Where the pages are."""
    return resources() / "manual"


@cache
def manual() -> Manual:
    """The manual, read once."""
    found = {path.name: read(path) for path in sorted(folder().glob("*.html"))}
    parts = tuple(_parts(found[HOME].html))
    order = [HOME, *(name for part in parts for name in part.names)]
    return Manual({name: found[name] for name in dict.fromkeys([*order, *found])}, parts)


def read(path: Path) -> ManualPage:
    """Read one page."""
    html = path.read_text(encoding="utf-8")
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return ManualPage(path.name, reader.title.strip(), tuple(reader.blocks), html)


def _parts(html: str) -> Iterator[Part]:
    """The table of contents: in the table ``contents`` a heading cell begins a part, links below it are its pages."""
    reader = _Contents()
    reader.feed(html)
    reader.close()
    for title, names in reader.parts:
        yield Part(title, tuple(names))


class _Contents(HTMLParser):
    """Reads the table of contents."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, list[str]]] = []
        self._inside, self._head = False, False

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._inside = given.get("class") == "contents"
        elif self._inside and tag == "th":
            self._head = True
            self.parts.append(("", []))
        elif self._inside and tag == "a" and self.parts:
            name = (given.get("href") or "").partition("#")[0]
            if name not in self.parts[-1][1]:
                self.parts[-1][1].append(name)

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._inside = False
        elif tag == "th":
            self._head = False

    @override
    def handle_data(self, data: str) -> None:
        if self._inside and self._head:
            title, names = self.parts[-1]
            self.parts[-1] = (title + data.strip(), names)


@dataclass(slots=True)
class _Row:
    cells: list[list[Span]] = field(default_factory=list)
    head: bool = True


class _Reader(HTMLParser):
    """Turns a page into blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.blocks: list[Block] = []
        self._spans: list[Span] | None = None
        self._kinds: list[Kind] = ["plain"]
        self._lists: list[int | None] = []
        self._rows: list[_Row] | None = None
        self._anchor = ""
        self._in_title, self._plain, self._note = False, False, False

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _KINDS:
            self._kinds.append(_KINDS[tag] if tag != "a" or "href" in given else self._kinds[-1])
            self._anchor = self._anchor or (given.get("name") or "" if tag == "a" else "")
        elif tag in ("ul", "ol"):
            self._end_entry()
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "table":
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append(_Row())
        elif tag in ("td", "th") and self._rows:
            self._spans = []
            self._rows[-1].cells.append(self._spans)
            self._rows[-1].head &= tag == "th"
        elif tag in ("p", "li", "pre", "h1", "h2", "h3"):
            self._begin(tag, given.get("class") or "")
        elif tag == "br" and self._spans is not None:
            self._spans.append(Span("\n", self._kinds[-1]))
        elif tag == "img":
            self.blocks.append(Figure(given.get("src") or "", given.get("alt") or ""))
        elif tag == "title":
            self._in_title = True

    def _begin(self, tag: str, kind: str) -> None:
        self._spans = [] if kind != "see" else None
        self._plain, self._note = tag == "pre", kind == "note"
        if tag.startswith("h"):
            self._anchor = ""
        if tag == "li" and self._lists and self._lists[-1] is not None:
            self._lists[-1] += 1

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _KINDS:
            self._kinds.pop()
        elif tag in ("td", "th"):
            self._spans = None
        elif tag == "table" and self._rows is not None:
            self._end_table(self._rows)
        elif tag in ("ul", "ol"):
            self._lists.pop()
        elif tag == "title":
            self._in_title = False
        elif tag == "li":
            self._end_entry()
        elif tag in ("p", "pre", "h1", "h2", "h3"):
            self._end(tag)

    def _end_table(self, rows: list[_Row]) -> None:
        head = 0
        while head < len(rows) and rows[head].head:
            head += 1
        cells = tuple(tuple(_clean(cell) for cell in row.cells) for row in rows)
        self.blocks.append(Table(cells, head if head < len(rows) else 1))
        self._rows = None

    def _end(self, tag: str) -> None:
        spans = self._spans
        if spans is None:
            return
        self._spans = None
        if tag == "pre":
            self.blocks.append(Code("".join(span.text for span in spans).strip("\n")))
        elif tag.startswith("h"):
            self.blocks.append(Heading(int(tag[1]), _clean(spans), self._anchor))
        elif cleaned := _clean(spans):
            self.blocks.append(Paragraph(cleaned, note=self._note))

    def _end_entry(self) -> None:
        """An entry ends, also where a list begins inside it."""
        spans, self._spans = self._spans, None
        if spans is not None and self._lists and (cleaned := _clean(spans)):
            number = self._lists[-1]
            mark = _LIST_MARK if number is None else f"{number}."
            self.blocks.append(Paragraph(cleaned, mark, len(self._lists)))

    @override
    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif self._spans is not None:
            self._spans.append(Span(data if self._plain else _folded(data), self._kinds[-1]))


def _folded(text: str) -> str:
    """Line ends of the file are no blanks of the text: Chinese is written without."""
    return "".join(line if not at else line.lstrip() for at, line in enumerate(text.split("\n")))


def _clean(spans: list[Span]) -> Spans:
    """Without blanks at either end, and without empty pieces."""
    kept = [span for span in spans if span.text]
    if kept:
        kept[0] = kept[0]._replace(text=kept[0].text.lstrip())
        kept[-1] = kept[-1]._replace(text=kept[-1].text.rstrip())
    found = tuple(span for span in kept if span.text)
    return found if text_of(found).strip() else ()


def with_pictures(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with the content of their pictures.

    Raises:
        OSError: A picture is not there.
        ValueError: A picture is no PNG file with a palette.
    """
    from fupin_desktop.documents.book import png_picture

    return tuple(
        replace(block, picture=png_picture((folder() / block.file).read_bytes(), block.caption))
        if isinstance(block, Figure) else block
        for block in blocks
    )
