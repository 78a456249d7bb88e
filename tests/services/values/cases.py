"""The written cases of tests/cases/values: one way of writing a value each."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from fupin_desktop.domain.reading.raw import Raw
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.imports.headings import all_fields
from fupin_desktop.services.values.severity import Place, severity_of
from fupin_desktop.storage import fields
from fupin_desktop.storage.entities import FundEntry
from fupin_desktop.storage.fields import Field, Kind

FOLDER = Path(__file__).parents[2] / "cases" / "values"
TODAY = date(2026, 3, 2)
NAMES = ("account", "area", "choice", "count", "date", "flag", "id_number", "money", "name", "percent", "phone",
         "quantity", "text")  # fmt: skip


class Case(NamedTuple):
    """A cell and what it has to become at every door."""

    name: str
    key: str
    raw: Raw
    stored: Any
    shown: str | None
    finding: str

    @property
    def field(self) -> Field:
        """The field it is a cell of."""
        return field_of(self.key)

    @property
    def typed(self) -> bool:
        """Whether a person can write it; else only a workbook holds it."""
        return isinstance(self.raw, str)

    def refused(self, place: Place) -> bool:
        """Whether it is not taken there."""
        return bool(self.finding) and severity_of(self.finding, place) is Severity.MUST

    def taken(self, place: Place) -> Any:
        """What is stored there; None for nothing."""
        return None if self.refused(place) else self.stored

    def __str__(self) -> str:
        return f"{self.name} {self.raw}"


def field_of(key: str) -> Field:
    """A field by the key that imports have for it."""
    if key == "percent":
        return Field("share", "占比", Kind.PERCENT, unit="%")
    return fields.of(FundEntry)["dated"] if key == "entry.dated" else all_fields()[key].field


@cache
def cases_of(name: str) -> tuple[Case, ...]:
    """The cases of a file."""
    tables = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return tuple(
        Case(name, tables["field"], one["text"] if "text" in one else one["cell"], one.get("stored"), one.get("shown"),
             one.get("finding", ""))
        for one in tables["case"]
    )  # fmt: skip


def all_cases() -> list[Case]:
    """Every case of every file."""
    return [case for name in NAMES for case in cases_of(name)]
