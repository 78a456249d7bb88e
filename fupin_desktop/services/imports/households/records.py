"""Records read from a workbook, in stored units: 分 and thousandths as whole numbers, words as codes.

None means that the file does not give the value; attributes are named as the columns of the entities they feed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.vocabulary import BaseKind, HouseholdClass, Participation
from fupin_desktop.policy.applicants import Applicant, FarmEntry, split_classes


@dataclass(slots=True)
class FarmRecord:
    """One planting or breeding entry; ``row`` is its row in the sheet, from 0."""

    row: int
    product: str | None = None
    product_group: str | None = None
    unit: str | None = None
    declared_milli: int | None = None
    accepted_milli: int | None = None
    planned_milli: int | None = None
    area_milli: int | None = None
    cost_fen: int | None = None
    cost_evidence: str | None = None
    income_fen: int | None = None
    other_subsidy_fen: int | None = None
    base_kind: str | None = None
    instalment_year: int | None = None
    note: str | None = None


@dataclass(slots=True)
class PersonRecord:
    """One person; ``row`` is its row in the sheet, from 0."""

    row: int
    code: str | None = None
    name: str | None = None
    id_number: str | None = None
    relation: str | None = None
    sex: str | None = None
    ethnicity: str | None = None
    education: str | None = None
    health: str | None = None
    labour: str | None = None
    working: str | None = None
    per_head_income_fen: int | None = None
    phone: str | None = None
    willing: bool | None = None


@dataclass(slots=True)
class YearRecord:
    """What holds for the year at work."""

    kind: str | None = None
    area_milli: int | None = None
    earlier_fen: int | None = None
    priority: int | None = None

    @property
    def given(self) -> bool:
        """Whether the file says anything of the year."""
        return any(value is not None for value in (self.kind, self.area_milli, self.earlier_fen, self.priority))


@dataclass(slots=True)
class HouseholdRecord:
    """One household with its entries and persons; ``row`` is its first row in the sheet, from 0."""

    row: int
    year: YearRecord = field(default_factory=YearRecord)
    town: str | None = None
    village: str | None = None
    code: str | None = None
    head_name: str | None = None
    head_id_number: str | None = None
    group_name: str | None = None
    household_class: str | None = None
    own_class: str | None = None
    members: int | None = None
    recognised_by: str | None = None
    cause: str | None = None
    phone: str | None = None
    bank_name: str | None = None
    account_name: str | None = None
    bank_account: str | None = None
    cultivated_milli: int | None = None
    water_milli: int | None = None
    orchard_milli: int | None = None
    forest_milli: int | None = None
    cooperative: bool | None = None
    production_income_fen: int | None = None
    guide: str | None = None
    helper: str | None = None
    loan_wish: bool | None = None
    loan_refusal: str | None = None
    risk: str | None = None
    recognised_on: date | None = None
    cleared_on: date | None = None
    note: str | None = None
    farm: list[FarmRecord] = field(default_factory=list)
    persons: list[PersonRecord] = field(default_factory=list)
    more_rows: list[int] = field(default_factory=list)

    @property
    def rows(self) -> list[int]:
        """All rows of the household in the sheet, from 0."""
        return [self.row, *self.more_rows]


def to_applicant(record: HouseholdRecord) -> Applicant:
    """The household as the award calculation takes it.

    Its key is the identity number, else village and code, else village, group and name.
    """
    place = record.village or ""
    key = record.head_id_number or (
        f"{place}/{record.code}" if record.code else f"{place}/{record.group_name or ''}/{record.head_name or ''}"
    )
    year = record.year
    return Applicant(
        key=key,
        code=record.code or "",
        name=record.head_name or "",
        village=place,
        group=record.group_name or "",
        household_class=HouseholdClass(record.household_class) if record.household_class else None,
        members=record.members or 0,
        participation=Participation(year.kind) if year.kind else None,
        area=None if year.area_milli is None else from_milli(year.area_milli),
        earlier=from_fen(year.earlier_fen or 0),
        priority=year.priority,
        entries=tuple([_entry(farm) for farm in record.farm]),
        own_classes=split_classes(record.own_class),
    )


def _entry(farm: FarmRecord) -> FarmEntry:
    return FarmEntry(
        product=farm.product or "",
        product_group=farm.product_group or "",
        unit=farm.unit or "",
        declared=None if farm.declared_milli is None else from_milli(farm.declared_milli),
        accepted=None if farm.accepted_milli is None else from_milli(farm.accepted_milli),
        planned=None if farm.planned_milli is None else from_milli(farm.planned_milli),
        area=None if farm.area_milli is None else from_milli(farm.area_milli),
        cost=None if farm.cost_fen is None else from_fen(farm.cost_fen),
        income=None if farm.income_fen is None else from_fen(farm.income_fen),
        other_subsidy=from_fen(farm.other_subsidy_fen or 0),
        base_kind=BaseKind(farm.base_kind) if farm.base_kind else None,
        instalment_year=1 if farm.instalment_year is None else farm.instalment_year,
    )
