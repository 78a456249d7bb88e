"""Draws a book of papers as one PDF: each page as it was settled, pictures, page numbers, bookmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from reportlab.pdfbase import pdfdoc

from fupin_desktop.documents.book import Link, Picture, Section
from fupin_desktop.documents.drawing.page_contents import PageContents
from fupin_desktop.documents.drawing.pdf import FileInfo, page_of
from fupin_desktop.documents.drawing.pdf_fonts import FontBook
from fupin_desktop.documents.faces.fonts import chain, drawable
from fupin_desktop.documents.pages import POINT, FilledForm, Page, Paper, TextRun

_LEVEL = 4
_UNIT = 1 / POINT
_PICTURES = Paper(210.0, 297.0, 18.0, 18.0, 18.0, 18.0)
_ROOM = (174.0, 118.0)
_STEP = 133.0
_FONT, _SIZE, _NUMBER = "song", 10.5, 9.0
_FROM_EDGE = 7.0
_DOSSIER = "卷宗 {page}/{pages}"
Tell = Callable[[int, int], object]
Placed = tuple[Picture, tuple[float, ...]]
"""A picture with its left and lower edge, width and height, mm."""


def book_bytes(
    title: str, made_on: date, sections: Sequence[Section], tell: Tell | None = None, numbering: str = _DOSSIER
) -> bytes:
    """A book as a PDF file's bytes; equal books give equal bytes.

    Args:
        title: Written into the file.
        made_on: Written into the file.
        sections: Its parts in order.
        tell: Told of pages done and pages in all; raises to stop.
        numbering: What stands in the corner of each page, with {page} and {pages}.

    Raises:
        MissingGlyph: A character has no glyph.
    """
    pages = list(_pages(sections, numbering))
    contents = PageContents()
    for sheet in pages:
        contents.add(sheet.page, sheet.form.paper, _drawn(sheet))
    book = FontBook(contents.uses)
    document = pdfdoc.PDFDocument(lang="zh-CN", invariant=1, pdfVersion=(1, 5))
    document.info = FileInfo(title, made_on)
    document.Catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    fonts = document.Reference(document.idToObject[pdfdoc.BasicFonts])
    plain = document.Reference(pdfdoc.PDFDictionary({"Font": fonts}))
    names = []
    for place, (sheet, drawn) in enumerate(zip(pages, contents.all(), strict=True)):
        if tell is not None:
            tell(place, len(pages))
        content = book.written(drawn)
        document.updateSignature(content)
        resources = _with_pictures(document, fonts, sheet.pictures) if sheet.pictures else plain
        names.append(document.thisPageName())
        page = page_of(document, sheet.form.paper, content, resources)
        if sheet.links:
            page.Annots = pdfdoc.PDFArray([_annotation(link, sheet.form.paper) for link in sheet.links])
        document.addPage(page)
    book.embed(document)
    _put_bookmarks(document, sections, names)
    data: bytes = document.GetPDFData(None)
    return data


class _Sheet:
    """One page of a book.

    Attributes:
        form: Whose paper it has.
        page: What is written on it, the book's page number included.
        pictures: Pictures on it with the place of each, mm: left, bottom, width, height.
        links: Places that lead to other pages.
    """

    def __init__(
        self, form: FilledForm, page: Page, pictures: Sequence[Placed] = (), links: Sequence[Link] = ()
    ) -> None:
        self.form, self.page, self.pictures, self.links = form, page, tuple(pictures), tuple(links)


def _pages(sections: Sequence[Section], numbering: str) -> Iterator[_Sheet]:
    """Every page with the number it has in the book."""
    total, number = sum(section.pages for section in sections), 0
    for section in sections:
        form = section.form
        for at, page in enumerate(form.pages if form is not None else ()):
            assert form is not None
            number += 1
            high = form.paper.height
            placed: list[Placed] = [
                (one.picture, (one.left, high - one.top - one.height, one.width, one.height))
                for one in section.placed if one.page == at
            ]
            links = [link for link in section.links if link.page == at]
            yield _Sheet(form, _numbered(page, form.paper, _number(numbering, number, total)), placed, links)
        for place in range(0, len(section.pictures), 2):
            number += 1
            sheet = FilledForm("pictures", section.title, _PICTURES, (), date.min)
            captioned = [_placed(one, at) for at, one in enumerate(section.pictures[place : place + 2])]
            page = Page(tuple(run for run, _, _ in captioned))
            numbered = _numbered(page, _PICTURES, _number(numbering, number, total))
            yield _Sheet(sheet, numbered, [(one, where) for _, one, where in captioned])


def _number(numbering: str, page: int, pages: int) -> str:
    return numbering.format(page=page, pages=pages)


def _numbered(page: Page, paper: Paper, text: str) -> Page:
    """The page with its number in the book at the lower right corner."""
    width = chain(_FONT).width(text) * _NUMBER * POINT
    run = TextRun(paper.width - _FROM_EDGE - width, paper.height - _FROM_EDGE + 2, text, _FONT, _NUMBER, "#666666")
    return replace(page, texts=(*page.texts, run))


def _placed(one: Picture, at: int) -> tuple[TextRun, Picture, tuple[float, ...]]:
    """A picture in the upper or lower half of a page: its caption, itself, and its place."""
    scale = min(_ROOM[0] / one.width, _ROOM[1] / one.height)
    wide, high = one.width * scale, one.height * scale
    top = _PICTURES.top + at * _STEP
    left = (_PICTURES.width - wide) / 2
    caption = drawable(one.caption, _FONT)
    size = min(_SIZE, _ROOM[0] / max(chain(_FONT).width(caption), 1.0) / POINT)
    width = chain(_FONT).width(caption) * size * POINT
    run = TextRun((_PICTURES.width - width) / 2, top + high + 6, caption, _FONT, size)
    return run, one, (left, _PICTURES.height - top - high, wide, high)


def _drawn(sheet: _Sheet) -> Iterator[str]:
    """The operators that draw the pictures of a page."""
    for place, (_, (left, bottom, wide, high)) in enumerate(sheet.pictures, 1):
        matrix = f"{wide * _UNIT:.2f} 0 0 {high * _UNIT:.2f} {left * _UNIT:.2f} {bottom * _UNIT:.2f} cm"
        yield f"q {matrix} /P{place} Do Q"


def _with_pictures(document: pdfdoc.PDFDocument, fonts: Any, pictures: Sequence[Placed]) -> Any:
    """Resources of a page with pictures."""
    known = {}
    for place, (one, _) in enumerate(pictures, 1):
        head = {
            "Type": pdfdoc.PDFName("XObject"), "Subtype": pdfdoc.PDFName("Image"), "Width": one.width,
            "Height": one.height, **(_of_palette(one) if one.colours else _JPEG),
        }  # fmt: skip
        known[f"P{place}"] = document.Reference(pdfdoc.PDFStream(pdfdoc.PDFDictionary(head), one.content, filters=[]))
    return document.Reference(pdfdoc.PDFDictionary({"Font": fonts, "XObject": pdfdoc.PDFDictionary(known)}))


_JPEG = {
    "ColorSpace": pdfdoc.PDFName("DeviceRGB"), "BitsPerComponent": 8, "Filter": pdfdoc.PDFName("DCTDecode"),
}  # fmt: skip


def _of_palette(one: Picture) -> dict[str, Any]:
    """How the rows of a PNG file with a palette are read: PDF knows them as they are packed (predictor 15)."""
    highest = len(one.colours) // 3 - 1
    palette = f"[/Indexed /DeviceRGB {highest} <{one.colours.hex()}>]"
    rows = {"Predictor": 15, "Colors": 1, "BitsPerComponent": one.bits, "Columns": one.width}
    return {
        "ColorSpace": palette, "BitsPerComponent": one.bits, "Filter": pdfdoc.PDFName("FlateDecode"),
        "DecodeParms": pdfdoc.PDFDictionary(rows),
    }  # fmt: skip


def _annotation(link: Link, paper: Paper) -> pdfdoc.PDFDictionary:
    """A place that leads to another page."""
    left, bottom = link.left * _UNIT, (paper.height - link.top - link.height) * _UNIT
    corners = (left, bottom, left + link.width * _UNIT, bottom + link.height * _UNIT)
    to = pdfdoc.PDFObjectReference(f"Page{link.to + 1}")
    return pdfdoc.PDFDictionary({
        "Type": pdfdoc.PDFName("Annot"), "Subtype": pdfdoc.PDFName("Link"), "Border": pdfdoc.PDFArray([0, 0, 0]),
        "Rect": pdfdoc.PDFArray([round(corner, 2) for corner in corners]),
        "Dest": pdfdoc.PDFArray([to, pdfdoc.PDFName("Fit")]),
    })  # fmt: skip


# ---- bookmarks ----
class _Bookmarks:
    """Stands in for reportlab's own outlines, which only a canvas can fill."""

    ready: ClassVar[int] = 1

    def prepare(self, _document: Any, _canvas: Any) -> None:
        """Nothing to do: the tree is written already."""


