"""A form as a workbook to be changed in Excel or WPS: its grid with ``{{field}}`` where values go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from fupin_desktop.documents.drawing.workbook import workbook_bytes
from fupin_desktop.documents.forms.definition import (
    Cell,
    FormDefinition,
    PagePart,
    Part,
    Row,
    TablePart,
    TextPart,
)
from fupin_desktop.documents.forms.filling import fill
from fupin_desktop.documents.forms.formats import Place, Template


def marked_workbook(form: FormDefinition, made_on: date) -> bytes:
    """The form as an xlsx file whose cells hold the marks that ``sheet_form`` reads.

    Args:
        form: A form that can be a workbook and is filled on screen.
        made_on: Date written into the file.
    """
    parts = tuple(part for one in form.parts for part in _part(one, form))
    return workbook_bytes(fill(replace(form, parts=parts), {}, made_on))


def _part(part: Part, form: FormDefinition) -> Iterator[Part]:
    """A part with marks; what prints only sometimes is always there."""
    if isinstance(part, TablePart):
        rows = tuple(_row(row, form) for row in part.rows if row.role != "page_total")
        yield replace(part, rows=rows, when="", each="")
    elif isinstance(part, TextPart):
        yield replace(part, content=_marked(part.content, part.each, form), when="", each="")
    elif isinstance(part, PagePart):
        yield replace(part, when="")
    else:
        yield part


def _row(row: Row, form: FormDefinition) -> Row:
    """A list's row once, without records."""
    of_list = row.within or row.each
    role = row.role if row.role == "heading" else "fixed"
    cells = tuple(_cell(cell, of_list, form) for cell in row.cells)
    return replace(row, role=role, cells=cells, each="", within="", when="", min_rows=0)


def _cell(cell: Cell, of_list: str, form: FormDefinition) -> Cell:
    content = _literal(f"{{{{sum:{of_list}.{cell.total}}}}}") if cell.total else _marked(cell.content, of_list, form)
    return replace(cell, content=content, field="", total="", running="", foot=(), under=None, per_item=False)


def _marked(template: Template, of_list: str, form: FormDefinition) -> Template:
    """A template's words with its places as marks."""
    columns = form.fields[of_list].fields if of_list else {}
    words = ""
    for part in template.parts:
        if isinstance(part, Place):
            prefix = f"{of_list}." if part.name in columns else ""
            words += "{{" + prefix + part.name + (f":{part.form}" if part.form else "") + "}}"
        else:
            words += part
    return _literal(words)


def _literal(words: str) -> Template:
    """A template that prints just these words."""
    return Template(words.replace("{", "{{").replace("}", "}}"))
