"""The registers of the office, each loaded when it is first asked for."""

from __future__ import annotations

import copyreg
from importlib import import_module

from fupin_desktop.services.registers.description import SECTIONS, Register
from fupin_desktop.storage.entities import Base

NAMES = (
    *("households", "farm_items", "persons", "donors"),
    *("entities", "projects", "project_funds", "project_steps", "project_quarters", "performances", "indicators"),
    *("risks", "inspections", "assets", "proceeds", "proceeds_shares"),
    *("entity_supports", "linkages", "leaders", "facilities", "sales", "market_offers", "shops"),
    *("shop_months", "brands"),
    *("microcredits", "microcredit_repayments", "microcredit_renewals", "entity_loans", "interest_subsidies"),
    *("base_rates", "insurances", "insurance_claims"),
    *("rosters", "roster_members", "guides", "guide_visits", "experts", "expert_services"),
    *("trainings", "trainees", "skills"),
    *("target_figures", "surveys", "survey_answers", "comparison_weights", "village_facts", "village_years"),
    "commendations",
    *("example_cases", "supervisions", "year_plans", "plan_tasks", "household_incomes"),
    *("handovers", "handover_files"),
)
"""Modules of ``kinds`` in the order in which the registers are offered."""
_loaded: dict[str, Register] = {}


def of(name: str) -> Register:
    """The register of a name.

    Raises:
        KeyError: There is none.
    """
    if name not in _loaded:
        if name not in NAMES:
            raise KeyError(name)
        found: Register = import_module(f"fupin_desktop.services.registers.kinds.{name}").REGISTER
        _loaded[name] = found
    return _loaded[name]


def names() -> tuple[str, ...]:
    """The names of all registers, in the order in which they are offered."""
    return tuple(dict.fromkeys((*NAMES, *_loaded)))


def all() -> tuple[Register, ...]:  # noqa: A001 - called as registry.all()
    """Every register, in the order in which they are offered."""
    return tuple(of(name) for name in names())


def grouped(tab: str) -> list[Register]:
    """The registers of a tab that stand in a group, group by group."""
    found = [one for one in all() if one.tab == tab and one.section]
    return sorted(found, key=lambda one: SECTIONS.index(one.section))


def of_entity(entity: type[Base]) -> Register | None:
    """The register whose records are of an entity; None where there is none."""
    return next((one for one in all() if one.entity is entity), None)


def named(keyword: str) -> Register:
    """The register that the command line calls by a word.

    Raises:
        KeyError: There is none.
    """
    return next((one for one in all() if keyword in (one.keyword, one.title, one.name)), None) or of(keyword)


copyreg.pickle(Register, lambda register: (of, (register.name,)))
