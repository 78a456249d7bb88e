"""The official forms with data: the samples, and data made up for every field."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.documents.filling.data import coerce
from fupin_desktop.paths import resources

FUND_PLANS = ("town_fund_plan", "village_fund_plan")
FUNDS = (*FUND_PLANS, "town_fund_approval")
OFFICIAL = ("village_application", "town_application", "household_application", "performance_target", *FUNDS)
MADE = date(2026, 12, 24)


def sample(form_id: str) -> dict[str, Any]:
    """The data of the sample file, typed."""
    path = resources() / "samples" / "forms" / f"{form_id}.json"
    data, faults = coerce(load_form(form_id), json.loads(path.read_text(encoding="utf-8")))
    assert faults == []
    return data


class Markers:
    """A different value for every field, each with the text it prints as."""

    def __init__(self) -> None:
        self.count = 0
        self.printed: dict[str, str] = {}

    def fill(self, form: FormDefinition) -> dict[str, Any]:
        """Data in which every field that is not a sum holds a value of its own."""
        return {name: self.value(field, name) for name, field in form.fields.items() if not field.sum_of}

    def value(self, field: Field, path: str) -> Any:
        """A value no other field has."""
        if field.type == "list":
            typed = {name: inner for name, inner in field.fields.items() if inner.printed and not inner.sum_of}
            return [{name: self.value(inner, f"{path}[0].{name}") for name, inner in typed.items()}]
        self.count += 1
        at = self.count
        if field.type == "opinion":
            day = date(2020, 1 + at % 12, 1 + at % 28)
            self.printed |= {path: f"意见{at}号", f"{path}.name": f"签名{at}号", f"{path}.date": _chinese(day)}
            return {"agrees": None, "text": f"意见{at}号", "name": f"签名{at}号", "date": day}
        value, self.printed[path] = _VALUES[field.type](field, at)
        return value


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _text(_field: Field, at: int) -> tuple[str, str]:
    return f"字{at}段", f"字{at}段"


def _money(_field: Field, at: int) -> tuple[Decimal, str]:
    return Decimal(at) + Decimal("0.37"), f"{at}.37"


def _area(_field: Field, at: int) -> tuple[Decimal, str]:
    return Decimal(at) + Decimal("0.125"), f"{at}.125"


def _count(_field: Field, at: int) -> tuple[int, str]:
    return 4000 + at, str(4000 + at)


def _date(_field: Field, at: int) -> tuple[date, str]:
    day = date(2000 + at % 30, 1 + at % 12, 1 + at % 28)
    return day, _chinese(day)


_VALUES: dict[str, Any] = {
    "text": _text,
    "long": _text,
    "phone": lambda _field, at: (f"138{at:08d}", f"138{at:08d}"),
    "money": _money,
    "area": _area,
    "quantity": _area,
    "count": _count,
    "date": _date,
    "choice": lambda field, _at: (field.choices[-1], field.choices[-1]),
    "several": lambda field, _at: (list(field.choices[:2]), "、".join(field.choices[:2])),
    "yes_no": lambda _field, _at: (True, "是"),
}
