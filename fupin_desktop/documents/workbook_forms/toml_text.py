"""Writes a form file: readable, in the order of the built-in ones, so that it can be changed by hand afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fupin_desktop.documents.definition.form import Field, Footer
from fupin_desktop.documents.workbook_forms.composing import Part, PartCell, PartRow, PartStyle

Line = Iterator[str]


def number(value: float) -> str:
    """A number without needless zeros."""
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def value(what: Any) -> str:
    """A TOML value."""
    if isinstance(what, bool):
        return "true" if what else "false"
    if isinstance(what, int | float):
        return number(what)
    if isinstance(what, str):
        return json.dumps(what, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"[{', '.join(value(one) for one in what)}]"


def pairs(table: Mapping[str, Any]) -> Line:
    """Lines of a table."""
    return (f"{key} = {value(what)}" for key, what in table.items())


def inline(table: Mapping[str, Any]) -> str:
    """A table on one line."""
    return "{ " + ", ".join(pairs(table)) + " }"


def field_lines(fields: Mapping[str, Field], key: str = "fields") -> Line:
    """The fields of a form, lists after the others."""
    yield ""
    yield f"[{key}]"
    for name, field in fields.items():
        if field.type != "list":
            yield f"{name} = {inline(field_table(field))}"
    for name, field in fields.items():
        if field.type == "list":
            yield ""
            yield f"[{key}.{name}]"
            yield from pairs(field_table(field))
            yield from list(field_lines(field.fields, f"{key}.{name}.fields"))[1:]


def field_table(field: Field) -> dict[str, Any]:
    """What a field's table says; what is as usual is left out."""
    table: dict[str, Any] = {"label": field.label, "type": field.type}
    for key in ("unit", "unit_from", "required", "source", "help", "clause", "choices", "bind", "default", "sum_of",
                "max_length", "public", "choices_from"):
        what = getattr(field, key)
        if what:
            table[key] = what
    if not field.printed:
        table["printed"] = False
    return table


class Styles:
    """Names for the styles that the cells have."""

    def __init__(self) -> None:
        self._names: dict[PartStyle, str] = {}

    def name(self, style: PartStyle) -> str:
        """A style's name, given when it is first met."""
        return self._names.setdefault(style, f"s{len(self._names) + 1}")

    def lines(self) -> Line:
        """All styles met."""
        for style, name in self._names.items():
            yield ""
            yield f"[styles.{name}]"
            yield from pairs(style_table(style))


def style_table(style: PartStyle) -> dict[str, Any]:
    """What a style's table says."""
    table: dict[str, Any] = {
        "font": style.font, "size": style.size, "pitch": style.pitch, "align": style.align, "valign": style.valign,
        "pad": style.pad,
    }
    if style.colour != "#000000":
        table["colour"] = style.colour
    for key in ("fill", "left", "shrink", "bold", "vertical"):
        if getattr(style, key):
            table[key] = getattr(style, key)
    return table


def part_lines(part: Part, styles: Styles, least: Mapping[str, int]) -> Line:
    """A table with its rows."""
    if part.new_page:
        yield from ("", "[[parts]]", 'type = "page"')
    yield from ("", "[[parts]]", 'type = "table"', f"columns = {value(part.columns)}")
    yield from pairs({"inner": part.inner, "outer": part.outer, **({"joins": True} if part.joins else {})})
    for row in part.rows:
        yield from _row_lines(row, part.edges, styles, least)


def _row_lines(row: PartRow, edges: Sequence[int], styles: Styles, least: Mapping[str, int]) -> Line:
    yield "[[parts.rows]]"
    table: dict[str, Any] = {}
    if row.role != "fixed":
        table["role"] = row.role
    if row.of_list:
        table["within" if row.within else "each"] = row.of_list
    table["height"] = row.height
    names = [styles.name(cell.style) for cell in row.cells]
    usual = max(names, key=names.count) if names else styles.name(_PLAIN)
    table["style"] = usual
    if (row.role == "each" or row.within) and least.get(row.of_list):
        table["min_rows"] = least[row.of_list]
    yield from pairs(table)
    yield "cells = ["
    for cell, name in zip(row.cells, names, strict=True):
        yield f"  {inline(_cell_table(cell, edges, '' if name == usual else name))},"
    yield "]"


def _cell_table(cell: PartCell, edges: Sequence[int], style: str) -> dict[str, Any]:
    text = cell.text
    table: dict[str, Any] = {"field": text.field} if text.field else {"text": text.text}
    if text.total:
        table = {"total": text.total}
    span = edges.index(cell.end) - edges.index(cell.start)
    if span > 1:
        table["span"] = span
    if cell.rows > 1:
        table["rows"] = cell.rows
    if style:
        table["style"] = style
    if not cell.border:
        table["border"] = False
    return table


_PLAIN = PartStyle("song", 10.5, 13.0, "left", "middle", "#000000", "", False, False, False, 0.0)


def footer_lines(text: str, footer: Footer | None, gap: float, styles: Styles) -> Line:
    """The page number's line: the sheet's own words, else those of the built-in form."""
    words = text or (footer.content.source if footer else "")
    if not words:
        return
    size = footer.style.size if footer else 9.0
    style = PartStyle("song", size, round(size * 4 / 3, 2), "center", "middle", "#000000", "", False, False, False, 0.0)
    yield from ("", "[footer]")
    yield from pairs({"text": words, "style": styles.name(style), "gap": gap})
