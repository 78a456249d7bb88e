"""Data made up for any form from its fields alone: one short record of each list, or as much as a clerk might write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from fupin_desktop.documents.definition.form import Field, FormDefinition

RARE = "𠅤䶮㛃𬭳塘㙍𡶶"
LONG_NAME = "买买提·艾力·阿卜杜拉·" + RARE
LONG_UNIT = "连山壮族瑶族自治县小三江镇人民政府扶贫开发工作领导小组办公室、清远市驻小三江镇帮扶工作队"
DAY = date(2026, 12, 31)
_SHORT: Mapping[str, Any] = {
    "text": "低岭村", "long": "因地制宜发展特色产业。", "phone": "13822540016", "money": Decimal("5600.50"),
    "wan": Decimal(56000), "area": Decimal("3.500"), "quantity": Decimal("3.500"), "count": 3, "date": DAY,
    "yes_no": True,
}  # fmt: skip
_LONG: Mapping[str, Any] = {
    "text": LONG_UNIT, "long": f"{RARE}因地制宜发展特色产业，带动贫困户增收。" * 12, "phone": "0759-5551234转8012",
    "money": Decimal("123456789012.34"), "wan": Decimal("123456789012.34"), "area": Decimal("1234567.125"),
    "quantity": Decimal("1234567.125"), "count": 1234567, "date": DAY, "yes_no": False,
}  # fmt: skip


def short(form: FormDefinition) -> dict[str, Any]:
    """Every field with something short, every list with one record."""
    return {name: _short(field) for name, field in form.fields.items() if not field.sum_of}


def _short(field: Field) -> Any:
    if field.type == "list":
        return [_plain({name: _short(one) for name, one in field.fields.items() if not one.sum_of}, field)]
    if field.type == "opinion":
        return {"agrees": True, "text": "", "name": "陈观保", "date": DAY}
    if field.type in ("choice", "several"):
        return field.choices[0] if field.type == "choice" else list(field.choices[:1])
    return _SHORT[field.type]


def overfull(form: FormDefinition, records: int = 3) -> dict[str, Any]:
    """Every field with the longest that makes sense, every list with some records of it."""
    return {name: _long(field, records) for name, field in form.fields.items() if not field.sum_of}


def _long(field: Field, records: int) -> Any:
    if field.type == "list":
        columns = {name: one for name, one in field.fields.items() if not one.sum_of}
        return [
            _plain({name: _long(one, 2) for name, one in columns.items()}, field) for _ in range(records)
        ]
    if field.type == "opinion":
        return {"agrees": False, "text": "材料不全，" * 40, "name": LONG_NAME, "date": DAY}
    if field.type in ("choice", "several"):
        return max(field.choices, key=len) if field.type == "choice" else list(field.choices)
    value = _LONG[field.type]
    return value[: field.max_length or None] if isinstance(value, str) else value


def _plain(record: dict[str, Any], field: Field) -> dict[str, Any]:
    """A record that is no subtotal."""
    return {**record, field.levels: 0} if field.levels else record
