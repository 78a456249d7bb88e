"""Whether an office's own form can be used, in place of a built-in one or on its own.

One that stands in for a built-in form has what the checks and the data need; one of a new id has what every document
needs: boxes to sign, its fields on paper, and names that fit whom it is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fupin_desktop.documents.definition.binding_types import unheld
from fupin_desktop.documents.definition.form import (
    PLACES,
    Field,
    FormDefinition,
    PagePart,
    SpacePart,
    TablePart,
    TextPart,
)
from fupin_desktop.documents.definition.formats import Template

_ID = re.compile("[a-z][a-z0-9_]{0,59}", re.ASCII)
_NO_BOX = "至少要有一个意见框 (type = \"opinion\")"
_GIVEN_TO = {"household": ("household",), "award": ("household",), "village": ("village", "household")}
"""Whom names of a family can be read for, where not for everyone."""


class Misfit(NamedTuple):
    """Where an own form cannot do the built-in one's work.

    Attributes:
        key: Dotted key in its file.
        rule: What must be so, in Chinese.
    """

    key: str
    rule: str


def misfits(own: FormDefinition, base: FormDefinition) -> Iterator[Misfit]:
    """What keeps an own form from being used.

    Args:
        own: The office's form.
        base: The built-in form of the same id.
    """
    for flag in ("entry", "workbook"):
        if getattr(base, flag) != getattr(own, flag):
            word = "true" if getattr(base, flag) else "false"
            yield Misfit(flag, f"应与内置表样相同，是 {word}")
    if own.places:
        yield Misfit("places", "内置的表给谁填由程序定，不能写这一项")
    yield from _same_types(own.fields, base.fields, "fields")
    if base.entry:
        yield from _needed(own, base)
        yield from _on_paper(own)
        yield from _unheld(own)
    else:
        yield from _unknown(own.fields, base.fields, "fields")


def misfits_alone(own: FormDefinition) -> Iterator[Misfit]:
    """What keeps a form that the office alone has from being a document that is filled in, signed and kept."""
    yield from misfits_of_id(own.id)
    if not own.entry:
        yield Misfit("entry", "本单位新的表在屏幕上填写，应是 true")
    if not own.opinions:
        yield Misfit("fields", _NO_BOX)
    yield from _on_paper(own)
    yield from _unheld(own)
    place = kind_of_place(own)
    for name, field in own.fields.items():
        for key, binding in field.bindings:
            family = binding.partition(".")[0]
            if place not in _GIVEN_TO.get(family, PLACES) and not field.sum_of:
                yield Misfit(f"fields.{name}.{key}", f"“{binding}”取不到：这张表的 places 是 {place}")


def _unheld(own: FormDefinition) -> Iterator[Misfit]:
    for name, field in own.fields.items():
        for key, rule in unheld(field):
            yield Misfit(f"fields.{name}.{key}", rule)


def misfits_of_id(form_id: str) -> Iterator[Misfit]:
    """What keeps an id from being the name of a form's folder on every system."""
    if not _ID.fullmatch(form_id):
        yield Misfit("id", "表名用小写字母、数字和下划线，以字母开头，如 road_report")


def kind_of_place(form: FormDefinition) -> str:
    """Whom a form is for: what it says, else what the names that its fields are bound to belong to."""
    if form.places:
        return form.places
    families = {binding.partition(".")[0] for field in form.fields.values() for _key, binding in field.bindings}
    if families & {"household", "award"}:
        return "household"
    if "village" in families:
        return "village"
    if "project" in form.fields:
        return "project"
    return "town" if "town" in families else "village"


