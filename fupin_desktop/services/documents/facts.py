"""An application's data as the checks of ``policy.applications`` look at it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.filling.data import coerce_value
from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.policy.applications.facts import (
    AllocationFact,
    ApplicationFacts,
    AreaFact,
    FieldFact,
    OpinionFact,
)
from fupin_desktop.policy.applications.single import KINDS
from fupin_desktop.services.documents import registry
from fupin_desktop.services.documents.bindings import value_of
from fupin_desktop.services.documents.context import Context
from fupin_desktop.services.documents.forms import typed_fields
from fupin_desktop.services.documents.register_facts import mu, parts_of
from fupin_desktop.services.funds.carrying import in_ledger_of
from fupin_desktop.storage.entities import FundSource

THINGS = {
    "batch": ("batch",),
    "demonstration": ("demonstration",),
    "requested": ("requested_funds",),
    "terms_large": ("measures_large",),
    "terms_small": ("measures_small",),
    "terms_jobs": ("odd_jobs", "home_jobs"),
    "incentive": ("incentives",),
    "base_way": ("build_mode",),
    "open_to_others": ("measures_other",),
    "linkages": ("linkages",),
    "entities": ("entities",),
    "leading_group": ("group_leader",),
    "made_on": ("reported_on", "applied_on"),
    "accepted_on": ("accepted_on",),
    "per_head_fund": ("investment_per_head",),
    "original_plan": ("per_head_plan",),
    "benefit_households": ("benefit_households",),
    "benefit_income": ("benefit_income",),
    "total_households": ("households_all",),
    "total_persons": ("persons_all",),
    "poor_households": ("poor_households",),
    "poor_persons": ("poor_persons",),
    "area_cooperative": ("area_cooperative",),
    "area_large": ("area_large",),
    "area_scattered": ("area_scattered",),
    "area_total": ("area_total",),
    "items": ("items",),
    "participation": ("participation",),
    "award": ("award",),
    "acceptance_box": ("opinion_acceptance",),
    "starts_on": ("starts_on",),
    "ends_on": ("ends_on",),
    **{name: (name,) for _, lists in KINDS for name in lists},
}
"""Fields by which forms call what the rules speak of, the first that a form has."""
_AREA = ("area_cooperative", "area_large", "area_scattered", "area_total")
_HEADS = ("persons", "members", "households", "participating")


def names_of(form: FormDefinition) -> dict[str, str]:
    """Field of each thing that the form has."""
    found = {}
    for thing, candidates in THINGS.items():
        if name := next((one for one in candidates if one in form.fields), ""):
            found[thing] = name
    return found


def facts_of(
    form: FormDefinition, context: Context, data: Mapping[str, Any], *, sent: bool = False
) -> ApplicationFacts:
    """The facts of an application.

    Args:
        form: Its form.
        context: Its place and the registers.
        data: Typed, bound and signed values.
        sent: Whether it is submitted.
    """
    names = names_of(form)
    made_on = data.get(names.get("made_on", ""), context.subject.begun_on)
    plans = "area_total" in names
    kind = registry.of(context.subject.form_id)
    return ApplicationFacts(
        day=date(context.subject.year, 12, 31),
        parameters=context.parameters,
        checks=kind.checks,
        clauses=kind.clauses,
        of_town=context.of_town,
        fields=tuple(_field_fact(field) for field in form.fields.values() if field.type != "opinion"),
        values=data,
        faults=kept_faults(form, data),
        opinions=tuple(_opinion(field, data.get(field.name)) for field in form.opinions),
        made_on=made_on if isinstance(made_on, date) else None,
        today=context.today,
        participating=len(context.facts.participating) if plans else 0,
        area=_area(data, names) if plans else None,
        register_area=_register_area(context) if plans else None,
        allocations=_allocations(form, context, data) if plans else {},
        original_plan=_original_plan(context) if "per_head_fund" in names else "",
        register_items=tuple(value_of("household.items", context)) if "items" in names else (),
        sent=sent,
        names=names,
        fund=kind.fund_facts(context, data) if kind.fund_facts is not None else None,
        report=kind.report_facts(context, data) if kind.report_facts is not None else None,
        foreign=context.foreign - {form.clause.partition(" ")[0]},
    )


def _field_fact(field: Field) -> FieldFact:
    columns = tuple(_field_fact(column) for column in field.fields.values())
    return FieldFact(
        field.name, field.label, field.type, field.required, field.clause, not field.locked, columns
    )


def kept_faults(form: FormDefinition, data: Mapping[str, Any]) -> dict[str, str]:
    """Sentences by path of typed values that do not fit their fields, as a changed form can make them."""
    found: dict[str, str] = {}
    for name, field in typed_fields(form).items():
        value = data.get(name)
        if field.type != "list":
            found |= _fault(field, value, name)
        for place, record in enumerate(value or () if field.type == "list" else ()):
            for column in field.fields.values():
                found |= _fault(column, record.get(column.name), f"{name}[{place}].{column.name}")
    return found


def _fault(field: Field, value: Any, path: str) -> dict[str, str]:
    try:
        coerce_value(field, value)
    except ValueError as error:
        return {path: f"“{field.label}”: {error}"}
    return {}


def _opinion(field: Field, value: Mapping[str, Any] | None) -> OpinionFact:
    said = value or {}
    return OpinionFact(
        field.name, field.label, said.get("agrees"), said.get("text") or "", said.get("name") or "", said.get("date")
    )


def _area(data: Mapping[str, Any], names: Mapping[str, str]) -> AreaFact:
    given = (data.get(names.get(thing, "")) for thing in _AREA)
    return AreaFact(*(value if isinstance(value, Decimal) else Decimal(0) for value in given))


def _register_area(context: Context) -> AreaFact:
    parts = parts_of(context.facts.participating)
    return AreaFact(mu(parts.cooperative), mu(parts.large), mu(parts.scattered), mu(parts.total))


def _allocations(
    form: FormDefinition, context: Context, data: Mapping[str, Any]
) -> dict[str, tuple[AllocationFact, ...]]:
    """Every list with a money column, as an allocation; heads are persons or households where the list has them."""
    taking = {village.name: False for village in context.villages}
    taking |= {one.village: True for one in context.facts.participating}
    found = {}
    for field in form.fields.values():
        amount = next((name for name, column in field.fields.items() if column.type == "money"), "")
        heads = next((name for name in _HEADS if name in field.fields), "")
        if field.type == "list" and amount and "name" in field.fields:
            found[field.name] = tuple(
                AllocationFact(
                    path=f"{field.name}[{place}].{amount}",
                    name=str(record.get("name") or ""),
                    heads=record.get(heads),
                    amount=record.get(amount) or Decimal(0),
                    takes_part=taking.get(str(record.get("name") or "")),
                )
                for place, record in enumerate(data.get(field.name) or ())
            )
    return found


def _original_plan(context: Context) -> str:
    """The plan that “人均2万” money is bound to in the ledger of the year, what is carried over too (吴川 三(二)2)."""
    of_year = (FundSource.kind == FundKind.PER_HEAD_20000, in_ledger_of(context.subject.year))
    where = (*of_year, FundSource.voided.is_(False))
    query = select(FundSource.original_plan).where(*where).order_by(FundSource.year.desc(), FundSource.key)
    plans = dict.fromkeys(context.session.scalars(query))
    return "；".join(plan for plan in plans if plan)
