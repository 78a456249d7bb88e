"""Draws a filled form as PDF, exactly as its pages were settled.

reportlab writes the file's objects; page contents are written here directly, since its canvas would cost more than
all else together and put an unembedded Helvetica into every file. Equal forms give equal bytes.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from itertools import chain as chained
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from reportlab.pdfbase import pdfdoc

from fupin_desktop.documents.atomic import write_atomically
from fupin_desktop.documents.drawing.pdf_fonts import FontBook, Packed
from fupin_desktop.documents.faces.fonts import chain
from fupin_desktop.documents.pages import POINT, FilledForm, KnownPages, Line, Page, Rect, TextRun

_LEVEL = 4
_MARK_FONT = "hei"
_MARK_COLOUR = "#e9e9e9"
_MARK_SHARE = 0.5
_MARK_ANGLE = math.radians(35)
_UNIT = 1 / POINT
_KEPT_LENGTHS = 20_000
_THICKNESS = itemgetter(4)
"""Order of drawing."""
Tell = Callable[[int, int], object]
"""Told of pages done and pages in all; raises to stop."""


def write_pdf(form: FilledForm, path: Path) -> None:
    """Write a filled form as a PDF file.

    Args:
        form: The form.
        path: The file; replaced only when the new one is complete.

    Raises:
        MissingGlyph: A character has no glyph.
        Situation: The file cannot be written there.
    """
    content = pdf_bytes(form)

    def write(stream: BinaryIO) -> None:
        stream.write(content)

    write_atomically(path, write)


def pdf_bytes(form: FilledForm, tell: Tell | None = None) -> bytes:
    """A filled form as a PDF file's bytes.

    Args:
        form: The form.
        tell: Told of the pages, twice as many as there are: each is read for its characters first, then drawn;
            those whose characters are known count once.

    Raises:
        MissingGlyph: A character has no glyph.
    """
    known = form.pages if isinstance(form.pages, KnownPages) else None
    told = _telling(tell, (1 if known is not None else 2) * len(form.pages))
    words = known.marks if known is not None else {page.mark for page in form.pages if page.mark}
    marks = {mark: mark_run(form, mark) for mark in words}
    runs = known.characters() if known is not None else (run for page in told(form.pages) for run in page.texts)
    book = FontBook(chained(marks.values(), runs))
    document = pdfdoc.PDFDocument(lang="zh-CN", invariant=1, pdfVersion=(1, 5))
    document.info = FileInfo(form.title, form.made_on)
    document.Catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    resources = document.Reference(
        pdfdoc.PDFDictionary({"Font": document.Reference(document.idToObject[pdfdoc.BasicFonts])})
    )
    for page in told(form.pages):
        content = "\n".join(content_of(page, form, book, marks.get(page.mark))).encode("ascii")
        document.updateSignature(content)
        document.addPage(page_of(document, form, content, resources))
    book.embed(document)
    data: bytes = document.GetPDFData(None)
    return data


def _telling(tell: Tell | None, total: int) -> Callable[[Iterable[Page]], Iterator[Page]]:
    """Goes through pages and tells of each."""
    done = 0

    def told(pages: Iterable[Page]) -> Iterator[Page]:
        nonlocal done
        for page in pages:
            if tell is not None:
                tell(done, total)
            yield page
            done += 1

    return told


class FileInfo(pdfdoc.PDFInfo):  # type: ignore[misc]
    """The file's properties: its title and date, nothing about who or on what machine."""

    def __init__(self, title: str, made_on: date) -> None:
        super().__init__()
        self.title = title
        self._made_on = made_on

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The properties' dictionary."""
        stamp = pdfdoc.PDFString(f"D:{self._made_on:%Y%m%d}000000")
        entries = pdfdoc.PDFDictionary({"Title": pdfdoc.PDFString(self.title), "CreationDate": stamp})
        data: bytes = entries.format(document)
        return data


