"""Fills a form with data: the one way from a definition to settled pages and the workbook's grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fupin_desktop.documents.definition.form import Footer, FormDefinition
from fupin_desktop.documents.definition.formats import Place
from fupin_desktop.documents.definition.rows import Scope
from fupin_desktop.documents.faces.fonts import chain
from fupin_desktop.documents.filling.data import with_sums
from fupin_desktop.documents.filling.values import Context, filler
from fupin_desktop.documents.layout.grid import make_grid
from fupin_desktop.documents.layout.packed_pages import PackedPages
from fupin_desktop.documents.layout.paginate import Paginator
from fupin_desktop.documents.layout.walk import walk
from fupin_desktop.documents.pages import POINT, FilledForm, Page, Paper, TextRun

DRAFT = "草稿"


def fill(
    form: FormDefinition, data: Any, made_on: date, *, draft: bool = False, blanks: bool = True, paged: bool = True,
    packed: bool = False,
) -> FilledForm:
    """A form filled with data.

    Args:
        form: The definition.
        data: A dict or an object with the form's fields; what a dict does not hold prints empty.
        made_on: Date written into the file.
        draft: Whether 草稿 is printed across each page.
        blanks: Whether short lists are filled up with empty rows for the pen, where the form says so.
        paged: Whether pages are made; a workbook of a hundred thousand rows needs none.
        packed: Whether pages are kept packed, for a PDF of ten thousands of them.

    Raises:
        MissingGlyph: No font has a character that must be printed; names the character and its record.
    """
    mark = DRAFT if draft else ""
    if form.entry and isinstance(data, Mapping):
        data = with_sums(form, data)
    made = PackedPages() if packed else None
    pages = Paginator(form, mark, made).take(walk(form, data, blanks=blanks)) if paged else ()
    title = filler(form.title, Scope((form.fields,)))(Context((data,), (0,)))
    return FilledForm(
        form_id=form.id,
        title=title,
        paper=form.paper,
        pages=_numbered(pages, form),
        made_on=made_on,
        make_grid=(lambda: make_grid(form, data, mark, blanks=blanks)) if form.workbook else None,
    )


def _numbered(pages: Sequence[Page], form: FormDefinition) -> Sequence[Page]:
    """The pages with their numbers."""
    footer = form.footer
    if footer is None:
        return pages if isinstance(pages, PackedPages) else tuple(pages)

    def numbered(page: Page, number: int, count: int) -> Page:
        return replace(page, texts=(*page.texts, _number(footer, form.paper, number, count)))

    if isinstance(pages, PackedPages):
        pages.finish_with(numbered)
        return pages
    return tuple(numbered(page, number, len(pages)) for number, page in enumerate(pages, 1))


def _number(footer: Footer, paper: Paper, page: int, pages: int) -> TextRun:
    """The page number's line."""
    numbers = {"page": page, "pages": pages}
    style = footer.style

    def written(place: Place) -> str:
        return str(numbers[place.name])

    text = footer.content.fill(written)
    em = style.size * POINT
    room = paper.width - paper.left - paper.right
    width = chain(style.font).width(text) * em
    align = ("right" if page % 2 else "left") if footer.outside else style.align
    inset = em if footer.outside else 0.0
    x = {"left": inset, "right": room - width - inset}.get(align, (room - width) / 2)
    y = paper.height - paper.bottom + footer.gap + style.pitch * POINT / 2 + chain(style.font).centre * em
    return TextRun(paper.left + x, y, text, style.font, style.size, style.colour)
