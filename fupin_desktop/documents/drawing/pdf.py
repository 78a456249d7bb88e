"""Draws a filled form as PDF, exactly as its pages were settled.

reportlab writes the file's objects; page contents are written here directly, since its canvas would cost more than
all else together and put an unembedded Helvetica into every file. Equal forms give equal bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from datetime import date
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from reportlab.pdfbase import pdfdoc

from fupin_desktop.documents.atomic import write_atomically
from fupin_desktop.documents.drawing.page_contents import PageContents
from fupin_desktop.documents.drawing.pdf_fonts import FontBook, Packed
from fupin_desktop.documents.pages import POINT, FilledForm, Page, PageSink, Paper, TextRun
from fupin_desktop.override import override

_LEVEL = 4
_UNIT = 1 / POINT
Tell = Callable[[int, int], object]
"""Told of pages done and pages in all; raises to stop."""
T = TypeVar("T")


class Told(Protocol):
    """Goes through what there is one of for each page, and tells of each."""

    def __call__(self, pages: Iterable[T], /) -> Iterator[T]:
        """What there is, one by one."""


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
        tell: Told of the pages, twice as many as there are: each is drawn, then its characters get their codes;
            those that are drawn already count once.

    Raises:
        MissingGlyph: A character has no glyph.
    """
    known = form.sink if isinstance(form.sink, DrawnPages) else None
    told = _telling(tell, len(known) if known is not None else 2 * len(form.pages))
    contents = _contents(form, told) if known is None else known.contents()
    book = FontBook(contents.uses)
    document = pdfdoc.PDFDocument(lang="zh-CN", invariant=1, pdfVersion=(1, 5))
    document.info = FileInfo(form.title, form.made_on)
    document.Catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    resources = document.Reference(
        pdfdoc.PDFDictionary({"Font": document.Reference(document.idToObject[pdfdoc.BasicFonts])})
    )
    for content in told(map(book.written, contents.all())):
        document.updateSignature(content)
        document.addPage(page_of(document, form.paper, content, resources))
    book.embed(document)
    data: bytes = document.GetPDFData(None)
    return data


def _contents(form: FilledForm, told: Told) -> PageContents:
    """The contents of a form's pages."""
    contents = PageContents()
    for page in told(form.pages):
        contents.add(page, form.paper)
    return contents


class DrawnPages(PageSink):
    """Pages drawn as they are settled."""

    def __init__(self) -> None:
        self._contents = PageContents(packed=True)
        self._texts: tuple[TextRun, ...] = ()
        self._number: Callable[[int, int], TextRun] | None = None

    @override
    def begin(self, paper: Paper) -> None:
        self._paper = paper

    @override
    def append(self, page: Page) -> None:
        self._contents.add(page, self._paper)

    @override
    def finish_with(self, text: Callable[[int, int], TextRun]) -> None:
        self._number = text

    @override
    def with_text(self, run: TextRun) -> DrawnPages:
        found = copy(self)
        found._texts = (*self._texts, run)
        return found

    @override
    def __len__(self) -> int:
        return len(self._contents)

    def contents(self) -> PageContents:
        """What is drawn on the pages, number and further texts included."""
        return self._contents.with_texts(map(self._last, range(1, len(self) + 1)), self._paper.height)

    def _last(self, at: int) -> Sequence[TextRun]:
        """The texts that come last on a page: the same as on pages that are not drawn yet."""
        return (self._number(at, len(self)), *self._texts) if self._number is not None else self._texts


def _telling(tell: Tell | None, total: int) -> Told:
    """Goes through pages and tells of each."""
    done = 0

    def told(pages: Iterable[T]) -> Iterator[T]:
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


class _Page(pdfdoc.PDFPage):  # type: ignore[misc]
    """A page object, written as reportlab writes it, which looks through thirty attributes for each of 1 870 pages."""

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The page's dictionary."""
        if self.Annots:
            whole: bytes = super().format(document)
            return whole
        above = document.Reference(document.Pages)  # numbered before the content, as reportlab does
        parts = (document.Reference(self.Contents), self.MediaBox, above, self.Resources)
        contents, box, parent, resources = (pdfdoc.format(part, document) for part in parts)
        return b"<<\n/Contents %b /MediaBox %b /Parent %b /Resources %b /Type /Page\n>>" % (
            contents, box, parent, resources,
        )


def page_of(document: pdfdoc.PDFDocument, paper: Paper, content: bytes, resources: object) -> pdfdoc.PDFPage:
    """A page object; everything reportlab would add of its own is set here."""
    page = _Page()
    page.MediaBox = pdfdoc.PDFArray([0, 0, round(paper.width * _UNIT, 3), round(paper.height * _UNIT, 3)])
    page.Contents = Packed(zlib.compress(content, _LEVEL))
    page.Resources = resources
    return page
