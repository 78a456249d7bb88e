"""How many households with an industry are insured, by village (农业保险覆盖表, 清远 二14)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, head, of_year
from fupin_desktop.services.registers.village_needs import insured_in, runs_in, with_industry
from fupin_desktop.storage.entities import Household, Insurance, InsuranceClaim, Village

_MONEY = ("sum_fen", "premium_fen", "premium_public_fen", "premium_own_fen")


def _query(subject: LedgerSubject) -> Bound:
    """Every village; a household counts once, whatever it plants and however often it is insured in the year.

    Policies count in every year they run in, what was paid for losses in the year it was paid alone.
    """
    bench = subject.bench
    with bench.read() as session:
        rows = _rows(session, bench.year)
    return Bound({**head(bench, f"{bench.year}年农业保险覆盖表"), "rows": rows}, bench.today)


def _rows(session: Session, year: int) -> list[dict[str, Any]]:
    counted = select(Household.village_key, func.count()).where(with_industry(year)).group_by(Household.village_key)
    households, insured = (dict(session.execute(one).all()) for one in (counted, counted.where(insured_in(year))))
    summed = select(Insurance.village_key, func.count(), *(func.sum(getattr(Insurance, name)) for name in _MONEY))
    sums = {row[0]: row[1:] for row in session.execute(summed.where(runs_in(year)).group_by(Insurance.village_key))}
    paid = select(Insurance.village_key, func.sum(InsuranceClaim.paid_fen))
    paid = paid.join(Insurance, Insurance.key == InsuranceClaim.insurance_key)
    day = func.coalesce(InsuranceClaim.paid_on, InsuranceClaim.happened_on)
    paid = paid.where(func.strftime("%Y", day) == str(year))
    claimed = dict(session.execute(paid.group_by(Insurance.village_key)).all())
    villages = session.execute(select(Village.key, Village.name).order_by(Village.position, Village.code)).all()
    return [_row(name, key, households, insured, sums.get(key), claimed) for key, name in villages]


def _row(
    name: str,
    key: str,
    households: Mapping[str, int],
    insured: Mapping[str, int],
    sums: Any,
    claimed: Mapping[str, Any],
) -> dict[str, Any]:
    whole, covered = households.get(key, 0), insured.get(key, 0)
    count, *amounts = sums or (0, 0, 0, 0, 0)
    money = {of.removesuffix("_fen"): from_fen(int(fen or 0)) for of, fen in zip(_MONEY, amounts, strict=True)}
    shown = {"village": name, "households": whole, "insured": covered, "lacking": whole - covered, "policies": count}
    return {**shown, **money, "coverage": share(covered, whole), "claimed": from_fen(int(claimed.get(key) or 0))}


def share(part: int, whole: int) -> str:
    """A share in per cent, rounded down, so that what is not whole is never shown as 100 %."""
    if not whole:
        return "—"
    return f"{(Decimal(part) * 100 / whole).quantize(Decimal('0.1'), ROUND_DOWN)}%"


TYPE = DocumentType(
    "insurance_coverage", "保险覆盖表", "农业保险覆盖表", order=62, tab="ledgers",
    query=_query, named=of_year("农业保险覆盖表"),
)  # fmt: skip