def _put_bookmarks(document: pdfdoc.PDFDocument, sections: Sequence[Section], names: Sequence[str]) -> None:
    """The tree of bookmarks, shown when the file is opened."""
    entries: list[tuple[Section, str]] = []
    first = 0
    for section in sections:
        if first < len(names):
            entries.append((section, names[first]))
        first += section.pages
    root = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Outlines")})
    nodes = [pdfdoc.PDFDictionary({}) for _ in entries]
    parents = _parents([section.depth for section, _ in entries])
    for place, (section, page) in enumerate(entries):
        node, parent = nodes[place], parents[place]
        same = [other for other, above in enumerate(parents) if above == parent]
        at = same.index(place)
        node["Title"] = pdfdoc.PDFString(section.title)
        node["Parent"] = _node("root" if parent is None else parent)
        node["Dest"] = pdfdoc.PDFArray([pdfdoc.PDFObjectReference(page), pdfdoc.PDFName("Fit")])
        if at:
            node["Prev"] = _node(same[at - 1])
        if at + 1 < len(same):
            node["Next"] = _node(same[at + 1])
        _put_children(node, [other for other, above in enumerate(parents) if above == place])
    _put_children(root, [place for place, above in enumerate(parents) if above is None])
    for place, node in enumerate(nodes):
        document.Reference(node, name=f"bookmark{place}")
    document.Reference(root, name="bookmarkroot")
    document.Outlines = _Bookmarks()
    document.Catalog.Outlines = root
    document.Catalog.PageMode = pdfdoc.PDFName("UseOutlines")


def _node(place: int | str) -> Any:
    return pdfdoc.PDFObjectReference(f"bookmark{place}")


def _put_children(node: pdfdoc.PDFDictionary, children: Sequence[int]) -> None:
    if children:
        node["First"], node["Last"], node["Count"] = _node(children[0]), _node(children[-1]), len(children)


def _parents(depths: Sequence[int]) -> list[int | None]:
    """For each entry the last one before it that is less deep."""
    found: list[int | None] = []
    for place, depth in enumerate(depths):
        above = [other for other in range(place) if depths[other] < depth]
        found.append(above[-1] if above else None)
    return found
