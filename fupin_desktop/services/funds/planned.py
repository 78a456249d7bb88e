"""What award schemes name of the fund sources, and what their stored calculations award of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import to_fen
from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.policy.scheme import Source
from fupin_desktop.policy.scheme.file import scheme_from_dict
from fupin_desktop.policy.strictness import SCHEME_PLAN
from fupin_desktop.services.funds.model import FundBalance, FundForm, split_carried
from fupin_desktop.storage.entities import AwardRun, AwardScheme, FundSource

STORED = "存档的方案"


def as_source(fund: FundForm) -> Source:
    """A fund source as a scheme names it; the amount is what the scheme draws, at first all of it.

    Of one carried over from an earlier year that is what can still be allocated.
    """
    name, amount = fund.name, fund.amount
    if isinstance(fund, FundBalance) and fund.carried:
        name, amount = fund.shown, fund.available
    return Source(fund.kind, amount, name, fund.document_no, fund.original_plan)


class Planned(NamedTuple):
    """What award schemes make of fund sources, by key of the source.

    Attributes:
        named: 分 that the schemes name.
        awarded: 分 that their latest calculations award.
        explained: Of each scheme its reason for drawing on money of an original plan; empty texts for none.
    """

    named: Mapping[str, int]
    awarded: Mapping[str, int]
    explained: Mapping[str, Sequence[str]]


def planned(session: Session, sources: Iterable[FundSource], year: int) -> Planned:
    """What the schemes of a year make of fund sources."""
    by_kind: dict[FundKind, list[FundSource]] = defaultdict(list)
    for record in sources:
        by_kind[FundKind(record.kind)].append(record)
    awarded = _awarded(session, year)
    named: dict[str, int] = defaultdict(int)
    spent: dict[str, int] = defaultdict(int)
    explained: dict[str, list[str]] = defaultdict(list)
    for key, body in session.execute(select(AwardScheme.key, AwardScheme.body).where(AwardScheme.year == year)):
        rest = awarded.get(key, 0)
        scheme = scheme_from_dict(body, STORED)
        for drawn in scheme.sources:
            amount = to_fen(drawn.amount)
            taken = min(rest, amount)
            rest -= taken
            fund = source_meant(by_kind[drawn.kind], drawn)
            if fund is not None:
                named[fund.key] += amount
                spent[fund.key] += taken
                explained[fund.key].append(scheme.reasons.get(SCHEME_PLAN, "").strip())
    return Planned(named, spent, explained)


def _awarded(session: Session, year: int) -> dict[str, int]:
    """分 awarded by the latest stored calculation of each scheme."""
    runs = select(AwardRun.scheme_key, AwardRun.award_fen).where(AwardRun.year == year)
    return dict(session.execute(runs.order_by(AwardRun.at, AwardRun.key)).all())


def source_meant(candidates: Sequence[FundSource], drawn: Source) -> FundSource | None:
    """The registered source that a scheme means: by document number, else by name, else the only one of its kind.

    Among sources of several years those of the newest count.
    """
    for mark, given in (("document_no", drawn.document), ("name", drawn.name)):
        found = _newest([record for record in candidates if given and getattr(record, mark) == given])
        if len(found) == 1:
            return found[0]
    if marked := split_carried(drawn.name):
        found = [record for record in candidates if (record.name, record.year) == marked]
        return found[0] if len(found) == 1 else None
    unnamed = not drawn.document and not drawn.name
    rest = _newest(candidates)
    return rest[0] if unnamed and len(rest) == 1 else None


def _newest(records: Sequence[FundSource]) -> list[FundSource]:
    newest = max((record.year for record in records), default=0)
    return [record for record in records if record.year == newest]
