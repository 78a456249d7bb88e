"""Reads ``forms/<id>/form.toml`` strictly; every mistake is a ``BadDefinition`` that names file, key and rule."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from fupin_desktop.documents.definition.fields import read_fields
from fupin_desktop.documents.definition.fitness import misfits
from fupin_desktop.documents.definition.form import (
    PLACES,
    Field,
    Footer,
    FormDefinition,
    PagePart,
    Part,
    SignaturePart,
    SpacePart,
    Style,
    TablePart,
    TextPart,
)
from fupin_desktop.documents.definition.rows import Scope, read_rows, read_template
from fupin_desktop.documents.definition.styles import read_styles
from fupin_desktop.documents.pages import Paper
from fupin_desktop.domain import strict_toml
from fupin_desktop.domain.strict_toml import Table
from fupin_desktop.errors import BadDefinition
from fupin_desktop.paths import forms

_PAPERS = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}
_ROUNDING = 0.01


def load_form(form_id: str, override: Path | None = None) -> FormDefinition:
    """The definition of a form.

    Args:
        form_id: Its id, which is its folder's name.
        override: The office's own folder of forms, looked at first.

    Raises:
        BadDefinition: The file breaks a rule of its format.
        FileMissing: There is no such form.
    """
    own = override / form_id / "form.toml" if override else None
    path = own if own is not None and own.is_file() else forms() / form_id / "form.toml"
    stamp = path.stat().st_mtime_ns if path.is_file() else 0
    return _load(path, stamp)


def usable_form(form_id: str, override: Path | None = None) -> FormDefinition:
    """Like :func:`load_form`, but an own form that is broken, or cannot stand in, gives way to the built-in one.

    Raises:
        BadDefinition: The built-in file breaks a rule of its format.
        FileMissing: There is no such form.
    """
    base = load_form(form_id)
    if override is None:
        return base
    try:
        own = load_form(form_id, override)
    except BadDefinition:
        return base
    return base if any(misfits(own, base)) else own


@lru_cache(maxsize=64)
def _load(path: Path, _stamp: int) -> FormDefinition:
    """The definition in a file, read again when the file changes."""
    return read_form(path)


def read_form(path: Path) -> FormDefinition:
    """The definition in a file.

    Raises:
        BadDefinition: The file breaks a rule of its format.
        FileMissing: There is no such file.
    """
    return _form(strict_toml.load(path, f"{path.parent.name}/{path.name}", "表样文件"), path.parent.name)


def parse_form(text: str, form_id: str) -> FormDefinition:
    """The definition in a text, such as one kept with the documents that were made with it.

    Args:
        text: What stood in ``form.toml``.
        form_id: The form it was.

    Raises:
        BadDefinition: The text breaks a rule of the format.
    """
    return _form(strict_toml.loads(text, f"{form_id}/form.toml"), form_id)


def _form(top: Table, folder: str) -> FormDefinition:
    """The definition in a file's top table."""
    form_id = top.text("id")
    if form_id != folder:
        top.fail("id", f"应与所在文件夹的名字“{folder}”相同")
    paper = _paper(top.table("paper"))
    styles = read_styles(top)
    fields = read_fields(top.table("fields", optional=True))
    scope = Scope((fields,))
    workbook, entry = top.flag("workbook"), top.flag("entry")
    parts = tuple(_part(part, styles, scope, paper) for part in top.tables("parts"))
    if workbook and not any(isinstance(part, TablePart) for part in parts):
        top.fail("workbook", "要生成电子表格，表样里必须有表格")
    title = read_template(top, "title", scope)
    form = FormDefinition(
        id=form_id,
        name=top.text("name", "") or "".join(part for part in title.parts if isinstance(part, str)) or form_id,
        title=title,
        clause=top.text("clause", ""),
        paper=paper,
        parts=parts,
        fields=fields,
        footer=_footer(top.table("footer"), styles) if top.has("footer") else None,
        workbook=workbook,
        entry=entry,
        places=top.choice("places", ("", *PLACES), ""),
    )
    top.done()
    return form


def _paper(table: Table) -> Paper:
    """Paper and margins with orientation applied."""
    width, height = _PAPERS[table.choice("size", _PAPERS)]
    if table.choice("orientation", ("portrait", "landscape")) == "landscape":
        width, height = height, width
    margins = [table.length(side) for side in ("top", "right", "bottom", "left")]
    paper = Paper(width, height, *margins)
    if paper.left + paper.right > width - 50 or paper.top + paper.bottom > height - 50:
        table.fail("", "页边距太大，版心不足 50 毫米")
    table.done()
    return paper


def _footer(table: Table, styles: Mapping[str, Style]) -> Footer:
    """The page number's line."""
    page_scope = Scope(({name: Field(name, name, "count") for name in ("page", "pages")},))
    footer = Footer(
        content=read_template(table, "text", page_scope),
        style=styles[table.choice("style", styles)],
        gap=table.length("gap", 3.0),
        outside=table.flag("outside"),
    )
    table.done()
    return footer


def _part(table: Table, styles: Mapping[str, Style], scope: Scope, paper: Paper) -> Part:
    """One part of the form."""
    kind = table.choice("type", ("table", "text", "signature", "space", "page"))
    part: Part
    if kind == "table":
        part = _table_part(table, styles, scope, paper)
    elif kind == "text":
        part = _text_part(table, styles, scope)
    elif kind == "signature":
        lines = tuple(read_template(line, "text", scope, last=True) for line in table.tables("lines"))
        part = SignaturePart(lines, styles[table.choice("style", styles)])
    elif kind == "space":
        part = SpacePart(table.length("height"))
    else:
        part = PagePart(scope.known(table, "when"))
    table.done()
    return part


def _text_part(table: Table, styles: Mapping[str, Style], scope: Scope) -> TextPart:
    """A paragraph."""
    when = scope.known(table, "when")
    each, inner = scope.into(table, "each")
    return TextPart(
        content=read_template(table, "text", inner),
        style=styles[table.choice("style", styles)],
        each=each,
        keep=table.flag("keep"),
        when=when,
    )


def _table_part(table: Table, styles: Mapping[str, Style], scope: Scope, paper: Paper) -> TablePart:
    """A table."""
    columns = table.lengths("columns")
    room = paper.width - paper.left - paper.right
    if sum(columns) > room + _ROUNDING:
        table.fail("columns", f"列宽合计 {sum(columns):g} 毫米，超过版心宽度 {room:g} 毫米")
    when = scope.known(table, "when")
    each, inner = scope.into(table, "each")
    return TablePart(
        columns=columns,
        rows=read_rows(table, styles, inner, len(columns)),
        inner=table.length("inner", 0.5),
        outer=table.length("outer", 1.2),
        each=each,
        keep=table.flag("keep"),
        when=when,
        after=table.length("after", 0.0),
        joins=table.flag("joins"),
    )
