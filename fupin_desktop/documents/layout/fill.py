"""Fills a form with data: the one way from a definition to settled pages and the workbook's grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from fupin_desktop.documents.definition.form import Footer, FormDefinition
from fupin_desktop.documents.definition.formats import Place
from fupin_desktop.documents.definition.rows import Scope
from fupin_desktop.documents.faces.fonts import chain
from fupin_desktop.documents.filling.data import with_sums
from fupin_desktop.documents.filling.values import Context, filler
from fupin_desktop.documents.layout.grid import make_grid
from fupin_desktop.documents.layout.paginate import Paginator
from fupin_desktop.documents.layout.walk import walk
from fupin_desktop.documents.pages import POINT, FilledForm, Page, PageSink, Paper, TextRun

DRAFT = "草稿"


def fill(
    form: FormDefinition, data: Any, made_on: date, *, draft: bool = False, blanks: bool = True, paged: bool = True,
    into: PageSink | None = None,
) -> FilledForm:
    """A form filled with data.

    Args:
        form: The definition.
        data: A dict or an object with the form's fields; what a dict does not hold prints empty.
        made_on: Date written into the file.
        draft: Whether 草稿 is printed across each page.
        blanks: Whether short lists are filled up with empty rows for the pen, where the form says so.
        paged: Whether pages are made; a workbook of a hundred thousand rows needs none.
        into: Takes the pages as they are settled, for a PDF of ten thousands of them; None to keep them in the form.

    Raises:
        MissingGlyph: No font has a character that must be printed; names the character and its record.
    """
    mark = DRAFT if draft else ""
    if form.entry and isinstance(data, Mapping):
        data = with_sums(form, data)
    pages: list[Page] = []
    if paged:
        if into is not None:
            into.begin(form.paper)
        Paginator(form, mark, pages if into is None else into).take(walk(form, data, blanks=blanks))
    title = filler(form.title, Scope((form.fields,)))(Context((data,), (0,)))
    return FilledForm(
        form_id=form.id,
        title=title,
        paper=form.paper,
        pages=_numbered(pages, into, form),
        made_on=made_on,
        sink=into,
        make_grid=(lambda: make_grid(form, data, mark, blanks=blanks)) if form.workbook else None,
    )


def _numbered(pages: Sequence[Page], sink: PageSink | None, form: FormDefinition) -> tuple[Page, ...]:
    """The pages with their numbers."""
    footer = form.footer
    if footer is None:
        return tuple(pages)
    number = partial(_number, footer, form.paper)
    if sink is not None:
        sink.finish_with(number)
    return tuple(page.with_text(number(at, len(pages))) for at, page in enumerate(pages, 1))


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
