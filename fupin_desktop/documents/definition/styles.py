"""The styles of a form: a set of base styles of ``forms/styles.toml``, and what the form says differently."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from fupin_desktop.documents.definition.form import Style
from fupin_desktop.documents.faces.fonts import FAMILIES
from fupin_desktop.domain import strict_toml
from fupin_desktop.domain.strict_toml import Table
from fupin_desktop.errors import BadDefinition
from fupin_desktop.paths import forms

FROM, KEPT = "styles_from", "base_styles"
_FILE = "styles.toml"
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_KNOWN = 256
"""Texts kept with their base styles: more than an office has forms, so that a list of papers reads none twice."""
_LENGTHS = ("pad", "indent", "left", "right", "before", "after")


def read_styles(top: Table) -> dict[str, Style]:
    """All styles of a form by name, each after the one it is based on.

    A style of the form that has the name of a base style says only what differs; styles based on it follow.

    Args:
        top: The form's top table: ``styles``, and ``styles_from`` with the name of a set where it rests on one.

    Raises:
        BadDefinition: A style breaks a rule of its format, or the form has none.
    """
    base = _base(top)
    own = top.table("styles", optional=bool(base))
    merged: dict[str, Any] = {name: dict(values) for name, values in base.items()}
    for name in own.names():
        value = own.take(name)
        merged[name] = {**merged.get(name, {}), **value} if isinstance(value, Mapping) else value
    table = Table(merged, top.file, "styles")
    styles: dict[str, Style] = {}
    for name in table.names():
        styles[name] = _style(table.table(name), styles)
    return styles


@lru_cache(maxsize=_KNOWN)
def whole(text: str) -> str:
    """The text of a form with the base styles it rests on written at its end, so that it needs no other file.

    A text that is no TOML, or rests on no base styles, stays as it is.
    """
    if FROM not in text:
        return text
    try:
        top = strict_toml.loads(text, "form.toml")
    except BadDefinition:
        return text
    found = _sets().get(str(top.take(FROM)))
    if found is None or top.has(KEPT):
        return text
    return "\n".join([text.rstrip("\n"), *_written(found)]) + "\n"


def _written(styles: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, values in styles.items():
        yield ""
        yield f"[{KEPT}.{name}]"
        for key, value in values.items():
            yield f"{key} = {json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool) else value}"


def _base(top: Table) -> Mapping[str, Mapping[str, Any]]:
    """The base styles as they are written: those kept with the form, else those of the set it names."""
    kept = top.table(KEPT, optional=True)
    if not top.has(FROM):
        return {}
    name = top.choice(FROM, _sets())
    if not top.has(KEPT):
        return _sets()[name]
    return {name: values for name in kept.names() if isinstance(values := kept.take(name), Mapping)}


@lru_cache(maxsize=1)
def _sets() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """The sets of base styles by name."""
    table = strict_toml.load(forms() / _FILE, what="基本字样")
    return {name: table.take(name) for name in table.names()}


def _style(table: Table, known: Mapping[str, Style]) -> Style:
    """One style."""
    base = known[table.choice("base", known)] if table.has("base") else Style()
    size = table.length("size", base.size, least=4)
    pitch = base.pitch if size == base.size else round(size * 4 / 3, 3)
    style = replace(
        base,
        font=table.choice("font", FAMILIES, base.font),
        size=size,
        pitch=table.length("pitch", pitch, least=size),
        align=table.choice("align", ("left", "center", "right", "justify"), base.align),
        valign=table.choice("valign", ("top", "middle", "bottom"), base.valign),
        colour=_colour(table, "colour", base.colour),
        fill=_colour(table, "fill", base.fill) if table.has("fill") else base.fill,
        shrink=table.flag("shrink", base.shrink),
        bold=table.flag("bold", base.bold),
        vertical=table.flag("vertical", base.vertical),
        phrases=table.flag("phrases", base.phrases),
        **{key: table.length(key, getattr(base, key)) for key in _LENGTHS},
    )
    table.done()
    return style


def _colour(table: Table, key: str, default: str) -> str:
    """A colour as #rrggbb."""
    value = table.text(key, default)
    if not _COLOUR.fullmatch(value):
        table.fail(key, "颜色应写成 #rrggbb，用小写十六进制数字")
    return value
