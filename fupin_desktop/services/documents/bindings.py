"""The bindings of ``forms/BINDINGS.md``: what each name gives for an application."""

from __future__ import annotations

from typing import Any

from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.domain.committees import committee
from fupin_desktop.domain.vocabulary import HouseholdSize
from fupin_desktop.policy.clauses import cite
from fupin_desktop.services.documents import household_bindings as of_household
from fupin_desktop.services.documents import ledger_bindings, registry
from fupin_desktop.services.documents.context import Context
from fupin_desktop.services.documents.register_facts import HouseholdFacts, mu, parts_of, persons, sized
from fupin_desktop.services.documents.type import Binding


def _of_village(name: str) -> Binding:
    """A fact of the village; None where there is none."""

    def find(context: Context) -> Any:
        value = getattr(context.village, name, None)
        return None if value == "" else value

    return find


def _committee(context: Context) -> str | None:
    return committee(context.village.name) if context.village is not None else None


def _office_name(context: Context) -> str | None:
    county = context.town.county if context.town else ""
    name = context.office.name
    return (name if name.startswith(county) else f"{county}{name}") or None


def _count_of_able(households: list[HouseholdFacts]) -> int:
    return sum(1 for one in households if one.able)


def _poor_villages(context: Context) -> int:
    return sum(1 for village in context.villages if village.poor_village)


def _participating_villages(context: Context) -> int:
    return sum(1 for village in context.villages if _taking_part(context, village.key))


def _taking_part(context: Context, village_key: str) -> list[HouseholdFacts]:
    return [one for one in context.facts.by_village.get(village_key, ()) if one.takes_part]


def _village_table(context: Context) -> list[dict[str, Any]]:
    """One record for each village that takes part (吴川 三(一)5), with its area in parts."""
    table = []
    for village in context.villages:
        if taking := _taking_part(context, village.key):
            parts = parts_of(taking)
            table.append(
                {
                    "name": village.name,
                    "participating": len(taking),
                    "cooperative": mu(parts.cooperative),
                    "large": mu(parts.large),
                    "scattered": mu(parts.scattered),
                    "total": mu(parts.total),
                    "industry": context.industries.get(village.key) or None,
                }
            )
    return table


def _participating_list(context: Context) -> list[dict[str, Any]]:
    """One record for each participating household, in printed order."""
    return [
        {
            "group": one.group or None,
            "head": one.head,
            "id_number": one.id_number or None,
            "household_class": one.household_class.label if one.household_class else None,
            "products": one.products or None,
            "base": "、".join(one.bases) or None,
            "area": mu(one.area_milli),
            "size": one.size.label,
        }
        for one in context.facts.participating
    ]


def _reasons(context: Context) -> str | None:
    """The reasons given for rules in principle, one a line, each with the clause as an official paper cites it."""
    paper, given = context.governing_paper, context.subject.reasons
    lines = [f"{cite(paper, clause)} {sentence} 原因：{reason}".strip() for clause, sentence, reason in given]
    return "\n".join(lines) or None


def _town_name(context: Context) -> str | None:
    return context.town.name if context.town else None


BINDINGS: dict[str, Binding] = {
    "document.today": lambda context: context.subject.begun_on or context.today,
    "document.year": lambda context: context.subject.year,
    "office.name": _office_name,
    "office.county": lambda context: (context.town.county if context.town else "") or None,
    "office.clerk": lambda context: context.office.clerk or None,
    "office.phone": lambda context: context.office.objection_town or None,
    "checks.reasons": _reasons,
    "village.name": _of_village("name"),
    "village.committee": _committee,
    "village.town": _town_name,
    "village.poor_village": _of_village("poor_village"),
    "village.leader": _of_village("leader"),
    "village.phone": lambda context: _of_village("leader_phone")(context) or _of_village("phone")(context),
    "village.assisting_unit": _of_village("assisting_unit"),
    "village.team_leader": _of_village("team_leader"),
    "village.team_phone": _of_village("team_phone"),
    "village.households": _of_village("total_households"),
    "village.persons": _of_village("total_persons"),
    "town.name": _town_name,
    "town.county": lambda context: (context.town.county if context.town else "") or None,
    "town.villages": lambda context: len(context.villages),
    "town.poor_villages": _poor_villages,
    "town.participating_villages": _participating_villages,
    "town.village_table": _village_table,
    "register.poor_households": lambda context: len(context.facts.registered),
    "register.poor_persons": lambda context: persons(context.facts.registered),
    "register.able_households": lambda context: _count_of_able(context.facts.registered),
    "register.able_persons": lambda context: sum(one.able for one in context.facts.registered),
    "register.participating": lambda context: len(context.facts.participating),
    "register.participating_persons": lambda context: persons(context.facts.participating),
    "register.participating_large": lambda context: len(sized(context.facts.participating, HouseholdSize.LARGE)),
    "register.participating_small": lambda context: len(sized(context.facts.participating, HouseholdSize.SMALL)),
    "register.participating_list": _participating_list,
    "area.cooperative": lambda context: mu(parts_of(context.facts.participating).cooperative),
    "area.large": lambda context: mu(parts_of(context.facts.participating).large),
    "area.scattered": lambda context: mu(parts_of(context.facts.participating).scattered),
    "area.total": lambda context: mu(parts_of(context.facts.participating).total),
    **of_household.BINDINGS,
    **ledger_bindings.BINDINGS,
}


def known(name: str) -> bool:
    """Whether a name is one of ``forms/BINDINGS.md``, of whatever type of document."""
    return name in BINDINGS or any(name in one.bindings for one in registry.all_types())


def known_to(form_id: str, name: str) -> bool:
    """Whether a name gives something in documents of one form: one that all share, or one of its type's own."""
    return name in BINDINGS or name in registry.of(form_id).bindings


def value_of(name: str, context: Context) -> Any:
    """What a binding gives; None where nothing is known, or the name is not one of ``forms/BINDINGS.md``."""
    find = BINDINGS.get(name) or registry.of(context.subject.form_id).bindings.get(name)
    return find(context) if find is not None else None


def bound_values(form: FormDefinition, context: Context) -> dict[str, Any]:
    """The values of all fields that are bound to the office's data; sums of typed fields are not among them."""
    return {
        field.name: value_of(field.bind, context)
        for field in form.fields.values()
        if field.bind and not field.sum_of
    }


def first_values(form: FormDefinition, context: Context) -> dict[str, Any]:
    """What a new form begins with: the ``default`` of each field that is typed."""
    typed = {field.name: field for field in form.fields.values() if not field.locked and field.type != "opinion"}
    return {name: value_of(field.default, context) if field.default else None for name, field in typed.items()}
