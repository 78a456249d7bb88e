"""Puts the invented households of the sample town into a data file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from fupin_desktop.domain.area import to_milli
from fupin_desktop.domain.money import to_fen
from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.services.samples.farming import Entry
from fupin_desktop.services.samples.people import Member
from fupin_desktop.services.samples.town import Household
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import summaries
from fupin_desktop.storage.entities import FarmItem, Participation, Person
from fupin_desktop.storage.entities import Household as HouseholdRecord
from fupin_desktop.storage.search_keys import search_key, sort_key

_RECOGNISED = "国家标准"


def put_households(bench: Workbench, households: Sequence[Household], village_keys: dict[str, str]) -> None:
    """Register households, their persons and this year's entries as one operation.

    Args:
        bench: The new office.
        households: What to register.
        village_keys: Key of each village by name.
    """
    with bench.write("samples.households", "填入示例农户", undoable=False) as unit:
        rows = [_household(household, village_keys[household.village]) for household in households]
        keys = unit.insert_many(HouseholdRecord, rows)
        unit.insert_many(
            Person,
            [
                _person(key, household, member, place)
                for key, household in zip(keys, households, strict=True)
                for place, member in enumerate(household.family, 1)
            ],
        )
        pairs = list(zip(keys, households, strict=True))
        unit.insert_many(Participation, [_year(key, household, bench.year) for key, household in pairs])
        unit.insert_many(
            FarmItem, [_item(key, entry, bench.year) for key, household in pairs for entry in household.entries]
        )
        summaries.refresh(unit, keys, bench.year)


def _household(household: Household, village_key: str) -> dict[str, Any]:
    cause = "" if household.household_class is None else household.cause
    return {
        "village_key": village_key,
        "code": household.code,
        "head_name": household.name,
        "head_id_number": household.head_id,
        "group_name": household.group,
        "household_class": household.household_class.value if household.household_class else None,
        "own_class": _own_class(household),
        "members": len(household.family),
        "recognised_by": _RECOGNISED if cause else "",
        "cause": cause,
        "phone": household.phone,
        "bank_name": household.bank_name,
        "account_name": household.name if household.bank_account else "",
        "bank_account": household.bank_account,
        "cultivated_milli": to_milli(household.cultivated),
        "cooperative": any(entry.base_kind == "cooperative" for entry in household.entries),
        "production_income_fen": to_fen(sum((entry.income or Decimal(0) for entry in household.entries), Decimal(0))),
        "guide": household.guide,
        "search_key": search_key(household.name, household.head_id, household.village, household.code),
        "head_sort": sort_key(household.name),
    }


def _own_class(household: Household) -> str:
    """Some households are of a class of the office's own; told by their numbers, so that nothing else changes."""
    last = household.code[-1:]
    if household.household_class is HouseholdClass.MONITORED:
        return "未消除风险" if last in "02468" else ""
    return "低保户" if household.household_class is HouseholdClass.OUT_OF_POVERTY and last == "7" else ""


def _person(household_key: str, household: Household, member: Member, place: int) -> dict[str, Any]:
    code = f"{household.code}{place:02d}"
    return {
        "household_key": household_key,
        "code": code,
        "name": member.name,
        "id_number": member.id_number,
        "relation": member.relation,
        "sex": member.sex,
        "ethnicity": "维吾尔族" if "·" in member.name else "汉族",
        "education": member.education,
        "health": member.health,
        "labour": member.labour,
        "working": member.working,
        "phone": household.phone if place == 1 else "",
        "search_key": search_key(member.name, member.id_number, household.village, code),
        "name_sort": sort_key(member.name),
    }


def _year(household_key: str, household: Household, year: int) -> dict[str, Any]:
    return {
        "household_key": household_key,
        "year": year,
        "kind": household.participation.value if household.participation else None,
        "area_milli": _milli(household.area),
        "earlier_fen": to_fen(household.earlier),
        "priority": household.priority,
    }


def _item(household_key: str, entry: Entry, year: int) -> dict[str, Any]:
    return {
        "household_key": household_key,
        "year": year,
        "product": entry.product,
        "product_group": entry.product_group,
        "unit": entry.unit,
        "declared_milli": _milli(entry.declared),
        "accepted_milli": _milli(entry.accepted),
        "planned_milli": _milli(entry.planned),
        "area_milli": _milli(entry.area),
        "cost_fen": None if entry.cost is None else to_fen(entry.cost),
        "cost_evidence": entry.cost_evidence,
        "income_fen": None if entry.income is None else to_fen(entry.income),
        "other_subsidy_fen": to_fen(entry.other_subsidy),
        "base_kind": entry.base_kind.value if entry.base_kind else None,
        "instalment_year": entry.instalment_year,
    }


def _milli(value: Decimal | None) -> int | None:
    return None if value is None else to_milli(value)
