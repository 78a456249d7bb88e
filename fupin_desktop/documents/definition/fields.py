"""Reads the fields of a form: names, types, where their values come from."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fupin_desktop.documents.definition.form import TYPES, Field
from fupin_desktop.documents.definition.formats import NUMERIC
from fupin_desktop.domain.strict_toml import Table

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_BINDING = re.compile(r"[a-z_]+\.[a-z0-9_]+")
_CHOSEN = ("choice", "several")
_TYPED = ("text", "long", "phone")
_PUBLIC = ("", "id", "phone", "account")


def read_fields(table: Table, *, inside: bool = False) -> dict[str, Field]:
    """Fields by name.

    Args:
        table: The table ``fields``.
        inside: Whether they are those of a list's records.

    Raises:
        BadDefinition: A rule of the format is broken.
    """
    fields = {name: _field(table.table(name), name, inside=inside) for name in table.keys()}  # noqa: SIM118
    for name, field in fields.items():
        if not _NAME.fullmatch(name) or name == "index":
            table.fail(name, "字段名由小写字母、数字和下划线组成，以字母开头，不能是 index")
        if field.unit_from and field.unit_from not in fields:
            table.fail(f"{name}.unit_from", f"没有“{field.unit_from}”这个字段")
        for part in field.sum_of:
            added = _added(fields, part)
            if part == name or added is None or added.type != field.type or added.sum_of:
                table.fail(f"{name}.sum_of", f"“{part}”不是同级的{field.type}字段，也不是同级列表的一栏，不能相加")
    return fields


def _added(fields: Mapping[str, Field], part: str) -> Field | None:
    """The field that a sum names: one beside it, or a column of a list beside it."""
    of_list, _, column = part.partition(".")
    field = fields.get(of_list)
    return field.fields.get(column) if field is not None and column else field


def _field(table: Table, name: str, *, inside: bool) -> Field:
    """One field."""
    kind = table.choice("type", TYPES)
    if (kind == "list") != table.has("fields"):
        table.fail("fields", "列表字段必须写出下级字段，其他字段不能有下级字段")
    if inside and kind == "opinion":
        table.fail("type", "意见框不能放在列表里")
    if kind in _CHOSEN and not table.has("choices"):
        table.fail("choices", "选择字段必须写出可选的内容")
    if table.has("sum_of") and kind not in NUMERIC:
        table.fail("sum_of", "只有数字字段可以是其他字段之和")
    if table.has("choices_from") and kind != "text":
        table.fail("choices_from", "只有一行文字可以从台账里取供选用的内容")
    field = Field(
        name=name,
        label=table.text("label"),
        type=kind,
        unit=table.text("unit", ""),
        unit_from=table.text("unit_from", ""),
        required=table.flag("required"),
        source=table.text("source", ""),
        help=table.text("help", ""),
        clause=table.text("clause", ""),
        choices=_choices(table),
        fields=read_fields(table.table("fields"), inside=True) if kind == "list" else {},
        bind=_binding(table, "bind"),
        default=_binding(table, "default"),
        sum_of=table.texts("sum_of"),
        max_length=_max_length(table, kind),
        public=table.choice("public", _PUBLIC, ""),
        choices_from=_binding(table, "choices_from"),
        printed=table.flag("printed", default=True),
        levels=table.text("levels", ""),
    )
    level = field.fields.get(field.levels)
    if field.levels and (level is None or level.type != "count"):
        table.fail("levels", "应是列表里的一栏个数，0 为明细，1、2、3 为各级小计")
    if field.bind and field.default:
        table.fail("default", "写了 bind 的字段不能再写 default")
    if not field.printed and (not inside or field.required or kind == "list"):
        table.fail("printed", "只有列表里不是必填的栏可以不印")
    table.done()
    return field


def _choices(table: Table) -> tuple[str, ...]:
    """Allowed texts, each once."""
    choices = table.texts("choices")
    if len(set(choices)) != len(choices) or "" in choices:
        table.fail("choices", "可选的内容不能重复，也不能为空")
    return choices


def _binding(table: Table, key: str) -> str:
    """A binding's name: two parts joined by a dot."""
    name = table.text(key, "")
    if name and not _BINDING.fullmatch(name):
        table.fail(key, "应写成“village.name”这样的名字，见 BINDINGS.md")
    return name


def _max_length(table: Table, kind: str) -> int:
    """Most characters of a text."""
    if table.has("max_length") and kind not in _TYPED:
        table.fail("max_length", "只有文字字段可以限制字数")
    return table.whole("max_length", 0, least=0)
