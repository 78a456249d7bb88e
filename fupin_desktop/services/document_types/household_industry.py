"""Which industry each poor household has, and how much of it (贫困户产业登记表, 清远 二1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.ordering import natural_key
from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.rules.phrases import plain
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, chosen, head
from fupin_desktop.services.registers.by_year import poor, seen
from fupin_desktop.storage.entities import FarmItem, Household, Linkage

_COLUMNS = 5


def _query(subject: LedgerSubject) -> Bound:
    """The poor households of the chosen village with the five most frequent products, one column each.

    Raises:
        NotAllowed: No village is chosen, or none of its poor households is registered.
    """
    bench, village = subject.bench, chosen(subject)["village"]
    with bench.read() as session:
        households = _households(session, subject.key, bench.year)
        items = _items(session, subject.key, bench.year)
        linked = set(session.scalars(select(Linkage.household_key).where(Linkage.year == bench.year)))
    if not households:
        raise NotAllowed(f"{village}还没有登记贫困户。", todo="请先在农户台账登记或导入。")
    counted = Counter(name for of_one in items.values() for name in of_one)
    named = [name for name, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))][:_COLUMNS]
    headings = {f"n{place}": f"{named[place - 1][0]}({named[place - 1][1]})" if place <= len(named) else "—"
                for place in range(1, _COLUMNS + 1)}  # fmt: skip
    rows = [_row(one, village, items.get(one.key, {}), named, linked) for one in households]
    title = f"{bench.year}年{village}贫困户产业登记表"
    return Bound({**head(bench, title), **headings, "units": "", "rows": rows}, bench.today)


def _households(session: Session, village: str, year: int) -> list[Any]:
    one = Household
    kept = (seen(session, one.household_class, year).label("kind"), seen(session, one.members, year).label("members"))
    columns = (one.key, one.group_name, one.head_name, *kept)
    where = (one.village_key == village, poor(session, year))
    found = session.execute(select(*columns).where(*where).order_by(one.head_sort, one.key)).all()
    return sorted(found, key=lambda row: natural_key(row.group_name or ""))


def _items(session: Session, village: str, year: int) -> dict[str, dict[tuple[str, str], Decimal]]:
    """Quantities by household, product and unit: accepted ones, else what was declared."""
    item = FarmItem
    scale = func.coalesce(item.accepted_milli, item.declared_milli, item.planned_milli, item.area_milli)
    statement = (
        select(item.household_key, item.product, item.unit, func.sum(scale))
        .join(Household, Household.key == item.household_key)
        .where(Household.village_key == village, item.year == year, item.product != "")
        .group_by(item.household_key, item.product, item.unit)
    )
    found: dict[str, dict[tuple[str, str], Decimal]] = defaultdict(dict)
    for key, product, unit, milli in session.execute(statement):
        found[key][product, unit] = from_milli(int(milli or 0))
    return found


def _row(
    one: Any, village: str, items: dict[tuple[str, str], Decimal], named: list[tuple[str, str]], linked: set[Any]
) -> dict[str, Any]:
    rest = [(name, value) for name, value in items.items() if name not in named]
    others = [f"{product}{plain(value)}{unit}" for (product, unit), value in rest]
    return {
        "village": village,
        "group_name": one.group_name,
        "head_name": one.head_name,
        "household_class": HouseholdClass(one.kind).label if one.kind else "",
        "members": one.members,
        **{f"p{place}": items.get(name) for place, name in enumerate(named, 1)},
        "others": "、".join(others),
        "linked": "有" if one.key in linked else "",
    }


def _named(subject: LedgerSubject) -> str:
    return f"{subject.bench.year}年贫困户产业登记表 {chosen(subject)['village']}"


TYPE = DocumentType(
    "household_industry", "产业登记表", "贫困户产业登记表", order=72, tab="ledgers", query=_query, named=_named
)
