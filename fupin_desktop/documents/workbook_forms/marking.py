"""A form as a workbook to be changed in Excel or WPS: its grid with ``{{field}}`` where values go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from fupin_desktop.documents.definition.form import (
    Cell,
    FormDefinition,
    PagePart,
    Part,
    Row,
    TablePart,
    TextPart,
)
from fupin_desktop.documents.definition.formats import Place, Template
from fupin_desktop.documents.drawing.workbook import workbook_bytes
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm

_MARK = "{{%}}"


def marked_workbook(form: FormDefinition, made_on: date) -> bytes:
    """The form as an xlsx file whose cells hold the marks that ``sheet_form`` reads.

    Args:
        form: A form that can be a workbook and is filled on screen.
        made_on: Date written into the file.
    """
    marked, empty = _filled(form, _MARK, made_on), _filled(form, "", made_on)
    grid, blank = marked.grid, empty.grid
    assert grid is not None
    assert blank is not None
    # Marks are longer than most values: rows keep the heights they have without them.
    lower = replace(grid, heights=blank.heights, breaks=blank.breaks)
    return workbook_bytes(
        FilledForm(marked.form_id, marked.title, marked.paper, marked.pages, marked.made_on, lambda: lower)
    )


def _filled(form: FormDefinition, mark: str, made_on: date) -> FilledForm:
    """The form with ``mark`` in each place, ``%`` in it standing for the field."""
    parts = tuple(part for one in form.parts for part in _part(one, form, mark))
    return fill(replace(form, parts=parts), {}, made_on)


def _part(part: Part, form: FormDefinition, mark: str) -> Iterator[Part]:
    """A part with marks; what prints only sometimes is always there."""
    if isinstance(part, TablePart):
        rows = tuple(_row(row, form, mark) for row in part.rows if row.role != "page_total")
        yield replace(part, rows=rows, when="", each="")
    elif isinstance(part, TextPart):
        yield replace(part, content=_marked(part.content, part.each, form, mark), when="", each="")
    elif isinstance(part, PagePart):
        yield replace(part, when="")
    else:
        yield part


def _row(row: Row, form: FormDefinition, mark: str) -> Row:
    """A list's row once, without records."""
    of_list = row.within or row.each
    role = row.role if row.role == "heading" else "fixed"
    cells = tuple(_cell(cell, of_list, form, mark) for cell in row.cells)
    return replace(row, role=role, cells=cells, each="", within="", when="", min_rows=0)


def _cell(cell: Cell, of_list: str, form: FormDefinition, mark: str) -> Cell:
    total = mark.replace("%", f"sum:{of_list}.{cell.total}")
    content = _literal(total) if cell.total else _marked(cell.content, of_list, form, mark)
    return replace(cell, content=content, field="", total="", running="", foot=(), under=None, per_item=False)


def _marked(template: Template, of_list: str, form: FormDefinition, mark: str) -> Template:
    """A template's words with its places as marks."""
    columns = form.fields[of_list].fields if of_list else {}
    words = ""
    for part in template.parts:
        if isinstance(part, Place):
            prefix = f"{of_list}." if part.name in columns else ""
            words += mark.replace("%", prefix + part.name + (f":{part.form}" if part.form else ""))
        else:
            words += part
    return _literal(words)


def _literal(words: str) -> Template:
    """A template that prints just these words."""
    return Template(words.replace("{", "{{").replace("}", "}}"))
