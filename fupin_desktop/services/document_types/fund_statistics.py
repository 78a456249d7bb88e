"""What was spent in each village, on whom, and where it came from (帮扶资金统计表, 吴川 三(二)5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.vocabulary import EntryKind, FundKind, TargetKind
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.fund_papers import claims, papers
from fupin_desktop.services.ledger_papers import LedgerSubject, head, of_year
from fupin_desktop.storage.entities import (
    Application,
    AwardScheme,
    FundEntry,
    FundSource,
    Household,
    Microcredit,
    PaymentBatch,
    Village,
)

_OWN = (FundKind.ASSISTING_UNIT, FundKind.STAFF_DONATION)
_COLUMNS = {
    **{kind.value: "own" for kind in _OWN},
    FundKind.DONATION_630.value: "donated",
    **dict.fromkeys((FundKind.OTHER.value, FundKind.PROCEEDS.value), "other"),
    **dict.fromkeys((FundKind.INCENTIVE_FUND.value, FundKind.INDUSTRY_FUND.value), "other"),
}
"""Columns of the kinds of sources that are not of the treasury."""
_TOWN = "镇本级"
_PARTS = ("planned", "spent", "households", "places", "fiscal", "credit", "own", "donated", "other")


def _query(subject: LedgerSubject) -> Bound:
    """Every village and the town itself; what was spent is the same by use and by source."""
    bench = subject.bench
    with bench.read() as session:
        sums = _sums(session, bench.year)
        villages = session.execute(select(Village.key, Village.name, Village.assisting_unit).order_by(Village.position))
        rows = [_row(unit, name, sums[key]) for key, name, unit in villages]
    if any(sums[""].values()):
        rows.append(_row("", _TOWN, sums[""]))
    return Bound({**head(bench, f"{bench.year}年产业扶贫帮扶资金统计表"), "rows": rows}, bench.today)


def _row(unit: str, village: str, sums: dict[str, int]) -> dict[str, Any]:
    return {"unit": unit, "village": village, **{name: from_fen(sums.get(name, 0)) for name in _PARTS}}


def _sums(session: Session, year: int) -> dict[str, dict[str, int]]:
    """分 by village, the town under an empty key, and column."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for village, kind, source, to_households, fen in _entries(session, year):
        one = found[village]
        if kind == EntryKind.ALLOCATED.value:
            one["planned"] += fen
            continue
        one["spent"] += fen
        one["households" if to_households else "places"] += fen
        one[_COLUMNS.get(source, "fiscal")] += fen
    for village, fen in _lent(session, year):
        one = found[village]
        for name in ("planned", "spent", "households", "credit"):
            one[name] += fen
    return found


def _entries(session: Session, year: int) -> Iterator[tuple[str, str, str, bool, int]]:
    """Village, entry, kind of source, whether it went to households, and 分 of each entry of the year."""
    kinds = (EntryKind.ALLOCATED.value, EntryKind.PAID.value)
    one = FundEntry
    columns = (one.key, one.counters_key, one.kind, FundSource.kind, one.target_kind, one.target_key, one.amount_fen)
    statement = select(*columns).join(FundSource, FundSource.key == FundEntry.source_key)
    of_year = func.strftime("%Y", FundEntry.dated) == str(year)
    places, listed = _Places(session), _by_lists(session)
    rows = session.execute(statement.where(FundEntry.kind.in_(kinds), of_year))
    for entry, counters, kind, source, target_kind, key, fen in rows:
        to_households = bool({entry, counters} & listed) or places.to_households(target_kind, key)
        yield places.village(target_kind, key), kind, source, to_households, int(fen)


def _by_lists(session: Session) -> set[str]:
    """The entries that were paid by lists of households, whatever else their plan is for."""
    lists = session.scalars(select(PaymentBatch.entries).where(PaymentBatch.entries.is_not(None)))
    return {str(key) for entries in lists for key in entries or ()}


class _Places:
    """Where what entries name belongs."""

    def __init__(self, session: Session) -> None:
        self.schemes = dict(session.execute(select(AwardScheme.key, AwardScheme.village_key)).all())
        self.villages = set(session.scalars(select(Village.key)))
        plans = [one for one in papers.all_papers(session) if not one.sheet]
        uses = papers.lists_of(session, plans)
        self.plans = {one.root: session.get_one(Application, one.key).place_key for one in plans}
        self.award_plans = {
            one.root
            for one in plans
            if uses[one.key] and all(claims.run_of(papers.text(row, claims.COLUMN)) for row in uses[one.key])
        }

    def village(self, kind: str | None, key: str) -> str:
        """Key of a village; empty for the town."""
        if kind == TargetKind.SCHEME.value:
            return self.schemes.get(key) or ""
        place = self.plans.get(key, "") if kind == TargetKind.PLAN.value else key
        return place if place in self.villages else ""

    def to_households(self, kind: str | None, key: str) -> bool:
        """Awards go to households: schemes, and plans for nothing else, whoever it was paid to."""
        return kind == TargetKind.SCHEME.value or (kind == TargetKind.PLAN.value and key in self.award_plans)


def _lent(session: Session, year: int) -> list[tuple[str, int]]:
    """分 lent to households in the year, by village."""
    of_year = func.strftime("%Y", Microcredit.lent_on) == str(year)
    statement = select(Household.village_key, func.sum(Microcredit.amount_fen))
    statement = statement.join(Microcredit, Microcredit.household_key == Household.key).where(of_year)
    return [(key, int(fen or 0)) for key, fen in session.execute(statement.group_by(Household.village_key))]


TYPE = DocumentType(
    "fund_statistics", "帮扶资金统计表", "帮扶资金统计表", order=73, tab="ledgers",
    query=_query, named=of_year("帮扶资金统计表"),
)  # fmt: skip
