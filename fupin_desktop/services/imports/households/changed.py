"""What an import changes of a registered household."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fupin_desktop.services.imports.headings import all_fields
from fupin_desktop.services.imports.households.existing import Known, Row
from fupin_desktop.services.imports.households.records import FarmRecord, HouseholdRecord, PersonRecord
from fupin_desktop.services.values import show


class ValueChange(NamedTuple):
    """One changed value, in stored units."""

    key: str
    group: str
    name: str
    before: Any
    after: Any

    @property
    def line(self) -> str:
        """The change as the preview shows it: 家庭人口数: 3 → 4."""
        if self.name == "village":
            return f"行政村：{self.before} → {self.after}"
        field = all_fields()[f"{self.group}.{self.name}"].field
        return f"{field.label}：{show(field, self.before) or '(空)'} → {show(field, self.after)}"


@dataclass(slots=True)
class Changed:
    """A registered household that the import changes."""

    record: HouseholdRecord
    known: Known
    values: list[ValueChange] = field(default_factory=list)
    year: Row | None = None
    new_year: bool = False
    new_farm: list[FarmRecord] = field(default_factory=list)
    new_persons: list[PersonRecord] = field(default_factory=list)

    @property
    def village(self) -> str:
        """The village the household belongs to afterwards."""
        moved = any(change.name == "village" for change in self.values)
        return self.record.village or self.known.village if moved else self.known.village

    @property
    def differs(self) -> bool:
        """Whether anything changes at all."""
        return bool(self.values or self.new_year or self.new_farm or self.new_persons)

    @property
    def lines(self) -> list[str]:
        """What changes, one Chinese line each."""
        lines = [change.line for change in self.values]
        if self.new_year:
            lines.append("新增本年度参与登记")
        lines += [f"新增种养项目：{farm.product}" for farm in self.new_farm]
        lines += [f"新增成员：{person.name}" for person in self.new_persons]
        return lines
