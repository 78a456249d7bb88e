"""How large each industry is and whom it reaches (特色产业规模统计表, 清远 二20)."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.vocabulary import BaseKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, head, of_year
from fupin_desktop.services.registers.by_year import POOR, poor, seen
from fupin_desktop.storage.entities import Entity, FarmItem, Household, Project, Village

_CENT, _TENTH = Decimal("0.01"), Decimal("0.1")


def _query(subject: LedgerSubject) -> Bound:
    """Every product of the year, the most widespread first; a household counts once for each.

    Raises:
        NotAllowed: Nothing is planted or bred.
    """
    bench = subject.bench
    with bench.read() as session:
        rows = _rows(session, bench.year)
    if not rows:
        raise NotAllowed("本年还没有登记种养项目。", todo="请先在农户台账登记或导入。")
    title = f"{bench.year}年{head(bench, '')['town']}特色产业规模统计表"
    return Bound({**head(bench, title), "rows": rows}, bench.today)


def _rows(session: Session, year: int) -> list[dict[str, Any]]:
    item, one = FarmItem, Household
    scale = func.coalesce(item.accepted_milli, item.declared_milli, item.planned_milli, item.area_milli)
    columns = (item.product, item.unit, item.base_kind, scale, item.income_fen, one.key)
    kept = (seen(session, one.household_class, year).label("kind"), seen(session, one.members, year).label("members"))
    statement = select(*columns, *kept, one.village_key).join(one, one.key == item.household_key)
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in session.execute(statement.where(item.year == year, item.product != "")):
        groups[row.product, row.unit].append(row)
    there = session.scalar(select(func.count()).select_from(one).where(poor(session, year))) or 0
    whole = sum(row.income_fen or 0 for rows in groups.values() for row in rows)
    facts = _Facts(session, there, whole)
    made = [_row(facts, *key, rows) for key, rows in groups.items()]
    return sorted(made, key=lambda row: (-row["households"], row["name"]))


class _Facts:
    """What all rows are measured against."""

    def __init__(self, session: Session, poor: int, income_fen: int) -> None:
        self.poor, self.income_fen = poor, income_fen
        self.main = set(session.scalars(select(Village.main_product)))
        poor_villages = select(Village.key).where(Village.poor_village.is_(True))
        self.poor_villages = set(session.scalars(poor_villages))
        named = select(Project.product, Project.entity_key).where(Project.entity_key.is_not(None))
        self.entities: dict[str, set[str]] = defaultdict(set)
        for product, entity in session.execute(named.join(Entity, Entity.key == Project.entity_key)):
            self.entities[product].add(str(entity))


def _row(facts: _Facts, product: str, unit: str, rows: list[Any]) -> dict[str, Any]:
    households = {row.key: row for row in rows}
    helped = [row for row in households.values() if row.kind in POOR]
    income = sum(row.income_fen or 0 for row in rows)
    earning = len({row.key for row in rows if row.income_fen})
    ways = dict.fromkeys(BaseKind(row.base_kind).label for row in rows if row.base_kind)
    return {
        "name": product,
        "main": "是" if product in facts.main else "否",
        "ways": "、".join(ways),
        "scale": from_milli(sum(row[3] or 0 for row in rows)),
        "unit": unit,
        "value": from_fen(income),
        "share": _share(income, facts.income_fen),
        "entities": len(facts.entities.get(product, ())),
        "villages": len({row.village_key for row in rows} & facts.poor_villages),
        "households": len(households),
        "poor": len(helped),
        "persons": sum(row.members or 0 for row in helped),
        "coverage": _share(len(helped), facts.poor),
        "income": (from_fen(income) / earning).quantize(_CENT, ROUND_HALF_UP) if earning else None,
    }


def _share(part: int, whole: int) -> str:
    """Per cent, rounded down."""
    return f"{(Decimal(part) * 100 / whole).quantize(_TENTH, ROUND_DOWN)}%" if whole else "—"


TYPE = DocumentType(
    "industry_scale", "产业规模表", "特色产业规模统计表", order=71, tab="ledgers",
    query=_query, named=of_year("特色产业规模统计表"),
)  # fmt: skip