def remarks(own: FormDefinition, base: FormDefinition) -> Iterator[Misfit]:
    """What the office should know of its form although it can be used."""
    placed = placed_fields(own)
    for name, field in base.fields.items():
        if field.type == "opinion" and name not in own.fields:
            yield Misfit(f"fields.{name}", f"没有“{field.label}”这个意见框，办理时会跳过它")
    free = [field for field in own.fields.values() if not field.required and not field.locked]
    left_out = [field.label for field in free if field.name not in placed]
    if base.entry and left_out:
        yield Misfit("fields", f"没有放在纸上、因此不能填写的有：{'、'.join(left_out)}")


def _same_types(own: Mapping[str, Field], base: Mapping[str, Field], key: str) -> Iterator[Misfit]:
    """Fields of one name mean the same thing in both."""
    for name, field in own.items():
        before = base.get(name)
        if before is None:
            continue
        if field.type != before.type:
            yield Misfit(f"{key}.{name}.type", f"内置表样里“{name}”是 {before.type}，不能改成 {field.type}")
        if (field.bind, field.sum_of) != (before.bind, before.sum_of):
            yield Misfit(f"{key}.{name}", f"“{before.label}”从哪里来 (bind、sum_of) 应与内置表样相同")
        if field.type == before.type == "list":
            yield from _same_types(field.fields, before.fields, f"{key}.{name}.fields")


def _needed(own: FormDefinition, base: FormDefinition) -> Iterator[Misfit]:
    """Fields that the rules read are still there, and still needed."""
    for name, field in base.fields.items():
        kept = own.fields.get(name)
        if kept is None and (field.required or (field.locked and field.clause)):
            because = f" ({field.clause})" if field.clause else ""
            yield Misfit(f"fields.{name}", f"不能去掉“{field.label}”，检查要用到它{because}")
        if kept is not None and field.required and not kept.required:
            yield Misfit(f"fields.{name}.required", f"“{field.label}”必须填写，应为 true")
        if kept is not None and field.type == kept.type == "list":
            for column, inner in field.fields.items():
                if (inner.required or not inner.printed) and column not in kept.fields:
                    yield Misfit(f"fields.{name}.fields.{column}", f"不能去掉“{inner.label}”这一栏，检查要用到它")
    if base.opinions and not own.opinions:
        yield Misfit("fields", _NO_BOX)


def _on_paper(own: FormDefinition) -> Iterator[Misfit]:
    """What must be filled in has its place."""
    placed = placed_fields(own)
    for name, field in own.fields.items():
        if name not in placed and not field.locked and (field.required or field.type == "opinion"):
            yield Misfit(f"fields.{name}", f"“{field.label}”没有放在纸上的任何一格")


def _unknown(own: Mapping[str, Field], base: Mapping[str, Field], key: str) -> Iterator[Misfit]:
    """A form that the program itself fills cannot have fields of its own."""
    for name, field in own.items():
        before = base.get(name)
        if before is None:
            yield Misfit(f"{key}.{name}", "这张表由程序填写，不能增加字段")
        elif field.type == "list":
            yield from _unknown(field.fields, before.fields, f"{key}.{name}.fields")


def placed_fields(form: FormDefinition) -> frozenset[str]:
    """Fields of the form itself that have a place on its paper."""
    names: set[str] = set()
    for part in form.parts:
        if isinstance(part, TablePart):
            hidden = _columns(form, part.each)
            names.add(part.each)
            for row in part.rows:
                names |= {row.each, row.within}
                inner = hidden | _columns(form, row.each) | _columns(form, row.within)
                names |= {name for cell in row.cells for name in _names(cell.content)} - inner
        elif isinstance(part, TextPart):
            names |= {part.each, *(_names(part.content) - _columns(form, part.each))}
        elif not isinstance(part, PagePart | SpacePart):
            names |= {name for line in part.lines for name in _names(line)}
    return frozenset(names & set(form.fields))


def _columns(form: FormDefinition, name: str) -> set[str]:
    """Fields of a list's records, which go before the form's own of the same name."""
    field = form.fields.get(name)
    return set(field.fields) if field is not None else set()


def _names(template: Template) -> set[str]:
    return {place.name for place in template.places}
