"""Awards (产业奖补): the calculation whose notice stands, else the latest one (吴川 三(二)4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import to_milli
from fupin_desktop.domain.payments import PaymentKind
from fupin_desktop.policy.results import ItemAmount
from fupin_desktop.services.awards import stored_runs
from fupin_desktop.services.awards.snapshot import BriefAward
from fupin_desktop.services.fund_papers import claims
from fupin_desktop.services.payments.model import Due
from fupin_desktop.services.payments.sources import Given, Listed, Source
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import AwardRun, AwardScheme, PaymentBatch


def _lists(session: Session, year: int) -> Iterator[Listed]:
    """One list for each scheme of the year that was calculated."""
    for line in stored_runs.latest_runs(session, year):
        key = stored_runs.posted_run_of(session, line.scheme_key) or line.key
        found = _of(session, key)
        if found is not None:
            yield found


def _of(session: Session, run_key: str) -> Listed | None:
    run = session.get(AwardRun, run_key)
    scheme = session.get(AwardScheme, run.scheme_key) if run is not None else None
    if run is None or scheme is None:
        return None
    title = f"{scheme.place}{scheme.year}年度{scheme.batch}产业奖补资金"
    return Listed(run_key, scheme.key, title, scheme.place, scheme.year)


def _dues(bench: Workbench, session: Session, run_key: str) -> tuple[Due, ...]:
    def find() -> tuple[Due, ...]:
        return tuple(_due(award, fen) for award, fen in stored_runs.brief_of(session, run_key))

    return bench.cached(("payments.awards", run_key), find)


def _amounts(session: Session, run_key: str) -> list[Given]:
    return list(stored_runs.awards_of(session, run_key).items())


def _due(award: BriefAward, fen: int) -> Due:
    return Due(award.key, award.name, award.number, award.village, award.group, fen=fen, **_items(award.items))


def _items(given: Iterable[ItemAmount]) -> dict[str, Any]:
    """What it is paid for; quantity and standard where that is one thing alone."""
    counted = [item for item in given if item.amount > 0]
    names = "、".join(dict.fromkeys(item.item for item in counted))
    if len(counted) != 1:
        return {"item": names or "产业奖补", "quantity_milli": None, "unit": "", "standard": ""}
    (only,) = counted
    return {"item": names, "quantity_milli": to_milli(only.quantity), "unit": only.unit, "standard": only.standard}


def _gate(bench: Workbench, session: Session, run_key: str) -> str:
    return claims.gate(session, run_key, bench.today) or _paid_beside(session, run_key)


def _paid_beside(session: Session, run_key: str) -> str:
    """Why a scheme is not paid whose correction is paid already, or that corrects one that is; empty where neither."""
    run = session.get(AwardRun, run_key)
    scheme = session.get(AwardScheme, run.scheme_key) if run is not None else None
    if scheme is None:
        return ""
    first = scheme.corrects_key or scheme.key
    family = (AwardScheme.key == first) | (AwardScheme.corrects_key == first)
    paid = select(AwardScheme.name).join(PaymentBatch, PaymentBatch.object_key == AwardScheme.key)
    name = session.scalars(paid.where(family, AwardScheme.key != scheme.key)).first()
    return f"“{name}”已经编制了发放批次，方案和它的更正不能都发" if name is not None else ""


SOURCE = Source(PaymentKind.AWARDS, _lists, _of, _dues, _gate, sums=_amounts)