def page_of(document: pdfdoc.PDFDocument, form: FilledForm, content: bytes, resources: object) -> pdfdoc.PDFPage:
    """A page object; everything reportlab would add of its own is set here."""
    page = pdfdoc.PDFPage()
    page.MediaBox = pdfdoc.PDFArray([0, 0, round(form.paper.width * _UNIT, 3), round(form.paper.height * _UNIT, 3)])
    page.Contents = Packed(zlib.compress(content, _LEVEL))
    page.Resources = resources
    return page


def content_of(page: Page, form: FilledForm, book: FontBook, mark: TextRun | None) -> list[str]:
    """The operators of a page; ``mark`` is the word across it as :func:`mark_run` made it."""
    height = form.paper.height
    across = list(_mark(mark, form, book)) if mark is not None else []
    return [*across, *_rects(page.rects, height), *_lines(page.lines, height), *_texts(page.texts, height, book)]


@cache
def _rgb(colour: str) -> str:
    """A colour as three numbers from 0 to 1."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))


class _Points(dict[float, str]):
    """Millimetres to points as they are written: edges and baselines come again in row after row, page after page."""

    def __missing__(self, length: float) -> str:
        if len(self) >= _KEPT_LENGTHS:
            self.clear()
        shown = self[length] = f"{length * _UNIT:.2f}"
        return shown


_POINTS = _Points()


def _rects(rects: Iterable[Rect], height: float) -> Iterator[str]:
    """Fills."""
    points = _POINTS
    for x, y, wide, high, fill in rects:
        yield f"{_rgb(fill)} rg {points[x]} {points[height - y - high]} {points[wide]} {points[high]} re f"


def _lines(lines: Iterable[Line], height: float) -> list[str]:
    """Rules; thicker ones last, so that they cover the ends of thinner ones."""
    points, out = _POINTS, ["2 J"]
    last: tuple[float, str] | None = None
    for x1, y1, x2, y2, width, colour in sorted(lines, key=_THICKNESS):
        if last != (width, colour):
            last = (width, colour)
            out.append(f"{width:.3g} w {_rgb(colour)} RG")
        out.append(f"{points[x1]} {points[height - y1]} m {points[x2]} {points[height - y2]} l S")
    return out


def _texts(texts: Iterable[TextRun], height: float, book: FontBook) -> list[str]:
    """All text in one text object; font, colour and spacing are set when they change."""
    points, out = _POINTS, ["BT"]
    font, colour, spacing = "", "", 0.0
    last = ("", 0.0)
    for x, y, text, family, size, shade, gap in texts:
        if shade != colour:
            colour = shade
            out.append(f"{_rgb(shade)} rg")
        if gap != spacing:
            spacing = gap
            out.append(f"{gap:.4g} Tc")
        place = f"1 0 0 1 {points[x]} {points[height - y]} Tm"
        for label, codes in book.pieces[family][text]:
            if last != (label, size):
                last = (label, size)
                wanted = f"/{label} {size:.4g} Tf"
                place = f"{wanted} {place}".strip() if wanted != font else place
                font = wanted
            out.append(f"{place} <{codes}> Tj")
            place = ""
    out.append("ET")
    return out


def mark_run(form: FilledForm, mark: str) -> TextRun:
    """The large word across a page, at the origin."""
    size = min(form.paper.width, form.paper.height) * _MARK_SHARE * _UNIT / max(len(mark), 1)
    return TextRun(0.0, 0.0, mark, _MARK_FONT, size, _MARK_COLOUR)


def _mark(run: TextRun, form: FilledForm, book: FontBook) -> Iterator[str]:
    """The large word, turned around the page's middle."""
    cos, sin = math.cos(_MARK_ANGLE), math.sin(_MARK_ANGLE)
    half, low = chain(run.font).width(run.text) * run.size / 2, chain(run.font).centre * run.size
    x = form.paper.width * _UNIT / 2 - half * cos + low * sin
    y = form.paper.height * _UNIT / 2 - half * sin - low * cos
    yield "BT"
    yield f"{_rgb(run.colour)} rg {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f} Tm"
    for label, codes in book.pieces[run.font][run.text]:
        yield f"/{label} {run.size:.4g} Tf <{codes}> Tj"
    yield "ET"
