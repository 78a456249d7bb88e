"""Bindings of a household's application: its register entries, and the award of its latest calculation."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from fupin_desktop.domain.area import from_milli, to_milli
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.vocabulary import BaseKind, HouseholdClass, HouseholdSize, Participation, Word
from fupin_desktop.policy.clauses import cite
from fupin_desktop.policy.scheme import AwardScheme, CostScope
from fupin_desktop.policy.scheme.file import scheme_from_dict
from fupin_desktop.services.documents.context import Context
from fupin_desktop.services.schemes.words import item_sentence
from fupin_desktop.storage import earlier_facts, entities
from fupin_desktop.storage.entities import FarmItem

_STORED = "存档的方案"


def _fact(name: str) -> Callable[[Context], Any]:
    """A fact of the household; None where it is not registered."""

    def find(context: Context) -> Any:
        holder = context.household_facts if name in earlier_facts.NAMES else context.household
        value = getattr(holder, name, None)
        return None if value == "" else value

    return find


def _label(words: type[Word], code: str | None) -> str | None:
    return words(code).label if code else None


def _village(context: Context) -> str | None:
    return context.village.name if context.village else None


def _able(context: Context) -> int | None:
    mine = [one for one in context.facts.households if one.key == context.subject.place_key]
    return mine[0].able if mine else None


def _area(context: Context) -> Decimal | None:
    year = context.participation
    return None if year is None or year.area_total_milli is None else from_milli(year.area_total_milli)


def _size(context: Context) -> str:
    area = context.participation.area_total_milli or 0 if context.participation else 0
    large = area >= to_milli(context.large_from)
    return (HouseholdSize.LARGE if large else HouseholdSize.SMALL).label


def _items(context: Context) -> list[dict[str, Any]]:
    return [_item(item) for item in context.items]


def _item(item: FarmItem) -> dict[str, Any]:
    return {
        "product": item.product,
        "base": _label(BaseKind, item.base_kind),
        "unit": item.unit or None,
        "declared": _milli(item.declared_milli),
        "area": _milli(item.area_milli),
        "accepted": _milli(item.accepted_milli),
        "cost": None if item.cost_fen is None else from_fen(item.cost_fen),
        "evidence": item.cost_evidence or None,
    }


def _milli(value: int | None) -> Decimal | None:
    return None if value is None else from_milli(value)


def _other_subsidy(context: Context) -> Decimal | None:
    return from_fen(sum(item.other_subsidy_fen or 0 for item in context.items)) if context.items else None


def _scheme(context: Context) -> AwardScheme | None:
    """The scheme of the household's village for the year, else of its town; the one made last."""
    scheme = entities.AwardScheme
    found = context.session.execute(
        select(scheme.village_key, scheme.place, scheme.body).where(scheme.year == context.subject.year)
        .order_by(scheme.key.desc())
    ).all()
    village = context.village
    town = context.town.name if context.town else ""
    mine = [row for row in found if village and row.village_key == village.key]
    mine += [row for row in found if row.village_key is None and row.place == town]
    return scheme_from_dict(mine[0].body, _STORED) if mine else None


def _scheme_name(context: Context) -> str | None:
    scheme = _scheme(context)
    return scheme.name if scheme else None


def _standard(context: Context) -> str | None:
    """The standard of each of the household's products, one sentence each."""
    scheme = _scheme(context)
    if scheme is None:
        return None
    mine = {item.product for item in context.items} | {item.product_group for item in context.items}
    start = scheme.large_from if scheme.large_from is not None else context.large_from
    told = [
        f"{item.name}：{item_sentence(item, start)}"
        for item in scheme.items
        if item.name in mine or mine & set(item.products) or mine & set(item.product_groups)
    ]
    return "\n".join(told) or None


def _ceiling(context: Context) -> str | None:
    """That the award stays within the costs, where the scheme, or the paper that governs, says so."""
    scheme, cited = _scheme(context), cite(context.governing_paper, "吴川 三(二)4")
    bounded = scheme.cost_scope is not CostScope.NONE if scheme is not None else bool(cited)
    ratio = f"的 {scheme.cost_ratio * 100:f}%" if scheme is not None and scheme.cost_ratio != 1 else ""
    return f"奖补不超过核定成本{ratio}{f'（{cited}）' if cited else ''}" if bounded else None


def _award(context: Context) -> Decimal | None:
    """The award of the latest stored calculation of the year that holds the household."""
    result, run = entities.AwardResult, entities.AwardRun
    found = context.session.scalars(
        select(result.award_fen).join(run, run.key == result.run_key)
        .where(result.household_key == context.subject.place_key, run.year == context.subject.year)
        .order_by(run.at.desc(), run.key.desc())
    ).first()
    return None if found is None else from_fen(found)


def _class(context: Context) -> str | None:
    return _label(HouseholdClass, context.household_facts.household_class if context.household_facts else None)


def _participation(context: Context) -> str | None:
    return _label(Participation, context.participation.kind if context.participation else None)


BINDINGS: dict[str, Callable[[Context], Any]] = {
    "household.head": _fact("head_name"),
    "household.id_number": _fact("head_id_number"),
    "household.phone": _fact("phone"),
    "household.village": _village,
    "household.town": lambda context: context.town.name if context.town else None,
    "household.group": _fact("group_name"),
    "household.class": _class,
    "household.members": _fact("members"),
    "household.able": _able,
    "household.participation": _participation,
    "household.guide": _fact("guide"),
    "household.area": _area,
    "household.size": _size,
    "household.account_name": _fact("account_name"),
    "household.bank_name": _fact("bank_name"),
    "household.bank_account": _fact("bank_account"),
    "household.items": _items,
    "household.other_subsidy": _other_subsidy,
    "award.scheme": _scheme_name,
    "award.standard": _standard,
    "award.ceiling": _ceiling,
    "award.amount": _award,
}
