"""贷款贴息公示: checked subsidies of interest, several at once (吴川 三(三)4, 清远 二13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.register_words import SubsidyState
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services.notices.gathered import Gathered, Rows, moving
from fupin_desktop.services.notices.kinds import NoticeKind
from fupin_desktop.services.notices.writing import Named, shown_names, with_tail
from fupin_desktop.storage.entities import (
    Entity,
    EntityLoan,
    Household,
    InterestSubsidy,
    Microcredit,
    Village,
)


def _candidates(session: Session, year: int) -> list[str]:
    checked = (InterestSubsidy.state == SubsidyState.CHECKED.value, InterestSubsidy.to_on.is_not(None))
    rows = session.execute(select(InterestSubsidy.key, InterestSubsidy.to_on).where(*checked))
    return [key for key, to_on in rows if to_on is not None and to_on.year == year]


def _rows(session: Session, keys: Sequence[str], mask: bool) -> Rows:
    query = select(InterestSubsidy, Household, Entity.name, Village.name)
    query = query.outerjoin(Microcredit, Microcredit.key == InterestSubsidy.loan_key)
    query = query.outerjoin(Household, Household.key == Microcredit.household_key)
    query = query.outerjoin(EntityLoan, EntityLoan.key == InterestSubsidy.entity_loan_key)
    query = query.outerjoin(Entity, Entity.key == EntityLoan.entity_key)
    query = query.outerjoin(Village, Village.key == func.coalesce(Household.village_key, Entity.village_key))
    found = session.execute(query.where(InterestSubsidy.key.in_(keys)).order_by(InterestSubsidy.key)).all()
    people = [Named(one.key, who.head_name, who.head_id_number) for one, who, _, _ in found if who is not None]
    names = shown_names(people, mask=mask)
    return [_row(one, names.get(one.key), entity or "", village or "") for one, _, entity, village in found]


def _row(one: InterestSubsidy, name: tuple[str, str] | None, entity: str, village: str) -> dict[str, Any]:
    return {
        "key": one.key,
        "village": village,
        "borrower": with_tail(*name) if name is not None else entity,
        "tail": name[1] if name is not None else "",
        "term": " 至 ".join(say_date(day) for day in (one.from_on, one.to_on) if day),
        "days": one.days,
        "principal": from_fen(one.principal_fen or 0),
        "amount": from_fen(one.due_fen or 0),
    }


_SUBSIDIES = Gathered(
    kind="subsidy", about=PublicKind.SUBSIDY, word="贷款贴息", title="关于{town}{year}年度扶贫贷款贴息的公示",
    candidates=_candidates, rows=_rows,
)  # fmt: skip
KIND = NoticeKind(
    name="subsidy", title="贷款贴息公示", about=PublicKind.SUBSIDY,
    offered=_SUBSIDIES.offered, settle=_SUBSIDIES.settle, order=41,
    posted=moving(InterestSubsidy, SubsidyState.POSTED), withdrawn=moving(InterestSubsidy, SubsidyState.CHECKED),
)  # fmt: skip
