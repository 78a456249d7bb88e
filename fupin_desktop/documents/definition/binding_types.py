"""Of which type each name of ``forms/BINDINGS.md`` is, so that a form's field can hold what the name gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fupin_desktop.documents.definition.form import Field

OFFERS = frozenset({"plan.source_names"})
"""Names that give several texts to choose from, for ``choices_from`` alone."""
_TYPES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "office.name", "office.county", "office.clerk", "village.name", "village.committee", "village.town",
        "village.leader", "village.assisting_unit", "village.team_leader", "town.name", "town.county",
        "household.head", "household.id_number", "household.village", "household.town", "household.group",
        "household.class", "household.participation", "household.guide", "household.size", "household.account_name",
        "household.bank_name", "household.bank_account", "award.scheme", "award.standard",
        "award.ceiling", "plan.number",
        "notice.period", "notice.place", "notice.objections", "approval.number", "approval.plan_number",
        "approval.project", "report.quarter", "ledger.group_leader", "approval.paid_share",
        "village.main_output_share", "village.working_share",
    ),
    "long": ("checks.reasons", "ledger.group_members", "ledger.entities", "ledger.shops", "ledger.trainings"),
    "phone": ("office.phone", "village.phone", "village.team_phone", "household.phone"),
    "date": ("document.today", "report.due_on"),
    "yes_no": ("village.poor_village",),
    "count": (
        "document.year", "village.households", "village.persons", "town.villages", "town.poor_villages",
        "town.participating_villages", "register.poor_households", "register.poor_persons",
        "register.able_households", "register.able_persons", "register.participating",
        "register.participating_persons", "register.participating_large", "register.participating_small",
        "household.members", "household.able", "ledger.cooperatives", "ledger.leading_firms", "ledger.family_farms",
        "ledger.large_growers",
    ),
    "area": ("area.cooperative", "area.large", "area.scattered", "area.total", "household.area", "village.cultivated"),
    "money": (
        "household.other_subsidy", "award.amount", "plan.sources_total", "plan.total", "approval.approved",
        "approval.paid", "approval.amount", "approval.left", "village.collective_income", "village.main_output",
    ),
    "several": ("ledger.linkages",),
    "list": ("town.village_table", "register.participating_list", "household.items", "report.rows"),
}  # fmt: skip
TYPES: Mapping[str, str] = {name: kind for kind, names in _TYPES.items() for name in names}
"""Type of each name."""
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "town.village_table": {
        "name": "text", "participating": "count", "cooperative": "area", "large": "area", "scattered": "area",
        "total": "area", "industry": "text",
    },
    "register.participating_list": {
        "group": "text", "head": "text", "id_number": "text", "household_class": "text", "products": "text",
        "base": "text", "area": "area", "size": "text",
    },
    "household.items": {
        "product": "text", "base": "text", "unit": "text", "declared": "quantity", "area": "area",
        "accepted": "quantity", "cost": "money", "evidence": "text",
    },
    "report.rows": {
        "number": "count", "county": "text", "town": "text", "village": "text", "villages": "count", "project":
        "text", "industry": "text", "product": "text", "task": "text", "quantity": "quantity", "unit": "text",
        "period": "text", "plan_total": "wan", "plan_fiscal": "wan", "plan_integrated": "wan", "plan_assisting":
        "wan", "plan_social": "wan", "plan_loan": "wan", "plan_own": "wan", "received": "wan", "done": "wan",
        "done_share": "text", "operator": "text", "operator_kind": "text", "linkages": "text", "households":
        "count", "persons": "count", "large": "count", "resources": "text", "running": "text", "progress": "text",
        "channels": "text", "sales": "wan", "net": "wan", "shared": "wan", "collective": "wan", "per_household":
        "money", "insured": "text", "troubles": "text", "next_plan": "text", "compared": "text", "note": "text",
        "level": "count", "key": "text",
    },
}  # fmt: skip
"""Type of each column of the lists."""
_HELD_BY = {
    "text": ("text", "long", "choice"), "long": ("long",), "phone": ("phone", "text"),
    "count": ("count", "quantity", "text"), "area": ("area", "quantity"), "quantity": ("quantity", "area"),
}  # fmt: skip
"""Types of fields that can hold a type of value, where more than that type itself."""


def unheld(field: Field) -> Iterator[tuple[str, str]]:
    """Where a field cannot hold what the names it uses give: the key, with the column's where it is one, and why."""
    for key, name in field.bindings:
        given = TYPES.get(name)
        if name in OFFERS and key != "choices_from":
            yield key, f"“{name}”只能供选用，写在 choices_from"
        elif given is not None and key == "choices_from":
            yield key, f"“{name}”不能供选用"
        elif given is not None and not _holds(field.type, given):
            yield key, f"“{name}”是 {given}，不能放在 {field.type} 字段里"
        else:
            yield from _unheld_columns(field, COLUMNS.get(name, {}))


def _unheld_columns(field: Field, columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, column in field.fields.items():
        given = columns.get(name)
        if given is not None and not _holds(column.type, given):
            yield f"fields.{name}.type", f"这一栏取来的是 {given}，不能放在 {column.type} 字段里"


def _holds(field_type: str, given: str) -> bool:
    return field_type in _HELD_BY.get(given, (given,))
